"""Measure runs over a project: everything new, nothing new, results gone, ten new files; prints a table in Markdown.

python benchmarks/project.py RESUME_FOLDER JOB_FOLDER [--sizes N ...] [--number N] [--stored]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from measuring import Cost, measure

HERE = Path(__file__).resolve().parent
ENDINGS = {".pdf", ".docx", ".txt"}
NEW = 10
"""Files that come to a project, or are ranked alone."""
RESULTS = ("shortlist.xlsx", "report.html")
_STORED = "MATCHER_BENCHMARK_STORED"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    given = _arguments(arguments)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    resumes, jobs = _documents(given.resumes), _documents(given.jobs)
    if not resumes or not jobs:
        raise SystemExit(f"no resumes or no jobs ({' '.join(sorted(ENDINGS))}) there")
    print(f"| resumes x jobs | run | wall s | CPU s | of the main process | its peak, MiB | database, MiB |{_RULE}", flush=True)
    with tempfile.TemporaryDirectory(dir=given.scratch) as stored:
        if given.stored:
            store_all(resumes[: max(given.sizes) + NEW], jobs, Path(stored, "values"))
        _measure(given, resumes, jobs)


def _measure(given: argparse.Namespace, resumes: Sequence[Path], jobs: Sequence[Path]) -> None:
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=given.scratch) as folder:
            place = Place(Path(folder), size, given)
            place.fill(resumes, jobs)
            for row in place.rows():
                print(row, flush=True)


_RULE = "\n|---|---|---|---|---|---|---|"


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("resumes", type=Path, metavar="RESUME_FOLDER")
    parser.add_argument("jobs", type=Path, metavar="JOB_FOLDER")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 200, 400], help="so many resumes, made of those there")
    parser.add_argument("--number", type=int, default=14, help="so many jobs, made of those there")
    parser.add_argument("--stored", action="store_true", help="read each document once beforehand; its copies are not read")
    parser.add_argument("--results", nargs="+", default=list(RESULTS), help="names of the files of results")
    parser.add_argument("--scratch", type=Path, help="where copies and projects are put for the time (some GB)")
    return parser.parse_args(arguments)


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())


# ------------------------------------------------------------------------------------------------------------------- files


def edited(data: bytes, ending: str, number: int) -> bytes:
    """Other bytes that say the same; of copy 0 they are the document's own."""
    if not number:
        return data
    if ending == ".pdf":
        return data + b"\n%% copy %d\n" % number  # a comment
    if ending == ".docx":
        mark = b"copy %d" % number  # the comment of a zip file, at its end and counted before it
        return data[:-2] + len(mark).to_bytes(2, "little") + mark if data[-2:] == b"\0\0" else data
    return data + b"\n" * number


