"""The right to be forgotten: everything that a project keeps of a person goes, and its files' bytes are searched for rests."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project import record
from matcher.project.codec import decode_contents, decode_profile, dumps
from matcher.project.store import RECORD, Project
from matcher.project.traits import number

_HASH = re.compile(r"[0-9a-f]{8,64}")
_LEAST_DIGITS = 7
_CHUNK = 1 << 22
_LONGEST = 1 << 10
"""More letters than anything that is searched for has."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a project has of a person: the SHA-256 of each resume, its names, places of its files, and what tells who it is."""

    resumes: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[str, ...]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def traces(self) -> tuple[tuple[str, str], ...]:
        """What to search for: the kind of thing, and how it is written."""
        told = [("SHA-256", sha) for sha in self.resumes]
        told += [("e-mail", mail) for mail in self.emails]
        told += [("telephone", phone) for phone in self.phones]
        told += [("telephone", number(phone)) for phone in self.phones]
        told += [("name", name) for name in self.names]
        return tuple((kind, text) for kind, text in told if len(text.strip()) > 2)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed, and what is left: places that the project cannot reach, and traces found in its own files.

    `rests` has the kind of what was found, the file and how often. `elsewhere` are the results that runs wrote while the person
    was in the project, `originals` the resumes themselves, of those that are still there.
    """

    resumes: int
    decisions: int
    lines: int
    rests: tuple[tuple[str, str, int], ...]
    mentions: tuple[str, ...]
    originals: tuple[str, ...]
    elsewhere: tuple[str, ...]


def find_person(project: Project, id: str) -> Person:
    """The person whom an id means: the beginning of a resume's SHA-256, an e-mail address, a telephone number or a file's name.

    Raises InputError where it means nobody, or several people.
    """
    given = id.strip()
    found = _by_id(project, given)
    if not found:
        raise InputError(f"{given}: nobody in this project is known by it; give an e-mail address, a file's name or a SHA-256")
    people = {sha: row[0] for sha in found if (row := project.one("SELECT person FROM people WHERE sha256 = ?", [sha]))}
    persons = {people.get(sha, sha) for sha in found}
    if len(persons) > 1:
        named = ", ".join(sha[:12] for sha in sorted(found))
        raise InputError(f"{given}: means {len(persons)} people; give the SHA-256 of a resume of one: {named}")
    whole = set(found)
    for person in people.values():
        whole |= {row[0] for row in project.rows("SELECT sha256 FROM people WHERE person = ?", [person])}
    return _person(project, whole)


def _by_id(project: Project, given: str) -> set[str]:
    if "@" in given:
        return {row[0] for row in project.rows("SELECT sha256 FROM marks WHERE mark = ?", [f"e:{given.casefold()}"])}
    shas = "SELECT DISTINCT sha256 FROM reads WHERE shape IN ('profile', 'failure') AND "
    if _HASH.fullmatch(given.lower()):
        found = {row[0] for row in project.rows(shas + "substr(sha256, 1, ?) = ?", [len(given), given.lower()])}
        if found:
            return found
    found = {row[0] for row in project.rows("SELECT sha256 FROM ranked WHERE source = ?", [given])}
    found = found or {row[0] for row in project.rows(shas + "source = ?", [given])}
    if not found:
        named = project.rows("SELECT source, sha256 FROM reads WHERE shape IN ('profile', 'failure')")
        found = {sha for source, sha in named if source.rpartition("/")[2].casefold() == given.casefold()}
    digits = "".join(c for c in given if c.isdigit())
    if not found and len(digits) >= _LEAST_DIGITS:
        found = {row[0] for row in project.rows("SELECT sha256 FROM marks WHERE mark = ?", [f"p:{number(given)}"])}
    return found


def _person(project: Project, resumes: Collection[str]) -> Person:
    contacts, sources, places = [], set[str](), set[str]()
    for sha in sorted(resumes):
        for source, shape, value in project.rows("SELECT source, shape, value FROM reads WHERE sha256 = ?", [sha]):
            contacts += [decode_profile(value).facts.contact] if shape == "profile" else []
            sources.add(source)
        sources |= {row[0] for row in project.rows("SELECT source FROM ranked WHERE sha256 = ?", [sha])}
        places |= {row[0] for row in project.rows("SELECT place FROM files WHERE sha256 = ?", [sha])}
        places |= {row[0] for row in project.rows("SELECT place FROM inputs WHERE content = ? AND place <> ''", [sha])}
    return Person(
        tuple(sorted(resumes)),
        tuple(sorted(sources)),
        tuple(sorted(places)),
        tuple(sorted({one.name for one in contacts if one.name})),
        tuple(sorted({mail for one in contacts for mail in one.emails})),
        tuple(sorted({phone for one in contacts for phone in one.phones})),
    )


# ----------------------------------------------------------------------------------------------------------------- erasing


def erase(project: Project, person: Person) -> Erased:
    """Remove a person from the project and from its record, and look through the bytes of all its files for what is left."""
    record.flush(project)
    # The record first: if the program ends after it, the person is still known to the database, and can be erased again.
    lines = _rewrite(project.folder / RECORD, person)
    shas = list(person.resumes)
    with project.whole():
        decided = len(_marked(project, "SELECT id FROM decisions WHERE sha256 IN ({})", shas))
        profiles = [row[0] for row in _marked(project, "SELECT id FROM reads WHERE sha256 IN ({})", shas)]
        _marked(project, "DELETE FROM fits WHERE profile IN ({})", profiles)
        for table in ("reads", "files", "people", "marks", "decisions", "ranked"):
            _marked(project, f"DELETE FROM {table} WHERE sha256 IN ({{}})", shas)
        _marked(project, "DELETE FROM same WHERE one IN ({})", shas)
        _marked(project, "DELETE FROM same WHERE other IN ({})", shas)
        _marked(project, "DELETE FROM inputs WHERE content IN ({})", shas)
        _marked(project, "DELETE FROM inputs WHERE source IN ({})", person.sources)
        _forget_containers(project, person.sources)
        record.note(project, "erased", resumes=len(shas), decisions=decided)
    record.flush(project)
    project.shrink()
    return Erased(
        len(shas),
        decided,
        lines,
        tuple(_rests(project.folder, person)),
        tuple(_mentions(project, person)),
        tuple(place for place in person.places if os.path.exists(place)),
        tuple(row[0] for row in project.rows("SELECT place FROM outputs ORDER BY place") if os.path.exists(row[0])),
    )


def _marked(project: Project, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    return project.rows(statement.format(", ".join("?" * len(values))), values)


def _forget_containers(project: Project, sources: Collection[str]) -> None:
    """What a mail or zip file holds is kept by name; the one that held the person's resume is opened anew next time."""
    for id, value in project.rows("SELECT id, value FROM reads WHERE shape = 'contents'"):
        if any(member.source in sources for member in decode_contents(value).members):
            project.do("DELETE FROM reads WHERE id = ?", [id])


