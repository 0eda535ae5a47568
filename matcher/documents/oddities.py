"""Characters that make programs read something else than people: invisible messages, letters of another script, turned order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from matcher.documents.cutting import without
from matcher.documents.hidden import Cause, hidden_notice, quoted
from matcher.documents.repair import KEPT
from matcher.records import Document, Notice

CODE = "odd-characters"
_TAGS = re.compile("(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]+")
"""Invisible copies of the ASCII characters; after a black flag they name the flag of a region."""
_LEFT = re.compile(f"[{KEPT}]+")
_TURNED = re.compile("\u202e([^\u202c\n]*)\u202c?")
_FLAG = 8
"""Fewer invisible letters than this are a slip and no message."""
_MIXED = re.compile(
    r"(?<![^\W\d_])[^\W\d_]*(?:[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z])[^\W\d_]*"
)
_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u03bf\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijshABEKMHOPCTXIJSovABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that are printed like Latin ones."""
_SHOWN = 5


def straightened(document: Document) -> Document:
    """The document as people see it, with notices of what programs would have read instead."""
    if document.text.isascii():
        return document
    notices: list[Notice] = []
    document = _turned(document, notices)
    document = _without_kept(document, notices)
    document = _latin(document, notices)
    return replace(document, warnings=(*document.warnings, *notices)) if notices else document


def _turned(document: Document, notices: list[Notice]) -> Document:
    """Text whose order a control character turns round, in formats that have no places of their own."""
    found = [match for match in _TURNED.finditer(document.text) if any(char.isalnum() for char in match[1])]
    if not found or document.lefts:
        return document
    text = _TURNED.sub(lambda match: match[0].replace(match[1], match[1][::-1]), document.text)
    shown = " ".join(match[1][::-1] for match in found[:_SHOWN])
    message = "holds characters that turn the order of letters round; read as it is seen"
    notices.append(Notice(CODE, message, None, quoted(shown)))
    return replace(document, text=text)


def _without_kept(document: Document, notices: list[Notice]) -> Document:
    """Leave out what cannot be seen; a message in it is told."""
    found = list(_LEFT.finditer(document.text))
    if not found:
        return document
    for tags in _TAGS.finditer(document.text):
        message = "".join(chr(ord(char) - 0xE0000) for char in tags.group())
        if sum(char.isalnum() for char in message) >= _FLAG:
            notices.append(hidden_notice(Cause.INVISIBLE, "".join(char if char.isprintable() else " " for char in message)))
    return without(document, [match.span() for match in found])


def _latin(document: Document, notices: list[Notice]) -> Document:
    """Words of Latin letters among which some of another script pass for Latin ones."""
    found = list(_mixed(document.text))
    if not found:
        return document
    pieces, done = [], 0
    for start, end, meant in found:
        pieces += [document.text[done:start], meant]
        done = end
    text = "".join([*pieces, document.text[done:]])
    words = list(dict.fromkeys(meant for _, _, meant in found))
    many = f"{len(found)} words are" if len(found) > 1 else "a word is"
    message = f"{many} written with letters of another script that pass for Latin ones; read as Latin"
    place = next(document.boxes(*found[0][:2]), None)
    notices.append(Notice(CODE, message, place, quoted(", ".join(words[:_SHOWN]))))
    return replace(document, text=text)


def _mixed(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _MIXED.finditer(text):
        meant = match.group().translate(_ALIKE)
        if all(char < "\u0370" for char in meant):
            yield match.start(), match.end(), meant
