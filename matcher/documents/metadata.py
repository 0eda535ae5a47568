"""What a file says of itself (title, subject, keywords): never read as text, and told where it is stuffed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from matcher.documents.hidden import quoted
from matcher.records import Notice

_MOST = {"keywords": 12, "category": 12, "subject": 20, "title": 20}
_MOST_ELSEWHERE = 30
"""More words than this are no title and no keywords but a text, or a list of skills, that no page shows."""
_OF_PROGRAMS = frozenset({"creator", "producer", "creationdate", "moddate", "trapped", "author", "ptex.fullbanner"})
"""Fields that programs fill."""
_OFFICE = ("title", "subject", "keywords", "category", "comments", "content_status")
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


def office_fields(properties: Any) -> list[Field]:
    """The core properties of a Word document, as python-docx gives them."""
    return [(name, str(getattr(properties, name, None) or "")) for name in _OFFICE]
