"""Who is the same person, what was decided before, and how one is erased."""

import json

import pytest
from project_runs import desk_fixture, resume  # noqa: F401 - a fixture

from matcher.cli import main
from matcher.errors import InputError
from matcher.project import open_project
from matcher.project.decisions import Decided, record_decisions
from matcher.project.erase import find_person
from matcher.project.people import Candidate, learn, replaced
from matcher.project.traits import alike, marks, similarity
from matcher.records import Contact, DatedJob, Profile, ResumeFacts

WORDS = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300))


def person(sha, name=None, mail=(), phone=(), jobs=(), text=""):
    """A profile with nothing but what tells whose it is."""
    dated = tuple(DatedJob(title, start, end, end is None, 12, None, None) for title, start, end in jobs)
    return Profile(
        f"{sha}.txt", sha, "2026-11-01", (), (), ResumeFacts(contact=Contact(name, mail, phone), jobs=dated), text=text
    )


AGENT = (("Customer Service Agent", "2021-03", "2023-06"),)
LATER = (("customer service agent", "2021-03", "2023-06"), ("Team Leader", "2023-07", None))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (person("a", mail=("Ada.W@Example.com",)), person("b", mail=("ada.w@example.com",)), "the same e-mail address"),
        (person("a", phone=("0917 555 0142",)), person("b", phone=("+63 917-555-0142",)), "the same telephone number"),
        (
            person("a", "Ada Wexcombe", jobs=AGENT),
            person("b", "WEXCOMBE, Ada M.", jobs=LATER),
            "the same name and a job in common",
        ),
        (person("a", text=WORDS), person("b", text=WORDS.replace("wordaa", "again")), "nearly the same text"),
        (
            person("a", "Ada Wexcombe", ("x@example.com",)),
            person("b", "A. Wexcombe", ("x@example.com",)),
            "the same e-mail address",
        ),
        # A name alone, a job alone, an agency's address, an equal text with another name, and half of a text prove nothing.
        (person("a", "Ada Wexcombe"), person("b", "Ada Wexcombe"), ""),
        (person("a", "Ada Wexcombe", jobs=AGENT), person("b", "Ada Wexcombe", jobs=LATER[1:]), ""),
        (person("a", jobs=AGENT), person("b", jobs=AGENT), ""),
        (person("a", "Ada Wexcombe", ("x@example.com",)), person("b", "Ferran Oyelaran", ("x@example.com",)), ""),
        (person("a", "Ada Wexcombe", text=WORDS), person("b", "Ferran Oyelaran", text=WORDS), ""),
        (person("a", text=WORDS), person("b", text=WORDS[: len(WORDS) // 2]), ""),
        (person("a", phone=("555-01",)), person("b", phone=("555-01",)), ""),
        (person("a", text="call centre agent"), person("b", text="call centre agent"), ""),
    ],
)
def test_two_resumes_are_one_persons_for_a_reason(one, other, why):
    assert alike(marks(one) & marks(other), one, other) == why
    assert alike(marks(one) & marks(other), other, one) == why


def test_similarity_is_the_share_of_pairs_of_words():
    assert similarity("a b c d", "a b c d") == 1.0
    assert similarity("a b c", "b c d") == pytest.approx(1 / 3)
    assert similarity("", "") == 0.0


@pytest.fixture
def known(tmp_path):
    """A project that has learned some resumes."""
    with open_project(tmp_path / "p") as project:
        profiles = {}

        def take(*found):
            for one in found:
                profiles[one.sha256] = one
                learn(project, one, profiles.get)
            return project

        yield take


def test_the_newest_date_of_a_job_tells_which_is_newer(known):
    older = person("a", "Ada Wexcombe", ("x@example.com",), jobs=AGENT)
    newer = person("b", "Ada Wexcombe", ("x@example.com",), jobs=LATER)
    project = known(newer, older)
    found = replaced(project, [Candidate("a.txt", "a", changed=9), Candidate("b.txt", "b", changed=1)])
    assert {n: (one.source, one.by) for n, one in found.items()} == {0: ("a.txt", "b.txt")}


def test_of_equal_dates_the_file_that_changed_last_is_newer(known):
    pair = [person(sha, mail=("x@example.com",), jobs=AGENT) for sha in "ab"]
    project = known(*pair)
    assert list(replaced(project, [Candidate("a.txt", "a", 2), Candidate("b.txt", "b", 1)])) == [1]


def test_a_third_resume_joins_two(known):
    first, second = person("a", mail=("x@example.com",)), person("b", phone=("+1 555 010 7788",))
    both = person("c", mail=("x@example.com",), phone=("1 555 010 7788",))
    project = known(first, second)
    candidates = [Candidate(f"{sha}.txt", sha, n) for n, sha in enumerate("abc")]
    assert replaced(project, candidates[:2]) == {}
    known(both)
    assert sorted(replaced(project, candidates)) == [0, 1]
    assert replaced(project, candidates[:2])[0].why == "each is the same person's as a third resume"


# -------------------------------------------------------------------------------------------------------------- decisions


def test_a_decision_is_told_at_the_next_run_and_to_the_next_resume_of_the_person(desk, tmp_path):
    desk.rank()
    done = record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold", note="call in May")])
    assert (done.new, done.known, done.unknown) == (1, 0, [])
    desk.rank("--out", tmp_path / "a.jsonl")
    told = warnings(tmp_path / "a.jsonl")
    assert set(told) == {"odalys.txt"}
    assert told["odalys.txt"].startswith("decided before: Hold for Customer Service Representative (csr.txt), 20")
    (desk.resumes / "newer.txt").write_text(
        resume("Odalys Brennecke", "p0@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")
    )
    desk.rank("--out", tmp_path / "a.jsonl")
    told = warnings(tmp_path / "a.jsonl")
    assert set(told) == {"newer.txt"}
    assert told["newer.txt"].startswith("decided before, when applying earlier: Hold for")


def warnings(path):
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        pair["resume"]: notice["message"] for pair in found for notice in pair["warnings"] if notice["code"] == "earlier-decision"
    }


