"""From the lines of sheets to profiles: whom a line is about, and what becomes known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from matcher.answers.cells import CONSENT, Said
from matcher.answers.sheet import Line, Sheet
from matcher.records import Answer, Certification, Claim, Language, Notice, Profile, ResumeFacts, Stance

_FEWEST_DIGITS, _DIGITS = 7, 10
_MOST_ROWS = 8
_PRINTED = {"typing_wpm": "words a minute"}


@dataclass(frozen=True, slots=True)
class Answered:
    """Profiles with what sheets say of them, in the order in which they were given; how many, and what could not be used."""

    profiles: tuple[Profile, ...]
    people: int
    problems: tuple[str, ...]


def answered(profiles: Sequence[Profile], sheets: Iterable[Sheet]) -> Answered:
    """Put what sheets say into the profiles; of two rows about a person the later one holds."""
    found = list(profiles)
    known = _Index(profiles)
    problems: list[str] = []
    met: dict[int, str] = {}
    for sheet in sheets:
        problems += sheet.problems
        strangers: dict[int, str] = {}
        before = len(met)
        for line in sheet.lines:
            source = f"{sheet.name} row {line.row}"
            places = known.places(line.who)
            problem = _problem(places, line, source, len({profiles[place].sha256 for place in places or ()}))
            if line.who and places is not None and not places:
                strangers[line.row] = problem
            elif problem:
                problems.append(problem)
            for place in () if problem or not line.said else places or ():
                if place in met:
                    problems.append(f"{source}: is about the same resume as {met[place]}; where both speak, this one holds")
                met[place] = source
                found[place] = _with(found[place], line.said, source)
        if not (len(profiles) == 1 and len(met) > before):  # rows about others than the one who is looked at are no mistake
            problems += _nobody(sheet.name, strangers)
    return Answered(tuple(found), len({profiles[place].sha256 for place in met}), tuple(problems))


def _nobody(name: str, strangers: Mapping[int, str]) -> list[str]:
    """The rows about nobody of this run; many are told in one line, since a form may hold those of former weeks."""
    if len(strangers) <= 1:
        return list(strangers.values())
    rows = ", ".join(map(str, list(strangers)[:_MOST_ROWS]))
    more = f" and {len(strangers) - _MOST_ROWS} more" if len(strangers) > _MOST_ROWS else ""
    told = "check their e-mail, phone or file if they should be"
    return [f"{name}: {len(strangers)} rows are about nobody of this run (rows {rows}{more}); {told}"]


def _problem(places: Sequence[int] | None, line: Line, source: str, resumes: int) -> str:
    """Why a line cannot be used, and what to do; "" where it can."""
    if not line.who:
        return f"{source}: does not say whom it is about; fill in the e-mail, the phone or the file" if line.said else ""
    told = " and ".join(_WORDS[kind] for kind in line.who)
    if places is None:
        return f"{source}: {told} belong to different resumes; correct one, or leave it empty"
    if not places:
        return f"{source}: no resume of this run has this {told}; check it, or name the resume's file in a column “file”"
    if resumes > 1:
        return f"{source}: {resumes} resumes of this run have this {told}; name one of their files in a column “file”"
    return ""


_WORDS = {"email": "e-mail", "phone": "phone number", "file": "file name"}


class _Index:
    """Whose an address, a number or a file is."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._found: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in _WORDS}
        self._whole: dict[str, list[int]] = defaultdict(list)
        for place, profile in enumerate(profiles):
            contact = profile.facts.contact
            for email in contact.emails:
                self._found["email"][email.strip().casefold()].append(place)
            for phone in contact.phones:
                self._found["phone"][_digits(phone)].append(place)
            for name in _names(profile.source):
                self._found["file"][name].append(place)
            self._whole[_names(profile.source)[0]].append(place)

    def places(self, who: Mapping[str, str]) -> Sequence[int] | None:
        """Whom a line is about: none, or all copies of one resume; None where what it says points to different ones."""
        hits = [set(self._found[kind].get(_key(kind, text), ())) or self._outside(kind, text) for kind, text in who.items()]
        hits = [places for places in hits if places]
        both = set.intersection(*hits) if hits else set()
        return None if hits and not both else sorted(both)

    def _outside(self, kind: str, text: str) -> set[int]:
        """Whom a path is about that begins above the folder that was given."""
        path = PurePosixPath(_names(text)[0]) if kind == "file" else None
        parts = path.parts[1:] if path else ()
        whole = ("/".join(parts[at:]) for at in range(len(parts)))
        return next((set(self._whole[one]) for one in whole if one in self._whole), set())


