"""What a content stream gives to the device, by pdfminer's own interpreter and by the package's."""

from __future__ import annotations

from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager


class Shown(NamedTuple):
    """One character as the device gets it: what it is, and left, foot, right and height of its box in points."""

    cid: int
    text: str | None
    font: str
    size: float
    box: tuple[float, float, float, float]
    colour: Any


class Recorder(PDFTextDevice):
    """Writes down each character, and each painted path and image."""

    layers_off: frozenset[int] = frozenset()
    hushed = False
    outer = None

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.characters: list[Shown] = []
        self.painted: list[Any] = []
        self._size = 0.0

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Go pdfminer's way."""
        self._render = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, graphicstate: Any
    ) -> float:
        """Write a character down."""
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = None
        a, b, c, d, e, f = matrix
        box = (c * rise + e, d * rise + f, a * advance + c * rise + e, b * advance + d * rise + f)
        colour = (graphicstate.ncolor, graphicstate.scolor, ncs.name, graphicstate.scs.name, self._render)
        self.characters.append(Shown(cid, text, str(font.fontname), fontsize, (*box, *matrix[:4]), colour))
        return float(advance)

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Write a path down."""
        self.painted.append((stroke, fill, evenodd, list(path), self.ctm, graphicstate.ncolor, graphicstate.scolor))

    def render_image(self, name: str, stream: Any) -> None:
        """Write an image down."""
        self.painted.append((self.ctm, stream.get("Width", stream.get("W"))))


def recorded(pages: Any, kind: type[PDFPageInterpreter]) -> Recorder | None:
    """What pages give to the device; None where pdfminer fails."""
    manager = PDFResourceManager()
    device = Recorder(manager)
    interpreter = kind(manager, device)
    for page in pages:
        interpreter.process_page(page)
    return device
