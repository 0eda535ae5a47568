"""Personal data that no score may see: where it stands, so that blind mode can take it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact, one_line, trim
from matcher.reading.facts.statements import ABOUT, StatementReader
from matcher.records import Fact

_ABOUT = ABOUT | {"additional"}
_LONGEST = {"address": 200, "id-number": 60}
_LONGEST_VALUE = 80
_BESIDE = 3
_SOON = 8
_ANYTHING = re.compile(r"\S")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"\t|\s*[|•]|\s{3,}|;|(?<=\w{3})\.\s+(?=[A-Z])|,\s+(?=[A-Z][\w ./'’-]{2,25}:)")
_OTHER_LABEL = re.compile(r"\s+(?=(?:[A-Z][\w'’./]*\s+){0,3}[A-Z][\w'’./]*\s?:\s)")
_NEXT_OF_ADDRESS = re.compile(r"\t|\s*[|•]|\s{3,}|;")
_BREAK = re.compile(r"(?:^|[\t|;•·,./()*\-–:]|\s{2,})\s*$")
_TABLE = re.compile(r"[:=：\t\-–—]|\s{2}")
_COLON = re.compile(r"[:=：]")
_SEPARATOR = r"[ \t]*[:=：][ \t:=\-–—]*|[ ]*[-–—]+[ ]*|[ ]*\t[\t :\-–—]*|[ ]{2,}[:\-–—]?[ ]*|[ ]+|(?=\n|$)"
_KEEP_COLON = re.compile(r"^\s*[:=：\-–]+\s*")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label met in a line: what it is of, where it and its value's separator end, and how they are parted."""

    what: str
    form: str
    start: int
    end: int
    separator: str


