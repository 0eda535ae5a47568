"""What is doubted: clues, the model that weighs them, the component, and the fitting."""

from __future__ import annotations

import dataclasses
import json
import math
import subprocess
import sys

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from matcher.cli.main import main
from matcher.errors import InputError, ModelError
from matcher.reading.clues import RAREST, ClueFinder, Met, Surroundings
from matcher.reading.doubt import SCHEMA, DoubtAnnotator, DoubtModel, load_doubt, load_rarity, mentions
from matcher.reading.reader import pipeline
from matcher.records import Kind
from matcher.training.doubt import (
    LEAST_CONCEPTS,
    Candidate,
    LabelledReading,
    chances,
    choose,
    counted,
    fit_doubt,
)
from matcher.training.skills import Count, Judge, LabelledSkill, on_quote, read_names, read_skill_labels

RESUME = """Maria Sample
Customer service agent
Summary
Customer service agent with four years of experience with inbound calls.
Experience
Customer Service Representative, Sample Contact Co, Jan 2019 - Mar 2023
- Answered inbound calls and email support tickets in Zendesk
- Handled escalations, de-escalation and refunds for the claims department
- Reported CSAT and first call resolution to the team leader every week
Skills
Zendesk; Salesforce; Microsoft Excel; data entry; chat support
Education
BS Accounting Technology, Sample University
"""


@pytest.fixture(scope="module")
def plain():
    """The pipeline without the component that is tested."""
    return pipeline(without=("bpo_doubt",))


@pytest.fixture(scope="module")
def finder(taxonomy):
    return ClueFinder(taxonomy, load_rarity())


def clues_of(nlp, finder, text, printed, kind="resume"):
    """All clues of the first mention that is printed so."""
    doc = nlp.make_doc(text)
    doc.user_data["bpo_kind"] = kind
    doc = nlp(doc)
    met = mentions(doc, doc.text, range(len(doc.spans["bpo_skills"])))
    around = Surroundings(doc, doc.text, met, finder)
    number = next(n for n, one in enumerate(met) if one.text == printed)
    return {name: value for find, given in around.parts(number) for name, value in find(*given).items()}


# ------------------------------------------------------------------------------------------------------------------- clues


@pytest.mark.parametrize(
    ("printed", "there", "absent"),
    [
        ("Salesforce", {"section skills", "type tool", "one word"}, {"word before"}),
        ("email support", {"and before", "word after"}, {"section skills"}),
        ("inbound calls", {"preposition before", "section summary"}, {"and after"}),
        ("data entry", {"section skills"}, {"capital", "one word"}),
        ("CSAT", {"capitals", "short", "and after", "as written", "type metric"}, {"capital"}),
        ("Microsoft Excel", {"capital", "preferred label"}, {"capitals"}),
    ],
)
def test_a_mention_has_the_clues_of_its_place(plain, finder, printed, there, absent):
    found = clues_of(plain, finder, RESUME, printed)
    assert there <= found.keys()
    assert not absent & found.keys()


def test_other_concepts_of_the_document_are_clues(plain, finder):
    found = clues_of(plain, finder, RESUME, "Zendesk")
    alone = clues_of(plain, finder, "Used Zendesk every day.", "Zendesk")
    assert found["mentions"] == pytest.approx(math.log(2))  # in a job and in the list
    assert found["others of its branch"] > alone["others of its branch"] == 0


def test_a_narrower_and_a_broader_concept_bear_each_other_out(plain, finder, taxonomy):
    text = "Skills\nSix Sigma Green Belt, Zendesk"
    (above, *_) = taxonomy.concepts["six-sigma-green-belt"].broader
    met = [
        Met(7, 27, "Six Sigma Green Belt", "Six Sigma Green Belt", "six-sigma-green-belt"),
        Met(29, 36, "Zendesk", "Zendesk", above),
    ]
    around = Surroundings(plain(text), text, met, finder)
    narrow, broad = ({k: v for find, given in around.parts(n) for k, v in find(*given).items()} for n in (0, 1))
    assert narrow["broader"] == 1
    assert broad["narrower"] == pytest.approx(math.log(2))


def test_names_of_people_and_firms_after_a_mention_are_seen(plain, finder):
    found = clues_of(plain, finder, "Worked with the medical billing department.", "medical billing")
    assert {"others after", "word before"} <= found.keys()
    assert "claiming word after" in clues_of(plain, finder, "Strong Zendesk experience.", "Zendesk")


