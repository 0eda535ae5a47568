"""The crosswalk to ESCO and O*NET: read from its table, carried by concepts and roles, and proved sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from crosswalk_rows import LEDGER, NO_TERM, line, table

from matcher.errors import TaxonomyError
from matcher.taxonomy import COMPILED, check, compile_taxonomy, examine_folder, examine_over, load, load_folder
from matcher.taxonomy.crosswalk import FILE, read_rows

CONCEPTS = (
    LEDGER
    + """
[[concept]]
id = "invoicing"
label = "Invoicing"
type = "skill"
separates = "high"
broader = ["finance"]
aliases = ["raised invoices"]
mappings = [{ scheme = "ESCO", id = "http://data.europa.eu/esco/skill/own", relation = "close" }]
"""
)
SOUND = (
    line("bpo:ledger", "Ledger keeping", "exact", "esco:skill/l", "keep ledgers", "0.9"),
    line("bpo:ledger", "Ledger keeping", "broad", "onet-tech:43231601", "Accounting software", "0.5"),
    line("bpo:invoicing", "Invoicing", "broad", "esco:skill/i", "accounting", "0.7"),
    line("bpo:invoicing", "Invoicing", "related", NO_TERM, "", "0.8", "O*NET 29.2"),
    line("bporole:clerk", "Clerk", "exact", "onet:43-3031.00", "Bookkeeping Clerks", "1"),
    line("bporole:clerk", "Clerk", "mapping", NO_TERM, "", "0.6", "esco:model").replace("mappingMatch", "mappingRelation"),
)


def write(folder: Path, *rows: str, text: str | None = None) -> Path:
    (folder / "concepts").mkdir(parents=True)
    (folder / "concepts" / "fna.toml").write_text(CONCEPTS, encoding="utf-8")
    (folder / "roles").mkdir()
    (folder / "roles" / "clerk.yaml").write_text("id: clerk\ntitle: Clerk\n", encoding="utf-8")
    (folder / FILE).write_text(table(*rows) if text is None else text, encoding="utf-8")
    return folder


def codes(folder: Path) -> list[tuple[str, str]]:
    """What is wrong with a folder: codes with the line, or with what has no row."""
    return [(problem.code, str(problem.line or problem.where)) for problem in check(load_folder(folder))]


FIRST = table().count("\n") + 1
"""The line of a table's first row."""


def test_concepts_carry_their_targets_behind_those_written_inline(tmp_path):
    concepts = load_folder(write(tmp_path / "t", *SOUND)).concepts
    found = [(m.scheme, m.id, m.relation, m.label, m.confidence) for m in concepts["ledger"].mappings]
    assert found == [
        ("ESCO", "http://data.europa.eu/esco/skill/l", "exact", "keep ledgers", 0.9),
        ("O*NET", "43231601", "broad", "Accounting software", 0.5),
    ], "a URI in ESCO, a code in O*NET"
    assert [m.id.rsplit("/", 1)[1] for m in concepts["invoicing"].mappings] == ["own", "i"], "nothing found is no mapping"


def test_roles_have_their_targets_too(tmp_path):
    taxonomy = load_folder(write(tmp_path / "t", *SOUND))
    assert [(m.scheme, m.id, m.relation) for m in taxonomy.role_mappings("clerk")] == [("O*NET", "43-3031.00", "exact")]
    assert taxonomy.role_mappings("nobody") == ()


def test_the_compiled_form_carries_the_crosswalk(tmp_path):
    source = write(tmp_path / "t", *SOUND)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / COMPILED).write_text(json.dumps(compile_taxonomy(source)), encoding="utf-8")
    assert load_folder(tmp_path / "c") == load_folder(source)
    assert load_folder(tmp_path / "c").concepts["ledger"].mappings


def test_a_change_of_the_crosswalk_changes_the_version(tmp_path):
    versions = {load_folder(write(tmp_path / str(number), *SOUND[:number])).version for number in range(1, 4)}
    assert len(versions) == 3


def test_a_sound_crosswalk_has_no_problems(tmp_path):
    assert codes(write(tmp_path / "t", *SOUND)) == []


