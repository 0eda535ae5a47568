"""Whatever ends a run, what was finished is there for the next one, and results are whole or not there: each done for real."""

import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from project_runs import JOB

from matcher.project import open_project
from matcher.project.record import lines

CHILD = Path(__file__).resolve().parent / "project_child.py"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of POSIX")


@pytest.fixture
def place(tmp_path, sample_profiles, sample_roles):
    """A folder with twelve resumes, a job, and what they hold."""
    (tmp_path / "resumes").mkdir()
    for number in range(12):
        (tmp_path / "resumes" / f"r{number:02}.txt").write_text(f"resume {number}")
    (tmp_path / "job.txt").write_text(JOB)
    role = sample_roles["us-collections.txt"]
    (tmp_path / "held.pickle").write_bytes(pickle.dumps((sample_profiles["collections-specialist"], (role,))))
    return tmp_path


def command(place, *more, seconds=0.0):
    settings = ["--project", place / "desk", "--keep-all", "--as-of", "2026-11-01", *more]
    words = ["rank", place / "resumes", "--jobs", place / "job.txt", *settings]
    return [sys.executable, str(CHILD), str(place / "held.pickle"), str(seconds), *map(str, words)]


def run(place, *more, seconds=0.0, **options):
    return subprocess.run(command(place, *more, seconds=seconds), capture_output=True, text=True, timeout=120, **options)


def reads(done):
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("read ")]


def started(place, *more, seconds):
    """A run that has begun to read; it is the caller's to end."""
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command(place, *more, seconds=seconds), **pipe)
    for line in process.stdout:
        if line.startswith("read "):
            break
    return process


def ended(process):
    out, err = process.communicate(timeout=60)
    return out, err


