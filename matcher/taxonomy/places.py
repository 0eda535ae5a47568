"""On which line a key or a value of a TOML or YAML file stands; the parsers tell it for broken files only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.taxonomy.problem import Path

_SPACES = " \t"
_BLANK = " \t\r\n"
_END = ",]}#\r\n"
_QUOTES = ('"""', "'''", '"', "'")


def toml_places(text: str) -> dict[Path, int]:
    """The line of every table, key and item of a TOML text that is known to be valid."""
    return _Toml(text).read()


def yaml_places(text: str) -> dict[Path, int]:
    """The line of every key and item of a YAML text that is known to be valid; a node met again is not entered twice."""
    import yaml

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return dict(_nodes(root, (), set())) if root is not None else {}


def line_of(places: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that the file has; 1 for the file itself."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def _nodes(node: Any, path: Path, seen: set[int]) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.id == "sequence":
        for number, item in enumerate(node.value):
            yield from _nodes(item, (*path, number), seen)
    elif node.id == "mapping":
        for key, value in node.value:
            inner = (*path, str(key.value))
            yield from _nodes(value, inner, seen)
            yield inner, key.start_mark.line + 1


class _Toml:
    """One walk over a valid text; knows strings, brackets and comments, and no types."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1
        self._places: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(_BLANK):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._places

    def _header(self) -> Path:
        many = self._text.startswith("[[", self._at)
        self._move(2 if many else 1)
        keys = self._keys()
        self._move(2 if many else 1)
        path = self._inside(keys[:-1], ())
        path = (*path, keys[-1])
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            self._places.setdefault(path, self._line)
            path = (*path, self._counts[path])
        else:
            path = self._inside(keys[-1:], path[:-1])
        self._places.setdefault(path, self._line)
        return path

    def _inside(self, keys: list[str], path: Path) -> Path:
        """Where keys lead, each list of tables standing for its last table."""
        for key in keys:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: Path) -> None:
        line, path = self._line, table
        for key in self._keys():
            path = (*path, key)
            self._places.setdefault(path, line)
        self._move(1)  # the equals sign
        self._skip(_SPACES)
        self._value(path)

    def _keys(self) -> list[str]:
        """A dotted key, up to what follows it."""
        found = []
        while True:
            self._skip(_SPACES)
            found.append(self._key())
            self._skip(_SPACES)
            if self._text[self._at] != ".":
                return found
            self._move(1)

    def _key(self) -> str:
        begin = self._at
        if self._text[begin] in "\"'":
            self._string()
            return self._text[begin + 1 : self._at - 1]
        while self._text[self._at] not in " \t.=]":
            self._move(1)
        return self._text[begin : self._at]

    def _value(self, path: Path) -> None:
        self._places.setdefault(path, self._line)
        opening = self._text[self._at]
        if opening in "\"'":
            self._string()
        elif opening in "[{":
            self._list(path, opening == "{")
        else:
            while self._at < len(self._text) and self._text[self._at] not in _END:
                self._move(1)

    def _list(self, path: Path, keyed: bool) -> None:
        self._move(1)
        number = 0
        while self._skip(_BLANK + ",") and self._text[self._at] not in "]}":
            if keyed:
                self._pair(path)
            else:
                self._value((*path, number))
                number += 1
        self._move(1)

    def _string(self) -> None:
        quote = next(quote for quote in _QUOTES if self._text.startswith(quote, self._at))
        self._move(len(quote))
        while not self._text.startswith(quote, self._at):
            self._move(2 if quote[0] == '"' and self._text[self._at] == "\\" else 1)
        self._move(len(quote))
        if len(quote) > 1:
            while self._text.startswith(quote[0], self._at):  # quotes that belong to the text
                self._move(1)

    def _skip(self, blanks: str) -> bool:
        """Pass blanks and, where lines may end, comments; whether something follows."""
        while self._at < len(self._text):
            if self._text[self._at] == "#" and "\n" in blanks:
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif self._text[self._at] in blanks:
                self._move(1)
            else:
                return True
        return False

    def _move(self, count: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + count)
        self._at += count
