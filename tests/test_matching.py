"""The library's surface on the invented samples: what is said of a document can be found in it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import matcher
from matcher.errors import InputError, LimitError, MatcherError
from matcher.matching import Engine, Limits, builtin_roles
from matcher.records import Kind, Profile, Role, leaves
from matcher.role_file import dump_role

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RESUMES = sorted((SAMPLES / "resumes").iterdir())
JOBS = [path for path in sorted((SAMPLES / "jobs").iterdir()) if path.suffix != ".jsonl"]
TOP = {"source", "kind", "sha256", "as_of", "versions", "skills", "ambiguous", "facts", "warnings"}
SKILL = {"concept", "label", "type", "stance", "score", "months", "last_used", "proof", "results", "evidence"}
RESUME_FACTS = {
    "contact", "total_years", "customer_contact_months", "months_by", "last_title", "education", "languages", "certifications",
    "typing_wpm", "notice", "kpis", "jobs",
}  # fmt: skip
JOB_FACTS = {
    "title", "min_months_experience", "experience_need", "education_min", "education_need", "languages", "certifications",
    "typing_wpm", "shift", "work_site",
}  # fmt: skip
STANCES = {Kind.RESUME: {"held", "learning", "denied", "context"}, Kind.JOB: {"required", "preferred", "denied", "context"}}
EDUCATION = {"none", "high_school", "some_college", "associate", "bachelor", "master", "doctor", "unknown"}


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=[path.name for path in paths])


@pytest.fixture(scope="module")
def extracted(engine):
    """Each sample's text and JSON, read once."""
    kinds = dict.fromkeys(RESUMES, Kind.RESUME) | dict.fromkeys(JOBS, Kind.JOB)
    return {
        path: (
            engine.plain(path.read_bytes(), path.name),
            *engine.extract(path.read_bytes(), path.name, kind, as_of="2026-11-01"),
        )
        for path, kind in kinds.items()
    }


def quotes(data):
    """Everything in an extraction that says where it stands."""
    yield from data["ambiguous"]
    for skill in data["skills"]:
        yield from skill["evidence"]

    def walk(node):
        for item in node.get("all", node.get("any", ())):
            yield from walk(item)
        if "text" in node:
            yield {"start": 0, **node}

    yield from walk(data.get("requirements", {}))


# ----------------------------------------------------------------------------------------------------------------- extract


@named([*RESUMES, *JOBS])
def test_every_quote_is_the_text_at_its_place(extracted, path):
    text, data = extracted[path]
    found = list(quotes(data))
    assert len(found) >= 3 or path.stem == "pastry-cook"
    assert [q for q in found if text[q["start"] : q["end"]] != q["text"] or not q["text"].strip()] == []


@named([*RESUMES, *JOBS])
def test_every_page_is_one_of_the_document(engine, extracted, path):
    document = engine.document(path.read_bytes(), path.name)
    pages = {q["page"] for skill in extracted[path][1]["skills"] for q in skill["evidence"]}
    assert pages <= set(range(1, document.pages + 1))
    for skill in extracted[path][1]["skills"]:
        assert [q["page"] for q in skill["evidence"]] == [document.page_of(q["start"]) for q in skill["evidence"]]


@named(RESUMES)
def test_extract_of_a_resume_has_the_keys_of_the_contract(extracted, path):
    _, data = extracted[path]
    assert data.keys() >= TOP
    assert (data["source"], data["kind"], data["as_of"]) == (path.name, "resume", "2026-11-01")
    assert data["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert data["versions"].keys() == {"matcher", "taxonomy", "models"}
    facts = data["facts"]
    assert facts.keys() >= RESUME_FACTS
    assert facts["contact"].keys() >= {"name", "emails", "phones", "city", "links"}
    assert facts["months_by"].keys() == {"family", "channel", "line_of_business"}
    assert facts["education"] in EDUCATION
    assert facts["jobs"] or path.stem == "fresher-ojt"
    assert all(job.keys() >= {"title", "start", "end", "open", "months", "family"} for job in facts["jobs"])


@named(JOBS)
def test_extract_of_a_post_has_the_keys_of_the_contract(extracted, path):
    _, data = extracted[path]
    assert data.keys() >= TOP | {"requirements"}
    assert (data["source"], data["kind"], data["as_of"]) == (path.name, "job", None)
    facts = data["facts"]
    assert facts.keys() >= JOB_FACTS
    assert facts["experience_need"] in {"required", "preferred", "waived", "none"}
    assert facts["education_need"] in {"required", "preferred", "none"}
    assert facts["shift"] in {"day", "night", "rotating", "evening", "weekend", "unknown"}
    assert facts["work_site"] in {"onsite", "remote", "hybrid", "unknown"}
    assert facts["education_min"] in EDUCATION | {None}


@named([*RESUMES, *JOBS])
def test_skills_are_concepts_with_stance_score_and_evidence(extracted, engine, path):
    _, data = extracted[path]
    skills = data["skills"]
    assert len({skill["concept"] for skill in skills}) == len(skills)
    assert len(skills) >= 3 or path.stem == "pastry-cook"
    for skill in skills:
        concept = engine.taxonomy.concepts[skill["concept"]]
        assert skill.keys() >= SKILL
        assert (skill["label"], skill["type"]) == (concept.label, concept.type)
        assert skill["stance"] in STANCES[Kind(data["kind"])]
        assert 0 < skill["score"] <= 1
        assert 1 <= len(skill["evidence"]) <= 5
        assert all(quote.keys() >= {"text", "start", "end", "page", "section"} for quote in skill["evidence"])
    for item in data["ambiguous"]:
        claimed = {skill["concept"] for skill in data["skills"] if skill["stance"] in ("held", "learning")}
        assert len(set(item["readings"])) >= 2 or not claimed.intersection(item["readings"])  # open, or doubted and not claimed
        assert set(item["readings"]) <= set(engine.taxonomy.concepts)


@named([*RESUMES, *JOBS])
def test_extract_is_plain_json_and_the_same_twice(engine, extracted, path):
    kind = Kind.RESUME if path in RESUMES else Kind.JOB
    data = extracted[path][1]
    (again,) = engine.extract(path.read_bytes(), path.name, kind, as_of="2026-11-01")
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(again))


