"""`read_all`: tasks in, outcomes out in the order of their names, duplicates read once, Ctrl-C answered with what is there."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import is_dataclass, replace
from typing import Any

from matcher.batch import worker
from matcher.batch.records import INTERRUPTED, Failure, Known, Operation, Outcome, ReadOptions, Task
from matcher.records import Contents

OnResult = Callable[[Outcome], None]

_FEW = 4
"""Files that are read before more than they need would have been made ready."""


def default_workers() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def read_all(
    tasks: Iterable[Task],
    *,
    workers: int,
    options: ReadOptions,
    on_result: OnResult | None = None,
    maker: worker.ReaderMaker = worker.make_reader,
    known: Known | None = None,
) -> Iterator[Outcome]:
    """Yield one Outcome a task, ordered by source, as soon as the order allows; failures are outcomes too, nothing is raised.

    The outcome of a container is followed by one for each document in it, again ordered by source.
    `on_result` hears of each outcome the moment it is known (progress). After Ctrl-C no further file is begun and all that are
    left have the failure "interrupted"; a second Ctrl-C raises KeyboardInterrupt. Give a generator you leave early to `close()`.
    What is `known` is not read again; without anything else to read no process is started.
    """
    ordered = tuple(dict.fromkeys(sorted(tasks, key=lambda task: task.order)))
    line = _Line(ordered, on_result or (lambda outcome: None), known)
    if not line.todo:
        for task in ordered:
            yield from line.take(task)
        return
    from matcher.batch.crew import Crew

    many = any(map(_holds_many, line.todo))
    size = workers if many else min(workers, len(line.todo))
    with _stop_flag() as stopped, Crew(size, options, maker, few=not many and len(line.todo) <= _FEW) as crew:
        line.found = crew.run(line.todo, stopped)
        for task in ordered:
            yield from line.take(task)


def expect_few() -> None:
    """Say that `read_all` will be called for a file or two, so that what reads them is loaded in the meantime."""
    from matcher.batch.crew import summon

    summon()


def _holds_many(task: Task) -> bool:
    """Whether a task is likely to become as many tasks as all workers can read at once."""
    return bool(task.endings) and task.path is not None and task.path.suffix.lower() == ".zip"


class _Line:
    """Outcomes that came before their turn; and for each container the tasks that its documents became.

    `todo` are the tasks to read, `found` the outcomes of these as they come.
    """

    def __init__(self, ordered: Sequence[Task], hear: OnResult, known: Known | None) -> None:
        self._known, self._hear = known, hear
        self._had: set[Task] = set()
        self._ready: dict[Task, Outcome] = {}
        self._parts: dict[Task, list[Task]] = {}
        self.todo: deque[Task] = deque()
        self.found: Iterator[Outcome] = iter(())
        unread = [task for task in ordered if not self._is_known(task)]
        originals = _originals(unread)
        self._copies: dict[Task, list[Task]] = defaultdict(list)
        for copy, original in originals.items():
            self._copies[original].append(copy)
        self.todo.extend(task for task in unread if task not in originals)

    def take(self, task: Task) -> Iterator[Outcome]:
        """The outcome of a task, once it is there, and those of the documents in it."""
        while task not in self._ready and task not in self._had:
            outcome = next(self.found, None)
            if outcome is None:
                self._ready[task] = Outcome(task, INTERRUPTED)
                break
            self._arrive(outcome)
        found = self._ready.pop(task, None)
        if found is None and self._known is not None:
            found = Outcome(task, self._known.find(task))
        if found is not None:
            yield found
        for part in self._parts.pop(task, ()):
            yield from self.take(part)

    def _is_known(self, task: Task) -> bool:
        """Whether a task was done in an earlier run; the documents of a known container take their places at once."""
        if self._known is None or not self._known.has(task):
            return False
        self._had.add(task)
        contents = self._known.opened(task)
        if contents is not None:
            self._open(task, contents, self.todo.append)
        return True

    def _arrive(self, outcome: Outcome) -> None:
        self._settle(outcome)
        for copy in self._copies.pop(outcome.task, ()):
            self._settle(_as_copy(outcome, copy))

    def _settle(self, outcome: Outcome) -> None:
        self._hear(outcome)
        value = self._known.keep(outcome) if self._known else outcome.value
        self._ready[outcome.task] = replace(outcome, value=value)
        if isinstance(outcome.value, Contents):
            fresh: list[Task] = []
            self._open(outcome.task, outcome.value, fresh.append)
            self.todo.extendleft(reversed(fresh))

    def _open(self, task: Task, contents: Contents, add: Callable[[Task], None]) -> None:
        """Give the documents of a container to who will read them, and note those that cannot be read."""
        members = [replace(task, source=item.source, inside=item.inside) for item in contents.members]
        unread: list[Task] = []
        for number, item in enumerate(contents.unread):
            part = replace(task, source=item.source, inside=(-1, number))
            self._ready[part] = Outcome(part, Failure(item.code, item.message))
            self._hear(self._ready[part])
            unread.append(part)
        for member in members:
            if not self._is_known(member):
                add(member)
        self._parts[task] = sorted([*members, *unread], key=lambda part: (part.source, part.inside))


# -------------------------------------------------------------------------------------------------------------- duplicates


def _originals(ordered: Sequence[Task]) -> dict[Task, Task]:
    """Which tasks need not be read, and the task whose result they share: same bytes, same ending, same operation.

    Only files of equal size are opened to be compared.
    """
    by_size: dict[tuple[Any, ...], list[Task]] = defaultdict(list)
    for task in ordered:
        size = _size(task)
        if size and task.path is not None and task.operation is not Operation.ROLES:
            by_size[task.operation, task.kind, task.path.suffix.lower(), size].append(task)
    return {copy: first for group in by_size.values() if len(group) > 1 for copy, first in _copies(group)}


def _size(task: Task) -> int:
    try:
        return task.path.stat().st_size if task.path is not None else 0
    except OSError:
        return 0


def _copies(group: Sequence[Task]) -> Iterator[tuple[Task, Task]]:
    firsts: dict[bytes, Task] = {}
    for task in group:
        digest = _digest(task)
        if digest is None:
            continue
        first = firsts.setdefault(digest, task)
        if first is not task:
            yield task, first


def _digest(task: Task) -> bytes | None:
    try:
        with open(str(task.path), "rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _as_copy(outcome: Outcome, task: Task) -> Outcome:
    """Put the outcome of an identical file under this file's own name."""
    value = outcome.value
    if isinstance(value, Failure):
        value = replace(value, message=value.message.replace(outcome.source, task.source))
    elif isinstance(value, Contents):
        value = value.under(outcome.source, task.source)
    else:
        value = _renamed(value, outcome.source, task.source)
    return Outcome(task, value)


def _renamed(value: Any, old: str, new: str) -> Any:
    """A value of any operation under a new source; posts of a list go by "source#id"."""
    if isinstance(value, tuple):
        return tuple(_renamed(item, old, new) for item in value)
    if isinstance(value, dict):
        return {**value, "source": new + str(value.get("source", old)).removeprefix(old)}
    return replace(value, source=new) if is_dataclass(value) and not isinstance(value, type) else value


# ------------------------------------------------------------------------------------------------------------------ Ctrl-C


@contextmanager
def _stop_flag() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a flag, so that no work is torn in the middle; the second one is the usual exception."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    raised = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: Any) -> None:
        raised.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield raised.is_set
    finally:
        signal.signal(signal.SIGINT, before)