class PersonalReader:
    """Built from `rules["personal"]`: labels, what their values look like, and what is said without a label."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["personal"]
        self._whats = {_plain(form): what for what, forms in own["labels"].items() for form in forms}
        stops = (*own["contact"]["phone_labels"], *own["contact"]["email_labels"], *own["contact"]["name_labels"])
        stops += tuple(own["not_about"]["labels"])
        self._label = _label_pattern([form for forms in own["labels"].values() for form in forms])
        self._stop = re.compile(rf"(?<![\w'’])(?:{alternatives(stops)})\s*(?:[:=：]|\t)", re.IGNORECASE)
        self._firsts = {m.group().casefold() for form in self._whats if (m := _WORD.search(form))}
        self._not_about = re.compile(rf"\W*(?:{alternatives(own['not_about']['labels'])})\s*(?:[:\-–\t]|$)", re.IGNORECASE)
        self._values = {what: re.compile(pattern, re.IGNORECASE) for what, pattern in own["values"].items()}
        self._ambiguous = frozenset(own["ambiguous"]["labels"])
        self._statements = StatementReader(rules)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "personal", value {what, value}: `what` is a key of the rules' labels or "referee", "declaration" ..."""
        found: list[Fact] = []
        for f in (*self._labelled(page), *self._statements.read(page, self._not_about)):
            if not any(f.start < other.end and other.start < f.end for other in found):
                found.append(f)
        return tuple(sorted(found, key=lambda f: (f.start, f.end)))

    def _labelled(self, page: Page) -> Iterator[Fact]:
        """Labels in the sections about the person; then those that stand beside one found elsewhere, as strictly as in those."""
        beside: set[int] = set()
        about = {n for n, line in enumerate(page.lines) if page.kind_at(line[0]) in _ABOUT}
        for number in range(len(page.lines)):
            for f in self._of_line(page, number, number in about):
                beside.update(range(number - _BESIDE, number + _BESIDE + 1))
                yield f
        for number in sorted(beside - about):
            if 0 <= number < len(page.lines):
                yield from self._of_line(page, number, True)

    def _of_line(self, page: Page, number: int, about: bool) -> Iterator[Fact]:
        line = page.lines[number]
        if page.kind_at(line[0]) == "references" or not (about or _TABLE.search(page.text, *line)):
            return
        if not self._not_about.match(page.text, *line):
            labels = [label for label in self._labels(page.text, line) if self._counts(page.text, line, label, about)]
            for i, label in enumerate(labels):
                stop = labels[i + 1].start if i + 1 < len(labels) else line[1]
                yield from self._fact(page, number, label, stop, about)

    def _labels(self, text: str, line: Span) -> Iterator[_Label]:
        at = line[0]
        for word in _WORD.finditer(text, *line):
            if (
                word.start() >= at
                and word.group().casefold() in self._firsts
                and not text.startswith(("'", "’"), max(0, word.start() - 1))
            ):
                m = self._label.match(text, word.start(), line[1])
                if m:
                    plain = _plain(m["label"])
                    yield _Label(self._whats.get(plain, "personal"), plain, m.start(), m.end(), m["separator"])
                    at = m.end("head")

    def _counts(self, text: str, line: Span, label: _Label, about: bool) -> bool:
        """Whether a label begins something: at the line's start or behind a break, or with a colon right after it."""
        free = _BREAK.search(text[line[0] : label.start]) is not None
        firm = about and _COLON.search(label.separator) is not None and label.form not in self._ambiguous
        numbered = any(c.isdigit() for c in text[label.end : label.end + _SOON])
        paper = label.what == "id-number" and label.form not in self._ambiguous and numbered
        return (about or label.form not in self._ambiguous) and (free or firm or (about and paper))

    def _fact(self, page: Page, number: int, label: _Label, stop: int, about: bool) -> Iterator[Fact]:
        value = self._value(page.text, label, stop)
        if value[0] < value[1]:
            if self._fits(page.text[slice(*value)], label, about):
                end = self._continued(page, number, label, value) if value[1] >= page.lines[number][1] - 2 else value[1]
                yield self._made(page.text, label, (value[0], end))
        elif label.end >= page.lines[number][1] and about:
            yield from self._below(page, number, label)

    def _value(self, text: str, label: _Label, stop: int) -> Span:
        """What stands after a label, up to the next cell, sentence or label, known or not."""
        patterns = (_NEXT_OF_ADDRESS,) if label.what == "address" else (_NEXT, _OTHER_LABEL)
        cuts = [m.start() for p in (*patterns, self._stop) if (m := p.search(text, label.end, stop))]
        ends = [stop, label.end + _LONGEST.get(label.what, _LONGEST_VALUE), *cuts]
        value = self._likely(label).match(text, label.end, min(ends)) if label.what == "birth-date" else None
        if value is not None and text.startswith(",", value.end()):
            return label.end, value.end()
        return _closed(text, trim(text, (label.end, min(ends)), " \t,;|-•"))

    def _fits(self, value: str, label: _Label, about: bool) -> bool:
        likely = self._likely(label).match(value) is not None
        colon = _COLON.search(label.separator) is not None
        if label.what == "address" and not label.separator.strip() and "\t" not in label.separator:
            return likely and any(c.isdigit() for c in value)
        if not about:
            return likely and bool(label.separator.strip() or "\t" in label.separator)
        return likely or (colon and label.form not in self._ambiguous)

    def _likely(self, label: _Label) -> re.Pattern[str]:
        return self._values.get(label.what, _ANYTHING)

    def _below(self, page: Page, number: int, label: _Label) -> Iterator[Fact]:
        """The value of a label that stands alone: the next line, if it looks like one."""
        if number + 1 < len(page.lines):
            line = page.lines[number + 1]
            opening = _KEEP_COLON.match(page.text[slice(*line)])
            start = line[0] + (opening.end() if opening else 0)
            cut = _NEXT.search(page.text, start, line[1])
            span = trim(page.text, (start, cut.start() if cut else line[1]), " \t,;|-•")
            value = page.text[slice(*span)]
            if value and not any(True for _ in self._labels(page.text, line)) and self._likely(label).match(value):
                end = self._continued(page, number + 1, label, span)
                yield self._made(page.text, label, (span[0], end))

    def _continued(self, page: Page, number: int, label: _Label, value: Span) -> int:
        """The end of an address, which may go on in the next line or two."""
        end = value[1]
        for line in page.lines[number + 1 : number + 3] if label.what == "address" else ():
            before, text = page.text[value[0] : line[0]].rstrip(), page.text[slice(*line)]
            known = any(True for _ in self._labels(page.text, line)) or self._stop.search(text)
            if known or not self._statements.goes_on(before, text):
                break
            end = trim(page.text, line)[1]
        return end

    def _made(self, text: str, label: _Label, value: Span) -> Fact:
        return fact("personal", text, (label.start, value[1]), {"what": label.what, "value": one_line(text[slice(*value)])})


def _label_pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """A label, or two joined ("Height / Weight"), with what may follow it, and the separator before its value."""
    either = alternatives(form.replace("'", "’") for form in forms).replace("’", "['’]?")
    more = rf"(?:\s*(?:/|&|\band\b)\s*(?:{either})(?!\w))*"
    after = r"(?:[ ]?\([^()\n]{0,24}\))?(?:[ ]?(?:nos?|numbers?|id)\b\.?|[ ]?#)?\.?"
    return re.compile(rf"(?P<head>(?P<label>{either})(?!\w){more}{after})(?P<separator>{_SEPARATOR})", re.IGNORECASE)


def _closed(text: str, span: Span) -> Span:
    """Without a bracket at its end whose partner stands elsewhere."""
    a, b = span
    while b > a and text[b - 1] in "()" and text.count("(", a, b) != text.count(")", a, b):
        b -= 1
    return a, len(text[:b].rstrip()) if b < span[1] else b


def _plain(form: str) -> str:
    return " ".join(form.casefold().replace("’", "").replace("'", "").split())
