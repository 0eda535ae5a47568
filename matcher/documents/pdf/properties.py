"""The metadata of a PDF: its Info dictionary and its XMP packet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from matcher.documents.metadata import Field, tagged

_LARGEST = 2**20
_LARGEST_PACKED = 2**16
"""Bytes: a packet is meant to be read by programs that know nothing of PDF, and is hardly ever packed."""
_TAG = re.compile(r"<(/?)(?:dc|pdf|pdfx|xmp|photoshop):(title|description|subject|keywords)\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:dc|pdf|pdfx|xmp):(title|description|subject|keywords)=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def pdf_fields(parsed: PDFDocument) -> list[Field]:
    """Names and texts; nothing where they are damaged, since the pages can be read without them."""
    try:
        return list(_fields(parsed))
    except MemoryError:
        raise
    except Exception:  # a broken object can make pdfminer fail anywhere, with any exception
        return []


def _fields(parsed: PDFDocument) -> Iterator[Field]:
    for info in parsed.info:
        for name, value in info.items():
            found = resolve1(value)
            if isinstance(found, bytes):
                yield str(name), decode_text(found[:_LARGEST])
    packet = resolve1(parsed.catalog.get("Metadata"))
    if isinstance(packet, PDFStream):
        most = _LARGEST_PACKED if packet.get_filters() else _LARGEST
        if len(packet.rawdata or b"") <= most:
            yield from _xmp(packet.get_data()[:_LARGEST])


def _xmp(data: bytes) -> Iterator[Field]:
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    for name, inside in tagged(text, _TAG):
        yield _called(name), inside
    for name, one, other in _ATTRIBUTE.findall(text):
        yield _called(name), html.unescape(one or other)


def _called(name: str) -> str:
    """XMP's names as the Info dictionary has them."""
    return {"subject": "keywords", "description": "subject"}.get(name.lower(), name.lower())
