"""Plain text of any encoding, and job posts of which a file holds one a line."""

from __future__ import annotations

import codecs
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from matcher.documents.breaks import unglue
from matcher.documents.building import DEFAULT_LIMITS, Limits, check_length, check_size, document, plain_drafts
from matcher.errors import MatcherError, UnreadableError
from matcher.records import Document

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIELDS = ("title", "company", "location")
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
    return _document(data, source, text, limits, keep_joined)


def _document(data: bytes, source: str, text: str, limits: Limits, keep_joined: frozenset[str]) -> Document:
    check_length(len(text), limits)
    clean = html.unescape(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    drafts = plain_drafts(unglue(_GAP.sub(r"\1", clean), keep_joined))
    if not drafts:
        raise UnreadableError("is empty", "empty")
    return document(data, source, drafts)


def read_job_lines(
    data: bytes, source: str, *, limits: Limits = DEFAULT_LIMITS, keep_joined: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Document | MatcherError]]:
    """The job posts of a `.jsonl` file, each with its id; a line that cannot be read gives an error in its place.

    A line that has no id goes by "line N". The identity (sha256) of a post is that of its line.
    """
    check_size(len(data), limits)
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            yield _job(line.strip(), number, source, limits, keep_joined)


def is_job_lines(data: bytes) -> bool:
    """Whether bytes without a name are job posts, one a line: the first line is a JSON object with a "text"."""
    first = next((line for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n", 20) if line.strip()), b"")
    if not first.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(_record(first).get("text"), str)
    except (ValueError, RecursionError):
        return False


def _job(
    line: bytes, number: int, source: str, limits: Limits, keep_joined: frozenset[str]
) -> tuple[str, Document | MatcherError]:
    name = f"line {number}"
    try:
        record = _record(line)
        name = str(record.get("id") or name)
        head = "\n".join(str(record.get(key) or "") for key in _FIELDS)
        body = record.get("text")
        if not isinstance(body, str) or not body.strip():
            raise UnreadableError('has no "text"', "empty")
        return name, _document(line, f"{source}#{name}", f"{head}\n\n{body}", limits, keep_joined)
    except MatcherError as error:
        return name, type(error)(f"line {number}: {error}", error.code)
    except (ValueError, RecursionError):
        return name, UnreadableError(f"line {number}: is not a JSON object; write one post a line", "damaged")


def _record(line: bytes) -> dict[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")
    return record