def _key(kind: str, text: str) -> str:
    """What an index has for a cell."""
    return _digits(text) if kind == "phone" else _names(text)[0] if kind == "file" else text.strip().casefold()


def _names(source: str) -> list[str]:
    """The names by which people call a file: with its folders or some of them, without, and without its ending."""
    path = PurePosixPath(source.strip().casefold().replace("\\", "/"))
    below = ["/".join(path.parts[at:]) for at in range(1, len(path.parts) - 1)]
    return list(dict.fromkeys((str(path), *below, path.name, path.stem)))


def _digits(phone: str) -> str:
    """The last figures of a number: what stands before them differs by how it is dialled."""
    digits = "".join(c for c in phone if c.isdigit())[-_DIGITS:].lstrip("0")
    return digits if len(digits) >= _FEWEST_DIGITS else "no number"


# ------------------------------------------------------------------------------------------------------------ into a profile


def _with(profile: Profile, said: Sequence[Said], source: str) -> Profile:
    answers = tuple(answer for one in said for answer in one.answers)
    given = {(answer.kind, answer.value.casefold()) for answer in answers}
    kept = tuple(answer for answer in profile.answers if (answer.kind, answer.value.casefold()) not in given)
    values = {name: value for one in said for name, value in one.facts}
    notices = [*_contradicted(profile.facts, values, source), *_refused(answers)]
    certificates = [certificate for one in said for certificate in one.certificates]
    facts = _filled(profile.facts, values, [language for one in said for language in one.languages], certificates)
    return replace(
        profile,
        facts=facts,
        claims=_claimed(profile.claims, certificates),
        answers=(*kept, *answers),
        warnings=(*profile.warnings, *notices),
    )


def _filled(
    facts: ResumeFacts, values: Mapping[str, Any], languages: Sequence[Language], certificates: Sequence[Certification]
) -> ResumeFacts:
    """A resume's facts with those of the sheet; education only where the resume is silent, a test before what is claimed."""
    known = {name: value for name, value in values.items() if name != "education" or facts.education == "unknown"}
    named = {language.name: language for language in languages}
    held = {certificate.concept or certificate.name for certificate in facts.certifications}
    return replace(
        facts,
        **known,
        languages=(*(one for one in facts.languages if one.name not in named), *named.values()),
        certifications=(*facts.certifications, *(one for one in certificates if (one.concept or one.name) not in held)),
    )


def _claimed(claims: tuple[Claim, ...], certificates: Sequence[Certification]) -> tuple[Claim, ...]:
    """Claims with a certificate that a sheet says is held; it stands in no text, so that it has no quotation."""
    held = {one.concept for one in certificates if one.concept}
    kept = [claim for claim in claims if claim.concept not in held or claim.stance is Stance.HELD]
    known = {claim.concept for claim in kept}
    more = [Claim(concept, Stance.HELD, 1.0, (), proof="certificate") for concept in sorted(held - known)]
    return tuple(sorted([*kept, *more], key=lambda claim: claim.concept))


def _contradicted(facts: ResumeFacts, values: Mapping[str, Any], source: str) -> Iterable[Notice]:
    """Where the sheet says another figure than the resume: the test counts, and a person should know."""
    for name, unit in _PRINTED.items():
        printed, said = getattr(facts, name), values.get(name)
        if printed is not None and said is not None and printed != said:
            yield Notice("answer-differs", f"the resume says {printed} {unit}, {source} says {said}; the latter counts")


def _refused(answers: Iterable[Answer]) -> Iterable[Notice]:
    for answer in answers:
        if answer.kind == CONSENT and answer.met is False:
            yield Notice("no-consent", f"has not consented ({answer.source}): do not use this result before that is settled")
