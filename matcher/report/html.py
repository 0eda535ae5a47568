"""What pages that hold all they need share: templates that escape everything, and a policy for their own style and script."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.report.text import counted
from matcher.unseen import harmless

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(folder: Path) -> Environment:
    """Templates of a folder; every text is escaped, and what acts without being seen is shown as a sign."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["counted"] = counted
    return made


def dress(folder: Path, name: str) -> dict[str, object]:
    """The `style` and `script` of a page from NAME.css and NAME.js, and the `digests` by which its policy knows them."""
    texts = {kind: (folder / f"{name}.{ending}").read_text(encoding="utf-8") for kind, ending in _ENDINGS.items()}
    return {**texts, "digests": {kind: _digest(text) for kind, text in texts.items()}}


_ENDINGS = {"style": "css", "script": "js"}


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
