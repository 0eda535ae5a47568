"""Where shipped data lies: beside the package in a checkout or editable install, inside the package in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_path(kind: str) -> Path:
    """The folder of shipped data of a kind ("taxonomy", "models").

    A checkout's own folder goes first, so that an edit is seen at once; an installed wheel has `_data/` only.
    """
    source = _PACKAGE.parent / kind
    if source.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return source
    return _PACKAGE / "_data" / kind
