"""Ids that were released stay and keep their meaning."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.errors import TaxonomyError
from matcher.taxonomy import RELEASED, Concept, Taxonomy, broken_promises, load, load_folder, read_released, write_released

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "taxonomy" / RELEASED

BRANCH = Concept("desk", "Desk", "branch", "desk")
CALLS = Concept("calls", "Phone calls", "skill", "desk", broader=("desk",), aliases=("calls",))
LETTERS = Concept("letters", "Letters", "skill", "desk", broader=("desk",), deprecated=True, replaced_by="calls")


def taxonomy(*concepts: Concept) -> Taxonomy:
    return Taxonomy("test", {concept.id: concept for concept in concepts})


@pytest.fixture
def released(tmp_path: Path) -> Path:
    file = tmp_path / RELEASED
    file.write_text(write_released(taxonomy(BRANCH, CALLS, LETTERS), "1.0"), encoding="utf-8")
    return file


def broken(file: Path, *concepts: Concept) -> list[str]:
    return [
        str(problem).removeprefix(f"{file}:") for problem in broken_promises(taxonomy(*concepts), read_released(file), str(file))
    ]


def test_every_released_concept_is_there_and_means_the_same():
    problems = broken_promises(load(), read_released(FILE), FILE.name)
    assert [str(problem) for problem in problems] == []


def test_the_file_holds_the_concepts_of_the_first_release():
    assert len(read_released(FILE)) >= 687


@pytest.mark.parametrize(
    "concepts",
    [
        (BRANCH, CALLS, LETTERS),
        (BRANCH, CALLS, LETTERS, Concept("chats", "Chats", "skill", "desk")),
        (BRANCH, replace(CALLS, deprecated=True), LETTERS),
        (BRANCH, replace(CALLS, label="Telephone", aliases=("phone calls",)), LETTERS),
        (BRANCH, replace(CALLS, label="Telephone", hidden=("Phone Calls",)), LETTERS),
        (BRANCH, replace(CALLS, broader=("letters",), separates="low", definition="Other words."), LETTERS),
    ],
)
def test_what_may_change_after_a_release(released, concepts):
    assert broken(released, *concepts) == []


@pytest.mark.parametrize(
    ("concepts", "line"),
    [
        ((BRANCH, LETTERS), "3: concept calls: was released and is gone; give it back, with deprecated = true"),
        ((BRANCH, CALLS), "5: concept letters: was released and is gone; give it back, with deprecated = true"),
        ((BRANCH, replace(CALLS, type="tool"), LETTERS), "3: concept calls: was released with the type skill and has tool; "),
        ((BRANCH, replace(CALLS, branch="home"), LETTERS), "3: concept calls: was released with the branch desk and has home; "),
        (
            (BRANCH, replace(CALLS, label="Ships"), LETTERS),
            '3: concept calls: was released as "Phone calls", which it is not called ',
        ),
    ],
)
def test_what_may_not_change_after_a_release(released, concepts, line):
    (found,) = broken(released, *concepts)
    assert found.startswith(line)


def test_a_damaged_row_is_told_with_its_line(released):
    released.write_text(released.read_text(encoding="utf-8") + "half a row\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match=r"released\.tsv:6: has 1 columns; they should be id, label, type, branch"):
        read_released(released)


SOURCE = """[branch]
id = "desk"
code = "DSK"
label = "Desk"

[[concept]]
id = "calls"
label = "Phone calls"
type = "skill"
separates = "high"
broader = ["desk"]
aliases = []
"""


def test_the_script_writes_the_file_and_refuses_to_break_a_promise(tmp_path):
    project = tmp_path / "project"
    (project / "taxonomy" / "concepts").mkdir(parents=True)
    (project / "pyproject.toml").write_text('[project]\nversion = "7.1"\n', encoding="utf-8")
    (project / "taxonomy" / "release.py").write_bytes((ROOT / "taxonomy" / "release.py").read_bytes())
    concepts, file = project / "taxonomy" / "concepts" / "dsk.toml", project / "taxonomy" / RELEASED

    def run() -> tuple[int, str]:
        command = [sys.executable, "taxonomy/release.py"]
        done = subprocess.run(command, cwd=project, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    concepts.write_text(SOURCE, encoding="utf-8")
    assert run() == (0, "")
    assert file.read_text(encoding="utf-8") == write_released(load_folder(project / "taxonomy"), "7.1")
    assert "# Concepts as release 7.1 had them." in file.read_text(encoding="utf-8")
    before = file.read_bytes()
    concepts.write_text(SOURCE.replace('type = "skill"', 'type = "tool"'), encoding="utf-8")
    status, told = run()
    assert (status, file.read_bytes()) == (1, before)
    assert "released.tsv:3: concept calls: was released with the type skill and has tool" in told
