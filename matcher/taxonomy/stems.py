"""The stems of the taxonomy's words, made when it is compiled: the stemmer would take a third of each start for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from matcher.resources import data_path

STEMS = "stems.json"
"""The name of the compiled file; it stands beside the compiled taxonomy."""
_STEMMER = "snowballstemmer"
_WORD = re.compile(r"[^\W\d_]+")
_STEMMED = ("patterns", "orders")
"""The rules, beside forms and concepts, whose words are compared by their stems."""


def stem_table(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The stem of each word of a compiled taxonomy, and the version of the stemmer that they are of."""
    import snowballstemmer

    spelling = raw["rules"].get("spelling", {})
    spelt = {**spelling.get("variants", {}), **spelling.get("misspellings", {})}
    texts = _texts([raw["concepts"], raw["forms"], *(raw["rules"].get(name) for name in _STEMMED)])
    words = {spelt.get(word, word) for text in texts for word in _WORD.findall(text.lower())}
    stemmer = snowballstemmer.stemmer("english")
    return {"stemmer": _version(), "stems": {word: stemmer.stemWord(word) for word in sorted(words) if word.isalpha()}}


@cache
def known_stems() -> Mapping[str, str]:
    """The stems of the shipped taxonomy's words; empty in a checkout, and where another stemmer is installed than they are of."""
    try:
        table = json.loads((data_path("taxonomy") / STEMS).read_bytes())
        stems: dict[str, str] = table["stems"] if table["stemmer"] == _version() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return stems


def _version() -> str:
    try:
        return version(_STEMMER)
    except PackageNotFoundError:
        return ""


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value of tables and lists, whatever they are."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
