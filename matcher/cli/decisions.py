"""`matcher decisions`: what people wrote into the decision column of a shortlist, as a table that `matcher train` takes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.cli.inputs import identity
from matcher.cli.known import sound
from matcher.cli.options import size
from matcher.cli.session import NOTHING_DONE, OK, SOME_FAILED
from matcher.cli.sinks import write_whole
from matcher.delimited import read_bytes
from matcher.errors import InputError
from matcher.report.cells import guarded
from matcher.report.writers import check_writable

if TYPE_CHECKING:
    from matcher.report.workbook.decided import DecidedRow

COLUMNS = ("resume", "job", "decision", "note", "rank", "score", "resume_sha256", "job_sha256")
"""The columns that are written; `matcher train` needs the first three."""
_NAMED, _FEW = 20, 3
"""Rows with something wrong that are told one by one."""


def decisions(
    workbook: Annotated[Path, typer.Argument(metavar="SHORTLIST.xlsx", help="Workbook with its decision column filled in.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write (.csv); without it and --project, standard output.")
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project", metavar="DIR", help="Take them into the project in this folder: its record, the next shortlist."
        ),
    ] = None,
    taxonomy: Annotated[Path | None, typer.Option("--taxonomy", help="Folder laid over the built-in taxonomy.")] = None,
    max_bytes: Annotated[str, typer.Option("--max-bytes", help="Size that the workbook may have.")] = "200MiB",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show errors only.")] = False,
) -> int:
    """Read the decisions back from a shortlist, as a table that `matcher train` takes.

    Rows may be sorted, filtered and removed, and columns added; each row is known by ids in hidden columns.
    """
    from matcher.report.workbook.decided import read_decided

    _check_out(out, workbook)
    rules = sound(taxonomy).rules["decisions"]
    found = read_decided(workbook, read_bytes(workbook, size("--max-bytes", max_bytes)))
    rows, wrong = _understood(found.rows, rules)
    wrong = sorted([*wrong, *found.wrong])
    _tell_wrong(workbook, wrong)
    if found.lacking and not quiet:
        gone = ", ".join(found.lacking)
        console.say_warning(f"{workbook}: the columns {gone} are gone: rows are known by their files' names alone")
    noted = () if project is None else _alone(found.noted, rows)
    if not rows and not noted:
        console.say_error(f"{workbook}: {_nothing(found.blank, len(wrong))}")
        return NOTHING_DONE
    if out:
        write_whole(out, "\ufeff" + _table(rows))  # the mark by which Excel knows UTF-8
    elif project is None:
        console.show(_table(rows))
    if not quiet:
        _tell(workbook, rows, found.blank, out)
    strange = 0 if project is None else _take(workbook, (*rows, *noted), project, out, quiet)
    return SOME_FAILED if wrong or strange else OK


def _take(workbook: Path, rows: Sequence[DecidedRow], folder: Path, out: Path | None, quiet: bool) -> int:
    """Take decisions into a project; how many are about resumes that it does not know."""
    from matcher.project.decisions import Decided, record_decisions
    from matcher.project.papers import DECIDED, DECISIONS

    taken = (
        Decided(row.resume, row.job, row.decision, row.resume_sha256, row.title, row.note, before=row.before) for row in rows
    )
    done = record_decisions(folder, taken, {DECIDED: workbook, DECISIONS: out})
    if done.unknown:
        names = list(dict.fromkeys(one.resume for one in done.unknown))
        named = ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")
        console.say_error(f"{workbook}: not in the project {folder}: {named}; was the shortlist made with this --project?")
    if not quiet:
        back = f", {done.back} taken back" if done.back else ""
        console.say(f"taken into {folder}: {done.new} new{back}, {done.known} known before")
    return len(done.unknown)


def _alone(noted: Sequence[DecidedRow], rows: Sequence[DecidedRow]) -> tuple[DecidedRow, ...]:
    """Of the rows without a decision those whose pair has none in another row."""
    decided = {(row.resume, row.job, row.resume_sha256) for row in rows}
    return tuple(row for row in noted if (row.resume, row.job, row.resume_sha256) not in decided)


def _check_out(out: Path | None, workbook: Path) -> None:
    if out is None:
        return
    if out.suffix.lower() != ".csv":
        raise InputError(f"--out {out}: decisions are written as .csv; name a file with that ending")
    if identity(out) == identity(workbook):
        raise InputError(f"--out {out}: is the workbook itself; choose another name")
    check_writable(out)


def _understood(rows: Sequence[DecidedRow], rules: dict[str, object]) -> tuple[list[DecidedRow], list[tuple[int, str]]]:
    """Each pair once, with a decision that is known; a pair that is decided in two ways is told and left out."""
    from matcher.training.decisions import Words

    words = Words(rules)
    wrong: list[tuple[int, str]] = []
    by_pair: dict[tuple[str, ...], list[DecidedRow]] = {}
    for row in rows:
        try:
            words.grade(row.decision)
        except InputError as error:
            wrong.append((row.row, str(error)))
        else:
            by_pair.setdefault((row.resume, row.job, row.resume_sha256, row.job_sha256), []).append(row)
    kept: list[DecidedRow] = []
    for own in by_pair.values():
        other = next((row for row in own if row.decision.casefold() != own[0].decision.casefold()), None)
        if other is None:
            kept.append(own[0])
        else:
            told = f"{other.resume} for {other.job} is decided otherwise than in row {own[0].row}: keep one of them"
            wrong.append((other.row, told))
    return kept, wrong


def _tell_wrong(workbook: Path, wrong: Sequence[tuple[int, str]]) -> None:
    for row, message in wrong[:_NAMED]:
        console.say_error(f"{workbook}: row {row}: {message}")
    if len(wrong) > _NAMED:
        console.say_error(f"{workbook}: {len(wrong) - _NAMED} more rows cannot be used")


def _nothing(blank: int, wrong: int) -> str:
    if wrong:
        return "no row with a decision can be used"
    return f"has no decisions in its {blank} rows; fill in the column Decision and save it"


def _tell(workbook: Path, rows: Sequence[DecidedRow], blank: int, out: Path | None) -> None:
    counts = Counter(row.decision for row in rows)
    told = ", ".join(f"{count} {word}" for word, count in counts.most_common())
    old = sum(row.unchanged for row in rows)
    same = f", {old} of them as written before" if old else ""
    number = f"{counts.total() or 'no'} decision{'s' * (counts.total() != 1)}" + (f" ({told})" if told else "")
    console.say(f"{workbook}: {number}{same}; {blank} rows without one")
    if out:
        console.say(f"written to {out}; next: matcher train {out} --resumes FOLDER --jobs FOLDER --out MODELS")


def _table(rows: Iterable[DecidedRow]) -> str:
    """The CSV text; no cell can be run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (getattr(row, name) for name in COLUMNS)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return file.getvalue()
