"""Measure `matcher rank` beside the obvious alternative, on the same files, in one run; prints a table in Markdown.

python benchmarks/run.py RESUME_FOLDER JOB_FOLDER [--limit N] [--workers N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from measuring import Cost, measure
from stages import SAMPLE, stages

HERE = Path(__file__).resolve().parent
MATCHER = [sys.executable, "-m", "matcher"]
ENDINGS = {".pdf", ".docx"}
TRIES = 3
"""How often a start is measured; the least counts."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    given = _arguments(arguments)
    sys.path.insert(0, str(HERE.parent))  # a checkout that is not installed
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    with _files(given.resumes, given.limit) as folder, tempfile.TemporaryDirectory() as out:
        resumes, jobs = _documents(folder, ENDINGS), _documents(given.jobs, {*ENDINGS, ".txt"})
        if not resumes or not jobs:
            raise SystemExit("no resumes (.pdf .docx) or no jobs (.txt .pdf .docx) there")
        for line in _report(folder, given.jobs, resumes, jobs, given.workers, Path(out)):
            print(line, flush=True)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("resumes", type=Path, metavar="RESUME_FOLDER")
    parser.add_argument("jobs", type=Path, metavar="JOB_FOLDER")
    parser.add_argument("--limit", type=int, help="so many resumes, spread evenly over the folder")
    parser.add_argument("--workers", type=int, default=_cores(), help="processes of either side (default: all cores)")
    return parser.parse_args(arguments)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _files(folder: Path, limit: int | None) -> Iterator[Path]:
    """The folder of resumes, or a copy that holds `limit` of them."""
    with tempfile.TemporaryDirectory() as part:
        if limit:
            for place, path in enumerate(_spread(_documents(folder, ENDINGS), limit)):
                shutil.copyfile(path, Path(part, f"{place:05d}{path.suffix}"))
        yield Path(part) if limit else folder


def _documents(folder: Path, endings: set[str]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())


def _spread(paths: Sequence[Path], count: int) -> list[Path]:
    return [paths[place * len(paths) // count] for place in range(min(count, len(paths)))] if count < len(paths) else list(paths)


# ------------------------------------------------------------------------------------------------------------------ report


def _report(
    folder: Path, job_folder: Path, resumes: Sequence[Path], jobs: Sequence[Path], workers: int, out: Path
) -> Iterator[str]:
    yield from _circumstances(resumes, jobs, workers)
    rank = [*MATCHER, "rank", str(folder), "--jobs", str(job_folder), "--as-of", "document", "--quiet"]
    ours = measure([*rank, "--workers", str(workers), "--out", str(out / "ours.jsonl")])
    script = [sys.executable, str(HERE / "alternative.py")]
    theirs = measure([*script, str(folder), str(job_folder), str(workers), str(out / "theirs.jsonl")])
    yield "| | `matcher rank` | pdfminer text + TF-IDF |"
    yield "|---|---|---|"
    columns = [_figures(ours, out / "ours.jsonl", len(resumes)), _figures(theirs, out / "theirs.jsonl", len(resumes))]
    yield from (f"| {name} | {columns[0][name]} | {columns[1][name]} |" for name in columns[0])
    yield from _starts(resumes[0], jobs[0])
    yield from _stages(resumes, jobs)


def _circumstances(resumes: Sequence[Path], jobs: Sequence[Path], workers: int) -> Iterator[str]:
    size = sum(path.stat().st_size for path in resumes) / 2**20
    yield f"{len(resumes)} resumes ({size:.1f} MiB), {len(jobs)} job files, {workers} workers; {date.today().isoformat()}"
    yield f"{_cores()} cores, {_processor()}, {platform.system()}, Python {platform.python_version()}"
    yield ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _figures(cost: Cost, lines: Path, resumes: int) -> dict[str, str]:
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] if lines.exists() else []
    failed = sum("error" in record for record in records)
    return {
        "wall seconds": f"{cost.wall:.1f}",
        "CPU seconds, all processes": _number(cost.cpu, 1),
        "resumes per second": f"{resumes / cost.wall:.1f}",
        "resumes per CPU second": _number(resumes / cost.cpu if cost.cpu else None, 1),
        "peak memory of the largest process, MiB": _number(cost.peak, 0),
        "pairs ranked": str(len(records) - failed),
        "files without a result": str(failed),
        "exit status": str(cost.status),
    }


def _number(value: float | None, digits: int) -> str:
    return "not known here" if value is None else f"{value:.{digits}f}"


def _starts(resume: Path, job: Path) -> Iterator[str]:
    commands = {
        "`matcher --help`": ["--help"],
        "`matcher score RESUME --job JOB`": ["score", str(resume), "--job", str(job), "--as-of", "document", "--quiet"],
    }
    yield from ("", f"| start (best of {TRIES}) | wall seconds | CPU seconds | peak MiB |", "|---|---|---|---|")
    for name, command in commands.items():
        costs = [measure([*MATCHER, *command]) for _ in range(TRIES)]
        best = min(costs, key=lambda cost: cost.cpu or cost.wall)
        yield f"| {name} | {best.wall:.2f} | {_number(best.cpu, 2)} | {_number(best.peak, 0)} |"


def _stages(resumes: Sequence[Path], jobs: Sequence[Path]) -> Iterator[str]:
    yield ""
    yield from stages(_spread(resumes, SAMPLE), jobs).table()


if __name__ == "__main__":
    main()
