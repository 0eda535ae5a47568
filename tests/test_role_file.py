from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError, TaxonomyError
from matcher.records import AllOf, AnyOf, Requirement, Role, Stance, leaves
from matcher.role_file import (
    KINDS,
    builtin_roles,
    dump_role,
    load_role,
    node_from_data,
    node_to_data,
    role_from_data,
    role_to_data,
)
from matcher.taxonomy import load

TAXONOMY = load()
BRANCH = next(id for id, concept in TAXONOMY.concepts.items() if concept.type == "branch")
MOST = 14
LEAST = 8


def some(names):
    """A few of some names, in any order."""
    return st.lists(st.sampled_from(sorted(names)), max_size=2, unique=True).map(tuple)


LEAF = st.builds(
    Requirement,
    kind=st.sampled_from([kind for kind in KINDS if kind != "education"]),
    need=st.sampled_from(["required", "preferred"]),
    concept=st.sampled_from(sorted(id for id, concept in TAXONOMY.concepts.items() if concept.type != "branch")),
    value=st.sampled_from(["40", "0", "120"]),
    min_months=st.none() | st.integers(0, 240),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    weight=st.floats(0, 3),
    max_months=st.none() | st.integers(0, 240),
    families=some(row["id"] for row in TAXONOMY.rules["families"]["family"]),
    channels=some(TAXONOMY.rules["channels"]["channels"]),
    lines_of_business=some(TAXONOMY.rules["channels"]["lines_of_business"]),
    sectors=some(TAXONOMY.rules["posts"]["fields"]["sectors"]),
    market=st.none() | st.sampled_from(sorted(TAXONOMY.rules["posts"]["fields"]["markets"])),
    concepts=some(["payroll-processing", "medical-billing", "microsoft-excel"]),
).filter(lambda leaf: None in (leaf.min_months, leaf.max_months) or leaf.min_months <= leaf.max_months)
TREE = st.recursive(
    LEAF,
    lambda node: st.builds(lambda make, items: make(tuple(items)), st.sampled_from([AllOf, AnyOf]), st.lists(node, max_size=3)),
    max_leaves=8,
)


@given(TREE)
def test_a_tree_comes_back_as_it_went(tree):
    assert node_from_data(node_to_data(tree), "tree", TAXONOMY) == tree


def once(node):
    """The tree with what a list asks for, weights and quotes aside, only the first time."""
    if isinstance(node, Requirement):
        return node
    bare = [replace(one, weight=0, text="", start=0, end=0) if isinstance(one, Requirement) else place
            for place, one in enumerate(node.items)]  # fmt: skip
    return replace(node, items=tuple(once(one) for place, one in enumerate(node.items) if bare.index(bare[place]) == place))


@given(st.lists(TREE, max_size=3))
def test_a_tree_comes_back_from_its_file(items):
    role = Role("post.txt", "", "Agent", (), 1, once(AllOf(tuple(items))))
    assert load_role(dump_role(role).encode(), "role.yaml", TAXONOMY).requirements == role.requirements


@pytest.mark.parametrize("text", ["a]\x85b", "a\x85", "a \u2028 b", "\ufeffa", "a\n\nb ", "Ñ # [", "'\"\\", "\x07"])
def test_any_text_comes_back_from_its_file(text):
    role = Role("post.txt", "", "Agent", (), 1, AllOf((Requirement("shift", "required", value="night", text=text),)))
    assert load_role(dump_role(role).encode(), "role.yaml", TAXONOMY).requirements == role.requirements


