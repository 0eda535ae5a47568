"""How the pages become a site: `python -m sphinx -W -c docs . build/site`, after `pip install 'bpo-matcher[docs]'`.

The source is the whole folder, so that a link from one page to another holds in the site as it does in the repository.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
SECTION = re.compile(r"^## (?P<title>.+)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^):#]+)\.md\)")
REDIRECT = '<!doctype html><meta charset="utf-8"><title>matcher</title><meta http-equiv="refresh" content="0; url={page}">\n'

project = "matcher"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "*.md",
    "docs/*.md",
    "benchmarks/*.md",
    "models/*.md",
    "models/*/*.md",
    "samples/*.md",
    "taxonomy/*.md",
]
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]  # a block of CSV has no colours, and wants none
smartquotes = False  # options are written with two hyphens
html_theme = "furo"
html_title = f"matcher {release}"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False


def add_contents(app: Sphinx, page: str, source: list[str]) -> None:
    """Give the first page the table of contents of the site: its own sections and the pages that they link to."""
    if page != root_doc:
        return
    for section in SECTION.finditer(source[0]):
        pages = "\n".join(dict.fromkeys(LINK.findall(section["body"])))
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {section['title']}\n\n{pages}\n```\n"


def add_entrance(app: Sphinx, error: Exception | None) -> None:
    """Let the folder of the site open with the first page."""
    if error is None and app.builder.name == "html":
        (Path(app.outdir) / "index.html").write_text(REDIRECT.format(page=f"{root_doc}.html"), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", add_contents)
    app.connect("build-finished", add_entrance)
