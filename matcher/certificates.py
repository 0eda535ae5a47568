"""The certificates of a resume, each once: mentions of known ones and the lines that name others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matcher.reading.facts.certificates import CertificateReader, OwnedCertificates
from matcher.records import Certification, Fact, Mention, Month, Reading, Stance
from matcher.taxonomy import Taxonomy

_STATUS_OF = {Stance.HELD: "held", Stance.LEARNING: "in progress"}
_PHRASE_END = re.compile(r"[.,;|•\n]")
_BESIDE = 40
"""Characters behind a name in which its own phrase may say how it stands ("CPC - pursuing")."""
_BEST = ("held", "in progress", "expired")


class CertificateBook:
    """Built from a taxonomy: which concepts are certificates, and which are kinds of others."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._lines = CertificateReader(taxonomy.rules)
        self._owned = OwnedCertificates(taxonomy.rules)

    def shown(self, reading: Reading, lines: Sequence[Fact], moment: Month | None) -> tuple[Certification, ...]:
        """Certificates by concept, then those of the lines in which no concept was found; expired ones by `moment` say so."""
        known = self._known(reading, lines)
        found: dict[str | tuple[str, ...], Certification] = {}
        listed: set[str] = set()
        stood = [(mention, next((f for f in lines if _holds(f, mention)), None)) for mention in known]
        # What a line of certificates says of one, its name too, goes before what stands elsewhere.
        for mention, line in sorted(stood, key=lambda place: place[1] is None):
            one = self._certificate(mention, line, reading.document.text)
            at = found.setdefault(mention.concept, one)
            if line:
                listed.add(mention.concept)
                found[mention.concept] = _better(at, one)
            elif mention.concept not in listed:
                found[mention.concept] = replace(at, name=max(at.name, one.name, key=len))
        for line in lines:
            if not any(_holds(line, mention) for mention in known):
                name = str(line.value["name"])
                found.setdefault(self._lines.key(name), Certification(name, None, _text(line, "status"), expires=_ends(line)))
        return tuple(_aged(one, moment) for one in self._narrowest(found.values()))

    def _known(self, reading: Reading, lines: Sequence[Fact]) -> list[Mention]:
        """Mentions of the owner's certificates; of one inside another ("CPA" in "CPA candidate") only the longer.

        One that has expired is claimed no more and is told all the same.
        """
        text, over = reading.document.text, [line for line in lines if line.value["status"] == "expired"]
        some = [m for m in reading.mentions if self._taxonomy.concepts[m.concept].type == "certification"]
        some = [m for m in some if m.stance in _STATUS_OF or any(_holds(line, m) for line in over)]
        some = [m for m in some if not any(_within(line, "stop", m, "below") for line in lines)]
        mine = [m for m in some if self._owned.owned(text, (m.start, m.end), m.section)]
        return [m for m in mine if not any(_inside(m, other) for other in mine)]

    def _certificate(self, mention: Mention, line: Fact | None, text: str) -> Certification:
        name = " ".join(mention.text.split())
        status = _STATUS_OF.get(mention.stance, "expired")
        if status == "held":
            after = _PHRASE_END.split(text[mention.end : mention.end + _BESIDE], maxsplit=1)[0]
            status = (_text(line, "status") if line else None) or self._lines.status(name + after)
        label = self._taxonomy.concepts[mention.concept].label
        return Certification(name, mention.concept, status, label=label, expires=_ends(line) if line else None)

    def _narrowest(self, found: Iterable[Certification]) -> list[Certification]:
        """Without those that only name the kind of another one."""
        kept = list(found)
        above = {parent for one in kept if one.concept for parent in self._taxonomy.ancestors(one.concept)}
        return [one for one in kept if one.concept not in above]


def _holds(line: Fact, mention: Mention) -> bool:
    return _within(line, "begin", mention, "stop")


def _within(line: Fact, start: str, mention: Mention, end: str) -> bool:
    return int(line.value[start] or 0) <= mention.start < int(line.value[end] or 0)


def _inside(mention: Mention, other: Mention) -> bool:
    longer = other.end - other.start > mention.end - mention.start
    return longer and other.start <= mention.start and mention.end <= other.end


def _better(one: Certification, other: Certification) -> Certification:
    """The better status of two printings, the longer name, and the later end."""
    best = min(one, other, key=lambda c: _BEST.index(c.status or "expired"))
    name = max(one.name, other.name, key=len)
    return replace(best, name=name, expires=max(one.expires or "", other.expires or "") or None)


def _aged(one: Certification, moment: Month | None) -> Certification:
    over = one.status == "held" and one.expires and moment is not None and Month.parse(one.expires) < moment
    return replace(one, status="expired") if over else one


def _ends(line: Fact) -> str | None:
    return _text(line, "expires")


def _text(line: Fact, key: str) -> str | None:
    value = line.value.get(key)
    return None if value is None else str(value)
