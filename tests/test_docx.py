"""How Word documents are read: what is seen, what is hidden, and in which order."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from matcher.documents import read_document
from matcher.records import Document


def word(write) -> Document:
    package = docx.Document()
    write(package)
    out = BytesIO()
    package.save(out)
    return read_document(out.getvalue(), "cv.docx")


def given(name, value) -> str:
    return f"<w:{name} w:val='{value}'/>"


def para(inner, looks="") -> str:
    return f"<w:p><w:pPr>{looks}</w:pPr>{inner}</w:p>"


def run(text, looks="") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def body(inner: str) -> Document:
    """A document of the given paragraphs and tables."""

    def write(package):
        for element in parse_xml(f"<w:body {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'>{inner}</w:body>"):
            package.element.body.insert(len(package.element.body) - 1, element)

    return word(write)


WHITE = given("color", "FFFFFF")
DARK = "<w:shd w:val='clear' w:color='auto' w:fill='1F3864'/>"
ROW = "<w:tbl><w:tr><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("inner", "cause"),
    [
        (para(run("expert", "<w:vanish/>")), "set to be invisible"),
        (para(run("expert", given("sz", "7"))), "too small"),
        (para(run("expert", given("w", "5"))), "too small"),
        (para(run("expert", given("w", "50"))), None),
        (para(run("expert", WHITE)), "colour of its background"),
        (para(run("expert", "<w:color w:val='auto' w:themeColor='background1'/>")), "colour of its background"),
        (para(run("expert", "<w:color w:val='auto' w:themeColor='background1' w:themeShade='80'/>")), None),
        (para(run("expert", given("color", "1F3864")), DARK), "colour of its background"),
        (ROW.format("", para(run("expert", WHITE))), "colour of its background"),
        (para(run("expert", given("vanish", "0"))), None),
        (para(run("expert", given("sz", "8"))), None),
        (para(run("expert", WHITE + DARK)), None),
        (para(run("expert", WHITE + given("highlight", "black"))), None),
        (para(run("expert", WHITE), DARK), None),
        (ROW.format(DARK, para(run("expert", WHITE))), None),
        (para(run("expert", given("color", "auto"))), None),
    ],
)
def test_hidden_runs_are_left_out_and_reported(inner, cause):
    document = body(f"<w:p>{run('Answered calls')}</w:p>{inner}")
    assert ("expert" in document.text) is (cause is None)
    assert [notice.code for notice in document.warnings] == ([] if cause is None else ["hidden-text"])
    for notice in document.warnings:
        assert cause in notice.message
        assert notice.text == "expert"


def test_text_on_a_dark_page_is_seen():
    def write(package):
        package.element.insert(0, parse_xml(f"<w:background {nsdecls('w')} w:color='1F3864'/>"))
        package.add_paragraph()._p.append(parse_xml(run("expert", WHITE).replace("<w:r>", f"<w:r {nsdecls('w')}>")))

    assert word(write).text == "expert"


def test_a_hidden_style_hides():
    def write(package):
        package.add_paragraph("Answered calls")
        style = package.styles.add_style("Quiet", 1)
        style.font.hidden = True
        package.add_paragraph("expert in everything", style="Quiet")

    document = word(write)
    assert document.text == "Answered calls"
    assert [notice.text for notice in document.warnings] == ["expert in everything"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:p><w:ins><w:r><w:t>Sold</w:t></w:r></w:ins><w:del><w:r><w:delText>Bought</w:delText></w:r></w:del></w:p>", "Sold"),
        ("<w:p><w:moveFrom><w:r><w:t>Old</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>New</w:t></w:r></w:moveTo></w:p>", "New"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>", "In a control"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>Cebu</w:t></w:r></w:sdtContent></w:sdt></w:p>", "Cebu"),
        ("<w:p><w:hyperlink><w:r><w:t>maria@example.com</w:t></w:r></w:hyperlink></w:p>", "maria@example.com"),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0A7'/></w:r><w:r><w:t> Excel</w:t></w:r></w:p>", "• Excel"),
        ("<w:p><w:r><w:t>follow</w:t><w:noBreakHyphen/><w:t>up</w:t><w:softHyphen/><w:t>s</w:t></w:r></w:p>", "follow-ups"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Page 2</w:t></w:r></w:p>", "Page 2"),
        ("<w:p><w:r><w:t>One</w:t><w:br w:type='page'/><w:t>Two</w:t></w:r></w:p>", "One\nTwo"),
        ("<w:p><w:r><w:t>W O R K  H I S T O R Y</w:t></w:r></w:p>", "WORK HISTORY"),
        ("<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>Excel</w:t></w:r></w:p>", "• Excel"),
        ("<w:p><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>Excel</w:t></w:r></w:p>", "Excel"),
    ],
)
def test_what_a_word_paragraph_prints(inner, text):
    assert body(inner).text == text


def test_a_heading_is_one_in_any_language():
    def write(package):
        package.add_paragraph("Answered calls")
        style = package.styles.add_style("Rubrik 1", 1)
        style.element.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='0'/>"))
        package.add_paragraph("Erfarenhet", style="Rubrik 1")

    document = word(write)
    assert document.text == "Answered calls\n\nErfarenhet"
    assert document.lines[1].bold


def test_cells_merged_downwards_are_read_once_and_tables_in_tables_in_their_place():
    def write(package):
        table = package.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Acme"
        table.cell(0, 1).text = "2019"
        inner = table.cell(1, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "AHT", "410"

    assert word(write).text == "Acme\t2019\nAHT\t410"


def test_a_row_with_a_long_cell_is_a_line_and_the_lines_of_the_cell():
    def write(package):
        dates, firm, duties = package.add_table(rows=1, cols=3).rows[0].cells
        dates.text, firm.text = "2019 - 2021", "Acme, Cebu"
        duties.text = "Answered calls\nSold plans\nTrained agents\nWrote notes"

    assert word(write).text == "2019 - 2021\tAcme, Cebu\nAnswered calls\nSold plans\nTrained agents\nWrote notes"


def test_headers_that_are_not_printed_are_not_read():
    def write(package):
        section = package.sections[0]
        section.first_page_header.paragraphs[0].text = "of the first page"
        section.header.paragraphs[0].text = "of every page"
        package.add_paragraph("Experience")

    assert word(write).text == "of every page\nExperience"


def test_a_tall_text_box_comes_after_the_text_that_it_stands_beside():
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("Skills", "Excel", "Zendesk", "Typing"))
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    document = body(f"<w:p><w:r><w:t>Maria Santos</w:t></w:r>{box}</w:p><w:p><w:r><w:t>Team leader</w:t></w:r></w:p>")
    assert document.text == "Maria Santos\nTeam leader\n\nSkills\nExcel\nZendesk\nTyping"


def test_footnotes_are_read_and_comments_are_not():
    def write(package):
        package.add_paragraph("Answered calls")
        for kind, text in (("footnotes", "Part time"), ("comments", "Is this true?")):
            single = kind.removesuffix("s")
            blob = f"<w:{kind} {nsdecls('w')}><w:{single}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{single}></w:{kind}>"
            name = PackURI(f"/word/{kind}.xml")
            part = Part(name, f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml", blob.encode())
            package.part.relate_to(part, getattr(RELATIONSHIP_TYPE, kind.upper()))

    assert word(write).text == "Answered calls\nPart time"
