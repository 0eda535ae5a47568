"""Certificates and licences named in certificate sections, or on lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from matcher.reading.facts.datepoints import PointReader
from matcher.reading.facts.page import Page, Span, Value, bullet_of, fact, one_line, trim
from matcher.records import Fact, Month

_LONGEST_NAME = 90
_MOST_LINE_WORDS = 24
_SOON = 30
"""Characters after "expires" in which the date stands."""
_SPLIT = re.compile(r"\s*[;•·]\s+(?=[A-Z])")
_SENTENCE = re.compile(r"\b(?:was|were|i|my|received|am|have|has|maintained)\b", re.IGNORECASE)
_LEADING_DATE = re.compile(r"^\W*(?:[A-Za-z]{3,9}\.?,?\s+)?(?:\d{1,2}/)?(?:19|20)\d\d\W+(?=\w)")
_PARTED = re.compile(r"(?:[^,;()]|\([^()]*\))+")
_STOP = re.compile(r"\.\s+(?=[A-Z])")
_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\([^()]*\)")


class CertificateReader:
    """Built from `rules["facts"]["certificates"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["certificates"]
        self._sections, self._also = frozenset(own["sections"]), frozenset(own["also"])
        self._noise = frozenset(own["noise"])
        self._cue, self._progress, self._expired, self._absent, self._drop, self._not, self._cut = (
            re.compile(own[key], re.IGNORECASE) for key in ("cue", "progress", "expired", "absent", "drop", "not", "cut")
        )
        self._attended, self._about, self._ends = (re.compile(own[key], re.IGNORECASE) for key in ("attended", "about", "ends"))
        self._labelled = re.compile(own["labelled"], re.IGNORECASE)
        self._earned = re.compile(own["earned"])
        self._dates = PointReader(rules["facts"]["dates"])

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "certification", each name once, value {name, status, expires, begin, stop, below}.

        `status` is "held", "in progress" or "expired", as the line says; `expires` is "YYYY-MM" or None. The certificate is
        printed from `begin` to `stop`, what else is said of it (numbers, dates) ends at `below`.
        """
        found: dict[tuple[str, ...], Fact] = {}
        for f in self._all(page):
            found.setdefault(self.key(str(f.value["name"])), f)
        return tuple(sorted(found.values(), key=lambda f: f.start))

    def key(self, name: str) -> tuple[str, ...]:
        """What two printings of one certificate have in common: its words without those that any has, and without brackets."""
        words = _WORD.findall(name.casefold())
        telling = [w for w in _WORD.findall(_BRACKETS.sub(" ", name).casefold()) if w not in self._noise]
        return tuple(telling or words)

    def status(self, phrase: str) -> str:
        """What a phrase says of the certificate in it."""
        if self._expired.search(phrase):
            return "expired"
        return "in progress" if self._progress.search(phrase) else "held"

    def _all(self, page: Page) -> Iterator[Fact]:
        for section in page.sections:
            sure = section.kind in self._sections
            lines = page.lines_of(section.body, section.end)
            if sure or section.kind in self._also:
                yield from self._section(page, section.kind, lines, sure)
            if not sure and section.kind != "references":
                for line in lines:
                    yield from self._elsewhere(page.text, line)

    def _section(self, page: Page, kind: str, lines: tuple[Span, ...], sure: bool) -> Iterator[Fact]:
        """The certificates of a section; a line of numbers and dates goes with the one above it."""
        last: Fact | None = None
        for line in lines:
            if self._heading(page.text[slice(*line)]):
                if sure:
                    break
                continue
            if self._about.match(page.text[slice(*line)]):
                last = self._told(page.text, line, last) if last else None
                continue
            for item in self._items(page.text, line):
                for f in self._read_item(page.text, item, sure, kind):
                    if last:
                        yield last
                    last = f
        if last:
            yield last

    def _elsewhere(self, text: str, line: Span) -> Iterator[Fact]:
        """A labelled list of certificates, and those that a sentence says were earned."""
        label = self._labelled.match(text[slice(*line)])
        if label:
            a = line[0] + label.end()
            for m in _PARTED.finditer(text, a, line[1]):
                yield from self._read_item(text, m.span(), True, "certifications")
        for m in self._earned.finditer(text, *line):
            told = {"status": "held", "expires": None, "begin": m.start(1), "stop": m.end(1), "below": m.end(1)}
            yield fact("certification", text, m.span(1), {"name": one_line(m[1]), **told})

    def _told(self, text: str, line: Span, above: Fact) -> Fact:
        phrase = text[slice(*line)]
        status = self.status(phrase) if above.value["status"] == "held" else above.value["status"]
        expires = self._expiry(phrase) or above.value["expires"]
        return replace(above, value={**above.value, "status": status, "expires": expires, "below": line[1]})

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
        if not self._named(phrase, sure, kind):
            return
        span = self._name(text, item)
        name = one_line(text[slice(*span)])
        if _SENTENCE.search(name) or not name:
            return
        words = [w for w in _WORD.findall(name.casefold()) if w not in self._noise]
        if words and not name[:1].islower() and any(c.isalpha() for c in name) and len(name) <= _LONGEST_NAME:
            told: Value = {"status": self.status(phrase), "expires": self._expiry(phrase)}
            told |= {"begin": item[0], "stop": item[1], "below": item[1]}
            yield fact("certification", text, span, {"name": name, **told})

    def _named(self, phrase: str, sure: bool, kind: str) -> bool:
        """Whether an item names a certificate; outside of their section, and for seminars, only where it says so."""
        words = len(phrase.split())
        stop = _STOP.search(phrase)
        said = self._cue.search(phrase, 0, stop.start() if stop else len(phrase)) is not None
        cued = said and words <= (_MOST_LINE_WORDS if kind == "education" else 9)
        barred = self._absent.search(phrase) or self._not.search(phrase) or (not said and self._attended.search(phrase))
        return (sure or cued) and words <= _MOST_LINE_WORDS and not barred

    def _name(self, text: str, item: Span) -> Span:
        a, b = item
        for pattern in (_LEADING_DATE, self._drop):
            m = pattern.match(text[a:b])
            a += m.end() if m else 0
        m = self._cut.search(text[a:b])
        if m and m.start() >= 3:
            b = a + m.start()
        opened = text.rfind("(", a, b)
        if opened > a and text.find(")", opened, b) < 0:
            b = opened
        return trim(text, (a, b))

    def _expiry(self, phrase: str) -> str | None:
        """When it ends, as "YYYY-MM": the last date near a word of ending; a bare year runs to its December."""
        m = self._ends.search(phrase)
        if m is None:
            return None
        points = [p for p in self._dates.find(phrase, m.end(), min(len(phrase), m.end() + _SOON)) if p.year and p.shape != "mon"]
        if not points or not 1 <= (points[-1].month or 12) <= 12:
            return None
        return str(Month(points[-1].year or 0, points[-1].month or 12))


class OwnedCertificates:
    """Tells which mentions of certificates are certificates of the resume's owner."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["certificates"]
        self._issuers, self._doubted = frozenset(own["issuers"]), frozenset(own["doubted"])
        self._cue, self._others, self._bodies = (re.compile(own[key], re.IGNORECASE) for key in ("cue", "others", "bodies"))

    def owned(self, text: str, span: Span, section: str) -> bool:
        """Whether the name at `span` is owned: who issues certificates is none, and among duties a word must say so."""
        name = one_line(text[slice(*span)]).casefold().strip(" ()")
        if name in self._issuers or self._bodies.search(text, max(0, span[0] - 40), span[0]):
            return False
        if section not in self._doubted:
            return True
        before = re.split(r"[.;•\n]", text[max(0, span[0] - 60) : span[0]])[-1]
        after = re.split(r"[.;•\n]", text[span[1] : span[1] + 20])[0]
        around = before[-20:] + text[slice(*span)] + after
        return self._cue.search(around) is not None and self._others.search(before) is None
