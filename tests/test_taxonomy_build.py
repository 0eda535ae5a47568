"""The build hook: what a wheel carries of the taxonomy."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from matcher.taxonomy import load, load_folder

ROOT = Path(__file__).resolve().parent.parent
pytest.importorskip("hatchling")


def hook_module():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hook():
    module = hook_module()
    made = object.__new__(module.DataHook)
    made.__dict__.update(_BuildHookInterface__root=str(ROOT), _BuildHookInterface__target_name="wheel")
    return made


def test_the_compiled_file_of_a_wheel_is_the_source_taxonomy(tmp_path):
    hook_module().compiled(ROOT, tmp_path)
    assert load_folder(tmp_path) == load()


def test_a_wheel_carries_compiled_taxonomy_and_models_and_leaves_nothing_behind(hook):
    data = {"force_include": {}}
    hook.initialize("standard", data)
    sources = {target: Path(source) for source, target in data["force_include"].items()}
    compiled = sources["matcher/_data/taxonomy/taxonomy.json"]
    assert compiled.is_file()
    assert sources["matcher/_data/taxonomy/stems.json"].is_file()
    assert ROOT not in compiled.parents, "the source tree stays as it is"
    assert {path.suffix for path in sources.values()} <= {".json", ".md"}
    hook.finalize("standard", data, "")
    assert not compiled.exists()


def test_an_editable_install_carries_nothing(hook):
    data = {"force_include": {}}
    hook.initialize("editable", data)
    hook.finalize("editable", data, "")
    assert data == {"force_include": {}}
