"""Spoken languages that a resume claims, with the level as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact, one_line
from matcher.records import Fact

_AND = r"(?:\s*(?:,|/|&|\+|;|·|\band\b|\bat\b|\by\b|-)\s*(?:and\s+|in\s+|both\s+)?)"
_NEAR = 28
_WORD = re.compile(r"[^\W\d_]{3,}")
_BILINGUAL = re.compile(r"\bbi-?lingual\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:()|•\t]|\bbut\b", re.IGNORECASE)
_DENIED_WORDS, _DENIED_CHARS = 5, 90
_REMARK = re.compile(r"\s*:[^;|\n)]*|[\s\-–(=]*[^,;|\n)/]*")


class LanguageReader:
    """Built from `rules["languages"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        table, own = rules["languages"]["names"], rules["languages"]["rules"]
        self._names = {form: name for name, forms in table.items() for form in forms}
        ladder = rules["languages"]["ladder"]
        self._top, self._scales = frozenset(ladder["top"]), (ladder["words"], ladder["cefr"])
        self._common = frozenset(own["common"])
        self._sections, self._lists, self._never = (frozenset(own[k]) for k in ("sections", "lists", "never"))
        name = rf"(?:{alternatives(self._names)})(?!\w)"
        self._firsts = frozenset(form.split()[0] for form in self._names)
        self._name = re.compile(rf"(?<!\w){name}", re.IGNORECASE)
        level = alternatives(own["levels"])
        self._level = re.compile(rf"(?<!\w)(?:{level}|{own['scores']})(?![\w])", re.IGNORECASE)
        self._joined = re.compile(_AND, re.IGNORECASE)
        self._before = re.compile(
            rf"(?<!\w)(?:{alternatives(own['before'])})(?:\s+(?:in|both|of))*[\s:(\-–]*(?:both\s+)?$", re.IGNORECASE
        )
        self._after = re.compile(rf"[\s:(\-–,]*(?:is\s+)?(?:{alternatives(own['after'])})(?!\w)", re.IGNORECASE)
        self._label = re.compile(rf"(?:^|[.;|•\n(])\W*(?:{alternatives(own['labels'])})\s*[:\-–]", re.IGNORECASE)
        people = rf"(?:\s*(?:,|/|&|\band\b)\s*(?:{alternatives(own['peoples'])}))*"
        self._not_after = re.compile(rf"{people}[\s\-]+(?:{alternatives(own['not_after'])})(?!\w)", re.IGNORECASE)
        self._not_before = re.compile(rf"(?<!\w)(?:{alternatives(own['not_before'])})\s+$", re.IGNORECASE)
        self._denial = re.compile(rf"(?<!\w)(?:{alternatives(own['denied'])})(?!\w)", re.IGNORECASE)
        self._no_denial = re.compile(rf"(?<!\w)(?:{alternatives(own['denied_unless'])})(?!\w)", re.IGNORECASE)
        self._listed = frozenset(own["denied_listed"])
        self._others = {
            name: re.compile(rf"\s+(?:{alternatives(words)})(?!\w)", re.IGNORECASE) for name, words in own["other_words"].items()
        }

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "language", value {name, level (as printed, or None)}; one for each language, the most that is said."""
        found: dict[str, Fact] = {}
        for f in self._claims(page):
            name = str(f.value["name"])
            if name not in found or self._goes(f) > self._goes(found[name]):
                found[name] = f
        if not set(found) - self._common:
            found |= {str(f.value["name"]): f for f in self._implied(page)}
        return tuple(sorted(found.values(), key=lambda f: f.start))

    def _goes(self, found: Fact) -> tuple[int, int]:
        """How far a level goes: none, words, figures of a scale or test, a mother tongue; then the step, where one is known."""
        level = found.value["level"]
        if level is None or level in self._top:
            return (0 if level is None else 3), 0
        words, scale = (next((n for n, step in enumerate(steps) if level in step), None) for steps in self._scales)
        return (1, words) if words is not None else (2, scale or 0)

    def _implied(self, page: Page) -> Iterator[Fact]:
        """The second language of someone who says "bilingual" and names just one other language in use."""
        if _BILINGUAL.search(page.text):
            spans = [
                m.span() for m in self._name.finditer(page.text) if re.match(r"[\s-]speaking", page.text[m.end() : m.end() + 9])
            ]
            names = {self._names[page.text[slice(*s)].casefold()] for s in spans} - self._common
            if len(names) == 1:
                yield fact("language", page.text, spans[0], {"name": names.pop(), "level": "bilingual"})

    def _claims(self, page: Page) -> Iterator[Fact]:
        for section in page.sections:
            if section.kind in self._never:
                continue
            hits = self._hits(page.text, section.start, section.end)
            lines = page.lines_of(section.start, section.end) if hits else ()
            for n, line in enumerate(lines):
                below = page.text[slice(*lines[n + 1])].strip() if n + 1 < len(lines) else ""
                yield from self._line(page.text, line, [h for h in hits if line[0] <= h[0] < line[1]], section.kind, below)

    def _hits(self, text: str, start: int, end: int) -> list[Span]:
        """Where names stand. Words are looked up first: the pattern of all names is too dear to run everywhere."""
        hits: list[Span] = []
        for word in _WORD.finditer(text, start, end):
            if word.group().casefold() in self._firsts and not (hits and word.start() < hits[-1][1]):
                m = self._name.match(text, word.start(), end)
                other = self._others.get(m.group().casefold()) if m else None
                if m and not (other and other.match(text, m.end(), end)):
                    hits.append(m.span())
        return hits

    def _line(self, text: str, line: Span, hits: list[Span], kind: str, below: str) -> Iterator[Fact]:
        """The claims of a line; a level that stands alone on the line below is that of a name that ends its line."""
        ends = bool(hits) and not text[hits[-1][1] : line[1]].strip(" :-–\t")
        under = below.casefold() if ends and kind in self._sections and self._level.fullmatch(below) else None
        for run in self._runs(text, [hit for hit in hits if not self._denied(text, line, hit)]):
            barred = any(self._barred(text, line, hit) for hit in run)
            if not barred and self._claimed(text, line, run, kind):
                end = next((a for a, _ in hits if a >= run[-1][1]), line[1])
                yield from self._facts(text, (line[0], end), run, under if run[-1] == hits[-1] else None)

    def _runs(self, text: str, hits: list[Span]) -> list[list[Span]]:
        """Names that follow one another with only a comma, a slash or "and" (and a remark in brackets) between."""
        runs: list[list[Span]] = []
        for hit in hits:
            between = text[runs[-1][-1][1] : hit[0]] if runs else ""
            bare = re.sub(r"\([^()]*\)", "", between)
            joined = bool(runs) and (self._joined.fullmatch(bare) is not None or self._level_between(bare))
            if joined:
                runs[-1].append(hit)
            else:
                runs.append([hit])
        return runs

    def _level_between(self, between: str) -> bool:
        """Whether only level words and joiners part two names: "conversational Bisaya, fluent English and Tagalog"."""
        return len(between) < 40 and self._joined.fullmatch(self._level.sub("", between).strip() or "?") is not None

    def _barred(self, text: str, line: Span, hit: Span) -> bool:
        return bool(self._not_after.match(text, hit[1], line[1]) or self._not_before.search(text, line[0], hit[0]))

    def _denied(self, text: str, line: Span, hit: Span) -> bool:
        """Whether a denial stands shortly before a name in its clause; it goes on over a list that "or" or "and" joins."""
        before = self._no_denial.sub("", text[max(line[0], hit[0] - _DENIED_CHARS) : hit[0]])
        denials = list(self._denial.finditer(before))
        between = before[denials[-1].end() :] if denials else "."
        if _CLAUSE_END.search(between):
            return False
        first, *more = re.split(r",|\band\b", self._name.sub("", between))
        listed = all(set(part.casefold().split()) <= self._listed for part in more)
        goes_on = f"{between} {text[hit[1] : min(line[1], hit[1] + _NEAR)]}".casefold().split()
        return listed and len(first.split()) <= _DENIED_WORDS and ("," not in between or not self._listed.isdisjoint(goes_on))

    def _claimed(self, text: str, line: Span, run: list[Span], kind: str) -> bool:
        if kind in self._sections:
            return True
        first = run[0][0]
        if self._before.search(text, max(line[0], first - 40), first) or any(
            self._after.match(text, hit[1], line[1]) for hit in run
        ):
            return True
        label = self._label.search(text, max(0, line[0] - 1), first)
        if label and first - label.end() < 60 and "." not in text[label.end() : first]:
            return True
        if kind not in self._lists:
            return False
        return len(run) > 1 or self._item(text, line, run[0])

    def _item(self, text: str, line: Span, hit: Span) -> bool:
        """Whether a name is an item of a list by itself; English is mostly a school subject there."""
        before, after = text[line[0] : hit[0]].rstrip(), text[hit[1] : line[1]].lstrip()
        alone = (not before or before[-1] in ",;|•·/-") and (not after or after[0] in ",;|•·/(.:-")
        return alone and self._names[text[slice(*hit)].casefold()] not in self._common

    def _facts(self, text: str, line: Span, run: list[Span], under: str | None) -> Iterator[Fact]:
        """A level after a name is its own; one before it holds for those that follow too ("fluent English and Thai").

        `under` is the level of the last one, where nothing nearer says more.
        """
        carried = "bilingual" if len(run) > 1 and _BILINGUAL.search(text, line[0], run[0][0]) else None
        for i, hit in enumerate(run):
            floor = run[i - 1][1] if i else max(line[0], hit[0] - _NEAR)
            ceiling = run[i + 1][0] if i + 1 < len(run) else min(line[1], hit[1] + 2 * _NEAR)
            carried = _last(self._level, re.split(r"[,;|/)•]", text[floor : hit[0]])[-1]) or carried
            own = self._level.search(_REMARK.match(text[hit[1] : ceiling]).group())  # type: ignore[union-attr]
            name = self._names[" ".join(text[slice(*hit)].casefold().split())]
            level = one_line(own.group()).casefold() if own else carried
            yield fact("language", text, hit, {"name": name, "level": level or (under if hit == run[-1] else None)})


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    """The last match, unless a full stop parts it from the text's end."""
    found = [m for m in pattern.finditer(text) if "." not in text[m.end() :]]
    return found[-1].group().casefold() if found else None
