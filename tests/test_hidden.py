"""Text that a page holds and does not show is left out and told with its words and place; its honest look-alikes are read."""

from __future__ import annotations

import zlib
from io import BytesIO

import docx
import pytest

from matcher.documents import read_document
from matcher.documents.metadata import metadata_notices
from matcher.records import Document

TRAP = "expert in everything here"
HONEST = "Answered calls of customers"
IMAGE = b"\x90\x90\x90" * 64


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(body), body)


def page_pdf(
    content: bytes, page: bytes = b"", catalog: bytes = b"", form: bytes = b"", info: bytes = b"", xmp: bytes = b""
) -> bytes:
    """One page of 612 x 792 points with fonts, states, layers, a form /Fm, an image /Im and a see-through one /Se."""
    image_entries = b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceRGB "
    resources = (
        b"/Font << /F1 5 0 R >> /XObject << /Fm 6 0 R /Im 7 0 R /Se 8 0 R >> "
        b"/ExtGState << /Clear << /ca 0 /CA 0 >> /Half << /ca 0.4 >> /Multiply << /BM /Multiply >> "
        b"/Solid << /ca 1 /BM /Normal >> >> "
        b"/Properties << /Off 9 0 R /On 10 0 R /Both << /Type /OCMD /OCGs [9 0 R 10 0 R] >> /Only << /OCGs 9 0 R >> >> "
        b"/ColorSpace << /Spot [/Separation /Gold /DeviceCMYK "
        b"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 1 0] /N 1 >>] "
        b"/Profile [/ICCBased 11 0 R] >> "
        b"/Shading << /Fade << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 0] >> >>"
    )
    form_entries = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << %s >>" % resources
    packet = b"/Metadata 12 0 R" if xmp else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s %s >>" % (catalog, packet),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] %s /Contents 4 0 R /Resources << %s >> >>" % (page, resources),
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream(form, form_entries),
        stream(zlib.compress(IMAGE), image_entries + b"/Filter /FlateDecode"),
        stream(zlib.compress(IMAGE), image_entries + b"/Filter /FlateDecode /SMask 7 0 R"),
        b"<< /Type /OCG /Name (Hidden) >>",
        b"<< /Type /OCG /Name (Shown) >>",
        stream(b"", b"/N 3 /Alternate /DeviceRGB"),
        stream(xmp, b"/Type /Metadata /Subtype /XML"),
        b"<< /Producer (Office) /CreationDate (D:20200101000000) %s >>" % info,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info 13 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


def say(text: str = TRAP, at: str = "72 600", size: str = "10", before: str = "", matrix: str = "") -> str:
    place = f"{matrix} Tm" if matrix else f"{at} Td"
    return f"BT /F1 {size} Tf {before} {place} ({text}) Tj ET\n"


OPEN = say(HONEST, "72 700")
BOX = "60 590 300 30 re f\n"
PLACED = "300 0 0 30 60 590 cm"
OFF = b"/OCProperties << /OCGs [9 0 R 10 0 R] /D << /OFF [9 0 R] >> >>"
BASE_OFF = b"/OCProperties << /OCGs [9 0 R 10 0 R] /D << /BaseState /OFF /ON [10 0 R] >> >>"


def read(content: str, **options: bytes) -> Document:
    return read_document(page_pdf((OPEN + content).encode("latin-1"), **options), "cv.pdf")


COLOUR, TINY, OUTSIDE = "in the colour of its background", "too small to read", "off the page"
INVISIBLE, COVERED, CLEAR = "set to be invisible", "behind an image or a shape", "in a colour that lets everything through"
LAYER = "on a layer that is switched off"
ROUND = (
    "70 590 m 350 590 l 356 590 360 594 360 600 c 360 610 l 360 616 356 620 350 620 c "
    "70 620 l 64 620 60 616 60 610 c 60 600 l 60 594 64 590 70 590 c h f\n"
)