@named(RESUMES)
def test_results_are_the_text_at_their_place(extracted, path):
    text, record = extracted[path]
    results = [*record["facts"]["kpis"], *(result for skill in record["skills"] for result in skill["results"])]
    assert all(text[r["start"] : r["start"] + len(r["quote"])] == r["quote"] for r in results)
    assert all(r in record["facts"]["kpis"] for r in results)


@named(RESUMES)
def test_months_hold_together(extracted, path):
    facts = extracted[path][1]["facts"]
    dated = [job["months"] for job in facts["jobs"] if job["months"]]
    total = round((facts["total_years"] or 0) * 12)
    assert total <= sum(dated) + 1
    assert (facts["customer_contact_months"] or 0) <= total + 1
    assert all(months <= total + 1 for group in facts["months_by"].values() for months in group.values())
    assert max(dated, default=0) <= total + 1


def test_what_a_job_does_not_say_is_null(engine):
    text = b"Maria Sample\n\nEXPERIENCE\n01/2019 - 02/2020\n- Took calls from customers\n\nSKILLS\nZendesk"
    (record,) = engine.extract(text, "m.txt", kind=Kind.RESUME)
    assert [(job["title"], job["start"]) for job in record["facts"]["jobs"]] == [(None, "2019-01")]
    (record,) = engine.extract(b"Maria Sample\n\nSKILLS\nZendesk", "m.txt", kind=Kind.RESUME)
    assert record["facts"]["customer_contact_months"] is None


def test_a_post_says_nothing_of_ends_of_certificates(engine):
    (record,) = engine.extract(b"Medical Coder\n\nRequirements\n- CPC certification required", "job.txt", kind=Kind.JOB)
    assert [set(one) for one in record["facts"]["certifications"]] == [{"name", "concept", "status", "need"}]


def test_extract_of_lines_gives_one_entry_a_post(engine):
    path = SAMPLES / "jobs" / "two-posts.jsonl"
    found = engine.extract(path.read_bytes(), path.name, Kind.JOB)
    assert [data["source"] for data in found] == ["two-posts.jsonl#chat-email-agent", "two-posts.jsonl#quality-analyst"]
    assert [data["facts"]["title"] for data in found] == ["Chat and Email Support Specialist", "Quality Analyst"]


def test_offsets_of_lines_are_those_of_the_plain_texts(engine):
    path = SAMPLES / "jobs" / "two-posts.jsonl"
    data = path.read_bytes() + b"\n{broken"
    *texts, broken = engine.plain_texts(data, path.name)
    assert isinstance(broken, MatcherError)
    for text, found in zip(texts, engine.extract(data, path.name), strict=False):
        assert text["source"] == found["source"]
        quotes = [item for skill in found["skills"] for item in skill["evidence"]]
        assert quotes
        assert all(text["text"][item["start"] : item["end"]] == item["text"] for item in quotes)


LEAF = "{kind: skill, concept: zendesk, need: required}"


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (f"requirements:\n  all:\n    - {LEAF}\ntitle: Agent\n", ["Agent"]),
        (f"# corrected\nid: a\ntitle: Agent\nrequirements: # what it takes\n  {LEAF}\n", ["Agent"]),
        (json.dumps({"title": "Agent", "requirements": {"all": []}}), ["Agent"]),
        ('{"title": "Agent", "text": "Answer calls"}\n\n{"title": "Coder", "text": "Code charts"}', ["Agent", "Coder"]),
    ],
)
def test_standard_input_is_told_by_what_it_holds(engine, data, titles):
    assert [role.title for role in engine.read_roles(data.encode(), "-")] == titles


