"""Finding concepts and roles by what a person types: their own words, a misspelling, the beginning of a word.

A form that is typed as it stands wins. Otherwise words count by their stems, the rarer the more; everyday words stand for the
trade's own where `search.toml` says so; a word that nobody knows counts for those that are spelt most like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.taxonomy.concepts import Concept, Taxonomy
from matcher.taxonomy.terms import Terms, Typed

ROLE = "role"
"""The type of a role among the hits."""

_LEAST = 0.28
_LABEL, _ALIAS, _SAME_WORDS = 1.0, 0.95, 0.93
_GUARDED, _TURNED = 0.87, 0.92
"""An alias as it stands that means its concept only near other words; the same words in another order."""
_WORDS = 0.79
"""What a hit by words can have at most, so that forms as they stand come first."""
_BEGUN = 0.6
"""How much of a form has to be typed until its beginning counts as it; a whole word always does."""
_IN_ALIAS, _DEFINITION, _ABOVE = 0.9, 0.55, 0.3
"""How much a word counts outside the label."""
_OTHER_KIND, _DEPRECATED = 0.97, 0.8
_SURFACE, _COVER = 0.55, 0.45
_FEW = (1, 2)
_APOSTROPHES = "'’"


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, the surface form that fits the text best, and how well: a score in (0, 1].

    A role stands in as a concept of type "role" with its title as label and its job titles as aliases.
    """

    concept: Concept
    surface: str
    score: float


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface form: whose it is (a number), its place among the owner's forms, the text, and folded, the words."""

    owner: int
    rank: int
    text: str
    folded: str
    words: list[str]


