"""The taxonomy as a page: complete, self-contained, safe whatever the taxonomy says, and in order for a screen reader."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from crosswalk_rows import NO_TERM, line, table

from matcher.report.taxonomy_page import taxonomy_page
from matcher.taxonomy import Concept, Taxonomy, load
from matcher.taxonomy.crosswalk import FILE, read_rows

VOID = {"meta", "input", "link", "br"}
CLOSED_BY_OTHERS = {"li", "dt", "dd", "p"}


class Page(HTMLParser):
    """The page's elements; balance is checked on the way."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        closes = {"dt": ("dt", "dd"), "dd": ("dt", "dd"), "li": ("li",), "dl": ("p",), "p": ("p",)}.get(tag, ())
        while self.open and self.open[-1] in closes:
            self.open.pop()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open[-1] != tag and self.open[-1] in CLOSED_BY_OTHERS:
            self.open.pop()
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return taxonomy_page(load())


@pytest.fixture(scope="module")
def page(text) -> Page:
    return Page(text)


def test_every_concept_and_role_stands_on_the_page_once(page):
    ids = [attributes["id"] for attributes in page.all("details")]
    taxonomy = load()
    assert sorted(ids) == sorted([*(f"c-{id}" for id in taxonomy.concepts), *(f"role-{id}" for id in taxonomy.roles)])


def test_links_within_the_page_lead_somewhere_and_ids_are_given_once(page):
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {attributes["href"][1:] for attributes in page.all("a") if attributes["href"].startswith("#")}
    assert inner <= set(ids)


def test_the_page_fetches_nothing(page, text):
    assert not [
        name for name, attributes in page.found if "src" in attributes or name in {"link", "img", "iframe", "base", "object"}
    ]
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = (meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    for kind in ("style", "script"):
        inside = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_links_out_of_the_page_do_not_tell_where_from(page):
    outer = [attributes for attributes in page.all("a") if attributes["href"].startswith("http")]
    assert outer
    assert {"name": "referrer", "content": "no-referrer"} in page.all("meta")


def test_the_page_is_small_enough_to_mail(text):
    assert len(text.encode()) < 2_500_000


def test_the_search_field_has_a_label_and_the_parts_a_screen_reader_expects(page):
    (field,) = page.all("input")
    assert any(label.get("for") == field["id"] for label in page.all("label"))
    assert (field["role"], field["aria-expanded"], field["aria-controls"]) == ("combobox", "false", "hits")
    assert any(attributes.get("role") == "listbox" and attributes["id"] == "hits" for attributes in page.all("ul"))
    assert any(attributes.get("role") == "status" for attributes in page.all("p"))
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == len(page.all("main")) == 1


def test_the_page_of_a_few_concepts_is_the_same_each_time():
    books, ledger = (Concept(id, id.title(), "skill", "finance", ("finance",), aliases=(f"{id}s",)) for id in ("books", "ledger"))
    taxonomy = small(books)
    both = [replace(taxonomy, concepts={**taxonomy.concepts, "ledger": ledger}) for _ in range(2)]
    assert len({taxonomy_page(one) for one in both}) == 1


@pytest.mark.slow
def test_the_page_is_the_same_each_time(text):
    assert taxonomy_page(load()) == text


def small(concept: Concept, **more) -> Taxonomy:
    branch = Concept("finance", "Finance", "branch", "finance")
    return Taxonomy("abc", {"finance": branch, concept.id: concept}, **more)


HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"&'


def test_nothing_that_a_taxonomy_says_becomes_code():
    concept = Concept(
        "ledger", HOSTILE, "skill", "finance", ("finance",), aliases=(HOSTILE + "a",), hidden=(HOSTILE,), definition=HOSTILE
    )
    rules = {
        "scheme": {
            "title": HOSTILE,
            "about": HOSTILE,
            "license": "javascript:alert(1)",
            "mapped": {"ESCO": {"home": "javascript:x"}},
        },
        "search": {"quiet": [HOSTILE], "alike": [[HOSTILE]]},
    }
    page = Page(taxonomy_page(small(concept, rules=rules)))
    assert len(page.all("script")) == 2
    assert page.all("img") == []
    assert not [attributes for attributes in page.all("a") if attributes["href"].startswith("javascript")]


def test_mappings_are_links_and_what_has_no_counterpart_is_said(tmp_path):
    concept = Concept("ledger", "Ledger", "skill", "finance", ("finance",))
    rows = table(
        line("bpo:ledger", "Ledger", "broad", "esco:skill/1", "accounting", "0.9"),
        line("bpo:ledger", "Ledger", "related", NO_TERM, "", "0.9", "O*NET"),
    )
    (tmp_path / FILE).write_text(rows, encoding="utf-8")
    crosswalk = tuple(read_rows(tmp_path / FILE))
    from matcher.taxonomy.concepts import mappings_of

    mapped = replace(concept, mappings=tuple(mappings_of(crosswalk)["bpo:ledger"]))
    text = taxonomy_page(small(mapped, crosswalk=crosswalk))
    assert '<a href="http://data.europa.eu/esco/skill/1"' in text
    assert "O*NET: nothing like it" in text


def test_a_concept_below_two_others_stands_below_the_first():
    above = Concept("books", "Books", "skill", "finance", ("finance",))
    both = Concept("ledger", "Ledger", "skill", "finance", ("books", "finance"))
    taxonomy = small(above)
    taxonomy = replace(taxonomy, concepts={**taxonomy.concepts, "ledger": both})
    text = taxonomy_page(taxonomy)
    assert text.index('id="c-books"') < text.index('id="c-ledger"')
    assert text.count('id="c-ledger"') == 1
