"""What a job post states: title, experience, education, languages, certificates, typing speed, shift and work site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.reading.facts.clauses import clauses
from matcher.reading.facts.needs import NeedReader
from matcher.reading.facts.postbase import Post
from matcher.reading.facts.postlanguages import language_facts
from matcher.reading.facts.postpapers import certification_facts
from matcher.reading.facts.postpast import education_facts, experience_facts
from matcher.reading.facts.postsetting import shift_facts, site_facts, typing_facts
from matcher.reading.facts.postsetup import condition_facts, paper_clauses
from matcher.reading.facts.posttitle import title_fact
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Line, Section

_READERS = (
    experience_facts,
    education_facts,
    language_facts,
    certification_facts,
    typing_facts,
    shift_facts,
    site_facts,
    condition_facts,
)
_ON_PAPER = frozenset({"education", "certification"})


def post_facts(
    text: str, lines: Sequence[Line], sections: Sequence[Section], rules: Mapping[str, Any], titles: TitleReader
) -> tuple[Fact, ...]:
    """All facts of a job post, with the offsets of their phrases; of each kind the one that governs comes first.

    Kinds and values: title {title, line}; experience {min_months, max_months, need}; education {level, need}; language {name,
    need, level}; certification {name, need}; typing {wpm, accuracy, need}; shift {shift}; site {site}; the kinds of `CONDITIONS`
    and "document" {name, level, need}. Need is required, preferred or waived.
    """
    table = {**rules["posts"], "conditions": rules["conditions"]}
    post = Post(text, clauses(text, sections), table, NeedReader(table["need"]))
    title = title_fact(text, lines, table["title"], titles)
    papers = paper_clauses(post)
    found = (fact for read in _READERS for fact in read(post))
    return (*([title] if title else []), *(fact for fact in found if not _is_paper(fact, papers)))


def _is_paper(fact: Fact, papers: Sequence[tuple[int, int]]) -> bool:
    """Whether a degree or certificate is named only as a paper to bring."""
    return fact.kind in _ON_PAPER and any(start <= fact.start < end for start, end in papers)
