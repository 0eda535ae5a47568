"""Running text with its looks (size, bold, hidden) to lines, table rows and notices: what HTML and RTF have in common."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from matcher.documents.building import Draft, Limits, check_length
from matcher.documents.hidden import Cause, hidden_notice
from matcher.documents.repair import BULLET, mended, without_pictures
from matcher.records import Notice

_BLANKS = re.compile(r" *\t[ \t]*")
_GAP = re.compile(r"( {200}) +")
_BULLETS = "•●○▪◦■‣·*➢➤✓✔✅-–—"
_BULLET = re.compile(rf"^([{re.escape(_BULLETS)}])\s+")
_TALL = 3
"""A row with a cell of more lines than this lays out whole columns and is read cell by cell."""
_PROSE = 60
"""A line of this many characters is running text, and no heading, name or entry of a list."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set: its size in points (0 if unknown), its weight, and why it cannot be seen, if so."""

    size: float = 0.0
    bold: bool = False
    hidden: Cause | None = None


class Flow:
    """Takes text in reading order, with line ends, blocks and table cells, and gives `Draft`s.

    Raises LimitError "too-long" as soon as there is more text, seen or hidden, than the limits allow.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0
        self._pieces: list[tuple[str, Look]] = []
        self._apart = False
        self._begin = ""
        self._hidden: dict[Cause, list[str]] = {}
        self._out: list[Draft] = []
        self._outer: list[list[Draft]] = []
        self._rows: list[list[list[Draft]]] = []
        self._lines = 0
        self._several = False
        self.page = 1

    def text(self, text: str, look: Look) -> None:
        """Add to the current line; text that is hidden is kept out of it, for the notices."""
        self._count += len(text)
        check_length(self._count, self._limits)
        if look.hidden is not None and self._pieces and self._pieces[-1][0].strip() == text.strip():
            return  # the same words again, for people who have the page read to them
        if look.hidden is not None:
            self._hidden.setdefault(look.hidden, []).append(text)
        elif text:
            self._pieces.append((text, look))

    @property
    def ends_blank(self) -> bool:
        """Whether a further space would change nothing: nothing is on the line yet, or it ends with white space."""
        return not self._pieces or self._pieces[-1][0][-1].isspace()

    @property
    def last(self) -> str:
        """The last character of the current line, or ""."""
        return self._pieces[-1][0][-1] if self._pieces else ""

    def line(self) -> bool:
        """End the line; False if there was nothing on it."""
        text = "".join(piece for piece, _ in self._pieces)
        shown = _shown(text)
        if shown:
            begin = "" if shown.startswith(tuple(_BULLETS)) and self._begin.startswith(BULLET) else self._begin
            size, bold = _weighed(self._pieces)
            self._out.append(Draft(begin + shown, self._apart, page=self.page, size=size, bold=bold))
            self._apart, self._begin = False, ""
            self._lines += 1
        self._pieces = []
        return bool(shown)

    def end_line(self) -> None:
        """End the line where a break is written; a second break leaves a gap."""
        if not self.line():
            self._apart = self._apart or bool(self._out)

    @property
    def after_prose(self) -> bool:
        """Whether running text or a block of several lines came last: the gap after it then means something."""
        return bool(self._out) and (self._several or len(self._out[-1].text) >= _PROSE)

    def block(self, apart: bool = False) -> None:
        """End the line and the block it is in; `apart` sets a gap between it and what comes next."""
        blank = bool(self._pieces)
        blank = not self.line() and blank
        if self._lines:
            self._several = self._lines > 1
            self._lines = 0
        self._apart = self._apart or apart or blank
        for causes in self._hidden.values():
            if causes[-1] != " ":
                causes.append(" ")

    def begin(self, mark: str) -> None:
        """What the next line begins with: a bullet or a number, or nothing any more."""
        self._begin = mark

    def open_row(self, begun: bool = False) -> None:
        """Begin a row of a table and, if its first words have come already (`begun`), its first cell."""
        if not begun:
            self.block()
        self._rows.append([])
        if begun:
            self._outer.append(self._out)
            self._out = []

    def open_cell(self) -> None:
        """Begin a cell of the row that was opened last; cells may hold rows."""
        self.block()
        self._outer.append(self._out)
        self._out = []

    def close_cell(self) -> None:
        """End the cell that was opened last."""
        self.block()
        self._begin = ""
        self._rows[-1].append(self._out)
        self._out = self._outer.pop()

    def close_row(self, apart: bool = False) -> None:
        """End the row: one line with tabs if its cells are short, else its cells one after the other."""
        cells = [cell for cell in self._rows.pop() if cell]
        if any(len(cell) > _TALL for cell in cells):
            for cell in cells:
                self._out += [replace(cell[0], apart=True), *cell[1:]]
        elif cells:
            text = "\t".join(" ".join(draft.text for draft in cell) for cell in cells)
            bold = all(draft.bold for cell in cells for draft in cell)
            self._out.append(Draft(text, apart, page=self.page, size=cells[0][0].size, bold=bold))
        self._apart = False

    def drafts(self) -> list[Draft]:
        """All lines; open rows and cells are closed."""
        self.block()
        while self._rows:
            if len(self._outer) == len(self._rows):
                self.close_cell()
            self.close_row()
        return self._out

    def notices(self) -> list[Notice]:
        """One notice for each reason for which text was left out."""
        found = []
        for cause in Cause:
            text = "".join(self._hidden.get(cause, ()))
            if any(char.isalnum() for char in text):
                found.append(hidden_notice(cause, text))
        return found


def _shown(text: str) -> str:
    """A line as it is printed: repaired, blanks cut to the width of a page, a picture at its start a bullet."""
    text = without_pictures(mended(text))
    return _GAP.sub(r"\1", _BLANKS.sub("\t", _BULLET.sub(r"\1 ", text)))


def _weighed(pieces: list[tuple[str, Look]]) -> tuple[float, bool]:
    """The size that most of a line is set in, and whether all its words are bold."""
    sizes: Counter[float] = Counter()
    bold = True
    for text, look in pieces:
        written = sum(char.isalnum() for char in text)
        sizes[look.size] += written
        bold = bold and (look.bold or not written)
    size, most = max(sizes.items(), key=lambda item: item[1])
    return size, bold and most > 0
