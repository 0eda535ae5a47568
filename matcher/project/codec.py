"""Records as JSON and back, exactly: what is decoded equals what was encoded.

msgspec knows frozen dataclasses, mappings, tuples and enums by their annotations. Two things it does not know: a tree of
requirements, whose nodes have no tag, and the errors that stand among the posts of a file.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

import msgspec

from matcher.errors import MatcherError
from matcher.records import AllOf, AnyOf, Contents, Node, Profile, Requirement, Role

_TREE = "requirements"


def encode_profile(profile: Profile) -> bytes:
    """A profile as JSON."""
    return msgspec.json.encode(profile)


def decode_profile(data: bytes | str) -> Profile:
    """The profile that was encoded; ValueError for anything else."""
    return _profiles().decode(data)


def encode_contents(contents: Contents) -> bytes:
    """What a container holds, as JSON."""
    return msgspec.json.encode(contents)


def decode_contents(data: bytes | str) -> Contents:
    """The contents that were encoded."""
    return msgspec.json.decode(data, type=Contents)


def encode_roles(roles: tuple[Role | MatcherError, ...]) -> bytes:
    """The posts of a file as JSON, those that could not be read as their errors."""
    return msgspec.json.encode([_role_data(role) for role in roles])


def decode_roles(data: bytes | str) -> tuple[Role | MatcherError, ...]:
    """The posts that were encoded."""
    return tuple(_role(item) for item in msgspec.json.decode(data))


def dumps(data: Any) -> str:
    """Plain data as JSON, the same text for equal data whatever the order of its keys."""
    return msgspec.json.encode(data, order="deterministic").decode()


def loads(text: bytes | str) -> Any:
    """The plain data of a JSON text."""
    return msgspec.json.decode(text)


def digest(data: Any) -> str:
    """The SHA-256 of plain data, of which equal data have the same."""
    return hashlib.sha256(msgspec.json.encode(data, order="deterministic")).hexdigest()


# ------------------------------------------------------------------------------------------------------------------- roles


def role_data(role: Role) -> dict[str, Any]:
    """A role as plain data."""
    data: dict[str, Any] = msgspec.to_builtins({f.name: getattr(role, f.name) for f in fields(role) if f.name != _TREE})
    return {**data, _TREE: _node_data(role.requirements)}


def _role_data(role: Role | MatcherError) -> dict[str, Any]:
    return {"error": [role.code, str(role)]} if isinstance(role, MatcherError) else role_data(role)


def _role(data: dict[str, Any]) -> Role | MatcherError:
    if "error" in data:
        code, message = data["error"]
        return MatcherError(message, code)
    values = {name: msgspec.convert(data[name], hint) for name, hint in _hints().items() if name != _TREE and name in data}
    tree = _node(data[_TREE])
    if not isinstance(tree, AllOf):
        raise ValueError("the requirements of a role are no list of all")
    return Role(**values, requirements=tree)


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Requirement):
        data: dict[str, Any] = msgspec.to_builtins(node)
        return data
    return {"all" if isinstance(node, AllOf) else "any": [_node_data(item) for item in node.items]}


def _node(data: dict[str, Any]) -> Node:
    if "all" in data:
        return AllOf(tuple(map(_node, data["all"])))
    if "any" in data:
        return AnyOf(tuple(map(_node, data["any"])))
    return msgspec.convert(data, Requirement)


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Role)


@cache
def _profiles() -> msgspec.json.Decoder[Profile]:
    return msgspec.json.Decoder(Profile)
