"""Twelve invented resumes of the Philippines, India, Latin America and South Africa, and the facts that they state."""

from __future__ import annotations

from typing import Any

AS_OF = "2026-06-15"

TRISHA = """TRISHA MAE D. QUILATON
Brgy. Sampaguita, Dasmariñas, Cavite
trisha.quilaton@example.com

OBJECTIVE
To be part of a growing BPO company.

WORK EXPERIENCE
Customer Service Representative, Bluepine Contact Solutions, June 2022 - March 2025
• Took 70+ inbound calls a day for a US telco account
• Kept CSAT at 94% for six consecutive months
• AHT 410 secs against a 450 target

EDUCATIONAL ATTAINMENT
Tertiary: BS Tourism Management, undergraduate (2nd year), Sample Colleges, 2019-2021
Secondary: Sample National High School, 2013-2019

TRAININGS AND SEMINARS ATTENDED
Seminar on Phone Etiquette, 2021

CERTIFICATIONS
TESDA Contact Center Services NC II - 2021
Certificate of Participation, Career Fair 2020

LANGUAGES
English (fluent), Tagalog (native), Cebuano
"""

JOMAR = """Jomar P. Vidallon
Iloilo City | jomar.vidallon@example.com

Skills
Typing speed: 52 WPM with 97% accuracy; 11,500 KSPH

Education
Currently taking up BS Information Systems, 3rd year, Sample State University
Senior High School (TVL-ICT), Sample High School, 2023

Availability: can start immediately
"""

ROWENA = """ROWENA B. MAGTANGGOL, RN
Davao City
rowena.m@example.com

EMPLOYMENT HISTORY
Healthcare Associate | Lakeview Health BPO | Aug 2019 - Present
- Reviewed 45 medical records per day at 99% accuracy
Staff Nurse | Sample Medical Center | Jan 2016 - July 2019
- Cared for patients

LICENSES AND CERTIFICATIONS
Registered Nurse
PRC License No. 0000000
Valid until: 04/2025
Certified Professional Coder (CPC) - AAPC 2023
CPC
Certified Risk Adjustment Coder - exam scheduled Sept 2026

EDUCATION
Bachelor of Science in Nursing, Sample University, 2015
"""

PRIYA = """PRIYA S. KADAMBUR
Coimbatore, Tamil Nadu
priya.kadambur@example.com

PROFESSIONAL SUMMARY
AR caller with 80% of claims settled at first call.

EXPERIENCE
AR Caller, Sunmere RCM Services Pvt Ltd, Feb 2023 till date
- Worked 55 claims per day
- Reduced denials by 18% in 6 months

ACADEMICS
B.Com, Sample Arts College, 2022 - 71%
HSC, State Board, 2019
SSLC, 2017

LANGUAGES KNOWN
English, Tamil, Telugu

Notice Period: 30 days
"""

ARJUN = """ARJUN V. THAKRELA
Indore
arjun.t@example.com

CAREER OBJECTIVE
Seeking a role in international voice process.

EDUCATION
B.Sc (pursuing final year), Sample Institute
12th, State Board, 2022
10th, State Board, 2020

LANGUAGES
Hindi (mother tongue), English: conversational
"""

MEERA = """MEERA J. PILLAMARRI
Hyderabad
meera.p@example.com

EXPERIENCE
Team Leader | Orchid Process Outsourcing | Apr 2021 - Apr 2026
- Led a team of 18 agents to 96% service level in Q1 2026
- Brought attrition of my team down from 9% to 5%
Process Associate | Orchid Process Outsourcing | May 2018 - Mar 2021
- Ranked #2 of 60

CERTIFICATIONS
Six Sigma Yellow Belt, 2022
PMP - pursuing

EDUCATION
MBA (HR), Sample University, 2018
"""

CAMILA = """CAMILA R. OSPINEDA
Medellín, Colombia
camila.ospineda@example.com

EXPERIENCIA LABORAL
Agente bilingüe de servicio al cliente, Puente Claro BPO, enero 2022 - diciembre 2024
- Handled 60 chats per day

FORMACIÓN ACADÉMICA
Licenciatura en Lenguas Modernas (en curso, 7mo semestre), Universidad Ejemplo
Bachiller, Colegio Ejemplo, 2018

IDIOMAS
Español: nativo
Inglés: C1 (EF SET 70/100)
"""

DIEGO = """DIEGO F. ARRIAZOLA
San Pedro Sula, Honduras
diego.arriazola@example.com

EXPERIENCE
Bilingual Sales Agent | Ceiba Calls | Mar 2023 - Feb 2026
- Closed 118% of monthly quota
- 150 outbound calls daily

EDUCATION
Secundaria completa, Instituto Ejemplo, 2019

LANGUAGES
Spanish - native, English - Versant 62
"""

VALERIA = """VALERIA T. MONTEJANO
Guadalajara, México
valeria.m@example.com

EDUCATION
Ingeniería Industrial, Universidad Ejemplo, 2021

CERTIFICATIONS
ITIL Foundation, expires 03/2026
CompTIA A+, valid until 11/2027

LANGUAGES
English B2, Spanish (native), Portuguese (basic)
"""

