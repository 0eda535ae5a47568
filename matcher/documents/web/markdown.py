"""Markdown to a `Document`, by way of HTML."""

from __future__ import annotations

from matcher.documents.building import Limits, check_length, document
from matcher.documents.web.html import html_drafts, html_text
from matcher.errors import UnreadableError
from matcher.records import Document


def read_markdown(data: bytes, source: str, limits: Limits) -> Document:
    """Read a Markdown file with tables; HTML inside it counts as in any web page. UnreadableError "empty" if it has no text."""
    from markdown_it import MarkdownIt

    text = html_text(data)
    check_length(len(text), limits)
    page = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).render(text)
    drafts, notices = html_drafts(page, limits)
    if not drafts:
        raise UnreadableError("is empty", "empty")
    return document(data, source, drafts, warnings=notices)
