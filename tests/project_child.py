"""Run by tests as a program of its own: the command line with the samples' profiles in place of readers, as slow as it is told.

python project_child.py PROFILES.pickle SECONDS_A_FILE ARGUMENTS...
"""

import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

from matcher.batch import Operation, Outcome, crew


class Slow:
    """Takes the place of the crew: knows what each file holds, and takes its time."""

    def __init__(self, workers, options, maker, few=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run(self, queue, stopped):
        while queue and not stopped():
            task = queue.popleft()
            time.sleep(SECONDS)
            print("read", task.source, flush=True)
            if task.operation is Operation.ROLES:
                yield Outcome(task, ROLES, 0.1)
            else:
                digest = __import__("hashlib").sha256(task.path.read_bytes()).hexdigest()
                yield Outcome(task, replace(PROFILE, source=task.source, sha256=digest), 0.1)


if __name__ == "__main__":
    PROFILE, ROLES = pickle.loads(Path(sys.argv[1]).read_bytes())
    SECONDS = float(sys.argv[2])
    crew.Crew = Slow
    from matcher.cli import main

    sys.exit(main(sys.argv[3:]))
