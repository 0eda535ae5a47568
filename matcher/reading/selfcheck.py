"""Proves with the real reader that every form of a taxonomy finds what it stands for, and that no guard can be walked around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.reading.groups import AMBIGUOUS, SKILLS
from matcher.taxonomy import SURFACE, Form, FormReading, Problem, Taxonomy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from matcher.reading.annotators import SkillAnnotator
    from matcher.reading.labels import LabelMatcher
    from matcher.reading.words import WordFolder

NEEDED = ("spelling", "stems")
"""Rule files without which no label can be read."""
_FRAMES = ("{}", "They had asked him about {} again.")
"""Where a form is tried: as a line of its own, and in a sentence that says nothing else."""
_WRITE_ANOTHER = "write it another way, or leave it out"
_WRITTEN = 0.85
"""Hits that are trusted less were put together from a coordination, and give way to what is written."""


def prove(taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Find the forms that are not read as they should be; takes some seconds of CPU. Assumes that `taxonomy.check` finds nothing.

    Codes: `not-found` (a form without guard does not find its concept), `not-settled` (a reading's concept is not found in its
    example), `not-silent` (a reading without concept yields something in its example), `no-example` (the form is not met in its
    example), `bypass` (a form without guard is met where a guarded one is written), `twin` (two guarded forms are met in the same
    places), `pattern` (a pattern does not find its concept in its example), `no-rules` (a needed rule file is missing).
    """
    missing = [name for name in NEEDED if name not in taxonomy.rules]
    if missing:
        return tuple(
            Problem("no-rules", f"{name}.toml", "is missing; no label can be read without it", kind="rules") for name in missing
        )
    reader = _Reader.of(taxonomy)
    return (*_labels(reader), *_bypasses(reader), *_examples(reader), *_patterns(reader))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The parts of the pipeline that a proof runs, over one taxonomy."""

    taxonomy: Taxonomy
    nlp: Language
    annotate: SkillAnnotator
    labels: LabelMatcher
    folder: WordFolder

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> _Reader:
        import spacy

        from matcher.reading.annotators import SkillAnnotator
        from matcher.reading.labels import LabelMatcher
        from matcher.reading.words import WordFolder

        nlp, folder = spacy.blank("en"), WordFolder(taxonomy.rules)
        return cls(taxonomy, nlp, SkillAnnotator(nlp, taxonomy), LabelMatcher(nlp, taxonomy, folder), folder)

    def read(self, text: str) -> Doc:
        return self.annotate(self.nlp.make_doc(text))

    def whole(self, text: str) -> Iterator[str]:
        """The surfaces, guarded ones too, that are met over the whole of a text."""
        doc = self.nlp.make_doc(text)
        words = self.folder.words(doc)
        span = (words.firsts[0], words.ends[-1]) if words.firsts else (0, 0)
        hits = (hit for hit in self.labels.hits(doc, words) if hit.trust > _WRITTEN)
        return (hit.surface for hit in hits if (hit.first, hit.last) == span)

    def places(self, doc: Doc, form: Form) -> frozenset[tuple[int, int]]:
        """The token ranges in which a form is met, whatever it means there."""
        hits = self.labels.hits(doc, self.folder.words(doc))
        return frozenset((hit.first, hit.last) for hit in hits if hit.surface == form.text)


def _labels(reader: _Reader) -> Iterator[Problem]:
    for surface, id in reader.taxonomy.plain_labels():
        for frame in _FRAMES:
            doc = reader.read(frame.format(surface))
            found = {span.kb_id_ for span in doc.spans[SKILLS]}
            if id not in found:
                instead = ", ".join(sorted(found)) or "nothing"
                message = f"{surface!r} finds {instead} in {doc.text!r}"
                yield Problem("not-found", id, message, _WRITE_ANOTHER, path=(SURFACE, surface))
                break


def _bypasses(reader: _Reader) -> Iterator[Problem]:
    """Two surfaces, at least one of them guarded, of which one is met over the whole of the other."""
    owners = dict(reader.taxonomy.plain_labels())
    surfaces = [*owners, *(form.text for form in reader.taxonomy.forms.values())]
    pairs = {tuple(sorted((text, met))) for text in surfaces for met in reader.whole(text) if met != text}
    for one, other in sorted(pairs):
        if one not in owners and other not in owners:
            message = f"is met wherever {one!r} is written"
            yield Problem("twin", other, message, "keep one of the two forms", "form", also=(("form", one),))
        elif one not in owners or other not in owners:
            plain, guarded = (one, other) if one in owners else (other, one)
            message = f"{plain!r} needs no context and is met where {guarded!r}, a guarded form, is"
            also = (("form", guarded),)
            yield Problem("bypass", owners[plain], message, _WRITE_ANOTHER, path=(SURFACE, plain), also=also)


def _examples(reader: _Reader) -> Iterator[Problem]:
    for form in reader.taxonomy.forms.values():
        for number, reading in enumerate(form.readings):
            if reading.example:
                for code, message in _example(reader, form, reading):
                    yield Problem(code, form.text, message, kind="form", path=("reading", number, "example"))


def _example(reader: _Reader, form: Form, reading: FormReading) -> Iterator[tuple[str, str]]:
    """The codes and messages of what is wrong with an example."""
    doc = reader.read(reading.example)
    places = reader.places(doc, form)
    over = [span for span in doc.spans[SKILLS] if any(span.start < end and start < span.end for start, end in places)]
    read = {span.kb_id_ for span in over}
    alone = {span.kb_id_ for span in over if (span.start, span.end) in places}
    unclear = any((span.start, span.end) in places for span in doc.spans[AMBIGUOUS])
    found = ", ".join(sorted(read)) or ("several things" if unclear else "nothing")
    if not places:
        yield "no-example", f"is not in the example of {reading.concept or reading.sense!r}: {reading.example!r}"
    elif reading.concept and reading.concept not in read:
        yield "not-settled", f"reads as {found}, not as {reading.concept}, in {reading.example!r}"
    elif not reading.concept and (alone or unclear):
        yield "not-silent", f"reads as {found}, although it is {reading.sense!r}, in {reading.example!r}"


def _patterns(reader: _Reader) -> Iterator[Problem]:
    """Patterns whose example the pattern itself, or the reader around it, does not read as the pattern's concept."""
    from matcher.reading.patterns import PatternMatcher

    matcher = PatternMatcher(reader.taxonomy, reader.folder)
    for row in reader.taxonomy.rules.get("patterns", {}).get("pattern", ()):
        concept, doc = reader.taxonomy.concepts.get(row["concept"]), reader.read(row["example"])
        met = {hit.surface for hit in matcher.hits(reader.folder.words(doc))}
        read = {span.kb_id_ for span in doc.spans[SKILLS]}
        if concept is None or matcher.surface(concept.id) not in met or concept.id not in read:
            message = f"{row['concept']} is not found by its pattern in {row['example']!r}"
            also = (("rules", "patterns.toml"),)
            yield Problem("pattern", row["concept"], message, kind="pattern", path=("pattern", row["example"]), also=also)
