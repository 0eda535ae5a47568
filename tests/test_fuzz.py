"""Whatever becomes of a file's bytes, reading it ends in a document or in one error of this package."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hostile_files import PARAGRAPH, body, docx, mail
from hostile_pdf import HELLO, SHORT, canvas, composite, drawn, form_loop, to_unicode
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import Sample, changed, mutant

from matcher.batch import Operation, ReadOptions, Task, read_all
from matcher.documents import read_document
from matcher.documents.scans import ocr
from matcher.errors import MatcherError

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = 1500
OURS = {"internal", "crashed", "too-slow", "too-much-memory"}
"""What a file may not be told because of us."""
TEXT = "\n".join([*SHORT, "SKILLS", "Excel, Zendesk and Avaya", "Bachelor of Science in Nursing, 2019", "rowena@example.com"])
RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\fs22 " + b"\\par ".join(s.encode() for s in TEXT.split("\n")) + b"}"
)
HTML = f"<html><head><title>Resume</title></head><body><h1>{SHORT[0]}</h1>"
HTML += f"<table><tr><td>{SHORT[1]}</td><td>{SHORT[2]}</td></tr></table>"
SMALL = (
    Sample("by-hand.pdf", drawn(HELLO)),
    Sample("plain.pdf", canvas(TEXT.split("\n"), pageCompression=0)),
    Sample("packed.pdf", canvas(TEXT.split("\n"))),
    Sample("letters.pdf", to_unicode(b"1 beginbfrange <41> <5a> <0041> endbfrange")),
    Sample("composite.pdf", composite(b"/W [0 [500 600] 10 20 500] /ToUnicode /Identity-H")),
    Sample("forms.pdf", form_loop(2)),
    Sample("small.docx", docx(body(PARAGRAPH + f"<w:tbl><w:tr><w:tc>{PARAGRAPH}</w:tc><w:tc>{PARAGRAPH}</w:tc></w:tr></w:tbl>"))),
    Sample("cv.rtf", RTF),
    Sample("cv.html", (HTML + f"<ul><li>{SHORT[3]}</li></ul></body></html>").encode()),
    Sample("cv.md", b"# Rowena Example\n\n**Agent** | Example\n\n| a | b |\n|---|---|\n| Excel | 5 |\n\n- " + SHORT[3].encode()),
    Sample("cv.txt", TEXT.encode()),
    Sample("cv.eml", mail(TEXT.split("\n"))),
)


@cache
def samples() -> tuple[Sample, ...]:
    """The small ones, and the resumes of the project."""
    files = sorted((ROOT / "samples" / "resumes").iterdir())
    return (*SMALL, *(Sample(path.name, path.read_bytes()) for path in files if path.suffix in (".pdf", ".docx", ".txt")))


@pytest.fixture(autouse=True, scope="module")
def without_ocr():
    """What has no text is not drawn and looked at: that takes seconds, and not every machine can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "_PROGRAM", "no-such-program")
        ocr.remedy.cache_clear()
        yield
    ocr.remedy.cache_clear()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 2**32))
def test_fuzz_changed_file_is_read_or_refused(which, seed):
    sample = SMALL[which]
    data = changed(sample.data, random.Random(seed), SMALL[which - 1].data, sample.ending)
    try:
        document = read_document(data, sample.name)
    except MatcherError as error:
        assert str(error).strip() and "\n" not in str(error)
    else:
        assert all(0 <= line.start <= line.end <= len(document.text) for line in document.lines)
        assert len(document.lefts) in (0, len(document.text))


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["cv.pdf", "cv.docx", "cv.rtf", "cv.html", "cv.md", "cv.txt", "cv.png", "cv", "cv.odd"]),
)
def test_fuzz_any_bytes_under_any_name(data, name):
    try:
        read_document(data, name)
    except MatcherError as error:
        assert str(error).strip() and "\n" not in str(error)


@pytest.mark.slow
@pytest.mark.parametrize("start", [0, 10**6])
def test_fuzz_mutants_neither_hang_nor_crash(start):
    tasks = [Task(name, Operation.RESUME, data=data) for name, data in (mutant(start + i, samples()) for i in range(MUTANTS))]
    options = ReadOptions(seconds=20, memory=512 * 2**20, as_of="2026-01-31")
    found = [o for o in read_all(tasks, workers=2, options=options) if o.failure and o.failure.code in OURS]
    assert not {o.source: (o.failure.message, o.failure.trace) for o in found if o.failure}


def test_fuzz_samples_are_good_before_they_are_changed():
    assert all(read_document(sample.data, sample.name).text for sample in SMALL)
