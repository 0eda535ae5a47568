"""Job titles read: the family of work, the step on the ladder, the channels and lines of business that a title names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

Tokens = tuple[str, ...]
Payload = TypeVar("Payload")

_HIGHEST_GRADE = 2
"""Above it a level's words name the work as well: supervisor, manager, director."""

_WORD = re.compile(r"[^\W_]+|&")
_RANKS = {"titles": 2, "topics": 1, "vague": 0, "alone": 0}


@dataclass(frozen=True, slots=True)
class TitleSense:
    """What a title says. `level` is 0 (trainee) to 6 (director) or None; `contact`: some phrase in it names customer contact.

    `strength` is the number of words that told the family (0: only words of level, or none did), for choosing among candidates.
    """

    family: str | None = None
    level: int | None = None
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    contact: bool = False
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """A role family: `neighbours` maps other families to the credit (0 to 1) that a month there earns for this one."""

    id: str
    label: str
    contact: bool
    level: int
    neighbours: Mapping[str, float]
    core: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """A phrase met in a list of tokens, at `[start, end)`."""

    start: int
    end: int
    payload: Payload


@dataclass(frozen=True, slots=True)
class _Step:
    level: int
    keep: bool
    final: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class _Name:
    family: str
    rank: int
    alone: bool = False


def families(rules: Mapping[str, Any]) -> Mapping[str, Family]:
    """The role families of `rules["families"]` by id, in the file's order."""
    return {
        row["id"]: Family(
            id=row["id"],
            label=row.get("label", row["id"]),
            contact=bool(row.get("contact", False)),
            level=int(row.get("level", 1)),
            neighbours=dict(row.get("neighbours", {})),
            core=tuple(row.get("core", ())),
        )
        for row in rules["families"]["family"]
    }


def grade_words(rules: Mapping[str, Any]) -> frozenset[str]:
    """Single words that only grade a title ("senior", "junior", "ii") and say nothing of the work."""
    rows = [row for row in rules["levels"]["level"] if not row.get("keep") and not row.get("weak")]
    return frozenset(word for row in rows if row["level"] <= _HIGHEST_GRADE for word in row["words"] if " " not in word)