THANDEKA = """THANDEKA N. MKHWANE
Durban
thandeka.mk@example.com

WORK EXPERIENCE
Call Centre Agent | Umkhiwa Contact Services | 02/2021 - 10/2024
- Answered 90 calls a day, QA average 97%

EDUCATION
National Senior Certificate (Matric), Sample Secondary School, 2019

LANGUAGES
isiZulu (home language), English (fluent), Sesotho
"""

PIETER = """PIETER J. LOURENSKLOOF
Cape Town
pieter.l@example.com

WORK EXPERIENCE
Collections Consultant | Kaapberg Recoveries | Jan 2020 - May 2026
- Exceeded the collections target by 15%

QUALIFICATIONS
National Diploma: Credit Management, Sample University of Technology, 2019
Grade 12, Sample High School, 2015

SKILLS
Afrikaans (native), English (excellent)

Notice: one month
"""

TEMPLATE = """[Your Name]
[City]

SUMMARY
[Job title] with [number] years of experience. Fluent in [language].

EXPERIENCE
[Job title] | [Company name] | [Dates]
- Increased sales by [number]%
- Typing [Number] wpm with XX% accuracy

EDUCATION
Bachelor of [Field of study], [University name]

CERTIFICATIONS
[Certification name]
"""

NOTHING: dict[str, Any] = {
    "education": "unknown",
    "studying": None,
    "languages": [],
    "certifications": [],
    "typing": (None, None, None),
    "notice": None,
    "kpis": [],
}

PEOPLE: dict[str, tuple[str, dict[str, Any]]] = {
    "trisha": (
        TRISHA,
        {
            "education": "some_college",
            "languages": [("English", "fluent"), ("Tagalog", "native"), ("Cebuano", None)],
            "certifications": [("contact-center-services-nc-ii", "held")],
            "kpis": [
                ("calls", "70+", "day", "own"),
                ("CSAT", "94%", "six consecutive months", None),
                ("Average handle time", "410 secs", None, None),
            ],
        },
    ),
    "jomar": (
        JOMAR,
        {"education": "some_college", "studying": "bachelor", "typing": (52, 97.0, 11500), "notice": "immediate"},
    ),
    "rowena": (
        ROWENA,
        {
            "education": "bachelor",
            "certifications": [("ph-nursing-licence", "expired"), ("cpc", "held"), ("crc", "in progress")],
            "kpis": [("volume: medical records", "45", "day", "own"), ("Accuracy", "99%", None, None)],
        },
    ),
    "priya": (
        PRIYA,
        {
            "education": "bachelor",
            "languages": [("English", None), ("Tamil", None), ("Telugu", None)],
            "notice": "30 days",
            "kpis": [("volume: claims", "55", "day", "own"), ("denials", "18%", "6 months", None)],
        },
    ),
    "arjun": (
        ARJUN,
        {
            "education": "some_college",
            "studying": "bachelor",
            "languages": [("Hindi", "mother tongue"), ("English", "conversational")],
        },
    ),
    "meera": (
        MEERA,
        {
            "education": "master",
            "certifications": [("six-sigma-yellow-belt", "held"), ("pmp", "in progress")],
            "kpis": [
                ("team size", "18", None, "team"),
                ("Service level", "96%", "q1 2026", "team"),
                ("Attrition", "9% to 5%", None, "team"),
                ("rank", "Ranked #2 of 60", None, "own"),
            ],
        },
    ),
    "camila": (
        CAMILA,
        {
            "education": "some_college",
            "studying": "bachelor",
            "languages": [("Spanish", "nativo"), ("English", "c1")],
            "certifications": [("efset", "held")],
            "kpis": [("volume: chats", "60", "day", "own")],
        },
    ),
    "diego": (
        DIEGO,
        {
            "education": "high_school",
            "languages": [("Spanish", "native"), ("English", "versant 62")],
            "kpis": [("target attainment", "118%", "month", "own"), ("calls", "150", "day", None)],
        },
    ),
    "valeria": (
        VALERIA,
        {
            "education": "bachelor",
            "languages": [("English", "b2"), ("Spanish", "native"), ("Portuguese", "basic")],
            "certifications": [("itil-foundation", "expired"), ("comptia-a-plus", "held")],
        },
    ),
    "thandeka": (
        THANDEKA,
        {
            "education": "high_school",
            "languages": [("isiZulu", "home language"), ("English", "fluent"), ("Sesotho", None)],
            "kpis": [("calls", "90", "day", "own"), ("Quality score", "97%", None, None)],
        },
    ),
    "pieter": (
        PIETER,
        {
            "education": "associate",
            "languages": [("Afrikaans", "native"), ("English", "excellent")],
            "notice": "one month",
            "kpis": [("collections target", "15%", None, None)],
        },
    ),
    "template": (TEMPLATE, {}),
}