def test_standard_input_with_the_words_of_a_role_file_is_still_a_post(engine):
    (role,) = engine.read_roles(b"title: Agent\nrequirements:\n- Zendesk\n- all: shifts\n", "-")
    assert "zendesk" in {claim.concept for claim in role.claims}


# ------------------------------------------------------------------------------------------------------------------ engine


def test_bytes_become_a_profile(engine):
    path = SAMPLES / "resumes" / "medical-coder-cpc.pdf"
    profile = engine.read_resume(path.read_bytes(), "sub/cv.pdf", as_of="2026-11-01")
    assert isinstance(profile, Profile)
    assert (profile.source, profile.as_of) == ("sub/cv.pdf", "2026-11-01")
    assert {"cpc", "icd-10"} <= {claim.concept for claim in profile.claims}
    assert profile.facts.months_by_family["medical-coding"] > 12


def test_the_same_bytes_give_the_same_profile_in_another_engine(engine, sample_profiles):
    other = Engine()
    for path in RESUMES[:3]:
        assert other.read_resume(path.read_bytes(), path.name, as_of="2026-11-01") == sample_profiles[path.stem]


def test_lines_become_roles_and_a_bad_line_its_error(engine):
    lines = [
        json.dumps({"id": "a", "title": "Chat Support Agent", "text": "Requirements:\n- Zendesk"}),
        "{broken",
        json.dumps({"id": "b", "title": "Quality Analyst", "text": "Requirements:\n- Six Sigma preferred"}),
    ]
    found = engine.read_roles("\n".join(lines).encode(), "posts.jsonl")
    assert [isinstance(item, MatcherError) for item in found] == [False, True, False]
    assert [role.source for role in found if isinstance(role, Role)] == ["posts.jsonl#a", "posts.jsonl#b"]
    assert [role.title for role in found if isinstance(role, Role)] == ["Chat Support Agent", "Quality Analyst"]


@named([path for path in JOBS if path.suffix == ".txt"][:4])
def test_a_role_written_out_is_read_back_and_scores_the_same(engine, scorer, sample_roles, sample_profiles, path):
    role = sample_roles[path.name]
    (again,) = engine.read_roles(dump_role(role).encode(), "role.yaml")
    assert isinstance(again, Role)
    assert (again.requirements, again.families, again.level) == (role.requirements, role.families, role.level)
    for profile in list(sample_profiles.values())[:5]:
        mine, theirs = scorer.fit(profile, again), scorer.fit(profile, role)
        assert (mine.logit, mine.unmet, mine.unknown) == (theirs.logit, theirs.unmet, theirs.unknown)


def test_a_role_file_with_a_wrong_key_is_refused(engine):
    with pytest.raises(InputError, match="unknown key"):
        engine.read_roles(b"title: Agent\nsalary: 3\n", "role.yaml")


@pytest.mark.parametrize(("data", "source"), [(b"", "cv.txt"), (b"%PDF-1.7 broken", "cv.pdf"), (b"PK\x03\x04", "cv.docx")])
def test_a_file_that_cannot_be_read_says_so(engine, data, source):
    with pytest.raises(MatcherError) as caught:
        engine.read_resume(data, source)
    assert caught.value.code
    assert str(caught.value)


def test_limits_are_kept(engine):
    data = b"Zendesk and Avaya\n" * 50
    with pytest.raises(LimitError):
        engine.read_resume(data, "cv.txt", limits=Limits(max_bytes=len(data) - 1))
    assert engine.read_resume(data, "cv.txt", limits=Limits(max_bytes=len(data))).claims


def test_an_overlay_adds_concepts(tmp_path):
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "own.toml").write_text(
        '[[concept]]\nid = "quackdesk"\nlabel = "Quackdesk"\ntype = "tool"\nseparates = "medium"\n'
        'broader = ["tools-and-platforms"]\naliases = ["Quack Desk"]\ndefinition = "An invented desk."\n',
        encoding="utf-8",
    )
    own = Engine(tmp_path)
    profile = own.read_resume(b"Maria Sample\n\nSkills\nQuack Desk, Zendesk", "cv.txt")
    assert [claim.concept for claim in profile.claims] == ["quackdesk", "zendesk"]


def test_built_in_roles_are_those_of_the_taxonomy(engine):
    roles = builtin_roles(engine.taxonomy)
    assert [role.source for role in roles] == sorted(engine.taxonomy.roles)
    assert len(roles) >= 20
    assert all(any(True for _ in leaves(role.requirements)) for role in roles)


def test_the_public_names_resolve():
    assert {name: getattr(matcher, name) is not None for name in matcher.__all__} == dict.fromkeys(matcher.__all__, True)
    assert matcher.Engine is Engine
    assert set(matcher.__all__) <= set(dir(matcher))
    with pytest.raises(AttributeError, match="Unicorn"):
        _ = matcher.Unicorn
