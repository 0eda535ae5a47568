"""Whole forms about a person, all invented: what the readers of contact, personal data and languages must find in each."""

from __future__ import annotations

# The text; name, city, emails, digits of the phones; kinds of personal data; languages.
FORMS = [
    (
        """\
                        RESUME
JOAN MAE L. TUMULAK
Purok 3, Brgy. Lahug
Cebu City 6000
Contact No.: 0917-123-4567
Email Add: joanmae_t@example.com

OBJECTIVE
To be part of a BPO company.

WORK EXPERIENCE
Call Center Agent, Blue Kite, IT Park
June 2021 - May 2023
- Took inbound calls

PERSONAL INFORMATION
Nickname            : Jojo
Age                 : 26 y/o
Birth Date          : March 3, 2000
Birth Place         : Carcar, Cebu
Civil Status        : Single
Citizenship         : Filipino
Height              : 5'2
Weight              : 50 kgs.
Religion            : Roman Catholic
Language/Dialect Spoken : English, Tagalog, Cebuano
Name of Father      : Pedro Tumulak
Occupation          : Fisherman
Name of Mother      : Nena Tumulak

CHARACTER REFERENCE
Engr. Rey Abad
Barangay Captain
0928-123-4567

I hereby certify that the above information are true and correct.

JOAN MAE L. TUMULAK
Applicant
""",
        "JOAN MAE L. TUMULAK",
        "Cebu City",
        "joanmae_t@example.com",
        "09171234567",
        "address age birth-date birth-place body body civil-status declaration "
        "nationality parents parents referee referee referee religion signature signature",
        "Cebuano English Tagalog",
    ),
    (
        """\
CURRICULUM VITAE

Suresh Kumar P
S/o Palanisamy
No 4/12, Anna Street,
Erode - 638001,
Tamil Nadu.
Mobile: 9876543210
E-mail ID: sureshp1998@example.com

Career Objective
Seeking a challenging position.

Professional Experience
Process Associate, Kaveri BPM, Coimbatore from June 2020 to till date

Personal Profile
Date of Birth    :  14.02.1998
Gender           :  Male
Marital Status   :  Single
Nationality      :  Indian
Religion         :  Hindu
Languages Known  :  Tamil, English
Passport No.     :  N0000000
PAN              :  ABCPE0000F
Permanent Address : Same as above

Declaration
I hereby declare that the above furnished details are true to the best of my knowledge.

Place: Erode
Date:                                         (Suresh Kumar P)
""",
        "Suresh Kumar P",
        "Erode",
        "sureshp1998@example.com",
        "9876543210",
        "address address birth-date civil-status declaration id-number "
        "id-number nationality parents religion sex signature signature",
        "English Tamil",
    ),
    (
        """\
Priya Nair
Bangalore | +91 9876543210 | priya.nair@example.com | linkedin.com/in/priyanair

SUMMARY
Ms. Nair has 5 years in customer support. She is fluent in English and Malayalam.

SKILLS
Zendesk, Excel

PERSONAL DETAILS
DOB	12/05/1995
Sex	Female
Status	Married
Husband's Name	Rajesh Nair
Address	Flat 3B, Palm Grove, Indiranagar, Bangalore 560038
""",
        "Priya Nair",
        "Bangalore",
        "priya.nair@example.com",
        "919876543210",
        "address birth-date civil-status sex spouse title",
        "English Malayalam",
    ),
    (
        """\
HOJA DE VIDA
DATOS PERSONALES
Nombre: Laura Camila Ríos Mejía
Documento de identidad: C.C. 0.000.000.000
Fecha de nacimiento: 12 de marzo de 1996
Lugar de nacimiento: Bogotá
Estado civil: Soltera
Dirección: Calle 45 # 12-34, Bogotá
Teléfono: 300 123 4567
Correo: laura.rios@example.com

EXPERIENCIA LABORAL
Agente bilingüe, Andina Loop, 2019 - 2022

IDIOMAS
Español nativo, Inglés C1

REFERENCIAS
Carlos Gómez, Supervisor, 301 123 4567
""",
        "Laura Camila Ríos Mejía",
        "Bogotá",
        "laura.rios@example.com",
        "3001234567",
        "address birth-date birth-place civil-status id-number referee",
        "English Spanish",
    ),
    (
        """\
JUAN CARLOS HERNÁNDEZ LÓPEZ
Monterrey, Nuevo León, México
Tel. 81 1234 5678
jc.hernandez@example.com
Edad: 29 años | Estado civil: Casado | Nacionalidad: Mexicana
CURP: XEXX010101HNEXXXA4   RFC: XEXX010101000

Objetivo
Agente bilingüe
""",
        "JUAN CARLOS HERNÁNDEZ LÓPEZ",
        "Monterrey",
        "jc.hernandez@example.com",
        "8112345678",
        "age civil-status id-number id-number nationality",
        "",
    ),
    (
        """\
Emma Louise Hartley
14 Beech Grove, Headingley, Leeds, LS6 2AB
07911 123456
emma.hartley@example.co.uk
Date of birth: 4th July 1992    Nationality: British    Driving licence: Full, clean
NI No: QQ 12 34 56 C

PERSONAL STATEMENT
A calm and friendly adviser. I have Polish customers as well.

EMPLOYMENT HISTORY
Customer Adviser, Northern Telco, Leeds, Mar 2018 - present

REFEREES
Mr David Ejemplo, Team Manager, Northern Telco. david.ejemplo@example.com
Mrs Jane Poole, Head of Year
""",
        "Emma Louise Hartley",
        "Leeds",
        "emma.hartley@example.co.uk",
        "07911123456",
        "address birth-date id-number id-number nationality referee referee",
        "",
    ),
    (
        """\
DeShawn Williams
4410 Peach Tree Ct, Apt 12B
Atlanta, GA 30303
Home: (404) 555-0134 | Cell: (404) 555-0177
dwilliams@example.com

SUMMARY
Collections representative. US citizen, willing to relocate.

EXPERIENCE
Collector, Fenlow, Atlanta, GA   2019 - Present
Supervisor: Ann Lee (404) 555-0199
""",
        "DeShawn Williams",
        "Atlanta",
        "dwilliams@example.com",
        "4045550134 4045550177",
        "address nationality",
        "",
    ),
    (
        """\
NGUYỄN VĂN AN
Ho Chi Minh City, Vietnam | +84 90 123 4567 | an.nguyen@example.com
Male, 25 years old, single

Languages
Vietnamese: native
English: IELTS 7.0
""",
        "NGUYỄN VĂN AN",
        "Ho Chi Minh City",
        "an.nguyen@example.com",
        "84901234567",
        "age civil-status sex",
        "English Vietnamese",
    ),
    (
        """\
Ma. Cristina "Tina" D. Reyes, LPT
Customer Service Representative
#25 Sampaguita Street, Phase 2, Greenwoods Village, Cainta, Rizal 1900
(02) 8123-4567 / 0918 123 4567
tinareyes @ example.com

PROFILE
I am a 34-year-old licensed teacher.

EDUCATION
BSEd English, Rizal College, 2012

PERSONAL BACKGROUND
Born on May 5, 1992 in Antipolo, Rizal
Married with 2 kids
Filipino, Roman Catholic
SSS No. 34-1234567-8 TIN No. 123-456-789 PhilHealth No. 12-345678901-2 Pag-IBIG No. 1234-5678-9012
""",
        'Ma. Cristina "Tina" D. Reyes',
        "Cainta",
        "tinareyes@example.com",
        "0281234567 09181234567",
        "address age birth-date civil-status id-number id-number id-number id-number nationality religion",
        "",
    ),
    (
        """\
BIO-DATA
Position Desired: CSR            Date: 10/10/2026
Name: DELOS SANTOS, ARNEL B.     Gender: Male
City Address: 88 Kalayaan Ave., Diliman, Quezon City
Provincial Address: Poblacion, Daet, Camarines Norte
Cellphone: 0917 123 4567         E-mail: arnel.ds@example.com
Date of Birth: Jan 1, 1994       Birth Place: Daet
Civil Status: Married            Citizenship: Filipino
Spouse: Liza delos Santos        Occupation: Teacher
No. of children: 1               Religion: INC
Person to be contacted in case of emergency: Liza delos Santos 0928 123 4567

EMPLOYMENT RECORD
Encoder, Blue Kite, 2018-2020
""",
        "DELOS SANTOS, ARNEL B.",
        "Quezon City",
        "arnel.ds@example.com",
        "09171234567",
        "address address birth-date birth-place children civil-status nationality parents religion sex spouse",
        "",
    ),
    (
        """\
Thabo Dlamini
ID No: 0000000000000
12 Zulu Road, Umlazi, Durban, 4031
Cell: 082 555 0147
Email: thabo.d@example.co.za
Gender: Male    Race: African    Nationality: South African
Home Language: isiZulu    Other languages: English, Afrikaans
Health: Excellent    Driver's Licence: Code 08

WORK EXPERIENCE
Call Centre Agent, Umhlanga Telecoms, 2018-01 to 2020-05
""",
        "Thabo Dlamini",
        "Durban",
        "thabo.d@example.co.za",
        "0825550147",
        "address ethnicity health id-number id-number nationality sex",
        "Afrikaans English isiZulu",
    ),
    (
        """\
rahul mehta
rahul.mehta21@example.com | 98765 43210 | Andheri (East), Mumbai - 400069

EXPERIENCE
Team Leader, Zenlith Callnet, Mumbai. 2019 to date

OTHER DETAILS
Father : Mahesh Mehta
Marital status - unmarried
Hobbies - chess
Languages - Gujarati, Hindi, English
""",
        "rahul mehta",
        "Mumbai",
        "rahul.mehta21@example.com",
        "9876543210",
        "civil-status parents",
        "English Gujarati Hindi",
    ),
    (
        """\
Contact
+63 917 123 4567
grace.tan@example.com
Makati City, Metro Manila

Languages
English
Filipino
Hokkien

Personal
Age: 31
Single
Filipino-Chinese

GRACE
TAN
Quality Analyst

Experience
Quality Analyst | Luntian Global | Jan 2020 - Present
""",
        "GRACE TAN",
        "Makati City",
        "grace.tan@example.com",
        "639171234567",
        "age civil-status nationality",
        "English Filipino",
    ),
    (
        """\
Resume of Fatima Zahra El Amrani
Casablanca, Morocco
Phone: +212 600 123456
f.elamrani@example.com
Born 1997, Moroccan, single
Work authorization: Moroccan national

Skills
French (fluent), Arabic (native), English B2
""",
        "Fatima Zahra El Amrani",
        "Casablanca",
        "f.elamrani@example.com",
        "212600123456",
        "birth-date civil-status nationality nationality",
        "Arabic English French",
    ),
    (
        """\
KAREN JOY S. BAUTISTA, RN, USRN
Unit 5C Sunrise Tower, Shaw Blvd., Mandaluyong City 1552 Philippines
Mobile No: (+63) 917-123-4567 • Landline: 8123-4567 • karenjoy.bautista@
example.com

PROFESSIONAL SUMMARY
USRN with 4 years in utilization review. PRC License No. 0123456.

DATA
Gender: F / Age: 33 / Status: M
""",
        "KAREN JOY S. BAUTISTA",
        "Mandaluyong City",
        "karenjoy.bautista@example.com",
        "639171234567 81234567",
        "address age civil-status id-number sex",
        "",
    ),
]
