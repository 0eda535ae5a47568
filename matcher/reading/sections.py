"""Section headings -> sections, by wording and by how the line stands out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from matcher.reading.units import lines_of
from matcher.records import Kind, Section

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[^\w(]+|[^\w)]+$")
_NUMBER = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.)][\s.)]*(?=[^\W\d_]{3})", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()]*\)$")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_BETWEEN_WORDS = re.compile(r"[\s(),:]+")
_CONJUNCTION = re.compile(r"\s*[&+/|,–—-]\s*|\s+(?:and|y|at)\s+")
_UNFINISHED = re.compile(r"^\W*[a-z]|[.,]\s*$|\b(?:in|of|for|to|with|at|on|and|the|a|an)\s*$")
_LOOSE_END = re.compile(r"[a-z][.,;]\s*$")
_CELLS = re.compile(r"\s*[\t|]\s*|\s{3,}")
_RULE = re.compile(r"\s*[-=_*~—–]{3,}\s*(?:\n|$)")
_STOP = re.compile(r"[.!?]\s+")
_COLON = {Kind.RESUME: re.compile(":"), Kind.JOB: re.compile(r":|\?(?=\s)")}
_BEGINNING = {Kind.RESUME: "header", Kind.JOB: "other"}
_SILENT = frozenset({"about", "benefits", "apply", "legal"})
_MINOR_HEADINGS = frozenset({"accomplishments", "projects"})
_MINOR_LABELS = _MINOR_HEADINGS | {"skills", "training", "summary", "additional", "objective"}
"""Sections that a job may have of its own, under a line of their own and under a label with words after it."""
_LONGEST_HEADING = 60
_LONGEST_SENTENCE = 140
_MOST_WORDS = 7
_LINES_BELOW = 3
_SHORTEST_MISSPELT = 5
_BULLET = re.compile(r"\W*[•●▪◦‣·*§➢➤✔✓■□]\s")


@dataclass(frozen=True, slots=True)
class Headings:
    """The wordings of one kind of document: exact phrases, single words, words that add nothing, phrases that must stand out.

    `prefixes` begin a heading with a name in it ("About Lakeview"), `alone_enough` need not stand out, `labels` speak of
    their own line only where it goes on ("Salary: 20,000"), `turns` are wordings with which a post comes to its job while
    it still speaks of something else, `endings` the last words of a sentence that opens a list, and
    `vacancies` match the line of a numbered vacancy ("Position 2: Coder"),
    `below` says what in the lines under a heading proves it one. `spelt` maps the words of headings, whole and with any one
    letter left out, to themselves: a misspelt word meets them there.
    """

    exact: Mapping[str, str]
    words: Mapping[str, str]
    fillers: frozenset[str]
    weak: frozenset[str]
    prefixes: Mapping[str, str]
    alone_enough: frozenset[str]
    labels: frozenset[str]
    turns: re.Pattern[str] | None
    vacancies: re.Pattern[str] | None
    endings: Mapping[str, str]
    below: Mapping[str, re.Pattern[str]]
    spelt: Mapping[str, str]

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any], kind: Kind) -> Headings:
        """Build from the table of `taxonomy/headings.toml`."""
        table = rules[kind]
        exact = {_phrase(phrase): section for section, phrases in table["exact"].items() for phrase in phrases}
        words = {word: section for section, listed in table["words"].items() for word in listed}
        prefixes = {f"{text} ": section for section, texts in table.get("prefixes", {}).items() for text in texts}
        turns = re.compile("|".join(rf"\b{re.escape(text)}\b" for text in table["turns"]), re.I) if "turns" in table else None
        return cls(
            exact,
            words,
            frozenset(table["fillers"]),
            frozenset(_phrase(phrase) for phrase in table["weak"]),
            prefixes,
            frozenset(_phrase(phrase) for phrase in table.get("alone", ())),
            frozenset(_phrase(phrase) for phrase in table.get("labels", ())),
            turns,
            _numbered(table["vacancies"]) if "vacancies" in table else None,
            {word: section for section, listed in table.get("endings", {}).items() for word in listed},
            {section: re.compile(pattern, re.IGNORECASE) for section, pattern in table.get("below", {}).items()},
            _spellings(
                (word for phrase in (*exact, *words, *table["fillers"]) for word in phrase.split()), table.get("banners", ())
            ),
        )

    def kind_of(self, line: str, stands_out: bool, spaced: bool = False, spelt: bool = False) -> str | None:
        """The section kind that a line announces, or None.

        `spaced`: it stands in a list with empty lines around every item; `spelt`: misspelt words are not looked for.
        """
        phrase = _phrase(line)
        if not phrase or len(phrase) > _LONGEST_HEADING:
            return None
        bare = _NUMBER.sub("", phrase)
        if bare in self.exact and bare not in self.weak:
            return self.exact[bare]
        loose = stands_out and not spaced and not _UNFINISHED.search(line)
        found = self._known(phrase, stands_out, loose)
        if found is not None or not loose:
            return found
        variants = () if spelt else self._variants(phrase)
        return next((kind for other in variants if (kind := self._known(other, True, True)) is not None), None)

    def _known(self, phrase: str, stands_out: bool, loose: bool) -> str | None:
        """`loose`: prefixes and words tell as well."""
        if phrase in self.exact:
            return self.exact[phrase] if stands_out or phrase not in self.weak else None
        return (self._by_prefix(phrase) or self._by_words(phrase)) if loose else None

    def _variants(self, phrase: str) -> Iterator[str]:
        """A phrase without its number or the remark after it ("1. Objective", "Experience (2015-2020)"), and spelt as known."""
        bare = _REMARK.sub("", _NUMBER.sub("", phrase))
        spelt = " ".join(self._spell(word) for word in bare.split())
        yield from (other for other in dict.fromkeys((bare, spelt)) if other and other != phrase)

    def _spell(self, word: str) -> str:
        known = len(word) < _SHORTEST_MISSPELT or self.spelt.get(word) == word
        return word if known else next((self.spelt[w] for w in (word, *_shorter(word)) if w in self.spelt), word)

    def alone(self, line: str) -> bool:
        """Whether a line is one of the words that head a section wherever they stand alone ("Requirements")."""
        return line[:1].isupper() and not line.endswith(".") and _phrase(line) in self.alone_enough

    def is_label(self, head: str) -> bool:
        """Whether a heading with words after it on its line speaks of that line only."""
        return _phrase(head) in self.labels

    def _by_prefix(self, phrase: str) -> str | None:
        few = len(phrase.split()) <= _MOST_WORDS
        return next((section for prefix, section in self.prefixes.items() if few and phrase.startswith(prefix)), None)

    def opened_by(self, line: str) -> str | None:
        """The section that a sentence opens for what follows it: "The right candidate has these skills:"."""
        if not line.endswith(":") or len(line) > _LONGEST_SENTENCE:
            return None
        return self.endings.get(line.rstrip(": ").rpartition(" ")[2].casefold())

    def _by_words(self, phrase: str) -> str | None:
        """The kind of a phrase whose words are all known: of its first part that tells one, the last word that does."""
        words = _BETWEEN_WORDS.sub(" ", _CONJUNCTION.sub(" ", phrase)).split()
        if len(words) > _MOST_WORDS or any(word not in self.words and word not in self.fillers for word in words):
            return None
        parts = ([word for word in _BETWEEN_WORDS.split(part) if word in self.words] for part in _CONJUNCTION.split(phrase))
        return next((self.words[part[-1]] for part in parts if part), None)


@lru_cache(maxsize=256)
def _phrase(line: str) -> str:
    bare = _SPACES.sub(" ", _EDGES.sub("", line)).casefold()
    return _HYPHENS.sub(" ", bare.replace(" & ", " and ").replace(" / ", "/"))


def _numbered(words: Sequence[str]) -> re.Pattern[str]:
    """A line that opens with one of the words and a number or a capital letter, and ends there or goes on after a mark."""
    either = "|".join(re.escape(word) for word in words)
    return re.compile(
        rf"\W*(?i:{either})[ ]?(?:(?i:no)\.?[ ]?|\#[ ]?)?(?:\d{{1,2}}|[A-H])(?=[ ]?[:.)–—-][ ]|[ ]?[:.]?[ ]*(?:\n|$))"
    )


def _shorter(word: str) -> Iterator[str]:
    """A word with any one letter left out."""
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _spellings(words: Iterable[str], right: Iterable[str]) -> dict[str, str]:
    """Words by themselves and by themselves with one letter left out; a word that is another's misspelling stays itself.

    `right` are words of no heading that are spelt as they should be.
    """
    long = sorted({word for word in words if len(word) >= _SHORTEST_MISSPELT and word.isalpha()})
    found = {short: word for word in reversed(long) for short in _shorter(word)}
    return found | {word: word for word in (*long, *right)}


def find_sections(text: str, headings: Headings, kind: Kind, emphasised: Collection[int] = ()) -> tuple[Section, ...]:
    """Cut a text into sections; what comes before the first heading is "header" (resumes) or "other" (job posts).

    `emphasised` holds the start offsets of lines that typography sets off (bold or larger than the body).
    """
    marks = [(0, 0, _BEGINNING[kind], "")]
    marks.extend(_Walk(text, headings, frozenset(emphasised), kind).marks())
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return tuple(
        Section(section, start, body, end, title)
        for (start, body, section, title), end in zip(marks, ends, strict=True)
        if start < end
    )


class _Walk:
    """A walk down the lines of a text; `current` is the section reached and `style` how the heading of that was set."""

    def __init__(self, text: str, headings: Headings, emphasised: frozenset[int], kind: Kind) -> None:
        self._text, self._headings, self._emphasised = text, headings, emphasised
        self._kind, self._resume = kind, kind is Kind.RESUME
        self._lines = lines_of(text)
        self._current = ""
        self._style = _Style(False, False, False)

    def marks(self) -> Iterator[tuple[int, int, str, str]]:
        """Where each section and its body begin, its kind and its heading."""
        taken = 0
        for number, (start, end) in enumerate(self._lines):
            if start < taken:
                continue
            section, stop = self._heading(number)
            if section is None:
                yield from self._within(start, end)
            else:
                taken, self._current, self._style = stop, section, self._set(start, end)
                yield start, stop, section, self._text[start:stop]

    def _within(self, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
        """The sections that begin in a line that is no heading alone."""
        line, headings, current = self._text[start:end], self._headings, self._current
        inline = _inline(line, headings, self._kind)
        if headings.vacancies and headings.vacancies.match(self._text, start, end):
            yield start, start, "duties", ""
            self._current = "duties"
        elif inline is not None and not self._minor(inline[0], start, end, _MINOR_LABELS):
            begun, head = inline
            yield start, start + len(head) + 1, begun, head
            if headings.is_label(head):
                yield end, end, current or _BEGINNING[self._kind], ""
            else:
                self._current = begun
        elif current in _SILENT and headings.turns and (turn := headings.turns.search(self._text, start, end)):
            begin = max((stop.end() for stop in _STOP.finditer(self._text, start, turn.start())), default=start)
            yield begin, begin, "duties", ""
            self._current = "duties"
        if opened := headings.opened_by(line):
            yield end, end, opened, ""
            self._current = opened

    def _heading(self, number: int) -> tuple[str | None, int]:
        """The kind of section that a line heads, and where the heading ends; None for any other line."""
        text, headings = self._text, self._headings
        start, end = self._lines[number]
        line = text[start:end]
        gap = start == 0 or "\n\n" in text[self._lines[number - 1][1] if number else 0 : start]
        printed = _stands_out(line, start in self._emphasised, gap=False) or _RULE.match(text, end + 1) is not None
        stands_out = printed or _stands_out(line, False, gap) or (not self._resume and _asks(line))
        spaced = self._resume and not printed and _one_of_many(text, self._lines[max(0, number - 2) : number + 3])
        section = _side_by_side(line, headings) if stands_out and self._resume else None
        section = section or headings.kind_of(line, stands_out or headings.alone(line), spaced)
        section = section or _proven(text, headings, self._lines[number : number + _LINES_BELOW + 1])
        if section is None and stands_out and self._resume:
            section, end = self._broken(number)
        if section and self._resume and (_LOOSE_END.search(line) or self._minor(section, start, end, _MINOR_HEADINGS)):
            return None, end
        return section, end

    def _broken(self, number: int) -> tuple[str | None, int]:
        """The kind of a heading that goes on in the next line ("PROFESSIONAL", "EXPERIENCE"), and where it ends."""
        start, end = self._lines[number]
        below = self._lines[number + 1] if number + 1 < len(self._lines) else (end, end)
        upper, lower = self._text[start:end], self._text[slice(*below)]
        apart = "\n\n" in self._text[end : below[0]] or not lower
        set_off = _stands_out(lower, below[0] in self._emphasised, gap=False)
        if apart or not set_off or len(upper.split()) > 3 or len(lower.split()) > 3:
            return None, end
        kind = self._headings.kind_of(f"{upper} {lower}", stands_out=True)
        return kind, below[1] if kind else end

    def _set(self, start: int, end: int) -> _Style:
        line = self._text[start:end]
        return _Style(line.isupper(), start in self._emphasised, _BULLET.match(line) is not None)

    def _minor(self, section: str, start: int, end: int, kinds: Collection[str]) -> bool:
        """Whether a line among the jobs belongs to one of them: a bullet, or a heading set plainer than that of the jobs."""
        if self._current != "experience" or not self._resume:
            return False
        own, above = self._set(start, end), self._style
        if own.bulleted and not (above.bulleted or own.emphasised or own.capitals):
            return True
        plainer = (above.emphasised and not own.emphasised) or (above.capitals and not own.capitals)
        return section in kinds and plainer


@dataclass(frozen=True, slots=True)
class _Style:
    """How a heading is set."""

    capitals: bool
    emphasised: bool
    bulleted: bool


def _one_of_many(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether short lines stand one by one with empty lines between them: items of a list, none of them a heading."""
    short = all(len(text[slice(*line)].split()) <= _MOST_WORDS for line in lines)
    return short and len(lines) > _LINES_BELOW and all("\n\n" in text[a[1] : b[0]] for a, b in pairwise(lines))


