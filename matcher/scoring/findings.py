"""The conditions of a role for one pair, in words: what is met, what is not, what is not known and how to ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from matcher.records import EQUIVALENT, NO_EXPERIENCE, AllOf, Evidence, Requirement
from matcher.scoring.answered import ANSWERED, answer_to, verdict
from matcher.scoring.credit import CreditRules, short
from matcher.scoring.limits import TOP_BAND
from matcher.scoring.musts import CLOSE, MET, OPEN, Judged, State, cap_of, state_of
from matcher.scoring.pair import Pair
from matcher.scoring.shortfall import post_line
from matcher.scoring.views import ProfileView

BETWEEN = "; "
"""Stands between what a resume shows of several alternatives."""
_MOST_NAMES = 20_000
"""Requirements whose names are kept, the oldest given up first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition judged: the best band it allows, how it is named to a recruiter, what to ask where it is open.

    `shown` is what the resume shows of it; `kinds` are those of its requirements, of every alternative; `evidence` is the
    resume's, then the post's.
    """

    state: State
    label: str
    cap: int = TOP_BAND
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    shown: str = ""
    kinds: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """What is asked for, and what is shown of it."""
        return f"{self.label}: {self.shown}" if self.shown else self.label


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a condition: its name, what to ask, and the resume's own words."""

    label: str
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    shown: str = ""


