"""For which line of business a job post hires: what it says of the account, the client or the customers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.clauses import clauses, wording
from matcher.reading.titles import TitleReader
from matcher.records import Section

_QUIET = frozenset({"legal", "benefits", "apply"})
_WORDS_BEFORE, _WORDS_AFTER = 3, 2
_MOST = 2
"""A post that names more lines than this lists what its employer does."""


def account_lines(text: str, sections: Sequence[Section], rules: Mapping[str, Any], titles: TitleReader) -> tuple[str, ...]:
    """The lines of business of the accounts that a post speaks of ("a US telecom account"), at most two."""
    table = rules["posts"]["accounts"]
    spoken = (clause.text for clause in clauses(text, sections) if clause.section not in _QUIET)
    phrases = (phrase for clause in spoken for phrase in _phrases(clause, table))
    found = dict.fromkeys(line for phrase in phrases for line in titles.read(phrase).lines_of_business)
    return tuple(found) if len(found) <= _MOST else ()


def _phrases(text: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The words before "account" and its like, and those behind the name of a market."""
    for match in wording(table["heads"]).finditer(text):
        yield " ".join(_words(text[: match.start()], table)[-_WORDS_BEFORE:])
    for match in wording(table["markets"]).finditer(text):
        yield " ".join(_words(text[match.end() :], table)[:_WORDS_AFTER])


def _words(text: str, table: Mapping[str, Any]) -> list[str]:
    """Words on the near side of the last mark, but for those that name a line only in capitals."""
    return [word for word in re.findall(r"[\w'’&-]+|[,.;:()]", text) if word not in table["capitals"]]
