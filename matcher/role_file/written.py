"""A role written as a file for a person who never saw YAML: remarks say what can be changed, a requirement is one line."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.records import Role
from matcher.role_file.tree import EDUCATION, SIGNALS, named_ids, role_to_data
from matcher.taxonomy import Taxonomy
from matcher.unseen import acts

_WIDTH = 120
_ENDLESS = 10**9
_HEAD = """\
{title}, as matcher read it from {source}. Correct it, save it, and rank with it:
    matcher rank RESUMES --jobs THIS_FILE

What stands after a # is a remark and is not read. Each line that begins with "- {{" is one requirement:
  need         required is a must, preferred is a wish
  not asked    delete the line, or put a # before it
  min_months   for experience: the least (two years are 24); max_months: the most
  min_level    for education: {education}; for languages: B2, fluent, native
  weight       what a requirement counts; 1 if it is not given, 2 is twice as much, 0.5 half
  concept      the skill: matcher taxonomy search "credit cards" finds how it is called
  any          one of the lines under it is enough
Experience, education, language, certification and typing that are required hold down whoever is without; shift, site, notice and
the like are not printed in resumes: they are asked, and hold down whom a sheet of --answers says no for.
To ask for more, copy a line of these to below "all:", without the #, and change it:
    - {{kind: skill, need: required, concept: collections}}
    - {{kind: experience, need: required, min_months: 24}}
    - {{kind: education, need: required, min_level: bachelor}}
    - {{kind: language, need: required, concept: spanish, min_level: B2}}
    - {{kind: certification, need: required, value: Series 7}}
    - {{kind: typing, need: required, value: 40}}
    - {{kind: shift, need: required, value: night}}
"text", "start" and "end" quote the post; lines of your own do without. Begin lines with blanks, never with a tab, and with as
many as the lines around. A mistake is answered with its line: nothing is guessed."""
_LEVELS = "0 trainee, 1 agent, 2 senior or specialist, 3 team leader, 4 manager, 5 senior manager, 6 director"
_REMARKS = {
    "title": "",
    "titles": "other names of the job, such as [Call agent, Phone agent]",
    "families": "kinds of work, the main one first; there are: {ids}",
    "level": _LEVELS,
    "channels": "how customers are reached; there are: {ids}",
    "lines_of_business": "the business that the work is done for; there are: {ids}",
    SIGNALS: "what parts of the score count for this opening alone, such as {wording: 0.5, job titles: 2}; there are: {ids}",
    "wording": "the post's own words, which those of resumes are compared with; leave them as they are",
}


def dump_role(role: Role, known: Taxonomy | None = None, signals: Sequence[str] = ()) -> str:
    """The role as YAML for correction by hand; `load_role` reads the same back.

    The remarks name what may be said where `known` has it, and the `signals` that can have weights.
    """
    data = role_to_data(role)
    # Written as they are, a line end that YAML knows and editors do not would end a line, and marks of direction turn one round.
    pure = not acts(json.dumps(data, ensure_ascii=False))
    head = _HEAD.format(title=_line(role.title), source=_line(role.source), education=", ".join(EDUCATION[1:]))
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    for key, value in data.items():
        lines += ["", *_remark(key, known, signals)]
        if key == "requirements":
            lines += [f"{key}:", *_tree(value, "  ", pure)]
        elif key == "wording":
            lines.append(_block(key, value, pure))
        else:
            lines.append(f"{key}: {_flow(value, pure)}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _remark(key: str, known: Taxonomy | None, signals: Sequence[str]) -> Iterator[str]:
    text = _REMARKS.get(key, "")
    if "{ids}" in text:
        ids = signals if key == SIGNALS else named_ids(known, key) if known else ()
        text = text.replace("{ids}", ", ".join(ids)) if ids else text.removesuffix("there are: {ids}").removesuffix("; ")
    yield from (f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))


def _tree(node: Mapping[str, Any], indent: str, pure: bool) -> Iterator[str]:
    """A list of requirements, each on one line, lists of their own indented below."""
    ((key, items),) = node.items()
    yield f"{indent}{key}:" + ("" if items else " []")
    for item in items:
        if "kind" in item:
            yield f"{indent}  - {_flow(item, pure)}"
        else:
            first, *rest = _tree(item, f"{indent}    ", pure)
            yield f"{indent}  - {first.strip()}"
            yield from rest


def _flow(value: Any, pure: bool) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key, pure)}: {_flow(one, pure)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one, pure) for one in value) + "]"
    plain = _yaml([value], pure, default_flow_style=True).strip()[1:-1]
    return plain if "\n" not in plain else _yaml(value, pure, default_style='"').strip()


def _block(key: str, text: str, pure: bool) -> str:
    """A long text: its lines as they are where YAML can hold them so, else broken where lines get long."""
    return _yaml({key: text}, pure, default_style="|", width=_WIDTH).replace(f'"{key}"', key, 1).rstrip("\n")


def _yaml(value: Any, pure: bool, **style: Any) -> str:
    import yaml

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=pure, **{"width": _ENDLESS, **style})
    return text


def _line(text: str) -> str:
    """Text of any kind as part of a remark, which ends with its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
