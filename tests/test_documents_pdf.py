"""PDF bytes to text with places: layouts, hidden text, broken files. All pages are drawn here."""

from __future__ import annotations

import math
import struct
import zlib
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from matcher.documents import Limits, read_document
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

HIGH = A4[1]


def pdf(draw, **options) -> bytes:
    """A page of A4 drawn by `draw(canvas)`; its `put` takes points from the top left."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)

    def put(x, top, text, size=10, font="Helvetica"):
        canvas.setFont(font, size)
        canvas.drawString(x, HIGH - top, text)

    draw(canvas, put)
    canvas.save()
    return out.getvalue()


def read(draw, **options) -> Document:
    return read_document(pdf(draw, **options), "cv.pdf")


def column(put, x, top, lines, step=12):
    for i, line in enumerate(lines):
        put(x, top + i * step, line)


def picture(width=8, height=8):
    raw = b"".join(b"\x00" + b"\x90\x90\x90" * width for _ in range(height))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return ImageReader(BytesIO(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")))


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of the given objects, the first of which is the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


def one_font_pdf(content: bytes, encoding: bytes = b"/WinAnsiEncoding", media: bytes = b"[0 0 612 792]") -> bytes:
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>" % media,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % encoding,
    )


# ------------------------------------------------------------------------------------------------------------------ places


def test_lines_and_characters_have_places():
    document = read(lambda c, put: (put(72, 100, "Maria Santos", 18, "Helvetica-Bold"), put(72, 130, "Answered calls")))
    first, second = document.lines
    assert document.text == "Maria Santos\n\nAnswered calls"
    assert len(document.lefts) == len(document.rights) == len(document.text)
    assert (first.bold, second.bold) == (True, False)
    assert (first.size, second.size) == pytest.approx((18, 10))
    assert first.top < 100 < first.bottom < second.top < 130 < second.bottom
    start = document.text.index("calls")
    (box,) = document.boxes(start, start + 5)
    assert (box.page, box.top) == (1, second.top)
    assert box.x0 == pytest.approx(72 + stringWidth("Answered ", "Helvetica", 10), abs=0.1)
    assert box.x1 == pytest.approx(second.x1, abs=0.1)
    assert math.isnan(document.lefts[document.text.index("\n")])


def test_a_gap_makes_an_empty_line_and_a_page_break_does_not():
    def draw(c, put):
        column(put, 72, 80, ["Summary", "Five years on the phone", "Two companies"])
        column(put, 72, 140, ["Experience"])
        c.showPage()
        put(72, 80, "Team leader")

    document = read(draw)
    assert document.text == "Summary\nFive years on the phone\nTwo companies\n\nExperience\nTeam leader"
    assert [line.page for line in document.lines] == [1, 1, 1, 1, 2]
    assert (document.pages, document.page_of(document.text.index("Team"))) == (2, 2)


def test_a_page_that_does_not_begin_at_zero_reads_as_it_is_seen():
    data = one_font_pdf(b"BT /F1 12 Tf 150 700 Td (Shifted page) Tj ET", media=b"[100 100 500 800]")
    line = read_document(data, "cv.pdf").lines[0]
    assert line.x0 == pytest.approx(50)
    assert line.bottom == pytest.approx(100, abs=5)


# ------------------------------------------------------------------------------------------------------------------ layout


LEFT = ["Answered eighty calls a day about bills", "and late fees for a telephone company", "Trained six new agents"]
SIDE = ["Skills", "Excel", "Zendesk", "Typing 45 wpm", "Tagalog"]


def test_two_columns_are_read_one_after_the_other():
    def draw(c, put):
        put(60, 60, "Maria Santos, customer service representative in Quezon City, Philippines", 14)
        column(put, 60, 100, LEFT)
        column(put, 400, 103, SIDE, 15)

    assert read(draw).text.split("\n\n")[1:] == [f"{LEFT[0]} {LEFT[1]}\n{LEFT[2]}", "\n".join(SIDE)]


def test_two_short_lists_side_by_side_are_read_one_after_the_other():
    def draw(c, put):
        column(put, 60, 80, ["Highlights"])
        column(put, 60, 92, ["• Call handling", "• Data entry", "• Upselling", "• Coaching"])
        column(put, 250, 92, ["• Excel", "• Zendesk"])
        column(put, 60, 150, ["Answered calls of customers of a bank and of an airline, with notes in the system of each"] * 2)

    items = [line for line in read(draw).text.split("\n") if line.startswith("•")]
    assert items == ["• Call handling", "• Data entry", "• Upselling", "• Coaching", "• Excel", "• Zendesk"]


def test_dates_set_to_the_right_stay_on_their_row():
    def draw(c, put):
        for top, title, dates in ((80, "Team Leader, Acme", "2019 - 2021"), (140, "Agent, Acme", "2017 - 2019")):
            put(60, top, title)
            put(470, top, dates)
            column(put, 60, top + 12, ["• Coached twelve agents", "• Ran the huddle", "• Listened to calls"])

    text = read(draw).text
    assert "Team Leader, Acme\t2019 - 2021\n• Coached" in text
    assert "Agent, Acme\t2017 - 2019\n• Coached" in text


@pytest.mark.parametrize("ruled", [False, True])
def test_a_table_row_stays_on_one_line(ruled):
    rows = [("Month", "CSAT", "AHT"), ("January", "91%", "410"), ("February", "92%", "405"), ("March", "93%", "401")]

    def draw(c, put):
        for i, row in enumerate(rows):
            for x, cell in zip((60, 200, 300), row, strict=True):
                put(x + 3, 80 + 16 * i, cell)
        if ruled:
            c.grid([60, 200, 300, 380], [HIGH - 69 - 16 * i for i in range(5)])

    assert [line for line in read(draw).text.split("\n") if line] == ["\t".join(row) for row in rows]


def test_the_lines_of_a_ruled_cell_belong_together():
    def draw(c, put):
        column(put, 63, 80, ["Senior high school", "with honours"])
        column(put, 203, 80, ["Lakeview National", "School"])
        put(323, 80, "2014-2016")
        c.grid([60, 200, 320, 400], [HIGH - 68, HIGH - 100])
        put(60, 140, "Skills")

    assert read(draw).text == "Senior high school with honours\tLakeview National School\t2014-2016\n\nSkills"


def test_section_names_in_the_margin_come_before_their_sections():
    def draw(c, put):
        for top, name, body in (
            (80, ["PROFESSIONAL", "EXPERIENCE"], ["Nurse at a city hospital", "Triage of patients", "Charting", "Handover"]),
            (150, ["EDUCATION"], ["Nursing, State University", "Licence exam passed", "First aid course"]),
            (210, ["SKILLS"], ["Patience", "English", "Typing"]),
        ):
            column(put, 60, top, name)
            column(put, 200, top, body)

    text = read(draw).text
    assert text.startswith("PROFESSIONAL\nEXPERIENCE\n\nNurse at a city hospital\nTriage")
    assert "EDUCATION\n\nNursing, State University\n" in text


def test_labels_keep_their_values():
    def draw(c, put):
        for i, (label, value) in enumerate([("Civil status", "Single"), ("Sex", "Female"), ("Religion", "Catholic")]):
            put(60, 80 + 12 * i, label)
            put(150, 80 + 12 * i, ":")
            put(160, 80 + 12 * i, value)

    assert [line.replace("\t", " ") for line in read(draw).text.split("\n")] == [
        "Civil status : Single", "Sex : Female", "Religion : Catholic",
    ]  # fmt: skip


def test_turned_text_is_read_along_its_own_direction():
    def draw(c, put):
        column(put, 150, 80, ["Experience", "Answered calls", "Sold plans"])
        c.saveState()
        c.translate(40, 300)
        c.rotate(90)
        c.drawString(0, 0, "Curriculum vitae")
        c.restoreState()

    document = read(draw)
    assert document.text.split("\n")[-1] == "Curriculum vitae"
    line = document.lines[-1]
    assert line.bottom - line.top > line.x1 - line.x0


def test_a_watermark_is_left_out_and_reported():
    def draw(c, put):
        column(put, 60, 100, ["Answered calls", "Sold plans"])
        c.saveState()
        c.translate(200, 300)
        c.rotate(45)
        c.drawString(0, 0, "DRAFT")
        c.restoreState()

    document = read(draw)
    assert document.text == "Answered calls\nSold plans"
    assert [notice.code for notice in document.warnings] == ["slanted-text"]


# -------------------------------------------------------------------------------------------------------------- characters


@pytest.mark.parametrize(
    "content, text",
    [
        (rb"(\177 Excel) Tj", "• Excel"),
        (b"[(Call) -350 (centre)] TJ", "Call centre"),
        (b"[(C) 30 (all)] TJ", "Call"),
        (b"[(E) -300 (X) -300 (P) -300 (E) -300 (R) -300 (T)] TJ", "EXPERT"),
        (b"(W O R K   H I S T O R Y) Tj", "WORK HISTORY"),
        (b"4 Tc (SKILLS) Tj", "SKILLS"),
        (rb"(of\256ce) Tj", "office"),
        (b"<436f6465> Tj", "Code"),
        (rb"(\(a\) \134 \101) Tj", "(a) \\ A"),
        (b"(nested (round) brackets) Tj", "nested (round) brackets"),
        (b"(caf\xe9\xa0bar) Tj", "café bar"),
        (b"(caf\xc3\xa9 \xe2\x80\xa2 it\xe2\x80\x99s) Tj", "café • it's"),
        (
            b"(read by pdfminer) Tj 150 0 Td BI /W 1 /H 1 /CS /G /BPC 8 ID a EI (all the same) Tj",
            "read by pdfminer\tall the same",
        ),
    ],
)
def test_characters_read_as_printed(content, text):
    encoding = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [174 /fi] >>" if b"\\256" in content else None
    data = one_font_pdf(b"BT /F1 12 Tf 72 700 Td " + content + b" ET", *([encoding] if encoding else []))
    document = read_document(data, "cv.pdf")
    assert document.text == text
    assert len(document.lefts) == len(text)


def test_a_drawn_bullet_is_a_bullet():
    def draw(c, put):
        for i, line in enumerate(["Answered calls", "Sold plans"]):
            put(80, 100 + 14 * i, line)
            c.circle(70, HIGH - 97 - 14 * i, 1.5, stroke=0, fill=1)

    assert read(draw).text == "• Answered calls\n• Sold plans"


def test_text_printed_twice_is_read_once():
    assert read(lambda c, put: (put(72, 100, "Skills"), put(72.2, 100, "Skills"))).text == "Skills"


def test_a_superscript_stays_on_its_line():
    document = read(lambda c, put: (put(72, 100, "1", 12), put(78.7, 96, "st", 7), put(88, 100, "prize", 12)))
    assert document.text == "1st prize"


def test_fonts_of_one_document_do_not_decode_another():
    content = b"BT /F1 12 Tf 72 700 Td (AB) Tj ET"
    other = b"<< /Type /Encoding /Differences [65 /X /Y] >>"
    texts = [read_document(data, "cv.pdf").text for data in (one_font_pdf(content), one_font_pdf(content, other))]
    assert texts == ["AB", "XY"]


# ------------------------------------------------------------------------------------------------------------- hidden text


def white(c, put):
    c.setFillColorRGB(1, 1, 1)
    put(72, 200, "expert in everything here")


def on_dark(c, put):
    c.setFillColorRGB(0, 0.2, 0.4)
    c.rect(60, HIGH - 220, 300, 40, stroke=0, fill=1)
    white(c, put)


def same_colour(c, put):
    c.setFillColorRGB(0, 0.2, 0.4)
    c.rect(60, HIGH - 220, 300, 40, stroke=0, fill=1)
    put(72, 200, "expert in everything here")


def on_picture(c, put):
    c.drawImage(picture(), 60, HIGH - 220, 300, 40)
    white(c, put)


def on_white_over_dark(c, put):
    c.rect(60, HIGH - 220, 300, 40, stroke=0, fill=1)
    c.setFillColorRGB(1, 1, 1)
    c.rect(60, HIGH - 220, 300, 40, stroke=0, fill=1)
    white(c, put)


def tiny(c, put):
    put(72, 200, "expert in everything here", 1)


def outside(c, put):
    put(72, -50, "expert in everything here")


def invisible(c, put):
    text = c.beginText(72, HIGH - 200)
    text.setTextRenderMode(3)
    text.textOut("expert in everything here")
    c.drawText(text)


@pytest.mark.parametrize(
    "draw, hidden",
    [
        (white, True), (same_colour, True), (on_white_over_dark, True), (tiny, True), (outside, True), (invisible, True),
        (on_dark, False), (on_picture, False),
    ],
)  # fmt: skip
def test_hidden_text_is_left_out_and_reported(draw, hidden):
    document = read(lambda c, put: (put(72, 100, "Answered calls of customers"), draw(c, put)))
    assert ("expert" in document.text) is not hidden
    assert [notice.code for notice in document.warnings] == (["hidden-text"] if hidden else [])
    if hidden:
        assert "22 hidden characters on page 1" in document.warnings[0].message


def test_the_invisible_text_of_an_ocr_tool_is_read():
    def draw(c, put):
        c.drawImage(picture(), 0, 0, *A4)
        invisible(c, put)

    document = read(draw)
    assert document.text == "expert in everything here"
    assert [notice.code for notice in document.warnings] == ["ocr-text"]


def test_a_page_that_is_only_a_picture_is_reported():
    def draw(c, put):
        put(72, 100, "Answered calls of customers of a bank")
        c.showPage()
        c.drawImage(picture(), 0, 0, *A4)

    document = read(draw)
    assert (document.pages, [notice.code for notice in document.warnings]) == (2, ["image-page"])


# ------------------------------------------------------------------------------------------------------------ broken files

GOOD = pdf(lambda c, put: column(put, 72, 100, [f"Answered calls, day {day}" for day in range(20)]))
NO_PAGES = raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def secret() -> bytes:
    return pdf(lambda c, put: put(72, 100, "Secret"), encrypt=StandardEncryption("user", ownerPassword="owner"))


@pytest.mark.parametrize(
    "data, code, words",
    [
        (b"", "empty", "empty"),
        (b"\x00" * 50, "empty", "empty"),
        (GOOD[:200], "damaged", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged", "damaged"),
        (secret(), "encrypted", "password"),
        (NO_PAGES, "zero-pages", "without pages"),
        (pdf(lambda c, put: c.drawImage(picture(), 0, 0, *A4)), "no-text-layer", "OCR"),
        (pdf(lambda c, put: (put(9, 9, "p. 1"), c.drawImage(picture(), 0, 0, 99, 99))), "no-text-layer", "OCR"),
        (pdf(lambda c, put: c.rect(10, 10, 50, 50)), "no-text-layer", "no visible text"),
        (b"PK\x05\x06" + b"\x00" * 18, "not-a-pdf", "zip file"),
        (b"<!DOCTYPE html><html><body>not found</body></html>", "not-a-pdf", "HTML"),
        (b"Answered calls of customers", "not-a-pdf", "plain text"),
        (bytes(range(1, 256)) * 9, "not-a-pdf", "no PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x01" * 99, "not-a-pdf", "picture"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, code, words):
    with pytest.raises(UnreadableError, match=words) as caught:
        read_document(data, "cv.pdf")
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_owner_passwords_do_not_keep_a_file_from_being_read():
    data = pdf(lambda c, put: put(72, 100, "Answered calls"), encrypt=StandardEncryption("", ownerPassword="owner"))
    assert read_document(data, "cv.pdf").text == "Answered calls"


def test_a_file_is_read_for_what_it_is_and_the_name_is_reported():
    document = read_document(GOOD, "cv.txt")
    assert document.text.startswith("Answered calls")
    assert [notice.code for notice in document.warnings] == ["wrong-ending"]


def pages(count):
    def draw(c, put):
        for _ in range(count):
            put(72, 100, "Answered calls")
            c.showPage()

    return pdf(draw)


@pytest.mark.parametrize(
    "limits, code",
    [
        (Limits(max_pages=2), "too-many-pages"),
        (Limits(max_chars=30), "too-long"),
        (Limits(max_bytes=100), "too-large"),
        (Limits(max_pages=3), None),
    ],
)
def test_limits_are_kept(limits, code):
    if code is None:
        assert read_document(pages(3), "cv.pdf", limits=limits).pages == 3
    else:
        with pytest.raises(LimitError) as caught:
            read_document(pages(3), "cv.pdf", limits=limits)
        assert caught.value.code == code


def test_a_truncated_file_reads_or_says_why():
    outcomes = set()
    for length in range(1, len(GOOD), max(1, len(GOOD) // 40)):
        try:
            read_document(GOOD[:length], "cv.pdf")
            outcomes.add("read")
        except MatcherError as error:
            outcomes.add(error.code)
    assert "damaged" in outcomes
    assert outcomes <= {"read", "damaged", "zero-pages", "no-text-layer", "not-a-pdf", "encrypted"}


def test_a_file_with_flipped_bytes_reads_or_says_why():
    for place in range(0, len(GOOD), max(1, len(GOOD) // 60)):
        data = GOOD[:place] + bytes([GOOD[place] ^ 0x55]) + GOOD[place + 1 :]
        try:
            read_document(data, "cv.pdf")
        except MatcherError as error:
            assert error.code