@pytest.mark.parametrize(
    "more", ["\n\nPersonal\nSingle, 28 years old, born in Cebu\n", "\n" * 40, "\n\nHobbies\nChess and long walks.\n" * 9]
)
def test_what_claims_nothing_changes_no_clue(plain, finder, more):
    assert clues_of(plain, finder, RESUME + more, "email support") == clues_of(plain, finder, RESUME, "email support")


def test_mentions_that_share_words_know_of_each_other(plain, finder):
    text = "Customer service calls and data entry"
    met = [
        Met(0, 16, text[:16], "Customer service", "customer-service"),
        Met(9, 22, text[9:22], "Service calls", "inbound-calls"),
        Met(27, 37, text[27:], "Data entry", "data-entry"),
    ]
    around = Surroundings(plain(text), text, met, finder)
    shared = ["on another" in {k for find, given in around.parts(n) for k in find(*given)} for n in range(3)]
    assert shared == [True, True, False]


def test_a_guarded_form_is_told_from_a_plain_one(taxonomy):
    finder = ClueFinder(taxonomy, {"customer": 2.0, "service": 3.0})
    assert "guarded" in finder.of_form("ar-follow-up", "AR")
    assert finder.of_form("ar-follow-up", "AR")["several readings"] == 1
    found = finder.of_form("customer-service", "customer service")
    assert "guarded" not in found
    assert (found["rarity"], found["rarest word"], found["commonest word"]) == (2.5, 3.0, 2.0)
    assert finder.of_form("zendesk", "Zendesk")["rarest word"] == RAREST


def test_no_clue_names_a_concept_or_a_form(plain, finder, taxonomy):
    doc = plain(RESUME)
    met = mentions(doc, doc.text, range(len(doc.spans["bpo_skills"])))
    around = Surroundings(doc, doc.text, met, finder)
    names = {name for number in range(len(met)) for find, given in around.parts(number) for name in find(*given)}
    assert names.isdisjoint(set(taxonomy.concepts))
    assert names.isdisjoint({one.text for one in met} | {one.alias for one in met})


def test_the_words_to_look_for_are_lower_case_and_in_one_list_only(taxonomy):
    rules = taxonomy.rules["doubt"]
    assert set(rules) == {"claims", "others", "prepositions"}
    words = [word for table in rules.values() for word in table]
    assert len(words) == len(set(words))
    assert all(word == word.lower() and word.isalpha() for word in words)


# ------------------------------------------------------------------------------------------------------------------- model


def both(threshold):
    return {"resume": threshold, "job": threshold}


def model(threshold=0.5, base=0.0, least=1, **weights):
    return DoubtModel(base, {name.replace("_", " "): value for name, value in weights.items()}, both(threshold), least, "test")


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(-5, 5)), st.dictionaries(st.sampled_from("abcdef"), st.floats(-5, 5)))
def test_worth_is_the_sum_of_weight_times_value(weights, clues):
    judged = DoubtModel(0.0, weights, both(0.5), 1, "")
    assert judged.worth(clues) == pytest.approx(math.fsum(weights.get(name, 0) * value for name, value in clues.items()))


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_a_chance_is_a_probability(base, worth):
    chance = model(base=base).chance(worth)
    assert 0 <= chance <= 1
    assert chance == round(chance, 4)
    assert (chance >= 0.5) == (base + worth >= 0) or chance == pytest.approx(0.5)


def test_the_shipped_model_is_sound(root):
    shipped = load_doubt()
    raw = json.loads((root / "models" / "doubt" / "model.json").read_text(encoding="utf-8"))
    assert shipped is not None
    assert all(0 <= threshold <= 0.6 for threshold in shipped.thresholds.values())
    assert set(shipped.thresholds) == {"resume", "job"}
    assert shipped.least_concepts == LEAST_CONCEPTS
    for kind in ("resume", "job", "all"):
        before, after = (raw["fitted_on"]["validation"][kind][when] for when in ("before", "after"))
        assert after["f1"] >= before["f1"]
        assert min(after["precision"], after["recall"]) >= 0.7


def test_the_shipped_model_weighs_clues_that_exist(taxonomy, headings_kinds):
    names = {name.partition(" ")[2] for name in load_doubt().weights if name.startswith("section ")}
    assert names <= headings_kinds
    types = {name.removeprefix("type ") for name in load_doubt().weights if name.startswith("type ")}
    assert types <= {concept.type for concept in taxonomy.concepts.values()}


