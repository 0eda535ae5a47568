"""The taxonomy's records, sources, overlays and compiled form, on a small taxonomy of the test's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import TaxonomyError
from matcher.taxonomy import Taxonomy, check, compile_taxonomy, load, load_folder, search, to_csv, to_json
from matcher.taxonomy.source import COMPILED

FINANCE = """
[branch]
id = "finance"
code = "FNA"
label = "Finance"

[[concept]]
id = "order-to-cash"
label = "Order-to-cash"
type = "knowledge"
separates = "high"
broader = ["finance"]
aliases = ["O2C process"]

[[concept]]
id = "accounts-receivable"
label = "Accounts receivable (finance)"
type = "skill"
separates = "high"
broader = ["order-to-cash"]
related = ["ledger-tool"]
aliases = ["accounts receivable", "AR"]
hidden = ["accounts recievable"]

[[concept]]
id = "ledger-tool"
label = "=Ledger tool"
type = "tool"
separates = "medium"
broader = ["finance"]
related = ["accounts-receivable"]
aliases = ["Acme Ledger"]
definition = "A program that keeps the books."
mappings = [{ scheme = "ESCO", id = "http://example.org/1", relation = "close" }]
"""
FORMS = """
[[form]]
text = "AR"
[[form.reading]]
sense = "Arkansas"
near = ["zip code"]
[[form.reading]]
concept = "accounts-receivable"
case = "upper"
near = ["ledger"]
near_concepts = ["finance"]
example = "Posted AR to the ledger."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "taxonomy", FINANCE, FORMS)


def write(folder: Path, concepts: str = "", forms: str = "", name: str = "fna") -> Path:
    (folder / "concepts").mkdir(parents=True, exist_ok=True)
    if concepts:
        (folder / "concepts" / f"{name}.toml").write_text(concepts, encoding="utf-8")
    if forms:
        (folder / "forms.toml").write_text(forms, encoding="utf-8")
    return folder


def overlay_on(base: Path, top: Path, monkeypatch: pytest.MonkeyPatch) -> Taxonomy:
    monkeypatch.setattr("matcher.taxonomy.source.data_path", lambda kind: base)
    return load(overlay=top)


# ------------------------------------------------------------------------------------------------------------------ records


def test_taxonomy_climbs_and_descends_the_broader_links(folder):
    taxonomy = load_folder(folder)
    assert taxonomy.ancestors("accounts-receivable") == {"order-to-cash", "finance"}
    assert taxonomy.narrower("finance") == ("order-to-cash", "ledger-tool")
    assert taxonomy.narrower("ledger-tool") == ()
    assert taxonomy.is_a("accounts-receivable", "finance")
    assert taxonomy.is_a("finance", "finance")
    assert not taxonomy.is_a("finance", "accounts-receivable"), "the parent never satisfies the child"


def test_taxonomy_keeps_every_field_of_a_concept(folder):
    tool = load_folder(folder).concepts["ledger-tool"]
    assert (tool.branch, tool.separates, tool.aliases) == ("finance", "medium", ("Acme Ledger",))
    assert tool.definition == "A program that keeps the books."
    assert [(m.scheme, m.id, m.relation) for m in tool.mappings] == [("ESCO", "http://example.org/1", "close")]


def test_plain_labels_leave_out_guarded_forms_and_branches(folder):
    assert set(load_folder(folder).plain_labels()) == {
        ("Order-to-cash", "order-to-cash"),
        ("O2C process", "order-to-cash"),
        ("Accounts receivable (finance)", "accounts-receivable"),
        ("accounts receivable", "accounts-receivable"),
        ("accounts recievable", "accounts-receivable"),
        ("=Ledger tool", "ledger-tool"),
        ("Acme Ledger", "ledger-tool"),
    }


def test_forms_are_keyed_by_casefolded_text_and_keep_the_order_of_readings(folder):
    form = load_folder(folder).forms["ar"]
    assert form.text == "AR"
    found = [(r.concept, r.sense, r.case) for r in form.readings]
    assert found == [(None, "Arkansas", "any"), ("accounts-receivable", "", "upper")]
    assert form.readings[1].near_concepts == ("finance",)


