"""`matcher extract`: what was understood of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.batch import Operation, Outcome
from matcher.cli import console
from matcher.cli.inputs import DOCUMENTS, refuse_inputs, tasks
from matcher.cli.options import Showing, reads_documents
from matcher.cli.session import Session, one_source_of_stdin
from matcher.cli.sinks import Sink, check_sink, open_sink, write_whole
from matcher.errors import InputError, MatcherError
from matcher.records import Kind
from matcher.report import Trouble
from matcher.report.writers import check_writable

_READ = DOCUMENTS | {".jsonl", ".jsonld"}
"""Endings of what is read of a folder; role files and other data may lie there too."""


class Shape(StrEnum):
    """How it is printed."""

    JSON = "json"
    TEXT = "text"
    PLAIN = "plain"


@reads_documents
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Resumes and job posts, or folders of them; - is standard input.")
    ],
    kind: Annotated[Kind | None, typer.Option("--as", help="What they are; told by their content where not given.")] = None,
    shape: Annotated[Shape, typer.Option("--format", help="plain is the text that offsets refer to.")] = Shape.JSON,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A folder (a file for each document), FILE.jsonl, or FILE.yaml for one job post."),
    ] = None,
    *,
    common: Showing,
) -> int:
    """Print what was understood of resumes and job posts: skills with their evidence, facts, requirements.

    Several documents without --out are printed as one line of JSON each. A job post written to FILE.yaml can be corrected
    by hand and given to --jobs.
    """
    one_source_of_stdin(paths)
    if common.blind and (kind is Kind.JOB or (out and out.suffix.lower() in (".yaml", ".yml"))):
        raise InputError("--blind: is for resumes; job posts tell of nobody: leave it out, or give --no-blind")
    if out and out.suffix.lower() in (".yaml", ".yml"):
        return _write_role(paths, out, common)
    check_sink(out, shape)
    session = Session.begin(common, outs=(out,) if out else ())
    kind = Kind.RESUME if common.blind else kind
    found = session.gather(paths, kind or "document", _READ)
    operation = Operation.PLAIN if shape is Shape.PLAIN else Operation.EXTRACT
    todo = tasks(found, operation, session.options.max_bytes, kind)
    return session.close(_write(session, open_sink(out, shape, found.files), session.read(todo)))


def _write(session: Session, sink: Sink, outcomes: Iterable[Outcome]) -> int:
    done = 0
    try:
        for outcome in sorted(outcomes, key=_content) if session.sight.blind else outcomes:
            done += _put(session, sink, outcome)
        sink.end(session.troubles)
    except BaseException:
        sink.drop()
        raise
    return done


def _content(outcome: Outcome) -> str:
    """What blind runs number resumes by: the order of names would tell of them."""
    first = outcome.value[0] if isinstance(outcome.value, tuple) and outcome.value else None
    return str(first.get("sha256", "")) if isinstance(first, dict) else ""


def _put(session: Session, sink: Sink, outcome: Outcome) -> int:
    if outcome.failure:
        session.fail_outcome(outcome)
        return 0
    plain = outcome.task.operation is Operation.PLAIN
    done = 0
    for record in outcome.value:
        try:
            if isinstance(record, MatcherError):
                raise record
            seen = session.sight.record(record)
            sink.put(str(seen["source"]), seen["text"] if plain else seen)
            done += 1
        except MatcherError as error:
            session.fail(Trouble(outcome.task.kind or "document", outcome.source, error.code, str(error)))
    return done


# -------------------------------------------------------------------------------------------------------------- role.yaml


def _write_role(paths: Sequence[str], out: Path, common: Showing) -> int:
    """Write one job post as a role file, to be corrected by hand."""
    from matcher.role_file import dump_role
    from matcher.scoring.features import Feature

    check_writable(out)
    session = Session.begin(common)
    found = session.gather(paths, "job")
    refuse_inputs((out,), found.files)
    _, roles = session.read_pairs(session.gather([], "resume"), found)
    if len(roles) > 1:
        told = "give one, or put each post of a list into a file of its own and write them one by one"
        raise InputError(f"--out {out}: holds one job post, and {len(roles)} were given; {told}")
    if roles:
        text = dump_role(roles[0], session.taxonomy, tuple(Feature))
        _keep_corrections(out, text)
        write_whole(out, text)
        if not common.quiet:
            console.say(f"wrote {out}; next: correct it, then matcher rank RESUMES --jobs {out}")
    return session.close(len(roles))


def _keep_corrections(out: Path, text: str) -> None:
    """Refuse to write over a file that a person may have corrected: its work would be lost."""
    try:
        kept = out.read_bytes() if out.is_file() else b""
    except OSError:
        kept = b""
    if kept.strip() and kept != text.encode("utf-8", "replace"):
        raise InputError(f"--out {out}: is there already and may be corrected by hand; delete it first, or choose another name")