@pytest.fixture(scope="module")
def headings_kinds(taxonomy):
    return {str(kind) for table in taxonomy.rules["cues"]["defaults"].values() for kind in table} | {
        "header", "experience", "skills", "education", "summary", "duties", "requirements", "accomplishments", "other"
    }  # fmt: skip


def test_without_a_model_nothing_is_doubted(tmp_path, plain, taxonomy):
    assert load_doubt(tmp_path) is None
    doc = DoubtAnnotator(taxonomy, None, {})(plain(RESUME))
    assert len(doc.spans["bpo_skills"]) >= LEAST_CONCEPTS
    assert len(doc.spans["bpo_doubtful"]) == 0


GOOD = {
    "schema": SCHEMA,
    "version": "x",
    "base": 0.5,
    "thresholds": {"resume": 0.4, "job": 0.2},
    "least_concepts": 3,
    "weights": {"guarded": -1.0},
}


def written(folder, data):
    path = folder / "doubt" / "model.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return folder


def test_a_model_is_read_as_it_was_written(tmp_path):
    assert load_doubt(written(tmp_path, GOOD)) == DoubtModel(0.5, {"guarded": -1.0}, {"resume": 0.4, "job": 0.2}, 3, "x")


@pytest.mark.parametrize(
    "data",
    [
        "no json",
        "[]",
        {},
        {**GOOD, "schema": SCHEMA + 1},
        {**GOOD, "thresholds": {"resume": 1.0, "job": 0.2}},
        {**GOOD, "thresholds": {"resume": 0.4}},
        {**GOOD, "base": "much"},
        {**GOOD, "weights": {"guarded": None}},
        {**GOOD, "weights": []},
        json.dumps(GOOD).replace("-1.0", "NaN"),
    ],
)
def test_a_damaged_model_is_told(tmp_path, data):
    with pytest.raises(ModelError, match="doubt"):
        load_doubt(written(tmp_path, data))


# --------------------------------------------------------------------------------------------------------------- component


def judged(nlp, taxonomy, text, by):
    return DoubtAnnotator(taxonomy, by, {})(nlp(text))


def concepts(doc, group):
    return {span.kb_id_ for span in doc.spans[group]}


def test_what_is_unlikely_goes_to_a_group_of_its_own(plain, taxonomy):
    doc = judged(plain, taxonomy, RESUME, model(base=1.0, type_tool=-5.0))
    assert {"zendesk", "salesforce", "microsoft-excel"} == concepts(doc, "bpo_doubtful")
    assert not {"zendesk", "salesforce", "microsoft-excel"} & concepts(doc, "bpo_skills")
    columns = doc.spans["bpo_doubtful"].attrs
    assert {len(column) for column in columns.values()} == {len(doc.spans["bpo_doubtful"])}
    assert all(0 <= chance < 0.5 for chance in columns["probability"])
    whole = plain(RESUME)
    assert len(doc.spans["bpo_skills"]) + len(doc.spans["bpo_doubtful"]) == len(whole.spans["bpo_skills"])


def test_a_concept_is_judged_by_its_best_mention(plain, taxonomy):
    listed = model(base=-1.0, section_skills=5.0)  # only what stands in the list of skills is believed
    doc = judged(plain, taxonomy, RESUME, listed)
    assert [span.kb_id_ for span in doc.spans["bpo_skills"]].count("zendesk") == 2
    assert "inbound-calls" in concepts(doc, "bpo_doubtful")


def test_what_is_not_claimed_is_not_judged(plain, taxonomy):
    text = RESUME + "References\nJuan Sample, workforce management lead\n"
    doc = judged(plain, taxonomy, text, model(base=-9.0))
    assert set(doc.spans["bpo_skills"].attrs["stance"]) <= {"context", "denied"}
    assert "workforce-management" in concepts(doc, "bpo_skills")


def test_each_kind_of_document_has_its_threshold(plain, taxonomy):
    by = DoubtModel(-9.0, {}, {"resume": 0.5, "job": 0.0}, 1, "")
    post = plain.make_doc("Requirements\nZendesk and Avaya")
    post.user_data["bpo_kind"] = "job"
    assert concepts(DoubtAnnotator(taxonomy, by, {})(plain(post)), "bpo_doubtful") == set()
    assert concepts(judged(plain, taxonomy, "Skills\nZendesk and Avaya", by), "bpo_doubtful") == {"zendesk", "avaya"}


