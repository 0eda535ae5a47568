"""RTF: text, typography, tables, lists and fields as word processors write them, and what is hidden in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.documents import Limits, read_document
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Calibri;}{\f1\froman\fcharset2 Symbol;}"
    r"{\f2\fnil\fcharset128{\*\panose 0202}MS Mincho;}{\f3\fswiss\fcharset204 Arial Cyr;}{\f4\fcharset0 Segoe UI Symbol;}}"
    r"{\colortbl;\red255\green255\blue255;\red31\green58\blue95;\red250\green250\blue252;}"
    r"{\stylesheet{\s1 heading 1;}}{\*\generator Writer;}{\info{\title secret title}{\author nobody}}"
)

ROW = r"\trowd\cellx1000\cellx2000\pard\intbl"


def rtf(body: str) -> Document:
    return read_document(f"{HEAD}{body}}}".encode("cp1252"), "cv.rtf")


def hidden_in(document: Document) -> list[str]:
    return [notice.text for notice in document.warnings if notice.code == "hidden-text"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Agent\par Acme\par", "Agent\nAcme"),
        ("Agent\\\nAcme\\\r\nCebu", "Agent\nAcme\nCebu"),
        (r"Agent\line Acme\par\par Cebu", "Agent\nAcme\n\nCebu"),
        ("Ans\nwered\r\n calls", "Answered calls"),
        (r"Agent\tab 2019 \endash  2021\par", "Agent\t2019 – 2021"),
        (r"caf\'e9 \ldblquote people person\rdblquote  \bullet  it\rquote s", 'café "people person" • it\'s'),
        (r"\u8220?quoted\u8221? na\u239\'efve \u-3913?", '"quoted" naïve'),
        (r"\uc-5 Calls \u233 and chats", "Calls éand chats"),
        (r"\uc2\u233\'e9\'e9 x \uc0\u233 y", "é x éy"),
        (r"\u55357?\u56832? x", "\U0001f600 x"),
        (r"a\~b\_c\-d \{e\} \\f", "a b-cd {e} \\f"),
        (r"{\b Team} {\i Lead}er", "Team Leader"),
        (r"{\f2 \'93\'fa\'96\'7b\'8c\'ea} speaker", "日本語 speaker"),
        (r"{\f3 \'d0\'f3\'f1\'f1\'ea\'e8\'e9} speaker", "Русский speaker"),
        (r"{\f4 Excel}", "Excel"),
        (r"{\pard \li360 \fi-360 \bullet \tx360\tab Calls\par}", "• Calls"),
        (r"{\f1 \'b7} Calls", "• Calls"),
        (r"Call {\f1 \'28} now", "Call now"),
        (r"{\listtext\pard\plain\f1 \'b7\tab}Calls\par{\listtext\f1 \'b7\tab}Chats\par", "• Calls\n• Chats"),
        (r"{\pntext\f1\'B7\tab}{\*\pn\pnlvlblt{\pntxtb\'B7}}Calls\par", "• Calls"),
        ("{\\listtext\t\\uc0\\u8226 \t}Calls\\\n", "• Calls"),
        (r"{\listtext 1.\tab}Calls\par{\listtext (b)\tab}Chats\par", "1. Calls\n(b) Chats"),
        (r"See {\field{\*\fldinst{HYPERLINK \\h http://example.com}}{\fldrslt{\ul my page}}}.", "See my page."),
        (r"{\field{\fldinst PAGE}{\fldrslt 1}} of 2", "1 of 2"),
        (r"{\pict\wmetafile8 0102030405ff}{\*\shppict{\pict\pngblip 89504e}}Agent", "Agent"),
        (r"{\object\objemb{\*\objdata 0105}{\result Agent}}", "Agent"),
        (r"Agent{\*\bkmkstart x}{\*\bkmkend x}{\*\unknown no}{\xe index} Acme", "Agent Acme"),
        (r"{\upr{R\'e9sum\'e9?}{\*\ud{R\u233?sum\u233?}}}", "Résumé"),
        (r"Agent {\deleted Lead }Acme", "Agent Acme"),
        (r"A{\*\annotation hired?}gent{\footnote since May}", "Agent\nsince May"),
        (r"Agent\bin7 {\par}x Acme", "Agent Acme"),
        ("{\n\\b\nAgent}", "Agent"),
        (rf"{ROW} Month\cell CSAT\cell\row{ROW} May\cell 91%\cell\row\pard End", "Month\tCSAT\nMay\t91%\nEnd"),
        (r"\pard\intbl Month\cell CSAT\cell\trowd\cellx1\cellx2\row\pard End", "Month\tCSAT\nEnd"),
        (r"\trowd\cellx1\cellx2 Month\cell CSAT\cell\row May\cell 91%\cell\row", "Month\tCSAT\nMay\t91%"),
        (rf"{ROW}\itap2 a\nestcell{{\nonesttables\par}}b\nestcell{{\*\nesttableprops\nestrow}}\itap1 c\cell\row", "a\tb c"),
        (r"\trowd\cellx1\cellx2\pard\intbl a\par b\cell\cell\row\pard End", "a b\nEnd"),
        (r"\trowd\pard\intbl no end of the row\cell and more", "no end of the row\tand more"),
        (r"Body\par{\shp{\*\shpinst\shpleft9{\sp{\sn x}{\sv 2}}{\shptxt Typing\par}}{\shprslt Typing}}End", "Body\nTyping\nEnd"),
    ],
)  # fmt: skip
def test_rtf_is_read_as_it_is_printed(body, text):
    document = rtf(body)
    assert document.text == text
    assert document.warnings == ()


def test_rtf_cells_that_lay_out_columns_are_read_one_after_the_other():
    cells = [r"\par ".join(lines.split()) for lines in ("Skills Excel Word Typing", "Jobs Agent Calls Sales")]
    text = rtf(rf"\trowd\cellx1\cellx2\pard\intbl {cells[0]}\cell {cells[1]}\cell\row").text
    assert text == "Skills\nExcel\nWord\nTyping\n\nJobs\nAgent\nCalls\nSales"


def test_rtf_headers_come_first_footers_last_and_both_once():
    heads = r"{\header Maria Santos\par}{\headerf Maria Santos\par}{\footer On request\par}{\footerf On request\par}"
    document = rtf(rf"{heads}\pard Agent\par")
    assert document.text == "Maria Santos\nAgent\nOn request"


def test_rtf_typography_and_pages_reach_the_lines():
    body = r"\fs36\b Maria\b0\fs22\par\pard\s1\outlinelevel0 Skills\par\pard\plain{\b Tools:} Excel\par\page\fs20 Jobs\par"
    document = rtf(body)
    assert document.text == "Maria\n\nSkills\nTools: Excel\nJobs"
    looks = [(document.text[line.start : line.end], line.size, line.bold, line.page) for line in document.lines]
    assert looks == [
        ("Maria", 18.0, True, 1),
        ("Skills", 11.0, True, 1),
        ("Tools: Excel", 12.0, False, 1),
        ("Jobs", 10.0, False, 2),
    ]
    assert document.pages == 2


@pytest.mark.parametrize(
    "run",
    [
        r"{\v expert}",
        r"{\fs7 expert}",
        r"{\fs2 expert}",
        r"{\cf1 expert}",
        r"{\cf3 expert}",
        r"{\cf2\chcbpat2 expert}",
        r"{\cf2\highlight2 expert}",
        r"{\cf1\cb1 expert}",
        r"{\shp{\*\shpinst{\shptxt{\cf1 expert}\par}}}",
        r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 6240799}}{\shptxt{\cf2 expert}\par}}}",
    ],
)
def test_rtf_hidden_text_is_left_out_and_reported(run):
    document = rtf(rf"Agent\par {run}\par Acme\par")
    assert document.text.split() == ["Agent", "Acme"]
    assert hidden_in(document) == ["expert"]


@pytest.mark.parametrize(
    "run",
    [
        r"{\cf1\chcbpat2 shown}",
        r"{\cf1\highlight2 shown}",
        r"\pard\cbpat2{\cf1 shown}",
        r"\trowd\clcbpat2\cellx1\pard\intbl{\cf1 shown}\cell\row",
        r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 6240799}}{\shptxt{\cf1 shown}\par}}}",
        r"{\shp{\*\shpinst{\sp{\sn fillType}{\sv 3}}{\shptxt{\cf1 shown}\par}}}",
        r"{\cf2 shown}",
        r"{\cf0 shown}",
        r"{\cf99 shown}",
        r"{\v\v0 shown}",
        r"{\v\plain shown}",
        r"{\fs8 shown}",
        r"{\*\background{\shp{\*\shpinst}}}{\cf1 shown}",
    ],
)
def test_rtf_that_can_be_seen_is_not_called_hidden(run):
    document = rtf(rf"Agent\par {run}\par")
    assert document.text.split() == ["Agent", "shown"]
    assert hidden_in(document) == []


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (rb"{\rtf1 Agent}", "cv.rtf", []),
        (rb"{\rtf1 Agent}", "cv.doc", ["wrong-ending"]),
        (rb"{\rtf1 Agent}", "cv", []),
        (b"\n {\\rtf1 Agent}", "cv.rtf", []),
        (rb"{\rtf1\mac Agent \'8e}", "cv.rtf", []),
        (b"{\\rtf1\\ansicpg65001 Agent \xc3\xa9}", "cv.rtf", []),
        (rb"{\rtf1 Agent", "cv.rtf", []),
        (rb"{\rtf1 Agent}}} {\par trailing", "cv.rtf", []),
        (b"Agent", "cv.rtf", ["wrong-ending"]),
    ],
)
def test_rtf_is_told_by_its_content(data, name, codes):
    document = read_document(data, name)
    assert document.text in ("Agent", "Agent é")
    assert [notice.code for notice in document.warnings] == codes


@pytest.mark.parametrize(
    ("body", "error", "code"),
    [
        ("{" * 100_000 + "x", LimitError, "too-deep"),
        ("Agent " * 100_000, LimitError, "too-long"),
        (r"{\v " + "Agent " * 100_000 + "}", LimitError, "too-long"),
        (r"\page" * 200, LimitError, "too-many-pages"),
        ("", UnreadableError, "no-text-layer"),
        (r"{\pict 00}", UnreadableError, "no-text-layer"),
        (r"{\v expert}", UnreadableError, "no-text-layer"),
        (r"\bin999999999 Agent", UnreadableError, "no-text-layer"),
        (r"{\*\x" + "{" * 100_000, UnreadableError, "no-text-layer"),
    ],
)
def test_rtf_that_cannot_be_read_says_why_in_one_line(body, error, code):
    with pytest.raises(error) as caught:
        rtf(body)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        r"\uc999999999\u65 x",
        r"\fs999999999 A",
        r"\u-1? A\u99999999999",
        r"{\colortbl;}\cf-1 A",
        r"\ansicpg99999 A",
        r"\f77 A",
        r"\'zz A",
    ],
)
def test_rtf_with_odd_numbers_is_read(body):
    assert "A" in rtf(body).text


@pytest.mark.parametrize("length", range(0, 900, 7))
def test_rtf_cut_short_is_read_or_says_why(length):
    bullet, row = r"{\listtext\'b7\tab}caf\'e9 \u8226? x\par", rf"{ROW} a\cell b\cell\row"
    body = rf"{HEAD}\pard\b Agent\par{bullet}{row}{{\field{{\fldrslt y}}}}}}"
    try:
        assert read_document(body.encode()[:length], "cv.rtf").text
    except MatcherError as error:
        assert "\n" not in str(error)


_WORDS = (
    "par",
    "b",
    "b0",
    "v",
    "cell",
    "row",
    "trowd",
    "intbl",
    "pard",
    "page",
    "bin3",
    "fs",
    "f1",
    "nestcell",
    "u8226",
    "deleted",
)
_GROUPS = (r"\*\shpinst", r"\shptxt", r"\header", r"\footer", r"\listtext", r"\*\x", r"\field", r"\pict", r"\fonttbl\f1 Symbol;")
_PIECES = st.sampled_from(
    [*(rf"\{word} " for word in _WORDS), *(f"{{{group} " for group in _GROUPS), *"{}\\ \n\x00", r"\'b7", r"\*", "Agent"]
)


@given(st.lists(_PIECES, max_size=30))
def test_rtf_of_any_shape_is_read_or_says_why(pieces):
    try:
        document = read_document(("{\\rtf1 " + "".join(pieces)).encode(), "cv.rtf", limits=Limits())
    except MatcherError as error:
        assert "\n" not in str(error)
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)
    assert [line.start for line in document.lines] == sorted(line.start for line in document.lines)
