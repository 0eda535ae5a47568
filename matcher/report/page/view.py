"""What the page shows of a candidate and of an opening, in the order in which it is read: data for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matcher.records import CLAIMED, TRICKS, MustCost, MustState, Notice, Profile
from matcher.report.flat import flat_record
from matcher.report.musts import dearest, must_text
from matcher.report.page.blocks import Block, Quoting, asking, speaking
from matcher.report.page.drawings import Bar, Histogram, Scale, Zone, bars, histogram, shares
from matcher.report.page.places import Places
from matcher.report.reasons import musts_open
from matcher.report.records import BANDS, Placed, Ranking, RunInfo
from matcher.report.text import counted, weights_changed
from matcher.report.why import why

_LONG = 40
_ROOM = 220
"""Characters of the line that says why a candidate stands where it stands."""
POSSIBLE = 2
"""The band from which a candidate is worth a call."""
_FACTS = {
    "total_years": "Years in all",
    "customer_contact_months": "Months of customer contact",
    "months_by_family": "Kinds of work",
    "channels": "Channels",
    "lines_of_business": "Lines of business",
    "languages": "Languages",
    "certifications": "Certificates",
    "typing_wpm": "Words a minute",
    "kpis": "Results",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume in its place for an opening.

    `title` is the last job's. `resume` is the number of its text on the page, which is there if it is `readable`.
    """

    rank: int
    score: float
    band: int
    name: str
    file: str
    title: str
    why: str
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sides: tuple[tuple[Block, ...], tuple[Block, ...]]
    bars: tuple[Bar, ...]
    resume: int
    readable: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """A must of an opening: how many of those shown meet it, miss it and leave it open.

    `held`: how many of all it holds down, `without`: who would rise if it were waived; both are empty where it holds nobody.
    """

    must: str
    met: int
    unmet: int
    unknown: int
    held: str
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


def shortlist(ranking: Ranking, run: RunInfo, texts: Texts) -> Shortlist:
    """Gather what is shown of one opening; `texts` takes the resumes. Of those not shown only score and band are asked for."""
    shown = ranking.placed[: run.top]
    counts = Counter(placed.band for placed in ranking.placed)
    thresholds = ranking.placed[0].thresholds if ranking.placed else ()
    scale = Scale.around((placed.fit for placed in shown), thresholds)
    role = ranking.role
    return Shortlist(
        title=role.title or role.source,
        file=role.source,
        counts=tuple(counts[band] for band in range(len(BANDS))),
        dearest=must_text(cost) if (cost := dearest(ranking)) else "",
        musts=tuple(_tallies(ranking, shown)),
        notes=_sentences(role.warnings),
        weights=tuple(weights_changed([role])),
        plot=histogram(ranking.placed),
        limits=_limits(thresholds),
        shares=tuple(shares([counts[band] for band in range(len(BANDS))])),
        zones=tuple(scale.zones()),
        candidates=tuple(_candidate(placed, run, texts, scale) for placed in shown),
    )


def _tallies(ranking: Ranking, shown: Sequence[Placed]) -> Iterator[Tally]:
    """The musts in the post's order, but for those that no resume answers: they are questions, and cost nothing.

    A must that can be met in several ways is one, though a resume that meets it is told of its own way alone.
    """
    counts: dict[int, Counter[MustState]] = {}
    names: dict[int, dict[str, None]] = {}
    for placed in shown:
        for must in placed.fit.musts:
            counts.setdefault(must.place, Counter())[must.state] += 1
            names.setdefault(must.place, {})[must.label] = None
    costs = [*ranking.musts]
    for place, count in sorted(counts.items()):
        cost = next((cost for cost in costs if names[place].keys() & {cost.must, *cost.must.split(" and ")}), None)
        label = cost.must if cost else " or ".join(_whole(names[place]))
        if cost is not None:
            costs.remove(cost)
        if cost or count[MustState.UNKNOWN] < count.total():
            unmet = count[MustState.UNMET] + count[MustState.NEARLY]
            held, without = (str(cost.held), _without(cost)) if cost else ("", "")
            yield Tally(label, count[MustState.MET], unmet, count[MustState.UNKNOWN], held, without)


