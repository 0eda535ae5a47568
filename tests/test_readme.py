"""The README's console blocks are run, in a copy of the repository, and print what the README says they print.

A ```console block is run: lines that begin with `$ ` are commands, the rest is their output; a line `...` is any lines, and
`...` within a line for any text. A ```bash block is run only below `<!-- run -->`. Below `<!-- not run: why -->` no block is run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SCREEN = {"COLUMNS": "120", "NO_COLOR": "1"}
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "*_cache", "__pycache__", "build", "dist", "*.egg-info")
BLOCK = re.compile(r"^(?:<!-- (?P<note>[^\n]*?) -->\n+)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the output that the page shows for it; None where it shows none."""

    command: str
    output: str | None


def steps_of(page: str) -> list[Step]:
    steps: list[Step] = []
    for block in BLOCK.finditer(page):
        note = block["note"] or ""
        if block["kind"] == "console" and not note.startswith("not run"):
            steps.extend(dialogue(block["body"]))
        elif block["kind"] == "bash" and note == "run":
            steps.append(Step(block["body"].strip(), None))
    return steps


def dialogue(body: str) -> list[Step]:
    steps = []
    for turn in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = turn.splitlines()
        last = next(n for n, line in enumerate(lines) if not line.endswith("\\"))
        output = "\n".join(lines[last + 1 :]).strip("\n")
        steps.append(Step("\n".join(lines[: last + 1]), output or None))
    return steps


def agrees(shown: str, printed: str) -> bool:
    """Whether `printed` is what the page shows, blanks at line ends apart."""
    pattern = ""
    for line in shown.strip().splitlines():
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.rstrip().split("...")) + "\n"
    lines = [line.rstrip() for line in printed.strip().splitlines()]
    return re.fullmatch(pattern, "\n".join(lines) + "\n") is not None


PAGE = """
```console
$ echo one
one
$ printf 'a\\nb\\nc\\n' | \\
  cat
a
...
```
<!-- not run: needs the index -->
```console
$ false
```
```bash
false
```
<!-- run -->
```bash
true
```
"""


def test_readme_blocks_are_told_apart():
    assert steps_of(PAGE) == [Step("echo one", "one"), Step("printf 'a\\nb\\nc\\n' | \\\n  cat", "a\n..."), Step("true", None)]


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("one", "one\n", True),
        ("one", "two\n", False),
        ("one\n...", "one\ntwo\nthree", True),
        ("...\nthree", "one\ntwo\nthree", True),
        ("one\n...\nfour", "one\ntwo\nthree", False),
        ("score 0.9...", "score 0.93", True),
        ("a.c", "abc", False),
        ("one", "one\ntwo", False),
    ],
)
def test_readme_output_is_compared(shown, printed, expected):
    assert agrees(shown, printed) is expected


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, so that a command may write where it stands."""
    folder = tmp_path_factory.mktemp("readme") / "repository"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `matcher` and `python` are those under test."""
    return commands_in(tmp_path_factory.mktemp("bin"))


def commands_in(folder: Path) -> dict[str, str]:
    """An environment whose commands `matcher` and `python` are those under test."""
    for name, command in {"matcher": f"{sys.executable} -m matcher", "python": sys.executable}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        **SCREEN,
    }


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The test's own process at work in a folder that has a copy of the samples."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    for name, value in SCREEN.items():
        monkeypatch.setenv(name, value)


def test_readme_commands_print_what_it_shows(here, one_process, capsys):
    """Those that need no shell, in the test's own process."""
    steps = [step for step in steps_of(README.read_text(encoding="utf-8")) if re.match(r"matcher [^|<>&;$]*$", step.command)]
    assert steps, "the README shows no command that can be run"
    for step in steps:
        assert main(shlex.split(step.command)[1:]) == 0, step.command
        printed = capsys.readouterr().out
        assert step.output is None or agrees(step.output, printed), f"$ {step.command}\n{printed}"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the README's commands are for a POSIX shell")
def test_readme_commands_print_what_it_shows_in_a_shell(copy, environment):
    steps = steps_of(README.read_text(encoding="utf-8"))
    assert steps, "the README shows no command that can be run"
    for step in steps:
        done = subprocess.run(
            ["/bin/sh", "-c", step.command], cwd=copy, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"$ {step.command}\n{done.stderr}"
        if step.output is not None:
            assert agrees(step.output, done.stdout), f"$ {step.command}\n{done.stdout}"


def test_readme_links_lead_somewhere():
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", README.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_readme_test_command_is_the_one_that_ci_runs():
    command = ".venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
    run = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/matcher rank samples/resumes --jobs samples/jobs"
    for text in (README, ROOT / ".ci" / "run"):
        assert command in text.read_text(encoding="utf-8")
        assert run in text.read_text(encoding="utf-8")


PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]  # docs/own-taxonomy.md has a test of its own, block by block
SCRIPT = re.compile(r"^```python\n(?P<script>.*?)^```$(?:\s*^```text\n(?P<printed>.*?)^```$)?", re.MULTILINE | re.DOTALL)
SCRIPTED = [page for page in PAGES if SCRIPT.search(page.read_text(encoding="utf-8"))]
END_OF_BLOCK = "\x1e"


def scripts_of(page: Path) -> list[Step]:
    """The python blocks of a page, each with the text block that follows it at once."""
    return [Step(block["script"], block["printed"]) for block in SCRIPT.finditer(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", SCRIPTED, ids=lambda page: page.name)
def test_python_blocks_of_a_page_run_one_after_another(page, here, engine, monkeypatch, capsys):
    """In the test's own process, and with the engine of all tests for the calls that need none of their own."""
    monkeypatch.setattr("matcher.api._engine", lambda taxonomy: engine)
    names = {"__name__": "__main__"}
    for block in scripts_of(page):
        exec(compile(block.command, page.name, "exec"), names)
        text = capsys.readouterr().out
        assert text.strip() if block.output is None else agrees(block.output, text), f"{block.command}\n{text}"


@pytest.mark.slow
@pytest.mark.parametrize("page", SCRIPTED, ids=lambda page: page.name)
def test_python_blocks_of_a_page_print_what_it_shows_in_a_program_of_their_own(page, copy, environment):
    blocks = scripts_of(page)
    program = f"\nprint({END_OF_BLOCK!r})\n".join(block.command for block in blocks)
    done = subprocess.run([sys.executable, "-c", program], cwd=copy, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.split(f"{END_OF_BLOCK}\n")
    for block, text in zip(blocks, printed, strict=True):
        assert text.strip() if block.output is None else agrees(block.output, text), f"{block.command}\n{text}"