def singular(word: str) -> str:
    """A cheap singular, the same for titles and rules so that both meet; it need not be an English word."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words(text: str, spellings: Mapping[str, str]) -> Tokens:
    """Casefolded words without accents, in the singular, abbreviations written out by `spellings`."""
    plain = text if text.isascii() else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(singular(spellings.get(word, word)) for word in _WORD.findall(plain.casefold().replace("'", "")))


class Phrases(Generic[Payload]):
    """Phrases of whole words, each with a payload, indexed by their first word."""

    def __init__(self, entries: Iterable[tuple[Tokens, Payload]]) -> None:
        self._index: dict[str, list[tuple[Tokens, Payload]]] = {}
        for phrase, payload in entries:
            if phrase:
                self._index.setdefault(phrase[0], []).append((phrase, payload))
        for rows in self._index.values():
            rows.sort(key=lambda row: -len(row[0]))

    def all(self, tokens: Tokens) -> Iterator[Found[Payload]]:
        """Every phrase at every place, overlapping ones too; at one place the longest first."""
        for start, token in enumerate(tokens):
            for phrase, payload in self._index.get(token, ()):
                if tokens[start : start + len(phrase)] == phrase:
                    yield Found(start, start + len(phrase), payload)

    def longest(self, tokens: Tokens) -> Iterator[Found[Payload]]:
        """The longest phrase at each place, left to right, none overlapping another."""
        free = 0
        for found in self.all(tokens):
            if found.start >= free:
                free = found.end
                yield found


class TitleReader:
    """Reads titles by the phrases of `rules["families"]` and `rules["levels"]`; the same title is read once."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self.families = families(rules)
        self._spellings: Mapping[str, str] = dict(rules["levels"].get("words", {}))
        self._steps = Phrases(self._level_entries(rules["levels"]["level"]))
        self._names = Phrases(self._family_entries(rules["families"]["family"]))
        self._channels = self._tags(rules["families"].get("channel", ()))
        self._lines = self._tags(rules["families"].get("line", ()))
        self._shorts: Mapping[str, Mapping[str, str]] = rules["levels"].get("shorts", {})
        self._idle = grade_words(rules) | frozenset(rules["levels"].get("generic", ()))
        self.read = lru_cache(maxsize=16384)(self._read)

    def _level_entries(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Tokens, _Step]]:
        for row in rows:
            step = _Step(int(row["level"]), *(bool(row.get(key, False)) for key in ("keep", "final", "weak")))
            yield from ((self._words(text), step) for text in row["words"])

    def _family_entries(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Tokens, _Name]]:
        for row in rows:
            for key, rank in _RANKS.items():
                yield from ((self._words(text), _Name(row["id"], rank, key == "alone")) for text in row.get(key, ()))

    def _tags(self, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Phrases[bool]], ...]:
        """Per channel or line: phrases that name it (True) and longer ones that only look like it (False)."""
        return tuple(
            (row["id"], Phrases((self._words(text), key == "words") for key in ("words", "not") for text in row.get(key, ())))
            for row in rows
        )

    def _words(self, text: str) -> Tokens:
        return words(text, self._spellings)

    def _read(self, title: str) -> TitleSense:
        tokens = self._words(title)
        steps = tuple(self._steps.longest(tokens))
        strength, name, contact = self._family(tokens, steps)
        family = self.families.get(name or "")
        return TitleSense(
            family=name,
            level=_level([step.payload for step in steps], family.level if family else None),
            channels=_tagged(self._channels, tokens),
            lines_of_business=_tagged(self._lines, tokens),
            contact=contact,
            strength=strength,
        )

    def _family(self, tokens: Tokens, steps: Sequence[Found[_Step]]) -> tuple[int, str | None, bool]:
        """How many words told the family, which it is, and whether any phrase speaks of customer contact.

        Phrases are looked for in the title as it stands and again without its words of level, which may part a phrase.
        """
        graded = {i for step in steps if not step.payload.keep for i in range(step.start, step.end)}
        bare = tuple(token for i, token in enumerate(tokens) if i not in graded)
        hits = [(len(set(range(f.start, f.end)) - graded), f) for f in self._named(tokens)]
        hits = [(size, f) for size, f in hits if size or any(f.start <= s.start and s.end <= f.end for s in steps)]
        hits += [(f.end - f.start, f) for f in self._named(bare)] if graded else []
        if not hits:
            return 0, None, False
        size, best = max(hits, key=_weight)
        contact = any(size and self.families[f.payload.family].contact for size, f in hits)
        return size, best.payload.family, contact

    def _named(self, tokens: Tokens) -> Iterator[Found[_Name]]:
        """The phrases that name families; some count only where nothing else is said."""
        return (f for f in self._names.all(tokens) if not f.payload.alone or f.end - f.start == len(tokens))

    def work_words(self, title: str) -> Tokens:
        """The words of a title that tell the work, so that titles can be compared.

        Without those that grade it ("senior") or that any work may be called by ("associate"); abbreviations are written out
        where the title's family tells which they are.
        """
        plain = [self._spellings.get(word, word) for word in _WORD.findall(title.casefold())]
        family = None if self._shorts.keys().isdisjoint(plain) else self.read(title).family
        full = [text for word in plain for text in (self._shorts.get(word, {}).get(family or "") or word).split()]
        return tuple(word for word in full if len(word) > 1 and word not in self._idle)


def _weight(hit: tuple[int, Found[_Name]]) -> tuple[bool, int, int, int, int]:
    """Order of phrases: none that is vague before one that is not; then words told, rank, words covered, place."""
    size, found = hit
    return found.payload.rank > 0 and size > 0, size, found.payload.rank, found.end - found.start, -found.start


def _level(steps: Sequence[_Step], usual: int | None) -> int | None:
    """The level that the words say: a final one, else the highest; weak words count only where the family tells nothing."""
    final = [step.level for step in steps if step.final]
    strong = [step.level for step in steps if not step.weak]
    weak = [step.level for step in steps]
    if final:
        return min(final)
    if strong:
        return max(strong)
    return usual if usual is not None else max(weak, default=None)


def _tagged(tags: Sequence[tuple[str, Phrases[bool]]], tokens: Tokens) -> tuple[str, ...]:
    return tuple(name for name, phrases in tags if any(found.payload for found in phrases.longest(tokens)))
