"""Pages as people lay them out, read in the order in which people read them. All pages are drawn here."""

from __future__ import annotations

import pytest
from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_documents_pdf import A4, HIGH, column, one_font_pdf, read

from matcher.documents import read_document

NARROW = ["SKILLS", "Excel", "Zendesk", "Typing 45 wpm", "", "LANGUAGES", "Tagalog", "English"]
WIDE = ["EXPERIENCE", "Team Leader, Acme, Cebu", "Coached twelve agents", "Ran the huddle", "", "EDUCATION", "College, 2019"]


def words(lines):
    return [line for line in lines if line]


def printed(document):
    return [line for line in document.text.split("\n") if line]


def set_wide(canvas, x, top, text, size=12, between=0.0, words_apart=0.0):
    """Text with space after each letter and each blank."""
    line = canvas.beginText(x, HIGH - top)
    line.setFont("Helvetica", size)
    line.setCharSpace(between)
    line.setWordSpace(words_apart)
    line.textOut(text)
    line.setCharSpace(0)
    line.setWordSpace(0)
    canvas.drawText(line)


# ----------------------------------------------------------------------------------------------------------------- columns


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("first", ["side", "main"])
def test_a_left_sidebar_comes_between_the_name_and_the_main_column(dark, first):
    def draw(c, put):
        if dark:
            c.setFillColor(colors.navy)
            c.rect(0, 0, 190, HIGH, stroke=0, fill=1)

        def side():
            c.setFillColor(colors.white if dark else colors.black)
            column(put, 30, 80, NARROW, 15)

        def main():
            c.setFillColor(colors.black)
            put(220, 60, "Maria Santos", 20)
            put(220, 76, "maria@example.com")
            column(put, 220, 110, WIDE, 13)

        for part in (side, main) if first == "side" else (main, side):
            part()

    assert printed(read(draw)) == ["Maria Santos", "maria@example.com", *words(NARROW), *words(WIDE)]


def test_a_right_sidebar_in_small_letters_comes_after_the_main_column_and_cuts_no_job():
    long = [*WIDE, "", "SEMINARS", "Calls, 2020", "Chats, 2021", "Email, 2022", "Sales, 2023", "Data, 2024"]

    def draw(c, put):
        for i, line in enumerate(NARROW):
            put(430, 100 + 11 * i, line, 8)
        column(put, 50, 100, long, 13)

    assert printed(read(draw)) == [*words(long), *words(NARROW)]


def test_a_sidebar_on_each_page_is_read_on_each_page():
    def draw(c, put):
        for _ in range(2):
            column(put, 30, 120, NARROW, 15)
            column(put, 220, 120, WIDE, 13)
            c.showPage()

    assert printed(read(draw)) == [*words(NARROW), *words(WIDE)] * 2


def test_a_right_column_written_first_and_upwards_is_read_like_any_other():
    def draw(c, put):
        for i, line in reversed(list(enumerate(NARROW))):
            put(350, 100 + 13 * i, line)
        for i, line in reversed(list(enumerate(WIDE))):
            put(60, 100 + 13 * i, line)

    assert printed(read(draw)) == [*words(WIDE), *words(NARROW)]


@pytest.mark.parametrize("bullet", ["", "• "])
def test_three_columns_of_skills_are_read_one_after_the_other(bullet):
    columns = [
        ["Excel", "Word", "Outlook", "Teams"],
        ["Zendesk", "Avaya", "Genesys", "Five9"],
        ["English", "Tagalog", "Typing", "Filing"],
    ]

    def draw(c, put):
        put(60, 80, "Skills", 12)
        for x, items in zip((60, 230, 400), columns, strict=True):
            column(put, x, 100, [bullet + item for item in items])

    assert printed(read(draw)) == ["Skills", *(bullet + item for items in columns for item in items)]


# ------------------------------------------------------------------------------------------------------------------ tables


def test_a_long_cell_follows_the_short_cells_before_it():
    duties = ["Answered calls of customers", "Sold plans and add-ons", "Trained new agents", "Wrote notes", "Kept records"]

    def draw(c, put):
        for x, lines in ((63, ["2019 -", "2021"]), (163, ["Acme Corp.,", "Cebu"]), (263, ["Agent"]), (333, duties)):
            column(put, x, 80, lines)
        c.grid([60, 160, 260, 330, 500], [HIGH - 68, HIGH - 135])
        put(63, 150, "Skills")

    text = read(draw).text
    assert text == "2019 - 2021\tAcme Corp., Cebu\tAgent\n" + "\n".join(duties) + "\n\nSkills"


