"""Results as text for people; plain characters only, so that a terminal, a pipe and a mail show the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from matcher.records import Role
from matcher.report.records import BANDS, Placed, Ranking
from matcher.report.why import why

WIDTH = 100
"""Characters a line has where nobody says otherwise."""
_COLUMN = 34
"""Characters that a column has at most, but for the last."""
_WHY, _BELOW = 60, 4
"""The least room for a reason beside its row, and how far it is set in where it stands below."""


def band_name(band: int) -> str:
    """The band's number and its name."""
    return f"{band} {BANDS[band]}"


# ------------------------------------------------------------------------------------------------------------------ tables


def grid(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDTH) -> str:
    """Columns side by side within `width` characters; the last column gives way, and figures stand to the right."""
    flat = [_flat(row) for row in rows]
    *firsts, last = _natural(header, flat)
    widths = [*(min(size, _COLUMN) for size in firsts), last]
    room = width - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(12, room))
    return "\n".join(_row(row, widths) for row in [header, *flat])


def _flat(row: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _natural(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Of columns that another follows."""
    return [min(size, _COLUMN) for size in _natural(header, [_flat(row) for row in rows])]


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
    rest = len(ranking.placed) - len(shown)
    parts = [
        role_name(ranking.role.title, ranking.role.source),
        *weights_changed([ranking.role]),
        _reasoned(("#", "score", "fit", "candidate", "resume"), [_ranked(placed) for placed in shown], shown, width),
        *([f"(and {rest} more; --top shows more, --out writes all)"] if rest else []),
    ]
    return "\n".join(parts)


def _ranked(placed: Placed) -> tuple[str, ...]:
    profile = placed.fit.profile
    score = f"{placed.fit.score:.2f}"
    return str(placed.rank), score, band_name(placed.band), profile.facts.contact.name or "-", profile.source


def weights_changed(roles: Sequence[Role]) -> list[str]:
    """A line that names the weights which a person has changed for these roles, and for which where not for all; or none."""
    found: dict[str, list[str]] = {}
    for role in roles:
        for name, factor in role.weights:
            found.setdefault(f"{name} x {factor:g}", []).append(role.title or role.source)
    told = [text if len(titles) == len(roles) else f"{text} (for {_some(titles)})" for text, titles in found.items()]
    return [f"Weights changed: {', '.join(told)}"] if told else []


def _some(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _reasoned(header: Sequence[str], rows: Sequence[Sequence[str]], placed: Sequence[Placed], width: int) -> str:
    """Columns with the reason of each fit behind them or, where there is no room for it, in a line below its row."""
    taken = sum(size + 2 for size in _widths(header, rows))
    if width - taken >= _WHY:
        whole = [(*row, why(one.fit, width - taken)) for row, one in zip(rows, placed, strict=True)]
        return grid((*header, "why"), whole, width)
    first, *lines = grid(header, rows, width).splitlines()
    below = [" " * _BELOW + why(one.fit, max(width, _WHY) - _BELOW) for one in placed]
    return "\n".join([first, *(line for pair in zip(lines, below, strict=True) for line in pair)])


def roles_table(placed: Sequence[Placed], width: int = WIDTH) -> str:
    """One resume against several roles, best first."""
    rows = [_role_row(place, one) for place, one in enumerate(placed, 1)]
    return _reasoned(("#", "score", "fit", "role"), rows, placed, width)


def _role_row(place: int, one: Placed) -> tuple[str, ...]:
    role = one.fit.role
    return str(place), f"{one.fit.score:.2f}", band_name(one.band), role.title or role.source


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 month", "3 months"."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def role_name(title: str, source: str) -> str:
    """A role by its title and its file, or by its file alone; a person by name and file."""
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
