"""Forms that mean several things, read by the whole pipeline; the sentences are invented."""

from __future__ import annotations

import time

import pytest

# sentence | concepts that must be found | concepts that must not; both separated by blanks
TRAPS = """
I want to excel in every task. | | microsoft-excel
Ability to excel under pressure. | | microsoft-excel
Excel in a fast-paced environment. | | microsoft-excel
Staff who excel at sales. | | microsoft-excel
Built pivot tables in excel. | microsoft-excel |
Reports in Word, Excel and PowerPoint. | microsoft-word microsoft-excel microsoft-powerpoint |
Kept spreadsheets in Excel up to date. | microsoft-excel |
Most sales came through word of mouth. | | microsoft-word
Spread the word about the offer. | | microsoft-word
Letters in Word and spreadsheets in Excel. | microsoft-word microsoft-excel |
Controlled access to the building. | | microsoft-access
Granted access rights on each level. | | microsoft-access
Managed patient access at a clinic. | | microsoft-access
Word, Excel, Access and Outlook. | microsoft-access microsoft-outlook |
A positive outlook on life. | | microsoft-outlook
The economic Outlook was poor. | | microsoft-outlook
Worked with teams across three sites. | | microsoft-teams
Teams of five agents each. | | microsoft-teams
Slack, Zoom and MS Teams for meetings. | slack zoom microsoft-teams |
Picked up the slack when colleagues were away. | | slack
Zoom lens photography at weddings. | | zoom
ZoomText for readers with low vision. | | zoom
Go-to person for new hires at go-live. | subject-matter-expertise |
Handled all aspects of customer service. | customer-service | aspect
Aspect and Avaya dialers. | aspect avaya |
Friendly, nice and patient. | | nice-cxone
A nice team and nice clients. | | nice-cxone
NICE IEX for schedules. | nice-iex |
Genesys, Five 9, Verient and Callabrio. | genesys five9 verint calabrio |
Five9, Verint, Calabrio and Avaya. | five9 verint calabrio avaya |
AR follow-up on denied claims with payers. | ar-follow-up | accounts-receivable
Worked AR for hospitals: denials, EOBs, payer calls. | ar-follow-up | accounts-receivable
Posted AR and AP entries to the general ledger. | accounts-receivable accounts-payable | ar-follow-up
Prepared the AR ageing of unpaid invoices. | accounts-receivable | ar-follow-up
Store Clerk, Fayetteville, AR 72701 | | accounts-receivable ar-follow-up
Branch in Little Rock, AR | | accounts-receivable ar-follow-up
Augmented reality: AR games in Unity. | | accounts-receivable ar-follow-up
Scored calls of agents, QA calibration every week. | calibration |
QA test cases in Selenium before UAT. | user-acceptance-testing | quality-monitoring
QA of each lot and batch in the plant. | | quality-monitoring quality-assurance
TL for a team of 15 agents, coaching daily. | team-leadership agent-coaching |
LTL and TL freight for carriers. | | team-leadership
Approved TL and home loan files at the bank branch. | | team-leadership
Served as SME for new hires. | subject-matter-expertise |
Lending to SMEs and other businesses. | | subject-matter-expertise
Loans for SME clients of the bank. | | subject-matter-expertise
CCA from AHIMA, medical coder. | cca |
CCA for Citrix XenApp. | | cca
CPC from AAPC; ICD-10-CM coder. | cpc icd-10 |
Lowered CPC and CPM in Google Ads. | | cpc
CPC tests with the FAA as air traffic controller. | | cpc
CPT and ICD-10 for outpatient visits. | cpt-codes icd-10 |
CPT from NASM, fitness and strength. | | cpt-codes
CRC and CIC credentials for coders with AAPC. | crc cic |
Screening for CRC and breast cancer. | | crc
COC issued to policyholders. | | coc
CCS by AHIMA for inpatient coding. | ccs |
TSR: modem and router troubleshooting for DSL customers. | technical-support | tcpa
TSR in outbound telesales with cold calls. | | technical-support tcpa
Monitored calls for TCPA and TSR compliance. | tcpa | technical-support
PTP kept by 80% of debtors in collections. | promise-to-pay | procure-to-pay
PTP: purchase orders and vendor invoices. | procure-to-pay | promise-to-pay
GDS: Amadeus and Sabre. | global-distribution-system amadeus sabre |
Joined the GDS of a large consulting firm. | | global-distribution-system
PA requests to payers for imaging. | prior-authorization |
PA and lighting for concerts. | | prior-authorization
Assisted the PA and the surgeon in theatre. | | prior-authorization
PMS of a hotel: Opera. | | performance-management
Shifts from 6 AM to 3 PM. | | project-management account-management
MT and dictation of patient notes. | medical-transcription |
MT rotation in three departments. | | medical-transcription
Reset passwords in AD and Exchange. | active-directory |
Placed an AD campaign in the paper. | | active-directory
MIS reports for operations in Excel. | mis-reporting |
BS in MIS, State University. | | mis-reporting
Invoices in SAP and Oracle ERP. | sap oracle-erp |
Worked for Oracle as a receptionist. | | oracle-erp
Charts in Epic and Cerner for patients. | epic-ehr cerner |
An epic journey with friends. | | epic-ehr
Remedy and ServiceNow for tickets. | bmc-remedy servicenow |
Found a remedy for every complaint. | | bmc-remedy
Intercom and Zendesk chat. | intercom zendesk |
Answered the door intercom. | | intercom
FCR of 85% and AHT on target. | first-contact-resolution average-handle-time |
FCR ledger of the railcar company. | | first-contact-resolution
Lead generation by cold calls. | lead-generation cold-calling | team-leadership
Lead a team of 20 agents. | team-leadership | lead-generation
Voice process for a UK bank. | voice-process | non-voice-process
Non-voice process for a UK bank. | non-voice-process | voice-process
Small chat with neighbours. | | chat-support
Chat support for shoppers. | chat-support |
Claims to have the best pizza in town. | | insurance-claims-processing claims-adjudication
Adjudicated insurance claims. | insurance-claims-processing |
Graveyard shift for a US account. | night-shift |
Visited the graveyard of the village. | | night-shift
Versant score of 62 in English. | versant-score |
Ran the Xerox Versant press. | | versant-score
HIPPA rules in a clinic. | hipaa |
HIPAA training every year. | hipaa |
Call center, inbound and outbound calls. | inbound-calls outbound-calls |
Unloaded inbound freight at the dock. | | inbound-calls
Filed outbound shipments. | | outbound-calls
C-SAT of 92%. | customer-satisfaction-score |
Back office and backoffice work. | back-office-processing |
E-mail support. | email-support |
Bi-lingual desk. | bilingual-support |
Trouble shooting of routers. | troubleshooting |
Ageing report of receivables. | accounts-receivable |
Sales Force CRM. | salesforce |
Quick Books. | quickbooks |
AS/400 screens. | as-400 |
Six-Sigma projects. | six-sigma |
Zen Desk tickets. | zendesk |
Called the payer for prior approval of surgery. | prior-authorization |
Changes to drawings need my prior approval. | | prior-authorization
Ran the authorization process for returned goods. | | prior-authorization
Process credit cards at the till. | payment-processing-by-phone |
Process credit card expenses and travel costs. | | payment-processing-by-phone
Indexed claims that came by the fax queue. | claims-indexing |
Managing the fax queue and the letters. | mail-and-fax-handling | claims-indexing
Letters in Open Office and Excel. | openoffice |
Open office equipment and keep it clean. | | openoffice
Ability to adjust to change. | adaptability |
Depth perception and ability to adjust focus. | | adaptability
Provided relocation assistance to families. | | willing-to-relocate
Willing to move with relocation assistance. | willing-to-relocate |
Took cash and could make change. | cash-handling |
Helped make changes necessary for growth. | | cash-handling
The unit team focuses on invoices. | | teamwork
Made sure that the process flows smoothly. | | process-mapping
Taught login and other start-up skills. | | upskilling-and-refresher-training
Signed off the post-job review. | | recruitment
Junior Recruit Officer Training Corps. | | recruitment
Wrote business-case documentation. | | call-documentation
Kept case documentation of each caller. | call-documentation |
Built a form in Oracle Application Express. | | oracle-erp
Directed staffing, training, and performance evaluations. | performance-management | training-evaluation
Papers on high energy density physics. | | self-motivation
Ran the ETL lab. | | data-warehousing
A+, N+ and CCNA. | comptia-a-plus comptia-network-plus |
Reports to the N+1. | | comptia-network-plus
Ensured print integrity of each poster. | | integrity-and-professionalism
Gathered papers of new customers at onboarding for KYC. | know-your-customer | employee-onboarding
Moderator of a talk on AM radio for the community. | | content-moderation
Supervision of children at camp. | | people-management
Contractual and promotional terms of purchase. | | part-time-or-contract
Articulate with written and spoken word, Excel. | microsoft-excel | microsoft-word
Trained appraisers and did the appraisal of buildings. | | performance-management
Wrote the yearly appraisal of each employee. | performance-management |
Cash handling, call center, sales. | cash-handling | inbound-calls
Office equipment: personal computer or laptop, copier, scanner. | | home-internet-and-equipment
Needs a personal computer or laptop at home. | home-internet-and-equipment |
Member services for a health plan. | patient-support |
Member services of an auto club. | customer-service | patient-support
Held loans against the underwriting guidelines. | mortgage-underwriting-support |
Renewed insurance policies by the underwriting guidelines. | insurance-underwriting-support | mortgage-underwriting-support
Responding to call lights of patients. | | inbound-calls
Work hard to meet schedules of the shop. | | calendar-management
Meeting scheduling for two directors. | calendar-management |
Skilled in sales, management, and business development. | business-development | leadership-development
Took the management development course of the bank. | leadership-development |
Supervision and companionship to patients. | | people-management
Relationship building, reporting. | rapport-building | mis-reporting
Answering the door, disbursing checks and performing data entry. | data-entry | data-validation
Parcels are labeled and documenting data is kept. | | image-and-document-annotation
Trace parcels with the carrier and file claims. | | medical-billing
File claims with the insurance of each patient. | medical-billing |
Ran a telephonic exchange of 1950. | | voice-process
Gave telephonic support to customers. | voice-process |
Read letters of listeners at the radio station. | | active-listening
A calm, careful listener. | active-listening |
Wrote for an international wire and two newspapers. | | wire-and-swift-payments
Released international wires for clients of the bank. | wire-and-swift-payments |
"""
ROWS = [tuple(part.strip() for part in row.split(" |")) for row in TRAPS.strip().splitlines()]

