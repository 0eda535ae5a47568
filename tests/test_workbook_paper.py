"""The shortlist workbook on paper and on the screen: what is printed, how large, where pages begin, what is hidden."""

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from report_cases import explained, fit, profile, role, run
from test_workbook import written

from matcher.records import Contact, Contribution, Fit, MustCost, Notice
from matcher.report import Placed, Ranking
from matcher.report.flat import best_reasons
from matcher.report.workbook.book import clipped, lines_of
from matcher.report.workbook.ranked import DECISION, NOTE, TITLES
from matcher.scoring.features import LIFT

LONG = "Maria Esperanza Guadalupe Evangelista-Villanueva de los Santos y Montefalco"
RIGHT_TO_LEFT = "\u0645\u062b\u0627\u0644 \u0627\u0644\u0627\u0633\u0645"
PEOPLE = (
    profile("a.pdf", LONG, contact=Contact(LONG, ("a@example.com",), ("+1 555 010 2233",))),
    profile("b.pdf", RIGHT_TO_LEFT),
    profile("c.pdf", None, contact=Contact(), last_title=None, kpis=(), languages=(), certifications=(), typing_wpm=None),
)


@pytest.fixture(scope="module", name="book")
def book_fixture(tmp_path_factory):
    """A workbook of two openings and three people, one of whose resumes says nothing."""
    rankings = []
    for job in (role("a.txt", "Voice agent"), role("b.txt", "Chat agent")):
        fits = [explained(job), *(fit(one, job, 2.0 - place) for place, one in enumerate(PEOPLE))]
        placed = tuple(Placed(place, one, 2, (0.1, 0.4, 0.9)) for place, one in enumerate(fits, 1))
        rankings.append(Ranking(job, placed, (MustCost("a licence", 1, 0, 1, 0),)))
    return openpyxl.load_workbook(written(tmp_path_factory.mktemp("paper") / "o.xlsx", rankings, run()))


def visible_width(sheet, first, last):
    """Points across the columns, as programs with the usual font show them."""
    widths = {}
    for one in sheet.column_dimensions.values():
        for column in range(one.min, one.max + 1):
            widths[column] = 0 if one.hidden else one.width
    return sum((7 * widths.get(column, 8.43)) * 0.75 for column in range(first, last + 1))


def test_every_page_lies_on_its_side_with_headings_and_a_number(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes.endswith("2")
        assert "&P" in sheet.oddFooter.right.text or "Page" in sheet.oddFooter.right.text
        assert sheet.auto_filter.ref or sheet.title == "Settings"


def test_no_letter_on_paper_is_smaller_than_eight_points(book):
    paper = (11.69 - 0.6) * 72
    for sheet in book:
        left, _, right, _ = range_boundaries(sheet.print_area.split("!")[-1])
        size = min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None)
        if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert sheet.page_setup.fitToHeight == 0
            scale = min(1.0, paper / visible_width(sheet, left, right))
        else:
            scale = sheet.page_setup.scale / 100
        assert size * scale >= 8, sheet.title


def test_ranked_prints_whom_to_call_and_what_to_ask_an_opening_a_page(book):
    sheet = book["Ranked"]
    assert sheet.print_area.split("!")[-1] == f"$A$1:${get_column_letter(TITLES.index('Questions to ask') + 1)}$9"
    assert [one.id for one in sheet.row_breaks.brk] == [5], "the second opening begins in row 6"


def test_evidence_prints_one_candidate_and_says_how_to_print_others(book):
    sheet = book["Evidence"]
    _, _, _, last = range_boundaries(sheet.print_area.split("!")[-1])
    printed = {sheet.cell(row, 3).value for row in range(2, last + 1)}
    assert printed == {"Ana Example"}
    assert sheet.cell(last + 1, 3).value == LONG
    assert "filter the sheet, select the rows and print the selection" in sheet.oddHeader.left.text


