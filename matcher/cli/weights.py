"""Weights as a recruiter sets them: `--weight`, the table `[weights]` of `matcher.toml`, and `weights` in a role file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from matcher.errors import InputError
from matcher.records import Role

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Weights:
    """Factors of signals: for every role, and for those of one id (a role profile's, or the main family's of a post)."""

    general: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Iterable[str], taxonomy: Taxonomy) -> Weights:
        """From texts such as "wording=0.5" or "team-leader/level=2"; raises InputError for what is none."""
        general: dict[str, float] = {}
        own: dict[str, dict[str, float]] = {}
        for text in given:
            id, name, factor = _parted(text)
            if id and id not in (ids := _ids(taxonomy)):
                from matcher.taxonomy import nearest

                meant = nearest(id, ids, "give the id of a role or a family of work, as `matcher taxonomy search` shows it")
                raise InputError(f"--weight {text}: {id!r} is no role; {meant}")
            (own.setdefault(id, {}) if id else general)[name] = factor
        return cls(general, own)

    def of(self, role: Role) -> Role:
        """The role with its weights; what is said nearer to it holds: its own file, then its id, its family, and all roles."""
        family = self.own.get(role.families[0], {}) if role.families else {}
        merged = {**self.general, **family, **self.own.get(role.source, {}), **dict(role.weights)}
        return replace(role, weights=tuple(sorted(merged.items()))) if merged else role

    def __str__(self) -> str:
        rows = [("", self.general), *sorted(self.own.items())]
        return "; ".join(
            f"{id}{': ' * bool(id)}{name} x {factor:g}" for id, table in rows for name, factor in sorted(table.items())
        )


def _parted(text: str) -> tuple[str, str, float]:
    from matcher.scoring.model import check_factor

    place, equals, number = text.rpartition("=")
    id, _, name = place.strip().rpartition("/")
    try:
        factor = float(number)
    except ValueError:
        equals = ""
    if not equals:
        raise InputError(f"--weight {text}: give a signal and a factor, as in wording=0.5")
    try:
        check_factor(name.strip(), factor)
    except InputError as error:
        raise InputError(f"--weight {text}: {error}") from error
    return id.strip(), name.strip(), factor


def _ids(taxonomy: Taxonomy) -> list[str]:
    families = taxonomy.rules.get("families", {}).get("family", ())
    return [*sorted(taxonomy.roles), *(str(row["id"]) for row in families)]
