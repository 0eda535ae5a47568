"""What a project keeps: records come back as they were, and a key changes with everything that the result depends on."""

import dataclasses
import math
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_architecture import MODULES, own, room_of

from matcher.batch import Operation, ReadOptions, Task
from matcher.errors import MatcherError
from matcher.project.codec import decode_contents, decode_profile, decode_roles, encode_contents, encode_profile, encode_roles
from matcher.project.keys import READING, SCORING, Keys
from matcher.project.shelf import _made
from matcher.records import AllOf, AnyOf, Box, Contact, Contents, DatedJob, Kpi, Member, Notice, Requirement, Unread

TASK = Task("cv.pdf", Operation.RESUME, Path("cv.pdf"))
KEYS = Keys("t1", ReadOptions(as_of="2026-11-01"))


# ------------------------------------------------------------------------------------------------------------------ codec


def test_every_sample_profile_comes_back_as_it_was(sample_profiles):
    for name, profile in sample_profiles.items():
        assert decode_profile(encode_profile(profile)) == profile, name


def test_every_sample_role_comes_back_as_it_was(sample_roles):
    roles = tuple(sample_roles.values())
    assert decode_roles(encode_roles(roles)) == roles


def test_an_unreadable_post_among_others_stays_an_error(sample_roles):
    role = next(iter(sample_roles.values()))
    first, second = decode_roles(encode_roles((MatcherError("line 2: no text", "empty"), role)))
    assert (str(first), first.code, second) == ("line 2: no text", "empty", role)


def test_lists_of_all_and_of_any_are_told_apart(sample_roles):
    leaf = Requirement("skill", "required", "inbound-calls", weight=0.5, families=("voice",))
    tree = AllOf((AnyOf((leaf, AllOf((leaf,)))), AllOf(), AnyOf()))
    role = dataclasses.replace(next(iter(sample_roles.values())), requirements=tree, weights=(("wording", 0.5),))
    assert decode_roles(encode_roles((role,))) == (role,)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.builds(Requirement, weight=NUMBERS, families=st.lists(st.text()).map(tuple))
NODES = st.recursive(LEAVES, lambda inner: st.one_of(*(st.builds(kind, st.lists(inner).map(tuple)) for kind in (AllOf, AnyOf))))


@settings(max_examples=30)
@given(tree=st.builds(AllOf, st.lists(NODES, max_size=4).map(tuple)), title=st.text())
def test_any_tree_of_requirements_comes_back(sample_roles, tree, title):
    role = dataclasses.replace(next(iter(sample_roles.values())), requirements=tree, title=title)
    assert decode_roles(encode_roles((role,))) == (role,)


def of(kind):
    """Any record of a kind, with numbers that JSON has."""
    hints = get_type_hints(kind)
    plain = {
        name: NUMBERS if hint is float else NUMBERS | st.none() for name, hint in hints.items() if hint in (float, float | None)
    }
    return st.builds(kind, **plain)


@settings(max_examples=30)
@given(
    contact=of(Contact),
    jobs=st.lists(of(DatedJob), max_size=2),
    kpis=st.lists(of(Kpi), max_size=2),
    months=st.dictionaries(st.text(), st.integers(0, 600), max_size=3),
    years=NUMBERS | st.none(),
    text=st.text(),
)
def test_any_facts_come_back(sample_profiles, contact, jobs, kpis, months, years, text):
    profile = next(iter(sample_profiles.values()))
    facts = dataclasses.replace(
        profile.facts, contact=contact, jobs=tuple(jobs), kpis=tuple(kpis), months_by_family=months, total_years=years
    )
    profile = dataclasses.replace(profile, facts=facts, text=text)
    assert decode_profile(encode_profile(profile)) == profile


def test_contents_of_a_container_come_back():
    found = Contents((Member("a.zip/b.pdf", (1, 2)),), (Unread("a.zip/c.doc", "empty", "is empty"),), (("x.bin", "no kind"),))
    assert decode_contents(encode_contents(found)) == found


@pytest.mark.parametrize("odd", [Box(1, math.inf, 0, 0, 0), Box(1, 0, math.nan, 0, 0)])
def test_a_profile_that_json_cannot_carry_is_not_kept(sample_profiles, odd):
    profile = dataclasses.replace(next(iter(sample_profiles.values())), warnings=(Notice("tiny-text", "small", odd),))
    assert _made(profile) is None
    assert _made(dataclasses.replace(profile, warnings=(), text="lone \ud800")) is None


# ------------------------------------------------------------------------------------------------------------------- keys


@pytest.mark.parametrize(
    "other",
    [
        KEYS.read(TASK, "b"),
        KEYS.read(dataclasses.replace(TASK, source="cv.txt"), "a"),
        KEYS.read(dataclasses.replace(TASK, operation=Operation.ROLES), "a"),
        KEYS.read(dataclasses.replace(TASK, inside=(1,)), "a"),
        dataclasses.replace(KEYS, taxonomy="t2").read(TASK, "a"),
        *(
            dataclasses.replace(KEYS, options=dataclasses.replace(KEYS.options, **change)).read(TASK, "a")
            for change in ({"as_of": "2026-12-01"}, {"as_of": "document"}, {"pages": 3}, {"ocr": False}, {"seconds": 1.0})
        ),
    ],
)
def test_what_a_reading_depends_on_changes_its_key(other):
    assert other != KEYS.read(TASK, "a")


@pytest.mark.parametrize(
    "same",
    [
        KEYS.read(dataclasses.replace(TASK, source="other/name.PDF", path=Path("elsewhere.pdf")), "a"),
        dataclasses.replace(KEYS, options=dataclasses.replace(KEYS.options, as_of="2026-11-30")).read(TASK, "a"),
        dataclasses.replace(KEYS, options=dataclasses.replace(KEYS.options, memory=1)).read(TASK, "a"),
        dataclasses.replace(KEYS, models=Path("own")).read(TASK, "a"),
    ],
)
def test_what_a_reading_does_not_depend_on_leaves_its_key(same):
    assert same == KEYS.read(TASK, "a")


def test_a_profile_is_the_same_on_every_day_of_a_month(engine, root):
    for name in ("csr-voice-telecom.pdf", "team-leader.pdf"):
        data = (root / "samples" / "resumes" / name).read_bytes()
        first, last = (engine.read_resume(data, name, as_of=f"2026-11-{day}") for day in ("01", "30"))
        assert dataclasses.replace(last, as_of=first.as_of) == first


def test_the_weights_of_a_role_change_the_key_of_its_scores(sample_roles):
    role = next(iter(sample_roles.values()))
    heavier = dataclasses.replace(role, weights=(("wording", 2.0),))
    assert KEYS.opening(role) == KEYS.opening(dataclasses.replace(role)) != KEYS.opening(heavier)


def closure(start):
    """The modules that one imports, directly or by way of others."""
    seen, todo = set(), [start]
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += [name for name, _ in own(module)]
    return {room_of(module) for module in seen if not module.startswith("matcher.scoring")}


def test_all_code_that_reads_or_scores_is_in_the_digests():
    assert closure("matcher.matching") <= READING
    assert closure("matcher.scoring.scorer") | closure("matcher.growth") <= SCORING
    assert {room for room in READING | SCORING if room not in {room_of(module) for module in MODULES}} <= {"blind"}
