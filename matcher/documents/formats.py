"""What a file is, told by its content first and its ending second, and one line for what is not read."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import Enum
from io import BytesIO

from matcher.errors import UnreadableError


class Format(Enum):
    """A format that is read: `what` it is, with its article, and the `endings` of its files, the usual one first."""

    def __init__(self, what: str, *endings: str) -> None:
        self.what = what
        self.endings = endings

    PDF = ("a PDF", ".pdf")
    DOCX = ("a Word document", ".docx", ".docm", ".dotx")
    RTF = ("an RTF file", ".rtf")
    HTML = ("a web page", ".html", ".htm", ".xhtml")
    MARKDOWN = ("Markdown", ".md", ".markdown")
    TEXT = ("plain text", ".txt", ".text", ".asc")
    PICTURE = ("a picture", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic", ".heif")


_HEAD = 4096
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_OTHERS = (
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"7z\xbc\xaf", "a packed file", "unpack it first"),
    (b"Rar!", "a packed file", "unpack it first"),
    (b"\xffWPC", "a WordPerfect file", "save it as DOCX or PDF"),
    (b"AT&TFORM", "a DjVu file", "save it as PDF"),
    (b"ITSF", "a help file", "save the page as PDF"),
    (b"\x1aE\xdf\xa3", "a video", "ask for a written resume"),
    (b"MZ\x90", "a program", "delete it and ask for a document"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "a shortcut and holds no document", "ask for the file that it points to"),
    (b"bplist00", "a Safari web archive or a settings file", "save the page as PDF"),
)
_CONVERT = "save it as DOCX or PDF, for example with `soffice --convert-to {} FILE`"
_DOCX, _PDF = _CONVERT.format("docx"), _CONVERT.format("pdf")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IN_ZIP = (
    ("xl/", "an Excel workbook (.xlsx)", _PDF),
    ("ppt/", "a PowerPoint file (.pptx)", _PDF),
    ("Index/", "an Apple Pages, Numbers or Keynote file", "export it to PDF or Word in Pages"),
    ("QuickLook/", "an Apple Pages, Numbers or Keynote file", "export it to PDF or Word in Pages"),
    ("FixedDocSeq.fdseq", "an XPS file", "print it to PDF"),
    ("META-INF/container.xml", "an e-book (.epub)", "print it to PDF"),
)
_OPEN_DOCUMENT = {
    "text": "an OpenDocument text (.odt)",
    "spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "presentation": "an OpenDocument presentation (.odp)",
    "graphics": "an OpenDocument drawing (.odg)",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLD_OFFICE = (
    ("WordDocument", "an old Word document (.doc)", _DOCX),
    ("Workbook", "an old Excel workbook (.xls)", _PDF),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", _PDF),
    ("__properties_version1.0", "an Outlook message (.msg)", "save its attachment, or save it as .eml"),
    ("MatOST", "a Works document (.wps)", _DOCX),
    ("Quill", "a Publisher file (.pub)", "save it as PDF"),
)
_NO_PROSE = {
    ".yaml": "a role file, not a document; give it to --jobs or --job",
    ".yml": "a role file, not a document; give it to --jobs or --job",
    ".json": "JSON, not a document; give job posts (schema.org JobPosting) to --jobs or --job, or one a line in a .jsonl file",
    ".jsonld": "JSON, not a document; give job posts (schema.org JobPosting) to --jobs or --job",
    ".jsonl": "a list of job posts, not one document; give it to --jobs or to matcher extract",
    ".tex": "a LaTeX source; make a PDF of it",
    ".mht": "a saved web archive; save the page as PDF or HTML",
    ".mhtml": "a saved web archive; save the page as PDF or HTML",
    ".webarchive": "a saved web archive; save the page as PDF or HTML",
}
"""Endings of what is text and yet not to be read as sentences."""
_LATEX = re.compile(r"\\documentclass\s*[\[{]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table|p|h[1-6]|ul|meta|title)[\s>]")
_PAGE_LATER = re.compile(r"<(?:!doctype\s+html|html)[\s>]")
_TAG = re.compile(rb"</?[a-zA-Z][^<>]{0,2000}>|<!doctype", re.IGNORECASE)


def told(data: bytes, ending: str) -> Format:
    """The format of bytes under a name with this ending (folded, with its dot); raises UnreadableError for what is not read."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(_ZIP):
        return _zipped(data, ending)
    if data.startswith(b"{\\rtf") or data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        return Format.RTF
    if data.startswith(_PICTURES) or _newer_picture(data):
        if ending == ".pdf":
            raise _no_pdf("a picture", "run OCR on it or ask for the original")
        return Format.PICTURE
    _refuse(data, ending)
    return _prose(data, ending)


