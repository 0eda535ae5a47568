"""Files of a project that were damaged, lost, put back or edited: one line that says so, and nothing lost without a word."""

import errno
import json
import os
import random
import shutil
import sqlite3
import zipfile

import pytest
from project_runs import desk_fixture, resume  # noqa: F401 - a fixture

from matcher.batch import Operation, worker
from matcher.cli import main
from matcher.errors import InputError
from matcher.project import FOLDER_FILES, erase, open_project, papers
from matcher.project.codec import decode_profile, dumps, encode_profile, loads
from matcher.project.decisions import Decided, record_decisions
from matcher.project.lock import Lock

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and locks of POSIX")
HOLD = Decided("odalys.txt", "csr.txt", "Hold", note="call in May")


def one_line(done):
    """A run that was refused with one line; gives it."""
    status, last, err = done
    assert (status, len(err)) == (2, 1), err
    return last


def numbers(desk):
    return [json.loads(line)["n"] for line in (desk.project / "record.jsonl").read_text(encoding="utf-8").splitlines()]


def erased(desk, *words):
    status = main(["erase", *words, "--project", str(desk.project)])
    return status, desk.capsys.readouterr()


@pytest.mark.parametrize(
    ("id", "told"),
    [
        (
            "Odalys Brennecke",
            "a name alone is not enough, give an e-mail address, a telephone number, a file's name or a SHA-256",
        ),
        ("BRENNECKE, odalys", "did you mean odalys.txt?"),
        ("Nobody Brennecke", "known by it; give an e-mail address, a telephone number, a file's name or a SHA-256\n"),
    ],
)
def test_a_name_alone_erases_nobody_and_names_the_files_of_people_of_that_name(desk, id, told):
    desk.rank()
    status, (_, err) = erased(desk, id)
    assert status == 2
    assert told in err


# -------------------------------------------------------------------------------------------------------- odd things there


@POSIX
@pytest.mark.parametrize("name", sorted(FOLDER_FILES))
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink(path, path)], ids=["folder", "pipe", "loop"])
def test_what_is_no_file_is_named_and_not_waited_for(desk, name, make):
    desk.project.mkdir()
    make(desk.project / name)
    assert f"{desk.project / name}: is no file" in one_line(desk.rank())


def test_a_file_of_the_name_lock_makes_no_project_of_a_folder(desk):
    desk.project.mkdir()
    for name in ("lock", "thesis.txt"):
        (desk.project / name).write_text("mine")
    before = desk.project.stat().st_mode
    assert "holds other files" in one_line(desk.rank())
    assert desk.project.stat().st_mode == before


@POSIX
def test_a_disk_that_knows_no_locks_is_not_taken_for_another_run(tmp_path, monkeypatch):
    def flock(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(InputError, match="No locks available"), open_project(tmp_path / "p"):
        pass


def test_whatever_stands_in_the_lock_it_is_told_that_another_run_is_at_work(tmp_path):
    lock = Lock(tmp_path)
    (tmp_path / "lock").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="another run is at work on it; wait"):
        Lock(tmp_path)
    lock.let_go()


# ---------------------------------------------------------------------------------------------------------------- database


def test_a_bit_that_was_lost_in_what_a_resume_says_is_found(sample_profiles):
    data = encode_profile(sample_profiles["team-leader"])
    draw = random.Random(5)
    for _ in range(200):
        place = draw.randrange(len(data))
        damaged = data[:place] + bytes([data[place] ^ 1 << draw.randrange(8)]) + data[place + 1 :]
        with pytest.raises(InputError, match="database is damaged"):
            decode_profile(damaged)


def test_a_reading_of_the_first_version_is_still_known(sample_profiles):
    profile = sample_profiles["team-leader"]
    assert decode_profile(encode_profile(profile).partition(b"\n")[0]) == profile


