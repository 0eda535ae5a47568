"""Who the candidate is and how to reach them: never scored, removed by blind mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact, one_line, trim
from matcher.reading.titles import TitleReader
from matcher.records import Fact

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_DIGITS = re.compile(r"(?<![\w/.-])\+?\(?\d[\d ().\-/]{6,18}\d(?![\w%/])")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d|(?<!\d)\d{1,2}[/.-](?:19|20)\d\d(?!\d)|(?<!\d)\d\d?[/.-]\d\d?[/.-](?:19|20)?\d\d(?!\d)"
)
_PIN = re.compile(r"\s*[-–]?\s*\b\d{5,6}$")
_HEAD_LINES = 14
_NAME_LINES = 8
_UNDER_NAME = 4
_WORD = re.compile(r"^[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*\.?$|^[\"'“(][^\W\d_ ]+[\"'”)]$")
_PARTS = re.compile(r"\s*[|\t;•·]\s*|\s{3,}|\s+[-–—/.]\s+")


class ContactReader:
    """Built from `rules["facts"]["contact"]`; loads phonenumbers at its first phone-like string."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader) -> None:
        own = rules["facts"]["contact"]
        self._titles = titles
        self._prefix = re.compile(own["name_prefix"], re.IGNORECASE)
        self._name_label = re.compile(own["name_label"])
        self._post_nominals = frozenset(own["post_nominals"])
        self._not_names = frozenset(own["not_names"])
        self._links = re.compile(own["links"], re.IGNORECASE)
        self._regions: tuple[str, ...] = tuple(own["regions"])
        self._us_place = re.compile(own["us_place"])
        self._place_label = re.compile(own["place_label"])
        self._address = re.compile(rf"(?<!\w)(?:{alternatives(own['address_words'])})(?!\w)|\d", re.IGNORECASE)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "contact-name", "email", "phone", "link" and "city", each with value {kind: as text}."""
        emails = [fact("email", page.text, m.span(), {"email": m.group()}) for m in _EMAIL.finditer(page.text)]
        phones = list(self._phones(page.text))
        links = [
            fact("link", page.text, trim(page.text, m.span(), ".,;)"), {"link": m.group().rstrip(".,;)")})
            for m in self._links.finditer(page.text)
        ]
        head, addresses = self._head(page), [str(f.value["email"]) for f in emails]
        found = [*emails, *phones, *links]
        name = self._name(page, head, addresses, bool(emails or phones))
        if name is None:
            name = self._name_below(page, addresses)
            head = self._from(page, name) if name else head
        city = self._city(page, head, name)
        return tuple([f for f in (name, city) if f is not None] + sorted(found, key=lambda f: f.start))

    def _head(self, page: Page) -> tuple[Span, ...]:
        """The lines before the first heading, or the first ones."""
        end = next((s.end for s in page.sections if s.kind == "header"), len(page.text))
        return page.lines_of(0, end)[:_HEAD_LINES]

    def _phones(self, text: str) -> Iterator[Fact]:
        hits = list(_DIGITS.finditer(text))
        if not hits:
            return
        import phonenumbers

        for m in hits:
            digits = re.sub(r"\D", "", m.group())
            if not 9 <= len(digits) <= 15 or _DATE.search(m.group()):
                continue
            if any(_possible(phonenumbers, m.group(), region) for region in self._regions):
                span = trim(text, m.span(), " \t\n.-/")
                yield fact("phone", text, span, {"phone": text[slice(*span)]})

    def _name(self, page: Page, head: tuple[Span, ...], emails: list[str], reachable: bool) -> Fact | None:
        """The first line that reads as a name, where the document says how to reach someone; a labelled name goes first."""
        m = self._name_label.search(page.text)
        if m and self._reads_as_name(m[1]):
            span = trim(page.text, m.span(1))
            return fact("contact-name", page.text, span, {"name": one_line(page.text[slice(*span)])})
        options = [
            part
            for line in head[:_NAME_LINES]
            for part in self._parts(page.text, line)
            if self._reads_as_name(page.text[slice(*part)])
        ]
        mine = [p for p in options if any(_shares(page.text[slice(*p)], e) for e in emails)]
        if not reachable or not options:
            return None
        span = (mine or options)[0]
        return fact("contact-name", page.text, span, {"name": one_line(page.text[slice(*span)])})

    def _name_below(self, page: Page, emails: list[str]) -> Fact | None:
        """A name that an email repeats, before the first job: a column at the side is read before the name beside it."""
        end = next((section.start for section in page.sections if section.kind == "experience"), len(page.text))
        for line in page.lines_of(0, end):
            for part in self._parts(page.text, line):
                phrase = page.text[slice(*part)]
                if self._reads_as_name(phrase) and any(_shares(phrase, email) for email in emails):
                    return fact("contact-name", page.text, part, {"name": one_line(phrase)})
        return None

    def _from(self, page: Page, name: Fact) -> tuple[Span, ...]:
        """The lines under a name that stands elsewhere than at the top."""
        return page.lines_of(name.start, len(page.text))[:_UNDER_NAME]

    def _parts(self, text: str, line: Span) -> Iterator[Span]:
        m = self._prefix.match(text[slice(*line)])
        a = line[0] + (m.end() if m else 0)
        for cut in _PARTS.finditer(text, a, line[1]):
            yield trim(text, self._bare(text, (a, cut.start())), " \t,")
            a = cut.end()
        yield trim(text, self._bare(text, (a, line[1])), " \t,")

    def _bare(self, text: str, span: Span) -> Span:
        """Without ", RN, CPC" or a remark in brackets at its end."""
        bracket = text.find("(", *span)
        span = (span[0], bracket) if bracket > span[0] and text[span[0] : bracket].strip() else span
        comma = text.find(",", *span)
        tail = re.findall(r"[A-Za-z]+", text[comma : span[1]]) if comma >= 0 else []
        return (span[0], comma) if tail and all(w.casefold() in self._post_nominals for w in tail) else span

    def _reads_as_name(self, phrase: str) -> bool:
        words = [w for w in re.sub(r"\([^)]*\)", " ", phrase).split() if w.strip(".,").casefold() not in self._post_nominals]
        if not 2 <= len(words) <= 6 or not all(_WORD.match(w) for w in words) or not words[0][:1].isupper():
            return False
        if any(w.strip(".\"'“”()").casefold() in self._not_names for w in words):
            return False
        small = sum(w[:1].islower() and len(w) > 3 for w in words)
        sense = self._titles.read(phrase)
        return not small and sense.family is None and sense.level is None

    def _city(self, page: Page, head: tuple[Span, ...], name: Fact | None) -> Fact | None:
        """A place of the header: "Town, Province" with capitals and without a street, or what an address label ends with."""
        for line in head:
            m = self._us_place.search(page.text, *line)
            if m:
                return fact("city", page.text, m.span(1), {"city": m[1]})
            for part in self._parts(page.text, line):
                found = self._place(page.text, part, name)
                if found is not None:
                    return found
        return None

    def _place(self, text: str, part: Span, name: Fact | None) -> Fact | None:
        label = self._place_label.match(text[slice(*part)])
        start = part[0] + (label.start(1) if label else 0)
        pin = _PIN.search(text[start : part[1]])
        stop = start + pin.start() if pin else part[1]
        pieces = [trim(text, (start + m.start(), start + m.end())) for m in re.finditer(r"[^,()]+", text[start:stop])]
        if name is not None and part[0] <= name.start < part[1]:
            return None
        good = [p for p in pieces if self._is_place(text[slice(*p)])]
        cityish = [p for p in good if text[slice(*p)].casefold().endswith("city")]
        if not good or (len(pieces) < 2 and not cityish and not label):
            return None
        span = (cityish or (good[-2:-1] if len(good) > 1 and not pin else good[-1:]))[0]
        return fact("city", text, span, {"city": one_line(text[slice(*span)])})

    def _is_place(self, piece: str) -> bool:
        words = piece.split()
        if (
            not 1 <= len(words) <= 4
            or len(piece) < 4
            or self._address.search(piece)
            or "@" in piece
            or not all(w[:1].isupper() for w in words)
        ):
            return False
        sense = self._titles.read(piece)
        known = {w.casefold() for w in words} & (self._not_names - {"city", "district"})
        return sense.family is None and sense.level is None and not known and words[-1].casefold() not in self._post_nominals


def _possible(phonenumbers: Any, digits: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


def _shares(name: str, email: str) -> bool:
    """Whether a word of a name, or its first letters, is in the local part of an email."""
    local = re.sub(r"[^a-z]", "", email.split("@")[0].casefold())
    return any(len(w) >= 3 and w.casefold() in local for w in re.findall(r"[^\W\d_]+", name))
