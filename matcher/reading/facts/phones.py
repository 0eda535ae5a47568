"""Telephone numbers, as phonenumbers judges them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact
from matcher.records import Fact

# phonenumbers' own finder splits "98765 43210" and takes "123-456-789-000": stretches are cut out here and judged by it there.
_STRETCH = re.compile(r"(?<![\w@.$-])(?<![A-Za-z]/)(?:\+|00)?\(?\+?\d(?:\)?[ ]?[().\-–][ ]?\(?\d|[ )]{0,2}\d){6,21}(?![\w%@])")
_EXTENSION = re.compile(r"\s*,?\s*(?:x|ext\.?|extn\.?|local|loc\.?)\s*\.?:?\s*(\d{1,5})(?!\d)", re.IGNORECASE)
_GROUP = re.compile(r"\+?\(?\d+\)?")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d|(?<!\d)\d{1,2}[/.-](?:19|20)\d\d(?!\d)|(?<!\d)\d\d?[/.-]\d\d?[/.-](?:19|20)?\d\d(?!\d)"
)
_YEARS = re.compile(r"(?:\W*(?:19|20)\d\d)+\W*")
_FEWEST, _FEWEST_LABELLED, _MOST = 9, 7, 15
_NEAR = 30
_FAR = 120


class PhoneReader:
    """Built from `rules["personal"]`; loads phonenumbers at its first phone-like string."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["personal"]
        self._labels = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['phone_labels'])})(?!\w)\W*\w?\W*$", re.IGNORECASE)
        self._barred = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['not_phones'])})(?!\w)[^|\n]*$", re.IGNORECASE)
        self._regions = tuple(region for region in own["places"] if len(region) == 2)
        self._of_others = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['of_others'])})", re.IGNORECASE)
        self._shapes = {region: re.compile(table["phone"]) for region, table in own["places"].items() if "phone" in table}
        self._others = frozenset(own["contact"]["others"])

    def read(self, page: Page, regions: Sequence[str], taken: Collection[Span], near: Collection[int] = ()) -> list[Fact]:
        """Facts of kind "phone", value {phone (as printed), e164 (or None)}.

        `regions` are those that the document names, the likeliest first; what lies in `taken` is a number of something else.
        `near` are the indexes of lines that hold contact data for sure, whatever section they stand in.
        """
        found: list[Fact] = []
        for m in _STRETCH.finditer(page.text):
            if _DATE.search(m.group()) or _YEARS.fullmatch(m.group()) or any(a < m.end() and m.start() < b for a, b in taken):
                continue
            line = page.lines[page.line_at(m.start())]
            before = page.text[max(line[0], m.start() - _NEAR) : m.start()]
            labelled = self._labels.search(before) is not None
            elsewhere = page.kind_at(m.start()) in self._others and page.line_at(m.start()) not in near
            others = self._of_others.search(page.text, max(line[0], m.start() - _FAR), m.start()) is not None
            if not elsewhere and not others and (labelled or not self._barred.search(before)):
                found += self._judged(page.text, m.span(), regions, labelled)
        return found

    def _judged(self, text: str, span: Span, regions: Sequence[str], labelled: bool) -> Iterator[Fact]:
        """A stretch of digits, or the longest run of its groups that is a number: a postcode may stand before it."""
        least = _FEWEST_LABELLED if labelled else _FEWEST
        groups = [(span[0] + m.start(), span[0] + m.end()) for m in _GROUP.finditer(text[slice(*span)])]
        runs = [(a, b) for i, (a, _) in enumerate(groups) for _, b in groups[i:]]
        runs = [run for run in runs if least <= _count(text[slice(*run)]) <= _MOST]
        if text[span[0]] == "+":
            runs = [run for run in runs if text[run[0]] == "+"]
        runs.sort(key=lambda run: run[0] - run[1])
        for sure in (True, False):
            for run in runs:
                number = self._number(text[slice(*run)], regions, sure)
                if number is not None:
                    end = _EXTENSION.match(text, run[1])
                    open_bracket = text[run[0]] == "(" and ")" not in text[slice(*run)]
                    whole = (run[0] + open_bracket, end.end() if end else run[1])
                    yield fact("phone", text, whole, {"phone": text[slice(*whole)], "e164": number or None})
                    for rest in ((span[0], run[0]), (run[1], span[1])):
                        if _count(text[slice(*rest)]) >= _FEWEST:
                            yield from self._judged(text, rest, regions, labelled)
                    return

    def _number(self, digits: str, named: Sequence[str], sure: bool) -> str | None:
        """The number as E.164; "" if it may be one but of no region for sure; None if it is none.

        Valid in a region that the document names, or in one whose way of writing it is; else, unless `sure`, possible in one.
        """
        import phonenumbers

        shaped = [region for region, shape in self._shapes.items() if shape.fullmatch(digits)]
        for region in (*named, *shaped, *self._regions):
            try:
                number = phonenumbers.parse(digits, region)
            except phonenumbers.NumberParseException:
                continue
            exact = phonenumbers.is_valid_number(number) and (region in named or region in shaped or not (named or shaped))
            if exact or (not sure and phonenumbers.is_possible_number(number)):
                known = exact or region in (*named, *shaped) or digits.lstrip("(").startswith("+")
                return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) if known else ""
        return None


def _count(text: str) -> int:
    return sum(c.isdigit() for c in text)
