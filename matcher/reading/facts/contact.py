"""Who the candidate is and how to reach them: never scored, removed by blind mode."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from matcher.reading.facts.cities import CityReader
from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.names import NameReader
from matcher.reading.facts.page import Page, Span, fact, trim
from matcher.reading.facts.phones import PhoneReader
from matcher.reading.titles import TitleReader
from matcher.records import Fact

# Blanks and a line break may stand around the "@" and the last full stop, where a narrow column broke the address.
_AT = r"(?:[ ]?@[ ]?|@\n|\n@|\s?[(\[{]\s?(?:at|@)\s?[)\]}]\s?)"
_AT_SIGN = re.compile(r"@|[(\[{]\s?at\s?[)\]}]", re.IGNORECASE)
_SPLIT_END = r"(?:[ ]?\.[ ]?|\.\n)(?:com|net|org|edu|co\.(?:in|uk|za)|ph|in)(?![\w.])"
_DOMAIN = rf"[A-Za-z0-9][\w-]*(?:(?:\.[\w-]+)*\.[A-Za-z]{{2,}}|{_SPLIT_END})"
EMAIL = re.compile(
    rf"(?<![\w.+%-])(?P<local>[\w+%-](?:[\w.+%-]{{0,62}}[\w+%-])?){_AT}(?P<domain>{_DOMAIN})",
    re.IGNORECASE,
)
_TOP_LEVEL = re.compile(r"[a-z]{2,24}(?=[A-Z])|(?:com|org|net|edu|gov)(?=(?:phone|mobile|tel|address|linkedin|contact)\b)")
_WORD_BEFORE = re.compile(r"\w[ ]+$")
_LABEL = 30
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_ABOUT = frozenset({"header", "personal", "summary", "objective", "declaration"})
_HEAD_LINES = 14
_UNDER_NAME = 4
_LINKISH = re.compile(r"www\.|://|\.[a-z]{2,3}(?:[/:]|\b)|skype", re.IGNORECASE)
_LINK_EDGE = ".,;:)'\"”"


class ContactReader:
    """Built from `rules["personal"]`."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader) -> None:
        own = rules["personal"]["contact"]
        self._links = re.compile(own["links"], re.IGNORECASE)
        self._of_others = re.compile(rf"(?<!\w)(?:{alternatives(own['of_others'])})", re.IGNORECASE)
        self._profiles = re.compile(own["profile_links"], re.IGNORECASE)
        self._link_label = re.compile(rf"(?<!\w)(?:{alternatives(own['link_labels'])})\W*$", re.IGNORECASE)
        self._email_label = re.compile(rf"(?<!\w)(?:{alternatives(own['email_labels'])})\W*$", re.IGNORECASE)
        self._others = frozenset(own["others"])
        self._cities = CityReader(rules, titles)
        self._names = NameReader(rules, titles, self._cities.is_place)
        self._phones = PhoneReader(rules)

    def read(self, page: Page, personal: Sequence[Fact] = ()) -> tuple[Fact, ...]:
        """Facts of kind "contact-name", "email", "phone", "link" and "city"; the value holds {kind: as text}.

        A name comes first, then where else it stands; `personal` are the facts about the person, whose numbers are no phones.
        """
        emails = self._own(page, list(self._emails(page.text)))
        links = list(self._found_links(page, emails))
        head, addresses = page.top()[:_HEAD_LINES], [str(f.value["email"]) for f in emails]
        taken = [(f.start, f.end) for f in personal if f.value["what"] not in ("address", "declaration", "pronouns")]
        near = self._near(page, emails)
        phones = self._phones.read(page, self._regions(page, head, personal), taken, near)
        named = self._names.read(page, head, addresses, bool(emails or phones or links))
        names = list(self._every(page.text, named)) if named else []
        city = self._city(page, head, names[0] if names else None, personal, near)
        rest = sorted([*emails, *phones, *links], key=lambda f: f.start)
        return (*names[:1], *([city] if city else []), *rest, *names[1:])

    # ------------------------------------------------------------------------------------------------- emails and links

    def _emails(self, text: str) -> Iterator[Fact]:
        for m in EMAIL.finditer(text) if _AT_SIGN.search(text) else ():
            local, domain = _MAILTO.sub("", m["local"]), re.sub(r"\s", "", m["domain"])
            host, _, end = domain.rpartition(".")
            glued = _TOP_LEVEL.match(end)
            end = glued.group() if glued else end
            stop = m.end() - (len(m["domain"].rsplit(".")[-1].strip()) - len(end))
            spaced = re.search(r"\s", m.group())
            if host and not (spaced and "@" not in m.group() and "." not in domain) and not self._at_a_firm(text, m):
                yield fact("email", text, (m.start("local"), stop), {"email": f"{local}@{host}.{end}"})

    def _at_a_firm(self, text: str, m: re.Match[str]) -> bool:
        """Whether words rather than an address stand around an "@" with blanks: "Sales Agent @ Lakeview.com"."""
        if " @ " not in m.group() or not m["local"].isalpha():
            return False
        before = text[max(text.rfind("\n", 0, m.start()) + 1, m.start() - _LABEL) : m.start()]
        labelled = self._email_label.search(before) is not None
        return not labelled and (m["local"][0].isupper() or _WORD_BEFORE.search(before) is not None)

    def _found_links(self, page: Page, emails: Sequence[Fact]) -> Iterator[Fact]:
        """Pages of one's own wherever they stand, but for a referee's; other pages where a person speaks of themselves."""
        found: list[Span] = []
        lines = [page.lines[n] for n in sorted({page.line_at(m.start()) for m in _LINKISH.finditer(page.text)})]
        for m in (m for pattern in (self._profiles, self._links) for line in lines for m in pattern.finditer(page.text, *line)):
            kind, own = page.kind_at(m.start()), m.re is self._profiles
            line = page.lines[page.line_at(m.start())]
            label = self._link_label.search(page.text[line[0] : m.start()])
            told = kind in _ABOUT or (label is not None and kind not in self._others)
            span = trim(page.text, m.span(), _LINK_EDGE)
            taken = any(f.start <= span[0] < f.end for f in emails) or any(a < span[1] and span[0] < b for a, b in found)
            if kind != "references" and (own or told) and not taken and _is_link(page.text[slice(*span)]):
                found.append(span)
                yield fact("link", page.text, span, {"link": page.text[slice(*span)]})

    def _near(self, page: Page, emails: Sequence[Fact]) -> frozenset[int]:
        """The lines around an email that stands in somebody else's section, as contact data at the foot of a column do."""
        numbers = [page.line_at(f.start) for f in emails if page.kind_at(f.start) in self._others]
        return frozenset(n + d for n in numbers for d in (-2, -1, 0, 1, 2))

    def _own(self, page: Page, facts: list[Fact]) -> list[Fact]:
        """Those that are not a referee's, an employer's or a school's; of other sections only where there are no others."""
        free = [f for f in facts if page.kind_at(f.start) not in self._others]
        return free or [f for f in facts if self._alone(page, f)]

    def _alone(self, page: Page, f: Fact) -> bool:
        """Whether a line is little more than this: contact data at the foot of a page, whatever section it stands in."""
        number = page.line_at(f.start)
        line, before = page.lines[number], page.lines[max(0, number - 2)]
        others = self._of_others.search(page.text, before[0], line[1])
        return page.kind_at(f.start) != "references" and line[1] - line[0] < len(f.text) + 24 and not others

    # ---------------------------------------------------------------------------------------------------- name and place

    def _regions(self, page: Page, head: Sequence[Span], personal: Sequence[Fact]) -> tuple[str, ...]:
        """ISO codes of the countries that the addresses and the header name."""
        texts = [f.text for f in personal if f.value["what"] in ("address", "nationality")]
        return self._cities.regions("\n".join([*texts, *(page.text[a:b] for a, b in head)]))

    def _every(self, text: str, named: tuple[Span, str]) -> Iterator[Fact]:
        """The name, then each other place where it is printed in full."""
        span, name = named
        yield fact("contact-name", text, span, {"name": name})
        pattern = r"\s+".join(re.escape(word) for word in text[slice(*span)].split())
        for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            if m.start() != span[0] and len(pattern) > 5:
                yield fact("contact-name", text, m.span(), {"name": name})

    def _city(
        self, page: Page, head: Sequence[Span], name: Fact | None, personal: Sequence[Fact], near: Collection[int]
    ) -> Fact | None:
        """The town of the address, or of a line at the top, or under a name that stands elsewhere."""
        addresses = [(f.start, f.end) for f in personal if f.value["what"] == "address"]
        under = page.lines_of(name.start, len(page.text))[:_UNDER_NAME] if name and not (head and name.end <= head[-1][1]) else ()
        about = [line for section in page.bodies(("personal",)) for line in page.lines_of(section.body, section.end)]
        at_top = [span for span in addresses if head and span[0] < head[-1][1]]
        beside = [page.lines[n] for n in sorted(near) if 0 <= n < len(page.lines)]
        for line in (*at_top, *head, *under, *beside, *addresses, *about):
            if name is not None and line[0] <= name.start < line[1]:
                line = (name.end, line[1])
            if any(f.start <= line[0] < f.end and f.value["what"] not in ("address",) for f in personal):
                continue
            found = self._cities.read(page.text, line)
            if found is not None:
                return found
        return None


def _is_link(link: str) -> bool:
    """Whether there is a host with a dot in it, and something to go to."""
    if link.casefold().startswith("skype"):
        return True
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return False
    return "." in host and len(host) > 3
