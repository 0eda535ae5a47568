"""The page holds all it needs and nothing that acts, its figures are the fits', and it reads in order."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hostile_texts import ATTACKS, acts, endless
from hypothesis import given
from hypothesis import strategies as st
from page_cases import HOSTILE, THRESHOLDS, UNSEEN, evil, opening, page, parsed, placed, said
from report_cases import ZENDESK, explained, profile, ranking, role, run
from test_hostile_cells import hostile

from matcher.records import Claim, Must, MustCost, MustState, Opening, Relaxed, Stance
from matcher.report.page.drawings import BINS, Scale, bars, histogram
from matcher.report.page.places import Places
from matcher.report.waterfall import steps
from matcher.report.why import why
from matcher.unseen import harmless


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    other = ranking(role("b.txt", "Chat agent"), [profile("ben.pdf", "Ben"), profile("cleo.pdf", None)])
    first = replace(placed(), better=(Opening("b.txt", "Chat agent", 0.95, 3),), relaxed=(Relaxed("12 months", False, 3),))
    musts = (MustCost("12 months in collections", 1, 0, 0, 1),)
    return page(tmp_path_factory.mktemp("page"), opening(first, musts=musts), other)


@pytest.fixture(scope="module")
def tree(text):
    return parsed(text)


# -------------------------------------------------------------------------------------------------------- one file, by itself


def test_page_fetches_nothing_and_its_policy_knows_only_its_own_script_and_style(text, tree):
    assert not tree.xpath("//@src | //link | //img | //iframe | //base | //object | //embed | //form | //@style")
    assert not [href for href in tree.xpath("//@href") if not href.startswith("#")]
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    for kind in ("style", "script"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_page_links_lead_somewhere_and_ids_are_given_once(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_page_is_the_same_each_time(tmp_path):
    assert page(tmp_path, opening(placed())) == page(tmp_path, opening(placed()))


# ------------------------------------------------------------------------------------------------------- what a person is told


def test_page_figures_are_those_of_the_fit(tree):
    fit = explained()
    person = tree.get_element_by_id("j1c1")
    row = said(person.xpath(".//summary")[0])
    assert f"rank 1 score {fit.score:.2f} weak fit" in row
    assert "Ana Example" in row
    assert person.get("data-b") == "1"


def test_page_first_line_says_why(tree):
    row = said(tree.get_element_by_id("j1c1").xpath(".//summary//p")[0])
    assert row == why(explained(), 220)


def test_page_waterfall_has_the_base_every_contribution_and_the_sum(tree):
    fit = explained()
    rows = tree.get_element_by_id("j1c1").xpath(".//figure//tbody/tr")
    labels = [said(row.xpath("./th")[0]) for row in rows]
    assert labels == ["where every resume starts", *(part.name for part in fit.contributions), "sum"]
    points = [float(said(row.xpath("./td")[0])) for row in rows[:-1]]
    totals = [float(said(row.xpath("./td")[1])) for row in rows]
    assert math.fsum(points) == pytest.approx(fit.logit, abs=0.006)
    assert totals[-1] == pytest.approx(math.fsum(points))
    assert [step.total / 100 for step in steps(fit)] == totals[:-1]
    assert len(rows) == len(tree.get_element_by_id("j1c1").xpath(".//figure//tbody//rect"))


def test_page_tells_what_speaks_for_and_against_with_quotation_dates_and_page(tree):
    person = tree.get_element_by_id("j1c1")
    blocks = {said(block.xpath("./h4")[0]): said(block) for block in person.xpath(".//div[starts-with(@class, 'k ')]")}
    told = {title.split(" points")[0].split(" 0 of")[0]: text for title, text in blocks.items()}
    assert "+1.23 of 2.50 3 of 5 required skills" in told["Speaks for"]
    assert "“closed tickets in Zendesk” (page 2, 2019-03 to 2021-06)" in told["Speaks for"]
    assert "-0.78" in told["Speaks against"]
    assert "Avaya or Five9" in told["Asked for, nothing shown"]
    assert "Freshdesk asked, Zendesk shown: same class, 0.7" in told["Shown only in part"]
    assert "post: “Freshdesk”" in told["Shown only in part"]
    assert "weak at best" in told["Musts that are not met, or not known"]
    assert "education: high school" in told["Musts that are met"]
    assert "Can you work nights? post: “graveyard”" in told["Questions to ask"]
    assert "4 jobs lasted 3 months" in told["Take care"]
    assert "shift: night" in told["Not known"]
    assert "Chat agent (b.txt): 0.95, 3 strong" in told["Openings that fit better"]
    assert "without “12 months”: strong" in told["If a must were waived"]


def test_page_first_line_names_open_musts_and_the_better_opening(tree):
    tags = [said(tag) for tag in tree.get_element_by_id("j1c1").xpath(".//summary//*[@class='g']")]
    assert tags == ["2 open musts", "fits better: Chat agent"]


def test_page_quotation_leads_to_its_place_in_the_text(tree):
    person = tree.get_element_by_id("j1c1")
    (link,) = [link for link in person.xpath(".//a[@data-m]") if link.getparent().getparent().xpath("./b[.='required skills']")]
    start, end = map(int, link.get("data-m").split("-"))
    assert (start, end) == (ZENDESK.start, ZENDESK.end)
    assert tree.get_element_by_id(link.get("href")[1:]).xpath("./pre")[0].text.lstrip("\n")[start:end] == ZENDESK.text


def test_page_opening_says_how_many_there_are_and_which_must_costs_most(tree):
    job = said(tree.get_element_by_id("j1").xpath(".//div[@class='head']")[0])
    assert "0 strong, 0 possible, of 1" in job
    assert "12 months in collections: keeps 1 candidate in a lower band" in job
    assert "asks for an age" in job
    rows = [said(row) for row in tree.get_element_by_id("j1").xpath(".//table[@class='musts']/tbody/tr")]
    assert rows == ["12 months in collections 0 1 0 1 +1 strong", "education: high school 1 0 0 nobody"]
    other = said(tree.get_element_by_id("j2").xpath(".//div[@class='head']")[0])
    assert "0 strong, 2 possible, of 2 No must keeps anyone in a lower band." in other


def test_page_shows_what_was_decided_and_lets_one_search_for_it(tmp_path):
    known = replace(placed(), decision="Shortlist", note="<b>call</b> after 3 pm")
    noted = replace(placed("ben.pdf", "Ben", 2), note="on holiday")
    tree = parsed(page(tmp_path, opening(known, noted, placed("cleo.pdf", "Cleo", 3))))
    tags = [[said(tag) for tag in tree.get_element_by_id(f"j1c{rank}").xpath(".//summary//*[@class='g']")] for rank in (1, 2, 3)]
    assert tags[0] == ["decided: Shortlist", "2 open musts"]
    assert tags[1] == tags[2] == ["2 open musts"]
    first, second, third = (said(tree.get_element_by_id(f"j1c{rank}").xpath(".//dl")[0]) for rank in (1, 2, 3))
    assert first.startswith("Decided for this opening Shortlist: <b>call</b> after 3 pm ")
    assert second.startswith("Note on this opening on holiday ")
    assert third.startswith("Last job ")


def test_page_tells_alternatives_of_a_must_as_one(tmp_path):
    """A resume that meets a must by one of its ways is told of that way; the must is still one."""
    lead, agent = "12 months of experience (team lead)", "24 months of experience (senior agent)"
    states = ((lead, MustState.MET), (agent, MustState.MET), (f"{lead} or {agent}", MustState.UNMET))
    fits = [explained(musts=(Must(label, state, 1), Must("a degree", MustState.MET, 1, place=1))) for label, state in states]
    people = [replace(placed(f"{n}.pdf", rank=n), fit=fit) for n, fit in enumerate(fits, 1)]
    rows = lambda *some, **more: [  # noqa: E731
        said(row) for row in parsed(page(tmp_path, opening(*some, **more))).xpath("//table[@class='musts']/tbody/tr")
    ]
    assert rows(*people) == [f"{lead} or {agent} 2 1 0", "a degree 3 0 0"]
    assert rows(*people[:2]) == [f"{lead} or {agent} 2 0 0", "a degree 2 0 0"]
    cost = MustCost(f"{lead} or {agent}", 1, 0, 1, 0)
    assert rows(*people, musts=(cost,)) == [f"{lead} or {agent} 2 1 0 1 +1 possible", "a degree 3 0 0 nobody"]


def test_page_distribution_is_also_told_in_words(tree):
    (plot,) = tree.get_element_by_id("j1").xpath(".//svg[@role='img']")
    score = explained().score
    assert f"1 from {math.floor(score * BINS) / BINS:.2f}" in plot.get("aria-label")


def test_page_overview_has_a_line_for_each_opening(tree):
    rows = [said(row) for row in tree.xpath("//nav//tbody/tr")]
    assert rows[0].startswith("Voice agent 0 0 1")
    assert rows[1].startswith("Chat agent 0 2 2 Ben")


def test_page_settings_and_errors_stand_at_the_end(tree):
    footer = said(tree.xpath("//footer")[0])
    for part in ("Version of taxonomy abc", "max pages 100", "bad.pdf (resume): is password-protected", "notes.xlsx: skipped"):
        assert part in footer


def test_page_shows_the_best_and_says_how_many_there_are(tmp_path):
    people = [placed(f"{n}.pdf", f"Person {n}", n) for n in range(1, 6)]
    tree = parsed(page(tmp_path, opening(*people), info=run(top=2)))
    assert len(tree.xpath("//li[@class='c']")) == 2
    assert "of 5; the best 2 are shown" in said(tree.xpath("//p[@class='line']")[0])
    assert len(tree.xpath("//details[@class='r']")) == 2


def test_page_holds_each_text_once_and_names_its_skills(tmp_path):
    claim = Claim("chat", Stance.HELD, 1.0, (ZENDESK,))
    denied = Claim("sales", Stance.DENIED, 1.0, (ZENDESK,))
    one = placed(claims=(claim, denied))
    text = page(tmp_path, opening(one), opening(one, job=role("b.txt")))
    assert text.count("closed tickets in Zendeskyyy") == 1
    (skills,) = parsed(text).get_element_by_id("r1").xpath("./p")
    assert said(skills) == "Live chat"


def test_page_without_a_text_links_into_none(tmp_path):
    tree = parsed(page(tmp_path, opening(placed(text=""))))
    assert not tree.xpath("//a[@data-m] | //details[@class='x']")
    assert "“closed tickets in Zendesk”" in said(tree.get_element_by_id("j1c1"))


def test_page_of_nobody_is_a_page(tmp_path):
    assert "No resume could be ranked" in said(parsed(page(tmp_path)))
    assert "0 strong, 0 possible, of 0" in said(parsed(page(tmp_path, opening())))


# ------------------------------------------------------------------------------------------------------------ for everybody


def test_page_headings_come_in_order_and_landmarks_are_there(tree):
    levels = [int(found.tag[1]) for found in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for mark in ("header", "nav", "search", "main", "footer"):
        assert len(tree.xpath(f"/html/body/{mark}")) == 1, mark
    assert tree.xpath("/html/@lang") == ["en"]


def test_page_controls_are_native_and_have_names(tree):
    bar = tree.get_element_by_id("filters")
    for field in bar.xpath(".//input[@type='search'] | .//select"):
        assert bar.xpath(f".//label[@for='{field.get('id')}']")
    assert [said(label) for label in bar.xpath(".//fieldset/label")] == ["strong 0", "possible 2", "weak 1", "no 0"]
    assert bar.xpath(".//*[@role='status']")
    assert "hidden" in bar.attrib, "it is shown by the script that makes it work"


# ------------------------------------------------------------------------------------------------------------ hostile input

KNOWN = set(
    """
    a b bdi body button caption dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 head header html i input
    label legend li line main meta nav noscript ol option p pre rect script search section select small span strong style sub
    summary sup svg symbol table tbody td text th thead title tr ul use
    """.split()  # noqa: SIM905
)


def evil_page(folder, what):
    rankings, info = evil(what)
    return page(folder, *rankings, info=info)


def proved(text):
    """No element, attribute or link of a stranger's, and no character that acts unseen."""
    tree = parsed(text)
    assert {found.tag for found in tree.iter() if isinstance(found.tag, str)} <= KNOWN
    assert not [found for found in tree.iter() if not isinstance(found.tag, str)], "a comment"
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert {name for found in tree.iter() for name in found.attrib if name.startswith("on") or name in ("src", "style")} == set()
    assert not [href for href in tree.xpath("//@href") if not re.fullmatch(r"#[a-z]+\d*(c\d+)?", href)]
    assert not [sign for sign in set(text) if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"]
    assert acts(text) == []
    return tree


def test_page_nothing_that_a_document_says_becomes_code(tmp_path):
    tree = proved(evil_page(tmp_path, HOSTILE))
    assert tree.xpath("//pre")[0].text_content().lstrip("\n") == f"abc{HOSTILE}def"


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_page_of_many_hostile_texts_is_harmless(tmp_path, count):
    texts = endless()  # another mix for each pair, the same in each run
    people = [hostile(texts, number) for number in range(1, count // 25 + 2)]
    attacks = {text: text for text in ATTACKS}
    rankings = [opening(*people[at : at + 40], job=people[at].fit.role) for at in range(0, len(people), 40)]
    proved(page(tmp_path, *rankings, info=run(skipped=attacks, options=attacks, versions=attacks, top=count)))


def test_page_shows_what_would_be_obeyed_unseen(tmp_path):
    text = evil_page(tmp_path, UNSEEN)
    proved(text)
    assert "␛[31mred␛]8;;x␇" in text


def test_page_breaks_very_long_words(text):
    assert "overflow-wrap: anywhere" in text


@given(st.text(st.characters(), max_size=60))
def test_harmless_keeps_the_length_and_what_can_be_seen(text):
    clean = harmless(text)
    assert len(clean) == len(text)
    assert harmless(clean) == clean
    clean.encode("utf-8")
    assert all(
        after == before for before, after in zip(text, clean, strict=True) if before.isprintable() and ord(before) < 0xE0000
    )


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), st.data())
def test_places_count_as_browsers_do(text, data):
    offset = data.draw(st.integers(0, len(text)))
    places = Places(text)
    assert places.units(offset) == len(places.text[:offset].encode("utf-16-le")) // 2


# ------------------------------------------------------------------------------------------------------------------ drawings


def test_drawings_each_step_begins_where_the_last_one_ended():
    fit = explained()
    scale = Scale.around([fit], THRESHOLDS)
    found = bars(fit, scale)
    ends = [scale.percent(bar.total) for bar in found]
    for before, bar, end in zip(ends, found[1:-1], ends[1:], strict=False):
        assert sorted((before, end)) == pytest.approx([bar.x, bar.x + bar.width])
    assert all(0 <= bar.x <= bar.x + bar.width <= 100.0001 for bar in found)
    assert [bar.kind for bar in found] == ["base", "up", "up", "up", "down", "sum"]


def test_drawings_bands_fill_the_drawing_and_begin_at_their_scores():
    zones = Scale.around([explained()], THRESHOLDS).zones()
    assert [zone.band for zone in zones] == [0, 1, 2, 3]
    assert math.fsum(zone.width for zone in zones) == pytest.approx(100)
    scale = Scale.around([explained()], THRESHOLDS)
    assert zones[2].x == pytest.approx(scale.percent(0)), "a score of a half is a total of nothing"
    assert Scale.around([explained()], ()).zones() == []


def test_drawings_distribution_counts_everybody_once():
    people = ranking(role(), [profile(f"{n}.pdf") for n in range(7)]).placed
    found = histogram(people)
    assert sum(pile.height for pile in found.piles) / 100 * found.most == pytest.approx(7)
    assert all(pile.y >= 0 and pile.y + pile.height <= 100.0001 for pile in found.piles)
    assert sum(figure.count for figure in found.figures) == 7


def test_drawings_one_among_many_is_seen():
    people = list(ranking(role(), [profile(f"{n}.pdf") for n in range(2)]).placed)
    first = replace(people[0], fit=replace(people[0].fit, base=9.0))
    found = histogram([first, *[people[1]] * 2000])
    assert min(pile.height for pile in found.piles) >= 3
    assert [figure.count for figure in found.figures] == [1], "thousands have no room above a bar"
