"""A pool of workers that survives whatever its files do to it.

Pebble kills a worker that is over its time and replaces one that crashes. Two things are added here: a pool that breaks as a
whole is built again, and the files that were in flight are then read one at a time, so that only the guilty one pays. A pool
may break before it took anything (the system killed a worker at its birth): who was alone is tried once more before it is blamed.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures import TimeoutError as TimedOut
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from tempfile import TemporaryDirectory

from pebble import CONSTS, ProcessExpired, ProcessPool

from matcher.batch import worker
from matcher.batch.records import Failure, Outcome, ReadOptions, Task

PRELOAD = (
    "matcher.batch.hush",
    "matcher.batch.begin",
    "ctypes",
    "spacy.lang.en",
    "pdfminer.pdfinterp",
    "pdfminer.pdfpage",
    "pebble",
    "matcher.documents",
    "matcher.documents.packed.containers",
    "matcher.reading",
    "matcher.matching",
    "matcher.batch.worker",
)
"""Modules that the fork server imports once, so that a worker that replaces a killed one starts in milliseconds."""

FOR_MANY = ("docx", "ftfy", "matcher.documents.pdf.reader")
"""Those that not every file needs: a worker that reads one file imports them itself, if it must."""

_TICK = 0.2  # seconds between looks at the stop flag
_LOOK = {False: 0.1, True: 0.02}
"""Seconds between the pool's own looks: at its end it waits for the last of them, which is long only after a file or two."""
_SILENCE = 120.0  # seconds beyond the time limit after which a pool that answers nothing counts as broken
_FILES_PER_WORKER = 400  # a worker is replaced after so many files: what C libraries leak does not add up


class Crew:
    """Workers that turn tasks into outcomes; use as a context manager, which kills what still runs at its end.

    `few`: no worker is to read more than a file or two, so that each makes for itself what not all of them need.
    """

    def __init__(self, workers: int, options: ReadOptions, maker: worker.ReaderMaker, few: bool = False) -> None:
        self.workers = workers
        self.options = options
        self.maker = maker
        self.few = few
        self._pool: ProcessPool | None = None
        self._look = CONSTS.sleep_unit
        self._doubted: Task | None = None
        # What workers that are killed leave behind (a page that was given to OCR) goes with this folder.
        self._scratch = TemporaryDirectory(prefix="matcher-", ignore_cleanup_errors=True)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._dismiss()
        self._scratch.cleanup()

    def run(self, queue: deque[Task], stopped: Callable[[], bool]) -> Iterator[Outcome]:
        """Outcomes as they are ready, in no order; ends early, leaving tasks without an outcome, when `stopped()` says so.

        The queue is emptied; who is given an outcome may put further tasks into it.
        """
        suspects = deque[Task]()
        flying: dict[Future[bytes], Task] = {}
        heard = time.monotonic()
        while (queue or suspects or flying) and not stopped():
            try:
                self._send(queue, suspects, flying)
                done, _ = wait(flying, timeout=_TICK, return_when=FIRST_COMPLETED)
                self._check_alive(bool(done), heard)
                for future in done:
                    heard = time.monotonic()
                    yield self._outcome(flying[future], future)
                    del flying[future]
            except BrokenProcessPool:
                heard = time.monotonic()
                self._dismiss()
                yield from self._salvage(flying, suspects)

    def _send(self, queue: deque[Task], suspects: deque[Task], flying: dict[Future[bytes], Task]) -> None:
        """Keep the workers busy, but never much ahead of them; suspects go one at a time and alone."""
        if suspects:
            if not flying:
                task = suspects.popleft()
                flying[self._schedule(task)] = task
            return
        while queue and len(flying) < 4 * self.workers:
            flying[self._schedule(queue[0])] = queue[0]
            queue.popleft()

    def _check_alive(self, heard_now: bool, heard: float) -> None:
        """Raise BrokenProcessPool where no answer will come: a pool that breaks forgets what it was given in that moment."""
        broken = self._pool is not None and not self._pool.active
        if not heard_now and (broken or time.monotonic() - heard > self.options.seconds + _SILENCE):
            raise BrokenProcessPool("no answer")

    def _salvage(self, flying: dict[Future[bytes], Task], suspects: deque[Task]) -> Iterator[Outcome]:
        """Sort what was in flight when the pool broke: alone twice = guilty, alone or in company = suspect."""
        found = list(flying.values())
        flying.clear()
        if len(found) > 1:
            suspects.extend(found)
        elif found and found[0] is self._doubted:
            yield Outcome(found[0], _crashed(None))
        elif found:
            self._doubted = found[0]
            suspects.appendleft(found[0])  # the next to go, so that one doubted task is all there is to remember

    def _outcome(self, task: Task, future: Future[bytes]) -> Outcome:
        try:
            value, seconds = pickle.loads(future.result())
        except BrokenProcessPool:
            raise
        except TimedOut:
            limit = f"{self.options.seconds:g} s"
            message = f"took longer than {limit} to read and was stopped; raise --max-seconds or save the file anew"
            return Outcome(task, Failure("too-slow", message, passing=True), self.options.seconds)
        except ProcessExpired as error:
            return Outcome(task, _crashed(error.exitcode))
        except (CancelledError, Exception) as error:
            message = f"the reader's answer could not be understood ({type(error).__name__}); please report it"
            return Outcome(task, Failure("internal", message, passing=True))
        return Outcome(task, value, seconds)

    def _schedule(self, task: Task) -> Future[bytes]:
        if self._pool is None:
            self._pool = self._recruit()
        try:
            return self._pool.schedule(worker.perform, args=(task,), timeout=self.options.seconds)
        except RuntimeError as error:
            raise BrokenProcessPool(str(error)) from error

    def _recruit(self) -> ProcessPool:
        setup = (self.maker, self.options, self._scratch.name)
        self._look, CONSTS.sleep_unit = CONSTS.sleep_unit, _LOOK[self.few]  # of the whole process, so it is put back
        context = _context(self.maker is worker.make_reader and self.options.overlay is None, self.few)
        return ProcessPool(self.workers, _FILES_PER_WORKER, worker.start, setup, context)

    def _dismiss(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
            CONSTS.sleep_unit = self._look


def summon() -> None:
    """Have the fork server, where there is one, begin to load what a few files need while the caller does something else."""
    context = _context(warm=True, few=True)
    if context.get_start_method() == "forkserver":
        from multiprocessing import forkserver  # not everywhere

        forkserver.ensure_running()


def _context(warm: bool, few: bool) -> BaseContext:
    """Give a fork server on Linux; elsewhere fresh processes, for forking is not safe (macOS) or not there (Windows).

    `warm`: with the engine over the built-in taxonomy built.
    """
    # Set before the first worker starts: one thread each, or workers would fight for the cores.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    # Or a fork server would import what lies in the folder that the command is called in: docx.py beside the resumes. Whoever
    # runs a checkout from its own folder wants just that.
    if Path(__file__).resolve().parents[2] != Path.cwd():
        os.environ.setdefault("PYTHONSAFEPATH", "1")
    if sys.platform == "linux":
        context = multiprocessing.get_context("forkserver")
        engine = ["matcher.batch.warm"] if few else [*FOR_MANY, "matcher.batch.ready"]
        context.set_forkserver_preload([*PRELOAD, *engine] if warm else [*PRELOAD, *FOR_MANY])
        return context
    return multiprocessing.get_context("spawn")


def _crashed(exitcode: int | None) -> Failure:
    how = f" (exit code {exitcode})" if exitcode else ""
    return Failure("crashed", f"made its reader crash{how}; the file may be damaged, save it anew", passing=True)
