"""The obvious way to rank resumes, to compare with: pdfminer's text, TF-IDF, cosine. Called by run.py.

No limits on what a file may take, no reasons, no facts: only the text, and how alike the words are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def read(path: Path) -> str | None:
    """The text of a file, or None where it has none or cannot be read."""
    try:
        if path.suffix.lower() == ".pdf":
            from pdfminer.high_level import extract_text

            text = extract_text(path)
        elif path.suffix.lower() == ".docx":
            from docx import Document

            text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        else:
            text = path.read_text(encoding="utf-8", errors="replace")
    except Exception:  # whatever a parser throws at a bad file
        return None
    return text if text.strip() else None


def rank(resumes: Sequence[str], jobs: Sequence[str]) -> list[list[tuple[int, float]]]:
    """For each job the places of the resumes, best first, with their similarity."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    matrix = model.fit_transform([*resumes, *jobs])
    likeness = (matrix[len(resumes) :] @ matrix[: len(resumes)].T).toarray()
    return [sorted(enumerate(row.tolist()), key=lambda item: -item[1]) for row in likeness]


def main(resumes: Path, jobs: Path, workers: int, out: Path) -> None:
    """Rank a folder of resumes for a folder of jobs; a line for each pair and for each resume without text."""
    files, posts = _files(resumes), _files(jobs)
    with ProcessPoolExecutor(workers) as pool:
        texts = list(pool.map(read, [*files, *posts]))
    read_well = [(path, text) for path, text in zip(files, texts, strict=False) if text]
    wanted = [(path, text) for path, text in zip(posts, texts[len(files) :], strict=True) if text]
    with out.open("w", encoding="utf-8") as lines:
        for (job, _), row in zip(wanted, rank([t for _, t in read_well], [t for _, t in wanted]), strict=True):
            for place, score in row:
                lines.write(json.dumps({"job": job.name, "resume": read_well[place][0].name, "score": score}) + "\n")
        for path, text in zip(files, texts, strict=False):
            if not text:
                lines.write(json.dumps({"resume": path.name, "error": "no text"}) + "\n")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
