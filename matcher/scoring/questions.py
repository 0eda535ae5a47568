"""What to ask a person: what is not known, and what is shown only weakly; neutral, about the job, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from matcher.records import Contribution, Kpi, Lack, Must, MustState, Need, Partly, Profile, Role
from matcher.scoring.shortfall import WRITTEN
from matcher.taxonomy import Taxonomy

_FREE = 3
"""The cap that allows any band."""
_TOLD = 3
"""Alternatives that a question names one by one."""
_LISTED = frozenset({"list", "summary", "bare"})
"""The keys of skills that stand outside the jobs."""


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
        "conditions": list(_conditions([must for must in waiting if must.cap >= _FREE], table["together"])),
        "skills": list(_skills(found, taxonomy)),
        "results": list(_results(found.profile.facts.kpis, found.role, table["result"])),
    }
    first = [told for kind, all_ in kinds.items() for told in islice(all_, table["order"][kind])]
    rest = [told for kind, all_ in kinds.items() for told in islice(all_, table["order"][kind], None)]
    return tuple(dict.fromkeys([*capping, *first, *rest]))


# -------------------------------------------------------------------------------------------------------------- conditions


def _conditions(musts: Sequence[Must], together: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The questions of conditions; those of one kind that can be asked together are one, where the first of them stood."""
    done: set[str] = set()
    for must in musts:
        kind = must.label.partition(": ")[0]
        words = together.get(kind, {})
        alike = [words[one] for one in (other.label.removeprefix(f"{kind}: ") for other in musts) if one in words]
        if kind not in together or len(alike) < 2 or must.label.removeprefix(f"{kind}: ") not in words:
            yield must.question
        elif kind not in done:
            done.add(kind)
            yield words["question"].format(names=listed(list(dict.fromkeys(alike))))


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


# ------------------------------------------------------------------------------------------------------------------ skills


@dataclass(frozen=True, slots=True)
class _Weak:
    """A skill to ask about: the key of its wording, what it is called, and what the resume shows."""

    key: str
    name: str
    by: str


def _skills(found: Findings, taxonomy: Taxonomy) -> Iterator[str]:
    """Skills that are shown weakly or not at all, the dearest first, those of one kind in one question."""
    table: Mapping[str, Any] = taxonomy.rules["questions"]["skill"]
    groups: dict[str, list[_Weak]] = {}
    for weak in _weak(found, taxonomy):
        group = groups.setdefault(weak.key, [])
        if len(group) < table["most"] and weak.name not in [other.name for other in group]:
            group.append(weak)
    for key, group in groups.items():
        wording = table["joined"] if len(group) > 1 else table
        shown = list(dict.fromkeys(weak.by for weak in group))
        names = [weak.name if len(group) == 1 else _first(weak.name, table["several"]) for weak in group]
        yield wording[key].format(name=listed(names), by=listed(shown))


def _first(name: str, several: str) -> str:
    """Of alternatives the first: among other names a row of them cannot be told apart."""
    first, others, _ = name.partition(" or ")
    return several.format(names=first) if others else first


def _weak(found: Findings, taxonomy: Taxonomy) -> Iterator[_Weak]:
    """Required skills to ask about, the dearest first; what a must already asks for, or a sheet answers, is left out."""
    answered = {answer.value.casefold() for answer in found.profile.answers}
    asked = " ".join(must.label for must in found.musts if must.question).casefold()
    near, worth = _near(found, taxonomy), Counter[str]()
    told: dict[str, _Weak | None] = {}
    for lack in found.lacks:
        worth[lack.label] += round(lack.points * 10_000)
        if lack.need is Need.REQUIRED and lack.part in near:
            told[lack.label] = _named("missing", lack, lack.label, taxonomy)
    for part in found.partly:
        worth[part.label] += round(part.short * 10_000)
        key = _weakness(part)
        if key and (part.need is Need.REQUIRED or key == WRITTEN):
            told[part.label] = _named(key, part, part.by, taxonomy)
    for label in sorted(told, key=lambda label: (-worth[label], label)):
        weak = told[label]
        if weak and label.casefold() not in asked and label.casefold() not in answered:
            yield weak


def _near(found: Findings, taxonomy: Taxonomy) -> set[str]:
    """The parts of which a resume shows so much that what is missing is worth a question each."""
    least = float(taxonomy.rules["questions"]["order"]["share"])
    return {part.name for part in found.contributions if part.most and part.points >= least * part.most}


def _named(key: str, item: Lack | Partly, by: str, taxonomy: Taxonomy) -> _Weak | None:
    """How to ask for a skill by its type; None for what anyone can claim."""
    table: Mapping[str, Any] = taxonomy.rules["questions"]["skill"]
    known = [taxonomy.concepts[concept] for concept in item.concepts if concept in taxonomy.concepts]
    if known and all(concept.separates == "low" for concept in known):
        return None
    types = {str(concept.type) for concept in known}
    kind = types.pop() if len(types) == 1 else ""
    own = (f"{key}_{kind}", f"list_{kind}") if key in _LISTED else (f"{key}_{kind}",)
    name = item.label
    if len(known) > _TOLD:
        name = table["several"].format(names=", ".join(concept.label for concept in known[:_TOLD]))
    shown = key in _LISTED or key in {"learning", WRITTEN}
    return _Weak(next((one for one in own if one in table), key), by if shown else name, by)


def _weakness(part: Partly) -> str:
    """What makes a shown skill weak, as `taxonomy/questions.toml` names it; "" where there is nothing to ask."""
    if part.hop:
        return "neighbour"
    known = {"dump": "list", "list": "list", "summary": "summary", "bare": "bare", "learning": "learning", WRITTEN: WRITTEN}
    return known.get(part.proof, "")


# ----------------------------------------------------------------------------------------------------------------- results


def _results(kpis: Iterable[Kpi], role: Role, table: Mapping[str, Any]) -> Iterator[str]:
    """Figures without what makes them comparable, those that the role names first; a metric that nobody knows is left alone."""
    named = {claim.concept for claim in role.claims}
    groups: dict[str, list[str]] = {}
    for kpi in sorted(kpis, key=lambda kpi: (kpi.concept not in named, kpi.concept not in table["scales"])):
        if key := _open(kpi, table):
            groups.setdefault(key, []).append(f"“{' '.join(kpi.quote.split())}”")
    for key, quotes in groups.items():
        yield table[key].format(quote=listed(list(dict.fromkeys(quotes))[:_TOLD]))


def _open(kpi: Kpi, table: Mapping[str, Any]) -> str:
    """What is not known of a figure, as `taxonomy/questions.toml` names it; "" where it can be compared."""
    if kpi.doubtful:
        return "doubtful"
    if not kpi.concept or kpi.period is not None or kpi.unit in table["rates"]:
        return ""
    return "scale" if kpi.concept in table["scales"] and "/" not in kpi.value else "period"