# ------------------------------------------------------------------------------------------------------------------- source


def test_rules_and_roles_are_handed_over_raw(folder):
    (folder / "cues.toml").write_text('[negation]\nwords = ["no", "never"]\n', encoding="utf-8")
    (folder / "roles").mkdir()
    (folder / "roles" / "agent.yaml").write_text("title: Agent\nrequirements: [a, b]\n", encoding="utf-8")
    taxonomy = load_folder(folder)
    assert taxonomy.rules == {"cues": {"negation": {"words": ["no", "never"]}}}
    assert taxonomy.roles == {"agent": {"title": "Agent", "requirements": ["a", "b"]}}


def test_the_compiled_form_loads_to_the_same_taxonomy(folder, tmp_path):
    compiled = tmp_path / "compiled"
    compiled.mkdir()
    (compiled / COMPILED).write_text(json.dumps(compile_taxonomy(folder)), encoding="utf-8")
    assert load_folder(compiled) == load_folder(folder)


def test_the_version_follows_the_content_and_nothing_else(folder, tmp_path):
    before = load_folder(folder).version
    assert len(before) == 12
    assert load_folder(write(tmp_path / "elsewhere", "# a comment\n" + FINANCE, FORMS)).version == before
    assert load_folder(write(folder, FINANCE.replace("O2C process", "O2C cycle"))).version != before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'separates = "medium"',
            'separate = "medium"',
            'fna.toml:29: concept ledger-tool: unknown key "separate"; did you mean "separates"?',
        ),
        ('separates = "medium"', 'separates = "some"', "fna.toml:29: concept ledger-tool: separates should be one of"),
        ('type = "tool"', 'type = "gadget"', "ledger-tool: type should be one of"),
        ('type = "tool"', 'type = "branch"', "ledger-tool: type should be one of"),
        ('aliases = ["Acme Ledger"]', 'aliases = "Acme Ledger"', "ledger-tool: aliases should be a list"),
        ('aliases = ["Acme Ledger"]', 'aliases = ["Acme Ledger "]', "ledger-tool: aliases should be a list"),
        ('aliases = ["Acme Ledger"]', "", "ledger-tool: aliases is missing"),
        ('id = "ledger-tool"', 'id = "Ledger Tool"', "Ledger Tool: id should be a slug"),
        ('id = "ledger-tool"', 'id = "order-to-cash"', "fna.toml:25: concept order-to-cash: is given twice; the first is at"),
        ('relation = "close"', 'relation = "near"', "ledger-tool: mappings: relation should be one of"),
        ('code = "FNA"', "", "fna.toml:2: concept finance: code is missing"),
        ("[branch]", "[branch", "fna.toml:2: is not valid TOML"),
    ],
)
def test_bad_concepts_are_refused_with_file_and_id(tmp_path, old, new, message):
    assert old in FINANCE
    with pytest.raises(TaxonomyError) as caught:
        load_folder(write(tmp_path, FINANCE.replace(old, new)))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('case = "upper"', 'case = "caps"', "forms.toml:9: form AR: reading: case should be one of"),
        ('near = ["ledger"]', "near = true", "forms.toml:10: form AR: reading: near should be a list"),
        ('sense = "Arkansas"', "", "forms.toml:4: form AR: a reading needs a concept or a sense"),
        ('text = "AR"', "", "forms.toml:2: form: text is missing"),
        ('text = "AR"', 'text = "AR"\nweight = 2', 'forms.toml:4: form AR: unknown key "weight"'),
    ],
)
def test_bad_forms_are_refused(tmp_path, old, new, message):
    with pytest.raises(TaxonomyError) as caught:
        load_folder(write(tmp_path, FINANCE, FORMS.replace(old, new)))
    assert message in str(caught.value)


