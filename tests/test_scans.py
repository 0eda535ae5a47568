"""Photos and scans are read by OCR where it is installed, and say what to do where it is not."""

import functools
import io
import os
import random
import shutil
import struct
import time
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from matcher.documents import Limits, read_document
from matcher.documents.scans import ocr
from matcher.documents.scans import pages as scans
from matcher.errors import MatcherError

Image = pytest.importorskip("PIL.Image")
ImageDraw = pytest.importorskip("PIL.ImageDraw")
ImageFont = pytest.importorskip("PIL.ImageFont")
pytest.importorskip("pypdfium2")
pytest.importorskip("pytesseract")

LINES = (
    "Rowena Example",
    "Work Experience",
    "Customer Service Representative",
    "Answered inbound calls about billing complaints",
    "January 2021 to March 2024",
    "Education",
    "Bachelor of Science in Business Administration",
)
PATIENT = Limits(max_seconds=120)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="NOT RUN: the program tesseract is missing; install it to test OCR"
)


@functools.cache
def drawn(lines=LINES, size=(1240, 1754), height=34):
    """A white page with lines of dark text."""
    image = Image.new("L", size, 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(height)
    for number, line in enumerate(lines):
        draw.text((120, 140 + 90 * number), line, fill=20, font=font)
    return image


def saved(image, form="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def pdf(*pages):
    """A PDF with a page for each picture or list of lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, *A4)
        for number, line in enumerate(() if isinstance(page, Image.Image) else page):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data, name="scan.png", limits=PATIENT):
    return read_document(data, name, limits=limits)


def lines_of(document):
    return [line for line in document.text.split("\n") if line]


def refused(data, name, limits=PATIENT):
    with pytest.raises(MatcherError) as caught:
        read(data, name, limits)
    assert "\n" not in str(caught.value)
    return caught.value.code, str(caught.value)


# --------------------------------------------------------------------------------------------------------------- what is read


@needs_tesseract
@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("JPEG", "photo.jpg"),
        pytest.param("PNG", "scan.png", marks=pytest.mark.slow),
        pytest.param("TIFF", "fax.tif", marks=pytest.mark.slow),
        pytest.param("BMP", "scan.bmp", marks=pytest.mark.slow),
        pytest.param("WEBP", "scan.webp", marks=pytest.mark.slow),
        pytest.param("GIF", "scan.gif", marks=pytest.mark.slow),
    ],
)
def test_scan_of_every_kind_is_read(form, name):
    document = read(saved(drawn(), form), name)
    assert lines_of(document) == list(LINES)
    assert [notice.code for notice in document.warnings] == ["ocr-text"]
    assert "page 1 was" in document.warnings[0].message


@pytest.mark.slow
@needs_tesseract
def test_scan_twice_is_read_the_same():
    one, other = read(saved(drawn())), read(saved(drawn()))
    assert (one.text, one.lines) == (other.text, other.lines)
    assert str(one.lefts) == str(other.lefts)


@pytest.mark.slow
@needs_tesseract
def test_scan_places_are_on_the_page():
    document = read(saved(drawn()))
    assert document.pages == 1
    at = document.text.index("January")
    (line,) = [line for line in document.lines if line.start <= at < line.end]
    scale = 842 / 1754
    assert line.page == 1
    assert line.x0 == pytest.approx(120 * scale, abs=3)
    assert line.top < (140 + 90 * 4 + 34 / 2) * scale < line.bottom
    assert line.size == pytest.approx(34 * scale, rel=0.35)
    first = document.text.index("Rowena")
    lefts = document.lefts[first : first + 6]
    assert list(lefts) == sorted(set(lefts))


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_scan_on_its_side_or_head_is_read(turn):
    long = tuple(f"{line} and {other}" for line, other in zip(LINES, reversed(LINES), strict=True))
    page = drawn(long, (1754, 1240), 30).rotate(turn, expand=True)
    document = read(saved(page))
    assert lines_of(document) == list(long)
    wide, high = (842 * side / max(page.size) for side in page.size)
    assert all(0 <= line.x0 < line.x1 <= wide and 0 <= line.top < line.bottom <= high for line in document.lines)


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("degrees", [-3, 1.5])
def test_scan_askew_is_set_straight(degrees):
    page = drawn().rotate(degrees, fillcolor=250, resample=Image.Resampling.BICUBIC)
    assert lines_of(read(saved(page))) == list(LINES)


@pytest.mark.slow
@needs_tesseract
def test_scan_clear_coloured_and_turned_by_its_camera():
    clear = Image.new("RGBA", drawn().size, (0, 0, 0, 0))
    clear.putalpha(drawn().point(lambda value: 255 - value))
    assert lines_of(read(saved(clear))) == list(LINES)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    photo = drawn().rotate(90, expand=True).convert("RGB")
    assert lines_of(read(saved(photo, "JPEG", exif=exif), "photo.jpg")) == list(LINES)


@pytest.mark.slow
@needs_tesseract
def test_scan_of_several_pages():
    other = drawn(("Second page of the resume", "Handled escalated calls"))
    data = saved(drawn(), "TIFF", save_all=True, append_images=[other])
    document = read(data, "fax.tif")
    assert document.pages == 2
    assert document.lines[-1].page == 2
    assert "pages 1 to 2 was" in document.warnings[0].message
    assert (
        refused(saved(drawn(), "TIFF", save_all=True, append_images=[other]), "a.tif", Limits(max_pages=1))[0] == "too-many-pages"
    )


def marked(image):
    """A scan as programs for telephones save it: with a line of advertising in real letters."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.drawString(400, 10, "Scanned with Invented Scanner")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.slow
@needs_tesseract
def test_scan_with_the_mark_of_a_program_is_read():
    document = read(marked(drawn()), "cv.pdf")
    assert set(LINES) <= set(lines_of(document))
    assert [notice.code for notice in document.warnings] == ["ocr-text"]


@needs_tesseract
def test_scan_in_a_pdf_is_read_beside_its_other_pages():
    words = ("Rowena Example", "Customer Service Representative", "January 2021 to March 2024")
    document = read(pdf(words, drawn()), "cv.pdf")
    assert lines_of(document) == [*words, *LINES]
    assert {line.page for line in document.lines} == {1, 2}
    assert all(0 < line.x0 < line.x1 < A4[0] and 0 < line.top < line.bottom < A4[1] for line in document.lines)
    assert [(n.code, "page 2 was" in n.message) for n in document.warnings] == [("ocr-text", True)]
    assert lines_of(read(pdf(drawn()), "cv.pdf")) == list(LINES)


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_scan_on_a_cropped_page_keeps_its_places(rotation):
    whole = read(turned(rotation, None), "cv.pdf")
    cropped = read(turned(rotation, (12, 20, 565, 802)), "cv.pdf")
    assert lines_of(whole) == lines_of(cropped) == list(LINES)
    for one, other in zip(whole.lines, cropped.lines, strict=True):
        assert (other.x0, other.top) == pytest.approx((one.x0, one.top), abs=3)


def turned(rotation, crop):
    """A scan on an A4 page that is shown turned to the right, and perhaps in part only."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4[::-1] if rotation % 180 else A4, invariant=1)  # it swaps the sides of turned pages
    page = drawn(LINES, (1754, 1240) if rotation % 180 else (1240, 1754))
    canvas.drawImage(ImageReader(page.rotate(rotation, expand=True)), 0, 0, *A4)
    canvas.setPageRotation(rotation)
    if crop:
        canvas.setCropBox(crop)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.slow
@needs_tesseract
def test_scan_of_two_columns_is_read_column_by_column():
    page = drawn(("", "", "", "", "", "", "")).copy()
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(28)
    left = [f"Skill number {name}" for name in ("one", "two", "three", "four", "five", "six")]
    right = [f"Handled many inbound calls in year {year}" for year in range(2016, 2022)]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        draw.text((100, 200 + 61 * number), one, fill=20, font=font)
        draw.text((520, 230 + 61 * number), other, fill=20, font=font)
    assert lines_of(read(saved(page))) == [*left, *right]


# ---------------------------------------------------------------------------------------------------------- what is not read


@pytest.mark.parametrize("missing", ["packages", "program"])
def test_scan_without_ocr_says_what_to_install(monkeypatch, missing):
    ocr.remedy.cache_clear()
    if missing == "packages":
        monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    else:
        monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    try:
        told = [refused(saved(drawn()), "scan.png"), refused(pdf(drawn()), "cv.pdf")]
        document = read(pdf(LINES, drawn()), "cv.pdf")
        mark = read(marked(drawn()), "cv.pdf")
    finally:
        ocr.remedy.cache_clear()
    for code, message in told:
        assert code == "no-text-layer"
        assert ("pip install 'bpo-matcher[ocr]'" in message) is (missing == "packages")
        assert "program tesseract" in message
        assert "ask for the original" in message
    assert [notice.code for notice in document.warnings] == [notice.code for notice in mark.warnings] == ["image-page"]
    assert "program tesseract" in document.warnings[0].message


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("image", [Image.new("L", (600, 800), 255), Image.new("L", (3, 3), 0), Image.radial_gradient("L")])
def test_scan_in_which_nothing_is_written_is_told(image):
    assert refused(saved(image), "scan.png")[0] == "no-text-layer"
    assert refused(pdf(image), "cv.pdf")[0] == "no-text-layer"


@pytest.mark.slow
@needs_tesseract
def test_scan_that_is_damaged_is_told():
    whole = saved(drawn())
    assert refused(whole[: len(whole) // 3], "scan.png")[0] == "damaged"
    assert refused(b"\xff\xd8\xff" + bytes(200), "photo.jpg")[0] == "damaged"


@pytest.mark.slow
@needs_tesseract
def test_scan_bomb_is_not_unpacked():
    """A head that claims 3,600 million pixels."""
    data = saved(Image.new("L", (10, 10)))
    head = b"IHDR" + struct.pack(">2L", 60_000, 60_000) + data[24:29]
    bomb = data[:12] + head + struct.pack(">L", zlib.crc32(head)) + data[33:]
    assert refused(bomb, "scan.png")[0] == "too-large"


@pytest.mark.slow
@needs_tesseract
def test_scan_of_many_pages_is_read_as_far_as_there_is_time(monkeypatch):
    monkeypatch.setattr(scans, "_PAGES_A_SECOND", 2 / 120)
    document = read(pdf(LINES, drawn(), drawn(), drawn()), "cv.pdf")
    assert [notice.code for notice in document.warnings] == ["image-page", "ocr-text"]
    assert "pages 2 to 3" in document.warnings[1].message
    assert "page 4 is an image" in document.warnings[0].message


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
@pytest.mark.parametrize("tries", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_scan_of_broken_bytes_is_told(monkeypatch, form, tries):
    monkeypatch.setattr(ocr, "remedy", lambda allowed=True: "")
    monkeypatch.setattr(ocr, "words_of", lambda *_: [])
    monkeypatch.setattr(ocr, "quarter_turns", lambda *_: 0)
    good, chance = saved(drawn(LINES[:2], (300, 200), 20), form), random.Random(form)
    for _ in range(tries):
        data = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        assert refused(bytes(data), "scan.png")[0] in {"damaged", "no-text-layer", "too-large", "too-many-pages"}


def noise(size):
    return Image.frombytes("L", size, random.Random(7).randbytes(size[0] * size[1]))


def children():
    """The running programs that this process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text(encoding="utf-8", errors="replace").partition("(")[2].rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z":
            found.append(name)
    return found


@pytest.mark.slow
@needs_tesseract
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_scan_that_takes_too_long_leaves_no_program_behind():
    begun = time.monotonic()
    code, message = refused(saved(noise((2500, 2500))), "scan.png", Limits(max_seconds=1.5))
    assert (code, "--max-seconds" in message) == ("too-slow", True)
    assert time.monotonic() - begun < 60
    assert "tesseract" not in children()
    document = read(pdf(LINES, noise((900, 900))), "cv.pdf", Limits(max_seconds=0.01))
    assert lines_of(document) == list(LINES), "what is printed is not lost for the want of time"


@pytest.mark.slow
@needs_tesseract
def test_scan_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read(saved(drawn()))
    assert list(tmp_path.iterdir()) == []


def test_runs_of_pages_are_named_shortly():
    assert "pages 1 to 3, 5, 7 to 8 was" in scans.read_notice([7, 1, 2, 3, 5, 8]).message


def test_pictures_are_left_alone_where_ocr_is_not_wanted():
    for data, name in ((saved(drawn()), "photo.png"), (pdf(drawn()), "scan.pdf")):
        assert "pictures are not read here" in refused(data, name, Limits(ocr=False))[1]
