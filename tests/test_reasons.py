"""Every sentence about a fit stems from something found, and the points that are shown are those that make the score."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cases import JOBS, explained, profile, role

from matcher.records import Contribution, DatedJob, Evidence, Factor, Fit, Kpi, Lack, Must, MustState, Need, Partly
from matcher.report import Placed
from matcher.report.explained import fit_text
from matcher.report.reasons import Side, all_reasons, dates_of, in_context, in_part, not_shown
from matcher.report.rows import QUESTIONS
from matcher.report.waterfall import steps, waterfall
from matcher.scoring.features import LIFT
from matcher.scoring.flags import flags
from matcher.scoring.questions import Findings, questions

BANDS = (0.1, 0.5, 0.9)
SUM = "How the score adds up"
EMPTY = {"contributions": (), "unmet": (), "unknown": (), "questions": (), "missing": ()}
EMPTY |= {"lacks": (), "partly": (), "musts": (), "flags": ()}


def paragraphs(fit, width=10_000):
    """Title -> lines of what is printed; the head of the page has no title."""
    head, *rest = fit_text(Placed(1, fit, 1, BANDS), width).split("\n\n")
    return {"": head.splitlines()} | {lines[0]: lines[1:] for lines in (part.splitlines() for part in rest)}


# --------------------------------------------------------------------------------------------------- nothing but what is found


def alone(fit):
    """The fit cut into fits of one finding each; what is asked for twice stays together, since it is told once."""
    bare = replace(fit, **EMPTY, profile=profile(), role=replace(role(), warnings=()))
    for part in fit.contributions:
        yield replace(bare, contributions=(part,), profile=fit.profile)
    for label in {lack.label for lack in fit.lacks}:
        yield replace(bare, lacks=tuple(lack for lack in fit.lacks if lack.label == label))
    for part in fit.partly:
        yield replace(bare, partly=(part,), profile=fit.profile)
    for must in fit.musts:
        yield replace(bare, musts=(must,), profile=fit.profile, questions=tuple({must.question} & set(fit.questions)))
    for question in fit.questions:
        yield replace(bare, questions=(question,))
    for unknown in fit.unknown:
        yield replace(bare, unknown=(unknown,))
    for flag in fit.flags:
        yield replace(bare, flags=(flag,))
    yield replace(bare, role=fit.role)


def test_every_line_stems_from_one_finding():
    full = explained()
    found = {line for one in alone(full) for title, lines in paragraphs(one).items() if title != SUM for line in lines}
    for title, lines in paragraphs(full).items():
        if title not in ("", SUM):
            assert lines or title == "Not known: shift: night"
            assert set(lines) <= found, title


def test_a_fit_in_which_nothing_is_found_says_nothing():
    bare = replace(explained(), **EMPTY, role=replace(role(), warnings=()))
    assert list(paragraphs(bare)) == ["", SUM]
    assert [line.split()[-1] for line in paragraphs(bare)[""]] == ["(ana.pdf)", "(agent.txt)", "2026-01-31"]


def test_every_finding_has_its_line():
    text = fit_text(Placed(1, explained(), 1, BANDS), 10_000)
    for wanted in (
        "  - 12 months in collections: not met (shown: 8 months); weak at best (-0.78 points; post: “a year”)\n",
        "  - typing speed: 40 wpm: not known; possible at best until it is known\n",
        "  - education: high school (shown: bachelor)\n",
        "  +1.23 of 2.50  3 of 5 required skills\n                 “closed tickets in Zendesk” (page 2, 2019-03 to 2021-06)\n",
        "  +0.11          9% similarity of wording\n",
        "  -0.78          unmet must: 12 months in collections: not met (post: “a year”)\n",
        "      0 of 0.85  Skip tracing, core of the role, required (post: “tracing”)\n",
        "      0 of 0.40  line of business: no dated work in telecom\n",
        "  +0.35 of 0.50  Freshdesk asked, Zendesk shown: same class, 0.7 (post: “Freshdesk”)\n",
        "  +0.10 of 0.20  Excel: only in a list, 0.5\n",
        "  - Can you work nights? (post: “graveyard”)\n",
        "  - Which dialers have you used?\n",
        "  - 4 jobs lasted 3 months\n",
        "\nNot known: shift: night\n",
    ):
        assert wanted in text


def test_a_cap_is_set_aside_where_it_takes_what_a_skill_would_bring():
    titles = paragraphs(explained())
    assert any(title.endswith("that it would bring, the cap aside)") for title in titles)
    assert any(title.endswith("that it would bring)") for title in paragraphs(explained(musts=())))


def test_what_is_not_known_is_told_once():
    both = explained(unknown=("typing speed: 40 wpm", "shift: night"))
    text = fit_text(Placed(1, both, 1, BANDS), 10_000)
    assert text.count("typing speed: 40 wpm") == text.count("shift: night") == 1


def test_long_lists_are_cut_and_say_so():
    lacks = tuple(Lack(f"Thing {n}", (f"c{n}",), Need.REQUIRED, "required skills", n / 10) for n in range(1, 21))
    asked = tuple(f"Question {n}?" for n in range(10))
    text = fit_text(Placed(1, explained(lacks=lacks, questions=asked), 1, BANDS))
    assert "Thing 20" in text
    assert "Thing 12," not in text
    assert "  (12 more in --format json)" in text
    assert text.count("Question ") == QUESTIONS
    assert f"  ({10 - QUESTIONS} more in --format json)" in text


def test_what_would_bring_next_to_nothing_gets_no_line():
    slight = Lack("Teamwork", ("teamwork",), Need.REQUIRED, "required skills", 0.0101)
    text = fit_text(Placed(1, explained(lacks=(slight,), partly=()), 1, BANDS))
    assert "Teamwork" not in text
    assert [reason.sentence for reason in not_shown(explained(lacks=(slight,)))] == ["Teamwork, required"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Freshdesk asked, Zendesk shown: same class, 0.7"),
        ({"hop": False}, "Freshdesk, shown as Zendesk: same class, 0.7"),
        ({"hop": False, "by": "Freshdesk"}, "Freshdesk: same class, 0.7"),
        ({"factors": ()}, "Freshdesk asked, Zendesk shown: 70% of full credit"),
        (
            {"factors": (Factor("same class", 0.7), Factor("only in a list", 0.5))},
            "Freshdesk asked, Zendesk shown: same class, 0.7; only in a list, 0.5",
        ),
    ],
)
def test_partial_credit_says_what_stands_for_what_and_why(changes, sentence):
    part = replace(explained().partly[0], **changes)
    assert [reason.sentence for reason in in_part(explained(partly=(part,)))] == [sentence]


def test_the_same_thing_asked_for_twice_is_told_once_with_both_points():
    first = explained().partly[0]
    again = replace(first, need=Need.CORE, part="core skills of the role", points=0.2, short=0.1)
    (reason,) = in_part(explained(partly=(first, again)))
    assert (reason.points, reason.most) == (0.55, 0.8)


PLACES = [
    (Evidence("resume", "x", 100, 101, 1), "2019-03 to 2021-06"),
    (Evidence("resume", "x", 299, 300, 1), "2019-03 to 2021-06"),
    (Evidence("resume", "x", 300, 301, 1), ""),
    (Evidence("resume", "x", 5, 6, 1), ""),
    (Evidence("job", "x", 150, 151, 1), ""),
]


@pytest.mark.parametrize(("item", "dates"), PLACES)
def test_a_quotation_has_the_dates_of_the_job_in_which_it_stands(item, dates):
    assert dates_of(item, profile(jobs=JOBS)) == dates


def test_of_two_jobs_around_a_quotation_the_inner_one_dates_it():
    inner = replace(JOBS[0], start="2020-01", end="2020-06", begin=140, stop=160, title_start=140)
    assert dates_of(PLACES[0][0], profile(jobs=(inner, *JOBS))) == "2019-03 to 2021-06"
    assert dates_of(Evidence("resume", "x", 150, 151, 1), profile(jobs=(inner, *JOBS))) == "2020-01 to 2020-06"


def test_an_open_job_says_since_when():
    assert replace(JOBS[0], open=True).dates == "since 2019-03"
    assert replace(JOBS[0], start=None).dates == "? to 2021-06"
    assert JOBS[1].dates == ""


# --------------------------------------------------------------------------------------------------------------- the sum

points = st.integers(-60_000, 60_000).map(lambda n: n / 10_000)


def of_points(base, found):
    parts = tuple(Contribution(f"part {n}", value, f"reason {n}") for n, value in enumerate(found) if value)
    return Fit(profile(), role(), base, parts)


@given(points, st.lists(points, max_size=12))
def test_the_points_that_are_shown_add_up_to_the_sum_that_is_shown(base, found):
    fit = of_points(base, found)
    rows = steps(fit)
    assert sum(row.points for row in rows) == rows[-1].total
    assert abs(rows[-1].total - fit.logit * 100) <= 0.51
    exact = [base, *(part.points for part in fit.contributions)]
    assert all(abs(row.points - value * 100) <= 1.01 for row, value in zip(rows, exact, strict=True))


@given(points, st.lists(points, max_size=8), st.integers(48, 200), st.sampled_from([BANDS, ()]))
def test_the_drawing_keeps_to_its_width_and_ends_in_the_score(base, found, width, bands):
    fit = of_points(base, found)
    lines = list(waterfall(fit, bands, width))
    assert max(map(len, lines)) <= width
    assert len(lines) == 1 + 1 + len(fit.contributions) + 1 + 1
    assert lines[-1].startswith(f"  score {fit.score:.2f} = ")
    power = float(lines[-1].rsplit("e^", 1)[1].rstrip(")"))
    assert 1 / (1 + math.exp(power)) == pytest.approx(fit.score, abs=0.002)


@pytest.mark.parametrize("band", range(4))
def test_the_sum_is_drawn_between_the_thresholds_of_its_band(band):
    score = (0.03, 0.3, 0.7, 0.97)[band]
    lines = list(waterfall(of_points(round(math.log(score / (1 - score)), 4), [0.2]), BANDS, 120))
    drawn = lines[-2]
    assert drawn.index("o") > 0
    assert drawn[: drawn.index("o")].count("|") == band
    assert [name for name in ("no", "weak", "possible", "strong") if name in lines[0]] == ["no", "weak", "possible", "strong"]


def test_the_sum_shows_the_same_points_as_the_reasons():
    text = paragraphs(explained())
    drawn = [re.findall(r"[+-]\d+\.\d\d", line)[0] for line in text[SUM][2:-2]]
    told = [
        line.split()[0]
        for title, lines in text.items()
        if "(points)" in title or "of those that it can" in title
        for line in lines
    ]
    assert sorted(drawn) == sorted(figure for figure in told if figure[0] in "+-" and figure != "-")


def test_the_cap_has_the_same_points_everywhere_even_where_rounding_moves_them():
    taken = -0.7777
    parts = tuple(Contribution(f"part {n}", 0.2349, "found") for n in range(3))
    must = Must("12 months", MustState.UNMET, 1, points=taken)
    found = explained(contributions=(*parts, Contribution("unmet must", taken, "12 months: not met")), musts=(must,))
    text = fit_text(Placed(1, found, 1, BANDS))
    assert set(re.findall(r"-0\.7\d", text)) == {"-0.77"}


def test_without_thresholds_no_band_is_marked():
    assert "|" not in "".join(waterfall(explained(), (), 100))


# ------------------------------------------------------------------------------------------------------ what the scorer finds


@pytest.fixture(scope="module")
def fits(scorer, sample_profiles, sample_roles):
    posts = [post for source, post in sorted(sample_roles.items()) if "." in source]
    people = [sample_profiles[name] for name in sorted(sample_profiles)[::3]]
    return [scorer.fit(person, post) for post in posts for person in people]


def test_what_is_shown_missing_and_shown_in_part_makes_up_each_part(fits):
    seen = 0
    for fit in fits:
        for need in (Need.REQUIRED, Need.PREFERRED, Need.CORE):
            lacks = [lack for lack in fit.lacks if lack.need is need]
            partly = [part for part in fit.partly if part.need is need]
            part = next(iter({item.part for item in (*lacks, *partly)}), None)
            whole = next((one for one in fit.contributions if one.name == part), None)
            if whole is not None and whole.most is not None:
                short = math.fsum([*(lack.points for lack in lacks), *(item.short for item in partly)])
                assert whole.points + short == pytest.approx(whole.most, abs=1e-4 * (2 + len(lacks) + len(partly)))
                seen += 1
    assert seen > 100


def test_partial_credit_is_the_product_of_its_factors(fits):
    shares = [(part.share, math.prod(factor.value for factor in part.factors)) for fit in fits for part in fit.partly]
    assert len(shares) > 100
    assert all(share == pytest.approx(product, abs=0.03) for share, product in shares)


def test_the_lacks_are_the_missing_skills_the_dearest_first(fits):
    for fit in fits:
        asked = [lack.label for lack in fit.lacks if lack.need in (Need.REQUIRED, Need.PREFERRED)]
        assert set(asked) == set(fit.missing)
        assert [lack.points for lack in fit.lacks] == sorted((lack.points for lack in fit.lacks), reverse=True)


def test_what_a_post_asks_for_is_quoted_from_it(fits):
    lacks = [lack for fit in fits for lack in fit.lacks if lack.need in (Need.REQUIRED, Need.PREFERRED)]
    assert lacks
    assert all(item.document == "job" and item.text for lack in lacks for item in lack.evidence)
    assert all(lack.evidence for lack in lacks)


def test_the_cap_is_the_points_of_its_must(fits):
    capped = 0
    for fit in fits:
        taken = math.fsum(part.points for part in fit.contributions if part.points < 0 and part.name == "unmet must")
        assert math.fsum(must.points for must in fit.musts) == pytest.approx(taken)
        capped += taken < 0
    assert capped


def test_every_reason_of_a_real_fit_can_be_checked(fits):
    for fit in fits:
        for reason in all_reasons(fit):
            if reason.sentence.startswith("English: the resume is written in it"):
                continue
            if reason.side in (Side.FOR, Side.PART) and reason.part not in ("wording", LIFT):  # the lift's line is the post's
                assert any(item.document == "resume" for item in reason.evidence), reason


def test_no_question_repeats_another_but_for_a_name(fits, taxonomy):
    table = taxonomy.rules["questions"]["skill"]
    frames = [wording.partition("{name}")[2] for wording in table.values() if isinstance(wording, str) and "{name}:" in wording]
    for fit in fits:
        for frame in frames:
            assert sum(question.endswith(frame.partition("{by}")[2] or frame) for question in fit.questions) <= 1, fit.questions


# ------------------------------------------------------------------------------------------------------------ quotations

TEXT = (
    "Skills\nPaid vendors by AP and AR ledgers in SAP each week of the year\n"
    "ana@example.com AR 0917123456 | Excel\nAP\nAgent (voice and chat)"
)
QUOTES = [
    ("AP", 0, "Paid vendors by AP and AR ledgers in SAP each…"),
    ("AR", 1, "AR"),
    ("Excel", 0, "Excel"),
    ("AP", 2, "AP"),
    ("vendors by AP", 0, "vendors by AP"),
    ("Agent (voice", 0, "Agent (voice and chat)"),
]


def test_two_phrases_of_one_line_are_quoted_once():
    quoted = (Evidence("resume", "AP", 0, 2, 1), Evidence("resume", "AR", 7, 9, 1))
    part = Contribution("level", 1.0, "found", quoted)
    found = replace(explained(contributions=(part,)), profile=replace(profile(), text="AP and AR"))
    assert fit_text(Placed(1, found, 1, BANDS)).count("“AP and AR” (page 1)") == 1


@pytest.mark.parametrize(("words", "nth", "told"), QUOTES)
def test_a_quotation_too_short_to_be_judged_has_the_words_around_it(words, nth, told):
    start = [found.start() for found in re.finditer(re.escape(words), TEXT)][nth]
    person = replace(profile(), text=TEXT)
    assert in_context(Evidence("resume", words, start, start + len(words), 1), person) == told
    assert in_context(Evidence("resume", words, start, start + len(words), 1), profile()) == words, "no text, no context"


# -------------------------------------------------------------------------------------------------------------- questions

REQUIRED = "required skills"


def findings(musts=(), lacks=(), partly=(), kpis=(), earned=2.0):
    parts = (Contribution(REQUIRED, earned, "3 of 5", (), 3.0),)
    return Findings(profile(kpis=kpis), role(), parts, tuple(musts), tuple(lacks), tuple(partly))


def lack(concept, points=0.3, need=Need.REQUIRED, label=None):
    return Lack(label or concept.capitalize(), (concept,), need, REQUIRED, points)


def part(concept, by, proof, hop=False, short=0.2, need=Need.REQUIRED):
    return Partly(concept.capitalize(), (concept,), need, REQUIRED, by, 0.5, 0.1, short, (), hop, proof)


ASKED = [
    (findings(lacks=[lack("freshdesk")]), ["The job asks for Freshdesk: what experience do you have with it?"]),
    (findings(lacks=[lack("freshdesk")], earned=0.3), []),
    (findings(lacks=[lack("freshdesk", need=Need.PREFERRED), lack("avaya", need=Need.CORE)]), []),
    (findings(lacks=[lack("teamwork")]), []),
    (
        findings(lacks=[replace(lack("avaya"), concepts=("avaya", "genesys", "five9", "talkdesk"))]),
        ["The job asks for Avaya, Genesys, Five9 or the like: what experience do you have with it?"],
    ),
    (
        findings(lacks=[lack("cpc")]),
        ["The job asks for Cpc: do you hold it, and since when?"],
    ),
    (
        findings(lacks=[lack("cpc")], musts=[Must("certificate: CPC", MustState.UNMET, 1, question="Do you hold CPC?")]),
        ["Do you hold CPC?"],
    ),
    (
        findings(partly=[part("zendesk", "Zendesk", "list")]),
        ["You list Zendesk: in which job was that, and for how long?"],
    ),
    (
        findings(
            partly=[
                part(name, name.capitalize(), "list", short=n / 10)
                for n, name in enumerate(("zendesk", "avaya", "five9", "genesys"))
            ]
        ),
        ["You list Genesys, Five9 and Avaya: in which job was each of them, and for how long?"],
    ),
    (
        findings(partly=[part("zendesk", "Zendesk", "summary", short=0.3), part("avaya", "Avaya", "bare")]),
        [
            "Your summary names Zendesk: in which job was that, and for how long?",
            "You name Avaya, and no job with dates shows it: where and when was that?",
        ],
    ),
    (
        findings(partly=[part("marketplace-operations", "Shopify", "list")]),
        ["You list Shopify: in which job was that, and for how long?"],
    ),
    (
        findings(partly=[part("freshdesk", "Zendesk", "job", True, 0.3), part("avaya", "Zendesk", "job", True)]),
        [
            "The job asks for Freshdesk and Avaya, and your resume shows Zendesk: "
            "which of what is asked for have you done, and where?"
        ],
    ),
    (
        findings(lacks=[lack("avaya", 0.4, label="Avaya or Five9"), lack("freshdesk", 0.3)]),
        ["The job asks for Avaya or the like and Freshdesk: which of these have you worked with, where, and for how long?"],
    ),
    (
        findings(partly=[part("english", "English", "written", need=Need.PREFERRED)]),
        ["What is your level of English, and by which test?"],
    ),
    (
        findings(musts=[Must(f"days: {day}", MustState.UNKNOWN, 3, question=f"{day}?") for day in ("weekends", "overtime")]),
        ["Can you work on weekends and overtime at times?"],
    ),
    (
        findings(musts=[Must("days: weekends", MustState.UNKNOWN, 3, question="Can you work on weekends?")]),
        ["Can you work on weekends?"],
    ),
    (
        findings(kpis=[Kpi("CSAT", f"{n}%", "%", None, f"{n}% CSAT", "customer-satisfaction-score") for n in range(91, 96)]),
        ["You list “91% CSAT”, “92% CSAT” and “93% CSAT”: on what scale, over which months?"],
    ),
    (findings(partly=[part("zendesk", "Zendesk", "job")]), []),
    (
        findings(partly=[part("freshdesk", "Zendesk", "job", hop=True)]),
        ["The job asks for Freshdesk, and your resume shows Zendesk: what experience do you have with Freshdesk?"],
    ),
    (
        findings(kpis=[Kpi("CSAT", "95%", "%", None, "95% CSAT", "customer-satisfaction-score")]),
        ["You list “95% CSAT”: on what scale, over which months?"],
    ),
    (findings(kpis=[Kpi("CSAT", "95%", "%", None, "95% CSAT", "customer-satisfaction-score", period="2024")]), []),
    (
        findings(kpis=[Kpi("Accuracy", "99%", "%", None, "99%\n accuracy", "accuracy-rate")]),
        ["You list “99% accuracy”: over which months, and how was it measured?"],
    ),
    (findings(kpis=[Kpi("calls", "80", "day", None, "80 calls a day", "calls-handled-per-day")]), []),
    (findings(kpis=[Kpi("team size", "12", "agents", "kept", "team of 12 agents")]), []),
    (
        findings(kpis=[Kpi("Attendance", "130%", "%", None, "130% attendance", "attendance-and-reliability", doubtful=True)]),
        ["You list “130% attendance”: how was it counted?"],
    ),
    (findings(musts=[Must("site", MustState.MET, 3, question="Can you work on site?")]), []),
]


@pytest.mark.parametrize(("found", "asked"), ASKED, ids=[str(number) for number in range(len(ASKED))])
def test_questions_come_from_what_is_open_or_weak(taxonomy, found, asked):
    assert list(questions(found, taxonomy)) == asked


def test_questions_come_in_the_order_of_their_weight(taxonomy):
    found = findings(
        musts=[
            *(Must(f"condition {n}", MustState.UNKNOWN, 3, question=f"Condition {n}?") for n in range(5)),
            Must("typing", MustState.UNKNOWN, 2, question="How fast do you type?"),
            Must("licence", MustState.UNMET, 1, question="Do you hold a licence?"),
        ],
        lacks=[lack("avaya", 0.1), lack("freshdesk", 0.4), lack("skip-tracing", 0.2), lack("skip-tracing", 0.3, Need.CORE)],
        kpis=[Kpi("Accuracy", "9%", "%", None, f"{n}9% accuracy", "accuracy-rate") for n in range(2)],
    )
    told = questions(found, taxonomy)
    assert told[:2] == ("Do you hold a licence?", "How fast do you type?")
    assert told[2:5] == ("Condition 0?", "Condition 1?", "Condition 2?")
    assert told[5].startswith("The job asks for Skip-tracing, Freshdesk and Avaya: which of these ")
    assert told[6].startswith("You list “09% accuracy” and “19% accuracy”: over which months")
    assert told[7:] == ("Condition 3?", "Condition 4?")


def test_questions_are_about_the_job_and_never_about_the_person(taxonomy):
    personal = (
        "age old young born married marriage children pregnant family health illness disability religion church salary pay gap"
    )
    told = re.findall(r"[a-z]+", " ".join(strings(taxonomy.rules["questions"]) + strings(taxonomy.rules["flags"])).casefold())
    assert not set(personal.split()) & set(told)


def strings(table):
    if isinstance(table, str):
        return [table]
    values = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return [text for value in values for text in strings(value)]


# ------------------------------------------------------------------------------------------------------------------ flags


def stay(start, end, title="Agent", **more):
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:]) - int(start[5:]) + 1
    return DatedJob(title, start, end, more.pop("open", False), months, None, more.pop("level", 1), **more)


SHORT = [stay("2023-01", "2023-03"), stay("2023-05", "2023-08"), stay("2023-10", "2023-12")]
STAYS = [
    ("three short jobs", SHORT, ["3 jobs from 2023-01 to 2023-12 lasted 3.3 months on average"]),
    ("two are not enough", SHORT[:2], []),
    ("one long job lifts the average", [*SHORT, stay("2020-01", "2022-06")], []),
    ("a job that still runs says nothing", [*SHORT[:2], stay("2024-01", "2024-02", open=True)], []),
    ("a season ends as agreed", [*SHORT[:2], stay("2023-10", "2023-12", "Seasonal Associate")], []),
    ("bare years may have been longer", [*SHORT[:2], stay("2023-10", "2023-12", least=1, most=22)], []),
]


@pytest.mark.parametrize(("jobs", "told"), [row[1:] for row in STAYS], ids=[row[0] for row in STAYS])
def test_short_stays_are_a_flag(taxonomy, jobs, told):
    found = flags(profile(jobs=tuple(jobs)), replace(role(), level=1), taxonomy.rules)
    assert [notice.message.split(":")[0] for notice in found] == told


@pytest.mark.parametrize(
    ("levels", "asked", "flagged"),
    [((1, 3), 1, True), ((1, 2), 1, False), ((3, 1), 1, False), ((3, None), 1, False), ((4,), None, False)],
)
def test_a_last_job_two_steps_above_the_role_is_a_flag(taxonomy, levels, asked, flagged):
    jobs = tuple(stay(f"20{10 + 2 * n}-01", f"20{11 + 2 * n}-12", level=level) for n, level in enumerate(levels))
    found = flags(profile(jobs=jobs), replace(role(), level=asked), taxonomy.rules)
    assert [notice.code for notice in found] == (["above-the-role"] if flagged else [])
