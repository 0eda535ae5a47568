"""What each signal carries: nDCG@10 with all signals, less that of weights fitted without it, each job left out in turn.

    python benchmarks/signals.py LABELS...

The label files are those of `matcher train` (models/README.md). An interval that holds 0 means that these labels cannot tell; a
signal may still be right by the trade, and what it tells may be told by others as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from labelled import read_sets

from matcher.scoring.features import Feature
from matcher.training.ranker import LabelledPair
from matcher.training.validation import Versus, ablation, choose_strength

ALL = "all sets"


def table(pairs: Sequence[LabelledPair], sets: Sequence[str]) -> Iterator[str]:
    """A Markdown table, line by line: a row for each signal, a column for each set, differences in points of nDCG@10."""
    groups = {str(feature): (feature,) for feature in Feature}
    columns = [*sets, ALL] if len(sets) > 1 else list(sets)
    found = ablation(pairs, choose_strength(pairs), groups)
    yield "| signal | " + " | ".join(f"{name}: carries | 95% interval | more than 0" for name in columns) + " |"
    yield "|---" * (1 + 3 * len(columns)) + "|"
    for carried in found:
        cells = [_cell(carried.of_jobs(f"{name}/" if name != ALL else "")) for name in columns]
        yield f"| {carried.name} | " + " | ".join(cells) + " |"


def _cell(one: Versus) -> str:
    low, high = one.interval
    return f"{100 * one.gain:+.1f} | {100 * low:+.1f} to {100 * high:+.1f} | {one.chance:.2f}"


def main() -> int:
    """Print the table for label files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    given = parser.parse_args()
    sets, pairs = read_sets(given.labels)
    for line in table(pairs, [one.name for one in sets]):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
