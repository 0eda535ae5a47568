"""The proof by reading: the shipped taxonomy passes it, and every kind of fault that is sown is reported."""

from __future__ import annotations

import dataclasses

import pytest

from matcher.cli.main import main
from matcher.cli.taxonomy import check as check_command
from matcher.reading.selfcheck import prove
from matcher.taxonomy import Concept, Form, FormReading, Taxonomy, check, load
from matcher.taxonomy.source import Raw

BRANCH = Concept("desk", "Desk", "branch", "desk")


def concept(id: str, *surfaces: str) -> Concept:
    return Concept(id, surfaces[0], "skill", "desk", broader=("desk",), aliases=surfaces[1:], separates="high")


def form(text: str, *readings: FormReading) -> Form:
    return Form(text, readings)


@pytest.fixture(scope="module")
def rules() -> Raw:
    return {name: load().rules[name] for name in ("spelling", "stems")}


@pytest.fixture
def problems(rules):
    """(code, where) of all that a proof finds in a taxonomy made of these parts."""

    def found(*parts: Concept | Form) -> set[tuple[str, str]]:
        concepts = {part.id: part for part in (BRANCH, *parts) if isinstance(part, Concept)}
        forms = {part.text.casefold(): part for part in parts if isinstance(part, Form)}
        return {(problem.code, problem.where) for problem in prove(Taxonomy("test", concepts, forms, rules))}

    return found


LEDGER = FormReading("ledger", case="upper", near=("books",), example="Kept the GL beside other books.")


@pytest.mark.slow
def test_the_shipped_taxonomy_is_read_as_it_should_be(taxonomy):
    assert [f"{p.code} {p.where}: {p.message}" for p in prove(taxonomy)] == []


def test_a_sound_small_taxonomy_has_no_problem(problems):
    assert problems(concept("ledger", "General ledger", "GL"), concept("calls", "Inbound calls"), form("GL", LEDGER)) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quality audit", "quality audits"),
        ("resolve complaint", "resolving complaints"),
        ("customer centre", "customer center"),
        ("back-office", "backoffice"),
        ("invoice", "invoices"),
    ],
)
def test_of_two_concepts_whose_forms_run_together_one_is_reported(problems, one, other):
    found = problems(concept("one", "First thing", one), concept("two", "Second thing", other))
    assert found in ({("not-found", "one")}, {("not-found", "two")})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("remote assistant", "remote assistance"),
        ("shifting schedule", "shift scheduling"),
        ("customer calls", "customer call center"),
    ],
)
def test_forms_that_differ_by_more_than_their_inflection_keep_apart(problems, one, other):
    assert problems(concept("one", "First thing", one), concept("two", "Second thing", other)) == set()


def test_a_form_that_the_tokenizer_tears_apart_is_reported(problems):
    assert problems(concept("tool", "Stop! software")) == {("not-found", "tool")}


@pytest.mark.parametrize(
    ("text", "bypass"),
    [
        ("lead", "leads"),
        ("leads", "lead"),
        ("wrap-up calls", "wrapped up call"),
        ("back-office", "backoffice"),
        ("backoffice", "back-office"),
        ("centre", "center"),
    ],
)
def test_no_fold_plural_stem_or_hyphen_walks_around_a_guard(problems, text, bypass):
    guarded = form(text, FormReading("kept", near=("ledger",), example=f"Wrote {text} into a ledger."))
    assert problems(concept("kept", "Kept thing", text), guarded) == set()
    assert ("bypass", "free") in problems(concept("kept", "Kept thing", text), concept("free", "Free thing", bypass), guarded)


def test_two_guarded_forms_that_are_met_in_the_same_places_are_reported(problems):
    rules = [
        form(text, FormReading("book", near=("hotel",), example=f"The {text} of a hotel.")) for text in ("booking", "bookings")
    ]
    assert problems(concept("book", "Keeping rooms", "booking", "bookings"), *rules) == {("twin", "bookings")}


def test_a_coordination_is_no_bypass(problems):
    guarded = form("case management", FormReading("case", near=("nurse",), example="A nurse in case management."))
    assert problems(concept("case", "Case and care management", "case management"), guarded) == set()


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (dataclasses.replace(LEDGER, example="Kept the GL for a bank."), "not-settled"),
        (dataclasses.replace(LEDGER, example="Kept the gl beside other books."), "not-settled"),
        (dataclasses.replace(LEDGER, example="Kept the GLs beside other books."), "no-example"),
        (FormReading(None, "a model of car", near=("car",), example="Drove a GL among other books."), "not-silent"),
    ],
)
def test_an_example_that_does_not_show_its_reading_is_reported(problems, reading, code):
    parts = (LEDGER, reading) if reading.concept is None else (reading,)
    assert problems(concept("ledger", "General ledger", "GL"), form("GL", *parts)) == {(code, "GL")}


