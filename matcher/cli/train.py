"""`matcher train`: fit what is in `models/` again. `matcher evaluate`: hold rankings against labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.batch import Operation
from matcher.cli import console
from matcher.cli.inputs import tasks
from matcher.cli.learning import ENDINGS, learn
from matcher.cli.options import Common, reads_documents
from matcher.cli.session import NOTHING_DONE, Session
from matcher.errors import InputError

if TYPE_CHECKING:
    from matcher.training.fitting import LabelledSet

INSTALLED = "_data"
"""The folder of the shipped data inside an installed package."""


@reads_documents
def train(
    labels: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[LABELS... | DECISIONS.csv]", help="Label files beside resumes/ and jobs/; or a table of decisions."
        ),
    ] = None,
    resumes: Annotated[
        list[str] | None, typer.Option("--resumes", metavar="RESUME_OR_FOLDER", help="The resumes that were decided on.")
    ] = None,
    jobs: Annotated[
        list[str] | None,
        typer.Option("--jobs", metavar="JOB_OR_FOLDER", help="The jobs they were decided for (default: the role profiles)."),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option("--words", help="Folder of unlabelled resumes, or .jsonl of posts, to weigh words and skills by again."),
    ] = None,
    skills: Annotated[
        Path | None,
        typer.Option("--skills", help="Skills that people found in documents beside this file: to fit the doubt on."),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option("--names", help="Labels they could choose from (.tsv or lines; default: those used)."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the models (default: the one this program uses).")] = None,
    *,
    common: Common,
) -> int:
    """Fit the ranker on graded labels, cross-validated by job, and write models/ anew. Give --as-of document for old resumes.

    With a table of a recruiter's decisions (columns resume, job, decision): fit the weights on these, if that is surely better.
    """
    from matcher.resources import data_path

    decided = [path for path in labels or () if path.suffix.lower() in ENDINGS]
    if decided or resumes or jobs:
        return _learn(common, decided, [*(labels or ()), *(words or ()), *filter(None, (skills, names))], resumes, jobs, out)
    if not labels and not skills:
        raise InputError("LABELS or --skills: name the labels to fit the models on")
    folder = out or data_path("models")
    if out is None and folder.parent.name == INSTALLED:
        raise InputError("--out: name the folder to write to; the models of an installed program are not written over")
    session = Session.begin(common, ocr=False)  # the same models wherever they are fitted
    if words:
        _weigh_words(session, words, folder)
    done = _fit_doubt(session, skills, names, folder) if skills else 0
    return session.close(done + (_fit_ranker(session, labels, folder) if labels else 0))


def _learn(
    common: Common,
    decided: Sequence[Path],
    given: Sequence[str | Path],
    resumes: Sequence[str] | None,
    jobs: Sequence[str] | None,
    out: Path | None,
) -> int:
    """Fit the weights on a recruiter's decisions."""
    if len(decided) != 1 or len(given) != 1 or not resumes:
        raise InputError(
            "give one table of decisions with its resumes: matcher train DECISIONS.csv --resumes FOLDER --jobs FOLDER"
        )
    return learn(Session.begin(common), decided[0], resumes, jobs or (), out)


def _fit_ranker(session: Session, labels: Sequence[Path], folder: Path) -> int:
    """Fit `ranker/model.json` on graded pairs; returns their number."""
    from matcher.scoring.model import load_rarity, load_terms
    from matcher.training.fitting import Trainer, fitted, write_model
    from matcher.training.validation import told

    sets = [_labelled(session, path) for path in labels]
    weighed, counted = ((folder / name / "model.json").is_file() for name in ("terms", "rarity"))
    idf, rarity = load_terms(folder if weighed else None), load_rarity(folder if counted else None)
    trainer = Trainer(session.taxonomy, idf, rarity)
    pairs = trainer.pairs(sets)
    if not pairs:
        raise InputError("no labelled pair could be read: resumes/ and jobs/ must stand beside the label file")
    validations = trainer.validate(sets, pairs)
    model = fitted(pairs)
    write_model(folder, model, validations, len(pairs))
    console.show("".join(f"{line}\n" for line in told(validations)))
    return len(pairs)


