"""Messages for the person at the terminal: on standard error, a progress bar only where one can be seen."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from matcher.batch import Outcome
from matcher.records import Contents
from matcher.unseen import harmless, one_line

_PLAIN_WIDTH = 160
_LONGEST = 4000
"""Characters of a message that are written, half of them from its end, where the remedy stands."""


def say_error(message: str) -> None:
    """Write one line beginning with "error:"."""
    _line(f"error: {message}")


def say_warning(message: str) -> None:
    """Write one line beginning with "warning:"."""
    _line(f"warning: {message}")


def say(message: str) -> None:
    """Write one line."""
    _line(message)


def say_block(text: str) -> None:
    """Write several lines."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(harmless(text.rstrip("\n")).encode(encoding, "replace").decode(encoding) + "\n")


def _line(text: str) -> None:
    line = one_line(" ".join(text.split("\n")))
    say_block(line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}")


def show(text: str) -> None:
    """Write a result to standard output, with signs for what a terminal would obey; `cat` or `less` may stand behind a pipe."""
    show_plain(harmless(text))


def show_plain(text: str) -> None:
    """Write the text of a document to standard output: as it is, since offsets and programs refer to it, but to no terminal."""
    data = text if text.endswith("\n") else text + "\n"
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(harmless(data).encode(encoding, "replace").decode(encoding))
    else:
        sys.stdout.flush()
        buffer.write(data.encode("utf-8", "replace"))
        buffer.flush()


def width() -> int:
    """How many characters a line of output may have."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH


@contextmanager
def progress(total: int, quiet: bool, named: bool = True) -> Iterator[Callable[[Outcome], None]]:
    """Give a function to call with each outcome; draws a bar with rate and time left where standard error is a terminal.

    It grows by the documents that containers turn out to hold. `named`: whether it may show the name of the last file.
    """
    with steps("reading", total, quiet) as step:

        def tick(outcome: Outcome) -> None:
            many = len(outcome.value.members) + len(outcome.value.unread) if isinstance(outcome.value, Contents) else 0
            step(1, many, outcome.source if named else "")

        yield tick


Step = Callable[[int, int, str], None]
"""Told how many were done, by how many the whole has grown, and the name of the last one."""


@contextmanager
def steps(doing: str, total: int, quiet: bool) -> Iterator[Step]:
    """Give a function to call with what was done of something; a bar as in `progress`."""
    if quiet or not total or not sys.stderr.isatty():
        yield lambda done, more, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    texts = (TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), *texts)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        row = bar.add_task("", total=total, visible=total > 1, rate="")

        def step(done: int, more: int, name: str) -> None:
            nonlocal total
            total += more
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            rate = f"{speed:.1f}/s" if speed else ""
            bar.update(row, advance=done, total=total, visible=total > 1, description=one_line(name[-40:]), rate=rate)

        yield step
