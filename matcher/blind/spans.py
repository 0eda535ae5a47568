"""Where a resume tells who its owner is: what the readers of personal data found, and what only blind mode looks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.blind.names import NameFinder
from matcher.reading.facts.cities import CityReader
from matcher.reading.facts.contact import EMAIL
from matcher.reading.facts.datepoints import alternatives
from matcher.reading.titles import TitleReader
from matcher.records import OF_THE_PERSON, Private, Reading

_PHONE = re.compile(
    r"(?<![\w.,$#/-])(?:(?:\+|00)\d{1,3}[\s.-]{0,2}(?:\(?\d{1,5}\)?[\s.-]{0,2}){2,4}\d{2,5}"
    r"|(?:\(\d{3}\)[ .-]{0,3}|\d{3}[ .-]{1,3})\d{3}[ .-]{1,3}\d{4}"
    r"|0\d{2,4}[ .-]?\d{3,4}[ .-]?\d{3,4}|[6-9]\d{9})(?![\w%]|[.,]\d)"
)
_YEAR = re.compile(r"(?:(?<![\w$.,-])|(?<=[a-z]))(?:19|20)\d\d(?!\w)")
_FEWEST_DIGITS = 9
_TOKEN = re.compile(r"[^\W_]+")
_LINKED = re.compile(r"\w[./]\w+/|://|www\.|\.(?:com|me|io|net|org)\b", re.IGNORECASE)
_CELL = re.compile(r"[^|\t;•·\n]+?(?=\s*[|\t;•·\n]|\s{3,}|\s[-–—/]\s|$)")
_TOP_LINES = 10
_WORD = r"(?-i:[A-ZÀ-Þ])[\w.&'’-]*"
_OF = r"(?i:of[ ]+the|of|de[ ]+la|del|de|at|for)"
_BESIDE_PHONE = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w'’-]+(?:[ ][A-ZÀ-Þ][\w.'’-]*){1,2}(?=[ ]{0,2}[,:;(–-]{0,2}[ ]{0,2}\Z)")
_LONGEST_NAME = 60
_SHORTEST = 2
"""Words that a school's name has at least, to be looked for where nothing else tells that it is one."""
_PLACE = re.compile(r"(?<![\w])[A-ZÀ-Þ][a-zà-ÿ]+(?:[ ][A-ZÀ-Þ][a-zà-ÿ]+)?(?![\w])")
_SPOKEN = frozenset({"summary", "objective", "personal"})
"""Sections in which people speak of themselves."""

Made = tuple[int, int, str]
"""Where something stands, and its kind."""


@dataclass(frozen=True, slots=True)
class _Saying:
    """A wording that tells something of kind `what`, in texts that have one of `words`; `names`: if it looks like a name."""

    what: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    names: bool = False


