"""Stretches taken out of a document, as if the file had never held them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from matcher.records import Document, Line


def without(document: Document, spans: Sequence[tuple[int, int]]) -> Document:
    """The document less `[start, end)` of each span (in order, apart): lines that hold nothing else go with their line ends."""
    text = document.text
    kept = [True] * len(text)
    for start, end in spans:
        kept[start:end] = [False] * (end - start)
    pieces: list[str] = []
    lefts, rights = array("f"), array("f")
    lines: list[Line] = []
    at, done, gap = 0, 0, ""
    for line in document.lines:
        between = text[done : line.start]
        gap = max(gap, between, key=len)
        done = line.end
        places = _rest(text, kept, line.start, line.end)
        if not places:
            continue
        before = gap if lines else ""
        pieces += [before, "".join(text[place] for place in places)]
        if document.lefts:
            for edges, own in ((lefts, document.lefts), (rights, document.rights)):
                edges.extend([float("nan")] * len(before))
                edges.extend(own[place] for place in places)
        at += len(before)
        lines.append(replace(line, start=at, end=at + len(places)))
        at += len(places)
        gap = ""
    return replace(document, text="".join(pieces), lines=tuple(lines), lefts=lefts, rights=rights)


def _rest(text: str, kept: Sequence[bool], start: int, end: int) -> list[int]:
    """The places of a line that stay, without blanks at the edges of what was cut; none if nothing but a bullet is left."""
    if all(kept[start:end]):
        return list(range(start, end))
    places = [place for place in range(start, end) if kept[place]]
    found: list[int] = []
    for place in places:
        cut_before = place > start and not kept[place - 1]
        if cut_before and text[place].isspace() and (not found or text[found[-1]].isspace()):
            continue
        found.append(place)
    # Only the ends of what is a line in the text: one printed line may go on in the next.
    while found and text[found[-1]].isspace() and text[end : end + 1] in ("", "\n"):
        found.pop()
    while found and text[found[0]].isspace() and text[start - 1 : start] in ("", "\n"):
        found.pop(0)
    return found if any(text[place].isalnum() for place in found) else []
