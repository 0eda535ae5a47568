"""The dated jobs of a resume: where each begins and ends, when it was and what it was called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.reading.facts.anchors import Anchor, AnchorFinder
from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.dates import DateRange, DateReader
from matcher.reading.facts.jobtitles import KNOWN, NEARLY_KNOWN, Candidate, TitleJudge
from matcher.reading.facts.page import Page, Span, Value, bullet_of, fact, one_line, trim
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Section

_PRIOR = {"label": 4.0, "column": 3.0, "left": 1.0, "right": 0.9, "prev": 0.6, "next": 0.2}
_ENOUGH = 0.4
_LABEL_REACH = 4
_SHORT, _MOST_WORDS = 12, 20
_HEAD, _ABOVE = 4, 200
"""A line of no more words may head an internship over its employer and dates, within so many characters."""
_AGAINST = 1.0
"""What a title loses that stands on the other side of its dates than the section's first one."""
_FULL_LINE = 45
"""A line of so many characters may have been wrapped."""
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A job found: `begin` is where its header starts; the body runs to the next entry."""

    range: DateRange | None
    title: Span | None
    begin: int
    header_end: int


class JobReader:
    """Reads jobs from the experience sections, or from the whole resume where it has none."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader, dates: DateReader) -> None:
        own = rules["facts"]["jobs"]
        self._sections = frozenset(own["sections"])
        self._not_sections = frozenset(own["not_sections"])
        self._never = frozenset(own["never_sections"]) | self._sections
        self._degree = re.compile(rf"[\W\d]*(?:{alternatives(own['degree_starts'])})(?![\w.])", re.IGNORECASE)
        self._judge = TitleJudge(rules, titles)
        self._anchors = AnchorFinder(rules, self._judge, dates)
        labels = alternatives(own["title_labels"])
        self._label = re.compile(rf"(?im)(?:^|[\t|•(]|\s{{2,}})\W*(?:{labels})(?:\s*:[-:]?|\s+[-–])\s*([^\n\t|]{{3,80}})")
        self._intern = re.compile(rf"(?<!\w)(?:{alternatives(own['internship'])})(?!\w)", re.IGNORECASE)
        self._volunteer = re.compile(rf"(?<!\w)(?:{alternatives(own['volunteer'])})\s*(?:$|[-–—,(|/\d])", re.IGNORECASE)
        self._part = re.compile(rf"\W*(?:{own['parts']})", re.IGNORECASE)
        self._award = re.compile(rf"\W*(?:{alternatives(own['awards'])})(?!\w)", re.IGNORECASE)
        self._employer = re.compile(rf"\W*(?:{alternatives(own['employer_labels'])})\s*[:–-]", re.IGNORECASE)
        self._break = re.compile(rf"(?<!\w)(?:{alternatives(own['break'])})(?!\w)", re.IGNORECASE)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "job", and "placement" for internships and volunteer work, in text order.

        Value: title (or None), start and end ("YYYY-MM" or None), open, years_only, bare_start and bare_end (which side is a
        bare year), begin and stop (offsets of header and body), problem ("", "reversed", "impossible", "undated"), repeat (the
        same job was printed before); placements also have what: "internship" or "volunteer".
        """
        facts = [f for s in page.bodies(self._sections) for f in self._read_section(page, s)]
        rest = tuple(page.others(self._never))
        if not any(f.value["start"] for f in facts):
            loose = [s for s in rest if s.kind not in self._not_sections]
            facts += [f for s in loose for f in self._read_section(page, s) if f.value["problem"] != "undated"]
            rest = tuple(s for s in rest if s not in loose)
        facts += [f for s in rest for f in self._read_section(page, s) if self._sure(page.text, f)]
        return tuple(_mark_repeats(sorted(facts, key=lambda f: f.start)))

    def _sure(self, text: str, found: Fact) -> bool:
        """Whether a job outside of the experience sections is a row of cells with dates and a known title."""
        title = found.value["title"]
        row = "\t" in found.text or "|" in found.text or self._judge.placeholder.search(found.text)
        return bool(row and found.value["start"] and title and self._judge.score(str(title)) >= KNOWN)

    def _read_section(self, page: Page, section: Section) -> Iterator[Fact]:
        lines = page.lines_of(section.body, section.end)
        anchors = self._anchors.find(page, section, lines)
        entries = self._dated(page, lines, anchors)
        undated = {e.title: e for e in self._undated(page, lines, anchors, entries)}
        entries = sorted([*entries, *undated.values()], key=lambda e: e.begin)
        entries = [e for e, after in zip(entries, [*entries[1:], None], strict=False) if not self._spans(page.text, e, after)]
        for i, entry in enumerate(entries):
            stop = entries[i + 1].begin if i + 1 < len(entries) else section.end
            made = self._fact(page.text, entry, stop)
            if made is not None:
                yield made

    def _spans(self, text: str, entry: _Entry, after: _Entry | None) -> bool:
        """Whether an entry is an employer's line with the time of all the jobs there, which follow it at once."""
        if after is None or entry.range is None or after.range is None or text[entry.header_end : after.begin].strip():
            return False
        a, b = entry.range, after.range
        within = a.start and b.start and a.start <= b.start and (a.open or (a.end and b.end and b.end <= a.end))
        return (
            bool(within)
            and not self._placement(text, entry)
            and (entry.title is None or self._judge.score(one_line(text[slice(*entry.title)])) < KNOWN)
        )

    def _dated(self, page: Page, lines: Sequence[Span], anchors: Sequence[Anchor]) -> list[_Entry]:
        above = all(self._short(page.text, line) for line in lines[: anchors[0].first]) if anchors else False
        lead = "" if not above else "prev" if anchors[0].first else "next"
        options = [list(self._candidates(page, lines, anchors, i, lead)) for i in range(len(anchors))]
        votes: Counter[str] = Counter([lead] if lead == "next" else [])
        for found in options:
            known = [c for c in found if c.score >= KNOWN]
            if known:
                votes[max(known, key=lambda c: c.score + _PRIOR[c.slot]).slot] += 1 + (found is options[0])
        entries: list[_Entry] = []
        for anchor, found in zip(anchors, options, strict=True):
            after = entries[-1].header_end if entries else -1
            title = _choose([c for c in found if c.span[0] >= after], votes, len(anchors))
            entries.append(self._entry(page, lines, anchor, title, after))
        return entries

    def _entry(self, page: Page, lines: Sequence[Span], anchor: Anchor, title: Candidate | None, after: int) -> _Entry:
        begin, end = lines[anchor.first][0], lines[anchor.last][1]
        if title is not None:
            begin = min(begin, max(after, title.span[0]))
            end = max(end, title.span[1])
        above = anchor.first - 1
        if (
            above >= 0
            and lines[above][0] >= after
            and begin == lines[anchor.first][0]
            and self._employer_line(page, lines, above)
        ):
            begin = lines[above][0]
        return _Entry(anchor.range, title.span if title else None, begin, end)

    def _employer_line(self, page: Page, lines: Sequence[Span], index: int) -> bool:
        """Whether the line above a header belongs to it: short, no bullet, no sentence, set off from what is above it."""
        a, b = lines[index]
        before = lines[index - 1][1] if index else a - 2
        short = (
            len(page.text[a:b].split()) <= 9 and not page.text[a:b].rstrip().endswith(".") and not bullet_of(page.text, (a, b))
        )
        return short and (index == 0 or page.blank_between(before, a)) and not page.blank_between(b, lines[index + 1][0])

    def _candidates(self, page: Page, lines: Sequence[Span], anchors: Sequence[Anchor], i: int, lead: str) -> Iterator[Candidate]:
        """`lead`: where this section's first job has its title, above its dates ("prev") or below them ("next")."""
        after = not self._label.search(page.text, lines[0][0], anchors[0].range.begin)
        anchor, text = anchors[i], page.text
        named = self._anchors.named(text, lines[anchor.first])
        if named is not None:
            yield Candidate(named, "label", self._judge.score(text[slice(*named)]))
        for slot, span in (("left", anchor.left), ("right", anchor.right)):
            found = self._judge.best(text, span, slot)
            if found is not None:
                yield found
        if anchor.column is not None:
            yield Candidate(anchor.column, "column", self._judge.score(text[slice(*anchor.column)]))
        floor = anchors[i - 1].last if i else -1
        ceiling = anchors[i + 1].first if i + 1 < len(anchors) else len(lines)
        reach = max(floor + 1, anchor.first - _LABEL_REACH), min(ceiling, anchor.last + 1 + _LABEL_REACH)
        yield from self._labelled(text, lines, reach if not after else (anchor.first, reach[1]), anchor)
        for found in self._neighbours(page, lines, anchor, floor, ceiling):
            yield replace(found, score=found.score - _AGAINST * (lead not in ("", found.slot)))

    def _labelled(self, text: str, lines: Sequence[Span], span: tuple[int, int], anchor: Anchor) -> Iterator[Candidate]:
        """What a label in the lines `span` names outright ("Designation: ..."): the last one before the dates, else the first."""
        first, last = span
        found = list(self._label.finditer(text, lines[first][0], lines[last - 1][1])) if first < last else []
        before = [m for m in found if m.start() < anchor.range.begin]
        for m in before[-1:] or found[:1]:
            named = self._judge.best(text, m.span(1), "label")
            if named is not None:
                yield named

    def _neighbours(self, page: Page, lines: Sequence[Span], anchor: Anchor, floor: int, ceiling: int) -> Iterator[Candidate]:
        for slot, steps in (("prev", (anchor.first - 1, anchor.first - 2)), ("next", (anchor.last + 1, anchor.last + 2))):
            for far, index in enumerate(steps):
                if not floor < index < ceiling:
                    break
                found = self._neighbour(page, lines, anchor, index, slot)
                if found is not None:
                    yield Candidate(found.span, slot, found.score - 0.8 * far)
                if far == 0 and not self._short(page.text, lines[index]):
                    break

    def _neighbour(self, page: Page, lines: Sequence[Span], anchor: Anchor, index: int, slot: str) -> Candidate | None:
        text, line = page.text, lines[index]
        names_of_columns = text.count("\t", *line) > 1 and not any(map(str.isdigit, text[slice(*line)]))
        if names_of_columns or not self._short(text, line):
            return None
        employer = self._judge.placeholder.search(text, *line) is not None
        near = (line[1], lines[anchor.first][0]) if slot == "prev" else (lines[anchor.last][1], line[0])
        wrapped = line[1] - line[0] > _FULL_LINE
        beside = text[slice(*anchor.right)] or (text[slice(*anchor.left)] and not wrapped)
        between = text[slice(*near)].strip() or beside
        found = self._judge.best(text, (line[0] + bullet_of(text, line), line[1]), slot, bool(employer or between))
        labelled = self._employer.match(text, *line) is not None and not employer
        if found is None or labelled or self._anchors.column(text, line) is not None:
            return None
        apart = _EMPTY_LINE.search(text, *near) is not None and not employer
        loose = slot == "prev" and index > 0 and not page.blank_between(lines[index - 1][1], line[0])
        return Candidate(found.span, slot, found.score + 0.8 * employer - 0.8 * apart - 0.5 * loose)

    def _short(self, text: str, line: Span) -> bool:
        """Whether a line may be a header line: few words, no bullet, no sentence, not all in lower case."""
        employer = self._judge.placeholder.search(text, *line)
        words = text[line[0] : employer.start()].split() if employer else []
        words = words or self._judge.placeholder.sub(" ", text[slice(*line)]).split()
        if not words or (bullet_of(text, line) and not _NUMBERED.match(text, *line)) or len(words) > _MOST_WORDS:
            return False
        if len(words) > _SHORT:
            head = re.split(r",| [-–—] |\(", text[slice(*line)], maxsplit=1)[0]
            return self._judge.score(head.strip()) >= NEARLY_KNOWN
        large = sum(w[0].isupper() or not w[0].isalpha() for w in words)
        return not (words[-1].endswith(".") and len(words) > 4) and 2 * large >= len(words)

    def _undated(
        self, page: Page, lines: Sequence[Span], anchors: Sequence[Anchor], entries: Sequence[_Entry]
    ) -> Iterator[_Entry]:
        """Jobs without dates: a known title that opens the section, or a line with an anonymised employer and no date near."""
        taken = [(e.begin, e.header_end) for e in entries]
        for i, line in enumerate(lines):
            if any(a <= line[0] <= b for a, b in taken):
                continue
            if i == 0:
                yield from self._opening(page, lines, anchors)
            elif any(x.first - 2 <= i <= x.last + 2 for x in anchors):
                continue
            elif self._judge.placeholder.search(page.text, *line) and len(page.text[slice(*line)].split()) <= 14:
                yield from self._nameless(page, lines, i)

    def _opening(self, page: Page, lines: Sequence[Span], anchors: Sequence[Anchor]) -> Iterator[_Entry]:
        """A known title that opens the section, with duties between it and the first date."""
        header = anchors and all(self._short(page.text, line) for line in lines[1 : anchors[0].first])
        if header or not self._short(page.text, lines[0]) or len(page.text[slice(*lines[0])].split()) > 8:
            return
        found = self._judge.best(page.text, lines[0], "left")
        if found is not None and found.score >= KNOWN:
            yield _Entry(None, found.span, *lines[0])

    def _nameless(self, page: Page, lines: Sequence[Span], index: int) -> Iterator[_Entry]:
        same = self._judge.best(page.text, lines[index], "left")
        above = self._judge.best(page.text, lines[index - 1], "prev") if self._short(page.text, lines[index - 1]) else None
        found = max((c for c in (same, above) if c is not None), key=lambda c: c.score, default=None)
        if found is not None and found.score >= KNOWN:
            yield _Entry(None, found.span, min(found.span[0], lines[index][0]), lines[index][1])

    def _placement(self, text: str, entry: _Entry) -> str | None:
        """What an entry is that is no job: its header says so up to its title, or its first cell is nothing else."""
        begin, end = entry.begin, entry.title[1] if entry.title else entry.header_end
        above = [line.strip() for line in text[max(0, begin - _ABOVE) : begin].rstrip().split("\n")[-2:]]
        if entry.title is None and any(self._intern.match(line) and len(line.split()) <= _HEAD for line in above):
            return "internship"
        cell = re.split(r"[\t|\n]", text[begin : entry.header_end])[0].strip()
        title = text[slice(*entry.title)] if entry.title else ""
        if self._volunteer.search(text, begin, end) or self._volunteer.match(cell) or self._volunteer.fullmatch(title):
            return "volunteer"
        return "internship" if self._intern.search(text, begin, end) else None

    def _fact(self, text: str, entry: _Entry, stop: int) -> Fact | None:
        title = one_line(text[slice(*entry.title)]) if entry.title else None
        weak = title is None or self._judge.score(title) < 0
        header = text[entry.begin : entry.header_end]
        if (
            self._break.search(header)
            or self._part.match(text, entry.begin)
            or (entry.title and self._award.match(text, entry.title[0]))
            or self._degree.match(text, entry.begin)
            or (entry.title and self._degree.match(text, entry.title[0]))
        ):
            return None
        sure = self._judge.placeholder.search(header) or (title and "\t" in header)
        if weak and entry.range is not None and entry.range.years_only and not sure:
            return None
        dates = entry.range or DateRange(None, None, False, entry.begin, entry.header_end, problem="undated")
        what = self._placement(text, entry)
        value: Value = {
            "title": title,
            "start": str(dates.start) if dates.start else None,
            "end": str(dates.end) if dates.end else None,
            "open": dates.open,
            "years_only": dates.years_only,
            "bare_start": dates.bare_start,
            "bare_end": dates.bare_end,
            "begin": entry.begin,
            "stop": stop,
            "problem": dates.problem,
            "repeat": False,
        }
        span = trim(text, (entry.begin, entry.header_end), " \t\n")
        return fact("placement", text, span, {**value, "what": what}) if what else fact("job", text, span, value)


