"""Measure what the taxonomy costs: loading it as a wheel has it, building the reader's matcher, searching it.

python benchmarks/taxonomy.py [--tries N]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print CPU milliseconds, the least of some tries, as a table in Markdown."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--tries", type=int, default=7)
    tries = parser.parse_args().tries
    sys.path.insert(0, str(ROOT))  # a checkout that is not installed
    import spacy

    from matcher.reading.annotators import SkillAnnotator
    from matcher.resources import ELSEWHERE
    from matcher.taxonomy import load_folder, write_compiled
    from matcher.taxonomy.search import Finder

    with tempfile.TemporaryDirectory() as elsewhere:
        folder = Path(elsewhere, "taxonomy")
        folder.mkdir()
        compiled, _ = write_compiled(ROOT / "taxonomy", folder)
        os.environ[ELSEWHERE] = elsewhere
        known, nlp = load_folder(folder), spacy.blank("en")
        finder = Finder(known, roles=True)
        forms = sum(1 for concept in known.concepts.values() for _ in concept.surfaces())
        print(f"{len(known.concepts)} concepts, {forms} forms, {compiled.stat().st_size / 2**20:.1f} MiB; least of {tries}\n")
        print("| what | CPU milliseconds |\n|---|---|")
        print(f"| load the compiled taxonomy | {_least(tries, lambda: load_folder(folder)):.0f} |")
        print(f"| build the skill matcher | {_least(3, lambda: SkillAnnotator(nlp, known)):.0f} |")
        print(f"| prepare a search | {_least(3, lambda: Finder(known, roles=True)):.0f} |")
        print(f"| search | {_least(tries, lambda: finder.find('calm angry callers')):.1f} |")


def _least(tries: int, work: Callable[[], object]) -> float:
    spent = []
    for _ in range(tries):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return 1000 * min(spent)


if __name__ == "__main__":
    main()
