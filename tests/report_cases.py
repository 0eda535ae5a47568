"""Fits made by hand, for the tests of reports."""

from matcher.records import (
    AllOf,
    Certification,
    Contact,
    Contribution,
    DatedJob,
    Evidence,
    Factor,
    Fit,
    Kpi,
    Lack,
    Language,
    Must,
    MustState,
    Need,
    Notice,
    Partly,
    Profile,
    ResumeFacts,
    Role,
)
from matcher.report import Placed, Ranking, RunInfo, Trouble

VERSIONS = {"matcher": "1", "taxonomy": "abc", "models": "m1"}


def profile(source="ana.pdf", name="Ana Example", **facts):
    given = {
        "contact": Contact(name=name),
        "total_years": 3.5,
        "customer_contact_months": 30,
        "months_by_channel": {"voice": 30, "chat": 4},
        "last_title": "Customer Service Associate",
        "languages": (Language("English", "fluent"), Language("Tagalog")),
        "certifications": (Certification("COPC", status="held"),),
        "typing_wpm": 45,
        "kpis": (Kpi("csat", "92", "%", None, "kept CSAT at 92%"),),
    }
    return Profile(source, f"sha-{source}", "2026-01-31", (), (), ResumeFacts(**given | facts))


def role(source="agent.txt", title="Voice agent"):
    return Role(source, f"sha-{source}", title, (), 1, AllOf(), warnings=(Notice("unlawful-requirement", "asks for an age"),))


def fit(resume, job, points, reason="8 of 10 required skills"):
    quote = Evidence("resume", "answered 80\n calls a day", 10, 32, 2, "experience")
    asked = Evidence("job", "inbound calls", 0, 13, 1)
    parts = (
        Contribution("required skills", points, reason, (asked, quote)),
        Contribution("unmet must", -0.25, "typing speed: not stated, to be asked"),
    )
    return Fit(resume, job, -1.2, parts, unmet=("Spanish",), unknown=("shift: night",), questions=("Can you work nights?",))


ZENDESK = Evidence("resume", "closed tickets in Zendesk", 110, 135, 2, "experience")
FRESHDESK = Evidence("job", "Freshdesk", 40, 49, 1)
JOBS = (
    DatedJob("Support Agent", "2019-03", "2021-06", False, 28, "tech", 1, begin=100, stop=300, title_start=100),
    DatedJob("Cashier", None, None, False, None, None, None, begin=300, stop=400, title_start=300),
)


def explained(job=None, **changes):
    """A fit in which each kind of thing is found that a report can tell, in words of its own."""
    helpdesk = ("Freshdesk", ("freshdesk",))
    given = {
        "base": -2.0,
        "contributions": (
            Contribution("required skills", 1.23, "3 of 5 required skills", (ZENDESK,), 2.5),
            Contribution("channel", 0.33, "28 months in chat", (), 0.5),
            Contribution("wording", 0.11, "9% similarity of wording"),
            Contribution("unmet must", -0.78, "12 months in collections: not met", (Evidence("job", "a year", 1, 7, 1),)),
        ),
        "unmet": ("12 months in collections: 8 months", "Skip tracing"),
        "unknown": ("shift: night",),
        "questions": ("Can you work nights?", "Which dialers have you used?"),
        "missing": ("Skip tracing", "Avaya or Five9"),
        "lacks": (
            Lack("Skip tracing", ("skip-tracing",), Need.CORE, "core skills of the role", 0.6, ()),
            Lack(
                "Skip tracing", ("skip-tracing",), Need.REQUIRED, "required skills", 0.25, (Evidence("job", "tracing", 9, 16, 1),)
            ),
            Lack(
                "Avaya or Five9",
                ("avaya", "five9"),
                Need.PREFERRED,
                "preferred skills",
                0.2,
                (Evidence("job", "Avaya", 20, 25, 1),),
            ),
            Lack("no dated work in telecom", (), Need.ROLE, "line of business", 0.4),
        ),
        "partly": (
            Partly(
                *helpdesk,
                Need.REQUIRED,
                "required skills",
                "Zendesk",
                0.7,
                0.35,
                0.15,
                (Factor("same class", 0.7),),
                True,
                "job",
                (ZENDESK, FRESHDESK),
            ),
            Partly(
                "Excel",
                ("excel",),
                Need.PREFERRED,
                "preferred skills",
                "Excel",
                0.5,
                0.1,
                0.1,
                (Factor("only in a list", 0.5),),
                False,
                "list",
            ),
        ),
        "musts": (
            Must("12 months in collections", MustState.UNMET, 1, "8 months", -0.78, "", (Evidence("job", "a year", 1, 7, 1),)),
            Must("typing speed: 40 wpm", MustState.UNKNOWN, 2, question="Which dialers have you used?", place=1),
            Must(
                "shift: night",
                MustState.UNKNOWN,
                3,
                question="Can you work nights?",
                evidence=(Evidence("job", "graveyard", 60, 69, 1),),
                place=2,
            ),
            Must("education: high school", MustState.MET, 3, "bachelor", place=3),
        ),
        "flags": (Notice("short-stays", "4 jobs lasted 3 months"),),
    }
    return Fit(profile(jobs=JOBS), job or role(), **given | changes)


def ranking(job, resumes, band=2):
    fits = [fit(resume, job, 3.0 - place / 10) for place, resume in enumerate(resumes)]
    return Ranking(job, tuple(Placed(place, one, band) for place, one in enumerate(fits, 1)))


def run(**given):
    troubles = (
        Trouble("resume", "bad.pdf", "encrypted", "is password-protected"),
        Trouble("job", "bad.txt", "empty", "is empty"),
    )
    labels = {"voice": "Voice", "chat": "Live chat"}
    base = {"versions": VERSIONS, "as_of": "2026-01-31", "date": "2026-01-31", "labels": labels, "troubles": troubles}
    base |= {"skipped": {"notes.xlsx": "no kind of file that is read"}, "options": {"max_pages": "100"}}
    return RunInfo(**base | {"resumes": 3, "jobs": 1} | given)
