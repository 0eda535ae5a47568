"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from matcher.batch import ReadOptions, default_workers
from matcher.cli.completing import moments
from matcher.errors import InputError

_UNITS = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}
_UNITS |= {"kib": 2**10, "mib": 2**20, "gib": 2**30}
_LARGEST = 2**50
"""A pebibyte: more is a slip of the pen."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Common:
    """The options of every command that reads documents, as typed."""

    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Files read at the same time (default: all cores).")] = (
        None
    )
    taxonomy: Annotated[Path | None, typer.Option("--taxonomy", help="Folder laid over the built-in taxonomy.")] = None
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            help="When open jobs (“Present”) end: YYYY-MM-DD, today, or document: its newest date.",
            autocompletion=moments,
        ),
    ] = "today"
    max_seconds: Annotated[float, typer.Option("--max-seconds", help="Seconds a file may take.")] = 20.0
    max_memory: Annotated[str, typer.Option("--max-memory", help="Memory a file may take.")] = "1GiB"
    max_pages: Annotated[int, typer.Option("--max-pages", min=1, help="Pages a file may have.")] = 100
    max_bytes: Annotated[str, typer.Option("--max-bytes", help="Size a file may have.")] = "20MiB"
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show errors only.")] = False
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show each file and every warning.")] = False

    def read_options(self) -> ReadOptions:
        """The limits and the point in time as readers want them; raises InputError for values that make no sense."""
        if not self.max_seconds > 0:
            raise InputError(f"--max-seconds {self.max_seconds:g}: give a number above 0")
        return ReadOptions(
            seconds=self.max_seconds,
            memory=size("--max-memory", self.max_memory),
            pages=self.max_pages,
            max_bytes=size("--max-bytes", self.max_bytes),
            as_of=point_in_time(self.as_of),
            overlay=self.taxonomy,
        )

    def worker_count(self) -> int:
        """How many files to read at once."""
        return self.workers or default_workers()


@dataclass(frozen=True, slots=True)
class Scoring(Common):
    """The options of commands that score, besides the common ones."""

    models: Annotated[
        Path | None, typer.Option("--models", help="Folder with ranker/model.json, as `matcher train --out` writes it.")
    ] = None
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", metavar="SIGNAL=FACTOR", help="Multiply a weight of the score; several may be given."),
    ] = None


BlindOption = Annotated[
    bool,
    typer.Option(
        "--blind/--no-blind",
        help="Leave out of every result and message who the candidates are; numbers stand for them.",
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Which number is whose, of a blind run (default: FILE-key.csv beside --out)."),
]


@dataclass(frozen=True, slots=True)
class Showing(Common):
    """The options of `extract`, besides the common ones."""

    blind: BlindOption = False
    key: KeyOption = None


@dataclass(frozen=True, slots=True)
class Fitting(Scoring):
    """The options of commands that show how people fit, besides those of all that score."""

    blind: BlindOption = False
    key: KeyOption = None
    answers: Annotated[
        list[Path] | None,
        typer.Option("--answers", metavar="FILE", help="What forms, calls and tests say of candidates (.csv .xlsx)."),
    ] = None


def reads_documents(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that `common` of a command has by its type; it gets them in one piece, as that keyword argument."""
    own_hints = get_type_hints(command, include_extras=True)
    kind: type[Common] = own_hints["common"]
    hints = get_type_hints(kind, include_extras=True)
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[name])
        for name, field in kind.__dataclass_fields__.items()
    ]
    own = [
        parameter.replace(annotation=own_hints[name])
        for name, parameter in inspect.signature(command).parameters.items()
        if name != "common"
    ]

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> int:
        common = kind(**{name: given.pop(name) for name in hints})
        return command(*args, **given, common=common)

    run.__signature__ = inspect.Signature([*own, *shared], return_annotation=int)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *shared)}
    return run


def size(option: str, text: str) -> int:
    """Bytes of a size such as "1GiB", "20MB" or "4096"; raises InputError for anything else."""
    found = _SIZE.fullmatch(text.strip())
    unit = _UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None or not 0 < float(found[1]) * unit <= _LARGEST:
        raise InputError(f"{option} {text}: is no size; write it like 1GiB or 20MiB")
    return int(float(found[1]) * unit)


def point_in_time(text: str) -> str:
    """Check that it is "document" or a date; "today" becomes one now, so that all workers agree. Raises InputError."""
    if text == "document":
        return text
    if text == "today":
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"--as-of {text}: is no date; give YYYY-MM-DD, today or document") from None