OPEN = [
    ("Worked on AR.", "AR", {"ar-follow-up", "accounts-receivable"}),
    ("AR", "AR", {"ar-follow-up", "accounts-receivable"}),
    ("PTP was my focus.", "PTP", {"promise-to-pay", "procure-to-pay"}),
    ("Payment posting", "Payment posting", {"medical-payment-posting", "cash-application"}),
    ("Forecasting", "Forecasting", {"forecasting", "fp-and-a"}),
]

NOTHING = [
    "Go to market",
    "CPC",
    "FCR",
    "GDS",
    "QA",
    "TL",
    "excel",
    "word",
    "Word",
    "Access",
    "Teams",
    "Go",
    "NICE",
    "MT",
    "PMS",
    "CRC",
]


def found(reading):
    return {mention.concept for mention in reading.mentions}


@pytest.mark.parametrize(("sentence", "wanted", "barred"), ROWS, ids=[row[0] for row in ROWS])
def test_traps(read, sentence, wanted, barred):
    seen = found(read(sentence))
    assert set(wanted.split()) - seen == set()
    assert set(barred.split()) & seen == set()


def test_the_traps_name_concepts_of_the_taxonomy(taxonomy):
    named = {concept for _, wanted, barred in ROWS for concept in f"{wanted} {barred}".split()}
    assert named - set(taxonomy.concepts) == set()
    assert all(wanted or barred for _, wanted, barred in ROWS)


