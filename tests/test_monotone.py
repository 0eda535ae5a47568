"""Taking something away that speaks for a candidate never raises a score, whatever the model computes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resume_forms import FORMS, NAMES, person_of

from matcher.records import CLAIMED, Claim, DatedJob, Kpi, Language, Month, Profile, ResumeFacts, Role, Stance, leaves
from matcher.scoring import Scorer
from matcher.scoring.features import SIGNS, Feature
from matcher.scoring.model import load_ranker

AS_OF = "2026-11-01"
NAMED_EXCEPTION = "over-qualified"
"""What a contribution's name says where more may count against a candidate."""


# ------------------------------------------------------------------------------------------------------ what is taken away


def _less_claims(profile: Profile) -> Iterator[Profile]:
    for claim in profile.claims:
        if claim.stance in CLAIMED:
            rest = tuple(other for other in profile.claims if other.concept != claim.concept)
            yield replace(profile, claims=rest)


def _less_certificates(profile: Profile) -> Iterator[Profile]:
    held = profile.facts.certifications
    for gone in held:
        facts = replace(profile.facts, certifications=tuple(other for other in held if other is not gone))
        yield replace(profile, facts=facts, claims=tuple(c for c in profile.claims if c.concept != gone.concept))


def _less_months(profile: Profile) -> Iterator[Profile]:
    """Each dated job begins a month later; the totals go with it."""
    for number, job in enumerate(profile.facts.jobs):
        if job.start and job.months and job.months > 1:
            first = Month.parse(job.start).index + 1
            later = replace(job, start=f"{first // 12:04d}-{first % 12 + 1:02d}", months=job.months - 1)
            jobs = (*profile.facts.jobs[:number], later, *profile.facts.jobs[number + 1 :])
            yield replace(profile, facts=_totals(profile.facts, jobs))


def _totals(facts: ResumeFacts, jobs: tuple[DatedJob, ...]) -> ResumeFacts:
    def covered(chosen: Callable[[DatedJob], bool]) -> int:
        months: set[int] = set()
        for job in jobs:
            if chosen(job) and job.start and job.months:
                first = Month.parse(job.start).index
                months.update(range(first, first + job.months))
        return len(months)

    return replace(
        facts,
        jobs=jobs,
        total_years=round(covered(lambda job: True) / 12, 1),
        customer_contact_months=covered(lambda job: job.contact),
        months_by_family={name: covered(lambda job, n=name: job.family == n) for name in facts.months_by_family},
        months_by_channel={name: covered(lambda job, n=name: n in job.channels) for name in facts.months_by_channel},
        months_by_line_of_business={
            name: covered(lambda job, n=name: n in job.lines_of_business) for name in facts.months_by_line_of_business
        },
    )


def _less_results(profile: Profile) -> Iterator[Profile]:
    for kpi in profile.facts.kpis:
        claims = tuple(replace(c, results=tuple(k for k in c.results if k != kpi)) for c in profile.claims)
        kept = tuple(other for other in profile.facts.kpis if other != kpi)
        yield replace(profile, claims=claims, facts=replace(profile.facts, kpis=kept))


def _less_languages(profile: Profile) -> Iterator[Profile]:
    for gone in profile.facts.languages:
        facts = replace(profile.facts, languages=tuple(other for other in profile.facts.languages if other != gone))
        named = gone.name.casefold()
        yield replace(profile, facts=facts, claims=tuple(c for c in profile.claims if c.concept != named))


LESS = {
    "a skill": _less_claims,
    "a certificate": _less_certificates,
    "a month": _less_months,
    "a result": _less_results,
    "a language": _less_languages,
}


@pytest.fixture(scope="module")
def points(engine) -> Callable[[Profile, Role], float]:
    """The logit of a pair without what the named exception takes."""

    def points(profile: Profile, role: Role) -> float:
        fit = scorer.fit(profile, role)
        return round(fit.logit - sum(part.points for part in fit.contributions if NAMED_EXCEPTION in part.name), 4)

    scorer = Scorer(engine.taxonomy)
    return points


# ---------------------------------------------------------------------------------------------------------------- samples


