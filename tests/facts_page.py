"""Text with headings -> what the fact readers take; shared by the tests of the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.reading.facts.page import Page
from matcher.reading.sections import Headings, find_sections
from matcher.records import Kind, Line, Section


def lines_of(text: str) -> tuple[Line, ...]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(at, at + len(line)))
        at += len(line) + 1
    return tuple(found)


def sections_of(parts: dict[str, str]) -> tuple[str, tuple[Section, ...]]:
    """One section for each kind -> body, each under a heading that is the kind in capitals ("header" has none)."""
    text, sections = "", []
    for kind, body in parts.items():
        start = len(text)
        text += "" if kind == "header" else kind.upper() + "\n"
        sections.append((kind, start, len(text)))
        text += body + "\n\n"
    ends = [start for _, start, _ in sections[1:]] + [len(text)]
    return text, tuple(Section(kind, start, body, end) for (kind, start, body), end in zip(sections, ends, strict=True))


def page_of(**parts: str) -> Page:
    text, sections = sections_of(parts)
    return Page(text, lines_of(text), sections)


def page_of_text(text: str, rules: Mapping[str, Any]) -> Page:
    """A page whose sections are those that its headings open."""
    headings = Headings.from_rules(rules["headings"], Kind.RESUME)
    return Page(text, lines_of(text), find_sections(text, headings, Kind.RESUME))
