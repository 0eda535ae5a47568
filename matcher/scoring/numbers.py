"""The numbers of the trade that the signals and the musts are counted with: `[signals]` of `taxonomy/credit.toml`, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from matcher.errors import TaxonomyError

_LISTS = frozenset({"unnamed_families", "steps"})
_NOT_ZERO = frozenset(
    {"months", "full_duties", "unnamed_duties", "whole_months", "results", "likeness", "main_families", "wishes"}
)
"""What something is divided by or counted to."""
_COUNTS = frozenset({"months", "whole_months", "results", "main_families", "wishes"})
"""Those that may be above 1."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Shares from 0 to 1, and counts; `taxonomy/credit.toml` says what each is."""

    months: float
    kindred: float
    title_alone: float
    full_duties: float
    unnamed_families: tuple[str, ...]
    unnamed: float
    unnamed_duties: float
    preferred_field: float
    named_family: float
    named_sector: float
    main_families: int
    wishes: int
    any_month: float
    whole_months: float
    steps: tuple[float, ...]
    results: int
    likeness: float
    nearly: float

    @classmethod
    def read(cls, rules: Mapping[str, Any]) -> Numbers:
        """Those of the rules; raises TaxonomyError for one that is missing, unknown or out of its range."""
        table: Mapping[str, Any] = rules["credit"]["signals"]
        names = {one.name for one in fields(cls)}
        for name in sorted(names.symmetric_difference(table)):
            raise TaxonomyError(f"credit.toml: signals: {name} is {'missing' if name in names else 'not known'}")
        for name, value in table.items():
            if isinstance(value, list | tuple) is not (name in _LISTS):
                raise TaxonomyError(
                    f"credit.toml: signals: {name} must be {'a list' if name in _LISTS else 'a number'}: {value!r}"
                )
            if name != "unnamed_families" and not all(_allowed(name, one) for one in (value if name in _LISTS else [value])):
                raise TaxonomyError(f"credit.toml: signals: {name} cannot be {value!r}")
        found: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in table.items()}
        return cls(**found)


def _allowed(name: str, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    number = number and (name != "main_families" or isinstance(value, int))
    return number and (value > 0 if name in _NOT_ZERO else value >= 0) and (name in _COUNTS or value <= 1)
