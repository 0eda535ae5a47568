"""The record: a line of JSON for everything that happened, appended and never changed, but where a person is erased.

A line is first put into the database, together with what it speaks of, and then appended to the file: whatever ends the program
in between, no line is lost and none is written twice, for each has a number.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project.codec import dumps, loads
from matcher.project.store import RECORD, Project

_NUMBER = "n"
_BACK = 1 << 16


def now() -> str:
    """The time in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def note(project: Project, event: str, **data: Any) -> None:
    """Put a line into the record; it is in the file after `flush`."""
    project.do("INSERT INTO record (line) VALUES (?)", [dumps({"event": event, "time": now(), **data})])


def flush(project: Project) -> None:
    """Append to the file the lines that wait; raises InputError where that cannot be done, and then they go on waiting."""
    path = project.folder / RECORD
    try:
        last = _mend(path)
        waiting = project.rows("SELECT id, line FROM record WHERE id > ? ORDER BY id", [last])
        if waiting:
            text = "".join(f'{{"{_NUMBER}":{id},{line[1:]}\n' for id, line in waiting)
            with open(path, "ab", opener=_private) as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror or error}); free some space and run again: nothing of it is lost"
        raise InputError(message) from error
    project.do("DELETE FROM record")


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of a project's record, the oldest first."""
    path = folder / RECORD
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield loads(line)


def _mend(path: Path) -> int:
    """Cut off a line that was torn by the end of a run; gives the number of the last whole one."""
    if not path.is_file():
        return 0
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        back, tail = _BACK, b""
        while end:
            start = max(0, end - back)
            file.seek(start)
            tail = file.read(end - start)
            whole = tail.rfind(b"\n") + 1
            if (tail.rfind(b"\n", 0, max(0, whole - 1)) >= 0 and whole) or not start:
                break
            back *= 4
        else:
            return 0
        if whole < len(tail):
            file.truncate(start + whole)
        kept = tail[:whole].rstrip(b"\n")
        line = kept[kept.rfind(b"\n") + 1 :]
        return int(loads(line).get(_NUMBER, 0)) if line else 0


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
