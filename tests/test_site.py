"""The pages as a site: generated ones are fresh, every link leads somewhere, every page is named in the index, and it builds."""

from __future__ import annotations

import importlib.util
import inspect
import os
import re
import subprocess
import sys
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from test_readme import agrees, commands_in, steps_of

import matcher
from matcher.cli.config import KEYS, read_config
from matcher.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("[!.]*/README.md"))]
CARDS = sorted((ROOT / "models").glob("*/card.md"))
MARKDOWN = MarkdownIt("commonmark").enable("table")
OPTION = re.compile(r"^(?:  )?(?:-\w, )?(--[a-z-]+)", re.MULTILINE)
"""An option where its line begins: sentences name options too, and go on further in."""
BLANKS = re.compile(r"\s+")
AGAIN = "the program has changed: run `python docs/commands.py`"


def generator():
    spec = importlib.util.spec_from_file_location("docs_commands", DOCS / "commands.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMMANDS = dict(generator().commands(generator().app, "matcher"))


@cache
def links_of(page: Path) -> tuple[str, ...]:
    tokens = (child for token in MARKDOWN.parse(page.read_text(encoding="utf-8")) for child in token.children or ())
    return tuple(token.attrs.get("href") or token.attrs.get("src") for token in tokens if token.type in ("link_open", "image"))


@cache
def anchors_of(page: Path) -> tuple[str, ...]:
    """The names by which other pages point to the headings of a page."""
    tokens = MARKDOWN.parse(page.read_text(encoding="utf-8"))
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    plain = (re.sub(r"[`*\\]|\]\(.*?\)|\[", "", title) for title in titles)
    return tuple(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in plain)


def leads_nowhere(page: Path, link: str) -> bool:
    if link.startswith(("http://", "https://", "mailto:")):
        return False
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return not target.exists() or (bool(anchor) and anchor not in anchors_of(target))


@pytest.mark.parametrize("page", [*PAGES, *CARDS], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page):
    assert [link for link in links_of(page) if leads_nowhere(page, link)] == []


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("batch.md", False),
        ("../README.md#how-good-how-fast", False),
        ("#commands", False),
        ("https://example.com/x", False),
        ("no-such-page.md", True),
        ("batch.md#no-such-heading", True),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(link, expected):
    assert leads_nowhere(DOCS / "commands.md", link) is expected


def test_the_index_names_every_page():
    named = {(DOCS / link).resolve() for link in links_of(DOCS / "index.md")}
    assert [page.name for page in [*PAGES, *CARDS] if page not in named and page.name != "index.md"] == []


def test_the_page_of_commands_is_fresh():
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == generator().page(), AGAIN


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_commands_tells_what_help_tells(name, capsys):
    assert main([*name.split()[1:], "--help"]) == 0
    shown = capsys.readouterr().out
    known, parameters = generator(), generator().parameters(COMMANDS[name])
    named = {option for parameter in parameters for option in OPTION.findall(known.spelt(parameter))}
    assert named | {"--help"} == set(OPTION.findall(shown))
    for text in (known.about(COMMANDS[name]), *(known.info(parameter).help for parameter in parameters)):
        assert BLANKS.sub("", text) in BLANKS.sub("", shown)


def test_the_page_of_settings_has_every_key_and_what_it_may_be():
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {key: what for key, (what, _) in KEYS.items()}


def test_the_files_that_the_page_of_settings_shows_can_be_used(tmp_path):
    texts = re.findall(r"^```toml\n(.*?)^```$", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert texts
    for folder in ("own", "posts"):
        (tmp_path / folder).mkdir()
    for text in texts:
        (tmp_path / "matcher.toml").write_text(text, encoding="utf-8")
        assert set(read_config(tmp_path / "matcher.toml")) < set(KEYS)


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
@pytest.mark.parametrize("name", ["settings.md", "completion.md"])
def test_the_commands_of_a_page_print_what_it_shows(name, tmp_path):
    folder, environment = tmp_path / "here", commands_in(tmp_path) | {"PYTHONPATH": str(ROOT)}
    folder.mkdir()
    steps = steps_of((DOCS / name).read_text(encoding="utf-8"))
    assert steps
    for step in steps:
        run = ["/bin/sh", "-c", f"{step.command} 2>&1"]
        done = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert agrees(step.output, done.stdout), f"$ {step.command}\n{done.stdout}"


def test_the_page_of_the_library_has_every_public_name_and_call():
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    assert [name for name in matcher.__all__ if f"`{name}" not in text] == []
    for call in (matcher.read_resume, matcher.read_role, matcher.rank):
        (told,) = re.findall(rf"^\| `{call.__name__}\((.*?)\)` \|", text, re.MULTILINE)
        bare = [known.replace(annotation=known.empty) for known in inspect.signature(call).parameters.values()]
        assert told.replace('"', "'") == str(inspect.Signature(bare))[1:-1]
    (table,) = re.findall(r"^\| of a `Fit` \| is \|\n\|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    told = re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines()))
    assert sorted(told) == sorted([*(field.name for field in fields(matcher.Fit)), "score", "logit"])


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path):
    pytest.importorskip("sphinx", reason="it needs the extra `docs`")
    pytest.importorskip("myst_parser", reason="it needs the extra `docs`")
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-c",
        DOCS,
        "-d",
        tmp_path / "kept",
        ROOT,
        tmp_path / "site",
    ]
    done = subprocess.run(build, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first = (tmp_path / "site" / "docs" / "index.html").read_text(encoding="utf-8")
    assert 'href="commands.html"' in first
    assert "docs/index.html" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
