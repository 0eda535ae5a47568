"""The ranker beside other rankings of the same labelled pairs, in one table a set.

    python benchmarks/baselines.py LABELS... [--baselines FOLDER]...

Each job is scored by a model fitted on all other jobs of all LABELS ("one job left out"), or on the other sets alone. A ranking
is a file `{"job": [["resume", score], ...]}`; a FOLDER of them is given for each label file in turn, else it is `baselines/`.
The last columns say how much better "one job left out" is, and how probable it is that it is better at all, by drawing jobs.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from labelled import read_sets

from matcher.training.fitting import LabelledSet, validated
from matcher.training.measures import average_precision, interval
from matcher.training.ranker import LabelledPair
from matcher.training.validation import Figures, Validation, choose_strength, ranking_ndcg


def table(labelled: LabelledSet, pairs: Sequence[LabelledPair]) -> Iterator[str]:
    """A Markdown table, line by line."""
    found = validated(labelled, pairs, choose_strength(pairs))
    yield f"{labelled.name}: {found.jobs} jobs with any fit"
    yield ""
    yield "| ranking | nDCG@10 | 95% interval | MAP | band kappa | macro-F1 | strong below band 2 | gain | gain above 0 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield f"| this, one job left out | {_figures(found.own)} | | |"
    if found.others:
        yield f"| this, fitted on the other sets | {_figures(found.others)} | | |"
    yield from _baselines(labelled, pairs, found)


def _figures(found: Figures) -> str:
    hidden = "" if found.hidden is None else f"{found.hidden:.0%}"
    return (
        f"{found.ndcg:.3f} | {found.low:.3f} to {found.high:.3f} | {found.precision:.3f} | {found.kappa:.3f} | "
        f"{found.macro_f1:.3f} | {hidden}"
    )


def _baselines(labelled: LabelledSet, pairs: Sequence[LabelledPair], found: Validation) -> Iterator[str]:
    gold: dict[str, dict[str, int]] = {}
    for pair in pairs:
        if pair.job in found.own.each:
            gold.setdefault(pair.job, {})[pair.resume] = pair.grade
    for versus in found.versus:
        scores = {f"{labelled.name}/{job}": row for job, row in labelled.baselines[versus.name].items()}
        each = list(ranking_ndcg([pair for pair in pairs if pair.job in gold], scores).values())
        low, high = interval(each)
        yield (
            f"| {versus.name} | {statistics.mean(each):.3f} | {low:.3f} to {high:.3f} | {_precision(gold, scores):.3f} | | | | "
            f"{versus.gain:+.3f} | {versus.chance:.3f} |"
        )


def _precision(gold: Mapping[str, Mapping[str, int]], scores: Mapping[str, Mapping[str, float]]) -> float:
    found = [average_precision(grades, scores.get(job, {})) for job, grades in gold.items()]
    return statistics.mean([value for value in found if value is not None] or [0.0])


def main() -> int:
    """Print the tables for label files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--baselines", type=Path, action="append", default=[], metavar="FOLDER")
    given = parser.parse_args()
    if len(given.baselines) > len(given.labels):
        parser.error("--baselines: more folders than label files")
    sets, pairs = read_sets(given.labels, given.baselines)
    for labelled in sets:
        for line in table(labelled, pairs):
            print(line, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
