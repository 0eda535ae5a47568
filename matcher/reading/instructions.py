"""Sentences aimed at a machine that reads a document: they are data, and are taken out before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from matcher.documents.cutting import without
from matcher.documents.hidden import quoted
from matcher.records import Document, Notice

CODE = "machine-instruction"
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n(?=\s*\n|\s*[•●▪◦■‣➢➤*·-])")
_START = re.compile(r"(?:[.!?…;:|•●▪◦■‣➢➤][\"'”’)\]]*\s+|\n|^)(?=\S[^\n]*\Z)")
_WRAPPED = re.compile(r"\n(?=[a-z(])")
_CLOSED = re.compile(r"(?:\[/INST\]|im_end\|>|</\w+>>?)\Z", re.IGNORECASE)
_LONGEST = 600
"""No sentence is longer; what follows is read as usual."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A wording, the letters without which it cannot be there, and what keeps it from being one when it stands before it.

    Both are patterns that are compiled when they are needed: hardly any document has such letters.
    """

    pattern: str
    needs: tuple[str, ...]
    unless: str

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the wording stands, without blanks at its edges."""
        for match in _compiled(self.pattern).finditer(text):
            start = match.end() - len(match.group().lstrip())
            if not self.unless or not _compiled(self.unless).search(text[max(0, start - 30) : start]):
                yield start, match.end()


class InstructionFilter:
    """Finds such sentences by `taxonomy/instructions.toml`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        table = rules.get("instructions", {})
        self._orders = [_order(row, table.get("words", {})) for row in table.get("instruction", ())]

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where the sentences are, in order, apart from each other."""
        lowered = " ".join(text.lower().split())
        matches: list[tuple[int, int]] = []
        for order in self._orders:
            if any(all(part in lowered for part in need.split("+")) for need in order.needs):
                matches += order.matches(text)
        spans: list[tuple[int, int]] = []
        for start, end in sorted(matches):
            if spans and start < spans[-1][1]:  # of the sentence that has been found
                spans[-1] = (spans[-1][0], max(spans[-1][1], _end(text, end)))
            else:
                spans.append((max(_start(text, start), spans[-1][1] if spans else 0), _end(text, end)))
        return spans

    def cleaned(self, document: Document) -> Document:
        """The document without them, and with a notice for each; also for those in text that nobody sees."""
        spans = self.found(document.text)
        notices = [_notice(document, *span) for span in spans] + list(self._unseen(document.warnings))
        if not notices:
            return document
        cut = without(document, spans) if spans else document
        return replace(cut, warnings=(*document.warnings, *notices))

    def _unseen(self, notices: Sequence[Notice]) -> Iterator[Notice]:
        for notice in notices:
            for start, end in self.found(notice.text) if notice.text else ():
                what = f"tells a machine what to do in text that is left out ({notice.code})"
                yield Notice(CODE, what, notice.place, quoted(notice.text[start:end]))


def _order(row: Mapping[str, Any], words: Mapping[str, str]) -> _Order:
    pattern = str(row["pattern"])
    for _ in range(2):  # words may be made of others
        for name, meant in words.items():
            pattern = pattern.replace(f"{{{name}}}", meant)
    unless = "|".join(map(re.escape, row.get("unless", ())))
    before = rf"(?:\b|(?=n't))(?:{unless})\s+$" if unless else ""
    pattern = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    return _Order(pattern, tuple(row["needs"]), before)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _start(text: str, start: int) -> int:
    """Where the sentence of a wording begins; a wording with a capital begins it, unless a comma stands before it."""
    before = text[max(0, start - _LONGEST) : start]
    opened = list(_START.finditer(before))
    if not opened:
        return start
    lead = before[opened[-1].end() :].strip(" \t\"'“‘([")
    return start if text[start].isupper() and not lead.endswith(",") else start - len(before) + opened[-1].end()


def _end(text: str, end: int) -> int:
    """Where it ends: at its stop, or with its line where there is none and no wrapped line follows."""
    if _CLOSED.search(text, max(0, end - 12), end):
        return end
    after = text[end : end + _LONGEST]
    at = 0
    while True:
        stop, line = _END.search(after, at), after.find("\n", at)
        if stop is not None and (line < 0 or stop.start() <= line):
            return end + (stop.start() if after[stop.start()] == "\n" else stop.end())
        if line < 0:
            return end + len(after)
        if not _WRAPPED.match(after, line):
            return end + line
        at = line + 1


def _notice(document: Document, start: int, end: int) -> Notice:
    place = next(document.boxes(start, end), None)
    page = f" on page {document.page_of(start)}" if place else ""
    message = f"tells a machine what to do{page}: it changes no score and is left out"
    return Notice(CODE, message, place, quoted(document.text[start:end]))
