"""What a kept result depends on, as digests: whoever has the same key would get the same result again.

Versions are digests of the code itself, not numbers kept by hand: a number can be forgotten, and then an old result is taken
for a new one. The price is that a file is read again after a change of the reader that does not concern it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from matcher.batch import Operation, ReadOptions, Task
from matcher.project.codec import digest, role_data
from matcher.records import Role
from matcher.resources import data_path

_PACKAGE = Path(__file__).resolve().parent.parent
READING = frozenset(
    {
        *(
            "certificates",
            "delimited",
            "documents",
            "errors",
            "formulas",
            "matching",
            "profile",
            "proof",
            "reading",
            "records",
            "resources",
        ),
        *("role", "role_file", "role_renewal", "taxonomy", "unseen", "versions", "wording", "work", "blind"),
    }
)
"""Rooms whose code makes profiles and roles of bytes; of scoring they use names and word weights only."""
SCORING = frozenset({"errors", "formulas", "growth", "reading", "records", "resources", "scoring", "taxonomy", "wording"})
"""Rooms whose code makes scores of profiles and roles."""
_READERS = (
    *("spacy", "pdfminer.six", "python-docx", "lxml", "markdown-it-py", "ftfy", "charset-normalizer", "phonenumbers"),
    *("snowballstemmer", "pytesseract", "pypdfium2", "pillow"),
)
_SCORERS = ("numpy", "scipy", "snowballstemmer")
_REPORTERS = ("xlsxwriter", "jinja2", "pyarrow")
_OF_READING, _OF_SCORING = ("terms", "doubt"), ("ranker", "terms", "rarity")
_NO_MATTER = frozenset({"memory", "as_of", "overlay", "blind"})
"""Options that a reading does not depend on, or that stand in its key by another name."""
_DAY = len("2026-11-01")
_MONTH = len("2026-11")
DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a run: with one taxonomy (`taxonomy` is its version, overlay included), options and folder of models."""

    taxonomy: str
    options: ReadOptions
    models: Path | None = None

    def read(self, task: Task, content: str) -> str:
        """The key of what a task makes of bytes with the SHA-256 `content`."""
        return digest(
            {
                "what": str(task.operation),
                "content": content,
                "inside": list(task.inside),
                "ending": Path(task.source).suffix.lower(),
                "opened": sorted(task.endings),
                "reader": reading_code(),
                "taxonomy": self.taxonomy,
                "models": model_files(None, _OF_READING),
                "options": {f.name: getattr(self.options, f.name) for f in fields(self.options) if f.name not in _NO_MATTER},
                "as_of": self.as_of if task.operation is Operation.RESUME else "",
            }
        )

    @property
    def as_of(self) -> str:
        """What of the point in time a profile depends on: the month, for that is how months of work are counted."""
        given = self.options.as_of
        return given[:_MONTH] if len(given) == _DAY else given

    def opening(self, role: Role) -> str:
        """The key of everything that a score depends on but the profile; the role has its weights."""
        return digest({"role": role_data(role), "scorer": self.scorer})

    @property
    def scorer(self) -> str:
        """The key of what all scores of a run have in common."""
        return digest([scoring_code(), self.taxonomy, model_files(self.models, ("ranker",)), model_files(None, _OF_SCORING)])


def reading_code() -> str:
    """A digest of the code that makes profiles and roles of bytes, and of the libraries that it uses."""
    return _code(READING, _READERS) + _tool("tesseract")


def scoring_code() -> str:
    """A digest of the code that makes scores of profiles and roles."""
    return _code(SCORING, _SCORERS)


def whole_code() -> str:
    """A digest of all code, the reports' too."""
    return _code(None, (*_READERS, *_SCORERS, *_REPORTERS))


@cache
def _code(rooms: Collection[str] | None, libraries: Iterable[str]) -> str:
    found = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        place = path.relative_to(_PACKAGE)
        if rooms is None or place.parts[0].removesuffix(".py") in rooms:
            found.update(f"\0{place.as_posix()}\0".encode())
            found.update(path.read_bytes())
    for name in libraries:
        found.update(f"\0{name} {_version(name)}".encode())
    return found.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@cache
def _tool(name: str) -> str:
    """Tell one installation of a program from another without starting it."""
    path = shutil.which(name)
    if path is None:
        return "-"
    stat = Path(path).stat()
    return f"-{stat.st_size}-{stat.st_mtime_ns}"


@cache
def model_files(folder: Path | None, names: Iterable[str]) -> str:
    """A digest of the models with these names, of those that are there."""
    paths = [(folder or data_path("models")) / name / "model.json" for name in names]
    return digest([hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in paths])
