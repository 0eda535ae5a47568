"""What runs inside a worker process: one engine for its whole life, one file at a time under that file's own limits."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any

from matcher.batch.memory import Memory
from matcher.batch.records import Failure, Operation, ReadOptions, Task
from matcher.errors import InputError, LimitError, MatcherError
from matcher.records import PACKED, Contents, Kind

if TYPE_CHECKING:
    from matcher.matching import Engine

Reader = Callable[[Task, bytes], Any]
"""Makes of a task's bytes what its operation asks for; raises MatcherError for what cannot be read."""

ReaderMaker = Callable[[ReadOptions], Reader]
"""Called once in each worker process; must be importable by name there."""

JOB_ENDINGS = (".json", ".jsonld", ".jsonl", ".yaml", ".yml")
"""Endings that only job posts have."""

_MEGABYTE = 2**20
_LONGEST_TRACE = 4000
_PASSING = frozenset({"too-slow", "internal"})
"""Codes of a reader's own errors that tell more of the machine than of the file."""
_state: dict[str, Any] = {}


def make_reader(options: ReadOptions) -> Reader:
    """Build the real reader; heavy modules are imported here, so that only workers pay for them."""
    from matcher.documents import Limits

    engine = _engine(options.overlay)
    limits = Limits(max_pages=options.pages, max_bytes=options.max_bytes, max_seconds=options.seconds, ocr=options.ocr)

    def read(task: Task, data: bytes) -> Any:
        if task.operation is Operation.RESUME:
            return engine.read_resume(data, task.source, as_of=options.as_of, limits=limits)
        if task.operation is Operation.ROLES:
            return engine.read_roles(data, task.source, limits=limits)
        kind = Kind(task.kind) if task.kind else None
        if task.operation is Operation.EXTRACT:
            return engine.extract(data, task.source, kind, as_of=options.as_of, limits=limits, blind=options.blind)
        return engine.plain_texts(data, task.source, kind, limits=limits, blind=options.blind)

    return read


def _engine(overlay: Path | None) -> Engine:
    """The engine that the fork server built beforehand, where there is one; else a new one."""
    from matcher.reading.lean import import_spacy

    import_spacy()
    from matcher.matching import Engine

    warm = sys.modules.get("matcher.batch.warm")
    built: Engine | None = getattr(warm, "ENGINE", None)
    return built if built is not None and overlay is None else Engine(overlay)


def start(maker: ReaderMaker, options: ReadOptions, scratch: str) -> None:
    """Set a worker process up; never raises, since a worker that dies at birth would take its pool with it.

    `scratch` is the folder for what libraries write on the way.
    """
    tempfile.tempdir = scratch
    # Pebble's own handler is Python code: it would not run while C code hangs, and the kill would have to wait for SIGKILL.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _no_core_dumps()
    _state.update(options=options, read=None, problem=None)
    gc.disable()  # hardly anything of what is made now is ever given up
    try:
        _state["read"] = maker(options)
    except Exception as error:
        _state["problem"] = _failure(error)
    gc.enable()
    _state["memory"] = Memory()


def perform(task: Task) -> bytes:
    """Read one file into a pickled (value or Failure, seconds): pickled here, an odd result is this file's failure alone."""
    answer = _answer(task)
    _state["memory"].give_back()
    return answer


def _answer(task: Task) -> bytes:
    begun = time.perf_counter()
    value = _state["problem"] or _guarded(task)
    seconds = time.perf_counter() - begun
    try:
        return pickle.dumps((value, seconds), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps((_failure(error), seconds))


def _guarded(task: Task) -> Any:
    options: ReadOptions = _state["options"]
    try:
        with _state["memory"].limit(options.memory), _opened(task, options) as file:
            contents = _contents(file, task, options)
            return contents or _state["read"](task, _bytes(file, task, options))
    except MemoryError:
        limit = options.memory // _MEGABYTE
        message = f"needs more than {limit} MiB of memory to read; raise --max-memory or save the file anew"
        return Failure("too-much-memory", message, passing=True)
    except OSError as error:
        return Failure("unreadable", f"cannot be opened: {error.strerror or error}", passing=True)
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> Failure:
    if isinstance(error, MatcherError):
        return Failure(error.code, str(error), passing=error.code in _PASSING)
    detail = f"{type(error).__name__}: {error}".splitlines()[0]
    message = f"could not be read because of a fault in this program ({detail[:200]}); please report it"
    return Failure("internal", message, "".join(traceback.format_exception(error))[-_LONGEST_TRACE:], passing=True)


def _opened(task: Task, options: ReadOptions) -> IO[bytes]:
    if task.data is not None:
        _check_size(len(task.data), options)
        return BytesIO(task.data)
    if task.path is None:
        raise InputError("has neither a path nor content")
    return task.path.open("rb")


def _contents(file: IO[bytes], task: Task, options: ReadOptions) -> Contents | None:
    """What a container holds; None for what is to be read itself."""
    if task.inside or not task.endings:
        return None
    from matcher.documents.packed.containers import Bounds, contents

    return contents(file, task.source, Bounds(task.endings, options.max_bytes))


def _bytes(file: IO[bytes], task: Task, options: ReadOptions) -> bytes:
    if task.inside:
        from matcher.documents.packed.containers import member, refuse_packed

        data = member(file, task.path.name if task.path else "", task.inside, options.max_bytes)
        if PurePath(task.source).suffix.lower() in PACKED:
            refuse_packed(BytesIO(data), task.source)
        return data
    _check_size(file.seek(0, os.SEEK_END), options)
    file.seek(0)
    return file.read()


def _check_size(size: int, options: ReadOptions) -> None:
    if size > options.max_bytes:
        found, limit = size / _MEGABYTE, options.max_bytes / _MEGABYTE
        raise LimitError(f"has {found:.1f} MiB, more than the limit of {limit:g} MiB; raise --max-bytes", "too-large")


def _no_core_dumps() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
