"""From the paths on the command line to the files to read: folders searched, other kinds listed, nothing read twice."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.batch import JOB_ENDINGS, Operation, Task
from matcher.errors import InputError
from matcher.records import CONTAINERS, PACKED
from matcher.report import Trouble
from matcher.unseen import one_line

STDIN = "-"
_READ = {".pdf", ".docx", ".docm", ".rtf", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt"}
_PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"}
_TOLD = {".doc", ".odt", ".pages", ".wps", ".msg", ".tex", ".mht", ".mhtml"}
"""Not read, but tried too, so that the candidate is told of, with what to do, and not lost."""
DOCUMENTS = frozenset(_READ | _PICTURES | _TOLD)
"""Endings of files that are tried as documents."""
POSTS = frozenset(JOB_ENDINGS)
"""Further endings of job posts."""

OPENED = CONTAINERS | PACKED
"""Endings of what may hold documents: mails and zip files, which are opened, and what is tried to say why it is not."""

_USUAL = (".pdf", ".docx", ".rtf", ".html", ".txt", ".jsonl", ".yaml", ".eml", ".zip")
"""Endings that are named where a folder has none of those that are read."""
_POSTS_A_TASK = 20


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, or the bytes of standard input; `source` is the path below the folder that was given."""

    source: str
    path: Path | None = None
    data: bytes | None = None

    @property
    def identity(self) -> str:
        """What tells the file from all others, however it was named."""
        return identity(self.path) if self.path else STDIN


@dataclass(frozen=True, slots=True)
class Inputs:
    """What some paths stand for: files to read, names of files that are skipped, and what cannot be used.

    `endings` are those of files that are read, in folders and in containers alike.
    """

    files: tuple[InputFile, ...] = ()
    skipped: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    endings: frozenset[str] = frozenset()


def gather(paths: Sequence[str], document: str, max_bytes: int, endings: frozenset[str] | None = None) -> Inputs:
    """Find the files under `paths`, for a "resume" or a "job"; each file once, ordered by source.

    A file that is named is tried whatever its ending; a folder gives those with known endings (`endings`, or those of
    `document`) and lists the others.
    """
    known = (endings or (DOCUMENTS | POSTS if document == "job" else DOCUMENTS)) | OPENED
    files: dict[str, InputFile] = {}
    skipped: list[str] = []
    troubles: list[Trouble] = []
    for given in paths:
        for item in _expand(given, document, max_bytes, known):
            if isinstance(item, Trouble):
                troubles.append(item)
            elif isinstance(item, str):
                skipped.append(item)
            else:
                files.setdefault(item.identity, item)
    ordered = sorted(files.values(), key=lambda file: (file.source, str(file.path)))
    return Inputs(tuple(ordered), tuple(sorted(set(skipped))), tuple(dict.fromkeys(troubles)), known)


def identity(path: Path) -> str:
    """The one spelling of a path that all ways to it share; the file need not exist."""
    return os.path.normcase(os.path.realpath(path))


def refuse_inputs(outputs: Iterable[Path], files: Iterable[InputFile]) -> None:
    """Raise InputError for an output that would replace what is to be read."""
    given = {file.identity for file in files}
    for path in outputs:
        if identity(path) in given:
            raise InputError(f"--out {path}: is one of the inputs; choose another name")


def _expand(given: str, document: str, max_bytes: int, known: frozenset[str]) -> Iterator[InputFile | Trouble | str]:
    if given == STDIN:
        yield InputFile(STDIN, data=_standard_input(max_bytes))
        return
    try:
        yield from _named(given, Path(given), document, known)
    except OSError as error:  # a folder that may not be entered, a name longer than names may be
        yield Trouble(document, _printable(given), "unreadable", f"cannot be looked up: {error.strerror}")


def _named(given: str, path: Path, document: str, known: frozenset[str]) -> Iterator[InputFile | Trouble | str]:
    if path.is_dir():
        yield from _folder(path, document, known)
    elif path.is_file():
        yield InputFile(_printable(path.name), path.absolute())
    elif path.exists():
        yield Trouble(document, _printable(given), "not-a-file", "is neither a file nor a folder")
    else:
        yield Trouble(document, _printable(given), "missing", "does not exist; check the path")


def _folder(folder: Path, document: str, known: frozenset[str]) -> Iterator[InputFile | Trouble | str]:
    unreadable: list[OSError] = []
    found = False
    for path in _walk(folder, unreadable):
        source = _printable(path.relative_to(folder).as_posix())
        if path.suffix.lower() in known:
            found = True
            yield InputFile(source, path.absolute())
        else:
            yield source
    for error in unreadable:
        yield Trouble(document, _printable(str(error.filename)), "unreadable", f"cannot be searched: {error.strerror}")
    if not found and not unreadable:
        told = " ".join(ending for ending in _USUAL if ending in known)
        yield Trouble(
            document, _printable(str(folder)), "empty-folder", f"holds no file that could be read; those are {told} ..."
        )


def _walk(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(place, name)
            if not _hidden(name) and _is_file(path, unreadable):
                yield path


def _is_file(path: Path, unreadable: list[OSError]) -> bool:
    """Whether it is a file; one in a folder that can be listed and not entered is noted as unreadable."""
    try:
        return path.is_file()
    except OSError as error:
        unreadable.append(error)
        return False


def _hidden(name: str) -> bool:
    """Whether systems and office programs put it there, not a person."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _printable(name: str) -> str:
    """A name that any output can carry: names of files need not be valid text, and may hold what a terminal obeys."""
    return one_line(os.fsencode(name).decode("utf-8", "replace"))


def _standard_input(max_bytes: int) -> bytes:
    if sys.stdin.isatty():
        raise InputError("-: standard input is the keyboard; pipe a file into it")
    return sys.stdin.buffer.read(max_bytes + 1)


# ------------------------------------------------------------------------------------------------------------------- tasks


def tasks(inputs: Inputs, operation: Operation, max_bytes: int, kind: str | None = None) -> list[Task]:
    """One task a file; a long list of job posts is cut into several, so that each has the time of a few posts."""
    found: list[Task] = []
    for file in inputs.files:
        if operation is Operation.ROLES and Path(file.source).suffix.lower() == ".jsonl":
            found.extend(_parts(file, max_bytes))
        else:
            found.append(Task(file.source, operation, file.path, file.data, kind, inputs.endings))
    return found


def _parts(file: InputFile, max_bytes: int) -> Iterator[Task]:
    """Parts keep the earlier lines as empty ones, so that a bad line is reported by its number in the file."""
    whole = Task(file.source, Operation.ROLES, file.path, file.data)
    try:
        if file.path is None or file.path.stat().st_size > max_bytes:
            yield whole
            return
        lines = file.path.read_bytes().split(b"\n")
    except OSError:
        yield whole  # its worker will say why
        return
    for first in range(0, len(lines), _POSTS_A_TASK):
        part = b"\n".join(lines[first : first + _POSTS_A_TASK])
        if part.strip() or not first:
            yield Task(file.source, Operation.ROLES, file.path, b"\n" * first + part)
