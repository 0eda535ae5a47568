"""The best rows are those of the full computation, whatever the conditions lower."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import AllOf, Claim, DatedJob, Language, Profile, Requirement, ResumeFacts, Stance
from matcher.role_file import builtin_roles
from matcher.scoring import Scorer
from matcher.scoring.model import load_ranker
from matcher.scoring.top import best, best_of, best_of_all

ROW = st.tuples(st.integers(-60, 60), st.integers(0, 40))  # a total, and by how much conditions lower it


def plainly(rows, count):
    capped = [(-(total - less), row) for row, (total, less) in enumerate(rows)]
    return [(row, -value) for value, row in sorted(capped)[:count]]


@given(st.lists(ROW, max_size=400), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_top_equals_the_full_computation(rows, count, seed):
    totals = np.array([total for total, _ in rows], np.int64)
    less = np.array([less for _, less in rows], np.int64)
    found, capped = best(totals, lambda some, given: given - less[some], np.arange(len(rows)), count)
    assert list(zip(found.tolist(), capped.tolist(), strict=True)) == plainly(rows, count)
    place = np.random.default_rng(seed).permutation(len(rows))  # the same rows in another order, ties still by the first one
    found, capped = best(totals[place], lambda some, given: given - less[place][some], place, count)
    assert list(zip(place[found].tolist(), capped.tolist(), strict=True)) == plainly(rows, count)


def test_top_judges_no_more_rows_than_it_needs():
    judged = []

    def cap(rows, totals):
        judged.append(len(rows))
        return totals

    found, _ = best(np.arange(10_000), cap, np.arange(10_000), 10)
    assert found.tolist() == list(range(9_999, 9_989, -1))
    assert judged == [40]


def test_top_looks_further_where_conditions_lower_the_best():
    judged = []

    def cap(rows, totals):
        judged.append(len(rows))
        return np.where(totals >= 9_900, 0, totals)

    found, _ = best(np.arange(10_000), cap, np.arange(10_000), 10)
    assert found.tolist() == list(range(9_899, 9_889, -1))
    assert judged == [40, 320]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_top_of_a_small_table_is_all_of_it(size):
    found, _ = best(np.zeros(size, np.int64), lambda rows, totals: totals, np.arange(size)[::-1], 5)
    assert found.tolist() == list(range(size))[::-1]


FAMILIES = ("customer-service-voice", "finance-accounting", "technical-support", None)


def somebody(number, taxonomy):
    luck = Random(number)
    jobs, year = [], 2026
    for _ in range(luck.randrange(5)):
        months, year = luck.randint(1, 40), year - luck.randint(1, 3)
        more = {"channels": luck.choice([(), ("voice",), ("chat",)]), "contact": luck.random() < 0.5}
        title, family = luck.choice(["Customer Service Agent", "Accountant", "Team Leader", ""]), luck.choice(FAMILIES)
        start, end = f"{year}-{luck.randint(1, 12):02d}", f"{year + 1}-{luck.randint(1, 12):02d}"
        jobs.append(DatedJob(title, start, end, False, luck.choice([months, months, None]), family, luck.randrange(4), **more))
    claims = tuple(
        Claim(concept, Stance.HELD, luck.random(), (), last_used="2020-01", proof=luck.choice(["job", "list", "summary"]))
        for concept in sorted(luck.sample(sorted(taxonomy.concepts), 40))
        if taxonomy.concepts[concept].type != "branch"
    )
    languages = (Language("English", luck.choice([None, "fluent"])),) if luck.random() < 0.5 else ()
    level = luck.choice(taxonomy.rules["education"]["order"])
    facts = ResumeFacts(education=level, languages=languages, jobs=tuple(jobs), customer_contact_months=luck.randrange(30))
    words = dict.fromkeys(luck.sample(["calls", "customers", "invoices", "sales", "tickets", "refunds"], 3), 1)
    return Profile(f"{number}", f"{luck.getrandbits(256):064x}", "2026-11-01", claims, (), facts, words)


@pytest.fixture(scope="module")
def crowd(taxonomy):
    """A scorer, the table of 400 people, some of them alike but for their hash, and roles with floors that many miss."""
    scorer = Scorer(taxonomy, replace(load_ranker(), base=1.0))  # so that many stand above what conditions allow
    people = [somebody(number % 350, taxonomy) for number in range(400)]
    people = [replace(one, sha256=f"{7 * number % 400:064x}", source=f"{number}") for number, one in enumerate(people)]
    floors = (
        Requirement("experience", "required", min_months=24),
        Requirement("education", "required", min_level="bachelor"),
        Requirement("language", "required", value="English", min_level="fluent"),
    )
    roles = [
        replace(role, requirements=AllOf((*role.requirements.items, *floors[: number % 4])))
        for number, role in enumerate(builtin_roles(taxonomy)[::6])
    ]
    return scorer, people, scorer.table(people), roles


def test_top_of_a_role_is_that_of_all_fits(crowd):
    scorer, people, table, roles = crowd
    for role in roles:
        rows, totals = best_of(scorer, table, role, 5)
        full = scorer.scores(table, role).totals.tolist()
        fits = sorted(range(len(people)), key=lambda row: (-full[row], people[row].sha256))
        assert rows.tolist() == fits[:5]
        assert totals.tolist() == [full[row] for row in fits[:5]]
        alone = scorer.fit(people[rows[0]], role)
        assert round(alone.logit * 10_000) == totals[0]


def test_top_is_the_same_by_any_number_of_threads(crowd):
    scorer, _, table, roles = crowd
    one, two = (best_of_all(scorer, table, roles, 7, workers) for workers in (1, 2))
    assert [[part.tolist() for part in found] for found in one] == [[part.tolist() for part in found] for found in two]


def test_a_part_of_a_table_scores_as_in_the_whole(crowd):
    scorer, _, table, roles = crowd
    rows = np.array([0, 3, 4, 77, 78, 200, 399])
    for role in roles:
        whole, part = scorer.scores(table, role), scorer.scores(table.take(rows), role)
        assert part.totals.tolist() == whole.totals[rows].tolist()
        assert part.caps.tolist() == whole.caps[rows].tolist()
    nobody = table.take(np.arange(0))
    assert scorer.totals(nobody, roles[0]).tolist() == []


def test_conditions_change_who_is_best(crowd):
    scorer, _, table, roles = crowd
    best_rows = [best_of(scorer, table, role, 5)[0].tolist() for role in roles]
    uncapped = [np.lexsort((table.order, -scorer.totals(table, role)))[:5].tolist() for role in roles]
    same = [one == other for one, other in zip(best_rows, uncapped, strict=True)]
    assert any(same)
    assert not all(same)
