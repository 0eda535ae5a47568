"""`matcher train DECISIONS.csv`: a recruiter's decisions, and weights that fit them better, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from matcher.cli import console
from matcher.cli.session import NOTHING_DONE, SOME_FAILED, Session
from matcher.delimited import read_bytes
from matcher.errors import InputError
from matcher.records import Profile, Role
from matcher.report import Trouble
from matcher.report.text import counted

if TYPE_CHECKING:
    from matcher.scoring.model import RankerModel
    from matcher.training.refit import Comparison, Decided

ENDINGS = (".csv", ".tsv")
"""Endings of files of decisions; label files are JSON."""
_Document = TypeVar("_Document", Profile, Role)


def learn(session: Session, file: Path, resumes: Sequence[str], jobs: Sequence[str], out: Path | None) -> int:
    """Fit weights on a file of decisions, and write them where they are better than the shipped ones; the exit status."""
    from matcher.training.refit import compare, refit, telling

    decided = _decided(session, file, resumes, jobs)
    pairs = telling(decided.pairs())
    if not pairs:
        session.close(0)
        console.say_error(f"{file}: no job has decisions that differ, such as one yes and one no: there is nothing to learn from")
        return NOTHING_DONE
    told = f"{len(pairs)} decisions on {counted(len({pair.job for pair in pairs}), 'job')}"
    comparison = compare(pairs, decided.prior, decided.judge) if _enough(len(pairs)) else None
    if comparison is None or not comparison.better:
        session.close(1)
        console.say_error(f"{file}: {told}: {_refusal(len(pairs), comparison)}")
        return SOME_FAILED
    model = refit(pairs, decided.prior)
    console.show(_table(decided.prior, model))
    console.show(f"\n{told}: {_gain(comparison)}\n")
    if out is None:
        console.show("Nothing is written without --out FOLDER.\n")
    else:
        _write(out, model, decided.source(pairs, comparison, session.options.as_of))
        console.show(f"Written to {out}: give --models {out} to rank and score.\n")
    return session.close(len(pairs))


def _decided(session: Session, file: Path, resumes: Sequence[str], jobs: Sequence[str]) -> Decided:
    """The decisions of a file with their documents; lines that cannot be used are told one by one."""
    from matcher.role_file import builtin_roles
    from matcher.scoring.model import load_ranker
    from matcher.training.decisions import DecisionReader
    from matcher.training.refit import Decided

    session.warns = False  # what is odd about the posts was told when they were ranked
    data = read_bytes(file, session.options.max_bytes)
    profiles, posts = session.read_pairs(session.gather(resumes, "resume"), session.gather(jobs, "job"))
    people = _by_source("resumes", profiles)
    roles = _by_source("jobs", posts if jobs else builtin_roles(session.taxonomy))
    ids = {document.sha256: source for table in (roles, people) for source, document in table.items()}
    titles = {source: role.title for source, role in roles.items()}
    reader = DecisionReader(session.taxonomy.rules["decisions"], people, titles, ids)
    try:
        found = reader.read(data)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    for line, message in found.wrong:
        session.fail(Trouble("decision", f"{file}:{line}", "bad-decision", message))
    if found.silent and not session.common.quiet:
        console.say(f"{file}: {counted(found.silent, 'line')} without a decision on the fit left out")
    return Decided(session.taxonomy, load_ranker(), found.made, people, roles)


def _by_source(kind: str, documents: Iterable[_Document]) -> Mapping[str, _Document]:
    found: dict[str, _Document] = {}
    for document in documents:
        if found.setdefault(document.source, document) is not document:
            raise InputError(f"--{kind}: two of them are called {document.source}; give one folder that holds both")
    return found


def _enough(count: int) -> bool:
    from matcher.training.refit import LEAST_DECISIONS

    return count >= LEAST_DECISIONS


def _refusal(count: int, comparison: Comparison | None) -> str:
    from matcher.training.refit import EVEN_CHANCE, LEAST_DECISIONS

    if count < LEAST_DECISIONS:
        lacking = counted(LEAST_DECISIONS - count, "more decision")
        return f"too few to learn from, {lacking} are needed before new weights are tried; the shipped ones stay, nothing written"
    said = "no group of decisions that was held back differs" if comparison is None else _gain(comparison)
    more = f"; more may tell, from about {EVEN_CHANCE} on" if count < EVEN_CHANCE else ""
    return f"{said}: not surely better{more}; the shipped weights stay, nothing written"


def _gain(comparison: Comparison) -> str:
    """How much better the new weights order what they were not fitted on."""
    return (
        f"of pairs of candidates that were held back, the new weights put {comparison.after:.1%} in your order, "
        f"the shipped ones {comparison.before:.1%} ({100 * comparison.gain:+.1f} points, at least {100 * comparison.low:+.1f})"
    )


def _table(before: RankerModel, after: RankerModel) -> str:
    """The weights side by side."""
    rows = [("base", before.base, after.base), *((name, old, after.weights[name]) for name, old in before.weights.items())]
    width = max(len(name) for name, *_ in rows)
    lines = [f"{'signal':{width}}   before    after   change"]
    lines += [f"{name:{width}} {old:8.2f} {new:8.2f} {new - old:+8.2f}" for name, old, new in rows]
    return "\n".join(lines) + "\n"


def _write(folder: Path, model: RankerModel, source: Mapping[str, object]) -> None:
    from matcher.training.fitting import write_json
    from matcher.training.ranker import model_data

    write_json(folder / "ranker" / "model.json", model_data(model, source), indent=1)