def test_what_a_person_corrects_is_what_is_read():
    cpc = Requirement("certification", "required", "cpc", text="CPC", start=3, end=6)
    floor = Requirement("experience", "required", min_months=12, max_months=36, channels=("voice",), market="international")
    role = Role("post.txt", "", "Coder", (), 1, AllOf((AnyOf((AllOf((cpc, floor)), floor)), floor)))
    data = role_to_data(role)
    choice, leaf = data["requirements"]["all"]
    leaf |= {"need": "preferred", "weight": 2.5, "channels": ["chat", "email"]}
    choice["any"][0]["all"][0]["weight"] = 0.5
    del choice["any"][1]["max_months"]
    again = load_role(yaml.safe_dump(data).encode(), "role.yaml", TAXONOMY)
    mended = replace(floor, need="preferred", weight=2.5, channels=("chat", "email"))
    first = AllOf((replace(cpc, weight=0.5), floor))
    assert again.requirements == AllOf((AnyOf((first, replace(floor, max_months=None))), mended))


@pytest.mark.parametrize("name", sorted(TAXONOMY.roles))
def test_built_in_profiles_are_sound(name):
    data = TAXONOMY.roles[name]
    role = role_from_data(data, name, TAXONOMY)
    families = {row["id"] for row in TAXONOMY.rules["families"]["family"]}
    assert data["id"] == name
    assert LEAST <= len(role.requirements.items) <= MOST
    assert set(role.families) <= families
    assert set(data.get("next_roles", ())) <= set(TAXONOMY.roles)
    assert 1 <= sum(any(leaf.need == "required" for leaf in leaves(item)) for item in role.requirements.items) <= 3
    assert role.level is not None
    assert data["summary"].endswith(".")


@pytest.mark.parametrize("name", sorted(TAXONOMY.roles))
def test_written_profiles_read_back_equal(name):
    role = role_from_data(TAXONOMY.roles[name], name)
    again = load_role(dump_role(role).encode(), name)
    assert role_to_data(again) == role_to_data(role)
    assert again.requirements == role.requirements
    assert (again.claims, again.facts) == (role.claims, role.facts)


def test_built_in_roles_come_in_the_order_of_their_ids():
    assert [role.source for role in builtin_roles(TAXONOMY)] == sorted(TAXONOMY.roles)


def test_next_steps_lead_upwards():
    for name, data in TAXONOMY.roles.items():
        for step in data.get("next_roles", ()):
            assert TAXONOMY.roles[step]["level"] >= data["level"], name
            assert step != name


def test_claims_and_facts_come_from_the_leaves():
    role = role_from_data(
        {
            "title": "Agent",
            "requirements": {
                "all": [
                    {"kind": "skill", "concept": "negotiation", "need": "preferred"},
                    {"kind": "skill", "concept": "negotiation", "need": "required"},
                    {"kind": "experience", "need": "preferred", "min_months": 24},
                    {"kind": "experience", "need": "required", "min_months": 6},
                    {"kind": "education", "need": "required", "min_level": "high_school"},
                    {"kind": "typing", "need": "required", "value": "40"},
                    {"kind": "shift", "need": "required", "value": "night"},
                    {"kind": "language", "need": "required", "value": "Spanish", "min_level": "B2"},
                ]
            },
        },
        "role.yaml",
    )
    assert [(claim.concept, claim.stance) for claim in role.claims] == [("negotiation", Stance.REQUIRED)]
    assert (role.facts.min_months_experience, role.facts.experience_need) == (6, "required")
    assert (role.facts.education_min, role.facts.typing_wpm, role.facts.shift, role.facts.work_site) == (
        "high_school",
        40,
        "night",
        "unknown",
    )
    assert [(language.name, language.level) for language in role.facts.languages] == [("Spanish", "B2")]