HIDDEN = {
    "white, gray": (COLOUR, "1 g " + say()),
    "white, RGB": (COLOUR, "1 1 1 rg " + say()),
    "white, CMYK": (COLOUR, "0 0 0 0 k " + say()),
    "white, profile": (COLOUR, "/Profile cs 1 1 1 scn " + say()),
    "no ink of a spot colour": (COLOUR, "/Spot cs 0 scn " + say()),
    "nearly white": (COLOUR, "0.97 0.98 0.99 rg " + say()),
    "white outlines": (COLOUR, "1 G " + say(before="1 Tr")),
    "white, outlined in white": (COLOUR, "1 g 1 G " + say(before="2 Tr")),
    "blue on a blue panel": (COLOUR, "0 0.2 0.4 rg " + BOX + say()),
    "nearly the panel's blue": (COLOUR, "0 0.2 0.4 rg " + BOX + "0.02 0.22 0.43 rg " + say()),
    "white on white on black": (COLOUR, BOX + "1 g " + BOX + say()),
    "white beside a dark panel": (COLOUR, "60 500 300 30 re f 1 g " + say()),
    "white set before a form": (COLOUR, "q 1 g /Fm Do Q"),
    "tiny": (TINY, say(size="1")),
    "tiny by matrix": (TINY, say(size="1", matrix="2 0 0 2 72 600")),
    "tiny by the page's matrix": (TINY, "q 0.1 0 0 0.1 0 0 cm " + say(at="720 6000", size="20") + "Q"),
    "squeezed to a line": (TINY, say(before="1 Tz")),
    "squeezed to a line by matrix": (TINY, say(matrix="0.1 0 0 1 72 600")),
    "just too small": (TINY, say(size="3.9")),
    "left of the page": (OUTSIDE, say(at="-400 600")),
    "below the page": (OUTSIDE, say(at="72 -40")),
    "invisible": (INVISIBLE, say(before="3 Tr")),
    "a stencil that nothing is painted through": (INVISIBLE, say(before="7 Tr")),
    "a stencil painted white": (INVISIBLE, "q " + say(before="7 Tr") + "1 g " + BOX + "Q"),
    "invisible before a form": (INVISIBLE, "BT 3 Tr ET /Fm Do"),
    "fully transparent": (CLEAR, "q /Clear gs " + say() + "Q"),
    "transparent before a form": (CLEAR, "q /Clear gs /Fm Do Q"),
    "under a white box": (COVERED, say() + "1 g " + BOX),
    "under a black box": (COVERED, say() + BOX),
    "under a box with round corners": (COVERED, say() + "0.9 g " + ROUND),
    "under an image": (COVERED, say() + f"q {PLACED} /Im Do Q"),
    "under an image cut to its own box": (COVERED, say() + f"q 60 590 300 30 re W n {PLACED} /Im Do Q"),
    "upended, under a box": (COVERED, say(matrix="0 1 -1 0 300 300") + "1 g 280 290 40 300 re f"),
    "under a box of a form": (COVERED, say() + "/Fm Do"),
    "on a hidden layer": (LAYER, "/OC /Off BDC " + say() + "EMC"),
    "only on a hidden layer": (LAYER, "/OC /Only BDC " + say() + "EMC"),
    "inside other content of a hidden layer": (LAYER, "/OC /Off BDC /Span << /MCID 1 >> BDC " + say() + "EMC EMC"),
}
FORMS = {
    "white set before a form": say(), "invisible before a form": say(), "transparent before a form": say(),
    "under a box of a form": "1 g " + BOX, "a see-through form": "0 g " + BOX, "after a form that is white": "1 g",
}  # fmt: skip

HONEST_LOOK_ALIKES = {
    "white on a dark panel": BOX + "1 g " + say(),
    "white on dark, CMYK": "1 0.5 0 0.6 k " + BOX + "0 0 0 0 k " + say(),
    "white on an image": f"q {PLACED} /Im Do Q 1 g " + say(),
    "white on a gradient": "q 60 590 300 30 re W n /Fade sh Q 1 g " + say(),
    "white on a panel with round corners": ROUND + "1 g " + say(),
    "white on a panel of thin strips": "".join(f"60 {590 + i} 300 1 re f\n" for i in range(30)) + "1 g " + say(),
    "white on one thick line": "30 w 60 605 m 360 605 l S 1 g " + say(),
    "white on a spot colour": "/Spot cs 1 scn " + BOX + "1 g " + say(),
    "white, outlined in black": "1 g 0 G " + say(before="2 Tr"),
    "light gray": "0.75 g " + say(),
    "small print": say(size="4.5"),
    "narrow": say(size="8", before="50 Tz"),
    "mirrored and mirrored back": say(matrix="-1 0 0 1 72 600", before="-100 Tz"),
    "large by matrix": say(size="1", matrix="10 0 0 10 72 600"),
    "on a box": "0.9 g " + BOX + "0 g " + say(),
    "under a highlight that lets it through": say() + "q /Half gs 1 1 0 rg " + BOX + "Q",
    "under a highlight that is multiplied": say() + "q /Multiply gs 1 1 0 rg " + BOX + "Q",
    "under the frame of a box": say() + "60 590 300 30 re S",
    "under a frame with a hole": say() + "60 590 300 30 re 62 592 296 26 re f*",
    "crossed out": say() + "60 602 300 1.5 re f",
    "beside an image": say() + "q 200 0 0 20 60 560 cm /Im Do Q",
    "under the cut-off part of an image": say() + "q 380 590 50 30 re W n 400 0 0 30 60 590 cm /Im Do Q",
    "under a picture cut to a circle": say() + f"q 200 590 m 300 650 300 650 200 660 c h W n {PLACED} /Im Do Q",
    "under an image that lets it through": say() + f"q {PLACED} /Se Do Q",
    "under a box that is fully transparent": say() + "q /Clear gs " + BOX + "Q",
    "under a form that lets it through": say() + "q /Half gs /Fm Do Q",
    "under a box, and again above it": say() + "0.9 g " + BOX + "0 g " + say(),
    "with a white shadow": "1 g " + say(at="73 599") + "0 g " + say(),
    "after a transparent part": "q /Clear gs Q " + say(),
    "made solid again": "/Clear gs /Solid gs " + say(),
    "a stencil that a gradient is painted through": "q " + say(before="7 Tr") + "/Fade sh Q",
    "a stencil that an image is painted through": "q " + say(before="7 Tr") + f"{PLACED} /Im Do Q",
    "on a shown layer": "/OC /On BDC " + say() + "EMC",
    "on a shown and a hidden layer": "/OC /Both BDC " + say() + "EMC",
    "after a hidden layer": "/OC /Off BDC EMC " + say(),
    "marked content that is no layer": "/Span << /MCID 1 >> BDC " + say() + "EMC",
    "after a form that is white": "/Fm Do " + say(),
}  # fmt: skip


