"""What a company's folder can change in the built-in taxonomy, and what a deprecated concept leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from matcher.matching import Engine
from matcher.records import leaves
from matcher.resources import data_path
from matcher.role_file import builtin_roles, load_role
from matcher.taxonomy import Taxonomy, check, compile_taxonomy, load, search
from matcher.taxonomy.source import _base

pytestmark = pytest.mark.slow  # each of them lays a folder over the whole taxonomy and proves it

Lay = Callable[..., Taxonomy]
BASE = load()
BELOW = frozenset(check(BASE))


def worse(laid: Taxonomy) -> list[str]:
    """The problems that the built-in taxonomy does not have by itself."""
    return [str(problem) for problem in check(laid) if problem not in BELOW]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """`lay("...concepts...", **{"roles/x.yaml": "..."})`: the built-in taxonomy with these files over it."""

    def lay(concepts: str = "", files: Mapping[str, str] | None = None) -> Taxonomy:
        given = {**({"concepts/house.toml": concepts} if concepts else {}), **(files or {})}
        for name, text in given.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path)

    return lay


def changed(id: str, *lines: str) -> str:
    return "\n".join(["[[concept]]", f'id = "{id}"', *lines, ""])


DESK = changed(
    "acme-desk",
    'label = "Acme Desk"',
    'type = "tool"',
    'separates = "high"',
    'broader = ["ticketing"]',
    'aliases = ["Acme ticketing"]',
)


# ---------------------------------------------------------------------------------------------------------------- concepts


def test_a_new_concept_stands_below_what_it_names(lay):
    desk = lay(DESK).concepts["acme-desk"]
    assert desk.branch == BASE.concepts["ticketing"].branch
    assert lay(DESK).is_a("acme-desk", "ticketing")


def test_a_renamed_concept_is_found_by_both_names(lay):
    laid = lay(changed("zendesk", 'label = "Blue desk"'))
    zendesk = laid.concepts["zendesk"]
    assert (zendesk.label, zendesk.aliases[-1]) == ("Blue desk", "Zendesk")
    assert {surface for surface, id in laid.plain_labels() if id == "zendesk"} >= {"Blue desk", "Zendesk"}
    assert search(laid, "Zendesk")[0].concept.id == search(laid, "blue desk")[0].concept.id == "zendesk"


def test_an_alias_becomes_the_label(lay):
    chat = lay(changed("chat-support", 'label = "Live chat"')).concepts["chat-support"]
    assert (chat.label, chat.aliases[-1]) == ("Live chat", BASE.concepts["chat-support"].label)
    assert "live chat" not in chat.aliases


def test_a_branch_is_renamed(lay):
    laid = lay(changed("tools-and-platforms", 'label = "Our tools"'))
    assert laid.concepts["tools-and-platforms"].label == "Our tools"
    assert worse(laid) == []


def test_an_alias_that_misleads_is_taken_away(lay):
    assert "live chat" in BASE.concepts["chat-support"].aliases
    chat = lay(changed("chat-support", 'without = ["Live Chat"]')).concepts["chat-support"]
    assert "live chat" not in chat.aliases
    assert set(BASE.concepts["chat-support"].aliases) - set(chat.aliases) == {"live chat"}


def test_a_guarded_form_that_is_taken_away_has_no_reading_for_its_concept(lay):
    laid = lay(changed("accounts-receivable", 'without = ["AR"]'))
    assert "AR" not in laid.concepts["accounts-receivable"].aliases
    assert "accounts-receivable" not in {reading.concept for reading in laid.forms["ar"].readings}
    assert "ar-follow-up" in {reading.concept for reading in laid.forms["ar"].readings}
    assert worse(laid) == []


def test_a_form_without_a_concept_is_guarded_no_more(lay):
    assert [reading.concept for reading in BASE.forms["escalations"].readings] == ["escalation-handling"]
    assert "escalations" not in lay(changed("escalation-handling", 'without = ["escalations"]')).forms


def test_an_alias_can_change_hands(lay):
    laid = lay(changed("zendesk", 'without = ["Zendesk"]', 'label = "Blue desk"') + DESK.replace("Acme ticketing", "Zendesk"))
    assert dict(laid.plain_labels())["Zendesk"] == "acme-desk"


def test_a_concept_is_weighed_anew(lay):
    assert BASE.concepts["zendesk"].separates != "low"
    assert lay(changed("zendesk", 'separates = "low"')).concepts["zendesk"].separates == "low"


def test_what_is_put_above_a_concept_is_no_more_beside_it(lay):
    one, other = next((c.id, c.related[0]) for c in BASE.concepts.values() if c.related and c.type != "branch")
    laid = lay(changed(one, f'broader = ["{other}"]'))
    assert laid.is_a(one, other)
    assert other not in laid.concepts[one].related
    assert one not in laid.concepts[other].related
    assert worse(laid) == []


def test_a_branch_of_ones_own_holds_concepts(lay):
    branch = '[branch]\nid = "acme-world"\ncode = "ACM"\nlabel = "Acme world"\n\n'
    laid = lay(branch + DESK.replace("ticketing", "acme-world", 1))
    assert laid.concepts["acme-world"].type == "branch"
    assert laid.concepts["acme-desk"].branch == "acme-world"
    assert worse(laid) == []


# ------------------------------------------------------------------------------------------------------------- deprecation

GONE = changed("zendesk", "deprecated = true", 'replaced_by = "freshdesk"')


def test_a_deprecated_concept_stays_and_is_matched_as_its_replacement(lay):
    laid = lay(GONE)
    old = laid.concepts["zendesk"]
    assert (old.deprecated, old.replaced_by, old.label) == (True, "freshdesk", "Zendesk")
    assert dict(laid.plain_labels())["Zendesk"] == "freshdesk"
    assert "zendesk" not in {id for _, id in laid.plain_labels()}
    assert laid.heir("zendesk") == laid.heir("freshdesk") == "freshdesk"
    assert worse(laid) == []


def test_a_deprecated_concept_without_replacement_is_not_matched(lay):
    laid = lay(changed("zendesk", "deprecated = true"))
    assert "Zendesk" not in dict(laid.plain_labels())
    assert laid.heir("zendesk") is None
    assert laid.heir("no-such-thing") is None
    assert worse(laid) == []


def test_replacements_may_follow_each_other(lay):
    laid = lay(GONE + changed("freshdesk", "deprecated = true", 'replaced_by = "intercom"'))
    assert laid.heir("zendesk") == "intercom"
    assert dict(laid.plain_labels())["Zendesk"] == "intercom"


def test_the_replacement_takes_the_place_in_tree_and_rules(lay):
    laid = lay(changed("inbound-calls", "deprecated = true", 'replaced_by = "voice-process"'))
    core = [id for row in laid.rules["families"]["family"] for id in row.get("core", ())]
    assert "inbound-calls" not in core
    assert "voice-process" in core
    assert "inbound-calls" not in laid.rules["channels"]["channels"]["voice"]
    assert "inbound-calls" not in {row["concept"] for row in laid.rules["patterns"]["pattern"]}
    for child in BASE.narrower("inbound-calls"):
        assert laid.is_a(child, "voice-process")
    assert not any("inbound-calls" in (*c.broader, *c.related) for c in laid.concepts.values())


def test_without_replacement_what_stood_below_moves_up(lay):
    laid = lay(changed("technical-support", "deprecated = true"))
    above = BASE.concepts["technical-support"].broader
    assert BASE.narrower("technical-support")
    for child in BASE.narrower("technical-support"):
        assert set(above) <= laid.ancestors(child)
        assert "technical-support" not in laid.ancestors(child)


def test_a_floor_in_a_deprecated_concept_is_one_in_its_replacement(lay):
    floor = "{kind: experience, need: required, min_months: 12, concepts: [zendesk, payroll-processing]}"
    file = f"title: Agent\nrequirements: {floor}".encode()
    for laid, concepts in (
        (lay(GONE), ("freshdesk", "payroll-processing")),
        (lay(changed("zendesk", "deprecated = true")), ("payroll-processing",)),
    ):
        role = load_role(file, "role.yaml", laid)
        assert [leaf.concepts for leaf in leaves(role.requirements)] == [concepts]
        assert [notice.code for notice in role.warnings] == ["deprecated-concept"]


def test_guarded_forms_are_read_as_the_replacement_or_as_nothing(lay):
    laid = lay(changed("escalation-handling", "deprecated = true", 'replaced_by = "complaint-handling"'))
    assert [reading.concept for reading in laid.forms["escalations"].readings] == ["complaint-handling"]
    assert "escalations" in laid.concepts["complaint-handling"].aliases
    silent = lay(changed("escalation-handling", "deprecated = true"))
    assert [(reading.concept, reading.sense) for reading in silent.forms["escalations"].readings] == [
        (None, BASE.concepts["escalation-handling"].label)
    ]
    assert worse(silent) == []


def test_a_form_of_two_concepts_goes_over_with_its_reading(lay):
    laid = lay(changed("accounts-receivable", "deprecated = true", 'replaced_by = "credit-control"'))
    assert {"credit-control", "ar-follow-up"} <= {reading.concept for reading in laid.forms["ar"].readings}
    assert "AR" in laid.concepts["credit-control"].aliases
    assert worse(laid) == []


def test_what_is_laid_over_changes_nothing_below(lay):
    before = json.dumps(_base(data_path("taxonomy")))
    files = {
        "families.toml": '[[family]]\nid = "collections"\ntitles = ["...", "x y"]\n',
        "roles/collections.yaml": "weights: {negotiation: 3}\n",
    }
    lay(GONE + changed("inbound-calls", "deprecated = true", 'related = ["sap"]', 'without = ["answered phones"]'), files)
    assert json.dumps(_base(data_path("taxonomy"))) == before


def test_a_concept_is_taken_back_into_use(lay, tmp_path, monkeypatch):
    rows = [
        {**row, "deprecated": True, "replaced_by": "freshdesk"} if row["id"] == "zendesk" else row for row in raw()["concepts"]
    ]
    monkeypatch.setattr("matcher.taxonomy.source._base", lambda folder: {**raw(), "concepts": rows})
    back = lay(changed("zendesk", "deprecated = false")).concepts["zendesk"]
    assert (back.deprecated, back.replaced_by) == (False, "")


def raw():
    return compile_taxonomy(Path(__file__).resolve().parent.parent / "taxonomy")


# ------------------------------------------------------------------------------------------------------------------- roles


def test_a_role_that_asks_for_a_deprecated_concept_asks_for_its_replacement_and_says_so(lay):
    roles = {
        role.source: role
        for role in builtin_roles(lay(changed("three-way-matching", "deprecated = true", 'replaced_by = "general-ledger"')))
    }
    payable = roles["accounts-payable-receivable"]
    asked = {leaf.concept for leaf in leaves(payable.requirements)}
    assert "three-way-matching" not in asked
    assert "general-ledger" in asked
    (note,) = payable.warnings
    assert note.code == "deprecated-concept"
    assert note.message.endswith("(three-way-matching) is deprecated: read as “General ledger” (general-ledger)")
    assert roles["collections"].warnings == ()


def test_a_role_file_given_as_a_job_is_renewed_too(lay):
    text = b"title: x\nrequirements: {any: [{kind: skill, need: required, concept: zendesk}]}"
    role = load_role(text, "job.yaml", lay(GONE))
    assert [leaf.concept for leaf in leaves(role.requirements)] == ["freshdesk"]
    assert [note.code for note in role.warnings] == ["deprecated-concept"]
    gone = load_role(text, "job.yaml", lay(changed("zendesk", "deprecated = true")))
    assert list(leaves(gone.requirements)) == []


def test_a_role_does_not_ask_for_what_nothing_replaces(lay):
    before = {role.source: role for role in builtin_roles(BASE)}["accounts-payable-receivable"]
    laid = lay(changed("microsoft-excel", "deprecated = true"))
    after = {role.source: role for role in builtin_roles(laid)}["accounts-payable-receivable"]
    assert len(list(leaves(after.requirements))) == len(list(leaves(before.requirements))) - 1
    assert "nothing replaces it" in after.warnings[0].message


ROLE = """id: acme-agent
title: Acme desk agent
families: [technical-support]
level: 1
channels: [chat]
lines_of_business: []
requirements:
  all:
    - {kind: skill, need: required, concept: acme-desk}
    - {kind: skill, need: preferred, concept: chat-support, weight: 2}
