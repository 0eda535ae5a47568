"""All fact readers of a resume, built once from the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.reading.facts.certificates import CertificateReader
from matcher.reading.facts.contact import ContactReader
from matcher.reading.facts.dates import DateReader
from matcher.reading.facts.education import EducationReader
from matcher.reading.facts.jobs import JobReader
from matcher.reading.facts.keyboard import TypingReader
from matcher.reading.facts.kpis import KpiReader
from matcher.reading.facts.languages import LanguageReader
from matcher.reading.facts.notice import NoticeReader
from matcher.reading.facts.page import Page
from matcher.reading.facts.personal import PersonalReader
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Line, Section


class ResumeFactReader:
    """Reads jobs, education, languages, certificates, KPIs, typing, notice, contact and personal data."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader) -> None:
        self.education = EducationReader(rules)
        self._work = (JobReader(rules, titles, DateReader(rules)), self.education)
        self._claims = (LanguageReader(rules), CertificateReader(rules), NoticeReader(rules))
        self._kpis, self._typing = KpiReader(rules), TypingReader(rules)
        self._slots = re.compile(rules["facts"]["slots"]["pattern"], re.IGNORECASE)
        self._contact, self._personal = ContactReader(rules, titles), PersonalReader(rules)

    def read(self, text: str, lines: Sequence[Line], sections: Sequence[Section]) -> tuple[Fact, ...]:
        """All facts, kind after kind; `sections` cover the text in order.

        What is about the person is read first: a nationality is no language, and an age no result. What a template left to
        be filled in says nothing, and how well one types is no other result.
        """
        page = Page(text, lines, sections)
        personal = self._personal.read(page)
        person = (*self._contact.read(page, personal), *personal)
        work = [f for reader in self._work for f in reader.read(page)]
        slots = [m.span() for m in self._slots.finditer(text)]
        rest = page.without([*((f.start, f.end) for f in person), *slots])
        typing = self._typing.read(rest)
        measured = self._kpis.read(rest.without([(f.start, f.end) for f in typing]))
        claims = (*(f for reader in self._claims for f in reader.read(rest)), *measured, *typing)
        return (*work, *(replace(f, text=text[f.start : f.end]) for f in claims), *person)
