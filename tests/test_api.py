"""The library in three calls."""

from __future__ import annotations

from datetime import date, datetime
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


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda pool, post: matcher.rank(pool[0], post), "rank: the profiles are of type Profile; give a list"),
        (lambda pool, post: matcher.rank(None, post), "rank: the profiles are of type NoneType"),
        (lambda pool, post: matcher.rank(["cv.pdf"], post), "rank: of type str is among the profiles; give what read_resume"),
        (lambda pool, post: matcher.rank(pool, "role:team-leader"), "rank: the role is of type str; give what read_role returns"),
        (lambda pool, post: matcher.rank(pool, [post]), "rank: the role is of type list"),
        (lambda pool, post: matcher.rank(post, pool), "rank: the role is of type list"),
        (lambda pool, post: matcher.read_resume(None), "the source is of type NoneType; give a file's path"),
        (lambda pool, post: matcher.read_resume("cv.txt", "text"), "cv.txt: the data is of type str; give bytes"),
        (lambda pool, post: matcher.read_resume("cv.txt", b"x", as_of="soon"), "as_of 'soon': is no date; give YYYY-MM-DD"),
        (lambda pool, post: matcher.read_resume("cv.txt", b"x", as_of=3), "as_of 3: is no date"),
        (lambda pool, post: matcher.read_resume("cv.txt", b"x", taxonomy=3), "the taxonomy is of type int; give the path"),
        (lambda pool, post: matcher.read_resume("nowhere.pdf"), "nowhere.pdf: cannot be read (No such file"),
        (lambda pool, post: matcher.read_role("role:teamleader"), 'no such role profile; did you mean "team-leader"?'),
        (lambda pool, post: matcher.read_role("a.yaml", b"title: A\nlevels: 1"), "line 2: unknown key 'levels'; did you mean"),
    ],
)
def test_wrong_use_is_one_clear_line(pool, post, call, told):
    with pytest.raises(MatcherError) as caught:
        call(pool, post)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_day_may_be_given_as_a_date(pool):
    path = SAMPLES / "resumes" / "csr-voice-telecom.pdf"
    assert matcher.read_resume(path, as_of=date(2026, 11, 1)) == pool[0]
    assert matcher.read_resume(path, as_of=datetime(2026, 11, 1, 9)) == pool[0]
