"""What answers from elsewhere say of a condition: whether it is met, and by which answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matcher.records import CONDITIONS, Answer, Requirement
from matcher.scoring.levels import below, covers

ANSWERED = CONDITIONS - {"exclusion"} | {"shift", "site"}
"""Kinds of requirements that only answers settle. Whom a post turns away is asked by people, whatever a sheet says."""
_NUMBER = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[a-z]+)?")


def verdict(leaf: Requirement, answers: Iterable[Answer], rules: Mapping[str, Any]) -> tuple[bool, Answer] | None:
    """Whether a condition that resumes do not print is met, and the answer that says so; None where none does."""
    own: Mapping[str, Any] = rules["answers"]
    for answer in reversed(list(answers)):
        if _about(answer, leaf, own):
            met = _enough(leaf, answer.amount, own) if answer.amount is not None else answer.met
            if met is not None:
                return met, answer
    return None


def answer_to(leaf: Requirement, name: str, answers: Iterable[Answer]) -> Answer | None:
    """The answer from which a fact comes that a resume may print too: typing, a language, a certificate, education."""
    names = {name.casefold(), (leaf.concept or "").casefold(), ""}
    same = [one for one in answers if one.kind == leaf.kind and one.value.casefold() in names]
    return same[-1] if same else None


def tested(leaf: Requirement, name: str, answers: Iterable[Answer], claimed: str | None, rules: Mapping[str, Any]) -> int | None:
    """How many steps a tested level of a language is below the one asked for, 0 if it is enough.

    None where the language was not tested, or the two levels cannot be compared.
    """
    if leaf.min_level is None or claimed is None or answer_to(leaf, name, answers) is None:
        return None
    ladder: Mapping[str, Any] = rules["languages"]["ladder"]
    if covers(ladder, claimed, leaf.min_level):
        return 0
    steps = below(ladder, claimed, leaf.min_level)
    word = rules["answers"]["levels"].get(claimed.upper())
    if steps is None and word is not None:
        steps = 0 if covers(ladder, word, leaf.min_level) else below(ladder, word, leaf.min_level)
    return None if steps is None else max(0, steps)


def _about(answer: Answer, leaf: Requirement, own: Mapping[str, Any]) -> bool:
    kinds = {leaf.kind, own["also"].get(leaf.kind, leaf.kind)}
    if answer.kind not in kinds:
        return False
    said, asked = answer.value.casefold(), (leaf.value or "").casefold()
    if not said or said == asked:
        return True
    return leaf.kind in own["free"]["kinds"] and (said in asked or asked in said)


def _enough(leaf: Requirement, amount: float, own: Mapping[str, Any]) -> bool | None:
    """Whether an amount is as much as is asked for, or as little; None where the post's own amount cannot be read."""
    units: Mapping[str, Any] = own["units"].get(
        leaf.value if leaf.kind == "setup" and leaf.value in own["units"] else leaf.kind, {}
    )
    asked = _asked(leaf, units)
    if asked is None:
        return None if leaf.min_level else amount > 0
    return amount <= asked if units.get("most") else amount >= asked


def _asked(leaf: Requirement, units: Mapping[str, Any]) -> float | None:
    text = (leaf.min_level or leaf.value or "").casefold()
    found = list(_NUMBER.finditer(text))
    if not found:
        return float(units["at_once"]) if "at_once" in units and not leaf.min_level else None
    last: re.Match[str] = found[-1] if units.get("most") else found[0]
    of: Mapping[str, float] = units.get("of", {})
    unit = last["unit"] or ""
    return float(last["number"].replace(",", "")) * of[unit] if unit in of else None


def settled(leaf: Requirement, replies: Mapping[int, Sequence[Answer]], rules: Mapping[str, Any]) -> Iterable[tuple[int, bool]]:
    """The rows of which an answer settles a condition, with yes or no."""
    for row, answers in replies.items():
        found = verdict(leaf, answers, rules)
        if found is not None:
            yield row, found[0]
