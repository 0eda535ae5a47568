"""The sample people with one thing about them swapped or taken out: who they are, never what they did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from resume_forms import Person

Change = Callable[[Person], Person | None]
"""Makes another person of one; None where there is nothing to change."""
_YEARS = re.compile(r",?\s*(?:\bSY\s+)?(?:\((?:19|20)\d\d\)|(?<![\d,])\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\b)")
_SCHOOLING = ("education", "academic", "educational")
_NO_DEGREE = ("pmp", "lean", "certified")
_SCHOOL = re.compile(
    r"(?<=[,\t] |- )[A-Z][\w’' ]*?(?:University|College|Polytechnic|High School|Unibersidad[\w ]*|NHS|Colegio[\w ]*|School)\b"
)
_SAID = re.compile(r"birth|civil|marital|religion|nationality|father|sex\b|age\b", re.IGNORECASE)


def _sections(person: Person, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Person:
    """The person with every section changed; None takes one out."""
    parts = [[new for section in own if (new := change(section))] for own in (person.sections, person.side)]
    return replace(person, sections=tuple(parts[0]), side=tuple(parts[1]))


def _texts(value: Any, change: Callable[[str], str]) -> Any:
    """Every string of a section's content changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_texts(item, change) for item in value]
    return value


def named(name: str) -> Change:
    """Another name, in the mail address as well."""

    def change(person: Person) -> Person:
        own = re.sub(r"[^a-z]+", ".", name.casefold()).strip(".")
        contact = tuple(re.sub(r"[\w.]+(?=@)", own or "mail", line) for line in person.contact)
        return replace(person, name=name, contact=contact)

    return change


def titled(before: str) -> Change:
    """A title before the name."""
    return lambda person: replace(person, name=f"{before} {person.name}")


def with_line(line: str) -> Change:
    """A line more under the name."""
    return lambda person: replace(person, contact=(*person.contact, line))


def with_pairs(**pairs: str) -> Change:
    """A section about the person at the end, with what it says."""
    rows = {name.replace("_", " ").capitalize(): value for name, value in pairs.items()}
    return lambda person: replace(person, sections=(*person.sections, {"heading": "Personal Information", "pairs": rows}))


def without_person(person: Person) -> Person | None:
    """Without birth, family, religion and nationality, where they are printed."""

    def change(section: dict[str, Any]) -> dict[str, Any] | None:
        if "pairs" not in section:
            return section
        kept = {name: value for name, value in section["pairs"].items() if not _SAID.search(name)}
        return {**section, "pairs": kept} if kept else None

    changed = _sections(person, change)
    return None if changed == person else changed


def elsewhere(place: str) -> Change:
    """Another home: the contact line's town, or a line of its own."""

    def change(person: Person) -> Person:
        kept = [part for line in person.contact for part in re.split(r" [|/] | - ", line)]
        told = [
            part for part in kept if (any(c.isdigit() for c in part) and not part.startswith(("Block", "No."))) or "@" in part
        ]
        return replace(person, contact=(place, *told) if place else tuple(told))

    return change


def _schooling(person: Person, change: Callable[[str], str]) -> Person | None:
    def own(section: dict[str, Any]) -> dict[str, Any]:
        if not section["heading"].casefold().startswith(_SCHOOLING) and section["heading"].casefold() != "academics":
            return section
        keep = {"heading", "pairs"}
        return {
            key: value if key in keep else _texts(value, lambda t: t if t.casefold().startswith(_NO_DEGREE) else change(t))
            for key, value in section.items()
        }

    changed = _sections(person, own)
    return None if changed == person else changed


def without_graduation(person: Person) -> Person | None:
    """No year behind a degree or a school."""
    return _schooling(person, lambda text: _YEARS.sub("", text))


def graduated(years: int) -> Change:
    """The same schooling so many years later."""

    def later(text: str) -> str:
        return re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda m: str(int(m.group()) + years), text)

    return lambda person: _schooling(person, later)


def schooled(school: str) -> Change:
    """Another school."""
    return lambda person: _schooling(person, lambda text: _SCHOOL.sub(school, text))


def unrelated_job(dates: str) -> Change:
    """An early job more that has nothing to do with any of the roles."""
    job = {"title": "Groundskeeper", "employer": "Halimbawa Gardens", "dates": dates, "duties": ["Watered and weeded"]}

    def change(person: Person) -> Person:
        def own(section: dict[str, Any]) -> dict[str, Any]:
            return {**section, "jobs": [*section["jobs"], job]} if section.get("jobs") else section

        return _sections(person, own)

    return change


def swaps() -> Iterator[tuple[str, Change]]:
    """Every change of who somebody is, with its name: the score of the changed person is that of the person."""
    for name in ("JAMES CHICAGO", "Grace April Carter", "Muhammad Ali Khan", "Maria Dela Cruz", "Xiu Ying", "Kwame Banker", ""):
        yield f"name: {name or 'none'}", named(name)
    for title in ("Mr.", "Ms.", "Mrs."):
        yield f"title: {title}", titled(title)
    for line in (
        "Pronouns: she/her",
        "Gender: Female",
        "Sex: Male",
        "Age: 57",
        "23 years old",
        "Date of birth: 4 May 1969",
        "Married",
        "Religion: Hindu",
        "Nationality: Indian",
        "US Citizen",
        "Photo attached",
    ):
        yield line, with_line(line)
    yield (
        "a form",
        with_pairs(
            sex="Female", age="44", birth_date="2 March 1982", civil_status="Widowed", religion="Islam", nationality="Kenyan"
        ),
    )
    yield "another form", with_pairs(gender="Male", height="180 cm", citizenship="Spanish", caste="General", children="4")
    yield "nothing about the person", without_person
    for place in (
        "Chicago, IL",
        "Purok 3, Brgy. Lahug, Cebu City",
        "12 Salesforce Street, Mumbai 400001",
        "Spanish Town, Jamaica",
    ):
        yield f"home: {place}", elsewhere(place)
    yield "home: none", elsewhere("")
    yield "graduation: no years", without_graduation
    yield "graduation: 25 years ago", graduated(-25)
    for school in ("Oxbridge Ivy University", "Barangay Sample College", "Chicago City College"):
        yield f"school: {school}", schooled(school)
