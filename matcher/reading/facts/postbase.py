"""A job post as its fact readers walk it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.clauses import Clause
from matcher.reading.facts.needs import NeedReader
from matcher.records import Fact

SILENT = frozenset({"about", "benefits", "legal", "apply"})
"""Sections of a post that ask nothing of a candidate's past."""
ASKING = frozenset({"requirements", "preferred"})
NEED_ORDER = ("required", "preferred", "waived", "none")

Value = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Post:
    """The text, its clauses, the rules of `taxonomy/posts.toml` and the reader of need that goes with them."""

    text: str
    clauses: tuple[Clause, ...]
    rules: Mapping[str, Any]
    need: NeedReader

    def asking(self, *, demands: bool = True) -> tuple[Clause, ...]:
        """The clauses of the sections that ask; with `demands` also those elsewhere that say outright that they ask."""
        return tuple(
            clause
            for clause in self.clauses
            if clause.section in ASKING or (demands and clause.section not in SILENT and self.need.is_demand(clause.text))
        )

    def fact(self, kind: str, clause: Clause, start: int, end: int, value: Value) -> Fact:
        """A fact from offsets within a clause."""
        start, end = clause.start + start, clause.start + end
        return Fact(kind, self.text[start:end], start, end, value)


def need_rank(fact: Fact) -> int:
    """0 for what is required, more for less."""
    return NEED_ORDER.index(str(fact.value["need"]))
