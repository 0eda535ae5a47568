from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.sections import Headings, find_sections
from matcher.records import Kind
from matcher.taxonomy import load

RULES = load().rules["headings"]
HEADINGS = {kind: Headings.from_rules(RULES, kind) for kind in Kind}
PRINTED = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))


def cut(text, kind="resume", emphasised=()):
    return find_sections(text, HEADINGS[Kind(kind)], Kind(kind), emphasised)


def kinds(text, kind="resume", emphasised=()):
    return [section.kind for section in cut(text, kind, emphasised)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("PROFESSIONAL SUMMARY", "summary"),
        ("Career Objective", "objective"),
        ("Work Experience", "experience"),
        ("EMPLOYMENT HISTORY:", "experience"),
        ("Educational Attainment", "education"),
        ("Licenses & Certifications", "certifications"),
        ("Core Competencies", "skills"),
        ("• SKILLS •", "skills"),
        ("Key Skills & Abilities", "skills"),
        ("Languages Known", "languages"),
        ("Awards and Recognition", "accomplishments"),
        ("Trainings and Seminars Attended", "training"),
        ("On-the-Job Training", "projects"),
        ("Professional Affiliations", "affiliations"),
        ("Character References", "references"),
        ("Hobbies and Interests", "interests"),
        ("Personal Information", "personal"),
        ("Declaration", "declaration"),
        ("Additional Information", "additional"),
        ("Experiencia Laboral", "experience"),
        ("Formación Académica", "education"),
    ],
)
def test_resume_headings(heading, kind):
    text = f"Maria Sample\n\n{heading}\nSomething is written here."
    assert kinds(text) == ["header", kind]


@pytest.mark.parametrize("kind", PRINTED)
@pytest.mark.parametrize("case", [str, str.upper, str.title])
def test_resume_headings_as_people_print_them(kind, case):
    missed = {case(h) for h in PRINTED[kind] if kinds(f"Maria Sample\n\n{case(h)}\nSomething is here.") != ["header", kind]}
    assert not missed


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("--- SKILLS ---", "skills"),
        ("★ Skills", "skills"),
        ("💼 Work Experience", "experience"),
        ("\uf0b1 EDUCATION", "education"),
        ("IV. EDUCATIONAL BACKGROUND", "education"),
        ("2) Work Experience", "experience"),
        ("[ SKILLS ]", "skills"),
        ("== Skills ==", "skills"),
        ("Skills\n------", "skills"),
        ("PROFESSIONAL\nEXPERIENCE", "experience"),
        ("EDUCATIONAL\nBACKGROUND:", "education"),
        ("SEMINARS AND TRAININGS\nATTENDED", "training"),
        ("WORK EXPERIENCE: six years of calls", "experience"),
        ("EXPERIENCE (2015 - 2020)", "experience"),
        ("SKILLS\tWORK EXPERIENCE", "experience"),
        ("EDUCATION     SKILLS", "education"),
    ],
)
def test_decorated_broken_and_crowded_headings(lines, kind):
    assert kinds(f"Maria Sample\nPasig City\n{lines}\nSomething is written here.") == ["header", kind]


@pytest.mark.parametrize(
    "line",
    [
        "experience in billing and refunds",
        "Experience in billing and refunds",
        "Sales Training Manager",
        "TRAINING SPECIALIST",
        "SKILLS TRAINER",
        "Head of Education Services",
        "Graduated with honors",
        "Leadership and management skills.",
        "Courses in",
        "QUALITY ANALYST",
    ],
)
def test_duties_titles_and_loose_ends_are_no_headings(line):
    assert kinds(f"Maria Sample\n\nEXPERIENCE\nAgent, Jan 2019 - Present\n\n{line}\nand more") == ["header", "experience"]


def test_items_of_a_list_with_empty_lines_between_them_are_no_headings():
    items = "\n\n".join(["Accounts payable", "Reconciliation", "Organizational Skills", "Time keeping", "Filing"])
    assert kinds(f"Maria Sample\n\nHIGHLIGHTS\n\n{items}") == ["header", "skills"]


