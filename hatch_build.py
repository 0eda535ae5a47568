"""Build hook: a wheel carries the taxonomy in compiled form and the models' files, inside the package."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {".json", ".md"}
"""Endings of the files under models/ that go into a wheel."""


class DataHook(BuildHookInterface[Any]):
    """Compiles taxonomy/ into files outside the source tree and adds it, and what models/ holds, to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; an editable install reads the checkout's own folders and needs none."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._scratch = Path(tempfile.mkdtemp(prefix="bpo-matcher-"))
        root = Path(self.root)
        include = build_data["force_include"]
        for path in compiled(root, self._scratch):
            include[str(path)] = f"matcher/_data/taxonomy/{path.name}"
        for path in sorted((root / "models").rglob("*")):
            if path.is_file() and path.suffix in SHIPPED:
                include[str(path)] = f"matcher/_data/{path.relative_to(root).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled files once they are in the wheel."""
        if hasattr(self, "_scratch"):
            shutil.rmtree(self._scratch, ignore_errors=True)


def compiled(root: Path, folder: Path) -> tuple[Path, ...]:
    """Write the compiled taxonomy of the checkout at `root` into files of `folder` and return their paths."""
    sys.path.insert(0, str(root))
    try:
        from matcher.taxonomy import write_compiled
    finally:
        sys.path.remove(str(root))
    return write_compiled(root / "taxonomy", folder)