@pytest.mark.parametrize(
    ("number", "old", "new", "code"),
    [
        (0, "bpo:ledger", "bpo:nowhere", "unknown-subject"),
        (0, "bpo:ledger", "bporole:ledger", "unknown-subject"),
        (0, "bpo:ledger", "esco:ledger", "unknown-subject"),
        (0, "skos:exactMatch", "skos:relatedMatch", "unknown-predicate"),
        (0, "skos:exactMatch", "owl:sameAs", "unknown-predicate"),
        (0, "esco:skill/l", "wikidata:Q1", "unknown-object"),
        (0, "esco:skill/l", "esco:", "unknown-object"),
        (3, "O*NET 29.2", "", "unknown-object"),
        (3, "O*NET", "ISCO", "unknown-object"),
        (3, "skos:relatedMatch", "owl:sameAs", "unknown-predicate"),
        (0, "\t0.9\t", "\t\t", "no-confidence"),
        (0, "\t0.9\t", "\tsure\t", "no-confidence"),
        (0, "\t0.9\t", "\t0\t", "no-confidence"),
        (0, "\t0.9\t", "\t1.5\t", "no-confidence"),
        (0, "\t0.9\t", "\tnan\t", "no-confidence"),
        (0, "semapv:ManualMappingCuration", "", "no-justification"),
        (0, "keep ledgers", "", "no-object-label"),
        (1, "skos:broadMatch\tonet-tech:43231601", "skos:closeMatch\tesco:skill/l", "repeated-mapping"),
        (1, "skos:broadMatch\tonet-tech:43231601", "skos:exactMatch\tesco:skill/m", "two-exact"),
        (2, "skos:broadMatch\tesco:skill/i", "skos:exactMatch\tesco:skill/l", "shared-exact"),
        (3, "O*NET", "ESCO", "found-and-not"),
    ],
)
def test_check_names_the_row_that_is_wrong(tmp_path, number, old, new, code):
    assert old in SOUND[number]
    rows = [row.replace(old, new, 1) if place == number else row for place, row in enumerate(SOUND)]
    assert (code, str(FIRST + number)) in codes(write(tmp_path / "t", *rows))


@pytest.mark.parametrize(
    ("number", "id"), [(0, "ledger"), (1, "ledger"), (2, "invoicing"), (3, "invoicing"), (4, "clerk"), (5, "clerk")]
)
def test_every_concept_and_role_needs_a_row_for_each_classification(tmp_path, number, id):
    assert codes(write(tmp_path / "t", *SOUND[:number], *SOUND[number + 1 :])) == [("no-mapping", id)]


def test_check_names_file_line_and_remedy(tmp_path):
    folder = write(tmp_path / "t", SOUND[0].replace("bpo:ledger", "bpo:leger"), *SOUND)
    file = folder / FILE
    said = [str(problem) for problem in examine_folder(folder).problems if problem.code == "unknown-subject"]
    assert said == [f'{file}:{FIRST}: names "bpo:leger", which does not exist; did you mean "bpo:ledger"?']
    file.write_text("no table", encoding="utf-8")
    (problem,) = examine_folder(folder).problems
    assert (problem.code, problem.file) == ("unreadable", str(file))


def test_an_overlay_that_switches_a_role_off_owes_nothing_for_it(tmp_path, monkeypatch):
    base = write(tmp_path / "base", *SOUND)
    (tmp_path / "top" / "roles").mkdir(parents=True)
    (tmp_path / "top" / "roles" / "clerk.yaml").write_text("in_use: false\n", encoding="utf-8")
    monkeypatch.setattr("matcher.taxonomy.source.data_path", lambda kind: base)
    assert examine_over(tmp_path / "top").problems == ()


def test_without_a_table_nothing_is_asked(tmp_path):
    folder = write(tmp_path / "t")
    assert codes(folder) == []
    (folder / FILE).unlink()
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject_id\tpredicate_id\n", "lack mapping_set_id, license, curie_map"),
        (table().replace("#license", "#licence"), "lack license"),
        (table().replace("#curie_map:", "#curie_map: ["), "are not YAML"),
        (table().replace("\tconfidence", ""), "has no column confidence"),
        ("", "lack mapping_set_id"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(tmp_path, text, message):
    with pytest.raises(TaxonomyError) as caught:
        load_folder(write(tmp_path / "t", text=text))
    assert message in str(caught.value)
    assert FILE in str(caught.value)


def test_an_overlay_may_bring_rows_and_owes_none_for_what_it_adds(tmp_path, monkeypatch):
    base = write(tmp_path / "base", *SOUND)
    top = tmp_path / "top"
    (top / "concepts").mkdir(parents=True)
    own = '[[concept]]\nid = "{0}"\nlabel = "{0}"\ntype = "tool"\nseparates = "low"\nbroader = ["ledger"]\naliases = []\n'
    (top / "concepts" / "own.toml").write_text(own.format("acme-ledger") + own.format("blue-book"), encoding="utf-8")
    (top / FILE).write_text(
        table(line("bpo:acme-ledger", "acme-ledger", "broad", "esco:skill/l", "keep ledgers", "1")), encoding="utf-8"
    )
    monkeypatch.setattr("matcher.taxonomy.source.data_path", lambda kind: base)
    taxonomy = load(top)
    assert [m.label for m in taxonomy.concepts["acme-ledger"].mappings] == ["keep ledgers"]
    assert [m.label for m in taxonomy.concepts["ledger"].mappings] == ["keep ledgers", "Accounting software"]
    assert taxonomy.added == {"acme-ledger", "blue-book"}
    assert check(taxonomy) == ()


def test_the_tests_own_rows_are_sound_apart_from_being_few(tmp_path):
    from crosswalk_rows import true_rows

    (tmp_path / FILE).write_text(table(*true_rows()), encoding="utf-8")
    rows = read_rows(tmp_path / FILE)
    assert all(row.sound or row.relation == "none" for row in rows)
    assert len(rows) == 8
