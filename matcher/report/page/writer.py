"""Writes the page: the openings one by one as they come, each resume's text once, and the settings at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.report.html import dress, environment
from matcher.report.page.drawings import Zone
from matcher.report.page.view import POSSIBLE, Shortlist, Texts, shortlist
from matcher.report.records import BANDS, Ranking, RunInfo

TEMPLATES = Path(__file__).resolve().parent / "templates"
"""Where the page's templates, style and script lie."""
_BEST = 3


@dataclass(frozen=True, slots=True)
class Glance:
    """A line of the overview: an opening by its number on the page, how many candidates each band has, and the best of them."""

    number: int
    title: str
    file: str
    counts: tuple[int, ...]
    shown: tuple[int, ...]
    shares: tuple[Zone, ...]
    best: tuple[tuple[int, str, float], ...]

    @classmethod
    def of(cls, number: int, one: Shortlist) -> Glance:
        """What the overview says of a shortlist; each of the best, possible at least, has rank, name and score."""
        shown = tuple(sum(person.band == band for person in one.candidates) for band in range(len(BANDS)))
        best = tuple((person.rank, person.name, person.score) for person in one.candidates[:_BEST] if person.band >= POSSIBLE)
        return cls(number, one.title, one.file, one.counts, shown, one.shares, best)


class Page:
    """The page; what it keeps is bounded by `top`, not by the number of resumes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._glances: list[Glance] = []
        self._sections: list[str] = []

    def start(self, run: RunInfo) -> None:
        """Load the templates."""
        self._run, self._texts = run, Texts(run)
        self._environment = environment(TEMPLATES)
        self._environment.filters |= {"percent": _percent, "points": _points}
        self._section = self._environment.get_template("opening.html.j2")

    def add(self, ranking: Ranking) -> None:
        """Write the section of one opening."""
        one = shortlist(ranking, self._run, self._texts)
        number = len(self._glances) + 1
        self._sections.append(self._section.render(number=number, one=one, bands=BANDS))
        self._glances.append(Glance.of(number, one))

    def finish(self) -> None:
        """Write the file."""
        page = self._environment.get_template("report.html.j2").generate(
            run=self._run,
            glances=self._glances,
            sections=self._sections,
            texts=self._texts.all,
            bands=BANDS,
            counts=self._counts(),
            **dress(TEMPLATES, "report"),
        )
        with self._path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(page)

    def _counts(self) -> list[int]:
        """How many candidates of each band are shown."""
        return [sum(glance.shown[band] for glance in self._glances) for band in range(len(BANDS))]


def _percent(value: float) -> str:
    """A length of a drawing, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0") + "%"


def _points(hundredths: int) -> str:
    """Points with a sign."""
    return f"{hundredths / 100:+.2f}"
