"""Every place where a resume's owner is named: in full, in parts, in handles; and a name that is likely where none is certain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from matcher.reading.facts.cities import CityReader
from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.names import NameReader
from matcher.reading.titles import TitleReader
from matcher.records import Reading

_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CELLS = re.compile(r"\s*[|\t;•·,]\s*|\s{3,}|\s+[-–—/]\s+")
_HANDLE = re.compile(r"\S*[\w]\S*")
_HANDLE_MARKS = re.compile(r"[@_/\d]|\w\.\w")
_TITLED = r"(?<![\w.])(?:{titles})\.?[ ](?P<said>[A-ZÀ-Þ][\w'’-]+(?:[ ](?:[A-Z]\.|[A-ZÀ-Þ][\w'’-]+)){{0,2}})"
_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-Þ][^\W\d_]{2,}(?!\w)")
_BEFORE = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ][\w'’-]+[ ]){1,2}\Z")
_OF_ONESELF = frozenset({"header", "summary", "objective", "personal"})
_TOP_LINES = 6
_LAST_LINES = 4
_FIRST_LINES = 2
_STRONG, _IN_HANDLES = 3, 4
_LONGEST_CELL = 60

Made = tuple[int, int, str]


class NameFinder:
    """Built from `rules["personal"]` and `rules["blind"]`; a word of `vocabulary` beside another capitalised word is no name."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader, vocabulary: Collection[str]) -> None:
        contact = rules["personal"]["contact"]
        self._weak = frozenset((*contact["particles"], *contact["honorifics"], *contact["post_nominals"])) - {"ma", "man", "sr"}
        self._ordinary = frozenset((*rules["blind"]["ordinary"], *contact["not_names"]))
        self._reader = NameReader(rules, titles, CityReader(rules, titles).is_place)
        self._vocabulary = vocabulary
        either = "|".join(rf"{title.capitalize()}|{title.upper()}(?=\.)" for title in contact["gendered"])
        letter = rules["blind"]["letter"]
        said = r"(?P<said>[A-ZÀ-Þ][\w'’-]+(?:[ ][A-ZÀ-Þ][\w.'’-]*){1,2})"
        spoken = rf"(?:^|(?<=[.!:]\s)|(?<=\n))\W{{0,2}}{said}[ ](?:{alternatives(letter['says'])})\b"
        self._spoken = re.compile(spoken)
        self._titled = (re.compile(_TITLED.format(titles=either)), re.compile(letter["ends"], re.IGNORECASE))

    def read(self, reading: Reading) -> Iterator[Made]:
        """Where the owner is named, as (start, end, kind)."""
        text = reading.document.text
        names = dict.fromkeys(str(fact.value["name"]) for fact in reading.facts if fact.kind == "contact-name")
        emails = [str(fact.value["email"]) for fact in reading.facts if fact.kind == "email"]
        if not names:
            likely = list(self._likely(reading, emails))
            yield from ((a, b, "contact-name") for a, b in likely)
            names = dict.fromkeys(text[a:b] for a, b in likely)
        words = dict.fromkeys(word.casefold() for name in names for word in _LETTERS.findall(name))
        titled = [m.span("said") for form in self._titled for m in form.finditer(text) if self._strange(m["said"])]
        titled += list(self._spoken_of(reading))
        yield from ((a, b, "contact-name") for a, b in titled)
        links = [fact.text for fact in reading.facts if fact.kind == "link"]
        words |= dict.fromkeys(word for a, b in titled for word in self._strange(text[a:b]))
        words |= dict.fromkeys(self._hinted(text, [*emails, *links]))
        if words:
            yield from self._runs(reading, tuple(words))
            yield from self._handles(text, [word for word in words if self._is_strong(word)])

    def _spoken_of(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Names with which a sentence about oneself begins: "Wen Oyelaran is looking for ..."."""
        text = reading.document.text
        for section in reading.sections:
            for m in self._spoken.finditer(text, section.start, section.end) if section.kind in _OF_ONESELF else ():
                words = _LETTERS.findall(m["said"])
                if len(self._strange(m["said"])) == len(words) and self._reader.reads_as_name(m["said"]):
                    yield m.span("said")

    def _hinted(self, text: str, addresses: Sequence[str]) -> Iterator[str]:
        """Words of the text that an address or a page of the owner's repeats: "cole.marsh@..." beside "Cole Marsh"."""
        hints = " ".join(re.sub(r"[^a-zà-ÿ]", "", re.sub(r"@.*|.*/", "", one.rstrip("/")).casefold()) for one in addresses)
        for word in dict.fromkeys(_CAPITAL.findall(text)) if hints else ():
            if len(word) >= _IN_HANDLES and word.casefold() in hints:
                yield from self._strange(word)

    def _strange(self, phrase: str) -> list[str]:
        """The words that are none of the work's."""
        words = [word.casefold() for word in _LETTERS.findall(phrase)]
        return [word for word in words if word not in self._vocabulary and self._is_strong(word)]

    def _is_strong(self, word: str) -> bool:
        """Whether a part of a name is enough by itself to know it for one."""
        return len(word) >= _STRONG and word not in self._weak and word not in self._ordinary

    def _runs(self, reading: Reading, words: Sequence[str]) -> Iterator[Made]:
        """Parts of the name side by side, with what stands between two of them, and single ones that are no other words."""
        text, barred = reading.document.text, [(m.start, m.end) for m in reading.mentions]
        part = rf"(?:{alternatives(words)})(?!\w)"
        between = r"(?:[ \t,.]*[\"“(']?[A-ZÀ-Þ][\w.'’-]*[\"”)']?){0,2}"
        run = re.compile(rf"(?<!\w)(?:[A-Z]\.[ ]?){{0,3}}(?i:{part})(?:{between}[ \t,.]+(?i:{part}))*")
        for m in run.finditer(text):
            parts = [word.casefold() for word in _LETTERS.findall(m.group()) if word.casefold() in words]
            if not parts or not m.group()[0].isupper():
                continue
            if len([one for one in parts if one not in self._weak]) > 1:
                yield self._with_others(text, m.start()), _with_initial(text, m.end()), "contact-name"
            elif (
                self._is_strong(parts[0])
                and not any(a < m.end() and m.start() < b for a, b in barred)
                and not (parts[0] in self._vocabulary and _beside_capital(text, m.span()))
            ):
                yield self._with_others(text, m.start()), m.end(), "contact-name"

    def _with_others(self, text: str, start: int) -> int:
        """Where a name begins of which only the last part is known: "A. Reyes" at the top is "Ana Lim Reyes" elsewhere."""
        before = _BEFORE.search(text, max(0, start - _LONGEST_CELL), start)
        if before is None:
            return start
        for m in _LETTERS.finditer(before.group()):
            if all(self._strange(word) for word in _LETTERS.findall(before.group()[m.start() :])):
                return before.start() + m.start()
        return start

    def _handles(self, text: str, words: Sequence[str]) -> Iterator[Made]:
        """Names of accounts and files that the name is a part of."""
        known = [word for word in words if len(word) >= _IN_HANDLES and word not in self._vocabulary]
        if not known:
            return
        either = re.compile(alternatives(known), re.IGNORECASE)
        for m in _HANDLE.finditer(text):
            if _HANDLE_MARKS.search(m.group()) and either.search(m.group()):
                yield m.start(), m.end(), "link"

    def _likely(self, reading: Reading, emails: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Cells at the top, or at the end, that could be a name: the file or an address repeats it, or it opens the text."""
        text = reading.document.text
        lines = [(line.start, line.end) for line in reading.document.lines if text[line.start : line.end].strip()]
        hints = " ".join([PurePath(reading.document.source).stem, *(email.split("@")[0] for email in emails)]).casefold()
        starts = [section.start for section in reading.sections]
        first = text[lines[0][0] : lines[1][1]] if len(lines) > 1 else ""
        if all(text[a:b].strip().isalpha() for a, b in lines[:2]) and self._reads_as_name(" ".join(first.split())):
            yield lines[0][0], lines[1][1]
        for number, (a, b) in enumerate((*lines[:_TOP_LINES], *lines[max(_TOP_LINES, len(lines) - _LAST_LINES) :])):
            place = bisect_right(starts, a) - 1
            kind = reading.sections[place].kind if place >= 0 else ""
            for start, end in _cells(text, a, b):
                phrase = text[start:end]
                hinted = any(len(w) >= _IN_HANDLES and w.casefold() in hints for w in _LETTERS.findall(phrase))
                opens = number < _FIRST_LINES and kind in ("header", "personal", "summary", "")
                if len(phrase) <= _LONGEST_CELL and (hinted or opens) and self._reads_as_name(phrase):
                    yield start, end

    def _reads_as_name(self, phrase: str) -> bool:
        words = [word.casefold() for word in _LETTERS.findall(phrase)]
        strange = [word for word in words if word not in self._vocabulary and word not in self._ordinary]
        return bool(strange) and self._reader.reads_as_name(phrase.title() if phrase.islower() else phrase)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in (*_CELLS.finditer(text, start, end), None):
        stop = cut.start() if cut else end
        if text[at:stop].strip():
            yield at, stop
        at = cut.end() if cut else stop


def _with_initial(text: str, end: int) -> int:
    """The end of a name, an initial after it included: "Cruz, Ana M."."""
    m = re.compile(r"[ ,]{1,2}[A-Z]\.(?!\w)").match(text, end)
    return m.end() if m else end


def _beside_capital(text: str, span: tuple[int, int]) -> bool:
    """Whether a capitalised word stands right before or after it on its line."""
    before, after = text[max(0, span[0] - 30) : span[0]], text[span[1] : span[1] + 2]
    return re.search(r"(?:^|\s)[A-ZÀ-Þ][\w'’.-]*[ ]$", before) is not None or re.match(r"[ ][A-ZÀ-Þ]", after) is not None
