"""Every mistake in a company's folder is told in one run, with file, line and remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.cli.main import main
from matcher.errors import TaxonomyError
from matcher.role_check import role_problems
from matcher.taxonomy import examine_over, load

pytestmark = pytest.mark.slow  # each of them lays a folder over the whole taxonomy and proves it

NEW = """[[concept]]
id = "acme-desk"
label = "Acme Desk"
type = "tool"
separates = "high"
broader = ["ticketing"]
aliases = ["Acme ticketing"]
"""
ROLE = """title: Desk agent
families: [technical-support]
level: 1
requirements:
  all:
    - {kind: skill, need: required, concept: ticketing}
    - any:
        - kind: skill
          need: preferred
          concept: zendesk
next_roles: [team-leader]
"""
FORM = """[[form]]
text = "blue"
[[form.reading]]
concept = "acme-desk"
near = ["ticket"]
example = "Closed a ticket in blue."
"""


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """The lines that `check` prints for these files, which stand in the folder `own`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("matcher.reading.selfcheck.prove", lambda taxonomy: ())
    monkeypatch.setattr("matcher.cli.checking._unusable", lambda folder: ())

    def told(**files: str) -> list[str]:
        for name, text in files.items():
            path = Path("own") / PLACES[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        status = main(["taxonomy", "check", "own"])
        lines = capsys.readouterr().out.splitlines()
        assert status == bool(lines)
        return lines

    return told


PLACES = {
    "concepts": "concepts/house.toml",
    "more": "concepts/more.toml",
    "forms": "forms.toml",
    "role": "roles/desk.yaml",
    "medical_coder": "roles/medical_coder.yaml",
    "yml": "roles/other.yml",
    "cues": "cues.toml",
    "families": "families.toml",
    "headigns": "headigns.toml",
}


def test_sound_files_have_nothing_told(told):
    assert told(concepts=NEW.replace('"Acme ticketing"', '"Acme ticketing", "blue"'), forms=FORM, role=ROLE) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            '"ticketing"',
            '"tikceting"',
            '6: concept acme-desk: broader names "tikceting", which does not exist; did you mean "ticketing"?',
        ),
        ("separates", "seperates", '5: concept acme-desk: unknown key "seperates"; did you mean "separates"?'),
        ('"tool"', '"tol"', "4: concept acme-desk: type should be one of certification, "),
        (
            '"high"',
            '"hihg"',
            "5: concept acme-desk: separates should be one of high, medium, low, not 'hihg'; did you mean \"high\"?",
        ),
        ("[[concept]]", "[concept]", "1: concept should be a list of tables, not {"),
        ('"Acme Desk"', "\u201cAcme Desk\u201d", "3: is not valid TOML: Invalid value; write straight quotes ("),
        ('["Acme ticketing"]', '["Acme ticketing"', "7: is not valid TOML: Unclosed array"),
        ('["Acme ticketing"]', '"Acme ticketing"', "7: concept acme-desk: aliases should be a list of texts"),
        ('["Acme ticketing"]', '[\n  "Acme ticketing",\n  3]', "9: concept acme-desk: aliases should be a list of texts"),
        ('"acme-desk"', '"Acme Desk"', "2: concept Acme Desk: id should be a slug such as inbound-calls"),
        ("[[concept]]", "[[concepts]]", '1: unknown key "concepts"; did you mean "concept"?'),
        ("[[concept]]", "[[concept]", "1: is not valid TOML: "),
        ('label = "Acme Desk"\n', "", "2: concept acme-desk: is a new concept and lacks label; a new concept needs them"),
        ('"Acme Desk"', '"zendesk"', '3: concept acme-desk: the label "zendesk" belongs to zendesk; give another'),
        ('"Acme ticketing"', '"Zendesk"', '7: concept acme-desk: "Zendesk" belongs to zendesk as well; leave it out of one '),
        (
            '"Acme ticketing"',
            '"ADX"',
            '7: concept acme-desk: "ADX" has 3 characters or fewer and may mean many things; write it longer, ',
        ),
        (
            '"Acme ticketing"',
            '"pipeline"',
            '7: concept acme-desk: "pipeline" is an ordinary word of resumes and job posts; write it ',
        ),
        ('"Acme ticketing"', '"AR"', '7: concept acme-desk: "AR" of acme-desk is guarded and means '),
        ('"Acme ticketing"', '"Acme tool", "acme TOOL"', '7: concept acme-desk: "acme tool" is given twice'),
        ('["ticketing"]', '["acme-desk"]', "6: concept acme-desk: is broader than itself, by way of acme-desk"),
        (
            '["ticketing"]',
            "[]",
            "6: concept acme-desk: reaches no branch by its broader links; give the id of a branch or concept above it, such as "
            "tools-and-platforms",
        ),
        (
            '["ticketing"]',
            '["certification"]',
            '6: concept acme-desk: broader names "certification", which does not exist; did you mean '
            '"certifications-and-licences"?',
        ),
        (
            '"Acme ticketing"]',
            '"Acme ticketing"]\nrelated = ["zendsk"]',
            '8: concept acme-desk: related names "zendsk", which does not ',
        ),
    ],
)
def test_a_mistake_in_a_concept_is_told_with_its_line(told, old, new, line):
    assert NEW.count(old) >= 1
    (found,) = told(concepts=NEW.replace(old, new, 1))
    assert found.startswith(f"own/concepts/house.toml:{line}")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            'id = "inbound-cals"\naliases = ["x line of ours"]',
            "2: concept inbound-cals: is a new concept and lacks label, type, separates, broader; did you",
        ),
        (
            'id = "average-handle-tme"\nseparates = "high"',
            "2: concept average-handle-tme: is a new concept and lacks label, type, broader, aliases; "
            'did you mean "average-handle-time"?',
        ),
        (
            'id = "our-aht"\nlabel = "Average handle time"',
            "2: concept our-aht: is a new concept and lacks type, separates, broader, aliases; "
            'did you mean "average-handle-time"?',
        ),
        (
            'id = "average-handle-time"\nlabel = "Talk time"',
            '3: concept average-handle-time: the label "Talk time" belongs to talk-time; give another',
        ),
        ('id = "zendesk"\nwithout = ["Zendsk"]', '3: concept zendesk: without names "Zendsk", which is '),
        (
            'id = "zendesk"\nwithout = ["Zendesk"]',
            '3: concept zendesk: without names "Zendesk", which is the label; give a new label',
        ),
        (
            'id = "zendesk"\ndeprecated = true\nreplaced_by = "fresh-desk"',
            '4: concept zendesk: replaced_by names "fresh-desk", which does not exist; did',
        ),
        (
            'id = "zendesk"\ndeprecated = true\nreplaced_by = "zendesk"',
            "4: concept zendesk: is replaced by zendesk, which leads back",
        ),
        (
            'id = "zendesk"\nreplaced_by = "freshdesk"',
            "3: concept zendesk: replaced_by is for a deprecated concept; add deprecated = true",
        ),
        ('id = "zendesk"\ndeprecated = "yes"', "3: concept zendesk: deprecated should be true or false"),
        (
            'id = "technical-support"\nbroader = ["l1-support"]',
            "3: concept technical-support: is broader than itself, by way of l1-support",
        ),
        ('label = "Nameless"', "1: concept: id is missing; give a slug such as inbound-calls"),
    ],
)
def test_a_mistake_in_a_change_is_told_with_its_line(told, row, line):
    (found,) = told(concepts=f"[[concept]]\n{row}\n")
    assert found.startswith(f"own/concepts/house.toml:{line}")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('example = "Closed a ticket in blue."\n', "", "3: form blue: the reading acme-desk needs an example that contains it"),
        ("in blue", "in bleu", "6: form blue: the reading acme-desk needs an example that contains it"),
        ('"acme-desk"', '"acme-dsk"', '4: form blue: reads as "acme-dsk", which does not exist; did you mean "acme-desk"?'),
        (
            'near = ["ticket"]',
            'near_concepts = ["tikceting"]',
            '5: form blue: near_concepts names "tikceting", which does not exist; did ',
        ),
        ('near = ["ticket"]\n', "", "3: form blue: the reading acme-desk has nothing that could settle it; give it near"),
        (
            'near = ["ticket"]',
            'nera = ["ticket"]\nalone = true',
            '5: form blue: reading: unknown key "nera"; did you mean "near"?',
        ),
        ('text = "blue"\n', "", "1: form: text is missing"),
        ('concept = "acme-desk"', "", "3: form blue: a reading needs a concept or a sense"),
        ('concept = "acme-desk"', 'concept = "zendesk"', "4: form blue: reads as zendesk, which does not list it as an alias"),
    ],
)
def test_a_mistake_in_a_form_is_told_with_its_line(told, old, new, line):
    found = told(concepts=NEW.replace('"Acme ticketing"', '"Acme ticketing", "blue"'), forms=FORM.replace(old, new))
    assert any(one.startswith(f"own/forms.toml:{line}") for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("technical-support]", "tecnical-support]", "2: families: 'tecnical-support' is none of technical-support"),
        ("level:", "levle:", "3: unknown key 'levle'; "),
        ("need: required", "need: requird", "6: requirements.all[0].need: 'requird' is none of required, preferred"),
        (
            "concept: ticketing",
            "concept: tikceting",
            "6: requirements.all[0].concept: 'tikceting' is not in the taxonomy; did you mean",
        ),
        ("concept: zendesk", "concept: zendsk", "10: requirements.all[1].any[0].concept: 'zendsk' is not in the taxonomy"),
        ("kind: skill\n", "knd: skill\n", "8: requirements.all[1].any[0]: unknown key 'knd'; "),
        ("\n          concept: zendesk", "", "8: requirements.all[1].any[0].concept: a skill needs the id of a concept"),
        ("team-leader", "team-leadr", "11: next_roles names 'team-leadr', which is no role; did you mean \"team-leader\"?"),
        ("level: 1", "level: 1\nid: desc", "4: id is 'desc', and the file is desk.yaml; name both alike"),
        ("title: Desk agent", "title: [", "3: is not valid YAML: "),
        ("title: Desk agent", "title: ''", "1: title: give the role's title as text"),
        ("    - any:\n", "    - anyy:\n", "7: requirements.all[1]: unknown key 'anyy'"),
        ("  all:", "  all: 3\nx:", "5: requirements.all: give a list of requirements"),
        (
            "level: 1",
            "weights: {zendsk: 2}",
            '3: weights names "zendsk", which the role does not ask for; did you mean "zendesk"?',
        ),
        ("level: 1", "weights: {\n  zendesk: much}", "4: weights: zendesk should be a number from 0 to 100, not 'much'"),
        ("level: 1", "weights: 2", "3: weights should be ids of concepts with numbers; write it like weights: {negotiation: 2}"),
        ("level: 1", "in_use: flase", "3: in_use should be true or false, not 'flase'"),
        ("level: 1", 'in_use: "false"', "3: in_use should be true or false, not 'false'"),
        ("level: 1", "In_use: false", "3: unknown key 'In_use'; did you mean \"in_use\"?"),
        ("level: 1", "colour: red", "3: unknown key 'colour'; known are id, title, "),
        ("level: 1", "\tlevel: 1", "3: is not valid YAML: found character that cannot start any token; write blanks instead"),
        (
            "kind: skill\n",
            "kind: certificate\n",
            "8: requirements.all[1].any[0].kind: 'certificate' is none of skill, experience, education, language, certification, "
            "typing, shift, site, clearance, days, exclusion, keystrokes, location, notice, setup, site_later, speech, "
            "time_zone; "
            'did you mean "certification"?',
        ),
        ("level: 1", "level: 2024-01-02", "3: 2024-01-02 is no text, number, list or table"),
    ],
)
def test_a_mistake_in_a_role_is_told_with_its_line(told, old, new, line):
    assert old in ROLE
    found = told(role=ROLE.replace(old, new))
    assert found[0].startswith(f"own/roles/desk.yaml:{line}"), found


