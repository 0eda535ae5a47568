"""What a must tells apart: finer concepts stand side by side, and neither the lump above nor a sibling meets a must for one."""

from __future__ import annotations

from itertools import permutations

import pytest

from matcher.taxonomy import load

SIDE_BY_SIDE = [
    ("comptia-a-plus", "comptia-network-plus", "comptia-security-plus"),
    ("pmp", "prince2", "capm"),
    ("cpa", "chartered-accountant", "acca", "ca-inter", "cma", "cpa-candidate"),
    ("coc", "cic", "crc", "cpma"),
    ("cpc", "cpc-a"),
    ("internship", "nesting"),
    ("mandarin", "cantonese"),
    ("tagalog", "cebuano", "ilocano"),
    ("hindi", "tamil", "telugu", "bengali", "kannada", "malayalam", "marathi", "gujarati", "punjabi", "urdu"),
    ("nclex-passer", "us-rn-licence"),
    ("icd-9", "icd-10"),
    ("hcpcs", "cpt-codes"),
    ("keystrokes-per-hour", "words-per-minute"),
    ("cms-1500", "ub-04", "claims-adjudication"),
    ("applied-epic", "guidewire"),
    ("kustomer", "intercom"),
    ("mailroom-operations", "claims-indexing"),
]
LUMPS = [
    ("comptia-certifications", SIDE_BY_SIDE[0]),
    ("project-management-certifications", SIDE_BY_SIDE[1]),
    ("accounting-certifications", ("cpa", "chartered-accountant", "acca", "ca-inter", "cma")),
    ("aapc-specialty-credentials", SIDE_BY_SIDE[3]),
    ("chinese", SIDE_BY_SIDE[6]),
    ("tagalog-and-filipino", SIDE_BY_SIDE[7]),
    ("hindi-and-indian-languages", SIDE_BY_SIDE[8]),
    ("us-nursing-licence", ("us-rn-licence",)),
    ("health-claim-forms", ("cms-1500", "ub-04")),
    ("cisco-ccna", ("cisco-ccnp",)),  # the professional's certificate holds the associate's, not the other way round
]
RESUME = """Invented Person

Experience
Support Technician, Alpha Desk, 01/2020 - 10/2026
Closed tickets by phone and e-mail.

Certifications
{certifications}

Languages
{languages}
"""
POST = """Support Technician

Requirements
{requirement}
"""
MUSTS = [
    ("CompTIA A+ certification is required.", "CompTIA A+", True),
    ("CompTIA A+ certification is required.", "CompTIA Security+", False),
    ("CompTIA A+ certification is required.", "CompTIA", False),
    ("PMP certification is required.", "PMP", True),
    ("PMP certification is required.", "CAPM", False),
    ("PMP certification is required.", "PRINCE2 Practitioner", False),
    ("CPC certification is required.", "Certified Professional Coder (CPC)", True),
    ("CPC certification is required.", "CPC-A", False),
    ("CCNP certification is required.", "CCNA", False),
    ("CPA license is required.", "Certified Public Accountant (CPA)", True),
    ("CPA license is required.", "ACCA", False),
]
TONGUES = [("Tamil", "Tamil", True), ("Tamil", "Hindi", False), ("Mandarin", "Cantonese", False), ("Cebuano", "Tagalog", False)]


@pytest.mark.parametrize("members", SIDE_BY_SIDE, ids=lambda members: members[0])
def test_none_of_them_satisfies_another(members):
    taxonomy = load()
    for one, other in permutations(members, 2):
        assert {one, other} <= taxonomy.concepts.keys()
        assert not taxonomy.is_a(one, other)


@pytest.mark.parametrize(("lump", "members"), LUMPS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_lump_stands_above_and_never_satisfies_one_of_them(lump, members):
    taxonomy = load()
    for member in members:
        assert taxonomy.is_a(member, lump)
        assert not taxonomy.is_a(lump, member)


def lacking(engine, scorer, requirement, certifications="none", languages="English"):
    """The musts that are not shown: a certificate counts as unmet, a second language as unknown until asked."""
    resume = RESUME.format(certifications=certifications, languages=languages)
    profile = engine.read_resume(resume.encode(), "resume.txt", as_of="2026-11-01")
    (role,) = engine.read_roles(POST.format(requirement=requirement).encode(), "post.txt")
    fit = scorer.fit(profile, role)
    return (*fit.unmet, *fit.unknown)


@pytest.mark.parametrize(("requirement", "held", "met"), MUSTS)
def test_a_must_for_a_certificate_is_met_by_that_certificate_only(engine, scorer, requirement, held, met):
    assert bool(lacking(engine, scorer, requirement, certifications=held)) is not met


@pytest.mark.parametrize(("asked", "spoken", "met"), TONGUES)
def test_a_must_for_a_language_is_met_by_that_language_only(engine, scorer, asked, spoken, met):
    found = lacking(engine, scorer, f"{asked} speaking is required.", languages=f"English, {spoken}")
    assert bool(found) is not met


def test_employment_gaps_are_no_form_of_anything():
    forms = {form.casefold() for concept in load().concepts.values() for form in concept.surfaces()}
    assert not any("employment gap" in form or "gap in employment" in form for form in forms)
