"""Word weights for the residual similarity: inverse document frequencies over a folder of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

WORD = r"[^\W\d_]{2,}"
LEAST_DOCUMENTS = 5
"""Rarer words never ship: they may be names."""


def fit_terms(texts: Sequence[str]) -> dict[str, Any]:
    """The artefact `models/terms/model.json`: word -> idf (smoothed, natural logarithm), words in alphabetical order."""
    vectorizer = TfidfVectorizer(token_pattern=WORD, lowercase=True, min_df=LEAST_DOCUMENTS, stop_words="english")
    vectorizer.fit(texts)
    words = vectorizer.get_feature_names_out()
    idf = {str(word): round(float(weight), 3) for word, weight in zip(words, vectorizer.idf_, strict=True)}
    return {"schema": 1, "documents": len(texts), "least_documents": LEAST_DOCUMENTS, "idf": idf}
