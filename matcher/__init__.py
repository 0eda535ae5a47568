"""Reads resumes and job posts of the BPO industry and ranks, with reasons, how well each candidate fits each role."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PLACES = {
    "read_resume": "matcher.api",
    "read_role": "matcher.api",
    "rank": "matcher.api",
    "Engine": "matcher.matching",
    "builtin_roles": "matcher.role_file",
    "Scorer": "matcher.scoring",
    "Taxonomy": "matcher.taxonomy",
    "load_taxonomy": "matcher.taxonomy",
    "Document": "matcher.records",
    "Fit": "matcher.records",
    "Profile": "matcher.records",
    "Role": "matcher.records",
    "MatcherError": "matcher.errors",
}
_RENAMED = {"load_taxonomy": "load"}

__all__ = ["__version__", *sorted(_PLACES)]


def __getattr__(name: str) -> Any:
    """Resolve a public name when it is first asked for: spaCy imports this package in any program that has it installed."""
    if name == "__version__":
        return import_module("matcher.versions").program_version()
    if name not in _PLACES:
        raise AttributeError(f"module 'matcher' has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), _RENAMED.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