@pytest.mark.parametrize(("sentence", "quote", "readings"), OPEN, ids=[row[0] for row in OPEN])
def test_what_the_context_leaves_open_is_said_to_be_open(read, sentence, quote, readings):
    reading = read(sentence)
    assert found(reading) & readings == set()
    assert [(item.text, set(item.readings)) for item in reading.ambiguous] == [(quote, readings)]


@pytest.mark.parametrize("form", NOTHING)
def test_a_form_that_needs_context_and_has_none_is_no_claim(read, form):
    assert read(form).mentions == ()


@pytest.mark.parametrize(
    ("near", "far"),
    [("AR and general ledger work", "AR" + " and then some" * 20 + " general ledger work")],
)
def test_neighbours_settle_only_within_reach(read, near, far):
    assert "accounts-receivable" in found(read(near))
    assert "accounts-receivable" not in found(read(far))


def test_a_neighbour_that_is_itself_open_settles_nothing(read):
    reading = read("AR and PTP")
    assert found(reading) == set()
    assert [item.text for item in reading.ambiguous] == ["AR", "PTP"]


def test_settling_does_not_depend_on_the_order_of_the_list(read):
    forms = ["Word", "Excel", "Outlook", "Access"]
    wanted = {"microsoft-word", "microsoft-excel", "microsoft-outlook", "microsoft-access"}
    assert found(read(", ".join(forms))) == found(read(", ".join(reversed(forms)))) == wanted


def test_a_list_without_end_is_read_in_time(read):
    begun = time.process_time()
    text = "Skills\n" + ", ".join(["Zendesk", "AR", "chat support", "invoices", "QA"] * 600)
    assert len(read(text).mentions) > 1500
    assert time.process_time() - begun < 8


def test_longer_labels_hide_those_inside_them(read):
    reading = read("Non-voice process and AR follow-up")
    assert [(m.text, m.concept) for m in reading.mentions] == [
        ("Non-voice process", "non-voice-process"),
        ("AR follow-up", "ar-follow-up"),
    ]
    assert reading.ambiguous == ()


def test_list_items_are_not_read_as_one_phrase(read):
    assert "chat-support" in found(read("• chat support"))
    assert "chat-support" not in found(read("• chat\n• support of the choir"))
    assert "data-entry" not in found(read("We kept the data. Entry was free."))


def test_mentions_quote_the_text(read):
    text = "Reports in Word, Excel and PowerPoint; chat and technical support.\nAR"
    reading = read(text)
    assert len(reading.mentions) >= 5
    assert all(text[item.start : item.end] == item.text for item in (*reading.mentions, *reading.ambiguous))
