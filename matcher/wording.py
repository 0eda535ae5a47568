"""The words of a text that are of the work, for the residual similarity: not of the person, the employer's praise or the law."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from matcher.records import OF_THE_PERSON, Fact, Reading

WORD = r"[^\W\d_]{2,}"
"""What counts as a word: two letters or more."""
_WORD = re.compile(WORD)
_NOT_ABOUT_WORK = frozenset({"personal", "references", "declaration", "interests", "education"})
_NOT_ABOUT_THE_JOB = frozenset({"about", "benefits", "apply", "legal"})
_TITLE_COUNTS = 3


def count_terms(text: str, vocabulary: Collection[str]) -> dict[str, int]:
    """How often each word of a vocabulary occurs in a text (case-blind)."""
    counts = Counter(_WORD.findall(text.lower()))
    return {word: counts[word] for word in sorted(word for word in counts if word in vocabulary)}


def post_wording(reading: Reading, title: str) -> str:
    """A post's own words: what it says of the employer, of benefits and of the law is left out, the title counts more."""
    text = reading.document.text
    parts = [text[section.start : section.end] for section in reading.sections if section.kind not in _NOT_ABOUT_THE_JOB]
    return "\n".join([*[title] * _TITLE_COUNTS, *parts])


def profile_wording(title: str, labels: Sequence[str]) -> str:
    """What stands for the words of a role that was written down as a list of requirements."""
    return "\n".join([*[title] * _TITLE_COUNTS, *labels])


def resume_wording(reading: Reading) -> str:
    """The words that are of the work: not the person's name, address, age, sex, family, religion or school.

    Of the lines before the first heading those count in which a concept was understood: the others are a name and an address.
    """
    text = reading.document.text
    places = [mention.start for mention in reading.mentions]
    own = [fact for fact in reading.facts if fact.kind in OF_THE_PERSON]
    parts = []
    for section in reading.sections:
        if section.kind == "header":
            lines = [line for line in reading.document.lines if section.start <= line.start < section.end]
            parts += [(n.start, n.end) for n in lines if any(n.start <= place < n.end for place in places)]
        elif section.kind not in _NOT_ABOUT_WORK:
            parts.append((section.start, section.end))
    return "\n".join(_without(text, start, end, own) for start, end in parts)


def _without(text: str, start: int, end: int, facts: Sequence[Fact]) -> str:
    """`text[start:end]` less what some facts stand on."""
    kept, at = [], start
    for fact in sorted(facts, key=lambda f: f.start):
        if start <= fact.start < end:
            kept.append(text[at : fact.start])
            at = max(at, fact.end)
    return " ".join([*kept, text[at:end]])
