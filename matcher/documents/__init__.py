"""Bytes to text with places: `read_document` for a file, `read_posts` for the job posts that a file may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from matcher.documents.building import DEFAULT_LIMITS, Limits, check_size
from matcher.documents.formats import Format, told
from matcher.documents.plain import read_plain
from matcher.documents.web.postings import JOB_LINES, is_job_lines, read_job_lines, read_posts
from matcher.errors import UnreadableError
from matcher.records import Document, Notice

__all__ = ["JOB_LINES", "Limits", "is_job_lines", "read_document", "read_job_lines", "read_posts"]

_Reader = Callable[[bytes, str, Limits], Document]


def read_document(
    data: bytes, source: str, *, limits: Limits = DEFAULT_LIMITS, keep_joined: frozenset[str] = frozenset()
) -> Document:
    """Read a file, whatever its name says it is; UnreadableError or LimitError say in one line what is wrong and what to do.

    `source` is the name that the document goes by; `keep_joined` holds casefolded words that are written with a capital
    inside (their letters are not torn apart when lost line breaks are put back).
    """
    check_size(len(data), limits)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("is empty; ask for the file again", "empty")
    ending = PurePath(source).suffix.lower()
    found = told(data, ending)
    if found is Format.TEXT:
        return _named(read_plain(data, source, limits, keep_joined), ending, found)
    return _named(_READERS[found]()(data, source, limits), ending, found)


_KNOWN = {ending: found for found in Format for ending in found.endings}


def _named(document: Document, ending: str, found: Format) -> Document:
    """Add a notice to a document whose name says that it is something else; prose may go by any name that means nothing."""
    if ending in ("", *found.endings) or (found is Format.TEXT and ending not in _KNOWN):
        return document
    notice = Notice("wrong-ending", f"is {found.what} under a name that ends in {ending}; read as {found.what}")
    return replace(document, warnings=(*document.warnings, notice))


def _pdf() -> _Reader:
    from matcher.documents.pdf.reader import read_pdf

    return read_pdf


def _docx() -> _Reader:
    from matcher.documents.word.reader import read_docx

    return read_docx


def _rtf() -> _Reader:
    from matcher.documents.rtf.reader import read_rtf

    return read_rtf


def _html() -> _Reader:
    from matcher.documents.web.html import read_html

    return read_html


def _markdown() -> _Reader:
    from matcher.documents.web.markdown import read_markdown

    return read_markdown


def _picture() -> _Reader:
    from matcher.documents.scans.pictures import read_picture

    return read_picture


_READERS: dict[Format, Callable[[], _Reader]] = {
    Format.PDF: _pdf,
    Format.DOCX: _docx,
    Format.RTF: _rtf,
    Format.HTML: _html,
    Format.MARKDOWN: _markdown,
    Format.PICTURE: _picture,
}
"""Each imports its reader only when such a file comes."""
