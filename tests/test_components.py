"""The spaCy contract: factories over a blank pipeline, span groups with attributes that travel."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc

from matcher.reading.reader import PIPES

RESUME = """Maria Sample
maria.sample@example.com

Summary
Customer service agent, currently learning Zendesk.

Experience
Customer Service Representative | Sample Contact Co | Jan 2020 - Mar 2022
- Took inbound calls and basic Excel reports
- No chat support

Skills
Word, Excel, Outlook
"""
POST = """Quality Analyst

Requirements:
- 1 year of QA experience, calibration of calls
- Six Sigma preferred
"""
GROUPS = ("bpo_sections", "bpo_skills", "bpo_ambiguous", "bpo_doubtful", "bpo_facts")
COLUMNS = {
    "bpo_sections": {"kind", "start", "body", "end", "title"},
    "bpo_skills": {"alias", "score", "stance", "section"},
    "bpo_ambiguous": {"readings"},
    "bpo_doubtful": {"alias", "score", "stance", "section", "probability"},
    "bpo_facts": {"start", "end", "value"},
}


def docs_of(nlp, kinds=(("resume", RESUME), ("job", POST), ("resume", "Worked on AR."))):
    for kind, text in kinds:
        doc = nlp.make_doc(text)
        doc.user_data["bpo_kind"] = kind
        yield doc


def content(doc):
    """All that the components wrote, as plain data."""
    return {name: ([(s.start, s.end, s.label_, s.kb_id_) for s in group], dict(group.attrs)) for name, group in doc.spans.items()}


@pytest.mark.parametrize("name", PIPES)
def test_each_component_works_alone(name):
    alone = spacy.blank("en")
    alone.add_pipe(name)
    doc = alone(RESUME)
    if name in ("bpo_stance", "bpo_doubt"):
        assert dict(doc.spans) == {}
    else:
        assert len(doc.spans[name]) >= 1
        assert set(doc.spans) <= set(GROUPS)


@pytest.mark.parametrize("name", ["bpo_sections", "bpo_stance", "bpo_doubt"])
def test_components_can_be_sent_to_another_process_before_and_after_their_first_document(nlp, name):
    pipe = nlp.get_pipe(name)
    sent = pickle.loads(pickle.dumps(pipe))
    wanted = content(pipe(nlp(RESUME)))
    assert content(sent(nlp(RESUME))) == wanted
    assert content(pickle.loads(pickle.dumps(sent))(nlp(RESUME))) == wanted


@pytest.mark.slow
def test_importing_the_module_registers_the_factories():
    code = (
        "import spacy; n = spacy.blank('en'); n.add_pipe('bpo_skills'); d = n('Zendesk'); print(d.spans['bpo_skills'][0].kb_id_)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import matcher.reading.components; {code}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.strip() == "zendesk"


def test_the_components_can_be_put_in_any_pipeline_with_an_overlay(tmp_path):
    folder = tmp_path / "concepts"
    folder.mkdir()
    (folder / "own.toml").write_text(
        '[[concept]]\nid = "quackdesk"\nlabel = "Quackdesk"\ntype = "tool"\nseparates = "medium"\n'
        'broader = ["tools-and-platforms"]\naliases = []\ndefinition = "An invented desk."\n',
        encoding="utf-8",
    )
    own = spacy.blank("en")
    own.add_pipe("bpo_skills", config={"overlay": str(tmp_path)})
    doc = own("Used Quackdesk and Zendesk")
    assert [span.kb_id_ for span in doc.spans["bpo_skills"]] == ["quackdesk", "zendesk"]


def test_skills_are_spans_with_the_concept_as_id(nlp, taxonomy):
    doc = nlp(RESUME)
    group = doc.spans["bpo_skills"]
    rows = dict(zip([span.kb_id_ for span in group], group.attrs["stance"], strict=True))
    assert (rows["zendesk"], rows["inbound-calls"], rows["chat-support"]) == ("learning", "held", "denied")
    assert all(taxonomy.concepts[span.kb_id_].type == span.label_ for span in group)


def test_open_forms_are_spans_of_their_own(nlp):
    doc = nlp("Worked on AR.")
    assert [span.text for span in doc.spans["bpo_ambiguous"]] == ["AR"]
    assert list(doc.spans["bpo_ambiguous"].attrs["readings"]) == [["ar-follow-up", "accounts-receivable"]]
    assert len(doc.spans["bpo_skills"]) == 0


def test_every_group_has_a_value_in_every_column_for_every_span(nlp):
    for doc in nlp.pipe(docs_of(nlp)):
        for name in GROUPS:
            columns = doc.spans[name].attrs
            assert set(columns) == COLUMNS[name]
            assert {len(column) for column in columns.values()} == {len(doc.spans[name])}


def test_facts_keep_their_exact_offsets(nlp):
    doc = nlp(RESUME)
    columns = doc.spans["bpo_facts"].attrs
    quotes = {
        span.label_: doc.text[start:end]
        for span, start, end in zip(doc.spans["bpo_facts"], columns["start"], columns["end"], strict=True)
    }
    assert quotes["email"] == "maria.sample@example.com"
    assert "job" in quotes


def test_the_kind_in_user_data_decides_how_a_text_is_read(nlp):
    resume, post = docs_of(nlp, (("resume", POST), ("job", POST)))
    assert set(nlp(resume).spans["bpo_skills"].attrs["stance"]) == {"held"}
    assert set(nlp(post).spans["bpo_skills"].attrs["stance"]) == {"required", "preferred"}


def test_lines_that_stand_out_come_in_user_data(nlp):
    text = "Maria Sample\nTook calls\nTools\nZendesk"
    plain, marked = nlp.make_doc(text), nlp.make_doc(text)
    marked.user_data["bpo_emphasis"] = [text.index("Tools")]
    assert [span.label_ for span in nlp(plain).spans["bpo_sections"]] == ["header"]
    assert [span.label_ for span in nlp(marked).spans["bpo_sections"]] == ["header", "skills"]


def test_what_was_found_survives_bytes(nlp):
    for doc in nlp.pipe(docs_of(nlp)):
        again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
        assert content(again) == content(doc)
        assert sum(len(again.spans[name]) for name in ("bpo_skills", "bpo_ambiguous")) >= 1


def test_two_processes_find_the_same(nlp):
    alone = [content(doc) for doc in nlp.pipe(docs_of(nlp))]
    apart = [content(doc) for doc in nlp.pipe(docs_of(nlp), n_process=2, batch_size=1)]
    assert apart == alone
    assert [len(found["bpo_ambiguous"][0]) for found in alone] == [0, 0, 1]
    assert len(alone[0]["bpo_skills"][0]) >= 5


def test_the_pipeline_has_no_problems(nlp):
    analysis = nlp.analyze_pipes()
    assert analysis["problems"] == {name: [] for name in PIPES}
    assert {name for name, about in analysis["summary"].items() if "doc.spans" in about["assigns"]} == set(PIPES)


def test_spans_share_no_underscore_values(nlp):
    doc = nlp(RESUME)
    assert doc.user_data.keys() <= {"bpo_kind", "bpo_emphasis"}


@pytest.mark.parametrize("text", ["", "\n", " ", "é", "\u200b\u200b", "AR " * 300, "🙂 Zendesk 🙂"])
def test_odd_texts_pass(nlp, text):
    doc = nlp(text)
    assert set(doc.spans) == set(GROUPS)
    assert doc.text == text


@pytest.mark.slow
def test_a_pipeline_goes_to_disk_and_back(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert content(again(RESUME)) == content(nlp(RESUME))


def test_lists_without_blanks_are_cut_at_their_signs(nlp):
    doc = nlp("Skills\nZendesk;Avaya|Genesys")
    assert {span.kb_id_ for span in doc.spans["bpo_skills"]} == {"zendesk", "avaya", "genesys"}


def test_cells_of_a_row_are_no_phrase(nlp):
    doc = nlp("Experience\nQuezon City\tCustomer\tService crew")
    assert "customer-service" not in {span.kb_id_ for span in doc.spans["bpo_skills"]}
