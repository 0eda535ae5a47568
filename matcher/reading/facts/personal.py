"""Personal data that no score may see: where it stands, so that blind mode can take it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact, trim
from matcher.records import Fact

_LONGEST = 80
_SEPARATOR = re.compile(r"[:=]|\s[-–—]\s|\w\s?[-–]\s")


class PersonalReader:
    """Built from `rules["facts"]["personal"]` and `["personal_words"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        labels, words = rules["facts"]["personal"], rules["facts"]["personal_words"]
        self._whats: dict[str, str] = {form: what for what, forms in labels.items() for form in forms}
        either = alternatives(f.replace("'", "’") for f in self._whats).replace("’", "['’]?")
        self._label = re.compile(rf"(?<![\w'’])(?P<label>{either})\s*(?:\(?s\)?)?\s*[.]?\s*[:=\-–]+\s*", re.IGNORECASE)
        self._words = tuple(
            (what, re.compile(rf"(?<!\w)(?:{alternatives(forms)})(?!\w)", re.IGNORECASE)) for what, forms in words.items()
        )
        self._age = re.compile(r"(?<!\w)(?:aged?\s+)?\d{2}\s*(?:years?|yrs?)[\s-]*old(?!\w)", re.IGNORECASE)
        self._next = re.compile(r"\t|\s*\||\s{3,}|;|(?<=\w{3})\.\s+(?=[A-Z])|,\s+(?=[A-Z][\w ./'’-]{2,25}:)")

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "personal", value {what}: a key of the rules' tables (birth-date, age, civil-status, id-number ...)."""
        found = [*self._labelled(page), *self._unlabelled(page)]
        return tuple(sorted(found, key=lambda f: (f.start, f.end)))

    def _labelled(self, page: Page) -> Iterator[Fact]:
        for start, end in page.lines:
            hits = list(self._label.finditer(page.text, start, end)) if _SEPARATOR.search(page.text, start, end) else []
            for i, m in enumerate(hits):
                stop = hits[i + 1].start() if i + 1 < len(hits) else end
                cut = self._next.search(page.text, m.end(), stop)
                span = trim(page.text, (m.start(), min(cut.start() if cut else stop, m.end() + _LONGEST)), " \t,;|-")
                if span[1] > m.end() - 1:
                    yield fact("personal", page.text, span, {"what": self._what(m["label"])})

    def _what(self, label: str) -> str:
        plain = " ".join(label.casefold().replace("’", "'").split())
        if plain in self._whats:
            return self._whats[plain]
        return next((w for form, w in self._whats.items() if form.replace("'", "") == plain.replace("'", "")), "personal")

    def _unlabelled(self, page: Page) -> Iterator[Fact]:
        for m in self._age.finditer(page.text):
            if page.kind_at(m.start()) not in ("experience", "summary", "projects"):
                yield fact("personal", page.text, m.span(), {"what": "age"})
        for section in page.bodies(("personal",)):
            for line in page.lines_of(section.body, section.end):
                yield from self._statement(page.text, line)

    def _statement(self, text: str, line: Span) -> Iterator[Fact]:
        """A line such as "Single, 27, Catholic" of a personal section, all of it."""
        if self._label.search(text, *line) is None:
            hits = [(what, m.span()) for what, pattern in self._words for m in pattern.finditer(text, *line)]
            for what, span in hits:
                yield fact("personal", text, span, {"what": what})
            for m in re.finditer(r"(?<![\w.])[1-6]\d(?![\w.%/-])", text[slice(*line)]) if hits else ():
                yield fact("personal", text, (line[0] + m.start(), line[0] + m.end()), {"what": "age"})
