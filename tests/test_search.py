"""Searching the taxonomy as recruiters type: each query with what should come first, or among the first three."""

from __future__ import annotations

import pytest

from matcher.taxonomy import Concept, Form, FormReading, Taxonomy, load, search
from matcher.taxonomy.search import called

TAXONOMY = load()
FIRST = """
calm angry callers: de-escalation
angry customers: de-escalation
furious guests: de-escalation
chasing unpaid invoices: credit-control, accounts-receivable
typing fast: typing-speed
wpm: words-per-minute, typing-speed
excel: microsoft-excel
pivot tables: spreadsheet-reporting
handle time: average-handle-time
how long calls take: average-handle-time
AHT: average-handle-time
night shift: night-shift
overnight shift: night-shift
sort post: mailroom-operations, mail-and-fax-handling
customer happiness score: customer-satisfaction-score
csat: customer-satisfaction-score
net promoter: net-promoter-score
first call resolution: first-contact-resolution
reset passwords: password-reset-and-access
recieptionist: front-desk-reception
escallation: escalation-handling
de escalate: de-escalation
custmer service: customer-service
acounts recievable: accounts-receivable
sallesforce: salesforce
quick books: quickbooks
upsel: upselling
ar caller: ar-follow-up
answer phones: inbound-calls
taking calls: inbound-calls
cold calling: cold-calling
live chat: chat-support
replying to emails: email-support
social media replies: social-media-support
help desk: service-desk
stop customers leaving: customer-retention
collect debts: collections
bookkeeper: bookkeeper, bookkeeping
pay slips: payroll-processing, payroll-tax
hiring: recruitment
background checks: background-checks, employment-verification
scheduling agents: scheduling
call monitoring: quality-monitoring
coaching agents: agent-coaching
training new hires: new-hire-training
team lead: team-leadership
prior auth: prior-authorization
ICD codes: icd-10
eligibility checks: eligibility-verification
denied claims: denial-management
six sigma: six-sigma
project management certificate: project-management-certifications, pmp
content moderation: content-moderation
remove harmful posts: content-moderation
money laundering: anti-money-laundering
loan processing: loan-processing
contract review: contract-review
transcribing recordings: transcription
translate documents: translation-and-localisation
staff turnover: attrition
root cause: root-cause-analysis
knowledge base articles: knowledge-base-authoring
dispute a charge: chargebacks
hotel bookings: reservations
month end: month-end-close
vendor payments: accounts-payable
polite on the phone: telephone-etiquette
noise free room: home-internet-and-equipment
appointment booking: appointment-setting
software install: software-installation-support
french speaker: french
fluent english: english
work from home: work-from-home
works under pressure: resilience-and-stress-tolerance
printer problems: hardware-troubleshooting
customer service rep: customer-service-representative
TSR: technical-support
front desk: front-desk-reception
BCom: education-level
B.Com: education-level
fresher: education-level
IT: technical-support-and-itsm
HR: hr-outsourcing-recruitment-and-payroll
BPO: bpo-tenure
patient calling: patient-support
sales manager: sales-management
"""
ROLES = """
trainer: trainer
OM: operations-manager
ops manager: operations-manager
STL: team-leader
TL: team-leader
process associate: back-office-processing
"""
AMONG_THREE = """
medical billing follow up: ar-follow-up
medical biller: medical-billing
medical coder: medical-coding
medical coder: medical-coder
fix computers: desktop-support
fix computers: hardware-troubleshooting
chasing unpaid invoices: collections, late-stage-collections
late payments: collections
selling to existing customers: account-management, upselling
interviewing candidates: recruitment
listen to calls and score: quality-monitoring
claims: insurance-claims-processing
rotating shifts: shift-flexibility
fraud: fraud-detection
refunds: returns-and-refunds
claims adjuster: claims-adjuster, insurance-claims
esca: escalation-handling
collecter: collections
"""


