"""What speaks for a fit, against it and in part, as sentences: each stems from one contribution, finding or missing thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from matcher.records import Contribution, Evidence, Fit, Lack, Must, MustState, Need, Notice, Partly, Profile
from matcher.report.records import BANDS
from matcher.scoring.features import LIFT, Feature

_NEEDS = {Need.REQUIRED: "required", Need.PREFERRED: "preferred", Need.CORE: "core of the role", Need.ROLE: ""}
ANY_BAND = len(BANDS) - 1
"""The cap that allows any band."""
LACKS, PARTLY, QUOTES = 8, 5, 3
"""How many of the things that are not shown, or only in part, and of the quotations of each are told to people."""
SLIGHT = 0.05
"""Points below which a thing is not worth a word."""
_TELLING, _AROUND = 10, 48
"""Characters from which a quotation can be judged by itself, and those that a shorter one has with the words around it."""
_WORKED = ": not named itself, though jobs show the experience that is asked for"
_WORD = re.compile(r"\S+")
_APART = re.compile(r"@|://|www\.|\d{5}|[|•·▪▸►●○■□*–—]|^-$")
"""What no quotation is widened over: addresses, long numbers, the marks between entries."""
_Asked = TypeVar("_Asked", Lack, Partly)


class Side(StrEnum):
    """What a sentence is about."""

    FOR = "for"
    AGAINST = "against"
    MISSING = "not shown"
    PART = "in part"
    MUST = "must"
    ASK = "to ask"
    FLAG = "take care"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence: of which `part` of the score, with the points that it has there, and those that it could have.

    `points` is None where the sentence is no part of the sum, `most` where there is no such end. Evidence is the resume's first.
    """

    side: Side
    sentence: str
    part: str = ""
    points: float | None = None
    most: float | None = None
    evidence: tuple[Evidence, ...] = ()


def speaks_for(fit: Fit) -> list[Reason]:
    """The contributions that raise the score, those that tell most of the person first."""
    found = [part for part in fit.contributions if part.points > 0]
    return [_part(Side.FOR, part) for part in sorted(found, key=telling)]


def speaks_against(fit: Fit) -> list[Reason]:
    """The contributions that lower the score, the weightiest first."""
    found = [part for part in fit.contributions if part.points < 0]
    return [_part(Side.AGAINST, part) for part in sorted(found, key=lambda part: part.points)]


def not_shown(fit: Fit) -> list[Reason]:
    """What is asked for and not shown, what would bring most first; a thing that is asked for twice is told once."""
    groups = _together(fit.lacks, lambda lack: (lack.label, lack.need is Need.ROLE))
    met = met_musts(fit)
    found = [_lack(group, met_by_work(group[0], met)) for group in groups]
    return sorted(found, key=lambda reason: -(reason.most or 0))


def in_part(fit: Fit) -> list[Reason]:
    """What is shown for less than full credit, what lacks most first; a thing that is asked for twice is told once."""
    groups = _together(fit.partly, lambda part: (part.label, part.by, part.factors))
    found = [_partly(group) for group in groups]
    return sorted(found, key=lambda reason: (reason.points or 0) - (reason.most or 0))


def musts_open(fit: Fit) -> list[Reason]:
    """Conditions that are not met, not quite or not known and hold the fit below a band; in the post's order."""
    return [_must(must) for must in fit.musts if must.state is not MustState.MET and must.cap < ANY_BAND]


def musts_met(fit: Fit) -> list[Reason]:
    """Conditions that are met."""
    return [_must(must) for must in fit.musts if must.state is MustState.MET]


def to_ask(fit: Fit) -> list[Reason]:
    """The questions, with the post's line that each is about where it does not quote it itself."""
    lines: dict[str, Sequence[Evidence]] = {}
    for must in fit.musts:
        lines.setdefault(must.question, must.evidence)
    return [Reason(Side.ASK, question, evidence=_unquoted(lines.get(question, ()), question)) for question in fit.questions]


