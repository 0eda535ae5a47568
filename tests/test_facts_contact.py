"""Contact data: name, emails, phones, city and links as resumes of many countries print them, and what only looks like them."""

from __future__ import annotations

import pytest
from facts_page import lines_of, page_of, sections_of

from matcher.reading.facts.contact import ContactReader
from matcher.reading.facts.personal import PersonalReader
from matcher.reading.titles import TitleReader
from matcher.records import Kind


@pytest.fixture(scope="session")
def read(taxonomy):
    rules = taxonomy.rules
    personal, contact = PersonalReader(rules), ContactReader(rules, TitleReader(rules))

    def read(**parts):
        page = page_of(**parts)
        facts = contact.read(page, personal.read(page))
        assert all(page.text[f.start : f.end] == f.text for f in facts)
        return facts

    return read


def values(facts, kind, key=""):
    return [f.value[key or kind] for f in facts if f.kind == kind]


def name_of(facts):
    return next(iter(values(facts, "contact-name", "name")), None)


# ------------------------------------------------------------------------------------------------------------------- names

NAMES = [
    # the header, the name
    ("MARIA SANTOS\n0917 555 0100", "MARIA SANTOS"),
    ("Maria Santos\n0917 555 0100", "Maria Santos"),
    ("RESUME\nMaria Santos\n0917 555 0100", "Maria Santos"),
    ("CURRICULUM VITAE\n\nMaria Santos\nm@example.com", "Maria Santos"),
    ("Curriculum Vitae of Maria Santos\nm@example.com", "Maria Santos"),
    ("CURRICULUM VITAE - MARIA SANTOS\nm@example.com", "MARIA SANTOS"),
    ("RESUME OF JUAN T. EJEMPLO\n0917 555 0100", "JUAN T. EJEMPLO"),
    ("Bio-data\nName: Ramesh Kumar Example\nm@example.com", "Ramesh Kumar Example"),
    ("Name : RAMESH EXAMPLE\nFather's Name : SURESH EXAMPLE", "RAMESH EXAMPLE"),
    ("Name\tRamesh Example\nAge\t27", "Ramesh Example"),
    ("Full Name: maria santos\nm@example.com", "maria santos"),
    ("NAME\nMaria Santos\nADDRESS\nPasig City", "Maria Santos"),
    ("Nombre: José Luis Ejemplo Pérez\nm@example.com", "José Luis Ejemplo Pérez"),
    ("Surname: Dela Cruz\nFirst Name: Juan\nMiddle Name: P.", "Juan Dela Cruz"),
    ("MARIA SANTOS, CPC, RHIT\n0917 555 0100", "MARIA SANTOS"),
    ("Maria Santos, RN, USRN\n0917 555 0100", "Maria Santos"),
    ("Maria Santos, CPC-A\n0917 555 0100", "Maria Santos"),
    ("MARIA SANTOS RN\n0917 555 0100", "MARIA SANTOS"),
    ("Jack Ma\njack.ma@example.com", "Jack Ma"),
    ("Wei Ling Ma\n0917 555 0100", "Wei Ling Ma"),
    ("Maria Santos, MBA (HR)\n0917 555 0100", "Maria Santos"),
    ("MARIA SANTOS, PTRP, CPC-A\n0917 555 0100", "MARIA SANTOS"),
    ("Maria Santos, PTRP, XYZ\n0917 555 0100", "Maria Santos"),
    ("Maria Santos, RN, CPC Medical Coder Manila\n0917 555 0100", "Maria Santos"),
    ("JUAN MIGUEL\nEJEMPLO\njm.ejemplo@example.com", "JUAN MIGUEL EJEMPLO"),
    ("Mr. Juan Ejemplo\n0917 555 0100", "Juan Ejemplo"),
    ("MS. ANA EXAMPLE\n0917 555 0100", "ANA EXAMPLE"),
    ("Engr. Juan Ejemplo\n0917 555 0100", "Juan Ejemplo"),
    ('Ana "Annie" Reyes\na@example.com', 'Ana "Annie" Reyes'),
    ("Ana (Annie) Reyes\na@example.com", "Ana (Annie) Reyes"),
    ("Ana Reyes (she/her)\na@example.com", "Ana Reyes"),
    ("Juan de la Cruz\n0917 555 0100", "Juan de la Cruz"),
    ("Juan dela Cruz Jr.\n0917 555 0100", "Juan dela Cruz Jr."),
    ("MA. TERESA STO. DOMINGO\n0917 555 0100", "MA. TERESA STO. DOMINGO"),
    ("Ma. Luz delos Reyes\n0917 555 0100", "Ma. Luz delos Reyes"),
    ("María José García López\nm@example.com", "María José García López"),
    ("Nguyễn Thị Minh Khai\nm@example.com", "Nguyễn Thị Minh Khai"),
    ("K. Suresh\n98765 43210", "K. Suresh"),
    ("Suresh K\n98765 43210", "Suresh K"),
    ("S. K. Example\n98765 43210", "S. K. Example"),
    ("R.Lakshmi Example\n98765 43210", "R.Lakshmi Example"),
    ("Mary-Jane O'Example\nm@example.com", "Mary-Jane O'Example"),
    ("DELA CRUZ, JUAN P.\n0917 555 0100", "DELA CRUZ, JUAN P."),
    ("maria santos\nmaria.santos@example.com", "maria santos"),
    ("MARIA\nSANTOS\nmaria.santos@example.com", "MARIA SANTOS"),
    ("Maria Santos | Quality Analyst | Pasig City\n0917 555 0100", "Maria Santos"),
    ("Quality Analyst\nMaria Santos\n0917 555 0100", "Maria Santos"),
    ("Pasig City, Philippines\n0917 555 0100\nMaria Santos\nmaria@example.com", "Maria Santos"),
    ("Maria Santos    0917 555 0100", "Maria Santos"),
    ("Maria Santos • m@example.com • Austin, TX", "Maria Santos"),
    # nothing that is a name, or nothing that proves it one
    ("CONSUMER ADVOCATE", None),
    ("Quality Analyst\nagent@example.com", None),
    ("CURRICULUM VITAE\n0917 555 0100", None),
    ("CUSTOMER SERVICE ADVOCATE\nm@example.com", None),
    ("Maria Santos", None),
    ("Quezon City\n0917 555 0100", None),
    ("Metro Manila, Philippines\n0917 555 0100", None),
    ("New York\nm@example.com", None),
    ("Blue Kite Solutions\nm@example.com", None),
    ("Sample State University\nm@example.com", None),
    ("Personal Information\n0917 555 0100", None),
    ("Results Driven Leader\nm@example.com", None),
    ("Microsoft Certified Professional\nm@example.com", None),
    ("Employer Name: Blue Kite\nm@example.com", None),
    ("User Name: Ana Reyes", None),
    ("Strategic Account Planner\nm@example.com", None),
    ("Father's Name: Suresh Example\nm@example.com", None),
]


