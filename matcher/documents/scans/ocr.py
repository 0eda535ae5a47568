"""Words of a picture by tesseract, where the extra `[ocr]` and the program are installed; or what to do to have them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from matcher.errors import LimitError, UnreadableError

if TYPE_CHECKING:
    from PIL.Image import Image

_PACKAGES = ("pytesseract", "pypdfium2", "PIL")
_PROGRAM = "tesseract"
_LANGUAGE = "eng"
_LAYOUT = 11
"""tesseract's way to look for text: words anywhere; in which order they are read is for the layout of pages to say."""
_SURE, _PLAIN = 70.0, 0.2
"""Where fewer than a fifth of the words are surely words, the picture shows no writing: a face, a pattern, noise."""
_LEAST_SURE = 30.0
"""Words of which tesseract is less sure (0 to 100) are specks and lines oftener than words."""


class Word(NamedTuple):
    """A word, how sure it is (0 to 100), and its box in pixels; words with an equal `line` stand on one line, in their order."""

    text: str
    sure: float
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int


@cache
def remedy(allowed: bool = True) -> str:
    """What to do so that pictures can be read; "" if nothing is missing."""
    if not allowed:
        return "pictures are not read here, since what OCR reads differs from machine to machine"
    if any(find_spec(name) is None for name in _PACKAGES):
        return "pip install 'bpo-matcher[ocr]' and install the program tesseract to have it read, or ask for the original"
    if shutil.which(_PROGRAM) is None:
        return "install the program tesseract to have it read, or ask for the original"
    return ""


def words_of(image: Image, dpi: int, seconds: float) -> list[Word]:
    """The words of a grey picture; none where it shows no writing.

    Raises LimitError when it takes longer than `seconds`, UnreadableError when it cannot be done.
    tesseract is ended by then, so that it never outlives the worker that is killed a little later.
    """
    import pytesseract

    if seconds <= 0:
        raise _too_slow()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads make it slower, and what they read differs
    # What tesseract is given goes through a file: a bitmap is written fifty times as fast as pytesseract's own choice.
    image.format = "BMP"
    options = f"--psm {_LAYOUT} --dpi {dpi}"
    try:
        table = pytesseract.image_to_data(image, lang=_LANGUAGE, config=options, timeout=seconds)
    except pytesseract.TesseractError as error:
        said = " ".join(str(error.message).split())[:120]
        message = f"cannot be read by tesseract ({said}); see that it has the language {_LANGUAGE}, or ask for the original"
        raise UnreadableError(message, "no-text-layer") from error
    except RuntimeError as error:
        raise _too_slow() from error
    words = list(_words(table))
    plain = sum(word.sure >= _SURE and sum(map(str.isalpha, word.text)) >= 3 for word in words)
    return words if plain >= _PLAIN * len(words) else []


def quarter_turns(image: Image, seconds: float) -> int:
    """By how many quarter turns to the left the text of a picture is turned; 0 where that cannot be told."""
    import pytesseract

    try:
        told = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=max(seconds, 0.01))
        return int(told["rotate"]) // 90 % 4
    except (pytesseract.TesseractError, RuntimeError, KeyError, ValueError):  # too few letters, no data for it, no time
        return 0


def _too_slow() -> LimitError:
    return LimitError("takes too long to read by OCR; raise --max-seconds", "too-slow")


def _words(table: str) -> Iterator[Word]:
    """The rows of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, sureness, text."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= _LEAST_SURE:
            block, paragraph, line, _, left, top, wide, high = map(int, cells[2:10])
            yield Word(cells[11].strip(), float(cells[10]), (block, paragraph, line), left, top, left + wide, top + high)