def take_care(fit: Fit) -> list[Reason]:
    """What a person should look at: flags of the pair, then notices of the resume and of the post."""
    notices: Iterable[Notice] = (*fit.flags, *fit.profile.warnings, *fit.role.warnings)
    return [Reason(Side.FLAG, sentence) for sentence in dict.fromkeys(notice.sentence for notice in notices)]


def telling(part: Contribution) -> tuple[bool, bool, bool, float]:
    """Sorts contributions: the weightiest first, then what a seat does for every newcomer, and what hardly counts.

    Likeness of wording comes last, whatever it weighs: nobody can check it against the resume.
    """
    lifted = part.name == LIFT
    return part.name == Feature.TEXT, lifted or abs(part.points) < SLIGHT, not lifted, -abs(part.points)


def worth(reasons: Sequence[Reason], most: int) -> Sequence[Reason]:
    """The first of what is not shown in full, as far as they are worth a line; they stand in the order of what they lack."""
    return [reason for reason in reasons[:most] if (reason.most or 0) - (reason.points or 0) >= SLIGHT]


def all_reasons(fit: Fit) -> Iterator[Reason]:
    """Every sentence of a fit, in the order in which reports tell them."""
    for group in (musts_open, speaks_for, speaks_against, not_shown, in_part, musts_met, to_ask, take_care):
        yield from group(fit)


def dates_of(item: Evidence, profile: Profile) -> str:
    """The dates of the job in which a phrase of the resume stands; "" where it stands in none, or in one without dates."""
    if item.document != "resume":
        return ""
    around = [job for job in profile.facts.jobs if job.begin <= item.start < job.stop or job.title_start == item.start < job.stop]
    return max(around, key=lambda job: job.begin).dates if around else ""


def in_context(item: Evidence, profile: Profile) -> str:
    """A phrase of the resume on one line; one that is too short to be found and judged has the words around it, "…" where cut.

    Only words of its own line are taken, and none that looks like an address or a telephone number.
    """
    told, text = " ".join(item.text.split()), profile.text
    item = _closed(item, text)
    told = " ".join(item.text.split())
    titled = any(job.title_start == item.start for job in profile.facts.jobs)  # a job is known by its title and its dates
    if titled or len(told) >= _TELLING or item.document != "resume" or text[item.start : item.end] != item.text:
        return told
    line = slice(text.rfind("\n", 0, item.start) + 1, text.find("\n", item.end) if "\n" in text[item.end :] else len(text))
    words = [(found.start() + line.start, found.end() + line.start) for found in _WORD.finditer(text[line])]
    inside = [place for place, (start, stop) in enumerate(words) if start < item.end and item.start < stop]
    if not inside:
        return told
    first, last = _widened([text[start:stop] for start, stop in words], inside[0], inside[-1])
    sides = (words[first - 1 : first] if first else [], words[last + 1 : last + 2])
    cut = ["…" if any(not _APART.search(text[slice(*word)]) for word in side) else "" for side in sides]
    return cut[0] + " ".join(text[words[first][0] : words[last][1]].split()) + cut[1]


def _closed(item: Evidence, text: str) -> Evidence:
    """A phrase that ends within brackets, up to their end."""
    end = text.find(")", item.end, item.end + _AROUND) + 1
    opened = (
        item.document == "resume" and item.text.count("(") > item.text.count(")") and text[item.start : item.end] == item.text
    )
    if not opened or not end or "\n" in text[item.end : end] or _APART.search(text[item.end : end]):
        return item
    return replace(item, text=text[item.start : end], end=end)


