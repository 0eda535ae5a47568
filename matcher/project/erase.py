"""The right to be forgotten: everything that a project keeps of a person goes, and its files' bytes are searched for rests."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project import record
from matcher.project.codec import decode_contents, decode_profile, dumps, loads
from matcher.project.papers import Paper, found_in, known_papers, spellings
from matcher.project.places import as_path
from matcher.project.store import PART, RECORD, Project
from matcher.project.traits import number
from matcher.unseen import one_line

_HASH = re.compile(r"[0-9a-f]{8,64}")
_LEAST_DIGITS = 7
_CHUNK = 1 << 22
_KNOWN_BY = "an e-mail address, a telephone number, a file's name or a SHA-256"
_NAMED = "SELECT DISTINCT source, name FROM reads WHERE shape = 'profile' AND name IS NOT NULL ORDER BY source"
_SHOWN = 5
_LISTS = ("added", "removed", "readings", "left_out")
"""Fields of a run's line that are lists of rows, each with the SHA-256 of a resume."""


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
    def told(self) -> tuple[tuple[str, str], ...]:
        """What results tell of the person: the traces, and the names of the resumes' files."""
        return (*self.traces, *(("file", source) for source in self.sources))

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

    `rests` has the kind of what was found, the file and how often, `mentions` the names of other people's resumes with a trace of
    the person. `originals` are the resumes themselves and `papers` all other files that the project knows of, as far as they are
    still there.
    """

    resumes: int
    decisions: int
    lines: int
    rests: tuple[tuple[str, str, int], ...]
    mentions: tuple[str, ...]
    originals: tuple[str, ...]
    papers: tuple[Paper, ...]


def find_person(project: Project, id: str) -> Person:
    """The person whom an id means: the beginning of a resume's SHA-256, an e-mail address, a telephone number or a file's name.

    Raises InputError where it means nobody, or several people.
    """
    project.check()
    given = id.strip()
    found = _by_id(project, given)
    if not found:
        raise InputError(f"{given}: nobody in this project is known by it; {_remedy(project, given)}")
    people = {sha: row[0] for sha in found if (row := project.one("SELECT person FROM people WHERE sha256 = ?", [sha]))}
    persons = {people.get(sha, sha) for sha in found}
    if len(persons) > 1:
        named = ", ".join(sha[:12] for sha in sorted(found))
        raise InputError(f"{given}: means {len(persons)} people; give the SHA-256 of a resume of one: {named}")
    whole = set(found)
    for person in people.values():
        whole |= {row[0] for row in project.rows("SELECT sha256 FROM people WHERE person = ?", [person])}
    return _person(project, whole)


def _remedy(project: Project, given: str) -> str:
    """What to give in place of an id that means nobody: people's names are shared, so that one alone removes nobody."""
    files = [source for source, name in project.rows(_NAMED) if _words(name) >= _words(given)] if _words(given) else []
    if not files:
        return f"give {_KNOWN_BY}"
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return f"a name alone is not enough, give {_KNOWN_BY}: did you mean {', '.join(map(one_line, files[:_SHOWN]))}{more}?"


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _plain(name)))


def _by_id(project: Project, given: str) -> set[str]:
    """The SHA-256 of the resumes that an id means."""
    if "@" in given:
        return {row[0] for row in project.rows("SELECT sha256 FROM marks WHERE mark = ?", [f"e:{given.casefold()}"])}
    shas = "SELECT DISTINCT sha256 FROM reads WHERE shape IN ('profile', 'failure') AND "
    if _HASH.fullmatch(given.lower()):
        found = {row[0] for row in project.rows(shas + "substr(sha256, 1, ?) = ?", [len(given), given.lower()])}
        if found:
            return found
    found = {row[0] for row in project.rows("SELECT sha256 FROM ranked WHERE source = ?", [given])}
    found = found or {row[0] for row in project.rows(shas + "source = ?", [given])}
    found = found or set(_by_name(project, given))
    digits = "".join(c for c in given if c.isdigit())
    if not found and len(digits) >= _LEAST_DIGITS:
        found = {row[0] for row in project.rows("SELECT sha256 FROM marks WHERE mark = ?", [f"p:{number(given)}"])}
    return found


def _by_name(project: Project, given: str) -> Iterator[str]:
    """Resumes whose file has a name, in whatever folder and case, and however its accents are kept; also of those never read."""
    wanted = _plain(given)
    named = "SELECT source, sha256 FROM reads WHERE shape IN ('profile', 'failure')"
    for source, sha in project.rows(f"{named} UNION SELECT source, content FROM inputs WHERE inside = ''"):
        if _plain(source) == wanted or _plain(source.rpartition("/")[2]) == wanted:
            yield sha


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _person(project: Project, resumes: Collection[str]) -> Person:
    contacts, sources, places = [], set[str](), set[str]()
    for sha in sorted(resumes):
        for source, shape, value in project.rows("SELECT source, shape, value FROM reads WHERE sha256 = ?", [sha]):
            contacts += [decode_profile(value).facts.contact] if shape == "profile" else []
            sources.add(source)
        sources |= {row[0] for row in project.rows("SELECT source FROM ranked WHERE sha256 = ?", [sha])}
        places |= {row[0] for row in project.rows("SELECT place FROM files WHERE sha256 = ?", [sha])}
        for source, place in project.rows("SELECT source, place FROM inputs WHERE ? IN (content, sha256)", [sha]):
            sources.add(source)
            places |= {place} if place else set()
    return Person(
        tuple(sorted(resumes)),
        tuple(sorted(sources)),
        tuple(sorted(places)),
        tuple(sorted({one.name for one in contacts if one.name})),
        tuple(sorted({mail for one in contacts for mail in one.emails})),
        tuple(sorted({phone for one in contacts for phone in one.phones})),
    )


