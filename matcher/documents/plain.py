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
_LATIN = ("cp1252", "mac_roman", "cp850")
_ODD = re.compile(
    r"[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŒŸ]|[\x80-\x9f\ufffd]"
    r"|[A-Za-z][^\w\s!-~\u2019\u2018\u00ad\u00b7\u2022\u2122\u00ae\u00a9\u2026\u2013\u2014]+[a-z]"
    r"|[A-Z][^\x00-\x7fÀ-ÞŠŽŒŸ\u2010-\u2026\s]+[A-Z]|\d[À-ÖØ-öø-ÿŠŽŒŸšžœ]"
)
"""What no language writes: a capital letter with an accent after a small letter, signs inside a word."""
_FOREIGN = re.compile(r"[^\x00-\x7f\u2010-\u2026\u00a0-\u00bf]{3}")
"""Three letters in a row with accents, or what looks like it when an alphabet of its own is read so."""
_GAP = re.compile(r"([^\S\n]{200})[^\S\n]+")
"""No page is wider than this; patterns take time that grows with the square of a run of blanks."""


def decoded(data: bytes) -> str | None:
    """Bytes as text by byte order mark, else UTF-8 or UTF-16, else the likeliest legacy encoding; None if it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    text: str | None
    try:
        text = data.decode(_unmarked(data))
    except UnicodeDecodeError:
        text = _legacy(data)
    return text if text is not None and _is_text(text) else None


def _unmarked(data: bytes) -> str:
    """UTF-8, unless NULs at every second place, or escapes, tell of another encoding."""
    if b"\x00" in data:
        even, odd = data[::2].count(0), data[1::2].count(0)
        if max(even, odd) > 9 * min(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
        if data[1::4].count(0) + data[2::4].count(0) > 0.48 * len(data):
            return "utf-32-le" if data[3::4].count(0) > data[::4].count(0) else "utf-32-be"
    return "iso2022_jp" if b"\x1b$" in data and data.isascii() else "utf-8"


def _legacy(data: bytes) -> str | None:
    """Text in Latin letters is known by its spelling, which also tells its encodings apart; other text by statistics."""
    texts = [data.decode(encoding, "replace") for encoding in _LATIN]
    odd = [len(_ODD.findall(text)) for text in texts]
    latin = texts[odd.index(min(odd))]
    strange = sum(byte > 0x7F for byte in data)
    if min(odd) <= 0.1 * strange < 0.03 * len(data) and not _FOREIGN.search(latin):
        return latin
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return None
    text = data.decode(best.encoding, "replace")
    return latin if all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha()) else text


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
