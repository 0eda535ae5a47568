"""DOCX bytes to a `Document`: paragraphs, tables, lists, text boxes and headers in the order in which they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from matcher.documents.building import Draft, Limits, check_length, document
from matcher.documents.cells import runs
from matcher.documents.hidden import Cause, hidden_notice
from matcher.documents.metadata import metadata_notices, office_fields
from matcher.documents.repair import BULLET, PICTURE, mended, without_pictures
from matcher.documents.word.looks import Back, Look, Looks, W, behind, behind_box, cause_of
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

_LARGEST = 100 * 2**20
_DENSEST = 200
"""A file may unpack to this many bytes, and to this many times its own size (small files are let off)."""
_TALL = 3
"""A cell of more lines than this is read by itself, and a text box of more waits for the end of the text around it."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WRAPPERS = ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
_THROUGH = frozenset(f"{W}{name}" for name in _WRAPPERS) | {f"{_MC}AlternateContent", f"{_MC}Choice"}
"""Elements that are read through: deleted and moved text, and what is written once more for old programs, are not."""
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = ("footnote", "endnote")


def read_docx(data: bytes, source: str, limits: Limits) -> Document:
    """Read a DOCX file; errors of the zip, the XML or python-docx come out as UnreadableError "damaged"."""
    from docx import Document as open_docx

    try:
        _check_size(data)
        package = open_docx(BytesIO(data))
        reader = _Reader(package)
        drafts: list[Draft] = []
        count = 0
        for draft in reader.drafts():
            drafts.append(draft)
            count += len(draft.text)
            check_length(count, limits)
    except (MatcherError, MemoryError):
        raise
    except Exception as error:  # a broken package fails in the zip, the XML or the object model, each with its own errors
        raise UnreadableError("is a damaged Word document; open it in Word and save it again", "damaged") from error
    if not drafts:
        raise UnreadableError("is a Word document without text; ask for the original or run OCR on it", "no-text-layer")
    notices = [hidden_notice(cause, mended(" ".join(w))) for cause, w in reader.hidden.items()]
    return document(data, source, drafts, warnings=[*notices, *metadata_notices(office_fields(data))])


def _check_size(data: bytes) -> None:
    """Raise LimitError "too-large" for a file that is small only because it is packed beyond reason."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        size = sum(entry.file_size for entry in package.infolist())
    if size > _LARGEST or (size > 10 * 2**20 and size > _DENSEST * len(data)):
        raise LimitError(f"unpacks to {size // 2**20:,} MiB; ask for a plain copy", "too-large")


@dataclass(slots=True)
class _Printed:
    """What a paragraph prints: its text, its look, and the text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    size: float | None = None
    boxes: list[Any] = field(default_factory=list)