@POSIX
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_half_written(place):
    draw = random.Random(7)
    out = place / "all.jsonl"
    done = 0
    for _ in range(3):
        process = started(place, "--out", out, seconds=0.03)
        time.sleep(draw.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        ended(process)
        assert not out.exists() or len(out.read_text().splitlines()) == 12
        with open_project(place / "desk") as project:
            kept = project.one("SELECT count(*) FROM reads")[0]
            assert project.one("PRAGMA integrity_check") == ("ok",)
        assert kept >= max(1, done)
        done = kept
    last = run(place, "--out", out)
    assert last.returncode == 0, last.stderr
    assert len(reads(last)) == 13 - done
    assert len(out.read_text().splitlines()) == 12
    numbers = [line["n"] for line in lines(place / "desk")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert sum(len(line["scores"]) for line in lines(place / "desk") if line["event"] == "scores") == 12


@POSIX
def test_interrupted_what_was_read_is_ranked_and_the_rest_is_read_next_time(place):
    process = started(place, "--out", place / "a.jsonl", seconds=0.2)
    for _ in range(4):
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = ended(process)
    assert process.returncode == 1
    assert "the run was stopped before its turn" in err
    found = [json.loads(line) for line in (place / "a.jsonl").read_text().splitlines()]
    first = sum("rank" in pair for pair in found)
    assert 0 < first < 12
    again = run(place, "--out", place / "a.jsonl")
    assert again.returncode == 0
    assert len(reads(again)) == 12 - first
    assert len((place / "a.jsonl").read_text().splitlines()) == 12


@POSIX
def test_two_runs_at_once_the_second_gets_one_line(place):
    process = started(place, seconds=0.2)
    second = run(place)
    process.kill()
    ended(process)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"another run is at work on it (process {process.pid})" in second.stderr
    assert run(place).returncode == 0


LIMITED = "import resource, sys, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); sys.argv = sys.argv[1:]; "
LIMITED += "runpy.run_path(sys.argv[0], run_name='__main__')"


@POSIX
@pytest.mark.parametrize(
    "size", [pytest.param(20_000, marks=pytest.mark.slow), 120_000, pytest.param(400_000, marks=pytest.mark.slow)]
)
def test_without_room_for_the_project_a_run_ends_with_one_line_and_goes_on_later(place, size):
    python, *words = command(place, "--out", place / "a.jsonl")
    done = subprocess.run([python, "-c", LIMITED.format(size=size), *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert "free some space" in line
    assert not (place / "a.jsonl").exists()
    assert [path.name for path in place.glob(".*part")] == []
    again = run(place, "--out", place / "a.jsonl")
    assert again.returncode == 0, again.stderr
    assert len((place / "a.jsonl").read_text().splitlines()) == 12


@POSIX
@pytest.mark.parametrize(
    "name", ["a.jsonl", *(pytest.param(f"a.{kind}", marks=pytest.mark.slow) for kind in ("csv", "xlsx", "html", "parquet"))]
)
def test_a_full_disk_under_the_results_leaves_the_old_ones(place, name):
    out = place / name
    python, *words = command(place, "--out", out)
    words = [word for word in words if word not in ("--project", str(place / "desk"), "--keep-all")]
    assert subprocess.run([python, *words], capture_output=True, timeout=120).returncode == 0
    before = out.read_bytes()
    limited = [python, "-c", LIMITED.format(size=len(before) // 2), *words]
    done = subprocess.run(limited, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "free some space" in done.stderr
    assert out.read_bytes() == before
    assert [path.name for path in place.glob(".*part")] == []


@POSIX
@pytest.mark.slow
def test_a_file_that_vanishes_is_an_error_of_its_own_and_is_read_when_it_is_back(place):
    gone = place / "resumes" / "r05.txt"
    gone.unlink()
    gone.symlink_to(place / "nowhere.txt")
    done = run(place)
    assert done.returncode == 0  # a link to nothing is no file
    gone.unlink()
    gone.write_text("resume 5")
    again = run(place)
    assert reads(again) == ["r05.txt"]


@POSIX
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_target_that_cannot_be_written_is_refused_before_any_work(place):
    (place / "closed").mkdir(mode=0o500)
    done = run(place, "--out", place / "closed" / "a.xlsx")
    assert (done.returncode, reads(done)) == (2, [])


# ------------------------------------------------------------------------------------------------------------------- erase


def erasing(place):
    words = ["erase", "r03.txt", "--project", place / "desk"]
    return [sys.executable, str(CHILD), str(place / "held.pickle"), "0", *map(str, words)]


def clean(place):
    """Whether the resume's hash is in no byte of the project, and the record has one line of its erasure."""
    sha = hashlib.sha256(b"resume 3").hexdigest().encode()
    files = [path for path in (place / "desk").iterdir() if path.is_file()]
    events = [line["event"] for line in lines(place / "desk")]
    return not any(sha in path.read_bytes() for path in files) and events.count("erased") == 1


@POSIX
@pytest.mark.slow
def test_an_erasure_killed_at_any_moment_is_finished_by_the_next_command(place):
    draw = random.Random(3)
    for _ in range(4):
        shutil.rmtree(place / "desk", ignore_errors=True)
        assert run(place).returncode == 0
        began = time.monotonic()
        assert subprocess.run(erasing(place), capture_output=True, timeout=60).returncode == 0
        whole = time.monotonic() - began
        shutil.rmtree(place / "desk")
        assert run(place).returncode == 0
        process = subprocess.Popen(erasing(place), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.5, 1.0) * whole)
        process.kill()
        process.wait()
        subprocess.run(erasing(place), capture_output=True, timeout=60)
        assert clean(place)
        assert [path.name for path in (place / "desk").glob("*.part")] == []


@POSIX
@pytest.mark.slow
def test_an_erasure_without_room_says_so_and_is_finished_when_there_is_some(place):
    assert run(place).returncode == 0
    python, *words = erasing(place)
    for size in (1_000, 20_000, 100_000):
        limited = [python, "-c", LIMITED.format(size=size), *words]
        done = subprocess.run(limited, capture_output=True, text=True, timeout=120)
        assert done.returncode == 2, (size, done.stdout)
        assert (done.stderr.count("\n"), "Traceback" in done.stderr) == (1, False), done.stderr
        assert "cannot be written" in done.stderr
    subprocess.run(erasing(place), capture_output=True, timeout=60)
    assert clean(place)
