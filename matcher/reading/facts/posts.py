"""What a job post states: title, experience, education, languages, certificates, typing speed, shift and work site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.reading.facts.clauses import Clause, clauses
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
_OF_THE_PERSON = frozenset({experience_facts, education_facts, language_facts, certification_facts})
"""Readers of what is asked of the candidate's past, papers and languages."""
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
    asked = replace(post, clauses=tuple(clause for clause in post.clauses if not _offers(post, clause)))
    found = (fact for read in _READERS for fact in read(asked if read in _OF_THE_PERSON else post))
    return (*([title] if title else []), *(fact for fact in found if not _is_paper(fact, papers)))


def _offers(post: Post, clause: Clause) -> bool:
    """Whether a clause gives something, or quotes somebody who works there, and asks for nothing outright."""
    rules: Mapping[str, Sequence[str]] = post.rules["offers"]
    told = {key: any(re.search(pattern, clause.text, re.IGNORECASE) for pattern in patterns) for key, patterns in rules.items()}
    said = told["voice_patterns"] or (told["given_patterns"] and told["giving_patterns"])
    return said and not post.need.is_demand(clause.text)


def _is_paper(fact: Fact, papers: Sequence[tuple[int, int]]) -> bool:
    """Whether a degree or certificate is named only as a paper to bring."""
    return fact.kind in _ON_PAPER and any(start <= fact.start < end for start, end in papers)
