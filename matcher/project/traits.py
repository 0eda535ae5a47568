"""What tells that two resumes are one person's: e-mail, telephone, a name with a job in common, or nearly the same text."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

from matcher.records import Profile

SIMILAR = 0.95
"""Texts are the same person's if so much of their pairs of words is in both."""
_LEAST_WORDS = 40
"""A shorter text is like others by chance."""
_LEAST_DIGITS, _DIGITS = 8, 10
"""Telephone numbers are compared by their last digits, for the same one is printed with and without the country's."""
_RUN, _SAMPLE, _SHARED = 5, 8, 2
"""Texts are compared if they share 2 of the 8 runs of five words that each gives by lot; of equal texts nearly none is missed."""
_WORD = re.compile(r"[^\W\d_]+")


EMAIL, PHONE, JOB, TEXT = "e", "p", "j", "t"
REASONS = {
    EMAIL: "the same e-mail address",
    PHONE: "the same telephone number",
    JOB: "the same name and a job in common",
    TEXT: "nearly the same text",
}
"""Kinds of marks in the order in which they count, and what they say."""


def marks(profile: Profile) -> frozenset[str]:
    """The marks of a resume, each beginning with its kind: who shares one may be the same person."""
    contact = profile.facts.contact
    found = {f"{EMAIL}:{mail.strip().casefold()}" for mail in contact.emails}
    found |= {f"{PHONE}:{digits}" for phone in contact.phones if (digits := number(phone))}
    name = " ".join(sorted(name_words(contact.name)))
    if " " in name:
        found |= {f"{JOB}:{name}|{_letters(job.title)}|{job.start}" for job in profile.facts.jobs if job.title and job.start}
    return frozenset(found | {f"{TEXT}:{checksum:08x}" for checksum in _sample(profile.text)})


def promising(shared: Iterable[str]) -> bool:
    """Whether marks that two resumes share can make them one person's, so that it is worth while to look closer."""
    kinds = [mark[0] for mark in shared]
    return any(kind != TEXT for kind in kinds) or len(kinds) >= _SHARED


def alike(shared: frozenset[str], one: Profile, other: Profile) -> str:
    """Why two resumes that share some marks are one person's; "" if they are not.

    A shared address or number proves nothing where both print a name and the names have no word in common: it is an agency's. The
    name alone proves nothing either.
    """
    if strangers(one, other):
        return ""
    kinds = {mark[0] for mark in shared}
    for kind in (EMAIL, PHONE, JOB):
        if kind in kinds:
            return REASONS[kind]
    several = sum(mark[0] == TEXT for mark in shared) >= _SHARED
    return REASONS[TEXT] if several and similarity(one.text, other.text) >= SIMILAR else ""


def strangers(one: Profile, other: Profile) -> bool:
    """Whether both print a name, and no word of one is in the other."""
    names = [name_words(profile.facts.contact.name) for profile in (one, other)]
    return all(names) and not names[0] & names[1]


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name, without accents, case and single letters, in no order."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c))
    return frozenset(word for word in _WORD.findall(plain.casefold()) if len(word) > 1)


def similarity(one: str, other: str) -> float:
    """The share of the pairs of neighbouring words of two texts that are in both, in [0, 1]."""
    first, second = (set(pairwise(_words(text))) for text in (one, other))
    return len(first & second) / len(first | second) if first or second else 0.0


def newest_printed(profile: Profile) -> str:
    """The newest month that a resume prints in its jobs, "YYYY-MM"; "" if there is none."""
    jobs = profile.facts.jobs
    return max((month for job in jobs for month in (job.start, None if job.open else job.end) if month), default="")


def number(phone: str) -> str:
    """The last digits of a telephone number, by which it is the same with and without the country's; "" if it has too few."""
    digits = "".join(c for c in phone if c.isdigit()).lstrip("0")
    return digits[-_DIGITS:] if len(digits) >= _LEAST_DIGITS else ""


def _letters(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _sample(text: str) -> list[int]:
    """The runs of words whose checksums are the least: equal texts give the same, unlike ones hardly ever."""
    words = _words(text)
    if len(words) < _LEAST_WORDS:
        return []
    return sorted(set(_checksums(words)))[:_SAMPLE]


def _checksums(words: list[str]) -> Iterator[int]:
    for place in range(len(words) - _RUN + 1):
        yield zlib.crc32(" ".join(words[place : place + _RUN]).encode("utf-8", "replace"))