@pytest.mark.parametrize("text", ["in_use: false", "in_use: flase", "weights: {abstracting: 2}"])
def test_a_change_of_a_role_that_is_not_there_is_told(told, text):
    key = text.partition(":")[0]
    said = f'{key} changes a role that is known, and no built-in role is called "medical_coder"; did you mean "medical-coder"?'
    assert told(medical_coder=f"{text}\n") == [f"own/roles/medical_coder.yaml:1: {said}"]


def test_a_role_file_with_another_ending_is_told(told):
    (line,) = told(role=ROLE, yml=ROLE)
    assert line == "own/roles/other.yml: is not read: the ending of a role's file must be .yaml, not .yml; call it other.yaml"


def test_two_tables_in_single_brackets_are_told(told):
    (line,) = told(concepts='[concept]\nid = "zendesk"\n\n[concept]\nid = "freshdesk"\n')
    assert line.endswith("; write [[concept]], with two brackets")


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("cues", '[[cue]]\nkind = "resum"\nstance = "held"\n', 'cues.toml:2: cue: kind is "resum"; did you mean "resume"?'),
        ("cues", '[[cue]]\nkind = "resume"\n', "cues.toml:1: cue: stance is missing"),
        ("cues", "[[cues]]\n", 'cues.toml:1: unknown key "cues"; did you mean "cue"?'),
        ("cues", '\n[[hedge]]\nfactor = "half"\ntexts = []\n', "cues.toml:3: hedge[0].factor should be a number, not 'half'"),
        (
            "families",
            '[[family]]\nid = "sales"\ntitels = ["x"]\n',
            'families.toml:3: family: unknown key "titels"; did you mean "titles"?',
        ),
        (
            "families",
            '\n[[family]]\nid = "collections"\ncore = ["...",\n"colections"]\n',
            'families.toml:5: family.core names "colections", ',
        ),
        ("headigns", "x = 1\n", 'headigns.toml:1: no part of the program reads headigns.toml; did you mean "headings"?'),
    ],
)
def test_a_mistake_in_rules_is_told_with_its_line(told, file, text, line):
    found = told(**{file: text})
    assert any(one.startswith(f"own/{line}") for one in found), found


