"""What the page shows of a candidate and of an opening, in the order in which it is read: data for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from matcher.records import TRICKS, Evidence, Fit, MustCost, MustState, Need, Notice, Role
from matcher.report.musts import must_text
from matcher.report.page.drawings import Bar, Histogram, Scale, Zone, bars, histogram, shares
from matcher.report.page.harmless import Places
from matcher.report.reasons import (
    Reason,
    dates_of,
    in_part,
    musts_met,
    musts_open,
    not_shown,
    speaks_against,
    speaks_for,
    take_care,
    to_ask,
)
from matcher.report.records import BANDS, Placed, Ranking, RunInfo
from matcher.report.rows import FLAT, QUESTIONS, flat_record, opening_text, top_reasons
from matcher.report.waterfall import steps
from matcher.scoring.features import Feature

_LACKS, _PARTLY, _QUOTES = 8, 5, 3
_SHOWS, _NOT, _LONG = 5, 3, 40
_SLIGHT = 0.05
"""Points below which a thing that is not shown in full is not worth a line."""
POSSIBLE = 2
"""The band from which a candidate is worth a call."""
_SKILLS = frozenset({Feature.REQUIRED, Feature.CORE, Feature.PREFERRED})
_FACTS = {
    "last_title": "Last job",
    "total_years": "Years in all",
    "customer_contact_months": "Months of customer contact",
    "channels": "Channels",
    "lines_of_business": "Lines of business",
    "languages": "Languages",
    "certifications": "Certificates",
    "typing_wpm": "Words a minute",
    "kpis": "Results",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase with where it stands; `span` is its place in the resume's text as a browser counts, "" for the post's words."""

    text: str
    place: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: the part of the score that it is about, its points and those that it could have, and its quotations."""

    sentence: str
    part: str = ""
    points: str = ""
    most: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading; `kind` is how they look, `rest` how many more there are."""

    title: str
    kind: str
    lines: tuple[Line, ...]
    note: str = ""
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume in its place for an opening.

    `shows` are words of its own, `lacks` skills of which it shows nothing. `resume` is the number of its text on the page, which
    is there if it is `readable`.
    """

    rank: int
    score: float
    band: int
    name: str
    file: str
    why: str
    shows: tuple[str, ...]
    lacks: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sides: tuple[tuple[Block, ...], tuple[Block, ...]]
    bars: tuple[Bar, ...]
    resume: int
    readable: bool

    @property
    def title(self) -> str:
        """The last job, where it is known."""
        return next((value for name, value in self.facts if name == _FACTS["last_title"]), "")


@dataclass(frozen=True, slots=True)
class Tally:
    """A must of an opening, how many candidates meet it, miss it and leave it open, and what would be without it."""

    must: str
    met: int
    unmet: int
    unknown: int
    without: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """An opening: how many candidates each band has, how its musts stand, which costs most, and the best of the candidates."""

    title: str
    file: str
    counts: tuple[int, ...]
    dearest: str
    musts: tuple[Tally, ...]
    notes: tuple[str, ...]
    weights: tuple[str, ...]
    plot: Histogram
    limits: tuple[tuple[str, str], ...]
    shares: tuple[Zone, ...]
    zones: tuple[Zone, ...]
    candidates: tuple[Candidate, ...]

    @property
    def whole(self) -> int:
        """How many candidates there are, shown or not."""
        return sum(self.counts)


def shortlist(ranking: Ranking, run: RunInfo, number: Numbers) -> Shortlist:
    """Gather what is shown of one opening; `number` gives each resume its number on the page."""
    shown = ranking.placed[: run.top]
    counts = Counter(placed.band for placed in ranking.placed)
    thresholds = ranking.placed[0].thresholds if ranking.placed else ()
    scale = Scale.around((placed.fit for placed in shown), thresholds)
    role = ranking.role
    return Shortlist(
        title=role.title or role.source,
        file=role.source,
        counts=tuple(counts[band] for band in range(len(BANDS))),
        dearest=must_text(ranking.musts[0]) if ranking.musts else "",
        musts=tuple(_tallies(ranking)),
        notes=_sentences(role.warnings),
        weights=_weights(role),
        plot=histogram(ranking.placed),
        limits=_limits(thresholds),
        shares=tuple(shares([counts[band] for band in range(len(BANDS))])),
        zones=tuple(scale.zones()),
        candidates=tuple(_candidate(placed, run, number, scale) for placed in shown),
    )


def _tallies(ranking: Ranking) -> Iterator[Tally]:
    """The musts in the post's order, but for those that no resume answers: they are questions, and cost nothing."""
    counts: dict[str, Counter[MustState]] = {}
    for placed in ranking.placed:
        for must in placed.fit.musts:
            counts.setdefault(must.label, Counter())[must.state] += 1
    costs = {cost.must: cost for cost in ranking.musts}
    for label, count in counts.items():
        if label in costs or count[MustState.UNKNOWN] < count.total():
            unmet = count[MustState.UNMET] + count[MustState.NEARLY]
            yield Tally(label, count[MustState.MET], unmet, count[MustState.UNKNOWN], _without(costs.get(label)))