@pytest.mark.parametrize("banner", ["RESUME", "Resume:", "RESUMES", "RÉSUMÉ"])
def test_what_a_document_calls_itself_is_no_heading(banner):
    assert kinds(f"{banner}\n\nMaria Sample\n\nSKILLS\nExcel") == ["header", "skills"]


def test_bulleted_results_do_not_end_the_jobs():
    text = "EXPERIENCE\nAgent, Jan 2019 - Present\n• Key Achievements: top agent\n• Accomplishments\nCashier, 2015 - 2018"
    assert kinds(text) == ["experience"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("About us", "about"),
        ("Company Profile", "about"),
        ("Responsibilities:", "duties"),
        ("What you'll do", "duties"),
        ("Job Description", "duties"),
        ("Requirements", "requirements"),
        ("Minimum Qualifications:", "requirements"),
        ("Preferred Qualifications", "preferred"),
        ("Nice to have", "preferred"),
        ("Benefits", "benefits"),
        ("What we offer", "benefits"),
        ("How to apply", "apply"),
        ("About Lakeview Outsourcing", "about"),
        ("About the role", "duties"),
        ("About you", "requirements"),
        ("Job Qualification:", "requirements"),
        ("Qualifications (Knowledge, Skills, and Abilities):", "requirements"),
        ("Total Rewards", "benefits"),
        ("What you win", "benefits"),
        ("Perks of joining us:", "benefits"),
        ("What we have to offer", "benefits"),
        ("What's in store for you?", "benefits"),
        ("Training provided", "benefits"),
        ("Company Background", "about"),
        ("Reasons to join us", "about"),
        ("Why join Lakeview?", "about"),
        ("Our Clients:", "about"),
        ("How to join", "apply"),
        ("Documents to bring", "apply"),
        ("Our Hiring Process", "apply"),
        ("Fraud Alert", "legal"),
        ("Our commitment to diversity", "legal"),
        ("Diversity, Equity and Inclusion", "legal"),
        ("Work Setup", "terms"),
        ("Shift Schedule:", "terms"),
        ("Employment Status", "terms"),
        ("Must-have skills", "requirements"),
        ("Profile wanted", "requirements"),
        ("Personal Attributes", "requirements"),
        ("Good-to-have skills", "preferred"),
        ("Bonus skills", "preferred"),
        ("Role Purpose", "duties"),
        ("A day in the life", "duties"),
        ("What awaits you in this role?", "duties"),
    ],
)
def test_job_headings(heading, kind):
    assert kinds(f"Quality Analyst\n\n{heading}\nSomething is written here.", "job") == ["other", kind]


@pytest.mark.parametrize(
    ("line", "kinds_found"),
    [
        ("Why join Lakeview?", ["other", "about"]),
        ("Why join Lakeview", ["other"]),
        ("Why join a firm that has been paying its people on the very same day for years?", ["other"]),
        ("why join Lakeview?", ["other"]),
    ],
)
def test_a_short_question_stands_out_in_a_post(line, kinds_found):
    assert kinds(f"Call Center Agent\nAnswer calls.\n{line}\nWe bill hospitals.", "job") == kinds_found


def test_terms_of_work_speak_of_their_own_line():
    text = "Agent\nRequirements:\nTyping\nShift: nights\nAvaya\nEmployment status: regular\nZendesk"
    assert kinds(text, "job") == ["other", "requirements", "terms", "requirements", "terms", "requirements"]


def test_sections_know_heading_body_and_end():
    text = "Maria Sample\n\nSkills\nZendesk\n\nEducation\nBSc"
    _, skills, education = cut(text)
    assert (skills.title, text[skills.start : skills.body], text[skills.body : skills.end]) == (
        "Skills",
        "Skills",
        "\nZendesk\n\n",
    )
    assert text[education.start : education.end] == "Education\nBSc"


@pytest.mark.parametrize(
    "line", ["I have skills in sales and chat", "Experience with angry callers is what I bring", "Excel", "Education City Branch"]
)
def test_sentences_are_no_headings(line):
    assert kinds(f"Maria Sample\n{line}\nand more of it") == ["header"]


