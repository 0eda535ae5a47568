"""RTF to a `Document`: one pass over its tokens with a stack of groups.

The packages at hand give the text alone (striprtf) or build trees by recursion; what is bold, large, hidden, a header or a cell
of a table is needed here, and files nested without end must not hurt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from matcher.documents.building import Draft, Limits, check_length, check_size, document
from matcher.documents.flow import Flow, Look
from matcher.documents.repair import BULLET, PICTURE
from matcher.documents.rtf import words
from matcher.documents.rtf.fonts import Font, codec_of, colours_of, fonts_of
from matcher.documents.rtf.state import State, Table, look
from matcher.errors import LimitError, UnreadableError
from matcher.records import Document, Notice

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,40})(-?\d{1,9})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)|\\", re.DOTALL)
_WORD, _NUMBER, _HEX, _SYMBOL, _BRACE, _TEXT = range(1, 7)
_IN_SKIPPED = re.compile(rb"\\bin(\d{1,9})[ ]?|\\.|[{}]", re.DOTALL)
_DEEPEST = 1_000


def read_rtf(data: bytes, source: str, limits: Limits) -> Document:
    """Read an RTF file; UnreadableError if it holds no text, LimitError "too-deep" if its groups are nested beyond reason."""
    check_size(len(data), limits)
    reader = _Reader(data, limits)
    reader.run()
    drafts, notices = reader.result()
    if not drafts:
        raise UnreadableError("is an RTF file without text; ask for the original or run OCR on it", "no-text-layer")
    return document(data, source, drafts, reader.page, notices)


class _Reader:
    """One pass over a file."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._body = Flow(limits)
        self._heads: list[Flow] = []
        self._feet: list[Flow] = []
        self._state = State(self._body)
        self._stack: list[State] = []
        self._fonts: dict[int, Font] = {}
        self._colours: list[tuple[int, int, int] | None] = []
        self._codec = "cp1252"
        self._font = -1
        self._pending = bytearray()
        self._drop = 0
        self._high = 0
        self._mark = ""
        self._table = Table()
        self.page = 1

    def run(self) -> None:
        """Read every token up to the end of the outermost group."""
        data, at, fresh, starred = self._data, max(self._data.find(b"{"), 0), False, False
        while at < len(data) and (match := _TOKEN.match(data, at)):
            at = match.end()
            kind = match.lastindex if match.lastindex != _NUMBER else _WORD
            if kind == _TEXT:
                if not (text := match.group().translate(None, b"\r\n\x00")):
                    continue
                self._bytes(text)
            elif kind == _HEX:
                self._bytes(bytes([int(match.group(_HEX), 16)]))
            elif kind == _BRACE:
                self._flush()
                self._drop = 0
                if not self._group(match.group() == b"{"):
                    break
            elif kind == _SYMBOL:
                if (symbol := match.group(_SYMBOL)) == b"*":
                    starred = fresh
                    continue
                self._symbol(symbol)
            elif kind == _WORD:
                self._flush()
                self._drop = 0
                at = self._word(match.group(_WORD), match.group(_NUMBER), at, fresh, starred)
            fresh, starred = kind == _BRACE and match.group() == b"{", False
        self._flush()

    def result(self) -> tuple[list[Draft], list[Notice]]:
        """Headers, body and footers, what is repeated once, and what was hidden."""
        drafts: list[Draft] = []
        seen: set[str] = set()
        for flow in (*self._heads, self._body, *self._feet):
            lines = flow.drafts()
            text = "\n".join(line.text for line in lines)
            if flow is self._body or text not in seen:
                drafts += lines
            seen.add(text)
        check_length(sum(len(draft.text) for draft in drafts), self._limits)
        notices = [notice for flow in (*self._heads, self._body, *self._feet) for notice in flow.notices()]
        return drafts, list(dict.fromkeys(notices))

    # -------------------------------------------------------------------------------------------------------------- groups

    def _group(self, opens: bool) -> bool:
        """Open or close a group; False when the outermost one ends."""
        if opens:
            if len(self._stack) >= _DEEPEST:
                raise LimitError(f"nests its groups more than {_DEEPEST:,} deep; save it as DOCX or PDF", "too-deep")
            self._stack.append(replace(self._state))
            return True
        if not self._stack:
            return False
        done, self._state = self._state, self._stack.pop()
        if done.marker and not self._state.marker:
            mark = self._mark.replace(PICTURE, "").strip()
            self._state.flow.begin(f"{mark} " if mark[:1].isalnum() or mark[:1] == "(" else f"{BULLET} ")
        if done.flow is not self._state.flow or (done.boxed and not self._state.boxed):
            done.flow.block()
        return bool(self._stack)

    def _skip(self, at: int) -> int:
        """The place of the brace that ends the group which `at` is in."""
        depth = 0
        while match := _IN_SKIPPED.search(self._data, at):
            at = match.end()
            if match.group(1):
                at += int(match.group(1))
            elif match.group() == b"{":
                depth += 1
            elif match.group() == b"}":
                if not depth:
                    return match.start()
                depth -= 1
        return len(self._data)

    def _destination(self, word: bytes, at: int, starred: bool) -> int | None:
        """Go into a group that `word` gives a meaning; where to read on, or None if the word is no such one."""
        state = self._state
        if word in words.WRAPPERS or word in words.WRAPPED:
            state.silent = word in words.WRAPPERS
            if word in words.BOXES:
                state.flow.block()
                state.boxed = True
        elif word in words.MARKERS:
            state.marker, self._mark = True, ""
        elif word in words.HEADS or word in words.FEET:
            state.flow = Flow(self._limits)
            (self._heads if word in words.HEADS else self._feet).append(state.flow)
        elif word in (b"fonttbl", b"colortbl") or word in words.SILENT or starred:
            end = self._skip(at)
            self._passed(word, self._data[at:end])
            return end
        else:
            return None
        return at

    def _passed(self, word: bytes, content: bytes) -> None:
        """Take from a group without text what bears on the text elsewhere."""
        if word == b"fonttbl":
            self._fonts = fonts_of(content)
        elif word == b"colortbl":
            self._colours = colours_of(content)
        elif word == b"nesttableprops":  # where a row of a table inside a cell ends
            self._state.flow.line()
        elif word == b"sp":
            self._stack[-1].paint(content)
        elif word == b"background":
            for state in (self._state, *self._stack):
                state.fill = None

    # --------------------------------------------------------------------------------------------------------------- words

    def _word(self, word: bytes, number: bytes | None, at: int, fresh: bool, starred: bool) -> int:
        """Obey a control word; where to read on."""
        if (fresh or starred) and (onward := self._destination(word, at, starred)) is not None:
            return onward
        value = int(number) if number else None
        if word == b"bin":
            return at + max(value or 0, 0)
        if word == b"u":
            self._unicode((value or 0) % 0x10000)
        elif word in words.CHARACTERS:
            self._put(words.CHARACTERS[word])
        elif (layout := _LAYOUT.get(word)) is not None:
            if not self._state.silent and not self._state.marker:
                layout(self)
        else:
            self._property(word, value)
        return at

    def _property(self, word: bytes, value: int | None) -> None:
        """Obey a word that changes how the text after it is set; unknown ones change nothing."""
        state = self._state
        if word in words.SWITCHES:
            setattr(state, words.SWITCHES[word], value is None or value != 0)
        elif word in words.NUMBERS:
            name, usual = words.NUMBERS[word]
            setattr(state, name, usual if value is None else value)
        elif word == b"plain":
            state.plain(self._font)
        elif word == b"pard":
            state.heading, state.beneath = False, 0
        elif word == b"outlinelevel" and value is not None and 0 <= value < 9:
            state.heading = True
            state.flow.block(apart=True)
        else:
            self._setting(word, value or 0)

    def _setting(self, word: bytes, value: int) -> None:
        """Obey a word about the whole file or about a row of a table."""
        if word == b"deff":
            self._font = self._state.font = value
        elif word in words.PAGES:
            self._codec = words.PAGES[word]
        elif word == b"ansicpg":
            self._codec = codec_of(value) or self._codec
        elif word == b"clcbpat":
            self._table.shade = value
        elif word == b"cellx":
            self._table.shades.append(self._table.shade)
            self._table.shade = 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol in (b"\n", b"\r"):
            self._flush()
            if not self._state.silent and not self._state.marker:
                self._paragraph()
        elif symbol in words.SYMBOLS:
            if self._drop:
                self._drop -= 1
                return
            self._flush()
            self._put(words.SYMBOLS[symbol])

    # -------------------------------------------------------------------------------------------------------------- layout

    def _paragraph(self) -> None:
        self._state.flow.end_line()

    def _line(self) -> None:
        self._state.flow.line()

    def _page(self) -> None:
        self._state.flow.block()
        if self._state.flow is self._body:
            self.page += 1
            self._body.page = self.page
        if self.page > self._limits.max_pages:
            raise LimitError(f"has more than {self._limits.max_pages} pages; split it or raise --max-pages", "too-many-pages")

    def _described(self) -> None:
        self._table.described = True
        self._table.shades, self._table.shade = [], 0

    def _in_table(self) -> None:
        if not self._table.inside and self._state.flow is self._body:
            self._body.open_row()
            self._body.open_cell()
            self._table.inside, self._table.cell = True, 0

    def _cell(self) -> None:
        if self._state.flow is not self._body:
            self._nested_cell()
            return
        if not self._table.inside:
            self._body.open_row(begun=True)
            self._table.inside, self._table.cell = True, 0
        self._body.close_cell()
        self._body.open_cell()
        self._table.cell += 1

    def _nested_cell(self) -> None:
        self._state.flow.text("\t", Look())

    def _row(self) -> None:
        if self._table.inside and self._state.flow is self._body:
            self._body.close_cell()
            self._body.close_row()
        elif self._state.flow is not self._body:
            self._state.flow.block()
        self._table.inside = self._table.described = False

    # ---------------------------------------------------------------------------------------------------------------- text

    def _bytes(self, data: bytes) -> None:
        if self._drop:
            dropped = min(self._drop, len(data))
            self._drop -= dropped
            data = data[dropped:]
        self._pending += data

    def _flush(self) -> None:
        """Decode the bytes that have come, which may be halves of characters when seen one by one."""
        if not self._pending:
            return
        font = self._fonts.get(self._state.font if self._state.font >= 0 else self._font)
        if font is not None and font.pictures:
            text = "".join(" " if byte == 32 else PICTURE for byte in self._pending)
        else:
            text = self._pending.decode((font.codec if font else "") or self._codec, "replace")
        self._pending.clear()
        self._put(text)

    def _unicode(self, code: int) -> None:
        self._drop = max(self._state.fallback, 0)
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._put(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._put(chr(code))

    def _put(self, text: str) -> None:
        state = self._state
        if state.marker:
            self._mark = (self._mark + text)[:20]
        elif not state.silent and not state.deleted:
            if self._table.described and text.strip():
                self._in_table()
            state.flow.text(text, look(state, self._table, self._colours))


_LAYOUT: dict[bytes, Callable[[_Reader], None]] = {
    b"par": _Reader._paragraph, b"sect": _Reader._paragraph, b"column": _Reader._paragraph, b"line": _Reader._line,
    b"page": _Reader._page, b"nestcell": _Reader._nested_cell, b"nestrow": _Reader._line, b"trowd": _Reader._described,
    b"intbl": _Reader._in_table, b"cell": _Reader._cell, b"row": _Reader._row,
}  # fmt: skip
