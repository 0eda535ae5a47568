"""spaCy without its command line: it imports that, with all of its libraries, for one function that nobody here calls."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, in three quarters of the time; in all else it is as ever, for its command line can be imported later."""
    if "spacy" in sys.modules:
        return
    for name in _COMMANDS:
        sys.modules[name] = _stand_in(name)
    try:
        import spacy.lang.en
    except ImportError:  # a spaCy that wants more of them
        _forget()
        import spacy.lang.en  # noqa: F401
    finally:
        for name in _COMMANDS:
            if isinstance(sys.modules.get(name), _StandIn):
                del sys.modules[name]
        _reach_commands(sys.modules.get("spacy"))


class _StandIn(ModuleType):
    """Has what spaCy takes from its command line."""


def _stand_in(name: str) -> _StandIn:
    module = _StandIn(name)
    module.__dict__.update(__path__=[], info=_info)
    return module


def _reach_commands(spacy: ModuleType | None) -> None:
    """Let `spacy.cli` be had without a further import, as with any spaCy: it is imported when it is first asked for."""

    def lacking(name: str) -> Any:
        if name == "cli":
            return importlib.import_module("spacy.cli")
        raise AttributeError(f"module 'spacy' has no attribute {name!r}")

    if spacy and isinstance(vars(spacy).get("cli"), _StandIn):
        del spacy.cli
    if spacy and "cli" not in vars(spacy):
        vars(spacy).setdefault("__getattr__", lacking)


def _info(*given: Any, **named: Any) -> Any:
    """`spacy.info`, which tells of the installation."""
    from spacy.cli.info import info

    return info(*given, **named)


def _forget() -> None:
    """Take back what was imported of spaCy."""
    for name in [name for name in sys.modules if name.split(".")[0] == "spacy"]:
        del sys.modules[name]
