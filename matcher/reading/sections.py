"""Section headings -> sections, by wording and by how the line stands out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reading.units import lines_of
from matcher.records import Kind, Section

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[^\w(]+|[^\w)]+$")
_BETWEEN_WORDS = re.compile(r"[\s/(),:]+")
_STOP = re.compile(r"[.!?]\s+")
_COLON = {Kind.RESUME: re.compile(":"), Kind.JOB: re.compile(r":|\?(?=\s)")}
_BEGINNING = {Kind.RESUME: "header", Kind.JOB: "other"}
_SILENT = frozenset({"about", "benefits", "apply", "legal"})
_LONGEST_HEADING = 60
_LONGEST_SENTENCE = 140
_MOST_WORDS = 7
_LINES_BELOW = 3
_BULLET = re.compile(r"\W*[•●▪◦‣·*§➢➤✔✓■□]\s")


@dataclass(frozen=True, slots=True)
class Headings:
    """The wordings of one kind of document: exact phrases, single words, words that add nothing, phrases that must stand out.

    `prefixes` begin a heading with a name in it ("About Lakeview"), `alone_enough` need not stand out, `labels` speak of
    their own line only where it goes on ("Salary: 20,000"), `turns` are wordings with which a post comes to its job while
    it still speaks of something else, `endings` the last words of a sentence that opens a list, and
    `below` says what in the lines under a heading proves it one.
    """

    exact: Mapping[str, str]
    words: Mapping[str, str]
    fillers: frozenset[str]
    weak: frozenset[str]
    prefixes: Mapping[str, str]
    alone_enough: frozenset[str]
    labels: frozenset[str]
    turns: re.Pattern[str] | None
    endings: Mapping[str, str]
    below: Mapping[str, re.Pattern[str]]

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any], kind: Kind) -> Headings:
        """Build from the table of `taxonomy/headings.toml`."""
        table = rules[kind]
        exact = {phrase: section for section, phrases in table["exact"].items() for phrase in phrases}
        words = {word: section for section, listed in table["words"].items() for word in listed}
        prefixes = {f"{text} ": section for section, texts in table.get("prefixes", {}).items() for text in texts}
        turns = re.compile("|".join(rf"\b{re.escape(text)}\b" for text in table["turns"]), re.I) if "turns" in table else None
        return cls(
            exact,
            words,
            frozenset(table["fillers"]),
            frozenset(table["weak"]),
            prefixes,
            frozenset(table.get("alone", ())),
            frozenset(table.get("labels", ())),
            turns,
            {word: section for section, listed in table.get("endings", {}).items() for word in listed},
            {section: re.compile(pattern, re.IGNORECASE) for section, pattern in table.get("below", {}).items()},
        )

    def kind_of(self, line: str, stands_out: bool) -> str | None:
        """The section kind that a line announces, or None."""
        phrase = _phrase(line)
        if not phrase or len(phrase) > _LONGEST_HEADING:
            return None
        if phrase in self.exact:
            return self.exact[phrase] if stands_out or phrase not in self.weak else None
        return (self._by_prefix(phrase) or self._by_words(phrase)) if stands_out else None

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
        words = _BETWEEN_WORDS.sub(" ", phrase).split()
        if len(words) > _MOST_WORDS:
            return None
        kinds = [self.words[word] for word in words if word in self.words]
        if not kinds or any(word not in self.words and word not in self.fillers for word in words):
            return None
        return kinds[0]


def _phrase(line: str) -> str:
    return _SPACES.sub(" ", _EDGES.sub("", line)).casefold()


def find_sections(text: str, headings: Headings, kind: Kind, emphasised: Collection[int] = ()) -> tuple[Section, ...]:
    """Cut a text into sections; what comes before the first heading is "header" (resumes) or "other" (job posts).

    `emphasised` holds the start offsets of lines that typography sets off (bold or larger than the body).
    """
    marks = [(0, 0, _BEGINNING[kind], "")]
    marks.extend(_headings(text, headings, frozenset(emphasised), kind))
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return tuple(
        Section(section, start, body, end, title)
        for (start, body, section, title), end in zip(marks, ends, strict=True)
        if start < end
    )


def _headings(text: str, headings: Headings, emphasised: frozenset[int], kind: Kind) -> Iterator[tuple[int, int, str, str]]:
    previous_end, current = 0, ""
    lines = lines_of(text)
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        gap = "\n\n" in text[previous_end:start] or start == 0
        previous_end = end
        section = headings.kind_of(line, _stands_out(line, start in emphasised, gap) or headings.alone(line))
        section = section or _proven(text, headings, lines[number : number + _LINES_BELOW + 1])
        inline = None if section else _inline(line, headings, kind)
        if section is not None:
            yield start, end, section, line
            current = section
        elif inline is not None:
            begun, head = inline
            yield start, start + len(head) + 1, begun, head
            if headings.is_label(head):
                yield end, end, current or _BEGINNING[kind], ""
            else:
                current = begun
        elif current in _SILENT and headings.turns and (turn := headings.turns.search(text, start, end)):
            begin = max((stop.end() for stop in _STOP.finditer(text, start, turn.start())), default=start)
            yield begin, begin, "duties", ""
            current = "duties"
        if section is None and (opened := headings.opened_by(line)):
            yield end, end, opened, ""
            current = opened


def _inline(line: str, headings: Headings, kind: Kind) -> tuple[str, str] | None:
    """The section that a line opens and goes on with, and its heading: "Skills: Excel"."""
    mark = _COLON[kind].search(line, 0, _LONGEST_HEADING)
    if mark is None or (kind is Kind.RESUME and mark.start() >= 30):
        return None
    head = line[: mark.start()]
    section = headings.kind_of(head, stands_out=True)
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


def _stands_out(line: str, emphasised: bool, gap: bool) -> bool:
    gap = gap and not _BULLET.match(line)  # the first item of a list has a gap above it as well
    letters = [c for c in line if c.isalpha()]
    capitals = bool(letters) and all(c.isupper() for c in letters)
    return emphasised or line.rstrip().endswith(":") or (capitals and len(letters) > 3) or gap