def test_a_decision_moves_no_score(desk, tmp_path):
    desk.rank("--out", tmp_path / "a.jsonl")
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Not for this role")])
    desk.rank("--out", tmp_path / "b.jsonl")
    first, second = (
        [(p["resume"], p["logit"]) for p in map(json.loads, (tmp_path / name).read_text().splitlines())]
        for name in ("a.jsonl", "b.jsonl")
    )
    assert first == second


def test_the_same_decision_twice_is_one(desk):
    desk.rank()
    rows = [Decided("odalys.txt", "csr.txt", "Hold"), Decided("nobody.txt", "csr.txt", "Hold")]
    assert record_decisions(desk.project, rows).new == 1
    done = record_decisions(desk.project, rows)
    assert (done.new, done.known, done.unknown) == (0, 1, rows[1:])
    assert len(desk.events("decision")) == 1


def test_a_workbook_filled_in_goes_into_the_project(desk, tmp_path):
    import openpyxl

    path = tmp_path / "s.xlsx"
    desk.rank("--out", path)
    book = openpyxl.load_workbook(path)
    page = book["Ranked"]
    heads = [cell.value for cell in page[1]]
    page.cell(2, heads.index("Decision") + 1, "Shortlist")
    book.save(path)
    assert main(["decisions", str(path), "--project", str(desk.project)]) == 0
    (event,) = desk.events("decision")
    assert (event["decision"], event["job"], len(event["sha256"])) == ("Shortlist", "csr.txt", 64)


def test_decisions_need_a_project(tmp_path):
    with pytest.raises(InputError, match="is no project"):
        record_decisions(tmp_path / "nowhere", [])
    assert not (tmp_path / "nowhere").exists()


# ------------------------------------------------------------------------------------------------------------------ erase


@pytest.mark.parametrize("id", ["P0@example.com", "odalys.txt", "+1 (555) 010-2200", "sha"])
def test_a_person_is_erased_from_every_byte(desk, id, capsys):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold", note="asked for nights")])
    with open_project(desk.project) as project:
        found = find_person(project, "odalys.txt")
    traces = [b"brennecke", b"p0@example.com", found.resumes[0].encode(), b"asked for nights", b"odalys"]
    assert all(trace in everything(desk.project) for trace in traces)
    assert main(["erase", found.resumes[0][:12] if id == "sha" else id, "--project", str(desk.project)]) == 0
    out = capsys.readouterr().out
    assert "searched: no name, address, number or hash of the person is left" in out
    assert f"{desk.resumes / 'odalys.txt'} (the resume: the next run would read it again)" in out
    assert [trace for trace in traces if trace in everything(desk.project)] == []
    assert b"okwuosa" in everything(desk.project)
    (event,) = desk.events("erased")
    assert (event["resumes"], event["decisions"]) == (1, 1)


def everything(folder):
    return b"\n".join(path.read_bytes() for path in folder.iterdir()).lower()


