"""Openings that fit a resume better, and what each must of an opening costs, by the scorer's own numbers."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import openpyxl
import pytest

from matcher.cli import main
from matcher.cli.profiles import named_profiles, parted
from matcher.errors import InputError
from matcher.growth import BestOpenings, all_relaxed, must_costs, relaxed, rung
from matcher.records import AllOf, AnyOf, MustCost, Opening, Relaxed, Requirement, Role
from matcher.report import Placed, Ranking
from matcher.report.flat import flat_record
from matcher.report.musts import must_rows, must_text, notes
from matcher.report.rows import pair_record
from matcher.role_file import builtin_roles
from matcher.scoring import Scorer
from matcher.scoring.model import RankerModel, load_ranker
from tests.report_cases import VERSIONS, fit, profile, role, run

pytestmark = pytest.mark.usefixtures("one_process")

AS_OF = "2026-11-01"
RESUME = """Robin Sample
robin.sample@example.com

EXPERIENCE

{title}
Northwind Outsourcing, Springfield
{start} - Present
- Answered inbound calls of telco customers and settled complaints on the first call.
- Logged every call in the CRM and kept AHT and CSAT at target.
- Coached new agents on call handling and de-escalation.

EDUCATION

{education}

SKILLS
Customer service, active listening, upselling{skills}
"""
POST = """Customer Service Representative

We answer the customers of a telco by phone.

