"""What the components do: find (in the rooms beside this one), then write the findings into `doc.spans`.

What only one kind of document needs is made when the first of that kind comes: a process that reads one file should not wait
for hundreds of patterns that another kind is read by.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Span, SpanGroup

from matcher.reading.facts.posts import post_facts
from matcher.reading.facts.resume import ResumeFactReader
from matcher.reading.groups import AMBIGUOUS, FACTS, SECTIONS, SKILLS, kind_of, sections_of, text_of
from matcher.reading.guards import SenseSettler
from matcher.reading.labels import Hit, LabelMatcher
from matcher.reading.orders import OrderMatcher
from matcher.reading.patterns import PatternMatcher
from matcher.reading.sections import Headings, find_sections
from matcher.reading.stance import StanceRules, section_at
from matcher.reading.titles import TitleReader
from matcher.reading.units import Unit, unit_at, units
from matcher.reading.words import WordFolder
from matcher.records import Fact, Kind, Line, Section, Stance

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from matcher.taxonomy import Taxonomy

_APART = re.compile(r"\t|\s[-–—]\s")
"""What parts the cells of a row or the items of a list."""


class SectionAnnotator:
    """Writes `bpo_sections`; attrs: `body` (where each body begins), `title` (the heading as printed)."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._rules = taxonomy.rules["headings"]
        self._headings: dict[Kind, Headings] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        kind = kind_of(doc)
        found = find_sections(text_of(doc), self._headings_of(kind), kind, doc.user_data.get("bpo_emphasis", ()))
        spans = [_span(doc, s.start, s.end, s.kind) for s in found]
        attrs = {name: [getattr(section, name) for section in found] for name in ("kind", "start", "body", "end", "title")}
        doc.spans[SECTIONS] = SpanGroup(doc, name=SECTIONS, attrs=attrs, spans=spans)
        return doc

    def _headings_of(self, kind: Kind) -> Headings:
        if kind not in self._headings:
            self._headings[kind] = Headings.from_rules(self._rules, kind)
        return self._headings[kind]


class SkillAnnotator:
    """Writes `bpo_skills` (attrs: `alias`, `score`) and `bpo_ambiguous` (attrs: `readings`)."""

    def __init__(self, nlp: Language, taxonomy: Taxonomy) -> None:
        folder = WordFolder(taxonomy.rules)
        self._types = {concept.id: concept.type for concept in taxonomy.concepts.values()}
        self._folder = folder
        self._labels = LabelMatcher(nlp, taxonomy, folder)
        self._patterns = PatternMatcher(taxonomy, folder)
        self._orders = OrderMatcher(taxonomy, folder, self._labels)
        self._settler = SenseSettler(taxonomy, folder)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        words, sentences = self._folder.words(doc), units(text_of(doc))
        found = (*self._labels.hits(doc, words), *self._patterns.hits(words), *self._orders.hits(text_of(doc), words))
        hits = [hit for hit in found if _in_one(doc, hit, sentences)]
        senses = self._settler.settle(doc, words, hits, sentences)
        known = [(sense, sense.concept) for sense in senses if sense.concept]
        spans = [Span(doc, s.hit.first, s.hit.last, label=self._types[concept], kb_id=concept) for s, concept in known]
        attrs = {"alias": [s.hit.surface for s, _ in known], "score": [s.hit.trust for s, _ in known]}
        doc.spans[SKILLS] = SpanGroup(doc, name=SKILLS, attrs=attrs, spans=spans)
        unsettled = [sense for sense in senses if not sense.concept]
        doc.spans[AMBIGUOUS] = SpanGroup(
            doc,
            name=AMBIGUOUS,
            attrs={"readings": [list(s.readings) for s in unsettled]},
            spans=[Span(doc, s.hit.first, s.hit.last, label="ambiguous") for s in unsettled],
        )
        return doc


class StanceAnnotator:
    """Adds attrs `stance` and `section` to `bpo_skills` and lowers hedged scores."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._cues = taxonomy.rules["cues"]
        self._rules: dict[Kind, StanceRules] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        group = doc.spans.get(SKILLS)
        if group is None:
            return doc
        rules, text = self._rules_of(kind_of(doc)), text_of(doc)
        sections, sentences = sections_of(doc), units(text)
        others = _Within(rules.passages(text, sentences))
        stances, kinds, scores = [], [], []
        for span, score in zip(group, group.attrs["score"], strict=True):
            section = section_at(sections, span.start_char)
            unit = unit_at(sentences, span.start_char)
            start, end = (unit.start, unit.end) if unit else (span.start_char, span.end_char)
            if section:
                start, end = max(start, section.start), min(end, section.end)
            end = max(end, span.end_char)
            stance, factor = rules.stance_of(
                text[start:end], span.start_char - start, span.end_char - start, section.kind if section else "", span.label_
            )
            stances.append(str(Stance.CONTEXT if others.holds(span.start_char) else stance))
            kinds.append(section.kind if section else "")
            scores.append(round(score * factor, 4))
        group.attrs = {**group.attrs, "stance": stances, "section": kinds, "score": scores}
        return doc

    def _rules_of(self, kind: Kind) -> StanceRules:
        if kind not in self._rules:
            self._rules[kind] = StanceRules.from_rules(self._cues, kind)
        return self._rules[kind]


class FactAnnotator:
    """Writes `bpo_facts`: labels are the facts' kinds; attrs `value`, `start`, `end` hold what was read and its exact offsets."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._rules = taxonomy.rules
        self._titles = TitleReader(taxonomy.rules)
        self._resumes = cache(lambda: ResumeFactReader(taxonomy.rules, self._titles))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        found = self._find(text_of(doc), kind_of(doc), sections_of(doc))
        attrs = {"start": [f.start for f in found], "end": [f.end for f in found], "value": [dict(f.value) for f in found]}
        spans = [_span(doc, f.start, f.end, f.kind) for f in found]
        doc.spans[FACTS] = SpanGroup(doc, name=FACTS, attrs=attrs, spans=spans)
        return doc

    def _find(self, text: str, kind: Kind, sections: Sequence[Section]) -> tuple[Fact, ...]:
        lines = tuple(_lines(text))
        if kind is Kind.JOB:
            return post_facts(text, lines, sections, self._rules, self._titles)
        return self._resumes().read(text, lines, sections)


class _Within:
    """Whether an offset lies in one of some stretches, which are in text order."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._stretches = stretches
        self._starts = [start for start, _ in stretches]

    def holds(self, offset: int) -> bool:
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._stretches[place][1]


def _in_one(doc: Doc, hit: Hit, sentences: Sequence[Unit]) -> bool:
    """Whether a hit lies in one sentence or list item: two items of a list are no phrase ("Sales – Support"), nor two cells.

    A label that is written with a dash of its own ("10:00 PM - 7:00 AM") is one.
    """
    if hit.last - hit.first == 1:
        return True
    start, last = doc[hit.first].idx, doc[hit.last - 1].idx
    unit = unit_at(sentences, start)
    if unit is None or last >= unit.end:  # first, for a unit is short, and a hit in a long list may be as long as the list
        return False
    apart = _APART.search(text_of(doc), start, last)
    return apart is None or apart[0].strip() in hit.surface.split()


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    """The tokens that `[start, end)` touches; the exact offsets are kept in the group's attrs."""
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    return span if span is not None else Span(doc, 0, 0, label=label)


def _lines(text: str) -> Iterator[Line]:
    position = 0
    for line in text.split("\n"):
        yield Line(position, position + len(line))
        position += len(line) + 1