class Teller:
    """Finds the words for judged conditions; those of a requirement by itself are found once."""

    def __init__(self, rules: CreditRules) -> None:
        self.rules = rules
        self._names: dict[int, tuple[Requirement, str]] = {}

    def forget(self) -> None:
        """Let go of the requirements that were named."""
        self._names.clear()

    def name(self, judged: Judged) -> str:
        """What a condition asks for, in words and whatever a resume shows of it."""
        return self._named(judged.node) if isinstance(judged.node, Requirement) else self._several(judged)

    def _several(self, judged: Judged) -> str:
        shown = [part for part in judged.parts if getattr(part.node, "value", None) != NO_EXPERIENCE] or judged.parts
        between = " and " if isinstance(judged.node, AllOf) else " or "
        return between.join(dict.fromkeys(self.name(part) for part in shown))

    def tell(self, judged: Judged, row: int, pair: Pair) -> Finding:
        """The finding for the profile in a row."""
        leaf = judged.node
        if isinstance(leaf, Requirement):
            here = int(judged.standings[row])
            state = state_of(here)
            words = self._words(judged, leaf, row, pair)
            if pair.resume.profile.answers:
                words = self._sourced(words, state, leaf, pair.resume)
            lines = (*words.evidence, *post_line(leaf, pair.role))
            return Finding(state, words.label, cap_of(here), words.question, lines, words.shown, _kind(leaf.kind))
        parts = [(int(part.standings[row]), self.tell(part, row, pair)) for part in judged.parts]
        if isinstance(judged.node, AllOf):
            return min(parts, key=lambda part: part[0])[1]
        best = max(parts, key=lambda part: part[0])[1]
        if len(parts) == 1:
            return best if best.state is State.MET else replace(best, label=self.name(judged))
        kinds = frozenset().union(*(finding.kinds for _, finding in parts))
        if best.state is State.MET:
            return replace(best, kinds=kinds)
        shown = BETWEEN.join(dict.fromkeys(finding.shown for _, finding in parts if finding.shown))
        lines = tuple(dict.fromkeys(line for _, finding in parts for line in finding.evidence))
        return Finding(best.state, self.name(judged), best.cap, best.question, lines, shown, kinds)

    def _sourced(self, words: Words, state: State, leaf: Requirement, resume: ProfileView) -> Words:
        """The words with the answer from elsewhere that settles a condition; what is known is asked no more."""
        answers = resume.profile.answers
        if leaf.kind in ANSWERED:
            found = verdict(leaf, answers, self.rules.taxonomy.rules)
            source = found[1] if found else None
        else:
            source = answer_to(leaf, self.rules.name(leaf), answers)
        if source is None:
            return words
        return replace(words, shown=source.shown, question=words.question if state is State.UNKNOWN else "")

    def _words(self, judged: Judged, leaf: Requirement, row: int, pair: Pair) -> Words:
        here = int(judged.standings[row])
        if leaf.value == EQUIVALENT:
            return self._equivalent(leaf)
        if leaf.kind == "skill":
            return self._skill(leaf, pair)
        if leaf.kind == "experience":
            return self._experience(judged, leaf, row)
        tellers = {
            "education": self._education,
            "certification": self._certification,
            "language": self._language,
            "typing": self._typing,
        }
        return tellers[leaf.kind](leaf, here, pair.resume) if leaf.kind in tellers else self._asked(leaf)

    def _experience(self, judged: Judged, leaf: Requirement, row: int) -> Words:
        floor, here, months = leaf.min_months or 0, int(judged.standings[row]), judged.months
        label = self._named(leaf)
        if here == MET or months is None:
            return Words(label, shown=f"{_months(int(months.sure[row]))} shown" if floor and months else "")
        if here == OPEN or (state_of(here) is State.UNKNOWN and leaf.concepts and months.unsaid[row] >= floor):
            return Words(label, self._field_question(leaf, floor))
        if state_of(here) is State.UNKNOWN:
            return Words(label, self._question("experience", floor=floor))
        total, possible = int(months.total[row]), int(months.possible[row])
        if total >= floor:
            return Words(label, shown=f"{_months(possible)} shown there, {total} in all")
        return Words(label, shown=f"{_months(total)} in such jobs shown")

    def _equivalent(self, leaf: Requirement) -> Words:
        """Something as good is taken instead: a resume does not say what would count, a person asks."""
        label = self._named(leaf)
        if leaf.kind == "experience":
            return Words(label, self._question("equivalent_experience", text=short(leaf.text)))
        return Words(label, self._question("equivalent", name=self._equal_to(leaf)))

    def _field(self, leaf: Requirement) -> str:
        """What experience is asked for in: the post's words, and the work itself where they share no word with its name."""
        text, work = short(leaf.text), self.rules.label(leaf.concepts)
        return text if set(text.casefold().split()) & set(work.casefold().split()) else ", ".join(filter(None, (text, work)))

    def _field_question(self, leaf: Requirement, floor: int) -> str:
        """By the name of the work or the tool where nothing else narrows the field, else in the post's words."""
        if not leaf.concepts or leaf.lines_of_business or leaf.channels or leaf.market:
            return self._question("experience_field", text=self._field(leaf) or "the field of the post", floor=floor)
        tools = all(self.rules.taxonomy.concepts[concept].type == "tool" for concept in leaf.concepts)
        key = "experience_tool" if tools else "experience_work"
        return self._question(key, name=self.rules.label(leaf.concepts), floor=floor)

    def _equal_to(self, leaf: Requirement) -> str:
        return (leaf.min_level or "").replace("_", " ") if leaf.kind == "education" else self.rules.name(leaf)

    def _education(self, leaf: Requirement, here: int, resume: ProfileView) -> Words:
        label = self._named(leaf)
        if here == OPEN:
            return Words(label, self._question("education", level=_schooling(leaf)))
        return Words(label, shown=f"{resume.profile.facts.education.replace('_', ' ')} shown")

    def _certification(self, leaf: Requirement, here: int, resume: ProfileView) -> Words:
        name, label = self.rules.name(leaf), self._named(leaf)
        credit = resume.held.get(leaf.concept or "")
        if credit and credit.claim:
            return Words(label, evidence=credit.claim.evidence[:1], shown="in progress" if here == CLOSE else "")
        if leaf.concept is None:
            return Words(label, self._question("certificate_unclear", text=short(leaf.text or label)))
        return Words(label, self._question("certification", name=name))

    def _language(self, leaf: Requirement, here: int, resume: ProfileView) -> Words:
        name, label = self.rules.name(leaf), self._named(leaf)
        if here == MET:
            level = next((own.level for own in resume.profile.facts.languages if own.name.casefold() == name.casefold()), None)
            credit = resume.held.get(leaf.concept or "")
            return Words(label, evidence=credit.claim.evidence[:1] if credit and credit.claim else (), shown=level or "")
        if name.casefold() == "english" and not leaf.min_level:
            return Words(label, self._question("spoken_english"))
        measured = any(character.isdecimal() for character in leaf.min_level or "")
        return Words(label, self._question("language_level" if measured else "language", name=name, level=leaf.min_level))

    def _typing(self, leaf: Requirement, here: int, resume: ProfileView) -> Words:
        floor, wpm = int(leaf.value or 0), resume.profile.facts.typing_wpm
        label = self._named(leaf)
        if wpm is None:
            return Words(label, self._question("typing_level" if leaf.min_level else "typing", floor=floor, level=leaf.min_level))
        return Words(label, shown=f"{wpm} wpm shown")

    def _skill(self, leaf: Requirement, pair: Pair) -> Words:
        concept = self.rules.taxonomy.concepts.get(leaf.concept or "")
        if concept is None or concept.type == "work-cond":
            return self._asked(leaf)
        claim = pair.answer(concept.id).claim
        return Words(self._named(leaf), evidence=claim.evidence[:1] if claim else ())

    def _asked(self, leaf: Requirement) -> Words:
        """A condition that resumes do not print: never counted, always asked."""
        table = self.rules.questions.get(leaf.kind)
        keys = (f"{leaf.value}_level", leaf.value, "other_level", "other") if leaf.min_level else (leaf.value, "other")
        known = next((table[key] for key in keys if key in table), None) if isinstance(table, dict) else None
        text = short(leaf.text) or _condition(leaf)
        told = known.format(name=leaf.value, level=leaf.min_level, text=text) if known else self._question("other", text=text)
        return Words(self._named(leaf), told)

    def _named(self, leaf: Requirement) -> str:
        """What a leaf asks for."""
        found = self._names.get(id(leaf))
        if found is None:
            if len(self._names) >= _MOST_NAMES:
                self._names.pop(next(iter(self._names)), None)
            found = self._names[id(leaf)] = leaf, self._name(leaf)  # it holds the leaf, so that its id stays its own
        return found[1]

    def _name(self, leaf: Requirement) -> str:
        if leaf.value == EQUIVALENT:
            return (
                short(leaf.text) or "equivalent experience"
                if leaf.kind == "experience"
                else f"an equivalent of {self._equal_to(leaf)}"
            )
        concept = self.rules.taxonomy.concepts.get(leaf.concept or "")
        if leaf.kind == "skill" and concept and concept.type != "work-cond":
            return concept.label
        names: dict[str, Callable[[], str]] = {
            "experience": lambda: (
                (f"{leaf.min_months} months of experience" if leaf.min_months else "experience")
                + (f" ({field})" if (field := self._field(leaf)) else "")
            ),
            "education": lambda: f"education: {_schooling(leaf)}",
            "certification": lambda: f"certificate: {self.rules.name(leaf)}",
            "language": lambda: f"language: {self.rules.name(leaf)}" + (f" {leaf.min_level}" if leaf.min_level else ""),
            "typing": lambda: f"typing speed: {int(leaf.value or 0)} wpm",
        }
        if leaf.kind in names:
            return names[leaf.kind]()
        return f"{_condition(leaf)} {leaf.min_level}" if leaf.min_level else _condition(leaf)

    def _question(self, key: str, /, **values: object) -> str:
        """The wording of `taxonomy/questions.toml`."""
        return str(self.rules.questions[key]).format(**values)


@cache
def _kind(kind: str) -> frozenset[str]:
    return frozenset({kind})


def _schooling(leaf: Requirement) -> str:
    return (leaf.min_level or leaf.value or "none").replace("_", " ")


def _condition(leaf: Requirement) -> str:
    kind = leaf.kind.replace("_", " ")
    return f"{kind}: {leaf.value}" if leaf.value else short(leaf.text) or kind


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
