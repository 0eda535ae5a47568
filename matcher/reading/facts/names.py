"""The candidate's name: printed at the top, behind a label, or beside an email that repeats it; never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, trim
from matcher.reading.titles import TitleReader

_NAME_LINES = 8
_LOOSE_LINES = 3
_LONGEST_LINE = 240
_LETTER = r"[^\W\d_]"
_QUOTED = rf"[\"'“‘”(]{_LETTER}[\w .'’-]*[\"'”’)]"
_WORD = re.compile(rf"{_LETTER}[^\W\d_'’.-]*(?:[-'’.]{_LETTER}+)*\.?|{_QUOTED}")
_TOKENS = re.compile(rf"{_QUOTED}|\S+")
_PARTS = re.compile(r"\s*[|\t;•·]\s*|\s{3,}|\s+[-–—/.]\s+")
_BRACKET = re.compile(r"\s*\([^)]*\)?\s*$")
_LAST = re.compile(r"[\s,]+([^\s,]+)\W*$")
_CREDENTIALS = re.compile(r"(?:\s*,?\s*[A-Z]{2,6}(?:-[A-Z]{1,2})?(?![\w'’]))+")
_LETTERS = re.compile(r"[A-Z]{2,6}(?:-[A-Z]{1,2})?")
_FIRST_LAST = re.compile(r"\s*(.+?),\s+(.+)")


class NameReader:
    """Built from `rules["personal"]["contact"]`; `is_place` says whether a phrase is known as a place."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader, is_place: Callable[[str], bool]) -> None:
        own = rules["personal"]["contact"]
        self._titles, self._is_place = titles, is_place
        self._prefix = re.compile(own["name_prefix"], re.IGNORECASE)
        self._honorific = re.compile(rf"(?:(?:{alternatives(own['honorifics'])})\.?\s+)+(?=\S)", re.IGNORECASE)
        self._labels = _labelled(own["name_labels"])
        self._given, self._family = _labelled(own["given_labels"]), _labelled(own["family_labels"])
        self._post_nominals = frozenset(own["post_nominals"])
        self._particles = frozenset(own["particles"])
        self._not_names = frozenset(own["not_names"])
        self._others = frozenset(own["others"]) | {"skills", "certifications"}
        employer = rules["facts"]["jobs"]
        self._firm = frozenset((*employer["employer_ends"], *employer["legal"])) - {"sa", "co", "lp"}

    def read(self, page: Page, head: Sequence[Span], emails: Collection[str], reachable: bool) -> tuple[Span, str] | None:
        """Where the name stands and how it reads; None where nothing proves a line to be one."""
        found = self._labelled(page) or self._composed(page)
        if found is not None:
            return found
        span = (
            self._of_two_lines(page, head[:4], emails)
            or self._at_the_top(page, head, emails, reachable)
            or self._loosely_set(page, head, emails)
            or self._below(page, emails)
            or self._of_two_lines(page, self._before_jobs(page), emails)
        )
        return (span, _one(page.text[slice(*span)])) if span else None

    def reads_as_name(self, phrase: str, labelled: bool = False) -> bool:
        """Whether a phrase has the form of a person's name and is no title, place, firm or heading.

        `labelled`: "Name:" stands before it; one word is enough then, in any case.
        """
        words = self._words(phrase)
        if not (1 if labelled else 2) <= len(words) <= 6 or not all(_WORD.fullmatch(w) for w in words):
            return False
        plain = [w.strip(".\"'“”‘’()").casefold() for w in words]
        if any(w in self._not_names for w in plain) or plain[-1] in self._firm or self._is_place(phrase):
            return False
        if not labelled and (
            not words[0][:1].isupper()
            or any(w[:1].islower() and p not in self._particles for w, p in zip(words, plain, strict=True))
        ):
            return False
        if max(len(p) for p in plain) < (2 if labelled else 3):
            return False
        sense = self._titles.read(" ".join(words))
        return sense.family is None and sense.level is None

    def _words(self, phrase: str) -> list[str]:
        """The words of a name: without credentials, and "Cruz, Ana" without its comma."""
        m = _FIRST_LAST.fullmatch(phrase)
        words = _TOKENS.findall(f"{m[1]} {m[2]}" if m and len(m[1].split()) <= 3 else phrase)
        return [
            w
            for w in words
            if w.strip(".,").casefold() not in self._post_nominals or (w in words[:2] and len(w) < 4 and w.endswith("."))
        ]

    # ------------------------------------------------------------------------------------------------------- with a label

    def _labelled(self, page: Page) -> tuple[Span, str] | None:
        for span in self._values(page, self._labels):
            phrase = page.text[slice(*span)]
            if self.reads_as_name(phrase, labelled=True):
                return span, _one(phrase)
        return None

    def _composed(self, page: Page) -> tuple[Span, str] | None:
        """A name in two cells: "Surname: Cruz", "First name: Ana"."""
        given, family = next(self._values(page, self._given), None), next(self._values(page, self._family), None)
        if given is None or family is None:
            return None
        first, last = page.text[slice(*given)], page.text[slice(*family)]
        good = self.reads_as_name(first, labelled=True) and self.reads_as_name(last, labelled=True)
        return (given, f"{_one(first)} {_one(last)}") if good else None

    def _values(self, page: Page, label: re.Pattern[str]) -> Iterator[Span]:
        for number, line in enumerate(page.lines):
            m = label.search(page.text, *line) if page.kind_at(line[0]) not in self._others else None
            if m is None:
                continue
            rest = page.text[m.end() : min(line[1], m.end() + _LONGEST_LINE)]
            if rest.strip(" :-"):
                cut = re.search(r"[|;\n\t]|\s{3,}|,\s*(?=\d)|\s+[A-Z][a-z]+\s*:", rest)
                yield self._bare(page.text, (m.end(), m.end() + (cut.start() if cut else len(rest))))
            elif number + 1 < len(page.lines):
                below = page.lines[number + 1]
                yield self._bare(page.text, (below[0], min(below[1], below[0] + _LONGEST_LINE)))

    # ---------------------------------------------------------------------------------------------------- without a label

    def _at_the_top(self, page: Page, head: Sequence[Span], emails: Collection[str], reachable: bool) -> Span | None:
        """The first line that reads as a name, where the document says how to reach someone; one that an email repeats first."""
        parts = [part for line in head[:_NAME_LINES] for part in self._cells(page.text, line)]
        options = [part for part in parts if self.reads_as_name(page.text[slice(*part)])]
        mine = [part for part in options if any(shares(page.text[slice(*part)], email) for email in emails)]
        options = [part for part in options if not self._is_town(page, part)]
        if mine or not options:
            return mine[0] if mine else None
        return options[0] if reachable or self._repeated(page, options[0]) else None

    def _is_town(self, page: Page, part: Span) -> bool:
        """Whether what stands behind a comma makes a place of it ("Green Bay, WI")."""
        line = page.lines[page.line_at(part[0])]
        cut = _PARTS.search(page.text, part[1], line[1])
        return self._is_place(page.text[part[0] : cut.start() if cut else line[1]].strip())

    def _loosely_set(self, page: Page, head: Sequence[Span], emails: Collection[str]) -> Span | None:
        parts = [part for line in head[:_LOOSE_LINES] for part in self._cells(page.text, line)]
        return next((part for part in parts if self._loosely(page.text[slice(*part)], emails)), None)

    def _loosely(self, phrase: str, emails: Collection[str]) -> bool:
        """A name in small letters, or of one word: an email must repeat all of it."""
        words = [w for w in re.findall(rf"{_LETTER}+", phrase) if len(w) > 2]
        whole = bool(words) and any(all(_local(email).find(w.casefold()) >= 0 for w in words) for email in emails)
        return whole and len(phrase) < 40 and self.reads_as_name(phrase.title(), labelled=True)

    def _of_two_lines(self, page: Page, lines: Sequence[Span], emails: Collection[str]) -> Span | None:
        """A name set so large that it takes two lines ("MARIA" over "SANTOS"): an email repeats the second, or both."""
        for first, second in pairwise(lines):
            span = self._bare(page.text, (first[0], second[1]))
            one, two = page.text[slice(*first)].strip(), page.text[second[0] : span[1]].strip()
            alike = one.isupper() == two.isupper() and len(one.split()) <= 3 and 1 <= len(two.split()) <= 2
            whole = (
                alike and one.replace(" ", "").isalpha() and self.reads_as_name(f"{one} {two}") and not self.reads_as_name(two)
            )
            if whole and any(shares(two, e) and (shares(one, e) or len(one.split()) > 1) for e in emails):
                return span
        return None

    def _below(self, page: Page, emails: Collection[str]) -> Span | None:
        """A name that an email repeats, before the first job: a column at the side is read before the name beside it."""
        for line in self._before_jobs(page) if emails else ():
            for part in self._cells(page.text, line):
                phrase = page.text[slice(*part)]
                if self.reads_as_name(phrase) and any(shares(phrase, email) for email in emails):
                    return part
        return None

    def _before_jobs(self, page: Page) -> list[Span]:
        """The lines before the first job that are not about referees."""
        end = next((section.start for section in page.sections if section.kind == "experience"), len(page.text))
        return [line for line in page.lines_of(0, end) if page.kind_at(line[0]) != "references"]

    def _repeated(self, page: Page, span: Span) -> bool:
        """Whether a phrase stands in the document's last lines again: its owner has signed it."""
        phrase = page.text[slice(*span)].casefold()
        last = [page.text[a:b].casefold() for a, b in page.lines_of(span[1], len(page.text))[-4:]]
        return any(phrase in line for line in last)

    def _cells(self, text: str, line: Span) -> Iterator[Span]:
        if line[1] - line[0] > _LONGEST_LINE:
            return
        m = self._prefix.match(text[slice(*line)])
        a = line[0] + (m.end() if m else 0)
        for cut in _PARTS.finditer(text, a, line[1]):
            yield self._bare(text, (a, cut.start()))
            a = cut.end()
        yield self._bare(text, (a, line[1]))

    def _is_credential(self, name: str, word: str, comma: bool) -> bool:
        """Whether the last word of a name is letters of a degree or a licence: a known one, or capitals behind a comma."""
        plain = word.strip("().").casefold()
        if plain in ("jr", "sr", "ii", "iii", "iv"):
            return False
        if plain in self._post_nominals:
            surname = len(name.split()) < 3 or (word.istitle() and len(word) < 4)  # "Jack Ma", "Wei Ling Ma"
            return comma or not (word[:1].islower() or surname)
        told = not name.isupper() or any(w.casefold() in self._post_nominals for w in re.split(r"[\s,]+", name.partition(",")[2]))
        return comma and told and _LETTERS.fullmatch(word) is not None

    def _before_credentials(self, text: str, a: int, b: int) -> int:
        """Where a name ends that credentials follow, and more after them: "Ana Reyes, RN, CPC Medical Coder"."""
        comma = text.find(",", a, b)
        following = _CREDENTIALS.match(text, comma + 1, b) if comma >= 0 else None
        known = following is not None and any(w.casefold() in self._post_nominals for w in re.split(r"[\s,]+", following.group()))
        return comma if known and self.reads_as_name(text[a:comma]) else b

    def _bare(self, text: str, span: Span) -> Span:
        """Without "Mr." before it and ", RN, CPC" or a remark in brackets after it."""
        a, b = trim(text, span, " \t,:-–—\n*")
        m = self._honorific.match(text, a, b)
        a = m.end() if m else a
        b = self._before_credentials(text, a, b)
        bracket = _BRACKET.search(text, a, b)
        b = bracket.start() if bracket and bracket.start() > a else b
        while tail := _LAST.search(text, a, b):
            if not self._is_credential(text[a:b], tail[1], "," in text[tail.start() : tail.start(1)]):
                break
            b = tail.start()
        return trim(text, (a, b), " \t,:-–—\n*")


def shares(name: str, email: str) -> bool:
    """Whether a word of a name is in the local part of an email."""
    local = _local(email)
    return any(len(w) >= 3 and w.casefold() in local for w in re.findall(rf"{_LETTER}+", name))


def _local(email: str) -> str:
    return re.sub(r"[^a-zà-ÿ]", "", email.split("@")[0].casefold())


def _labelled(labels: Sequence[str]) -> re.Pattern[str]:
    """A label at the beginning of a line or of a cell, with its separator."""
    return re.compile(
        rf"(?:(?<=\n)|(?<=\t)|(?<=[|;•])|^|(?<=\s\s)|(?<=\A))\W{{0,3}}(?:{alternatives(labels)})\s*(?:[:=\-–\t]+\s*|(?=\n|$))",
        re.IGNORECASE,
    )


def _one(phrase: str) -> str:
    return " ".join(phrase.split())
