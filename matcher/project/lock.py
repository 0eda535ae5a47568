"""One run at a time: a lock on a file that the system takes back when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from matcher.errors import InputError

NAME = "lock"


class Lock:
    """Held from the moment it is made until it is let go; InputError names the run that has it.

    The file holds the number of the process, for that message alone: what counts is the lock on it, so that nothing has to be
    removed after a crash. Child processes do not inherit it. OSError where the disk knows no locks.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _taken(self._file):
                holder = os.read(self._file, 40).decode("ascii", "replace").strip()
                who = f" (process {holder})" if holder.isdigit() else ""
                raise InputError(f"--project {folder}: another run is at work on it{who}; wait for it, or name another folder")
            with suppress(OSError):  # without room for the number, the lock is as good
                os.ftruncate(self._file, 0)
                os.write(self._file, str(os.getpid()).encode())
        except BaseException:
            os.close(self._file)
            raise

    def let_go(self) -> None:
        """Give the lock back."""
        os.close(self._file)


if sys.platform == "win32":

    def _taken(file: int) -> bool:
        import msvcrt

        try:
            os.lseek(file, 1000, os.SEEK_SET)  # beyond what is written, so that the number can still be read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:

    def _taken(file: int) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