def test_a_date_in_a_rule_is_refused_because_json_has_none(folder):
    (folder / "cues.toml").write_text("since = 2020-01-01\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match=r"cues\.toml:1: 2020-01-01 is no text"):
        load_folder(folder)


def test_a_folder_without_concepts_and_a_path_that_is_no_folder_are_refused(tmp_path):
    with pytest.raises(TaxonomyError, match="has no concepts"):
        load_folder(tmp_path)
    with pytest.raises(TaxonomyError, match="is no folder"):
        load_folder(tmp_path / "missing")


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 999}'])
def test_a_compiled_file_that_does_not_belong_is_refused(tmp_path, text):
    (tmp_path / COMPILED).write_text(text, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=COMPILED):
        load_folder(tmp_path)


# ------------------------------------------------------------------------------------------------------------------ overlay

CHANGE = """
[[concept]]
id = "ledger-tool"
label = "Ledger suite"
aliases = ["Acme Books"]

[[concept]]
id = "collections-desk"
label = "Collections desk"
type = "skill"
separates = "high"
broader = ["order-to-cash"]
related = ["ledger-tool"]
aliases = ["desk collections"]
"""


def test_an_overlay_replaces_fields_extends_lists_and_adds_concepts(folder, tmp_path, monkeypatch):
    taxonomy = overlay_on(folder, write(tmp_path / "own", CHANGE), monkeypatch)
    tool = taxonomy.concepts["ledger-tool"]
    assert tool.label == "Ledger suite"
    assert tool.aliases == ("Acme Ledger", "Acme Books", "=Ledger tool"), "the old label stays findable"
    assert tool.type == "tool", "what the overlay does not name stays"
    assert tool.related == ("accounts-receivable", "collections-desk"), "a link added on one side is made on the other"
    assert taxonomy.concepts["collections-desk"].branch == "finance"
    assert taxonomy.is_a("collections-desk", "finance")
    assert taxonomy.version != load_folder(folder).version


def test_an_overlay_merges_forms_by_text_and_rules_by_key(folder, tmp_path, monkeypatch):
    (folder / "cues.toml").write_text('a = 1\n[deep]\nx = ["old"]\ny = 2\n', encoding="utf-8")
    forms = '[[form]]\ntext = "ar"\n[[form.reading]]\nsense = "augmented reality"\nalone = true\n'
    own = write(tmp_path / "own", forms=forms)
    (own / "cues.toml").write_text('[deep]\nx = ["new"]\n', encoding="utf-8")
    taxonomy = overlay_on(folder, own, monkeypatch)
    assert [r.sense for r in taxonomy.forms["ar"].readings] == ["augmented reality"]
    assert taxonomy.rules["cues"] == {"a": 1, "deep": {"x": ["new"], "y": 2}}


