"""How the samples look: pieces drawn as PDF or DOCX, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.shared import Pt
from pieces import Piece, Style
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph, Table

WRITTEN = datetime(2026, 11, 2, 9, 0, 0)
BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}
PAPER = {"letter": LETTER, "a4": A4}
MARGIN = 48.0
SIDE_WIDTH = 168.0


@dataclass(frozen=True, slots=True)
class Pen:
    """Turns pieces into flowables of a given width."""

    style: Style
    width: float
    ink: str = "#111111"

    def draw(self, pieces: Iterable[Piece]) -> list[Flowable]:
        """The flowables of `pieces`; neighbouring rows become one table."""
        flow: list[Flowable] = []
        rows: list[tuple[str, ...]] = []
        for piece in (*pieces, Piece("end", ())):
            if piece.kind == "row":
                rows.append(piece.cells)
                continue
            if rows:
                flow.append(self._table(rows))
                rows = []
            if piece.kind != "end":
                flow.append(self._one(piece))
        return flow

    def _one(self, piece: Piece) -> Flowable:
        if piece.kind == "split":
            return self._split(*piece.cells)
        if piece.kind == "bullet":
            return self._paragraph(piece.cells[0], leftIndent=11, bulletText=self.style.bullet)
        looks: dict[str, dict[str, Any]] = {
            "name": {"fontName": self._bold, "fontSize": 17, "leading": 21, "textColor": self._accent},
            "heading": {
                "fontName": self._bold,
                "fontSize": self.style.size + 2,
                "spaceBefore": 9,
                "spaceAfter": 3,
                "textColor": self._accent,
            },
            "bold": {"fontName": self._bold, "spaceBefore": 3},
        }
        return self._paragraph(piece.cells[0], **looks.get(piece.kind, {}))

    @property
    def _bold(self) -> str:
        return BOLD[self.style.font]

    @property
    def _accent(self) -> str:
        return self.ink if self.ink == "#ffffff" else self.style.accent

    def _paragraph(self, text: str, bulletText: str | None = None, **look: Any) -> Paragraph:
        size = look.pop("fontSize", self.style.size)
        base = {"fontName": self.style.font, "fontSize": size, "leading": size * 1.28, "spaceAfter": 1.5, "textColor": self.ink}
        style = ParagraphStyle("s", **{**base, **look}, bulletFontName=self.style.font, bulletFontSize=self.style.size)
        return Paragraph(escape(text), style, bulletText=bulletText)

    def _split(self, left: str, right: str) -> Table:
        cells = [self._paragraph(left, fontName=self._bold), self._paragraph(right, alignment=2)]
        table = Table([cells], colWidths=[self.width * 0.68, self.width * 0.32], spaceBefore=4)
        table.setStyle(
            [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
        )
        return table

    def _table(self, rows: Sequence[tuple[str, ...]]) -> Table:
        shares = (0.21, 0.2, 0.16, 0.43) if max(len(row[-1]) for row in rows) > 60 else (1 / len(rows[0]),) * len(rows[0])
        table = Table(
            [[self._paragraph(cell) for cell in row] for row in rows], colWidths=[self.width * share for share in shares]
        )
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        return table


def pdf_bytes(head: Sequence[Piece], body: Sequence[Piece], style: Style, side: Sequence[Piece] = (), title: str = "") -> bytes:
    """A PDF with `head` and `body` in one column, or with `side` in a sidebar at the left."""
    width, height = PAPER[style.paper]
    wide, narrow = width - 2 * MARGIN, width - SIDE_WIDTH - 60
    stream = io.BytesIO()
    # Uncompressed streams: the bytes then depend on no version of zlib, and a change can be read in a diff.
    book = BaseDocTemplate(stream, pagesize=(width, height), invariant=1, pageCompression=0, title=title, author="invented")
    plain = Frame(MARGIN, 40, wide, height - 80, 0, 0, 0, 0, id="plain")
    left = Frame(18, 30, SIDE_WIDTH - 30, height - 66, 0, 0, 0, 0, id="side")
    right = Frame(SIDE_WIDTH + 22, 30, narrow, height - 66, 0, 0, 0, 0, id="main")
    if side:
        book.addPageTemplates([PageTemplate("first", [left, right], onPage=_sidebar(style)), PageTemplate("rest", [right])])
        flow = Pen(style, SIDE_WIDTH - 30, "#ffffff" if style.dark else "#111111").draw(side)
        flow += [NextPageTemplate("rest"), FrameBreak(), *Pen(style, narrow).draw([*head, *body])]
    else:
        book.addPageTemplates([PageTemplate("plain", [plain])])
        flow = Pen(style, wide).draw([*head, *body])
    book.build(flow)
    return stream.getvalue()


def _sidebar(style: Style) -> Any:
    def paint(canvas: Canvas, book: BaseDocTemplate) -> None:
        canvas.setFillColor(colors.HexColor(style.accent) if style.dark else colors.HexColor("#e9eef4"))
        canvas.rect(0, 0, SIDE_WIDTH, book.pagesize[1], stroke=0, fill=1)

    return paint


def docx_bytes(pieces: Iterable[Piece], title: str) -> bytes:
    """A DOCX with real heading, bullet and table styles."""
    docx = new_docx()
    docx.styles["Normal"].font.name, docx.styles["Normal"].font.size = "Calibri", Pt(10.5)
    properties = docx.core_properties
    properties.author = properties.last_modified_by = "invented"
    properties.title, properties.created, properties.modified, properties.revision = title, WRITTEN, WRITTEN, 1
    table = None
    for piece in pieces:
        if piece.kind != "row":
            table = None
            _write(docx, piece)
            continue
        table = table or docx.add_table(rows=0, cols=len(piece.cells), style="Table Grid")
        for cell, text in zip(table.add_row().cells, piece.cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    docx.save(stream)
    return _still(stream.getvalue())


def _write(docx: Docx, piece: Piece) -> None:
    if piece.kind in ("name", "heading"):
        docx.add_heading(piece.cells[0], level=0 if piece.kind == "name" else 1)
    elif piece.kind == "bullet":
        docx.add_paragraph(piece.cells[0], style="List Bullet")
    else:
        run = docx.add_paragraph().add_run("\t".join(piece.cells))
        run.bold = piece.kind in ("bold", "split")


def _still(data: bytes) -> bytes:
    """The same archive, packed again without the time at which it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
