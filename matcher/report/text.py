"""Results as text for people; plain characters only, so that a terminal, a pipe and a mail show the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from matcher.report.records import BANDS, Placed, Ranking
from matcher.report.rows import top_reasons

WIDTH = 100
"""Characters a line has where nobody says otherwise."""


def band_name(band: int) -> str:
    """The band's number and its name."""
    return f"{band} {BANDS[band]}"


# ------------------------------------------------------------------------------------------------------------------ tables


def grid(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDTH) -> str:
    """Columns side by side within `width` characters; the last column gives way, and figures stand to the right."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [header, *flat]) for i in range(len(header))]
    widths = [min(size, 34) for size in widths[:-1]] + widths[-1:]
    room = width - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(12, room))
    return "\n".join(_row(row, widths) for row in [header, *flat])


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_cell(text, size) for text, size in zip(row, widths, strict=True)).rstrip()


def _cell(text: str, size: int) -> str:
    shown = text if len(text) <= size else text[: size - 1] + "…"
    return shown.rjust(size) if _is_figure(shown) else shown.ljust(size)


def _is_figure(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def ranking_table(ranking: Ranking, top: int, width: int = WIDTH) -> str:
    """The best of one job under its title."""
    shown = ranking.placed[:top]
    rows = [_ranked(placed) for placed in shown]
    rest = len(ranking.placed) - len(shown)
    head = role_name(ranking.role.title, ranking.role.source)
    tail = f"\n(and {rest} more; --top shows more, --out writes all)" if rest else ""
    return f"{head}\n" + grid(("#", "score", "fit", "candidate", "resume", "why"), rows, width) + tail


def _ranked(placed: Placed) -> tuple[str, ...]:
    profile = placed.fit.profile
    why = "; ".join(top_reasons(placed.fit.contributions, quoted=False))
    score = f"{placed.fit.score:.2f}"
    return str(placed.rank), score, band_name(placed.band), profile.facts.contact.name or "-", profile.source, why


def roles_table(placed: Sequence[Placed], width: int = WIDTH) -> str:
    """One resume against several roles, best first."""
    rows = [_role_row(place, one) for place, one in enumerate(placed, 1)]
    return grid(("#", "score", "fit", "role", "why"), rows, width)


def _role_row(place: int, one: Placed) -> tuple[str, ...]:
    role = one.fit.role
    return (
        str(place),
        f"{one.fit.score:.2f}",
        band_name(one.band),
        role.title or role.source,
        "; ".join(top_reasons(one.fit.contributions, 2, quoted=False)) or "nothing that it asks for is shown",
    )


def role_name(title: str, source: str) -> str:
    """A role by its title and its file, or by its file alone."""
    return f"{title} ({source})" if title and title != source else source


# ------------------------------------------------------------------------------------------------------------------ shared


def listing(title: str, items: Iterable[str], width: int = WIDTH) -> Iterator[str]:
    """A titled list, or nothing where there are no items."""
    found = list(items)
    if found:
        yield f"\n{title}"
    for item in found:
        yield from wrap(item, width, "  - ", "    ")


def wrap(text: str, width: int, first: str, later: str) -> list[str]:
    """A paragraph in lines of at most `width` characters; long words are left whole."""
    return textwrap.wrap(
        " ".join(text.split()),
        max(40, width),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
