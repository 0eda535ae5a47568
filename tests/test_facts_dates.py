from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.facts.dates import DateReader, single
from matcher.records import Month


@pytest.fixture(scope="session")
def dates(taxonomy):
    return DateReader(taxonomy.rules)


def ranges(dates, text):
    return dates.join(text, 0, len(text), dates.find_points(text, 0, len(text)))


def read(dates, text):
    return [(str(r.start), "open" if r.open else str(r.end)) for r in ranges(dates, text)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("May 2011 to August 2013", "2011-05", "2013-08"),
        ("04/2010 to Current", "2010-04", "open"),
        ("Mar'19 - till date", "2019-03", "open"),
        ("Jun 2021 - Present", "2021-06", "open"),
        ("2019.06-2021.02", "2019-06", "2021-02"),
        ("April 2014\nto\nOctober 2015", "2014-04", "2015-10"),
        ("Apr 2021 to Date", "2021-04", "open"),
        ("Oct 2023 up to present", "2023-10", "open"),
        ("April-July 2024", "2024-04", "2024-07"),
        ("Nov-Feb 2025", "2024-11", "2025-02"),
        ("Feb. 2024 – Apr. 2026", "2024-02", "2026-04"),
        ("2017 March - 2020 Dec", "2017-03", "2020-12"),
        ("Sep-21 to Aug-24", "2021-09", "2024-08"),
        ("From March 06 - July11.", "2006-03", "2011-07"),
        ("07/10 - 12/12", "2010-07", "2012-12"),
        ("01.09.2020 to till date", "2020-09", "open"),
        ("03 Feb 2021 - 28 May 2022", "2021-02", "2022-05"),
        ("4/2/2010 - 3/15/2012", "2010-04", "2012-03"),
        ("Jan 1, 2010 - March 5, 2012", "2010-01", "2012-03"),
        ("Ago 2021 - Actual", "2021-08", "open"),
        ("Summer 2014 to Fall 2015", "2014-06", "2015-11"),
        ("Winter 2014 - Spring 2015", "2014-12", "2015-05"),
        ("2022 (Mar-Oct)", "2022-03", "2022-10"),
        ("Since March 2015", "2015-03", "open"),
        ("Current to November 2016", "2016-11", "open"),
        ("July 2009 － Present", "2009-07", "open"),
    ],
)
def test_dates_reads_the_forms_of_resumes(dates, text, start, end):
    assert read(dates, text) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2014-2016", "2014-07", "2016-06"),
        ("2021-22", "2021-07", "2022-06"),
        ("2016 - April 2019", "2016-07", "2019-04"),
        ("2022-present", "2022-07", "open"),
        ("2025 - 2025", "2025-04", "2025-09"),
        ("Sept 2018 - 2018", "2018-09", "2018-12"),
    ],
)
def test_dates_takes_the_middle_of_a_bare_year(dates, text, start, end):
    (found,) = ranges(dates, text)
    assert found.years_only
    assert (str(found.start), "open" if found.open else str(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("05/2014 to 04/2013", "reversed"),
        ("2019-2017", "reversed"),
        ("February 1753 to March 1754", "impossible"),
    ],
)
def test_dates_says_what_cannot_be(dates, text, problem):
    (found,) = ranges(dates, text)
    assert (found.start, found.end, found.problem) == (None, None, problem)


@pytest.mark.parametrize(("text", "label"), [("SY 2015-2019", "school"), ("A.Y. 2015-2016", "school"), ("FY 2021-22", "fiscal")])
def test_dates_labels_school_and_business_years(dates, text, label):
    assert [r.label for r in ranges(dates, text)] == [label]


@pytest.mark.parametrize(
    "text",
    ["2000 to 2500 calls", "Windows 2000, 2003", "we may 2012", "24/7 - 365", "Q1 2026", "5 to 12 agents"],
)
def test_dates_leaves_other_numbers_alone(dates, text):
    assert ranges(dates, text) == ()


def test_dates_offsets_are_the_printed_range(dates):
    text = "Agent, Alpha Corp, May 2019 - June 2020, voice"
    (found,) = ranges(dates, text)
    assert text[found.begin : found.stop] == "May 2019 - June 2020"


def test_dates_single_year_is_half_a_year(dates):
    (point,) = dates.find_points("Encoder 2025", 0, 12)
    found = single(point)
    assert (str(found.start), str(found.end), found.years_only) == ("2025-04", "2025-09", True)


@given(
    st.integers(1960, 2040),
    st.integers(1, 12),
    st.integers(0, 300),
    st.sampled_from(["{0:02d}/{1}", "{1}.{0:02d}", "{2} {1}", "{2}. {1}"]),
    st.sampled_from([" - ", " to ", "–", "\nto\n", " until "]),
)
def test_dates_read_back_what_was_printed(dates, year, month, length, form, joint):
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    start = Month(year, month)
    end = Month(*divmod(start.index + length, 12))
    end = Month(end.year, end.month + 1)
    if end.year > 2049:
        return
    text = joint.join(form.format(m.month, m.year, names[m.month - 1]) for m in (start, end))
    assert read(dates, text) == [(str(start), str(end))]


@given(st.text(alphabet="JanFebMay 0123456789/-.'toSYprsent\n|", max_size=60))
def test_dates_never_fail_and_stay_in_the_text(dates, text):
    for found in ranges(dates, text):
        assert 0 <= found.begin < found.stop <= len(text)
        assert found.problem or (found.start is not None and (found.open or found.start <= found.end))
