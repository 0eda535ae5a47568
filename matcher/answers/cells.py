"""What a cell says, by the form of its column; a cell that cannot be read is answered with what it may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.errors import InputError
from matcher.records import Answer, Certification, Language
from matcher.taxonomy import Taxonomy

CONSENT = "consent"
"""The kind of an answer that no requirement asks for, and that a person has to look at."""
_GROUPED = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?"
"""Thousands as most people part them (1,200,000), and as in India (12,00,000)."""
_FIGURE = rf"(?:{_GROUPED}|\d+(?:\.\d+|,\d\d?)?|0,\d+)(?!\d|[.,]\d)"
_TO = r"\s*(?:-|–|to)\s*"
_NUMBER = re.compile(
    rf"(?<![\d.,])(?<!\d[-–])(?P<number>{_FIGURE})(?:{_TO}(?P<other>{_FIGURE}))?(?!{_TO}\d)\s*(?P<unit>[a-z/%]+(?: per [a-z]+)?)?"
)
"""A figure or a range of two, and what follows it; what is no figure as a whole ("1,5000") has none in it."""
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2(?:\d{4}|\d\d))(?!\d)(?:t|,?\s+)?(?:(?<!\d)\d\d?:\d\d(?::\d\d)?)?"
)
"""A day in figures, with its time where that follows."""
_BLANK = " ; "
_WHOLE = 100
_PERCENT = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*%")
_CEFR = re.compile(r"(?<!\w)([abc][12])\+?(?!\w)", re.IGNORECASE)
_ITEMS = re.compile(r"\s*[,;/|\n]\s*|\s+(?:and|&)\s+")
_LEVEL = re.compile(r"[\s:()\-–—]+")
_SHOWN = 40
_TESTS = {"versant": "Versant"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell brings: answers to requirements, and facts of the profile."""

    answers: tuple[Answer, ...] = ()
    languages: tuple[Language, ...] = ()
    certificates: tuple[Certification, ...] = ()
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that says something: as written, plain, and where it stands."""

    text: str
    plain: str
    source: str


class CellReader:
    """Built from `rules["answers"]`, the names of languages and the certificates of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        own: Mapping[str, Any] = taxonomy.rules["answers"]
        self._silent, self._yes, self._no = (frozenset(map(plain, own[name])) for name in ("silent", "yes", "no"))
        self._choices: Mapping[str, Mapping[str, list[str]]] = own["choices"]
        self._units: Mapping[str, Mapping[str, Any]] = own["units"]
        self._tests: Mapping[str, list[tuple[float, str]]] = own["tests"]
        self._scale: Mapping[str, tuple[float, float]] = own["scale"]
        self._languages = {plain(form): name for name, forms in taxonomy.rules["languages"]["names"].items() for form in forms}
        self._order: list[str] = taxonomy.rules["education"]["order"]
        held = [concept for concept in taxonomy.concepts.values() if concept.type == "certification" and not concept.deprecated]
        self._certificates = {plain(form): concept for concept in reversed(held) for form in concept.surfaces()}

    def certificate(self, name: str) -> bool:
        """Whether a column's name is that of a certificate: its cells say yes or no to it."""
        return plain(name) in self._certificates

    def read(self, column: Mapping[str, Any], text: str, source: str) -> Said | None:
        """What a cell says; None where it says nothing. Raises InputError with what it may say."""
        cell = _Cell(text, plain(text), source)
        words = self._units.get(column.get("units", ""), {}).get("words", {})
        if cell.plain in self._silent and cell.plain not in words:
            return None
        readers = {
            "yes": self._about,
            "choice": self._choice,
            "amount": self._amount,
            "level": self._level,
            "languages": self._list_of_languages,
            "certificates": self._list_of_certificates,
            "certificate": self._one_certificate,
            "education": self._education,
            "places": self._places,
            CONSENT: self._consent,
        }
        return readers[column["form"]](column, cell)

    # ------------------------------------------------------------------------------------------------------- yes, no, choices

    def _verdict(self, cell: _Cell, column: Mapping[str, Any]) -> bool:
        """Yes or no: the cell as a whole, else its first word."""
        first = cell.plain.split(" ", 1)[0] if cell.plain else ""
        for words, verdict in ((column.get("good", ()), True), (column.get("bad", ()), False)):
            if cell.plain in map(plain, words):
                return verdict
        for said in (cell.plain, first):
            if said in self._no or said in self._yes:
                return said in self._yes
        raise InputError(f"{_cut(cell.text)} is neither yes nor no; write yes, no, or leave it empty")

    def _about(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        verdict = self._verdict(cell, column)
        return Said(tuple(_answer(about, verdict, cell) for about in column["about"]))

    def _consent(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        return Said((Answer(CONSENT, "", self._verdict(cell, column), cell.text, cell.source),))

    def _choice(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        """The choices that a cell names; the others are refused where the column has all of them, or the cell says "only"."""
        kind, table = column["choices"], self._choices[column["choices"]]
        known = [value for value in table if value != "*"]
        refused, named = self._named(table, f" {cell.plain} ")
        if "*" in named:
            return Said(tuple(Answer(kind, value, value not in refused, cell.text, cell.source) for value in known))
        if not named and not refused:
            told = ", ".join(known)
            raise InputError(f"{_cut(cell.text)} names none of {told}; write one or several of them, or any")
        every = bool(named) and (column.get("all", False) or " only " in f" {cell.plain} ")
        verdicts = {value: value in named for value in known if value in named or value in refused or every}
        return Said(tuple(Answer(kind, value, yes, cell.text, cell.source) for value, yes in verdicts.items()))

    def _named(self, table: Mapping[str, list[str]], text: str) -> tuple[set[str], set[str]]:
        """Values that a text refuses ("no nights"), and those that it names."""
        refused, named = set(), set()
        for value, forms in table.items():
            for form in sorted(map(plain, forms), key=len, reverse=True):
                if re.search(rf" (?:no|not|except|never|cannot|without) (?:\w+ )?{re.escape(form)} ", text):
                    refused.add(value)
                elif f" {form} " in text:
                    named.add(value)
        return refused, named - refused

    def _places(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        items = [item for item in _ITEMS.split(cell.text) if plain(item) not in self._silent]
        kind = column["about"][0].partition("/")[0]
        return Said(tuple(Answer(kind, item, True, item, cell.source) for item in items))

    # --------------------------------------------------------------------------------------------------------------- amounts

    def _amount(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        amount = self._counted(column["units"], cell.text)
        if column["units"] == "accuracy":
            share = amount * _WHOLE if 0 < amount <= 1 else amount  # a spreadsheet holds 97% as 0.97
            return Said(facts=(("typing_accuracy", round(share, 2)),))
        told = cell.text if any(c.isalpha() for c in cell.text) else f"{cell.text} {self._units[column['units']]['base']}"
        facts: list[tuple[str, Any]] = []
        if column["units"] == "typing":
            percent = _PERCENT.search(cell.text)
            facts = [("typing_wpm", round(amount)), *([("typing_accuracy", float(percent[1]))] if percent else [])]
        elif column["units"] == "keystrokes":
            facts = [("keystrokes_per_hour", round(amount))]
        elif column["units"] == "notice":
            facts = [("notice", told)]
        return Said(tuple(_answer(about, None, cell, amount, told) for about in column["about"]), facts=tuple(facts))

    def _counted(self, units: str, text: str) -> float:
        """An amount in the base unit."""
        table, low = self._units[units], text.casefold().strip()
        if plain(low) in table.get("words", {}):
            return float(table["words"][plain(low)])
        of: Mapping[str, float] = table["of"]
        for m in _NUMBER.finditer(_DATE.sub(_BLANK, low)):
            unit = (m["unit"] or "").strip()
            if unit in of:
                ends = [_value(figure) for figure in (m["number"], m["other"]) if figure]
                amount = (max(ends) if table.get("most") else min(ends)) * of[unit]
                if amount > table["highest"] or low.startswith("-"):
                    raise InputError(f"{_cut(text)} is not from 0 to {table['highest']} {table['base']}; correct the number")
                return float(amount)
        what = "a date" if _DATE.search(low) else "no amount"
        raise InputError(f"{_cut(text)} is {what}; write a number in {table['base']}, such as 30")

    # ---------------------------------------------------------------------------------------------- languages, certificates

    def _level(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        test, name = str(column["test"]), str(column["language"])
        level = self._tested(test, cell.text)
        shown = cell.text if _CEFR.search(cell.text) else _score(cell.text)
        told = cell.text if test == "cefr" else f"{_TESTS.get(test, test.upper())} {shown}"
        answer = Answer("language", name, None, told, cell.source)
        return Said((answer,), languages=(Language(name, level),))

    def _tested(self, test: str, text: str) -> str:
        """The level of the CEFR that a cell names, or that a test's score stands for; words stay as they are."""
        if found := _CEFR.search(text):
            return found[1].upper()
        steps, number = self._tests[test], _NUMBER.search(_DATE.sub(_BLANK, text.casefold()))
        if not steps:
            return text
        if number is None:
            raise InputError(f"{_cut(text)} is no score; write a number, or a level such as B2")
        score = _value(number["number"])
        lowest, most = self._scale[test]
        if not lowest <= score <= most:
            raise InputError(f"{_cut(text)} is not from {lowest:g} to {most:g}; check the number, or write a level such as B2")
        return next((level for step, level in reversed(steps) if score >= step), "A1")

    def _list_of_languages(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        found, strange = [], []
        for item in _ITEMS.split(cell.text):
            words = [word for word in _LEVEL.split(item) if word]
            at = next((n for n in range(len(words)) if plain(words[n]) in self._languages), None)
            if at is None:
                strange.append(item)
            else:
                rest = " ".join(words[:at] + words[at + 1 :])
                found.append(Language(self._languages[plain(words[at])], rest or None))
        if not found:
            raise InputError(f"{_cut(', '.join(strange))} names no language that is known; write English C1, Tagalog native")
        answers = tuple(Answer("language", one.name, None, cell.text, cell.source) for one in found)
        return Said(answers, languages=tuple(found))

    def _list_of_certificates(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        if cell.plain in self._no:
            return Said()
        items = [item for item in _ITEMS.split(cell.text) if plain(item)]
        made = [self._certificate(item, item, cell) for item in items]
        return Said(tuple(a for a, _ in made), certificates=tuple(c for _, c in made))

    def _one_certificate(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        if not self._verdict(cell, column):
            return Said()
        answer, certificate = self._certificate(str(column["names"][0]), cell.text, cell)
        return Said((answer,), certificates=(certificate,))

    def _certificate(self, name: str, told: str, cell: _Cell) -> tuple[Answer, Certification]:
        concept = self._certificates.get(plain(name))
        answer = Answer("certification", concept.id if concept else name, True, told, cell.source)
        label = concept.label if concept else None
        return answer, Certification(name, concept.id if concept else None, "held", label=label)

    def _education(self, column: Mapping[str, Any], cell: _Cell) -> Said:
        words = cell.plain.replace("'s", "")
        level = next((level for level in reversed(self._order) if level.replace("_", " ") in words), None)
        if level is None or level == "none":
            told = ", ".join(level.replace("_", " ") for level in self._order[1:])
            raise InputError(f"{_cut(cell.text)} is no level of education; write one of {told}")
        return Said((Answer("education", "", None, cell.text, cell.source),), facts=(("education", level),))


def plain(text: str) -> str:
    """Small letters and figures with single blanks between."""
    return " ".join(re.sub(r"[^\w'/%+✓✔]|_", " ", text.casefold()).split())


def _answer(about: str, verdict: bool | None, cell: _Cell, amount: float | None = None, told: str = "") -> Answer:
    kind, _, value = about.partition("/")
    return Answer(kind, value, verdict, told or cell.text, cell.source, amount)


def _value(figure: str) -> float:
    """A figure as people write it: "1,200", "1,00,000", "6.5", "6,5"."""
    return float(figure.replace(",", "" if re.fullmatch(_GROUPED, figure) else "."))


def _score(text: str) -> str:
    return re.sub(r"^\D*(?=\d)", "", text) or text


def _cut(text: str) -> str:
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"
