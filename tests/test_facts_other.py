"""Certificates, typing, notice, KPIs, contact and personal data."""

from __future__ import annotations

import time

import pytest
from facts_page import lines_of, page_of, sections_of

from matcher.reading.facts.certificates import CertificateReader
from matcher.reading.facts.contact import ContactReader
from matcher.reading.facts.keyboard import TypingReader
from matcher.reading.facts.kpis import KpiReader
from matcher.reading.facts.notice import NoticeReader
from matcher.reading.facts.personal import PersonalReader
from matcher.reading.facts.resume import ResumeFactReader
from matcher.reading.titles import TitleReader


@pytest.fixture(scope="session")
def rules(taxonomy):
    return taxonomy.rules


@pytest.mark.parametrize(
    ("line", "name", "status"),
    [
        ("- Certified Billing Specialist (CBS) - AAPC, 2017, active until 2029", "Certified Billing Specialist (CBS)", "held"),
        ("PRINCE2 Foundation (Nov 2019)", "PRINCE2 Foundation", "held"),
        ("CompTIA A+ - pursuing, test in spring", "CompTIA A+", "in progress"),
        ("Bookkeeping NC III - enrolled", "Bookkeeping NC III", "in progress"),
        ("First Aid card, expired 2019", "First Aid card", "expired"),
        ("2013 Lean Yellow Belt", "Lean Yellow Belt", "held"),
    ],
)
def test_certificates_names_are_short(rules, line, name, status):
    (found,) = CertificateReader(rules).read(page_of(certifications=line))
    assert (found.value["name"], found.value["status"]) == (name, status)


@pytest.mark.parametrize("line", ["Six Sigma class, attended", "Scrum course (not certified)", "None", "Certificates"])
def test_certificates_not_earned_are_left_out(rules, line):
    assert CertificateReader(rules).read(page_of(certifications=line)) == ()


def test_certificates_in_education_need_the_word(rules):
    text = "Certificate in Floral Arts\nBachelor of Arts, 2012\nNational Senior Certificate (Matric)"
    assert [f.value["name"] for f in CertificateReader(rules).read(page_of(education=text))] == ["Certificate in Floral Arts"]


@pytest.mark.parametrize(
    ("text", "wpm"),
    [
        ("Typing speed: 65 wpm", 65),
        ("Can type 33 words per minute", 33),
        ("Type 70 WPM, filing", 70),
        ("Typing test 53 wpm / 95%", 53),
        ("Typing: 44", 44),
        ("[Number] WPM", None),
        ("Typing (4/5 bar)", None),
        ("typing 200 pages", None),
        ("0 wpm", None),
    ],
)
def test_typing_speed(rules, text, wpm):
    found = TypingReader(rules).read(page_of(skills=text))
    assert (found[0].value["wpm"] if found else None) == wpm


def test_typing_fastest_comes_first_and_incredible_last(rules):
    found = TypingReader(rules).read(page_of(skills="30 wpm, 600 wpm, 55 wpm, 12,000 KSPH"))
    assert [(f.value.get("wpm"), f.value.get("kph"), bool(f.value.get("doubtful"))) for f in found] == [
        (55, None, False),
        (30, None, False),
        (600, None, True),
        (None, 12000, False),
    ]


@pytest.mark.parametrize(
    ("text", "wpm", "accuracy", "strokes"),
    [
        ("Typing speed of 45 wpm with 98% accuracy", 45, 98.0, None),
        ("Typing test 53 wpm / 95%", 53, 95.0, None),
        ("60 WPM (97.5% accuracy)", 60, 97.5, None),
        ("98% accuracy at 45 wpm", 45, 98.0, None),
        ("45 wpm", 45, None, None),
        ("45 wpm. Quality score 98%", 45, None, None),
        ("10,000 KSPH", None, None, 10000),
        ("10,000 numeric KPH with 99% accuracy", None, 99.0, 10000),
        ("KSPH: 12000", None, None, 12000),
        ("Alphanumeric 8,500 keystrokes per hour", None, None, 8500),
        ("900 wpm", None, None, None),
        ("98,000 KSPH", None, None, None),
        ("10,000 calls", None, None, None),
    ],
)
def test_typing_has_accuracy_and_strokes(rules, text, wpm, accuracy, strokes):
    found = [f.value for f in TypingReader(rules).read(page_of(skills=text)) if not f.value["doubtful"]]
    assert [value.get("wpm") for value in found if value.get("wpm")] == ([] if wpm is None else [wpm])
    assert [value.get("kph") for value in found if value.get("kph")] == ([] if strokes is None else [strokes])
    assert next((value["accuracy"] for value in found), None) == accuracy


