"""The benchmark runs on the samples, and counts all that a command takes; no figure is asserted."""

import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "benchmarks"))

from documents import kept  # noqa: E402
from measuring import measure  # noqa: E402

BUSY = """
    import subprocess, sys, time
    code = "import time\\nhoard = bytearray(60 * 2**20)\\nwhile time.process_time() < 0.5: pass"
    child = subprocess.Popen([sys.executable, "-c", code])
    {wait}
    sys.exit(3)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells neither")
@pytest.mark.parametrize(
    "wait",
    ["child.wait()", pytest.param("pass", marks=pytest.mark.skipif(sys.platform != "linux", reason="orphans are lost"))],
)
def test_benchmarks_measure_counts_children_and_orphans(wait):
    cost = measure([sys.executable, "-c", textwrap.dedent(BUSY).format(wait=wait)])
    assert cost.status == 3
    assert cost.cpu >= 0.5
    assert 60 < cost.peak < 200


@pytest.mark.slow
def test_benchmarks_run_on_the_samples(tmp_path):
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    (jobs / "agent.txt").write_bytes((ROOT / "samples" / "jobs" / "us-customer-service-voice.txt").read_bytes())
    command = [sys.executable, "benchmarks/run.py", str(ROOT / "samples" / "resumes"), str(jobs), "--limit", "3"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    table = {
        row[1].strip(): [cell.strip() for cell in row[2:-1]]
        for row in (line.split("|") for line in done.stdout.splitlines())
        if row[2:]
    }
    assert done.stdout.startswith("3 resumes (")
    assert table["pairs ranked"] == ["3", "3"]
    assert table["files without a result"] == ["0", "0"]
    assert {"wall seconds", "`matcher --help`", "reading the document", "scoring for all jobs"} <= set(table)
    assert all(float(table[stage][0]) >= 0 for stage in ("reading the document", "finding facts", "building the profile"))


def test_benchmarks_count_what_most_readers_find():
    texts = [["a a b", "c"], ["a b", "c"], ["a b b", ""], ["a", "c d"], ["", "d"]]
    found = [[Counter(text.split()) for text in reader] for reader in texts]
    # Printed are "a" and "b" in the first file and "c" in the second one.
    assert [kept(found, reader) for reader in range(5)] == [1, 1, 2 / 3, 2 / 3, 0]


@pytest.mark.slow
def test_benchmarks_compare_readers_of_pdf_on_the_samples():
    command = [sys.executable, "benchmarks/documents.py", str(ROOT / "samples" / "resumes"), "--every", "7", "--tries", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if line.count("|") > 2][2:]
    assert [row[0] for row in rows] == ["this reader", "pdfminer.six `extract_text`", "pdfplumber", "pypdf", "pypdfium2"]
    assert all(float(row[4]) > 95 and row[-1] == "0" for row in rows)