def test_all_resumes_of_a_person_are_erased(desk, capsys):
    (desk.resumes / "older.txt").write_text(resume("Odalys Brennecke", "p0@example.com", company="Fennimore Grocers"))
    desk.rank()
    assert main(["erase", "odalys.txt", "--project", str(desk.project)]) == 0
    assert "erased: 2 resumes" in capsys.readouterr().out
    assert b"brennecke" not in everything(desk.project)


def test_a_name_in_another_resume_is_told(desk, capsys):
    text = resume("Casimir Dunleavy", "casimir@example.com", "+1 555 010 4444", more="Reference: Odalys Brennecke")
    (desk.resumes / "casimir.txt").write_text(text)
    desk.rank()
    assert main(["erase", "odalys.txt", "--project", str(desk.project)]) == 1
    out = capsys.readouterr().out
    assert "LEFT: name in project.sqlite" in out
    assert "in the text of another resume: casimir.txt" in out


def test_the_others_go_on_as_before(desk, tmp_path):
    desk.rank("--out", tmp_path / "a.jsonl")
    main(["erase", "odalys.txt", "--project", str(desk.project)])
    (desk.resumes / "odalys.txt").unlink()
    _, last, _ = desk.rank("--out", tmp_path / "b.jsonl")
    assert "0 new, 0 changed, 2 skipped" in last
    assert desk.crew.read == []
    desk.rank("--out", tmp_path / "c.jsonl", project=False)
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()


def test_who_is_not_known_is_told(desk, capsys):
    desk.rank()
    assert main(["erase", "nobody@example.com", "--project", str(desk.project)]) == 2
    assert "nobody in this project is known by it" in capsys.readouterr().err
    assert main(["erase", "odalys.txt", "--project", str(desk.folder / "none")]) == 2
    assert "is no project" in capsys.readouterr().err


def test_look_removes_nothing(desk, capsys):
    desk.rank()
    assert main(["erase", "p1@example.com", "--project", str(desk.project), "--look"]) == 0
    assert "E-mail: p1@example.com" in capsys.readouterr().out
    assert b"okwuosa" in everything(desk.project)


# ----------------------------------------------------------------------------------------------------------------- record


def test_a_ranking_is_repeated_from_the_record(desk, tmp_path):
    """Last month's scores come again from what the record says of that run: its inputs by hash, as-of and weights."""
    desk.rank("--weight", "wording=0.5")
    (desk.resumes / "new.txt").write_text(resume("Casimir Dunleavy", "casimir@example.com", "+1 555 010 4444"))
    (desk.resumes / "odalys.txt").unlink()
    desk.rank("--as-of", "2027-03-01")
    first, second = desk.events("run")
    ranked = {tuple(row) for row in first["added"]}
    assert {tuple(row) for row in second["removed"]} == {row for row in ranked if row[0] == "odalys.txt"}
    told = [line for line in desk.events("scores") if line["run"] == first["run"]]
    scores = {line["sha256"]: line["scores"][0][1] for line in told}
    # Done again in a folder of its own, with the files of these hashes.
    (desk.resumes / "odalys.txt").write_text(resume("Odalys Brennecke", "p0@example.com", "+1 555 010 2200"))
    settings = first["settings"]
    weights = [word for text in settings["weights"] for word in ("--weight", text)]
    again = tmp_path / "again.jsonl"
    resumes = [str(desk.resumes / source) for source, _ in ranked]
    main(["rank", *resumes, "--jobs", str(desk.jobs), "--as-of", settings["as_of"], *weights, "--out", str(again)])
    found = {pair["sha256"]: pair["score"] for pair in map(json.loads, again.read_text().splitlines())}
    assert found == scores


def test_the_record_says_why(desk):
    desk.rank()
    reasons = desk.events("reasons")
    assert {line["resume"] for line in reasons} == {"odalys.txt", "mirela.txt", "thaddeus.txt"}
    assert all(line["reasons"] and line["job"] == "csr.txt" and 0 < line["score"] < 1 for line in reasons)
    desk.rank()
    assert len(desk.events("reasons")) == 3


def test_lines_have_numbers_in_order_and_a_torn_one_is_cut_off(desk):
    desk.rank()
    path = desk.project / "record.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write('{"n":99,"event":"ru')
    desk.rank()
    numbers = [json.loads(line)["n"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert numbers == sorted(set(numbers))


def test_a_line_that_was_written_before_the_end_of_a_run_is_not_written_twice(desk):
    desk.rank()
    with open_project(desk.project) as project:
        line = json.loads((desk.project / "record.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        number = line.pop("n")
        project.do("INSERT INTO record (id, line) VALUES (?, ?)", [number, json.dumps(line)])
    before = desk.events("reasons")
    desk.rank()
    assert desk.events("reasons") == before
