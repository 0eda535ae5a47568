"""Files outside of its folder that a project wrote or read and that may tell of people: what they are, what stands in them."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from matcher.project.codec import dumps
from matcher.project.places import as_path, kept_place
from matcher.project.record import now
from matcher.project.store import Project

RESULTS, CHANGED, DECIDED, DECISIONS, ANSWERS, KEY = (
    "results of a run",
    "results that were changed by hand",
    "a workbook that decisions were read from",
    "decisions written as a table",
    "answers",
    "the key of blind results",
)
"""What such a file is."""
_CHUNK = 1 << 22
_LONGEST = 1 << 12
"""More bytes than anything that is searched for has."""
_PACKED = ".parquet"
"""The ending of files whose bytes are packed in a way that is not opened here."""

Traces = Iterable[tuple[str, str]]
"""What to search for: the kind of thing, and how it is written."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is there; `tells`: whether a trace of the person was found in it, None if it could not be searched."""

    place: str
    what: str
    tells: bool | None


def keep_paper(project: Project, path: Path, what: str) -> None:
    """Remember a file that may tell of people."""
    project.do("INSERT OR REPLACE INTO papers VALUES (?, ?, ?)", [kept_place(path), what, now()])


def known_papers(project: Project, traces: Traces) -> tuple[Paper, ...]:
    """The files that are still there, ordered by place, each with whether traces are in it."""
    known = {as_path(place): RESULTS for (place,) in project.rows("SELECT place FROM outputs")}
    known |= {as_path(place): what for place, what in project.rows("SELECT place, what FROM papers")}
    there = ((place, what) for place, what in sorted(known.items()) if os.path.isfile(place))
    wanted = tuple(traces)
    return tuple(Paper(place, what, _tells(Path(place), wanted)) for place, what in there)


def _tells(path: Path, traces: Traces) -> bool | None:
    if path.suffix.lower() == _PACKED:
        return None
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                return bool(found_in(file, traces))
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                with book.open(name) as member:
                    if found_in(member, traces):
                        return True
        return False
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return None


def found_in(file: IO[bytes], traces: Traces) -> dict[str, int]:
    """How often each kind of trace stands in the bytes of a file, whatever its case."""
    wanted = [(kind, spelling) for kind, text in traces for spelling in spellings(text)]
    counts: dict[str, int] = {}
    tail = b""
    while chunk := file.read(_CHUNK):
        data = (tail + chunk).lower()
        for kind, spelling in wanted:
            # What lies wholly in the part that was looked at before is not counted again.
            count = data.count(spelling) - data[: len(tail)].count(spelling)
            if count > 0:
                counts[kind] = counts.get(kind, 0) + count
        tail = (tail + chunk)[-_LONGEST:]
    return counts


def spellings(text: str) -> set[bytes]:
    """How a text may stand in bytes whose A to Z were made small: in any case, as in JSON, in two bytes a letter.

    Letters with accents have capitals of their own in bytes, and may be kept as one sign or as two.
    """
    cased = {text, text.casefold(), text.lower(), text.upper(), text.title()}
    written = {unicodedata.normalize(form, one) for one in cased for form in ("NFC", "NFD")} | cased
    found = {one.encode("utf-8", "replace") for one in written} | {one.encode("utf-16-le", "replace") for one in written}
    return {one.lower() for one in found | {dumps(one)[1:-1].encode() for one in written}}
