"""The folder of a project: one SQLite file, readable by its owner alone, and who may write to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project.lock import NAME as LOCK
from matcher.project.lock import Lock

DATABASE, RECORD = "project.sqlite", "record.jsonl"
PART = f"{RECORD}.part"
FOLDER_FILES = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", RECORD, PART, LOCK})
"""All files of a project."""
_MARK = 0x6D617463  # "matc": tells this file from any other SQLite file
_FULL_SPEECH = "what was finished is kept; free some space and run again"
_BACK_SPEECH = f"put a copy back, or name a new folder and rank again: {RECORD} is left as it is"

_FIRST = """
CREATE TABLE reads (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, shape TEXT NOT NULL, source TEXT NOT NULL,
    sha256 TEXT NOT NULL, name TEXT, notices TEXT NOT NULL, value TEXT NOT NULL, since TEXT NOT NULL
) STRICT;
CREATE INDEX reads_sha256 ON reads (sha256);
CREATE TABLE files (
    place TEXT PRIMARY KEY, size INTEGER NOT NULL, changed TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE inputs (
    place TEXT NOT NULL, inside TEXT NOT NULL, source TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (place, inside, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE ranked (source TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (source, sha256)) STRICT, WITHOUT ROWID;
CREATE TABLE openings (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, musts TEXT NOT NULL
) STRICT;
CREATE TABLE fits (
    opening INTEGER NOT NULL, profile INTEGER NOT NULL, logit INTEGER NOT NULL, held TEXT NOT NULL, told INTEGER NOT NULL,
    PRIMARY KEY (opening, profile)
) STRICT, WITHOUT ROWID;
CREATE TABLE people (
    sha256 TEXT PRIMARY KEY, person INTEGER NOT NULL, newest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX people_person ON people (person);
CREATE TABLE marks (mark TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (mark, sha256)) STRICT, WITHOUT ROWID;
CREATE INDEX marks_sha256 ON marks (sha256);
CREATE TABLE same (one TEXT NOT NULL, other TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, resume TEXT NOT NULL, job TEXT NOT NULL, title TEXT NOT NULL,
    decision TEXT NOT NULL, note TEXT NOT NULL, time TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_sha256 ON decisions (sha256);
CREATE TABLE outputs (
    place TEXT PRIMARY KEY, key TEXT NOT NULL, size INTEGER NOT NULL, changed TEXT NOT NULL, sha256 TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, time TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE record (id INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT NOT NULL) STRICT;
"""
_SECOND = """
ALTER TABLE ranked ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
CREATE TABLE papers (place TEXT PRIMARY KEY, what TEXT NOT NULL, time TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_THIRD = """
CREATE TABLE copies (
    key TEXT NOT NULL, folder TEXT NOT NULL, ending TEXT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (key, folder, ending)
) STRICT;
"""
_FOURTH = "ALTER TABLE inputs ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';"
_STEPS = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""What makes the tables; a project of an earlier version is given what it lacks. A step that was shipped is never changed."""
SCHEMA = len(_STEPS)


class Project:
    """A project that is open for one run; use as a context manager, and get it from `open_project`.

    What goes wrong with the file is told as an InputError. Work is committed often: whatever ends the program, what was committed
    is there, and what was not leaves no trace.
    """

    def __init__(self, folder: Path, make: bool = True) -> None:
        self.folder, self.resumed = folder, 0
        """`resumed` counts resumes of an erasure that had been stopped, and was finished when the project was opened."""
        _make(folder, make)
        with self._told():
            self._lock = Lock(folder)
        try:
            with self._told():
                self._db = _connected(folder / DATABASE)
        except BaseException:
            self._lock.let_go()
            raise

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put everything into the one file and let others in."""
        try:
            self._db.close()
        except sqlite3.Error:
            pass  # what was committed is safe in the journal
        finally:
            self._lock.let_go()

    # --------------------------------------------------------------------------------------------------------- statements

    def rows(self, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._told():
            return self._db.execute(statement, tuple(values)).fetchall()

    def one(self, statement: str, values: Iterable[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query."""
        with self._told():
            found: tuple[Any, ...] | None = self._db.execute(statement, tuple(values)).fetchone()
        return found

    def do(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Run a statement; gives the id of the row that it put in."""
        with self._told():
            return self._db.execute(statement, tuple(values)).lastrowid or 0

    def do_all(self, statement: str, rows: Iterable[Iterable[Any]]) -> None:
        """Run a statement for each row of values."""
        with self._told():
            self._db.executemany(statement, map(tuple, rows))

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Statements that take effect together or not at all."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def check(self) -> None:
        """Look through the whole file; raises InputError where it is damaged."""
        with self._told():
            (found,) = self._db.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)

    def noted(self, name: str) -> str | None:
        """What was noted under a name."""
        row = self.one("SELECT value FROM notes WHERE name = ?", [name])
        return str(row[0]) if row else None

    def note(self, name: str, value: str | None) -> None:
        """Note something that the next run has to know; None takes the note away."""
        self.do("DELETE FROM notes WHERE name = ?", [name])
        if value is not None:
            self.do("INSERT INTO notes VALUES (?, ?)", [name, value])

    def shrink(self) -> None:
        """Write the file anew without what was deleted, and empty the journal."""
        with self._told():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.execute("VACUUM")
        self.settle()

    def settle(self) -> None:
        """Put everything into the one file, and empty the journal."""
        with self._told():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite says into one line with the remedy."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise InputError(f"--project {self.folder}: {_speech(error)}") from error
        except OSError as error:
            what = f"{Path(str(error.filename)).name or 'it'} cannot be used" if error.filename else "cannot be used"
            raise InputError(f"--project {self.folder}: {what} ({error.strerror or error}); see whether it is yours") from error


def refuse_own(folder: Path, paths: Iterable[Path]) -> None:
    """Raise InputError for a file of results that would take the place of a project's own file."""
    for path in paths:
        if path.name.casefold() in FOLDER_FILES and os.path.realpath(path.parent) == os.path.realpath(folder):
            raise InputError(f"--out {path}: is the project's own file; choose another name")


def _speech(error: sqlite3.DatabaseError) -> str:
    code = getattr(error, "sqlite_errorname", "")
    if str(error).startswith("Could not decode"):  # its words repeat what the column holds
        return f"{DATABASE} is damaged (letters that are none); {_BACK_SPEECH}"
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return f"cannot be written ({error}); {_FULL_SPEECH}"
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return f"cannot be written ({error}); see whether the folder is yours, or name another one"
    if not code or code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return f"{DATABASE} is damaged ({error}); {_BACK_SPEECH}"
    return f"{DATABASE} cannot be used ({error})"


def _make(folder: Path, make: bool) -> None:
    if not make and not (folder / DATABASE).is_file():
        raise InputError(f"--project {folder}: is no project; matcher rank --project {folder} makes one")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / DATABASE).exists() and any(path.name not in FOLDER_FILES for path in folder.iterdir()):
            raise InputError(f"--project {folder}: holds other files; name an empty or a new folder")
        for path in (folder / name for name in FOLDER_FILES):
            if (path.exists() or path.is_symlink()) and not path.is_file():
                raise InputError(f"{path}: is no file; move it away, and run again")
        os.chmod(folder, 0o700)
    except OSError as error:
        raise InputError(f"--project {folder}: cannot be used as a folder ({error.strerror or error})") from error


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file, made with its tables where it is new; deleted data is overwritten with zeros."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    found = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        found.execute("PRAGMA secure_delete = ON")
        found.execute("PRAGMA journal_mode = WAL")
        found.execute("PRAGMA synchronous = NORMAL")
        _upgrade(path, found)
    except BaseException:
        found.close()
        raise
    return found


def _upgrade(path: Path, found: sqlite3.Connection) -> None:
    """Make the tables that are not there; InputError for a file of another program or of a later version."""
    (schema,) = found.execute("PRAGMA user_version").fetchone()
    new = not schema and not found.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not new and (not schema or found.execute("PRAGMA application_id").fetchone()[0] != _MARK):
        raise InputError(f"{path}: was made by another version or another program; name a new folder")
    if schema > SCHEMA:
        raise InputError(f"{path}: was made by another version of this program, a later one; update it, or name a new folder")
    if schema < SCHEMA:
        steps = " ".join(_STEPS[schema:])
        found.executescript(f"BEGIN; {steps} PRAGMA application_id = {_MARK}; PRAGMA user_version = {SCHEMA}; COMMIT;")
