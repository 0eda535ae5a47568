"""How the bank of phrasings is written down: requirement trees in one line, and the posts in which each phrasing is tried."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.records import EQUIVALENT, AllOf, Node, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
TITLE = "Customer Service Associate"
SKILLS = re.compile(r"\bskill ([\w.+-]+)")
PLAIN = """{title}

Requirements:
{items}
"""
WHOLE = """{title}
Northlight Outsourcing, Riverton

About us
Northlight answers letters for small firms. Our people have 20 years of experience and every degree there is.

What you will do
- Greet those who write to us
- You will develop your own style

Qualifications
{items}
- Wears a blue hat

Benefits
- A diploma course that we pay for, after 6 months with us
- Paid training and a locker
"""
_TOLD = ("kind", "concept", "value", "min_months", "max_months", "min_level", "need", "text", "start", "end", "weight")


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a phrasing and what it must give.

    `tree` is what `told` prints; skills that it does not name are left out of the comparison. `facts` are attributes of the
    role's facts, `warnings` all codes of its notices, `asks` parts of questions put to a resume that says nothing, `never`
    concepts that no leaf may have, `cap` the best band that is left to such a resume, `excludes` nothing or more.
    """

    number: int
    text: str
    tree: str
    facts: Mapping[str, Any]
    warnings: tuple[str, ...]
    asks: tuple[str, ...]
    never: tuple[str, ...]
    cap: int | None
    title: str

    def post(self, form: str) -> str:
        """The phrasing as items of a list in a post of that form."""
        items = "\n".join(line if line.startswith(("\n", "- ")) else f"- {line}" for line in self.text.strip().split("\n"))
        return form.format(title=self.title, items=items)


def variants() -> Iterator[Variant]:
    """Every variant of `phrasings*.toml`."""
    for path in sorted(HERE.glob("phrasings*.toml")):
        for phrasing in tomllib.loads(path.read_text(encoding="utf-8"))["phrasing"]:
            for row in phrasing["variant"]:
                yield _variant(int(phrasing["number"]), dict(row))


def _variant(number: int, row: dict[str, Any]) -> Variant:
    listed = {key: tuple(row.pop(key, ())) for key in ("warnings", "asks", "never")}
    found = Variant(
        number=number,
        text=row.pop("text"),
        tree=" ".join(row.pop("tree").split()).replace("( ", "(").replace(" )", ")"),
        facts=row.pop("facts", {}),
        cap=row.pop("cap", None),
        title=row.pop("title", TITLE),
        **listed,
    )
    assert not row, f"unknown keys {row} in phrasing {number}"
    return found


def told(node: Node, named: frozenset[str] | None = None) -> str:
    """A tree in one line: `all(education high_school required, any(skill avaya preferred, experience>=6 required))`.

    Leaves of skills that are not in `named` are left out (None: all are told), and with them lists that hold nothing else.
    """
    if isinstance(node, AllOf):
        inner = [text for item in node.items if (text := told(item, named))]
        return inner[0] if len(inner) == 1 else f"all({', '.join(inner)})" if inner else ""
    if not isinstance(node, Requirement):
        inner = [text for item in node.items if (text := told(item, named))]
        return inner[0] if len(inner) == 1 else f"any({', '.join(inner)})" if inner else ""
    if node.kind == "skill" and named is not None and node.concept not in named:
        return ""
    return _leaf(node)


def _leaf(leaf: Requirement) -> str:
    most = getattr(leaf, "max_months", None)
    months = f">={leaf.min_months}" if leaf.min_months is not None else ""
    months = f"{months}<={most}" if most is not None else months
    value = leaf.value if not leaf.concept or leaf.value == EQUIVALENT else ""
    what = [leaf.concept or "", value or "", leaf.min_level or ""]
    more = [f"{f.name} {_plain(getattr(leaf, f.name))}" for f in fields(leaf) if f.name not in _TOLD and getattr(leaf, f.name)]
    parts = [leaf.kind + months, *(part for part in what if part), *([f"({'; '.join(more)})"] if more else []), leaf.need]
    return " ".join([*parts, *([f"x{leaf.weight:g}"] if leaf.weight != 1 else [])])


def _plain(value: object) -> str:
    return " or ".join(value) if isinstance(value, tuple) else str(value)