@pytest.mark.parametrize("what", LESS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_taking_away_never_raises_a_score(points, sample_profiles, sample_roles, what, data):
    never_raises(points, sample_profiles, sample_roles, what, data)


@pytest.mark.slow
@pytest.mark.parametrize("what", LESS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_taking_many_things_away_never_raises_a_score(points, sample_profiles, sample_roles, what, data):
    never_raises(points, sample_profiles, sample_roles, what, data)


def never_raises(points, sample_profiles, sample_roles, what, data):
    name = data.draw(st.sampled_from([name for name in sorted(sample_profiles) if next(LESS[what](sample_profiles[name]), None)]))
    role = sample_roles[data.draw(st.sampled_from(sorted(sample_roles)))]
    less = data.draw(st.sampled_from([*LESS[what](sample_profiles[name])]))
    assert points(less, role) <= points(sample_profiles[name], role)


@pytest.mark.slow
@pytest.mark.parametrize("what", LESS)
def test_taking_away_never_raises_any_score(points, sample_profiles, sample_roles, what):
    posts = [role for source, role in sample_roles.items() if "." in source]
    for profile in sample_profiles.values():
        whole = [points(profile, role) for role in posts]
        for less in LESS[what](profile):
            assert all(points(less, role) <= most for role, most in zip(posts, whole, strict=True)), (profile.source, less)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_deleting_an_item_of_a_list_raises_nothing_but_the_wording(engine, scorer, sample_roles, name):
    """In the text, before anything is read: skills one by one.

    Where words of other things go, the words that are left weigh a little more in the likeness of wording; nothing else may rise.
    """
    ending, draw = FORMS["text"]
    person = person_of(name)
    posts = [role for source, role in sample_roles.items() if "." in source]

    def scores(of) -> list[tuple[float, float]]:
        profile = engine.read_resume(draw(of), f"cv{ending}", as_of=AS_OF)
        fits = [scorer.fit(profile, role) for role in posts]
        return [(fit.logit, sum(part.points for part in fit.contributions if part.name == Feature.TEXT)) for fit in fits]

    whole = scores(person)
    for part in ("sections", "side"):
        for s, section in enumerate(getattr(person, part)):
            for key in {"items", "inline"} & section.keys():
                for n in range(len(section[key])):
                    left = {**section, key: [*section[key][:n], *section[key][n + 1 :]]}
                    sections = (*getattr(person, part)[:s], left, *getattr(person, part)[s + 1 :])
                    found = scores(replace(person, **{part: sections}))
                    for (less, words), (more, before) in zip(found, whole, strict=True):
                        assert less <= more + max(0.0, words - before) + 0.0001, section[key][n]


# -------------------------------------------------------------------------------------------------------------- generated


@st.composite
def profiles(draw, concepts, families) -> Profile:
    """A profile of anything: jobs of any family and age, claims of any proof."""
    jobs = []
    for _ in range(draw(st.integers(0, 4))):
        first, months = draw(st.integers(2008 * 12, 2024 * 12)), draw(st.integers(1, 60))
        last = first + months - 1
        jobs.append(
            DatedJob(
                title=draw(st.sampled_from(["Customer Service Representative", "Cashier", "Medical Coder", "Team Leader"])),
                start=f"{first // 12:04d}-{first % 12 + 1:02d}",
                end=f"{last // 12:04d}-{last % 12 + 1:02d}",
                open=False,
                months=months,
                family=draw(st.sampled_from([None, *families])),
                level=draw(st.sampled_from([None, 0, 1, 2, 3])),
                channels=tuple(draw(st.sets(st.sampled_from(["voice", "chat", "email"])))),
                lines_of_business=tuple(draw(st.sets(st.sampled_from(["telecom", "healthcare"])))),
                contact=draw(st.booleans()),
            )
        )
    claims = tuple(
        Claim(
            concept,
            draw(st.sampled_from([Stance.HELD, Stance.LEARNING])),
            draw(st.sampled_from([0.5, 1.0])),
            (),
            months=draw(st.sampled_from([None, 6, 40])),
            last_used=draw(st.sampled_from([None, "2012-01", "2024-06"])),
            proof=draw(st.sampled_from(["job", "list", "summary", "certificate", "dump", "bare"])),
        )
        for concept in sorted(draw(st.sets(st.sampled_from(concepts), max_size=12)))
    )
    kpis = tuple(Kpi("CSAT", f"{90 + n}%", "%", None, f"CSAT 9{n}%") for n in range(draw(st.integers(0, 4))))
    spoken = tuple(Language(name) for name in sorted(draw(st.sets(st.sampled_from(["English", "Spanish", "German"])))))
    facts = ResumeFacts(
        languages=spoken,
        kpis=kpis,
        education=draw(st.sampled_from(["unknown", "high_school", "bachelor"])),
        months_by_family={job.family: 0 for job in jobs if job.family},
        months_by_channel={name: 0 for job in jobs for name in job.channels},
        months_by_line_of_business={name: 0 for job in jobs for name in job.lines_of_business},
    )
    facts = _totals(facts, tuple(jobs))
    return Profile("cv.txt", "0" * 64, AS_OF, claims, (), facts)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_taking_away_never_raises_the_score_of_any_profile(points, sample_roles, data):
    role = sample_roles[data.draw(st.sampled_from(sorted(sample_roles)))]
    asked = sorted({leaf.concept for leaf in leaves(role.requirements) if leaf.concept} | {"zendesk", "inbound-calls", "spanish"})
    families = sorted({*role.families, "customer-service-voice", "retail"})
    profile = data.draw(profiles(asked, families))
    less = [one for make in LESS.values() for one in make(profile)]
    if less:
        assert points(data.draw(st.sampled_from(less)), role) <= points(profile, role)


# ------------------------------------------------------------------------------------------------------------------ model


def test_the_shipped_model_holds_nothing_against_more_of_a_signal():
    weights = load_ranker().weights
    assert weights
    assert all(weight * SIGNS.get(Feature(name), 1) >= 0 for name, weight in weights.items() if NAMED_EXCEPTION not in name)
