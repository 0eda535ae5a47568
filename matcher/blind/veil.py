"""A profile, or a fit, as one reads it who may not know whose it is: nothing of it but words changes, no number, no order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from matcher.records import Contact, Evidence, Fit, Kpi, Private, Profile, ResumeFacts

_ANYWHERE = frozenset({"contact-name", "email", "phone", "link", "id-number", "signature", "referee", "parents", "spouse"})
_ANYWHERE_TOO = frozenset({"birth-date", "address"})
"""Kinds whose words are taken out of every sentence, wherever they stand; those of others mean something else elsewhere."""
_VALUE = re.compile(r"^[^:\t]{0,40}[:\t]\s*")
_FEWEST = 3
_LONG = 5
_T = TypeVar("_T")


class Veil:
    """Reads one profile without what its `private` stretches tell; `name` (a candidate's number) stands for the person."""

    def __init__(self, profile: Profile, name: str) -> None:
        self._profile, self._name = profile, name
        self._private = profile.private
        self._starts = [one.start for one in profile.private]
        self._text, self._places = _rewritten(profile.text, profile.private)
        self._words: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._collect()
        self._pattern = _either(self._words)
        self.profile = self._veiled()

    # ---------------------------------------------------------------------------------------------------------- in the text

    def place(self, offset: int, end: bool = False) -> int:
        """Where an offset of the old text is in the new one; inside of what was taken out: where its stand-in begins, or ends."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        one, begun = self._private[number], self._places[number]
        if offset >= one.end:
            return begun + len(one.instead) + offset - one.end
        return begun if offset == one.start or not end else begun + len(one.instead)

    def piece(self, start: int, end: int) -> str:
        """What the new text has for a stretch of the old one."""
        return self._text[self.place(start) : self.place(end, True)]

    def evidence(self, item: Evidence) -> Evidence:
        """A quotation at its new place; the post's stays."""
        if item.document != "resume":
            return item
        start, end = self.place(item.start), self.place(item.end, True)
        return replace(item, text=self._text[start:end] if self._profile.text else self.words(item.text), start=start, end=end)

    # -------------------------------------------------------------------------------------------------------- in sentences

    def words(self, sentence: str) -> str:
        """A sentence that may quote the resume."""
        found = self._known.get(sentence)
        if found is None:
            found = self._known[sentence] = self._pattern.sub(self._instead, sentence) if self._pattern else sentence
        return found

    def _instead(self, match: re.Match[str]) -> str:
        return self._words[_plain(match.group())]

    def _collect(self) -> None:
        """The wordings that are replaced in sentences: what is private anywhere, and quotations that hold something private."""
        text, facts = self._profile.text, self._profile.facts
        for one in self._private:
            if one.what in _ANYWHERE or one.what in _ANYWHERE_TOO:
                whole = text[one.start : one.end]
                self._add(whole, one.instead)
                self._add(_VALUE.sub("", whole), one.instead)
        contact = facts.contact
        told = [(contact.name or "", "[name]"), *((value, "[link]") for value in contact.links)]
        told += [*((value, "[e-mail]") for value in contact.emails), *((value, "[phone]") for value in contact.phones)]
        for value, instead in told:
            self._add(value, instead)
        quoted = [(item.text, item.start, item.end) for claim in self._profile.claims for item in claim.evidence]
        quoted += [(kpi.quote, kpi.start, kpi.start + len(kpi.quote)) for kpi in facts.kpis]
        quoted += [(job.printed, job.title_start, job.title_start + len(job.printed)) for job in facts.jobs]
        quoted += [(job.title, job.title_start, job.title_start + len(job.printed)) for job in facts.jobs]
        for words, start, end in quoted:
            if words and any(one.start < end and start < one.end for one in self._private):
                self._add(words, self.piece(start, end))

    def _add(self, words: str, instead: str) -> None:
        plain = _plain(words)
        if len(plain) >= _FEWEST and any(c.isalnum() for c in plain):
            self._words.setdefault(plain, " ".join(instead.split()))

    # ------------------------------------------------------------------------------------------------------- in the records

    def value(self, item: _T) -> _T:
        """Any record, tuple, table or string of the resume's side, veiled."""
        return self._value(item)  # type: ignore[no-any-return]

    def _value(self, item: Any) -> Any:
        if isinstance(item, str):
            return self.words(item) if type(item) is str else item
        if isinstance(item, Evidence):
            return self.evidence(item)
        if isinstance(item, Kpi):
            return self._kpi(item)
        if isinstance(item, tuple):
            return tuple(map(self._value, item))
        if isinstance(item, Mapping):
            return {key: self._value(value) for key, value in item.items()}
        if is_dataclass(item) and not isinstance(item, type):
            return replace(item, **{f.name: self._value(getattr(item, f.name)) for f in fields(item)})
        return item

    def _kpi(self, kpi: Kpi) -> Kpi:
        quote = self.piece(kpi.start, kpi.start + len(kpi.quote)) if self._profile.text else self.words(kpi.quote)
        return replace(kpi, metric=self.words(kpi.metric), quote=quote, start=self.place(kpi.start))

    def _veiled(self) -> Profile:
        profile = self._profile
        ambiguous = [
            replace(one, text=self.piece(one.start, one.end), start=self.place(one.start), end=self.place(one.end, True))
            for one in profile.ambiguous
        ]
        return replace(
            profile,
            source=self._name,
            claims=tuple(
                replace(claim, evidence=self.value(claim.evidence), results=self.value(claim.results)) for claim in profile.claims
            ),
            ambiguous=tuple(ambiguous),
            facts=self._facts(profile.facts),
            warnings=self.value(profile.warnings),
            text=self._text,
            private=(),
        )

    def _facts(self, facts: ResumeFacts) -> ResumeFacts:
        jobs = []
        for job in facts.jobs:
            stop = job.title_start + len(job.printed)
            start, end = self.place(job.title_start), self.place(stop, True)
            jobs.append(
                replace(
                    job,
                    title=self.words(job.title),
                    begin=self.place(job.begin),
                    stop=self.place(job.stop, True),
                    title_start=start,
                    printed=self._text[start:end],
                )
            )
        return replace(
            facts,
            contact=Contact(name=self._name),
            last_title=self.words(facts.last_title) if facts.last_title else facts.last_title,
            certifications=self.value(facts.certifications),
            notice=self.words(facts.notice) if facts.notice else facts.notice,
            kpis=self.value(facts.kpis),
            jobs=tuple(jobs),
        )


def veiled_fit(fit: Fit, veil: Veil) -> Fit:
    """A fit as it reads without knowing whose resume it is; its numbers, its order and the role are the same."""
    parts = ("contributions", "unmet", "unknown", "questions", "missing", "lacks", "partly", "musts", "flags")
    return replace(fit, profile=veil.profile, **{name: veil.value(getattr(fit, name)) for name in parts})


def _rewritten(text: str, private: tuple[Private, ...]) -> tuple[str, list[int]]:
    """The text with the stand-ins, and where each of them begins in it."""
    parts: list[str] = []
    places: list[int] = []
    at = length = 0
    for one in private:
        parts += [text[at : one.start], one.instead]
        length += one.start - at
        places.append(length)
        length += len(one.instead)
        at = one.end
    return "".join([*parts, text[at:]]), places


def _either(words: Mapping[str, str]) -> re.Pattern[str] | None:
    """Any of the wordings as a word of its own, the longest first; the short ones as they are printed only."""
    if not words:
        return None
    ordered = sorted(words, key=lambda word: (-len(word), word))
    forms = [rf"(?i:{_spaced(word)})" if len(word) >= _LONG else _short(word) for word in ordered]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _short(word: str) -> str:
    """A short name in capitals or with one: "ana" may be a part of anything."""
    return "|".join(_spaced(form) for form in dict.fromkeys((word.title(), word.upper())))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
