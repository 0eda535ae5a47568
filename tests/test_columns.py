"""Columns of many profiles say the same as the rules for one."""

from __future__ import annotations

import math

import pytest

from matcher.scoring.columns import PostingsBuilder
from matcher.scoring.relevant import job_credit
from matcher.scoring.signals import job_credits


@pytest.mark.parametrize("kind", ["b", "i", "f", "d"])
def test_columns_of_any_kind_are_weighed_by_fractions(kind):
    builder = PostingsBuilder(kind)
    for row, name in ((0, "x"), (2, "x"), (2, "y")):
        builder.add(row, name, 1)
    assert builder.build().weighted({"y": 0.75, "x": 0.25}, 3).tolist() == [0.25, 0.0, 1.0]


def test_every_job_counts_what_its_words_say(scorer, sample_profiles, sample_roles):
    profiles = list(sample_profiles.values())
    table = scorer.table(profiles)
    shown, numbers = 0, scorer._viewer.rules.signals
    for role in sample_roles.values():
        wanted = scorer._role_view(role)
        shares = table.duties.weighted(wanted.duties, len(table.jobs.owner))
        credits_ = iter(zip(shares, job_credits(table, wanted, shares, numbers), strict=True))
        for view in map(scorer.view, profiles):
            for job, concepts in zip(view.profile.facts.jobs, view.duties, strict=True):
                share = math.fsum(wanted.duties.get(concept, 0.0) for concept in concepts)
                assert next(credits_) == pytest.approx((share, job_credit(job, share, wanted, numbers)))
                shown += share > 0
    assert shown > 100
