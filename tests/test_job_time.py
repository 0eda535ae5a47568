from __future__ import annotations

import pytest
from facts_page import page_of
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.facts.dates import DateReader
from matcher.reading.facts.jobs import JobReader
from matcher.reading.facts.jobtime import date_notices, job_time
from matcher.reading.titles import TitleReader
from matcher.records import Document, Month


@pytest.fixture(scope="session")
def jobs(taxonomy):
    return JobReader(taxonomy.rules, TitleReader(taxonomy.rules), DateReader(taxonomy.rules))


AS_OF = Month(2022, 6)


def time_of(jobs, dates, fixed=True):
    (found,) = jobs.read(page_of(experience=f"Call Center Agent | Blue Kite | {dates}"))
    return job_time(found.value, AS_OF, fixed)


@pytest.mark.parametrize(
    ("dates", "months", "least", "most"),
    [
        ("Jan 2019 - Mar 2020", 15, 15, 15),
        ("Jan 2022 - Present", 6, 6, 6),
        ("2016 - 2018", 24, 14, 36),
        ("2019 - Mar 2020", 9, 4, 15),
        ("Mar 2019 - 2020", 16, 11, 22),
        ("2020", 6, 1, 12),
        ("2021 - present", 12, 7, 18),
        ("2021 - 2022", 12, 2, 18),
    ],
)
def test_bare_years_bound_the_months(jobs, dates, months, least, most):
    time = time_of(jobs, dates)
    assert (time.months, time.least, time.most, time.problem) == (months, least, most, "")


@pytest.mark.parametrize(
    ("dates", "months", "problem"),
    [
        ("Jan 2023 - Present", None, "future"),
        ("Jan 2023 - Dec 2023", None, "future"),
        ("Jan 2022 - Dec 2022", 6, "ahead"),
        ("Jan 2022 - Jun 2022", 6, ""),
        ("2022 - present", None, ""),
    ],
)
def test_nobody_has_worked_after_as_of(jobs, dates, months, problem):
    time = time_of(jobs, dates)
    assert (time.months, time.problem) == (months, problem)


def test_the_documents_own_newest_date_bounds_nothing(jobs):
    assert (time_of(jobs, "Jan 2023 - Dec 2023", fixed=False).months, time_of(jobs, "Jan 2023 - Dec 2023").months) == (12, None)


@pytest.mark.parametrize(
    ("dates", "code", "words"),
    [
        ("05/2019 to 02/2018", "reversed-dates", "end before they begin"),
        ("February 1753 to March 1754", "impossible-dates", "no dates of a calendar"),
        ("Jan 2023 - Present", "future-dates", "begins after 2022-06"),
        ("Jan 2022 - Dec 2023", "future-dates", "up to then"),
    ],
)
def test_dates_that_cannot_be_are_noticed_with_their_words(jobs, dates, code, words):
    row = f"Call Center Agent | Blue Kite | {dates}"
    page = page_of(experience=row)
    document = Document("a.txt", "0" * 64, page.text, ())
    (notice,) = date_notices(jobs.read(page), document, AS_OF, fixed=True)
    assert (notice.code, notice.text, notice.place) == (code, row, None)
    assert words in notice.message
    assert "Call Center Agent" in notice.message


def test_dates_that_can_be_are_not_noticed(jobs):
    page = page_of(experience="Call Center Agent | Blue Kite | Jan 2019 - Present")
    assert not list(date_notices(jobs.read(page), Document("a.txt", "0" * 64, page.text, ()), AS_OF, fixed=True))


@given(st.integers(1990, 2021), st.integers(0, 5), st.booleans(), st.booleans())
def test_the_months_lie_between_the_least_and_the_most(year, length, bare_start, bare_end):
    start = f"{year}-07" if bare_start else f"{year}-03"
    end = f"{year + length}-06" if bare_end else f"{year + length}-11"
    value = {"start": start, "end": end, "open": False, "bare_start": bare_start, "bare_end": bare_end}
    time = job_time(value, AS_OF, fixed=True)
    if time.months is not None:
        assert 1 <= time.least <= time.months <= time.most
