"""One resume in many layouts and formats: what the invented people of `samples/` say, set in each of FORMS."""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Table

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))

from drawing import MARGIN, PAPER, Pen, docx_bytes, pdf_bytes  # noqa: E402
from pieces import Person, Piece, Style, head_pieces, load_person, pieces_of  # noqa: E402

NAMES = tuple(path.stem for path in sorted((SAMPLES / "people").glob("*.yaml")))
Section = dict[str, Any]
ParagraphStyle.defaults["splitLongWords"] = 0  # narrow cells: no program but this one breaks words anywhere


def person_of(name: str) -> Person:
    """An invented person by the name of the file."""
    return load_person(SAMPLES / "people" / f"{name}.yaml")


def _long(section: Section) -> bool:
    """Whether a section needs a wide column."""
    return any(key in section for key in ("jobs", "rows"))


def _parted(person: Person) -> tuple[list[Section], list[Section]]:
    """The sections for a narrow column and those for a wide one."""
    both = [*person.side, *person.sections]
    return [s for s in both if not _long(s)], [s for s in both if _long(s)]


def _whole(person: Person, style: Style | None = None) -> list[Piece]:
    """Everything, one below the other."""
    return [*head_pieces(person), *pieces_of([*person.side, *person.sections], style or person.style)]


# --------------------------------------------------------------------------------------------------------------------- PDF


def one_column(person: Person) -> bytes:
    """One column."""
    return pdf_bytes([], _whole(person), person.style)


def grid(person: Person) -> bytes:
    """One column, the jobs in a table with lines: dates, firm, title, and a list of what was done."""
    style = person.style
    width, height = PAPER[style.paper]
    wide = width - 2 * MARGIN
    shares = [0.17 * wide, 0.19 * wide, 0.17 * wide, 0.47 * wide]
    pen = Pen(style, wide)
    flow: list[Any] = pen.draw(head_pieces(person))
    for section in [*person.side, *person.sections]:
        rest = {key: value for key, value in section.items() if key != "jobs"}
        flow += pen.draw(pieces_of([rest], style))
        for job in section.get("jobs", ()):
            *_, row = pieces_of([{"heading": "", "jobs": [job]}], replace(style, jobs="grid"))
            duties = Pen(style, shares[-1] - 12).draw(Piece("bullet", (duty,)) for duty in job.get("duties", ()))
            table = Table([[*(Pen(style, 60).draw([Piece("text", (cell,))]) for cell in row.cells[:3]), duties]], shares)
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            flow.append(table)
    stream = io.BytesIO()
    book = BaseDocTemplate(stream, pagesize=(width, height), invariant=1)
    book.addPageTemplates([PageTemplate("all", [Frame(MARGIN, 40, wide, height - 80, 0, 0, 0, 0)])])
    book.build(flow)
    return stream.getvalue()


def _framed(person: Person, head: Sequence[Piece], columns: Sequence[tuple[float, float, list[Piece], str]]) -> bytes:
    """Columns below a head across the page; each is left edge, width, pieces and the colour behind it ("" for none)."""
    width, height = PAPER[person.style.paper]
    tall = 90.0 if head else 30.0
    frames = [Frame(MARGIN, height - tall - 20, width - 2 * MARGIN, tall, 0, 0, 0, 0, id="head")] if head else []
    frames += [Frame(x, 30, wide, height - tall - 60, 0, 0, 0, 0) for x, wide, _, _ in columns]

    def paint(canvas: Any, book: Any) -> None:
        for x, wide, _, ink in columns:
            if ink:
                canvas.setFillColor(colors.HexColor(ink))
                canvas.rect(x - 10, 0, wide + 20, height - tall - 22, stroke=0, fill=1)

    stream = io.BytesIO()
    book = BaseDocTemplate(stream, pagesize=(width, height), invariant=1)
    rest = [Frame(x, 30, wide, height - 70, 0, 0, 0, 0) for x, wide, _, _ in columns[-1:]]
    book.addPageTemplates([PageTemplate("first", frames, onPage=paint), PageTemplate("rest", rest)])
    flow: list[Any] = [*Pen(person.style, width - 2 * MARGIN).draw(head), FrameBreak()] if head else []
    for i, (_, wide, pieces, ink) in enumerate(columns):
        last = i == len(columns) - 1
        flow += [NextPageTemplate("rest")] if last else []
        flow += Pen(person.style, wide, "#ffffff" if ink.startswith("#0") else "#111111").draw(pieces)
        flow += [] if last else [FrameBreak()]
    book.build(flow)
    return stream.getvalue()


def two_columns(person: Person) -> bytes:
    """Two columns below the name, the right one the wider."""
    narrow, wide = _parted(person)
    width = PAPER[person.style.paper][0]
    slim = 0.34 * (width - 2 * MARGIN)
    rest = width - 2 * MARGIN - slim - 24
    left, right = list(pieces_of(narrow, person.style)), list(pieces_of(wide, person.style))
    return _framed(person, list(head_pieces(person)), [(MARGIN, slim, left, ""), (MARGIN + slim + 24, rest, right, "")])