def test_a_single_requirement_stands_for_a_list_of_one():
    role = role_from_data({"title": "x", "requirements": {"kind": "typing", "need": "preferred", "value": "30"}}, "role.yaml")
    assert role.requirements == AllOf((Requirement("typing", "preferred", value="30"),))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("just text", "give keys and values"),
        ({}, "title"),
        ({"title": "x", "colour": "red"}, "unknown key 'colour'"),
        ({"title": "x", "level": 9}, "level: 9"),
        ({"title": "x", "level": True}, "level: True"),
        ({"title": "x", "families": "sales"}, "families: give a list"),
        ({"title": "x", "families": ["qualty"]}, "families: 'qualty' is none of quality, "),
        ({"title": "x", "channels": ["vocie"]}, "channels: 'vocie' is none of voice"),
        ({"title": "x", "lines_of_business": ["telcom"]}, "lines_of_business: 'telcom' is none of telecom"),
        ({"title": "x", "summary": {1: "a", "b": "c"}}, "summary: "),
        ({"title": "x", "next_roles": "y"}, "next_roles: give a list of texts"),
        ({"title": "x", "requirements": {"all": "x"}}, "requirements.all: give a list"),
        ({"title": "x", "requirements": {"all": [], "any": []}}, "unknown key 'any'"),
    ],
)
def test_errors_name_the_key_that_is_wrong(data, words):
    with pytest.raises(InputError) as caught:
        role_from_data(data, "role.yaml", TAXONOMY)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "role.yaml" not in str(caught.value), "whoever reads the file names it"


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        ({"kind": "magic", "need": "required"}, ".kind: 'magic'"),
        ({"kind": "skill", "need": "must", "concept": "negotiation"}, ".need: 'must'"),
        ({"kind": "skill", "need": "required"}, ".concept: a skill needs"),
        ({"kind": "skill", "need": "required", "concept": "no-such"}, ".concept: 'no-such' is not in the taxonomy"),
        ({"kind": "education", "need": "required", "min_level": "phd"}, ".min_level: 'phd'"),
        ({"kind": "experience", "need": "required", "min_months": "6"}, ".min_months: '6' is no number"),
        ({"kind": "experience", "need": "required", "min_months": -6}, ".min_months: -6 is not from 0"),
        ({"kind": "experience", "need": "required", "max_months": -6}, ".max_months: -6 is not from 0"),
        ({"kind": "experience", "need": "required", "channels": "voice"}, ".channels: give a list"),
        ({"kind": "experience", "need": "required", "channels": ["vocie"]}, ".channels: 'vocie' is none of voice"),
        ({"kind": "experience", "need": "required", "sectors": ["bop"]}, ".sectors: 'bop' is none of bpo"),
        ({"kind": "experience", "need": "required", "market": "abroad"}, ".market: 'abroad' is none of international"),
        ({"kind": "experience", "need": "required", "concepts": "payroll-processing"}, ".concepts: give a list"),
        ({"kind": "experience", "need": "required", "concepts": ["no-such"]}, ".concepts[0]: 'no-such' is not in the taxonomy"),
        ({"kind": "skill", "need": "required", "concept": "collections", "weight": float("nan")}, ".weight: nan"),
        ({"kind": "skill", "need": "required", "concept": "collections", "weight": float("inf")}, ".weight: inf"),
        ({"kind": "skill", "need": "required", "concept": "collections", "weight": -0.5}, ".weight: -0.5"),
        ({"kind": "skill", "need": "required", "concept": BRANCH}, f".concept: '{BRANCH}' is a branch"),
        ({"kind": "typing", "need": "required", "value": "fast"}, ".value: 'fast' is no number of words"),
        ({"kind": "typing", "need": "required", "value": "²"}, ".value: '²'"),
        ({"kind": "typing", "need": "required"}, ".value: a typing needs one"),
        ({"kind": "shift", "need": "required", "text": "nights"}, ".value: a shift needs one"),
        ({"kind": "language", "need": "required", "min_level": "B2"}, ": a language needs"),
        ({"kind": "certification", "need": "required", "value": " "}, ": a certification needs"),
        ({"kind": "typing", "need": "required", "wpm": 40}, ": unknown key 'wpm'"),
    ],
)
def test_errors_in_a_leaf_name_its_place(leaf, words):
    good = {"kind": "typing", "need": "preferred", "value": "30"}
    with pytest.raises(InputError) as caught:
        role_from_data({"title": "x", "requirements": {"all": [good, {"any": [leaf]}]}}, "role.yaml", TAXONOMY)
    assert str(caught.value).startswith(f"requirements.all[1].any[0]{words}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"title: x\nlevel: [1", "line 2: is not valid YAML: a comma or the closing ] is missing"),
        (b"title: x\nlevel: 2024-13-45", "not valid YAML"),
        (b"title: x\nlevel: " + b"[" * 5000, "not valid YAML"),
        (b"title: x\nrequirements: &a {all: [*a]}", "is nested more than"),
    ],
)
def test_broken_yaml_is_one_line_with_a_place(data, words):
    with pytest.raises(InputError, match=words) as caught:
        load_role(data, "role.yaml")
    assert "role.yaml" not in str(caught.value)


