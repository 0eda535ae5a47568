"""benchmarks/crosswalk.py: every target of the crosswalk exists and is called what the table says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from crosswalk_rows import LEDGER, NO_TERM, line, table, true_rows

from matcher.taxonomy.crosswalk import FILE, read_rows

ROOT = Path(__file__).resolve().parent.parent
SKILL = "http://data.europa.eu/esco/skill/"
SOUND = (
    line("bpo:ledger", "Ledger keeping", "close", "esco:skill/keep", "keep ledgers", "0.9"),
    line("bpo:ledger", "Ledger keeping", "broad", "esco:skill/books", "book keeping", "0.9"),
    line("bpo:ledger", "Ledger keeping", "broad", "esco:skill/money", "money", "0.9"),
    line("bpo:ledger", "Ledger keeping", "broad", "onet:43-0000.00", "Ledger Clerks", "0.9"),
    line("bpo:ledger", "Ledger keeping", "close", "onet-tech:10101010", 'Ledger "big" software', "0.9"),
    line("bpo:ledger", "Ledger keeping", "close", "onet-task:77", "Keep ledgers.", "0.9"),
)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("crosswalk_script", ROOT / "benchmarks" / "crosswalk.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(script, tmp_path, capsys):
    """Runs the script on invented files of ESCO and O*NET and a table with these rows."""
    esco, onet, own = (tmp_path / name for name in ("esco", "onet", "taxonomy"))
    for folder in (esco, onet, own / "concepts"):
        folder.mkdir(parents=True)
    (esco / "skills_en.csv").write_text(f'conceptUri,preferredLabel\n{SKILL}keep,"keep\nledgers"\n', encoding="utf-8")
    (esco / "more.jsonl").write_text(f'{{"uri": "{SKILL}books", "label": "book keeping"}}\n', encoding="utf-8")
    (esco / "hierarchy.csv").write_text(f"Level 0 URI,Level 0 preferred term\n{SKILL}money,money\n", encoding="utf-8")
    (onet / "Occupation Data.txt").write_text("O*NET-SOC Code\tTitle\r\n43-0000.00\tLedger Clerks\r\n", encoding="utf-8")
    (onet / "Technology Skills.txt").write_bytes(
        b'O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\r\n43-0000.00\tA\r B\t10101010\tLedger "big" software\r\n'
    )
    (onet / "Task Statements.txt").write_text("O*NET-SOC Code\tTask ID\tTask\n43-0000.00\t77\tKeep ledgers.\n", encoding="utf-8")
    (own / "concepts" / "fna.toml").write_text(LEDGER, encoding="utf-8")

    def run(*rows):
        (own / FILE).write_text(table(*rows), encoding="utf-8")
        status = script.main(["--esco", str(esco), "--onet", str(onet), "--taxonomy", str(own)])
        return status, capsys.readouterr().out.splitlines()

    return run


def test_targets_that_exist_pass(run):
    assert run(*SOUND, line("bpo:ledger", "Ledger keeping", "related", NO_TERM, "", "0.9", "ESCO")) == (0, [])


@pytest.mark.parametrize(
    ("number", "old", "new", "message"),
    [
        (0, "esco:skill/keep", "esco:skill/gone", f"ESCO has no {SKILL}gone"),
        (0, "esco:skill/keep", "esco:occupation/keep", "ESCO has no http://data.europa.eu/esco/occupation/keep"),
        (0, "keep ledgers", "keep a ledger", f"{SKILL}keep is called 'keep\\nledgers', not 'keep a ledger'"),
        (3, "43-0000.00", "43-0000.01", "O*NET has no 43-0000.01"),
        (4, "10101010", "10101011", "O*NET has no 10101011"),
        (5, "Keep ledgers.", "Keep books.", "77 is called 'Keep ledgers.', not 'Keep books.'"),
        (1, "Ledger keeping", "Ledgers", "bpo:ledger is called 'Ledger keeping', not 'Ledgers'"),
    ],
)
def test_targets_that_do_not_exist_are_named(run, number, old, new, message):
    rows = [row.replace(old, new, 1) if place == number else row for place, row in enumerate(SOUND)]
    status, lines = run(*rows)
    assert status == 1
    assert [line for line in lines if line.endswith(message)] == lines
    assert len(lines) == 1


def test_missing_files_are_told_in_one_line(script, tmp_path, capsys):
    assert script.main(["--esco", str(tmp_path), "--onet", str(tmp_path), "--taxonomy", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.realdata
def test_every_target_of_the_shipped_crosswalk_exists(script, shared, tmp_path):
    table_path = ROOT / "taxonomy" / FILE
    if not table_path.is_file():
        table_path = tmp_path / FILE
        table_path.write_text(table(*true_rows()), encoding="utf-8")
    folder = shared / "data" / "taxonomies"
    labels = script.esco_labels(folder / "esco"), script.onet_labels(folder / "onet")
    assert list(script.mistakes(read_rows(table_path), *labels)) == []
