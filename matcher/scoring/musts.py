"""The conditions of a role held against a resume: met, unmet or unknown; which band each allows at best, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from matcher.records import CONDITIONS, EQUIVALENT, AllOf, Evidence, Node, Requirement
from matcher.scoring.credit import CreditRules
from matcher.scoring.floors import shown
from matcher.scoring.levels import covers
from matcher.scoring.shortfall import post_line
from matcher.scoring.views import ProfileView, RoleView

_NEARLY = 0.8
"""A floor missed by no more than a fifth is a near miss."""
_TOP_BAND = 3


class State(IntEnum):
    """How a condition stands, worse first, so that the best alternative is the greatest."""

    UNMET = 0
    NEARLY = 1
    UNKNOWN = 2
    MET = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition judged: the best band it allows, how it is named to a recruiter, what to ask where it is open."""

    state: State
    label: str
    cap: int = _TOP_BAND
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MustReader:
    """Judges the required conditions of roles."""

    rules: CreditRules

    def read(self, resume: ProfileView, role: RoleView) -> tuple[Finding, ...]:
        """A finding for each required condition of the role, in the post's order."""
        return tuple(finding for node in role.role.requirements.items for finding in self._judge(node, resume, role))

    def _judge(self, node: Node, resume: ProfileView, role: RoleView) -> Iterator[Finding]:
        if isinstance(node, Requirement):
            if node.need == "required" or node.kind in CONDITIONS:
                one = self._leaf(node, resume, role)
                lines = (*one.evidence, *post_line(node, role.role))
                yield replace(one, evidence=lines, kinds=frozenset({node.kind}))
        elif isinstance(node, AllOf):
            for item in node.items:
                yield from self._judge(item, resume, role)
        else:
            found = [finding for item in node.items for finding in self._option(item, resume, role)]
            if found:
                yield _best(found)

    def _option(self, node: Node, resume: ProfileView, role: RoleView) -> Iterator[Finding]:
        """One alternative as one finding: all of its parts must hold."""
        parts = list(self._judge(node, resume, role))
        if parts:
            yield min(parts, key=lambda finding: (finding.cap, finding.state))

    def _leaf(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        if leaf.value == EQUIVALENT:
            return self._equivalent(leaf)
        judge = {
            "experience": self._experience,
            "education": self._education,
            "certification": self._certification,
            "language": self._language,
            "typing": self._typing,
            "skill": self._skill,
        }.get(leaf.kind)
        return judge(leaf, resume, role) if judge else self._ask(leaf)

    def _experience(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        floor = leaf.min_months or 0
        label = f"{floor} months of experience" + (f" ({_short(leaf.text)})" if leaf.text else "")
        if not floor:
            return Finding(State.MET, label)
        found = shown(leaf, resume, role)
        if found.sure >= floor:
            return Finding(State.MET, label)
        if found.possible >= floor:
            question = self._question("experience_field", text=_short(leaf.text) or "the field of the post", floor=floor)
            return Finding(State.UNKNOWN, label, _TOP_BAND, question)
        undated = not any(job.months for job in resume.profile.facts.jobs)
        if undated or any(job.months is None or (job.open and resume.profile.lower_bound) for job in found.jobs):
            return Finding(State.UNKNOWN, label, 2, self._question("experience", floor=floor))
        if found.total >= floor:
            return Finding(State.NEARLY, f"{label}: {found.possible} shown there, {found.total} in all", 2)
        if found.total >= floor * _NEARLY:
            return Finding(State.NEARLY, f"{label}: {found.total} shown", 2)
        return Finding(State.UNMET, f"{label}: {found.total} shown", 1)

    def _equivalent(self, leaf: Requirement) -> Finding:
        """Something as good is taken instead: a resume does not say what would count, a person asks."""
        if leaf.kind == "experience":
            question = self._question("equivalent_experience", text=_short(leaf.text))
            return Finding(State.UNKNOWN, _short(leaf.text) or "equivalent experience", _TOP_BAND, question)
        name = (leaf.min_level or "").replace("_", " ") if leaf.kind == "education" else _name(leaf, self.rules)
        cap = _TOP_BAND if leaf.kind == "skill" else 2
        return Finding(State.UNKNOWN, f"an equivalent of {name}", cap, self._question("equivalent", name=name))

    def _education(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        order: Sequence[str] = self.rules.taxonomy.rules["education"]["order"]
        wanted, stated = leaf.min_level or leaf.value or "none", resume.profile.facts.education
        label = f"education: {wanted.replace('_', ' ')}"
        if wanted not in order or stated == "unknown":
            return Finding(State.UNKNOWN, label, _TOP_BAND, self._question("education", level=wanted.replace("_", " ")))
        if order.index(stated) >= order.index(wanted):
            return Finding(State.MET, label)
        near = order.index(wanted) - order.index(stated) == 1
        return Finding(State.NEARLY if near else State.UNMET, f"{label}: {stated.replace('_', ' ')} shown", 2 if near else 1)

    def _certification(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        label = f"certificate: {_name(leaf, self.rules)}"
        concept = leaf.concept or ""
        credit = resume.held.get(concept) or (self.rules.answer(concept, resume.held) if concept else None)
        if credit and credit.claim and credit.relation in {"", "narrower"}:
            if credit.claim.stance == "learning":
                return Finding(State.NEARLY, f"{label}: in progress", 2, evidence=credit.claim.evidence[:1])
            return Finding(State.MET, label, evidence=credit.claim.evidence[:1])
        if leaf.concept is None:
            return Finding(State.UNKNOWN, label, 2, self._question("certificate_unclear", text=_short(leaf.text or label)))
        return Finding(State.UNMET, label, 1, self._question("certification", name=_name(leaf, self.rules)))

    def _language(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        name = leaf.value or _name(leaf, self.rules)
        label = f"language: {name}" + (f" {leaf.min_level}" if leaf.min_level else "")
        stated = {language.name.casefold(): language.level for language in resume.profile.facts.languages}
        known = name.casefold() in stated or leaf.concept in resume.held
        if known and (not leaf.min_level or covers(self.rules.ladder, stated.get(name.casefold()), leaf.min_level)):
            return Finding(State.MET, label)
        if name.casefold() == "english" and not leaf.min_level:
            return Finding(State.UNKNOWN, label, _TOP_BAND, self._question("spoken_english"))
        cap = _TOP_BAND if known or name.casefold() == "english" else 2
        measured = any(character.isdecimal() for character in leaf.min_level or "")
        question = self._question("language_level" if measured else "language", name=name, level=leaf.min_level)
        return Finding(State.UNKNOWN, label, cap, question)

    def _typing(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        wpm, floor = resume.profile.facts.typing_wpm, int(leaf.value or 0)
        label = f"typing speed: {floor} wpm"
        if wpm is None:
            key = "typing_level" if leaf.min_level else "typing"
            return Finding(State.UNKNOWN, label, 2, self._question(key, floor=floor, level=leaf.min_level))
        return Finding(State.MET, label) if wpm >= floor else Finding(State.UNMET, f"{label}: {wpm} shown", 1)

    def _skill(self, leaf: Requirement, resume: ProfileView, role: RoleView) -> Finding:
        """A skill never caps a band; one that separates candidates and is not shown is listed."""
        concept = self.rules.taxonomy.concepts.get(leaf.concept or "")
        label = concept.label if concept else _short(leaf.text)
        if concept is None or concept.type == "work-cond":
            return self._ask(leaf)
        credit = self.rules.answer(concept.id, resume.held)
        if credit.claim or concept.separates == "low":
            return Finding(State.MET, label, evidence=credit.claim.evidence[:1] if credit.claim else ())
        return Finding(State.UNMET, label)

    def _ask(self, leaf: Requirement) -> Finding:
        """A condition that resumes do not print: never counted, always asked."""
        kind = leaf.kind.replace("_", " ")
        what = f"{kind}: {leaf.value}" if leaf.value else _short(leaf.text) or kind
        label = f"{what} {leaf.min_level}" if leaf.min_level else what
        table = self.rules.questions.get(leaf.kind)
        keys = (f"{leaf.value}_level", leaf.value, "other_level", "other") if leaf.min_level else (leaf.value, "other")
        known = next((table[key] for key in keys if key in table), None) if isinstance(table, dict) else None
        text = _short(leaf.text) or what
        told = known.format(name=leaf.value, level=leaf.min_level, text=text) if known else self._question("other", text=text)
        return Finding(State.UNKNOWN, label, _TOP_BAND, told)

    def _question(self, key: str, /, **values: object) -> str:
        """The wording of `taxonomy/questions.toml`."""
        return str(self.rules.questions[key]).format(**values)


def field_months(resume: ProfileView, role: RoleView) -> int:
    """Months of dated jobs in the role's field, each month once."""
    return shown(Requirement("experience", "required"), resume, role).total


def _best(findings: Sequence[Finding]) -> Finding:
    best = max(findings, key=lambda finding: (finding.cap, finding.state))
    if best.state is State.MET or len(findings) == 1:
        return best
    label = " or ".join(dict.fromkeys(finding.label for finding in findings))
    lines = tuple(dict.fromkeys(line for finding in findings for line in finding.evidence))
    return Finding(best.state, label, best.cap, best.question, lines, frozenset().union(*(f.kinds for f in findings)))


def _name(leaf: Requirement, rules: CreditRules) -> str:
    concept = rules.taxonomy.concepts.get(leaf.concept or "")
    return concept.label if concept else (leaf.value or _short(leaf.text))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + "..."
