"""What the samples say: people and posts read from their texts, as a row of printed pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Style:
    """How a resume looks. `jobs` names one of JOB_FORMS; `dark` paints the sidebar dark with white text."""

    font: str = "Helvetica"
    size: float = 9.5
    accent: str = "#1f3a5f"
    bullet: str = "\u2022"
    jobs: str = "title-dates"
    paper: str = "letter"
    capitals: bool = False
    spaced: bool = False
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed thing: name, contact, heading, bold, text, bullet, split (left and right) or row (cells of a table)."""

    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: `layout` is column, sidebar or docx; `side` holds the sections of the sidebar."""

    name: str
    headline: str
    contact: tuple[str, ...]
    layout: str
    style: Style
    sections: tuple[dict[str, Any], ...]
    side: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """An invented job post; a body line that starts with "## " is a heading, with "- " a bullet."""

    id: str
    title: str
    company: str
    location: str
    body: str


def load_person(path: Path) -> Person:
    """Read one file of `people/`."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Person(
        name=data["name"],
        headline=data.get("headline", ""),
        contact=tuple(data["contact"]),
        layout=data["layout"],
        style=Style(**data.get("style", {})),
        sections=tuple(data["sections"]),
        side=tuple(data.get("side", ())),
    )


def load_post(path: Path) -> Post:
    """Read one file of `posts/`: title, company and place on three lines, an empty line, the body."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    title, company, location = head.splitlines()
    return Post(path.stem, title, company, location, body.strip() + "\n")


def pieces_of(sections: Iterable[dict[str, Any]], style: Style) -> Iterator[Piece]:
    """All pieces of some sections, in printed order."""
    for section in sections:
        yield Piece("heading", (_heading(section["heading"], style),))
        yield from _texts(section)
        yield from (Piece("row", tuple(map(str, row))) for row in section.get("rows", ()))
        for job in section.get("jobs", ()):
            yield from JOB_FORMS[style.jobs](job)
        yield from (Piece("bullet", (item,)) for item in section.get("items", ()))


def _heading(text: str, style: Style) -> str:
    text = text.upper() if style.capitals or style.spaced else text
    return " ".join(text).replace("   ", "  ") if style.spaced else text


def _texts(section: dict[str, Any]) -> Iterator[Piece]:
    texts = section.get("text", ())
    for text in (texts,) if isinstance(texts, str) else texts:
        yield Piece("text", (text.strip(),))
    if "inline" in section:
        yield Piece("text", (", ".join(section["inline"]),))
    for name, value in section.get("pairs", {}).items():
        yield Piece("text", (f"{name}: {value}",))


def _body(job: dict[str, Any]) -> Iterator[Piece]:
    if "note" in job:
        yield Piece("text", (job["note"],))
    yield from (Piece("bullet", (duty,)) for duty in job.get("duties", ()))


def _where(job: dict[str, Any]) -> str:
    return ", ".join(job[key] for key in ("employer", "place") if key in job)


def _title_dates(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("split", (job["title"], job["dates"]))
    yield Piece("text", (_where(job),))
    yield from _body(job)


def _employer_dates(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("split", (_where(job), job["dates"]))
    yield Piece("bold", (job["title"],))
    yield from _body(job)


def _one_line(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("bold", (f"{job['title']} | {_where(job)} | {job['dates']}",))
    yield from _body(job)


def _stacked(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("bold", (job["title"],))
    yield Piece("text", (job["dates"],))
    yield Piece("text", (_where(job),))
    yield from _body(job)


def _labelled(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("text", (f"Organisation: {_where(job)}",))
    yield Piece("text", (f"Designation: {job['title']}",))
    yield Piece("text", (f"Duration: {job['dates']}",))
    yield from _body(job)


def _grid(job: dict[str, Any]) -> Iterator[Piece]:
    yield Piece("row", (job["dates"], _where(job), job["title"], " ".join(job.get("duties", ()))))


JOB_FORMS = {
    "title-dates": _title_dates,
    "employer-dates": _employer_dates,
    "one-line": _one_line,
    "stacked": _stacked,
    "labelled": _labelled,
    "grid": _grid,
}


def post_pieces(post: Post) -> Iterator[Piece]:
    """A post's body as pieces, with its title, company and place before it."""
    yield Piece("name", (post.title,))
    yield Piece("contact", (f"{post.company} - {post.location}",))
    for line in filter(None, post.body.splitlines()):
        kind = {"## ": "heading", "- ": "bullet"}.get(line[: line.find(" ") + 1], "text")
        yield Piece(kind, (line.removeprefix("## ").removeprefix("- "),))


def head_pieces(person: Person) -> Iterator[Piece]:
    """Name, headline and contact lines of a person."""
    yield Piece("name", (person.name,))
    if person.headline:
        yield Piece("bold", (person.headline,))
    yield from (Piece("contact", (line,)) for line in person.contact)
