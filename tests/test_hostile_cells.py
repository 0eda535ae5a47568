"""Ten thousand hostile texts in every place that a resume or a post can fill: none of them takes effect in a spreadsheet."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile

import openpyxl
import pytest
from report_cases import explained, profile, role, run

from matcher.cli import console, main
from matcher.records import Certification, Contact, Evidence, Kpi, Lack, Language, Must, MustState, Need, Notice, Opening
from matcher.report import Outputs, Placed, Ranking, Trouble
from matcher.report.workbook.ranked import DECISION, TITLES

FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", '=HYPERLINK("http://example.com","x")'),
    *(
        "=cmd|' /C calc'!A0",
        "=IMPORTXML(A1)",
        "{=1+1}",
        '"=1+1',
        'a","=1+1',
        "a;=1+1",
        "a\t=1+1",
        "a|=1+1",
        "a\n+1",
        "-2+3+cmd|x!A1",
    ),
    *(
        "＝1+1",
        'a;"=1+1"',
        'a\n"=1+1',
        "a;＝1+1",
        "_x003D_1+1",
        "\u200f=1+1",
        "\x00=1+1",
        "\x1b=1+1",
        "\ufeff=1+1",
        "'=1+1",
        "#REF!",
        "=DDE(A;B;C)",
    ),
    "-2+3+cmd|x!A1",
)
MARKUP = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "]]><x/>",
        "&lt;&#x41;&amp;",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    ),
    *("</t></is></c><c><f>1+1</f></c>", "&quot;&quot;", "http://example.com/x", "mailto:a@example.com", "internal:Sheet1!A1"),
)
TERMINAL = ("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08\x08", "\x07", "\x1b[8mhidden", "\u0085", "\x7f")
BIDI = ("\u202efdp.exe", "\u2066a\u2069", "\u200eabc", "\u061cabc", "a\u202db\u202c", "\u2028=1+1", "\u2029+1")
PATHS = (
    "../../etc/passwd",
    "..\\..\\x.pdf",
    "\\\\host\\share\\x.pdf",
    "file:///etc/passwd",
    "C:\\x.pdf",
    "//host/x.pdf",
    "CON.pdf",
    "a/../b.pdf",
)
ATTACKS = (*FORMULAS, *MARKUP, *TERMINAL, *BIDI, *PATHS, "\ud800", "\ufffe", "x" * 40_000, "😀" * 20_000, "")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def hostile(texts, number):
    """A fit, of one resume and one post, in which every text is one of these."""
    text = lambda: next(texts)  # noqa: E731
    quote = lambda document: Evidence(document, text(), 0, 5, 1)  # noqa: E731
    person = profile(
        text() + ".pdf",
        contact=Contact(text(), (text(), text()), (text(), text()), text()),
        last_title=text(),
        languages=(Language(text(), text()),),
        certifications=(Certification(text(), None, text(), label=text(), expires=text()),),
        kpis=(Kpi("csat", "1", None, None, text()),),
        months_by_family={text(): 3},
        months_by_channel={text(): 4},
    )
    job = role(text(), text())
    changes = {
        "lacks": (Lack(text(), ("x",), Need.REQUIRED, "required skills", 0.4, (quote("job"),)),),
        "musts": (Must(text(), MustState.UNMET, 1, text(), 0.0, text(), (quote("job"), quote("resume"))),),
        "questions": (text(), text()),
        "unknown": (text(),),
        "unmet": (text(),),
        "flags": (Notice(text(), text(), text=text()),),
    }
    fit = explained(job, **changes)
    fit = type(fit)(person, *[getattr(fit, name) for name in list(fit.__dataclass_fields__)[1:]])
    return Placed(number, fit, number % 4, (0.1, 0.4, 0.9), (Opening(text(), text(), 0.5, 2),))


def written(folder, cells):
    """A workbook and a table with at least so many hostile cells."""
    draw = random.Random(7)  # another mix for each pair, the same in each run
    texts = iter(lambda: draw.choice(ATTACKS), None)
    pairs = [hostile(texts, number) for number in range(1, cells // 25 + 2)]
    troubles = tuple(Trouble("resume", one, two, one + two) for one, two in zip(ATTACKS, ATTACKS[::-1], strict=True))
    info = run(
        troubles=troubles,
        skipped={text: text for text in ATTACKS},
        options={text: text for text in ATTACKS},
        files={pair.fit.profile.source: folder / "sub" / "x.pdf" / pair.fit.profile.source.replace("\x00", "") for pair in pairs},
        top=len(pairs),
    )
    with Outputs([folder / "out.xlsx", folder / "out.csv"]) as outputs:
        outputs.start(info)
        for place in range(0, len(pairs), 40):
            few = tuple(pairs[place : place + 40])
            outputs.add(Ranking(few[0].fit.role, few))
        outputs.finish()
    return folder / "out.xlsx", folder / "out.csv"


def proved_workbook(path):
    """No formula, no link to elsewhere, no code, no character that a screen obeys; gives the number of texts."""
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        sheets = [packed.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        links = "".join(packed.read(name).decode() for name in names if name.startswith("xl/worksheets/_rels/"))
    assert not [name for name in names if re.search("externalLink|vbaProject|connections|embeddings|queryTable", name)]
    assert all("<f>" not in sheet and "<f " not in sheet for sheet in sheets)
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', links)
    assert [target for target in targets if not re.fullmatch(r"(\.\.\\)*(\w[\w .]*\\)*\w[\w .]*\.pdf", target)] == []
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if _UNSAFE.search(text)]
    assert not list(book.defined_names) or set(book.defined_names) <= {"_xlnm.Print_Titles", "_xlnm.Print_Area"}
    return len(texts)


def proved_table(path):
    """However a program parts it, no cell begins a formula; gives the number of texts."""
    text = path.read_bytes().decode("utf-8")
    assert not _UNSAFE.search(text)
    count = 0
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            figure = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
            assert figure or not cell.startswith(_STARTS), cell[:50]
            count += not figure and bool(cell)
    for mark in ";\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE):
            assert not [cell for cell in row[1:] if cell.lstrip('"').startswith(_STARTS)]
    assert not [line for line in text.splitlines() if line.lstrip('"').startswith(_STARTS)]
    return count


@pytest.mark.parametrize("cells", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_hostile_cells_take_no_effect_in_workbook_and_table(tmp_path, cells):
    workbook, table = written(tmp_path, cells)
    assert proved_workbook(workbook) >= cells
    assert proved_table(table) >= cells


def test_hostile_cells_are_read_back_as_harmless_as_they_were_written(tmp_path, capsys):
    workbook, _ = written(tmp_path, 400)
    book = openpyxl.load_workbook(workbook)
    for row in range(2, book["Ranked"].max_row + 1):
        book["Ranked"].cell(row, TITLES.index(DECISION) + 1, "Hold")
    book.save(workbook)
    out = tmp_path / "decisions.csv"
    assert main(["decisions", str(workbook), "--out", str(out)]) in (0, 1)
    assert proved_table(out) > 30
    assert not _UNSAFE.search(capsys.readouterr().err)


def test_hostile_names_are_printed_and_not_obeyed(capsys, monkeypatch):
    for text in (*TERMINAL, *BIDI):
        console.say_error(text)
        console.say_block(f"one\n{text}")
    assert not _UNSAFE.search(capsys.readouterr().err)
    console.show("kept as it is: \x1b[2J")
    assert capsys.readouterr().out == "kept as it is: \x1b[2J\n", "a file or a pipe gets what there is"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    console.show("\x1b[2J\u202efdp.exe\n")
    assert capsys.readouterr().out == "?[2J?fdp.exe\n"
