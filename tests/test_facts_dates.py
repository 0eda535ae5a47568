from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.facts.dates import DateReader, single
from matcher.records import Month

FORMS = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))["forms"]


@pytest.fixture(scope="session")
def dates(taxonomy):
    return DateReader(taxonomy.rules)


def ranges(dates, text):
    return dates.join(text, 0, len(text), dates.find_points(text, 0, len(text)))


def read(dates, text):
    return [(str(r.start), "open" if r.open else str(r.end)) for r in ranges(dates, text)]


@pytest.mark.parametrize(("text", "start", "end"), FORMS)
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
        ("2014 to 2016", "2014-07", "2016-06"),
        ("2014–present", "2014-07", "open"),
        ("2014 - 16", "2014-07", "2016-06"),
        ("2014-'16", "2014-07", "2016-06"),
        ("'14-'16", "2014-07", "2016-06"),
        ("’14 – Present", "2014-07", "open"),
        ("2014/16", "2014-07", "2016-06"),
        ("1998-2002", "1998-07", "2002-06"),
        ("Year 2014 to 2016", "2014-07", "2016-06"),
        ("Since 2019", "2019-07", "open"),
        ("2019 onwards", "2019-07", "open"),
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
        ("13/2015 to 14/2016", "impossible"),
        ("00/2015 to 05/2016", "impossible"),
        ("August 2013 - May 2011", "reversed"),
    ],
)
def test_dates_says_what_cannot_be(dates, text, problem):
    (found,) = ranges(dates, text)
    assert (found.start, found.end, found.problem) == (None, None, problem)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SY 2015-2019", "school"),
        ("A.Y. 2015-2016", "school"),
        ("FY 2021-22", "fiscal"),
        ("S.Y.: 2015-2019", "school"),
        ("Batch 2015-2019", "school"),
    ],
)
def test_dates_labels_school_and_business_years(dates, text, label):
    assert [r.label for r in ranges(dates, text)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "2000 to 2500 calls",
        "Windows 2000, 2003",
        "we may 2012",
        "24/7 - 365",
        "Q1 2026",
        "5 to 12 agents",
        "May 2011, August 2013",
        "Summer 2018",
        "Spring/Summer 2018",
        "March 2014\nPresent",
        "Month 2015",
        "Jun 2018 - Jul",
        "11-07 to 05-08",
        "062019 - 082021",
        "June 2019(Present)",
        "Jun 2019",
        "May 2012 we had",
        "Present",
        "June 2019 - in progress",
        "06/2019 – heute",
        "Jan 2010 and Feb 2012",
        "Jan 2019\tMar 2020",
        "2020 - 30 agents",
    ],
)
def test_dates_leaves_other_numbers_alone(dates, text):
    assert ranges(dates, text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("June 2019 - Jul 2020 / Sep 2021 - Present", [("2019-06", "2020-07"), ("2021-09", "open")]),
        ("Jan 2010 to Feb 2011; Mar 2012 to Apr 2013", [("2010-01", "2011-02"), ("2012-03", "2013-04")]),
        ("Name\tFrom\tTo\nAgent\tJan 2019\tMar 2020", [("2019-01", "2020-03")]),
        ("Date of joining | Date of leaving\n01/2019 | 03/2020", [("2019-01", "2020-03")]),
        ("early 2019 to late 2020", [("2019-02", "2020-11")]),
    ],
)
def test_dates_several_in_a_line_and_in_columns(dates, text, found):
    assert read(dates, text) == found


@pytest.mark.parametrize(
    ("beside", "start", "end"),
    [
        ("", "2021-03", "2022-05"),
        ("Certified 06/28/2020", "2021-03", "2022-05"),
        ("Born 28/06/1990", "2021-04", "2022-06"),
    ],
)
def test_dates_days_and_months_follow_the_document(dates, beside, start, end):
    text = f"03/04/2021 - 05/06/2022\n{beside}"
    assert read(dates, text) == [(start, end)]


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
