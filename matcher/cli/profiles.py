"""Built-in role profiles named on the command line: `role:ID`, as `matcher taxonomy search` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from matcher.errors import InputError
from matcher.records import Role
from matcher.taxonomy import Taxonomy

ROLE = "role:"
_NEAR = 5
_MANY = 30


def parted(jobs: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is named after `role:`, and the paths."""
    given = list(jobs)
    return [job.removeprefix(ROLE) for job in given if job.startswith(ROLE)], [job for job in given if not job.startswith(ROLE)]


def named_profiles(taxonomy: Taxonomy, names: Sequence[str]) -> tuple[Role, ...]:
    """The role profiles with these ids, titles or other names, each once, by id; InputError names near ones."""
    if not names:
        return ()
    from matcher.role_file import builtin_roles

    wanted = {_id(taxonomy, name) for name in names}
    return tuple(role for role in builtin_roles(taxonomy) if role.source in wanted)


def _id(taxonomy: Taxonomy, name: str) -> str:
    from matcher.taxonomy import search
    from matcher.taxonomy.search import called

    if name in taxonomy.roles:
        return name
    spaced = name.replace("-", " ").replace("_", " ")
    found = {hit.concept.id for text in (name, spaced) for hit in called(taxonomy, text) if hit.concept.type == "role"}
    if len(found) == 1:
        return found.pop()
    if not spaced.strip():
        raise InputError(f"{ROLE} needs the id of a role profile, such as {ROLE}team-leader; matcher taxonomy search finds it")
    plain = {id.replace("-", ""): id for id in taxonomy.roles}
    slips = [plain[one] for one in get_close_matches(spaced.replace(" ", "").casefold(), plain, n=2, cutoff=0.8)]
    hits = [hit.concept.id for hit in search(taxonomy, spaced, _MANY, roles=True) if hit.concept.type == "role"]
    if slips and not found:
        meant = " or ".join(f"{ROLE}{id}" for id in slips)
        raise InputError(f"{ROLE}{name}: no role profile has this id; did you mean {meant}?")
    near = [f"{ROLE}{id}" for id in dict.fromkeys([*sorted(found), *hits])][:_NEAR]
    what = "means several role profiles" if found else "no role profile has this id"
    told = f"; near it: {', '.join(near)}" if near else "; matcher taxonomy search finds them"
    raise InputError(f"{ROLE}{name}: {what}{told}")