class Finder:
    """A taxonomy prepared for searching; with `roles`, its built-in roles too."""

    def __init__(self, taxonomy: Taxonomy, roles: bool = False) -> None:
        self._things = [*taxonomy.concepts.values(), *(_roles(taxonomy) if roles else ())]
        self._terms = Terms(taxonomy.rules)
        self._taxonomy = taxonomy
        self._named: dict[str, list[_Form]] = {}
        for form in self._names():
            self._named.setdefault(form.folded, []).append(form)
        self._forms = [form for number, thing in enumerate(self._things) for form in self._forms_of(number, thing)]
        self._weights: dict[str, dict[int, float]] = {}
        self._posted: dict[str, list[int]] = {}
        for place, form in enumerate(self._forms):
            weight = _IN_ALIAS if form.rank else 1.0
            for word in form.words:
                self._posted.setdefault(word, []).append(place)
                self._weights.setdefault(word, {}).setdefault(form.owner, weight)  # the label comes first
        for number, thing in enumerate(self._things):
            self._describe(number, thing, taxonomy)
        self._terms.learn({word: len(owners) for word, owners in self._weights.items()}, len(self._things))

    def find(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """Find what is nearest to `text`, best first; nothing for a text without words."""
        folded = " ".join(text.casefold().split())
        if not folded:
            return ()
        best = self._by_words(folded)
        for number, (score, surface) in self._as_typed(folded).items():
            if score > best.get(number, (0.0, ""))[0]:
                best[number] = (score, surface)
        hits = [Hit(self._things[n], surface, round(self._share(n) * score, 4)) for n, (score, surface) in best.items()]
        found = [hit for hit in hits if hit.score >= _LEAST]
        return tuple(sorted(found, key=lambda hit: (-hit.score, hit.concept.label, hit.concept.id))[:limit])

    def _forms_of(self, number: int, thing: Concept) -> Iterator[_Form]:
        for rank, surface in enumerate(thing.surfaces()):
            yield _Form(number, rank, surface, surface.casefold(), self._terms.words(surface))

    def _names(self) -> Iterator[_Form]:
        """What things are asked for by beside their forms, as it stands: their ids, and what `search.toml` names."""
        asked: dict[str, list[str]] = {}
        for name, handle in self._taxonomy.rules.get("search", {}).get("named", {}).items():
            asked.setdefault(handle, []).append(name)
        for number, thing in enumerate(self._things):
            for name in asked.get(f"{ROLE}:{thing.id}" if thing.type == ROLE else thing.id, ()):
                yield _Form(number, 0, name, name.casefold(), [])
            for name in (thing.id, thing.id.replace("-", " ")):
                yield _Form(number, 1, name, name, [])

    def _describe(self, number: int, thing: Concept, taxonomy: Taxonomy) -> None:
        above = [taxonomy.concepts[id].label for id in thing.broader if id in taxonomy.concepts]
        for weight, texts in ((_DEFINITION, [thing.definition]), (_ABOVE, above)):
            for text in texts:
                for word in self._terms.words(text):
                    self._weights.setdefault(word, {}).setdefault(number, weight)

    def _share(self, number: int) -> float:
        """A role comes behind a concept, and what is out of use behind what is in use."""
        thing = self._things[number]
        return (_OTHER_KIND if thing.type == ROLE else 1.0) * (_DEPRECATED if thing.deprecated else 1.0)

    def _as_typed(self, folded: str) -> dict[int, tuple[float, str]]:
        """Forms that are the text, or begin with it."""
        found = {form.owner: (_ALIAS if form.rank else _LABEL, form.text) for form in reversed(self._named.get(folded, []))}
        for form in self._forms:
            if form.folded.startswith(folded):
                score = self._begun(form, folded)
                if score > found.get(form.owner, (0.0, ""))[0]:
                    found[form.owner] = (score, form.text)
        return found

    def _begun(self, form: _Form, folded: str) -> float:
        label = form.rank == 0
        if form.folded == folded:
            return _LABEL if label else _GUARDED if self._needs_context(form) else _ALIAS
        part = len(folded) / len(form.folded)
        whole = not form.folded[len(folded)].isalnum() and form.folded[len(folded)] not in _APOSTROPHES
        if whole or part >= _BEGUN:
            return (0.85 if label else 0.8) + 0.05 * part
        return 0.4 + 0.3 * part

    def _needs_context(self, form: _Form) -> bool:
        thing, guarded = self._things[form.owner], self._taxonomy.forms.get(form.folded)
        if guarded is None or thing.type == ROLE:
            return False
        return not any(reading.alone for reading in guarded.readings if reading.concept == thing.id)

    def _by_words(self, folded: str) -> dict[int, tuple[float, str]]:
        """Owners of forms, definitions and broader concepts that share words with the text."""
        wanted = self._terms.wanted(folded)
        total = sum(word.worth for word in wanted)
        if not total:
            return {}
        cover: dict[int, float] = {}
        for word in wanted:
            for number, share in _best(word.meant, self._weights).items():
                cover[number] = cover.get(number, 0.0) + word.worth * share / total
        best: dict[int, tuple[float, str]] = {number: (0.0, self._things[number].label) for number in cover}
        for place, shared in self._shared(wanted).items():
            form = self._forms[place]
            score = self._likeness(form, shared, total, wanted)
            if score > best[form.owner][0]:
                best[form.owner] = (score, form.text)
        return {n: (_whole(score, cover[n]), surface) for n, (score, surface) in best.items()}

    def _shared(self, wanted: Sequence[Typed]) -> dict[int, float]:
        """How much of the wanted words stands in each form."""
        found: dict[int, float] = {}
        for word in wanted:
            posted = {other: dict.fromkeys(self._posted.get(other, ()), 1.0) for other in word.meant}
            for place, share in _best(word.meant, posted).items():
                found[place] = found.get(place, 0.0) + word.worth * share
        return found

    def _likeness(self, form: _Form, shared: float, total: float, wanted: Sequence[Typed]) -> float:
        """Shared words by all words; above 1 where form and text have the same words, above 2 in the order they were typed."""
        if 1 < len(wanted) == len(form.words):
            stems, typed = [self._terms.stem(word) for word in form.words], [word.stem for word in wanted]
            if set(stems) == set(typed) and not self._needs_context(form):
                return (3.0 if stems == typed else 2.0) - (0.1 if form.rank else 0.0)
        return shared / max(total, total + sum(map(self._terms.worth, form.words)) - shared)


def _whole(likeness: float, cover: float) -> float:
    if likeness > 1:
        return _SAME_WORDS if likeness > 2 else _TURNED
    return _WORDS * (_SURFACE * likeness + _COVER * cover)


def _best(meant: Mapping[str, float], weights: Mapping[str, Mapping[int, float]]) -> dict[int, float]:
    """The best share by number, over all that a word may mean."""
    found: dict[int, float] = {}
    for stem, share in meant.items():
        for number, weight in weights.get(stem, {}).items():
            if share * weight > found.get(number, 0.0):
                found[number] = share * weight
    return found


def called(taxonomy: Taxonomy, text: str) -> tuple[Hit, ...]:
    """What is in use and has just this label, else just this alias or job title of its own, in any case; roles too."""
    folded = " ".join(text.casefold().split())
    used = [thing for thing in (*taxonomy.concepts.values(), *_roles(taxonomy, own=True)) if not thing.deprecated]
    found = [thing for thing in used if thing.label.casefold() == folded]
    # A role may have the label of a concept; it can be shown as role:ID.
    found = [thing for thing in found if thing.type != ROLE] or found
    found = found or [thing for thing in used if folded in (alias.casefold() for alias in thing.aliases)]
    return tuple(Hit(thing, text, 1.0) for thing in found)


def role_titles(taxonomy: Taxonomy, id: str) -> tuple[str, ...]:
    """Job titles that name a built-in role: its own, else those of its first family."""
    role = taxonomy.roles[id]
    families = role.get("families", ())
    # A role of many families (a team leader) would be found by the titles of all of them.
    if role.get("titles") or len(families) not in _FEW:
        return tuple(role.get("titles", ()))
    rows: Iterable[Any] = taxonomy.rules.get("families", {}).get("family", ())
    return next((tuple(row.get("titles", ())) for row in rows if row["id"] == families[0]), ())


def titles_family(taxonomy: Taxonomy, id: str) -> str:
    """The label of the family whose titles stand for those of a built-in role; empty where it has its own, or none."""
    role = taxonomy.roles[id]
    if role.get("titles") or not role_titles(taxonomy, id):
        return ""
    rows: Iterable[Any] = taxonomy.rules["families"]["family"]
    return next(str(row.get("label") or row["id"]) for row in rows if row["id"] == role["families"][0])


def _roles(taxonomy: Taxonomy, own: bool = False) -> Iterator[Concept]:
    for id, role in taxonomy.roles.items():
        label, about = str(role.get("title") or id), str(role.get("summary") or "")
        titles = tuple(role.get("titles") or ()) if own else role_titles(taxonomy, id)
        yield Concept(id, label, ROLE, "", aliases=titles, definition=about)


_kept: list[tuple[Taxonomy, bool, Finder]] = []


def search(taxonomy: Taxonomy, text: str, limit: int = 10, roles: bool = False) -> tuple[Hit, ...]:
    """Find the concepts nearest to `text`, best first; with `roles` the built-in roles too."""
    if not _kept or _kept[0][0] is not taxonomy or _kept[0][1] is not roles:
        # Preparing takes longer than finding; whoever searches, searches one taxonomy.
        _kept[:] = [(taxonomy, roles, Finder(taxonomy, roles))]
    return _kept[0][2].find(text, limit)
