from __future__ import annotations

import pytest

from matcher.reading.facts.posts import post_facts
from matcher.reading.facts.requirements import experience_conflict, requirement_tree, unlawful
from matcher.reading.titles import TitleReader
from matcher.records import AllOf, AnyOf, Line, Mention, Requirement, Section, Stance, leaves
from matcher.taxonomy import load

TAXONOMY = load()
TYPES = {concept.id: concept.type for concept in TAXONOMY.concepts.values()}
TITLES = TitleReader(TAXONOMY.rules)


def mention(text, phrase, concept, stance=Stance.REQUIRED, section="requirements"):
    start = text.index(phrase)
    return Mention(concept, phrase, start, start + len(phrase), 1, section, phrase, stance, 1.0)


def facts_of(text):
    lines = (Line(0, len(text)),)
    return post_facts(text, lines, (Section("requirements", 0, 0, len(text)),), TAXONOMY.rules, TITLES)


def tree(text, *mentions):
    sections = (Section("requirements", 0, 0, len(text)),)
    return requirement_tree(text, sections, facts_of(text), mentions, TAXONOMY.rules, TYPES)


def shape(node):
    """The tree as nested tuples of what tells its leaves apart."""
    if isinstance(node, Requirement):
        said = node.min_months or node.min_level if node.kind in {"experience", "education"} else node.concept or node.value
        return (node.kind, said or node.value, node.need)
    return ("all" if isinstance(node, AllOf) else "any", *(shape(item) for item in node.items))


def test_facts_become_leaves_in_the_order_of_the_text():
    text = "- At least six (6) months BPO experience\n- High school graduate\n- Types 30 wpm\n"
    text += "- Night shift, onsite\n- Spanish speakers: a plus"
    assert shape(tree(text)) == (
        "all",
        ("experience", 6, "required"),
        ("education", "high_school", "required"),
        ("typing", "30", "required"),
        ("shift", "night", "required"),
        ("site", "onsite", "required"),
        ("language", "Spanish", "preferred"),
    )


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Must hold the CPC certification", "required"),
        ("Must be able to take the CPC certification training/exam", "preferred"),
        ("Willing to sit for the CPC certification exam", "preferred"),
        ("CPC certification within 6 months of hire", "preferred"),
        ("Must be ready to become CPC certified. The shift rotates", "preferred"),
        ("Able to take calls with a CPC certification", "required"),
        ("Able to pass a licensing exam. CPC certification required", "required"),
    ],
)
def test_a_certificate_that_may_still_be_got_is_no_must(text, need):
    found = [leaf for leaf in leaves(tree(text, mention(text, "CPC", "cpc"))) if leaf.concept == "cpc"]
    assert [leaf.need for leaf in found] == [need]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("• Typing test passedPreferred• CPC", "preferred"),
        ("Required• Typing· SPSS+Preferred: · Excel · CPC", "preferred"),
        ("Typing passedPreferred• ExcelRequired• CPC", "required"),
        ("· Typing passedPreferred\n· Excel\n· CPC", "preferred"),
        ("· Typing passedPreferred\n· Excel\nHold a CPC", "required"),
        ("Typing passed\nPreferred• Excel\n• CPC", "required"),  # a line of its own is read as a section
        ("Excel Preferred • CPC", "required"),  # said of Excel
    ],
)
def test_a_heading_that_lost_its_line_ends_heads_what_follows(text, need):
    found = [leaf for leaf in leaves(tree(text, mention(text, "CPC", "cpc"))) if leaf.concept == "cpc"]
    assert [leaf.need for leaf in found] == [need]


def test_a_waiver_leaves_no_leaf():
    assert tree("With or without BPO experience") == AllOf()


def test_a_floor_beside_a_waiver_is_preferred_and_reported():
    text = "- With or without BPO experience\n- At least six months BPO experience"
    assert shape(tree(text)) == ("all", ("experience", 6, "preferred"))
    (notice,) = experience_conflict(facts_of(text))
    assert notice.code == "conflicting-requirements"
    assert "six months" in notice.message


def test_a_floor_alone_is_no_conflict():
    assert experience_conflict(facts_of("At least six months BPO experience")) == ()


@pytest.mark.parametrize(
    ("text", "concepts", "expected"),
    [
        (
            "Knows Epic, Cerner, NextGen or Kareo",
            {"Epic": "epic-ehr", "Cerner": "cerner", "NextGen": "nextgen", "Kareo": "kareo"},
            True,
        ),
        ("Knows Epic, Cerner or similar", {"Epic": "epic-ehr", "Cerner": "cerner"}, True),
        ("Tools such as Avaya, Genesys", {"Avaya": "avaya", "Genesys": "genesys"}, True),
        ("Verint or Calabrio", {"Verint": "verint", "Calabrio": "calabrio"}, True),
        ("Any of ICD-10 / CPT", {"ICD-10": "icd-10", "CPT": "cpt-codes"}, True),
        (
            "Excel, Word and Outlook",
            {"Excel": "microsoft-excel", "Word": "microsoft-word", "Outlook": "microsoft-outlook"},
            False,
        ),
        ("Verint & Genesys", {"Verint": "verint", "Genesys": "genesys"}, False),
        ("Word/Excel", {"Word": "microsoft-word", "Excel": "microsoft-excel"}, False),
        ("Excel. Or nothing else than Word", {"Excel": "microsoft-excel", "Word": "microsoft-word"}, False),
    ],
)
def test_lists_of_tools_are_alternatives_where_the_wording_says_so(text, concepts, expected):
    found = tree(text, *(mention(text, phrase, concept) for phrase, concept in concepts.items()))
    assert [leaf.concept for leaf in leaves(found)] == list(concepts.values())
    assert any(isinstance(node, AnyOf) for node in found.items) is expected


