"""The built-in role profiles as a whole: every family has seats, titles lead to them, and every ladder leads up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from matcher.reading.titles import TitleReader
from matcher.taxonomy import load

TAXONOMY = load()
ROLES: Mapping[str, Mapping[str, Any]] = TAXONOMY.roles
READER = TitleReader(TAXONOMY.rules)
TITLES = [(name, title) for name, role in sorted(ROLES.items()) for title in (role["title"], *role.get("titles", ()))]
TITLE_LEVELS = 1
"""How far the level of a bare title may lie from its profile's: employers name the same step differently."""
TOP_ROLES = {"site-director", "hr-manager"}

FAMILIES_OF_THE_TRADE = [
    ("customer-service-voice",),
    ("customer-service-nonvoice",),
    ("sales-telemarketing",),
    ("collections",),
    ("technical-support",),
    ("back-office",),
    ("hr-operations", "recruitment"),
    ("quality",),
    ("training",),
    ("workforce",),
    ("team-leadership", "operations-management"),
    ("healthcare-rcm",),
    ("medical-coding",),
    ("clinical",),
    ("insurance",),
    ("mortgage-lending",),
    ("finance-accounting",),
    ("banking-kyc-fraud",),
    ("legal",),
    ("kpo-analytics",),
    ("trust-safety",),
    ("ecommerce-travel",),
    ("client-services",),
]
"""The 23 families of work that the trade hires for, each with its families of `families.toml`."""

SEATS = [
    ("AR caller", "medical-billing-ar"),
    ("Medical biller", "medical-biller"),
    ("Payment poster", "payment-poster"),
    ("Medical coder", "medical-coder"),
    ("Claims processor", "insurance-claims"),
    ("Loan processor", "mortgage-loan-processing"),
    ("Mortgage processor", "mortgage-loan-processing"),
    ("Real-time analyst", "real-time-analyst"),
    ("Content moderator", "content-moderator"),
    ("Chat agent", "chat-email-support"),
    ("Collector", "collections"),
    ("Paralegal", "paralegal"),
    ("Legal transcriptionist", "legal-transcriptionist"),
    ("Customer service representative", "customer-service-representative"),
    ("Technical support specialist", "technical-support"),
    ("HR generalist", "hr-generalist"),
    ("HR manager", "hr-manager"),
    ("Human resources manager", "hr-manager"),
    ("Payroll specialist", "payroll-specialist"),
    ("Billing specialist", "billing-specialist"),
    ("Data entry clerk", "data-entry"),
    ("Administrative assistant", "administrative-assistant"),
    ("Quality assurance specialist", "quality-analyst"),
    ("Process trainer", "trainer"),
    ("Team leader", "team-leader"),
    ("Operations manager", "operations-manager"),
    ("IT service manager", "it-service-manager"),
    ("Cybersecurity analyst", "security-analyst"),
    ("Data analyst", "data-analyst"),
    ("Service delivery manager", "service-delivery-manager"),
    ("Accountant", "accountant"),
    ("Project manager", "project-manager"),
    ("Management consultant", "management-consultant"),
]
"""What people are hired as and where careers lead, by its own name."""


def test_every_family_of_the_trade_has_a_profile_of_its_own():
    main = {role["families"][0] for role in ROLES.values()}
    assert [names for names in FAMILIES_OF_THE_TRADE if not main & set(names)] == []


@pytest.mark.parametrize(("title", "name"), SEATS)
def test_every_seat_is_found_by_its_title(title, name):
    assert [own for own, known in TITLES if known.casefold() == title.casefold()] == [name]


def test_no_title_names_two_profiles():
    seen: dict[str, str] = {}
    for name, title in TITLES:
        assert seen.setdefault(title.casefold(), name) == name, title
    assert len(seen) == len(TITLES), "a profile names a title twice"


@pytest.mark.parametrize("name", sorted(ROLES))
def test_titles_are_read_as_the_work_of_their_profile(name):
    role = ROLES[name]
    read = {title: READER.read(title) for own, title in TITLES if own == name}
    assert {title: sense.family for title, sense in read.items() if sense.family not in role["families"]} == {}
    levels = {title: sense.level for title, sense in read.items()}
    assert {title: n for title, n in levels.items() if n is None or abs(n - role["level"]) > TITLE_LEVELS} == {}


@pytest.mark.parametrize("name", sorted(ROLES))
def test_ladders_climb_without_a_circle_to_a_top_role(name):
    def climb(at: str, path: tuple[str, ...]) -> None:
        assert at not in path, " > ".join((*path, at))
        steps = ROLES[at].get("next_roles", ())
        assert steps or at in TOP_ROLES, at
        for step in steps:
            assert ROLES[step]["level"] >= ROLES[at]["level"], (at, step)
            climb(step, (*path, at))

    climb(name, ())


def test_no_agent_seat_bars_freshers_by_months():
    barred = [
        (name, leaf)
        for name, role in ROLES.items()
        for leaf in role["requirements"]["all"]
        if leaf.get("kind") == "experience" and leaf["need"] == "required"
    ]
    assert barred == []


def test_weights_stay_within_what_a_person_can_judge():
    for name, role in ROLES.items():
        for item in role["requirements"]["all"]:
            for leaf in item.get("any", [item]):
                assert 0.25 <= leaf.get("weight", 1.0) <= 2, (name, leaf)