# ----------------------------------------------------------------------------------------------------------------- erasing


_ERASING = "erasing"
"""The note of an erasure that is at work: whom it removes and, once they are removed, how many resumes, decisions and lines."""


def erase(project: Project, person: Person) -> Erased:
    """Remove a person from the project and from its record, and look through the bytes of all its files for what is left.

    Whatever ends it on the way, `go_on` finishes it.
    """
    record.flush(project)
    project.note(_ERASING, dumps([asdict(person), None]))
    return _work(project, person, None)


def go_on(project: Project) -> Erased | None:
    """Finish an erasure that was stopped; None where there is none."""
    told = project.noted(_ERASING)
    if told is None:
        return None
    record.flush(project)
    values, done = loads(told)
    return _work(project, Person(**{name: tuple(value) for name, value in values.items()}), done)


def _work(project: Project, person: Person, done: Sequence[int] | None) -> Erased:
    resumes, decisions, lines = done or _remove(project, person)
    project.shrink()
    papers = known_papers(project, person.told)
    project.note(_ERASING, None)
    project.settle()
    return Erased(
        resumes,
        decisions,
        lines,
        tuple(_rests(project, person)),
        tuple(dict.fromkeys(_mentions(project, person))),
        tuple(place for place in map(as_path, person.places) if os.path.exists(place)),
        papers,
    )


def _remove(project: Project, person: Person) -> tuple[int, int, int]:
    """Take a person's resumes out of the record and the database; gives how many resumes, decisions and lines that were."""
    lines, shas = _rewrite(project.folder / RECORD, person), list(person.resumes)
    with project.whole():
        decisions = len(_marked(project, "SELECT id FROM decisions WHERE sha256 IN ({})", shas))
        profiles = [row[0] for row in _marked(project, "SELECT id FROM reads WHERE sha256 IN ({})", shas)]
        _marked(project, "DELETE FROM fits WHERE profile IN ({})", profiles)
        for table in ("reads", "files", "people", "marks", "decisions", "ranked"):
            _marked(project, f"DELETE FROM {table} WHERE sha256 IN ({{}})", shas)
        _marked(project, "DELETE FROM same WHERE one IN ({})", shas)
        _marked(project, "DELETE FROM same WHERE other IN ({})", shas)
        _marked(project, "DELETE FROM inputs WHERE content IN ({})", shas)
        _marked(project, "DELETE FROM inputs WHERE sha256 IN ({})", shas)
        of_places = "SELECT sha256 FROM files WHERE place IN ({})"  # mails and zip files, under all names that they had
        _marked(project, f"DELETE FROM files WHERE sha256 IN ({of_places})", person.places)
        _forget_containers(project, person.sources)
        project.do("DELETE FROM copies")
        record.note(project, "erased", resumes=len(shas), decisions=decisions)
        project.note(_ERASING, dumps([asdict(person), [len(shas), decisions, lines]]))
    record.flush(project)
    return len(shas), decisions, lines


def _marked(project: Project, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    return project.rows(statement.format(", ".join("?" * len(values))), values)


def _forget_containers(project: Project, sources: Collection[str]) -> None:
    """What a mail or zip file holds is kept by name; the one that held the person's resume is opened anew next time."""
    for id, value in project.rows("SELECT id, value FROM reads WHERE shape = 'contents'"):
        if any(member.source in sources for member in decode_contents(value).members):
            project.do("DELETE FROM reads WHERE id = ?", [id])


# ------------------------------------------------------------------------------------------------------------------ record


def _rewrite(path: Path, person: Person) -> int:
    """Write the record anew without a person; gives how many lines were changed or left out."""
    if not path.is_file():
        return 0
    part, changed = path.with_name(PART), 0
    try:
        with _told(path), open(part, "w", encoding="utf-8", newline="\n", opener=record.private) as file:
            for line in record.lines(path.parent):
                kept = _without(line, frozenset(person.resumes), person.sources)
                changed += kept != line
                if kept is not None:
                    file.write(_line(kept) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with _told(path):
            if changed:
                _replace(part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return changed


def _line(line: dict[str, Any]) -> str:
    return f'{{"n":{line["n"]},{dumps({key: value for key, value in line.items() if key != "n"})[1:]}'


def _without(line: dict[str, Any], resumes: frozenset[str], sources: Collection[str]) -> dict[str, Any] | None:
    """A line without some resumes; None where it speaks of nothing else."""
    if line.get("sha256") in resumes:
        return None
    kept = dict(line)
    for name in _LISTS:
        if name in kept:
            kept[name] = [row for row in kept[name] if not resumes & set(map(str, row))]
    if "failed" in kept:
        kept["failed"] = [row for row in kept["failed"] if row[0] not in sources]
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


# ------------------------------------------------------------------------------------------------------------------- proof


def _rests(project: Project, person: Person) -> Iterator[tuple[str, str, int]]:
    """Each trace that is found in the bytes of a file of the project, whatever its case: its kind, the file and how often."""
    for path in sorted(project.folder.iterdir()):
        if path.is_file():
            with path.open("rb") as file:
                for kind, count in found_in(file, person.traces).items():
                    yield kind, path.name, count


def _mentions(project: Project, person: Person) -> Iterator[str]:
    """Other people's resumes that have a trace of the person in their text, as a referee's name."""
    wanted = {spelling for _, text in person.traces for spelling in spellings(text)}
    for (id,) in project.rows("SELECT id FROM reads WHERE shape = 'profile' ORDER BY source"):
        source, value = project.one("SELECT source, value FROM reads WHERE id = ?", [id]) or ("", "")
        data = value.encode().lower()
        if any(spelling in data for spelling in wanted):
            yield source
