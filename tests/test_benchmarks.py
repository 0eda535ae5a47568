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
from invented import NOW, People, Posts  # noqa: E402
from measuring import measure  # noqa: E402
from project import copies  # noqa: E402

from matcher.records import AllOf, Claim, DatedJob, Month, Profile, Requirement, ResumeFacts, Role, Stance, leaves  # noqa: E402

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


def test_benchmarks_make_copies_that_say_the_same_in_other_bytes(tmp_path, engine):
    names = ("team-leader.pdf", "chat-email-agent.pdf", "technical-support-bengaluru.pdf")
    whole = [
        path
        for path in sorted((ROOT / "samples" / "resumes").iterdir())
        if path.name in names or path.suffix in {".docx", ".txt"}
    ]
    copies(whole, 2 * len(whole), tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len({path.read_bytes() for path in made}) == len(made) == 2 * len(whole) >= 6
    for original, copy in zip(made[: len(whole)], made[len(whole) :], strict=True):
        one, other = (engine.read_resume(path.read_bytes(), "cv", as_of="2026-11-01") for path in (original, copy))
        assert (one.text.strip(), one.facts.contact) == (other.text.strip(), other.facts.contact)
        assert one.sha256 != other.sha256


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of one process")
def test_benchmarks_measure_runs_over_a_project_of_stored_samples():
    folders = [str(ROOT / "samples" / name) for name in ("resumes", "jobs")]
    command = [sys.executable, "benchmarks/project.py", *folders, "--sizes", "3", "--number", "2", "--stored"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()[2:]]
    assert [row[1] for row in rows] == ["all new", "nothing new", "nothing new, results gone", "10 new", "10 alone"]
    assert all(row[0] == "3 x 2" and float(row[5]) > 20 for row in rows)


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


def parent(number, family):
    months = {"start": f"{2003 + number}-01", "end": f"{2004 + number}-12", "months": 24}
    jobs = (
        DatedJob("Phone Agent", open=True, family=family, level=1, channels=("voice",), contact=True, **months),
        DatedJob("Clerk", None, None, False, None, None, None),
        DatedJob("Trainee", "1999-01", "1999-12", False, 12, family, 0),
    )
    claims = tuple(
        Claim(f"skill-{family}-{n}", Stance.HELD, 1.0, (), last_used=f"{2004 + number}-06", proof="job") for n in range(number)
    )
    words = {f"word{family}{n}": n for n in range(1, 9)}
    return Profile(f"{number}", "0" * 64, "2026-11-01", claims, (), ResumeFacts(jobs=jobs, education="bachelor"), words)


PARENTS = [parent(number, family) for number, family in enumerate(["a", "a", "a", "b", "b"], 4)]


def test_invented_people_are_the_same_each_time_and_no_two_alike():
    people = [People(PARENTS).profile(number) for number in range(50)]
    assert [People(PARENTS).profile(number) for number in range(50)] == people
    assert [dict(People(PARENTS).words(number)) for number in range(50)] == [one.terms for one in people]
    assert len({str((one.facts, one.claims, one.terms)) for one in people}) == 50
    assert len({one.sha256 for one in people}) == 50
    assert People(PARENTS, seed=1).profile(0) != people[0]


def test_invented_people_are_of_one_family_and_have_what_their_parents_had():
    for one in (People(PARENTS).profile(number) for number in range(50)):
        (family,) = {job.family for job in one.facts.jobs if job.family} or {None}
        assert len(one.facts.jobs) == 3
        assert {claim.concept.split("-")[1] for claim in one.claims} <= {family}
        assert all(word.startswith(f"word{family}") for word in one.terms)
        assert one.facts.education == "bachelor"


def test_invented_jobs_stand_one_before_the_other_and_the_newest_ends_now():
    for one in (People(PARENTS).profile(number) for number in range(50)):
        dated = [job for job in one.facts.jobs if job.months]
        assert all(Month.parse(job.end) - Month.parse(job.start) + 1 == job.months for job in dated)
        assert not dated or max(job.end for job in dated) == str(NOW)
        assert one.facts.months_by_channel.get("voice", 0) == sum(job.months for job in dated if job.channels)
        assert all(claim.last_used == f"{NOW.year}-04" for claim in one.claims)  # half a year before their newest job's end


def test_invented_roles_ask_for_what_roles_of_their_family_ask_for():
    def role(name, families):
        asked = tuple(Requirement("skill", "required", f"{name}-{n}") for n in range(8))
        return Role(name, "0" * 64, name, families, 1, AllOf(asked), wording=" ".join(f"{name}{n}" for n in range(9)))

    posts = Posts([role("one", ("a",)), role("two", ("a",))], [role("plan", ("b",))])
    found = [posts.role(number) for number in range(40)]
    assert found == [posts.role(number) for number in range(40)]
    assert len({(one.requirements, one.wording) for one in found}) == 40
    assert [one.families for one in found] == [("b",), ("a",), ("a",), ("a",)] * 10
    asked = {one.title: {leaf.concept.split("-")[0] for leaf in leaves(one.requirements)} for one in found}
    assert asked["plan"] == {"plan"}
    assert asked["one"] <= {"one", "two"}


@pytest.mark.slow
def test_benchmarks_score_many_as_one():
    command = [sys.executable, "benchmarks/scale.py", str(ROOT / "samples" / "resumes"), str(ROOT / "samples" / "jobs")]
    small = ["--profiles", "400", "--jobs", "12", "--top", "9", "--sample", "6"]
    done = subprocess.run([*command, *small], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "| profiles | 100 | 200 | 400 |" in done.stdout
    assert "200 pairs scored one by one: 200 have the table's log-odds exactly, 200 are rightly among the best" in done.stdout


@pytest.mark.slow
def test_benchmarks_tell_where_a_start_goes():
    files = [str(ROOT / "samples" / name) for name in ("resumes/csr-voice-telecom.pdf", "jobs/ph-csr-telco.txt")]
    command = [sys.executable, "benchmarks/start.py", *files, "--tries", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if line.startswith("|")]
    places = {name: place for name, place, _ in rows[2:]}
    assert places["spaCy"] == places["engine"] == "fork server"
    assert places["resume, the first one"] == places["job post, the first one"] == "worker of its own"
    assert all(float(row[2].strip("*")) >= 0 for row in rows[2:-2])