SLOTS = """Typing speed of [Number] wpm with XX% accuracy
Increased sales by [Number]%
Fluent in [Language]
[Certification name] certified
Certified [Job Title]
Handled [number] calls a day
Notice period: [number] days"""
CERTIFICATES = "[Certification name]\n[Certification name] certified\nCertified [Job Title], [Year]"


def test_what_a_template_left_open_is_no_fact(rules):
    text, sections = sections_of({"summary": SLOTS, "skills": SLOTS, "experience": SLOTS, "certifications": CERTIFICATES})
    facts = ResumeFactReader(rules, TitleReader(rules)).read(text, lines_of(text), sections)
    assert [f.text for f in facts if f.kind in ("typing", "kpi", "language", "certification", "notice")] == []


@pytest.mark.parametrize("text", ["Spanish [fluent]", "Spanish (level B2)"])
def test_brackets_that_are_filled_in_are_read(rules, text):
    page, sections = sections_of({"languages": text})
    facts = ResumeFactReader(rules, TitleReader(rules)).read(page, lines_of(page), sections)
    assert [f.value["level"] for f in facts if f.kind == "language"] in (["fluent"], ["b2"])


def test_accuracy_of_typing_is_no_other_result(rules):
    text, sections = sections_of(
        {"skills": "Typing speed of 45 wpm with 98% accuracy", "experience": "QA audits at 99% accuracy"}
    )
    facts = ResumeFactReader(rules, TitleReader(rules)).read(text, lines_of(text), sections)
    assert [f.value["value"] for f in facts if f.kind == "kpi"] == ["99%"]


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Notice Period: 20 days (flexible)", "20 days"),
        ("Notice: 75 days", "75 days"),
        ("NOTICE\n60 days", "60 days"),
        ("I can start immediately.", "immediate"),
        ("Immediate joiner", "immediate"),
        ("30 days' notice", "30 days"),
        ("Noticed a 30 days delay in billing", None),
        ("put up the notice in the office", None),
    ],
)
def test_notice(rules, text, notice):
    found = NoticeReader(rules).read(page_of(additional=text))
    assert [f.value["notice"] for f in found] == ([] if notice is None else [notice])


@pytest.mark.parametrize(
    ("text", "metric", "value", "direction"),
    [
        ("Maintained 95% CSAT", "CSAT", "95%", "kept"),
        ("CSAT 4.3/5 on email", "CSAT", "4.3/5", None),
        ("Reduced AHT by 12%", "Average handle time", "12%", "down"),
        ("AHT 385 secs vs 420 target", "Average handle time", "385 secs", None),
        ("FCR 85% -> 98%", "First contact resolution", "85% -> 98%", "up"),
        ("Attrition from 9% to 6.5%", "Attrition", "9% to 6.5%", "down"),
        ("Raised customer retention to 83%", "Retention", "83%", "up"),
        ("Reduced printing costs by 18%", "printing costs", "18%", "down"),
        ("taking 130+ calls per day", "calls", "130+", None),
        ("Led a team of 15 agents", "team size", "15", None),
        ("Trained 12 new hires", "people trained", "12", None),
        ("top 5% of the floor", "rank", "top 5%", None),
        ("118% of target", "target attainment", "118%", None),
        ("about 37 accounts per day", "volume: accounts", "37", None),
    ],
)
def test_kpis(rules, text, metric, value, direction):
    (found,) = KpiReader(rules).read(page_of(experience=text))
    assert (found.value["metric"], found.value["value"], found.value["direction"]) == (metric, value, direction)


@pytest.mark.parametrize(
    "text",
    [
        "Exceeded all KPIs",
        "Quality focused since 2015",
        "Managed calls and chats",
        "Worked 40 hours a week",
        "Bachelor of Arts 2012",
    ],
)
def test_kpis_need_a_measure(rules, text):
    assert KpiReader(rules).read(page_of(experience=text)) == ()


HEAD = """MARILOU B. SANTIBAGO, RN
Quality Analyst
Blk 3 Lot 8 Rose St., Brgy. San Juan, Lemery, Batangas
0917 555 0142 | marilou.santibago@example.com | www.linkedin.com/in/marilou-example"""


def contact(rules, text):
    found = ContactReader(rules, TitleReader(rules)).read(
        page_of(header=text, experience="Agent | Blue Kite | 08/2021 - 12/2022")
    )
    return [(f.kind, next(iter(f.value.values()))) for f in found]


