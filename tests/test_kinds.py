"""Resumes and job posts are told apart by their words."""

import pytest

from matcher.reading.kinds import KindTeller
from matcher.records import Kind
from matcher.taxonomy import load

TELLER = KindTeller(load().rules)

TEXTS = {
    "We are hiring! You will answer calls for our client. Minimum of 1 year experience required.": Kind.JOB,
    "AR Caller\nNight shift in Pune. Must have 6 months in denials. Salary up to 30k. Candidates can apply now.": Kind.JOB,
    "Ana Example\nExperience\nAgent, March 2020 to Present\nAnswered calls.\nEducation\nUniversity of Example": Kind.RESUME,
    "CURRICULUM VITAE\nDate of birth: 1 May 1999\nI hereby declare that the above is true.": Kind.RESUME,
    "Worked as a trainer; prepared material for new hires": Kind.RESUME,
    "": Kind.RESUME,
}


@pytest.mark.parametrize(("text", "kind"), TEXTS.items())
def test_kinds(text, kind):
    assert TELLER.guess(text) is kind
