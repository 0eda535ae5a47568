"""Who somebody is changes no score: every sample with each such thing swapped or taken out, and real resumes where given."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from docx import Document as WordDocument
from docx.shared import Cm
from fair_variants import graduated, swaps, unrelated_job, without_graduation
from PIL import Image
from resume_forms import FORMS, NAMES, Person, person_of, text

from matcher.errors import MatcherError
from matcher.records import Fit, Profile, Role
from matcher.scoring import Scorer

AS_OF = "2026-11-01"
SWAPS = dict(swaps())
QUICK = "csr-voice-manila"
LEFT_OVER = {("operations-manager", "US Citizen")}
"""What still moves a score, by person and swap: a doubtful mention elsewhere is doubted less. A mended one is taken out."""
Told = dict[str, tuple[Any, ...]]


def told(fit: Fit, band: int) -> tuple[Any, ...]:
    """All of a fit but where in the text its quotes stand."""
    parts = tuple((c.name, c.points, c.reason, tuple((e.document, e.text) for e in c.evidence)) for c in fit.contributions)
    return fit.logit, fit.score, band, fit.base, parts, fit.unmet, fit.unknown, fit.missing, fit.questions


@pytest.fixture(scope="module")
def roles(sample_roles) -> list[Role]:
    """Every sample post and some of the built-in role profiles."""
    posts = [role for role in sample_roles.values() if "." in role.source]
    return [*posts, *[role for role in sample_roles.values() if "." not in role.source][::12]]


@pytest.fixture(scope="module")
def fits(engine, roles) -> Callable[[bytes, str], Told]:
    """The fits of a resume with all these roles."""
    return fits_with(engine, roles)


@pytest.fixture(scope="module")
def few_fits(engine, roles) -> Callable[[bytes, str], Told]:
    """The fits of a resume with some of these roles."""
    return fits_with(engine, roles[::5])


def fits_with(engine, roles: list[Role]) -> Callable[[bytes, str], Told]:
    def fits(data: bytes, source: str) -> Told:
        profile, scorer = engine.read_resume(data, source, as_of=AS_OF), Scorer(engine.taxonomy)
        found = [scorer.fit(profile, role) for role in roles]
        return {fit.role.source: told(fit, scorer.band(fit)) for fit in found}

    return fits


def drawn(person: Person, form: str) -> tuple[bytes, str]:
    ending, draw = FORMS[form]
    return draw(person), f"cv{ending}"


def changed(fits, name: str, form: str) -> Iterator[str]:
    """The swaps that change a fit of a sample."""
    person = person_of(name)
    plain = fits(*drawn(person, form))
    for what, swap in SWAPS.items():
        other = swap(person)
        if other is not None and (name, what) not in LEFT_OVER:
            found = fits(*drawn(other, form))
            yield from (f"{what}: {role}" for role in plain if found[role] != plain[role])


def test_who_somebody_is_changes_no_score(few_fits):
    assert [*changed(few_fits, QUICK, "text")] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_who_somebody_is_changes_no_score_of_any_sample(fits, name):
    assert [*changed(fits, name, "text")] == []


def test_the_swaps_are_there_and_can_be_seen(fits):
    person = person_of("csr-voice-manila")
    texts = {text(other) for swap in SWAPS.values() if (other := swap(person)) is not None}
    assert len(texts) == len(SWAPS)
    plain = fits(text(person), "cv.txt")
    assert fits(text(person).replace(b"Zendesk and Avaya", b"Chess and"), "cv.txt") != plain


# -------------------------------------------------------------------------------------------------------------- one by one


@pytest.mark.parametrize("name", NAMES)
def test_years_of_graduation_change_no_education_and_no_job(engine, name):
    def facts(person: Person) -> tuple[Any, ...]:
        found = engine.read_resume(text(person), "cv.txt", as_of=AS_OF).facts
        return found.education, [(job.title, job.start, job.end, job.months) for job in found.jobs], found.total_years

    person = person_of(name)
    for swap in (without_graduation, graduated(-25)):
        other = swap(person)
        if other is not None:
            assert facts(other) == facts(person)


@pytest.mark.parametrize("name", [QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES if name != QUICK)])
def test_where_a_gap_lies_changes_no_score(fits, name):
    """The same unrelated early job, the gap before it or behind it."""
    early, late = (unrelated_job(dates)(person_of(name)) for dates in ("Jan 2001 - Jun 2002", "Sep 2006 - Feb 2008"))
    if early != person_of(name):
        assert fits(text(early), "cv.txt") == fits(text(late), "cv.txt")


def test_a_photo_changes_no_score(fits):
    data, source = drawn(person_of("csr-voice-manila"), "word")
    package, picture = WordDocument(io.BytesIO(data)), io.BytesIO()
    Image.new("RGB", (60, 80), "tan").save(picture, "PNG")
    picture.seek(0)
    package.paragraphs[0].insert_paragraph_before().add_run().add_picture(picture, width=Cm(3))
    out = io.BytesIO()
    package.save(out)
    assert fits(out.getvalue(), source) == fits(data, source)


@pytest.mark.parametrize(
    "titles",
    [("Salesman", "Saleswoman", "Saleslady"), ("Waiter", "Waitress"), ("Businessman", "Businesswoman"), ("Foreman", "Forewoman")],
)
def test_the_sex_in_a_job_title_changes_no_score(fits, titles):
    whole = (
        "Ana Sample\nana@example.com\n\nEXPERIENCE\n{} | Sample Mart | Jan 2020 - Dec 2023\n- Answered customers at the counter\n"
    )
    found = [fits(whole.format(title).encode(), "cv.txt") for title in titles]
    for other in found[1:]:
        assert {source: row[0] for source, row in other.items()} == {source: row[0] for source, row in found[0].items()}


# ----------------------------------------------------------------------------------------------------------- real resumes

OTHERS = {"contact-name": "Xiu Ying Carter", "email": "someone@example.com", "city": "Springfield", "link": "example.com/someone"}
MANY = 40
"""Real resumes that are tried."""


def swapped(document: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with some spans replaced."""
    for start, end, other in sorted(spans, reverse=True):
        document = document[:start] + other + document[end:]
    return document