def test_in_a_short_text_nothing_is_doubted(plain, taxonomy):
    never = model(base=-9.0, least=4)
    assert concepts(judged(plain, taxonomy, "Used Zendesk, Avaya and Jira.", never), "bpo_doubtful") == set()
    assert len(concepts(judged(plain, taxonomy, "Used Zendesk, Avaya, Genesys and Jira.", never), "bpo_doubtful")) == 4


def test_it_works_without_the_stance(taxonomy):
    nlp = spacy.blank("en")
    nlp.add_pipe("bpo_skills")
    nlp.add_pipe("bpo_doubt")
    doc = nlp(RESUME)
    assert set(doc.spans["bpo_doubtful"].attrs) == {"alias", "score", "probability"}
    assert "zendesk" in concepts(doc, "bpo_skills")


def test_a_resume_that_hangs_together_keeps_its_skills(nlp):
    kept = concepts(nlp(RESUME), "bpo_skills")
    assert {"zendesk", "salesforce", "inbound-calls", "email-support", "chat-support", "data-entry", "de-escalation"} <= kept


@pytest.mark.parametrize("section", ["Certifications", "Licenses and certifications", "Training"])
def test_certificates_in_their_section_are_kept(nlp, section):
    text = RESUME + f"{section}\nCPC (AAPC), Six Sigma Green Belt, PMP\n"
    assert {"cpc", "six-sigma-green-belt", "pmp"} <= concepts(nlp(text), "bpo_skills")


def test_the_same_text_is_judged_the_same_whatever_was_read_before(plain, taxonomy):
    by = load_doubt()
    used = DoubtAnnotator(taxonomy, by, load_rarity())
    for text in ("Skills\nExcel", RESUME.replace("Zendesk", "Genesys"), RESUME * 2):
        used(plain(text))
    assert used.unlikely(plain(RESUME)) == DoubtAnnotator(taxonomy, by, load_rarity()).unlikely(plain(RESUME))


# ----------------------------------------------------------------------------------------------------------------- measure


def skill(label, quote="", claimed=True):
    return LabelledSkill(label, claimed, quote)


def test_counts_by_hand(taxonomy):
    judge = Judge(taxonomy, ["Zendesk", "Microsoft Excel", "Data entry"])
    gold = [skill("Zendesk"), skill("Data entry"), skill("Microsoft Excel", claimed=False)]
    count = judge.count({"zendesk": ["Zendesk"], "microsoft-excel": ["Excel"]}, gold)
    assert (count.wanted, count.found, count.right) == (2, 2, 1)
    assert (count.precision, count.recall, count.f1) == (0.5, 0.5, 0.5)
    assert count + count == Count(4, 4, 2)


def test_what_nobody_could_choose_is_rolled_up_or_left_out(taxonomy):
    narrow = taxonomy.concepts["six-sigma-green-belt"]
    broad = taxonomy.concepts[narrow.broader[0]]
    assert Judge(taxonomy, [broad.label]).rolled(narrow.id) == broad.id
    assert Judge(taxonomy, [broad.label, narrow.label]).rolled(narrow.id) == narrow.id
    assert Judge(taxonomy, ["Zendesk"]).rolled(narrow.id) is None
    assert Judge(taxonomy, ["Zendesk"]).count({narrow.id: ["green belt"]}, []) == Count()


def test_a_wrong_concept_on_the_quote_of_something_else_is_excused_once(taxonomy):
    judge = Judge(taxonomy, ["Zendesk", "Microsoft Excel"])
    other = [skill("OTHER: Ticket design", "designed Zendesk tickets")]
    claims = {"zendesk": ["Zendesk tickets"], "microsoft-excel": ["Excel"]}
    assert judge.count(claims, other) == Count(0, 1, 0)
    assert judge.count({"zendesk": ["Zendesk tickets", "Zendesk"]}, other) == Count(0, 1, 0)


@pytest.mark.parametrize(
    ("texts", "quote", "on"),
    [
        (["cash flow"], "maintain cash flow", True),
        (["cash"], "maintain cash flow", False),
        (["cash flow", "elsewhere"], "maintain cash flow", False),
        (["maintain the cash flow of all"], "cash flow", False),
        ([], "cash flow", False),
    ],
)
def test_mentions_lie_on_a_quote(texts, quote, on):
    assert on_quote(texts, quote) is on


