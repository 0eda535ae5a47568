"""What a job post asks for, as a tree: everything in it, with alternatives where the post offers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from matcher.reading.facts.alternatives import Joiner
from matcher.reading.facts.clauses import Clause, clauses, wording
from matcher.reading.facts.fields import FieldReader, Named, in_any_field, in_field
from matcher.reading.facts.ways import WayReader
from matcher.reading.titles import TitleReader
from matcher.records import CLAIMED, CONDITIONS, AllOf, AnyOf, Fact, Mention, Node, Notice, Requirement, Section, Stance, leaves

_ONCE = frozenset({"shift", "site"})
"""Kinds of which only the governing fact becomes a leaf."""
_SINGLE = frozenset({"education", "typing"})
"""Kinds of which the governing fact of each need does."""
_SAID = frozenset({"required", "preferred"})
_LEAST_WORTH = ("requirements", "preferred")
_EXPERIENCE = re.compile(r"[^\n.;•]{0,90}?\bexperience\b", re.IGNORECASE)
_NAMED = frozenset({"certification", "language"})
_PAST = frozenset({"experience", "education"})
_SETTING = frozenset({"typing", "shift", "site"})
_WORK = frozenset({"skill", "knowledge", "tool"})
"""Types of concepts that experience can be in."""
_TURN = re.compile(r"[.;!\n•]|\bhowever\b|\bbut\b", re.IGNORECASE)
_LIST = 400
_LIST_ENDS = re.compile(r"\n(?!\s*[•·●✔▪])")
"""Where a list of bullets ends: at a line without one."""
_NO_TYPES: Mapping[str, str] = MappingProxyType({})


def requirement_tree(
    text: str,
    sections: Sequence[Section],
    facts: Sequence[Fact],
    mentions: Sequence[Mention],
    rules: Mapping[str, Any],
    types: Mapping[str, str] = _NO_TYPES,
    titles: TitleReader | None = None,
    common: frozenset[str] = frozenset(),
) -> AllOf:
    """The tree of a post from its facts and mentions; `types` maps concepts to their type, for telling certificates from skills.

    Concepts that are `common` to all work tell nothing of what experience is in.

    What would be unlawful to ask gives no leaf; neither does what the post waives or says of exceptions only.
    """
    table = rules["posts"]
    found = _Leaves(text, facts, mentions, table, types, common)
    ways = WayReader(table, rules["education"]["order"])
    fields = FieldReader(table["fields"], titles or TitleReader(rules))
    silent = wording(table["experience"]["exceptions"])
    stretches = [clause for clause in ways.stretches(text, clauses(text, sections)) if not silent.search(clause.text)]
    nested, used = _nested(stretches, found.all(), ways)
    joiner = Joiner(table)
    items: list[Node] = []
    rest = [leaf for leaf in found.governing(used) if leaf not in used]
    for clause in stretches:
        own = [leaf for leaf in rest if clause.start <= leaf.start < clause.end]
        nodes = [*nested.get(clause, ()), *joiner.join(clause, own)]
        named = [(m.start - clause.start, m.end - clause.start, m.concept) for m in found.work(clause)]
        nodes = [node for node in nodes if node not in found.later]
        barred = [leaf.start - clause.start for node in nodes for leaf in leaves(node) if leaf.kind in _PAST]
        nodes = [_placed(node, clause, fields, named, barred) for node in nodes]
        nodes = [node for node in nodes if not _says_less(node, own)]
        items.extend(sorted(nodes, key=lambda node: next(leaves(node)).start))
    return AllOf(tuple(items))


def _nested(
    stretches: Sequence[Clause], found: Sequence[Requirement], ways: WayReader
) -> tuple[dict[Clause, list[Node]], frozenset[Requirement]]:
    """The ways in of each clause that offers some, and the leaves that they stand for."""
    nested: dict[Clause, list[Node]] = {}
    used: set[Requirement] = set()
    for clause in stretches:
        made = ways.node(clause, [leaf for leaf in found if clause.start <= leaf.start < clause.end])
        if made:
            nested[clause] = [made[0]]
            used.update(made[1])
    return nested, frozenset(used)


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


def unlawful_spans(text: str, rules: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """Where a post asks for what it may not, as offsets."""
    return tuple(match.span() for _, match in _unlawful_matches(text, rules["posts"]["unlawful"]))


def experience_conflict(facts: Sequence[Fact]) -> tuple[Notice, ...]:
    """A notice for a post that both sets a floor of experience and waives it: the floor comes first then, and as preferred."""
    stated = [fact for fact in facts if fact.kind == "experience"]
    floor = next((fact for fact in stated[:1] if fact.value.get("min_months")), None)
    waivers = (fact for fact in stated if fact.value["need"] == "waived" and not fact.value.get("min_months"))
    waiver = next((fact for fact in waivers if not fact.value.get("instead")), None)
    if floor is None or waiver is None:
        return ()
    message = f'the post asks for "{floor.text}" and also says "{waiver.text}": the experience counts as preferred, not as a must'
    return (Notice("conflicting-requirements", message),)


def _placed(node: Node, clause: Clause, fields: FieldReader, named: Sequence[Named], barred: Sequence[int]) -> Node:
    """A node whose leaves of experience say in what; one in either of two fields becomes two alternatives."""
    if isinstance(node, AnyOf):
        named = [one for one in named if not any(_stands_at(item, clause, one) for item in node.items)]
    if isinstance(node, Requirement):
        options = _in_fields(node, clause, fields, named, barred)
        return options[0] if len(options) == 1 else AnyOf(options)
    items = tuple(_placed(item, clause, fields, named, barred) for item in node.items)
    if isinstance(node, AllOf):
        return AllOf(items)
    return AnyOf(tuple(one for item in items for one in (item.items if isinstance(item, AnyOf) else (item,))))


def _stands_at(node: Node, clause: Clause, named: Named) -> bool:
    """Whether a concept is an alternative to experience and not what it is in: "1 year of reservations or Sabre knowledge"."""
    start, end = named[0] + clause.start, named[1] + clause.start
    return isinstance(node, Requirement) and node.kind not in _PAST and node.start < end and start < node.end


def _says_less(node: Node, own: Sequence[Requirement]) -> bool:
    """Whether experience of no length and in no field stands beside the skill that it is in: "experience in using Avaya"."""
    if not isinstance(node, Requirement) or node.kind != "experience" or node.min_months or node.value or in_any_field(node):
        return False
    return any(leaf.kind == "skill" and leaf.start >= node.start for leaf in own)


def _in_fields(
    leaf: Requirement, clause: Clause, fields: FieldReader, named: Sequence[Named], barred: Sequence[int]
) -> tuple[Requirement, ...]:
    if leaf.kind != "experience" or leaf.value:
        return (leaf,)
    start, end = leaf.start - clause.start, leaf.end - clause.start
    others = [offset for offset in barred if offset != start]
    found = fields.around(clause.text, start, end, others, named if leaf.min_months else (), bare=not leaf.min_months)
    return tuple(replace(leaf, **in_field(leaf, field)) for field in found) or (leaf,)


# ------------------------------------------------------------------------------------------------------------------ leaves


class _Leaves:
    """The leaves of a post, before alternatives are joined."""

    def __init__(
        self,
        text: str,
        facts: Sequence[Fact],
        mentions: Sequence[Mention],
        table: Mapping[str, Any],
        types: Mapping[str, str],
        common: frozenset[str],
    ) -> None:
        barred = [match.span() for _, match in _unlawful_matches(text, table["unlawful"])]
        made = ((fact, _of_fact(text, fact, mentions, types)) for fact in facts if _said(fact))
        self._stated = [(fact, leaf) for fact, leaf in made if leaf is not None and not _overlaps(leaf, barred)]
        ignored = frozenset(table["leaves"]["ignored"])
        later = [re.compile(pattern, re.IGNORECASE) for pattern in table["certification"]["later_patterns"]]
        asked = [_of_mention(m, types.get(m.concept, "")) for m in _asked(mentions, ignored)]
        glued = re.compile(table["leaves"]["glued_preferred"])
        soft = (_got_later(text, leaf, later) or _below_glued(text, leaf, glued) for leaf in asked)
        asked = [replace(leaf, need="preferred") if less else leaf for leaf, less in zip(asked, soft, strict=True)]
        learnt = list(_learnt(text, table["leaves"]["learnt_patterns"]))
        said = [(fact.start, fact.end) for fact in facts if fact.kind in CONDITIONS]
        tested = " ".join(leaf.min_level or "" for fact, leaf in self._stated if fact.kind == "language").casefold()
        none = ignored.union(table["fields"]["told"], common)
        self._work = [m for m in mentions if m.stance in CLAIMED and m.concept not in none and _is_work(m, types)]
        self._skills = [leaf for leaf in asked if not _is_test(leaf, tested) and not _overlaps(leaf, [*barred, *learnt, *said])]
        self.later = frozenset(leaf for fact, leaf in self._stated if fact.value.get("instead"))
        """Floors that count only as alternatives of others."""

    def all(self) -> list[Requirement]:
        """Every leaf, in text order."""
        return _ordered([*(leaf for _, leaf in self._stated), *self._skills])

    def work(self, clause: Clause) -> list[Mention]:
        """The mentions in a clause of what experience can be in."""
        return [m for m in self._work if clause.start <= m.start and m.end <= clause.end]

    def governing(self, used: frozenset[Requirement]) -> list[Requirement]:
        """The leaves that stand for themselves: none that is in `used`, none twice, none that a better known one stands for."""
        rest = [(fact, leaf) for fact, leaf in self._stated if leaf not in used]
        stated = [leaf for _, leaf in _governing(rest)]
        taken = {leaf.concept for leaf in stated} | {str(leaf.value).casefold() for leaf in stated if leaf.kind == "language"}
        found = [*stated, *(leaf for leaf in self._skills if leaf.concept not in taken and leaf not in used)]
        if any(leaf.kind == "certification" and leaf.concept and leaf.need == "required" for leaf in (*found, *used)):
            # "AAPC certification required (CPC)": the one known by name says all that can be looked for.
            found = [leaf for leaf in found if leaf.kind != "certification" or leaf.concept]
        return _ordered(found)


def _learnt(text: str, patterns: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a post speaks of what one will learn: from its words to the end of the sentence."""
    for pattern in patterns:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            end = _TURN.search(text, match.end())
            yield match.start(), end.start() if end else len(text)


