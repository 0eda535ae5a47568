"""Plain text of any encoding."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from matcher.documents.breaks import unglue
from matcher.documents.building import Draft, Limits, check_length, document, plain_drafts
from matcher.errors import UnreadableError
from matcher.records import Document

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GAP = re.compile(r"([^\S\n]{200})[^\S\n]+")
"""No page is wider than this; patterns take time that grows with the square of a run of blanks."""


def decoded(data: bytes) -> str | None:
    """Bytes as text by byte order mark, else UTF-8, else the likeliest legacy encoding; None if it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    text: str | None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _legacy(data)
    return text if text is not None and _is_text(text) else None


def _legacy(data: bytes) -> str | None:
    """Text in Latin letters is taken for Windows-1252, since a short text says too little to tell its cousins apart."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return None
    text = data.decode(best.encoding, "replace")
    if all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha()):
        return data.decode("cp1252", "replace")
    return text


def _is_text(text: str) -> bool:
    strange = sum(ord(char) < 32 and char not in "\t\n\r\f\v\x1b\x1c\x1d\x1e" for char in text)
    return "\x00" not in text and strange <= 0.01 * len(text)


def read_plain(data: bytes, source: str, limits: Limits, keep_joined: frozenset[str]) -> Document:
    """Read plain text, with the line breaks that web pages lose put back."""
    text = decoded(data)
    if text is None:
        raise UnreadableError("is neither text nor a known document; save it as PDF or DOCX", "unknown-format")
    return text_document(data, source, text, limits, keep_joined)


def text_document(data: bytes, source: str, text: str, limits: Limits, keep_joined: frozenset[str]) -> Document:
    """The document of a text; raises UnreadableError "empty" if there is nothing in it."""
    drafts = text_drafts(text, limits, keep_joined)
    if not drafts:
        raise UnreadableError("is empty", "empty")
    return document(data, source, drafts)


def text_drafts(text: str, limits: Limits, keep_joined: frozenset[str]) -> list[Draft]:
    """The lines of a text, with the line breaks that web pages lose put back."""
    check_length(len(text), limits)
    clean = html.unescape(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    return plain_drafts(unglue(_GAP.sub(r"\1", clean), keep_joined))