def test_a_name_that_the_taxonomy_lacks_counts_as_missed(taxonomy):
    assert Judge(taxonomy, ["Zendesk"]).count({}, [skill("No such skill at all")]) == Count(1, 0, 0)


# ----------------------------------------------------------------------------------------------------------------- fitting


def reading(number, rows, skills=()):
    """A document: concepts with a clue that tells, and whether a person found them."""
    candidates = tuple(Candidate(id, id, {"tells": float(value), "same": 1.0}, right) for id, value, right in rows)
    return LabelledReading(f"r{number}", Kind.RESUME, candidates, tuple(skills))


IDS = (
    *("zendesk", "salesforce", "avaya", "genesys", "jira", "verint"),
    *("data-entry", "chat-support", "email-support", "inbound-calls", "outbound-calls", "de-escalation"),
)


def readings(taxonomy):
    """Eight documents in which what lacks a clue is wrong, and of what has it one concept in most."""
    found = []
    for number in range(8):
        rows = [(id, place % 3 != 0, place % 3 != 0 and place != number) for place, id in enumerate(IDS)]
        found.append(reading(number, rows, [skill(taxonomy.concepts[id].label) for id, _, right in rows if right]))
    return found


def test_a_clue_that_tells_gets_its_weight(taxonomy):
    fitted = fit_doubt(readings(taxonomy), 1.0, {"resume": 0.5})
    assert fitted.weights["tells"] > 1
    assert "same" not in fitted.weights
    assert fitted.chance(fitted.worth({"tells": 1.0})) > 0.8 > 0.2 > fitted.chance(fitted.worth({}))


def test_the_same_documents_give_the_same_model(taxonomy):
    assert fit_doubt(readings(taxonomy), 0.1, {"resume": 0.5}) == fit_doubt(readings(taxonomy), 0.1, {"resume": 0.5})
    assert (
        fit_doubt(readings(taxonomy), 0.1, {"resume": 0.5}).version
        != fit_doubt(readings(taxonomy)[1:], 0.1, {"resume": 0.5}).version
    )


def test_what_is_unlikely_is_not_counted(taxonomy):
    judge = Judge(taxonomy, [taxonomy.concepts[id].label for id in IDS])
    one = readings(taxonomy)[0]
    likely = chances(fit_doubt(readings(taxonomy), 1.0, {"resume": 0.5}), one)
    assert counted(one, judge, likely, 0.0).found == len(IDS)
    assert counted(one, judge, likely, 0.5).found == sum(place % 3 != 0 for place in range(len(IDS)))


def test_cross_validation_chooses_a_threshold_that_helps(taxonomy):
    judge = Judge(taxonomy, [taxonomy.concepts[id].label for id in IDS])
    choice = choose(readings(taxonomy), judge)
    assert set(choice.after) == {"resume", "all"}
    assert choice.after["all"].f1 > choice.before["all"].f1


@pytest.mark.parametrize("number", [0, 2])
def test_too_few_documents_are_refused(taxonomy, number):
    with pytest.raises(InputError, match="documents"):
        choose(readings(taxonomy)[:number], Judge(taxonomy, ["Zendesk"]))


def test_labels_that_tell_nothing_are_refused():
    with pytest.raises(InputError, match="label more"):
        fit_doubt([reading(n, [("zendesk", 1, True)]) for n in range(3)], 0.1, {"resume": 0.5})


# ----------------------------------------------------------------------------------------------------------------- command


def labelled(folder, documents=6):
    """Documents with skills that somebody found; returns the label file."""
    (folder / "resumes").mkdir()
    (folder / "jobs").mkdir()
    gold = {}
    for number in range(documents):
        name = f"resumes/r{number}.txt"
        (folder / name).write_text(RESUME.replace("Maria", f"Maria {number}"), encoding="utf-8")
        found = ["Zendesk", "Salesforce", "Inbound calls", "Email support", "Chat support", "Data entry", "De-escalation"]
        gold[name] = {"skills": [{"label": label, "stance": "held", "quote": label} for label in found]}
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "names.tsv").write_text(
        "label\n" + "\n".join([*found, "Customer service", "Microsoft Excel", "Escalation handling", "Returns and refunds"]),
        encoding="utf-8",
    )
    return folder / "gold.json"


