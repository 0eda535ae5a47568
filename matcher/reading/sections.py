"""Section headings -> sections, by wording and by how the line stands out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.reading.units import lines_of
from matcher.records import Kind, Section

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[^\w(]+|[^\w)]+$")
_LONGEST_HEADING = 60
_MOST_WORDS = 7


@dataclass(frozen=True, slots=True)
class Headings:
    """The wordings of one kind of document: exact phrases, single words, words that add nothing, phrases that must stand out."""

    exact: Mapping[str, str]
    words: Mapping[str, str]
    fillers: frozenset[str]
    weak: frozenset[str]

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any], kind: Kind) -> Headings:
        """Build from the table of `taxonomy/headings.toml`."""
        table = rules[kind]
        exact = {phrase: section for section, phrases in table["exact"].items() for phrase in phrases}
        words = {word: section for section, listed in table["words"].items() for word in listed}
        return cls(exact, words, frozenset(table["fillers"]), frozenset(table["weak"]))

    def kind_of(self, line: str, stands_out: bool) -> str | None:
        """The section kind that a line announces, or None."""
        phrase = _SPACES.sub(" ", _EDGES.sub("", line)).casefold()
        if not phrase or len(phrase) > _LONGEST_HEADING:
            return None
        if phrase in self.exact:
            return self.exact[phrase] if stands_out or phrase not in self.weak else None
        return self._by_words(phrase) if stands_out else None

    def _by_words(self, phrase: str) -> str | None:
        words = phrase.replace("/", " / ").split()
        if len(words) > _MOST_WORDS:
            return None
        kinds = [self.words[word] for word in words if word in self.words]
        if not kinds or any(word not in self.words and word not in self.fillers for word in words):
            return None
        return kinds[0]


def find_sections(text: str, headings: Headings, kind: Kind, emphasised: Collection[int] = ()) -> tuple[Section, ...]:
    """Cut a text into sections; what comes before the first heading is "header" (resumes) or "other" (job posts).

    `emphasised` holds the start offsets of lines that typography sets off (bold or larger than the body).
    """
    marks = [(0, 0, "header" if kind is Kind.RESUME else "other", "")]
    marks.extend(_headings(text, headings, frozenset(emphasised), kind))
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return tuple(
        Section(section, start, body, end, title)
        for (start, body, section, title), end in zip(marks, ends, strict=True)
        if start < end
    )


def _headings(text: str, headings: Headings, emphasised: frozenset[int], kind: Kind) -> Iterator[tuple[int, int, str, str]]:
    previous_end = 0
    for start, end in lines_of(text):
        line = text[start:end]
        gap = "\n\n" in text[previous_end:start] or start == 0
        previous_end = end
        section = headings.kind_of(line, _stands_out(line, start in emphasised, gap))
        if section is not None:
            yield start, end, section, line
        elif ":" in line[:_LONGEST_HEADING] and (kind is Kind.JOB or line.index(":") < 30):
            head = line[: line.index(":")]
            section = headings.kind_of(head, stands_out=True)
            if section is not None and _opens_section(head, kind):
                yield start, start + len(head) + 1, section, head


def _opens_section(head: str, kind: Kind) -> bool:
    """Whether the words before a colon head a section: "Skills: Excel" does; a lower-case "our benefits: x" does not."""
    return head[:1].isupper() or not head[:1].isalpha() or (kind is Kind.RESUME and head.isupper())


def _stands_out(line: str, emphasised: bool, gap: bool) -> bool:
    letters = [c for c in line if c.isalpha()]
    capitals = bool(letters) and all(c.isupper() for c in letters)
    return emphasised or line.rstrip().endswith(":") or (capitals and len(letters) > 3) or gap
