"""A role as plain data, the form of a YAML file, and back; what is wrong in it is named with its place.

```yaml
id: quality-analyst          # built-in profiles only
title: Quality analyst
titles: [QA specialist, Call monitor]     # other names of the job
families: [quality]
level: 2                     # 0 trainee .. 6 director
channels: [voice]
lines_of_business: [telecom]
requirements:
  all:
    - {kind: experience, need: required, min_months: 12, channels: [voice], market: international}
    - any:
        - {kind: skill, concept: verint, need: preferred}
        - {kind: skill, concept: nice-cxone, need: preferred, weight: 0.5}
signal_weights: {wording: 0.5, job titles: 2}  # what the weights of signals are multiplied by for this role
next_roles: [team-leader]    # built-in profiles only: the steps upward, the usual one first
```
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from matcher.errors import InputError
from matcher.records import (
    CONDITIONS,
    AllOf,
    AnyOf,
    Claim,
    Condition,
    JobFacts,
    Language,
    Node,
    Requirement,
    Role,
    Stance,
    leaves,
)
from matcher.role_renewal import renewed
from matcher.taxonomy import Taxonomy, nearest

KINDS = ("skill", "experience", "education", "language", "certification", "typing", "shift", "site", *sorted(CONDITIONS))
NEEDS = ("required", "preferred")
EDUCATION = ("none", "high_school", "some_college", "associate", "bachelor", "master", "doctor")
_DEFAULTS = {
    "concept": None,
    "value": None,
    "min_months": None,
    "min_level": None,
    "text": "",
    "start": 0,
    "end": 0,
    "weight": 1.0,
    "max_months": None,
    "families": (),
    "channels": (),
    "lines_of_business": (),
    "sectors": (),
    "market": None,
    "concepts": (),
}
LEAF_KEYS = ("kind", "need", *_DEFAULTS)
"""What a requirement may say."""
_ROWS = {"families": "family", "channels": "channel", "lines_of_business": "line"}
"""Lists of names, and where `families.toml` has the names."""
_LISTS = tuple(_ROWS)
_NAMED = ("language", "certification")
_SETTING = ("typing", "shift", "site", *CONDITIONS)
_TABLED = {"sectors": "sectors", "market": "markets"}
"""Names of fields of experience, and which table of `posts.toml`, `fields`, has them."""
_BRANCH = "branch"
_TEXTS = ("id", "title", "summary", "source", "wording")
_TEXT_LISTS = ("titles", "next_roles")
SIGNALS = "signal_weights"
"""The key of weights that the whole role changes; `weights` of a role laid over another is about what it asks for."""
ROLE_KEYS = ("id", "title", "titles", "summary", "level", *_LISTS, "requirements", SIGNALS, "next_roles", "source", "wording")
"""What a role may say."""
_TOP_LEVEL = 6
_MOST_MONTHS, _MOST_WEIGHT, _MOST_DIGITS = 1200, 100, 3
_SHOWN, _MOST_NAMES = 60, 20
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
DEEPER = "..."
"""Ends a place that is nested too deep to be told whole."""
_DEEPEST = 20
"""How far requirements may be nested; YAML can also hold a list that contains itself."""
_TYPES: Mapping[str, tuple[type, ...]] = {
    "concept": (str,), "value": (int, str), "min_months": (int,), "min_level": (str,), "text": (str,), "start": (int,),
    "end": (int,), "weight": (int, float), "max_months": (int,), "market": (str,),
}  # fmt: skip


class RoleError(InputError):
    """Something wrong in a role file: `where` is the place ("requirements.all[1].kind", or ""), `key` an unknown key."""

    def __init__(self, where: str, message: str, key: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where, self.message, self.key = where, message, key

    @property
    def path(self) -> tuple[str | int, ...]:
        """The place as keys and numbers, as `matcher.taxonomy.places` has them."""
        return tuple(int(number) if number else word for number, word in _STEP.findall(self.where))

    def __reduce__(self) -> tuple[type[RoleError], tuple[str, str, str]]:
        """Travels between processes whole."""
        return RoleError, (self.where, self.message, self.key)


def role_from_data(data: object, source: str, known: Taxonomy | None = None, signals: Sequence[str] | None = None) -> Role:
    """A role from parsed YAML or JSON; InputError does not name the source.

    `known` has the ids that may be named, `signals` the names that weights may have (None: any).
    """
    given = _mapping(data, "")
    _only(given, ROLE_KEYS, "")
    table, notices = renewed(given, known)
    _check_texts(table)
    title = table.get("title") or ""
    if not title.strip():
        raise RoleError("title", "give the role's title as text")
    node = node_from_data(table.get("requirements") or {"all": []}, "requirements", known)
    tree = node if isinstance(node, AllOf) else AllOf((node,))
    families, channels, lines = (_names(table.get(key) or [], key, known) for key in _LISTS)
    return Role(
        source=source,
        sha256=hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest(),
        title=title,
        titles=tuple(table.get("titles") or ()),
        families=families,
        level=_level(table.get("level")),
        requirements=tree,
        claims=_claims(tree),
        facts=_facts(title, tree),
        channels=channels,
        lines_of_business=lines,
        wording=table.get("wording") or "",
        warnings=notices,
        weights=_weights(table.get(SIGNALS) or {}, signals),
    )


def role_to_data(role: Role) -> dict[str, Any]:
    """The parts of a role that a person may correct, as plain data."""
    return {
        "title": role.title,
        "titles": list(role.titles),
        "families": list(role.families),
        "level": role.level,
        "channels": list(role.channels),
        "lines_of_business": list(role.lines_of_business),
        "requirements": node_to_data(role.requirements),
        SIGNALS: dict(role.weights),
        "wording": role.wording,
    }


def node_from_data(data: object, where: str, known: Taxonomy | None = None, depth: int = 0) -> Node:
    """A requirement tree from `{"all": [...]}`, `{"any": [...]}` or a leaf; `where` names the place in errors."""
    if depth > _DEEPEST:
        raise RoleError(f"{where[:_SHOWN]}{DEEPER}", f"is nested more than {_DEEPEST} deep")
    table = _mapping(data, where)
    for key, make in (("all", AllOf), ("any", AnyOf)):
        if key in table:
            _only(table, (key,), where)
            items = table[key] if table[key] is not None else []  # all its lines were deleted
            if not isinstance(items, list):
                raise RoleError(f"{where}.{key}", "give a list of requirements, each on a line that begins with `- `")
            return make(tuple(node_from_data(item, f"{where}.{key}[{i}]", known, depth + 1) for i, item in enumerate(items)))
    return _leaf(table, where, known)


def node_to_data(node: Node) -> dict[str, Any]:
    """The plain form of a requirement tree; what is not set is left out."""
    if isinstance(node, Requirement):
        told = {key: getattr(node, key) for key, default in _DEFAULTS.items() if getattr(node, key) != default}
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}
        return {"kind": node.kind, "need": node.need, **plain}
    return {"all" if isinstance(node, AllOf) else "any": [node_to_data(item) for item in node.items]}


# ------------------------------------------------------------------------------------------------------------------ checks


def _leaf(table: Mapping[str, Any], where: str, known: Taxonomy | None) -> Requirement:
    _only(table, LEAF_KEYS, where)
    _one_of(table.get("kind"), KINDS, f"{where}.kind")
    _one_of(table.get("need"), NEEDS, f"{where}.need")
    for key, types in _TYPES.items():
        value = table.get(key)
        if value is not None and (not isinstance(value, types) or isinstance(value, bool)):
            raise RoleError(f"{where}.{key}", _other_type(value, types))
    for key, most in (("min_months", _MOST_MONTHS), ("max_months", _MOST_MONTHS), ("weight", _MOST_WEIGHT)):
        if table.get(key) is not None and not 0 <= table[key] <= most:  # NaN is refused as well
            raise RoleError(f"{where}.{key}", f"{table[key]!r} is not from 0 to {most}")
    least, limit = table.get("min_months"), table.get("max_months")
    if least is not None and limit is not None and least > limit:
        raise RoleError(f"{where}.max_months", f"{limit} is less than min_months, {least}; exchange the two or correct one")
    _check_concept(table.get("concept"), f"{where}.concept", known)
    told = {key: table[key] for key in LEAF_KEYS if table.get(key) is not None}
    if "value" in told:
        told["value"] = str(told["value"])
    told |= {key: _names(told[key], key, known, f"{where}.{key}") for key in (*_LISTS, "sectors") if key in told}
    if "concepts" in told:
        told["concepts"] = _concepts(told["concepts"], f"{where}.concepts", known)
    if "market" in told and known is not None:
        _one_of(told["market"], named_ids(known, "market"), f"{where}.market")
    _check_meaning(told, where)
    return Requirement(**{**told, "weight": float(told.get("weight", 1.0))})


def _other_type(value: object, types: tuple[type, ...]) -> str:
    """What is wrong with a value of another type, and what to write."""
    shown = (repr(value) if isinstance(value, str) else str(value))[:_SHOWN]
    if str in types:
        return f"{shown} is no text; put it between quotes"
    return f"{shown} is no number; write a {'' if float in types else 'whole '}number, such as 24, without words and quotes"


def _check_concept(concept: str | None, where: str, known: Taxonomy | None) -> None:
    if concept is None or known is None:
        return
    if concept not in known.concepts:
        remedy = nearest(concept, known.concepts, "find its id with `matcher taxonomy search`")
        raise RoleError(where, f"{concept!r} is not in the taxonomy; {remedy}")
    if known.concepts[concept].type == _BRANCH:
        raise RoleError(where, f"{concept!r} is a branch, too wide to ask for; name a concept below it")


def _concepts(value: object, where: str, known: Taxonomy | None) -> tuple[str, ...]:
    for i, concept in enumerate(found := _names(value, "concepts", None, where)):
        _check_concept(concept, f"{where}[{i}]", known)
    return found


def _check_meaning(told: Mapping[str, Any], where: str) -> None:
    kind, value = told["kind"], told.get("value", "")
    if kind == "skill" and "concept" not in told:
        raise RoleError(f"{where}.concept", "a skill needs the id of a concept")
    if kind in _NAMED and not (told.get("concept") or value.strip()):
        raise RoleError(where, f"a {kind} needs a concept or, as value, its name")
    if kind in _SETTING and not value.strip():
        raise RoleError(f"{where}.value", f"a {kind} needs one")
    if kind == "typing" and not (value.isdecimal() and len(value) <= _MOST_DIGITS):
        raise RoleError(f"{where}.value", f"{value!r} is no number of words a minute")
    if kind == "education":
        _one_of(told.get("min_level"), EDUCATION, f"{where}.min_level")


def _check_texts(table: Mapping[str, Any]) -> None:
    for key in _TEXTS:
        if table.get(key) is not None and not isinstance(table[key], str):
            raise RoleError(key, f"{table[key]!r} is no text; put it between quotes")
    for key in _TEXT_LISTS:
        if not isinstance(rows := table.get(key) or [], list) or not all(isinstance(row, str) and row.strip() for row in rows):
            raise RoleError(key, "give a list of texts")


def _mapping(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise RoleError(where, f"give keys and values, as in `{'{wording: 2}' if where == SIGNALS else 'kind: skill'}`")
    return data


def _only(table: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    unknown = next((key for key in table if key not in keys), None)
    if unknown is not None:
        remedy = nearest(unknown, keys, f"known are {', '.join(keys)}")
        raise RoleError(where, f"unknown key {unknown!r}; {remedy}", unknown)


def _one_of(value: object, allowed: Iterable[str], where: str) -> None:
    if value not in (names := tuple(allowed)):
        shown = names if len(names) <= _MOST_NAMES else get_close_matches(str(value), names, cutoff=0.0)
        more = " ..." if len(shown) < len(names) else ""
        if value is None:
            raise RoleError(where, f"is not given; write one of {', '.join(shown)}{more}")
        meant = nearest(str(value), names) if shown is names else ""
        raise RoleError(where, f"{value!r} is none of {', '.join(shown)}{more}" + (f"; {meant}" if meant else ""))


def _names(value: object, key: str, known: Taxonomy | None, where: str = "") -> tuple[str, ...]:
    """A list of families, channels, lines of business or sectors, each one that the taxonomy has."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RoleError(where or key, "give a list of names between [ and ], parted by commas")
    if known is not None:
        for item in value:
            _one_of(item, named_ids(known, key), where or key)
    return tuple(value)