def _whole(names: Iterable[str]) -> list[str]:
    """Names without those that another one holds."""
    known = list(names)
    return [name for name in known if not any(name != other and name in other for other in known)]


def _without(cost: MustCost) -> str:
    """Who would rise if a must were waived."""
    gains = ((cost.possible, "possible"), (cost.strong, "strong"))
    return ", ".join(f"+{count} {band}" for count, band in gains if count) or "nobody"


def _sentences(notices: Iterable[Notice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notice.sentence for notice in notices))


def _limits(thresholds: Sequence[float]) -> tuple[tuple[str, str], ...]:
    """For each band its least and its greatest score, as printed; "" where it is not known."""
    if len(thresholds) != len(BANDS) - 1:
        return tuple(("", "") for _ in BANDS)
    edges = [0.0, *thresholds, 1.0]
    return tuple((f"{edges[band]:.2f}", f"{edges[band + 1]:.2f}") for band in range(len(BANDS)))


# --------------------------------------------------------------------------------------------------------------- candidates


@dataclass(frozen=True, slots=True)
class Text:
    """A resume as it was read, with the skills found in it."""

    name: str
    file: str
    skills: tuple[str, ...]
    places: Places


class Texts:
    """The resumes that the page has shown so far, each with a number from 1; equal files share one."""

    def __init__(self, run: RunInfo) -> None:
        self._run = run
        self._numbers: dict[tuple[str, str], int] = {}
        self.all: list[Text] = []

    def number(self, profile: Profile) -> int:
        """The number of a resume."""
        key = (profile.source, profile.sha256)
        if key not in self._numbers:
            skills = {self._run.label(claim.concept) for claim in profile.claims if claim.stance in CLAIMED}
            name = profile.facts.contact.name or profile.source
            self.all.append(Text(name, profile.source, tuple(sorted(skills)), Places(profile.text)))
            self._numbers[key] = len(self.all)
        return self._numbers[key]


def _candidate(placed: Placed, run: RunInfo, texts: Texts, scale: Scale) -> Candidate:
    fit, profile = placed.fit, placed.fit.profile
    resume = texts.number(profile)
    quoting = Quoting(fit, texts.all[resume - 1].places)
    return Candidate(
        rank=placed.rank,
        score=fit.score,
        band=placed.band,
        name=profile.facts.contact.name or profile.source,
        file=profile.source,
        title=profile.facts.last_title or "",
        why=why(fit, _ROOM),
        tags=tuple(_tags(placed)),
        facts=tuple(_facts(placed, run)),
        sides=(tuple(speaking(fit, quoting)), tuple(asking(placed, quoting))),
        bars=tuple(bars(fit, scale)),
        resume=resume,
        readable=bool(profile.text),
    )


def _tags(placed: Placed) -> Iterator[str]:
    """What is worth a word on the first line beside the score."""
    fit = placed.fit
    if placed.decision:
        yield f"decided: {_cut(placed.decision)}"
    if musts := len(musts_open(fit)):
        yield counted(musts, "open must")
    if placed.better and placed.better[0].band > max(placed.band, POSSIBLE - 1):
        yield f"fits better: {_cut(placed.better[0].title or placed.better[0].job)}"
    if any(notice.code in TRICKS for notice in fit.profile.warnings):
        yield "look closely"


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def _facts(placed: Placed, run: RunInfo) -> Iterator[tuple[str, str]]:
    if told := ": ".join(filter(None, (placed.decision, placed.note))):
        yield "Decided for this opening" if placed.decision else "Note on this opening", told
    record = flat_record(placed, run)
    dates = record.get("last_dates")
    if title := record.get("last_title"):
        yield "Last job", f"{title} ({dates})" if dates else str(title)
    for name, title in _FACTS.items():
        value = record.get(name)
        if told := "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value):
            yield title, told
    profile = placed.fit.profile
    contact = profile.facts.contact
    if told := "; ".join(filter(None, (contact.city, *contact.phones, *contact.emails))):
        yield "Contact", told
    if contact.name:
        yield "File", profile.source
