"""What a job post asks for, as a tree: everything in it, with alternatives where the post offers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from matcher.reading.facts.alternatives import Joiner
from matcher.reading.facts.clauses import Clause, clauses, wording
from matcher.records import CLAIMED, AllOf, Fact, Mention, Node, Notice, Requirement, Section, Stance

_ONCE = frozenset({"shift", "site"})
"""Kinds of which only the governing fact becomes a leaf."""
_SINGLE = frozenset({"education", "typing"})
"""Kinds of which the governing fact of each need does."""
_SAID = frozenset({"required", "preferred"})
_LEAST_WORTH = ("requirements", "preferred")
_EXPERIENCE = re.compile(r"[^\n.;•]{0,90}?\bexperience\b", re.IGNORECASE)
_NAMED = frozenset({"certification", "language"})
_SETTING = frozenset({"typing", "shift", "site"})
_TURN = re.compile(r"[.;!\n•]|\bhowever\b|\bbut\b", re.IGNORECASE)
_NO_TYPES: Mapping[str, str] = MappingProxyType({})


def requirement_tree(
    text: str,
    sections: Sequence[Section],
    facts: Sequence[Fact],
    mentions: Sequence[Mention],
    rules: Mapping[str, Any],
    types: Mapping[str, str] = _NO_TYPES,
) -> AllOf:
    """The tree of a post from its facts and mentions; `types` maps concepts to their type, for telling certificates from skills.

    What would be unlawful to ask gives no leaf; neither does what the post waives or says of exceptions only.
    """
    table = rules["posts"]
    barred = [match.span() for _, match in _unlawful_matches(text, table["unlawful"])]
    found = [leaf for leaf in _leaves(text, facts, mentions, table, types) if not _overlaps(leaf, barred)]
    joiner = Joiner(table["alternatives"])
    items: list[Node] = []
    exception = wording(table["experience"]["exceptions"])
    for clause, own in _by_clause(clauses(text, sections), found):
        if clause is None or not exception.search(clause.text):
            items.extend(joiner.join(clause, own))
    return AllOf(tuple(items))


def unlawful(text: str, rules: Mapping[str, Any]) -> tuple[Notice, ...]:
    """One notice for each thing that a post asks for and may not: age, sex, family, looks, religion, origin."""
    table = rules["posts"]["unlawful"]
    first: dict[str, str] = {}
    for about, match in _unlawful_matches(text, table):
        first.setdefault(about, " ".join(match[0].split()))
    return tuple(
        Notice("unlawful-requirement", f'the post asks for {about} ("{phrase}"): not used, and unlawful to ask in many places')
        for about, phrase in first.items()
    )


def experience_conflict(facts: Sequence[Fact]) -> tuple[Notice, ...]:
    """A notice for a post that both sets a floor of experience and waives it; the floor then counts as preferred."""
    stated = [fact for fact in facts if fact.kind == "experience"]
    floor = next((fact for fact in stated if fact.value.get("min_months")), None)
    waiver = next((fact for fact in stated if fact.value["need"] == "waived" and not fact.value.get("min_months")), None)
    if floor is None or waiver is None:
        return ()
    message = f'the post asks for "{floor.text}" and also says "{waiver.text}": the experience counts as preferred, not as a must'
    return (Notice("conflicting-requirements", message),)


# ------------------------------------------------------------------------------------------------------------------ leaves


def _leaves(
    text: str, facts: Sequence[Fact], mentions: Sequence[Mention], table: Mapping[str, Any], types: Mapping[str, str]
) -> list[Requirement]:
    asked = _asked(mentions, frozenset(table["leaves"]["ignored"]))
    stated = [leaf for fact in _governing(facts) if (leaf := _of_fact(text, fact, mentions, types)) is not None]
    taken = {leaf.concept for leaf in stated} | {str(leaf.value).casefold() for leaf in stated if leaf.kind == "language"}
    skills = [_of_mention(m, types.get(m.concept, "")) for m in asked if m.concept not in taken]
    found = [*stated, *skills]
    if any(leaf.kind == "certification" and leaf.concept and leaf.need == "required" for leaf in found):
        # "AAPC certification required (CPC)": the one known by name says all that can be looked for.
        found = [leaf for leaf in found if leaf.kind != "certification" or leaf.concept]
    return sorted(found, key=lambda leaf: (leaf.start, leaf.end))


def _asked(mentions: Sequence[Mention], ignored: frozenset[str]) -> list[Mention]:
    """One mention a concept: of those where requirements are listed, else of the others, the first that requires it."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        if mention.stance in CLAIMED and mention.concept not in ignored:
            other = best.get(mention.concept)
            if other is None or _worth(mention) < _worth(other):
                best[mention.concept] = mention
    return list(best.values())