def left_sidebar(person: Person) -> bytes:
    """A dark sidebar at the left; the name stands in the main column."""
    narrow, wide = _parted(person)
    main = [*head_pieces(person), *pieces_of(wide, person.style)]
    width = PAPER[person.style.paper][0]
    return _framed(person, [], [(30, 150, list(pieces_of(narrow, person.style)), "#0b2a3d"), (212, width - 250, main, "")])


def right_sidebar(person: Person) -> bytes:
    """A pale sidebar at the right, in smaller letters; the name and the jobs stand before it in the file."""
    narrow, wide = _parted(person)
    width = PAPER[person.style.paper][0]
    small = replace(person, style=replace(person.style, size=person.style.size - 1))
    side = list(pieces_of(narrow, small.style))
    main = [*head_pieces(person), *pieces_of(wide, person.style)]
    # The last column alone goes on to the next page: here that is the main one, drawn last and standing at the left.
    return _framed(small, [], [(width - 180, 150, side, "#e9eef4"), (36, width - 250, main, "")])


def _margin_rows(person: Person, style: Style) -> Iterator[tuple[str, list[Piece]]]:
    """The name of a section, or "" where it goes on, and what stands beside it."""
    for section in [*person.side, *person.sections]:
        heading, *body = pieces_of([section], style)
        for i, piece in enumerate(body):
            yield heading.cells[0] if i == 0 else "", [piece]


def _margins(person: Person, ruled: bool) -> bytes:
    style = person.style
    width, height = PAPER[style.paper]
    wide = width - 2 * MARGIN
    pen, bold = Pen(style, wide - 142), Pen(style, 118)
    rows = list(_margin_rows(person, style))
    merged: list[tuple[str, list[Piece]]] = []
    for name, body in rows:  # the rows of a table stay one table
        if merged and not name and body[0].kind == "row" and merged[-1][1][-1].kind == "row":
            merged[-1][1].extend(body)
        else:
            merged.append((name, list(body)))
    table = Table(
        [[bold.draw([Piece("bold", (name,))] if name else []), pen.draw(body)] for name, body in merged], [130, wide - 130]
    )
    starts = [i for i, (name, _) in enumerate(merged) if name]
    lines = [("LINEABOVE", (0, i), (-1, i), 0.5, colors.black) for i in starts] + [("BOX", (0, 0), (-1, -1), 0.5, colors.black)]
    lines += (
        [("INNERGRID", (0, 0), (-1, -1), 0, colors.white)] if not ruled else [("LINEAFTER", (0, 0), (0, -1), 0.5, colors.black)]
    )
    table.setStyle(
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    )
    table.setStyle(lines if ruled else [])
    stream = io.BytesIO()
    book = BaseDocTemplate(stream, pagesize=(width, height), invariant=1)
    book.addPageTemplates([PageTemplate("all", [Frame(MARGIN, 40, wide, height - 80, 0, 0, 0, 0)])])
    book.build([*Pen(style, wide).draw(head_pieces(person)), table])
    return stream.getvalue()


def margin(person: Person) -> bytes:
    """The names of the sections in the margin, their text beside them."""
    return _margins(person, ruled=False)


def ruled(person: Person) -> bytes:
    """The same with lines around each section."""
    return _margins(person, ruled=True)


# -------------------------------------------------------------------------------------------------------------------- Word


def word(person: Person) -> bytes:
    """Paragraphs with styles."""
    return docx_bytes(_whole(person), person.name)


def _plain_word(package: Any, pieces: Iterable[Piece]) -> None:
    """Pieces as paragraphs of a body or a cell, looks set by hand as people do."""
    for piece in pieces:
        paragraph = package.add_paragraph()
        run = paragraph.add_run(("\u2022 " if piece.kind == "bullet" else "") + "\t".join(piece.cells))
        run.bold = piece.kind in ("name", "heading", "bold", "split")


def _saved(package: Any) -> bytes:
    stream = io.BytesIO()
    package.save(stream)
    return stream.getvalue()


def word_table(person: Person) -> bytes:
    """A table without lines lays out two columns; each section has a row of its own cells below."""
    narrow, wide = _parted(person)
    package = docx.Document()
    _plain_word(package, head_pieces(person))
    left, right = package.add_table(rows=1, cols=2).rows[0].cells
    _plain_word(left, pieces_of(narrow, person.style))
    _plain_word(right, pieces_of(wide, person.style))
    return _saved(package)


