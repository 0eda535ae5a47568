"""A wheel, installed in a fresh environment, does what the checkout does, from any folder (slow)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
HELPERS = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME", "MATCHER_DATA")
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    # Neither the checkout nor the environment of the test run may help the installed package.
    keep = {name: value for name, value in os.environ.items() if name not in HELPERS}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=keep, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def rank(program: tuple[str | Path, ...], out: Path, cwd: Path) -> list[dict[str, Any]]:
    samples = ROOT / "samples"
    run(
        *program,
        "rank",
        samples / "resumes",
        "--jobs",
        samples / "jobs",
        "--as-of",
        "2026-11-01",
        "--quiet",
        "--out",
        out,
        cwd=cwd,
    )
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment that holds the wheel and what it depends on, nothing else."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, cwd=folder)
    return scripts


def test_wheel_puts_everything_inside_the_package(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"matcher"}
    assert "matcher/py.typed" in names
    assert any(name.startswith("matcher/_data/taxonomy/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("matcher/_data/models/") and name.endswith(".py")]


def test_wheel_ranks_as_the_checkout_does(installed, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    from_wheel = rank((installed / "matcher",), tmp_path / "wheel.jsonl", tmp_path / "elsewhere")
    from_checkout = rank((sys.executable, "-m", "matcher"), tmp_path / "checkout.jsonl", ROOT)
    assert len(from_wheel) > 100
    assert from_wheel == from_checkout


def test_wheel_offers_its_components_to_spacy(installed, tmp_path):
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('bpo_skills'); print(*nlp.pipe_names)"
    assert "bpo_skills" in run(installed / "python", "-c", code, cwd=tmp_path)


def test_wheel_exports_the_taxonomy_as_the_checkout_does(installed, tmp_path):
    for shape in ("html", "skos"):
        command = ("taxonomy", "export", "--format", shape)
        assert run(installed / "matcher", *command, cwd=tmp_path) == run(sys.executable, "-m", "matcher", *command, cwd=ROOT)


def test_wheel_needs_no_dev_dependency(installed, tmp_path):
    run(installed / "matcher", "taxonomy", "check", cwd=tmp_path)
    freeze = run(installed / "python", "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check", cwd=tmp_path)
    assert {"pytest", "reportlab", "mypy", "rdflib"}.isdisjoint(line.split("==")[0].casefold() for line in freeze.splitlines())
