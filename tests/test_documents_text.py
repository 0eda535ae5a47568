"""Word documents, plain text of any encoding, job lines, and the repair of text."""

from __future__ import annotations

import json
import time
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from matcher.documents import Limits, is_job_lines, read_document, read_job_lines
from matcher.documents.breaks import unglue
from matcher.documents.repair import mend, mended
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document

# -------------------------------------------------------------------------------------------------------------------- word


def saved(package) -> bytes:
    out = BytesIO()
    package.save(out)
    return out.getvalue()


def word(write) -> Document:
    package = docx.Document()
    write(package)
    return read_document(saved(package), "cv.docx")


def test_word_paragraphs_tables_and_lists_are_read_in_order():
    def write(package):
        package.add_heading("Experience", level=1)
        package.add_paragraph("Team Leader").runs[0].bold = True
        package.add_paragraph("Coached twelve agents", style="List Bullet")
        table = package.add_table(rows=2, cols=2)
        for i, row in enumerate((("Month", "CSAT"), ("January", "91%"))):
            for cell, text in zip(table.rows[i].cells, row, strict=True):
                cell.text = text
        package.add_paragraph("On request")

    document = word(write)
    assert document.text == "Experience\nTeam Leader\n• Coached twelve agents\n\nMonth\tCSAT\nJanuary\t91%\n\nOn request"
    bold = [document.text[line.start : line.end] for line in document.lines if line.bold]
    assert bold == ["Experience", "Team Leader"]
    assert not document.lefts
    assert list(document.boxes(0, 10)) == []


def test_word_headers_come_first():
    def write(package):
        package.sections[0].header.paragraphs[0].text = "maria@example.com"
        package.sections[0].footer.paragraphs[0].text = "References on request"
        package.add_paragraph("Experience")

    assert word(write).text == "maria@example.com\nExperience\nReferences on request"


def test_a_word_table_that_lays_out_columns_is_read_cell_by_cell():
    def write(package):
        left, right = package.add_table(rows=1, cols=2).rows[0].cells
        for cell, lines in ((left, "Skills,Excel,Zendesk,Typing"), (right, "Experience,Agent,Answered calls,Sold plans")):
            for line in lines.split(","):
                cell.add_paragraph(line)

    assert [line for line in word(write).text.split("\n") if line] == [
        "Skills", "Excel", "Zendesk", "Typing", "Experience", "Agent", "Answered calls", "Sold plans",
    ]  # fmt: skip


def test_merged_cells_are_read_once():
    def write(package):
        table = package.add_table(rows=1, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Answered calls"
        table.cell(0, 2).text = "2019"

    assert word(write).text == "Answered calls\t2019"


def test_word_breaks_hidden_runs_and_sizes():
    def write(package):
        paragraph = package.add_paragraph()
        run = paragraph.add_run("Agent\tAcme\nAnswered calls")
        run.font.size = Pt(14)
        paragraph.add_run("expert in everything").font.hidden = True

    document = word(write)
    assert document.text == "Agent\tAcme\nAnswered calls"
    assert document.lines[0].size == 14


def test_a_text_box_is_read_once():
    box = parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
        "<w:p><w:r><w:t>Typing 45 wpm</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )

    def write(package):
        package.add_paragraph("Skills")._p.append(box)

    assert word(write).text == "Skills\nTyping 45 wpm"


def test_deleted_text_is_not_read():
    def write(package):
        paragraph = package.add_paragraph("Answered calls")
        deleted = OxmlElement("w:del")
        deleted.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>Sold plans</w:t></w:r>"))
        paragraph._p.append(deleted)

    assert word(write).text == "Answered calls"


def zipped(**files) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data, name, error, code",
    [
        (zipped(word__document="<broken"), "cv.docx", UnreadableError, "damaged"),
        (saved(docx.Document())[:900], "cv.docx", UnreadableError, "damaged"),
        (b"Answered calls", "cv.docx", UnreadableError, "damaged"),
        (saved(docx.Document()), "cv.docx", UnreadableError, "no-text-layer"),
        (zipped(word__document=b"\x00" * (101 * 2**20)), "cv.docx", LimitError, "too-large"),
        (zipped(xl__workbook="x"), "cv.xlsx", UnreadableError, "unknown-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, "cv.doc", UnreadableError, "unknown-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "cv.docx", UnreadableError, "encrypted"),
        (b"{\\rtf1 {\\info no text}}", "cv.rtf", UnreadableError, "no-text-layer"),
        (b"<html><body><script>x</script></body></html>", "cv.html", UnreadableError, "empty"),
        (b"\x00\x01\x02" * 99, "cv.pages", UnreadableError, "unknown-format"),
        (b"title: Agent", "role.yaml", UnreadableError, "unknown-format"),
        (b'{"title": "Agent"}', "role.json", UnreadableError, "unknown-format"),
        (b"\x00\x01\x02" * 99, "cv.txt", UnreadableError, "unknown-format"),
        (b" \n\t ", "cv.txt", UnreadableError, "empty"),
        (b"Answered calls", "cv.txt", LimitError, "too-long"),
    ],
)
def test_what_is_not_read_says_why(data, name, error, code):
    with pytest.raises(error) as caught:
        read_document(data, name, limits=Limits(max_chars=10 if code == "too-long" else 500_000))
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"PKO operator, Cebu", "cv.txt"), (b"PK", "cv"), (b"Answered calls", "J. Smith"), (b"Answered calls", "cv.v2")],
)
def test_text_is_read_whatever_it_begins_with_and_its_name_ends_in(data, name):
    assert read_document(data, name).text == data.decode()


