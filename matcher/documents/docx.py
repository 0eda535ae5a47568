"""DOCX bytes to a `Document`: paragraphs, tables, lists, text boxes and headers in the order in which they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from matcher.documents.building import Draft, Limits, check_length, document
from matcher.documents.repair import BULLET, mended
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

_LARGEST = 100 * 2**20
_DENSEST = 200
"""A file may unpack to this many bytes, and to this many times its own size (small files are let off)."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes, source: str, limits: Limits) -> Document:
    """Read a DOCX file; errors of the zip, the XML or python-docx come out as UnreadableError "damaged"."""
    from docx import Document as open_docx

    try:
        _check_size(data)
        drafts: list[Draft] = []
        count = 0
        for draft in _drafts(open_docx(BytesIO(data))):
            drafts.append(draft)
            count += len(draft.text)
            check_length(count, limits)
    except (MatcherError, MemoryError):
        raise
    except Exception as error:  # a broken package fails in the zip, the XML or the object model, each with its own errors
        raise UnreadableError("is a damaged Word document; open it in Word and save it again", "damaged") from error
    if not drafts:
        raise UnreadableError("is a Word document without text; ask for the original or run OCR on it", "no-text-layer")
    return document(data, source, drafts)


def _check_size(data: bytes) -> None:
    """Raise LimitError "too-large" for a file that is small only because it is packed beyond reason."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        size = sum(entry.file_size for entry in package.infolist())
    if size > _LARGEST or (size > 10 * 2**20 and size > _DENSEST * len(data)):
        raise LimitError(f"unpacks to {size // 2**20:,} MiB; ask for a plain copy", "too-large")


def _drafts(package: Any) -> Iterator[Draft]:
    """Headers, body, then footers; what later sections repeat is read once."""
    seen: set[str] = set()
    for part in ("header", "footer"):
        if part == "footer":
            yield from _blocks(package, package.element.body)
        for section in package.sections:
            for kind in (f"first_page_{part}", part):
                block = getattr(section, kind)
                lines = [] if block.is_linked_to_previous else list(_blocks(block, block._element))
                text = "\n".join(line.text for line in lines)
                if text not in seen:
                    seen.add(text)
                    yield from lines


def _blocks(parent: Any, element: Any) -> Iterator[Draft]:
    """The lines of a body, header or cell."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    apart = False
    for child in element.iterchildren():
        if child.tag == f"{_W}sdt":  # a content control wraps blocks of its own
            yield from _blocks(parent, child.find(f"{_W}sdtContent") if child.find(f"{_W}sdtContent") is not None else child)
        elif child.tag == f"{_W}tbl":
            yield from _table(Table(child, parent))
            apart = True
        elif child.tag == f"{_W}p":
            found = list(_paragraph(Paragraph(child, parent), apart))
            apart = not found
            yield from found


def _paragraph(paragraph: Any, apart: bool) -> Iterator[Draft]:
    """One line for each line break in it, then its text boxes."""
    style = paragraph.style
    name = (style.name or "") if style is not None else ""
    heading = name.startswith(("Heading", "Title"))
    text = mended(_text(paragraph._p))
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = heading or (bool(runs) and all(_is_bold(run, style) for run in runs))
    size = _size(runs, style)
    listed = not heading and (name.startswith("List") or _numbered(paragraph))
    for i, line in enumerate(filter(None, (part.strip() for part in text.split("\n")))):
        begin = f"{BULLET} " if listed and i == 0 and not line.startswith(BULLET) else ""
        yield Draft(begin + line, (apart or heading) and i == 0, size=size, bold=bold)
    for box in paragraph._p.iter(f"{_W}txbxContent"):
        if not any(up.tag == _FALLBACK for up in box.iterancestors()):
            yield from _blocks(paragraph._parent, box)


def _text(element: Any) -> str:
    """A paragraph's own text: no deleted or hidden runs, no text boxes; links and fields count."""
    pieces = []
    for run in element.iter(f"{_W}r"):
        inside = [up.tag for up in run.iterancestors() if up is not element]
        if f"{_W}txbxContent" in inside[: _depth(run, element)] or f"{_W}del" in inside or _hidden(run):
            continue
        for part in run:
            pieces.append(_MARKS.get(part.tag, (part.text or "") if part.tag == f"{_W}t" else ""))
    return "".join(pieces)


_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def _depth(run: Any, element: Any) -> int:
    """How many elements stand between a run and its paragraph."""
    for depth, up in enumerate(run.iterancestors()):
        if up is element:
            return depth
    return 0


def _hidden(run: Any) -> bool:
    switch = run.find(f"{_W}rPr/{_W}vanish")
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false")


def _is_bold(run: Any, style: Any) -> bool:
    return bool(run.bold if run.bold is not None else style is not None and style.font.bold)


def _size(runs: Any, style: Any) -> float:
    """The size of the first run that states one, else the style's; 0 if unknown."""
    for font in [run.font for run in runs] + ([style.font] if style is not None else []):
        if font.size is not None:
            return float(font.size.pt)
    return 0.0


def _numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _table(table: Any) -> Iterator[Draft]:
    """A row of short cells is one line with tabs; a row that lays out whole columns is read cell by cell."""
    for i, row in enumerate(table.rows):
        cells: list[Any] = []
        for cell in row.cells:  # a merged cell is listed once for each column it spans
            if not any(cell._tc is other._tc for other in cells):
                cells.append(cell)
        read = [list(_blocks(cell, cell._tc)) for cell in cells]
        if any(len(lines) > 3 for lines in read):
            for lines in read:
                yield from lines
        elif any(read):
            text = "\t".join(" ".join(line.text for line in lines) for lines in read if lines)
            filled = [line for lines in read for line in lines]
            yield Draft(text, i == 0, size=filled[0].size, bold=all(line.bold for line in filled))