def test_a_matrix_that_is_too_wide_goes_on_beside_with_the_names(tmp_path):
    rankings = [Ranking(job := role(f"{n}.txt", f"Role {n}"), (Placed(1, fit(PEOPLE[0], job, 1.0), 2),)) for n in range(30)]
    sheet = openpyxl.load_workbook(written(tmp_path / "o.xlsx", rankings, run()))["Matrix"]
    assert (sheet.page_setup.scale, sheet.print_title_cols) == (80, "$A:$C")
    assert [cell.value for cell in sheet[1]][:5] == ["Resume file", "Candidate", "Best role", "Role 0", "Role 1"]


def test_columns_that_nobody_has_anything_in_are_hidden_and_those_to_fill_in_are_not(book, tmp_path):
    def shown(sheet):
        hidden = set()
        for one in sheet.column_dimensions.values():
            hidden |= set(range(one.min, one.max + 1)) if one.hidden else set()
        return [cell.value for column, cell in enumerate(sheet[1], 1) if column not in hidden]

    assert {"Phone", "E-mail", "KPIs", "Languages"} <= set(shown(book["Ranked"]))
    assert {"City", "Open", "Openings that fit better"}.isdisjoint(shown(book["Ranked"]))
    job = role("b.txt")
    alone = Ranking(job, (Placed(1, Fit(PEOPLE[2], job, -3.0, (), (), (), ()), 0),))
    few = shown(openpyxl.load_workbook(written(tmp_path / "o.xlsx", [alone], run()))["Ranked"])
    assert {DECISION, NOTE, "Candidate", "Score"} <= set(few)
    assert {"Phone", "KPIs", "For: 1", "Languages", "Questions to ask"}.isdisjoint(few)


def test_musts_have_a_sheet_where_one_costs_something(book, tmp_path):
    assert book.sheetnames == ["Ranked", "Matrix", "Evidence", "Openings", "Musts", "Settings"]
    bare = [Ranking(role(), (Placed(1, explained(), 2),))]
    assert "Musts" not in openpyxl.load_workbook(written(tmp_path / "o.xlsx", bare, run())).sheetnames


def test_names_of_any_length_and_script_and_none_stand_in_their_cells(book):
    names = [row[1].value for row in book["Ranked"].iter_rows(min_row=2, max_row=5)]
    assert names == ["Ana Example", LONG, RIGHT_TO_LEFT, "(c.pdf)"]
    lines = lines_of(LONG, 17)
    assert book["Ranked"].row_dimensions[3].height >= 13 * lines


def test_the_first_reason_is_about_the_person_and_what_all_get_comes_last():
    parts = (
        Contribution("wording", 2.0, "20% similarity of wording"),
        Contribution(LIFT, 3.0, "an entry seat: open to newcomers"),
        Contribution("required skills", 0.4, "1 of 3 required skills"),
    )
    found = best_reasons(Fit(profile(), role(), -3.0, parts, (), (), ()))
    assert found[0] == "1 of 3 required skills"
    assert set(found[1:]) == {"an entry seat: open to newcomers", "20% similarity of wording"}


@pytest.mark.parametrize("text", ["", "a", "word " * 200, "x" * 300, "one\ntwo\nthree\nfour\nfive\nsix\nseven"])
def test_clipped_texts_have_room_in_their_cell(text):
    found = clipped(text, 10, 4)
    assert lines_of(found, 10) <= 4
    assert found == text or found.endswith("…")


def test_notices_of_a_post_are_cut_to_the_cell(tmp_path):
    job = role("a.txt")
    job = type(job)(**{name: getattr(job, name) for name in job.__slots__} | {"warnings": (Notice("x", "so long " * 200),)})
    path = written(tmp_path / "o.xlsx", [Ranking(job, (Placed(1, fit(profile(), job, 1.0), 2),))], run())
    (cell,) = [row[7].value for row in openpyxl.load_workbook(path)["Openings"].iter_rows(min_row=2)]
    assert cell.endswith("…")
