"""A crew of one, the test's own process: no process is started and no engine is built, so that a command costs a moment."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

from matcher.batch import Outcome, ReadOptions, Task, worker


class Boundless:
    """Takes the place of a worker's memory limit, which would be the test's own."""

    def limit(self, allowance: int) -> AbstractContextManager[None]:
        return nullcontext()

    def give_back(self) -> None:
        pass


class Alone:
    """Takes the place of `Crew`: does to each file what a worker does, its answer pickled and read back."""

    def __init__(self, workers: int, options: ReadOptions, maker: worker.ReaderMaker, few: bool = False) -> None:
        worker._state.update(options=options, read=None, problem=None, memory=Boundless())
        try:
            worker._state["read"] = maker(options)
        except Exception as error:
            worker._state["problem"] = worker._failure(error)

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        worker._state.clear()

    def run(self, queue: deque[Task], stopped: Callable[[], bool]) -> Iterator[Outcome]:
        while queue and not stopped():
            task = queue.popleft()
            value, seconds = pickle.loads(worker.perform(task))
            yield Outcome(task, value, seconds)
