from __future__ import annotations

import pytest
from facts_page import page_of

from matcher.reading.facts.languages import LanguageReader


@pytest.fixture(scope="session")
def languages(taxonomy):
    return LanguageReader(taxonomy.rules)


def read(claims, **parts):
    return {str(f.value["name"]): f.value["level"] for f in claims.read(page_of(**parts))}


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("languages", "English\nSpanish", {"English": None, "Spanish": None}),
        ("languages", "- Portugués: nativo\n- Inglés: B2 (IELTS 6)", {"Portuguese": "nativo", "English": "b2"}),
        ("languages", "Ilocano (native), Tagalog, English", {"Ilocano": "native", "Tagalog": None, "English": None}),
        ("languages", "German: read, write, speak fluently", {"German": "fluently"}),
        (
            "skills",
            "basic Thai, fluent French and Dutch",
            {"Thai": "basic", "French": "fluent", "Dutch": "fluent"},
        ),
        ("summary", "Fluent in Italian and Polish.", {"Italian": "fluent", "Polish": "fluent"}),
        ("summary", "Bilingual (English/Spanish) agent", {"English": "bilingual", "Spanish": "bilingual"}),
        (
            "personal",
            "Languages Known : English, Kannada, Odia and Telugu.",
            {"English": None, "Kannada": None, "Odia": None, "Telugu": None},
        ),
        ("personal", "Mother tongue: Sindhi", {"Sindhi": "mother tongue"}),
        ("header", "Tamil, Hindi and English speaker", {"Tamil": None, "Hindi": None, "English": None}),
        ("skills", "filing, Spanish, typing", {"Spanish": None}),
        ("skills", "Excel, Mandarin (basic)", {"Mandarin": "basic"}),
        ("languages", "No French, fluent English", {"English": "fluent"}),
        ("languages", "I do not speak French but I speak Thai", {"Thai": None}),
        ("languages", "Cannot speak Thai; fluent in Dutch", {"Dutch": "fluent"}),
        ("languages", "Not only Dutch, also Thai", {"Dutch": None, "Thai": None}),
        ("languages", "No problem with English", {"English": None}),
        ("languages", "Hindi, Malayalam and English", {"Hindi": None, "Malayalam": None, "English": None}),
        ("languages", "Hindi native", {"Hindi": "native"}),
        ("summary", "Guided Korean and American guests, fluent in Thai", {"Thai": "fluent"}),
    ],
)
def test_languages_claimed(languages, kind, text, found):
    assert read(languages, **{kind: text}) == found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("education", "BA English, Any University, 2006-2010"),
        ("education", "Bachelor of Elementary Education, major in English"),
        ("experience", "Taught Spanish to grade 9"),
        ("experience", "Showed Japanese and Dutch visitors around the plant"),
        ("experience", "Prepared Italian food for 200 covers"),
        ("experience", "Planned the Spanish language arts shelf of the library"),
        ("skills", "filing, English, ledgers, scanning"),
        ("personal", "Nationality: Filipino"),
        ("experience", "Helped Polish speaking patients"),
        ("languages", "I do not speak French"),
        ("languages", "no Spanish"),
        ("languages", "I cannot speak French, Dutch or Thai"),
        ("summary", "I don't speak French and Dutch"),
        ("languages", "Hindi ako marunong mag-Spanish"),
        ("languages", "Masipag, hindi mareklamo"),
        ("skills", "Masipag\nHindi maselan sa trabaho"),
        ("languages", "Korean and American guests"),
        ("references", "Mr. French, English Department, fluent in Spanish"),
    ],
)
def test_languages_not_claimed(languages, kind, text):
    assert read(languages, **{kind: text}) == {}


def test_languages_bilingual_with_one_other_language_in_use(languages):
    text = "Bi-lingual front desk clerk\nHelped Polish speaking patients"
    assert read(languages, experience=text) == {"Polish": "bilingual"}


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("languages", "Sign Language:\nElementary", {"Sign language": "elementary"}),
        ("languages", "Tagalog\nNative\nEnglish\nFluent", {"Tagalog": "native", "English": "fluent"}),
        ("languages", "Tagalog\nEnglish fluent", {"Tagalog": None, "English": "fluent"}),
        ("summary", "Bilingual, interpreted and translated English/Spanish", {"English": "bilingual", "Spanish": "bilingual"}),
        ("languages", "English (IELTS 7.5), Hindi", {"English": "ielts 7.5", "Hindi": None}),
        ("languages", "English - Versant 58", {"English": "versant 58"}),
        ("languages", "English C1 (EF SET 72/100)", {"English": "c1"}),
        ("languages", "English tutor to an Armenian", {}),
        ("languages", "English 90%", {"English": None}),
        (
            "languages",
            "- Thai: Native / - English: Medium-High / - Dutch: Basic",
            {"Thai": "native", "English": "medium-high", "Dutch": "basic"},
        ),
        ("languages", "Thai: Native / - English: - / - Dutch: Basic", {"Thai": "native", "English": None, "Dutch": "basic"}),
        (
            "other",
            "English C1 (2024), Filipino, Cebuano (home language)",
            {"English": "c1", "Filipino": None, "Cebuano": "home language"},
        ),
    ],
)
def test_languages_levels(languages, kind, text, found):
    assert read(languages, **{kind: text}) == found


def test_languages_level_wins_over_a_bare_mention(languages):
    assert read(languages, skills="Spanish, Excel", summary="Fluent in Spanish") == {"Spanish": "fluent"}


@pytest.mark.parametrize(
    ("summary", "listed", "level"),
    [
        ("Fluent in Spanish.", "Spanish - basic", "fluent"),  # the most that is said, wherever it stands
        ("Basic Spanish.", "Spanish - fluent", "fluent"),
        ("Fluent in Spanish.", "Spanish (B2)", "b2"),  # a scale says more than a word
        ("Fluent in Spanish.", "Spanish - native", "native"),
        ("Fluent in Spanish.", "Spanish", "fluent"),
        ("Spanish C1 speaker.", "Spanish B2", "c1"),
    ],
)
def test_of_two_levels_the_higher_is_taken(languages, summary, listed, level):
    assert read(languages, summary=summary, languages=listed) == {"Spanish": level}
