"""The library's surface: files in, profiles and roles and what was understood of them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from matcher.blind import PrivateReader, Veil
from matcher.certificates import CertificateBook
from matcher.documents import Limits, read_document, read_posts
from matcher.errors import MatcherError
from matcher.profile import ProfileBuilder
from matcher.proof import ProofReader
from matcher.reading.facts.education import EducationReader
from matcher.reading.instructions import InstructionFilter
from matcher.reading.kinds import KindTeller
from matcher.reading.reader import Reader
from matcher.reading.titles import TitleReader
from matcher.records import Claim, Document, Kind, Line, Profile, Reading, Role
from matcher.role import RoleBuilder
from matcher.role_file import builtin_roles, load_role, node_to_data
from matcher.scoring.features import Feature
from matcher.scoring.model import load_terms
from matcher.taxonomy import Taxonomy
from matcher.versions import versions
from matcher.work import WorkReader

__all__ = ["Engine", "Limits", "builtin_roles"]

_ROLE_FILES = (".yaml", ".yml")
_STDIN = "-"
_ROLE_TITLE = re.compile(r"^[{\s]*[\"']?title[\"']?\s*:", re.MULTILINE)
_ROLE_TREE = re.compile(
    r"(?:^|[,{]\s*)[\"']?requirements[\"']?[ \t]*:[ \t]*(?:#.*)?\s*[{]?\s*[\"']?(?:all|any|kind)[\"']?[ \t]*:", re.MULTILINE
)
"""Prose may have lines "title:" and "requirements:" too, but no tree beneath."""
_FIRST = "Call center agent, 2 years of experience required"
"""A text that most of what looks for something looks into."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A reading and the record made from it."""

    reading: Reading
    record: Profile | Role