def table(text: str) -> list[tuple[str, list[str]]]:
    """Queries with the ids that would do."""
    return [(line.split(": ")[0], line.split(": ")[1].split(", ")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("query", "ids"), table(FIRST))
def test_search_puts_first_what_is_meant(query, ids):
    assert search(TAXONOMY, query, 3, roles=True)[0].concept.id in ids


@pytest.mark.parametrize(("query", "ids"), table(ROLES))
def test_search_puts_the_role_first_that_is_meant(query, ids):
    hit = search(TAXONOMY, query, 1, roles=True)[0]
    assert (hit.concept.type, hit.concept.id) == ("role", ids[0])


def test_what_search_names_is_there():
    known = {*TAXONOMY.concepts, *(f"role:{id}" for id in TAXONOMY.roles)}
    assert set(TAXONOMY.rules["search"]["named"].values()) <= known


def test_search_puts_a_form_that_needs_its_context_behind_one_that_stands_by_itself():
    plain = Concept("b-plain", "Phones", "skill", "x", aliases=("desk",))
    guarded = Concept("a-guarded", "Booking", "skill", "x", aliases=("desk",))
    concepts = {concept.id: concept for concept in (guarded, plain)}
    assert [hit.concept.id for hit in search(Taxonomy("x", concepts), "desk")] == ["a-guarded", "b-plain"]
    forms = {"desk": Form("desk", (FormReading("a-guarded", near=("patient",)), FormReading("b-plain", alone=True)))}
    assert [hit.concept.id for hit in search(Taxonomy("x", concepts, forms), "desk")] == ["b-plain", "a-guarded"]


@pytest.mark.parametrize(("first", "query"), [("one", "patient calls"), ("two", "call patients")])
def test_search_prefers_the_same_words_in_the_order_they_were_typed(first, query):
    one = Concept("one", "Z", "skill", "x", aliases=("patient calling",))
    two = Concept("two", "A", "skill", "x", aliases=("calling patients",))
    assert search(Taxonomy("x", {"one": one, "two": two}), query)[0].concept.id == first


def test_called_is_what_has_the_label_else_the_form_and_is_in_use():
    one = Concept("one", "Ledger", "skill", "x", aliases=("GL", "books"))
    two = Concept("two", "Books", "skill", "x", aliases=("gl",))
    old = Concept("old", "Accounts", "skill", "x", aliases=("ledgers",), deprecated=True)
    role = {"title": "Ledger", "titles": ["ledger  keeper", "keeper of books"]}
    known = Taxonomy("x", {"one": one, "two": two, "old": old}, roles={"clerk": role})
    for text, ids in (
        ("LEDGER", ["one"]),
        ("books", ["two"]),
        ("gl", ["one", "two"]),
        ("accounts", []),
        ("Keeper of  Books", ["clerk"]),
        ("", []),
    ):
        assert [hit.concept.id for hit in called(known, text)] == ids


@pytest.mark.parametrize(("query", "ids"), table(AMONG_THREE))
def test_search_puts_among_three_what_is_meant(query, ids):
    assert {hit.concept.id for hit in search(TAXONOMY, query, 3, roles=True)} & set(ids)


@pytest.mark.parametrize("query", ["zzqxv", "", "  ", "¿?", "- & -"])
def test_search_finds_nothing_where_nothing_is_like_it(query):
    assert search(TAXONOMY, query, roles=True) == ()


def test_search_without_roles_finds_concepts_only():
    assert all(hit.concept.type != "role" for hit in search(TAXONOMY, "medical coder", 50))
    assert [hit.concept.type for hit in search(TAXONOMY, "Medical coder", 1, roles=True)] == ["role"]


@pytest.mark.parametrize("query", ["the", "how to", "knowledge of"])
def test_search_takes_words_that_say_nothing_at_their_word_where_there_is_no_other(query):
    hits = search(TAXONOMY, query)
    assert list(hits) == sorted(hits, key=lambda hit: -hit.score)


def test_search_is_the_same_in_every_order_of_the_concepts():
    turned = Taxonomy("x", dict(reversed(TAXONOMY.concepts.items())), TAXONOMY.forms, rules=TAXONOMY.rules)
    for query in ("angry customers", "recieptionist", "claims"):
        one, other = search(TAXONOMY, query, 5), search(turned, query, 5)
        assert [(hit.concept.id, hit.score) for hit in one] == [(hit.concept.id, hit.score) for hit in other]


def test_search_needs_no_rules():
    concept = Concept("ledger", "Ledger keeping", "skill", "finance", aliases=("kept the books",))
    assert search(Taxonomy("x", {"ledger": concept}), "keeping ledgers")[0].concept.id == "ledger"


def test_search_puts_what_is_out_of_use_behind():
    old = Concept("a-old", "Ledger", "skill", "x", aliases=("kept books",), deprecated=True)
    new = Concept("b-new", "Ledger", "skill", "x", aliases=("kept books",))
    assert [hit.concept.id for hit in search(Taxonomy("x", {"a-old": old, "b-new": new}), "ledger")] == ["b-new", "a-old"]
