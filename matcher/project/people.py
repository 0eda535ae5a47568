"""Which resumes are one person's: found once for each resume that comes, and kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.project.store import Project
from matcher.project.traits import alike, marks, newest_printed, promising
from matcher.records import Profile

_COMPARED = 5
"""Resumes of a person that a new one of the same person is held against: of one who applied a hundred times not all."""

Load = Callable[[str], Profile | None]
"""Gives the resume with a SHA-256, as it was read last."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A resume that is left out since a newer one of the same person is there; `why` says how both were known as one."""

    source: str
    sha256: str
    by: str
    by_sha256: str
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume of a run, in as far as it matters which of several is the newest; `changed` is the file's time."""

    source: str
    sha256: str
    changed: int


def learn(project: Project, profile: Profile, load: Load) -> None:
    """Note a resume that was read, and whose it is."""
    known = project.one("SELECT person FROM people WHERE sha256 = ?", [profile.sha256])
    found = marks(profile)
    friends = _friends(project, profile, found, load)
    with project.whole():
        project.do("DELETE FROM marks WHERE sha256 = ?", [profile.sha256])
        project.do_all("INSERT INTO marks VALUES (?, ?)", ((mark, profile.sha256) for mark in sorted(found)))
        for other, why in friends.items():
            pair = sorted((profile.sha256, other))
            project.do("INSERT OR REPLACE INTO same VALUES (?, ?, ?)", [*pair, why])
        persons = {known[0]} if known else set()
        for other in friends:
            row = project.one("SELECT person FROM people WHERE sha256 = ?", [other])
            persons |= {row[0]} if row else set()
        person = min(persons, default=None)
        if person is None:
            (person,) = project.one("SELECT coalesce(max(person), 0) + 1 FROM people") or (1,)
        for merged in persons - {person}:
            project.do("UPDATE people SET person = ? WHERE person = ?", [person, merged])
        project.do(
            "INSERT OR REPLACE INTO people VALUES (?, ?, ?)",
            [profile.sha256, person, newest_printed(profile)],
        )


def _friends(project: Project, profile: Profile, found: Iterable[str], load: Load) -> dict[str, str]:
    """Other resumes of the same person, by SHA-256, each with the reason."""
    shared: dict[str, set[str]] = defaultdict(set)
    for mark in found:
        for (other,) in project.rows("SELECT sha256 FROM marks WHERE mark = ? AND sha256 <> ?", [mark, profile.sha256]):
            shared[other].add(mark)
    reasons: dict[str, str] = {}
    met: Counter[int] = Counter()
    for other, common in sorted(shared.items()):
        row = project.one("SELECT person FROM people WHERE sha256 = ?", [other])
        if row is None or met[row[0]] >= _COMPARED or not promising(common):
            continue
        loaded = load(other)
        if loaded is not None and (why := alike(frozenset(common), profile, loaded)):
            reasons[other] = why
            met[row[0]] += 1
    return reasons


def replaced(project: Project, candidates: Sequence[Candidate]) -> dict[int, Replaced]:
    """Those of a run's resumes that a newer one of the same person takes the place of, by their number among all.

    The newer one is the one that prints the newer date of a job; if they print the same, the one whose file was changed last.
    """
    people: Mapping[str, tuple[int, str]] = {
        sha: (person, newest) for sha, person, newest in project.rows("SELECT sha256, person, newest FROM people")
    }
    groups: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        groups[people[one.sha256][0] if one.sha256 in people else one.sha256].append(number)

    def age(number: int) -> tuple[str, int, str, int]:
        one = candidates[number]
        return (people[one.sha256][1] if one.sha256 in people else "", one.changed, one.sha256, -number)

    found = {}
    for group in groups.values():
        best = max(group, key=age)
        for number in group:
            if number != best:
                one, by = candidates[number], candidates[best]
                found[number] = Replaced(one.source, one.sha256, by.source, by.sha256, _why(project, one, by))
    return found


def _why(project: Project, one: Candidate, other: Candidate) -> str:
    """How two resumes were known as one person's; by way of a third, if by no mark of their own."""
    if one.sha256 == other.sha256:
        return "the same content"
    row = project.one("SELECT why FROM same WHERE one = ? AND other = ?", sorted((one.sha256, other.sha256)))
    return row[0] if row else "each is the same person's as a third resume"