def test_a_number_may_stand_where_the_value_is_one():
    role = load_role(b"title: x\nrequirements: {kind: typing, need: required, value: 45}", "role.yaml", TAXONOMY)
    assert role.facts.typing_wpm == 45
    assert role.requirements.items == (Requirement("typing", "required", value="45"),)


def test_a_built_in_profile_that_is_wrong_is_named():
    broken = replace(TAXONOMY, roles={"odd": {"title": "Odd", "families": ["none-such"]}})
    with pytest.raises(TaxonomyError, match=r"^roles/odd\.yaml: families: 'none-such'"):
        builtin_roles(broken)


FILE = """\
title: Agent
families: [collections]
level: 1
requirements:
  all:
    - {kind: skill, need: required, concept: collections}
    - {kind: experience, need: required, min_months: 12}
    - any:
        - {kind: language, need: preferred, concept: spanish, value: Spanish}
signal_weights: {}
wording: "Call people"
"""


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("    - {kind: exp", "\t- {kind: exp", "line 7: is not valid YAML: a tab stands"),
        ("    - {kind: exp", "      - {kind: exp", "line 7: is not valid YAML: the blanks at the beginning differ"),
        ("    - {kind: exp", "- {kind: exp", "line 7: is not valid YAML: the blanks at the beginning differ"),
        ("  all:", "all:", "line 5: `all:` belongs below `requirements:`; begin its line with two blanks"),
        ("level: 1", " level: 1", "line 3: is not valid YAML: the blanks"),
        ("level: 1", "level:1", "line 3: is not valid YAML: a colon is missing"),
        ("level: 1", "levels: 1", "line 3: unknown key 'levels'; did you mean \"level\"?"),
        ("level: 1", "level: agent", "line 3, level: 'agent' is no whole number"),
        ("need: required", "neeed: required", "line 6: unknown key 'neeed'; did you mean \"need\"?"),
        ("need: required", "need: must", "line 6, need: 'must' is none of required, preferred"),
        ("need: required, ", "", "line 6, need: is not given; write one of required, preferred"),
        ("need: required", "need: required, need: preferred", "line 6: 'need' was said on line 6 already; delete one"),
        ("kind: skill", "kind: skil", "line 6, kind: 'skil' is none of skill"),
        ("concept: collections", "concept: colections", "line 6, concept: 'colections' is not in the taxonomy; did you mean"),
        ("concept: collections", "concept: Outbound calls", "line 6, concept: 'Outbound calls' is not in the taxonomy"),
        ("concept: collections}", "concept: collections", "line 6: is not valid YAML: a comma or the closing } is missing"),
        ("need: required, concept", "need: required; concept", "line 6: is not valid YAML: a comma or the closing }"),
        ("concept: spanish", "concept: spnish", "line 9, concept: 'spnish' is not in the taxonomy; did you mean \"spanish\"?"),
        ("concept: spanish", "concept: no", "line 9, concept: False is no text; put it between quotes"),
        ("12}", "-12}", "line 7, min_months: -12 is not from 0 to 1200"),
        ("12}", "two years}", "line 7, min_months: 'two years' is no number; write a whole number, such as 24"),
        ("12}", '"12"}', "line 7, min_months: '12' is no number; write a whole number, such as 24, without words and quotes"),
        ("12}", "12, max_months: 6}", "line 7, max_months: 6 is less than min_months, 12"),
        ("[collections]", "[collections", "line 2: is not valid YAML: a comma or the closing ] is missing"),
        ("[collections]", "[dunning]", "line 2, families: 'dunning' is none of"),
        ('people"', "people", "line 11: is not valid YAML: a quote is opened and not closed"),
        ("title: Agent", "title: *Agent", "line 1: is not valid YAML: text that begins with * or & must stand between quotes"),
        ("title: Agent", "title: Agent: nights", "line 1: is not valid YAML: a colon too many"),
        ("title: Agent", "title: 24", "line 1, title: 24 is no text; put it between quotes"),
        ("title: Agent", "title: A\0", "line 1: is not valid YAML: a character that is no text"),
        ("title: Agent\n", "", "line 1, title: give the role's title as text"),
        ("signal_weights: {}", "signal_weights: {luck: 2}", "line 10, signal_weights: 'luck' is no signal"),
        ("signal_weights", "level", "line 10: 'level' was said on line 3 already; delete one of the two"),
        (FILE, "", "is empty; write one with `matcher extract POST --as job --out FILE.yaml`"),
        (FILE, "# all deleted\n", "is empty; write one"),
        (FILE, "- Agent\n", "is no role file"),
    ],
)  # fmt: skip
def test_a_slip_in_a_role_file_is_answered_by_one_line_with_its_number_and_what_to_do(was, now, said):
    with pytest.raises(InputError) as caught:
        load_role(FILE.replace(was, now, 1).encode(), "role.yaml", TAXONOMY, ("wording", "level"))
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_what_is_asked_for_twice_is_refused_and_a_must_with_a_wish_is_not():
    line = "    - {kind: skill, need: required, concept: collections}\n"
    with pytest.raises(InputError, match="line 7: asks for the same as line 6; delete one of the two"):
        load_role(FILE.replace(line, line + line).encode(), "role.yaml", TAXONOMY)
    wish = line.replace("required", "preferred")
    assert len(load_role(FILE.replace(line, line + wish).encode(), "role.yaml", TAXONOMY).requirements.items) == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("Agent", "Se\u00f1or agent").encode("cp1252"),
    ],
    ids=["ends of lines of Windows", "mark of Notepad", "Unicode of Notepad", "ANSI of Notepad"],
)
def test_files_as_windows_saves_them_are_read(change):
    role, plain = (load_role(data, "role.yaml", TAXONOMY) for data in (change(FILE), FILE.encode()))
    assert role.requirements == plain.requirements
    assert role.title in ("Agent", "Se\u00f1or agent")


def test_lists_may_lose_all_their_lines():
    for text in (FILE.split("    - ")[0], FILE.split("  all:")[0]):
        assert not load_role(text.encode(), "role.yaml", TAXONOMY).requirements.items


def test_a_written_file_says_in_remarks_what_can_be_changed():
    role = load_role(FILE.encode(), "post.txt", TAXONOMY)
    text = dump_role(role, TAXONOMY, ("wording", "level"))
    remarks = [line for line in text.splitlines() if line.startswith("#")]
    for word in ("need", "min_months", "weight", "voice", "telecom", "collections", "0 trainee", "there are: wording, level"):
        assert any(word in line for line in remarks), word
    assert "    - {kind: skill, need: required, concept: collections}" in text.splitlines(), "a requirement is one line"
    examples = "\n".join(line[2:] for line in remarks if line.startswith("#     - {"))
    added = text.replace("  all:", f"  all:\n{examples}".replace("concept: collections", "concept: negotiation"))
    more = load_role(added.encode(), "role.yaml", TAXONOMY)
    assert len(more.requirements.items) == len(role.requirements.items) + examples.count("- {"), "what it shows can be copied"