def _prose(data: bytes, ending: str) -> Format:
    """Which kind of text it is."""
    head = head_of(data)
    if is_page(head):
        if ending == ".pdf":  # most often the word of a web site that the PDF is gone
            raise _no_pdf("an HTML page", "ask for the PDF again")
        return Format.HTML
    if ending == ".pdf":
        raise _no_pdf("something else" if "\x00" in head else "plain text", "ask for the PDF again")
    if ending in (".docx", ".docm"):
        raise UnreadableError("is no Word document, or a damaged one; open it in Word and save it again", "damaged")
    if _LATEX.search(head):
        raise UnreadableError(f"is {_NO_PROSE['.tex']}", "unknown-format")
    if ending in _NO_PROSE:
        raise UnreadableError(f"is {_NO_PROSE[ending]}", "unknown-format")
    if ending in Format.HTML.endings and _TAG.search(data.replace(b"\x00", b"") if "\x00" in head else data):
        return Format.HTML
    return Format.MARKDOWN if ending in Format.MARKDOWN.endings else Format.TEXT


def head_of(data: bytes) -> str:
    """The beginning of a text, good enough to tell what it is."""
    start = data[:_HEAD]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"<\x00" in start[:8] or b"\x00<" in start[:8]:
        start = start.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def is_page(head: str) -> bool:
    """Whether a text that begins so is a web page."""
    head = head.lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<?xml", "<!--")):
        return _PAGE_LATER.search(head) is not None
    return _PAGE.match(head) is not None


def _newer_picture(data: bytes) -> bool:
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    if data[4:8] == b"ftyp":
        return data[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")
    return data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00"


def _zipped(data: bytes, ending: str) -> Format:
    """A DOCX, or an error that says which other zip file it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            kind = package.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
    except Exception as error:  # zipfile raises much more than BadZipFile on broken data
        what = "Word document" if ending == ".docx" else "zip file"
        raise UnreadableError(f"is a damaged {what}; ask for the file again", "damaged") from error
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    if "opendocument." in kind:
        name = kind.partition("opendocument.")[2].split("-")[0].strip()
        raise _unknown(_OPEN_DOCUMENT.get(name, "an OpenDocument file"), _DOCX if name == "text" else _PDF, ending)
    for start, what, remedy in _IN_ZIP:
        if any(name.startswith(start) for name in names):
            raise _unknown(what, remedy, ending)
    raise _unknown("a zip file (no Word document)", "unpack it, or save it as DOCX or PDF", ending)


def _refuse(data: bytes, ending: str) -> None:
    """Raise UnreadableError for what is known not to be read; a name may end in anything ("cv.v2")."""
    for start, what, remedy in _OTHERS:
        if data.startswith(start):
            raise _unknown(what, remedy, ending)
    if data[4:8] == b"ftyp":
        raise _unknown("a video or a sound", "ask for a written resume", ending)
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("is password-protected; save a copy without a password", "encrypted")
        for name, what, remedy in _IN_OLD_OFFICE:
            if name.encode("utf-16-le") in data:
                raise _unknown(what, remedy, ending)
        raise _unknown("an old Office file (.doc or alike)", _DOCX, ending)


def _unknown(what: str, remedy: str, ending: str) -> UnreadableError:
    return _no_pdf(what, remedy) if ending == ".pdf" else UnreadableError(f"is {what}; {remedy}", "unknown-format")


def _no_pdf(what: str, remedy: str) -> UnreadableError:
    return UnreadableError(f"is no PDF but {what}; {remedy}", "not-a-pdf")
