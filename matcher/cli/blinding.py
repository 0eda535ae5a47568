"""`--blind`: results and messages without the person; outside of it everything passes through as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, cast

from matcher.cli.keyfile import KeyFile, key_beside
from matcher.cli.late import Late
from matcher.cli.placing import whole
from matcher.errors import InputError
from matcher.records import Contact, Fit, Profile
from matcher.report import Placed, Ranking, Trouble

_VEILS = 2000
"""Resumes whose blinded form is held at the same time."""


class Resume(Protocol):
    """A profile, or what stands for it in a project."""

    @property
    def source(self) -> str:
        """The name of its file."""

    @property
    def sha256(self) -> str:
        """Of its file."""


class Sight:
    """What people may see when nothing is hidden: everything."""

    blind = False

    @property
    def key(self) -> Path | None:
        """The file that says who is who; None where there is none."""
        return None

    def enroll(self, resumes: Iterable[Resume]) -> None:
        """Take in the resumes of a run, once all are read."""

    def ranking(self, ranking: Ranking) -> Ranking:
        """A ranking as it may be shown."""
        return ranking

    def placed(self, placed: Placed) -> Placed:
        """A placed fit as it may be shown."""
        return placed

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """What was understood of a document, as it may be shown."""
        return record

    def resume(self, resume: Resume) -> str:
        """What a resume is called."""
        return resume.source

    def called(self, sha256: str, source: str) -> str:
        """What a resume is called of which only this is at hand."""
        return source

    def source(self, source: str, document: str = "resume") -> str:
        """The name of a file without a result, as it may be shown."""
        return source

    def trouble(self, trouble: Trouble) -> Trouble:
        """A file without a result, as it may be told of."""
        return trouble

    def save(self) -> None:
        """Keep what has to outlive the run."""

    def told(self) -> str:
        """What to say of it in the end; "" = nothing."""
        return ""


class Blind(Sight):
    """Numbers in place of people and of their files; the key says which is which."""

    blind = True

    def __init__(self, key: Path | None) -> None:
        self._key = KeyFile(key)
        self._veils: dict[tuple[str, str], Any] = {}

    @property
    def key(self) -> Path | None:
        """The file that says who is who; None where it is not kept."""
        return self._key.path

    def enroll(self, resumes: Iterable[Resume]) -> None:
        """Give each resume its number, and keep the key before any number is shown."""
        self._key.enroll((one.sha256, one.source, _name(one)) for one in resumes)
        self._key.save()

    def ranking(self, ranking: Ranking) -> Ranking:
        """A ranking in which nobody can be recognised; order and numbers are the same."""
        return Ranking(ranking.role, tuple(map(self.placed, ranking.placed)), ranking.musts)

    def placed(self, placed: Placed) -> Placed:
        """A placed fit under the candidate's number, made when it is looked at."""
        from matcher.blind.veil import veiled_fit

        fit, number = placed.fit, self.resume(placed.fit.profile)
        facts = Late({"contact": Contact(name=number)}, lambda: self._veil(whole(fit).profile).profile.facts)
        profile = Late(
            {"source": number, "sha256": fit.profile.sha256, "facts": facts}, lambda: self._veil(whole(fit).profile).profile
        )
        known = {"profile": profile, "role": fit.role, "logit": fit.logit, "score": fit.score}
        seen = Late(known, lambda: veiled_fit(whole(fit), self._veil(whole(fit).profile)))
        return replace(placed, fit=cast(Fit, seen), note="")  # a note may name the person

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record of a resume, whose text is blind already, under the candidate's number."""
        if record.get("kind") == "job":
            return record
        name = str(record.pop("owner", "") or "")
        self._key.enroll([(record["sha256"], record["source"], name)])
        number = self._key.candidate(record["sha256"], record["source"])
        facts = record.get("facts")
        told = {"facts": facts | {"contact": facts["contact"] | {"name": number}}} if facts else {}
        return record | {"source": number} | told

    def resume(self, resume: Resume) -> str:
        """The candidate's number."""
        return self._key.candidate(resume.sha256, resume.source)

    def called(self, sha256: str, source: str) -> str:
        """The candidate's number, given now if there is none."""
        self._key.enroll([(sha256, source, "")])
        self._key.save()  # before the number is shown
        return self._key.candidate(sha256, source)

    def source(self, source: str, document: str = "resume") -> str:
        """The number of a file; job posts have no owner."""
        return source if document == "job" else self._key.file(source)

    def trouble(self, trouble: Trouble) -> Trouble:
        """A file that could not be read, under its number."""
        number = self.source(trouble.source, trouble.document)
        return replace(trouble, source=number, message=_without(trouble.message, trouble.source, number))

    def save(self) -> None:
        """Write the key."""
        self._key.save()

    def told(self) -> str:
        """Where the key is."""
        if self._key.path is None:
            return "no key was kept of who the candidates are; --key FILE keeps one"
        return f"who the candidates are stands in {self._key.path}: keep it apart from the results"

    def _veil(self, profile: Profile) -> Any:
        from matcher.blind.veil import Veil

        key = (profile.sha256, profile.source)
        if key not in self._veils:
            if len(self._veils) >= _VEILS:
                self._veils.pop(next(iter(self._veils)))
            self._veils[key] = Veil(profile, self.resume(profile))
        return self._veils[key]


def sight(blind: bool, key: Path | None, outs: Sequence[Path] = ()) -> Sight:
    """What a command may show by its options; raises InputError where they do not go together."""
    if not blind:
        if key is not None:
            raise InputError("--key: is for blind runs; give --blind too")
        return Sight()
    place = key or (key_beside(outs[0]) if outs else None)
    if place is not None and place.resolve() in {out.resolve() for out in outs}:
        raise InputError(f"--key {place}: is one of the results; name another file")
    return Blind(place)


def _name(resume: Any) -> str:
    """The name in a profile, or in what stands for it in a project."""
    if isinstance(resume, Profile):
        return resume.facts.contact.name or ""
    return str(resume.name or "")


def _without(message: str, source: str, number: str) -> str:
    """A message that may repeat the name of the file, or its last part."""
    last = source.replace("\\", "/").rsplit("/", 1)[-1]
    for name in (source, last, last.rsplit(".", 1)[0]):
        message = message.replace(name, number) if len(name) > 2 else message
    return message
