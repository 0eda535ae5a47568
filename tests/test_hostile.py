"""Files that mean harm end as one error or are read, whatever they hold, and harm nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import hostile
import pytest
from hostile_pdf import HELLO, SHORT, canvas, drawn

from matcher.documents import read_document
from matcher.documents.scans import ocr
from matcher.errors import MatcherError
from matcher.report.json_lines import dumps

LIMITS = ["--max-seconds", "5", "--max-memory", "512MiB", "--as-of", "2026-01-31"]


def table(ends: dict[str, set[str]]) -> str:
    counts = Counter(code for name in hostile.CASES for code in ends.get(name, {"lost"}))
    return "\n".join(f"{count:4d}  {code}" for code, count in counts.most_common())


def fate(data: bytes, name: str) -> str:
    """What becomes of a file: the code of its error, or "read"; any other exception goes through."""
    try:
        document = read_document(data, name)
    except MatcherError as error:
        assert str(error).strip() and "\n" not in str(error)
        return error.code
    assert all("\n" not in document.text[line.start : line.end] for line in document.lines)
    return "read"


SLOW = [
    "bomb.zip",
    "bomb-that-lies.zip",
    "bullets-and-words.pdf",
    "pages-same.pdf",
    "lines-and-words.pdf",
    "deep-state.pdf",
    "flate-bomb.pdf",
    "zip-that-lies.docx",
    "flate-many.pdf",
    "rules-and-words.pdf",
    "pages-200000.pdf",
    "contents-many.pdf",
    "deep-brackets.pdf",
    "flate-bomb-double.pdf",
    "one-row.pdf",
    "scattered-60000.pdf",
    "capitals.txt",
    "scattered-wide.pdf",
    "flate-spoilt.pdf",
    "form-exponential.pdf",
    "form-wide.pdf",
    "lzw-bomb.pdf",
    "deep-tags.pdf",
    "legacy.txt",
    "streams-unclosed.pdf",
    "deep-dictionary.pdf",
    "bullets.txt",
    "scattered-20000.pdf",
    "zip-bomb.docx",
    "many-lines.txt",
    "dates-lines.txt",
    "letters-cid-range.pdf",
    "letters-range.pdf",
    "spoilt-encoding.txt",
    "one-line.txt",
    "text-bomb-short.pdf",
    "zip-bomb-of-pictures.docx",
    "web.txt",
    "ands.txt",
    "tabs.txt",
    "flate-cascade.pdf",
    "dates.txt",
    "digits.txt",
    "mail-dots.txt",
    "ticks.md",
    "mail-like.txt",
    "slashes.txt",
    "dashes.txt",
    "commas.txt",
    "brackets.txt",
    "dots.txt",
    "brackets.md",
    "words.rtf",
    "deep-array.pdf",
    "links.md",
    "emphasis.md",
    "runlength-bomb.pdf",
    "random.txt",
    "page-tree-deep.pdf",
    "one-word.txt",
    "head-without-lines.pdf",
    "picture-huge.png",
]
"""Those that take long to make or to read are read by the batch alone, as are those that may be stopped for their time."""

QUICK = [n for n, (_, ends) in hostile.CASES.items() if not (hostile.is_post(n) or "too-slow" in ends or n in SLOW)]


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch):
    """What has no text is not drawn and looked at: that takes seconds, and not every machine can."""
    monkeypatch.setattr(ocr, "_PROGRAM", "no-such-program")
    ocr.remedy.cache_clear()
    yield
    ocr.remedy.cache_clear()


@pytest.mark.parametrize("name", QUICK)
def test_hostile_file_ends_as_foreseen(name):
    make, ends = hostile.CASES[name]
    assert fate(make(), name) in ends


def test_hostile_names_are_known():
    assert set(SLOW) <= set(hostile.CASES)


def test_hostile_set_is_large_and_covers_every_kind():
    kinds = Counter(Path(name).suffix for name in hostile.CASES)
    assert sum(kinds.values()) >= 60
    assert {".pdf", ".docx", ".rtf", ".html", ".md", ".txt", ".jsonl", ".yaml", ".eml", ".zip", ".png"} <= set(kinds)


@pytest.mark.parametrize("sample", [drawn(HELLO), canvas(SHORT)], ids=["by-hand", "by-a-program"])
def test_hostile_pdf_cut_at_any_length(sample):
    fates = {fate(sample[:length], "cv.pdf") for length in range(0, len(sample), 7)}
    assert fates <= {"read", "empty", "not-a-pdf", "damaged", "zero-pages", "no-text-layer"}


@pytest.mark.parametrize("sample", [drawn(HELLO), canvas(SHORT)], ids=["by-hand", "by-a-program"])
def test_hostile_pdf_with_any_stretch_zeroed(sample):
    for start in range(0, len(sample), 11):
        fate(sample[:start] + bytes(min(11, len(sample) - start)) + sample[start + 11 :], "cv.pdf")


# ------------------------------------------------------------------------------------------------------- all of it, as a batch


@pytest.fixture(scope="module")
def ranked(tmp_path_factory):
    """`matcher rank` over the whole set: exit status, rows, standard error, the peak of the largest process in MiB."""
    folder = tmp_path_factory.mktemp("hostile")
    resumes, jobs = hostile.write_set(folder)
    out, told = folder / "out.jsonl", folder / "told.txt"
    given = [str(path) for path in sorted(resumes.iterdir())] + ["--jobs", *map(str, sorted(jobs.iterdir()))]
    command = [sys.executable, "-m", "matcher", "rank", *given, "--out", str(out), *LIMITS]
    measuring = [sys.executable, str(Path(__file__).parent.parent / "benchmarks" / "measuring.py"), str(folder / "cost.json")]
    with told.open("wb") as errors:
        subprocess.run([*measuring, *command], stderr=errors, check=True)
    cost = json.loads((folder / "cost.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return cost["status"], rows, told.read_text(encoding="utf-8").splitlines(), cost


@pytest.mark.slow
def test_hostile_batch_some_failed_and_nothing_broke(ranked):
    status, _, told, _ = ranked
    assert status == 1
    assert not [line for line in told if not line.startswith(("error: ", "warning: ", "skipped: ", "ranked "))]


@pytest.mark.slow
def test_hostile_batch_each_file_has_its_end(ranked):
    ends: dict[str, set[str]] = {}
    for row in ranked[1]:
        failed = row.get("error")
        if "rank" in row or failed:
            for key in ("resume", "job"):
                if key in row and (not failed or key == ("resume" if "resume" in row else "job")):
                    name = row[key].split("#")[0].split("/")[0]
                    ends.setdefault(name, set()).add(failed["code"] if failed else "read")
    print(table(ends))
    # A machine that has other things to do may stop any of them for its time, and one with OCR may read what has no text.
    allowed = {name: codes | {"too-slow"} for name, (_, codes) in hostile.CASES.items()}
    allowed = {name: codes | {"read"} if "no-text-layer" in codes else codes for name, codes in allowed.items()}
    wrong = {name: ends.get(name) for name in allowed if not ends.get(name) or not ends[name] <= allowed[name]}
    assert not wrong
    assert all(len(found) == 1 for name, found in ends.items() if not name.endswith((".zip", ".eml")))


@pytest.mark.slow
def test_hostile_batch_harms_no_good_resume(ranked):
    jobs = {row["job"] for row in ranked[1] if "rank" in row}
    pairs = Counter(row["resume"] for row in ranked[1] if "rank" in row)
    good = [name for name in pairs if name.endswith("-good.pdf")]
    assert len(good) == hostile.GOOD
    assert {pairs[name] for name in good} == {len(jobs)}
    assert "good.txt" in jobs


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the time limit stands alone")
def test_hostile_batch_takes_no_more_memory_than_allowed(ranked):
    idle = 260
    assert ranked[3]["peak"] < idle + 512


@pytest.mark.slow
def test_hostile_batch_ends_in_time(ranked):
    kill = 3
    assert ranked[3]["wall"] < len(hostile.CASES) * (5 + kill) / (os.cpu_count() or 1) + 60


@pytest.mark.parametrize(
    "name", ["number-infinite.pdf", "number-nan.pdf", "box-infinite.pdf", "box-huge.pdf", "font-infinite.pdf"]
)
def test_hostile_places_without_end_are_written_all_the_same(engine, name):
    try:
        (found,) = engine.extract(hostile.CASES[name][0](), name)
    except MatcherError:
        return
    assert json.loads(dumps(found))["source"] == name
    assert json.loads(dumps({"place": [float("nan"), 1.5]})) == {"place": [None, 1.5]}
