"""The library in three calls."""

from __future__ import annotations

from pathlib import Path

import pytest

import matcher
from matcher import MatcherError

SAMPLES = Path(__file__).parent.parent / "samples"
AS_OF = "2026-11-01"


@pytest.fixture(scope="module")
def pool():
    names = ("csr-voice-telecom.pdf", "collections-specialist.pdf", "operations-manager.pdf")
    return [matcher.read_resume(SAMPLES / "resumes" / name, as_of=AS_OF) for name in names]


@pytest.fixture(scope="module")
def post():
    return matcher.read_role(SAMPLES / "jobs" / "us-collections.txt")


def test_the_best_comes_first_whatever_the_order(pool, post):
    found = [fit.profile.source for fit in matcher.rank(pool, post)]
    assert found[0] == "collections-specialist.pdf"
    assert found == [fit.profile.source for fit in matcher.rank(reversed(pool), post)]


def test_three_calls_give_what_the_engine_and_the_scorer_give(engine, pool, post):
    path = SAMPLES / "resumes" / "csr-voice-telecom.pdf"
    assert pool[0] == engine.read_resume(path.read_bytes(), path.name, as_of=AS_OF)
    assert [fit.logit for fit in matcher.rank(pool, post)] == [
        fit.logit for fit in matcher.Scorer(engine.taxonomy).rank(post, pool)
    ]


def test_bytes_are_read_by_the_ending_of_their_name(pool):
    path = SAMPLES / "resumes" / "csr-voice-telecom.pdf"
    assert matcher.read_resume(path.name, path.read_bytes(), as_of=AS_OF) == pool[0]


def test_a_role_profile_goes_by_its_id():
    assert matcher.read_role("role:team-leader").title == "Team leader"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("role:no-such-seat", "no such role profile"),
        (SAMPLES / "jobs" / "two-posts.jsonl", "holds 2 job posts"),
        (SAMPLES / "jobs" / "not-there.txt", "cannot be read"),
    ],
)
def test_what_is_no_role_says_what_to_do(source, says):
    with pytest.raises(MatcherError, match=says):
        matcher.read_role(source)