def test_all_mistakes_are_told_in_one_run(told):
    lines = told(
        concepts=NEW.replace('"ticketing"', '"tikceting"').replace('"tool"', '"tol"'),
        more='[[concept]]\nid = "zendesk"\nwithot = ["x"]\n',
        forms="[[form]\n",
        role=ROLE.replace("level", "levle").replace("preferred", "prefered").replace("zendesk", "zendsk"),
        cues='[[cue]]\nkind = "resum"\n',
    )
    assert [line.split(": ")[0] for line in lines] == [
        "own/concepts/house.toml:4",
        "own/concepts/house.toml:6",
        "own/concepts/more.toml:3",
        "own/cues.toml:1",
        "own/cues.toml:1",
        "own/cues.toml:1",
        "own/cues.toml:1",
        "own/cues.toml:2",
        "own/forms.toml:1",
        "own/roles/desk.yaml:3",
        "own/roles/desk.yaml:9",
        "own/roles/desk.yaml:10",
    ]


def test_a_concept_given_twice_is_told_with_both_places(told):
    (line,) = told(concepts=NEW, more=f"# again\n{NEW}")
    assert line == (
        "own/concepts/more.toml:2: concept acme-desk: is given twice; the first is at own/concepts/house.toml:1; keep one"
    )


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"concepts": NEW.replace('"ticketing"', '"tikceting"')},
            'concepts/house.toml:6: concept acme-desk: broader names "tikceting"',
        ),
        ({"role": ROLE.replace("zendesk", "zendsk")}, "roles/desk.yaml:10: requirements.all[1].any[0].concept: 'zendsk'"),
        ({"cues": "x"}, "cues.toml:1: is not valid TOML"),
    ],
)
def test_no_command_uses_a_folder_with_mistakes(tmp_path, capsys, files, words):
    for name, text in files.items():
        (tmp_path / PLACES[name]).parent.mkdir(exist_ok=True)
        (tmp_path / PLACES[name]).write_text(text, encoding="utf-8")
    assert main(["score", "no-such-file.pdf", "--taxonomy", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"error: {tmp_path}/{words}")
    assert err.count("\n") == 1


def test_of_several_mistakes_the_number_is_told(tmp_path):
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "house.toml").write_text(
        NEW.replace("ticketing", "tikceting").replace("tool", "tol"), encoding="utf-8"
    )
    with pytest.raises(TaxonomyError, match=r"house.toml:4: .* \(and 1 more: `matcher taxonomy check .*` lists them\)$"):
        load(tmp_path)