@pytest.mark.parametrize("value", ["CAST(x'7bff' AS TEXT)", "'[]'", "substr(value, 1, 900)", "''"])
def test_a_damaged_reading_is_told_in_one_line_without_its_words(desk, value):
    desk.rank()
    with sqlite3.connect(desk.project / "project.sqlite") as database:
        database.execute(f"UPDATE reads SET value = {value} WHERE shape = 'profile'")
    database.close()
    (desk.jobs / "other.txt").write_text((desk.jobs / "csr.txt").read_text() + "\nExcel")
    status, last, err = desk.rank()
    assert status == 2
    assert "is damaged" in last
    assert not any("odalys" in line for line in err)


@pytest.mark.parametrize("value", ["substr(packed, 1, length(packed) - 9)", "zeroblob(length(packed))", "x''"])
def test_a_damaged_copy_of_results_is_not_put_back_and_no_half_file_is_left(desk, tmp_path, value):
    out = tmp_path / "a.csv"
    desk.rank("--out", out)
    right = out.read_bytes()
    with sqlite3.connect(desk.project / "project.sqlite") as database:
        database.execute(f"UPDATE copies SET packed = {value}")
    database.close()
    out.unlink()
    status, _, told = desk.rank("--out", out)
    assert (status, any("put back" in line for line in told)) == (0, False)
    assert (out.read_bytes(), list(tmp_path.glob(".*part"))) == (right, [])


@pytest.mark.slow
def test_wherever_the_database_is_damaged_no_result_is_another_one(desk, tmp_path):
    out = tmp_path / "a.jsonl"
    desk.rank("--out", out)
    right, good = out.read_bytes(), (desk.project / "project.sqlite").read_bytes()
    draw = random.Random(11)
    for number in range(60):
        data = bytearray(good)
        if number % 3 == 0:
            del data[draw.randrange(len(data)) :]
        elif number % 3 == 1:
            start = draw.randrange(len(data)) // 4096 * 4096
            data[start : start + 4096] = bytes(4096)
        else:
            start = draw.randrange(len(data) - 64)
            data[start : start + 64] = draw.randbytes(64)
        for name in ("project.sqlite-wal", "project.sqlite-shm"):
            (desk.project / name).unlink(missing_ok=True)
        (desk.project / "project.sqlite").write_bytes(data)
        out.unlink(missing_ok=True)
        status, _, err = desk.rank("--out", out)
        assert status in (0, 2), err
        assert (status == 2 and not out.exists()) or out.read_bytes() == right, number


def test_a_project_of_the_first_version_is_gone_on_with(desk):
    desk.rank()
    with sqlite3.connect(desk.project / "project.sqlite") as database:
        database.executescript("DROP TABLE papers; DROP TABLE notes; DROP TABLE copies; ALTER TABLE ranked DROP COLUMN reading")
        database.executescript("ALTER TABLE inputs DROP COLUMN sha256; PRAGMA user_version = 1")
    database.close()
    assert desk.rank()[0] == 0
    assert desk.crew.read == []


