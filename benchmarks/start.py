"""Where the time of one `matcher score RESUME --job JOB` goes: processor seconds of each step, and of the whole command.

python benchmarks/start.py RESUME JOB [--tries N]

Measures the package that is installed for this Python, and says whether that is a wheel; where none is, this checkout.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measuring import measure

ROOT = Path(__file__).resolve().parent.parent
MAIN, SERVER, WORKER = "main process", "fork server", "worker of its own"


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("resume", type=Path)
    parser.add_argument("job", type=Path)
    parser.add_argument("--tries", type=int, default=5, help="the least time of so many counts")
    parser.add_argument("--steps", choices=("main", "read"), help=argparse.SUPPRESS)  # one try, in a process of its own
    given = parser.parse_args()
    files = given.resume.resolve(), given.job.resolve()
    if given.steps:
        print(json.dumps(_main_steps() if given.steps == "main" else _reading_steps(*files)))
        return
    with tempfile.TemporaryDirectory() as nowhere:  # else Python would find the checkout in the folder that it is run from
        os.chdir(nowhere)
        print("\n".join(_report(*files, given.tries)))


def _report(resume: Path, job: Path, tries: int) -> Iterator[str]:
    yield f"{_measured()}; least of {tries}"
    command = [sys.executable, "-m", "matcher", "score", str(resume), "--job", str(job), "--as-of", "document", "--quiet"]
    costs = [measure(command) for _ in range(tries)]
    if any(cost.status for cost in costs):
        raise SystemExit("matcher score failed")
    steps = [*_least("main", resume, job, tries), *_least("read", resume, job, tries)]
    yield from ("", "| step | where | CPU milliseconds |", "|---|---|---|")
    yield from (f"| {name} | {place} | {1000 * seconds:.0f} |" for name, place, seconds in steps)
    cpu = [cost.cpu for cost in costs if cost.cpu is not None]
    if cpu:
        rest = 1000 * (min(cpu) - sum(seconds for *_, seconds in steps))
        yield f"| rest: starting and ending processes, what goes between them | | {rest:.0f} |"
        yield f"| **the command, all processes** | | **{1000 * min(cpu):.0f}** |"
    yield from ("", f"Wall time of the command: {min(cost.wall for cost in costs):.2f} s.")


def _measured() -> str:
    """What is measured; sets the environment so that all of it is."""
    command = [sys.executable, "-c", "import matcher; print(matcher.__file__)"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        return "A checkout, not installed: it reads the taxonomy's source"
    wheel = Path(found.stdout.strip()).with_name("_data").is_dir()
    return "An installed wheel: the taxonomy is compiled" if wheel else "A checkout: it reads the taxonomy's source"


def _least(steps: str, resume: Path, job: Path, tries: int) -> Iterator[tuple[str, str, float]]:
    command = [sys.executable, str(Path(__file__).resolve()), str(resume), str(job), "--steps", steps]
    runs = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(tries)]
    for same in zip(*runs, strict=True):
        name, place, _ = same[0]
        yield name, place, min(seconds for *_, seconds in same)


class _Steps:
    """Processor seconds of one step after the other."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, float]] = []

    def take(self, name: str, place: str, work: Callable[[], Any]) -> Any:
        """Do a step and note what it took."""
        begun = time.process_time()
        made = work()
        self.rows.append((name, place, time.process_time() - begun))
        return made


def _main_steps() -> list[tuple[str, str, float]]:
    """What the program's own process does while another one loads what reads files."""
    steps = _Steps()
    steps.take("command line", MAIN, lambda: importlib.import_module("matcher.cli.app"))
    load = importlib.import_module("matcher.taxonomy").load
    taxonomy = steps.take("taxonomy", MAIN, load)
    steps.take("scorer, with scipy", MAIN, lambda: importlib.import_module("matcher.scoring").Scorer(taxonomy))
    return steps.rows


def _reading_steps(resume: Path, job: Path) -> list[tuple[str, str, float]]:
    """What is done in other processes, and the score of what they give back, in the order in which it is done."""
    steps = _Steps()
    steps.take("spaCy", SERVER, lambda: importlib.import_module("matcher.batch.begin"))
    names = importlib.import_module("matcher.batch.crew").PRELOAD
    steps.take("other libraries and modules", SERVER, lambda: [importlib.import_module(name) for name in names])
    load = importlib.import_module("matcher.taxonomy").load
    taxonomy = steps.take("taxonomy", SERVER, load)
    engine = steps.take("engine", SERVER, importlib.import_module("matcher.matching").Engine)
    profile = steps.take("resume, the first one", WORKER, lambda: engine.read_resume(resume.read_bytes(), resume.name))
    roles = steps.take("job post, the first one", WORKER, lambda: engine.read_roles(job.read_bytes(), job.name))
    scorer = importlib.import_module("matcher.scoring").Scorer(taxonomy)
    steps.take("score", MAIN, lambda: scorer.rank(roles[0], [profile]))
    return steps.rows


if __name__ == "__main__":
    main()