class Engine:
    """Reads resumes and job posts; costs about a second to build, so build it once in a process."""

    def __init__(self, overlay: Path | None = None, reader: Reader | None = None) -> None:
        self._reader = reader or Reader(overlay)
        self.taxonomy: Taxonomy = self._reader.taxonomy
        self._titles = TitleReader(self.taxonomy.rules)
        self._kinds = KindTeller(self.taxonomy.rules)
        self._instructions = InstructionFilter(self.taxonomy.rules)
        labels = " ".join(surface for surface, _ in self.taxonomy.plain_labels())
        self._joined = frozenset(labels.casefold().split()).union(self.taxonomy.rules.get("spelling", {}).get("joined", ()))

    @cached_property
    def _profiles(self) -> ProfileBuilder:
        """What only resumes need."""
        words = frozenset(load_terms())
        return ProfileBuilder(
            self.taxonomy,
            self._titles,
            EducationReader(self.taxonomy.rules),
            words,
            ProofReader(self.taxonomy),
            CertificateBook(self.taxonomy),
            WorkReader(self.taxonomy),
            PrivateReader(self.taxonomy.rules, self._titles, words),
        )

    @cached_property
    def _roles(self) -> RoleBuilder:
        """What only job posts need."""
        return RoleBuilder(self.taxonomy, self._titles)

    @cached_property
    def _versions(self) -> dict[str, str]:
        return versions(self.taxonomy)

    def prepare(self) -> None:
        """Make what the first resume and the first post would wait for: of use before the process is copied for each worker."""
        for kind in Kind:
            self._understand(Document("", "", _FIRST, (Line(0, len(_FIRST)),)), kind, "document")

    def read_resume(self, data: bytes, source: str, *, as_of: str = "today", limits: Limits | None = None) -> Profile:
        """The profile of a resume's bytes; `as_of` is "today", "document" or a date. Raises MatcherError."""
        return self._profiles.build(self._read(self.document(data, source, limits), Kind.RESUME), as_of)

    def read_roles(self, data: bytes, source: str, *, limits: Limits | None = None) -> tuple[Role | MatcherError, ...]:
        """The roles of a job file: one for a post, one for each post of a file that holds several as data.

        Those are `.jsonl`, JSON-LD and web pages with JobPostings; a bad line or post is its error. Standard input ("-") has
        no ending: its content tells. Raises MatcherError.
        """
        if _is_role_file(data, source):
            return (load_role(data, source, self.taxonomy, tuple(Feature)),)
        return tuple(self._role(document) for document in self._documents(data, source, Kind.JOB, limits)[1])

    def _role(self, document: Document | MatcherError) -> Role | MatcherError:
        return document if isinstance(document, MatcherError) else self._roles.build(self._read(document, Kind.JOB))

    def _read(self, document: Document, kind: Kind) -> Reading:
        reading = self._reader.read(document, kind)
        doubt = self._kinds.mistaken(document.text, kind)
        return replace(reading, warnings=(*reading.warnings, doubt)) if doubt else reading

    def _documents(
        self, data: bytes, source: str, kind: Kind | None, limits: Limits | None
    ) -> tuple[Kind | None, Iterator[Document | MatcherError]]:
        """The documents in a file and what they are: job posts where the file holds posts as data, else what `kind` says."""
        bounds = limits or Limits()
        posts = read_posts(data, source, limits=bounds, keep_joined=self._joined, pages=kind is not Kind.RESUME)
        if posts is not None:
            return Kind.JOB, (self._cleaned(document) for _, document in posts)
        return kind, iter((self.document(data, source, limits),))

    def _cleaned(self, item: Document | MatcherError) -> Document | MatcherError:
        return item if isinstance(item, MatcherError) else self._instructions.cleaned(item)

    def document(self, data: bytes, source: str, limits: Limits | None = None) -> Document:
        """The text of a file and where its characters stand, less what is aimed at a machine. Raises MatcherError."""
        return self._instructions.cleaned(read_document(data, source, limits=limits or Limits(), keep_joined=self._joined))

    def plain(self, data: bytes, source: str, *, limits: Limits | None = None) -> str:
        """The text that all offsets refer to."""
        return self.document(data, source, limits).text

    def plain_texts(
        self, data: bytes, source: str, kind: Kind | None = None, *, limits: Limits | None = None, blind: bool = False
    ) -> tuple[dict[str, str] | MatcherError, ...]:
        """The `source` and `text` of what `extract` makes an entry of: the file, or each post that it holds as data.

        `blind`: a resume's text without its owner; `owner` is then the name, and `sha256` tells the file.
        """
        known, found = self._documents(data, source, kind, limits)
        if blind and known is not Kind.JOB:
            return tuple(item if isinstance(item, MatcherError) else self._blind_text(item) for item in found)
        return tuple(item if isinstance(item, MatcherError) else {"source": item.source, "text": item.text} for item in found)

    def _blind_text(self, document: Document) -> dict[str, str]:
        profile = self._profiles.build(self._read(document, Kind.RESUME), "document")
        told = {"source": document.source, "sha256": document.sha256, "owner": profile.facts.contact.name or ""}
        return told | {"text": Veil(profile, document.source).profile.text}

    def extract(
        self,
        data: bytes,
        source: str,
        kind: Kind | None = None,
        *,
        as_of: str = "today",
        limits: Limits | None = None,
        blind: bool = False,
    ) -> tuple[dict[str, Any] | MatcherError, ...]:
        """What was understood of a file, in the form of `extract --format json`; an entry for each post that it holds as data.

        Without `kind` the content tells whether it is a resume or a job post. A bad post is its error. `blind`: nothing of a
        resume tells who its owner is, but `source` and a further `owner`, the name.
        """
        known, found = self._documents(data, source, kind, limits)
        return tuple(item if isinstance(item, MatcherError) else self._entry(item, known, as_of, blind) for item in found)

    def _entry(self, document: Document, kind: Kind | None, as_of: str, blind: bool) -> dict[str, Any]:
        told = kind or (Kind.RESUME if blind else self._kinds.guess(document.text))
        found = self._understand(document, told, as_of)
        if not blind or isinstance(found.record, Role):
            return self.understood(found)
        veiled = Veil(found.record, document.source).profile
        return self.understood(Understood(found.reading, veiled)) | {"owner": found.record.facts.contact.name or ""}

    def _understand(self, document: Document, kind: Kind, as_of: str) -> Understood:
        reading = self._read(document, kind)
        record = self._roles.build(reading) if kind is Kind.JOB else self._profiles.build(reading, as_of)
        return Understood(reading, record)

    def understood(self, found: Understood) -> dict[str, Any]:
        """The contract's JSON for one document."""
        record = found.record
        data: dict[str, Any] = {
            "source": record.source,
            "kind": str(found.reading.kind),
            "sha256": record.sha256,
            "as_of": record.as_of if isinstance(record, Profile) else None,
            "versions": self._versions,
            "skills": [self._skill(claim) for claim in record.claims],
            "ambiguous": [asdict(item) for item in record.ambiguous],
            "facts": self._facts(record),
        }
        if isinstance(record, Role):
            data["families"] = list(record.families)
            data["requirements"] = node_to_data(record.requirements)
        data["warnings"] = [notice.data() for notice in record.warnings]
        return data

    def _skill(self, claim: Claim) -> dict[str, Any]:
        concept = self.taxonomy.concepts[claim.concept]
        shown = [{"text": e.text, "start": e.start, "end": e.end, "page": e.page, "section": e.section} for e in claim.evidence]
        return {
            "concept": concept.id,
            "label": concept.label,
            "type": concept.type,
            "stance": str(claim.stance),
            "score": claim.score,
            "months": claim.months,
            "last_used": claim.last_used,
            "proof": claim.proof or None,
            "results": [asdict(result) for result in claim.results],
            "evidence": shown,
        }

    def _facts(self, record: Profile | Role) -> dict[str, Any]:
        facts = asdict(record.facts)
        if isinstance(record, Profile):
            names = ("family", "channel", "line_of_business")
            facts["months_by"] = {name: dict(facts.pop(f"months_by_{name}")) for name in names}
            for job in facts["jobs"]:
                for name in ("begin", "stop", "title_start", "printed", "page", "contact"):
                    del job[name]
                job["title"] = job["title"] or None
        else:
            for certificate in facts["certifications"]:
                for name in ("label", "expires"):
                    del certificate[name]
        return facts


def _is_role_file(data: bytes, source: str) -> bool:
    """Whether a file is a role file: by its ending, or, on standard input, by what it holds."""
    if source != _STDIN:
        return PurePath(source).suffix.lower() in _ROLE_FILES
    text = data.decode("utf-8", "replace")
    return _ROLE_TITLE.search(text) is not None and _ROLE_TREE.search(text) is not None
