"""The tokens of page content: pdfminer spends most of its time on a page in reading them one character at a time.

`OPERATION` matches a whole operation (its operands and its operator) in the forms that programs write; `operation` reads
any other token by token. Both read exactly what pdfminer reads, and give up where they are not sure.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.psparser import LIT

SHOWN, NUMBERS, NAMED, ARRAY, MARK = 3, 5, 8, 9, 10
"""The forms of an operation: the last group of `OPERATION` that matched."""

# Possessive quantifiers: a broken file must not send the search back and forth. A number of more digits than a float can
# hold and a line end behind a backslash mean something else to pdfminer: they are left out here, and so left to it.
_PARTS = {
    b"NUMBER": rb"[+-]?(?:\d{1,99}+(?!\d)(?:\.\d*+)?|\.\d++)",
    b"STRING": rb"(?:<(?:[0-9A-Fa-f]{2})*+>|LITERAL)",
    b"LITERAL": rb"\((?:[^()\\]++|\\[^\r]|\((?:[^()\\]++|\\[^\r])*+\))*+\)",
    b"NAME": rb"[^\0-\ ()<>\[\]{}/%\#\x7f-\xff]*+END",
    b"OPERATOR": rb"(?!(?:true|false|BI)END)WORD",
    b"WORD": rb"[A-Za-z][A-Za-z0-9*]*+END",
    b"END": rb"(?=[\t\n\f\r ()<>\[\]/%]|\Z)",
    b"BLANK": rb"[\t\n\f\r ]",
}


def _pattern(text: bytes) -> re.Pattern[bytes]:
    for name, part in _PARTS.items():
        text = text.replace(name, part)
    return re.compile(text, re.VERBOSE | re.DOTALL)


OPERATION = _pattern(
    rb"""BLANK*+ (?:
      # a string (3), mostly with the move before it: to the right (1) and up (2)
      (?: (NUMBER) BLANK++ (NUMBER) BLANK++ Td BLANK*+ )? (STRING) BLANK*+ Tj END
      # numbers (4) and an operator (5)
    | ( (?: NUMBER (?: BLANK++ | (?=[A-Za-z]) ) )*+ ) (OPERATOR)
      # a name (6), perhaps a number (7), and an operator (8)
    | / (NAME) BLANK*+ (?: (NUMBER) BLANK*+ )? (OPERATOR)
      # the strings and numbers (9) that a TJ shows
    | \[ ( (?: STRING | NUMBER | BLANK )*+ ) \] BLANK*+ TJ END
      # the tag (10) of a piece of content that is marked with a plain dictionary
    | / (NAME) BLANK*+ << (?: STRING | NUMBER | / NAME | BLANK )*+ >> BLANK*+ BDC END
    ) BLANK*+"""
)
_ITEM = _pattern(rb"(STRING) | (NUMBER)")
_TOKEN = _pattern(
    rb"""BLANK*+ (?:
      (NUMBER) | (WORD | ['"]) | (LITERAL) | <([0-9A-Fa-f\s]*+)> | / (NAME) | (\[ | <<) | (\] | >>) | %[^\r\n]*+ | \Z
    )"""
)
_NUMBER, _WORD, _LITERAL, _HEX, _NAME, _OPEN, _CLOSE = range(1, 8)
_CLOSES = {b"[": b"]", b"<<": b">>"}
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}


def operation(data: bytes, at: int) -> tuple[list[Any], bytes, int]:
    """Operands, as pdfminer gives them to its methods, the operator (empty at the end of the data), and where it ends.

    ValueError for anything but plain operands: an inline image, say.
    """
    operands: list[Any] = []
    outer: list[tuple[bytes, list[Any]]] = []
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            raise ValueError("no token")
        kind, at = match.lastindex, match.end()
        if kind == _OPEN:
            outer.append((match[_OPEN], operands))
            operands = []
        elif kind == _CLOSE:
            inner, (opened, operands) = operands, outer.pop() if outer else (b"", operands)
            if _CLOSES.get(opened) != match[_CLOSE]:
                raise ValueError("a bracket that was not opened")
            operands.append(inner if opened == b"[" else _dictionary(inner))
        elif kind == _WORD and match[_WORD] not in (b"true", b"false"):
            if outer or match[_WORD] == b"BI":
                raise ValueError("an operator inside an operand, or an inline image")
            return operands, match[_WORD], at
        elif kind:
            operands.append(_operand(kind, match[kind]))
    if outer:
        raise ValueError("a bracket that is not closed")
    return operands, b"", at


def number_of(token: bytes) -> float:
    """A number, an int where it has no point: pdfminer knows names that are numbers."""
    return float(token) if b"." in token else int(token)


def shown(items: bytes) -> list[bytes | float]:
    """What stands between the brackets of a TJ."""
    return [string_of(string) if string else float(number) for string, number in _ITEM.findall(items)]


def string_of(token: bytes) -> bytes:
    """A string without its brackets and escapes, as pdfminer reads it."""
    if token[:1] == b"<":
        return bytes.fromhex(token[1:-1].decode("ascii"))
    return _ESCAPE.sub(_unescaped, token[1:-1]) if b"\\" in token else token[1:-1]


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, char = match.groups()
    return bytes([int(octal, 8) & 0xFF]) if octal else _MEANT.get(char, b"")


def _operand(kind: int, token: bytes) -> Any:
    if kind == _NUMBER:
        return number_of(token)
    if kind == _LITERAL:
        return string_of(token)
    if kind == _HEX:
        return bytes.fromhex(b"".join(token.split()).decode("ascii"))
    if kind == _NAME:
        return LIT(token.decode("ascii"))
    return token == b"true"


def _dictionary(items: list[Any]) -> dict[str, Any]:
    if len(items) % 2:
        raise ValueError("a key without a value")
    return {str(key.name): value for key, value in zip(items[::2], items[1::2], strict=True) if hasattr(key, "name")}
