"""Where extracted documents go: the screen, a folder with a file each, or one file with a line each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from matcher.cli import console
from matcher.cli.inputs import DOCUMENTS, POSTS, InputFile, identity, refuse_inputs
from matcher.errors import InputError
from matcher.report import Trouble
from matcher.report.json_lines import dumps
from matcher.report.understood import extract_text
from matcher.report.writers import check_writable, discard, part_of, put_in_place
from matcher.unseen import harmless, one_line

_UNFIT = re.compile(r'[<>:"|?*\\\x00-\x1f]')
"""Characters that some file system refuses in names; ids of job posts may hold any."""

_LONGEST_PART = 120
"""Bytes of a name that are kept: with an ending and a mark of its own it must stay below the 255 of most file systems."""

_ENDINGS = {"json": ".json", "text": ".txt", "plain": ".txt"}


class Sink(Protocol):
    """Takes documents one after the other, ordered by source."""

    def put(self, source: str, value: Any) -> None:
        """Take what was understood of a document (a dict), or its plain text; InputError says why this one is not written."""

    def end(self, troubles: Sequence[Trouble]) -> None:
        """Take what failed, and complete the output."""

    def drop(self) -> None:
        """Remove what would be left half-written."""


def check_sink(out: Path | None, shape: str) -> None:
    """Refuse, with an InputError, an --out that could not be written."""
    if out is None:
        return
    if out.is_dir() or not out.suffix:
        _make_folder(out)
    elif out.suffix.lower() != ".jsonl":
        raise InputError(f"--out {out}: unknown ending {out.suffix!r}; name a folder, FILE.jsonl, or FILE.yaml for one job post")
    elif shape != "json":
        raise InputError(f"--out {out}: holds JSON only; name a folder for --format {shape}")
    else:
        check_writable(out)


def open_sink(out: Path | None, shape: str, inputs: Sequence[InputFile]) -> Sink:
    """The sink for an --out that `check_sink` let pass, when these documents are to come; it never writes over one of them."""
    if out is None:
        return Screen(shape, alone=len(inputs) < 2 and not any(map(_holds_several, inputs)))
    if out.is_dir():
        return Folder(out, shape, frozenset(file.identity for file in inputs))
    refuse_inputs((out,), inputs)
    return Lines(out)


def _holds_several(file: InputFile) -> bool:
    from matcher.documents import JOB_LINES, is_job_lines

    return file.source.lower().endswith(JOB_LINES) or (file.data is not None and is_job_lines(file.data))


def write_whole(path: Path, text: str) -> None:
    """Write a file that is either complete or not there; raises InputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part_of(path).write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        discard(path)
        raise InputError(f"--out {path}: cannot be written ({error.strerror or error})") from error
    put_in_place(path)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {path}: the folder cannot be made ({error.strerror or error})") from error
    check_writable(path / "probe")


class Screen:
    """Standard output: one document in full; several as a line of JSON each, or under a line with their names.

    `alone`: whether one file is read; as it may yet hold several documents, the first of it waits for a second.
    """

    def __init__(self, shape: str, alone: bool) -> None:
        self._shape = shape
        self._alone = alone
        self._waiting: tuple[str, Any] | None = None

    def put(self, source: str, value: Any) -> None:
        """Print a document."""
        if self._alone and self._waiting is None:
            self._waiting = (source, value)
            return
        self._alone = False
        self._show_waiting()
        self._show(source, value)

    def end(self, troubles: Sequence[Trouble]) -> None:
        """Print what waited; what failed was told on standard error."""
        self._show_waiting()

    def drop(self) -> None:
        """Nothing: each document was complete when it was written."""

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self._show(*self._waiting)
            self._waiting = None

    def _show(self, source: str, value: Any) -> None:
        if self._shape == "json":
            console.show(dumps(value, indent=2 if self._alone else None))
        elif self._shape == "text":
            console.show(extract_text(value, console.width()) + "\n")
        else:
            if not self._alone:
                console.show(f"==> {one_line(source)} <==")
                value = f"{value}\n"
            console.show_plain(value)


class Folder:
    """A file for each document, named like it; equal names get their old ending or a number."""

    def __init__(self, folder: Path, shape: str, inputs: Collection[str] = ()) -> None:
        self._folder = folder
        self._inputs = inputs
        self._shape = shape
        self._used: set[str] = set()

    def put(self, source: str, value: Any) -> None:
        """Write a document's file."""
        path = self._folder / self._name(source)
        if identity(path) in self._inputs:
            raise InputError(f"--out {path}: is one of the inputs; choose another folder")
        if self._shape == "json":
            text = dumps(value, indent=1) + "\n"
        else:
            text = harmless(extract_text(value)) + "\n" if self._shape == "text" else value
        write_whole(path, text)

    def end(self, troubles: Sequence[Trouble]) -> None:
        """Nothing more: what failed was told on standard error."""

    def drop(self) -> None:
        """Nothing: each document was complete when it was written."""

    def _name(self, source: str) -> str:
        parts = [_short(_fit(part)) for part in PurePosixPath(source).parts if part not in ("..", "/", "//")]
        if parts[:1] in ([], ["-"]):
            parts[:1] = ["stdin"]
        whole = "/".join(parts)
        ending = _ENDINGS[self._shape]
        known = PurePosixPath(whole).suffix.lower() in DOCUMENTS | POSTS
        stem = str(PurePosixPath(whole).with_suffix("")) if known else whole
        names = [stem, whole, *(f"{whole}-{number}" for number in range(2, len(self._used) + 3))]
        name = next(name + ending for name in names if (name + ending).casefold() not in self._used)
        self._used.add(name.casefold())
        return name


def _fit(part: str) -> str:
    """A name of characters that are seen and that any file system takes; no program takes it for an option."""
    name = one_line(_UNFIT.sub("_", part))
    return f"_{name[1:]}" if name.startswith("-") and name != "-" else name


def _short(part: str) -> str:
    """A name that any file system takes; what is cut off is told apart by a digest."""
    data = part.encode("utf-8", "replace")
    if len(data) <= _LONGEST_PART:
        return part
    return f"{data[:_LONGEST_PART].decode('utf-8', 'ignore')}-{hashlib.sha256(data).hexdigest()[:8]}"


class Lines:
    """`.jsonl`: a line for each document, then one for each that failed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = part_of(path).open("w", encoding="utf-8", newline="\n")

    def put(self, source: str, value: Any) -> None:
        """Write a document's line."""
        self._file.write(dumps(value) + "\n")

    def end(self, troubles: Sequence[Trouble]) -> None:
        """Write what failed, and put the file in its place."""
        for item in troubles:
            record = {"source": item.source, "error": {"code": item.code, "message": item.message}}
            self._file.write(dumps(record) + "\n")
        self._file.close()
        put_in_place(self._path)

    def drop(self) -> None:
        """Remove what was begun."""
        self._file.close()
        discard(self._path)
