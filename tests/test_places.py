"""The lines of keys and values: invented texts whose values tell the line they stand on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.taxonomy.places import line_of, toml_places, yaml_places

ROOT = Path(__file__).resolve().parent.parent

TOML = '''# a comment with "quotes" and [brackets]
top = "L2"
[branch]
id = "L4" # [[concept]]
"quoted key" = 'L5 # no comment'

[[concept]]
id = "L8"
aliases = [
  "L10", "L10",   # a comment, with a comma
  "L11 \\" ]", # L11
  'L12 \\',
]
deep.er = { one = "L14", two = ["L14", { three = "L14" }] }
text = """
not = "a key"
[[concept]]
"""
[[concept]]
id = "L20"
[[concept.row]]
x = "L22"
[[concept.row]]
x = "L24"
[concept.table]
y = "L26"
[[concept]]
[[concept.row]]
x = "L29"
[alone]
[alone.under]
z = "L32"'''


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path, value


def test_every_value_of_a_toml_text_is_found_on_its_line():
    places = toml_places(TOML)
    told = {path: value for path, value in leaves(tomllib.loads(TOML)) if value.startswith("L")}
    assert len(told) == 17
    for path, value in told.items():
        assert f"L{places[path]}" == value.split()[0], path


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("concept", 0), 7),
        (("concept", 1), 19),
        (("concept", 2), 27),
        (("concept",), 7),
        (("concept", 0, "aliases"), 9),
        (("concept", 0, "text"), 15),
        (("concept", 0, "missing"), 7),
        (("concept", 1, "row", 1, "nowhere", 5), 23),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_what_a_file_does_not_have_is_placed_at_what_is_around_it(path, line):
    assert line_of(toml_places(TOML), path) == line


@pytest.mark.parametrize("path", sorted((ROOT / "taxonomy").rglob("*.toml")), ids=lambda path: path.name)
def test_every_value_of_the_shipped_files_has_a_line_that_holds_it(path):
    text = path.read_text(encoding="utf-8")
    places, lines = toml_places(text), text.split("\n")
    for where, value in leaves(tomllib.loads(text)):
        if isinstance(value, str) and value.isalnum():
            assert value in lines[places[where] - 1], where


PIECES = st.sampled_from(
    ['"', "'", "[", "]", "{", "}", "#", "=", ".", ",", "\n", "\\", "a", " ", '"""', "x = 1\n", "[a]\n", "[[b]]\n"]
)


@given(st.lists(PIECES, max_size=25))
def test_whatever_the_parser_takes_is_placed(pieces):
    text = "".join(pieces)
    try:
        parsed = tomllib.loads(text)
    except ValueError:
        return
    places = toml_places(text)
    for where, _ in leaves(parsed):
        assert 1 <= line_of(places, where) <= text.count("\n") + 1


YAML = """title: L1
requirements:
  all:
    - {kind: L4, need: L4}
    - any:
        - kind: L6
          need: L7
"""


def test_yaml_is_placed_by_its_marks():
    import yaml

    places = yaml_places(YAML)
    for where, value in leaves(yaml.safe_load(YAML)):
        assert f"L{places[where]}" == value
    assert line_of(places, ("requirements", "all", 1, "any", 0, "nowhere")) == 6
    assert line_of(places, ("requirements", "all", 1)) == 5
    assert yaml_places("") == {}


def test_yaml_that_contains_itself_ends():
    assert yaml_places("a: &x [1, *x]")[("a", 0)] == 1