def test_contact_is_read_from_the_header(rules):
    assert contact(rules, HEAD) == [
        ("contact-name", "MARILOU B. SANTIBAGO"),
        ("city", "Lemery"),
        ("phone", "0917 555 0142"),
        ("email", "marilou.santibago@example.com"),
        ("link", "www.linkedin.com/in/marilou-example"),
    ]


@pytest.mark.parametrize(
    "head", ["CONSUMER ADVOCATE", "Quality Analyst\nagent@example.com", "CURRICULUM VITAE\n0917 555 0142", "SUBSTITUTE TEACHER"]
)
def test_contact_a_title_is_no_name(rules, head):
    assert [kind for kind, _ in contact(rules, head) if kind == "contact-name"] == []


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("RESUME OF JUAN T. DELACRUZ\n0917 555 0142", "JUAN T. DELACRUZ"),
        ("Name: Asha Verma\nPune", "Asha Verma"),
        ('Ana "Annie" Reyes\nann.reyes@example.com', 'Ana "Annie" Reyes'),
    ],
)
def test_contact_names(rules, head, name):
    assert ("contact-name", name) in contact(rules, head)


@pytest.mark.parametrize(
    ("head", "city"),
    [
        ("Cebu City | a@example.com", "Cebu City"),
        ("Springfield, IL 62701", "Springfield"),
        ("Medellín, Colombia\na@example.com", "Medellín"),
    ],
)
def test_contact_city(rules, head, city):
    assert ("city", city) in contact(rules, head)


@pytest.mark.parametrize("text", ["x" * 50_000, "a.b-c+" * 8_000])
def test_contact_long_words_are_searched_in_time(rules, text):
    begun = time.process_time()
    found = contact(rules, f"Ana Cruz\nana.cruz@example.com\n\nExperience\n{text}")
    assert "ana.cruz@example.com" in str(found)
    assert time.process_time() - begun < 3


def test_contact_dates_are_no_phones(rules):
    assert [kind for kind, _ in contact(rules, "Agent") if kind == "phone"] == []


@pytest.mark.parametrize(
    ("line", "what", "text"),
    [
        ("Date of Birth: June 3, 1995", "birth-date", "Date of Birth: June 3, 1995"),
        ("Civil Status: Single", "civil-status", "Civil Status: Single"),
        ("Father's Name : B. Example", "parents", "Father's Name : B. Example"),
        ("SSS / TIN: 00-0000000-0", "id-number", "SSS / TIN: 00-0000000-0"),
        ("Height: 5'4\"", "body", "Height: 5'4\""),
        ("Age: 41", "age", "Age: 41"),
    ],
)
def test_personal_spans_are_label_and_value(rules, line, what, text):
    found = PersonalReader(rules).read(page_of(personal=line))
    assert [(f.value["what"], f.text) for f in found] == [(what, text)]


def test_personal_several_on_a_line_and_without_labels(rules):
    found = PersonalReader(rules).read(
        page_of(personal="DOB : 03-05-1990 Sex : Female. Marital Status : Widowed.\nMarried, 41, Hindu")
    )
    assert [f.value["what"] for f in found] == ["birth-date", "sex", "civil-status", "civil-status", "age", "religion"]


def test_personal_words_elsewhere_are_left_alone(rules):
    assert (
        PersonalReader(rules).read(page_of(experience="Single point of contact for married couples; managed average 27 calls"))
        == ()
    )


def test_resume_facts_are_slices_of_the_text(rules):
    jobs = ["Call Center Agent | Blue Kite | Jun 2021 - Present", "- 60 calls a day", "Cashier | Shop | 05/2019 to 02/2018"]
    text, sections = sections_of(
        {
            "header": HEAD,
            "experience": "\n".join(jobs),
            "education": "BS Nursing, Any College, 2018",
            "languages": "English, Filipino",
            "certifications": "Lean Yellow Belt, 2023",
            "skills": "45 wpm. Notice period: 15 days",
            "personal": "Civil Status: Single",
        }
    )
    facts = ResumeFactReader(rules, TitleReader(rules)).read(text, lines_of(text), sections)
    assert all(text[f.start : f.end] == f.text for f in facts)
    assert {f.kind for f in facts} == {
        "job", "education", "language", "certification", "kpi", "typing", "notice",
        "contact-name", "city", "phone", "email", "link", "personal",
    }  # fmt: skip


def test_resume_facts_of_an_empty_text(rules):
    assert ResumeFactReader(rules, TitleReader(rules)).read("", (), ()) == ()
