"""What work a dated job was: the channels and lines of business that its title and its text show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matcher.reading.titles import TitleSense
from matcher.records import Mention
from matcher.taxonomy import Taxonomy

_TABLES = ("channels", "lines_of_business")


class WorkReader:
    """Built from `taxonomy/channels.toml`: which concepts show what, and how much of that a job of which family needs."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        own: Mapping[str, Any] = taxonomy.rules["channels"]
        signs: Mapping[str, Any] = own.get("signs", {})
        needed: Mapping[str, float] = signs.get("needed", {})
        self._groups: Mapping[str, Mapping[str, frozenset[str]]] = {
            table: {name: frozenset(ids) for name, ids in own.get(table, {}).items()} for table in _TABLES
        }
        self._anywhere = frozenset(own.get("anywhere", {}).get("concepts", ()))
        self._weak = float(signs.get("anywhere", 1.0))
        self._home, self._client, self._other = (float(needed.get(key, 1.0)) for key in ("home", "client", "other"))
        self._homes: Mapping[str, Sequence[str]] = own.get("homes", {})
        self._clients = {table: frozenset(own.get("client_families", {}).get(table, ())) for table in _TABLES}

    def channels(self, sense: TitleSense, inside: Sequence[Mention]) -> tuple[str, ...]:
        """The channels of a job, those that its title names first; `inside`: what its text says is held."""
        return self._told("channels", sense.channels, sense.family, inside)

    def lines(self, sense: TitleSense, inside: Sequence[Mention]) -> tuple[str, ...]:
        """The lines of business of a job, those that its title names first; `inside`: what its text says is held."""
        return self._told("lines_of_business", sense.lines_of_business, sense.family, inside)

    def _told(self, table: str, titled: Iterable[str], family: str | None, inside: Sequence[Mention]) -> tuple[str, ...]:
        usual = self._client if family in self._clients[table] else self._other
        shown = (
            name
            for name, ids in self._groups[table].items()
            if self._weight(ids, inside) >= (self._home if family in self._homes.get(name, ()) else usual)
        )
        return tuple(dict.fromkeys((*titled, *shown)))

    def _weight(self, ids: frozenset[str], inside: Sequence[Mention]) -> float:
        """How much of one line of work is shown: every concept once, and no stretch of text for two of them."""
        kept: dict[str, Mention] = {}
        own = [mention for mention in inside if mention.concept in ids]
        for mention in sorted(own, key=lambda m: (m.concept in self._anywhere, m.start - m.end, m.start)):
            apart = all(mention.end <= other.start or other.end <= mention.start for other in kept.values())
            if mention.concept not in kept and apart:
                kept[mention.concept] = mention
        return sum(self._weak if concept in self._anywhere else 1.0 for concept in kept)
