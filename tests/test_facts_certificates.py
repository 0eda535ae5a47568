"""Certificates: names, numbers and dates of a block, and whose they are."""

from __future__ import annotations

import pytest
from facts_page import page_of

from matcher.reading.facts.certificates import CertificateReader, OwnedCertificates


@pytest.fixture(scope="module")
def reader(taxonomy):
    return CertificateReader(taxonomy.rules)


def told(reader, **parts):
    return [(f.value["name"], f.value["status"], f.value["expires"]) for f in reader.read(page_of(**parts))]


@pytest.mark.parametrize(
    ("lines", "name", "status", "expires"),
    [
        ("Lean Yellow Belt\nID Number: 0123456\nExpiration date: 05/2021", "Lean Yellow Belt", "held", "2021-05"),
        ("Lean Yellow Belt\nIssued by: Sample Academy, 2019", "Lean Yellow Belt", "held", None),
        ("ISO 9001:2015 Internal Auditor, 2019", "ISO 9001:2015 Internal Auditor", "held", None),
        ("Lean Yellow Belt\nCredential ID SAMPLE12", "Lean Yellow Belt", "held", None),
        ("Lean Yellow Belt, valid 2019 - 2021", "Lean Yellow Belt", "held", "2021-12"),
        ("Forklift operator, exp. 03/2020", "Forklift operator", "held", "2020-03"),
        ("Forklift operator (expires June 2027)", "Forklift operator", "held", "2027-06"),
        ("Forklift operator, not renewed", "Forklift operator", "expired", None),
        ("Registered Nurse - PRC License No. 0123456, valid until 12/2024", "Registered Nurse", "held", "2024-12"),
        ("Scrum Master, in progress (exam Dec 2026)", "Scrum Master", "in progress", None),
        ("Office Management : Sample Southern University 2010", "Office Management", "held", None),
        ("Sample Officer Candidate School", "Sample Officer Candidate School", "held", None),
        ("Customer Care (certificate awarded)", "Customer Care", "held", None),
        ("Six Disciplines of Breakthrough Learning", "Six Disciplines of Breakthrough Learning", "held", None),
    ],
)
def test_certificates_of_a_block(reader, lines, name, status, expires):
    assert told(reader, certifications=lines) == [(name, status, expires)]


@pytest.mark.parametrize(
    "line",
    [
        "ID Number: 0123456",
        "License No. 0123456, valid until 2024",
        "Expiration date: 05/2021",
        "Issued by Sample Academy",
        "Seminar on Customer Delight, 2019",
        "Webinar: Cloud Basics",
        "Certificate of Attendance - Leadership Summit",
        "Certificate of Participation, Sports Fest",
        "Licence & tests",
        "Willing to become certified in any field",
    ],
)
def test_certificates_lines_that_are_none(reader, line):
    assert told(reader, certifications=line) == []


def test_certificates_a_bullet_between_two_parts_them(reader):
    assert [name for name, _, _ in told(reader, education="Forklift Certified · Flagger Certified")] == [
        "Forklift Certified",
        "Flagger Certified",
    ]


def test_certificates_printed_twice_count_once(reader):
    block = "Food Handler\nFOOD HANDLER LICENSE\nFood Handler (Texas) license"
    assert [name for name, _, _ in told(reader, certifications=block)] == ["Food Handler"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Certifications: Forklift, Lean Yellow Belt (2020, Sample Academy)", ["Forklift", "Lean Yellow Belt"]),
        ("Licenses and certifications: Forklift", ["Forklift"]),
        ("Earned a Glider Pilot’s License in March 2011", ["Glider Pilot’s License"]),
        ("Earned the trust of the team and a certificate", []),
        ("Issued licenses: 40 a day", []),
        ("Earned a license", []),
    ],
)
def test_certificates_among_duties_need_a_label_or_to_be_earned(reader, text, names):
    assert [name for name, _, _ in told(reader, experience=text)] == names


@pytest.mark.parametrize(
    ("text", "name", "section", "owned"),
    [
        ("CPC, AAPC", "CPC", "skills", True),
        ("Member of AAPC", "AAPC", "affiliations", False),
        ("AHIMA", "AHIMA", "certifications", False),
        ("Sample Society of Certified Public Accountants", "Certified Public Accountants", "affiliations", False),
        ("Member of the Institute of Public Accountants", "Public Accountants", "skills", False),
        ("Ensured crews had CPR and a first aid kit", "CPR", "experience", False),
        ("Verified CPR certification of staff", "CPR", "experience", False),
        ("Kept license and CPR records", "CPR", "experience", False),
        ("Certified in CPR and first aid", "CPR", "experience", True),
        ("Earned the CPC while working", "CPC", "experience", True),
        ("CPR certified since 2010", "CPR", "experience", True),
        ("Certified Teacher. I would gladly be certified in another field", "Certified Teacher", "certifications", True),
        ("ITIL awareness (not certified)", "ITIL", "certifications", False),
        ("CDL licensed to move equipment", "CDL", "experience", True),
        ("Worked with AHIP and others", "AHIP", "experience", False),
    ],
)
def test_certificates_are_the_owners(taxonomy, text, name, section, owned):
    start = text.index(name)
    assert OwnedCertificates(taxonomy.rules).owned(text, (start, start + len(name)), section) is owned