@pytest.mark.parametrize(
    ("data", "limits", "remedy"),
    [
        (b"Answered calls", Limits(max_chars=3), "split it"),
        (b"Answered calls", Limits(max_bytes=3), "raise --max-bytes"),
    ],
)
def test_limits_name_the_option_only_where_there_is_one(data, limits, remedy):
    with pytest.raises(LimitError) as caught:
        read_document(data, "cv.txt", limits=limits)
    assert str(caught.value).endswith(remedy)
    with pytest.raises(LimitError) as caught:
        list(read_job_lines(data, "posts.jsonl", limits=Limits(max_bytes=3)))
    assert str(caught.value).endswith("raise --max-bytes")


@pytest.mark.parametrize("text", ["x" * 100_000, "Ab1." * 25_000], ids=["word", "mixed"])
def test_long_lines_take_no_longer_than_their_length(text):
    begun = time.process_time()
    read_document(text.encode(), "cv.txt")
    assert time.process_time() - begun < 3


def test_runs_of_blanks_are_cut_to_the_width_of_a_page():
    assert len(read_document(b"Agent" + b" " * 50_000 + b"Acme", "cv.txt").text) < 250


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"text": "Answer calls"}\n{"text": "Sell plans"}', True),
        (b'\xef\xbb\xbf\n{"id": 1, "text": "Answer calls"}', True),
        (b'{"title": "Agent"}', False),
        (b"{braces} in prose", False),
        (b"Answer calls", False),
        (b"", False),
    ],
)
def test_job_lines_are_told_by_their_first_line(data, told):
    assert is_job_lines(data) is told


def test_a_long_word_document_is_refused():
    package = docx.Document()
    for _ in range(20):
        package.add_paragraph("Answered calls")
    with pytest.raises(LimitError):
        read_document(saved(package), "cv.docx", limits=Limits(max_chars=100))


# ------------------------------------------------------------------------------------------------------------------- plain

WESTERN = "Résumé of a “people person” – café manager, naïve no more"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_of_any_encoding(encoding):
    document = read_document(WESTERN.encode(encoding), "cv.txt")
    assert document.text == 'Résumé of a "people person" – café manager, naïve no more'


def test_plain_text_keeps_tabs_and_joins_empty_lines():
    document = read_document(b"Agent\tAcme\r\n  indented \r\rAnswered calls\n\n\n\nSold plans\n", "-")
    assert document.text == "Agent\tAcme\n  indented\n\nAnswered calls\n\nSold plans"
    assert document.text[document.lines[2].start : document.lines[2].end] == "Answered calls"


@given(st.text())
def test_plain_lines_cover_the_text(text):
    try:
        document = read_document(text.encode("utf-8", "replace"), "cv.txt")
    except MatcherError:
        return
    assert not document.lefts
    between = document.text
    for line in reversed(document.lines):
        assert 0 <= line.start < line.end <= len(document.text)
        between = between[: line.start] + between[line.end :]
    assert set(between) <= {"\n"}
    assert [line.start for line in document.lines] == sorted(line.start for line in document.lines)


@given(st.binary(max_size=200), st.sampled_from(["x.pdf", "x.docx", "x.txt", "x", "x.doc"]))
def test_any_bytes_read_or_say_why(data, name):
    try:
        assert read_document(data, name).text
    except MatcherError as error:
        assert error.code in {"empty", "damaged", "not-a-pdf", "unknown-format", "no-text-layer"}


# --------------------------------------------------------------------------------------------------------------- job lines


def test_job_lines_are_read_one_by_one_and_a_bad_one_stops_nothing():
    good = {"id": "j1", "title": "Agent", "company": "Acme", "location": "Cebu", "text": "Answer calls &amp; chats"}
    lines = [json.dumps(good), "{broken", "[1]", json.dumps({"id": "j4", "text": " "}), "", json.dumps({"text": "Sell plans"})]
    found = dict(read_job_lines("\n".join(lines).encode(), "jobs.jsonl"))
    assert isinstance(found["j1"], Document)
    assert found["j1"].text == "Agent\nAcme\nCebu\n\nAnswer calls & chats"
    assert isinstance(found["line 6"], Document)
    assert found["line 6"].text == "Sell plans"
    assert [(name, str(item).split(":")[0]) for name, item in found.items() if isinstance(item, MatcherError)] == [
        ("line 2", "line 2"), ("line 3", "line 3"), ("j4", "line 4"),
    ]  # fmt: skip
    assert found["j1"].sha256 != found["line 6"].sha256


