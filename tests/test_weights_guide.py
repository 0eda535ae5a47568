"""The guide to weights of one's own, followed block by block beside the samples."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from test_own_taxonomy import follow
from test_readme import BLOCK, commands_in

from matcher.training.refit import EVEN_CHANCE, LEAST_DECISIONS

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "weights.md").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
@pytest.mark.slow
def test_the_guide_can_be_followed_beside_the_samples(tmp_path):
    folder = tmp_path / "hiring"
    shutil.copytree(ROOT / "samples", folder / "samples")
    environment = commands_in(tmp_path)
    environment["PYTHONPATH"] = str(ROOT)
    blocks = list(BLOCK.finditer(TEXT))
    assert len(blocks) > 7
    for block in blocks:
        follow(block, folder, environment)


def test_the_guide_tells_the_numbers_that_hold():
    assert f"Below {LEAST_DECISIONS} decisions nothing is tried" in TEXT
    assert f"from about {EVEN_CHANCE} decisions on" in TEXT


def test_the_sample_decisions_are_about_the_samples():
    _, *lines = (ROOT / "samples" / "decisions.csv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        resume, job, _ = line.split(",")
        assert (ROOT / "samples" / "resumes" / resume).is_file()
        assert (ROOT / "samples" / "jobs" / job.partition("#")[0]).is_file()
    assert len(lines) > LEAST_DECISIONS


def test_every_word_that_the_guide_gives_is_known(taxonomy):
    (told,) = re.findall(r"or a word: (.*?), and more in", " ".join(TEXT.split()), re.DOTALL)
    words = taxonomy.rules["decisions"]["words"]
    assert [word for word in re.split(r"[,;]\s+", " ".join(told.split())) if word not in words] == []
    (silent,) = re.findall(r"says nothing of the fit \((.*?), an empty", " ".join(TEXT.split()))
    assert set(silent.split(", ")) <= set(taxonomy.rules["decisions"]["silent"]["words"])
