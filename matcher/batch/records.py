"""What goes into a batch and what comes out of it; imports nothing heavy, for the parent process lives on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from matcher.records import Contents


class Operation(StrEnum):
    """What is made of a file: a Profile, a tuple of Roles, a tuple of the contract's JSON for each document, or of texts."""

    RESUME = "resume"
    ROLES = "roles"
    EXTRACT = "extract"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: `path` names it, or `data` holds its bytes (standard input, a part of a long list of posts).

    `source` is the name shown in results; `kind` ("resume", "job" or None = tell by the content) matters to `extract` only.
    With `endings` a mail or zip file is opened for the documents in it that have these endings; without, it is a file like any
    other. `inside` leads to one document in a container: its number in it, and in each further container on the way.
    """

    source: str
    operation: Operation
    path: Path | None = None
    data: bytes | None = None
    kind: str | None = None
    endings: frozenset[str] = frozenset()
    inside: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[bool, str, str]:
        """The key by which outcomes are ordered: jobs first, since a run that is stopped early is worth nothing without them."""
        return (self.operation is not Operation.ROLES, self.source, str(self.path))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits for each file and how to read: wall seconds, bytes of memory beyond what an idle reader holds, pages, file size.

    `as_of` is "YYYY-MM-DD" or "document"; `overlay` is a taxonomy folder laid over the built-in one; `ocr`: read pictures too.
    `blind`: what is extracted tells nothing of who the candidates are.
    """

    seconds: float = 20.0
    memory: int = 2**30
    pages: int = 100
    max_bytes: int = 20 * 2**20
    as_of: str = "document"
    overlay: Path | None = None
    ocr: bool = True
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file has no result: a stable code, one line with what is wrong and what to do; for faults of ours, a trace.

    `passing`: another try may end otherwise (out of time or memory, a crash, a file that cannot be opened now); else it is a fact
    of the file's bytes.
    """

    code: str
    message: str
    trace: str = ""
    passing: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: what its operation makes, or a Failure; `seconds` is the time it took in the worker.

    For a container the value is its Contents, and outcomes for the documents in it follow.
    """

    task: Task
    value: Any
    seconds: float = 0.0

    @property
    def source(self) -> str:
        """The name of the file as results show it."""
        return self.task.source

    @property
    def failure(self) -> Failure | None:
        """The failure, or None where the file was read."""
        return self.value if isinstance(self.value, Failure) else None


class Known(Protocol):
    """Remembers what became of tasks in earlier runs, so that only what is new is read; used in one process and thread."""

    def has(self, task: Task) -> bool:
        """Whether the outcome of a task is known, for the file as it is now."""

    def opened(self, task: Task) -> Contents | None:
        """What a known container holds; None for everything else."""

    def find(self, task: Task) -> Any:
        """The value of a known outcome."""

    def keep(self, outcome: Outcome) -> Any:
        """Remember an outcome, once it is there, if it will hold another time; gives what is handed on as its value."""


INTERRUPTED = Failure("interrupted", "not read: the run was stopped before its turn; run it again", passing=True)
