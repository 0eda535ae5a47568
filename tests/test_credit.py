"""What earns credit for what: neighbours, choices, wishes; and what a scorer keeps of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.records import AllOf, AnyOf, Claim, Profile, Requirement, ResumeFacts, Role, Stance
from matcher.scoring import Scorer
from matcher.scoring.features import Feature
from matcher.scoring.model import RankerModel


@pytest.fixture(scope="module")
def generous(engine):
    """A scorer whose base alone is worth band 3, so that nothing but a cap can lower a band."""
    return Scorer(engine.taxonomy, RankerModel(4.0, dict.fromkeys(map(str, Feature), 1.0), (0.2, 0.5, 0.8), "test"))


def skilled(*concepts):
    claims = tuple(Claim(concept, Stance.HELD, 1.0, (), last_used=None, proof="job") for concept in concepts)
    return Profile("p.txt", "p" * 64, "2026-11-01", claims, (), ResumeFacts())


def seat(*items):
    return Role("post.txt", "1" * 64, "Agent", (), 1, AllOf(items))


@pytest.mark.parametrize(
    ("asked", "shown", "share"),
    [
        ("organisational-skills", "time-management", 0.0),
        ("analytical-skills", "problem-solving", 0.0),
        ("verbal-communication", "teamwork", 0.0),
        ("root-cause-analysis", "problem-solving", 0.0),
        ("freshdesk", "zendesk", 0.7),
        ("inbound-calls", "voice-process", 0.35),
        ("microsoft-word", "microsoft-office", 0.35),
        ("telephone-etiquette", "inbound-calls", 0.35),
    ],
)
def test_what_anyone_can_claim_is_evidence_of_nothing_else(scorer, asked, shown, share):
    """Each pair is related or one above the other in the taxonomy; soft traits do not stand in for one another."""
    wanted = seat(Requirement("skill", "required", asked))
    (value,) = (one.value for one in scorer.signals(skilled(shown), wanted) if one.feature is Feature.REQUIRED)
    assert value == pytest.approx(share * 0.9, abs=0.001)  # 0.9: not dated


def test_a_choice_with_a_required_way_is_required_whichever_way_answers_it(generous):
    ways = (Requirement("certification", "required", "cpc"), Requirement("certification", "preferred", "itil-foundation"))
    wanted = seat(AnyOf(ways))
    bands = {}
    for concepts in ((), ("cpc",), ("itil-foundation",)):
        fit = generous.fit(skilled(*concepts), wanted)
        bands[concepts] = generous.band(fit)
        assert [part.name for part in fit.contributions if part.points > 0] == [str(Feature.REQUIRED)] * bool(concepts)
    assert bands == {(): 1, ("cpc",): 3, ("itil-foundation",): 3}
    wish = seat(AnyOf(tuple(replace(way, need="preferred") for way in ways)))
    assert generous.band(generous.fit(skilled(), wish)) == 3


def test_a_wish_that_a_person_has_struck_out_counts_nowhere(scorer):
    wishes = tuple(Requirement("skill", "preferred", concept) for concept in ("zendesk", "avaya", "sap"))
    struck = tuple(replace(wish, weight=0.0) for wish in wishes[1:])
    one, more = (scorer.fit(skilled("zendesk"), seat(*items)).logit for items in (wishes[:1], (wishes[0], *struck)))
    assert one == more


@pytest.mark.parametrize("step", [pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def test_what_a_scorer_keeps_is_bounded_and_changes_no_score(engine, monkeypatch, sample_profiles, sample_roles, step):
    monkeypatch.setattr("matcher.scoring.scorer._MOST_VIEWS", 3)
    monkeypatch.setattr("matcher.scoring.scorer._MOST_TABLES", 2)
    for kept in ("scorer._MOST_ROLES", "explainer._MOST_ROLES", "findings._MOST_NAMES"):
        monkeypatch.setattr(f"matcher.scoring.{kept}", 2)
    forgetful, usual = Scorer(engine.taxonomy), Scorer(engine.taxonomy)
    people = list(sample_profiles.values())[::step]
    assert len(people) > 4
    for role in list(sample_roles.values())[:3]:
        assert forgetful.rank(role, people) == usual.rank(role, people)
        assert [forgetful.fit(replace(one), role) for one in people] == [usual.fit(one, role) for one in people]
    assert len(forgetful._profiles) <= 3
    assert len(forgetful._tables) <= 2
    held = (forgetful._roles, forgetful._explainer._roles, forgetful._explainer._teller._names)
    assert [0 < len(one) <= 2 for one in held] == [True] * 3
    role = next(iter(sample_roles.values()))
    before = forgetful.rank(role, people)
    forgetful.forget()
    assert [len(one) for one in held] == [0, 0, 0]
    assert forgetful.rank(role, people) == before