def test_labels_are_found_beside_their_file(tmp_path):
    gold = labelled(tmp_path, 2)
    first, second = read_skill_labels(gold)
    assert (first.name, first.kind, first.path) == ("resumes/r0.txt", Kind.RESUME, tmp_path / "resumes" / "r0.txt")
    assert {skill.label for skill in second.skills} >= {"Zendesk", "Inbound calls"}
    assert read_names(tmp_path / "names.tsv")[:2] == ("Zendesk", "Salesforce")


def test_a_document_of_another_ending_is_found_by_its_name(tmp_path):
    gold = labelled(tmp_path, 1)
    data = json.loads(gold.read_text(encoding="utf-8"))
    gold.write_text(json.dumps({"resumes_txt/r0.pdf": data["resumes/r0.txt"]}), encoding="utf-8")
    assert read_skill_labels(gold)[0].path == tmp_path / "resumes" / "r0.txt"


@pytest.mark.parametrize("content", ["{", "[]", '{"jobs/a.txt": {}}', '{"jobs/a.txt": {"skills": [{"label": "x"}]}}'])
def test_what_is_no_label_file_is_refused(tmp_path, content):
    (tmp_path / "gold.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="label file"):
        read_skill_labels(tmp_path / "gold.json")


def test_a_missing_document_is_told(tmp_path):
    gold = labelled(tmp_path, 1)
    (tmp_path / "resumes" / "r0.txt").unlink()
    with pytest.raises(InputError, match="r0"):
        read_skill_labels(gold)


def test_train_wants_labels_of_either_kind(capsys):
    assert main(["train"]) == 2
    assert "--skills" in capsys.readouterr().err


@pytest.mark.slow
def test_a_second_training_run_gives_the_same_file(tmp_path, capsys):
    gold = labelled(tmp_path)
    for name in ("one", "two"):
        options = ["--skills", str(gold), "--names", str(tmp_path / "names.tsv"), "--out", str(tmp_path / name), "--quiet"]
        assert main(["train", *options]) == 0
    one, two = ((tmp_path / name / "doubt" / "model.json").read_bytes() for name in ("one", "two"))
    assert one == two
    assert load_doubt(tmp_path / "one") is not None
    assert "skills, all: precision" in capsys.readouterr().out


@pytest.mark.slow
def test_the_ablation_has_a_row_for_each_part(tmp_path, root):
    script, names = root / "benchmarks" / "ablation.py", tmp_path / "names.tsv"
    command = [sys.executable, str(script), str(labelled(tmp_path)), "--names", str(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, timeout=600)
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines()]
    assert rows[2:4] == ["rules", "rules and classifier"]
    assert {"without stemming", "without guards", "without stance", "without sections"} <= set(rows)


@pytest.mark.slow
@pytest.mark.realdata
def test_the_shipped_model_is_that_of_the_development_data(pytestconfig, root, tmp_path):
    shared = pytestconfig.getoption("--shared")
    gold, names = shared / "data" / "dev" / "extraction.json", shared / "design" / "taxonomy.tsv"
    assert main(["train", "--skills", str(gold), "--names", str(names), "--out", str(tmp_path), "--quiet"]) == 0
    assert (tmp_path / "doubt" / "model.json").read_bytes() == (root / "models" / "doubt" / "model.json").read_bytes()


def test_what_is_doubted_is_told_with_its_one_reading(monkeypatch):
    from matcher.matching import Engine
    from matcher.reading import doubt

    text = (
        "Summary\nAgent.\nSkills\n"
        + "\n".join(
            ["Zendesk", "CSAT", "De-escalation", "Upselling", "Avaya", "Empathy", "Probing", "Salesforce", "Typing", "Data entry"]
        )
        + "\nInbound calls\nChat support\nSix Sigma Green Belt\n"
    )
    model = doubt.load_doubt()
    everything = dataclasses.replace(model, thresholds=dict.fromkeys(model.thresholds, 0.9999))
    monkeypatch.setattr(doubt, "load_doubt", lambda folder=None: everything)
    entry = Engine().extract(text.encode(), "cv.txt", as_of="2026-11")[0]
    assert not [skill for skill in entry["skills"] if skill["stance"] == "held"]
    assert ["zendesk"] in [list(item["readings"]) for item in entry["ambiguous"]]
