"""pdfminer's parts with bounds: what a small file may unpack to, draw and claim, and references that lead in circles."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFXRefStream
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfparser import PDFParser, PDFSyntaxError
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef, PDFStream, list_value, resolve1, stream_value
from pdfminer.psparser import PSLiteral

from matcher.documents.building import Limits
from matcher.documents.pdf.filters import unpacked
from matcher.documents.pdf.interpreter import QuickInterpreter
from matcher.errors import LimitError

_LETTERS = 200_000
"""Letters that the fonts of a file may name: the largest alphabets in use have a fifth of that."""
_CODES = 2**16
"""Codes of a font of two bytes a letter."""
_ALPHABETS = ("Type1", "MMType1", "TrueType", "Type3", "CIDFontType0", "CIDFontType2")


class Budget:
    """What a file has used of its limits; each method raises LimitError "too-complex" where it goes beyond."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        self._drawn = 0
        self._letters = 0

    @property
    def left(self) -> int:
        """Bytes that may yet be unpacked."""
        return self._limits.max_unpacked - self._unpacked

    def unpack(self, size: int) -> None:
        """Count the bytes of an unpacked stream."""
        self._unpacked += size
        if self._unpacked > self._limits.max_unpacked:
            raise _too_complex(f"unpacks to more than {self._limits.max_unpacked // 2**20} MiB")

    def draw(self, size: int) -> None:
        """Count the bytes of content that is run; a form counts each time it is drawn, and a little for the call."""
        self._drawn += size + _CALL
        if self._drawn > self._limits.max_drawn:
            raise _too_complex(f"holds more than {self._limits.max_drawn // 2**20} MiB of drawing")

    def name(self, letters: int) -> None:
        """Count letters that a font names."""
        self._letters += letters
        if self._letters > _LETTERS:
            raise _too_complex(f"has fonts of more than {_LETTERS:,} letters")


_CALL = 1000
"""Bytes of content that running takes about as long as it takes to begin a form."""


def _too_complex(what: str) -> LimitError:
    return LimitError(f"{what}; print it to PDF again or save it as DOCX", "too-complex")


class GuardedStream(PDFStream):
    """A stream that is unpacked within the budget of its file."""

    def __init__(self, attrs: dict[str, Any], rawdata: bytes, decipher: Any, budget: Budget) -> None:
        super().__init__(attrs, rawdata, decipher)
        self._budget = budget

    def decode(self) -> None:
        """Unpack."""
        data = self.rawdata or b""
        if self.decipher:
            data = self.decipher(self.objid or 0, self.genno or 0, data, self.attrs)
        for name, parameters in self.get_filters():
            data = unpacked(data, name, parameters, self._budget.left)
            self._budget.unpack(len(data))
        self.data, self.rawdata = data, None