def _side_by_side(line: str, headings: Headings) -> str | None:
    """The kind of a line of several headings, which two columns or a table's head print: that of the jobs if it is among them."""
    kinds = [headings.kind_of(cell, stands_out=True) for cell in _CELLS.split(line.strip())]
    if len(kinds) < 2 or None in kinds:
        return None
    return "experience" if "experience" in kinds else kinds[0]


def _inline(line: str, headings: Headings, kind: Kind) -> tuple[str, str] | None:
    """The section that a line opens and goes on with, and its heading: "Skills: Excel"."""
    mark = _COLON[kind].search(line, 0, _LONGEST_HEADING)
    if mark is None or (kind is Kind.RESUME and mark.start() >= 30):
        return None
    head = line[: mark.start()]
    section = headings.kind_of(head, stands_out=True, spelt=True)
    return (section, head) if section is not None and _opens_section(head, kind) else None


def _proven(text: str, headings: Headings, lines: Sequence[tuple[int, int]]) -> str | None:
    """The kind of a heading that only the lines below it prove one: "Experience" over "June 2019 to Current"."""
    line = text[slice(*lines[0])]
    if not line[:1].isupper() or len(lines) == 1:
        return None
    section = headings.kind_of(line, stands_out=True)
    proof = headings.below.get(section) if section else None
    return section if proof and proof.search(text, lines[1][0], lines[-1][1]) else None


def _opens_section(head: str, kind: Kind) -> bool:
    """Whether the words before a colon head a section: "Skills: Excel" does; a lower-case "our benefits: x" does not."""
    return head[:1].isupper() or not head[:1].isalpha() or (kind is Kind.RESUME and head.isupper())


def _asks(line: str) -> bool:
    """Whether a line is a short question: posts head their sections with such ("Why join us?")."""
    return line.endswith("?") and line[:1].isupper() and len(line.split()) <= _MOST_WORDS


def _stands_out(line: str, emphasised: bool, gap: bool) -> bool:
    gap = gap and not _BULLET.match(line)  # the first item of a list has a gap above it as well
    return emphasised or gap or line.rstrip().endswith(":") or _capitals(line)


def _capitals(line: str) -> bool:
    """Whether a line is of more than three letters, all of them capitals."""
    return all(c.isupper() for c in line if c.isalpha()) and sum(map(str.isalpha, line)) > 3