def test_a_project_of_a_later_version_is_left_alone(desk):
    desk.rank()
    with sqlite3.connect(desk.project / "project.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert "a later one; update it" in one_line(desk.rank())


def test_a_new_database_takes_the_decisions_from_the_record_and_no_number_comes_twice(desk, tmp_path):
    desk.rank()
    record_decisions(desk.project, [HOLD])
    (desk.project / "project.sqlite").unlink()
    desk.rank("--out", tmp_path / "a.jsonl")
    assert "decided before: Hold for Customer Service Representative (csr.txt)" in (tmp_path / "a.jsonl").read_text()
    assert record_decisions(desk.project, [HOLD]).known == 1
    assert numbers(desk) == list(range(1, len(numbers(desk)) + 1))
    assert [line["run"] for line in desk.events("run")] == [1, 2]
    assert [line["since"] for line in desk.events("run")] == [0, 0]


def test_a_database_put_back_from_a_copy_loses_no_line_of_the_record(desk):
    desk.rank()
    shutil.copy(desk.project / "project.sqlite", desk.folder / "copy")
    desk.rank("--weight", "wording=0.5")
    lost = desk.events("run")
    shutil.copy(desk.folder / "copy", desk.project / "project.sqlite")
    (desk.resumes / "new.txt").write_text(resume("Casimir Dunleavy", "casimir@example.com", "+1 555 010 4444"))
    desk.rank()
    runs = desk.events("run")
    assert runs[:2] == lost
    assert [(line["run"], line["since"]) for line in runs] == [(1, 0), (2, 1), (3, 1)]
    assert numbers(desk) == list(range(1, len(numbers(desk)) + 1))


# ------------------------------------------------------------------------------------------------------------------ record


@pytest.mark.parametrize("line", [b"junk", b"\xff\xfe", b"[1]", b'{"n":"x","event":"run"}', b'{"event":"run"}'])
def test_a_line_that_is_none_is_told_and_nothing_is_written_over_it(desk, line):
    desk.rank()
    path = desk.project / "record.jsonl"
    for data, where in ((path.read_bytes() + line + b"\n", "the last line"), (line + b"\n" + path.read_bytes(), "line 1")):
        before = path.read_bytes()
        path.write_bytes(data)
        status, (_, err) = erased(desk, "odalys.txt")
        assert (status, err.count("\n")) == (2, 1)
        assert f"record.jsonl: {where} is no line of the record" in err
        assert path.read_bytes() == data
        path.write_bytes(before)


def test_results_never_take_the_place_of_the_record(desk):
    desk.rank()
    before = (desk.project / "record.jsonl").read_bytes()
    (desk.folder / "link").symlink_to(desk.project)
    for folder in (desk.project, desk.folder / "link"):
        assert "is the project's own file" in one_line(desk.rank("--out", folder / "record.jsonl"))
    assert (desk.project / "record.jsonl").read_bytes() == before


def test_a_record_that_an_editor_saved_goes_on(desk):
    desk.rank()
    path = desk.project / "record.jsonl"
    before = path.read_bytes()
    for data in (before.replace(b"\n", b"\r\n"), before.rstrip(b"\n"), b"\n" + before + b"\n\n"):
        path.write_bytes(data)
        count = len(desk.events("run"))
        desk.rank()
        assert len(desk.events("run")) == count + 1


# ---------------------------------------------------------------------------------------------------------------- results


def test_a_file_of_unknown_origin_is_kept_under_another_name(desk, tmp_path):
    out = tmp_path / "a.csv"
    out.write_text("decisions of a day")
    _, _, err = desk.rank("--out", out)
    assert (tmp_path / "a (changed 1).csv").read_text() == "decisions of a day"
    assert any("a.csv was not as this project wrote it" in line for line in err)


def test_results_that_moved_with_their_project_are_known_and_what_was_changed_in_them_is_kept(desk, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    desk.rank("--out", old / "a.csv", "--out", old / "b.csv")
    old.rename(new)
    (new / "b.csv").write_text("my choice")
    desk.rank("--weight", "wording=0.5", "--out", new / "a.csv", "--out", new / "b.csv")
    assert sorted(path.name for path in new.iterdir()) == ["a.csv", "b (changed 1).csv", "b.csv"]
    assert (new / "b (changed 1).csv").read_text() == "my choice"


def test_what_was_written_into_results_after_their_run_was_killed_is_kept(desk, tmp_path, monkeypatch):
    out = tmp_path / "a.csv"
    desk.rank("--out", out)
    with monkeypatch.context() as patch:
        patch.setattr("matcher.project.outputs.written", None)  # the run ends when its files are in their places
        with pytest.raises(TypeError):
            desk.rank("--out", out, "--weight", "wording=0.5")
    out.write_text("my choice")
    desk.rank("--out", out)
    assert (tmp_path / "a (changed 1).csv").read_text() == "my choice"


# ------------------------------------------------------------------------------------------------------------------- erase


STEPS = (
    *("matcher.project.erase._remove", "matcher.project.erase._replace", "matcher.project.store.Project.shrink"),
    *("matcher.project.erase.known_papers", "matcher.project.erase._rests"),
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("then", ["erase", *(pytest.param(name, marks=pytest.mark.slow) for name in ("rank", "record"))])
def test_an_erasure_that_is_stopped_is_finished_by_the_next_command(desk, monkeypatch, step, then):
    desk.rank()
    record_decisions(desk.project, [HOLD])
    with monkeypatch.context() as patch:
        patch.setattr(step, None)
        with pytest.raises(TypeError):
            main(["erase", "odalys.txt", "--project", str(desk.project)])
    (desk.resumes / "odalys.txt").unlink()
    desk.capsys.readouterr()
    if then == "rank":
        assert desk.rank()[0] == 0
    elif then == "record":
        assert main(["record", "--project", str(desk.project)]) == 0
    else:
        status, (out, err) = erased(desk, "odalys.txt")
        if step == STEPS[-1]:  # all was done but for the proof
            assert "nobody in this project is known by it" in err
        else:
            assert status == 0
            assert "finished the erasure that had been stopped\nerased: 1 resume with all scores, 1 decision" in out
    everything = b"\n".join(path.read_bytes() for path in desk.project.iterdir()).lower()
    assert b"brennecke" not in everything
    assert b"call in may" not in everything
    assert len(desk.events("erased")) == 1
    assert not (desk.project / "record.jsonl.part").exists()


def test_every_file_that_tells_of_a_person_is_named(desk, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book, table = tmp_path / "s.xlsx", tmp_path / "decided.csv"
    desk.rank("--out", book, "--out", tmp_path / "all.parquet", "--top", "3")
    opened = openpyxl.load_workbook(book)
    page = opened["Ranked"]
    heads = [cell.value for cell in page[1]]
    for row in range(2, 5):
        page.cell(row, heads.index("Decision") + 1, "Hold")
    opened.save(book)
    assert main(["decisions", str(book), "--out", str(table), "--project", str(desk.project)]) == 0
    desk.rank("--out", book)
    (tmp_path / "form.csv").write_text("E-mail,Typing speed\np1@example.com,60 wpm\n")
    desk.rank("--blind", "--key", tmp_path / "key.csv", "--answers", tmp_path / "form.csv", "--out", tmp_path / "blind.csv")
    _, (out, _) = erased(desk, "odalys.txt")
    told = dict(
        line.strip().split(" (", 1) for line in out.splitlines() if line.startswith(f"  {tmp_path}") and "changed" not in line
    )
    names = "it names the person)"
    assert told == {
        str(desk.resumes / "odalys.txt"): "the resume: the next run would read it again)",
        str(book): f"a workbook that decisions were read from; {names}",
        str(tmp_path / "all.parquet"): "results of a run; it could not be searched)",
        str(table): f"decisions written as a table; {names}",
        str(tmp_path / "key.csv"): f"the key of blind results; {names}",
        str(tmp_path / "form.csv"): "answers; nothing of the person was found in it)",
        str(tmp_path / "blind.csv"): told[str(tmp_path / "blind.csv")],
    }
    assert f"  {tmp_path / 's (changed 1).xlsx'} (results that were changed by hand; {names}" in out


@pytest.mark.parametrize("name", ["Ñusta Ángelova", "ÖZGE ÇELİK", "Zoe\u0308 Ka\u0308stner"])
def test_the_proof_finds_names_with_accents_in_any_case_and_form(tmp_path, name):
    import unicodedata

    for written in (name, name.upper(), name.lower(), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))):
        path = tmp_path / "a.csv"
        path.write_text(f"1,{written},2")
        with path.open("rb") as file:
            assert papers.found_in(file, [("name", name)]) == {"name": 1}


def test_a_trace_that_lies_across_two_parts_is_found_once(tmp_path, monkeypatch):
    monkeypatch.setattr(papers, "_CHUNK", 7)
    (tmp_path / "a").write_text("x" * 11 + "Ada Wexcombe" + "y" * 30 + "ADA WEXCOMBE")
    with (tmp_path / "a").open("rb") as file:
        assert papers.found_in(file, [("name", "Ada Wexcombe")]) == {"name": 2}


def test_a_person_is_found_by_a_name_whose_accents_are_kept_otherwise(desk):
    (desk.resumes / "jose\u0301.txt").write_text(resume("José Quiñonero", "jose@example.com", "+1 555 010 8888"))
    desk.rank()
    with open_project(desk.project) as project:
        assert erase.find_person(project, "JOSÉ.txt").emails == ("jose@example.com",)


def test_a_file_that_was_never_read_is_erased_by_its_name(desk):
    from matcher.batch import Failure

    desk.crew.broken["odalys.txt"] = Failure("crashed", "stopped", passing=True)
    desk.rank()
    status, (out, _) = erased(desk, "odalys.txt")
    assert status == 0, out
    assert b"odalys" not in b"".join(path.read_bytes() for path in desk.project.iterdir())


def test_who_came_in_a_zip_file_is_erased_under_all_its_names_and_the_zip_file_is_named(desk, monkeypatch):
    def value(task):
        with task.path.open("rb") as file:
            found = worker._contents(file, task, desk.crew.options)
            data = worker._bytes(file, task, desk.crew.options)
        if found or task.operation is Operation.ROLES:
            return found or desk.crew.engine.read_roles(data, task.source)
        return desk.crew.engine.read_resume(data, task.source, as_of="2026-11-01")

    monkeypatch.setattr(desk.crew, "value", value)
    (desk.resumes / "odalys.txt").unlink()
    path, renamed = desk.resumes / "Ferran Oyelaran.zip", desk.resumes / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Ferran Oyelaran/cv.txt", resume("Ferran Oyelaran", "f@example.com", "+1 555 010 9191"))
        archive.writestr("Ferran Oyelaran/photo.xyz", "x")
    desk.rank("--keep-all")
    newer = resume("Ferran Oyelaran", "f@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")
    (desk.resumes / "newer.txt").write_text(newer)
    path.rename(renamed)
    desk.rank()
    status, (told, _) = erased(desk, "f@example.com")
    assert (status, "LEFT" in told) == (0, False), told
    assert b"oyelaran" not in b"".join(one.read_bytes() for one in desk.project.iterdir()).lower()
    assert f"{renamed} (the resume: the next run would read it again)" in told


def test_nobody_is_erased_from_a_damaged_database(desk):
    desk.rank()
    path = desk.project / "project.sqlite"
    with sqlite3.connect(path) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'marks_sha256'").fetchone()
    database.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(data)
    status, (_, err) = erased(desk, "odalys.txt")
    assert (status, err.count("\n")) == (2, 1)
    assert "is damaged" in err


# ------------------------------------------------------------------------------------------------------------------- names


@POSIX
def test_names_of_files_that_are_no_text_are_kept_and_erased(desk, tmp_path):
    odd = "bad\udcff\udce9"
    (desk.resumes / f"{odd}.txt").write_text(resume("Casimir Dunleavy", "casimir@example.com", "+1 555 010 4444"))
    (tmp_path / odd).mkdir()
    out = tmp_path / odd / "a.csv"
    for read in (5, 0):
        status, *_ = desk.rank("--out", out)
        assert (status, len(desk.crew.read)) == (0, read)
    out.write_text("casimir@example.com")
    desk.rank("--out", out)
    assert loads(dumps({"taxonomy": odd})) == {"taxonomy": "bad??"}
    status, (told, _) = erased(desk, "casimir@example.com")
    assert status == 0
    assert told.count("(the resume: the next run would read it again)") == 1
    assert told.count("(results that were changed by hand; it names the person)") == 1