def _fit_doubt(session: Session, skills: Path, names: Path | None, folder: Path) -> int:
    """Fit `doubt/model.json` on documents in which people found the skills; returns their number."""
    from matcher.training.doubt import choose, figures, fit_doubt, read_all, write_doubt
    from matcher.training.skills import Judge, read_names, read_skill_labels

    texts = read_skill_labels(skills)
    used = [skill.label for text in texts for skill in text.skills]
    judge = Judge(session.taxonomy, read_names(names) if names else used)
    readings = read_all(texts, judge, folder, session.options.overlay)
    choice = choose(readings, judge)
    write_doubt(folder, fit_doubt(readings, choice.strength, choice.thresholds), choice, readings)
    for kind, before in choice.before.items():
        one, other = (figures(count) for count in (before, choice.after[kind]))
        shown = ", ".join(f"{name} {one[name]:.4f} -> {other[name]:.4f}" for name in one)
        console.show(f"skills, {kind}: {shown}\n")
    return len(readings)


def _weigh_words(session: Session, words: Sequence[str], folder: Path) -> None:
    """Fit `terms/model.json` on unlabelled documents, read as plain text, and `rarity/model.json` on those that are resumes."""
    from matcher.documents import Limits, read_job_lines
    from matcher.records import Document
    from matcher.training.fitting import write_json
    from matcher.training.rarity import fit_rarity
    from matcher.training.terms import fit_terms, words_of

    posts = [name for name in words if name.endswith(".jsonl")]
    found = session.gather([name for name in words if name not in posts], "document") if len(posts) < len(words) else None
    todo = tasks(found, Operation.PLAIN, session.options.max_bytes) if found else []
    texts = [entry["text"] for outcome in session.read(todo) if outcome.failure is None for entry in outcome.value]
    for name in posts:
        data = _bytes(name)
        read = read_job_lines(data, name, limits=Limits(max_bytes=len(data)))
        texts += [document.text for _, document in read if isinstance(document, Document)]
    never = session.taxonomy.rules["personal"]["never"]
    write_json(folder / "terms" / "model.json", fit_terms(texts, words_of(session.taxonomy), never))
    if found:
        todo = tasks(found, Operation.RESUME, session.options.max_bytes)
        profiles = [outcome.value for outcome in session.read(todo) if outcome.failure is None]
        write_json(folder / "rarity" / "model.json", fit_rarity(profiles, session.taxonomy))


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"--words {name}: cannot be opened ({error.strerror or error})") from error


def _labelled(session: Session, path: Path) -> LabelledSet:
    from matcher.training.baselines import read_baselines
    from matcher.training.fitting import LabelledSet
    from matcher.training.labels import read_grades

    grades = read_grades(path)
    resumes = session.gather([str(path.parent / "resumes")], "resume")
    jobs = session.gather([str(path.parent / "jobs")], "job")
    profiles, roles = session.read_pairs(resumes, jobs)
    return LabelledSet.of(path.parent.name, grades, profiles, roles, read_baselines(path.parent / "baselines"))


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help='Label file: {"job": {"resume": 0 to 3}}.')],
    rankings: Annotated[list[Path], typer.Argument(metavar="RANKING...", help="Files of `matcher rank --out X.jsonl`.")],
) -> None:
    """Hold rankings against graded labels: mean nDCG@10, precision at 5, and the kappa of bands."""
    from matcher.errors import MatcherError
    from matcher.training.labels import read_grades, read_ranking
    from matcher.training.measures import report

    try:
        grades = read_grades(gold)
        for path in rankings:
            console.show(f"{path.name}: {report(grades, read_ranking(path))}\n")
    except MatcherError as error:
        console.say_error(str(error))
        raise typer.Exit(NOTHING_DONE) from error
