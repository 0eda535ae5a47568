"""Skills that people found in documents, and how well a reading agrees with them: strict precision, recall and F1.

A label file holds `{document: {"skills": [{"label", "stance", "quote"}]}}`; labels are names of the taxonomy, or "OTHER: ..."
for what the person could not name. A concept counts once a document, and only where it is claimed. One that people could not
choose is rolled up to the nearest broader one that they could, or left out; a wrong one is excused where it stands on the quote
of an "OTHER".
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from matcher.errors import InputError
from matcher.records import CLAIMED, Kind
from matcher.taxonomy import Taxonomy

OTHER = "OTHER:"
_LONGEST = 1.5
"""A mention on a quote has at most so many times its words."""
_COLUMN = "label"


@dataclass(frozen=True, slots=True)
class LabelledSkill:
    """One skill that a person found: its name, whether it is claimed, and the words that say so."""

    label: str
    claimed: bool
    quote: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One document of a label file, and where it is."""

    name: str
    kind: Kind
    path: Path
    skills: tuple[LabelledSkill, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many concepts were wanted, found, and both; counts add up."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.wanted + other.wanted, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 for nothing."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 0 for nothing."""
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, self.wanted + self.found)


def read_skill_labels(path: Path) -> tuple[LabelledText, ...]:
    """The documents of a label file, by name; they stand beside it, in `resumes/` and `jobs/` or as named. Raises InputError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        rows = {
            str(name): tuple(LabelledSkill(str(s["label"]), s["stance"] in CLAIMED, str(s["quote"])) for s in entry["skills"])
            for name, entry in raw.items()
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f'{path}: not a label file of skills: {{"document": {{"skills": [...]}}}}') from error
    return tuple(_text(path.parent, name, skills) for name, skills in sorted(rows.items()))


def _text(folder: Path, name: str, skills: tuple[LabelledSkill, ...]) -> LabelledText:
    kind = Kind.RESUME if name.startswith("resume") else Kind.JOB
    stem = PurePath(name).stem
    tried = (folder / name, *sorted(folder.glob(f"{PurePath(name).parent}/{stem}.*")), *sorted(folder.glob(f"{kind}s/{stem}.*")))
    found = next((path for path in tried if path.is_file()), None)
    if found is None:
        raise InputError(f"{folder}: has no document {name!r}, nor {stem!r} in {kind}s/")
    return LabelledText(name, kind, found, skills)


def read_names(path: Path) -> tuple[str, ...]:
    """The names that readers could choose from: the column "label" of a table with tabs, or one name a line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    rows = csv.DictReader(lines, delimiter="\t")
    if _COLUMN in (rows.fieldnames or ()):
        return tuple(row[_COLUMN] for row in rows)
    return tuple(line.strip() for line in lines if line.strip())


class Judge:
    """Holds what a reading claims against what a person found."""

    def __init__(self, taxonomy: Taxonomy, names: Iterable[str]) -> None:
        self._taxonomy = taxonomy
        self._ids = {
            form.casefold(): concept.id for concept in reversed(tuple(taxonomy.concepts.values())) for form in concept.aliases
        }
        self._ids |= {concept.label.casefold(): concept.id for concept in taxonomy.concepts.values()}
        self._judged = {id for name in names if (id := self._ids.get(name.casefold()))}
        self._rolled: dict[str, str | None] = {}

    def wanted(self, skills: Sequence[LabelledSkill]) -> frozenset[str]:
        """The concepts that a person says are claimed; a name that the taxonomy lacks stands for itself."""
        named = [skill.label for skill in skills if skill.claimed and not skill.label.startswith(OTHER)]
        return frozenset(self._ids.get(name.casefold(), f"? {name}") for name in named)

    def rolled(self, concept: str) -> str | None:
        """The concept, or the nearest broader one, that readers could choose; None where there is none."""
        if concept not in self._rolled:
            self._rolled[concept] = self._climbed(concept)
        return self._rolled[concept]

    def _climbed(self, concept: str) -> str | None:
        level, seen = [concept], {concept}
        while level:
            if chosen := next((id for id in level if id in self._judged), None):
                return chosen
            above = [up for id in level if id in self._taxonomy.concepts for up in self._taxonomy.concepts[id].broader]
            level = [id for id in dict.fromkeys(above) if id not in seen]
            seen.update(level)
        return None

    def count(self, claims: Mapping[str, Collection[str]], skills: Sequence[LabelledSkill]) -> Count:
        """The count of one document; `claims` has the words of each concept that the reading claims."""
        wanted = self.wanted(skills)
        found: dict[str, Collection[str]] = {}
        for concept in sorted(claims):
            rolled = self.rolled(concept)
            if rolled:
                found.setdefault(rolled, claims[concept])
        wrong = [concept for concept in found if concept not in wanted]
        for skill in skills:
            if skill.label.startswith(OTHER):
                excused = next((concept for concept in wrong if on_quote(found[concept], skill.quote)), None)
                if excused:
                    wrong.remove(excused)
                    del found[excused]
        return Count(len(wanted), len(found), sum(concept in found for concept in wanted))


def on_quote(texts: Collection[str], quote: str) -> bool:
    """Whether mentions lie on a quote: none much longer, and each with half of its words."""
    wanted = _words(quote)
    return bool(texts) and all(
        (own := _words(text)) and own.total() <= _LONGEST * wanted.total() and 2 * len(own.keys() & wanted.keys()) >= len(wanted)
        for text in texts
    )


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
