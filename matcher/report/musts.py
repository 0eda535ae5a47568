"""What the musts of an opening cost, and who fits another opening better, in sentences and rows for people."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.records import MustCost, Opening
from matcher.report.records import Placed, Ranking
from matcher.report.rows import Cell
from matcher.report.text import counted

_DEAREST, _NAMED, _TITLE = 2, 3, 40
_POSSIBLE = 2


def must_rows(ranking: Ranking) -> Iterator[tuple[Cell, ...]]:
    """A row for each must that costs a band: role, must, in a lower band, of them not said, more possible, more strong, job."""
    role = ranking.role
    for cost in ranking.musts:
        yield role.title, cost.must, cost.held, cost.unsaid, cost.possible, cost.strong, role.source


NO_COST = "no must keeps anyone in a lower band"
"""What is told of an opening in which none does."""


def must_text(cost: MustCost) -> str:
    """One must in a sentence: whom it keeps in a lower band, and who would rise without it."""
    unsaid = f" ({cost.unsaid} of them without a word on it)" if cost.unsaid else ""
    more = ((cost.possible, "possible"), (cost.strong, "strong"))
    gain = ", ".join(f"{count} more {band}" for count, band in more if count)
    relaxed = f"without it {gain}" if gain else "to drop it alone changes nothing, other musts keep them there too"
    return f"{cost.must}: keeps {counted(cost.held, 'candidate')} in a lower band{unsaid}; {relaxed}"


def dearest(ranking: Ranking) -> MustCost | None:
    """The must without which most would rise; where none helps by itself, the one that holds most; None where none holds."""
    return next((cost for cost in ranking.musts if cost.possible or cost.strong), next(iter(ranking.musts), None))


def notes(ranking: Ranking, top: int) -> list[str]:
    """What stands below the table of an opening: its dearest musts, and who of those shown fits another opening better."""
    dear = [cost for cost in ranking.musts if cost.possible or cost.strong][:_DEAREST]
    found = [must_text(cost) for cost in dear or ranking.musts[:1]]
    elsewhere = [placed for placed in ranking.placed[:top] if _higher(placed)]
    if elsewhere:
        named = "; ".join(f"#{placed.rank} {_short(placed.better[0])}" for placed in elsewhere[:_NAMED])
        rest = f"; and {len(elsewhere) - _NAMED} more" if len(elsewhere) > _NAMED else ""
        found.append(f"another opening fits {counted(len(elsewhere), 'candidate')} of these better: {named}{rest}")
    return found


def _higher(placed: Placed) -> bool:
    """Whether another opening is worth a word on the screen: a higher band, not only some hundredths more."""
    return bool(placed.better) and placed.better[0].band > max(placed.band, _POSSIBLE - 1)


def _short(opening: Opening) -> str:
    title = opening.title or opening.job
    shown = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
    return f"{shown} ({opening.score:.2f})"
