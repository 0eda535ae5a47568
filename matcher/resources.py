"""Where shipped data lies: beside the package in a checkout or editable install, inside the package in a wheel."""

import os
from pathlib import Path

ELSEWHERE = "MATCHER_DATA"
"""Environment variable that names a folder whose `taxonomy` or `models` take the place of the shipped ones."""

_PACKAGE = Path(__file__).resolve().parent


def data_path(kind: str) -> Path:
    """The folder of shipped data of a kind ("taxonomy", "models").

    A checkout's own folder goes before the wheel's `_data`, so that an edit is seen at once; `MATCHER_DATA` goes before both,
    for the kinds that it holds: the tests put a compiled taxonomy there, which loads twenty times as fast as its source.
    """
    elsewhere = Path(os.environ.get(ELSEWHERE, os.devnull), kind)
    if elsewhere.is_dir():
        return elsewhere
    source = _PACKAGE.parent / kind
    if source.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return source
    return _PACKAGE / "_data" / kind
