"""The order of words of invented resumes in many layouts, held against their plain texts; needs the shared data.

Nothing of the texts is kept or printed.
"""

from __future__ import annotations

import re

import ftfy
import pytest

from matcher.documents import read_document
from matcher.errors import UnreadableError


def words(text: str) -> str:
    """The words of a text, each between blanks."""
    found = re.findall(r"[^\W_]+", ftfy.fix_text(text).lower())
    return f" {' '.join(found)} "


@pytest.mark.realdata
def test_nearly_every_line_keeps_its_words_in_order(shared):
    kept = lines = scans = 0
    for path in sorted((shared / "data" / "dev-asia" / "texts").glob("*.txt")):
        (resume,) = (shared / "data" / "dev-asia" / "resumes").glob(f"{path.stem}.*")
        try:
            found = words(read_document(resume.read_bytes(), resume.name).text)
        except UnreadableError as error:
            assert error.code == "no-text-layer"
            scans += 1
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = [words(field) for field in re.sub(r"^\[[^\]]*\]", "", line).split(" | ")]
            if words(line).strip():
                lines += 1
                kept += all(field in found for field in fields if field.strip())
    assert scans <= 1
    assert lines > 1000
    assert kept >= 0.97 * lines, f"{kept} of {lines} lines"