def copies(paths: Sequence[Path], count: int, folder: Path, first: int = 0) -> None:
    """Put so many files into a folder, copies of the given ones in turn, no two of them equal; `first`: after so many others."""
    folder.mkdir(exist_ok=True)
    for place in range(first, first + count):
        path = paths[place % len(paths)]
        data = edited(path.read_bytes(), path.suffix.lower(), place // len(paths))
        (folder / f"{place:06d}-{place % len(paths)}{path.suffix.lower()}").write_bytes(data)


class Place:
    """A folder with resumes, jobs and projects, in which the runs are measured."""

    def __init__(self, folder: Path, size: int, given: argparse.Namespace) -> None:
        self.folder, self.size, self._given = folder, size, given
        self._command = [sys.executable, str(HERE / "project.py")] if given.stored else [sys.executable, "-m", "matcher"]

    def fill(self, resumes: Sequence[Path], jobs: Sequence[Path]) -> None:
        """Make the inputs."""
        copies(resumes, self.size, self.folder / "resumes")
        copies(resumes, NEW, self.folder / "new", self.size)
        copies(jobs, self._given.number, self.folder / "jobs")

    def rows(self) -> Iterator[str]:
        """The runs, one after the other."""
        results = [self.folder / name for name in self._given.results]
        yield self._row("all new", self._rank("desk", "resumes"))
        yield self._row("nothing new", self._rank("desk", "resumes"))
        for path in results:
            path.unlink()
        yield self._row("nothing new, results gone", self._rank("desk", "resumes"))
        yield self._row(f"{NEW} new", self._rank("desk", "resumes", "new"))
        yield self._row(f"{NEW} alone", self._rank("other", "new"), "other")

    def _rank(self, project: str, *inputs: str) -> Cost:
        words = ["rank", *inputs, "--jobs", "jobs", "--as-of", "document", "--keep-all", "--quiet", "--project", project]
        outs = [word for name in self._given.results for word in ("--out", name if project == "desk" else f"{project}-{name}")]
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            return measure([*self._command, *words, *outs])
        finally:
            os.chdir(before)

    def _row(self, run: str, cost: Cost, project: str = "desk") -> str:
        size = (self.folder / project / "project.sqlite").stat().st_size / 2**20
        figures = [f"{cost.wall:.1f}", *(f"{value or 0:.{digits}f}" for value, digits in _shown(cost)), f"{size:.0f}"]
        note = "" if cost.status in (0, 1) else f" (status {cost.status})"
        return f"| {self.size} x {self._given.number} | {run}{note} | {' | '.join(figures)} |"


def _shown(cost: Cost) -> list[tuple[float | None, int]]:
    return [(cost.cpu, 1), (cost.own_cpu, 1), (cost.own_peak, 0)]


# ------------------------------------------------------------------------------------------------------------------ stored


def store_all(resumes: Sequence[Path], jobs: Sequence[Path], folder: Path) -> None:
    """Read documents in a process of its own, and have the runs that follow take what they say from a folder."""
    script = [sys.executable, str(HERE / "project.py"), *map(str, resumes), "--", *map(str, jobs)]
    subprocess.run(script, check=True, env={**os.environ, _STORED: f"+{folder}"})
    os.environ[_STORED] = str(folder)


def store(folder: Path, resumes: Sequence[str], jobs: Sequence[str]) -> None:
    """Read documents, and keep what they say, each under its kind and number."""
    from matcher.matching import Engine

    engine = Engine()
    folder.mkdir()
    for number, name in enumerate(resumes):
        _keep(folder / f"resume-{number}", lambda path=Path(name): engine.read_resume(path.read_bytes(), "?", as_of="document"))
    for number, name in enumerate(jobs):
        _keep(folder / f"roles-{number}", lambda path=Path(name): engine.read_roles(path.read_bytes(), "?"))


def _keep(path: Path, read: Any) -> None:
    from matcher.batch import Failure
    from matcher.errors import MatcherError

    try:
        value = read()
    except MatcherError as error:
        value = Failure(error.code, str(error))
    path.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


class StoredCrew:
    """Takes the place of the worker processes: what a copy says is what its original says, under its own name and bytes."""

    def __init__(self, *_: object, **__: object) -> None:
        self._folder = Path(os.environ[_STORED])

    def __enter__(self) -> StoredCrew:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, queue: Any, stopped: Any) -> Iterator[Any]:
        """The outcomes of tasks."""
        from matcher.batch import Outcome

        while queue and not stopped():
            task = queue.popleft()
            yield Outcome(task, self._value(task), 0.01)

    def _value(self, task: Any) -> Any:
        number = Path(task.source).stem.rpartition("-")[2]
        value = pickle.loads((self._folder / f"{task.operation}-{number}").read_bytes())
        told = {"source": task.source, "sha256": hashlib.sha256(task.path.read_bytes()).hexdigest()}
        if isinstance(value, tuple):
            return tuple(replace(role, **told) for role in value)
        return replace(value, **told) if hasattr(value, "facts") else value


def _stand_in(arguments: list[str]) -> int:
    """Run the command with stored readings."""
    import matcher.batch.crew
    from matcher.cli import main as command

    matcher.batch.crew.Crew = StoredCrew  # type: ignore[misc,assignment]
    return command(arguments)


if __name__ == "__main__":
    told = os.environ.get(_STORED, "")
    if told.startswith("+"):
        end = sys.argv.index("--")
        store(Path(told[1:]), sys.argv[1:end], sys.argv[end + 1 :])
    elif told:
        sys.exit(_stand_in(sys.argv[1:]))
    else:
        main()
