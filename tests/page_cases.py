"""Pages made by hand, for the tests of the report page."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import html
from report_cases import ZENDESK, explained, role, run

from matcher.records import Contact, Evidence, MustCost, Notice, Opening, Relaxed
from matcher.report import Outputs, Placed, Ranking

TEXT = ("x" * 110 + "closed tickets in Zendesk").ljust(400, "y")
THRESHOLDS = (0.1, 0.5, 0.9)
HOSTILE = "</noscript></script></pre><script>alert(1)</script><!-- <img src=x onerror=alert(2)> --><style>*{}\"'&lt;"
UNSEEN = "\x1b[31mred\x1b]8;;x\x07 \x00 \u202etxt.exe\u2066 \u200f \ud800 \U000e0041 \ufffe \x9b0m"


def placed(source="ana.pdf", name="Ana Example", rank=1, band=1, **changes):
    """A candidate in whose page each kind of thing is found."""
    fit = explained()
    resume = replace(fit.profile, source=source, sha256=f"sha-{source}", text=TEXT)
    contact = replace(resume.facts.contact, name=name)
    resume = replace(resume, facts=replace(resume.facts, contact=contact), **changes)
    return Placed(rank, replace(fit, profile=resume), band, THRESHOLDS)


def opening(*people, job=None, **more):
    return Ranking(job or role(), people, **more)


def write(path, *rankings, info=None):
    with Outputs([path]) as outputs:
        outputs.start(info or run())
        for one in rankings:
            outputs.add(one)
        outputs.finish()
    return path


def page(folder, *rankings, info=None):
    """The page's text."""
    return write(folder / "report.html", *rankings, info=info).read_text(encoding="utf-8")


def parsed(text):
    return html.document_fromstring(text, html.HTMLParser(huge_tree=True))


def said(found) -> str:
    """The words of an element, apart where elements are apart."""
    return re.sub(r" ([,:;.])", r"\1", " ".join(" ".join(found.itertext()).split()))


def evil(what):
    """Two openings and a run in which every text that a document or a file name can bring is this one."""
    fit = explained(role(what, what))
    quote = Evidence("resume", what, 3, 3 + len(what), 1)
    parts = tuple(replace(part, name=what, reason=what, evidence=(quote, ZENDESK)) for part in fit.contributions)
    facts = replace(fit.profile.facts, contact=Contact(what, (what,), (what,), what), last_title=what)
    resume = replace(fit.profile, source=what, text=f"abc{what}def", facts=facts, warnings=(Notice("x", what, None, what),))
    fit = replace(fit, profile=resume, contributions=parts, questions=(what,), unknown=(what,))
    one = Placed(1, fit, 2, THRESHOLDS, (Opening(what, what, 0.99, 3),), (Relaxed(what, True, 3),))
    info = run(
        options={what: what}, skipped={what: what}, weights={what: 1.0}, versions={"matcher": what}, labels={"voice": what}
    )
    job = fit.role
    return (opening(one, job=job, musts=(MustCost(what, 1, 0, 1, 1),)), opening(one, job=job)), info
