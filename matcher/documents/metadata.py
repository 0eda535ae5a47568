"""What a file says of itself (title, subject, keywords): never read as text, and told where it is stuffed."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from matcher.documents.hidden import quoted
from matcher.records import Notice

_MOST = {"keywords": 12, "category": 12, "subject": 20, "title": 20}
_MOST_ELSEWHERE = 30
"""More words than this are no title and no keywords but a text, or a list of skills, that no page shows."""
_OF_PROGRAMS = frozenset({"creator", "producer", "creationdate", "moddate", "trapped", "author", "ptex.fullbanner"})
"""Fields that programs fill."""
_PARTS = ("docProps/core.xml", "docProps/custom.xml")
_LARGEST = 2**20
_OFFICE = re.compile(
    r"<(/?)(?:dc|cp|vt):(title|subject|keywords|description|category|contentStatus|lpwstr)\b[^<>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+(?:[-'’.+#/&][^\W_]+)*")

Field = tuple[str, str]
"""Name and text."""


def metadata_notices(fields: Iterable[Field]) -> list[Notice]:
    """A notice "stuffed-metadata" for each text that is too long for its field; what two fields hold alike is told once."""
    found: dict[str, Notice] = {}
    for name, text in fields:
        field = name.rpartition(":")[2].strip().lower()
        words = _WORD.findall(text)
        if field not in _OF_PROGRAMS and len(words) > _MOST.get(field, _MOST_ELSEWHERE):
            message = f"holds {len(words)} words in the field “{field}” of its metadata, which no page shows; they are not read"
            found.setdefault(" ".join(words).casefold(), Notice("stuffed-metadata", message, None, quoted(text)))
    return list(found.values())


def tagged(text: str, tag: re.Pattern[str]) -> Iterator[Field]:
    """What stands between tags of XML: group 1 of `tag` is a slash where one closes, group 2 its name. Broken XML is no error."""
    begun: re.Match[str] | None = None
    for found in tag.finditer(text):
        if begun and found.group(1) and found.group(2) == begun.group(2):
            yield begun.group(2).lower(), html.unescape(_ANY_TAG.sub(" ", text[begun.end() : found.start()]))
        begun = None if found.group(1) else found


def office_fields(package: bytes) -> list[Field]:
    """The properties of a Word document, its own (`custom`) too; nothing of a part that is missing, damaged or very large."""
    fields: list[Field] = []
    try:
        with zipfile.ZipFile(BytesIO(package)) as parts:
            known = {entry.filename: entry.file_size for entry in parts.infolist()}
            for name in _PARTS:
                if 0 < known.get(name, 0) <= _LARGEST:
                    fields += tagged(parts.read(name).decode("utf-8", "replace"), _OFFICE)
    except MemoryError:
        raise
    except Exception:  # zipfile raises much more than BadZipFile on broken data
        return fields
    return [("custom" if name == "lpwstr" else name, text) for name, text in fields]