next_roles: [team-leader]
"""


def test_a_role_of_ones_own_stands_beside_the_built_in_ones(lay):
    laid = lay(DESK, {"roles/acme-agent.yaml": ROLE})
    assert set(laid.roles) == {*BASE.roles, "acme-agent"}
    (own,) = (role for role in builtin_roles(laid) if role.source == "acme-agent")
    assert [(leaf.concept, leaf.weight) for leaf in leaves(own.requirements)] == [("acme-desk", 1.0), ("chat-support", 2.0)]


def test_a_known_role_changes_only_what_is_given(lay):
    laid = lay(files={"roles/collections.yaml": "title: Debt desk\nweights: {negotiation: 3, skip-tracing: 0}\n"})
    before, after = ({role.source: role for role in builtin_roles(t)}["collections"] for t in (BASE, laid))
    assert (after.title, after.families, after.level) == ("Debt desk", before.families, before.level)
    weights = {leaf.concept: leaf.weight for leaf in leaves(after.requirements)}
    assert (weights["negotiation"], weights["skip-tracing"]) == (3.0, 0.0)
    same = [leaf for leaf in leaves(after.requirements) if leaf.concept not in ("negotiation", "skip-tracing")]
    assert same == [leaf for leaf in leaves(before.requirements) if leaf.concept not in ("negotiation", "skip-tracing")]


def test_a_role_is_switched_off(lay):
    laid = lay(files={"roles/team-leader.yaml": "in_use: false\n"})
    assert set(BASE.roles) - set(laid.roles) == {"team-leader"}
    assert not any("team-leader" in role.get("next_roles", ()) for role in laid.roles.values())


@pytest.mark.parametrize(("flag", "there"), [("true", True), ("false", False)])
def test_a_role_of_ones_own_is_switched_on_and_off(lay, flag, there):
    laid = lay(DESK, {"roles/acme-agent.yaml": f"in_use: {flag}\n{ROLE}"})
    assert ("acme-agent" in laid.roles) == there
    assert len(builtin_roles(laid)) == len(BASE.roles) + there


# ------------------------------------------------------------------------------------------------------------------- rules


def test_tables_are_merged_by_key_and_lists_replaced(lay):
    laid = lay(files={"headings.toml": '[resume.exact]\nsummary = ["who I am"]\n'})
    assert laid.rules["headings"]["resume"]["exact"]["summary"] == ["who I am"]
    assert laid.rules["headings"]["job"] == BASE.rules["headings"]["job"]


def test_a_list_that_begins_with_dots_keeps_what_was_there(lay):
    before = BASE.rules["headings"]["resume"]["exact"]["summary"]
    laid = lay(files={"headings.toml": f'[resume.exact]\nsummary = ["...", "who I am", "{before[0]}"]\n'})
    assert laid.rules["headings"]["resume"]["exact"]["summary"] == [*before, "who I am"]


def test_rows_with_a_known_id_are_changed_and_others_come_first(lay):
    laid = lay(
        files={
            "families.toml": '[[family]]\nid = "collections"\ntitles = ["...", "blue line collector"]\n'
            '[[family]]\nid = "acme-care"\nlabel = "Acme care"\ntitles = ["acme helper"]\n',
            "cues.toml": '[[cue]]\nkind = "resume"\nstance = "learning"\ndirection = "forward"\n'
            'reach = "3 words"\ntexts = ["shadowing"]\n',
        }
    )
    before, after = ({row["id"]: row for row in t.rules["families"]["family"]} for t in (BASE, laid))
    assert next(iter(after)) == "acme-care"
    assert after["collections"]["titles"] == [*before["collections"]["titles"], "blue line collector"]
    assert after["collections"]["core"] == before["collections"]["core"]
    assert laid.rules["cues"]["cue"][0]["texts"] == ["shadowing"]
    assert laid.rules["cues"]["cue"][1:] == BASE.rules["cues"]["cue"]


# ------------------------------------------------------------------------------------------------------------------ reading

RESUME = """Invented Person

EXPERIENCE
Support Agent, Example Outsourcing
January 2022 - March 2024
- Logged every ticket in Zendesk and answered the blue line
- Handled 60 calls per shift
"""


def test_documents_are_read_with_what_was_laid_over(lay, tmp_path):
    lay(
        GONE
        + changed("inbound-calls", "deprecated = true", 'replaced_by = "voice-process"', 'aliases = ["answered the blue line"]')
    )
    profile = Engine(tmp_path).read_resume(RESUME.encode(), "resume.txt", as_of="2026-11-01")
    found = {claim.concept: [e.text for e in claim.evidence] for claim in profile.claims}
    assert found["freshdesk"] == ["Zendesk"]
    assert "answered the blue line" in found["voice-process"]
    assert not found.keys() & {"zendesk", "inbound-calls"}