# ------------------------------------------------------------------------------------------------------------------ record


def _rewrite(path: Path, person: Person) -> int:
    """Write the record anew without the person; gives how many lines were changed or left out."""
    if not path.is_file():
        return 0
    part = path.with_name(f"{path.name}.part")
    changed = 0
    with _told(path), open(part, "w", encoding="utf-8", newline="\n", opener=_private) as file:
        for line in record.lines(path.parent):
            kept = _without(line, person)
            changed += kept != line
            if kept is not None:
                file.write(_line(kept) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with _told(path):
        _replace(part, path)
    return changed


def _line(line: dict[str, Any]) -> str:
    return f'{{"n":{line["n"]},{dumps({key: value for key, value in line.items() if key != "n"})[1:]}'


def _without(line: dict[str, Any], person: Person) -> dict[str, Any] | None:
    """A line without the person; None where it speaks of nobody else."""
    if line.get("sha256") in person.resumes:
        return None
    kept = dict(line)
    for name in ("added", "removed", "scores", "left_out"):
        if name in kept:
            kept[name] = [row for row in kept[name] if not set(map(str, row)) & set(person.resumes)]
    if "failed" in kept:
        kept["failed"] = [row for row in kept["failed"] if row[0] not in person.sources]
    return kept


def _replace(part: Path, path: Path) -> None:
    """Put a file in the place of another one, and overwrite what that held, so that most disks have it nowhere any more."""
    if os.name != "posix":  # Windows replaces no file that is open
        os.replace(part, path)
        return
    with path.open("r+b") as old:
        os.replace(part, path)
        left = old.seek(0, os.SEEK_END)
        old.seek(0)
        while left > 0:
            left -= old.write(b"\0" * min(left, _CHUNK))
        old.flush()
        os.fsync(old.fileno())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path}: cannot be written anew ({error.strerror or error}); erase again") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


# ------------------------------------------------------------------------------------------------------------------- proof


def _rests(folder: Path, person: Person) -> Iterator[tuple[str, str, int]]:
    """Each trace that is found in the bytes of a file of the project, whatever its case: its kind, the file and how often."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            for kind, count in _found(path, person.traces).items():
                yield kind, path.name, count


def _found(path: Path, traces: Iterable[tuple[str, str]]) -> dict[str, int]:
    wanted = [(kind, spelling) for kind, text in traces for spelling in _spellings(text)]
    counts: dict[str, int] = {}
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            data = (tail + chunk).lower()
            for kind, spelling in wanted:
                # What lies wholly in the part that was looked at before is not counted again.
                count = data.count(spelling) - data[: len(tail)].count(spelling)
                if count > 0:
                    counts[kind] = counts.get(kind, 0) + count
            tail = (tail + chunk)[-_LONGEST:]
    return counts


def _spellings(text: str) -> set[bytes]:
    """How a text may stand in a file: plain, as in JSON, and in two bytes a letter."""
    plain = text.casefold()
    return {plain.encode(), text.lower().encode(), dumps(text.lower())[1:-1].encode(), text.lower().encode("utf-16-le")}


def _mentions(project: Project, person: Person) -> Iterator[str]:
    """Other people's resumes that have a trace of the person in their text, as a referee's name."""
    spellings = {spelling for _, text in person.traces for spelling in _spellings(text)}
    for source, value in project.rows("SELECT source, value FROM reads WHERE shape = 'profile' ORDER BY source"):
        data = value.encode().lower()
        if any(spelling in data for spelling in spellings):
            yield source
