"""The filters of PDF streams, bounded: they stop where what they unpack grows too large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdftypes import PDFStream, int_value, resolve1
from pdfminer.psparser import LIT

_END = 3
"""Bytes at the end of deflated data where pdfminer lets an error pass."""
_LAST_RUN = 128
_PICTURES = (*pdftypes.LITERALS_CCITTFAX_DECODE, *pdftypes.LITERALS_DCT_DECODE)
_NOTHING = LIT("DCTDecode")
"""A filter that pdfminer leaves undone, so that it undoes the predictor alone."""


def unpacked(data: bytes, name: Any, parameters: Any, most: int) -> bytes:
    """Data without one filter, as pdfminer undoes it; where it grows beyond `most` bytes, some more than `most` of them."""
    parameters = resolve1(parameters)
    if name in pdftypes.LITERALS_FLATE_DECODE:
        data, name = inflated(data, most), _NOTHING
    elif name in pdftypes.LITERALS_LZW_DECODE:
        data, name = _joined(LZWDecoder(BytesIO(data)).run(), most), _NOTHING
    elif name in pdftypes.LITERALS_RUNLENGTH_DECODE:
        data, name = _joined(_runs(data), most), _NOTHING
    elif name in _PICTURES:
        name = _NOTHING
    if len(data) > most or (name is _NOTHING and not parameters):
        return data
    if parameters and _row(parameters) > most:
        return bytes(most + 1)
    return PDFStream({"Filter": name, "DecodeParms": parameters}, data).get_data()


def _row(parameters: Any) -> int:
    """The bytes that a predictor keeps of a row."""
    values = [int_value(parameters.get(key, 1)) for key in ("Colors", "Columns")]
    return max(*values, values[0] * values[1])


def inflated(data: bytes, most: int) -> bytes:
    """Deflated data: cut short it gives what there is, spoilt before its last bytes (the check sum) it gives nothing."""
    machine = zlib.decompressobj()
    try:
        return machine.decompress(data, most + 1)
    except zlib.error:
        pass
    machine, found = zlib.decompressobj(), bytearray()
    try:
        found += machine.decompress(data[:-_END], most + 1)
    except zlib.error:
        return b""
    try:
        for place in range(len(data) - min(_END, len(data)), len(data)):
            found += machine.decompress(data[place : place + 1])
    except zlib.error:
        pass
    return bytes(found)


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    """Pieces put together until there are more than `most` bytes."""
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > most:
            break
    return bytes(found)


def _runs(data: bytes) -> Iterator[bytes]:
    """The runs of run-length encoded data: up to 128 bytes as they are, or one byte up to 128 times."""
    at = 0
    while at < len(data) and data[at] != _LAST_RUN:
        length = data[at]
        if length < _LAST_RUN:
            yield data[at + 1 : at + 2 + length]
            at += length + 2
        else:
            yield data[at + 1 : at + 2] * (257 - length)
            at += 2
