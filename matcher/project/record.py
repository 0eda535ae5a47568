"""The record: a line of JSON for everything that happened, appended and never changed, but where a person is erased.

A line is first put into the database, together with what it speaks of, and then appended to the file: whatever ends the program
in between, no line is lost and none is written twice, for each has a number.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project.codec import dumps, loads
from matcher.project.store import RECORD, Project

_NUMBER = "n"
_BACK = 1 << 16
DECISION = ("sha256", "resume", "job", "title", "decision", "note", "time")
"""What is kept of a decision, in the record and in the database."""
_LAST_RUN = "last run"
"""What goes by this name in the database is the number of the last run that only the file knows of."""
_ANEW = "record begun anew"
"""What goes by this name in the database says that the file was moved away or lost, and that no run was told since."""
_BEGIN = "record begins"
"""What goes by this name in the database is the number of the first line of a file that was begun anew."""


def now() -> str:
    """The time in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def note(project: Project, event: str, **data: Any) -> None:
    """Put a line into the record; it is in the file after `flush`."""
    project.do("INSERT INTO record (line) VALUES (?)", [dumps({"event": event, "time": now(), **data})])


def flush(project: Project) -> None:
    """Append to the file the lines that wait; raises InputError where that cannot be done, and then they go on waiting."""
    path = project.folder / RECORD
    with _told(path):
        last = _mend(path)
        if not last:
            _begin(project)
        _catch_up(project, path, last)
        waiting = project.rows("SELECT id, line FROM record ORDER BY id")
        if waiting:
            text = "".join(_line(id, line) + "\n" for id, line in waiting)
            with open(path, "ab", opener=private) as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
    project.do("DELETE FROM record")


def next_run(project: Project) -> tuple[int, int]:
    """The number of the next run, and that of the run which it goes on from, as the database knows; 0 = it begins anew."""
    (last,) = project.one("SELECT coalesce(max(id), 0) FROM runs") or (0,)
    since = 0 if project.noted(_ANEW) else last
    return max(last, int(project.noted(_LAST_RUN) or 0)) + 1, since


def told_anew(project: Project) -> None:
    """Note that a run was told whole: the next one may go on from it."""
    project.note(_ANEW, None)


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of a project's record, the oldest first; InputError for one that is none."""
    path = folder / RECORD
    if path.is_file():
        with _told(path, "read"), path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _understood(path, line, number)


def _line(id: int, line: str) -> str:
    return f'{{"{_NUMBER}":{id},{line[1:]}'


def _understood(path: Path, line: bytes, number: int | None = None) -> dict[str, Any]:
    try:
        found = loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get(_NUMBER), int) or not isinstance(found.get("event"), str):
        where = f"line {number}" if number else "the last line"
        raise InputError(f"{path}: {where} is no line of the record; mend it, or move the file away: a new one is begun")
    return found


@contextmanager
def _told(path: Path, what: str = "written") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        remedy = "free some space" if full else "see whether it is a file of yours"
        message = f"{path}: cannot be {what} ({error.strerror or error}); {remedy} and run again: nothing of it is lost"
        raise InputError(message) from error


# ------------------------------------------------------------------------------------------------------- after an odd end


def _mend(path: Path) -> int:
    """Cut off a line that was torn by the end of a run; gives the number of the last whole one, 0 where there is none."""
    if not path.is_file():
        return 0
    with path.open("r+b") as file:
        size, back = file.seek(0, os.SEEK_END), _BACK
        while True:
            start = max(0, size - back)
            file.seek(start)
            tail = file.read(size - start)
            kept = tail.rstrip(b"\r\n \t")
            if not start or b"\n" in kept:
                break
            back *= 4
        begin = kept.rfind(b"\n") + 1
        if not tail.endswith(b"\n") and kept:
            if _is_torn(kept[begin:]):
                file.truncate(start + begin)
                file.flush()
                os.fsync(file.fileno())
                return _mend(path)
            file.write(b"\n")  # an editor may leave out the end of the last line
        return int(_understood(path, kept[begin:])[_NUMBER]) if kept else 0


def _is_torn(line: bytes) -> bool:
    """Whether a line without an end is only the beginning of one; no beginning is JSON of its own."""
    try:
        loads(line)
    except ValueError:
        return True
    return False


def _begin(project: Project) -> None:
    """Where lines were written to a file that is no more, all is told again in the next run: a record stands for itself."""
    (written,) = project.one("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'record'") or (0,)
    (waiting,) = project.one("SELECT coalesce(min(id), ?) FROM record", [written + 1]) or (0,)
    if waiting > 1 and project.noted(_BEGIN) != str(waiting):
        with project.whole():
            project.do("UPDATE fits SET told = 0")
            project.note(_ANEW, "yes")
            project.note(_BEGIN, str(waiting))


def _catch_up(project: Project, path: Path, last: int) -> None:
    """Where the file has numbers that the database gives out again, what waits gets others.

    Lines that the file has already were written just before a run ended. Any others come from a database that is older than the
    file, put back from a copy or made anew: a new one takes the decisions from the record, for files do not say them.
    """
    waiting = project.rows("SELECT id, line FROM record WHERE id <= ? ORDER BY id", [last])
    row = project.one("SELECT seq FROM sqlite_sequence WHERE name = 'record'")
    if not waiting and row is not None and row[0] >= last:
        return
    ids = {id for id, _ in waiting}
    there, runs, decided = dict[int, dict[str, Any]](), [0], list[dict[str, Any]]()
    for line in lines(path.parent):
        if line[_NUMBER] in ids:
            there[line[_NUMBER]] = line
        if line["event"] == "run":
            runs.append(int(line.get("run", 0)))
        elif line["event"] == "decision" and row is None:
            decided.append(line)
    with project.whole():
        for line in decided:
            values = [line.get(name, "") for name in DECISION]
            project.do(f"INSERT INTO decisions ({', '.join(DECISION)}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        project.do("DELETE FROM sqlite_sequence WHERE name = 'record'")
        project.do("INSERT INTO sqlite_sequence VALUES ('record', ?)", [max(last, row[0] if row else 0)])
        for id, line in waiting:
            project.do("DELETE FROM record WHERE id = ?", [id])
            if there.get(id) != loads(_line(id, line)):
                project.do("INSERT INTO record (line) VALUES (?)", [line])
        project.note(_LAST_RUN, str(max(runs)))


def private(path: str, flags: int) -> int:
    """Opens a file that its owner alone may read."""
    return os.open(path, flags, 0o600)