@pytest.mark.realdata
@pytest.mark.slow
def test_who_somebody_is_changes_no_score_of_real_resumes(engine, shared, roles):
    """Names, mail addresses, towns and personal data as the reader found them, in the plain text."""
    moved, tried = [], 0
    files = sorted((shared / "data" / "corpus" / "resumes").iterdir())
    scorer = Scorer(engine.taxonomy)

    def logits(words: str) -> tuple[list[float], Profile]:
        profile = engine.read_resume(words.encode(), "cv.txt", as_of=AS_OF)
        return [scorer.fit(profile, role).logit for role in roles], profile

    for path in files[:: max(1, len(files) // MANY)]:
        try:
            plain = engine.plain(path.read_bytes(), path.name)
            whole, profile = logits(plain)
        except MatcherError:
            continue
        contact = profile.facts.contact
        for value, other in ((contact.name, OTHERS["contact-name"]), (contact.city, OTHERS["city"])):
            at = plain.find(value) if value else -1
            if value and at >= 0:
                tried += 1
                moved += [path.name] if logits(swapped(plain, [(at, at + len(value), other)]))[0] != whole else []
        first, rest = plain.split("\n", 1) if "\n" in plain else (plain, "")
        for line in ("Date of birth: 4 May 1969", "Religion: Hindu", "Gender: Female"):
            tried += 1
            moved += [path.name] if logits(f"{first}\n{line}\n{rest}")[0] != whole else []
    assert tried > 100
    assert len(moved) <= 0.02 * tried, f"{len(moved)} of {tried}"
