"""The guide to one's own folder, followed block by block in an empty one.

A block below `<!-- file: NAME -->` is saved, a console block is run; below `<!-- status 1 -->` its commands end so.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from test_readme import BLOCK, agrees, commands_in, dialogue

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "own-taxonomy.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def follow(block: re.Match[str], folder: Path, environment: dict[str, str]) -> None:
    note = block["note"] or ""
    if note.startswith("file: "):
        path = folder / note.removeprefix("file: ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["body"], encoding="utf-8")
        return
    assert block["kind"] == "console", f"nobody knows what to do with {block[0]}"
    for step in dialogue(block["body"]):
        run = ["/bin/sh", "-c", f"{step.command} 2>&1"]
        done = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == (1 if note == "status 1" else 0), f"$ {step.command}\n{done.stdout}"
        assert step.output is None or agrees(step.output, done.stdout), f"$ {step.command}\n{done.stdout}"


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
@pytest.mark.slow
def test_the_guide_can_be_followed_from_an_empty_folder(tmp_path):
    folder = tmp_path / "hiring"
    folder.mkdir()
    environment = commands_in(tmp_path)
    environment["PYTHONPATH"] = str(GUIDE.parent.parent)
    blocks = list(BLOCK.finditer(TEXT))
    assert len(blocks) > 12
    for block in blocks:
        follow(block, folder, environment)


def test_every_file_of_the_guide_is_named_in_its_text():
    names = re.findall(r"<!-- file: (.*) -->", TEXT)
    prose = re.sub(r"<!--.*-->", "", TEXT)
    assert [name for name in names if f"`{name}`" not in prose] == []
