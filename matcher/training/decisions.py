"""A recruiter's decisions as a CSV file writes them: which resume, which job, and a band or a word for it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.delimited import DELIMITERS, decoded
from matcher.errors import InputError
from matcher.formulas import armed
from matcher.taxonomy import nearest
from matcher.training.labels import name_of

COLUMNS = ("resume", "job", "decision")
"""What a line must say."""
IDS = ("resume_sha256", "job_sha256")
"""What a line may say besides: the content of both, as `matcher decisions` writes it."""
_BAND = re.compile(r"([0-3])(?:[.,]0+)?")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided pair by the sources of its documents; `grade` is 0 to 3, `line` where it stands (from 1)."""

    resume: str
    job: str
    grade: int
    line: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a file holds: decided pairs in its order, what is wrong with other lines, and how many lines decide nothing."""

    made: tuple[Decision, ...]
    wrong: tuple[tuple[int, str], ...] = ()
    silent: int = 0


class Words:
    """The words of `taxonomy/decisions.toml`, and which grade each states."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._grades = {_plain(word): _graded(word, grade) for word, grade in rules["words"].items()}
        self._silent = frozenset(map(_plain, rules["silent"]["words"]))

    def grade(self, cell: str) -> int | None:
        """The grade (0 to 3) that a cell states; None where nothing is decided. InputError for a word that is not known."""
        word = _plain(cell)
        if not word or word in self._silent:
            return None
        if band := _BAND.fullmatch(cell.strip()):
            return int(band[1])
        if word not in self._grades:
            meant = nearest(word, [*self._grades, *self._silent], "give 0 to 3, or a word of taxonomy/decisions.toml")
            raise InputError(f"decision {cell[:_SHOWN]!r} is not known; {meant}")
        return self._grades[word]


