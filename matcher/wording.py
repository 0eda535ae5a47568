"""The words of a text that are of the work, for the residual similarity: not of the person, the employer's praise or the law."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from matcher.records import CONDITIONS, DOCUMENT, OF_THE_PERSON, Reading

WORD = r"[^\W\d_]{2,}"
"""What counts as a word: two letters or more."""
_WORD = re.compile(WORD)
_END = re.compile(r"[.!?;](?=\s)|\n")
_NOT_ABOUT_WORK = frozenset({"personal", "references", "declaration", "interests", "education"})
_NOT_ABOUT_THE_JOB = frozenset({"about", "benefits", "apply", "legal"})
_TITLE_COUNTS = 3
_ONLY_ASKED = CONDITIONS | {DOCUMENT, "shift", "site"}
"""Kinds of facts of a post that no resume prints."""
Span = tuple[int, int]


def count_terms(text: str, vocabulary: Collection[str]) -> dict[str, int]:
    """How often each word of a vocabulary occurs in a text (case-blind)."""
    counts = Counter(_WORD.findall(text.lower()))
    return {word: counts[word] for word in sorted(word for word in counts if word in vocabulary)}


def post_wording(reading: Reading, title: str, barred: Sequence[Span] = ()) -> str:
    """A post's own words, the title counting more; without the employer, benefits, the law and what no resume prints.

    `barred` has the offsets of what may not be asked: it is left out as well.
    """
    text, asked = reading.document.text, _conditions(reading, barred)
    sections = [section for section in reading.sections if section.kind not in _NOT_ABOUT_THE_JOB]
    return "\n".join([*[title] * _TITLE_COUNTS, *(_without(text, s.start, s.end, asked) for s in sections)])


def _conditions(reading: Reading, barred: Sequence[Span]) -> list[Span]:
    """What is left out: conditions that are only asked and what may not be asked.

    The whole line (of what may not be asked: the whole sentence) where it speaks of nothing else, else their phrases.
    """
    asked = [(fact.start, fact.end) for fact in reading.facts if fact.kind in _ONLY_ASKED]
    found = [*asked, *barred]
    others = [m.start for m in reading.mentions if not any(start < m.end and m.start < end for start, end in found)]
    others += [fact.start for fact in reading.facts if fact.kind not in _ONLY_ASKED]
    lines = [(n.start, n.end) for n in reading.document.lines if any(n.start <= start < n.end for start, _ in asked)]
    sentences = [_sentence(reading.document.text, span) for span in barred]
    return [*found, *(part for part in (*lines, *sentences) if not any(part[0] <= place < part[1] for place in others))]


def _sentence(text: str, span: Span) -> Span:
    """The sentence or line around a span."""
    start = max((match.end() for match in _END.finditer(text, 0, span[0])), default=0)
    end = _END.search(text, span[1])
    return start, end.start() if end else len(text)


def profile_wording(title: str, labels: Sequence[str]) -> str:
    """What stands for the words of a role that was written down as a list of requirements."""
    return "\n".join([*[title] * _TITLE_COUNTS, *labels])


def resume_wording(reading: Reading, only: Sequence[Span] | None = None) -> str:
    """The words that are of the work: not the person's name, address, age, sex, family, religion or school.

    Of the lines before the first heading those count in which a concept was understood: the others are a name and an address.
    `only`: no word counts but those of these passages, the dated jobs of a resume that is a flood of keywords.
    """
    text = reading.document.text
    places = [mention.start for mention in reading.mentions]
    own = [(fact.start, fact.end) for fact in reading.facts if fact.kind in OF_THE_PERSON] + [*reading.foreign]
    if only is not None:
        return "\n".join(_without(text, start, end, own) for start, end in only)
    parts = []
    for section in reading.sections:
        if section.kind == "header":
            lines = [line for line in reading.document.lines if section.start <= line.start < section.end]
            parts += [(n.start, n.end) for n in lines if any(n.start <= place < n.end for place in places)]
        elif section.kind not in _NOT_ABOUT_WORK:
            parts.append((section.start, section.end))
    return "\n".join(_without(text, start, end, own) for start, end in parts)


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """`text[start:end]` less some spans, which may overlap."""
    kept, at = [], start
    for first, last in sorted(spans):
        if first < end and last > start:
            kept.append(text[at:first])
            at = max(at, last)
    return " ".join([*kept, text[at:end]])
