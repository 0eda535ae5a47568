"""What each part of the reading is worth: strict precision, recall and F1 on documents that people have read.

    python benchmarks/ablation.py LABELS.json [--names LABELS.tsv]

The label file and the names are those of `matcher train --skills` (models/README.md). All rows are measured in one run; in
brackets the difference to the rules, in points of F1. The classifier is judged as its fitting judges it: each document by a model
fitted on the others.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from matcher.matching import Engine
from matcher.reading.doubt import load_rarity
from matcher.reading.reader import Reader, pipeline
from matcher.records import CLAIMED, Document, Kind, Mention
from matcher.training.doubt import CandidateReader, choose
from matcher.training.skills import Count, Judge, LabelledText, read_names, read_skill_labels

LITERAL, STEMMED, SHARED = 1.0, 0.9, 0.8
"""Trust of the ways in which a label is met (matcher/reading/labels.py)."""
Change = Callable[[Any], None]
"""What is done to the component that finds skills."""


def without_trust(trust: float) -> Change:
    """Labels met in one of the ways are left out."""

    def change(skills: Any) -> None:
        find = skills._labels.hits
        skills._labels.hits = lambda doc, words: tuple(hit for hit in find(doc, words) if hit.trust != trust)

    return change


def without_patterns(skills: Any) -> None:
    """No verb reaches an object over other words."""
    skills._patterns.hits = lambda words: ()


def without_neighbours(skills: Any) -> None:
    """Guarded forms are settled only where they need no neighbours."""
    skills._settler._supported = lambda reading, context: False


def without_guards(skills: Any) -> None:
    """A guarded form stands for the first concept among its readings, wherever it stands."""
    settler = skills._settler

    def sense(doc: Any, places: Any, hit: Any, anchors: Any) -> Any:
        from matcher.reading.guards import Sense

        return next((Sense(hit, r.rule.concept) for r in settler._readings(hit.surface.casefold()) if r.rule.concept), None)

    settler._sense = sense


def look_up(skills: Any) -> None:
    """Labels as they are written, and nothing else."""
    for change in (without_trust(STEMMED), without_trust(SHARED), without_patterns, without_guards):
        change(skills)


CHANGES: dict[str, tuple[Change, ...]] = {
    "without stemming": (without_trust(STEMMED),),
    "without coordination": (without_trust(SHARED),),
    "without verb-object patterns": (without_patterns,),
    "without neighbours of guarded forms": (without_neighbours,),
    "without guards": (without_guards,),
}
RULES, WHOLE = "rules", "rules and classifier"
NO_STANCE, NO_SECTIONS, LOOK_UP = "without stance", "without sections", "labels as written, no context"


def measure(texts: Sequence[LabelledText], judge: Judge) -> Iterator[tuple[str, dict[str, Count]]]:
    """The rows of the table: name, and the counts by kind of document."""
    engine = Engine()
    documents = [engine.document(text.path.read_bytes(), text.path.name) for text in texts]
    candidates = CandidateReader(judge, load_rarity())
    choice = choose([candidates.read(document, t.kind, t.skills) for document, t in zip(documents, texts, strict=True)], judge)
    yield RULES, _counts(_reader(()), texts, documents, judge)
    yield WHOLE, dict(choice.after)
    for name, changes in CHANGES.items():
        yield name, _counts(_reader(changes), texts, documents, judge)
    yield NO_STANCE, _counts(_reader(()), texts, documents, judge, heeded=False)
    yield NO_SECTIONS, _counts(_reader((), ("bpo_sections",)), texts, documents, judge)
    yield LOOK_UP, _counts(_reader((look_up,), ("bpo_sections",)), texts, documents, judge, heeded=False)


def _reader(changes: Sequence[Change], without: Sequence[str] = ()) -> Reader:
    nlp = pipeline(without=("bpo_doubt", *without))
    for change in changes:
        change(nlp.get_pipe("bpo_skills"))
    return Reader(nlp=nlp)


def _counts(
    reader: Reader, texts: Sequence[LabelledText], documents: Sequence[Document], judge: Judge, heeded: bool = True
) -> dict[str, Count]:
    counts = {str(kind): Count() for kind in (Kind.RESUME, Kind.JOB)}
    for text, document in zip(texts, documents, strict=True):
        claimed = [m for m in reader.read(document, text.kind).mentions if not heeded or m.stance in CLAIMED]
        counts[text.kind] += judge.count(_by_concept(claimed), text.skills)
    return counts | {"all": sum(counts.values(), Count())}


def _by_concept(mentions: Sequence[Mention]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mention in mentions:
        found.setdefault(mention.concept, []).append(mention.text)
    return found


def table(rows: Iterator[tuple[str, dict[str, Count]]], kinds: Sequence[str] = ("resume", "job", "all")) -> Iterator[str]:
    """A Markdown table, line by line; F1 with its difference to the first row, in points."""
    yield "| reading | " + " | ".join(f"{kind}: P | R | F1" for kind in kinds) + " |"
    yield "|---" * (1 + 3 * len(kinds)) + "|"
    first: dict[str, Count] = {}
    for name, counts in rows:
        first = first or counts
        cells = [_cell(counts.get(kind, Count()), first.get(kind, Count())) for kind in kinds]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _cell(count: Count, first: Count) -> str:
    change = "" if count is first else f" ({100 * (count.f1 - first.f1):+.1f})"
    return f"{count.precision:.3f} | {count.recall:.3f} | {count.f1:.3f}{change}"


def main() -> int:
    """Print the table for a label file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--names", type=Path)
    given = parser.parse_args()
    texts = read_skill_labels(given.labels)
    names = read_names(given.names) if given.names else [skill.label for text in texts for skill in text.skills]
    for line in table(measure(texts, Judge(Engine().taxonomy, names))):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
