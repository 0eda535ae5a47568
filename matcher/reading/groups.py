"""Names of what the components write into a Doc, and how to read it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from matcher.records import Kind, Section

if TYPE_CHECKING:
    from spacy.tokens import Doc

SECTIONS, SKILLS, AMBIGUOUS, DOUBTFUL, FACTS = "bpo_sections", "bpo_skills", "bpo_ambiguous", "bpo_doubtful", "bpo_facts"
_texts: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together anew each time that it is asked for; kept as long as the Doc."""
    text = _texts.get(doc)
    if text is None:
        text = _texts[doc] = doc.text
    return text


def kind_of(doc: Doc) -> Kind:
    """What the document is read as: `doc.user_data["bpo_kind"]`, a resume where it is not set."""
    return Kind(doc.user_data.get("bpo_kind", "resume"))


def sections_of(doc: Doc) -> tuple[Section, ...]:
    """The sections that `bpo_sections` wrote; the whole text as one where it has not run."""
    group = doc.spans.get(SECTIONS)
    if group is None:
        return (Section("header" if kind_of(doc) is Kind.RESUME else "other", 0, 0, len(text_of(doc))),)
    columns: Any = group.attrs
    rows = zip(columns["kind"], columns["start"], columns["body"], columns["end"], columns["title"], strict=True)
    return tuple(Section(*row) for row in ((kind, start, body, end, title) for kind, start, body, end, title in rows))
