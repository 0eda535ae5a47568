"""Keyword stuffing does not pay: a pasted post or a list of hundreds of skills earns nothing for what no dated job shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import yaml

from matcher.records import CLAIMED, Profile, Role, leaves

AS_OF = "2026-11-01"
ONE_POINT = 0.01
STRANGERS, NEAR = ("pastry-cook", "retail-cashier"), ("csr-voice-telecom",)
POSTS = ("in-ar-caller", "in-technical-support", "ph-csr-telco", "ph-team-leader", "us-collections", "us-document-review")
ALL_POSTS = (*POSTS, "ph-accounts-payable", "ph-data-entry", "remote-trainer", "us-customer-service-voice", "us-loan-processor")
QUICK = "us-collections"
EACH_POST = [post if post == QUICK else pytest.param(post, marks=pytest.mark.slow) for post in ALL_POSTS]


def below(text: str, heading: str, added: str) -> str:
    return f"{text}\n\n{heading}\n{added}"


def on_top(text: str, heading: str, added: str) -> str:
    name, rest = text.split("\n", 1)
    return f"{name}\n\n{heading}\n{added}\n\n{rest}"


PASTED: dict[str, Callable[[str, str], str]] = {
    "at the end": lambda text, post: f"{text}\n\n{post}",
    "as one paragraph": lambda text, post: f"{text}\n\n{' '.join(post.split())}",
    "as skills": lambda text, post: below(text, "SKILLS", post),
    "about the role": lambda text, post: below(text, "About the role", post),
    "as additional information": lambda text, post: below(text, "ADDITIONAL INFORMATION", post),
    "as experience": lambda text, post: below(text, "EXPERIENCE", post),
    "on top": lambda text, post: on_top(text, "SUMMARY", post),
}


def asked_lines(role: Role, post: str) -> Iterator[str]:
    """The lines of a post that ask for something."""
    for leaf in leaves(role.requirements):
        if leaf.text:
            end = post.find("\n", leaf.end)
            yield post[post.rfind("\n", 0, leaf.start) + 1 : end if end >= 0 else len(post)].strip(" -*•")


@pytest.fixture(scope="module")
def texts(engine, root):
    found = {path.stem: engine.plain(path.read_bytes(), path.name) for path in (root / "samples" / "resumes").iterdir()}
    return found | {path.stem: path.read_text(encoding="utf-8") for path in (root / "samples" / "jobs").glob("*.txt")}


@pytest.fixture(scope="module")
def read_text(engine):
    def read_text(text: str) -> Profile:
        return engine.read_resume(text.encode(), "cv.txt", as_of=AS_OF)

    return read_text


@pytest.fixture(scope="module")
def keywords(taxonomy):
    def keywords(role: Role, count: int) -> list[str]:
        """Names of so many concepts, those of the branches that the role asks from first."""
        concepts = taxonomy.concepts
        wanted = {concepts[leaf.concept].branch for leaf in leaves(role.requirements) if leaf.concept in concepts}
        known = [concept for concept in concepts.values() if concept.type != "branch"]
        return [concept.label for concept in sorted(known, key=lambda concept: concept.branch not in wanted)][:count]

    return keywords


def codes(profile: Profile) -> set[str]:
    return {notice.code for notice in profile.warnings}


@pytest.mark.parametrize("way", PASTED)
@pytest.mark.parametrize("post", EACH_POST)
def test_a_pasted_post_earns_at_most_a_point_and_is_told(texts, read_text, scorer, sample_roles, way, post):
    role = sample_roles[f"{post}.txt"]
    for name in (*STRANGERS, *NEAR):
        honest, stuffed = read_text(texts[name]), read_text(PASTED[way](texts[name], texts[post]))
        before, after = scorer.fit(honest, role), scorer.fit(stuffed, role)
        assert after.score <= before.score + ONE_POINT, (name, before.score, after.score)
        assert scorer.band(after) <= scorer.band(before)
        assert "pasted-post" in codes(stuffed)
        assert "pasted-post" not in codes(honest)


@pytest.mark.parametrize("post", EACH_POST)
def test_a_post_s_requirements_as_a_summary_earn_at_most_a_point(texts, read_text, scorer, sample_roles, post):
    role = sample_roles[f"{post}.txt"]
    bullets = "\n".join(f"- {line}" for line in dict.fromkeys(asked_lines(role, texts[post])))
    for name in (*STRANGERS, *NEAR):
        before, after = (scorer.fit(read_text(t), role) for t in (texts[name], on_top(texts[name], "SUMMARY", bullets)))
        assert after.score <= before.score + ONE_POINT, (name, before.score, after.score)


@pytest.mark.parametrize("glue", [", ", "\n- "], ids=["one line", "one below the other"])
@pytest.mark.parametrize("post", EACH_POST)
def test_three_hundred_skills_earn_at_most_a_point(texts, read_text, scorer, sample_roles, keywords, post, glue):
    role = sample_roles[f"{post}.txt"]
    listed = glue.join(keywords(role, 300))
    for name in (*STRANGERS, *NEAR):
        honest, stuffed = read_text(texts[name]), read_text(below(texts[name], "SKILLS", f"- {listed}"))
        before, after = scorer.fit(honest, role), scorer.fit(stuffed, role)
        assert after.score <= before.score + ONE_POINT, (name, before.score, after.score)
        assert len(stuffed.claims) > 100


@pytest.mark.slow
@pytest.mark.parametrize("post", ALL_POSTS)
def test_no_stuffed_stranger_ranks_above_a_true_middling_fit(
    texts, read_text, scorer, sample_roles, sample_profiles, keywords, root, post
):
    expected = yaml.safe_load((root / "samples" / "expected.yaml").read_text(encoding="utf-8"))[f"{post}.txt"]
    role = sample_roles[f"{post}.txt"]
    true = [scorer.fit(sample_profiles[name], role).logit for name in (*expected["strong"], *expected.get("possible", ()))]
    lines = "\n".join(f"- {line}" for line in dict.fromkeys(asked_lines(role, texts[post])))
    ways = [*PASTED.values(), lambda text, _: on_top(text, "SUMMARY", lines)]
    ways.append(lambda text, _: below(text, "SKILLS", ", ".join(keywords(role, 300))))
    for name in set(STRANGERS) - {*expected["strong"], *expected.get("possible", ())}:
        for way in ways:
            assert scorer.fit(read_text(way(texts[name], texts[post])), role).logit < min(true), name


def test_what_a_dated_job_shows_is_worth_as_much_beside_a_flood(texts, read_text, taxonomy):
    text = texts["csr-voice-telecom"]
    flood = ", ".join(concept.label for concept in list(taxonomy.concepts.values())[:400])
    plain, stuffed = read_text(text), read_text(below(text, "SKILLS", flood))
    shown = {claim.concept for claim in plain.claims if claim.proof == "job"}
    assert {claim.concept for claim in stuffed.claims if claim.proof == "job"} >= shown
    assert {claim.proof for claim in stuffed.claims if claim.stance in CLAIMED and claim.concept not in shown} == {"bare"}


def test_an_honest_list_is_worth_something(texts, read_text, scorer, sample_roles):
    role, text = sample_roles["us-customer-service-voice.txt"], texts["csr-voice-manila"]
    listed = read_text(below(text, "TOOLS", "CRM, inbound calls, call logging, complaint handling"))
    assert scorer.fit(listed, role).logit > scorer.fit(read_text(text), role).logit


@pytest.mark.parametrize("name", ["csr-voice-telecom", "operations-manager", "ar-caller", "collections-specialist"])
def test_honest_resumes_are_told_nothing_of_posts(texts, read_text, name):
    assert codes(read_text(texts[name])).isdisjoint({"pasted-post", "keyword-stuffing"})
