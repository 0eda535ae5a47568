"""Build hook: a wheel carries the taxonomy in compiled form and the models' files, inside the package."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {".json", ".md"}
"""Endings of the files under models/ that go into a wheel."""


class DataHook(BuildHookInterface[Any]):
    """Compiles taxonomy/ into a file outside the source tree and adds it, and what models/ holds, to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; an editable install reads the checkout's own folders and needs none."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._scratch = Path(tempfile.mkdtemp(prefix="bpo-matcher-"))
        root = Path(self.root)
        include = build_data["force_include"]
        include[str(compiled(root, self._scratch))] = "matcher/_data/taxonomy/taxonomy.json"
        for path in sorted((root / "models").rglob("*")):
            if path.is_file() and path.suffix in SHIPPED:
                include[str(path)] = f"matcher/_data/{path.relative_to(root).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled file once it is in the wheel."""
        if hasattr(self, "_scratch"):
            shutil.rmtree(self._scratch, ignore_errors=True)


def compiled(root: Path, folder: Path) -> Path:
    """Write the compiled taxonomy of the checkout at `root` into `folder` and return its path."""
    sys.path.insert(0, str(root))
    try:
        from matcher.taxonomy.source import COMPILED, compile_taxonomy
    finally:
        sys.path.remove(str(root))
    path = folder / COMPILED
    # A text of ASCII alone is parsed a quarter faster; a taxonomy has few other characters.
    text = json.dumps(compile_taxonomy(root / "taxonomy"), separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
    return path