def word_boxes(person: Person) -> bytes:
    """The narrow sections in a text box, drawn as Word does it: once for each generation of the format."""
    narrow, wide = _parted(person)
    package, inner = docx.Document(), docx.Document()
    _plain_word(package, head_pieces(person))
    _plain_word(inner, pieces_of(narrow, person.style))
    inside = "".join(_xml(p._p) for p in inner.paragraphs)
    package.paragraphs[0]._p.append(parse_xml(BOX.format(spaces=nsdecls("w", "wp", "a"), inside=inside)))
    _plain_word(package, pieces_of(wide, person.style))
    return _saved(package)


def _xml(element: Any) -> str:
    from lxml import etree

    return etree.tostring(element, encoding="unicode")


BOX = (
    '<w:r {spaces} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="wps"><wps:wsp>'
    "<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)


# -------------------------------------------------------------------------------------------------------------------- text


def text(person: Person) -> bytes:
    """Plain text; what stands at the right is set off by spaces."""
    lines = []
    for piece in _whole(person):
        lines += ["", piece.cells[0]] if piece.kind == "heading" else [_line(piece, "      ")]
    return "\n".join(lines).encode()


def _line(piece: Piece, glue: str) -> str:
    return ("- " if piece.kind == "bullet" else "") + glue.join(piece.cells)


def markdown(person: Person) -> bytes:
    """Markdown with headings, bold, lists and pipe tables."""
    lines: list[str] = []
    before = ""
    for piece in _whole(person):
        cells = [cell.replace("|", "\\|").replace("*", "\\*") for cell in piece.cells]
        if piece.kind != before or piece.kind not in ("bullet", "row"):
            lines.append("")
        if piece.kind == "row":
            lines.append(f"| {' | '.join(cells)} |")
            lines += [] if before == "row" else ["|" + " --- |" * len(cells)]
        else:
            starts = {"name": "# ", "heading": "## ", "bullet": "- "}
            line = starts.get(piece.kind, "") + "    ".join(cells)
            lines.append(f"**{line}**" if piece.kind in ("bold", "split") else line)
        before = piece.kind
    return "\n".join(lines).encode()


def page(person: Person) -> bytes:
    """HTML with headings, lists and tables."""
    tags = {"name": "h1", "heading": "h2", "bullet": "li", "bold": "h4"}
    parts: list[str] = []
    before = ""
    for piece in (*_whole(person), Piece("end", ())):
        for kind, tag in (("bullet", "ul"), ("row", "table")):
            if piece.kind == kind != before:
                parts.append(f"<{tag}>")
            if before == kind != piece.kind:
                parts.append(f"</{tag}>")
        cells = [html.escape(cell) for cell in piece.cells]
        if piece.kind == "row":
            parts.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
        elif piece.kind == "split":
            parts.append(f'<p><b>{cells[0]}</b> <span style="float: right">{cells[1]}</span></p>')
        elif piece.kind != "end":
            tag = tags.get(piece.kind, "p")
            parts.append(f"<{tag}>{cells[0]}</{tag}>")
        before = piece.kind
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>CV</title></head><body>{body}</body></html>".encode()


def rich(person: Person) -> bytes:
    """RTF as Word writes it: headings bold, bullets with their text, rows of cells."""
    parts = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Calibri;}}{\colortbl;\red0\green0\blue0;}\f0\fs21"]
    for piece in _whole(person):
        cells = [_rtf(cell) for cell in piece.cells]
        if piece.kind == "row":
            edges = "".join(rf"\cellx{2200 * (i + 1)}" for i in range(len(cells)))
            parts.append(rf"\trowd\trgaph108{edges}\pard\intbl " + "".join(f"{cell}\\cell " for cell in cells) + r"\row\pard")
        elif piece.kind == "bullet":
            parts.append(r"{\pntext\f0\'95\tab}{\*\pn\pnlvlblt\pnf0{\pntxtb\'95}}\fi-360\li720 " + cells[0] + r"\par\pard")
        else:
            bold = piece.kind in ("name", "heading", "bold", "split")
            line = r"\tab ".join(cells)
            parts.append(rf"{{\b\fs{28 if piece.kind == 'heading' else 22} {line}}}\par" if bold else rf"{line}\par")
    return ("\n".join(parts) + "}").encode("ascii")


def _rtf(words: str) -> str:
    plain = words.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(char if ord(char) < 128 else rf"\u{ord(char) - 65536 * (ord(char) > 32767)}?" for char in plain)


FORMS: dict[str, tuple[str, Callable[[Person], bytes]]] = {
    "one column": (".pdf", one_column),
    "two columns": (".pdf", two_columns),
    "left sidebar": (".pdf", left_sidebar),
    "right sidebar": (".pdf", right_sidebar),
    "jobs in a table": (".pdf", grid),
    "names in the margin": (".pdf", margin),
    "ruled sections": (".pdf", ruled),
    "word": (".docx", word),
    "word table": (".docx", word_table),
    "word text boxes": (".docx", word_boxes),
    "text": (".txt", text),
    "markdown": (".md", markdown),
    "html": (".html", page),
    "rtf": (".rtf", rich),
}
