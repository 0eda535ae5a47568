"""Ten thousand hostile texts in every place that a resume or a post can fill: none of them takes effect in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape
from urllib.parse import unquote

import openpyxl
import pytest
from hostile_texts import ACTING, ATTACKS, endless
from report_cases import explained, profile, role, run

from matcher.cli import main
from matcher.records import (
    Certification,
    Contact,
    Contribution,
    DatedJob,
    Evidence,
    Factor,
    Kpi,
    Lack,
    Language,
    Must,
    MustState,
    Need,
    Notice,
    Opening,
    Partly,
    Strength,
)
from matcher.report import Outputs, Placed, Ranking, Trouble
from matcher.report.workbook.ranked import DECISION, TITLES

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CODES = re.compile(r"&[LCRPNA]")


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
        months_by_line_of_business={text(): 4},
        jobs=(DatedJob(text(), "2020-01", "2021-01", False, 12, None, None),),
    )
    job = role(text(), text())
    changes = {
        "contributions": tuple(
            Contribution(text(), points, text(), (quote("resume"), quote("job")), 2.0) for points in (1.0, 0.5, 0.2, -0.3)
        ),
        "partly": (
            Partly(
                text(), ("x",), Need.CORE, text(), text(), 0.5, 0.1, 0.1, (Factor(text(), 0.5),), True, text(), (quote("resume"),)
            ),
        ),
        "strengths": (Strength(text(), 0.5, 12, "2020-01", text()),),
        "lacks": (Lack(text(), ("x",), Need.REQUIRED, "required skills", 0.4, (quote("job"),)),),
        "musts": (Must(text(), MustState.UNMET, 1, text(), 0.0, text(), (quote("job"), quote("resume"))),),
        "questions": (text(), text()),
        "unknown": (text(),),
        "unmet": (text(),),
        "flags": (Notice(text(), text(), text=text()),),
    }
    fit = explained(job, **changes)
    fit = type(fit)(person, *[getattr(fit, name) for name in list(fit.__dataclass_fields__)[1:]])
    return Placed(number, fit, number % 4, (0.1, 0.4, 0.9), (Opening(text(), text(), 0.5, 2),), (), text(), text())


def written(folder, cells):
    """A workbook and a table with at least so many hostile cells."""
    texts = endless()  # another mix for each pair, the same in each run
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
    assert not [sheet for sheet in sheets if re.search(r"<hyperlink[^>]* location=", sheet)], "no place within is linked"
    edges = [code for sheet in sheets for code in re.findall(r"<odd(?:Header|Footer)>(.*?)</odd(?:Header|Footer)>", sheet)]
    assert not [edge for edge in edges if "&" in _CODES.sub("", edge.replace("&amp;", "&"))], "codes of the program alone"
    formulas = {one for sheet in sheets for one in re.findall(r"<formula\d>(.*?)</formula\d>", sheet)}
    assert formulas == {'"Shortlist,Hold,Not for this role"'}
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', links)
    for target in map(unquote, map(unescape, targets)):  # a way down from the workbook's folder: no scheme, no share
        assert all(re.fullmatch(r"[^\W_][\w .,()+&'-]*", part) for part in target.split("\\")), target
        assert target.endswith((".pdf", ".txt"))
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if ACTING.search(text)]
    assert not list(book.defined_names) or set(book.defined_names) <= {"_xlnm.Print_Titles", "_xlnm.Print_Area"}
    return len(texts)


def proved_table(path):
    """However a program parts it, no cell begins a formula; gives the number of texts."""
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "so that Excel takes it for UTF-8"
    text = data.decode("utf-8-sig")
    assert not ACTING.search(text)
    count = 0
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            figure = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
            assert figure or not cell.lstrip(" \u00a0\u3000").startswith(_STARTS), cell[:50]
            count += not figure and bool(cell)
    for mark in ";\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE):
            assert not [cell for cell in row[1:] if cell.lstrip('" ').startswith(_STARTS)]
    assert not [line for line in text.splitlines() if line.lstrip('" ').startswith(_STARTS)]
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
    assert not ACTING.search(capsys.readouterr().err)