class DecisionReader:
    """Reads files with the words of `taxonomy/decisions.toml` and the documents that are there."""

    def __init__(
        self, rules: Mapping[str, Any], resumes: Iterable[str], jobs: Mapping[str, str], ids: Mapping[str, str] | None = None
    ) -> None:
        """`resumes`: sources; `jobs`: source -> title, which a line may give as well; `ids`: SHA-256 -> source, of both."""
        self._ids = ids or {}
        self._columns: Mapping[str, Sequence[str]] = rules["columns"]
        self._words = Words(rules)
        self._find = {"resume": _Finder(dict.fromkeys(resumes, "")), "job": _Finder(jobs)}

    def read(self, data: bytes) -> Decisions:
        """The decisions of a file's bytes; raises InputError where it is no such table."""
        made: list[Decision] = []
        wrong: list[tuple[int, str]] = []
        silent = 0
        for line, row in self._rows(decoded(data)):
            try:
                grade = self._words.grade(row["decision"])
                if grade is None:
                    silent += 1
                else:
                    resume, job = (self._document(name, row) for name in ("resume", "job"))
                    made.append(Decision(resume, job, grade, line))
            except InputError as error:
                wrong.append((line, str(error)))
        kept, twice = _settled(made)
        return Decisions(tuple(kept), tuple(sorted([*wrong, *twice])), silent)

    def _document(self, name: str, row: Mapping[str, str]) -> str:
        """The source of the document: by its content, where the line tells it, since files are renamed; else by its name."""
        return self._ids.get(row.get(f"{name}_sha256", "").casefold()) or self._find[name](name, row[name])

    def _rows(self, text: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Each line that is not blank: its number and the cells of the three columns."""
        delimiter, skipped = self._delimiter(text)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        places: dict[str, int] = {}
        begun = 1
        try:
            for number, row in enumerate(reader):
                if number >= skipped and any(cell.strip() for cell in row):
                    if places:
                        yield begun, {name: armed(row[at].strip()) if at < len(row) else "" for name, at in places.items()}
                    else:
                        places = self._places(row)
                begun = reader.line_num + 1
        except csv.Error as error:
            raise InputError(f"line {begun}: cannot be read as CSV: {error}") from error

    def _delimiter(self, text: str) -> tuple[str, int]:
        """What parts the cells, by which of them the headings come apart; and how many lines stand before the headings."""
        lines = text.splitlines()
        skipped = 1 if lines and re.fullmatch(r'"?sep=.?"?', lines[0].strip()) else 0
        head = next((line for line in lines[skipped:] if line.strip(DELIMITERS + ' "')), "")
        found = {mark: self._places(next(csv.reader([head], delimiter=mark), [])) for mark in DELIMITERS}
        best = max(found, key=lambda mark: len(found[mark]))
        lacking = [name for name in COLUMNS if name not in found[best]]
        if lacking:
            raise InputError(
                f"has no column {' and no column '.join(lacking)}: the first line names the columns resume, job and decision"
            )
        return best, skipped

    def _places(self, head: Sequence[str]) -> dict[str, int]:
        """Where the columns are; of several names the first that `columns` lists."""
        told = [_plain(cell) for cell in head]
        found = {name: [told.index(word) for word in self._columns[name] if word in told] for name in COLUMNS}
        ids = {name: told.index(_plain(name)) for name in IDS if _plain(name) in told}
        return {name: places[0] for name, places in found.items() if places} | ids


def _graded(word: str, grade: Any) -> int:
    if grade not in (0, 1, 2, 3):
        raise InputError(f"decisions.toml: {word!r} has the grade {grade!r}; grades are 0, 1, 2 and 3")
    return int(grade)


class _Finder:
    """The document that a cell means: by its source, its path, its name without the ending, or, of a job, its id or title."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._sources = sorted(titles)
        ways: tuple[Callable[[str], str], ...] = (_path, _stem, _name, _part, lambda source: _plain(titles[source]))
        self._tables = [self._table(way) for way in ways]

    def _table(self, way: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
        table: dict[str, list[str]] = {}
        for source in self._sources:
            if key := way(source):
                table.setdefault(key, []).append(source)
        return table

    def __call__(self, kind: str, cell: str) -> str:
        """The source of the document; InputError where none or several are meant."""
        shown = repr(cell[:_SHOWN])
        if not cell:
            raise InputError(f"names no {kind}")
        if cell in self._sources:
            return cell
        for key in _spellings(cell):
            for table in self._tables:
                if len(found := table.get(key, ())) == 1:
                    return found[0]
                if found:
                    raise InputError(f"{kind} {shown} can be {' or '.join(found[:2])}: write it as one of these")
        raise InputError(
            f"{kind} {shown} is not among the documents; {nearest(cell, self._sources, 'give the name of its file')}"
        )


def _spellings(cell: str) -> Iterator[str]:
    """What a cell may be looked up as: itself, less folders before it, less the ending, as plain words."""
    path = _path(cell)
    yield path
    yield from (path[at + 1 :] for at, letter in enumerate(path) if letter == "/")
    yield from (_stem(cell), _name(cell), _plain(cell))


def _path(source: str) -> str:
    return source.replace("\\", "/").removeprefix("./").casefold()


def _stem(source: str) -> str:
    """The path without the ending."""
    folder, slash, name = _path(source).rpartition("/")
    return folder + slash + name_of(name)


def _name(source: str) -> str:
    return name_of(_path(source))


def _part(source: str) -> str:
    """What stands after "#": the id of a post in a file of several."""
    return _path(source).rpartition("#")[2] if "#" in source else ""


def _settled(made: Sequence[Decision]) -> tuple[list[Decision], list[tuple[int, str]]]:
    """Each pair once; one that is decided in two ways is left out and told."""
    by_pair: dict[tuple[str, str], list[Decision]] = {}
    for one in made:
        by_pair.setdefault((one.resume, one.job), []).append(one)
    kept, wrong = [], []
    for (resume, job), own in by_pair.items():
        other = next((one for one in own if one.grade != own[0].grade), None)
        if other is None:
            kept.append(own[0])
        else:
            message = f"{resume} for {job} is decided otherwise than on line {own[0].line}: neither counts"
            wrong.append((other.line, message))
    return kept, wrong


def _plain(cell: str) -> str:
    """Letters and digits in lower case with single blanks between."""
    return " ".join("".join(c if c.isalnum() else " " for c in cell.casefold()).split())