class PrivateReader:
    """Built from `rules["blind"]` and `rules["personal"]`; `vocabulary`: words of the work, of which names may be made too."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader, vocabulary: Collection[str]) -> None:
        own, contact = rules["blind"], rules["personal"]["contact"]
        self._instead: Mapping[str, str] = own["instead"]
        self._kept = frozenset(own["kept"])
        self._neutral: Mapping[str, str] = {" ".join(form.split()): instead for form, instead in own["neutral"].items()}
        self._gendered = re.compile(rf"(?<!\w)(?:{alternatives(self._neutral)})(?!\w)", re.IGNORECASE)
        self._links = re.compile(contact["profile_links"], re.IGNORECASE)
        self._is_place = CityReader(rules, titles).is_place
        self._names = NameFinder(rules, titles, vocabulary)
        self._schools = _schools(own["school"]["words"], own["school"]["leading"])
        self._vocabulary = frozenset(vocabulary)
        self._plain = frozenset((*own["school"]["plain"], *own["school"]["words"]))
        self._said = [_saying(row["kind"], row["words"], row["pattern"], row.get("names", False)) for row in own["said"]]
        peoples, own_words = rules["personal"]["statements"]["nationality"], own["people"]["after"]
        people = rf"(?<!\w)(?P<said>{alternatives(peoples)})(?=[ ](?:{alternatives(own_words)})(?!\w))"
        self._said.append(_saying("nationality", {form.split()[0].split("-")[0] for form in peoples}, people))
        self._gendered_words = frozenset(form.split()[-1] for form in self._neutral)
        self._place, self._before, self._after = (re.compile(own["place"][name]) for name in ("cells", "before", "after"))
        self._left = re.compile(own["school"]["years"] + r"(?P<year>(?:19|20)\d\d)(?!\w)", re.IGNORECASE)

    def read(self, reading: Reading) -> tuple[Private, ...]:
        """Every stretch that tells who somebody is, in text order and apart from each other."""
        text = reading.document.text
        words = frozenset(_TOKEN.findall(text.casefold()))
        told = [
            (fact.start, fact.end, str(fact.value.get("what", fact.kind)) if fact.kind == "personal" else fact.kind)
            for fact in reading.facts
            if fact.kind in OF_THE_PERSON and fact.value.get("what") not in self._kept
        ]
        more = (*self._reached(text, reading), *self._schooling(reading), *self._places(reading), *self._sayings(text, words))
        found = _apart((*told, *self._names.read(reading), *more))
        forms = self._gendered.finditer(text) if words & self._gendered_words else ()
        free = [m for m in forms if not any(a < m.end() and m.start() < b for a, b, _ in found)]
        neutral = [Private(m.start(), m.end(), "title", self._neutral_form(m.group())) for m in free]
        made = [Private(a, b, what, self._instead.get(what, self._instead["personal"])) for a, b, what in found]
        return tuple(sorted([*made, *neutral], key=lambda one: one.start))

    def _neutral_form(self, word: str) -> str:
        instead: str = self._neutral[" ".join(word.casefold().split())]
        return instead.upper() if word.isupper() else instead.capitalize() if word[:1].isupper() else instead

    def _reached(self, text: str, reading: Reading) -> Iterator[Made]:
        """Addresses, pages and numbers by which anyone could be reached, whoever they belong to."""
        for m in EMAIL.finditer(text) if "@" in text else ():
            if " @ " not in m.group() and "\n" not in m.group():
                yield m.start(), m.end(), "email"
        linked = _LINKED.search(text) is not None
        yield from ((m.start(), m.end(), "link") for m in (self._links.finditer(text) if linked else ()))
        work = [(fact.start, fact.end) for fact in reading.facts if fact.kind in ("kpi", "typing")]
        for m in _PHONE.finditer(text):
            digits = sum(c.isdigit() for c in m.group())
            if digits >= _FEWEST_DIGITS and not _touches(m.span(), work):
                yield m.start(), m.end(), "phone"
                yield from self._called(text, m.start())

    def _called(self, text: str, start: int) -> Iterator[Made]:
        """Whose number it is, where a name stands right before it."""
        begin = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_NAME)
        m = _BESIDE_PHONE.search(text[begin:start])
        if m and self._named(m.group()):
            yield begin + m.start(), begin + m.end(), "referee"

    def _sayings(self, text: str, words: frozenset[str]) -> Iterator[Made]:
        """What is said in passing of family, papers and the like; `words` are those of the text."""
        for saying in self._said:
            if words & saying.words:
                group = "said" if "said" in saying.pattern.groupindex else 0
                found = (m for m in saying.pattern.finditer(text) if not saying.names or self._named(m.group(group)))
                yield from ((m.start(group), m.end(group), saying.what) for m in found)

    def _named(self, phrase: str) -> bool:
        """Whether a phrase can be somebody's name: it does not begin with a word of the work."""
        return phrase.split()[0].strip(".,'’").casefold() not in self._vocabulary

    def _places(self, reading: Reading) -> Iterator[Made]:
        """The district and the country beside a town, and cells at the top that are a place."""
        text = reading.document.text
        for fact in reading.facts:
            if fact.kind == "city":
                start = text.rfind("\n", 0, fact.start) + 1
                near = [m for m in self._before.finditer(text, start, fact.start) if m.end() == fact.start]
                after = self._after.match(text, fact.end)
                yield near[0].start() if near else fact.start, after.end() if after else fact.end, "city"
        top = next((s for s in reading.sections if s.kind == "header"), None)
        lines = [line for line in reading.document.lines if top and line.start < top.end][:_TOP_LINES]
        cells = (m for line in lines for m in _CELL.finditer(text, line.start, line.end))
        yield from ((m.start(), m.end(), "city") for m in cells if self._place.fullmatch(m.group().strip()))

    def _schooling(self, reading: Reading) -> Iterator[Made]:
        """Years of leaving school, and the names of schools."""
        text = reading.document.text
        yield from ((*m.span("year"), "graduation-year") for m in self._left.finditer(text))
        about = [(s.start, s.end) for s in reading.sections if s.kind in _SPOKEN]
        lines = list(self._lines_on_schooling(reading))
        for a, b in lines:
            yield from ((m.start(), m.end(), "graduation-year") for m in _YEAR.finditer(text, a, b))
            towns = (m for m in _PLACE.finditer(text, a, b) if self._is_place(m.group()))
            yield from ((m.start(), m.end(), "city") for m in towns)  # which stand for their universities: "B.Com, Meerut"
        schools: set[str] = set()
        for known, spans in ((self._plain, lines), (self._plain | self._vocabulary, about)):
            named = [m for a, b in spans for m in self._schools.finditer(text, a, b) if _other(m.group(), known)]
            schools.update(form for m in named for form in self._forms(m.group()))
            yield from ((m.start(), m.end(), "school") for m in named)
        if schools:  # clubs and awards name them again
            again = re.compile(rf"(?<!\w)(?:{alternatives(schools)})(?!\w)", re.IGNORECASE)
            yield from ((m.start(), m.end(), "school") for m in again.finditer(text))

    def _forms(self, school: str) -> Iterator[str]:
        """How a school may be called elsewhere: without a subject before its name, and without the word for a school behind."""
        words = school.split()
        known = self._plain | self._vocabulary
        while len(words) > _SHORTEST and words[0].strip(".,'’").casefold() in known:
            words.pop(0)
        forms = [words, *([words[:-1]] if words[-1].casefold() in self._plain else [])]
        told = [" ".join(form) for form in forms if len(form) >= _SHORTEST]
        return (form for form in told if _other(form, known) and not self._is_place(form))

    def _lines_on_schooling(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """The sections on education, and lines elsewhere that state a degree."""
        sections = [(s.body, s.end) for s in reading.sections if s.kind == "education"]
        yield from sections
        degrees = [f for f in reading.facts if f.kind == "education" and not _touches((f.start, f.end), sections)]
        for line in reading.document.lines if degrees else ():
            if any(line.start < fact.end and fact.start < line.end for fact in degrees):
                yield line.start, line.end


def _saying(what: str, words: Iterable[str], pattern: str, names: bool = False) -> _Saying:
    return _Saying(what, frozenset(words), re.compile(pattern, re.IGNORECASE), names)


def _schools(words: Iterable[str], leading: Iterable[str]) -> re.Pattern[str]:
    """Capitalised words around the word for a school, or behind it."""
    before = rf"(?<!\w)(?:{_WORD}[ ]+(?:(?:{_OF}|&)[ ]+)?){{0,4}}"
    after = rf"(?:[ ]*,?[ ]*{_OF}[ ]+{_WORD}(?:[ ]+{_WORD}){{0,2}})?"
    behind = rf"(?<!\w)(?i:{alternatives(leading)})(?:[ ]+(?:{_OF}[ ]+)?{_WORD}){{1,5}}"
    return re.compile(rf"{behind}|{before}(?i:{alternatives(words)})(?!\w){after}")


def _other(phrase: str, known: Collection[str]) -> bool:
    """Whether a phrase has a word that is not known."""
    return any(word.strip(".,'’").casefold() not in known for word in phrase.split())


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)


def _apart(made: Iterable[Made]) -> list[Made]:
    """Stretches that overlap as one, of the kind of the longest."""
    found: list[Made] = []
    longest = 0
    for start, end, what in sorted(one for one in made if one[0] < one[1]):
        if found and start < found[-1][1]:
            first, last, kind = found[-1]
            found[-1] = (first, max(last, end), what if end - start > longest else kind)
            longest = max(longest, end - start)
        else:
            found.append((start, end, what))
            longest = end - start
    return found
