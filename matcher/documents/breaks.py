"""Line breaks that text copied from a web page has lost: "skills requiredAbility to type" was two lines."""

from __future__ import annotations

import re
from itertools import pairwise

_BULLET = re.compile(r"(?<=\S)[ \t]*(?=[•●○▪◦■‣➢➤✓✔✅][ \t]*[^\s•●○▪◦■‣➢➤✓✔✅])|(?<=[a-z.;:)])(?=[·*][ \t]?[A-Z])")
_ENDS = r"(?<=[a-z]{3}[.!?;:])|(?<=[\d)%\"'][.!?;:])|(?<=[A-Z]{2}[.!?;:])|(?<=[a-z]{2}\?)|(?<=[a-z]\?\?)|(?<=\w\))"
_STOP = re.compile(rf"(?:{_ENDS})(?=[A-Z](?: |(?:[a-z]++|[A-Z]++)(?![\w@])))")
_RUN = re.compile(r"\S+")
_WEB = re.compile(r"www\.|https?:|@|\.(?:Com|Net|Org|NET)\b")
_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{6,}(?![\w@]|\.\w)")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=[a-z])(?=[A-Z]{2,}$)|(?<=[A-Z]{5})(?=[A-Z][a-z]{3})")
_NUMBER_SEAM = re.compile(r"(?<=\d\d)(?=[A-Z][a-z]{3})|(?<=\d[%+])(?=[A-Z][a-z]{2})")
_PADDING = re.compile(r"(?<=\S)[ \t]{4,}(?=[A-Z])")
_LONG = 200
"""Only in lines longer than this do runs of spaces stand for a line break; elsewhere they set a column."""
_HEADING = 8
"""Least length of a capitalised word that is torn from what follows: shorter ones are as likely half of a name."""
_HEADING_AMONG_MANY = 5
"""The same in a text with many lost breaks."""
_MANY = 3


def unglue(text: str, keep_joined: frozenset[str] = frozenset()) -> str:
    """Put line breaks back where they were lost; text that has its breaks comes back unchanged.

    `keep_joined` holds casefolded words that are written with a capital inside. Nothing but line breaks is added, and
    nothing but spaces and tabs beside them is dropped.
    """
    text = _BULLET.sub("\n", text)
    text = "\n".join(_PADDING.sub("\n", line) if len(line) > _LONG else line for line in text.split("\n"))
    web = {place for run in _RUN.finditer(text) if _WEB.search(run.group()) for place in range(*run.span())}
    stops = {match.start() for match in _STOP.finditer(text)} | {match.start() for match in _NUMBER_SEAM.finditer(text)}
    seams = _seams(text, keep_joined)
    return _cut(text, (stops | seams) - web)


def _cut(text: str, places: set[int]) -> str:
    ends = sorted(place for place in places if 0 < place < len(text))
    return "\n".join(text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True))


def _seams(text: str, keep_joined: frozenset[str]) -> set[int]:
    """Where two words have grown together, judged by the left word: names with a capital inside begin with a capital."""
    found: list[tuple[int, str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word.casefold() not in keep_joined:
            ends = [0, *(seam.start() for seam in _SEAM.finditer(word))]
            found += [(match.start() + b, word[a:b]) for a, b in pairwise(ends)]
    sure = {place for place, left in found if left[0].islower() and len(left) >= 3}
    least = _HEADING_AMONG_MANY if len(sure) >= _MANY else _HEADING
    names = _repeated(text)
    return sure | {place for place, left in found if len(left) >= least and not _inside(place, names)}


def _repeated(text: str) -> list[tuple[int, int]]:
    """Places of words that occur more than once with a capital inside: such a word is a name."""
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        if _SEAM.search(match.group()):
            places.setdefault(match.group(), []).append(match.span())
    return [span for spans in places.values() if len(spans) > 1 for span in spans]


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in spans)
