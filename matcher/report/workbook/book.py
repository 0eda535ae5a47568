"""A workbook and its pages: rows of plain cells, as high as their text and no higher than a screen bears."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from matcher.report.cells import plain
from matcher.report.records import RunInfo
from matcher.report.rows import Cell

MOST_ROWS = 1_000_000
"""Where a sheet is full; the format ends at 1,048,576 rows."""
LINES = 6
"""Lines of a cell that a row shows; a higher row leaves too few on a screen."""
_LINE, _SIZE = 13, 10  # points: of a line, and of its letters
_FILLS = ("#F3E3DC", "#FCEBD3", "#FFF7CF", "#DCEFD5")
"""Band 0 to 3, told apart without telling red from green."""
_FILLED = frozenset({"entry", "part"})
"""Styles that are seen in an empty cell too."""
_A4 = 9
_PAPER = 10.9 * 72
"""Points across a page of A4 that lies on its side, without margins and a little for programs that measure otherwise."""
_LEAST = 80
"""Percent below which letters of 10 points cannot be read well on paper; what is wider goes on beside, on another page."""
_MOST_BREAKS = 1000  # the format ends at 1,023


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its width in characters, and whether it is hidden."""

    title: str
    width: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that opens a file; `target` has been proved harmless (`links.py`)."""

    target: str
    text: str


class Book:
    """The file and the styles that its pages share; the same results give the same bytes."""

    def __init__(self, path: Path, run: RunInfo) -> None:
        from xlsxwriter import Workbook

        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file = Workbook(str(path), {"constant_memory": True, **safe})
        self.date = run.date
        self.file.set_properties({"title": "Shortlist", "created": _moment(run.date)})
        self.file.formats[0].set_font_size(_SIZE)
        self._plain, self._ruled = self._styles({}), self._styles({"bottom": 1, "bottom_color": "#E3E3E3"})

    def sheet(self, name: str) -> Any:
        """The sheet of this name, made at the end of those that are there where it is new."""
        return self.file.get_worksheet_by_name(name) or self.file.add_worksheet(name)

    def close(self) -> None:
        """Write the file."""
        self.file.close()

    def styles(self, ruled: bool) -> dict[str | int, Any]:
        """The styles of cells by name or band, with a line below each row or without."""
        return self._ruled if ruled else self._plain

    def _styles(self, line: Mapping[str, Any]) -> dict[str | int, Any]:
        base = {"valign": "top", "text_wrap": True, "font_size": _SIZE, **line}
        middle = {**base, "align": "center"}
        kinds: dict[str | int, dict[str, Any]] = {
            "text": base,
            "head": {**base, "bold": True, "bg_color": "#DDE3EA", "bottom": 1, "bottom_color": "#000000"},
            "part": {**base, "bold": True, "bg_color": "#EEF1F5", "align": "left"},
            "left": {**base, "align": "left"},
            "part points": {**middle, "bold": True, "bg_color": "#EEF1F5", "num_format": "+0.00;-0.00;0.00"},
            "figure": middle,
            "score": {**middle, "num_format": "0.00"},
            "points": {**middle, "num_format": "+0.00;-0.00;0.00"},
            "link": {**base, "font_color": "#0B57A4", "underline": 1},
            "entry": {**base, "bg_color": "#FFFFF0", "border": 1, "border_color": "#C8C8C8"},
            **{band: {**middle, "bg_color": colour, "num_format": "0.00"} for band, colour in enumerate(_FILLS)},
            **{f"count {band}": {**middle, "bg_color": colour} for band, colour in enumerate(_FILLS)},
        }
        return {name: self.file.add_format(kind) for name, kind in kinds.items()}


class Page:
    """One sheet: a frozen line of headings, then rows in their order."""

    def __init__(
        self, book: Book, name: str, headings: Sequence[Heading], frozen: int = 0, lines: int = LINES, ruled: bool = True
    ) -> None:
        """`frozen`: how many columns stay in sight; `lines`: what the highest row shows; `ruled`: a line below each row.

        Without lines empty cells need not be written, which is felt on a long sheet.
        """
        self._styles = book.styles(ruled)
        self._blank = "text" if ruled else None
        self._headings = tuple(headings)
        self._lines, self._frozen = lines, frozen
        self._used: set[int] = set()
        self._breaks: list[int] = []
        self.sheet = book.sheet(name)
        self.rows = 1
        self.full = False
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, heading.width, None, {"hidden": heading.hidden})
        self.sheet.freeze_panes(1, frozen)
        _on_paper(self.sheet, book.date)
        titles = [heading.title for heading in headings]
        bold = [Heading(heading.title, heading.width * 4 // 5, heading.hidden) for heading in headings]  # takes more room
        self.sheet.set_row(0, _height(titles, bold, 7))
        for column, title in enumerate(titles):
            self.sheet.write_string(0, column, plain(title), self._styles["head"])

    def add(self, cells: Sequence[Cell | Link], styles: Mapping[int, str | int] | None = None) -> None:
        """Write a row, unless the sheet is full; `styles` are those of columns that do not go by the kind of their value."""
        if self.rows > MOST_ROWS:
            self.full = True
            return
        self.sheet.set_row(self.rows, _height(cells, self._headings, self._lines))
        given = styles or {}
        for column, cell in enumerate(cells):
            style = given.get(column)
            if cell is None:
                style = style if style in _FILLED else self._blank
            else:
                self._used.add(column)
                style = ("text" if isinstance(cell, str) else "figure") if style is None else style
            if style is not None:
                self._write(column, cell, self._styles[style])
        self.rows += 1

    def part(self) -> None:
        """The next row begins a page of its own on paper."""
        if self.rows > 1 and len(self._breaks) < _MOST_BREAKS:
            self._breaks.append(self.rows)

    def finish(
        self, kept: Collection[str] = (), printed: int | None = None, rows: int | None = None, filtered: bool = True
    ) -> None:
        """Let people filter, hide columns that nobody has anything in, and set the page up.

        `kept` are titles of columns that stay though they are empty, `printed` and `rows` how many columns and rows (with the
        headings) come on paper, by default all.
        """
        shown = [not heading.hidden for heading in self._headings]
        for column, heading in enumerate(self._headings if self.rows > 1 else ()):
            if shown[column] and column not in self._used and heading.title not in kept:
                self.sheet.set_column(column, column, heading.width, None, {"hidden": True})
                shown[column] = False
        last = max(1, self.rows - 1)
        if filtered:
            self.sheet.autofilter(0, 0, last, len(self._headings) - 1)
        self._set_up(min(last, (rows or self.rows) - 1), printed or len(self._headings), shown)

    def _set_up(self, last: int, printed: int, shown: Sequence[bool]) -> None:
        """On paper all columns stand side by side where letters stay large enough, else the first ones are on each page."""
        widths = [_points(heading.width) if seen else 0.0 for heading, seen in zip(self._headings, shown, strict=True)]
        if _LEAST * sum(widths[:printed]) <= 100 * _PAPER:
            self.sheet.fit_to_pages(1, 0)
        else:
            self.sheet.set_print_scale(_LEAST)
            self.sheet.repeat_columns(0, max(0, self._frozen - 1))
        self.sheet.print_area(0, 0, last, printed - 1)
        if self._breaks:
            self.sheet.set_h_pagebreaks(self._breaks)

    def _write(self, column: int, cell: Cell | Link, style: Any) -> None:
        if cell is None:
            self.sheet.write_blank(self.rows, column, None, style)
        elif isinstance(cell, Link):
            self.sheet.write_url(self.rows, column, f"external:{cell.target}", self._styles["link"], plain(cell.text))
        elif isinstance(cell, str):
            self.sheet.write_string(self.rows, column, plain(cell), style)
        else:
            self.sheet.write_number(self.rows, column, cell, style)


def fitted(items: Sequence[str], width: int, most: int, rest: str = "more: Evidence", lines: int = LINES) -> str | None:
    """As many of the items as a cell of this width shows, at most so many, and how many more there are."""
    taken, used = 0, 0
    for item in items[:most]:
        used += lines_of(item, width)
        room = lines if taken + 1 == len(items) else lines - 1
        if taken and used > room:
            break
        taken += 1
    left = len(items) - taken
    if taken == 1:
        items = [clipped(items[0], width, lines - bool(left))]
    return "\n".join([*items[:taken], *([f"(and {left} {rest})"] if left else [])]) or None


def clipped(text: str, width: int, lines: int = LINES) -> str:
    """A text as far as a cell of this width shows it, "…" where it goes on."""
    if lines_of(text, width) <= lines:
        return text
    size = width * lines
    while lines_of(text[:size], width) > lines:
        size -= 1
    head, gap, tail = text[: size - 1].rpartition(" ")
    return (head if gap and len(tail) < width else text[: size - 1]).rstrip() + "…"


def lines_of(text: str, width: int) -> int:
    """About how many lines a text takes in a column: lines end with whole words, and letters are narrower than figures."""
    room = width + width // 10
    return sum(_wrapped(line, room) if len(line) > room else 1 for line in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    count, used = 1, 0
    for word in line.split(" "):
        size = len(word)
        if used and used + 1 + size > room:
            count, used = count + 1, 0
        over = max(0, size - 1) // room  # a word that is longer than a line goes on in the next
        count, used = count + over, (used + 1 if used else 0) + size - over * room
    return count


def _height(cells: Sequence[object], headings: Sequence[Heading], most: int) -> int:
    """Points that a row needs to show its text; set here since not every program finds out by itself."""
    highest = 1
    for cell, heading in zip(cells, headings, strict=True):
        if isinstance(cell, str) and not heading.hidden and (len(cell) > heading.width or "\n" in cell):
            highest = max(highest, lines_of(cell, heading.width))
    return _LINE * min(most, highest) + 2


def _points(width: int) -> float:
    """How wide a column of so many characters is on paper."""
    return (7 * width + 5) * 0.75


def _on_paper(sheet: Any, date: str) -> None:
    """The headings, what sheet it is and a number stand on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.5)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L&A&RShortlist of {date.replace('&', '&&')}", {"margin": 0.25})
    sheet.set_footer("&LA person decides&RPage &P of &N", {"margin": 0.25})


def _moment(date: str) -> datetime:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=None)
    except ValueError:
        return datetime(2000, 1, 1)