def _choose(found: Sequence[Candidate], votes: Counter[str], n: int) -> Candidate | None:
    """The best candidate; where the titles of this resume mostly stand counts too."""
    best = max(found, key=lambda c: c.score + _PRIOR[c.slot] + votes[c.slot] / n, default=None)
    if best is None or best.score + _PRIOR[best.slot] + votes[best.slot] / n < _ENOUGH:
        return None
    return best if best.slot != "next" or best.score >= KNOWN or votes["next"] else None


def _mark_repeats(facts: Sequence[Fact]) -> Iterator[Fact]:
    seen: set[tuple[object, ...]] = set()
    for f in facts:
        key = (f.kind, str(f.value["title"]).casefold(), f.value["start"], f.value["end"], f.value["open"])
        again = key in seen and f.value["start"] is not None
        seen.add(key)
        yield Fact(f.kind, f.text, f.start, f.end, {**f.value, "repeat": True}) if again else f


def last_title(facts: Sequence[Fact]) -> str | None:
    """The title of the newest job: running ones first, then by end and start; the one printed first wins ties.

    One without dates that is printed before all others is the newest, since resumes begin with that.
    """
    jobs = [f for f in facts if f.kind == "job" and f.value["title"]]
    if not jobs:
        return None
    first = min(jobs, key=lambda f: f.start)
    if first.value["problem"] == "undated":
        return str(first.value["title"])
    newest = max(jobs, key=lambda f: (bool(f.value["open"]), str(f.value["end"] or ""), str(f.value["start"] or ""), -f.start))
    return str(newest.value["title"])
