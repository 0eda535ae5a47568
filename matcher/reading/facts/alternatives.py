"""Demands of one clause joined to alternatives where its wording says that one of them is enough."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.records import CONDITIONS, EQUIVALENT, AnyOf, Node, Requirement

_PAST = frozenset({"education", "experience"})
_ASIDE = CONDITIONS | {"shift", "site", "typing"}
_COMMA = re.compile(r"^[\s,/()\w.&+-]*$")
_NEAR = 50
"""Characters behind experience in which what stands in for schooling belongs to it."""
_KNOWS = 14
"""Characters before a skill in which "knowledge of" stands."""
_GIVEN = re.compile(r"^[^()]{0,14}\([^()]*$")
_NEXT = re.compile(r"^\s*(?:[/,|]\s*|or\s+)+$", re.IGNORECASE)
_OPENED = re.compile(r"\s*\(\s*")
_AND = re.compile(r"\band\b(?!/)|&|\bas well as\b|\bplus\b|\bwith\b|;", re.IGNORECASE)


class Joiner:
    """Joins by the wordings of `rules["posts"]`, tables `alternatives` and `need`."""

    def __init__(self, posts: Mapping[str, Any]) -> None:
        rules: Mapping[str, Any] = posts["alternatives"]
        self._required = wording(posts["need"]["required"])
        self._denied = wording(posts["need"]["not_needed_after"])
        self._or = wording(rules["or"])
        self._examples = wording(rules["examples"])
        self._class = wording(rules["classes"])
        self._open = wording(rules["open_end"])
        self._neutral = wording(rules["neutral"])
        self._ability = wording(rules["ability"])
        self._equals = wording(rules["equivalent"])
        self._instead = wording(rules["experience_instead"])
        self._reach = int(rules["reach"])
        self._far = int(rules["far_reach"])

    def join(self, clause: Clause | None, leaves: Sequence[Requirement]) -> tuple[Node, ...]:
        """The nodes for the leaves of a clause, both in text order: leaves as they are, and AnyOf for alternatives."""
        if clause is None:
            return tuple(leaves)
        past = self._past(clause, leaves)
        rest = [leaf for leaf in leaves if leaf not in past]
        runs = sorted([*self._runs(clause, past, instead=True), *self._runs(clause, rest)], key=lambda run: run[0].start)
        return tuple(self._node(clause, run) for run in runs)

    def _past(self, clause: Clause, leaves: Sequence[Requirement]) -> list[Requirement]:
        """Education, experience and what may stand in their place ("6 months of travel experience or GDS knowledge")."""
        found: list[Requirement] = []
        for leaf in leaves:
            if leaf.kind in _PAST or (found and (self._replaces(clause, found[-1], leaf) or _explains(clause, found[-1], leaf))):
                found.append(leaf)
        return found

    def _replaces(self, clause: Clause, past: Requirement, leaf: Requirement) -> bool:
        able = self._ability.search(clause.text[leaf.start - clause.start :][: leaf.end - leaf.start + 25])
        able = able or self._ability.search(clause.text[: leaf.start - clause.start][-_KNOWS:])
        return bool(able) and leaf.kind not in _ASIDE and self._link(clause, past, leaf) == "or"

    def _node(self, clause: Clause, run: Sequence[Requirement]) -> Node:
        items = _of_one_need(run)
        after = clause.text[run[-1].end - clause.start :]
        stands_in = self._instead.search(after)
        near = stands_in and stands_in.start() < _NEAR and any(leaf.kind == "education" for leaf in run)
        if near or (stands_in and run[-1].kind == "education"):
            items = (*items, self._equivalent(clause, run[-1], after))
        elif (
            (len(run) == 1 or _certificates(run))
            and (found := self._equals.match(after, _blanks(after)))
            and _may_be_equalled(run[-1])
        ):
            start = run[-1].end + found.start()
            items = (*items, replace(run[-1], value=EQUIVALENT, text=found[0], start=start, end=start + len(found[0])))
        return items[0] if len(items) == 1 else AnyOf(items)

    def _equivalent(self, clause: Clause, leaf: Requirement, after: str) -> Requirement:
        match = self._instead.search(after)
        assert match is not None
        start = leaf.end + match.start()
        return Requirement("experience", leaf.need, value="equivalent", text=match[0], start=start, end=start + len(match[0]))

    def _runs(self, clause: Clause, leaves: Sequence[Requirement], *, instead: bool = False) -> Iterator[tuple[Requirement, ...]]:
        """Neighbours that are alternatives of each other; a chain of commas is one only if an "or" or an open end closes it."""
        chain: list[Requirement] = []
        ors = False
        for i, leaf in enumerate(leaves):
            link = self._link(clause, chain[-1], leaf) if chain else None
            link = "or" if chain and instead and _explains(clause, chain[-1], leaf) else link
            if link and leaf.need != chain[-1].need and self._parted(clause, chain[-1], leaf, link, leaves[i + 1 : i + 2]):
                link = None
            if chain and link is None:
                yield from self._close(clause, chain, ors)
                chain, ors = [], False
            chain.append(leaf)
            ors = ors or link == "or"
        yield from self._close(clause, chain, ors)

    def _close(self, clause: Clause, chain: Sequence[Requirement], ors: bool) -> Iterator[tuple[Requirement, ...]]:
        if len(chain) > 1 and (ors or self._lists_examples(clause, chain) or _slashed(clause, chain)):
            yield tuple(chain)
        else:
            yield from ((leaf,) for leaf in chain)

    def _lists_examples(self, clause: Clause, chain: Sequence[Requirement]) -> bool:
        before = clause.text[max(0, chain[0].start - clause.start - 25) : chain[0].start - clause.start]
        after = clause.text[chain[-1].end - clause.start :][:25]
        return bool(self._examples.search(before) or self._open.search(after))

    def _link(self, clause: Clause, left: Requirement, right: Requirement) -> str | None:
        """How two neighbours are linked: "or", "comma", or None where they are separate demands."""
        if left.kind in _ASIDE or right.kind in _ASIDE:
            return None
        between = self._neutral.sub(" ", clause.text[left.end - clause.start : right.start - clause.start])
        past = bool({left.kind, right.kind} & _PAST)
        if len(between) > (self._far if past else self._reach) or (left.kind != right.kind and not past):
            return None
        ors, ands = [m.start() for m in self._or.finditer(between)], [m.start() for m in _AND.finditer(between)]
        if ors and max(ors) > max(ands, default=-1):
            return "or"
        if past or ands:
            return None
        if self._examples.search(between) or self._of_class(clause, left, right):
            return "or"
        return (
            "comma"
            if between and _COMMA.match(between) and re.search(r"[,/]", between) and len(between) <= self._reach // 2
            else None
        )

    def _parted(self, clause: Clause, left: Requirement, right: Requirement, link: str, following: Sequence[Requirement]) -> bool:
        """Whether a must and a wish that stand side by side are two demands: "CPC required, CCS preferred"."""
        if link == "comma" and left.need == "required":
            return True
        end = following[0].start - clause.start if following else len(clause.text)
        behind = clause.text[left.end - clause.start : right.start - clause.start]
        if right.need == "required":
            behind = clause.text[right.end - clause.start : end]
        return bool(self._required.search(self._denied.sub(" ", behind)))

    def _of_class(self, clause: Clause, left: Requirement, right: Requirement) -> bool:
        """Whether a bracket behind a class of tools opens with a demand and lists several: "WFM software (IEX, Verint)"."""
        start, end = left.start - clause.start, right.start - clause.start
        opened = _OPENED.search(clause.text, left.end - clause.start, end)
        inside = clause.text[end:].partition(")")[0]
        if opened is None or opened.end() != end or not re.search(r"[,/]", inside) or _AND.search(inside):
            return False
        named = list(self._class.finditer(clause.text, start, opened.start()))
        return (
            bool(named)
            and named[-1].end() == opened.start()
            and not clause.text[left.end - clause.start : named[-1].start()].strip()
        )


def _explains(clause: Clause, left: Requirement, right: Requirement) -> bool:
    """Whether a demand stands in a bracket behind one that took the place of experience, or lies over it."""
    if left.kind in _PAST:
        return False
    before, between = clause.text[: right.start - clause.start], clause.text[left.end - clause.start : right.start - clause.start]
    listed = _NEXT.match(between) and before.rfind("(") > before.rfind(")")
    return right.start < left.end or bool(_GIVEN.match(between) or listed)


def _slashed(clause: Clause, chain: Sequence[Requirement]) -> bool:
    """Whether certificates stand with nothing but strokes between them: "CPC/CCS/RHIT"; of tools that means each."""
    gaps = (clause.text[a.end - clause.start : b.start - clause.start].strip() for a, b in itertools.pairwise(chain))
    return _certificates(chain) and all(gap == "/" for gap in gaps)


def _of_one_need(run: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Alternatives with one need: where any of them is enough, and one is a must, so is the choice: "CPC (preferred) or CCS"."""
    needs = {leaf.need for leaf in run}
    return tuple(run) if len(needs) == 1 else tuple(replace(leaf, need="required") for leaf in run)


def _certificates(run: Sequence[Requirement]) -> bool:
    return all(leaf.kind == "certification" for leaf in run)


def _may_be_equalled(leaf: Requirement) -> bool:
    """Whether "or equivalent" opens a choice: behind a high school diploma it names the exam of the same rank."""
    return leaf.kind in {"certification", "skill"} or (leaf.kind == "education" and leaf.min_level != "high_school")


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" ,)"))
