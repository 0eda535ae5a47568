from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.units import items, lines_of, unit_at, units

LONG = "Answered between sixty and seventy calls a day from subscribers about their bills"


def texts(text, found):
    return [text[start:end] for start, end in found]


def sentences(text):
    return [text[unit.start : unit.end] for unit in units(text)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("  \n\t\n", []),
        ("Zendesk", ["Zendesk"]),
        ("  Zendesk  \n\n Avaya", ["Zendesk", "Avaya"]),
        ("Zendesk\n\n\nAvaya\n", ["Zendesk", "Avaya"]),
    ],
)
def test_lines_are_those_with_something_in_them(text, lines):
    assert texts(text, lines_of(text)) == lines


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"• {LONG}\nand their devices", 1),
        (f"- {LONG}\nDevices and plans as well were explained to the customers here", 1),
        (f"- {LONG}\n- Explained plans", 2),
        (f"- {LONG}\n* Explained plans", 2),
        (f"- {LONG}\n2) Explained plans", 2),
        (f"- {LONG}\n2. Explained plans", 2),
        (f"{LONG}.\nExplained plans", 2),
        (f"{LONG}\n\nand their devices", 2),
        ("Zendesk\nAvaya\nTypist", 3),
        ("Zendesk,\nand Avaya", 1),
        ("Tools:\nZendesk", 2),
        (f"{LONG}\n(mostly mobile)", 1),
        (f"{LONG}\n{LONG.capitalize()}", 2),
        (f"{LONG}\n{LONG.capitalize()}\nand theirs", 1),
    ],
    ids=[
        "lower",
        "filled",
        "bullet",
        "star",
        "paren",
        "number",
        "stop",
        "gap",
        "list",
        "comma",
        "colon",
        "bracket",
        "ended",
        "wrapped",
    ],
)
def test_lines_are_joined_where_they_were_wrapped(text, count):
    assert len(items(text)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Took calls. Sold plans.", ["Took calls.", "Sold plans."]),
        ("Took calls; sold plans", ["Took calls;", "sold plans"]),
        ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
        ("Used tools, e.g. Zendesk, daily.", ["Used tools, e.g. Zendesk, daily."]),
        ("Worked for Sample Inc. in Pune.", ["Worked for Sample Inc. in Pune."]),
        ("Min. 6 months of service", ["Min. 6 months of service"]),
        ("CSAT of 4.8 in 2.5 years", ["CSAT of 4.8 in 2.5 years"]),
        ("Reported to J. Sample. Led a team.", ["Reported to J. Sample.", "Led a team."]),
        ("AHT 3.5 min.\n- FCR 80%", ["AHT 3.5 min.", "- FCR 80%"]),
    ],
)
def test_items_are_cut_into_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["chat, " * 2_000, "chat " * 2_000, "chat" * 2_000], ids=["commas", "blanks", "neither"])
def test_a_sentence_without_end_is_cut_between_words(text):
    found = units(text)
    assert all(unit.end - unit.start <= 2_000 for unit in found)
    assert "".join(text[unit.start : unit.end] for unit in found).replace(" ", "") == text.replace(" ", "")
    if " " in text:
        assert {text[unit.start : unit.end].split()[-1].strip(",") for unit in found} == {"chat"}


def test_sentences_of_one_item_share_its_number():
    assert [unit.item for unit in units("Took calls. Sold plans.\n\n- Led a team")] == [0, 0, 1]


def test_unit_at_finds_the_sentence_and_nothing_between_sentences():
    text = "Took calls.  Sold plans.\n\nLed a team"
    found = units(text)
    assert unit_at(found, text.index("calls")) is found[0]
    assert unit_at(found, text.index("Sold")) is found[1]
    assert unit_at(found, text.index("team")) is found[2]
    assert unit_at(found, text.index("  Sold")) is None
    assert unit_at(found, len(text)) is None
    assert unit_at((), 0) is None


@given(st.text(alphabet="ab .!;:\n\t•-1)A(,é—", max_size=200))
def test_units_hold_every_printed_character_once(text):
    found = units(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(unit.start < unit.end for unit in found)
    inside = [place for unit in found for place in range(unit.start, unit.end)]
    assert {place for place, sign in enumerate(text) if not sign.isspace()} <= set(inside)
    for unit in found:
        inner = [other for other in found if other.start <= unit.start < other.end]
        assert inner == [unit_at(found, unit.start)] == [unit]


@given(st.text(alphabet="ab .!;:\n\t•-1)A(,", max_size=200))
def test_items_are_runs_of_whole_lines(text):
    starts, ends = {start for start, _ in lines_of(text)}, {end for _, end in lines_of(text)}
    assert all(start in starts and end in ends for start, end in items(text))
