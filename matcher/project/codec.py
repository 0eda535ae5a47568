"""Records as JSON and back, exactly: what is decoded equals what was encoded.

msgspec knows frozen dataclasses, mappings, tuples and enums by their annotations. Two things it does not know: a tree of
requirements, whose nodes have no tag, and the errors that stand among the posts of a file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec

from matcher.errors import InputError, MatcherError
from matcher.records import AllOf, AnyOf, Contents, Node, Profile, Requirement, Role

_TREE = "requirements"
Value = TypeVar("Value")


class DamagedError(InputError, ValueError):
    """What was kept is not as it was encoded."""

    def __init__(self) -> None:
        super().__init__("the project's database is damaged; put a copy back, or name a new folder and rank again")


def encode_profile(profile: Profile) -> bytes:
    """A profile as JSON."""
    return _sealed(msgspec.json.encode(profile))


def decode_profile(data: bytes | str) -> Profile:
    """The profile that was encoded; DamagedError for anything else, as in all that follow."""
    return _decoded(data, _profiles().decode)


def encode_contents(contents: Contents) -> bytes:
    """What a container holds, as JSON."""
    return _sealed(msgspec.json.encode(contents))


def decode_contents(data: bytes | str) -> Contents:
    """The contents that were encoded."""
    return _decoded(data, lambda text: msgspec.json.decode(text, type=Contents))


def encode_roles(roles: tuple[Role | MatcherError, ...]) -> bytes:
    """The posts of a file as JSON, those that could not be read as their errors."""
    return _sealed(msgspec.json.encode([_role_data(role) for role in roles]))


def decode_roles(data: bytes | str) -> tuple[Role | MatcherError, ...]:
    """The posts that were encoded."""
    return _decoded(data, lambda text: tuple(_role(item) for item in msgspec.json.decode(text)))


def _sealed(data: bytes) -> bytes:
    """JSON with its checksum in a line of its own: a disk that forgets a bit makes another number, and not always bad JSON."""
    return b"%b\n%08x" % (data, zlib.crc32(data))


def _decoded(text: bytes | str, decode: Callable[[bytes], Value]) -> Value:
    data, _, checksum = (text.encode() if isinstance(text, str) else text).partition(b"\n")
    if checksum and checksum != b"%08x" % zlib.crc32(data):  # projects of earlier versions have none
        raise DamagedError
    try:
        return decode(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError from error


def dumps(data: Any) -> str:
    """Plain data as JSON, the same text for equal data whatever the order of its keys; letters of file names may be none."""
    try:
        return msgspec.json.encode(data, order="deterministic").decode()
    except UnicodeEncodeError:
        return json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace").decode()


def loads(text: bytes | str) -> Any:
    """The plain data of a JSON text; DamagedError for anything else."""
    try:
        return msgspec.json.decode(text)
    except ValueError as error:
        raise DamagedError from error


def digest(data: Any) -> str:
    """The SHA-256 of plain data, of which equal data have the same."""
    return hashlib.sha256(dumps(data).encode()).hexdigest()


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
