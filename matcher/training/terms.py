"""Word weights for the residual similarity: inverse document frequencies over a folder of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.errors import InputError
from matcher.taxonomy import Taxonomy
from matcher.wording import WORD

LEAST_DOCUMENTS = 5
"""Rarer words never ship: they may be names."""
_ABOUT_THE_PERSON = frozenset({"language", "work-cond"})
_LEAST_LOWER = 0.1
"""A word written small less often than this is a name (of a person, a place, an employer) unless the taxonomy has it."""


def fit_terms(texts: Sequence[str], known: Collection[str] = (), never: Collection[str] = ()) -> dict[str, Any]:
    """The artefact `models/terms/model.json`: word -> idf (smoothed, natural logarithm), words in alphabetical order.

    Names are left out, but for the `known` words of the taxonomy; words of `never` are left out always.
    """
    if len(texts) < LEAST_DOCUMENTS:
        raise InputError(f"--words: {len(texts)} documents could be read, and at least {LEAST_DOCUMENTS} are needed")
    vectorizer = TfidfVectorizer(token_pattern=WORD, lowercase=True, min_df=LEAST_DOCUMENTS, stop_words="english")
    try:
        vectorizer.fit(texts)
    except ValueError as error:
        raise InputError(f"--words: no word is in {LEAST_DOCUMENTS} documents; give more of them") from error
    names = _names(texts)
    rows = zip(vectorizer.get_feature_names_out(), vectorizer.idf_, strict=True)
    kept = {str(word): round(float(idf), 3) for word, idf in rows if word not in never and (word in known or word not in names)}
    return {"schema": 1, "documents": len(texts), "least_documents": LEAST_DOCUMENTS, "idf": kept}


def words_of(taxonomy: Taxonomy) -> frozenset[str]:
    """The words of the work: those of preferred labels, and those that other forms write small.

    Forms with capitals also name places and firms ("Metro Manila", "Manhattan WMS"). Languages and conditions of work tell
    where somebody comes from or lives: their words are left out.
    """
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for concept in taxonomy.concepts.values():
        for form in concept.surfaces():
            found = re.findall(WORD, form)
            about_the_person = concept.type in _ABOUT_THE_PERSON
            words[about_the_person].update(
                word.lower() for word in found if about_the_person or form == concept.label or word.islower()
            )
    return frozenset(words[False] - words[True])


def _names(texts: Sequence[str]) -> frozenset[str]:
    """Words that are nearly always written with a capital."""
    seen: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(WORD, text):
            seen[word.lower()] += 1
            small[word.lower()] += word.islower()
    return frozenset(word for word, count in seen.items() if small[word] < _LEAST_LOWER * count)
