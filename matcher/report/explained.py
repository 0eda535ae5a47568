"""One resume for one role as text: fit and band, what speaks for and against, what to ask, and how the score adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from matcher.records import Evidence, Fit, Profile
from matcher.report.reasons import (
    ANY_BAND,
    LACKS,
    PARTLY,
    QUOTES,
    Reason,
    aside,
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
from matcher.report.records import Placed
from matcher.report.rows import QUESTIONS
from matcher.report.text import WIDTH, band_name, role_name, weights_changed, wrap
from matcher.report.waterfall import Key, shown_points, waterfall
from matcher.unseen import one_line

_REST = "more in --format json"
_INDENT = " " * 17


def fit_text(placed: Placed, width: int = WIDTH) -> str:
    """Score, musts, reasons for and against with quotations, what to ask and look at, and the sum."""
    return "\n".join(_lines(placed, width))


def _lines(placed: Placed, width: int) -> Iterator[str]:
    fit = placed.fit
    yield one_line(role_name(fit.profile.facts.contact.name or "", fit.profile.source))
    yield one_line(f"for {role_name(fit.role.title, fit.role.source)}")
    yield f"score {fit.score:.2f}, {band_name(placed.band)} fit; as of {fit.profile.as_of}"
    yield from (line for text in weights_changed([fit.role]) for line in wrap(text, width, "", "  "))
    shown = shown_points(fit)
    yield from _bullets("Musts that are not met, or not known", musts_open(fit), fit, width, shown)
    yield from _bullets("Musts that are met", musts_met(fit), fit, width)
    yield from _pointed("Speaks for (points, of those that it can bring)", speaks_for(fit), fit, width, shown)
    yield from _pointed("Speaks against (points)", speaks_against(fit), fit, width, shown)
    capped = ", the cap aside" if any(must.points for must in fit.musts) else ""
    title = f"Asked for, nothing shown (0 of the points that it would bring{capped})"
    yield from _cut(title, not_shown(fit), LACKS, fit, width)
    yield from _cut("Shown only in part (points, counted above, of those in full)", in_part(fit), PARTLY, fit, width)
    told = {must.label for must in fit.musts if must.cap < ANY_BAND}
    if unknown := _grouped(label for label in fit.unknown if label not in told):
        yield ""
        yield from wrap(f"Not known: {'; '.join(unknown)}", width, "", "  ")
    asked = to_ask(fit)
    yield from _bullets("Questions to ask", asked[:QUESTIONS], fit, width)
    yield from _rest(len(asked) - QUESTIONS)
    yield from _bullets("Take care", take_care(fit), fit, width)
    yield "\nHow the score adds up"
    yield from waterfall(fit, placed.thresholds, width)


def _grouped(labels: Iterable[str]) -> list[str]:
    """Conditions of one kind told together: "days: weekends, holidays"."""
    found: dict[str, list[str]] = {}
    for label in labels:
        kind, _, value = label.partition(": ")
        found.setdefault(kind, []).append(value)
    return [f"{kind}: {', '.join(values)}" if any(values) else kind for kind, values in found.items()]


def _bullets(
    title: str, reasons: Sequence[Reason], fit: Fit, width: int, shown: Mapping[Key, int] = MappingProxyType({})
) -> Iterator[str]:
    """A titled list; quotations follow in brackets, but for what the sentence says itself."""
    taken = {points: figure for (_, points), figure in shown.items() if points < 0}
    if reasons:
        yield f"\n{title}"
    for reason in reasons:
        figure = None if reason.points is None else taken.get(reason.points, round(reason.points * 100))
        points = "" if figure is None else f" ({figure / 100:+.2f} points)"
        told = [item for item in reason.evidence[:QUOTES] if not _said(item, reason.sentence)]
        quotes = dict.fromkeys(_quoted(item, fit.profile) for item in told)
        yield from wrap(aside(f"{reason.sentence}{points}", *quotes), width, "  - ", "    ")


def _cut(title: str, reasons: Sequence[Reason], count: int, fit: Fit, width: int) -> Iterator[str]:
    """The first of them, as far as they are worth a line, and how many more there are."""
    shown = worth(reasons, count)
    yield from _pointed(title, shown, fit, width, {})
    yield from _rest(len(reasons) - len(shown) if shown else 0)


def _rest(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  ({count} {_REST})"


def _pointed(title: str, reasons: Sequence[Reason], fit: Fit, width: int, shown: Mapping[Key, int]) -> Iterator[str]:
    """A titled list with points before each sentence, and its quotations below it."""
    if reasons:
        yield f"\n{title}"
    for reason in reasons:
        points = reason.points or 0.0
        figure = shown.get((reason.part, points), round(points * 100)) / 100
        end = f" of {max(reason.most, figure):.2f}" if reason.most is not None else ""
        head = f"  {f'{figure:+.2f}' if points else '    0'}{end:<8}  "
        short = [item for item in reason.evidence[:QUOTES] if item.document != "resume" or _said(item, reason.sentence)]
        told = "; ".join(dict.fromkeys(_quoted(item, fit.profile, reason.sentence) for item in short))
        yield from wrap(f"{reason.sentence} ({told})" if told else reason.sentence, width, head, _INDENT)
        if quotes := dict.fromkeys(_quoted(item, fit.profile) for item in reason.evidence[:QUOTES] if item not in short):
            yield from wrap("; ".join(quotes), width, _INDENT, _INDENT)


def _said(item: Evidence, sentence: str) -> bool:
    words = _words(item.text)
    return bool(words) and f" {words} " in f" {_words(sentence)} "


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _quoted(item: Evidence, profile: Profile, sentence: str = "") -> str:
    """The resume's words with page and dates, the post's marked as such; what the sentence has said is not said again."""
    if item.document != "resume":
        return f"post: “{' '.join(item.text.split())}”"
    if _said(item, sentence):
        return ", ".join(filter(None, (f"page {item.page}", dates_of(item, profile))))
    place = ", ".join(filter(None, (f"page {item.page}", dates_of(item, profile))))
    return f"“{in_context(item, profile)}” ({place})"