def test_an_example_that_only_a_longer_form_answers_is_reported(problems):
    hidden = dataclasses.replace(LEDGER, example="Kept the GL books.")
    assert problems(concept("ledger", "General ledger", "GL", "GL books"), form("GL", hidden)) == {("not-settled", "GL")}


def test_a_reading_without_concept_that_stays_unclear_is_reported(problems):
    one, two = (FormReading(id, near=(id,), example=f"The PTP of {id}.") for id in ("promise", "purchase"))
    other = FormReading(None, "a protocol of clocks", near=("clock",), example="Set up PTP on servers.")
    parts = concept("promise", "Vow", "PTP"), concept("purchase", "Buying", "PTP")
    assert problems(*parts, form("PTP", one, two, other)) == {("not-silent", "PTP")}


def test_missing_rules_are_reported_rather_than_raised():
    found = prove(Taxonomy("test", {"desk": BRANCH}, rules={"stems": {"apart": {}}}))
    assert [(problem.code, problem.where) for problem in found] == [("no-rules", "spelling.toml")]


OVERLAY = """
[[concept]]
id = "quality-monitoring"
aliases = ["monitor widgets"]

[[concept]]
id = "widget-watch"
label = "Widget watch"
type = "skill"
separates = "low"
broader = ["quality-monitoring"]
aliases = ["monitored widget", "chats", "widget"]
"""
FORMS = """
[[form]]
text = "widget"
[[form.reading]]
concept = "widget-watch"
near = ["gizmo"]
example = "Sold a widget."
[[form.reading]]
sense = "a trifle"
near = ["sold"]
"""


@pytest.mark.slow
def test_an_overlay_is_proved_with_what_it_lies_on(tmp_path):
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "own.toml").write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "forms.toml").write_text(FORMS, encoding="utf-8")
    laid = load(tmp_path)
    assert check(laid) == ()
    assert {(problem.code, problem.where) for problem in prove(laid)} == {
        ("not-found", "widget-watch"),
        ("bypass", "widget-watch"),
        ("not-settled", "widget"),
    }


CLASH = """
[branch]
id = "desk"
code = "DSK"
label = "Desk"

[[concept]]
id = "audit"
label = "Quality audit"
type = "skill"
separates = "high"
broader = ["desk"]
aliases = []

[[concept]]
id = "audits"
label = "Auditing of quality"
type = "skill"
separates = "high"
broader = ["desk"]
aliases = [{aliases}]
"""


@pytest.mark.parametrize(
    ("aliases", "words"),
    [
        ('"quality audits"', "dsk.toml:21: concept audits: 'quality audits' finds audit in"),
        ('"QA"', 'dsk.toml:21: concept audits: "QA" has 3 characters or fewer'),
    ],
)
def test_the_command_proves_the_structure_and_then_reads(tmp_path, root, capsys, aliases, words):
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "dsk.toml").write_text(CLASH.replace("{aliases}", aliases), encoding="utf-8")
    for name in ("spelling", "stems"):
        (tmp_path / f"{name}.toml").write_bytes((root / "taxonomy" / f"{name}.toml").read_bytes())
    assert check_command(tmp_path) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert words in line


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("concepts/own.toml", '[[concept]]\nid = "quality-monitoring"\naliases = ["monitor qqx widgets"]\n', 0, ""),
        (
            "concepts/own.toml",
            '[[concept]]\nid = "quality-monitoring"\naliases = ["qqx"]\n',
            1,
            "own.toml:3: concept quality-monitoring: ",
        ),
        (
            "concepts/own.toml",
            '[[concept]]\nid = "quality-monitoring"\nbroader = ["nowhere"]\n',
            1,
            'own.toml:3: concept quality-monitoring: broader names "nowhere"',
        ),
        ("roles/own.yaml", "title: Own\nfamilies: [nowhere]\n", 1, "roles/own.yaml:2: families: "),
        ("roles/readme.txt", "", 2, "holds nothing of a taxonomy"),
    ],
)
def test_the_command_checks_an_overlay_with_what_it_lies_on(tmp_path, capsys, monkeypatch, name, content, status, words):
    monkeypatch.setattr("matcher.reading.selfcheck.prove", lambda taxonomy: ())
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["taxonomy", "check", str(tmp_path)]) == status
    captured = capsys.readouterr()
    assert words in (captured.err if status == 2 else captured.out)