def test_job_lines_keep_the_limit_on_length():
    data = json.dumps({"id": "j1", "text": "x" * 100}).encode()
    ((_, error),) = read_job_lines(data, "jobs.jsonl", limits=Limits(max_chars=50))
    assert isinstance(error, LimitError)


# ------------------------------------------------------------------------------------------------------------------ repair


@pytest.mark.parametrize(
    "spoilt, meant",
    [
        ("â€¢ Excel â€“ daily", "• Excel – daily"),
        ("Itâ€™s a â€œwinâ€\u200b", 'It\'s a "win"'),
        ("Acme ï¼\u200b Cebu", "Acme - Cebu"),
        ("dÃ©cor in Las PiÃ±as", "décor in Las Piñas"),
        ("Ã¢â‚¬Â¢ twice spoilt", "• twice spoilt"),
        ("end.Â Â Next", "end.Next"),
        ("andÂ cash", "and cash"),
        ("â€‹Supervises", "Supervises"),
        ("â—\u200bExcel", "●Excel"),
        ("ofﬁce", "office"),
        ("soft\u00adware\u200b", "software"),
        ("non\u00a0break", "non break"),
        ("Ｅｘｃｅｌ", "Excel"),
        ("Word™ ½ day", "Word™ ½ day"),
        ("Ybañez, CAFÉ», São Paulo, Ñandú", "Ybañez, CAFÉ», São Paulo, Ñandú"),
    ],
)
def test_spoilt_text_is_mended(spoilt, meant):
    text, origin = mend(spoilt)
    assert text.replace(" ", "") == meant.replace(" ", "")
    assert len(origin) == len(text)


@given(st.text(max_size=60))
def test_mending_keeps_places(text):
    new, origin = mend(text)
    assert len(origin) == len(new)
    assert list(origin) == sorted(origin)
    assert all(0 <= place < len(text) for place in origin)
    assert mended(text) == new.replace("\x00", "")


@given(st.text(st.characters(max_codepoint=0x2FF, categories=("L", "N", "P", "Zs")), max_size=60))
def test_mending_undoes_one_wrong_decoding(text):
    plain = mended(text)
    try:
        spoilt = plain.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    if mended(plain) == plain and mended(spoilt) != plain:
        # Only sequences that could also be meant as they stand may stay spoilt.
        assert not set(spoilt) & set("âï")


# ------------------------------------------------------------------------------------------------------------- line breaks


@pytest.mark.parametrize(
    "glued, parts",
    [
        ("high school diploma requiredAuto repair helps", ["required", "Auto"]),
        ("the following qualifications:A minimum of a year", ["qualifications:", "A"]),
        ("Maintain systems.Answer calls", ["systems.", "Answer"]),
        ("diploma (or equal)Excellent manners", ["equal)", "Excellent"]),
        ("QualificationsEssential functions", ["Qualifications", "Essential"]),
        ("Job Functions• Pulling invoices• Filing", ["Functions", "• Pulling", "• Filing"]),
        ("knowledge of MS Office requiredSAP helps", ["required", "SAP"]),
        ("REQUIREMENTSMinimum one year", ["REQUIREMENTS", "Minimum"]),
        ("keep up complianceQUALIFICATIONS:", ["compliance", "QUALIFICATIONS:"]),
        ("Upload of the files??Diploma or better", ["files??", "Diploma"]),
        ("Who are we?Lakeview bills hospitals", ["we?", "Lakeview"]),
        ("Experience:○ Audits ○ Coding", ["Experience:", "○ Audits", "○ Coding"]),
    ],
)
def test_lost_line_breaks_are_put_back(glued, parts):
    lines = unglue(glued).split("\n")
    assert len(lines) == len(parts)
    for line, part in zip(lines, parts, strict=True):
        assert line.startswith(part) or line.endswith(part)


@pytest.mark.parametrize(
    "text",
    [
        "QuickBooks and PowerPoint and LinkedIn",
        "an iPhone, a MacBook, eCommerce and DevOps at McDonald",
        "in the U.S.A. with a Ph.D. in Node.js and ASP.NET",
        "see www.Example.Com or Jobs@example.com or Acme.Com",
        "open 9:30AM to 5:00PM, level 2.5, v3.1",
        "A. B. Santos; e.g. this. And that",
        "• one\n• two\n- three",
        "TeamAcme hires. At TeamAcme, TeamAcme people work",
        "salesForce and postgreSQL",
    ],
)
def test_text_with_its_breaks_stays(text):
    assert unglue(text, frozenset({"salesforce", "postgresql"})) == text


@given(st.text(st.sampled_from("abc ABC.:•)(\n\t12"), max_size=80))
def test_only_line_breaks_are_added_and_only_once(text):
    once = unglue(text)
    assert "".join(once.split()) == "".join(text.split())
    assert unglue(once) == once


def test_single_letters_in_cells_are_no_word():
    assert read_document(b"Voice\nY\tN\tY\tN\nS K I L L S", "cv.txt").text == "Voice\nY\tN\tY\tN\nSKILLS"