def _got_later(text: str, leaf: Requirement, later: Sequence[re.Pattern[str]]) -> bool:
    """Whether a certificate may still be got: "must be able to take the exam" asks nobody to hold it today."""
    return leaf.kind == "certification" and any(pattern.search(_around(text, leaf.start, leaf.end)) for pattern in later)


def _below_glued(text: str, leaf: Requirement, glued: re.Pattern[str]) -> bool:
    """Whether a heading of what is preferred, glued to the item above it, heads a leaf's list: "SpanishPreferred· French"."""
    before = text[max(0, leaf.start - _LIST) : leaf.start]
    headings = [match for match in glued.finditer(before) if not _LIST_ENDS.search(before, match.end())]
    return bool(headings) and headings[-1]["preferred"] is not None


def _is_test(leaf: Requirement, tested: str) -> bool:
    """Whether a certificate is a language test whose score a language asks for already."""
    return leaf.kind == "certification" and bool(leaf.text) and leaf.text.casefold() in tested


def _ordered(found: Sequence[Requirement]) -> list[Requirement]:
    return sorted(found, key=lambda leaf: (leaf.start, leaf.end))


def _said(fact: Fact) -> bool:
    """Whether a fact asks for something: none does that is waived."""
    return fact.kind != "title" and fact.value.get("need", "required") in _SAID


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