class GuardedParser(PDFParser):
    """A parser whose streams are guarded."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(BytesIO(data))
        self.budget = budget

    def do_keyword(self, pos: int, token: Any) -> None:
        """Read on; a stream that does not tell its length ends where the next "endstream" stands."""
        if token is not self.KEYWORD_STREAM:
            super().do_keyword(pos, token)
            return
        known, before = self._length_known(), self.fallback
        self.fallback = before or not known
        super().do_keyword(pos, token)
        self.fallback = before
        place, found = self.curstack[-1] if self.curstack else (0, None)
        if type(found) is PDFStream:
            self.curstack[-1] = (place, GuardedStream(found.attrs, found.rawdata or b"", found.decipher, self.budget))

    def _length_known(self) -> bool:
        """Tell whether the dictionary of the stream that begins, the last thing on the stack, has a length."""
        attributes = self.curstack[-1][1] if self.curstack else None
        length = attributes.get("Length") if isinstance(attributes, dict) else None
        if isinstance(length, PDFObjRef):
            # Reading another object uses up what this parser has on its stack.
            kept = self.context, self.curtype, self.curstack, self.results
            length = length.resolve()
            self.context, self.curtype, self.curstack, self.results = kept
        return isinstance(length, int)


class GuardedDocument(PDFDocument):
    """A document in which references that lead in a circle lead nowhere."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.budget = Budget(limits)
        self._open: set[int] = set()
        self._begun: set[int] = set()
        super().__init__(GuardedParser(data, self.budget))
        self.catalog.pop("PageLabels", None)  # names of pages: not needed, and a tree that can be a maze

    def getobj(self, objid: int) -> object:
        """The object itself, never another reference to it; PDFObjectNotFound if it is not there or waits for itself."""
        if objid in self._open:
            raise PDFObjectNotFound(objid)
        self._open.add(objid)
        try:
            found = super().getobj(objid)
            if isinstance(found, PDFObjRef):
                found = found.resolve()
                self._cached_objs[objid] = (found, 0)
            return found
        finally:
            self._open.discard(objid)

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[Any]) -> None:
        """Read tables, each once; a table that claims more than it holds is none."""
        if start in self._begun:
            return
        self._begun.add(start)
        super().read_xref_from(parser, start, xrefs)
        false = [table for table in xrefs if isinstance(table, PDFXRefStream) and _claims_too_much(table)]
        if false:
            xrefs[:] = [table for table in xrefs if table not in false]
            raise PDFNoValidXRef("claims more objects than it lists")

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        if len(stream.get_data()) > _OBJECTS:
            raise PDFSyntaxError("too many objects in one stream")
        return super()._get_objects(stream)


_OBJECTS = 8 * 2**20
"""Bytes of an object stream: pdfminer reads them one by one, and programs write some thousand."""


class GuardedInterpreter(QuickInterpreter):
    """An interpreter that draws within the budget of its file."""

    rsrcmgr: GuardedResources

    def execute(self, streams: Any) -> None:
        """Run content streams."""
        for stream in streams:
            self.rsrcmgr.budget.draw(len(stream_value(stream).get_data()))
        super().execute(streams)


def _claims_too_much(table: PDFXRefStream) -> bool:
    return sum(count for _, count in table.ranges) * max(table.entlen or 0, 1) > len(table.data or b"")


class _Letters(FileUnicodeMap):
    """What letters the codes of a font stand for, within the budget of its file."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def add_cid2unichr(self, cid: int, code: PSLiteral | bytes | int) -> None:
        """Note the letters of one code."""
        self._budget.name(1)
        super().add_cid2unichr(cid, code)


class GuardedResources(PDFResourceManager):
    """Makes fonts, without what they claim beyond reason. Make it anew for each file: it keeps fonts by object number alone."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget

    def get_font(self, objid: object, spec: Any) -> Any:
        """A font, made once."""
        if objid and objid in self._cached_fonts:
            return self._cached_fonts[objid]
        given = dict(spec)
        for key, width in (("W", 3), ("W2", 5)):
            if key in given:
                given[key] = _plausible(list_value(given[key]), width)
        stream = given.get("ToUnicode")
        kind = getattr(given.get("Subtype"), "name", "Type1")
        if not kind.startswith("CID"):
            stream = resolve1(stream)
        if kind not in _ALPHABETS or not isinstance(stream, PDFStream):
            return super().get_font(objid, given)
        font: Any = super().get_font(objid, given | {"ToUnicode": PDFStream({}, b"")})
        font.unicode_map = _Letters(self.budget)
        CMapParser(font.unicode_map, BytesIO(stream.get_data())).run()
        return font


def _plausible(widths: Iterable[Any], size: int) -> list[Any]:
    """A table of widths without ranges of more codes than there are: `first [widths]` or `first last` and what holds for all."""
    found: list[Any] = []
    numbers: list[Any] = []
    for item in map(resolve1, widths):
        if not isinstance(item, (int, float)):
            found += [*numbers, item]
            numbers = []
            continue
        numbers.append(item)
        if len(numbers) == size:
            if numbers[1] - numbers[0] < _CODES:
                found += numbers
            numbers = []
    return found + numbers
