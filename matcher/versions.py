"""What made a result: the versions of the program, its taxonomy and its models."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy


def program_version() -> str:
    """The version of the installed distribution; "0+checkout" where it is not installed."""
    try:
        return version("bpo-matcher")
    except PackageNotFoundError:
        return "0+checkout"


def versions(taxonomy: Taxonomy, models: Path | None = None) -> dict[str, str]:
    """Versions as they are written into every result; `models`: the folder whose ranker is used instead of the shipped one."""
    from matcher.scoring.model import load_ranker

    return {"matcher": program_version(), "taxonomy": taxonomy.version, "models": load_ranker(models).version}