def test_a_table_of_two_columns_lays_out_a_page():
    def draw(c, put):
        column(put, 63, 80, ["Experience"])
        column(put, 203, 80, ["Agent, Acme", "Answered calls", "Sold plans", "Trained agents", "Wrote notes"], 13)
        column(put, 63, 160, ["Education"])
        column(put, 203, 160, ["Nursing, State University", "Licence exam passed"], 13)
        c.grid([60, 200, 500], [HIGH - 66, HIGH - 146, HIGH - 190])

    assert printed(read(draw)) == [
        "Experience", "Agent, Acme", "Answered calls", "Sold plans", "Trained agents", "Wrote notes",
        "Education", "Nursing, State University", "Licence exam passed",
    ]  # fmt: skip


def test_a_table_in_a_cell_keeps_its_rows():
    def draw(c, put):
        column(put, 63, 80, ["Figures"])
        for i, row in enumerate((("Month", "CSAT"), ("January", "91%"), ("February", "92%"), ("March", "93%"), ("April", "94%"))):
            put(213, 84 + 14 * i, row[0])
            put(303, 84 + 14 * i, row[1])
        c.grid([60, 200, 420], [HIGH - 66, HIGH - 156])
        c.grid([210, 300, 400], [HIGH - 73 - 14 * i for i in range(6)])

    assert printed(read(draw)) == ["Figures", "Month\tCSAT", "January\t91%", "February\t92%", "March\t93%", "April\t94%"]


def test_each_line_of_a_cell_keeps_its_own_box():
    def draw(c, put):
        column(put, 63, 80, ["Lakeview National", "School"])
        put(203, 80, "2014-2016")
        c.grid([60, 200, 320], [HIGH - 68, HIGH - 100])

    document = read(draw)
    assert document.text == "Lakeview National School\t2014-2016"
    first, second = document.boxes(9, 24)
    assert (first.top < 80 < first.bottom, second.top < 92 < second.bottom) == (True, True)
    assert second.x0 == pytest.approx(63, abs=1)


def test_text_that_crosses_a_line_is_not_cut():
    def draw(c, put):
        put(63, 80, "Representative of customers")
        put(203, 80, "2014")
        c.grid([60, 100, 200, 320], [HIGH - 68, HIGH - 90])

    assert read(draw).text == "Representative of customers\t2014"


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        (["", "Agent"], ["June 2019 to", "May 2021"], "Agent\tJune 2019 to May 2021"),
        (["Agent", ""], ["June 2019 -", "Present"], "Agent\tJune 2019 - Present"),
        (["Senior Customer Care", "Agent"], ["June 2019 to", "May 2021"], "Senior Customer Care Agent\tJune 2019 to May 2021"),
        (["Height", "Mother tongue"], [": 172 cm", ": Urdu"], "Height\t: 172 cm\nMother tongue\t: Urdu"),
        (["Agent", "Clerk"], ["2019", "2018"], "Agent\t2019\nClerk\t2018"),
    ],
)
def test_a_range_of_dates_wrapped_at_the_right_is_one(left, right, text):
    def draw(c, put):
        column(put, 60, 80, left)
        column(put, 400, 80, right)

    assert read(draw).text == text


# ------------------------------------------------------------------------------------------------------------------- pages


def three_pages(draw_edge):
    def draw(c, put):
        for n in (1, 2, 3):
            draw_edge(put, n)
            column(put, 60, 120, [f"Agent at firm {n}", "Answered calls", f"Wrote {n * 11} notes a day"])
            c.showPage()

    return printed(read(draw))


def test_a_running_header_is_read_once():
    lines = three_pages(lambda put, n: put(60, 40, "Maria Santos | maria@example.com", 8))
    assert lines.count("Maria Santos | maria@example.com") == 1
    assert lines[0] == "Maria Santos | maria@example.com"
    assert len(lines) == 10


def test_a_job_title_on_top_of_several_pages_is_read_each_time():
    def draw(c, put):
        column(put, 60, 60, ["Maria Santos", "Eight years of work"])
        c.showPage()
        for firm in ("Acme, 2015 - 2018", "Zenith, 2018 - 2021"):
            column(put, 60, 60, ["Customer service representative", firm, f"Answered calls at {firm[:4]}"])
            c.showPage()

    assert printed(read(draw)).count("Customer service representative") == 2


