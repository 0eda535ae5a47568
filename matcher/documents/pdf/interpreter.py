"""pdfminer's interpreter of page content with a quick way for what programs write.

The state is pdfminer's own and in step after every operation, so pdfminer can take over between any two of them: it does
every operation that is rare, and all that follows a place where the content is not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import LIT

from matcher.documents.pdf.content import ARRAY, MARK, NAMED, NUMBERS, OPERATION, SHOWN, number_of, operation, shown, string_of
from matcher.documents.pdf.paint import PaintInterpreter

_SHORT = 6
"""Strings of so many bytes are read once: many programs show each character on its own."""


class QuickInterpreter(PaintInterpreter):
    """Gives a device what pdfminer's interpreter gives it, and calls its `shade` for gradients.

    The device must not keep the graphic state that comes with a string: it is no copy.
    """

    def __init__(self, manager: Any, device: Any) -> None:
        super().__init__(manager, device)
        self._short: dict[bytes, bytes] = {}

    def execute(self, streams: Any) -> None:
        """Run content streams."""
        found = [stream_value(stream) for stream in streams]
        if any(stream.objid is None or stream.objid in self.parent_stream_ids for stream in found):
            super().execute(streams)  # pdfminer refuses such
            return
        self.stream_ids.clear()
        self.stream_ids.update(stream.objid for stream in found if stream.objid is not None)
        for place, stream in enumerate(found):
            data = stream.get_data()
            end = self._perform(data)
            if end < len(data):
                # What is done goes along without its content: pdfminer refuses forms that draw it again.
                done = [_with_data(other, b"") for other in found[:place]]
                super().execute([*done, _with_data(stream, data[end:]), *found[place + 1 :]])
                return

    def _perform(self, data: bytes) -> int:
        """Run content as far as it is understood, and tell how far."""
        start, end = -1, 0
        show, short = self.device.render_string, self._short
        while start < end < len(data):
            start = end
            match = OPERATION.match(data, start)
            kind = match.lastindex if match else None
            if match is None:
                end = self._do_rare(data, start)
                continue
            if kind == SHOWN:
                right, up, string = match.group(1, 2, 3)
                state = self.textstate
                if right is not None:  # Td, as pdfminer does it
                    x, y = float(right), float(up)
                    a, b, c, d, e, f = state.matrix
                    state.matrix, state.linematrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f), (0, 0)
                if state.font is not None:
                    show(state, (short.get(string) or self._string(string),), self.graphicstate.ncs, self.graphicstate)
            elif kind == NUMBERS:
                numbers, operator = match.group(4, 5)
                self._do([float(number) if b"." in number else int(number) for number in numbers.split()], operator)
            elif kind == NAMED:
                name, number, operator = match.group(6, 7, 8)
                literal = LIT(name.decode("ascii"))
                self._do([literal] if number is None else [literal, number_of(number)], operator)
            elif kind == ARRAY:
                self.do_TJ(shown(match[9]))
            elif kind == MARK:
                self.do_BDC(LIT(match[10].decode("ascii")), {})
            end = match.end()
        return end

    def _do_rare(self, data: bytes, start: int) -> int:
        """Run one operation of any form, and tell where it ends; its start if it is not understood."""
        try:
            operands, operator, end = operation(data, start)
        except ValueError:
            return start
        self._do(operands, operator)
        return end

    def _do(self, operands: Sequence[Any], operator: bytes) -> None:
        """Call an operator's method; what is too many stays on pdfminer's stack, what is too few is lost, as pdfminer does it."""
        count, method = _METHODS.get(operator, (0, None))
        if method is None:
            self.argstack.extend(operands)
        elif len(operands) == count:
            method(self, *operands)
        else:
            self.argstack.extend(operands)
            taken = self.pop(count)
            if len(taken) == count:
                method(self, *taken)

    def _string(self, token: bytes) -> bytes:
        string = string_of(token)
        if len(token) <= _SHORT:
            self._short[token] = string
        return string

    def do_TJ(self, seq: Any) -> None:
        """Show a string; pdfminer copies the graphic state for each."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_sh(self, name: object) -> None:
        """Paint a gradient."""
        shade = getattr(self.device, "shade", None)
        if shade is not None:
            shade()


def _with_data(stream: PDFStream, data: bytes) -> PDFStream:
    """A stream under the number of another."""
    new = PDFStream({}, data)
    new.objid, new.genno = stream.objid, stream.genno
    return new


def _operator(method: str) -> bytes:
    name = method.removeprefix("do_")
    return {"_q": "'", "_w": '"'}.get(name, name.replace("_a", "*")).encode("ascii")


_METHODS: dict[bytes, tuple[int, Callable[..., None]]] = {
    _operator(name): (getattr(QuickInterpreter, name).__code__.co_argcount - 1, getattr(QuickInterpreter, name))
    for name in dir(QuickInterpreter)
    if name.startswith("do_")
}
