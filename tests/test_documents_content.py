"""The quick reading of page content gives to the device what pdfminer's own gives: character by character, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_recording import difference, recorded
from test_documents_pdf import raw_pdf

from matcher.documents.pdf.content import OPERATION, operation
from matcher.documents.pdf.interpreter import QuickInterpreter

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "samples").rglob("*.pdf"))

# ------------------------------------------------------------------------------------------------------------- operations


@pytest.mark.parametrize(
    "content, expected",
    [
        (b"1 0 0 -1.5 .5 +2 cm", [([1, 0, 0, -1.5, 0.5, 2], b"cm")]),
        (rb"(a\)\n\101(b)) Tj T*", [([b"a)\nA(b)"], b"Tj"), ([], b"T*")]),
        (b"<41 42> Tj", [([b"AB"], b"Tj")]),
        (b"[(a) -120 <42>] TJ % note\nET", [([[b"a", -120, b"B"]], b"TJ"), ([], b"ET")]),
        (b"true f*", [([True], b"f*")]),
        (b"BI /W 1 ID x EI", None),
        (b"(open", None),
        (b"<41 4> Tj", None),
        (b"[1 2", None),
        (b"] Tj", None),
        (b"<< /A 1 ] Tj", None),
        (b"1 2 } m", None),
        (b"--5 0 Td", None),
        (b"/A#42 gs", None),
        (b"1 2", [([1, 2], b"")]),
        (b" % nothing", [([], b"")]),
    ],
)
def test_operations_are_read_token_by_token_or_left_to_pdfminer(content, expected):
    found, at = [], 0
    try:
        while at < len(content):
            operands, operator, at = operation(content, at)
            found.append((operands, operator))
    except ValueError:
        found = None
    assert found == expected


@pytest.mark.parametrize(
    "content",
    [
        b"8 -15 Td <0001> Tj\n",
        b"(a \\(b\\)) Tj ",
        b"1 0 0 1 72.5 -.5 Tm\n",
        b"/F1 12 Tf ",
        b"[(W)80(e)-1 <20>] TJ\n",
        b"/P <</MCID 0 /Lang (en)>> BDC\n",
        b"q\n",
    ],
)
def test_what_programs_write_is_read_at_once(content):
    match = OPERATION.match(content)
    assert match is not None and match.end() == len(content)


# -------------------------------------------------------------------------------------------------------------- generated

FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 700 /W [1 [250 -90 0]]"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /Wide /Flags 4 /FontBBox [0 0 1 1] >> >>] /ToUnicode 14 0 R >>",
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.01 0 0 0.01 0 0] /CharProcs << >> /FirstChar 32"
    b" /Widths [50 60 70] /Encoding << /Type /Encoding /Differences [32 /space /A /B] >> >>",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Tall /Encoding /Identity-V /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Tall"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /Tall /Flags 4 /FontBBox [0 0 1 1] >> >>] >>",
)
TO_UNICODE = b"begincmap 1 beginbfrange <0000> <00ff> <0041> endbfrange endcmap"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def page_pdf(*contents: bytes, forms: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """A page of one or two content streams with a font of each kind, and forms that draw each other."""
    resources = b"<< /Font << /F1 7 0 R /F2 8 0 R /F3 9 0 R /F4 10 0 R >> /XObject << /X1 11 0 R /X2 12 0 R >> >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 3 4] /Resources " + resources
    first, second = (*contents, b"")[:2]
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [4 0 R 5 0 R] /Resources %s >>" % resources,
        stream(first),
        stream(second),
        b"null",
        *FONTS,
        stream(forms[0], form),
        stream(forms[1], form),
        b"null",
        stream(TO_UNICODE),
    )


NUMBERS = st.one_of(
    st.integers(-300, 300).map(lambda n: b"%d" % n),
    st.floats(-99, 99).map(lambda x: b"%.3f" % x),
    st.sampled_from([b"0", b"1", b"-1", b".5", b"+2", b"5.", b"-.25", b"007", b"1000", b"0.0001"]),
)
ODD_NUMBERS = st.sampled_from([b"--5", b"4.5.6", b"1-2", b"-", b".", b"1e3", b"9" * 25, b"9" * 400, b"5\0", b"+-3", b"16#1"])
PLAIN = st.text("abc XYZ09.,-", max_size=6).map(str.encode)
STRINGS = st.one_of(
    PLAIN.map(lambda text: b"(" + text + b")"),
    st.binary(max_size=5).map(lambda raw: b"<" + raw.hex().encode() + b">"),
    st.sampled_from(
        [rb"(\(\))", rb"(a(b)c)", rb"(\101\8\12)", rb"(\n\r\x\\)", b"(a\\\nb)", b"(a\r\nb)", b"(\0A\0B)", b"()", b"<>"]
    ),
)
ODD_STRINGS = st.sampled_from(
    [b"<4>", b"<414>", b"<4 1\n42>", b"<4g>", b"(((deep)))", b"(open", b"<41", b"(a\\\rb)", b"(a\\\r\nb)", rb"(\53)", b"<41>>"]
)
NAMES = st.sampled_from([b"/F1", b"/F2", b"/F3", b"/F4", b"/F9", b"/X1", b"/X2", b"/P", b"/OC", b"/DeviceRGB", b"/"])
ODD_NAMES = st.sampled_from([b"/A#42", b"/F#31", b"/\xc3\xa9", b"/\xff", b"/a\0b", b"//", b"/F1\x0b"])
ITEMS = st.lists(st.one_of(STRINGS, NUMBERS), max_size=4)
ARRAYS = st.one_of(
    ITEMS.map(lambda items: b"[" + b" ".join(items) + b"]"), ITEMS.map(lambda items: b"[" + b"".join(items) + b"]")
)
DICTIONARIES = st.sampled_from(
    [b"<</MCID 0>>", b"<< /A (b) /C <41>>>", b"<< /A [1 2] /B << /C 1 >> >>", b"<<>>", b"<< /A null >>"]
)
OPERAND = {"n": NUMBERS, "s": STRINGS, "/": NAMES, "[": ARRAYS, "<": DICTIONARIES}
FORMS = {
    "": "q Q BT ET T* h n f f* S B b* W EMC q BX",
    "n": "Tc Tw Tz TL Ts Tr g G w J j",
    "nn": "Td TD Td m l",
    "nnn": "rg RG scn",
    "nnnn": "re k",
    "nnnnnn": "Tm cm c Tm",
    "s": "Tj ' Tj Tj",
    "nns": '"',
    "[": "TJ TJ",
    "[n": "d",
    "/": "gs cs Do BMC sh MP",
    "/n": "Tf Tf Tf",
    "/<": "BDC",
    "//": "BDC",
}
GAPS = st.sampled_from([b" ", b" ", b"\n", b"\r\n", b"\t", b"  "])
ODD_GAPS = st.sampled_from([b"", b"\0", b"\x0b", b"% note\n", b"%"])
OPERATORS = st.sampled_from([*(name for names in FORMS.values() for name in names.split()), "xyz", "Tj*", "T", "null", "true"])
ANYTHING = st.lists(st.one_of(NUMBERS, ODD_NUMBERS, STRINGS, ODD_STRINGS, NAMES, ODD_NAMES, ARRAYS, DICTIONARIES), max_size=4)
GARBAGE = st.sampled_from([b"[", b"]", b">>", b"<<", b"{", b"}", b"\xff", b"*", b"BI /W 1 /H 1 ID x EI", b"ID", b"EI"])


@st.composite
def operations(draw, odd=0.0):
    """An operation; with the chance `odd` anything in it is not as it should be."""

    def strange():
        return odd and draw(st.floats(0, 1)) < odd

    form = draw(st.sampled_from([*sorted(FORMS), "s", "s", "[", "[", "nn"]))
    parts = [draw(OPERAND[kind]) for kind in form]
    operator = draw(st.sampled_from(FORMS[form].split())).encode()
    if strange():
        parts = draw(ANYTHING)
    if strange():
        operator = draw(OPERATORS).encode()
    if strange():
        parts.append(draw(GARBAGE))
    return b"".join(part + draw(ODD_GAPS if strange() else GAPS) for part in [*parts, operator])


START = b"BT /F1 12 Tf 1 0 0 1 50 700 Tm "
CONTENT = st.lists(operations(), max_size=12).map(lambda found: START + b"".join(found))
ODD_CONTENT = st.lists(operations(odd=0.1), max_size=12).map(lambda found: START + b"".join(found))


@settings(max_examples=60, deadline=None)
@given(CONTENT, st.lists(operations(), max_size=5).map(b"".join))
def test_generated_content_is_read_as_pdfminer_reads_it(content, form):
    assert difference(page_pdf(content, forms=(START + form, b"/X1 Do (b) Tj"))) is None


@settings(max_examples=80, deadline=None)
@given(ODD_CONTENT, ODD_CONTENT)
@example(b"BT /F1 12 Tf (a", b"b) Tj (c) Tj")
@example(b"BT /F1 12 Tf (a) Tj 5 ", b"6 Td (b) Tj")
@example(b"BT /F1 12 Tf [(a) 5", b"(b)] TJ (c) Tj")
@example(b"BT /F1 12 Tf [(a) << ] TJ", b"(c) Tj >> Tj")
@example(b"BT /F1 12 Tf 5 q 6 7 Td (c) Tj", b"Td (c) Tj 5 12 Tf (d) Tj")
@example(b"BT /F1 12 Tf /X1 Do BI /W 1 /H 1 ID x EI (a) Tj", b"/X1 Do (c) Tj")
def test_odd_content_is_read_as_pdfminer_reads_it(one, other):
    assert difference(page_pdf(one, other, forms=(other, one))) is None


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_pdfminer_reads_them(content):
    assert difference(page_pdf(START + b"(a) Tj " + content + b" (b) Tj")) is None


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(ODD_CONTENT, ODD_CONTENT, ODD_CONTENT)
def test_much_odd_content_is_read_as_pdfminer_reads_it(one, other, form):
    assert difference(page_pdf(one, other, forms=(form, one))) is None


def test_forms_that_draw_themselves_end():
    data = page_pdf(START + b"(a) Tj /X1 Do", forms=(START + b"(b) Tj /X2 Do", START + b"(c) Tj /X1 Do {"))
    found = recorded(data, QuickInterpreter)
    assert found is not None and "".join(shown.text or "" for shown in found.characters) == "abc"


# ------------------------------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_are_read_as_pdfminer_reads_them(path):
    assert difference(path.read_bytes()) is None


@pytest.mark.realdata
def test_some_real_files_are_read_as_pdfminer_reads_them(shared):
    compare(sorted(shared.rglob("*.pdf"))[::40])


@pytest.mark.realdata
@pytest.mark.slow
def test_all_real_files_are_read_as_pdfminer_reads_them(shared):
    compare(sorted(shared.rglob("*.pdf")))


def compare(paths: list[Path]) -> None:
    assert paths
    differing = [path for path in paths if difference(path.read_bytes())]
    assert not differing, f"{len(differing)} of {len(paths)} files"
