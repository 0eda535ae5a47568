"""Folders, tables and settings that people damage: one clear line, never a traceback."""

from __future__ import annotations

import pytest
from crosswalk_rows import HEADER, table

from matcher.cli.config import read_config
from matcher.cli.main import main
from matcher.errors import InputError, TaxonomyError
from matcher.taxonomy import examine_folder
from matcher.taxonomy.crosswalk import read_rows

CONCEPTS = '[branch]\nid = "finance"\ncode = "FIN"\nlabel = "Finance"\n\n[[concept]]\n'
LEDGER = (
    'id = "ledger"\nlabel = "Ledger"\ntype = "skill"\nseparates = "high"\nbroader = ["finance"]\naliases = ["ledgers kept"]\n'
)


@pytest.fixture
def whole(tmp_path):
    folder = tmp_path / "whole"
    (folder / "concepts").mkdir(parents=True)

    def write(text):
        (folder / "concepts" / "fin.toml").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.mark.parametrize("lost", ["label", "type", "separates", "broader", "aliases"])
def test_a_concept_that_lacks_a_key_is_told_and_the_rest_proved(whole, lost):
    kept = "".join(line + "\n" for line in LEDGER.splitlines() if not line.startswith(lost))
    found = examine_folder(whole(CONCEPTS + kept))
    assert any(lost in str(problem) for problem in found.problems)


def test_the_same_folder_with_all_its_keys_is_sound(whole):
    assert examine_folder(whole(CONCEPTS + LEDGER)).problems == ()


LIST, ODD = "- a\n", "title: Desk agent\ntitles: 5\nlevel: 1\n"
SEARCH, SHOW, EXPORT = ["search", "tickets"], ["show", "ticketing"], ["export", "--format", "skos"]


@pytest.mark.parametrize(
    ("command", "text"),
    [
        *((SEARCH, LIST), (SHOW, ODD), (EXPORT, LIST)),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in ((SEARCH, ODD), (SHOW, LIST), (EXPORT, ODD))),
    ],
)
def test_every_command_refuses_a_damaged_role_with_its_file(tmp_path, capsys, command, text):
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "desk.yaml").write_text(text, encoding="utf-8")
    status = main(["taxonomy", *command, "--taxonomy", str(tmp_path)])
    told = capsys.readouterr().err
    assert status == 2
    assert "desk.yaml" in told
    assert "Traceback" not in told


def test_a_rule_of_the_wrong_type_is_no_traceback(tmp_path, capsys):
    (tmp_path / "cues.toml").write_text('[[cue]]\nkind = ["x"]\n', encoding="utf-8")
    assert main(["taxonomy", "search", "tickets", "--taxonomy", str(tmp_path)]) == 2
    assert "cues.toml" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["#mapping_date: 2026-13-45\n", "#x: " + "[" * 5000 + "\n"])
def test_a_damaged_header_of_the_crosswalk_is_refused(tmp_path, damage):
    path = tmp_path / "crosswalk.sssom.tsv"
    path.write_text(damage + table(), encoding="utf-8")
    with pytest.raises(TaxonomyError):
        read_rows(path)


def test_rows_keep_their_lines_past_blank_lines_and_quotes(tmp_path):
    path = tmp_path / "crosswalk.sssom.tsv"
    lines = table(
        'bpo:a\tA\tskos:exactMatch\tesco:skill/1\t"open\tx\t1\tESCO\t',
        "",
        "bpo:b\tB\tskos:exactMatch\tesco:skill/2\tb\tx\t1\tESCO\t",
    )
    path.write_text(lines, encoding="utf-8")
    first = HEADER.count("\n") + 2
    assert [(row.subject, row.line) for row in read_rows(path)] == [("bpo:a", first), ("bpo:b", first + 2)]


def test_settings_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "matcher.toml"
    path.write_bytes("\ufeffworkers = 2\n".encode())
    assert read_config(path) == {"workers": 2}


@pytest.mark.parametrize(
    "text", ['taxonomy = "~nobody-of-that-name/x"\n', "a = " + "[" * 5000 + "\n", f'max_bytes = "{"9" * 400}"\n']
)
def test_settings_that_make_no_sense_are_one_line(tmp_path, text):
    path = tmp_path / "matcher.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_config(path)
