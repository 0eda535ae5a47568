"""Personal data that stands without a label: statements, numbers of papers, addresses, referees, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, bullet_of, fact, one_line, trim
from matcher.records import Fact

ABOUT = frozenset({"header", "personal", "declaration"})
"""The sections in which a person speaks of themselves."""
_AT_THE_TOP = frozenset({"header", "summary", "objective"})
_SAYS_I = frozenset({"summary", "objective", "additional"})
_OF_WORK = frozenset({"experience", "projects", "education", "training", "certifications", "affiliations", "references"})
_ANYWHERE = frozenset({"civil-status", "religion"})
_CELL = re.compile(r"[^,|;/•·\t\n]+(?:/[A-Za-z](?![A-Za-z]))?")
_CELLS = re.compile(r"\s*[|\t;•·]\s*|\s{3,}")
_AGE_ALONE = re.compile(r"[1-6]\d(?:\s*(?:yrs?|years?))?\.?")
_BARE_AGE = re.compile(r"(?<![\w.])[1-6]\d(?![\w.%/-])")
_HEAD_LINES = 14
_SHORT = 60
_LONGEST_LINE = 300
_SIGNING_LINES = 6
_REFEREE_LINES = 24
_YEAR = re.compile(r"(?:(?<![\w$.,-])|(?<=\b(?:19|20)\d\d-))(?:19|20)\d\d(?!\w)")
_PLACE_LINE = re.compile(r"[A-ZÀ-Þ\d(][\w .,'’()\-–]*")
_EMAIL_OR_LINK = re.compile(r"\S{1,64}@\S+|https?://\S+|www\.\S+|\+?\(?\d[\d ().-]{7,}\d")

Made = tuple[str, Span]


class StatementReader:
    """Built from `rules["personal"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["personal"]
        words, identity = own["statements"], own["identity"]
        self._words = {
            what: re.compile(rf"(?<!\w)(?:{alternatives(forms)})(?!\w)", re.IGNORECASE) for what, forms in words.items()
        }
        peoples = alternatives(words["nationality"])
        self._words["nationality"] = re.compile(rf"(?<!\w)(?:{peoples})(?:[-/](?:{peoples}))*(?!\w)", re.IGNORECASE)
        self._shapes = tuple(re.compile(shape) for shape in identity["shapes"])
        self._declaration, self._signing, self._photo, self._none, self._referee, self._family = (
            re.compile(identity[key], re.IGNORECASE)
            for key in ("declaration", "signing", "photo", "referee_none", "referee", "family")
        )
        self._citizen = _citizen(words["nationality"])
        self._born = re.compile(rf"(?:(?<=\s)|(?<=^)|(?<=\W))(?i:b)orn{identity['born'].partition('born')[2]}")
        self._pronouns = re.compile(identity["pronouns"], re.IGNORECASE)
        self._running, self._gendered = re.compile(identity["running"]), _gendered(own["contact"]["gendered"])
        self._old = re.compile(identity["old"], re.IGNORECASE)
        self._oneself = re.compile(identity["of_oneself"], re.IGNORECASE)
        self._street = re.compile(rf"(?<!\w)(?:{alternatives(own['contact']['street_words'])})(?!\w)", re.IGNORECASE)
        tails = [name for table in own["places"].values() for key in ("country", "regions") for name in table[key]]
        self._tail = re.compile(rf"(?:^|,\s*)(?:{alternatives(tails)})\W*\d*\W*$|\b\d{{4,6}}\W*$", re.IGNORECASE)

    def read(self, page: Page, skipped: re.Pattern[str]) -> tuple[Fact, ...]:
        """Facts of kind "personal"; lines that `skipped` matches are about something else ("Languages known: ...")."""
        made = [
            *self._signed(page),
            *self._referees(page),
            *self._ages(page),
            *self._numbers(page),
            *self._addresses(page),
            *self._lines(page, skipped),
            *self._families(page),
            *self._forms_of_address(page),
            *self._years(page),
        ]
        return tuple(
            fact("personal", page.text, span, {"what": what, "value": one_line(page.text[slice(*span)])}) for what, span in made
        )

    def goes_on(self, address: str, line: str) -> bool:
        """Whether a line carries on an address: the address ends in a comma, or it is a place with a known end or code."""
        plain = line.strip()
        short = 2 < len(plain) <= _SHORT and _PLACE_LINE.fullmatch(plain) is not None
        return short and (address.endswith((",", "-")) or self._tail.search(plain) is not None)

    def _lines(self, page: Page, skipped: re.Pattern[str]) -> Iterator[Made]:
        own = [(True, page.lines_of(s.body, s.end)) for s in page.bodies(("personal",))]
        closing = [(False, page.lines_of(s.body, s.end)[:_HEAD_LINES]) for s in page.bodies(("declaration",))]
        for inside, lines in ((False, self._top(page)), *own, *closing):
            for line in lines:
                if self._photo.match(page.text[slice(*line)]):
                    yield "photo", trim(page.text, line)
                elif not skipped.match(page.text, *line):
                    yield from self._statement(page.text, line) if inside else self._cells(page.text, line)

    def _top(self, page: Page) -> tuple[Span, ...]:
        """The first lines, as far as they are about the person."""
        return tuple(line for line in page.top()[:_HEAD_LINES] if page.kind_at(line[0]) in _AT_THE_TOP)

    def _statement(self, text: str, line: Span) -> Iterator[Made]:
        """The words of a line in a personal section, such as "Single, 27, Catholic"."""
        found = ((what, m.span()) for what, pattern in self._words.items() for m in pattern.finditer(text, *line))
        hits = [(what, span) for what, span in found if what in _ANYWHERE or _is_cell(text, line, span)]
        yield from hits
        for m in _BARE_AGE.finditer(text, *line) if hits else ():
            yield "age", m.span()
        yield from (("birth-date", m.span()) for m in self._born.finditer(text, *line))

    def _cells(self, text: str, line: Span) -> Iterator[Made]:
        """The cells of a line at the top that say one thing of the person each: "Female | Filipino | Born 1995"."""
        hits: list[Made] = []
        bare: list[Span] = []
        for cell in _CELL.finditer(text, *line):
            span = trim(text, cell.span())
            phrase = text[slice(*span)]
            what = next((w for w, pattern in self._words.items() if pattern.fullmatch(phrase)), None)
            if what:
                hits.append((what, span))
            elif _AGE_ALONE.fullmatch(phrase):
                bare.append(span)
            elif (m := self._born.match(text, *span)) is not None:
                hits.append(("birth-date", m.span()))
        yield from hits
        yield from (("age", span) for span in bare if hits)

    def _families(self, page: Page) -> Iterator[Made]:
        """Whole sentences on marriage and citizenship, outside of work."""
        for start, end in page.lines:
            if page.kind_at(start) not in _OF_WORK:
                said = (m.span("said") for m in self._family.finditer(page.text[start:end]))
                yield from (("civil-status", (start + a, start + b)) for a, b in said)
                yield from (("nationality", m.span()) for m in self._citizen.finditer(page.text, start, end))

    def _ages(self, page: Page) -> Iterator[Made]:
        """Ages, and births in running text, where the writer speaks of themselves."""
        for m in self._old.finditer(page.text):
            kind = page.kind_at(m.start())
            line = page.lines[page.line_at(m.start())]
            own = self._oneself.search(page.text[line[0] : m.start()]) is not None
            if kind in ABOUT or (own and kind not in _OF_WORK):
                yield "age", m.span()
        for m in self._born.finditer(page.text):
            if page.kind_at(m.start()) in ABOUT | _SAYS_I:
                yield "birth-date", m.span()

    def _numbers(self, page: Page) -> Iterator[Made]:
        for section in page.others(_OF_WORK):
            for shape in self._shapes:
                yield from (("id-number", m.span()) for m in shape.finditer(page.text, section.start, section.end))

    def _addresses(self, page: Page) -> Iterator[Made]:
        """Lines at the top, or of a section about the person, with a number and the word of a street."""
        for lines in (self._top(page), *(page.lines_of(s.body, s.end) for s in page.bodies(("personal",)))):
            for i, line in enumerate(lines[:_HEAD_LINES]):
                for part in _cut(page.text, line):
                    phrase = page.text[slice(*part)]
                    word = self._street.search(phrase)
                    if word and len(phrase) <= 160 and phrase[:1].isupper() | phrase[:1].isdigit() | (phrase[:1] == "#"):
                        numbered = any(c.isdigit() for c in phrase) or phrase.count(",") >= 2
                        if numbered and word.group().casefold() != phrase.casefold():
                            yield "address", self._with_next(page.text, part, lines[i + 1 : i + 3])

    def _with_next(self, text: str, part: Span, following: tuple[Span, ...]) -> Span:
        end = part[1]
        for line in following:
            if (
                end < line[0]
                and not text[end : line[0]].strip(" ,-\n")
                and self.goes_on(text[part[0] : line[0]].rstrip(), text[slice(*line)])
            ):
                end = trim(text, line)[1]
            else:
                break
        return part[0], end

    def _referees(self, page: Page) -> Iterator[Made]:
        """Every line about someone else who can be asked: the first block, and what follows a gap if it names someone."""
        for section in page.bodies(("references",)):
            end, about = section.body, True
            for line in page.lines_of(section.body, section.end)[:_REFEREE_LINES]:
                span, phrase = trim(page.text, line), page.text[slice(*line)]
                if page.blank_between(end, line[0]) and end > section.body:
                    about = self._referee.match(phrase) is not None or _EMAIL_OR_LINK.search(phrase) is not None
                end = line[1]
                if about and span[0] < span[1] and (not self._none.search(phrase) or self._gendered.search(phrase)):
                    yield "referee", span

    def _signed(self, page: Page) -> Iterator[Made]:
        """The sentence that an applicant signs, and the short lines under it: place, date, name."""
        at = -1
        for m in self._declaration.finditer(page.text):
            number = page.line_at(m.start())
            duty = page.kind_at(m.start()) in _OF_WORK and bullet_of(page.text, page.lines[number])
            if number <= at or duty:
                continue
            at = min(number + _SIGNING_LINES, len(page.lines) - 1)
            yield "declaration", trim(page.text, page.lines[number])
            yield from self._under(page, number, at)
        for section in page.bodies(("declaration",)):
            for line in page.lines_of(section.body, section.end):
                if self._signing.match(page.text[slice(*line)]):
                    yield "signature", trim(page.text, line)

    def _under(self, page: Page, number: int, last: int) -> Iterator[Made]:
        """The lines under a declaration, up to `last`; among jobs and schools a place, a date or the like must begin them."""
        kind, begun = page.kind_at(page.lines[number][0]), False
        for line in page.lines[number + 1 : last + 1]:
            span = trim(page.text, line)
            phrase = page.text[slice(*span)]
            signing = self._signing.match(phrase) is not None
            if page.kind_at(line[0]) != kind or (bullet_of(page.text, line) and not signing):
                break
            if phrase and not begun and not signing and kind in _OF_WORK - {"references"}:
                break
            short = begun or signing or len(phrase) <= _SHORT
            begun = begun or (short and bool(phrase))
            if phrase:
                yield "signature" if short else "declaration", span

    def _forms_of_address(self, page: Page) -> Iterator[Made]:
        """Titles and pronouns that tell a sex."""
        yield from (("pronouns", trim(page.text, m.span())) for m in self._pronouns.finditer(page.text))
        kinds = _OF_WORK | {"skills", "languages", "accomplishments"}
        titles = (m for m in self._gendered.finditer(page.text) if page.kind_at(m.start()) not in kinds)
        yield from (("title", m.span(1)) for m in titles)
        yield from (("pronouns", m.span()) for m in self._running.finditer(page.text) if not _or_other(page.text, m.span()))

    def _years(self, page: Page) -> Iterator[Made]:
        """Years of schooling: they tell an age."""
        for section in page.bodies(("education",)):
            yield from (("graduation-year", m.span()) for m in _YEAR.finditer(page.text, section.body, section.end))


def _cut(text: str, line: Span) -> Iterator[Span]:
    """The cells of a line, less emails, links and phone numbers at their ends."""
    at = line[0]
    if line[1] - line[0] > _LONGEST_LINE:
        return
    for m in (*_CELLS.finditer(text, *line), None):
        stop = m.start() if m else line[1]
        other = _EMAIL_OR_LINK.search(text, at, stop)
        yield trim(text, (at, other.start() if other and other.start() > at + 8 else stop), " \t,;|-•")
        at = m.end() if m else stop


def _is_cell(text: str, line: Span, span: Span) -> bool:
    """Whether words fill a cell of their line by themselves ("Single, Filipino, 27"), or are too many to mean anything else."""
    if " " in text[slice(*span)]:
        return True
    before, after = text[line[0] : span[0]].rstrip(), text[span[1] : line[1]].lstrip()
    return (not before or before[-1] in ",;|/•·-–:.") and (not after or after[0] in ",;|/•·-–.(")


def _gendered(titles: list[str]) -> re.Pattern[str]:
    """A title before a name; "MS" in capitals is mostly a degree or a product, "Ms" without a stop may be one."""
    either = "|".join(re.escape(title.capitalize()) for title in titles)
    capitals = "|".join(re.escape(title.upper()) for title in titles)
    return re.compile(
        rf"(?<![\w.])((?:{either})\.?|(?:{capitals})\.)(?=\s?[A-Z][\w.'’-]+)(?!\s+(?:Office|Excel|Word|Access|Teams|Project|Outlook|Power|SQL|Windows|Dynamics|Visio|CRM))"
    )


def _citizen(peoples: list[str]) -> re.Pattern[str]:
    """One people or two, and the word: "US citizen", "dual citizenship: American and Brazilian"."""
    people = rf"(?:{alternatives({*peoples, 'us', 'u.s.', 'uk', 'eu'})})"
    two = rf"(?<!\w){people}(?:\s*(?:and|&|/|,)\s*{people})?(?!\w)"
    both = r"(?:dual|double)\s+(?:citizen(?:ship)?|national(?:ity)?)"
    one = rf"(?:dual\s+)?{two}\s+(?:dual\s+)?(?:citizen(?:ship)?|national)(?!\w)"
    return re.compile(rf"{both}\W{{0,3}}(?:of\s+)?{two}|{one}", re.IGNORECASE)


def _or_other(text: str, span: Span) -> bool:
    """Whether a pronoun is one of two: "his or her"."""
    around = text[max(0, span[0] - 8) : span[0]] + "~" + text[span[1] : span[1] + 8]
    return re.search(r"\bor\s+~|~\s+or\b|and/or", around) is not None
