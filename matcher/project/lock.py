"""One run at a time: a lock on a file that the system takes back when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from matcher.errors import InputError

NAME = "lock"


class Lock:
    """Held from the moment it is made until it is let go; InputError names the run that has it.

    The file holds the number of the process, for that message alone: what counts is the lock on it, so that nothing has to be
    removed after a crash. Child processes do not inherit it.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[str] = open(folder / NAME, "a+", encoding="ascii", opener=_private)  # noqa: SIM115 - held open
        if not _taken(self._file):
            self._file.seek(0)
            holder = self._file.read(40).strip()
            self._file.close()
            who = f" (process {holder})" if holder.isdigit() else ""
            raise InputError(f"--project {folder}: another run is at work on it{who}; wait for it, or name another folder")
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()))
        self._file.flush()

    def let_go(self) -> None:
        """Give the lock back."""
        self._file.close()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


if sys.platform == "win32":

    def _taken(file: IO[str]) -> bool:
        import msvcrt

        try:
            file.seek(1000)  # beyond what is written, so that the number can still be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(file: IO[str]) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