@pytest.mark.parametrize(("head", "name"), NAMES)
def test_names(read, head, name):
    assert name_of(read(header=head, experience="Agent | Blue Kite | 08/2021 - 12/2022")) == name


def test_a_name_stands_wherever_it_is_printed(read):
    facts = read(header="Maria Santos\nm@example.com", declaration="I hereby declare that all is true.\nMARIA SANTOS")
    assert [f.text for f in facts if f.kind == "contact-name"] == ["Maria Santos", "MARIA SANTOS"]
    assert set(values(facts, "contact-name", "name")) == {"Maria Santos"}


def test_a_name_without_an_address_counts_if_it_is_signed(read):
    assert name_of(read(header="Maria Santos", declaration="I hereby declare that all is true.\nMaria Santos")) == "Maria Santos"


@pytest.mark.parametrize(
    ("head", "skill"),
    [("Google Sheets\n0917 555 0100", "google-sheets"), ("Maria Santos\nm@example.com\nSAP, Oracle, VA", "oracle-erp")],
)
def test_a_tool_is_no_name_and_no_town(engine, head, skill):
    (found,) = engine.extract(f"{head}\n\nEXPERIENCE\nAgent, Blue Kite, 08/2021 - 12/2022".encode(), "a.txt", Kind.RESUME)
    contact = found["facts"]["contact"]
    assert skill in {item["concept"] for item in found["skills"]}
    assert (contact["name"], contact["city"]) == ("Maria Santos" if "Maria" in head else None, None)


