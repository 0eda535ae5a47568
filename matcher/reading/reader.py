"""Documents -> Readings: runs the spaCy pipeline and takes what it annotated back out as plain records."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.lang.en import English
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from matcher.reading.components import taxonomy_at
from matcher.reading.groups import AMBIGUOUS, DOUBTFUL, FACTS, SKILLS, sections_of, text_of
from matcher.reading.pasted import PastedPosts, notices
from matcher.reading.stuffing import stuffed
from matcher.records import OF_THE_PERSON, Ambiguity, Document, Fact, Kind, Mention, Notice, Reading, Stance

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from matcher.taxonomy import Taxonomy

PIPES = ("bpo_sections", "bpo_skills", "bpo_stance", "bpo_doubt", "bpo_facts")
_MARKS = re.compile(r"[^\w\s]{40}(?=[^\w\s])")
"""Marks without a blank between them: spaCy looks at all that are left for each one that it takes off."""
_CUTS_REMEMBERED = 50_000
_LARGER = 1.08
"""A line this much larger than the body's size stands out."""


def pipeline(overlay: Path | None = None, without: Collection[str] = ()) -> Language:
    """A blank English pipeline with all components of this package but those named."""
    nlp = English(max_length=5_000_000, create_tokenizer=_tokenizer)
    for name in PIPES:
        if name not in without:
            nlp.add_pipe(name, config={"overlay": str(overlay) if overlay else None})
    return nlp


def _tokenizer(nlp: Language) -> Tokenizer:
    """English as spaCy cuts it, and lists without blanks ("Zendesk;Jira", "Avaya|Genesys"); to change a made one takes longer."""
    given: Any = nlp.Defaults
    tokenizer: Any = Tokenizer(
        nlp.vocab,
        # It remembers how words are cut, but in no text beyond its first special case; every line end is one.
        rules={form: cut for form, cut in given.tokenizer_exceptions.items() if not form.isspace()},
        prefix_search=compile_prefix_regex(given.prefixes).search,
        suffix_search=compile_suffix_regex(given.suffixes).search,
        infix_finditer=compile_infix_regex([*given.infixes, r"(?<=\w)[;|](?=\w)"]).finditer,
        token_match=given.token_match,
        url_match=given.url_match,
    )
    tokenizer.max_cache_size = _CUTS_REMEMBERED
    return tokenizer


_SENTENCES = frozenset({"referee", "declaration"})
"""What is about others or said to all: words in it are reported by their section, which claims nothing."""


class Reader:
    """Reads documents; costs about a second to build, so build it once and keep it."""

    def __init__(self, overlay: Path | None = None, nlp: Language | None = None) -> None:
        self.taxonomy: Taxonomy = taxonomy_at(str(overlay) if overlay else None)
        self.nlp = nlp or pipeline(overlay)
        self._pasted = PastedPosts(self.taxonomy.rules)

    def read(self, document: Document, kind: Kind) -> Reading:
        """Everything that was understood of a document, read as a resume or as a job post."""
        doc = annotated(self.nlp, document, kind)
        warnings = list(document.warnings)
        if kind is Kind.JOB:
            warnings += self._post_warnings(document.text)
        met = tuple(_mentions(doc, document))
        facts = tuple(fact for fact in _facts(doc) if not self._names_a_tool(fact, met))
        person = [fact for fact in facts if fact.kind in OF_THE_PERSON and fact.value.get("what") not in _SENTENCES]
        mentions = tuple(m for m in met if not _inside(m, person))
        unsettled = tuple(a for a in _ambiguities(doc, document) if not _inside(a, person))
        reading = Reading(document, kind, sections_of(doc), mentions, unsettled, facts, tuple(warnings))
        return self._own_words(reading) if kind is Kind.RESUME else reading

    def _own_words(self, reading: Reading) -> Reading:
        """A resume's reading in which a job post that was pasted claims nothing; people are told of it and of stuffing."""
        document = reading.document
        pasted = self._pasted.found(document.text, reading.sections)
        told = (*reading.warnings, *stuffed(document, reading.mentions), *notices(document, pasted))
        if not pasted:
            return replace(reading, warnings=told)
        return replace(
            reading,
            mentions=tuple(replace(m, stance=Stance.CONTEXT) if _within(m, pasted) else m for m in reading.mentions),
            ambiguous=tuple(a for a in reading.ambiguous if not _within(a, pasted)),
            facts=tuple(fact for fact in reading.facts if not _within(fact, pasted)),
            warnings=told,
            foreign=pasted,
        )

    def _names_a_tool(self, fact: Fact, mentions: Sequence[Mention]) -> bool:
        """Whether what reads like a name or a town is a tool's: "Google Sheets" at the top, "SAP, Oracle, VA"."""
        return fact.kind in ("contact-name", "city") and any(
            m.start <= fact.start and fact.end <= m.end and self.taxonomy.concepts[m.concept].type == "tool" for m in mentions
        )

    def _post_warnings(self, text: str) -> tuple[Notice, ...]:
        from matcher.reading.facts.requirements import unlawful

        return unlawful(text, self.taxonomy.rules)


