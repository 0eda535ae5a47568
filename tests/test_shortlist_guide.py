"""The guide to the shortlist: its commands run as it says, and its tables are those of the program."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from test_own_taxonomy import follow
from test_readme import BLOCK, commands_in

from matcher.report.flat import COLUMNS
from matcher.report.workbook.ranked import DECISION, TITLES
from matcher.report.writers import FORMATS

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "shortlist.md").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
@pytest.mark.slow
def test_the_guide_can_be_followed_beside_the_samples(tmp_path):
    folder = tmp_path / "hiring"
    shutil.copytree(ROOT / "samples", folder / "samples")
    environment = commands_in(tmp_path)
    environment["PYTHONPATH"] = str(ROOT)
    ranking, reading = BLOCK.finditer(TEXT)
    follow(ranking, folder, environment)
    book = openpyxl.load_workbook(folder / "shortlist.xlsx")
    for row, word in ((2, "Shortlist"), (3, "Shortlist"), (5, "Not for this role")):
        book["Ranked"].cell(row, TITLES.index(DECISION) + 1, word)
    book.save(folder / "shortlist.xlsx")
    follow(reading, folder, environment)


def test_the_guide_has_every_column_of_the_flat_files():
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.+) \|$", TEXT, re.MULTILINE)
    assert rows == [(column.name, str(column.type), column.meaning) for column in COLUMNS]


def test_the_guide_names_formats_that_there_are():
    told = set(re.findall(r"^\| `(\.\w+)` \|", TEXT, re.MULTILINE))
    assert told <= set(FORMATS)
    assert {".xlsx", ".csv", ".parquet", ".jsonl"} <= told