@pytest.mark.parametrize("section", ["skills", "certifications", "languages", "education"])
def test_a_name_under_a_column_at_the_side(read, section):
    contact = "0917 555 0100\nmaria.santos@example.com"
    parts = {"personal": contact, section: "Excel\n\nMaria Santos\nTeam Leader\nPasig City"}
    found = read(**parts, experience="Agent | Blue Kite | 08/2021 - 12/2022")
    assert (name_of(found), values(found, "city")) == ("Maria Santos", ["Pasig City"])


def test_a_referee_is_not_the_candidate(read):
    facts = read(skills="Excel", references="Name: Juan Ejemplo\njuan@example.com\n0917 555 0100\nlinkedin.com/in/juan-ejemplo")
    assert facts == ()


def test_an_employer_is_not_the_candidate(read):
    facts = read(
        header="Maria Santos\nmaria@example.com\n0917 555 0100",
        experience=(
            "Agent | Blue Kite | 08/2021 - 12/2022\nSupervisor: Juan Ejemplo, 0917 555 0199, juan@example.com\nwww.example.org"
        ),
    )
    assert values(facts, "phone") == ["0917 555 0100"]
    assert values(facts, "email") == ["maria@example.com"]
    assert values(facts, "link") == []


def test_contact_data_at_the_foot_of_a_column_is_the_candidates(read):
    facts = read(
        header="Maria Santos\nChat agent",
        experience="Agent | Blue Kite | 2021\n- Took chats\n\n• m@example.com\n• 0917 123 4567\n• Lipa City",
    )
    assert [f.text for f in facts] == ["Maria Santos", "Lipa City", "m@example.com", "0917 123 4567"]


@pytest.mark.parametrize("section", ["experience", "education", "interests", "additional", "certifications"])
def test_pages_of_others_are_no_links(read, section):
    head, text = (
        "Maria Santos\nm@example.com",
        "Paper: https://doi.org/10.1000/182, www.example.org\nPortfolio: example.com/maria",
    )
    found = read(header=head, **{section: f"{text}\nhttps://www.linkedin.com/in/maria-example"})
    assert values(found, "link") == ["https://www.linkedin.com/in/maria-example"]


# ------------------------------------------------------------------------------------------------------------------ emails


@pytest.mark.parametrize(
    ("line", "emails"),
    [
        ("maria.santos@example.com", ["maria.santos@example.com"]),
        ("Email: maria_santos+jobs@mail.example.com.ph", ["maria_santos+jobs@mail.example.com.ph"]),
        ("E-mail: MARIA@EXAMPLE.COM;", ["MARIA@EXAMPLE.COM"]),
        ("mailto:maria@example.com", ["maria@example.com"]),
        ("maria @ example.com", ["maria@example.com"]),
        ("Maria Santos | maria @ example.com", ["maria@example.com"]),
        ("Email Maria @ example.com", ["Maria@example.com"]),
        ("Agent @ Lakeview.com", []),
        ("Senior sales agent @ lakeview.com", []),
        ("maria@ example.com", ["maria@example.com"]),
        ("maria@example. com", ["maria@example.com"]),
        ("maria.santos@\nexample.com", ["maria.santos@example.com"]),
        ("maria.santos\n@example.com", ["maria.santos@example.com"]),
        ("maria.santos@example.\ncom", ["maria.santos@example.com"]),
        ("maria(at)example.com", ["maria@example.com"]),
        ("maria [at] example.com", ["maria@example.com"]),
        ("maria@example.comPhone: 0917 555 0100", ["maria@example.com"]),
        ("maria@example.com/ana@example.com", ["maria@example.com", "ana@example.com"]),
        ("<maria@example.com>", ["maria@example.com"]),
        ("maria@example.com. Phone on request", ["maria@example.com"]),
        ("maria@example.co.in", ["maria@example.co.in"]),
        ("Meet us @ the park. Com", []),
        ("@handle on chat", []),
        ("maria@localhost", []),
        ("paid 5 @ 20.00", []),
    ],
)
def test_emails(read, line, emails):
    assert values(read(header=f"Maria Santos\n{line}"), "email") == emails


