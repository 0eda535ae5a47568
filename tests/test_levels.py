"""Whether a language's level covers the one that a post asks for."""

from __future__ import annotations

import pytest

from matcher.scoring.levels import covers


@pytest.mark.parametrize(
    ("claimed", "asked", "enough"),
    [
        ("fluent", "excellent", True),
        ("fluent", "Fluent", True),
        ("native", "excellent", True),
        ("native", "c1", True),
        ("bilingual", "b2", True),
        ("excellent", "good", True),
        ("c1", "b2", True),
        ("b2+", "b2", True),
        ("b1", "b2", False),
        ("basic", "fluent", False),
        ("conversational", "excellent", False),
        (None, "excellent", False),
        ("fluent", "c1", False),  # a word and a scale cannot be compared: ask
        ("b2", "fluent", False),
        ("fluent", "versant 58", False),
        ("native", "versant 58", False),
        ("ielts 7.5", "c1", False),
    ],
)
def test_levels_cover(taxonomy, claimed, asked, enough):
    assert covers(taxonomy.rules["languages"]["ladder"], claimed, asked) is enough


def test_levels_of_the_ladder_are_words_that_are_read(taxonomy):
    rules = taxonomy.rules["languages"]
    steps = [word for scale in ("words", "cefr") for step in rules["ladder"][scale] for word in step]
    assert len(steps) == len(set(steps))
    assert set(rules["rules"]["levels"]) <= {*steps, *rules["ladder"]["top"]}
