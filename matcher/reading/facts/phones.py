"""Telephone numbers, as phonenumbers judges them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.dates import alternatives
from matcher.reading.facts.page import Page, Span, fact
from matcher.records import Fact

# phonenumbers' own finder splits "98765 43210" and takes "123-456-789-000": stretches are cut out here and judged by it there.
_STRETCH = re.compile(r"(?<![\w@.$/-])(?:\+|00)?\(?\+?\d(?:\)?[ ]?[().\-–][ ]?\(?\d|[ )]{0,2}\d){6,21}(?![\w%@])")
_EXTENSION = re.compile(r"\s*,?\s*(?:x|ext\.?|extn\.?|local|loc\.?)\s*\.?:?\s*(\d{1,5})(?!\d)", re.IGNORECASE)
_GROUP = re.compile(r"\+?\(?\d+\)?")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d|(?<!\d)\d{1,2}[/.-](?:19|20)\d\d(?!\d)|(?<!\d)\d\d?[/.-]\d\d?[/.-](?:19|20)?\d\d(?!\d)"
)
_YEARS = re.compile(r"(?:\W*(?:19|20)\d\d)+\W*")
_FEWEST, _FEWEST_LABELLED, _MOST = 9, 7, 15
_NEAR = 30


class PhoneReader:
    """Built from `rules["personal"]`; loads phonenumbers at its first phone-like string."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["personal"]
        self._labels = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['phone_labels'])})(?!\w)\W*\w?\W*$", re.IGNORECASE)
        self._barred = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['not_phones'])})(?!\w)[^|\n]*$", re.IGNORECASE)
        self._regions = tuple(region for region in own["places"] if len(region) == 2)
        self._others = frozenset(own["contact"]["others"])

    def read(self, page: Page, regions: Sequence[str], taken: Collection[Span]) -> list[Fact]:
        """Facts of kind "phone", value {phone (as printed), e164 (or None)}.

        `regions` are those that the document names, the likeliest first; what lies in `taken` is a number of something else.
        """
        found: list[Fact] = []
        for m in _STRETCH.finditer(page.text):
            if _DATE.search(m.group()) or _YEARS.fullmatch(m.group()) or any(a < m.end() and m.start() < b for a, b in taken):
                continue
            line = page.lines[page.line_at(m.start())]
            before = page.text[max(line[0], m.start() - _NEAR) : m.start()]
            labelled = self._labels.search(before) is not None
            elsewhere = page.kind_at(m.start()) in self._others
            if not elsewhere and (labelled or not self._barred.search(before)):
                found += self._judged(page.text, m.span(), regions, labelled)
        return found

    def _judged(self, text: str, span: Span, regions: Sequence[str], labelled: bool) -> Iterator[Fact]:
        """A stretch of digits, or the longest run of its groups that is a number: a postcode may stand before it."""
        order = (*regions, *(region for region in self._regions if region not in regions))
        least = _FEWEST_LABELLED if labelled else _FEWEST
        pieces = [(span[0] + m.start(), span[0] + m.end()) for m in _GROUP.finditer(text[slice(*span)])]
        runs = sorted(
            ((pieces[i][0], pieces[j][1]) for i in range(len(pieces)) for j in range(i, len(pieces))),
            key=lambda run: run[0] - run[1],
        )
        runs = [run for run in runs if least <= len(re.sub(r"\D", "", text[slice(*run)])) <= _MOST]
        for check in ("valid", "possible"):
            for run in runs:
                number = _number(text[slice(*run)], order, check, bool(regions))
                if number is not None:
                    end = _EXTENSION.match(text, run[1])
                    whole = (run[0], end.end() if end else run[1])
                    yield fact("phone", text, whole, {"phone": text[slice(*whole)], "e164": number or None})
                    for rest in ((span[0], run[0]), (run[1], span[1])):
                        if len(re.sub(r"\D", "", text[slice(*rest)])) >= _FEWEST:
                            yield from self._judged(text, rest, regions, labelled)
                    return


def _number(digits: str, regions: Sequence[str], check: str, known: bool) -> str | None:
    """The number as E.164 if it passes a check in a region; "" if no region is sure; None if it passes in none."""
    import phonenumbers

    for region in regions:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if check == "valid" and phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        if check == "possible" and phonenumbers.is_possible_number(number):
            sure = (known and region == regions[0]) or digits.lstrip("(").startswith("+")
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) if sure else ""
    return None
