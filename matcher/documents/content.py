"""A quick reader of page content: pdfminer spends most of its time on a page in reading tokens one character at a time.

It reads what office programs write and gives up on anything else, which then goes pdfminer's own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.psparser import LIT

_MOST = 4 * 2**20
"""Content larger than this is left to pdfminer, which does not hold all of it at once."""

# Possessive quantifiers: a broken file must not send the search back and forth.
_TOKEN = re.compile(
    rb"""[\0\t\n\f\r\ ]*+(?:
      ([+-]?(?:\d++\.?\d*+|\.\d++))(?![^\0\t\n\f\r\ ()<>\[\]{}/%])
    | ([A-Za-z'"][A-Za-z0-9*]*+)
    | (\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))
    | <([0-9A-Fa-f\s]*+)>
    | /([^\0\t\n\f\r\ ()<>\[\]{}/%]*+)
    | (\[|<<)
    | (\]|>>)
    | (%[^\r\n]*+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER, _WORD, _STRING, _HEX, _NAME, _OPEN, _CLOSE = range(1, 8)
_BLANK = b"\0\t\n\f\r "
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_CONSTANTS: dict[bytes, Any] = {b"true": True, b"false": False, b"null": None}

Operation = tuple[list[Any], str]
"""Operands, as pdfminer gives them to its methods, and the operator."""


def operations(data: bytes) -> list[Operation] | None:
    """The operations of a content stream in order; None if it holds anything but plain operands (an inline image, say)."""
    if len(data) > _MOST:
        return None
    try:
        return list(_operations(data))
    except ValueError:
        return None


def _operations(data: bytes) -> Iterator[Operation]:
    """Raise ValueError at the first thing that is not understood."""
    operands: list[Any] = []
    outer: list[list[Any]] = []
    for kind, token in _tokens(data):
        if kind == _WORD and token not in _CONSTANTS:
            if outer or token == b"BI":
                raise ValueError("an operator inside an operand, or an inline image")
            yield operands, token.decode("ascii")
            operands = []
        elif kind == _OPEN:
            outer.append(operands)
            operands = []
        elif kind == _CLOSE:
            inner, operands = operands, outer.pop() if outer else _unbalanced()
            operands.append(inner if token == b"]" else _dictionary(inner))
        else:
            operands.append(_operand(kind, token))


def _tokens(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data.rstrip(_BLANK))
    while at < end:
        match = _TOKEN.match(data, at)
        if match is None:
            raise ValueError("no token")
        kind = match.lastindex or 0
        if kind <= _CLOSE:
            yield kind, match.group(kind)
        at = match.end()


def _unbalanced() -> list[Any]:
    raise ValueError("a bracket too many")


def _operand(kind: int, token: bytes) -> Any:
    if kind == _NUMBER:
        return float(token) if b"." in token else int(token)
    if kind == _STRING:
        return _ESCAPE.sub(_unescaped, token[1:-1]) if b"\\" in token else token[1:-1]
    if kind == _HEX:
        digits = b"".join(token.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    if kind == _NAME:
        if b"#" in token:
            raise ValueError("an escaped name")
        return LIT(token.decode("utf-8"))
    return _CONSTANTS[token]


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, char = match.groups()
    return bytes([int(octal, 8) & 0xFF]) if octal else _MEANT.get(char, char)


def _dictionary(items: list[Any]) -> dict[str, Any]:
    if len(items) % 2:
        raise ValueError("a key without a value")
    return {str(key.name): value for key, value in zip(items[::2], items[1::2], strict=True) if hasattr(key, "name")}