def _governing(stated: Sequence[tuple[Fact, Requirement]]) -> Iterator[tuple[Fact, Requirement]]:
    """The facts that become leaves: none said twice; of some kinds only the first of each need."""
    timed = any(fact.kind == "experience" and fact.value.get("min_months") for fact, _ in stated)
    seen: set[tuple[object, ...]] = set()
    for fact, leaf in stated:
        bare = fact.kind == "experience" and not fact.value.get("min_months")
        key = _key(fact, bare)
        if not (bare and timed) and key not in seen:
            seen.add(key)
            yield fact, leaf


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
        end = _to_experience(text, fact.end)
        months, most = (int(m) if (m := value.get(key)) else None for key in ("min_months", "max_months"))
        return replace(leaf, min_months=months, max_months=most, text=text[fact.start : end], end=end)
    if fact.kind == "education":
        return replace(leaf, min_level=str(value["level"]), value=_text(value.get("subject")))
    if fact.kind in _NAMED or fact.kind in CONDITIONS:
        over = (m for m in mentions if m.start < fact.end and fact.start < m.end)
        concept = next((m.concept for m in over if _is(m, fact.kind, types)), None)
        return replace(leaf, concept=concept, value=str(value["name"]), min_level=_text(value.get("level")))
    if fact.kind in _SETTING:
        leaf = replace(leaf, min_level=f"{value['accuracy']}% accuracy") if value.get("accuracy") else leaf
        return replace(leaf, value=str(value.get("wpm") or value.get("shift") or value.get("site")))
    return None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _is(mention: Mention, kind: str, types: Mapping[str, str]) -> bool:
    return types.get(mention.concept, kind) == kind


def _is_work(mention: Mention, types: Mapping[str, str]) -> bool:
    return types.get(mention.concept, "skill") in _WORK


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


# ---------------------------------------------------------------------------------------------------------------- unlawful


def _unlawful_matches(text: str, table: Mapping[str, Any]) -> Iterator[tuple[str, re.Match[str]]]:
    excuse = wording(table["excused"]["texts"])
    for row in table.values():
        for pattern in row.get("patterns", ()):
            for match in re.finditer(pattern, text, re.IGNORECASE):
                if not excuse.search(_around(text, match.start(), match.end())):
                    yield row["about"], match


def _around(text: str, start: int, end: int) -> str:
    """The stretch of a sentence in which `[start, end)` stands: a "however" begins a new one."""
    cuts = [0, *(m.end() for m in _TURN.finditer(text, max(0, start - 400), start))]
    after = _TURN.search(text, end, end + 200)
    return text[cuts[-1] : after.start() if after else end + 200]
