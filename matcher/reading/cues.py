"""Wordings that change what a text says about a concept, and how far each of them reaches."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.records import Stance

_BRACKET = re.compile(r"\s*\([^()\n]*\)")
"""Directly after a mention it is a part of it: "CPC (AAPC) in progress", "CPC (in progress)"."""
_SHUT = re.compile(r"\s*\)")
_CLOSED_BRACKET = re.compile(r"\([^()]*\)")
_FEW_WORDS = 4
"""A bracket of no more words than these says only how much what stands before it is wanted: "(preferred but not required)"."""
_LONGEST_ITEM = 4
"""Words of an item of a list that "or" ends: "no experience with Avaya, Genesys or Five9"."""
_WORD = re.compile(r"\w+")
_JOINED = {
    True: re.compile(r"\b(?:or|nor)\b", re.IGNORECASE),
    False: re.compile(r"\b(?:and|or|nor)\b|&", re.IGNORECASE),
}
"""What ends a list, for denials and for the rest: "no phones, chat support and mail" denies only phones."""
_NEXT_ITEM = re.compile(r"[,;][^\S\n]*\n\W*[A-Z]")
_NEXT_LINE = re.compile(r"[^\S\n]*[.:;)]?[^\S\n]*\n\W*[A-Z]")
_FOLLOWS = re.compile(r"[\s-]+(?:(?P<other>\w+)?\s*(?:\band\b|\bor\b|[&/])\s*\w+\s+)?(?P<head>\w+)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that changes the stance of what stands within its reach, or with `factor` the trust in it.

    `unless`: longer wordings with the cue in them that do not count ("not only"). `barred` wordings between cue and mention
    keep it off, as does a bracket around the cue that says more than the cue: "Excel required, Access preferred", "Excel
    (Access preferred)". `of`: the nouns that a mention must end in, or that must follow it ("loan officers", "billing team");
    `types`: what the concept must be; `spared` mentions are left alone. `starts`: the cue must open a clause, of
    those that do not open the sentence only one whose sentence opens with an `after` wording. `itself`: it is the end of the
    mention, or the word after it, and no `barred` wording stands before it; `later`: the mention does not open the sentence.
    `needs`: a sentence without a word of each of these sets need not be searched.
    """

    stance: Stance
    pattern: re.Pattern[str]
    forward: bool
    backward: bool
    words: int | None
    clause: bool
    listed: bool
    unless: re.Pattern[str] | None
    barred: re.Pattern[str] | None
    of: frozenset[str] | None
    types: frozenset[str] | None
    spared: re.Pattern[str] | None
    starts: bool
    later: bool
    after: re.Pattern[str] | None
    itself: bool
    needs: tuple[frozenset[str], ...]
    factor: float = 1.0

    @classmethod
    def from_row(cls, row: Mapping[str, Any], nouns: Mapping[str, Sequence[str]]) -> Cue:
        """Build from a row of `taxonomy/cues.toml`; `nouns` are the lists that `of` names."""
        reach, direction, texts = str(row.get("reach", "clause")), row.get("direction", "forward"), row["texts"]
        words = int(reach.split()[0]) if "words" in reach else None
        of = frozenset(noun for name in row["of"] for noun in nouns[name]) if "of" in row else None
        return cls(
            stance=Stance(row.get("stance", Stance.HELD)),
            pattern=row_pattern(row),
            forward=direction in {"forward", "both"},
            backward=direction in {"backward", "both"},
            words=words,
            clause=reach.startswith("clause") or (words is not None and "across" not in reach),
            listed="list" in reach,
            unless=wordings(row["unless"]) if "unless" in row else None,
            barred=wordings(row["barred"]) if "barred" in row else None,
            of=of,
            types=frozenset(row["types"]) if "types" in row else None,
            spared=wordings(row["spared"]) if "spared" in row else None,
            starts=row.get("at") == "start",
            later=row.get("at") == "later",
            after=wordings(row["after"]) if "after" in row else None,
            itself=direction == "itself",
            needs=tuple(words for words in (first_words(texts), first_words(row.get("then", ())), of) if words),
            factor=float(row.get("factor", 1.0)),
        )

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the cue stands in a sentence."""
        others = [other.span() for other in self.unless.finditer(text)] if self.unless else []
        for match in self.pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in others):
                yield match.span()


def wordings(texts: Sequence[str]) -> re.Pattern[str]:
    """Whole words ("no" is none of "no-shows"), the longest first, case-blind; spaces match any run of blanks."""
    return re.compile(rf"(?<!\w)(?:{_either(texts)})(?!-?\w)", re.IGNORECASE)


def row_pattern(row: Mapping[str, Any]) -> re.Pattern[str]:
    """The `texts` of a row; where it has `then`, followed by one of those after at most `gap` words, none of them in `not`."""
    pattern = wordings(row["texts"])
    if "then" not in row:
        return pattern
    kept = rf"(?!(?:{_either(row['not'])})(?!\w))" if "not" in row else ""
    between = rf"(?:\s+{kept}[\w'’,&/-]+){{0,{int(row.get('gap', 1))}}}?"
    return re.compile(rf"{pattern.pattern}{between}\s+(?:{_either(row['then'])})(?!\w)", re.IGNORECASE)


def first_words(texts: Sequence[str]) -> frozenset[str]:
    """The words with which some wordings begin, folded as `Sentence` folds its own."""
    return frozenset(match.group().casefold() for text in texts if (match := _WORD.search(text)))


def _either(texts: Sequence[str]) -> str:
    return "|".join(re.escape(text).replace(r"\ ", r"\s+").replace("'", "['’]") for text in sorted(texts, key=len, reverse=True))


class Sentence:
    """A sentence with the cues that stand in it, the strongest first."""

    __slots__ = ("_anew", "_ends", "_hits", "_run_on", "_spoken", "_starts", "text")

    def __init__(self, text: str, cues: Sequence[Cue], stop: re.Pattern[str], anew: re.Pattern[str] | None = None) -> None:
        """`stop` matches what ends a clause, with a group if that is a new sentence without a mark.

        `anew` are words with which an item of a list speaks for itself ("used").
        """
        self.text, self._anew = text, anew
        self._spoken: list[tuple[int, int]] | None = None
        words = {word.casefold() for word in _WORD.findall(text)}
        known = [cue for cue in cues if not any(map(words.isdisjoint, cue.needs))]
        hits = [(cue, *place) for cue in known for place in cue.places(text)]
        stops = list(stop.finditer(text)) if hits else []
        spans = [match.span(match.lastgroup or 0) for match in stops]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]
        self._run_on = [match.start(match.lastgroup) for match in stops if match.lastgroup]
        self._hits = [hit for hit in hits if not hit[0].starts or self._opens(hit[0], hit[1])]

    def reaching(self, start: int, end: int, concept_type: str = "") -> Iterator[Cue]:
        """The cues that reach `[start, end)` of the text, where a concept of a type was met."""
        if not self._hits:
            return
        first = self._clause_start(start)
        place = bisect_left(self._starts, self._behind(start, end))
        last = self._starts[place] if place < len(self._starts) else len(self.text)
        for cue, begin, stop in self._hits:
            if not self._speaks_of(cue, start, end, concept_type):
                continue
            forward = cue.forward and stop <= start and self._forward(cue, begin, stop, start, first)
            backward = cue.backward and begin >= end and self._backward(cue, begin, stop, end, last)
            if forward or backward or (cue.itself and self._itself(cue, begin, stop, start, end)):
                yield cue

    def _opens(self, cue: Cue, begin: int) -> bool:
        """Whether a cue opens a clause, and one that it may open."""
        if _WORD.search(self.text, self._clause_start(begin), begin):
            return False
        first = _WORD.search(self.text)
        opens = cue.after is None or first is None or first.start() >= begin
        return opens or (cue.after is not None and cue.after.match(self.text, first.start() if first else 0) is not None)

    def _clause_start(self, offset: int) -> int:
        place = bisect_right(self._ends, offset)
        return self._ends[place - 1] if place else 0

    def _behind(self, start: int, end: int) -> int:
        """Where what follows a mention begins: behind a bracket that explains it, or that it fills: "status (CPC-A) is no"."""
        bracket = _BRACKET.match(self.text, end)
        shut = None if bracket else _SHUT.match(self.text, end)
        if shut and self.text[max(0, start - 2) : start].rstrip().endswith("("):
            return shut.end()
        return bracket.end() if bracket else end

    def _speaks_of(self, cue: Cue, start: int, end: int, concept_type: str) -> bool:
        """Whether a cue is about mentions such as `[start, end)`."""
        if cue.types is not None and concept_type not in cue.types:
            return False
        if cue.of is not None and cue.of.isdisjoint(self._heads(start, end)):
            return False
        return cue.spared is None or not cue.spared.search(self.text, start, end)

    def _forward(self, cue: Cue, begin: int, stop: int, start: int, first: int) -> bool:
        between = self.text[stop:start]
        if cue.clause and begin < first:
            return cue.listed and self._lists(cue, stop, start)
        if not cue.clause and begin and self.text[begin - 1] != "\n" and _NEXT_LINE.match(self.text, stop):
            return False  # at the end of a line it speaks of what that line says
        if any(stop <= place < start for place in self._run_on):
            return False
        if cue.barred and (cue.barred.search(between) or ")" in _CLOSED_BRACKET.sub("", between)):
            return False
        return cue.words is None or len(between.split()) <= cue.words

    def _backward(self, cue: Cue, begin: int, stop: int, end: int, last: int) -> bool:
        between = self.text[end:begin]
        if (cue.clause and stop > last) or any(end <= place < begin for place in self._run_on):
            return False
        if not cue.clause and _NEXT_ITEM.search(between):
            return False
        if cue.barred and (cue.barred.search(between) or self._shut_in(end, begin, stop)):
            return False
        return cue.words is None or len(between.split()) <= cue.words

    def _itself(self, cue: Cue, begin: int, stop: int, start: int, end: int) -> bool:
        """Whether a cue is the end of a mention or the word after it."""
        if not ((begin >= start and stop == end) or begin == end + 1) or (cue.later and not _WORD.search(self.text, 0, start)):
            return False
        return cue.barred is None or not cue.barred.search(self.text, 0, start)

    def _shut_in(self, end: int, begin: int, stop: int) -> bool:
        """Whether a cue stands in a bracket with words of its own, and the mention before it."""
        if "(" not in _CLOSED_BRACKET.sub("", self.text[end:begin]):
            return False
        shut = self.text.find(")", stop)
        inside = self.text[self.text.rindex("(", end, begin) + 1 : shut if shut >= 0 else len(self.text)]
        return len(inside.split()) > _FEW_WORDS

    def _lists(self, cue: Cue, stop: int, start: int) -> bool:
        """Whether a mention is an item of the list before which a cue stands, and "or" (or "and", unless it denies) ends it."""
        place = bisect_left(self._starts, stop)
        hard = next((n for n in range(place, len(self._starts)) if self.text[self._starts[n]] != ","), None)
        last = len(self.text) if hard is None else self._starts[hard]
        first, *rest = self.text[stop:start].split(",")
        if last < start or not _JOINED[cue.stance is Stance.DENIED].search(self.text, stop + len(first), last):
            return False
        if self._speaks_anew(stop + len(first), start):
            return False
        longest = max((len(item.split()) for item in rest), default=0)
        return len(first.split()) <= (cue.words or _LONGEST_ITEM) + 1 and longest <= _LONGEST_ITEM

    def _speaks_anew(self, start: int, end: int) -> bool:
        """Whether one of the words `anew` stands between two offsets; they are looked for once, and only in lists."""
        if self._spoken is None:
            self._spoken = [match.span() for match in self._anew.finditer(self.text)] if self._anew else []
        place = bisect_left(self._spoken, (start, 0))
        return place < len(self._spoken) and self._spoken[place][1] <= end

    def _heads(self, start: int, end: int) -> set[str]:
        """The last word of a mention, the word after it, and the word after what is joined to it ("sales and billing team")."""
        heads = {word.casefold() for word in _WORD.findall(self.text[start:end])[-1:]}
        if follows := _FOLLOWS.match(self.text, end):
            heads.add(follows["head"].casefold())
        return heads