@pytest.mark.parametrize(
    ("concepts", "message"),
    [
        (
            '[[concept]]\nid = "brand-new"\nlabel = "Brand new"',
            "fna.toml:2: concept brand-new: is a new concept and lacks type, ",
        ),
        ('[[concept]]\nid = "ledger-tool"\ncolour = "red"', 'fna.toml:3: concept ledger-tool: unknown key "colour"'),
        (
            '[[concept]]\nid = "ledger-tool"\nrelated = ["nowhere"]',
            'fna.toml:3: concept ledger-tool: related names "nowhere", which does not exist',
        ),
        (
            '[[concept]]\nid = "order-to-cash"\nbroader = ["accounts-receivable"]',
            "fna.toml:3: concept order-to-cash: is broader than itself",
        ),
        (
            '[[concept]]\nid = "ledger-tool"\naliases = ["O2C process"]',
            'fna.toml:3: concept ledger-tool: "O2C process" belongs to order-to-cash as well',
        ),
        (
            CHANGE.replace('broader = ["order-to-cash"]', 'broader = ["nowhere"]'),
            'fna.toml:12: concept collections-desk: broader names "nowhere"',
        ),
    ],
)
def test_an_overlay_that_would_break_the_taxonomy_is_refused(folder, tmp_path, monkeypatch, concepts, message):
    with pytest.raises(TaxonomyError) as caught:
        overlay_on(folder, write(tmp_path / "own", concepts), monkeypatch)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("credit", '[stance]\nheld = "x"', "credit.toml:2: stance.held should be a number, not 'x'"),
        ("credit", "[stance]\nheld = inf", "credit.toml:2: inf is no text, number, list or table"),
        ("credit", "[stance]\nheld = true", "held should be a number"),
        ("credit", "[proof]\nrumour = '0.1'", "rumour should be a number"),
        ("credit", "stance = 1", "credit.toml:1: stance should be a table"),
        ("credit", "[recency]\nolder = { factor = 0.1 }", "credit.toml:2: recency: months is missing"),
        ("credit", '[[siblings]]\ncredit = 0.5\nreason = "kin"', "credit.toml:1: siblings: concepts is missing"),
        ("credit", '[[siblings]]\ncredit = 0.5\nreason = "kin"\nconcepts = "voice-process"', "concepts should be a list"),
        ("families", '[[family]]\nlabel = "Sales"', "families.toml:1: family: id is missing"),
        ("families", '[[family]]\nid = "sales"\nneighbours = { quality = "much" }', "quality should be a number"),
        ("families", '[[family]]\nid = "sales"\ntitles = ["seller", 3]', "titles[1] should be a text"),
        ("levels", '[[level]]\nlevel = "two"\nwords = []', "level[0].level should be a number"),
        ("levels", "[[level]]\nlevel = 2", "levels.toml:1: level: words is missing"),
        ("levels", '[words]\nsr = ["senior"]', "words.sr should be a text"),
    ],
)
def test_an_overlay_with_rules_of_another_shape_is_refused(tmp_path, name, content, message):
    (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyError) as caught:
        load(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("credit", "[stance]\nheld = 1\n[recency]\nolder = { months = 240, factor = 0.1 }"),
        ("families", '[[family]]\nid = "sales"\ntitles = ["seller"]\nneighbours = {}'),
        ("levels", '[words]\nchef = "chief"\n[[level]]\nlevel = 2\nwords = ["senior"]'),
    ],
)
def test_an_overlay_with_rules_of_the_same_shape_is_taken(tmp_path, name, content):
    (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    assert load(tmp_path).version != load().version


def test_an_overlay_without_anything_is_refused(tmp_path):
    with pytest.raises(TaxonomyError, match="nothing of a taxonomy"):
        load(tmp_path)


# -------------------------------------------------------------------------------------------------------------------- check


def codes(folder: Path) -> set[tuple[str, str]]:
    return {(problem.code, problem.where) for problem in check(load_folder(folder))}


def test_a_sound_taxonomy_has_no_problems(folder):
    assert codes(folder) == set()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('label = "Order-to-cash"', 'label = "=ledger TOOL"', ("shared-label", "ledger-tool")),
        ('"O2C process"', '"Acme ledger"', ("shared-alias", "order-to-cash")),
        ('"O2C process"', '"order-to-CASH"', ("repeated-alias", "order-to-cash")),
        ('"O2C process"', '"O2C"', ("unguarded", "order-to-cash")),
        ('related = ["ledger-tool"]', "", ("one-sided", "ledger-tool")),
        ('related = ["ledger-tool"]', 'related = ["order-to-cash"]', ("related-kin", "accounts-receivable")),
        ('related = ["ledger-tool"]', 'related = ["accounts-receivable"]', ("related-kin", "accounts-receivable")),
        ('related = ["ledger-tool"]', 'related = ["nowhere"]', ("dangling", "accounts-receivable")),
        ('broader = ["order-to-cash"]', 'broader = ["accounts-receivable"]', ("circle", "accounts-receivable")),
        ('broader = ["order-to-cash"]', "broader = []", ("no-branch", "accounts-receivable")),
        (', "AR"]', "]", ("not-an-alias", "AR")),
        ('"Acme Ledger"', '"Acme Ledger", "AR"', ("unread", "ledger-tool")),
    ],
)
def test_check_finds_unsound_concepts(tmp_path, old, new, problem):
    assert old in FINANCE
    assert problem in codes(write(tmp_path, FINANCE.replace(old, new, 1), FORMS))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('near_concepts = ["finance"]', 'near_concepts = ["nowhere"]', ("dangling", "AR")),
        ('concept = "accounts-receivable"', 'concept = "nowhere"', ("dangling", "AR")),
        ('concept = "accounts-receivable"', 'concept = "ledger-tool"', ("not-an-alias", "AR")),
        ("Posted AR to", "Posted A/R to", ("no-example", "AR")),
        ('near = ["ledger"]\nnear_concepts = ["finance"]', "", ("never", "AR")),
    ],
)
def test_check_finds_unsound_forms(tmp_path, old, new, problem):
    assert old in FORMS
    assert problem in codes(write(tmp_path, FINANCE, FORMS.replace(old, new, 1)))