# ------------------------------------------------------------------------------------------------------------------ phones


@pytest.mark.parametrize(
    ("line", "phones"),
    [
        ("0917 123 4567", ["+639171234567"]),
        ("09171234567", ["+639171234567"]),
        ("0917-123-4567", ["+639171234567"]),
        ("(0917) 123-4567", ["+639171234567"]),
        ("0917.123.4567", ["+639171234567"]),
        ("+63 917 123 4567", ["+639171234567"]),
        ("(+63) 917 123 4567", ["+639171234567"]),
        ("+63-917-123-4567 / +63-928-123-4567", ["+639171234567", "+639281234567"]),
        ("09171234567/09281234567", ["+639171234567", "+639281234567"]),
        ("Mobile: 0917 123 4567, 0928 123 4567", ["+639171234567", "+639281234567"]),
        ("CP# 09171234567 Tel# (02) 8123 4567", ["+639171234567", "+63281234567"]),
        ("Quezon City | 8123-4567", []),
        ("Quezon City | Tel: 8123-4567", ["+6381234567"]),
        ("+91 98765 43210", ["+919876543210"]),
        ("+91-9876543210", ["+919876543210"]),
        ("98765 43210", ["+919876543210"]),
        ("Mob: 9876543210", ["+919876543210"]),
        ("91 9876543210", ["+919876543210"]),
        ("Bengaluru - 560034 98765 43210", ["+919876543210"]),
        ("(512) 555-0142", ["+15125550142"]),
        ("512.555.0142 | Austin, TX 78701", ["+15125550142"]),
        ("Austin, TX 78701 512-555-0142", ["+15125550142"]),
        ("1-512-555-0142 ext. 12", ["+15125550142"]),
        ("+1 (512) 555-0142 x12", ["+15125550142"]),
        ("+63 900 000 0188", ["+639000000188"]),
        ("(555) 555-1212", ["+15555551212"]),
        ("+44 20 7946 0958", ["+442079460958"]),
        ("07911 123456, Leeds", ["+447911123456"]),
        ("07911 123456", ["+447911123456"]),
        ("+52 55 1234 5678", ["+525512345678"]),
        ("+57 300 123 4567", ["+573001234567"]),
        ("+27 82 123 4567", ["+27821234567"]),
        ("082 123 4567, Durban, South Africa", ["+27821234567"]),
        # no phone numbers
        ("Date of Birth: 12-06-1995", []),
        ("2015 - 2018", []),
        ("01.2015 - 03.2018", []),
        ("2015 2016 2017 2018", []),
        ("SSS No. 01-2345678-9", []),
        ("TIN 123-456-789-000", []),
        ("PhilHealth: 12-345678901-2", []),
        ("Aadhaar: 1234 5678 9012", []),
        ("Passport No. 123456789", []),
        ("Employee ID: 123456789", []),
        ("PRC License No. 0123456789", []),
        ("Supervisor: Juan Ejemplo, Tel: 512 555 0199", []),
        ("Fax: 512 555 0199", []),
        ("Salary: PHP 25,000.00 - 30,000.00", []),
        ("$1,250,000,000", []),
        ("linkedin.com/in/maria-0917123456", []),
        ("maria0917123456@example.com", []),
    ],
)
def test_phones(read, line, phones):
    found = read(header=f"Maria Santos\n{line}")
    assert values(found, "phone", "e164") == phones


