"""What to ask a person: what is not known, and what is shown only weakly; neutral, about the job, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from matcher.records import Kpi, Lack, Must, MustState, Need, Partly, Profile, Role

_FREE = 3
"""The cap that allows any band."""
_LISTED = frozenset({"list", "summary", "dump"})


def questions(
    profile: Profile,
    role: Role,
    musts: Sequence[Must],
    lacks: Sequence[Lack],
    partly: Sequence[Partly],
    rules: Mapping[str, Any],
) -> tuple[str, ...]:
    """Every question of a pair, worded by `taxonomy/questions.toml` (`rules` are all rules of the taxonomy).

    First the musts that cap the fit, the lowest cap first; then in turn some conditions that resumes do not print, some of the
    required skills by the points that they would bring, and a result; then the rest of these.
    """
    table = rules["questions"]
    open_ = [must for must in musts if must.question and must.state is not MustState.MET]
    capping = [must.question for must in sorted(open_, key=lambda must: must.cap) if must.cap < _FREE]
    kinds = {
        "conditions": [must.question for must in open_ if must.cap >= _FREE],
        "skills": list(_skills(musts, lacks, partly, table["skill"])),
        "results": list(_results(profile.facts.kpis, role, table["result"])),
    }
    first = [told for kind, found in kinds.items() for told in islice(found, table["order"][kind])]
    rest = [told for kind, found in kinds.items() for told in islice(found, table["order"][kind], None)]
    return tuple(dict.fromkeys([*capping, *first, *rest]))


def _skills(musts: Sequence[Must], lacks: Sequence[Lack], partly: Sequence[Partly], table: Mapping[str, str]) -> Iterator[str]:
    """Required skills that are missing or shown weakly, the dearest first; what a must already asks for is left out."""
    asked = " ".join(must.label for must in musts if must.question).casefold()
    told: list[tuple[float, str]] = []
    for lack in lacks:
        if lack.need is Need.REQUIRED and lack.label.casefold() not in asked:
            told.append((lack.points, table["missing"].format(name=lack.label)))
    for part in partly:
        key = _weakness(part)
        if part.need is Need.REQUIRED and key and part.label.casefold() not in asked:
            told.append((part.short, table[key].format(name=part.label, by=part.by)))
    return (question for _, question in sorted(told, key=lambda row: -row[0]))


def _weakness(part: Partly) -> str:
    """What makes a shown skill weak, as `taxonomy/questions.toml` names it; "" where there is nothing to ask."""
    if part.hop:
        return "neighbour"
    return "learning" if part.proof == "learning" else "list" if part.proof in _LISTED else ""


def _results(kpis: Sequence[Kpi], role: Role, table: Mapping[str, Any]) -> Iterator[str]:
    """Figures without what makes them comparable, those that the role names first; a metric that nobody knows is left alone."""
    named = {claim.concept for claim in role.claims}
    for kpi in sorted(kpis, key=lambda kpi: kpi.concept not in named):
        quote = " ".join(kpi.quote.split())
        if kpi.doubtful:
            yield table["doubtful"].format(quote=quote)
        elif kpi.concept and kpi.period is None and kpi.unit not in table["rates"]:
            key = "scale" if kpi.concept in table["scales"] and "/" not in kpi.value else "period"
            yield table[key].format(quote=quote)