def _without(cost: MustCost | None) -> str:
    """Who would rise if a must were waived."""
    gains = ((cost.possible, "possible"), (cost.strong, "strong")) if cost else ()
    return ", ".join(f"+{count} {band}" for count, band in gains if count)


def _sentences(notices: Iterable[Notice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notice.sentence for notice in notices))


def _weights(role: Role) -> tuple[str, ...]:
    return tuple(f"{name} × {factor:g}" for name, factor in role.weights)


def _limits(thresholds: Sequence[float]) -> tuple[tuple[str, str], ...]:
    """For each band its least and its greatest score, as printed; "" where it is not known."""
    if len(thresholds) != len(BANDS) - 1:
        return tuple(("", "") for _ in BANDS)
    edges = [0.0, *thresholds, 1.0]
    return tuple((f"{edges[band]:.2f}", f"{edges[band + 1]:.2f}") for band in range(len(BANDS)))


# --------------------------------------------------------------------------------------------------------------- candidates


class Numbers:
    """The resumes that the page has shown so far, each with the number of its text; equal files share one."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.placed: list[Placed] = []
        self.places: list[Places] = []

    def __call__(self, placed: Placed) -> int:
        """The number of a candidate's resume, from 1."""
        profile = placed.fit.profile
        key = (profile.source, profile.sha256)
        if key not in self._numbers:
            self.placed.append(placed)
            self.places.append(Places(profile.text))
            self._numbers[key] = len(self.placed)
        return self._numbers[key]


def _candidate(placed: Placed, run: RunInfo, number: Numbers, scale: Scale) -> Candidate:
    fit, resume = placed.fit, number(placed)
    quoting = _Quoting(fit, number.places[resume - 1])
    profile = fit.profile
    return Candidate(
        rank=placed.rank,
        score=fit.score,
        band=placed.band,
        name=profile.facts.contact.name or profile.source,
        file=profile.source,
        why=next(iter(top_reasons(fit.contributions, 1, quoted=False)), "").split("; ")[0],
        shows=tuple(islice(_shown(fit), _SHOWS)),
        lacks=tuple(islice(_lacking(fit), _NOT)),
        tags=tuple(_tags(placed)),
        facts=tuple(_facts(placed, run)),
        sides=(tuple(_speaking(fit, quoting)), tuple(_asking(placed, quoting))),
        bars=tuple(bars(fit, scale)),
        resume=resume,
        readable=bool(profile.text),
    )


def _shown(fit: Fit) -> Iterator[str]:
    """The words by which the resume shows skills, those of the weightiest part first, each once; long ones are left out."""
    parts = [part for part in speaks_for(fit) if part.part in _SKILLS]
    words = (" ".join(item.text.split()) for part in parts for item in part.evidence if item.document == "resume")
    return iter({word.casefold(): word for word in words if len(word) <= _LONG}.values())


def _lacking(fit: Fit) -> Iterator[str]:
    """The skills that are asked for and not shown, what would bring most first."""
    return iter(dict.fromkeys(lack.label for lack in fit.lacks if lack.need is not Need.ROLE))


def _tags(placed: Placed) -> Iterator[str]:
    """What is worth a word on the first line beside the score."""
    fit = placed.fit
    if musts := len(musts_open(fit)):
        yield _many(musts, "open must")
    if placed.better and placed.better[0].band > max(placed.band, POSSIBLE - 1):
        title = placed.better[0].title or placed.better[0].job
        yield f"fits better: {title if len(title) <= _LONG else title[: _LONG - 1].rstrip() + '…'}"
    if any(notice.code in TRICKS for notice in fit.profile.warnings):
        yield "look closely"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _facts(placed: Placed, run: RunInfo) -> Iterator[tuple[str, str]]:
    record = flat_record(placed, run)
    for name, title in _FACTS.items():
        if name in FLAT and (value := record.get(name)) not in (None, ""):
            yield title, "; ".join(str(value).split("\n"))
    contact = placed.fit.profile.facts.contact
    if told := "; ".join(filter(None, (contact.city, *contact.phones, *contact.emails))):
        yield "Contact", told
    if placed.fit.profile.facts.contact.name:
        yield "File", placed.fit.profile.source