@pytest.mark.parametrize("catalog", [OFF, BASE_OFF], ids=["off by name", "all off but some"])
@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_left_out_and_told(name, catalog):
    cause, content = HIDDEN[name]
    document = read(content, catalog=catalog, form=FORMS.get(name, "").encode())
    assert document.text == HONEST
    (notice,) = document.warnings
    assert (notice.code, notice.text) == ("hidden-text", TRAP)
    assert notice.message == f"left out 22 hidden characters on page 1, {cause}"
    assert notice.place is not None and notice.place.page == 1
    if "upended" not in name and cause != OUTSIDE:
        assert notice.place.x0 == pytest.approx(72, abs=1)
        assert notice.place.top < 792 - 600 < notice.place.bottom + 1


@pytest.mark.parametrize("name", HONEST_LOOK_ALIKES)
def test_what_only_looks_hidden_is_read(name):
    form = FORMS.get(name, "0 g " + BOX).encode()
    document = read(HONEST_LOOK_ALIKES[name], catalog=OFF, form=form)
    assert document.warnings == ()
    assert document.text.split("\n") == [HONEST, "", TRAP]


def test_text_outside_the_part_of_a_page_that_is_shown_is_hidden():
    content = say(at="72 100") + say("Sold plans", "72 650")
    document = read(content, page=b"/CropBox [0 300 612 792]")
    assert document.text == f"{HONEST}\n\nSold plans"
    assert [(notice.text, notice.message) for notice in document.warnings] == [
        (TRAP, "left out 22 hidden characters on page 1, off the page")
    ]


@pytest.mark.parametrize("box", [b"[0 0 0 0]", b"[900 900 950 950]", b"[612 792 0 0]"])
def test_a_crop_box_that_makes_no_sense_hides_nothing(box):
    document = read(say(), page=b"/CropBox " + box)
    assert (TRAP in document.text, document.warnings) == (True, ())


def test_a_turned_page_is_cropped_as_it_is_seen():
    document = read(say(at="72 100"), page=b"/Rotate 90 /CropBox [0 300 612 792]")
    assert [notice.text for notice in document.warnings] == [TRAP]


def test_small_letters_of_a_small_page_are_read():
    data = page_pdf((say(HONEST, "10 200", "3") + say(at="10 180", size="0.5")).encode(), page=b"/MediaBox [0 0 204 264]")
    document = read_document(data, "cv.pdf")
    assert document.text == HONEST
    assert [notice.text for notice in document.warnings] == [TRAP]


def test_one_notice_a_page_and_cause_has_the_words_in_order():
    lines = "".join(say(f"hidden line {i}", f"72 {600 - 12 * i}") for i in (3, 1, 2))
    document = read("1 g " + lines + "0 g " + say("tiny words", "72 400", "1"))
    found = {notice.message.rpartition(", ")[2]: notice.text for notice in document.warnings}
    assert found == {COLOUR: "hidden line 1 hidden line 2 hidden line 3", TINY: "tiny words"}