def _widened(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The first and last of the words to tell, taken in turn from the right and from the left."""
    size = sum(len(word) + 1 for word in words[first : last + 1])
    more = True
    while more:
        more = False
        for side in (last + 1, first - 1):
            if 0 <= side < len(words) and size + len(words[side]) < _AROUND and not _APART.search(words[side]):
                first, last, more = min(first, side), max(last, side), True
                size += len(words[side]) + 1
    return first, last


# -------------------------------------------------------------------------------------------------------------- sentences


def _part(side: Side, part: Contribution) -> Reason:
    most = None if part.most is None else max(part.most, part.points)
    return Reason(side, headed(part.name, part.reason), part.name, part.points, most, _resume_first(part.evidence))


def headed(name: str, reason: str) -> str:
    """A reason after the name of its part of the score, where it does not say the name itself ("3 of 5 required skills")."""
    return reason if name.removesuffix("s") in reason.casefold() else f"{name}: {reason}"


def met_musts(fit: Fit) -> tuple[str, ...]:
    """The musts that are met, in small letters."""
    return tuple(must.label.casefold() for must in fit.musts if must.state is MustState.MET)


def met_by_work(lack: Lack, met: Sequence[str]) -> bool:
    """Whether a skill that the resume does not name is that of a must that its jobs meet ("a year of customer service")."""
    return bool(met) and lack.need is not Need.ROLE and any(lack.label.casefold() in label for label in met)


def _lack(group: Sequence[Lack], worked: bool) -> Reason:
    first = group[0]
    needs = ", ".join(dict.fromkeys(_NEEDS[lack.need] for lack in group))
    sentence = headed(first.part, first.label) if first.need is Need.ROLE else f"{first.label}, {needs}{_WORKED * worked}"
    most = round(sum(lack.points for lack in group), 4)
    return Reason(Side.MISSING, sentence, _parts(group), 0.0, most, _lines(group))


def _partly(group: Sequence[Partly]) -> Reason:
    first = group[0]
    head = f"{first.label} asked, {first.by} shown" if first.hop else _shown_as(first.label, first.by)
    why = "; ".join(f"{factor.reason}, {factor.value:g}" for factor in first.factors)
    points = round(sum(part.points for part in group), 4)
    most = round(points + sum(part.short for part in group), 4)
    sentence = f"{head}: {why}" if why else f"{head}: {first.share:.0%} of full credit"
    return Reason(Side.PART, sentence, _parts(group), points, most, _resume_first(_lines(group)))


def _shown_as(label: str, by: str) -> str:
    """What is shown of what is asked for: the thing itself, one of the alternatives, or a narrower one."""
    if by == label:
        return label
    return f"{by}, one of those asked for" if by in label.split(" or ") else f"{label}, shown as {by}"


def _must(must: Must) -> Reason:
    return Reason(Side.MUST, must_sentence(must), "", must.points or None, None, _resume_first(must.evidence))


def must_sentence(must: Must) -> str:
    """What is asked for, how it stands, what is shown of it and which band it allows."""
    shown = f"shown: {must.shown}" if must.shown else ""
    if must.state is MustState.MET:
        return aside(must.label, shown)
    if must.cap >= ANY_BAND:
        return aside(f"{must.label}: {must.state}", shown)
    until = " until it is known" if must.state is MustState.UNKNOWN else ""
    return f"{aside(f'{must.label}: {must.state}', shown)}; {BANDS[must.cap]} at best{until}"


def aside(sentence: str, *notes: str) -> str:
    """A sentence with notes in brackets, in those that it ends with already."""
    told = "; ".join(filter(None, notes))
    if not told:
        return sentence
    return f"{sentence[:-1]}; {told})" if sentence.endswith(")") else f"{sentence} ({told})"


def _parts(group: Sequence[Lack | Partly]) -> str:
    return group[0].part if len(group) == 1 else ", ".join(dict.fromkeys(item.part for item in group))


def _lines(group: Sequence[Lack | Partly]) -> tuple[Evidence, ...]:
    """The quotations of a group, each once."""
    found = [line for item in group for line in item.evidence]
    return tuple(dict.fromkeys(found) if len(found) > 1 else found)


def _together(items: Iterable[_Asked], key: Callable[[_Asked], Hashable]) -> list[list[_Asked]]:
    """Items with the same key side by side, in the order of the first of each."""
    found: dict[Hashable, list[_Asked]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())


def _resume_first(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda item: item.document != "resume") if len(evidence) > 1 else evidence)


def _unquoted(evidence: Sequence[Evidence], sentence: str) -> tuple[Evidence, ...]:
    """Lines of the post that a sentence does not repeat; what the resume says is no part of a question."""
    told = " ".join(sentence.split()).casefold()
    return tuple(item for item in evidence if item.document == "job" and " ".join(item.text.split()).casefold() not in told)
