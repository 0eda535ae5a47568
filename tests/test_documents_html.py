"""Web pages: what a browser shows, line by line, and what it does not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.documents import Limits, read_document
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document


def page(body: str, head: str = "") -> Document:
    return read_document(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "cv.html")


def text_of(body: str, head: str = "") -> str:
    return page(body, head).text


def hidden_in(document: Document) -> list[str]:
    return [notice.text for notice in document.warnings if notice.code == "hidden-text"]


# -------------------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Answered\n   <b>80+</b> <i>inbound</i>\tcalls</p>", "Answered 80+ inbound calls"),
        ("Agent<br>Acme<br/><br>Cebu", "Agent\nAcme\n\nCebu"),
        ("<div>Agent<div>Acme</div>Cebu</div>", "Agent\nAcme\nCebu"),
        ("<ul><li>Calls<li><p>Chats</p></ul>Email", "• Calls\n• Chats\n\nEmail"),
        ("<ul><li>Calls<ul><li>Inbound</li></ul></li><li>Chats</li></ul>", "• Calls\n• Inbound\n• Chats"),
        ("<ol><li>Calls</li><li>Chats</li></ol>", "1. Calls\n2. Chats"),
        ("<ul><li>• Calls</li></ul>", "• Calls"),
        ("<ul><li><h3>Agent</h3><p>Acme</p></li></ul>", "Agent\nAcme"),
        ("<ul style='list-style: none'><li>Cebu</li></ul>", "Cebu"),
        ("<p>Calls</p><h2>Skills</h2><p>Excel</p><p>Word</p>", "Calls\n\nSkills\nExcel\nWord"),
        ("<table><tr><th>Month</th><th>CSAT</th></tr><tr><td>May</td><td><b>91</b>%</td></tr></table>", "Month\tCSAT\nMay\t91%"),
        ("<table><tr><td>Agent<td>Acme<tr><td>Lead</table>", "Agent\tAcme\nLead"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a\tb\tc"),
        ("<pre>Agent   Acme\n  Cebu</pre>", "Agent   Acme\nCebu"),
        ("<p style='white-space: pre-line'>Agent\nAcme</p>", "Agent\nAcme"),
        ("<dl><dt>Tools</dt><dd>Zendesk</dd></dl>", "Tools\nZendesk"),
        ("<details><summary>Skills</summary>Excel</details>", "Skills\nExcel"),
        ("<p>R&eacute;sum&#233; &amp; <a href='x'>portfolio</a>&nbsp;here</p>", "Résumé & portfolio here"),
        ("<p>Excel<span> </span>Word</p>", "Excel Word"),
        ("<span class=chip>Excel</span><span class=chip>Word</span>", "Excel\tWord"),
        ("<span>Ex</span><span>cel</span>", "Excel"),
        ("<div style='display:flex'><span>Agent</span><span>2019</span></div>", "Agent\t2019"),
        ("<p>Agent<span style='float:right'>2019</span></p>", "Agent\t2019"),
        ("<p style='display:inline'>Agent</p><p style='display:inline'>Acme</p>", "AgentAcme"),
        ("<p>sold<!-- not --> plans</p>", "sold plans"),
        ("<p>\ue123 Calls</p>", "• Calls"),
        ("<p>·<span>&nbsp;&nbsp;&nbsp; </span>Calls</p>", "· Calls"),
        ("<p>Agent</p><p>&nbsp;</p><p>Acme</p>", "Agent\n\nAcme"),
        ("<p>Agent<br>Acme</p><p>Lead<br>Acme</p>", "Agent\nAcme\n\nLead\nAcme"),
        ("<p>Agent</p><p>Acme</p>", "Agent\nAcme"),
        (f"<p>{'calls ' * 12}</p><p>Acme</p>", f"{('calls ' * 12).strip()}\n\nAcme"),
        ("<div>Agent</div><div><br></div><div>Acme</div>", "Agent\n\nAcme"),
        ("<p><span aria-hidden=true>Agent</span><span class=visually-hidden>Agent</span></p>", "Agent"),
    ],
)
def test_html_is_read_as_it_is_shown(body, text):
    assert text_of(body) == text


def test_html_cells_that_lay_out_columns_are_read_one_after_the_other():
    cells = [
        "".join(f"<p>{line}</p>" for line in lines.split()) for lines in ("Skills Excel Word Typing", "Jobs Agent Calls Sales")
    ]
    text = text_of(f"<table><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>")
    assert text == "Skills\nExcel\nWord\nTyping\n\nJobs\nAgent\nCalls\nSales"


@pytest.mark.parametrize(
    "body",
    [
        "<script>var x = 'expert';</script>",
        "<style>p { color: red }</style>",
        "<template>expert</template>",
        "<noscript>expert</noscript>",
        "<nav>Home Jobs</nav>",
        "<div role=navigation>Home</div>",
        "<svg><title>phone</title></svg>",
        "<select><option>Afghanistan</option></select>",
        "<img alt='expert'>",
        "<!-- expert -->",
    ],
)
def test_html_that_is_no_text_of_the_page_is_no_finding_either(body):
    document = page(f"<p>Agent</p>{body}<p>Acme</p>")
    assert document.text == "Agent\nAcme"
    assert document.warnings == ()


def test_html_typography_reaches_the_lines():
    body = "<h1>Maria</h1><p><b>Skills</b></p><p><b>Tools:</b> Excel</p><font size=5>Job</font><p style='font:bold 10px x'>NB</p>"
    document = page(body)
    looks = {document.text[line.start : line.end]: (line.size, line.bold) for line in document.lines}
    assert looks == {
        "Maria": (24.0, True),
        "Skills": (12.0, True),
        "Tools: Excel": (12.0, False),
        "Job": (18.0, False),
        "NB": (7.5, True),
    }


def test_html_title_counts_only_where_nothing_else_does():
    assert text_of("<p>Agent</p>", "<title>Untitled</title>") == "Agent"
    assert text_of("", "<title>Maria Santos</title>") == "Maria Santos"


# ------------------------------------------------------------------------------------------------------------------- hidden


@pytest.mark.parametrize(
    "element",
    [
        "<p hidden>expert</p>",
        "<p style='display: none'>expert</p>",
        "<div style='display:none!important'><p style='display:block'>expert</p></div>",
        "<p style='visibility:hidden'>expert</p>",
        "<p style='opacity: 0'>expert</p>",
        "<p style='opacity:0.0'>expert</p>",
        "<p style='font-size: 1px'>expert</p>",
        "<p style='font-size:0'>expert</p>",
        "<p style='font-size:50%'><span style='font-size:50%'>expert</span></p>",
        "<p style='color:#fff'>expert</p>",
        "<p style='color: rgb(250, 252, 255)'>expert</p>",
        "<p style='color:#fffe'>expert</p>",
        "<p style='color:#FDFDFDff'>expert</p>",
        "<p style='color:#12345600'>expert</p>",
        "<p style='color:hsl(210, 10%, 99%)'>expert</p>",
        "<p style='color:hsl(0 0% 0% / 0)'>expert</p>",
        "<p style='color:Azure'>expert</p>",
        "<p style='color:transparent'>expert</p>",
        "<p style='color:rgba(0,0,0,0)'>expert</p>",
        "<font color=white>expert</font>",
        "<p style='background:navy;color:navy'>expert</p>",
        "<p style='background:#1f3a5f'><span style='color:#1f3a60'>expert</span></p>",
        "<p style='position:absolute;left:-9999px'>expert</p>",
        "<p style='text-indent:-9999px'>expert</p>",
        "<p style='transform:translateX(-9999px)'>expert</p>",
        "<p style='width:0;height:0;overflow:hidden'>expert</p>",
        "<p style='position:absolute;clip:rect(0, 0, 0, 0)'>expert</p>",
        "<p class='note'>expert</p>",
        "<p id='seo'>expert</p>",
        "<div class='box'><ul><li>expert</li></ul></div>",
        "<section><p>expert</p></section>",
        "<dialog>expert</dialog>",
        "<p class='sr-only'>expert</p>",
    ],
)
def test_html_hidden_text_is_left_out_and_reported(element):
    sheet = """<style>
        /* .note { color: black } */
        .note { color: white }
        #seo, .other { display: none }
        @media screen { .box li { visibility: hidden } }
        section > p { opacity: 0 }
    </style>"""
    document = page(f"<p>Agent</p>{element}<p>Acme</p>", sheet)
    assert document.text.split() == ["Agent", "Acme"]
    assert hidden_in(document) == ["expert"]


@pytest.mark.parametrize(
    "element",
    [
        "<div style='background:#000;color:#fff'>shown</div>",
        "<table><tr><td bgcolor=black><font color=white>shown</font></td></tr></table>",
        "<div style='background-image:url(x.png)'><p style='color:white'>shown</p></div>",
        "<div style='background:linear-gradient(red, blue)'><p style='color:white'>shown</p></div>",
        "<div style='color:white'><span style='color:navy'>shown</span></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>shown</p></div>",
        "<div style='font-size:0'><span style='font-size:14px'>shown</span></div>",
        "<p style='color:#888'>shown</p>",
        "<p style='color:#111f'>shown</p>",
        "<p style='color:hsl(210deg 80% 30% / .9)'>shown</p>",
        "<p style='transform:translate(-50%, 10px)'>shown</p>",
        "<p style='margin-left:-20px;opacity:0.9'>shown</p>",
        "<p class='paper'>shown</p>",
        "<p class='hover'>shown</p>",
        "<p aria-hidden='true'>shown</p>",
        "<p class='loud' style='display:none'>shown</p>",
        "<p class='strong' id='seen'>shown</p>",
        "<dialog open>shown</dialog>",
        "<p style='overflow:hidden;width:300px'>shown</p>",
    ],
)
def test_html_that_can_be_seen_is_not_called_hidden(element):
    sheet = """<style>
        @media print { .paper { display: none } }
        .hover:hover { display: none }
        .loud { display: block !important }
        #seen { color: black } .strong { color: white }
    </style>"""
    document = page(f"<p>Agent</p>{element}", sheet)
    assert document.text.split() == ["Agent", "shown"]
    assert hidden_in(document) == []


def test_html_hidden_parts_of_one_cause_are_one_notice():
    document = page("<p>Agent</p>" + "".join(f"<p hidden>part {i}</p>" for i in range(50)))
    assert len(document.warnings) == 1
    assert document.warnings[0].message.startswith("left out 290 hidden characters")


# ---------------------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
        ("cp1252", "<meta charset='iso-8859-1'>"),
        ("cp1252", '<meta charset="utf-8">'),
        ("cp1252", "<meta charset=nonsense>"),
    ],
)
def test_html_of_any_encoding(encoding, declared):
    data = f"<html><head>{declared}</head><body><p>Résumé – José</p></body></html>".encode(encoding)
    assert read_document(data, "cv.htm").text == "Résumé – José"


def test_html_of_another_alphabet_as_declared():
    data = "<html><head><meta charset='shift_jis'></head><body>コールセンター</body></html>".encode("shift_jis")
    assert read_document(data, "cv.html").text == "コールセンター"


# ----------------------------------------------------------------------------------------------------------------- by content


@pytest.mark.parametrize(
    ("data", "name", "notices"),
    [
        (b"<html><body>Agent</body></html>", "cv.txt", ["wrong-ending"]),
        (b"  <!doctype HTML><p>Agent", "cv.doc", ["wrong-ending"]),
        (b"<?xml version='1.0' encoding='utf-8'?>\n<html><body>Agent</body></html>", "cv.html", []),
        (b"<!-- saved --><html><body>Agent</body></html>", "cv", []),
        ("<html><body>Agent</body></html>".encode("utf-16-le"), "cv.html", []),
        (b"<b>Agent</b>", "cv.html", []),
        (b"Agent", "cv.html", ["wrong-ending"]),
        (b"Agent <3 customers", "cv.txt", []),
    ],
)
def test_html_is_told_by_its_content(data, name, notices):
    document = read_document(data, name)
    assert document.text in ("Agent", "Agent <3 customers")
    assert [notice.code for notice in document.warnings] == notices


def test_html_plain_text_under_its_name_keeps_its_lines():
    assert read_document(b"Agent\nAcme", "cv.html").text == "Agent\nAcme"


def test_html_fetches_and_expands_nothing():
    data = b"<!DOCTYPE html [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><html><body><p>&f; Agent</p></body></html>"
    assert "root:" not in read_document(data, "cv.html").text


# ------------------------------------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>" + b"<div>" * 10_000 + b"Agent", "too-deep"),
        (b"<html>" + b"<b>x" * 10_000, "too-deep"),
        (b"<html><p " + b" ".join(b"a%d=1" % i for i in range(2_000)) + b">Agent", "too-complex"),
        (b"<html><p " + b" ".join(b"a%d='>'" % i for i in range(2_000)) + b">Agent", "too-complex"),
        (b"<html>" + b"<p>" * 500_001, "too-complex"),
        (b"<html><style>" + b"i p{color:red}" * 20_000 + b"</style>" + b"<p>Agent" * 100, "too-complex"),
        (b"<html><p>" + b"Agent " * 100_000, "too-long"),
        (b"<html><p hidden>" + b"Agent " * 100_000, "too-long"),
    ],
)
def test_html_beyond_reason_is_refused_in_one_line(data, code):
    with pytest.raises(LimitError) as caught:
        read_document(data, "cv.html")
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("body", ["", "<p> </p>", "<script>x</script>", "<p hidden>expert</p>"])
def test_html_without_text_is_refused(body):
    with pytest.raises(UnreadableError) as caught:
        page(body)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "css", ["{" * 9_000, "a" * 90_000, "/*" * 9_000, "p{" * 9_000 + "}" * 9_000, "@media{" * 999, "p{color:" + "(" * 9_000]
)
def test_html_any_style_sheet_is_survived(css):
    assert text_of("<p>Agent</p>", f"<style>{css}</style>") == "Agent"


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<br>", "<b>", "</b>", "<pre>",
     "<h1>", "<style>p{display:none}</style>", "<p hidden>", "<", ">", "&", "Agent", " Acme ", "\n", "\x00", "é", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30))
def test_html_of_any_shape_is_read_or_says_why(pieces):
    try:
        document = read_document(("<html>" + "".join(pieces)).encode(), "cv.html", limits=Limits())
    except MatcherError as error:
        assert "\n" not in str(error)
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)
    assert [line.start for line in document.lines] == sorted(line.start for line in document.lines)