@pytest.mark.parametrize("form", ["Page {} of 3", "{}", "- {} -", "{}/3", "Página {} de 3"])
def test_page_numbers_are_not_read(form):
    assert len(three_pages(lambda put, n: put(300, 820, form.format(n), 8))) == 9


def test_a_name_beside_a_page_number_is_read_once():
    lines = three_pages(lambda put, n: put(60, 820, f"Maria Santos - page {n}", 8))
    assert [line for line in lines if "Santos" in line] == ["Maria Santos - page 1"]


def test_what_stands_elsewhere_on_the_page_is_read_each_time():
    lines = three_pages(lambda put, n: put(60, 40 + 9 * n, "Customer service representative", 8))
    assert lines.count("Customer service representative") == 3
    lines = three_pages(lambda put, n: put(60, 400, "Customer service representative", 8))
    assert lines.count("Customer service representative") == 3


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(angle):
    plain = one_font_pdf(b"BT /F1 12 Tf 72 700 Td (Answered calls) Tj 0 -14 Td (Sold plans) Tj ET")
    document = read_document(plain.replace(b"/MediaBox", b"/Rotate %d /MediaBox" % angle), "cv.pdf")
    assert document.text == "Answered calls\nSold plans"
    assert all(line.upended is (angle in (90, 270)) for line in document.lines)


def test_a_title_up_the_side_comes_after_the_page():
    def draw(c, put):
        for angle, x, y, text in ((90, 40, 300, "PROFILE"), (270, 560, 500, "CONTACT")):
            c.saveState()
            c.translate(x, y)
            c.rotate(angle)
            c.drawString(0, 0, text)
            c.restoreState()
        column(put, 100, 100, ["Answered calls", "Sold plans", "Trained agents"])

    document = read(draw)
    assert printed(document) == ["Answered calls", "Sold plans", "Trained agents", "PROFILE", "CONTACT"]
    assert [line.upended for line in document.lines] == [False, False, False, True, True]


def test_a_name_in_large_letters_up_the_side_comes_first():
    def draw(c, put):
        c.saveState()
        c.translate(40, 200)
        c.rotate(90)
        c.setFontSize(22)
        c.drawString(0, 0, "Maria Invented")
        c.restoreState()
        column(put, 100, 100, ["SKILLS", "Answered calls", "Sold plans"])

    assert printed(read(draw)) == ["Maria Invented", "SKILLS", "Answered calls", "Sold plans"]


# -------------------------------------------------------------------------------------------------------------- paragraphs


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["• Answered calls of customers about", "  bills and fees"], "• Answered calls of customers about bills and fees"),
        (["Calls of customers who had asked for", "help with bills"], "Calls of customers who had asked for help with bills"),
        (
            ["Excel, Zendesk, Avaya, and Microsoft", "Office, Slack, Typing"],
            "Excel, Zendesk, Avaya, and Microsoft Office, Slack, Typing",
        ),
        (["Customer service representative team", "Quality analyst"], "Customer service representative team\nQuality analyst"),
        (
            ["Typing speed of fifty words a minute.", "Fluent in English"],
            "Typing speed of fifty words a minute.\nFluent in English",
        ),
        (["Short line", "and another one that is much longer"], "Short line\nand another one that is much longer"),
        (["We gave help to customer and custo-", "mer groups"], "We gave help to customer and customer groups"),
        (["We answered all of the questions and follow-", "up calls"], "We answered all of the questions and follow-up calls"),
        (["We answered all of the inbound and e-", "mail queue"], "We answered all of the inbound and e-mail queue"),
        (["EDUCATION AND", "CREDENTIALS"], "EDUCATION AND CREDENTIALS"),
        (["All of the inbound queue in pre-", "and post-sales"], "All of the inbound queue in pre- and post-sales"),
    ],
)
def test_a_wrapped_text_is_one_line(lines, text):
    def draw(c, put):
        for i, line in enumerate(lines):
            put(60 + stringWidth("• ", "Helvetica", 10) * line.startswith("  "), 100 + 12 * i, line.strip())

    document = read(draw)
    assert document.text == text
    assert len(document.lines) == 2
    start = document.text.index(lines[1].split()[-1])
    (box,) = document.boxes(start, start + 3)
    assert box.top < 112 < box.bottom


@pytest.mark.parametrize(
    "lines",
    [
        ["SKILLS", "customer service", "email support", "chat support"],
        ["customer service", "email support", "chat support", "crm software", "inbound sales", "order taking"],
        ["Email and chat support", "technical support", "inbound sales calls", "upselling", "data entry"],
    ],
)
def test_a_list_of_one_thing_a_line_in_small_letters_is_not_joined(lines):
    def draw(c, put):
        for i, line in enumerate(lines):
            put(60, 100 + 12 * i, line)

    assert printed(read(draw)) == lines