def _worth(mention: Mention) -> tuple[bool, bool, int]:
    return mention.section not in _LEAST_WORTH, mention.stance is not Stance.REQUIRED, mention.start


def _governing(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts that become leaves: none that is waived or said twice; of some kinds only the first of each need."""
    timed = any(fact.kind == "experience" and fact.value.get("min_months") for fact in facts)
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        bare = fact.kind == "experience" and not fact.value.get("min_months")
        key = _key(fact, bare)
        if fact.kind != "title" and fact.value.get("need", "required") in _SAID and not (bare and timed) and key not in seen:
            seen.add(key)
            yield fact


def _key(fact: Fact, bare: bool) -> tuple[object, ...]:
    """What makes a fact the same demand as another."""
    if fact.kind in _ONCE:
        return (fact.kind,)
    if fact.kind in _SINGLE or bare:
        return (fact.kind, fact.value.get("need"))
    return (fact.kind, *sorted(fact.value.items(), key=str))


def _of_fact(text: str, fact: Fact, mentions: Sequence[Mention], types: Mapping[str, str]) -> Requirement | None:
    value = fact.value
    leaf = Requirement(fact.kind, str(value.get("need", "required")), text=fact.text, start=fact.start, end=fact.end)
    if fact.kind == "experience":
        months, end = value.get("min_months"), _to_experience(text, fact.end)
        return replace(leaf, min_months=int(months) if months else None, text=text[fact.start : end], end=end)
    if fact.kind == "education":
        return replace(leaf, min_level=str(value["level"]))
    if fact.kind in _NAMED:
        over = (m for m in mentions if m.start < fact.end and fact.start < m.end)
        concept = next((m.concept for m in over if _is(m, fact.kind, types)), None)
        level = value.get("level")
        return replace(leaf, concept=concept, value=str(value["name"]), min_level=str(level) if level else None)
    if fact.kind in _SETTING:
        return replace(leaf, value=str(value.get("wpm") or value.get("shift") or value.get("site")))
    return None


def _is(mention: Mention, kind: str, types: Mapping[str, str]) -> bool:
    return types.get(mention.concept, kind) == kind


def _to_experience(text: str, end: int) -> int:
    """Where the phrase ends that begins with a length of time: at the word "experience", if it comes soon on the same line."""
    match = _EXPERIENCE.match(text, end)
    return match.end() if match else end


def _of_mention(mention: Mention, type_: str) -> Requirement:
    kind = type_ if type_ in _NAMED else "skill"
    need = str(mention.stance)
    return Requirement(kind, need, mention.concept, text=mention.text, start=mention.start, end=mention.end)


def _overlaps(leaf: Requirement, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < leaf.end and leaf.start < end for start, end in spans)


def _by_clause(found: Sequence[Clause], leaves: Sequence[Requirement]) -> Iterator[tuple[Clause | None, list[Requirement]]]:
    """The leaves of each clause, in text order; clauses without any are left out."""
    rest = list(leaves)
    for clause in found:
        own = [leaf for leaf in rest if clause.start <= leaf.start < clause.end]
        if own:
            yield clause, own
            rest = [leaf for leaf in rest if leaf not in own]
    if rest:
        yield None, rest


# ---------------------------------------------------------------------------------------------------------------- unlawful


def _unlawful_matches(text: str, table: Mapping[str, Any]) -> Iterator[tuple[str, re.Match[str]]]:
    excuse = wording(table["excused"]["texts"])
    for row in table.values():
        for pattern in row.get("patterns", ()):
            for match in re.finditer(pattern, text, re.IGNORECASE):
                if not excuse.search(_around(text, match)):
                    yield row["about"], match


def _around(text: str, match: re.Match[str]) -> str:
    """The stretch of a sentence in which a match stands: a "however" begins a new one."""
    cuts = [0, *(m.end() for m in _TURN.finditer(text, max(0, match.start() - 400), match.start()))]
    after = _TURN.search(text, match.end(), match.end() + 200)
    return text[cuts[-1] : after.start() if after else match.end() + 200]