def test_credentials_joined_by_or_are_alternatives():
    text = "COC, CIC or CRC a plus"
    found = tree(text, *(mention(text, name, name.lower(), Stance.PREFERRED) for name in ("COC", "CIC", "CRC")))
    assert shape(found) == (
        "all",
        (
            "any",
            ("certification", "coc", "preferred"),
            ("certification", "cic", "preferred"),
            ("certification", "crc", "preferred"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "B.Tech or Diploma in CS or 6+ months of support experience",
            ("all", ("any", ("education", "associate", "required"), ("experience", 6, "required"))),
        ),
        (
            "Associate degree or equivalent experience",
            ("all", ("any", ("education", "associate", "required"), ("experience", "equivalent", "required"))),
        ),
        (
            "High school diploma or equivalent and one year of related experience",
            ("all", ("education", "high_school", "required"), ("experience", 12, "required")),
        ),
        (
            "High school diploma required. One year of related experience required.",
            ("all", ("education", "high_school", "required"), ("experience", 12, "required")),
        ),
    ],
)
def test_education_and_experience(text, expected):
    assert shape(tree(text)) == expected


def test_knowledge_may_stand_in_for_experience():
    text = "6+ months experience in a travel process or GDS knowledge"
    found = tree(text, mention(text, "GDS", "global-distribution-system"))
    assert shape(found) == ("all", ("any", ("experience", 6, "required"), ("skill", "global-distribution-system", "required")))


def test_an_or_inside_the_field_of_experience_offers_no_other_demand():
    text = "1 year of experience in chat or email support"
    found = tree(text, mention(text, "email support", "email-support"))
    assert shape(found) == ("all", ("experience", 12, "required"), ("skill", "email-support", "required"))


def test_a_certificate_known_by_name_is_one_leaf():
    text = "AAPC certification is required: CPC"
    found = tree(text, mention(text, "CPC", "cpc"))
    assert shape(found) == ("all", ("certification", "cpc", "required"))


def test_a_language_is_one_leaf():
    text = "Fluent in Spanish, spoken and written Spanish"
    found = tree(text, mention(text, "Spanish", "spanish"))
    (leaf,) = leaves(found)
    assert (leaf.kind, leaf.concept, leaf.value, leaf.min_level) == ("language", "spanish", "Spanish", "fluent")


def test_where_requirements_are_listed_counts_more_than_duties():
    text = "You report in Excel.\nExcel preferred"
    later = Mention("microsoft-excel", "Excel", 21, 26, 1, "requirements", "Excel", Stance.PREFERRED, 1.0)
    found = tree(text, mention(text, "Excel", "microsoft-excel", section="duties"), later)
    assert shape(found) == ("all", ("skill", "microsoft-excel", "preferred"))


def test_context_and_denied_mentions_and_conditions_give_no_leaf():
    text = "Excel, Word, night shift"
    found = tree(
        text,
        mention(text, "Excel", "microsoft-excel", Stance.CONTEXT),
        mention(text, "Word", "microsoft-word", Stance.DENIED),
        mention(text, "night shift", "night-shift"),
    )
    assert shape(found) == ("all", ("shift", "night", "required"))


def test_exceptions_for_some_applicants_give_no_leaf():
    text = "CPC is required\nCCS will be considered for another team"
    found = tree(text, mention(text, "CPC", "cpc"), mention(text, "CCS", "ccs"))
    assert shape(found) == ("all", ("certification", "cpc", "required"))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Female preferred", "sex"),
        ("Preferably male candidates", "sex"),
        ("18 to 35 years old, with energy", "age"),
        ("Not older than 30", "age"),
        ("Age limit: 28", "age"),
        ("Unmarried candidates preferred", "marital or family status"),
        ("Civil status: single", "marital or family status"),
        ("With pleasing personality", "looks"),
        ("Send your photo", "looks"),
        ("Catholic applicants only", "religion"),
        ("Christian faith a must", "religion"),
        ("Candidates 35 and below", "age"),
        ("Must be between 18 and 35", "age"),
        ("Single, no child", "marital or family status"),
        ("You have no dependants", "marital or family status"),
        ("Someone of upper caste", "caste"),
        ("Nationality: Indian", "nationality or origin"),
        ("We do not discriminate, however applicants should be not older than 35", "age"),
    ],
)
def test_unlawful_requirements_are_reported(text, about):
    (notice,) = unlawful(text, TAXONOMY.rules)
    assert notice.code == "unlawful-requirement"
    assert f"asks for {about} " in notice.message


@pytest.mark.parametrize(
    "text",
    [
        "All applicants are considered without regard to age, sex, marital status, religion or national origin.",
        "Must be at least 18 years old.",
        "1 to 2 years of experience; 20-25 calls an hour",
        "Male and female colleagues of all ages work here",
        "A single point of contact for our clients",
        "Must be between 20 and 30 calls an hour; defects of 25 and below",
        "Care for clients with children, single or not",
        "Indian payroll and US healthcare",
    ],
)
def test_lawful_words_are_not_reported(text):
    assert unlawful(text, TAXONOMY.rules) == ()


def test_an_unlawful_demand_gives_no_leaf():
    text = "With pleasing personality"
    assert tree(text, mention(text, "pleasing personality", "integrity-and-professionalism")) == AllOf()


def test_leaves_quote_the_text():
    text = "At least 1 year hotel desk experience, fluent Spanish, Excel"
    found = tree(text, mention(text, "Excel", "microsoft-excel"))
    assert [leaf.text for leaf in leaves(found)] == ["1 year hotel desk experience", "Spanish", "Excel"]
    assert all(text[leaf.start : leaf.end] == leaf.text for leaf in leaves(found))
