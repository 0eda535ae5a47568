"""Fits made by hand, for the tests of reports."""

from matcher.records import (
    AllOf,
    Certification,
    Contact,
    Contribution,
    Evidence,
    Fit,
    Kpi,
    Language,
    Notice,
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
    return RunInfo(**base | {"skipped": ("notes.xlsx",), "resumes": 3, "jobs": 1, "options": {"max_pages": "100"}} | given)
