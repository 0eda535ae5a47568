"""`matcher extract`: what was understood of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, TextIO

import typer

from matcher.batch import Operation, Outcome
from matcher.cli import console
from matcher.cli.inputs import DOCUMENTS, POSTS, tasks
from matcher.cli.options import Common, reads_documents
from matcher.cli.session import Session, existing_folder, one_source_of_stdin
from matcher.errors import InputError
from matcher.report.json_lines import dumps
from matcher.report.rows import error_record
from matcher.report.text import extract_text
from matcher.report.writers import check_writable


class Kind(StrEnum):
    """What a document is to be read as."""

    RESUME = "resume"
    JOB = "job"


class Shape(StrEnum):
    """How it is printed."""

    JSON = "json"
    TEXT = "text"
    PLAIN = "plain"


@reads_documents
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Resumes and job posts, or folders of them; - is standard input.")],
    kind: Annotated[Kind | None, typer.Option("--as", help="What they are; told by their content where not given.")] = None,
    shape: Annotated[Shape, typer.Option("--format", help="plain is the text that offsets refer to.")] = Shape.JSON,
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder (a file for each document), FILE.jsonl, or FILE.yaml for one job post.")
    ] = None,
    *,
    common: Common,
) -> int:
    """Print what was understood of resumes and job posts: skills with their evidence, facts, requirements.

    Several documents without --out are printed as one line of JSON each.
    """
    one_source_of_stdin(paths)
    sink = _sink(out, shape)
    session = Session.begin(common)
    if isinstance(sink, _RoleFile):
        return _write_role(session, paths, sink)
    found = session.gather(paths, kind or "document", DOCUMENTS | POSTS)
    operation = Operation.PLAIN if shape is Shape.PLAIN else Operation.EXTRACT
    todo = tasks(found.files, operation, session.options.max_bytes, kind)
    done = _write(session, sink(len(todo)), session.read(todo))
    return session.close(done)


def _write(session: Session, sink: Sink, outcomes: Iterator[Outcome]) -> int:
    done = 0
    with sink:
        for outcome in outcomes:
            if outcome.failure:
                session.fail_outcome(outcome)
            else:
                sink.put(outcome.source, outcome.value)
                done += 1
        sink.end(session)
    return done
