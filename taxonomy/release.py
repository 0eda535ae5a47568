"""Writes `released.tsv` anew for a release; refuses where an id of the last release is gone or means something else.

Run it in the project's folder: `python taxonomy/release.py`. The version is that of `pyproject.toml`.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))


def main() -> int:
    """Compare, then write; 1 if a promise is broken."""
    from matcher.taxonomy import RELEASED, broken_promises, load_folder, read_released, write_released

    file, taxonomy = FOLDER / RELEASED, load_folder(FOLDER)
    broken = list(broken_promises(taxonomy, read_released(file), file.name)) if file.is_file() else []
    for problem in broken:
        sys.stderr.write(f"{problem}\n")
    if not broken:
        version = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        file.write_text(write_released(taxonomy, version), encoding="utf-8", newline="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
