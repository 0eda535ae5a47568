"""Every file gets an outcome, whatever it does to its reader, and no other file notices."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import batch_engines as engines
import pytest
from pebble import CONSTS

from matcher.batch import Failure, Operation, ReadOptions, Task, default_workers, read_all

HERE = Path(__file__).resolve().parent
FAST = ReadOptions(seconds=1.5, memory=200 * 2**20)
SLOW = pytest.mark.slow


def tasks_of(tmp_path, contents):
    tasks = []
    for name, content in contents.items():
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        tasks.append(Task(name, Operation.RESUME, path))
    return tasks


def run(tasks, workers=2, options=FAST, maker=engines.misbehaving, on_result=None):
    return {o.source: o for o in read_all(tasks, workers=workers, options=options, maker=maker, on_result=on_result)}


BAD = {
    "hang": "too-slow",
    "hold": "too-slow",
    "exit": "crashed",
    "abort": "crashed",
    "eat": "too-much-memory",
    "refuse": "encrypted",
    "fail": "internal",
    "recurse": "internal",
}


GOOD = {f"good{i}.txt": f"fine {i}" for i in range(8)}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """What becomes of good files among bad ones."""
    tasks = tasks_of(tmp_path_factory.mktemp("mixed"), GOOD | {f"{action}.txt": action for action in BAD})
    return run(tasks, options=replace(FAST, seconds=3))  # a busy machine may need long to start the worker after a crash


def test_batch_bad_files_fail_alone(mixed):
    assert {name: mixed[f"{name}.txt"].failure.code for name in BAD} == BAD
    assert all(mixed[name].value.text == text for name, text in GOOD.items())


def test_batch_messages_are_one_line_with_a_remedy(mixed):
    found = {name: outcome for name, outcome in mixed.items() if name not in GOOD}
    for outcome in found.values():
        assert "\n" not in outcome.failure.message
        assert outcome.failure.message.strip()
    assert "--max-seconds" in found["hang.txt"].failure.message
    assert "--max-memory" in found["eat.txt"].failure.message
    assert found["refuse.txt"].failure.message == "is password-protected; save a copy without a password"


@pytest.mark.slow
def test_batch_many_crashes_one_after_another(tmp_path):
    contents = {f"{i:02d}.txt": ("exit" if i % 3 else "fine") + f" {i}" for i in range(24)}
    found = run(tasks_of(tmp_path, contents))
    assert {n for n, o in found.items() if o.failure} == {n for n, text in contents.items() if text.startswith("exit")}


@pytest.mark.parametrize("workers", [pytest.param(1, marks=SLOW), 2, pytest.param(4, marks=SLOW)])
def test_batch_order_does_not_depend_on_workers(tmp_path, workers):
    contents = {f"{i:02d}.txt": ("sleep" if i % 2 else "fine") + f" {i}" for i in range(10)}
    tasks = tasks_of(tmp_path, contents)
    names = [o.source for o in read_all(reversed(tasks), workers=workers, options=FAST, maker=engines.misbehaving)]
    assert names == sorted(contents)


def test_batch_uses_other_processes_in_parallel(tmp_path):
    found = run(tasks_of(tmp_path, {f"{i}.txt": f"sleep {i}" for i in range(4)}))
    pids = {o.value.pid for o in found.values()}
    assert os.getpid() not in pids
    assert len(pids) == 2


def test_batch_reads_identical_files_once_and_names_each(tmp_path):
    heard = []
    tasks = tasks_of(tmp_path, {"a.txt": "sleep same", "b.txt": "sleep same", "c.txt": "sleep other", "d.md": "sleep same"})
    found = run(tasks, on_result=heard.append)
    assert [found[n].value.source for n in ("a.txt", "b.txt", "c.txt", "d.md")] == ["a.txt", "b.txt", "c.txt", "d.md"]
    assert found["b.txt"].seconds == 0.0
    assert found["d.md"].seconds > 0.2, "another ending may mean another format"
    assert sorted(o.source for o in heard) == ["a.txt", "b.txt", "c.txt", "d.md"]


def test_batch_given_bytes_need_no_file():
    outcome = next(read_all([Task("-", Operation.RESUME, data=b"fine")], workers=1, options=FAST, maker=engines.misbehaving))
    assert outcome.value.text == "fine"


def test_batch_limits_the_size_before_reading(tmp_path):
    tasks = tasks_of(tmp_path, {"big.txt": "x" * 5000})
    tasks.append(Task("-", Operation.RESUME, data=b"y" * 5000))
    found = run(tasks, options=ReadOptions(max_bytes=4096))
    assert {o.failure.code for o in found.values()} == {"too-large"}


def test_batch_memory_limit_is_each_files_own(tmp_path):
    contents = {f"{i}.txt": "eat" + " " * i for i in range(3)} | {f"z{i}.txt": f"fine {i}" for i in range(3)}
    found = run(tasks_of(tmp_path, contents), workers=1)
    assert [n for n, o in found.items() if o.failure] == ["0.txt", "1.txt", "2.txt"]


def told(found, name):
    """MiB of address space at most, MiB of memory held, as the worker told them."""
    return tuple(int(number) / 1024 for number in found[name].value.text.split())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells")
def test_batch_worker_gives_back_what_a_large_file_took(tmp_path):
    found = run(tasks_of(tmp_path, {"a.txt": "tell", "b.txt": "scatter", "c.txt": "tell "}), workers=1)
    assert told(found, "c.txt")[1] < told(found, "a.txt")[1] + 32


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells")
def test_batch_worker_grows_no_further_whatever_it_has_read(tmp_path):
    contents = {"a.txt": "tell", "b.txt": "keep", "c.txt": "keep ", "d.txt": "eat", "e.txt": "tell "}
    found = run(tasks_of(tmp_path, contents), workers=1)
    assert [name for name, outcome in found.items() if outcome.failure] == ["d.txt"]
    assert told(found, "e.txt")[0] < told(found, "a.txt")[0] + FAST.memory / 2**20 + 33


def test_batch_worker_that_is_killed_leaves_no_file_behind(tmp_path):
    found = run(tasks_of(tmp_path, {"a.txt": "litter", "b.txt": "fine"}))
    assert found["a.txt"].failure.code == "too-slow"
    assert list(Path(tempfile.gettempdir()).glob("matcher-*/litter-*")) == []


def test_batch_file_that_vanished_is_a_failure(tmp_path):
    found = run([Task("gone.txt", Operation.RESUME, tmp_path / "gone.txt")])
    assert found["gone.txt"].failure == Failure("unreadable", "cannot be opened: No such file or directory")


def test_batch_result_that_cannot_travel_is_a_failure(tmp_path):
    found = run(tasks_of(tmp_path, {"a.txt": "fine"}), maker=engines.unpicklable)
    assert found["a.txt"].failure.code == "internal"


def test_batch_engine_that_cannot_be_built_is_told_of_each_file(tmp_path):
    found = run(tasks_of(tmp_path, {"a.txt": "1", "b.txt": "2"}), maker=engines.stillborn)
    assert {o.failure for o in found.values()} == {Failure("broken", "no engine today")}


def test_batch_workers_that_die_at_birth_end_the_run_all_the_same(tmp_path):
    found = run(tasks_of(tmp_path, {"a.txt": "1", "b.txt": "2", "c.txt": "3"}), maker=engines.dead_at_birth)
    assert {o.failure.code for o in found.values()} == {"crashed"}


def test_batch_a_file_is_not_blamed_for_a_worker_that_never_took_it(tmp_path):
    look = CONSTS.sleep_unit
    found = run(tasks_of(tmp_path, {"a.txt": "fine"}), workers=1, maker=engines.LateBorn(tmp_path / "mark"))
    assert found["a.txt"].failure is None
    assert look == CONSTS.sleep_unit, "what all pools of a program share is as it was"


@pytest.mark.slow
def test_batch_a_pool_that_broke_before_it_took_its_tasks_ends_the_run_all_the_same(tmp_path, monkeypatch):
    from pebble.pool.process import PoolManager

    take = PoolManager.schedule
    monkeypatch.setattr(PoolManager, "schedule", lambda self, task: (time.sleep(1), take(self, task)))
    begun = time.monotonic()
    found = run(tasks_of(tmp_path, {"a.txt": "1", "b.txt": "2"}), maker=engines.dead_at_birth)
    assert {o.failure.code for o in found.values()} == {"crashed"}
    assert time.monotonic() - begun < 100, "not found out by its silence alone, after two minutes"


def test_batch_workers_import_nothing_from_the_folder_that_they_are_called_in(tmp_path):
    for name in ("docx", "ftfy", "matcher", "pebble"):
        (tmp_path / f"{name}.py").write_text("open('imported.txt', 'a').write(__name__)\n")
    (tmp_path / "cv.txt").write_text(
        "Ana Cruz\nExperience\nCustomer Service Agent, Acme, 01/2020 to 05/2022\nAnswered inbound calls\n"
    )
    call = "import sys; sys.path.remove(''); from matcher.__main__ import main; main()"
    known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path[1:]])}
    known.pop("PYTHONSAFEPATH", None)
    done = subprocess.run(
        [sys.executable, "-c", call, "extract", "cv.txt"], cwd=tmp_path, env=known, capture_output=True, text=True
    )
    assert (done.returncode, "inbound-calls" in done.stdout) == (0, True), done.stderr
    assert not (tmp_path / "imported.txt").exists()


def test_batch_nothing_to_do_starts_nothing():
    assert list(read_all([], workers=2, options=FAST, maker=engines.dead_at_birth)) == []


def test_batch_default_workers_is_positive():
    assert default_workers() >= 1


def packed(tmp_path, name, contents):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        for inner, content in contents.items():
            archive.writestr(inner, content)
    return Task(name, Operation.RESUME, path, endings=frozenset({".txt"}))


@pytest.mark.parametrize("workers", [pytest.param(1, marks=SLOW), 3])
def test_batch_documents_in_a_container_fail_alone_and_keep_their_order(tmp_path, workers):
    contents = {"a.txt": "sleep a", "b.txt": "hang", "c.txt": "fine c", "d.txt": "exit", "e.txt": "eat", "f.zip": "PK"}
    tasks = [*tasks_of(tmp_path, {"0.txt": "sleep 0", "z.txt": "fine z"}), packed(tmp_path, "m.zip", contents)]
    found = list(read_all(tasks, workers=workers, options=replace(FAST, seconds=3), maker=engines.misbehaving))
    assert [o.source for o in found] == ["0.txt", "m.zip", *(f"m.zip/{name}" for name in contents), "z.txt"]
    codes = [o.failure.code if o.failure else "" for o in found]
    assert codes == ["", "", "", "too-slow", "", "crashed", "too-much-memory", "damaged", ""]
    assert [item.source for item in found[1].value.members] == [f"m.zip/{name}" for name in contents if name != "f.zip"]
    assert found[4].value.text == "fine c"


def test_batch_one_container_keeps_all_workers_busy(tmp_path):
    found = run([packed(tmp_path, "m.zip", {f"{i}.txt": f"sleep {i}" for i in range(6)})])
    assert len({o.value.pid for o in found.values() if o.source != "m.zip"}) == 2


def test_batch_equal_containers_are_opened_once_and_each_is_read(tmp_path):
    tasks = [packed(tmp_path, name, {"a.txt": "fine a", "b.zip": "PK"}) for name in ("m.zip", "n.zip")]
    (tmp_path / "n.zip").write_bytes((tmp_path / "m.zip").read_bytes())
    heard = []
    found = list(read_all(tasks, workers=2, options=FAST, maker=engines.misbehaving, on_result=heard.append))
    assert [o.source for o in found] == [f"{name}{rest}" for name in ("m.zip", "n.zip") for rest in ("", "/a.txt", "/b.zip")]
    assert [o.value.source for o in found if o.source.endswith("a.txt")] == ["m.zip/a.txt", "n.zip/a.txt"]
    assert sorted(o.source for o in heard) == [o.source for o in found]


def test_batch_container_of_standard_input_and_in_no_endings(tmp_path):
    task = packed(tmp_path, "m.zip", {"a.txt": "fine a"})
    data = task.path.read_bytes()
    given = Task("-", Operation.RESUME, data=data, endings=task.endings)
    assert list(run([given])) == ["-", "-/a.txt"]
    assert list(run([Task("-", Operation.RESUME, data=data)])) == ["-"]


def test_batch_limits_of_a_file_hold_for_each_document_and_not_for_the_zip_file(tmp_path):
    contents = {"big.txt": "x" * 5000, **{f"{i}.txt": "fine" + "y" * 3000 for i in range(3)}}
    found = run([packed(tmp_path, "m.zip", contents)], options=ReadOptions(max_bytes=4096))
    assert [o.source for o in found.values() if o.failure] == ["m.zip/big.txt"]
    assert found["m.zip/big.txt"].failure.code == "too-large"


SCRIPT = """
    import sys
    sys.path[:0] = [{tests!r}, {root!r}]
    import batch_engines as engines
    from pathlib import Path
    from matcher.batch import Operation, ReadOptions, Task, read_all
    if __name__ == "__main__":
        tasks = [Task(p.name, Operation.RESUME, p) for p in sorted(Path(sys.argv[1]).iterdir())]
        tell = lambda o: print("done", o.source, flush=True)
        for o in read_all(tasks, workers=1, options=ReadOptions(seconds=30), maker=engines.misbehaving, on_result=tell):
            print(o.source, o.failure.code if o.failure else "ok", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_batch_ctrl_c_keeps_what_is_done(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    tasks_of(folder, {"a.txt": "fine", "b.txt": "hang", "c.txt": "fine c"})
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT).format(tests=str(HERE), root=str(HERE.parent)), encoding="utf-8")
    command = [sys.executable, str(script), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout.readline() == "done a.txt\n"
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    rest = process.stdout.read().splitlines()
    assert rest == ["a.txt ok", "b.txt interrupted", "c.txt interrupted"]
    assert process.wait(timeout=30) == 0


BIRTH = """
    import sys
    sys.path[:0] = [{tests!r}, {root!r}]
    import batch_engines as engines
    from matcher.batch import Operation, ReadOptions, Task, read_all
    if __name__ == "__main__":
        errors = {{"gone": FileNotFoundError(2, "gone"), "closed": EOFError("closed"), "fault": ZeroDivisionError("a bug")}}
        task = Task("a.txt", Operation.RESUME, data=b"fine")
        for o in read_all([task], workers=1, options=ReadOptions(seconds=30), maker=engines.Maker(errors[sys.argv[1]])):
            print(o.source, o.failure.code, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no fork server")
@pytest.mark.parametrize(
    ("error", "told"), [("gone", False), pytest.param("closed", False, marks=SLOW), pytest.param("fault", True, marks=SLOW)]
)
def test_batch_worker_born_too_late_dies_without_a_word(tmp_path, error, told):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(BIRTH).format(tests=str(HERE), root=str(HERE.parent)), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script), error], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "a.txt crashed\n"
    assert ("Traceback" in done.stderr) is told, done.stderr
