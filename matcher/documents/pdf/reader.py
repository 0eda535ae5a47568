"""PDF bytes to a `Document`, or to an error that says what is wrong with the file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from matcher.documents.building import Draft, Limits, check_length, document
from matcher.documents.layout.lines import lines_of_all
from matcher.documents.layout.pages import Page
from matcher.documents.metadata import metadata_notices
from matcher.documents.pdf.glyphs import GlyphDevice
from matcher.documents.pdf.guarded import GuardedDocument, GuardedInterpreter, GuardedResources
from matcher.documents.pdf.lost import lost_notices
from matcher.documents.pdf.paint import layers_off
from matcher.documents.pdf.properties import pdf_fields
from matcher.documents.scans.ocr import remedy
from matcher.documents.scans.pages import LEAST, letters, textless, with_scans
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document, Notice

# pdfminer reports each oddity of a file to the log; what a person needs to know is said by this package's errors and notices.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read_pdf(data: bytes, source: str, limits: Limits) -> Document:
    """Read a PDF; pdfminer's own errors come out as UnreadableError "damaged" or "encrypted"."""
    try:
        parsed = _parsed(data, limits)
        pages, read = with_scans(data, _pages(parsed, limits), limits)
        _check_text(pages, limits)
        notices = [*_notices(pages, limits), *read, *metadata_notices(pdf_fields(parsed))]
        return document(data, source, _lines(pages, limits), len(pages), notices)
    except (MatcherError, MemoryError):
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableError("is password-protected; save a copy without a password", "encrypted") from error
    except Exception as error:  # a broken file can make pdfminer fail anywhere, with any exception
        raise UnreadableError("is a damaged PDF; open it in a viewer and save or print it to PDF again", "damaged") from error


def _parsed(data: bytes, limits: Limits) -> GuardedDocument:
    start = data.find(b"%PDF-", 0, 1024)
    return GuardedDocument(data[max(start, 0) :], limits)


def _lines(pages: Sequence[Page], limits: Limits) -> Iterator[Draft]:
    count = 0
    for line in lines_of_all(pages):
        count += len(line.text)
        check_length(count, limits)
        yield line


def _pages(parsed: GuardedDocument, limits: Limits) -> list[Page]:
    """What each page prints."""
    pages = list(islice(PDFPage.create_pages(parsed), limits.max_pages + 1))
    if len(pages) > limits.max_pages:
        raise _too_many(limits)
    if not pages:
        raise UnreadableError("is a PDF without pages; ask for the file again", "zero-pages")
    manager = GuardedResources(parsed.budget)
    device = GlyphDevice(manager, limits.max_chars, layers_off(parsed.catalog))
    interpreter: Any = GuardedInterpreter(manager, device)
    for page in pages:
        interpreter.process_page(page)
    return device.pages


def _too_many(limits: Limits) -> MatcherError:
    return LimitError(f"has more than {limits.max_pages} pages; split it or raise --max-pages", "too-many-pages")


def _check_text(pages: Sequence[Page], limits: Limits) -> None:
    """Raise UnreadableError "no-text-layer" for a scan, an empty document or fonts that do not name their letters."""
    count = sum(map(letters, pages))
    unknown = sum(page.unknown for page in pages)
    if unknown > max(count, LEAST):
        problem = "has fonts that do not say which letters they print"
    elif count < LEAST and any(page.images for page in pages):
        problem = "is a scan or picture without text"
    elif count == 0:
        problem = "holds no visible text"
    else:
        return
    todo = remedy(limits.ocr) or "OCR found no text in it either; ask for the original"
    raise UnreadableError(f"{problem}; {todo}", "no-text-layer")


def _notices(pages: Sequence[Page], limits: Limits) -> Iterator[Notice]:
    for page in pages:
        yield from lost_notices(page)
        if page.slanted:
            count = f"{page.slanted} slanted characters on page {page.number}"
            yield Notice("slanted-text", f"left out {count} (a watermark or stamp)")
        if page.scanned:
            yield Notice("ocr-text", f"the text of page {page.number} was read from an image by an OCR tool and may have errors")
        elif page.pictured and textless(page):
            why = remedy(limits.ocr) or "OCR found none in the time it had; see --max-seconds"
            yield Notice("image-page", f"page {page.number} is an image; its text was not read: {why}")
