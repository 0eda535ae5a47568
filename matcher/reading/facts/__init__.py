"""What a document states that is no concept: jobs, degrees, languages, numbers, contact data."""

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.reading.facts.resume import ResumeFactReader
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Line, Section

_readers: list[tuple[Mapping[str, Any], TitleReader, ResumeFactReader]] = []


def resume_facts(
    text: str, lines: Sequence[Line], sections: Sequence[Section], rules: Mapping[str, Any], titles: TitleReader
) -> tuple[Fact, ...]:
    """All facts of a resume, in text order within each kind; see the readers for the kinds and their values.

    `rules` is `Taxonomy.rules`. The patterns built from it are kept for the next call with the same `rules` and `titles`.
    """
    for known, judge, reader in _readers:
        if known is rules and judge is titles:
            return reader.read(text, lines, sections)
    made = ResumeFactReader(rules, titles)
    _readers[:] = [(rules, titles, made)]
    return made.read(text, lines, sections)
