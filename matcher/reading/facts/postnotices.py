"""What a recruiter should know about a job post: whom it turns away, and that it holds more than one vacancy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.clauses import clauses, wording
from matcher.reading.titles import TitleReader
from matcher.records import Notice, Section

_ASKS = frozenset({"requirements", "duties"})
_LINES_ABOVE = 2
_FARTHEST = 2_000
"""Characters above a section in which its title is looked for."""
_LONGEST_TITLE = 8
"""Words of a line that may be the title of a further vacancy."""
_SHOWN = 100


def post_notices(text: str, sections: Sequence[Section], rules: Mapping[str, Any], titles: TitleReader) -> tuple[Notice, ...]:
    """Notices `excludes-applicants` (one for each clause that turns people away) and `several-vacancies`."""
    table = rules["posts"]["notices"]
    turned_away = dict.fromkeys(_turned_away(text, sections, table))
    away = [
        Notice("excludes-applicants", f'the post turns people away ("{phrase}"): shown, never counted') for phrase in turned_away
    ]
    found = _vacancies(text, sections, table, rules["posts"]["education"]["levels"], titles)
    if len(found) < 2:
        return tuple(away)
    names = " and ".join(f'"{name}"' for name in found)
    message = f"the post holds {len(found)} vacancies, {names}: they were read as one; give each a file of its own"
    return (*away, Notice("several-vacancies", message))


def _turned_away(text: str, sections: Sequence[Section], table: Mapping[str, Any]) -> Iterator[str]:
    says, vetoes = wording(table["excluded"]), wording(table["excluded_vetoes"])
    for clause in clauses(text, sections) if says.search(text) else ():
        if clause.section != "legal" and says.search(clause.text) and not vetoes.search(clause.text):
            words = " ".join(clause.text.split())
            yield words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + "..."


def _vacancies(
    text: str, sections: Sequence[Section], table: Mapping[str, Any], levels: Mapping[str, Sequence[str]], titles: TitleReader
) -> tuple[str, ...]:
    """The titles of the vacancies: numbered ones, else those that stand above duties or requirements of their own."""
    numbered = re.compile(
        rf"^[^\w\n]*{wording(table['vacancy']).pattern}\s*(?:no\.?\s*|#\s*)?(?:\d{{1,2}}|(?-i:[A-H])\b)\s*[:.)–—-]\s*(.+)$",
        re.I | re.M,
    )
    named = dict.fromkeys(" ".join(match[1].split()) for match in numbered.finditer(text))
    if len(named) > 1:
        return tuple(named)
    schooling = wording(text for texts in levels.values() for text in texts)
    above = (title for section in sections if section.kind in _ASKS for title in _title_above(text, section, titles, schooling))
    first: dict[tuple[str | None, int | None], str] = {}
    for title in above:
        sense = titles.read(title)
        first.setdefault((sense.family, sense.level), title)
    return tuple(first.values())


def _title_above(text: str, section: Section, titles: TitleReader, schooling: re.Pattern[str]) -> Iterator[str]:
    """The title that stands alone above a section, with a blank line or nothing before it."""
    floor = max(0, section.start - _FARTHEST)
    lines = [line.strip() for line in text[floor : section.start].rstrip().split("\n")]
    for number in range(max(0, len(lines) - _LINES_ABOVE), len(lines)):
        line, alone = lines[number], not lines[number - 1] if number else floor == 0
        named = alone and line[:1].isupper() and line[-1] not in ".!?;:," and len(line.split()) <= _LONGEST_TITLE
        if named and titles.read(line).family and not schooling.search(line):
            yield line
            return
