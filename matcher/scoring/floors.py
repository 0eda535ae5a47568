"""Floors of experience held against dated jobs: months in the field that a post names, and in others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.records import Requirement
from matcher.scoring.columns import Flags, Ints
from matcher.scoring.credit import CreditRules
from matcher.scoring.table import ProfileTable
from matcher.scoring.views import RoleView


@dataclass(frozen=True, slots=True)
class Shown:
    """Months of dated jobs, each month once: all that count, those that may be in the field asked for, those that surely are.

    `unsaid`: those that may be in it but for the work that the floor names, of which their text says nothing. `unsure`: a job
    that counts is undated, or ran on when the resume was written. One value for each profile.
    """

    total: Ints
    possible: Ints
    sure: Ints
    perhaps: Ints
    unsaid: Ints
    unsure: Flags


def shown(leaf: Requirement, table: ProfileTable, role: RoleView, rules: CreditRules) -> Shown:
    """The months that resumes show for a floor of experience."""
    jobs, counts, shows = table.jobs, jobs_that_count(leaf, table, role, rules), works(leaf.concepts, table)
    known = rules.taxonomy.rules
    no, yes = _all(table, False), _all(table, True)
    for refused, sure in (
        _line(leaf, table, known["posts"]["fields"]),
        _channel(leaf, table, known["credit"]["channels"]),
        _market(leaf, table),
        _family(leaf, table, role, shows),
    ):
        no, yes = no | refused, yes & sure
    silent = ~shows & ~_usual(leaf, table, known) if leaf.concepts else _all(table, False)
    # A title that tells no family says nothing against the field, where the job was in a channel of the role.
    perhaps = counts | ((jobs.family < 0) & ((jobs.channels & table.channels.known(role.role.channels)) != 0))
    sure = counts & yes & (shows if leaf.concepts else True)
    total, possible, surely, lasting, unsaid = (
        np.rint(table.worked(kept.astype(float))).astype(int)
        for kept in (counts, counts & ~no & ~silent, sure, perhaps, counts & ~no)
    )
    return Shown(total, possible, surely, lasting, unsaid, jobs.best((perhaps & jobs.unsure).astype(float)) > 0)


def field_months(table: ProfileTable, role: RoleView, rules: CreditRules) -> Ints:
    """Months of dated jobs in the role's field, each month once."""
    counts = jobs_that_count(Requirement("experience", "required"), table, role, rules)
    return np.rint(table.worked(counts.astype(float))).astype(int)


def jobs_that_count(leaf: Requirement, table: ProfileTable, role: RoleView, rules: CreditRules) -> Flags:
    """The jobs in the role's field, and those in the families or the sector or with the work that the floor itself names."""
    named = table.family_credits(dict.fromkeys(leaf.families, 1.0)) > 0
    counts = (table.family_credits(role.families) >= rules.signals.kindred) | named | works(leaf.concepts, table)
    return counts | table.jobs.contact if leaf.sectors else counts


def _all(table: ProfileTable, value: bool) -> Flags:
    return np.full(len(table.jobs.owner), value)


def works(concepts: Iterable[str], table: ProfileTable) -> Flags:
    """The jobs whose own text shows one of the concepts that a floor names, or something narrower."""
    found = _all(table, False)
    for concept in concepts:
        found[table.duties[concept].rows] = True
    return found


def _usual(leaf: Requirement, table: ProfileTable, rules: Mapping[str, Any]) -> Flags:
    """The jobs of families in which nearly everybody does what a floor names, said or not."""
    rows = rules["families"]["family"]
    return table.family_credits({row["id"]: 1.0 for row in rows if set(leaf.concepts) & set(row.get("core", ()))}) > 0


def _line(leaf: Requirement, table: ProfileTable, fields: Mapping[str, Any]) -> tuple[Flags, Flags]:
    """Of each job whether it surely is not, and surely is, of the line of business; as the next ones do."""
    if not leaf.lines_of_business:
        return _all(table, False), _all(table, True)
    common = (table.jobs.lines & table.lines.known(leaf.lines_of_business)) != 0
    others = (table.jobs.lines & ~table.lines.known(fields["lines_of_any_client"])) != 0
    return ~common & others, common


def _channel(leaf: Requirement, table: ProfileTable, rules: Mapping[str, Any]) -> tuple[Flags, Flags]:
    if not leaf.channels:
        return _all(table, False), _all(table, True)
    worked, codes = table.jobs.channels, table.channels
    kin = [other for channel in leaf.channels for other in rules["shown_by"].get(channel, ())]
    fits = (worked & codes.known((*leaf.channels, *rules["every"], *kin))) != 0
    silent = (worked == 0) | (table.jobs.contact & (worked == codes.known(rules["quiet"])))
    return ~fits & ~silent, fits


def _market(leaf: Requirement, table: ProfileTable) -> tuple[Flags, Flags]:
    if not leaf.market:
        return _all(table, False), _all(table, True)
    fits = (table.jobs.markets & table.markets.known((leaf.market,))) != 0
    return ~fits & (table.jobs.markets != 0), fits


def _family(leaf: Requirement, table: ProfileTable, role: RoleView, shows: Flags) -> tuple[Flags, Flags]:
    """A floor in another family than the role's wants that family, or the very work that it names."""
    if not leaf.families or set(leaf.families) & set(role.role.families):
        return _all(table, False), _all(table, True)
    fits = (table.family_credits(dict.fromkeys(leaf.families, 1.0)) > 0) | shows
    return ~fits, fits
