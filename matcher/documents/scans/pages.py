"""Pages that are pictures: photos, scans, and pages of a PDF without text, read by OCR into the same records as print."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from matcher.documents.building import Limits
from matcher.documents.layout.pages import Glyph, Page
from matcher.documents.scans import ocr
from matcher.errors import LimitError
from matcher.records import Notice

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 20
"""A page with fewer letters than this holds no text."""
_MARK = 60
"""The same of a page that is a picture: "Scanned with ..." may be printed on it."""
_COARSE, _FINE = 150, 200
"""Dots an inch between which a page is rendered: as many as its own picture has."""
LONGEST = 3600
"""Pixels of the longer side of a page, at most."""
_WHITE, _INK = 255, 160
"""Shades of grey: paper, and the lightest that is no longer ink."""
_SMALL, _ASKEW, _LEAST_ASKEW = 700, 50, 3
"""Longer side of the image by which a page is set straight; and tenths of a degree: the most and the least it is turned."""
_SURE, _ENOUGH, _ENOUGH_OF_ALL = 85.0, 60, 0.3
"""Where fewer letters than this are in sure words, or less than this part of them, a page may lie on its side."""
_PICTURE = 3
"""pdfium's number for pictures among the objects of a page."""
_PAGES_A_SECOND = 0.4
_SHARE = 0.8
"""The part of a file's seconds after which OCR is ended."""

_TALL = frozenset("bdfhklt0123456789")
_DEEP = frozenset("gjpqyQ,;()[]{}|/@$§")
_ASCENT, _FLAT, _DESCENT = 0.72, 0.52, 0.22
"""How high tall and other letters rise above the base line, and how far deep ones hang below it, in em."""
_WIDE = 1.0
"""Words further apart than this many em may stand in different columns."""


def with_scans(data: bytes, pages: list[Page], limits: Limits) -> tuple[list[Page], list[Notice]]:
    """The pages of a PDF, those that are pictures replaced by what OCR reads there, as far as there is time; and what to tell."""
    wanted = _wanted(pages)
    if not wanted or ocr.remedy(limits.ocr):
        return pages, []
    clock = Clock(limits)
    read: dict[int, Page] = {}
    try:
        for page in wanted[: clock.pages]:
            read |= _rendered(data, page, len(pages), clock)
    except LimitError:
        if len(wanted) == len(pages):
            raise
    found = [read.get(page.number, page) for page in pages]
    return found, [read_notice(list(read))] if read else []


def textless(page: Page) -> bool:
    """Whether a page holds no text of its own, or, on a large picture, no more than the mark that a scanner leaves."""
    return letters(page) < (_MARK if page.pictured else LEAST)


def letters(page: Page) -> int:
    """How many characters a page prints, blanks left out."""
    return sum(len(glyph.text) for glyph in page.glyphs() if not glyph.text.isspace())


def read_notice(numbers: Sequence[int]) -> Notice:
    """The notice "ocr-text" for the pages with these numbers."""
    spans = [list(group) for group in _runs(numbers)]
    named = ", ".join(f"{span[0]} to {span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans)
    what = f"page{'s' if len(numbers) > 1 else ''} {named}"
    return Notice("ocr-text", f"the text of {what} was read from an image by OCR and may have errors")


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda item: item[1] - item[0]):
        yield [number for _, number in group]


class Clock:
    """How long OCR of a file may go on, and how many pages of a scan are read in that time at most."""

    def __init__(self, limits: Limits) -> None:
        self._end = time.monotonic() + _SHARE * limits.max_seconds
        self.pages = max(1, int(limits.max_seconds * _PAGES_A_SECOND))

    def left(self) -> float:
        """Seconds that are left."""
        return self._end - time.monotonic()


def _wanted(pages: Sequence[Page]) -> list[Page]:
    """The pages whose text is in a picture only, or in fonts that do not name their letters."""
    if not any(map(letters, pages)):
        return list(pages)
    return [page for page in pages if (page.images and textless(page)) or page.unknown > max(letters(page), LEAST)]


# ---------------------------------------------------------------------------------------------------------------------- PDFs