class _Reader:
    """Walks one document; `hidden` collects what cannot be seen, by the reason."""

    def __init__(self, package: Any) -> None:
        self._package = package
        self._looks = Looks(package.styles.element, package.element.body)
        self.hidden: dict[Cause, list[str]] = {}

    def drafts(self) -> Iterator[Draft]:
        """Headers, body, notes, then footers; what later sections repeat is read once."""
        yield from self._edges("header")
        yield from self._story(self._package.element.body, self._looks.page)
        yield from self._notes()
        yield from self._edges("footer")

    def _edges(self, part: str) -> Iterator[Draft]:
        """The headers or footers that are printed on some page."""
        seen: set[str] = set()
        even = self._package.settings.odd_and_even_pages_header_footer
        for section in self._package.sections:
            first = section.different_first_page_header_footer
            for kind, shown in ((f"first_page_{part}", first), (part, True), (f"even_page_{part}", even)):
                block = getattr(section, kind)
                lines = list(self._story(block._element, self._looks.page)) if shown and not block.is_linked_to_previous else []
                text = "\n".join(line.text for line in lines)
                if text not in seen:
                    seen.add(text)
                    yield from lines

    def _notes(self) -> Iterator[Draft]:
        """Footnotes and endnotes; the separators that Word keeps among them hold no text."""
        from docx.oxml import parse_xml

        for relation in self._package.part.rels.values():
            kind = next((name for name in _NOTES if relation.reltype.endswith(f"/{name}s")), None)
            if kind is not None and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(f"{W}{kind}"):
                    yield from self._story(note, self._looks.page)

    def _story(self, element: Any, back: Back) -> Iterator[Draft]:
        """A body, header, cell or text box; tall text boxes beside its text come after it."""
        waiting: list[Any] = []
        yield from self._blocks(element, back, waiting)
        for box in waiting:
            yield from self._apart(self._story(box, behind_box(box, back)))

    def _apart(self, drafts: Iterator[Draft]) -> Iterator[Draft]:
        for i, draft in enumerate(drafts):
            yield replace(draft, apart=True) if i == 0 else draft

    def _blocks(self, element: Any, back: Back, waiting: list[Any]) -> Iterator[Draft]:
        apart = False
        for child in element.iterchildren():
            if child.tag == f"{W}tbl":
                yield from self._table(child, back)
                apart = True
            elif child.tag == f"{W}p":
                found = list(self._paragraph(child, apart, back, waiting))
                apart = not found
                yield from found
            elif child.tag in _THROUGH:
                yield from self._blocks(child, back, waiting)

    def _paragraph(self, paragraph: Any, apart: bool, back: Back, waiting: list[Any]) -> Iterator[Draft]:
        """One line for each line break in it, then its text boxes."""
        look = self._looks.of_paragraph(paragraph)
        printed = _Printed()
        self._walk(paragraph, look, behind(paragraph.find(f"{W}pPr"), back), printed)
        heading = look.level is not None or look.name.casefold().startswith(("heading", "title"))
        lines = [line for part in mended("".join(printed.pieces)).split("\n") if (line := without_pictures(part))]
        bold = heading or (bool(printed.bold) and all(printed.bold))
        listed = not heading and (bool(look.listed) or (look.listed is None and look.name.startswith("List ")))
        for i, line in enumerate(lines):
            begin = f"{BULLET} " if listed and i == 0 and not line.startswith(BULLET) else ""
            yield Draft(begin + line, (apart or heading) and i == 0, size=printed.size or look.size or 0.0, bold=bold)
        for box in printed.boxes:
            drafts = list(self._story(box, behind_box(box, back)))
            if len(drafts) > _TALL and lines:
                waiting.append(box)
            else:
                yield from drafts

    def _walk(self, element: Any, look: Look, back: Back, printed: _Printed) -> None:
        """Collect what the runs below an element print: no deleted or moved runs, no field codes; links and fields count."""
        for child in element.iterchildren():
            if child.tag == f"{W}r":
                self._run(child, look, back, printed)
            elif child.tag in _THROUGH:
                self._walk(child, look, back, printed)
            elif isinstance(child.tag, str) and child.tag.startswith(_MATHS[:-1]):
                printed.pieces += [part.text or "" for part in child.iter(_MATHS)]

    def _run(self, run: Any, paragraph: Look, back: Back, printed: _Printed) -> None:
        text = "".join(_sign(part) for part in run)
        printed.boxes += _boxes(run)
        if not text.strip():
            printed.pieces.append(text)
            return
        look = self._looks.of_run(run, paragraph)
        cause = cause_of(run, look, back)
        if cause is not None:
            self.hidden.setdefault(cause, []).append(text)
            return
        printed.pieces.append(text)
        printed.bold.append(bool(look.bold))
        printed.size = printed.size or look.size

    def _table(self, table: Any, back: Back) -> Iterator[Draft]:
        """A row of short cells is one line with tabs; long cells are read by themselves."""
        properties = table.find(f"{W}tblPr")
        style = properties.find(f"{W}tblStyle") if properties is not None else None
        if style is not None and self._looks.shaded(style.get(f"{W}val")):
            back = None
        rows = [[list(self._cell(cell, back)) for cell in _cells(row)] for row in _inside(table, "tr")]
        rows = [[cell for cell in row if cell] for row in rows]
        laid_out = max(map(len, rows), default=0) <= 2 and any(map(_tall, (cell for row in rows for cell in row)))
        for i, row in enumerate(filter(None, rows)):
            for j, drafts in enumerate(_parts(row, laid_out)):
                first = replace(drafts[0], apart=(i == 0 or (len(row) > 1 and laid_out)) if j == 0 else drafts[0].apart)
                yield from (first, *drafts[1:])

    def _cell(self, cell: Any, back: Back) -> Iterator[Draft]:
        yield from self._story(cell, behind(cell.find(f"{W}tcPr"), back))


def _parts(row: Sequence[list[Draft]], laid_out: bool) -> Iterator[list[Draft]]:
    """Neighbouring short cells as one line, divided by tabs, and each long one by itself."""
    for alone, cells in runs(row, lambda cell: _tall(cell) or (laid_out and cell is not row[0])):
        yield cells[0] if alone else [_line(cells)]


def _line(cells: Sequence[list[Draft]]) -> Draft:
    text = "\t".join(" ".join(line.text for line in lines) for lines in cells)
    filled = [line for lines in cells for line in lines]
    return Draft(text, size=filled[0].size, bold=all(line.bold for line in filled))


def _tall(cell: Sequence[Draft]) -> bool:
    return len(cell) > _TALL or sum(draft.text.startswith(BULLET) for draft in cell) > 1


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row; one that goes on from the row above holds nothing of its own."""
    for cell in _inside(row, "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is None or merged.get(f"{W}val") == "restart":
            yield cell


def _inside(element: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also those in content controls."""
    for child in element.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _THROUGH:
            yield from _inside(child, name)


def _boxes(run: Any) -> list[Any]:
    """The outermost text boxes of a run; a drawing that is written for old and new programs counts once."""
    found: list[Any] = []
    for child in run.iterchildren():
        if child.tag == f"{W}txbxContent":
            found.append(child)
        elif child.tag != f"{_MC}Fallback" and isinstance(child.tag, str):
            found += _boxes(child)
    return found


def _sign(part: Any) -> str:
    """What one element of a run prints."""
    if part.tag == f"{W}t":
        return part.text or ""
    if part.tag == f"{W}sym":
        code = part.get(f"{W}char", "")
        char = chr(int(code, 16)) if len(code) == 4 and code.isalnum() else ""
        return PICTURE if "\ue000" <= char <= "\uf8ff" else char
    return _MARKS.get(part.tag, "")
