"""A pool without a job on the screen: for each resume the role profiles that it fits best, rather than a shortlist for each."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest
from typing import NamedTuple

from matcher.cli import console
from matcher.report import Placed, Ranking

_SHOWN_ROLES = 3
_SHOWN_RESUMES = 25


class _Best(NamedTuple):
    """How a resume fits a role."""

    logit: float
    score: float
    band: int
    title: str


class BestRoles:
    """Takes rankings one after the other, and keeps of each resume only the few roles that will be shown."""

    def __init__(self) -> None:
        self._best: dict[tuple[str, str], tuple[str, list[_Best]]] = {}
        self._roles = 0

    def add(self, ranking: Ranking) -> None:
        """Take in how the resumes fit one more role."""
        self._roles += 1
        for placed in ranking.placed:
            profile = placed.fit.profile
            _, found = self._best.setdefault((profile.source, profile.sha256), (profile.facts.contact.name or "-", []))
            found[:] = nlargest(_SHOWN_ROLES, [*found, _best(placed)])

    def show(self, top: int | None) -> None:
        """Print a line for each of the first resumes, those that fit some role best first, and how to see the rest."""
        from matcher.report.text import band_name, grid

        if not self._best:
            return
        ordered = sorted(self._best.items(), key=lambda item: (-item[1][1][0].logit, item[0]))
        shown = ordered[: top or _SHOWN_RESUMES]
        rows: list[tuple[str, ...]] = [
            (name, source, f"{roles[0].score:.2f}", band_name(roles[0].band), "; ".join(_told(roles)))
            for (source, _), (name, roles) in shown
        ]
        head: tuple[str, ...] = ("candidate", "resume", "score", "fit", f"the best of {self._roles} role profiles")
        if all(row[0] == row[1] for row in rows):  # of a blind run
            head, rows = head[1:], [row[1:] for row in rows]
        console.show(grid(head, rows, console.width()))
        if rest := len(ordered) - len(shown):
            console.show(f"(and {rest} more; --top shows more)")
        console.show(
            "matcher score RESUME has all roles of one resume, with reasons; --jobs role:ID ranks all for one role, "
            "--jobs POST for a post; --out writes every pair\n"
        )


def _best(placed: Placed) -> _Best:
    fit = placed.fit
    return _Best(fit.logit, fit.score, placed.band, fit.role.title or fit.role.source)


def _told(roles: list[_Best]) -> Iterator[str]:
    """The best role, and the others with their scores."""
    yield roles[0].title
    yield from (f"{one.title} {one.score:.2f}" for one in roles[1:])