def test_problems_come_in_the_same_order_in_every_run(tmp_path):
    rows = [
        f'[[concept]]\nid = "{id}"\nlabel = "Twice"\ntype = "skill"\nseparates = "low"\nbroader = ["root"]\naliases = ["twice"]\n'
        for id in "hgfedcba"
    ]
    branch = '[branch]\nid = "root"\ncode = "R"\nlabel = "Root"\n'
    found = check(load_folder(write(tmp_path, branch + "".join(rows))))
    assert [problem.where for problem in found if problem.code == "repeated-alias"] == list("abcdefgh")


def test_an_alias_on_two_concepts_is_sound_once_each_has_a_reading(tmp_path):
    concepts = FINANCE.replace('"Acme Ledger"', '"Acme Ledger", "AR"')
    reading = '[[form.reading]]\nconcept = "ledger-tool"\nnear = ["software"]\nexample = "Used the AR software."\n'
    assert codes(write(tmp_path / "a", concepts, FORMS)) == {("unread", "ledger-tool")}
    assert codes(write(tmp_path / "b", concepts, FORMS + reading)) == set()


# ----------------------------------------------------------------------------------------------------------- search, export


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("order-to-cash", "order-to-cash"),
        ("  ACME ledger ", "ledger-tool"),
        ("ar", "accounts-receivable"),
        ("acc", "accounts-receivable"),
        ("cash order", "order-to-cash"),
        ("acounts recievables", "accounts-receivable"),
        ("finance", "finance"),
    ],
)
def test_search_puts_the_nearest_concept_first(folder, text, first):
    assert search(load_folder(folder), text)[0].concept.id == first


def test_search_ranks_label_above_alias_above_beginning(folder):
    taxonomy = load_folder(folder)
    scores = [search(taxonomy, text)[0].score for text in ("Order-to-cash", "O2C process", "O2C pro", "process of O2C")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert len(set(scores)) == 4


def test_search_for_nothing_or_nonsense_finds_nothing(folder):
    taxonomy = load_folder(folder)
    assert search(taxonomy, "  ") == ()
    assert search(taxonomy, "zzqxv") == ()
    assert len(search(taxonomy, "ledger", limit=1)) == 1


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40))
def test_search_takes_any_text(text):
    hits = search(SHIPPED, text)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)


def test_json_export_has_the_promised_fields(folder):
    rows = {row["id"]: row for row in json.loads(to_json(load_folder(folder)))}
    assert list(rows) == sorted(rows), "ordered by id"
    assert rows["ledger-tool"] == {
        "id": "ledger-tool",
        "label": "=Ledger tool",
        "type": "tool",
        "definition": "A program that keeps the books.",
        "aliases": ["Acme Ledger"],
        "broader": ["finance"],
        "related": ["accounts-receivable"],
        "mappings": [{"scheme": "ESCO", "id": "http://example.org/1", "relation": "close", "label": "", "confidence": 1.0}],
        "deprecated": False,
        "replaced_by": "",
    }
    assert rows["finance"]["type"] == "branch"


def test_csv_export_joins_lists_and_disarms_formulas(folder):
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(to_csv(load_folder(folder))))}
    assert rows["accounts-receivable"]["aliases"] == "accounts receivable; AR"
    assert rows["ledger-tool"]["label"] == "'=Ledger tool"
    assert rows["ledger-tool"]["mappings"] == "ESCO http://example.org/1 (close)"


# -------------------------------------------------------------------------------------------------------------- shipped data

SHIPPED = load()