def _rendered(data: bytes, page: Page, count: int, clock: Clock) -> dict[int, Page]:
    """A page of a PDF as it looks, read by OCR; nothing if it cannot be rendered."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as file:
            if len(file) != count:
                return {}
            shown = file[page.number - 1]
            scale = _dots(shown, page) / 72
            image = _on_page(shown.render(scale=scale, grayscale=True).to_pil(), shown, page, scale)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return {}
    found = replace(page, frames={0: []}, unknown=0)
    write(found, image, 1 / scale, clock)
    return {page.number: found} if letters(found) > letters(page) else {}


def _on_page(image: Image, shown: Any, page: Page, scale: float) -> Image:
    """What viewers show of a page, where it lies on the whole page: a page may be cropped."""
    x0, y0, x1, y1 = shown.get_mediabox()
    left, low, right, high = shown.get_cropbox()
    if (left, low, right, high) == (x0, y0, x1, y1):
        return image
    # By how many quarter turns to the right the page is shown.
    at = ((left - x0, y1 - high), (low - y0, left - x0), (x1 - right, low - y0), (y1 - high, x1 - right))
    across, down = at[shown.get_rotation() // 90 % 4]
    whole = image.resize((1, 1)).resize((max(1, round(page.width * scale)), max(1, round(page.height * scale))))
    whole.paste(_WHITE, (0, 0, *whole.size))
    whole.paste(image, (round(across * scale), round(down * scale)))
    return whole


def _dots(shown: Any, page: Page) -> float:
    """How fine to render a page: as its largest picture is, since more or fewer dots blur the letters."""
    pictures = [found.get_metadata() for found in shown.get_objects(filter=[_PICTURE], max_depth=3)]
    finest = max((m.horizontal_dpi for m in pictures if m.width * m.height > 10**5), default=0.0)
    dots = min(max(finest or _FINE, _COARSE), _FINE)
    return min(dots, LONGEST * 72 / max(page.width, page.height, 1.0))


# --------------------------------------------------------------------------------------------------------------------- words


def write(page: Page, image: Image, scale: float, clock: Clock) -> None:
    """Read an image and put its words on a page; `scale` is points a pixel.

    A page that was scanned a little askew is set straight first: the places of its words are those of the straight page.
    """
    dots = round(72 / scale)
    words = ocr.words_of(_straight(image), dots, clock.left())
    turn = ocr.quarter_turns(image, clock.left()) if _doubtful(words) else 0
    if turn:
        other = ocr.words_of(_straight(image.rotate(-90 * turn, expand=True, fillcolor=_WHITE)), dots, clock.left())
        words, turn = max((words, 0), (other, turn), key=lambda found: _certain(found[0]))
    frame = page.frames.setdefault(turn, [])
    for _, line in groupby(words, key=lambda word: word.line):
        frame += _glyphs(list(line), scale)


def _doubtful(words: Sequence[ocr.Word]) -> bool:
    """Whether words look as those of a page do that lies on its side or stands on its head."""
    return _certain(words) < max(_ENOUGH, _ENOUGH_OF_ALL * sum(len(word.text) for word in words))


def _certain(words: Sequence[ocr.Word]) -> int:
    """The letters of the words that can hardly be anything else."""
    return sum(len(word.text) for word in words if word.sure >= _SURE and len(word.text) > 2 and word.text.isalpha())


def _straight(image: Image) -> Image:
    """An image turned by the few degrees at which its rows of ink are sharpest."""
    from PIL import Image

    small = image.copy()
    small.thumbnail((_SMALL, _SMALL))
    small = small.point([0] * _INK + [_WHITE] * (256 - _INK))

    def sharpness(tenths: int) -> int:
        turned = small.rotate(tenths / 10, resample=Image.Resampling.BILINEAR, fillcolor=_WHITE)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((one - other) ** 2 for one, other in pairwise(rows))

    around = max(range(-_ASKEW, _ASKEW + 1, 5), key=sharpness)
    best = max((around, *range(around - 4, around + 5)), key=sharpness)
    if abs(best) < _LEAST_ASKEW:
        return image
    return image.rotate(best / 10, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE)


def _glyphs(line: Sequence[ocr.Word], scale: float) -> Iterator[Glyph]:
    """A line's words, each a glyph of many letters, all on one base line and of one size; blanks where they stand close."""
    size = median(_size(word) for word in line) * scale
    base = median(word.bottom - _hanging(word) * _size(word) for word in line) * scale
    before: Glyph | None = None
    for word in line:
        left, right = word.left * scale, word.right * scale
        glyph = Glyph(word.text, left, right, base - 0.8 * size, base + 0.2 * size, base, size, False)
        if before is not None and left - before.x1 < _WIDE * size:
            yield Glyph(" ", before.x1, left, glyph.top, glyph.bottom, base, size, False)
        yield glyph
        before = glyph


def _size(word: ocr.Word) -> float:
    """The size of a word's letters in pixels, by the height of its box and by which letters it has."""
    tall = any(char.isupper() or char in _TALL for char in word.text)
    return (word.bottom - word.top) / ((_ASCENT if tall else _FLAT) + _hanging(word))


def _hanging(word: ocr.Word) -> float:
    """How far a word hangs below its base line, in em."""
    return _DESCENT if _DEEP.intersection(word.text) else 0.0