def test_what_only_leaves_something_unfound_does_not_stop_a_run(tmp_path):
    (tmp_path / "forms.toml").write_text(FORM.replace("acme-desk", "zendesk"), encoding="utf-8")
    assert "blue" in load(tmp_path).forms


TEXTS = st.sampled_from(["zendesk", "AR", "...", "", " ", "tool", "chat-support", "quality"])
VALUES = st.recursive(
    TEXTS | st.integers(-1, 2) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "concept", "all", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


def keys(*names: str) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), VALUES, max_size=4)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    concept=keys("id", "label", "type", "broader", "related", "aliases", "without", "deprecated", "replaced_by", "mappings"),
    form=keys("text", "reading"),
    rules=keys("siblings", "separates", "hops", "recency"),
    role=keys("title", "families", "level", "requirements", "weights", "in_use", "next_roles", "id"),
)
def test_whatever_stands_in_a_folder_is_answered_with_lines(tmp_path_factory, concept, form, rules, role):
    folder = tmp_path_factory.mktemp("own")
    for name, head, table in (("concepts/a", "[[concept]]", concept), ("forms", "[[form]]", form), ("credit", "", rules)):
        (folder / f"{name}.toml").parent.mkdir(exist_ok=True)
        text = "\n".join([head, *(f"{key} = {toml(value)}" for key, value in table.items()), ""])
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / "roles").mkdir()
    (folder / "roles" / "collections.yaml").write_text(json.dumps(role), encoding="utf-8")
    found = examine_over(folder)
    for problem in (*found.problems, *found.placed(role_problems(found.taxonomy))):
        assert problem.line or not problem.file, str(problem)
        assert "\n" not in str(problem)


@pytest.mark.slow
def test_rules_that_the_program_cannot_work_with_are_told(tmp_path, capsys):
    cue = '[[cue]]\nkind = "resume"\nstance = "learning"\ndirection = "forward"\nreach = "few words"\ntexts = ["x"]\n'
    (tmp_path / "cues.toml").write_text(cue, encoding="utf-8")
    assert main(["taxonomy", "check", str(tmp_path)]) == 1
    assert "the program cannot work with these rules: ValueError" in capsys.readouterr().out
