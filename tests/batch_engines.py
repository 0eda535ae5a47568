"""Engines that stand in for the real one inside worker processes, and do to them what bad files do."""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import UnreadableError

kept = []


@dataclass(frozen=True)
class Read:
    source: str
    text: str
    pid: int = 0


class Misbehaving:
    """Does what the first word of the file says."""

    def __call__(self, task, data):
        text = data.decode("utf-8", "replace")
        action = text.split(" ", 1)[0]
        if hasattr(self, f"do_{action}"):
            text = getattr(self, f"do_{action}")(text) or text
        return Read(task.source, text, os.getpid())

    def do_hang(self, text):
        while True:
            pass

    def do_sleep(self, text):
        time.sleep(0.3)

    def do_litter(self, text):
        tempfile.mkstemp(prefix="litter-")
        self.do_hang(text)

    def do_hold(self, text):
        # pow() of big numbers is one call into C that no signal handler interrupts.
        pow(3, 10**9)

    def do_exit(self, text):
        os._exit(3)

    def do_abort(self, text):
        os.abort()

    def do_eat(self, text):
        hoard = []
        while True:
            hoard.append(bytearray(2**24))

    def do_scatter(self, text):
        kept.extend([bytearray(1000) for _ in range(100_000)][::1000])

    def do_keep(self, text):
        kept.append(bytearray(60 * 2**20))

    def do_tell(self, text):
        """The address space that this process had at most, and the memory that it holds, in KiB."""
        told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
        return f"{told['VmPeak']} {told['VmRSS']}".replace("kB", "")

    def do_refuse(self, text):
        raise UnreadableError("is password-protected; save a copy without a password", "encrypted")

    def do_fail(self, text):
        raise ZeroDivisionError("a bug")

    def do_recurse(self, text):
        self.do_recurse(text)


class Unpicklable(Misbehaving):
    def __call__(self, task, data):
        return lambda: None


def misbehaving(options):
    return Misbehaving()


def unpicklable(options):
    return Unpicklable()


def stillborn(options):
    raise UnreadableError("no engine today", "broken")


def dead_at_birth(options):
    os._exit(7)


class LateBorn:
    """A maker whose first worker dies at birth; the others do what the files say. `mark` is where they know it from."""

    def __init__(self, mark):
        self.mark = mark

    def __call__(self, options):
        if not self.mark.exists():
            self.mark.touch()
            os._exit(7)
        return Misbehaving()


class Maker:
    """A maker that fails, in the worker, while the worker is being born."""

    def __init__(self, error):
        self.error = error

    def __reduce__(self):
        return _fail, (self.error,)


def _fail(error):
    raise error