@pytest.mark.parametrize("line", ["0900 000 0141", "+63 900 000 0188", "0900.000.0156", "Cell: 555-0142", "(555) 555-5555"])
def test_phones_that_lead_nowhere_are_phones(read, line):
    assert len(values(read(header=f"Maria Santos\nPasig City\n{line}"), "phone")) == 1


# -------------------------------------------------------------------------------------------------------------------- city


@pytest.mark.parametrize(
    ("line", "city"),
    [
        ("Quezon City, Philippines", "Quezon City"),
        ("Pasig City 1600", "Pasig City"),
        ("Pasig City", "Pasig City"),
        ("Makati City, Metro Manila, Philippines", "Makati City"),
        ("Novaliches, Quezon City", "Quezon City"),
        ("Lemery, Batangas", "Lemery"),
        ("Blk 3 Lot 8 Rose St., Brgy. San Juan, Lemery, Batangas", "Lemery"),
        ("Cebu, Philippines", "Cebu"),
        ("Mandaue City, Cebu", "Mandaue City"),
        ("Bengaluru - 560034", "Bengaluru"),
        ("Bengaluru 560034, Karnataka, India", "Bengaluru"),
        ("Flat 4, Lotus Apts, MG Road, Pune - 411 001", "Pune"),
        ("Andheri East, Mumbai, Maharashtra", "Mumbai"),
        ("Address: H.No. 12, Gandhi Nagar, Hyderabad, Telangana 500001", "Hyderabad"),
        ("New Delhi", "New Delhi"),
        ("Austin, TX 78701", "Austin"),
        ("1200 Example Blvd, Austin, TX 78701", "Austin"),
        ("Currently at Indirapuram, Ghaziabad (native: Kolkata)", "Ghaziabad"),
        ("Batangas City (work from home)", "Batangas City"),
        ("Mobile, AL", "Mobile"),
        ("Salt Lake City, UT", "Salt Lake City"),
        ("St. Louis, MO | 314 555 0142", "St. Louis"),
        ("Brooklyn, New York", "Brooklyn"),
        ("12 Example Lane, Leeds LS1 4AB", "Leeds"),
        ("Leeds, United Kingdom", "Leeds"),
        ("Medellín, Colombia", "Medellín"),
        ("Guadalajara, Jalisco, México", "Guadalajara"),
        ("Durban, KwaZulu-Natal", "Durban"),
        ("Location: Bacoor, Cavite", "Bacoor"),
        ("Spanish Town, Jamaica", "Spanish Town"),
        ("Address: 12 German Street, English Bazar", "English Bazar"),
        ("CEBU CITY | m@example.com", "CEBU CITY"),
        ("MANILA, PHILIPPINES", "MANILA"),
        # no place of the candidate's
        ("City, State", None),
        ("City , State , Country", None),
        ("Call Center Agent, Blue Kite Solutions, Manila", None),
        ("Sample University, Manila", None),
        ("Philippines", None),
        ("Cavite, Philippines", None),
        ("Texas", None),
        ("Voice, Chat, Email", None),
        ("Excel, Word, Outlook", None),
        ("Customer Service, CA", None),
        ("Ready to travel, relocate", None),
        ("6 Sigma, Autocad, Corona Treating", None),
        ("Present Address: Sydney Australia", "Sydney"),
    ],
)
def test_city(read, line, city):
    found = values(read(header=f"Maria Santos\n{line}\nmaria@example.com"), "city")
    assert (found[0] if found else None) == city


def test_the_city_is_not_of_a_job_or_a_school(read):
    facts = read(
        header="Maria Santos\nmaria@example.com",
        experience="Agent | Blue Kite | Makati City | 08/2021 - 12/2022",
        education="BS Nursing, Any College, Cebu City",
    )
    assert values(facts, "city") == []


