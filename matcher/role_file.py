"""Roles as files: built-in profiles and job posts written out for correction by hand, in one YAML form.

```yaml
id: quality-analyst          # built-in profiles only
title: Quality analyst
families: [quality]
level: 2                     # 0 trainee .. 6 director
channels: [voice]
lines_of_business: [telecom]
requirements:
  all:
    - {kind: experience, need: required, min_months: 12}
    - any:
        - {kind: skill, concept: verint, need: preferred}
        - {kind: skill, concept: nice-cxone, need: preferred, weight: 0.5}
next_step: team-leader       # built-in profiles only
```
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matcher.errors import InputError
from matcher.records import AllOf, AnyOf, Claim, JobFacts, Language, Node, Requirement, Role, Stance, leaves

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy

KINDS = ("skill", "experience", "education", "language", "certification", "typing", "shift", "site")
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
}
_LEAF_KEYS = ("kind", "need", *_DEFAULTS)
_LISTS = ("families", "channels", "lines_of_business")
_ROLE_KEYS = ("id", "title", "summary", "level", *_LISTS, "requirements", "next_step", "source")
_TOP_LEVEL = 6
_TYPES: Mapping[str, tuple[type, ...]] = {
    "concept": (str,), "value": (str,), "min_months": (int,), "min_level": (str,), "text": (str,), "start": (int,), "end": (int,),
    "weight": (int, float),
}  # fmt: skip


def load_role(data: bytes, source: str, known: Collection[str] | None = None) -> Role:
    """The role in a YAML file's bytes; raises InputError naming the key that is wrong."""
    import yaml

    try:
        parsed = yaml.safe_load(data)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" at line {place.line + 1}" if place else ""
        raise InputError(f"{source}: not valid YAML{where}") from error
    return role_from_data(parsed, source, known)


def builtin_roles(taxonomy: Taxonomy) -> tuple[Role, ...]:
    """The role profiles of `taxonomy/roles/`, in the order of their ids; each is its id's `source`."""
    return tuple(role_from_data(taxonomy.roles[name], name, taxonomy.concepts) for name in sorted(taxonomy.roles))


def dump_role(role: Role) -> str:
    """The role as YAML for correction by hand; `load_role` reads the same requirements back."""
    import yaml

    text: str = yaml.safe_dump(role_to_data(role), sort_keys=False, allow_unicode=True, width=120)
    return text


def role_from_data(data: object, source: str, known: Collection[str] | None = None) -> Role:
    """A role from parsed YAML or JSON; `known` are the ids that `concept` may name (None: any). Raises InputError."""
    table = _mapping(data, source)
    _only(table, _ROLE_KEYS, source)
    title = table.get("title")
    if not isinstance(title, str) or not title.strip():
        raise InputError(f"{source}: title: give the role's title as text")
    node = node_from_data(table.get("requirements", {"all": []}), f"{source}: requirements", known)
    tree = node if isinstance(node, AllOf) else AllOf((node,))
    families, channels, lines = (_strings(table.get(key, []), f"{source}: {key}") for key in _LISTS)
    return Role(
        source=source,
        sha256=hashlib.sha256(json.dumps(table, sort_keys=True, default=str).encode()).hexdigest(),
        title=title,
        families=families,
        level=_level(table.get("level"), source),
        requirements=tree,
        claims=_claims(tree),
        facts=_facts(title, tree),
        channels=channels,
        lines_of_business=lines,
    )


def role_to_data(role: Role) -> dict[str, Any]:
    """The parts of a role that a person may correct, as plain data."""
    return {
        "title": role.title,
        "families": list(role.families),
        "level": role.level,
        "channels": list(role.channels),
        "lines_of_business": list(role.lines_of_business),
        "requirements": node_to_data(role.requirements),
    }


def node_from_data(data: object, where: str, known: Collection[str] | None = None) -> Node:
    """A requirement tree from `{"all": [...]}`, `{"any": [...]}` or a leaf; `where` names the place in errors."""
    table = _mapping(data, where)
    for key, make in (("all", AllOf), ("any", AnyOf)):
        if key in table:
            _only(table, (key,), where)
            items = table[key]
            if not isinstance(items, list):
                raise InputError(f"{where}.{key}: give a list of requirements")
            return make(tuple(node_from_data(item, f"{where}.{key}[{i}]", known) for i, item in enumerate(items)))
    return _leaf(table, where, known)


def node_to_data(node: Node) -> dict[str, Any]:
    """The plain form of a requirement tree; what is not set is left out."""
    if isinstance(node, Requirement):
        told = {key: getattr(node, key) for key, default in _DEFAULTS.items() if getattr(node, key) != default}
        return {"kind": node.kind, "need": node.need, **told}
    return {"all" if isinstance(node, AllOf) else "any": [node_to_data(item) for item in node.items]}


# ------------------------------------------------------------------------------------------------------------------ checks


def _leaf(table: Mapping[str, Any], where: str, known: Collection[str] | None) -> Requirement:
    _only(table, _LEAF_KEYS, where)
    _one_of(table.get("kind"), KINDS, f"{where}.kind")
    _one_of(table.get("need"), NEEDS, f"{where}.need")
    for key, types in _TYPES.items():
        value = table.get(key)
        if value is not None and (not isinstance(value, types) or isinstance(value, bool)):
            raise InputError(f"{where}.{key}: {value!r} is no {types[-1].__name__}")
    _check_meaning(table, where, known)
    told = {key: table[key] for key in _LEAF_KEYS if table.get(key) is not None}
    return Requirement(**{**told, "weight": float(told.get("weight", 1.0))})


def _check_meaning(table: Mapping[str, Any], where: str, known: Collection[str] | None) -> None:
    concept = table.get("concept")
    if concept is not None and known is not None and concept not in known:
        raise InputError(f"{where}.concept: {concept!r} is not in the taxonomy; find its id with `matcher taxonomy search`")
    if table["kind"] == "skill" and concept is None:
        raise InputError(f"{where}.concept: a skill needs the id of a concept")
    if table["kind"] == "education":
        _one_of(table.get("min_level"), EDUCATION, f"{where}.min_level")
    for key in ("min_months", "weight"):
        if (table.get(key) or 0) < 0:
            raise InputError(f"{where}.{key}: may not be below 0")


def _mapping(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise InputError(f"{where}: give keys and values, as in `kind: skill`")
    return data


def _only(table: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    unknown = next((key for key in table if key not in keys), None)
    if unknown is not None:
        raise InputError(f"{where}: unknown key {unknown!r}; known are {', '.join(keys)}")


def _one_of(value: object, allowed: Sequence[str], where: str) -> None:
    if value not in allowed:
        raise InputError(f"{where}: {value!r} is none of {', '.join(allowed)}")


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{where}: give a list of names")
    return tuple(value)


def _level(value: object, source: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _TOP_LEVEL:
        raise InputError(f"{source}: level: {value!r} is no whole number from 0 (trainee) to {_TOP_LEVEL} (director)")
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
        typing_wpm=int(typing.value) if typing and typing.value and typing.value.isdigit() else None,
        shift=(first["shift"].value or "unknown") if "shift" in first else "unknown",
        work_site=(first["site"].value or "unknown") if "site" in first else "unknown",
    )
