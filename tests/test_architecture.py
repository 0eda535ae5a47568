"""Imports point down, packages stay in their rooms, the door is light, and nothing grows too long."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "matcher"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# A room may import the rooms with a smaller number only; "" is the package's own __init__, which resolves its names lazily.
LEVELS = {
    "__main__": 11,
    "cli": 10,
    "": 9,
    "api": 8.5,
    "project": 8.5,
    "batch": 8,
    "report": 8,
    "training": 8,
    "growth": 6,
    "matching": 6,
    "versions": 5.5,
    "scoring": 5,
    "wording": 3.7,
    "blind": 3.7,
    "answers": 3.7,
    "profile": 3.8,
    "certificates": 3.7,
    "proof": 3.7,
    "work": 3.7,
    "role": 4,
    "role_check": 3.6,
    "role_file": 3.5,
    "role_renewal": 3.4,
    "reading": 3,
    "documents": 2,
    "taxonomy": 2,
    "resources": 1,
    "records": 0,
    "errors": 0,
    "formulas": 0,
    "unseen": 0,
    "delimited": 0.5,
}

# Third-party packages (by import name), and the rooms that may use them; what is not here may be used nowhere.
FENCES = {
    "pdfminer": {"documents"},
    "docx": {"documents"},
    "lxml": {"documents"},
    "markdown_it": {"documents"},
    "pypdfium2": {"documents"},
    "pytesseract": {"documents"},
    "PIL": {"documents"},
    "ftfy": {"documents"},
    "charset_normalizer": {"documents"},
    "spacy": {"reading"},
    "phonenumbers": {"reading"},
    "snowballstemmer": {"taxonomy", "reading", "profile", "role", "scoring"},
    "yaml": {"taxonomy", "role_file"},
    "sklearn": {"scoring", "training"},
    "scipy": {"scoring", "training"},
    "numpy": {"scoring", "training"},
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
    "pebble": {"batch"},
    "xlsxwriter": {"report"},
    "openpyxl": {"answers", "report"},
    "pyarrow": {"report"},
    "jinja2": {"report"},
    "msgspec": {"project", "report"},
}
DISTRIBUTIONS = {
    "pdfminer": "pdfminer.six",
    "docx": "python-docx",
    "markdown_it": "markdown-it-py",
    "PIL": "pillow",
    "charset_normalizer": "charset-normalizer",
    "yaml": "pyyaml",
    "sklearn": "scikit-learn",
    "scipy": "scikit-learn",
    "numpy": "scikit-learn",
    "click": "typer",
}
HEAVY = (
    "spacy",
    "sklearn",
    "scipy",
    "numpy",
    "pdfminer",
    "docx",
    "pandas",
    "xlsxwriter",
    "phonenumbers",
    "jinja2",
    "openpyxl",
    "pyarrow",
)
LONGEST_FUNCTION = 60
LONGEST_FILE = 400


def room_of(module: str) -> str:
    return [*module.split("."), ""][1]


def level(module: str) -> float:
    return LEVELS.get(room_of(module), 0)


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"), filename=str(MODULES[module]))


def targets(module: str) -> Iterator[tuple[str, int]]:
    """Every module that `module` imports anywhere (also in functions and under TYPE_CHECKING), with the line."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in MODULES else node.module), node.lineno


def own(module: str) -> Iterator[tuple[str, int]]:
    return ((name, line) for name, line in targets(module) if name.split(".")[0] == "matcher")


def foreign(module: str) -> Iterator[tuple[str, int]]:
    for name, line in targets(module):
        top = name.split(".")[0]
        if top not in sys.stdlib_module_names and top != "matcher":
            yield top, line


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def undocumented(module: str) -> Iterator[str]:
    tree = tree_of(module)
    if not ast.get_docstring(tree):
        yield f"{module}:1 the module"
    scopes: list[ast.Module | ast.ClassDef] = [tree]
    for scope in scopes:
        for node in scope.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                if not ast.get_docstring(node):
                    yield f"{module}:{node.lineno} {node.name}"
                if isinstance(node, ast.ClassDef):
                    scopes.append(node)


def test_architecture_knows_every_room():
    unknown = {module for module in MODULES if room_of(module) not in LEVELS}
    assert not unknown, "give these rooms a level in LEVELS"


def test_architecture_imports_point_down():
    wrong = [
        f"{module}:{line} imports {name}"
        for module in MODULES
        for name, line in own(module)
        if room_of(name) != room_of(module) and level(name) >= level(module)
    ]
    assert not wrong


def test_architecture_has_no_circles():
    graph = {module: {name for name, _ in own(module) if name != module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_architecture_imports_are_absolute():
    relative = [
        f"{module}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def test_architecture_packages_stay_in_their_rooms():
    wrong = [
        f"{module}:{line} imports {top}"
        for module in MODULES
        for top, line in foreign(module)
        if room_of(module) not in FENCES.get(top, ())
    ]
    assert not wrong


def test_architecture_facts_are_read_without_spacy():
    wrong = [
        f"{module}:{line}"
        for module in MODULES
        if module.startswith("matcher.reading.facts")
        for top, line in foreign(module)
        if top == "spacy"
    ]
    assert not wrong


def test_architecture_packages_used_are_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["ocr"], *extras["parquet"]]
    declared = {re.split(r"[^\w.-]", line, maxsplit=1)[0].casefold() for line in wanted}
    used = {DISTRIBUTIONS.get(top, top) for module in MODULES for top, _ in foreign(module)}
    assert used <= declared


def loaded_after(code: str) -> set[str]:
    """The heavy packages in `sys.modules` once `code` has run in a fresh interpreter."""
    probe = f"import sys\n{code}\nprint('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert lines, done.stderr
    return set(lines[-1].split()[1:])


def test_architecture_probe_sees_what_is_loaded():
    assert "numpy" in loaded_after("import numpy")


def test_architecture_import_is_light():
    assert loaded_after("import matcher") == set()


@pytest.mark.parametrize("command", ["--help", "--version", "rank --help", "extract --help", "decisions --help"])
def test_architecture_help_is_light(command):
    door = "from matcher.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    assert loaded_after(f"sys.argv = ['matcher', *{command.split()!r}]\n{door}") == set()


@pytest.mark.parametrize("module", MODULES)
def test_architecture_public_names_have_docstrings(module):
    assert not list(undocumented(module))


@pytest.mark.parametrize("module", MODULES)
def test_architecture_nothing_is_too_long(module):
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(module) if node.end_lineno is not None}
    assert {name: length for name, length in long.items() if length > LONGEST_FUNCTION} == {}
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