@pytest.mark.parametrize("label", ["Address", "Permanent Address", "Location", "Present Address", "City", "Based in"])
def test_the_city_of_a_section_of_its_own(read, label):
    assert values(read(header="Maria Santos", personal=f"{label}: 12 Rose St., Lemery, Batangas"), "city") == ["Lemery"]


# ------------------------------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("https://www.linkedin.com/in/maria-example", ["https://www.linkedin.com/in/maria-example"]),
        ("linkedin.com/in/maria-example", ["linkedin.com/in/maria-example"]),
        ("ph.linkedin.com/in/maria-example", ["ph.linkedin.com/in/maria-example"]),
        ("LinkedIn: www.linkedin.com/in/maria-example.", ["www.linkedin.com/in/maria-example"]),
        ("github.com/mexample | mexample.github.io", ["github.com/mexample", "mexample.github.io"]),
        ("(https://example.com/portfolio)", ["https://example.com/portfolio"]),
        ("maria@linkedin.com", []),
        ("maria@github.io", []),
        ("www.", []),
        ("Excel/Word", []),
    ],
)
def test_links(read, line, links):
    assert values(read(header=f"Maria Santos\n{line}"), "link") == links


# ------------------------------------------------------------------------------------------------- nothing of it is a claim


@pytest.mark.parametrize(
    "line",
    [
        "Nationality: Filipino",
        "Citizenship: Indian",
        "Nationality: Spanish / French",
        "Born in Spain",
        "Address: 12 German Street, English Bazar",
        "Spanish Town, Jamaica",
        "12 Chat Street, Salesforce City, Philippines",
        "Religion: Hindu",
        "Female | Filipino | Single",
        "Present Address: 4 French Quarter, Excel Homes, Lemery, Batangas",
        "Mobile, AL",
        "Father's Name: Avaya Oracle",
        "linkedin.com/in/excel-zendesk",
    ],
)
@pytest.mark.parametrize("section", ["header", "personal"])
def test_what_is_about_the_person_claims_nothing(engine, line, section):
    head = "Maria Santos\nmaria@example.com\n"
    text = (
        f"{head}{line}\n\nSkills\nCold calling"
        if section == "header"
        else f"{head}\nSkills\nCold calling\n\nPersonal Information\n{line}"
    )
    profile = engine.read_resume(text.encode(), "cv.txt")
    assert [c.concept for c in profile.claims] == ["cold-calling"]
    assert profile.facts.languages == ()


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Languages: Filipino (native)", "Filipino"),
        ("Languages known: Hindi", "Hindi"),
        ("Language spoken: Spanish", "Spanish"),
    ],
)
def test_a_language_of_a_personal_section_is_one(engine, line, language):
    text = f"Maria Santos\nmaria@example.com\n\nPersonal Information\nNationality: Indian\n{line}\nReligion: Hindu"
    assert [found.name for found in engine.read_resume(text.encode(), "cv.txt").facts.languages] == [language]


@pytest.mark.parametrize(
    "place", ["Chinese General Hospital", "French Quarter Hotel", "Spanish Town Clinic", "German Street Bank"]
)
def test_a_place_of_work_is_no_language(engine, place):
    text = f"Maria Santos\nmaria@example.com\n\nExperience\nReceptionist | {place} | Jan 2016 - Dec 2018\n- Booked rooms"
    profile = engine.read_resume(text.encode(), "cv.txt")
    assert profile.facts.languages == ()
    assert not [c.concept for c in profile.claims if c.concept in ("mandarin", "french", "spanish", "german", "chinese")]


def test_facts_do_not_depend_on_sections_for_their_offsets(taxonomy):
    text, sections = sections_of({"header": "Maria Santos\n\n\nmaria@example.com", "personal": "Age: 27"})
    from matcher.reading.facts.resume import ResumeFactReader

    facts = ResumeFactReader(taxonomy.rules, TitleReader(taxonomy.rules)).read(text, lines_of(text), sections)
    assert all(text[f.start : f.end] == f.text for f in facts)
