"""Photos and scans: the one place where a picture would become text."""

from __future__ import annotations

from matcher.documents.building import Limits
from matcher.errors import UnreadableError
from matcher.records import Document


def read_picture(data: bytes, source: str, limits: Limits) -> Document:
    """Read a picture; UnreadableError "no-text-layer" says what to do, since pictures are not read yet."""
    raise UnreadableError("is a picture; run OCR on it or ask for the original", "no-text-layer")
