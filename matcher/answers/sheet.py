"""A sheet of answers: which column is what, and what each line says of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.answers.cells import CellReader, Said
from matcher.answers.headings import Headings
from matcher.answers.table import rows_of
from matcher.errors import InputError
from matcher.taxonomy import Taxonomy, nearest

WHO = ("email", "phone", "file")
"""What tells whom a line is about."""
_NOT_ASKED = ("amount", "level")
"""Forms of columns that no question for a yes or no leads to: the yes would be read as an amount."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one row says: of whom, by the columns of `WHO` that are filled in, and what."""

    row: int
    who: Mapping[str, str]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says, and what in it could not be used: one sentence each, with the row and what to do."""

    name: str
    lines: tuple[Line, ...]
    problems: tuple[str, ...] = ()


class SheetReader:
    """Built from `taxonomy/answers.toml`."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        own: Mapping[str, Any] = taxonomy.rules["answers"]
        self._cells = CellReader(taxonomy)
        self._headings = Headings(own["headings"])
        key = self._headings.key
        self._columns = {key(name): column for column in own["columns"] for name in column["names"]}
        self._people = {key(name): who for who in WHO for name in own["people"][who]}
        self._ignored = frozenset(map(key, own["ignored"]["columns"]))
        self._never = frozenset(map(key, own["never"]["columns"]))

    def read(self, data: bytes, name: str) -> Sheet:
        """A sheet from a file's bytes; raises InputError where it is no such table."""
        rows = list(rows_of(data, name))
        if len(rows) < 2:
            raise InputError(f"{name}: holds no answers; its first row names the columns, and each further row is one person's")
        row, head = rows[0]
        problems: list[str] = []
        columns, who = self._headed(head, f"{name} row {row}", problems)
        if not who:
            raise InputError(f"{name} row {row}: no column says whom a row is about; add one named email, phone or file")
        lines = [self._line(name, number, cells, columns, who, problems) for number, cells in rows[1:]]
        return Sheet(name, tuple(lines), tuple(problems))

    def _headed(
        self, head: Sequence[str], place: str, problems: list[str]
    ) -> tuple[dict[int, Mapping[str, Any]], dict[int, str]]:
        """The columns with answers, and those that say whom a row is about, by their places."""
        columns: dict[int, Mapping[str, Any]] = {}
        who: dict[int, str] = {}
        for at, title in enumerate(head):
            key = self._key(title)
            if key in self._people and self._people[key] not in who.values():
                who[at] = self._people[key]
            elif key in self._columns:
                columns[at] = {**self._columns[key], "title": title}
            elif key in self._never:
                problems.append(f"{place}, column “{title}”: may not be asked for and is not read; take it out of the form")
            elif self._cells.certificate(key):
                columns[at] = {"names": [key], "form": "certificate", "title": title}
            elif key and key not in self._ignored and key not in self._people:
                meant = nearest(key, [*self._columns, *self._people], "name it in taxonomy/answers.toml of an overlay")
                problems.append(f"{place}, column “{title}”: is not known and left out; {meant}")
        return columns, who

    def _key(self, title: str) -> str:
        """What a heading is known by: as it stands if it is known so, else without the question around it."""
        key = ""
        for key, asked in self._headings.forms(title):
            column = self._columns.get(key)
            if column and not (asked and column["form"] in _NOT_ASKED):
                return key
            if key in self._never or key in self._ignored or self._cells.certificate(key):
                return key
            if key in self._people and not asked:
                return key
        return self._headings.key(title) if key in self._columns or key in self._people else key

    def _line(
        self,
        name: str,
        row: int,
        cells: Sequence[str],
        columns: Mapping[int, Mapping[str, Any]],
        who: Mapping[int, str],
        problems: list[str],
    ) -> Line:
        source, said = f"{name} row {row}", []
        # A test goes before what people say of themselves: of two answers about a thing the later one holds.
        for at, column in sorted(columns.items(), key=lambda pair: pair[1]["form"] == "level"):
            try:
                found = self._cells.read(column, cells[at] if at < len(cells) else "", source)
            except InputError as error:
                problems.append(f"{source}, column “{column['title']}”: {error}")
            else:
                said += [found] if found else []
        people = {kind: cells[at] for at, kind in who.items() if at < len(cells) and cells[at]}
        return Line(row, people, tuple(said))
