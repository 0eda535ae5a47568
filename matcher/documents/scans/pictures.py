"""Photos and scans that come as pictures: each is a page, read by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from matcher.documents.building import Limits, check_length, document
from matcher.documents.layout.lines import lines_of
from matcher.documents.layout.pages import Page
from matcher.documents.scans import ocr
from matcher.documents.scans.pages import LEAST, LONGEST, Clock, letters, read_notice, write
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

if TYPE_CHECKING:
    from PIL.Image import Image

_LONG = 842.0
"""A picture has no size on paper: its longer side is taken for that of an A4 page, in points."""
_SHORT = 1500
"""Pixels of the longer side: smaller pictures are made larger."""
_MOST_PIXELS = 120_000_000
_KINDS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
"""What Pillow may take a file for: it knows stranger kinds, which run other programs."""


def read_picture(data: bytes, source: str, limits: Limits) -> Document:
    """Read a photo or scan; UnreadableError "no-text-layer" says what to do where it cannot be read."""
    clock = Clock(limits)
    missing = ocr.remedy(limits.ocr)
    if missing:
        raise UnreadableError(f"is a picture; {missing}", "no-text-layer")
    try:
        pages = [_page(image, number, clock) for number, image in enumerate(_frames(data, limits), 1)]
    except (MatcherError, MemoryError):
        raise
    except Exception as error:  # a broken picture can fail anywhere in Pillow, with any exception
        raise UnreadableError("is a damaged picture, or of a kind that is not read; save it as JPG or PNG", "damaged") from error
    if sum(map(letters, pages)) < LEAST:
        raise UnreadableError("is a picture in which no text was found; ask for the original", "no-text-layer")
    check_length(sum(map(letters, pages)), limits)
    notice = read_notice([page.number for page in pages])
    return document(data, source, (line for page in pages for line in lines_of(page)), len(pages), [notice])


def _frames(data: bytes, limits: Limits) -> Iterator[Image]:
    """The pages of a picture (several in a TIFF only) as grey images, upright."""
    from PIL import Image, ImageOps

    Image.init()  # knows by itself only the commonest kinds
    Image.MAX_IMAGE_PIXELS = None  # said here, in one line, and not by a warning
    with Image.open(BytesIO(data), formats=_KINDS) as picture:
        count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        if count > limits.max_pages:
            raise LimitError(f"has more than {limits.max_pages} pages; split it or raise --max-pages", "too-many-pages")
        for number in range(count):
            picture.seek(number)
            wide, high = picture.size
            if wide * high > _MOST_PIXELS:
                millions = f"{_MOST_PIXELS // 10**6} million"
                raise LimitError(f"has more than {millions} pixels; save it smaller", "too-large")
            picture.draft("L", (LONGEST, LONGEST))
            yield ImageOps.exif_transpose(_grey(picture))


def _grey(picture: Image) -> Image:
    """A picture in shades of grey, on white where it is transparent."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return picture.convert("L")


def _page(image: Image, number: int, clock: Clock) -> Page:
    """A picture's words as a page."""
    longer = max(image.size)
    wanted = min(max(longer, _SHORT), LONGEST)
    if wanted != longer:
        image = image.resize((_times(image.width, wanted / longer), _times(image.height, wanted / longer)))
    scale = _LONG / max(image.size)
    page = Page(number, image.width * scale, image.height * scale)
    write(page, image, scale, clock)
    return page


def _times(side: int, factor: float) -> int:
    return max(1, round(side * factor))
