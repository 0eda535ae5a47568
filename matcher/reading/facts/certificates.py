"""Certificates and licences named in certificate sections, or on lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.page import Page, Span, bullet_of, fact, one_line, trim
from matcher.records import Fact

_LONGEST_NAME = 90
_MOST_LINE_WORDS = 24
_SPLIT = re.compile(r"\s*[;•]\s+(?=[A-Z])")
_SENTENCE = re.compile(r"\b(?:was|were|i|my|received|am|have|has)\b", re.IGNORECASE)
_LEADING_DATE = re.compile(r"^\W*(?:[A-Za-z]{3,9}\.?,?\s+)?(?:\d{1,2}/)?(?:19|20)\d\d\W+(?=\w)")


class CertificateReader:
    """Built from `rules["facts"]["certificates"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["certificates"]
        self._sections, self._also = frozenset(own["sections"]), frozenset(own["also"])
        self._noise = frozenset(own["noise"])
        self._cue, self._progress, self._expired, self._absent, self._drop = (
            re.compile(own[key], re.IGNORECASE) for key in ("cue", "progress", "expired", "absent", "drop")
        )
        self._not = re.compile(own["not"], re.IGNORECASE)
        self._cut = re.compile(own["cut"], re.IGNORECASE)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "certification", value {name, status}: "held", "in progress" or "expired"; each name once."""
        found: dict[str, Fact] = {}
        for f in self._all(page):
            found.setdefault(str(f.value["name"]).casefold(), f)
        return tuple(sorted(found.values(), key=lambda f: f.start))

    def _all(self, page: Page) -> Iterator[Fact]:
        for section in page.sections:
            sure = section.kind in self._sections
            if sure or section.kind in self._also:
                for line in page.lines_of(section.body, section.end):
                    if self._heading(page.text[slice(*line)]):
                        if sure:
                            break
                        continue
                    for item in self._items(page.text, line):
                        yield from self._read_item(page.text, item, sure, section.kind)

    def _heading(self, line: str) -> bool:
        """Whether a line in capitals looks like a heading that nobody knew."""
        words = line.split()
        return (
            len(words) >= 3
            and line.isupper()
            and not any(c.isdigit() for c in line)
            and not re.search(r"\bCERTIF|\bREGISTERED|\bLICENSED", line)
        )

    def _items(self, text: str, line: Span) -> Iterator[Span]:
        a = line[0]
        for m in _SPLIT.finditer(text, *line):
            yield a, m.start()
            a = m.end()
        yield a, line[1]

    def _read_item(self, text: str, item: Span, sure: bool, kind: str) -> Iterator[Fact]:
        item = (item[0] + bullet_of(text, item), item[1])
        phrase = text[slice(*item)]
        cued = self._cue.search(phrase) is not None and len(phrase.split()) <= (20 if kind == "education" else 9)
        if (
            not (sure or cued)
            or len(phrase.split()) > _MOST_LINE_WORDS
            or self._absent.search(phrase)
            or self._not.search(phrase)
        ):
            return
        span = self._name(text, item)
        name = one_line(text[slice(*span)])
        if _SENTENCE.search(name):
            return
        words = [w for w in re.findall(r"\w+", name.casefold()) if w not in self._noise]
        if words and not name[:1].islower() and any(c.isalpha() for c in name) and len(name) <= _LONGEST_NAME:
            yield fact("certification", text, span, {"name": name, "status": self._status(phrase)})

    def _name(self, text: str, item: Span) -> Span:
        a, b = item
        for pattern in (_LEADING_DATE, self._drop):
            m = pattern.match(text[a:b])
            a += m.end() if m else 0
        m = self._cut.search(text[a:b])
        if m and m.start() >= 3:
            b = a + m.start()
        return trim(text, (a, b))

    def _status(self, phrase: str) -> str:
        if self._expired.search(phrase):
            return "expired"
        return "in progress" if self._progress.search(phrase) else "held"
