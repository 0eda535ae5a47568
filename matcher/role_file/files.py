"""Role files read: what is wrong in one is told in one line, with the number of the line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matcher.delimited import decoded
from matcher.errors import InputError, TaxonomyError
from matcher.records import Role
from matcher.role_file.tree import RoleError, role_from_data
from matcher.taxonomy import Taxonomy
from matcher.taxonomy.places import line_of, yaml_places

_BRANCHES = ("all", "any")
_ASIDE = ("weight", "text", "start", "end")
"""What does not make two requirements of one."""
_DEEPEST_NODE = 100
_FLAWS = (
    ("\\t", "a tab stands where blanks are needed; replace it by blanks"),
    ("mapping values are not allowed", "a colon too many, or blanks at the beginning that differ from the lines around; "
     "put text with a colon between quotes"),
    ("could not find expected ':'", "a colon is missing, or blanks at the beginning differ from the lines around; "
     "write it as `key: value`"),
    ("quoted scalar", "a quote is opened and not closed; add it at the text's end"),
    ("expected ',' or '}'", "a comma or the closing } is missing; write it as `{kind: skill, need: required}`"),
    ("expected ',' or ']'", "a comma or the closing ] is missing; write it as `[voice, chat]`"),
    ("undefined alias", "text that begins with * or & must stand between quotes"),
    ("constructor", "text that begins with ! must stand between quotes"),
    ("single document", "a second role begins here; a file holds one"),
    ("block end", "the blanks at the beginning differ from the lines around, or something follows a closing } or ]; "
     "begin it as the line before"),
    ("cannot start any token", "text that begins with this sign must stand between quotes"),
    ("special characters are not allowed", "a character that is no text stands here; delete it"),
)  # fmt: skip
"""What the parser says, in small, and what that means to somebody who never saw YAML; the first that is in it holds."""
_BEGUN = ("quoted scalar", "expected ','", "could not find expected ':'")
"""Flaws that are told where the thing began that they are in: where they are noticed is often a line below."""
_OTHER_FLAW = "brackets, quotes or blanks are not in order; compare with the lines around"


def load_role(data: bytes, source: str, known: Taxonomy | None = None, signals: Sequence[str] | None = None) -> Role:
    """The role in a YAML file's bytes; raises InputError that names the line and what to do, but not the file.

    The encodings of Windows are taken as well, as are the ends of its lines.
    """
    import yaml

    text = decoded(data)
    try:
        for first, again, key in _twice(yaml.compose(text, Loader=yaml.SafeLoader)):
            raise InputError(f"line {again}: {key!r} was said on line {first} already; delete one of the two")
        parsed = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(_flaw(error, text)) from error
    if not isinstance(parsed, dict):
        what = "is empty" if parsed is None else "is no role file, which begins with `title: `"
        raise InputError(f"{what}; write one with `matcher extract POST --as job --out FILE.yaml`")
    try:
        role = role_from_data(parsed, source, known, signals)
        _check_once(parsed.get("requirements"), "requirements", text)
    except RoleError as error:
        raise InputError(_placed(error, text)) from error
    return role


def _placed(error: RoleError, text: str) -> str:
    """What is wrong, with its line and the last keys of its place; the numbers of lists tell people nothing."""
    line = line_of(yaml_places(text), (*error.path, error.key) if error.key else error.path)
    if not error.path and error.key in _BRANCHES:
        return f"line {line}: `{error.key}:` belongs below `requirements:`; begin its line with two blanks"
    keys = [step for step in error.path if isinstance(step, str) and step not in ("requirements", *_BRANCHES)]
    return f"line {line}{', ' if keys else ''}{'.'.join(keys)}: {error.message}"


def _check_once(node: Any, where: str, text: str) -> None:
    """Refuse what one list asks for twice, as it comes about by copying lines: it would count twice."""
    branch = next((key for key in _BRANCHES if isinstance(node, dict) and key in node), "")
    seen: dict[str, str] = {}
    for number, item in enumerate((node[branch] or ()) if branch else ()):
        place = f"{where}.{branch}[{number}]"
        if any(key in item for key in _BRANCHES):
            _check_once(item, place, text)
            continue
        same = str(sorted((key, str(value)) for key, value in item.items() if key not in _ASIDE))
        if same in seen:
            first = line_of(yaml_places(text), RoleError(seen[same], "").path)
            raise RoleError(place, f"asks for the same as line {first}; delete one of the two")
        seen[same] = place


def _flaw(error: Exception, text: str) -> str:
    """What the parser could not read, as a person can mend it."""
    told = str(error)
    problem = getattr(error, "problem", None) or told
    start, end = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = start if start and any(said in told for said in _BEGUN) else end
    why = next((why for said, why in _FLAWS if said in told or said in str(problem)), _OTHER_FLAW)
    line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    return f"line {line}: is not valid YAML: {why}"


def _twice(node: Any, depth: int = 0) -> Iterator[tuple[int, int, str]]:
    """Keys that a table has twice, of which YAML would take the last in silence: the lines of both, and the key."""
    if node is None or node.id == "scalar" or depth > _DEEPEST_NODE:
        return
    if node.id == "sequence":
        for item in node.value:
            yield from _twice(item, depth + 1)
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            yield seen[name], line, name
        seen[name] = line
        yield from _twice(value, depth + 1)


def builtin_roles(taxonomy: Taxonomy) -> tuple[Role, ...]:
    """The role profiles of `taxonomy/roles/`, in the order of their ids, which are their `source`. Raises TaxonomyError."""
    return tuple(_builtin(taxonomy, name) for name in sorted(taxonomy.roles))


def _builtin(taxonomy: Taxonomy, name: str) -> Role:
    try:
        return role_from_data(taxonomy.roles[name], name, taxonomy)
    except InputError as error:
        raise TaxonomyError(f"roles/{name}.yaml: {error}") from error