Requirements
- {months}
- {certificate}
- Inbound calls, complaint handling, CRM, de-escalation, AHT and CSAT
- Typing speed of at least 45 wpm
"""


def read(
    engine, name="robin.txt", title="Customer Service Representative", start="January 2025", skills="", education="B.A., 2019"
):
    text = RESUME.format(title=title, start=start, skills=skills, education=education)
    return engine.read_resume(text.encode(), name, as_of=AS_OF)


@pytest.fixture(scope="module")
def strict_role(engine):
    """A post with musts of months, of a certificate and of typing."""
    text = POST.format(months="At least 5 years of call center experience is required", certificate="Must hold a CPC certificate")
    return engine.read_roles(text.encode(), "strict.txt")[0]


@pytest.fixture(scope="module")
def eager(engine):
    """A scorer to whose numbers everybody is strong, so that only musts hold anyone down."""
    shipped = load_ranker()
    return Scorer(engine.taxonomy, RankerModel(9.0, shipped.weights, shipped.bands, "eager"))


@pytest.fixture(scope="module")
def pool(engine):
    return (
        read(engine),
        read(engine, "typist.txt", skills=", typing speed 60 wpm"),
        read(engine, "coder.txt", skills=", Certified Professional Coder (CPC), typing speed 60 wpm"),
        read(engine, "veteran.txt", start="January 2015", skills=", Certified Professional Coder (CPC)"),
        read(engine, "whole.txt", start="January 2015", skills=", Certified Professional Coder (CPC), typing speed 60 wpm"),
    )


# --------------------------------------------------------------------------------------------------------------------- musts


def without(role, place):
    """The role less the must at a place of its tree."""
    items = role.requirements.items
    return replace(role, requirements=AllOf((*items[:place], *items[place + 1 :])))


def test_growth_each_must_that_holds_a_resume_down_is_named_with_the_band_without_it(eager, pool, strict_role):
    named = {
        one.source: [(must.must.split(":")[0].split(" (")[0], must.band) for must in relaxed(eager, eager.fit(one, strict_role))]
        for one in pool
    }
    assert named == {
        "robin.txt": [("60 months of experience", 1), ("certificate", 1), ("typing speed", 1)],
        "typist.txt": [("60 months of experience", 1), ("certificate", 1)],
        "coder.txt": [("60 months of experience", 3)],
        "veteran.txt": [("typing speed", 3)],
        "whole.txt": [],
    }


def test_growth_band_without_a_must_is_that_of_the_role_without_it(eager, pool, strict_role):
    """Months and typing score nothing by themselves: the role is scored again without them."""
    items = [n for n, item in enumerate(strict_role.requirements.items) if isinstance(item, Requirement)]
    named = {"experience": "60 months", "typing": "typing speed"}
    taken_out = {strict_role.requirements.items[n].kind: without(strict_role, n) for n in items}
    for one in pool:
        fit = eager.fit(one, strict_role)
        for kind, start in named.items():
            bands = [must.band for must in relaxed(eager, fit) if must.must.startswith(start)]
            assert [eager.band(eager.fit(one, taken_out[kind]))] == (bands or [eager.band(fit)])


def test_growth_a_must_costs_those_who_would_rise_without_it(eager, pool, strict_role):
    ranked = eager.rank(strict_role, pool)
    costs = must_costs([(eager.band(one), relaxed(eager, one)) for one in ranked])
    assert [(cost.held, cost.unsaid, cost.possible, cost.strong) for cost in costs] == [
        (3, 0, 0, 1),
        (2, 2, 0, 1),
        (2, 0, 0, 0),
    ]
    assert costs[0].must.startswith("60 months of experience")
    assert "shown" not in costs[0].must
    assert costs[1].must == "typing speed: 45 wpm"


def test_growth_nobody_is_held_down_by_a_role_without_musts(scorer, pool, engine):
    post = POST.format(months="With or without experience", certificate="CPC is a plus").split("- Typing")[0]
    (open_role,) = engine.read_roles(post.encode(), "open.txt")
    assert [relaxed(scorer, scorer.fit(one, open_role)) for one in pool] == [()] * len(pool)
    assert must_costs([(2, ())]) == ()


def test_growth_alternatives_are_one_must_by_all_their_names(eager, pool):
    ways = AnyOf((Requirement("certification", "required", concept="ccs"), Requirement("experience", "required", min_months=120)))
    asked = Role("either.txt", "s", "Agent", ("customer-service-voice",), 1, AllOf((ways,)))
    (cost,) = must_costs([(1, relaxed(eager, eager.fit(pool[0], asked)))])
    assert " or 120 months of experience" in cost.must
    assert (cost.held, cost.strong) == (1, 1)


def test_growth_alternatives_are_one_must_however_much_of_them_is_shown(eager, pool):
    """What a resume shows of each way differs from one to the next; the must is the same."""
    ways = AnyOf(
        (Requirement("education", "required", min_level="master"), Requirement("experience", "required", min_months=300))
    )
    asked = Role("either.txt", "s", "Agent", ("customer-service-voice",), 1, AllOf((ways,)))
    (cost,) = must_costs((eager.band(one), relaxed(eager, one)) for one in eager.rank(asked, pool))
    assert cost == MustCost("education: master or 300 months of experience", len(pool), 0, 0, len(pool))
    (must,) = eager.fit(pool[0], asked).musts
    assert must.label == cost.must
    assert must.shown == "bachelor; 23 months in such jobs"


def test_growth_the_only_way_of_several_parts_is_one_must_by_all_their_names(eager, pool):
    parts = (Requirement("certification", "required", concept="ccs"), Requirement("experience", "required", min_months=120))
    asked = Role("way.txt", "s", "Agent", ("customer-service-voice",), 1, AllOf((AnyOf((AllOf(parts),)),)))
    held = all_relaxed(eager, eager.placed(asked, pool))
    assert held == tuple(relaxed(eager, fit) for fit in eager.rank(asked, pool))
    assert {must.must.partition(" and ")[2] for some in held for must in some} == {"120 months of experience"}


def test_growth_two_musts_of_the_same_words_are_two(eager, pool):
    """Both ask for 60 months, one of them of chat: each alone changes nothing, since the other holds as well."""
    twins = (Requirement("experience", "required", min_months=60), Requirement("experience", "required", min_months=60))
    asked = Role("twins.txt", "s", "Agent", ("customer-service-voice",), 1, AllOf(twins))
    fit = eager.fit(pool[0], asked)
    assert relaxed(eager, fit) == tuple(Relaxed("60 months of experience", False, 1, place) for place in (0, 1))
    costs = must_costs([(eager.band(fit), relaxed(eager, fit))])
    assert costs == (MustCost("60 months of experience", 1, 0, 0, 0),) * 2


@pytest.mark.parametrize("step", [pytest.param(12, id="some"), pytest.param(3, id="all", marks=pytest.mark.slow)])
def test_growth_musts_of_a_whole_pool_need_no_fits(eager, scorer, pool, strict_role, sample_profiles, sample_roles, step):
    for judge, people, roles in (
        (eager, pool, [strict_role]),
        (scorer, list(sample_profiles.values()), list(sample_roles.values())[::step]),
    ):
        for one in roles:
            places = judge.placed(one, people)
            held = all_relaxed(judge, places)
            assert held == tuple(relaxed(judge, fit) for fit in places.fits())
            assert must_costs(zip(places.bands, held, strict=True)) == must_costs(
                (judge.band(fit), relaxed(judge, fit)) for fit in judge.rank(one, people)
            )


# ------------------------------------------------------------------------------------------------------------ other openings


def test_growth_better_openings_score_higher_and_are_at_least_possible(engine, scorer, sample_profiles, sample_roles):
    people = tuple(sample_profiles.values())
    jobs = [job for name, job in sample_roles.items() if "." in name]  # posts; the ids of role profiles have no ending
    best = BestOpenings(scorer, people, jobs)
    for one in people:
        fits = {job.source: scorer.fit(one, job) for job in jobs}
        for own in fits.values():
            higher = [source for source, found in fits.items() if found.logit > own.logit and scorer.band(found) >= 2]
            expected = sorted(higher, key=lambda source: -fits[source].logit)[:3]
            found = best.better(own)
            assert [opening.job for opening in found] == expected
            assert [(opening.score, opening.band) for opening in found] == [
                (fits[s].score, scorer.band(fits[s])) for s in expected
            ]


def test_growth_a_copy_of_an_opening_is_no_better_one(engine, scorer, sample_profiles):
    text = POST.format(months="1 year of call center experience", certificate="High school")
    copies = [engine.read_roles(text.encode(), name)[0] for name in ("a.txt", "b.txt")]
    one = sample_profiles["csr-voice-telecom"]
    best = BestOpenings(scorer, [one], copies)
    assert [best.better(scorer.fit(one, copy)) for copy in copies] == [(), ()]


# ------------------------------------------------------------------------------------------------------------------- reports


BETTER = (Opening("tl.txt", "Team leader", 0.9312345, 3), Opening("qa.txt", "", 0.71, 2))
HELD = (Relaxed("typing speed: 40 wpm", True, 3),)


def test_growth_a_pair_says_where_it_fits_better_and_which_musts_hold_it_down():
    placed = Placed(1, fit(profile(), role(), 3.0), 2, better=BETTER, relaxed=HELD)
    record = pair_record(placed, VERSIONS)
    assert record["better"] == [
        {"job": "tl.txt", "title": "Team leader", "score": 0.931234, "band": 3},
        {"job": "qa.txt", "title": "", "score": 0.71, "band": 2},
    ]
    assert record["relaxed"] == [{"must": "typing speed: 40 wpm", "band": 3}]
    assert flat_record(placed, run())["better_openings"] == (
        "Team leader (tl.txt): 0.93, 3 strong",
        "qa.txt: 0.71, 2 possible",
    )
    plain = Placed(1, fit(profile(), role(), 3.0), 2)
    assert (pair_record(plain, VERSIONS)["better"], flat_record(plain, run())["better_openings"]) == ([], ())


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (
            MustCost("typing speed: 40 wpm", 9, 4, 6, 2),
            "keeps 9 candidates in a lower band (4 of them without a word on it); without it 6 more possible, 2 more strong",
        ),
        (MustCost("typing speed: 40 wpm", 1, 0, 0, 1), "keeps 1 candidate in a lower band; without it 1 more strong"),
        (
            MustCost("typing speed: 40 wpm", 3, 0, 0, 0),
            "keeps 3 candidates in a lower band; to drop it alone changes nothing, other musts keep them there too",
        ),
    ],
)
def test_growth_a_must_is_one_sentence(cost, text):
    assert must_text(cost) == f"typing speed: 40 wpm: {text}"


def test_growth_notes_name_the_two_dearest_musts_and_higher_bands_elsewhere_only():
    job = role()
    fits = [Placed(n, fit(profile(f"{n}.pdf"), job, 3.0), band, better=BETTER) for n, band in enumerate((3, 2, 1), 1)]
    costs = tuple(MustCost(f"must {n}", 3, 0, 3 - n, 0) for n in range(3))
    found = notes(Ranking(job, tuple(fits), costs), 10)
    assert [note.split(":")[0] for note in found] == ["must 0", "must 1", "another opening fits 2 candidates of these better"]
    assert found[-1].endswith(": #2 Team leader (0.93); #3 Team leader (0.93)")
    assert notes(Ranking(job, tuple(fits[:1]), costs[2:]), 10) == [must_text(costs[2])]
    assert [row[:3] for row in must_rows(Ranking(job, (), costs))] == [(job.title, f"must {n}", 3) for n in range(3)]


# ------------------------------------------------------------------------------------------------------------------- command


@pytest.fixture(scope="module")
def run_of_pool(tmp_path_factory):
    """Two posts and three resumes, ranked into every format."""
    place = tmp_path_factory.mktemp("growth")
    for name, more in (("plain", ""), ("typist", ", typing speed 60 wpm"), ("coder", ", Certified Professional Coder (CPC)")):
        text = RESUME.format(title="Customer Service Representative", start="January 2025", skills=more, education="B.A., 2019")
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    jobs = place / "jobs"
    jobs.mkdir()
    (jobs / "strict.txt").write_text(
        POST.format(months="1 year of call center experience", certificate="Must hold a CPC certificate"), encoding="utf-8"
    )
    (jobs / "open.txt").write_text(
        POST.format(months="1 year of call center experience", certificate="High school"), encoding="utf-8"
    )
    outs = [word for ending in ("jsonl", "csv", "xlsx") for word in ("--out", str(place / f"r.{ending}"))]
    people = [str(place / f"{name}.txt") for name in ("plain", "typist", "coder")]
    assert main(["rank", *people, "--jobs", str(jobs), *outs, "--as-of", AS_OF, "--workers", "1", "-q"]) == 0
    return place


def test_growth_command_writes_better_openings_and_musts(run_of_pool):
    lines = [json.loads(line) for line in (run_of_pool / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 6, "a line for each pair and nothing else"
    strict = {line["resume"]: line for line in lines if line["job"] == "strict.txt"}
    assert [opening["job"] for opening in strict["plain.txt"]["better"]] == ["open.txt"]
    assert next(must["must"] for must in strict["plain.txt"]["relaxed"]).startswith("certificate: ")
    with (run_of_pool / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["job"], row["resume"]): row["better_openings"] for row in csv.DictReader(file)}
    assert rows["strict.txt", "plain.txt"].startswith("Customer Service Representative (open.txt): ")
    assert rows["open.txt", "plain.txt"] == ""
    musts = [[cell.value for cell in row] for row in openpyxl.load_workbook(run_of_pool / "r.xlsx")["Musts"].iter_rows()]
    assert musts[0][:3] == ["Role", "Must", "In a lower band for it"]
    held = {(row[6], row[1].split(":")[0]): row[2] for row in musts[1:]}
    assert held["strict.txt", "certificate"] == 2


def test_growth_a_pool_is_ranked_for_one_role_profile(run_of_pool, capsys):
    person = str(run_of_pool / "plain.txt")
    assert main(["rank", person, "--jobs", "role:team-leader", "--as-of", AS_OF, "-q"]) == 0
    assert capsys.readouterr().out.startswith("Team leader (team-leader)\n")
    post = str(run_of_pool / "jobs" / "open.txt")
    assert main(["rank", person, "--jobs", post, "role:CSR", "--as-of", AS_OF, "-q"]) == 0
    heads = [line for line in capsys.readouterr().out.splitlines() if line.endswith(")") and line.startswith("Customer")]
    assert heads == [
        "Customer Service Representative (open.txt)",
        "Customer service representative (customer-service-representative)",
    ]


def test_growth_one_resume_is_scored_for_one_role_profile(run_of_pool, capsys):
    assert main(["score", str(run_of_pool / "plain.txt"), "--job", "role:team-leader", "--format", "json", "--as-of", AS_OF]) == 0
    assert json.loads(capsys.readouterr().out)["job"] == "team-leader"


def test_growth_a_role_profile_that_is_not_there_ends_the_run_before_any_file_is_read(capsys):
    assert main(["rank", "nowhere", "--jobs", "role:team-leder"]) == 2
    err = capsys.readouterr().err
    assert "role:team-leder: no role profile has this id; did you mean role:team-leader or role:rcm-team-leader?" in err
    assert "nowhere" not in err


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["team-leader"], ["team-leader"]),
        (["Team Leader"], ["team-leader"]),
        (["csr", "chat-email-support"], ["chat-email-support", "customer-service-representative"]),
    ],
)
def test_growth_profiles_are_named_by_id_or_title(engine, names, ids):
    assert [role.source for role in named_profiles(engine.taxonomy, names)] == ids


def test_growth_names_of_profiles_and_paths_are_parted(engine):
    assert parted(["a.txt", "role:x", "./role:y"]) == (["x"], ["a.txt", "./role:y"])
    with pytest.raises(InputError, match="needs the id of a role profile"):
        named_profiles(engine.taxonomy, [""])


# -------------------------------------------------------------------------------------------------------------------- ladder


def seats(engine, scorer, text):
    person = engine.read_resume(text.encode(), "invented.txt", as_of=AS_OF)
    fits = [scorer.fit(person, role) for role in builtin_roles(engine.taxonomy)]
    return rung(scorer, engine.taxonomy.roles, sorted(fits, key=lambda fit: -fit.logit))


@pytest.mark.parametrize(
    ("title", "seat", "first"),
    [
        ("Customer Service Representative", "customer-service-representative", "senior-customer-service-representative"),
        ("Senior Customer Service Representative", "senior-customer-service-representative", "subject-matter-expert"),
    ],
)
def test_growth_the_ladder_starts_at_the_last_job(engine, scorer, title, seat, first):
    text = RESUME.format(title=title, start="January 2022", skills="", education="B.A., 2019")
    found = seats(engine, scorer, text.replace("Coached", "Took escalations, coached"))
    assert (found.seat.role.source, found.steps[0].role.source) == (seat, first)


@pytest.mark.parametrize(
    "name", ["accounts-payable-accountant", "team-leader", "medical-coder-cpc", "csr-voice-telecom", "ar-caller"]
)
def test_growth_the_nearest_rung_comes_first_and_on_it_the_best_fit(engine, scorer, sample_profiles, name):
    fits = [scorer.fit(sample_profiles[name], role) for role in builtin_roles(engine.taxonomy)]
    found = rung(scorer, engine.taxonomy.roles, sorted(fits, key=lambda fit: -fit.logit))
    assert {step.role.source for step in found.steps} == set(engine.taxonomy.roles[found.seat.role.source]["next_roles"])
    rungs = [max(1, step.role.level - found.seat.role.level) for step in found.steps]
    assert rungs == sorted(rungs)
    for near in set(rungs):
        logits = [step.logit for step, place in zip(found.steps, rungs, strict=True) if place == near]
        assert logits == sorted(logits, reverse=True)


def test_growth_a_manager_seat_is_no_accountants_next_step(engine, scorer, sample_profiles):
    fits = [scorer.fit(sample_profiles["accounts-payable-accountant"], role) for role in builtin_roles(engine.taxonomy)]
    found = rung(scorer, engine.taxonomy.roles, sorted(fits, key=lambda fit: -fit.logit))
    assert found.steps[0].role.level <= 2
    assert found.steps[-1].role.source == "accounting-manager"


def test_growth_the_top_of_the_ladder_has_no_step(engine, scorer, sample_profiles):
    one = sample_profiles["operations-manager"]
    (top,) = (role for role in builtin_roles(engine.taxonomy) if role.source == "site-director")
    assert rung(scorer, engine.taxonomy.roles, [scorer.fit(one, top)]).steps == ()
