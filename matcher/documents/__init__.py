"""Bytes to text with places: `read_document` for a file, `read_job_lines` for a file of many job posts."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath

from matcher.documents.building import DEFAULT_LIMITS, Limits, check_size
from matcher.documents.plain import decoded, is_job_lines, read_job_lines, read_plain
from matcher.errors import UnreadableError
from matcher.records import Document, Notice

__all__ = ["JOB_LINES", "Limits", "is_job_lines", "read_document", "read_job_lines"]

JOB_LINES = ".jsonl"
"""Ending of the files that `read_job_lines` reads."""

_OTHERS = (
    (b"{\\rtf", "an RTF file", "save it as DOCX or PDF"),
    (b"\x89PNG", "a picture", "run OCR on it or ask for the original"),
    (b"\xff\xd8\xff", "a picture", "run OCR on it or ask for the original"),
    (b"GIF8", "a picture", "run OCR on it or ask for the original"),
    (b"II*\x00", "a picture", "run OCR on it or ask for the original"),
    (b"MM\x00*", "a picture", "run OCR on it or ask for the original"),
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"7z\xbc\xaf", "a packed file", "unpack it first"),
    (b"Rar!", "a packed file", "unpack it first"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_PROSE = {
    ".html": "an HTML page; print it to PDF or save it as text",
    ".htm": "an HTML page; print it to PDF or save it as text",
    ".yaml": "a role file, not a document; give it to --jobs or --job",
    ".yml": "a role file, not a document; give it to --jobs or --job",
    ".json": "JSON, not a document; write job posts one a line in a .jsonl file",
    ".jsonl": "a list of job posts, not one document; give it to --jobs or to matcher extract",
}
"""Endings of what is text and yet not to be read as sentences."""


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
    if b"%PDF-" in data[:1024]:
        from matcher.documents.pdf import read_pdf

        return _named(read_pdf(data, source, limits), ending, ".pdf", "a PDF")
    if data.startswith(_ZIP):
        return _zipped(data, source, ending, limits)
    _refuse(data, ending)
    return read_plain(data, source, limits, keep_joined)


def _named(document: Document, ending: str, right: str, what: str) -> Document:
    """Add a notice to a document whose name says that it is something else."""
    if ending in (right, ""):
        return document
    notice = Notice("wrong-ending", f"is {what} under a name that ends in {ending}; read as {what}")
    return replace(document, warnings=(*document.warnings, notice))


def _zipped(data: bytes, source: str, ending: str, limits: Limits) -> Document:
    """A DOCX, or an error that says which other zip file it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except Exception as error:  # zipfile raises much more than BadZipFile on broken data
        what = "Word document" if ending == ".docx" else "zip file"
        raise UnreadableError(f"is a damaged {what}; ask for the file again", "damaged") from error
    if any(name.startswith("word/") for name in names):
        from matcher.documents.docx import read_docx

        return _named(read_docx(data, source, limits), ending, ".docx", "a Word document")
    raise _unknown("a zip file (no Word document)", "unpack it, or save it as DOCX or PDF", ending)


def _refuse(data: bytes, ending: str) -> None:
    """Raise UnreadableError for what is known to be neither PDF, DOCX nor prose; a name may end in anything ("cv.v2")."""
    for start, what, remedy in _OTHERS:
        if data.startswith(start):
            raise _unknown(what, remedy, ending)
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("is password-protected; save a copy without a password", "encrypted")
        raise _unknown("an old Office file (.doc)", "save it as DOCX or PDF", ending)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise _unknown("an HTML page", "print it to PDF or save it as text", ending)
    if ending == ".pdf":
        raise _unknown("something else" if decoded(data) is None else "plain text", "ask for the PDF again", ending)
    if ending == ".docx":
        raise UnreadableError("is no Word document, or a damaged one; open it in Word and save it again", "damaged")
    if ending in _NO_PROSE:
        raise UnreadableError(f"is {_NO_PROSE[ending]}", "unknown-format")


def _unknown(what: str, remedy: str, ending: str) -> UnreadableError:
    if ending == ".pdf":
        return UnreadableError(f"is no PDF but {what}; {remedy}", "not-a-pdf")
    return UnreadableError(f"is {what}; {remedy}", "unknown-format")