def test_weak_headings_must_stand_out():
    items = "Maria Sample\n\nSKILLS\nZendesk\nTraining\nAvaya"
    assert kinds(items) == ["header", "skills"]
    assert kinds(items, emphasised=[items.index("Training")]) == ["header", "skills", "training"]
    assert kinds(items.replace("Training", "Training:")) == ["header", "skills", "training"]
    assert kinds(items.replace("Training", "TRAINING")) == ["header", "skills", "training"]
    assert kinds(items.replace("Training", "\nTraining")) == ["header", "skills", "training"]


@pytest.mark.parametrize(
    ("heading", "below", "kind"),
    [
        ("Experience", "Agent\nJune 2019 to Current", "experience"),
        ("Education", "Bachelor of Arts, Sample College", "education"),
        ("Certifications", "Certified in Zendesk", "certifications"),
        ("Languages", "Fluent in Tagalog", "languages"),
        ("Experience", "Avaya\nGenesys", None),
        ("experience", "June 2019", None),
        ("• Languages", "Avaya", None),
        ("Training", "June 2019", None),
    ],
)
def test_what_stands_below_proves_a_weak_heading(heading, below, kind):
    text = f"Maria Sample\n\nSKILLS\nZendesk\n{heading}\n{below}"
    assert kinds(text) == ["header", "skills"] + [kind] * (kind is not None)


def test_the_first_item_of_a_list_is_no_weak_heading():
    assert kinds("Maria Sample\n\nSKILLS\n\n• Leadership\n• Zendesk") == ["header", "skills"]


@pytest.mark.parametrize(
    ("line", "kind", "expected"),
    [
        ("Skills: Zendesk, Avaya", "resume", ["header", "skills"]),
        ("Languages: English, Spanish", "resume", ["header", "languages"]),
        ("Requirements: six months of calls", "job", ["other", "requirements"]),
        ("Benefits: HMO on day one", "job", ["other", "benefits"]),
        ("We train: our benefits: a coach", "job", ["other"]),
        ("Handled three skills: chat, voice and mail", "resume", ["header"]),
    ],
)
def test_headings_on_the_line_of_their_body(line, kind, expected):
    assert kinds(f"First line\n{line}", kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Answer calls\nRequirements\nTyping", ["other", "requirements"]),
        ("Answer all calls that meet our\nrequirements.\nTyping", ["other"]),
        ("Duties:\nCalls\nSalary: 20,000 a month\nEmails", ["other", "duties", "benefits", "duties"]),
        ("Benefits:\nMeals\nHMO", ["other", "benefits"]),
        ("What would you do? Answer calls", ["other", "duties"]),
        ("How to apply\nSend a resume.\nLakeview is currently looking for agents.", ["other", "apply", "duties"]),
        ("Duties:\nLakeview is currently looking for agents.", ["other", "duties"]),
        ("You work on site and we give you these benefits:\nMeals", ["other", "benefits"]),
        ("Qualifications: Diploma. Key responsibilities:\nCalls", ["other", "requirements", "duties"]),
    ],
    ids=["alone", "wrapped", "label", "list", "question", "turn", "no turn", "sentence", "sentence in a line"],
)
def test_where_sections_of_posts_begin_and_end(text, expected):
    assert kinds(f"Call Center Agent\n{text}", "job") == expected


def test_a_turn_begins_at_its_sentence():
    text = "Agent\n\nAbout us\nWe bill hospitals. Lakeview is currently looking for a coder."
    assert [text[s.start : s.end] for s in cut(text, "job")][-1].startswith("Lakeview")


def test_a_text_without_headings_is_one_section():
    assert kinds("Took calls all day") == ["header"]
    assert kinds("Took calls all day", "job") == ["other"]
    assert cut("") == ()


def test_a_heading_at_the_very_top_leaves_no_empty_header():
    assert kinds("SKILLS\nZendesk") == ["skills"]


PIECES = ["Skills", "EXPERIENCE", "Education:", "Zendesk and Avaya", "", "Languages: English", "References", "Training", "•"]


@pytest.mark.parametrize("kind", list(Kind))
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_sections_cover_the_text_without_gap_or_overlap(kind, pieces):
    text = "\n".join(pieces)
    found = find_sections(text, HEADINGS[kind], kind)
    assert "".join(text[section.start : section.end] for section in found) == text
    assert all(section.start <= section.body <= section.end for section in found)