def _speaking(fit: Fit, quoting: _Quoting) -> Iterator[Block]:
    """What speaks for the candidate, and what against."""
    yield from _block("Speaks for", "for", speaks_for(fit), quoting, note="points, of those that it can bring")
    yield from _block("Speaks against", "against", speaks_against(fit), quoting, note="points")
    lacks = _worth(not_shown(fit), _LACKS)
    aside = ", the cap aside" if any(must.points for must in fit.musts) else ""
    note = f"0 of the points that it would bring{aside}"
    yield from _block("Asked for, nothing shown", "lack", not_shown(fit), quoting, len(lacks), note)
    partly = _worth(in_part(fit), _PARTLY)
    note = "points, counted above, of those in full"
    yield from _block("Shown only in part", "part", in_part(fit), quoting, len(partly), note)


def _worth(reasons: Sequence[Reason], count: int) -> list[Reason]:
    return [reason for reason in reasons[:count] if (reason.most or 0) - (reason.points or 0) >= _SLIGHT]


def _asking(placed: Placed, quoting: _Quoting) -> Iterator[Block]:
    """The musts, what to ask and to look at, and where else the candidate fits."""
    fit = placed.fit
    yield from _block("Musts that are not met, or not known", "open", musts_open(fit), quoting)
    rise = tuple(Line(f"without “{one.must}”: {BANDS[one.band]}") for one in placed.relaxed if one.band > placed.band)
    yield from [Block("If a must were waived", "plain", rise)] if rise else []
    yield from _block("Musts that are met", "met", musts_met(fit), quoting)
    asked = to_ask(fit)
    yield from _block("Questions to ask", "ask", asked, quoting, min(QUESTIONS, len(asked)))
    yield from _block("Take care", "care", take_care(fit), quoting)
    told = " ".join(reason.sentence for reason in musts_open(fit))
    unknown = tuple(Line(label) for label in fit.unknown if label not in told)
    yield from [Block("Not known", "plain", unknown)] if unknown else []
    better = tuple(Line(opening_text(opening)) for opening in placed.better)
    yield from [Block("Openings that fit better", "plain", better)] if better else []


def _block(
    title: str, kind: str, reasons: Sequence[Reason], quoting: _Quoting, count: int | None = None, note: str = ""
) -> Iterator[Block]:
    """The first `count` of the reasons; where they are none, none of the others is worth the space either."""
    shown = reasons if count is None else reasons[:count]
    if shown:
        yield Block(title, kind, tuple(map(quoting.line, shown)), note, len(reasons) - len(shown))


class _Quoting:
    """Turns the reasons of one fit into lines."""

    def __init__(self, fit: Fit, places: Places) -> None:
        self._profile = fit.profile
        self._places = places
        self._shown = {
            (part.name, part.points): step.points for part, step in zip(fit.contributions, steps(fit)[1:], strict=True)
        }

    def line(self, reason: Reason) -> Line:
        """The sentence with its points, as the sum shows them, and its first quotations."""
        quotes = tuple(self._quote(item) for item in reason.evidence[:_QUOTES])
        head = f"{reason.part}: "
        part = reason.part if reason.sentence.startswith(head) else ""
        sentence = reason.sentence[len(head) :] if part else reason.sentence
        if reason.points is None:
            return Line(sentence, part, quotes=quotes)
        figure = self._shown.get((reason.part, reason.points), round(reason.points * 100)) / 100
        most = "" if reason.most is None else f"{max(reason.most, figure):.2f}"
        return Line(sentence, part, f"{figure:+.2f}" if figure else "0", most, quotes)

    def _quote(self, item: Evidence) -> Quote:
        text = " ".join(item.text.split())
        if item.document != "resume":
            return Quote(text, "post")
        place = ", ".join(filter(None, (f"page {item.page}", dates_of(item, self._profile))))
        inside = 0 <= item.start < item.end <= len(self._places.text)
        return Quote(text, place, f"{self._places.units(item.start)}-{self._places.units(item.end)}" if inside else "")
