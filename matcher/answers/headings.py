"""Headings of forms: the question around what a column is about is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.answers.cells import plain


class Headings:
    """Built from `[headings]` of `taxonomy/answers.toml`."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self._same = {f" {plain(form)} ": f" {plain(word)} " for word, forms in own["same"].items() for form in forms}
        self._asking, self._open, self._after = (_longest_first(own[name]) for name in ("asking", "open", "after"))

    def key(self, text: str) -> str:
        """A heading as it is looked up: plain, with one spelling of what has several."""
        found = f" {plain(text)} "
        for form, word in self._same.items():
            found = found.replace(form, word)
        return found.strip()

    def forms(self, title: str) -> Iterator[tuple[str, bool]]:
        """A heading as it stands, then without more and more of the question, and whether that one asks for yes or no."""
        key, closed = self.key(title), False
        yield key, closed
        while key:
            if end := next((end for end in self._after if key.endswith(f" {end}")), ""):
                key = key.removesuffix(f" {end}")
            elif begun := next((one for one in (*self._asking, *self._open) if key.startswith(f"{one} ")), ""):
                key, closed = key.removeprefix(f"{begun} "), closed or begun in self._asking
            else:
                return
            yield key, closed


def _longest_first(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(plain, phrases), key=len, reverse=True))