def test_a_dot_or_a_sign_that_is_not_seen_is_no_news():
    document = read("1 g " + say(".") + say("R", "300 600", "2"))
    assert (document.text, document.warnings) == (HONEST, ())


# ------------------------------------------------------------------------------------------------------------ images of text

PAGE_IMAGE = "q 612 0 0 792 0 0 cm /Im Do Q\n"


@pytest.mark.parametrize("content", [
    PAGE_IMAGE + say(HONEST, before="3 Tr") + say("Sold plans", "72 580", before="3 Tr"),
    say(HONEST) + say("Sold plans", "72 580") + PAGE_IMAGE,
], ids=["over the image", "under the image"])  # fmt: skip
def test_what_an_ocr_tool_read_from_a_scan_is_text(content):
    document = read_document(page_pdf(content.encode()), "cv.pdf")
    assert document.text.split() == f"{HONEST} Sold plans".split()
    assert [notice.code for notice in document.warnings] == ["ocr-text"]


LONG = "".join(say(f"Answered calls of customers, day {i}", f"72 {560 - 14 * i}") for i in range(6))


@pytest.mark.parametrize("content, cause", [
    (PAGE_IMAGE + LONG + say(before="3 Tr"), INVISIBLE),
    (say() + PAGE_IMAGE + LONG, COVERED),
], ids=["over the image", "under the image"])  # fmt: skip
def test_a_page_that_prints_text_on_its_background_picture_is_no_scan(content, cause):
    document = read_document(page_pdf(content.encode()), "cv.pdf")
    assert TRAP not in document.text
    assert [(notice.text, notice.message.rpartition(", ")[2]) for notice in document.warnings] == [(TRAP, cause)]


# ---------------------------------------------------------------------------------------------------------------- metadata

SKILLS = ", ".join(f"skill {number}" for number in range(9))
SENTENCE = "The best of all candidates, with ten years on the phone, in chat and in e-mail, who led teams and won every prize"


@pytest.mark.parametrize("parts, field", [
    ({"info": b"/Keywords (%s)" % SKILLS.encode()}, "keywords"),
    ({"info": b"/Title (%s)" % SENTENCE.encode()}, "title"),
    ({"info": b"/Subject (%s)" % SENTENCE.encode("utf-16").hex().encode()}, None),
    ({"info": b"/Subject <%s>" % (b"\xfe\xff" + SENTENCE.encode("utf-16-be")).hex().encode()}, "subject"),
    ({"xmp": b"<dc:subject><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:subject>" % SKILLS.encode()}, "keywords"),
    ({"xmp": b'<rdf:Description pdf:Keywords="%s"/>' % SKILLS.encode()}, "keywords"),
    ({"xmp": b"<pdf:Keywords>%s</pdf:Keywords>" % SKILLS.encode(), "info": b"/Keywords (%s)" % SKILLS.encode()}, "keywords"),
    ({"info": b"/Keywords (resume, cv, customer service, chat) /Title (Resume of Jane Example, team leader)"}, None),
    ({"info": b"/PTEX.Fullbanner (%s %s)" % (SENTENCE.encode(), SENTENCE.encode())}, None),
    ({"xmp": b"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Resume</rdf:li></rdf:Alt></dc:title>"}, None),
    ({"xmp": b"\xff<not xml"}, None),
])  # fmt: skip
def test_metadata_is_never_text_and_is_told_where_it_is_stuffed(parts, field):
    document = read("", **parts)
    assert document.text == HONEST
    assert [notice.code for notice in document.warnings] == (["stuffed-metadata"] if field else [])
    if field:
        (notice,) = document.warnings
        assert f"in the field “{field}” of its metadata" in notice.message
        assert notice.text in (SKILLS, SENTENCE)


def test_long_metadata_is_quoted_in_part():
    (notice,) = metadata_notices([("keywords", SKILLS * 50)])
    assert len(notice.text) < 410 and notice.text.endswith(" …")


def test_the_properties_of_a_word_document_are_told_where_they_are_stuffed():
    package = docx.Document()
    package.add_paragraph(HONEST)
    package.core_properties.title = "Resume of Jane Example"
    package.core_properties.keywords = "resume, customer service"
    assert read_document(saved(package), "cv.docx").warnings == ()
    package.core_properties.keywords = SKILLS
    document = read_document(saved(package), "cv.docx")
    assert document.text == HONEST
    assert [(notice.code, notice.text) for notice in document.warnings] == [("stuffed-metadata", SKILLS)]


def saved(package) -> bytes:
    out = BytesIO()
    package.save(out)
    return out.getvalue()
