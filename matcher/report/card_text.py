"""A concept or a role as text: what `matcher taxonomy show` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.report.cards import Card, Name
from matcher.report.text import wrap

_WIDE = 14
_TITLES = 12


def card_text(card: Card, width: int) -> str:
    """The card in lines of at most `width` characters."""
    return "\n".join([card.label, *(line for name, text in _rows(card) if text for line in _lines(name, text, width))])


def _lines(name: str, text: str, width: int) -> list[str]:
    return wrap(text, width, f"  {name + ':' if name else '':<{_WIDE - 2}}", " " * _WIDE)


def _rows(card: Card) -> Iterator[tuple[str, str]]:
    yield "id", f"role:{card.id}" if card.type == "role" else card.id
    yield "type", card.type
    if card.deprecated:
        yield "out of use", f"use {_named([card.replaced_by])} instead" if card.replaced_by else "without a replacement"
    yield from (("path" if not number else "", _path(path)) for number, path in enumerate(card.paths))
    yield "definition", card.definition
    yield "written as", "; ".join(alias.text for alias in card.aliases if not alias.settled)
    guarded = [f"{alias.text}: {settled}" for alias in card.aliases for settled in alias.settled]
    yield from (("in context" if not number else "", text) for number, text in enumerate(guarded))
    yield "misspelt", "; ".join(card.hidden)
    yield "broader", _named(card.broader)
    yield "narrower", _named(card.narrower)
    yield "related", _named(card.related)
    yield "separates", card.separates
    yield "titles", _titles(card)
    yield "asks for", _asked(card.asks)
    yield "prefers", _asked(card.likes)
    yield "next roles", "; ".join(f"{name.label} (role:{name.id})" for name in card.next_roles)
    yield from (("mappings" if not number else "", text) for number, text in enumerate(_mappings(card)))


def _titles(card: Card) -> str:
    if card.titles_of:
        return f"those of {card.titles_of}"
    return "; ".join(card.titles[:_TITLES]) + ("; …" if len(card.titles) > _TITLES else "")


def _mappings(card: Card) -> Iterator[str]:
    for target in card.targets:
        label = f" “{target.label}”" if target.label else ""
        yield f"{target.scheme} {target.relation}{label} {target.id} (confidence {target.confidence:.2f})"
    yield from (f"{scheme}: looked for, nothing like it there" for scheme in card.nothing)


def _asked(wanted: Iterable[Iterable[Name]]) -> str:
    return "; ".join(" or ".join(name.label for name in names) for names in wanted)


def _path(path: Iterable[Name]) -> str:
    return " > ".join(name.label for name in path)


def _named(names: Iterable[Name]) -> str:
    return "; ".join(f"{name.label} ({name.id})" for name in names)
