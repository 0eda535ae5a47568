"""Every printed character knows its page and one box on it, where the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from resume_forms import FORMS, person_of

from matcher.documents import read_document
from matcher.records import Box, Document

WIDE, HIGH = A4
FONTS = ("Helvetica", "Times-Roman", "Courier-Bold")
WAYS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
SLOTS = [(150 + 300 * column, 130 + 190 * row) for column in range(2) for row in range(4)]


@dataclass(frozen=True)
class Drawn:
    """Words drawn at a point of the page (from its bottom left), turned by an angle."""

    text: str
    x: float
    y: float
    angle: int
    size: float
    font: str

    def middle(self, i: int) -> tuple[float, float]:
        """The middle of a character, on the unturned page."""
        before, after = (stringWidth(self.text[:n], self.font, self.size) for n in (i, i + 1))
        along, up = (before + after) / 2, 0.25 * self.size
        dx, dy = WAYS[self.angle]
        return self.x + along * dx - up * dy, self.y + along * dy + up * dx

    def width(self, i: int) -> float:
        return stringWidth(self.text[i], self.font, self.size)


def seen(x: float, y: float, rotate: int) -> tuple[float, float]:
    """A point as the reader sees it: from the top left of the page, which is shown turned clockwise."""
    return {0: (x, HIGH - y), 90: (y, x), 180: (WIDE - x, y), 270: (HIGH - y, WIDE - x)}[rotate]


@st.composite
def page(draw) -> list[Drawn]:
    slots = draw(st.lists(st.sampled_from(SLOTS), min_size=1, max_size=8, unique=True))
    word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=6)
    found = []
    for i, (x, y) in enumerate(slots):
        text = f"{draw(word)}{i} {draw(word)}"  # the number makes it one of a kind
        size, angle = draw(st.floats(6, 14)), draw(st.sampled_from([*WAYS]))
        found.append(Drawn(text, x, y, angle, round(size, 1), draw(st.sampled_from(FONTS))))
    return found


def drawn(pages: list[list[Drawn]], rotate: int) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4 if rotate in (0, 180) else (HIGH, WIDE))  # as it is seen
    for lines in pages:
        canvas.setPageRotation(rotate)
        for line in lines:
            canvas.saveState()
            canvas.translate(line.x, line.y)
            canvas.rotate(line.angle)
            canvas.setFont(line.font, line.size)
            canvas.drawString(0, 0, line.text)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def only_box(document: Document, at: int) -> Box:
    (box,) = document.boxes(at, at + 1)
    return box


@settings(max_examples=60, deadline=None)
@given(st.lists(page(), min_size=1, max_size=2), st.sampled_from([0, 90, 180, 270]))
def test_each_character_has_one_box_where_it_is_shown(pages, rotate):
    document = read_document(drawn(pages, rotate), "cv.pdf")
    across, down = (WIDE, HIGH) if rotate in (0, 180) else (HIGH, WIDE)
    begin = 0
    for number, lines in enumerate(pages, 1):
        end = next((line.start for line in document.lines if line.page > number), len(document.text))
        for line in lines:
            start = document.text.index(line.text, begin, end)
            for i in (i for i, char in enumerate(line.text) if char != " "):
                box = only_box(document, start + i)
                x, y = seen(*line.middle(i), rotate)
                assert box.page == document.page_of(start + i) == number
                assert box.x0 - 0.1 <= x <= box.x1 + 0.1 and box.top - 0.1 <= y <= box.bottom + 0.1
                assert 0 <= box.x0 < box.x1 <= across and 0 <= box.top < box.bottom <= down
                along = box.x1 - box.x0 if (line.angle + rotate) % 180 == 0 else box.bottom - box.top
                assert along == pytest.approx(line.width(i), abs=0.2)
        begin = end


@pytest.mark.parametrize("form", [form for form, (ending, _) in FORMS.items() if ending == ".pdf"])
def test_each_character_of_a_resume_has_one_box_on_its_page(form):
    document = read_document(FORMS[form][1](person_of("data-entry-encoder")), "cv.pdf")
    at = 0
    for line in document.lines:
        assert line.start >= at
        assert not document.text[at : line.start].strip()
        at = line.end
    for i, char in enumerate(document.text):
        if not char.isspace():
            box = only_box(document, i)
            assert 0 <= box.x0 <= box.x1 <= 612 and 0 <= box.top < box.bottom <= 842
            assert box.bottom - box.top < 25


def test_evidence_that_is_wrapped_has_a_box_on_each_line():
    lines = ["Answered calls of customers about bills and", "late fees"]
    page = [Drawn(line, 60, 700 - 12 * i, 0, 10, "Helvetica") for i, line in enumerate(lines)]
    document = read_document(drawn([page], 0), "cv.pdf")
    assert document.text == "Answered calls of customers about bills and late fees"
    start = document.text.index("bills")
    first, second = document.boxes(start, start + len("bills and late"))
    assert first.bottom <= second.top + 2
    assert first.x0 > 200 > second.x1


def test_documents_without_pages_have_no_boxes_and_one_page():
    document = read_document(FORMS["word"][1](person_of("team-leader")), "cv.docx")
    assert document.pages == 1
    assert {document.page_of(i) for i in range(0, len(document.text), 50)} == {1}
    assert list(document.boxes(0, len(document.text))) == []
