"""What the page says of a candidate, in blocks of sentences: what speaks for and against, what to ask, what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.records import Evidence, Fit
from matcher.report.page.places import Places
from matcher.report.reasons import (
    LACKS,
    PARTLY,
    QUOTES,
    Reason,
    dates_of,
    in_context,
    in_part,
    musts_met,
    musts_open,
    not_shown,
    speaks_against,
    speaks_for,
    take_care,
    to_ask,
    worth,
)
from matcher.report.records import BANDS, Placed
from matcher.report.rows import QUESTIONS, opening_text
from matcher.report.waterfall import shown_points


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase with where it stands; `span` is its place in the resume's text as a browser counts, "" for the post's words."""

    text: str
    place: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence; `part` names, within it, the part of the score that it is about."""

    before: str
    part: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its points and those that it could have, and its quotations."""

    words: Words
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


def speaking(fit: Fit, quoting: Quoting) -> Iterator[Block]:
    """What speaks for the candidate, and what against."""
    yield from _block("Speaks for", "for", speaks_for(fit), quoting, note="points, of those that it can bring")
    yield from _block("Speaks against", "against", speaks_against(fit), quoting, note="points")
    lacks, partly = not_shown(fit), in_part(fit)
    capped = ", the cap aside" if any(must.points for must in fit.musts) else ""
    note = f"0 of the points that it would bring{capped}"
    yield from _block("Asked for, nothing shown", "lack", lacks, quoting, len(worth(lacks, LACKS)), note)
    note = "points, counted above, of those in full"
    yield from _block("Shown only in part", "part", partly, quoting, len(worth(partly, PARTLY)), note)


def asking(placed: Placed, quoting: Quoting) -> Iterator[Block]:
    """The musts, what to ask and to look at, and where else the candidate fits."""
    fit = placed.fit
    yield from _block("Musts that are not met, or not known", "open", musts_open(fit), quoting)
    rise = tuple(Line(Words(f"without “{one.must}”: {BANDS[one.band]}")) for one in placed.relaxed if one.band > placed.band)
    yield from [Block("If a must were waived", "plain", rise)] if rise else []
    yield from _block("Musts that are met", "met", musts_met(fit), quoting)
    asked = to_ask(fit)
    yield from _block("Questions to ask", "ask", asked, quoting, min(QUESTIONS, len(asked)))
    yield from _block("Take care", "care", take_care(fit), quoting)
    told = " ".join(reason.sentence for reason in musts_open(fit))
    unknown = tuple(Line(Words(label)) for label in fit.unknown if label not in told)
    yield from [Block("Not known", "plain", unknown)] if unknown else []
    better = tuple(Line(Words(opening_text(opening))) for opening in placed.better)
    yield from [Block("Openings that fit better", "plain", better)] if better else []


def _block(
    title: str, kind: str, reasons: Sequence[Reason], quoting: Quoting, count: int | None = None, note: str = ""
) -> Iterator[Block]:
    """The first `count` of the reasons; where they are none, none of the others is worth the space either."""
    shown = reasons if count is None else reasons[:count]
    if shown:
        yield Block(title, kind, tuple(map(quoting.line, shown)), note, len(reasons) - len(shown))


class Quoting:
    """Turns the reasons of one fit into lines."""

    def __init__(self, fit: Fit, places: Places) -> None:
        self._profile = fit.profile
        self._places = places
        self._shown = shown_points(fit)

    def line(self, reason: Reason) -> Line:
        """The sentence with its points, as the sum shows them, and its first quotations."""
        quotes = tuple(self._quote(item) for item in reason.evidence[:QUOTES])
        before, part, after = reason.sentence.partition(reason.part) if reason.part else (reason.sentence, "", "")
        words = Words(before, part, after)
        if reason.points is None:
            return Line(words, quotes=quotes)
        figure = self._shown.get((reason.part, reason.points), round(reason.points * 100)) / 100
        most = "" if reason.most is None else f"{max(reason.most, figure):.2f}"
        return Line(words, f"{figure:+.2f}" if figure else "0", most, quotes)

    def _quote(self, item: Evidence) -> Quote:
        if item.document != "resume":
            return Quote(" ".join(item.text.split()), "post")
        place = ", ".join(filter(None, (f"page {item.page}", dates_of(item, self._profile))))
        inside = 0 <= item.start < item.end <= len(self._places.text)
        return Quote(
            in_context(item, self._profile),
            place,
            f"{self._places.units(item.start)}-{self._places.units(item.end)}" if inside else "",
        )
