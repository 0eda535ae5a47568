"""Resumes that print a skill over and over, or skills by the hundred: no word is left out, but people are told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from matcher.documents.hidden import quoted
from matcher.records import Document, Mention, Notice

CODE = "keyword-stuffing"
_WORD = re.compile(r"\S+")
_OFTEN, _WITHIN = 8, 100
"""The same words more often than this within so many words."""
_DENSE, _AMONG = 100, 300
"""More skills than this among so many words."""
_MOST_TOLD = 3


def stuffed(document: Document, mentions: Sequence[Mention]) -> tuple[Notice, ...]:
    """What a person should look at: the same skill too often in one place, or a place that is nothing but skills."""
    starts = [match.start() for match in _WORD.finditer(document.text)]
    told = [*_too_often(document, mentions, starts)][:_MOST_TOLD]
    return (*told, *_too_dense(document, mentions, starts))


def _too_often(document: Document, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Notice]:
    by_text: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_text[" ".join(mention.text.casefold().split())].append(mention)
    for found in by_text.values():
        first = _crowd([mention.start for mention in found], starts, _OFTEN + 1, _WITHIN)
        if first is not None:
            message = f"prints “{found[first].text}” {len(found)} times, {_OFTEN + 1} of them within {_WITHIN} words"
            yield _notice(document, message, found[first], found[first].text)


def _too_dense(document: Document, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Notice]:
    ordered = sorted(mentions, key=lambda mention: mention.start)
    first = _crowd([mention.start for mention in ordered], starts, _DENSE + 1, _AMONG)
    if first is not None:
        shown = " ".join(mention.text for mention in ordered[first : first + 12])
        yield _notice(document, f"prints more than {_DENSE} skills among {_AMONG} words", ordered[first], f"{shown} …")


def _crowd(places: Sequence[int], starts: Sequence[int], count: int, within: int) -> int | None:
    """The first of `count` places in a row that lie within so many words."""
    words = [bisect_right(starts, place) for place in places]
    return next((i for i in range(len(words) - count + 1) if words[i + count - 1] - words[i] < within), None)


def _notice(document: Document, message: str, mention: Mention, text: str) -> Notice:
    place = next(document.boxes(mention.start, mention.end), None)
    where = f" (page {mention.page})" if place else ""
    return Notice(CODE, f"{message}{where}: look whether it is meant for people", place, quoted(text))
