"""Every form has a source and a count, every doubtful one a guard or a verdict, every gap that readers named a decision."""

from __future__ import annotations

import importlib.util
import json
import sys

import pytest

from matcher.reading.groups import SKILLS
from matcher.taxonomy import load
from matcher.taxonomy.concepts import BRANCH

MOST_WRONG = 0.15
"""Of the contexts that were read, the share that may be another thing."""
ENOUGH = 8
COMMON_GAP = 3
WANTED = """
interpersonal skills; presentation skills; staff training; leadership; procurement; purchasing; customer invoicing;
audit support; cash handling; network administration; server administration; Microsoft Exchange; software testing;
statutory accounting;
policy development; front desk; reception; mail and fax handling; inventory; marketing; event management;
coordination of benefits; bank teller; Power Platform; Sage; Confluence
"""
FIELD_GUIDE = """
customer service; technical support; back office; HR operations; payroll; billing; data entry; office administration;
quality assurance; staff training; team leadership; medical coding; insurance claims processing; mortgage processing;
legal transcription; front office; KPO; LPO; communication skills; listening skills; empathy; adaptability; tech savvy;
computer literacy; problem solving; teamwork; collaboration; time management; customer-centric mindset; patience;
attention to detail; confidentiality; organisational skills; constructive feedback; conflict resolution; strategic thinking;
emotional intelligence; relationship building; mentoring; cross-cultural collaboration; process optimisation;
compliance monitoring; average handle time; AHT; customer satisfaction; CSAT; first contact resolution; FCR; KPIs; SLAs;
turnaround time; PMP; ITIL; IT certifications; industry certifications; coding courses; data analysis courses;
cybersecurity courses; language proficiency; rotating shifts; IT service management; cybersecurity; data analytics;
service delivery management; general accounting; HR management; project management; consulting
"""


def names(block):
    return [name.strip() for name in block.replace("\n", " ").split(";")]


@pytest.fixture(scope="module")
def evidence(root):
    spec = importlib.util.spec_from_file_location("evidence", root / "benchmarks" / "evidence.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["evidence"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def surfaces():
    taxonomy = load()
    return [(concept.id, form) for concept in taxonomy.concepts.values() if concept.type != BRANCH for form in concept.surfaces()]


def test_every_form_has_its_row_and_no_row_is_stale(evidence, surfaces):
    assert set(evidence.read_table()) == set(surfaces)


def test_every_source_is_known(evidence):
    assert {row["source"] for row in evidence.read_table().values()} <= set(evidence.SOURCES)


def test_short_and_common_forms_are_guarded_or_shown_safe(evidence):
    taxonomy = load()
    unsafe = []
    for row in evidence.read_table().values():
        documents = int(row["resumes"]) + int(row["posts"])
        if evidence.is_doubtful(row) and documents and not taxonomy.is_guarded(row["form"]):
            read, right = int(row["read"] or 0), int(row["right"] or 0)
            if read < min(ENOUGH, documents) or right < read * (1 - MOST_WRONG):
                unsafe.append((row["concept"], row["form"], documents, read, right))
    assert not unsafe


def test_every_gap_is_filled_or_declined_with_a_reason(evidence):
    taxonomy = load()
    rows = evidence.read_rows(evidence.GAPS)
    wanted = {name.casefold() for name in names(WANTED)}
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        if row["concept"]:
            assert row["concept"] in taxonomy.concepts, row
            assert not row["reason"], row
        else:
            assert row["reason"], row
            assert int(row["documents"]) < COMMON_GAP, row
            assert row["name"].casefold() not in wanted, row


@pytest.mark.realdata
def test_every_gap_of_the_gold_is_decided(evidence, shared):
    taxonomy = load()
    known = {form.casefold() for concept in taxonomy.concepts.values() for form in concept.surfaces()}
    decided = {row["name"] for row in evidence.read_rows(evidence.GAPS)}
    gold = json.loads((shared / "data" / "dev" / "extraction.json").read_text(encoding="utf-8"))
    for label in {skill["label"] for document in gold.values() for skill in document["skills"]}:
        assert label.casefold() in known or label.removeprefix(evidence.OTHER).strip() in decided, label


@pytest.mark.parametrize("name", [*names(WANTED), *names(FIELD_GUIDE)])
def test_the_field_guide_is_covered(annotate, name):
    """The whole of a name is read as one concept, or is a form that its neighbours settle."""
    taxonomy, doc = load(), annotate(name)
    read = {span.text for span in doc.spans[SKILLS] if span.kb_id_ in taxonomy.concepts}
    form = taxonomy.forms.get(name.casefold())
    assert name in read or (form and any(reading.concept for reading in form.readings))


def test_the_script_counts_documents_and_keeps_verdicts(evidence, tmp_path, monkeypatch, capsys):
    texts, posts, table = tmp_path / "texts", tmp_path / "posts.jsonl", tmp_path / "evidence.tsv"
    texts.mkdir()
    (texts / "a.txt").write_text("Payroll and data entry. Payroll again.", encoding="utf-8")
    (texts / "b.txt").write_text("Ran the payroll.", encoding="utf-8")
    posts.write_text(json.dumps({"title": "Payroll clerk", "text": "Process payroll."}) + "\n", encoding="utf-8")
    old = evidence.read_table()
    monkeypatch.setattr(evidence, "TABLE", table)
    monkeypatch.setattr(evidence, "_common", lambda form: "")
    row = old["payroll-processing", "payroll"]
    lines = (evidence.COLUMNS, [row[column] for column in evidence.COLUMNS])
    table.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    evidence.main(["count", "--source", "practice", str(texts), str(posts)])
    new = evidence.read_table()
    counted = new["payroll-processing", "payroll"]
    assert (counted["resumes"], counted["posts"]) == ("2", "1")
    assert (counted["source"], counted["read"], counted["right"]) == (row["source"], row["read"], row["right"])
    assert new["data-entry", "Data entry"]["source"] == "practice"
    assert "forms" in capsys.readouterr().out
    evidence.main(["count", str(texts), str(posts)])
    assert evidence.read_table() == new
