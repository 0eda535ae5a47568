"""What the words of a resume claim: sentences in which a concept must be found, and their like in which it must not."""

from __future__ import annotations

import pytest

from matcher.reading.groups import SKILLS

FOUND = [
    ("Scheduling of shifts for 40 agents.", "scheduling"),
    ("Scheduled 25 hourly associates.", "scheduling"),
    ("Managed the work schedules of assigned staff.", "scheduling"),
    ("Superior computer skills and a calm voice.", "computer-literacy"),
    ("Set the strategy of the department.", "strategic-planning"),
    ("Planned and controlled the day-to-day operations of the branch.", "operations-management"),
    ("Resolved customer problems over the phone.", "issue-resolution"),
    ("Resolved problems on the spot.", "problem-solving"),
    ("Must pass a drug screen.", "background-check-clearance"),
    ("Able to prioritize tasks.", "time-management"),
    ("Held monthly staff meetings.", "huddles-and-briefings"),
    ("Supervised and led the procurement group.", "team-leadership"),
    ("Managed a team of twelve agents.", "span-of-control"),
    ("Supervised student workers.", "people-management"),
    ("Provided technical training to groups of customers.", "facilitation"),
    ("Created a detailed syllabus.", "instructional-design"),
    ("Trained all incoming sales associates.", "new-hire-training"),
    ("Conducted new hire orientation.", "employee-onboarding"),
    ("Contacted customers to follow up on repairs.", "callback-management"),
    ("Results-oriented accountant.", "results-orientation"),
    ("Staff Accountant", "general-accounting-work"),
    ("Ensured compliance with state law.", "regulatory-compliance"),
    ("Prepared and managed the annual budget.", "budget-management"),
    ("Screened incoming calls and directed callers.", "switchboard-operation"),
    ("Analyzed market trends for the sales head.", "market-research"),
    ("Repaired computer hardware of students.", "hardware-troubleshooting"),
    ("Teamwork, collaboration and patience.", "teamwork"),
    ("CPA with six years in audit.", "cpa"),
    ("Excellent communication and a sense of humor.", "verbal-communication"),
]
NOT_FOUND = [
    ("Excel, filing, scheduling, sales, phones", "scheduling"),
    ("Answered letters and did the scheduling of interviews.", "scheduling"),
    ("COMPUTER SKILLS: Novell, Lotus", "computer-literacy"),
    ("Prepared an exit strategy for borrowers.", "strategic-planning"),
    ("Supported the head of the branch with daily operational tasks.", "operations-management"),
    ("Investigated and resolved discrepancies in ledgers.", "issue-resolution"),
    ("Resolved system problems of the mainframe.", "issue-resolution"),
    ("Prioritized features with the engineers.", "time-management"),
    ("Attended staff meetings.", "huddles-and-briefings"),
    ("Managed engineering projects.", "people-management"),
    ("New hire orientation", "new-hire-training"),
    ("Results-oriented accountant.", "self-motivation"),
    ("Staff Accountant", "record-to-report"),
    ("Ensured compliance with state law.", "compliance-monitoring"),
    ("Escorted residents to medical appointments.", "patient-scheduling"),
    ("Kept market trends in mind.", "market-research"),
    ("Ordered computer hardware.", "hardware-troubleshooting"),
    ("Worked in collaboration with the press.", "teamwork"),
    ("Prepared files for the CPA.", "cpa"),
    ("State Society of Certified Public Accountants", "cpa"),
    ("Took payment, gave change and recorded sales.", "change-management-itsm"),
    ("Handled cultural exchange visits.", "returns-and-refunds"),
    ("Wrote accurate and reliable financial statements.", "integrity-and-professionalism"),
    ("Point of contact for outside vendors at the gate.", "vendor-management"),
    ("Reported complaints to the case manager of the patient.", "case-and-care-management"),
    ("Provided support to other Account Managers.", "account-management"),
    ("Paid the rent and the utility bills.", "utilities-and-energy-support"),
    ("Answered patients' call lights.", "patient-support"),
    ("Taught English as a Second Language.", "english"),
    ("Kept attendance records of employees.", "attendance-and-reliability"),
]


@pytest.fixture(scope="module")
def concepts(nlp):
    def read(text):
        doc = nlp.make_doc(text)
        doc.user_data["bpo_kind"] = "resume"
        doc = nlp(doc)
        return {span.kb_id_ for span in doc.spans[SKILLS]}

    return read


@pytest.mark.parametrize(("text", "concept"), FOUND)
def test_found(concepts, text, concept):
    assert concept in concepts(text)


@pytest.mark.parametrize(("text", "concept"), NOT_FOUND)
def test_not_found(concepts, text, concept):
    assert concept not in concepts(text)


def test_a_field_of_study_is_no_skill_but_a_certificate_counts(nlp):
    doc = nlp.make_doc("Anna Sample\n\nEDUCATION\nBachelor of Science, Operations Management\nState College\nITIL Foundation\n")
    doc.user_data["bpo_kind"] = "resume"
    group = nlp(doc).spans[SKILLS]
    stances = dict(zip((span.kb_id_ for span in group), group.attrs["stance"], strict=True))
    assert stances["operations-management"] == "context"
    assert stances["itil-foundation"] == "held"


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("budget-management", "p-and-l-management"),
        ("cash-flow-management", "treasury-operations"),
        ("shipping-and-receiving", "inventory-and-logistics-support"),
        ("office-equipment-operation", "administrative-support"),
        ("operational-efficiency", "kaizen"),
        ("customer-invoicing", "accounts-receivable"),
        ("pharmacy-technician-work", "pharmacy-benefits-support"),
        ("data-governance", "master-data-management"),
        ("data-extraction", "data-analysis"),
    ],
)
def test_what_does_not_satisfy_its_neighbour(child, parent):
    from matcher.taxonomy import load

    assert not load().is_a(child, parent)