def annotated(nlp: Language, document: Document, kind: Kind) -> Doc:
    """A document's text as a Doc through a pipeline, with what the components are to know of it."""
    doc = _words(nlp, document.text)
    doc.user_data["bpo_kind"] = str(kind)
    doc.user_data["bpo_emphasis"] = emphasis(document)
    return nlp(doc)


def _words(nlp: Language, text: str) -> Doc:
    """The text cut into words; endless rows of marks are cut in pieces first."""
    cuts = [match.end() for match in _MARKS.finditer(text)]
    if not cuts:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [nlp.make_doc(text[start:end]) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    words = [token.text for piece in pieces for token in piece]
    return Doc(nlp.vocab, words, [bool(token.whitespace_) for piece in pieces for token in piece])


def emphasis(document: Document) -> list[int]:
    """Start offsets of the lines that are set bold or larger than the body, where the body mostly is not."""
    lengths: Counter[float] = Counter()
    for line in document.lines:
        lengths[round(line.size, 1)] += line.end - line.start
    body = lengths.most_common(1)[0][0] if lengths else 0.0
    found = []
    for line in document.lines:
        if line.bold or (body and line.size > body * _LARGER):
            text = document.text[line.start : line.end]
            found.append(line.start + len(text) - len(text.lstrip()))
    return found


def _within(found: Mention | Ambiguity | Fact, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start < end for start, end in spans)


def _inside(found: Mention | Ambiguity, facts: Sequence[Fact]) -> bool:
    """Whether something met is a word of a name, an address or a nationality: it claims nothing then."""
    return any(fact.start <= found.start < fact.end for fact in facts)


def _mentions(doc: Doc, document: Document) -> Iterator[Mention]:
    columns: Any = doc.spans[SKILLS].attrs
    pages = _Pages(document)
    rows = zip(doc.spans[SKILLS], columns["alias"], columns["score"], columns["stance"], columns["section"], strict=True)
    for span, alias, score, stance, section in rows:
        start, end = span.start_char, span.end_char
        yield Mention(span.kb_id_, span.text, start, end, pages.at(start), section, alias, Stance(stance), score)


def _ambiguities(doc: Doc, document: Document) -> list[Ambiguity]:
    """The forms that the context left open, and the first mention of each concept that was doubted, in text order."""
    pages = _Pages(document)
    unsettled: Any = doc.spans[AMBIGUOUS].attrs["readings"]
    rows = [(span, tuple(options)) for span, options in zip(doc.spans[AMBIGUOUS], unsettled, strict=True)]
    doubted: dict[str, Span] = {}
    for span in doc.spans.get(DOUBTFUL, ()):
        doubted.setdefault(span.kb_id_, span)
    rows += [(span, (concept,)) for concept, span in doubted.items()]
    found = [Ambiguity(s.text, s.start_char, s.end_char, pages.at(s.start_char), readings) for s, readings in rows]
    return sorted(found, key=lambda a: (a.start, a.end, a.readings))


def _facts(doc: Doc) -> Iterator[Fact]:
    group = doc.spans[FACTS]
    columns: Any = group.attrs
    text = text_of(doc)
    for span, start, end, value in zip(group, columns["start"], columns["end"], columns["value"], strict=True):
        yield Fact(span.label_, text[start:end], start, end, value)


class _Pages:
    """Page of an offset by bisection."""

    def __init__(self, document: Document) -> None:
        self._starts = [line.start for line in document.lines]
        self._pages = [line.page for line in document.lines]

    def at(self, offset: int) -> int:
        place = bisect_right(self._starts, offset) - 1
        return self._pages[place] if place >= 0 else 1