# -------------------------------------------------------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("between", "words_apart", "text"),
    [
        (5, 0, "WORK HISTORY"),
        (5, 4, "WORK HISTORY"),
        (14, 8, "WORK HISTORY"),
        (0, 0, "W O R K  H I S T O R Y"),
        (0, 0, "W O R K   H I S T O R Y"),
        (2, 0, "W O R K  H I S T O R Y"),
        (5, 4, "W O R K  H I S T O R Y"),
    ],
)
def test_headings_set_wide_are_words(between, words_apart, text):
    assert read(lambda c, put: set_wide(c, 60, 100, text, 12, between, words_apart)).text == "WORK HISTORY"


def test_single_letters_in_a_sentence_stay_apart():
    assert read(lambda c, put: put(60, 100, "Grade A B C D in school")).text == "Grade A B C D in school"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Excel ..................... expert", "Excel\texpert"),
        ("Team leader . . . . . . . . . 2019", "Team leader\t2019"),
        ("Typing ______________ 45 wpm", "Typing\t45 wpm"),
        ("and so on ... and more", "and so on ... and more"),
        ("Signed: ____________", "Signed:"),
    ],
)
def test_leaders_are_read_as_a_gap(line, text):
    assert read(lambda c, put: put(60, 100, line)).text == text
    assert read_document(line.encode(), "cv.txt").text == text


def test_small_capitals_and_initials_belong_to_their_words():
    def draw(c, put):
        x = 60.0
        for part, size in (("E", 14), ("XPERIENCE", 11), (" AND ", 11), ("S", 14), ("KILLS", 11)):
            put(x, 100, part, size)
            x += stringWidth(part, "Helvetica", size)
        put(60, 150, "A", 30)
        put(84, 138, "gent with nine years of calls")
        put(84, 150, "for banks.")

    assert printed(read(draw)) == ["EXPERIENCE AND SKILLS", "Agent with nine years of calls", "for banks."]


@pytest.mark.parametrize("gap", [2.8, 9.0, 11.0])
def test_words_without_written_blanks_are_parted(gap):
    text = "Justified text with gaps between its words"

    def draw(c, put):
        x = 60.0
        for word in text.split():
            put(x, 100, word)
            x += stringWidth(word, "Helvetica", 10) + gap

    assert read(draw).text == text


def test_a_word_in_two_fonts_or_letter_by_letter_is_one():
    def draw(c, put):
        put(60, 100, "Cust", 10, "Helvetica-Bold")
        put(60 + stringWidth("Cust", "Helvetica-Bold", 10), 100, "omer care")
        x = 60.0
        for letter in "Answered calls":
            if letter != " ":
                put(x, 130, letter)
            x += stringWidth(letter, "Helvetica", 10)

    assert printed(read(draw)) == ["Customer care", "Answered calls"]


def test_pictures_of_levels_are_not_read_and_icons_are_bullets():
    def draw(c, put):
        for i, (skill, level) in enumerate((("Excel", 4), ("Zendesk", 3))):
            put(60, 100 + 16 * i, skill)
            for k in range(5):
                c.circle(160 + 12 * k, HIGH - 97 - 16 * i, 3.5, stroke=1, fill=k < level)
        put(60, 160, "(", 10, "ZapfDingbats")
        put(75, 160, "0900 000 0100")
        put(60, 180, "\xb7", 10, "Symbol")
        put(75, 180, "Typing")

    assert printed(read(draw)) == ["Excel", "Zendesk", "• 0900 000 0100", "• Typing"]


def test_underlined_and_struck_text_is_read():
    def draw(c, put):
        put(60, 100, "Answered calls")
        c.line(60, HIGH - 102, 130, HIGH - 102)
        c.line(60, HIGH - 97, 130, HIGH - 97)

    assert read(draw).text == "Answered calls"


def test_lines_set_to_the_right_or_the_middle_keep_their_order():
    lines = ["Maria Santos", "Quezon City", "maria.santos@example.com"]

    def draw(c, put):
        for i, line in enumerate(lines):
            c.drawRightString(A4[0] - 60, HIGH - 60 - 12 * i, line)
            c.drawCentredString(A4[0] / 2, HIGH - 200 - 12 * i, line)

    assert printed(read(draw)) == lines * 2