def named_ids(known: Taxonomy, key: str) -> Sequence[str]:
    """The names that titles and concepts can give; rules that an overlay left out name none."""
    if key in _TABLED:
        return tuple(known.rules.get("posts", {}).get("fields", {}).get(_TABLED[key], ()))
    families = known.rules.get("families", {})
    told = [row["id"] for row in families.get(_ROWS[key], ())]
    return tuple(dict.fromkeys([*told, *known.rules.get("channels", {}).get(key, ())]))


def _weights(value: object, signals: Sequence[str] | None) -> tuple[tuple[str, float], ...]:
    """Factors of signals, by name."""
    table = _mapping(value, SIGNALS)
    for name, factor in table.items():
        if signals is not None and name not in signals:
            remedy = "; ".join(text for text in (nearest(name, signals), f"there are: {', '.join(signals)}") if text)
            raise RoleError(SIGNALS, f"{name!r} is no signal; {remedy}", name)
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor <= _MOST_WEIGHT:
            raise RoleError(f"{SIGNALS}.{name}", f"{factor!r} is not from 0 to {_MOST_WEIGHT}")
    return tuple(sorted((name, float(factor)) for name, factor in table.items()))


def _level(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _TOP_LEVEL:
        raise RoleError("level", f"{value!r} is no whole number from 0 (trainee) to {_TOP_LEVEL} (director)")
    return value


# ----------------------------------------------------------------------------------------------------------------- derived


def _claims(tree: AllOf) -> tuple[Claim, ...]:
    """Each concept of the tree once, required before preferred."""
    stances: dict[str, Stance] = {}
    for leaf in leaves(tree):
        if leaf.concept and (leaf.concept not in stances or leaf.need == "required"):
            stances[leaf.concept] = Stance(leaf.need)
    return tuple(Claim(concept, stances[concept], 1.0, ()) for concept in sorted(stances))


def _facts(title: str, tree: AllOf) -> JobFacts:
    """The facts that the tree's leaves state; of a kind the first required leaf, else the first."""
    first: dict[str, Requirement] = {}
    for leaf in sorted(leaves(tree), key=lambda leaf: leaf.need != "required"):
        first.setdefault(leaf.kind, leaf)
    experience, education, typing = (first.get(kind) for kind in ("experience", "education", "typing"))
    return JobFacts(
        title=title,
        min_months_experience=experience.min_months if experience else None,
        experience_need=experience.need if experience else "none",
        education_min=education.min_level if education else None,
        education_need=education.need if education else "none",
        languages=tuple(
            Language(leaf.value or leaf.concept or "", leaf.min_level, leaf.need)
            for leaf in leaves(tree)
            if leaf.kind == "language"
        ),
        typing_wpm=int(typing.value) if typing and typing.value else None,
        shift=(first["shift"].value or "unknown") if "shift" in first else "unknown",
        work_site=(first["site"].value or "unknown") if "site" in first else "unknown",
        conditions=tuple(
            Condition(leaf.value or "", leaf.kind, leaf.min_level, leaf.need) for leaf in leaves(tree) if leaf.kind in CONDITIONS
        ),
    )
