"""The page in Chromium: nothing is fetched, axe finds nothing, a keyboard is enough, paper and phones show what they should."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pypdf
import pytest
from conftest import NO_BROWSER
from page_cases import HOSTILE, UNSEEN, evil, opening, placed, write
from report_cases import role

from matcher.records import Evidence, MustCost, Opening
from matcher.unseen import harmless

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason=NO_BROWSER)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with playwright.sync_playwright() as started:
        try:
            chromium = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip(NO_BROWSER)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Two openings, three people each, of whom the second has the word "dialer" nowhere but in a flag."""
    first = replace(placed(), better=(Opening("b.txt", "Chat agent", 0.95, 3),))
    second = placed("ben.pdf", "Ben Sample", 2, 2)
    third = placed("zoe.pdf", "Zoë Ünal", 3, 3)
    musts = (MustCost("12 months in collections", 1, 0, 0, 1),)
    here = opening(first, second, third, musts=musts)
    there = opening(second, job=role("b.txt", "Chat agent"))
    return write(tmp_path_factory.mktemp("browser") / "report.html", here, there)


class Watched:
    """A page, and whatever it asked for, said or raised."""

    def __init__(self, context, path):
        self.page = context.new_page()
        self.trouble = []
        self.page.on("request", lambda request: self._note(request.url, not request.url.startswith("file:")))
        self.page.on("console", lambda message: self._note(message.text, message.type in ("error", "warning")))
        self.page.on("pageerror", lambda error: self._note(str(error), True))
        self.page.on("dialog", lambda dialog: (self._note(dialog.message, True), dialog.dismiss()))
        self.page.goto(path.as_uri())

    def _note(self, what, wrong):
        if wrong:
            self.trouble.append(what)


@pytest.fixture
def visit(browser):
    """`visit(path, **context)`: the page, opened; at the end nothing may have been fetched or gone wrong."""
    contexts, seen = [], []

    def open_page(path, **options):
        contexts.append(browser.new_context(**{"viewport": WIDE} | options))
        seen.append(Watched(contexts[-1], path))
        return seen[-1].page

    yield open_page
    trouble = [line for one in seen for line in one.trouble]
    for context in contexts:
        context.close()
    assert trouble == []


def shown(page):
    return [row.text_content() for row in page.locator("li.c:visible h3").all()]


def unfold_all(page):
    page.click("#open-all")
    page.wait_for_timeout(200)
    for box in page.locator("details.x > summary:visible").all():
        box.click()
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
def test_browser_axe_finds_nothing(visit, report, scheme, viewport, opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=NO_BROWSER)
    page = visit(report, color_scheme=scheme, viewport=viewport)
    if opened:
        unfold_all(page)
        assert page.locator("li.c .d:visible").count() == 4
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_browser_keyboard_alone_filters_opens_and_finds_the_evidence(visit, report):
    page = visit(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["height"] > 10, "it is seen while it has the focus"
    page.focus("#query")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.type("zoe zendesk")
    page.wait_for_timeout(300)
    assert shown(page) == ["Zoë Ünal"]
    assert page.inner_text("#said") == "1 of 4 shown in 1 opening"
    for _ in "zoe zendesk":
        page.keyboard.press("Backspace")
    page.wait_for_timeout(300)
    assert len(shown(page)) == 4
    page.focus("#filters input[value='3']")
    page.keyboard.press("Space")
    assert shown(page) == ["Ana Example", "Ben Sample", "Ben Sample"]
    page.focus("#j1c1 summary")
    page.keyboard.press("Enter")
    assert page.locator("#j1c1 .d").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "“closed tickets in Zendesk”"
    page.keyboard.press("Enter")
    assert page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]") == [
        "MARK",
        "closed tickets in Zendesk",
    ]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "A", "back to the quotation"


def test_browser_paints_the_words_searched_for(visit, report):
    page = visit(report)
    page.fill("#query", "zendesk")
    page.wait_for_timeout(300)
    page.click("#j1c1 summary")
    page.wait_for_timeout(100)
    painted = page.evaluate(
        "[...CSS.highlights.get('found')].map(one => one.startContainer.data.slice(one.startOffset, one.endOffset))"
    )
    assert "Zendesk" in painted
    assert {word.lower() for word in painted} == {"zendesk"}
    page.fill("#query", "")
    page.wait_for_timeout(300)
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_browser_one_opening_can_be_seen_alone(visit, report):
    page = visit(report)
    page.select_option("#opening", "j2")
    assert shown(page) == ["Ben Sample"]
    assert page.inner_text("#said") == "1 of 4 shown in 1 opening"
    page.fill("#query", "nothing like that")
    page.wait_for_timeout(300)
    assert page.inner_text("#said") == "Nobody fits these filters"


def test_browser_address_of_a_candidate_opens_it(visit, report):
    page = visit(report)
    page.click("nav tbody tr:first-child a[href='#j1c2']")
    assert page.locator("#j1c2 .d").is_visible()
    assert not page.locator("#j1c1 .d").is_visible()


@pytest.mark.parametrize(
    "text", [HOSTILE, UNSEEN, "😀 ünder 😀 שלום العربية", "w" * 3000], ids=["code", "unseen", "wide", "long"]
)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_browser_hostile_text_does_nothing_and_is_marked_where_it_stands(visit, tmp_path, text, viewport):
    rankings, info = evil(text)
    page = visit(write(tmp_path / "evil.html", *rankings, info=info), viewport=viewport)
    unfold_all(page)
    mark = page.locator("#j1c1 pre mark").first
    assert mark.evaluate("mark => mark.textContent") == harmless(text)
    assert page.locator("#j1c1 .x pre").evaluate("pre => pre.textContent") == f"abc{harmless(text)}def"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], "nothing runs out at the side"
    assert page.locator("script").count() == 1


def test_browser_marks_count_as_the_resume_does(visit, tmp_path):
    text = "😀😀\x1b 𝒳 led a team, answered calls\r\n"
    start = text.index("answered")
    quote = Evidence("resume", "answered calls", start, start + 14, 1)
    one = placed(text=text)
    parts = tuple(replace(part, evidence=(quote,)) for part in one.fit.contributions)
    one = replace(one, fit=replace(one.fit, contributions=parts, partly=(), musts=()))
    page = visit(write(tmp_path / "wide.html", opening(one)))
    unfold_all(page)
    assert page.locator("#j1c1 pre mark").all_text_contents() == ["answered calls"]


def test_browser_without_scripts_everything_can_be_read(visit, report):
    page = visit(report, java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    page.click("#j1c1 summary")
    assert "closed tickets in Zendesk" in page.inner_text("#j1c1 .k-for")
    assert page.locator("#j1c1 .fall tbody tr").count() == 6
    page.locator(".r summary").first.click()
    assert "closed tickets in Zendeskyyy" in page.inner_text("#r1")


def test_browser_nothing_runs_out_at_the_side_of_a_phone(visit, report):
    page = visit(report, viewport=PHONE)
    unfold_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_browser_paper_shows_who_may_be_called_in_full_and_no_controls(visit, report, tmp_path):
    page = visit(report)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    paper = " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "report.pdf").pages).split())
    assert "Open all" not in paper
    assert "Resume as it was read" not in paper
    for name in ("Ana Example", "Ben Sample", "Zoë Ünal"):
        assert name in paper
    assert paper.count("Can you work nights?") == 3, "two are possible, one is strong; the weak one is a line"
    assert not page.locator("#j1c2 .d").is_visible(), "after printing the screen is as it was"
