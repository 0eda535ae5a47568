"""What to ask a person: what is not known, and what is shown only weakly; neutral, about the job, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from matcher.records import Contribution, Kpi, Lack, Must, MustState, Need, Partly, Profile, Role
from matcher.taxonomy import Taxonomy

_FREE = 3
"""The cap that allows any band."""
_TOLD = 3
"""Alternatives that a question names one by one."""
_LISTED = frozenset({"list", "summary", "dump", "bare"})


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a pair when questions are made."""

    profile: Profile
    role: Role
    contributions: tuple[Contribution, ...]
    musts: tuple[Must, ...]
    lacks: tuple[Lack, ...]
    partly: tuple[Partly, ...]


def questions(found: Findings, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Every question of a pair, worded by `taxonomy/questions.toml`.

    First the musts that cap the fit, the lowest cap first; then in turn some conditions that resumes do not print, some of the
    required skills by the points that they would bring, and a result; then the rest of these.
    """
    table: Mapping[str, Any] = taxonomy.rules["questions"]
    waiting = [must for must in found.musts if must.question and must.state is not MustState.MET]
    capping = [must.question for must in sorted(waiting, key=lambda must: must.cap) if must.cap < _FREE]
    kinds = {
        "conditions": [must.question for must in waiting if must.cap >= _FREE],
        "skills": list(_skills(found, taxonomy)),
        "results": list(_results(found.profile.facts.kpis, found.role, table["result"])),
    }
    first = [told for kind, all_ in kinds.items() for told in islice(all_, table["order"][kind])]
    rest = [told for kind, all_ in kinds.items() for told in islice(all_, table["order"][kind], None)]
    return tuple(dict.fromkeys([*capping, *first, *rest]))


# ------------------------------------------------------------------------------------------------------------------ skills


def _skills(found: Findings, taxonomy: Taxonomy) -> Iterator[str]:
    """Required skills that are shown weakly or not at all, the dearest first; what a must already asks for is left out."""
    table: Mapping[str, str] = taxonomy.rules["questions"]["skill"]
    asked = " ".join(must.label for must in found.musts if must.question).casefold()
    worth: Counter[str] = Counter()
    told: dict[str, str] = {}
    for lack in found.lacks:
        worth[lack.label] += round(lack.points * 10_000)
        if lack.need is Need.REQUIRED and _near(found, lack.part, taxonomy):
            told[lack.label] = _worded(table, "missing", lack, lack.label, taxonomy)
    for part in found.partly:
        worth[part.label] += round(part.short * 10_000)
        key = _weakness(part)
        if part.need is Need.REQUIRED and key:
            told[part.label] = _worded(table, key, part, part.by, taxonomy)
    for label in sorted(told, key=lambda label: (-worth[label], label)):
        if told[label] and label.casefold() not in asked:
            yield told[label]


def _near(found: Findings, name: str, taxonomy: Taxonomy) -> bool:
    """Whether a resume shows so much of a part that what is missing is worth a question each."""
    least = float(taxonomy.rules["questions"]["order"]["share"])
    return any(part.name == name and part.most and part.points >= least * part.most for part in found.contributions)


def _worded(table: Mapping[str, str], key: str, item: Lack | Partly, by: str, taxonomy: Taxonomy) -> str:
    """The question on a skill by its type; "" for what anyone can claim."""
    known = [taxonomy.concepts[concept] for concept in item.concepts if concept in taxonomy.concepts]
    if known and all(concept.separates == "low" for concept in known):
        return ""
    types = {str(concept.type) for concept in known}
    wording = table.get(f"{key}_{types.pop()}", table[key]) if len(types) == 1 else table[key]
    name = item.label
    if len(known) > _TOLD:
        name = table["several"].format(names=", ".join(concept.label for concept in known[:_TOLD]))
    return wording.format(name=name, by=by)


def _weakness(part: Partly) -> str:
    """What makes a shown skill weak, as `taxonomy/questions.toml` names it; "" where there is nothing to ask."""
    if part.hop:
        return "neighbour"
    return "learning" if part.proof == "learning" else "list" if part.proof in _LISTED else ""


# ----------------------------------------------------------------------------------------------------------------- results


def _results(kpis: Iterable[Kpi], role: Role, table: Mapping[str, Any]) -> Iterator[str]:
    """Figures without what makes them comparable, those that the role names first; a metric that nobody knows is left alone."""
    named = {claim.concept for claim in role.claims}
    for kpi in sorted(kpis, key=lambda kpi: (kpi.concept not in named, kpi.concept not in table["scales"])):
        quote = " ".join(kpi.quote.split())
        if kpi.doubtful:
            yield table["doubtful"].format(quote=quote)
        elif kpi.concept and kpi.period is None and kpi.unit not in table["rates"]:
            key = "scale" if kpi.concept in table["scales"] and "/" not in kpi.value else "period"
            yield table[key].format(quote=quote)
