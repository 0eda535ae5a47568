"""Personal data: what is found, with its span, in the bio-data forms of many countries, and what only looks like it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from facts_page import lines_of, page_of, sections_of
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.reading.facts.contact import ContactReader
from matcher.reading.facts.personal import PersonalReader
from matcher.reading.facts.resume import ResumeFactReader
from matcher.reading.titles import TitleReader
from matcher.records import OF_THE_PERSON

# A line of a section "Personal information", and what must be found in it: what it is of, and the value.
LABELLED = [
    ("Date of Birth : 12-Jun-1995", "birth-date", "12-Jun-1995"),
    ("Date of Birth: June 3, 1995", "birth-date", "June 3, 1995"),
    ("DATE OF BIRTH - 03/05/1990", "birth-date", "03/05/1990"),
    ("DOB: 3rd of September, 1990", "birth-date", "3rd of September, 1990"),
    ("D.O.B. : 21.09.1998", "birth-date", "21.09.1998"),
    ("Birthday: 02 November 1989", "birth-date", "02 November 1989"),
    ("Birthdate\tMarch 14, 2002", "birth-date", "March 14, 2002"),
    ("Birth date\t:\tMarch 14, 2002", "birth-date", "March 14, 2002"),
    ("Born: 1991", "birth-date", "1991"),
    ("Fecha de nacimiento: 4 de mayo de 1990", "birth-date", "4 de mayo de 1990"),
    ("Place of Birth: Lemery, Batangas", "birth-place", "Lemery, Batangas"),
    ("Lugar de nacimiento: Cali, Colombia", "birth-place", "Cali, Colombia"),
    ("Age: 27", "age", "27"),
    ("AGE\t27", "age", "27"),
    ("Age 27 years", "age", "27 years"),
    ("Age: Twenty-five", "age", "Twenty-five"),
    ("Edad: 31 años", "age", "31 años"),
    ("Sex: F", "sex", "F"),
    ("Gender - Male", "sex", "Male"),
    ("Sex/Gender: Female", "sex", "Female"),
    ("Sexo: Femenino", "sex", "Femenino"),
    ("Pronouns: she/her", "pronouns", "she/her"),
    ("Civil Status: Single", "civil-status", "Single"),
    ("Marital Status :Married", "civil-status", "Married"),
    ("Civil/Marital Status: Widowed", "civil-status", "Widowed"),
    ("Marital Status: Married with two children", "civil-status", "Married with two children"),
    ("Status: Single", "civil-status", "Single"),
    ("Estado civil: Soltera", "civil-status", "Soltera"),
    ("No. of Children: 2", "children", "2"),
    ("Religion: Roman Catholic", "religion", "Roman Catholic"),
    ("Religion : Hindu", "religion", "Hindu"),
    ("Religious Affiliation: Iglesia ni Cristo", "religion", "Iglesia ni Cristo"),
    ("Caste: OBC", "ethnicity", "OBC"),
    ("Nationality: Filipino", "nationality", "Filipino"),
    ("Citizenship\tFilipino", "nationality", "Filipino"),
    ("Nationality / Religion: Indian / Hindu", "nationality", "Indian / Hindu"),
    ("Nacionalidad: Mexicana", "nationality", "Mexicana"),
    ("Height: 5'4\"", "body", "5'4\""),
    ("Height: 170 cm", "body", "170 cm"),
    ("Height / Weight: 5'6\" / 54 kg", "body", "5'6\" / 54 kg"),
    ("Weight : 60 kgs", "body", "60 kgs"),
    ("Blood Group : O+ve", "body", "O+ve"),
    ("Blood type: AB", "body", "AB"),
    ("Physically challenged: No", "health", "No"),
    ("Father's Name : B. Example", "parents", "B. Example"),
    ("Fathers Name: Ramesh Example", "parents", "Ramesh Example"),
    ("Father’s Name\tRamesh Example", "parents", "Ramesh Example"),
    ("Mother's Maiden Name: Luz Ejemplo", "parents", "Luz Ejemplo"),
    ("Mother: Luz Ejemplo", "parents", "Luz Ejemplo"),
    ("S/o Ramesh Example", "parents", "Ramesh Example"),
    ("D/O: Ramesh Example", "parents", "Ramesh Example"),
    ("Father's Occupation: Farmer", "parents", "Farmer"),
    ("W/o Suresh Example", "spouse", "Suresh Example"),
    ("Spouse Name: Pedro Ejemplo", "spouse", "Pedro Ejemplo"),
    ("Husband's Name: Suresh Example", "spouse", "Suresh Example"),
    ("SSS No.: 00-0000000-0", "id-number", "00-0000000-0"),
    ("SSS / TIN: 00-0000000-0", "id-number", "00-0000000-0"),
    ("TIN: 000-000-000-000", "id-number", "000-000-000-000"),
    ("PhilHealth No. 00-000000000-0", "id-number", "00-000000000-0"),
    ("Pag-IBIG MID No: 0000-0000-0000", "id-number", "0000-0000-0000"),
    ("Pag-ibig No.\t0000-0000-0000", "id-number", "0000-0000-0000"),
    ("UMID: 0000-0000000-0", "id-number", "0000-0000000-0"),
    ("Passport No: P0000000A", "id-number", "P0000000A"),
    ("Passport: Z0000000, valid until 2029", "id-number", "Z0000000, valid until 2029"),
    ("Aadhaar No. : 0000 0000 0000", "id-number", "0000 0000 0000"),
    ("Aadhar Card No - 000000000000", "id-number", "000000000000"),
    ("PAN No: ABCPE0000F", "id-number", "ABCPE0000F"),
    ("UAN: 100000000000", "id-number", "100000000000"),
    ("Driving Licence No: MH00 00000000000", "id-number", "MH00 00000000000"),
    ("Driver's License: N00-00-000000", "id-number", "N00-00-000000"),
    ("SSN: 000-00-0000", "id-number", "000-00-0000"),
    ("Social Security Number: 000-00-0000", "id-number", "000-00-0000"),
    ("NI Number: QQ 00 00 00 C", "id-number", "QQ 00 00 00 C"),
    ("DNI: 00000000X", "id-number", "00000000X"),
    ("CURP: XEXX010101HNEXXXA4", "id-number", "XEXX010101HNEXXXA4"),
    ("Cédula: 0.000.000.000", "id-number", "0.000.000.000"),
    (
        "Permanent Address: 12 Rose St., Brgy. San Juan, Lemery, Batangas",
        "address",
        "12 Rose St., Brgy. San Juan, Lemery, Batangas",
    ),
    ("Present Address\tFlat 4, Lotus Apts, Pune - 411001", "address", "Flat 4, Lotus Apts, Pune - 411001"),
    ("Dirección: Calle 10 # 20-30, Medellín", "address", "Calle 10 # 20-30, Medellín"),
    ("Signature: A. Example", "signature", "A. Example"),
]


READERS = []


def readers(rules):
    """The readers of personal and of contact data, built once."""
    if not READERS:
        READERS.extend((PersonalReader(rules), ContactReader(rules, TitleReader(rules))))
    return READERS


def found(rules, **parts):
    return [(f.value["what"], f.value["value"]) for f in readers(rules)[0].read(page_of(**parts))]


@pytest.fixture(scope="session")
def rules(taxonomy):
    return taxonomy.rules


@pytest.mark.parametrize(("line", "what", "value"), LABELLED)
def test_label_and_value(rules, line, what, value):
    assert found(rules, personal=line) == [(what, value)]


@pytest.mark.parametrize(
    ("line", "what", "value"), [case for case in LABELLED if case[0].split(":")[0] not in ("Status", "Mother", "Signature")]
)
def test_label_and_value_at_the_top(rules, line, what, value):
    assert (what, value) in found(rules, header=f"Ana Example\n{line}\nana@example.com")


@pytest.mark.parametrize(("line", "what", "value"), LABELLED)
def test_the_span_is_label_and_value(rules, line, what, value):
    (f,) = readers(rules)[0].read(page_of(personal=line))
    assert f.text == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # several labels in a line, in cells, in columns
        ("DOB : 03-05-1990 Sex : Female. Marital Status : Widowed.", ["birth-date", "sex", "civil-status"]),
        ("Age: 27\tSex: Male\tCivil Status: Single", ["age", "sex", "civil-status"]),
        ("Age: 27   Sex: Male   Civil Status: Single", ["age", "sex", "civil-status"]),
        ("Age: 27 | Sex: Male | Religion: INC", ["age", "sex", "religion"]),
        ("Age\t27\tHeight\t5'2\"", ["age", "body"]),
        ("Birthday: May 1, 1999, Age: 27, Sex: F", ["birth-date", "age", "sex"]),
        (
            "Gender: Male Nationality: Indian Marital Status: Married Number of Dependents: 3",
            ["sex", "nationality", "civil-status", "children"],
        ),
        ("Marital Status: Married Driving Experience Since: 2011 Age: 44)", ["civil-status", "age"]),
        ("Visa Status: EAD (Nationality: Indian)", ["nationality", "nationality"]),
        # label and value on lines of their own
        ("Civil Status\nSingle", ["civil-status"]),
        ("Date of Birth:\nJune 3, 1995", ["birth-date"]),
        ("Nationality\nFilipino\nReligion\nRoman Catholic", ["nationality", "religion"]),
        ("Date of Birth\n: 12 June 1995", ["birth-date"]),
        # statements without a label
        ("Single, 27, Catholic", ["civil-status", "age", "religion"]),
        ("27 years old, single, Catholic", ["age", "civil-status", "religion"]),
        ("Married, with 2 children", ["civil-status"]),
        ("Born in Lemery, Batangas", ["birth-date"]),
        ("A natural-born Filipino", ["nationality"]),
        # what a form asks that is about work or words
        ("Languages known: English, Hindi", []),
        ("Languages\tEnglish, Filipino", []),
        ("Dialects: Cebuano", []),
        ("Hobbies: singing for children", []),
        # numbers that tell by their form
        ("00-0000000-0", ["id-number"]),
        ("ABCPE0000F", ["id-number"]),
    ],
)
def test_forms_of_personal_sections(rules, text, expected):
    assert [what for what, _ in found(rules, personal=text)] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Female | Filipino | Born 1995", ["sex", "nationality", "birth-date"]),
        ("Male, 32, Married", ["sex", "age", "civil-status"]),
        ("27 years old, single, Catholic", ["age", "civil-status", "religion"]),
        ("24 y/o, Female", ["age", "sex"]),
        ("Age: 27/F", ["age"]),
        ("Indian • Male • DOB: 12/06/1995", ["nationality", "sex", "birth-date"]),
        ("(she/her)", ["pronouns"]),
        ("[Photo]", ["photo"]),
        ("2x2 picture", ["photo"]),
        ("Blk 3 Lot 8 Rose St., Brgy. San Juan, Lemery, Batangas", ["address"]),
        ("Flat 12, Lotus Residency, MG Road, Bengaluru - 560034 | 98765 00000", ["address"]),
        ("12 Example Lane, Leeds LS1 4AB", ["address"]),
        ("1200 Example Blvd, Austin, TX 78701", ["address"]),
        ("Austin, TX", []),
        ("Quality Analyst | 6 years", []),
        ("Bilingual agent, Spanish and English", []),
    ],
)
def test_statements_at_the_top(rules, line, expected):
    assert [what for what, _ in found(rules, header=f"Ana Example\n{line}")] == expected


def test_an_address_goes_on_in_the_next_lines(rules):
    text = "Permanent Address: 12 Rose St., Brgy. San Juan,\nLemery, Batangas,\nPhilippines 4209\nAge: 30"
    assert found(rules, personal=text) == [
        ("address", "12 Rose St., Brgy. San Juan, Lemery, Batangas, Philippines 4209"),
        ("age", "30"),
    ]


def test_referees_are_others(rules):
    text = "Mr. Juan Ejemplo - Manager, Blue Kite\n0917 555 0100 | juan@example.com\nAvailable upon request"
    assert found(rules, references=text) == [
        ("referee", "Mr. Juan Ejemplo - Manager, Blue Kite"),
        ("referee", "0917 555 0100 | juan@example.com"),
    ]


@pytest.mark.parametrize("heading", ["declaration", "personal", "additional"])
def test_what_an_applicant_signs(rules, heading):
    text = "I hereby declare that the above is true.\nPlace: Pune\nDate: 01/02/2026\nRahul Example"
    assert [what for what, _ in found(rules, **{heading: text})] == ["declaration", "signature", "signature", "signature"]


def test_referees_end_where_something_else_begins(rules):
    text = "Mrs. Luz Ejemplo, Principal\n\nWho I am\nA patient teacher\n\nMr. Juan Ejemplo, Manager\n\njuan@example.com"
    assert [value for _, value in found(rules, references=text)] == [
        "Mrs. Luz Ejemplo, Principal",
        "Mr. Juan Ejemplo, Manager",
        "juan@example.com",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "I am a US citizen.",
        "Dual citizenship: American and Mexican",
        "dual US and Italian citizen",
        "Citizenship: Filipino",
        "Nationality: Australian Visa: Tier 5",
    ],
)
@pytest.mark.parametrize("section", ["additional", "header", "personal"])
def test_citizenship_wherever_it_is_said(rules, line, section):
    assert [what for what, _ in found(rules, **{section: line})] == ["nationality"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Works best alone. Married, father of one.", ["civil-status"]),
        ("Single with two kids", ["civil-status"]),
        ("Helped senior citizens and the citizen helpline", []),
        ("Single, clear answers to customers", []),
    ],
)
def test_families_in_sentences(rules, line, expected):
    assert [what for what, _ in found(rules, other=line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "I hereby declare that all is true.",
        "I here by solemnly declare that all is true.",
        "I certify that the foregoing is true and correct.",
        "I confirm that the above is true.",
        "All the above information is correct as per my knowledge.",
        "The above mentioned details are true.",
        "Declaro que todo es cierto.",
    ],
)
def test_declarations(rules, line):
    assert [what for what, _ in found(rules, declaration=line)] == ["declaration"]


@pytest.mark.parametrize("bullet", ["", "- ", "• "])
def test_what_an_agent_confirms_on_calls_signs_nothing(rules, bullet):
    duties = ["On each call I confirm that the script is kept", "Answered inbound calls", "Zendesk and Avaya"]
    told = found(rules, experience="Agent, Blue Kite, 2019 - 2021\n" + "\n".join(bullet + duty for duty in duties))
    assert "signature" not in [what for what, _ in told]


def test_a_declaration_after_the_jobs_is_signed(rules):
    told = found(rules, experience="Agent, 2019 - 2021\n\nI hereby declare that all is true.\nPlace: Chennai\nMARIA SANTOS")
    assert [what for what, _ in told] == ["declaration", "signature", "signature"]


@pytest.mark.parametrize("years", ["2014 - 2018", "2014-2018", "2014–2018", "2014/2018"])
def test_years_of_schooling_tell_an_age(rules, years):
    assert found(rules, education=f"BS Nursing, Any College, {years}") == [
        ("graduation-year", "2014"),
        ("graduation-year", "2018"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ms. Example has led teams.", ["title"]),
        ("MRS. ANA EXAMPLE", ["title"]),
        ("She led a team, and her scores rose.", ["pronouns", "pronouns"]),
        ("I am a 27-year-old graduate.", ["age"]),
        ("I was born in Cebu in 1995.", ["birth-date"]),
        ("Helped each caller with his or her bill.", []),
        ("MS Excel and Ms Word, MS in Nursing, HIS and HER systems", []),
        ("Supported a 10 year old firm and a 25 years old brand.", []),
    ],
)
def test_titles_pronouns_and_ages_in_sentences(rules, text, expected):
    assert [what for what, _ in found(rules, summary=text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Single point of contact for married couples; managed average 27 calls",
        "Address: customers' concerns",
        "IP address: set up and traced",
        "Email address: entered for each account",
        "Age: verified with each caller",
        "Status: reported weekly",
        "Race: winner of the sales race",
        "Community: moderated posts",
        "Category: Telecom",
        "Updated name, date of birth and address of members",
        "Verified SSN, date of birth and PAN card of callers",
        "Verified: SSN, DOB, address, passport",
        "KYC - passport, driving licence, PAN, Aadhaar checks",
        "Tin: recycling of cans",
        "Born out of a pilot, the team grew to 30",
        "Reduced AHT from 27 to 21; age of tickets: 3 days",
        "Orders 000-00-00 and 12-34-56 were booked",
        "Sold to customers aged 25-40 years old",
        "Father and mother accounts were merged",
        "Weight: 40% of the scorecard",
        "Residence life, Greek societies, campus tours",
        "Greek letters and American idioms",
        "Ms Sql Server, Ms Asp and Mr Price accounts",
    ],
)
def test_words_of_work_are_no_personal_data(rules, text):
    assert found(rules, experience=text) == []
    assert found(rules, skills=text) == []


def test_a_person_is_left_out_of_what_is_claimed(rules):
    text, sections = sections_of(
        {
            "header": "Ana Example\nFemale | Filipino | Spanish Town, Jamaica\nana@example.com",
            "personal": (
                "Nationality: Filipino / Chinese\nCitizenship: Indian\nReligion: Hindu\nBorn in Spain\n"
                "Address: 12 German Street, English Bazar"
            ),
            "skills": "Typing 45 wpm",
        }
    )
    facts = ResumeFactReader(rules, TitleReader(rules)).read(text, lines_of(text), sections)
    assert all(text[f.start : f.end] == f.text for f in facts)
    assert {f.kind for f in facts} - OF_THE_PERSON == {"typing"}


# ---------------------------------------------------------------------------------------------------------------- the data


def test_every_kind_of_label_says_what_its_values_look_like(rules):
    own = rules["personal"]
    assert set(own["labels"]) == set(own["values"])
    for pattern in (
        *own["values"].values(),
        *(t["phone"] for t in own["places"].values() if "phone" in t),
        *own["identity"]["shapes"],
    ):
        re.compile(pattern)


def test_labels_are_of_one_kind_and_lower_case(rules):
    own = rules["personal"]
    labels = [form for forms in own["labels"].values() for form in forms]
    assert len(labels) == len(set(labels))
    assert all(form == form.casefold() for form in labels)
    assert set(own["ambiguous"]["labels"]) <= set(labels)


def test_places_have_one_spelling_and_cities_one_country(rules):
    tables = rules["personal"]["places"]
    cities = [city for table in tables.values() for city in table["cities"]]
    assert [city for city in cities if cities.count(city) > 1] == []
    assert all(
        name == name.casefold() for table in tables.values() for key in ("country", "regions", "cities") for name in table[key]
    )


PIECES = st.sampled_from(
    [
        *("Age", "DOB", "Sex", "Single", "Father's Name", "References", "I hereby declare", "born in", "27", "1995"),
        *(
            ":",
            "\t",
            "  ",
            "\n",
            "\n\n",
            "(",
            ")",
            "-",
            ",",
            "#",
            "/",
            "\u200b",
            "P.",
            "@",
            ".com",
            "www.",
            "0917 123 4567",
            "+63",
        ),
        *("St.", "Lemery", "Batangas", "Ana", "Reyes", "Mr. Cruz", "ñ"),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["header", "personal", "experience", "references"]))
def test_every_fact_is_a_slice_of_the_text(rules, pieces, section):
    page = page_of(**{section: " ".join(pieces)})
    reader, contacts = readers(rules)
    personal = reader.read(page)
    assert all(page.text[f.start : f.end] == f.text and f.text.strip() for f in (*personal, *contacts.read(page, personal)))
    assert all(one.end <= other.start for one, other in pairwise(personal))
