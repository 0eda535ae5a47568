"""The pages as a site: generated ones are fresh, every link leads somewhere, every page is named in the index, and it builds."""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import matcher
from matcher.cli.config import KEYS
from matcher.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*/README.md"))]
CARDS = sorted((ROOT / "models").glob("*/card.md"))
MARKDOWN = MarkdownIt("commonmark").enable("table")
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


def told_by_help(name: str, capsys) -> str:
    assert main([*name.split()[1:], "--help"]) == 0
    return re.sub(r"\s+", "", capsys.readouterr().out)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_commands_tells_what_help_tells(name, capsys):
    known, shown = generator(), told_by_help(name, capsys)
    options = {word for parameter in known.parameters(COMMANDS[name]) for word in known.spelt(parameter).replace(",", "").split()}
    assert set(re.findall(r"--[a-z][a-z-]*[a-z]", re.sub(r"(--\w[\w-]*)", r" \1 ", known.usage(name, COMMANDS[name])))) == set()
    for option in options:
        assert not option.startswith("-") or option in shown
    for parameter in known.parameters(COMMANDS[name]):
        assert re.sub(r"\s+", "", known.info(parameter).help) in shown


def test_the_page_of_settings_has_every_key_and_what_it_may_be():
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {key: what for key, (what, _) in KEYS.items()}


def test_the_page_of_the_library_has_every_public_name_and_call():
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    assert [name for name in matcher.__all__ if f"`{name}" not in text] == []
    for call in (matcher.read_resume, matcher.read_role, matcher.rank):
        (told,) = re.findall(rf"^\| `{call.__name__}\((.*?)\)` \|", text, re.MULTILINE)
        assert told == ", ".join(
            "*, " * (known.kind is known.KEYWORD_ONLY and known.name in told.partition("*, ")[2].split("=")[0])
            + known.name
            + ("" if known.default is known.empty else f"={known.default!r}".replace("'", '"'))
            for known in inspect.signature(call).parameters.values()
        )
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
