"""Measure the best 50 of 100,000 stored profiles for each of 1,000 jobs, beside the cosine of TF-IDF, in one run.

python benchmarks/scale.py RESUME_FOLDER JOB_FOLDER [--profiles N] [--jobs N] [--top N] [--workers N] [--sample N]

The profiles and jobs are invented from those of the folders (invented.py); no text of them is kept or printed.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # a checkout that is not installed

import numpy as np  # noqa: E402
from invented import People, Posts  # noqa: E402

from matcher.errors import MatcherError  # noqa: E402
from matcher.records import Profile, Role  # noqa: E402
from matcher.scoring import Scorer  # noqa: E402
from matcher.scoring.model import load_terms  # noqa: E402
from matcher.scoring.table import ProfileTable, TableBuilder  # noqa: E402
from matcher.scoring.top import best_of_all  # noqa: E402
from matcher.wording import count_terms  # noqa: E402

SHARES = (4, 2, 1)
"""The tables measured hold a quarter, a half and all of the profiles."""
CHUNK = 50
"""Jobs multiplied at once on the side of TF-IDF."""
PAIRS = 200
EACH = 10
"""Pairs that are scored one by one as well, and how many of them are of one job."""
Tops = Sequence[tuple[Sequence[int], Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: wall and processor seconds, all threads together, and the most memory of the process in MiB."""

    wall: float
    cpu: float
    peak: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One size: what building and ranking took here and for TF-IDF, and how many MiB is kept of the profiles."""

    size: int
    build: float
    table: float
    ours: Spent
    matrix: float
    theirs: Spent


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    given = _arguments(arguments)
    print(
        f"{given.workers} threads on {os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}; {date.today()}"
    )
    taxonomy, profiles, posts, builtin = read(given.resumes, given.posts, given.sample)
    print(f"invented from {len(profiles)} resumes, {len(posts)} posts and {len(builtin)} built-in roles\n")
    people, offers, scorer = People(profiles), Posts(posts, builtin), Scorer(taxonomy)
    roles = [offers.role(number) for number in range(given.jobs)]
    rows = []
    for table, build in tables(people, scorer, taxonomy.rules, [given.profiles // share for share in SHARES]):
        ours, tops = spent(lambda table=table: best_of_all(scorer, table, roles, given.top, given.workers))
        if table.size == given.profiles:
            told = agreement(scorer, table, people, roles, tops)
        del tops
        size, kept = table.size, weight(table)
        del table
        theirs, matrix = cosine(people, roles, size, given.top, given.workers)
        rows.append(Row(size, build, kept, ours, matrix, theirs))
    print("\n".join([*report(rows, given), "", told]))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("resumes", type=Path, metavar="RESUME_FOLDER")
    parser.add_argument("posts", type=Path, metavar="JOB_FOLDER")
    parser.add_argument("--profiles", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=1_000)
    parser.add_argument("--top", type=int, default=50)
    parser.add_argument("--sample", type=int, default=300, help="so many resumes at most, spread over the folder (default: 300)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="threads of either side (default: all cores)")
    return parser.parse_args(arguments)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


# ---------------------------------------------------------------------------------------------------------------- material


def read(resumes: Path, posts: Path, sample: int) -> tuple[Any, list[Profile], list[Role], tuple[Role, ...]]:
    """The taxonomy, the profiles and roles of two folders and the built-in roles; what cannot be read is left out."""
    from matcher.matching import Engine, builtin_roles

    engine = Engine()
    files = _files(resumes)
    chosen = files[:: max(1, -(-len(files) // sample))]
    profiles = [found for path in chosen for found in _read(lambda path=path: (_profile(engine, path),))]
    roles = [
        found for path in _files(posts) for found in _read(lambda path=path: engine.read_roles(path.read_bytes(), path.name))
    ]
    if not profiles:
        raise SystemExit("no resume there that can be read")
    return engine.taxonomy, profiles, roles, builtin_roles(engine.taxonomy)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _profile(engine: Any, path: Path) -> Profile:
    found: Profile = engine.read_resume(path.read_bytes(), path.name, as_of="document")
    return found


def _read(work: Callable[[], Sequence[Any]]) -> Sequence[Any]:
    try:
        return work()
    except MatcherError:
        return ()


def tables(
    people: People, scorer: Scorer, rules: Mapping[str, Any], sizes: Sequence[int]
) -> Iterator[tuple[ProfileTable, float]]:
    """A table of each size, the smallest first, and the processor seconds of making it, inventing its profiles not counted.

    The profiles are made once and dropped; each table holds the first ones.
    """
    builders = {size: TableBuilder(rules) for size in sizes}
    viewing, adding = 0.0, dict.fromkeys(sizes, 0.0)
    for number in range(max(sizes)):
        profile, begun = people.profile(number), time.process_time()
        view = scorer.view(profile)
        viewing += time.process_time() - begun
        for size, builder in builders.items():
            begun = time.process_time()
            builder.add(view)
            adding[size] += time.process_time() - begun
        if number + 1 in builders:
            yield _built(builders.pop(number + 1), viewing + adding[number + 1])


def _built(builder: TableBuilder, so_far: float) -> tuple[ProfileTable, float]:
    begun = time.process_time()
    return builder.build(), so_far + time.process_time() - begun


# --------------------------------------------------------------------------------------------------------------- measuring


def spent(work: Callable[[], Any]) -> tuple[Spent, Any]:
    """What a piece of work takes, and what it gives."""
    gc.collect()
    _forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu, _peak()), found


def _forget_peak() -> None:
    """Linux counts the greatest memory of the process from now on."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _peak() -> float | None:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmHWM")), None)


def weight(thing: Any) -> float:
    """MiB of the arrays in a thing."""
    return sum(array.nbytes for array in {id(array): array for array in _arrays(thing)}.values()) / 2**20


def _arrays(thing: Any) -> Iterator[Any]:
    if isinstance(thing, np.ndarray):
        yield thing
    elif hasattr(thing, "indptr"):  # a sparse matrix
        yield from (thing.data, thing.indices, thing.indptr)
    elif is_dataclass(thing):
        yield from (array for field in fields(thing) for array in _arrays(getattr(thing, field.name)))
    elif isinstance(thing, Mapping):
        yield from (array for value in thing.values() for array in _arrays(value))


def agreement(scorer: Scorer, table: ProfileTable, people: People, roles: Sequence[Role], tops: Tops) -> str:
    """Pairs scored one by one, half of them among the best, and how many of them have the table's log-odds to the last digit."""
    luck = random.Random(0)
    same = right = 0
    for place in luck.choices(range(len(roles)), k=PAIRS // EACH):
        logits, (rows, totals) = scorer.logits(table, roles[place]), tops[place]
        ranked = dict(zip([int(row) for row in rows], totals, strict=True))
        for row in [*luck.choices(list(ranked), k=EACH // 2), *luck.choices(range(table.size), k=EACH // 2)]:
            alone = scorer.fit(people.profile(row), roles[place]).logit
            same += alone == logits[row]
            right += (alone == ranked[row] / 10_000) if row in ranked else alone * 10_000 <= min(totals) + 0.5
    return (
        f"{PAIRS} pairs scored one by one: {same} have the table's log-odds exactly, {right} are rightly among the best or not."
    )


def cosine(people: People, roles: Sequence[Role], size: int, count: int, workers: int) -> tuple[Spent, float]:
    """The best of each job by the cosine of TF-IDF over the same words, by so many threads, and the matrix in MiB."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(analyzer=lambda counts: list(Counter(counts).elements()), dtype=np.float32, sublinear_tf=True)
    words = model.fit_transform(people.words(number) for number in range(size)).T.tocsr()
    known = load_terms()
    jobs = model.transform(count_terms(role.wording or role.title, known) for role in roles)

    def ranked(first: int) -> list[Any]:
        likeness = (jobs[first : first + CHUNK] @ words).toarray()
        best = np.argpartition(-likeness, min(count, size - 1), axis=1)[:, :count]
        return [row[np.argsort(-line[row], kind="stable")] for row, line in zip(best, likeness, strict=True)]

    def work() -> list[Any]:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(ranked, range(0, len(roles), CHUNK)))

    return spent(work)[0], weight(words)


# ------------------------------------------------------------------------------------------------------------------ report


def report(rows: Sequence[Row], given: argparse.Namespace) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield "| profiles | " + " | ".join(f"{row.size:,}" for row in rows) + " |"
    yield "|---|" + "---|" * len(rows)
    cells: dict[str, Callable[[Row], str]] = {
        "making the table, CPU seconds": lambda row: f"{row.build:.1f}",
        "the table, MiB": lambda row: f"{row.table:.0f}",
        f"**best {given.top} for {given.jobs:,} jobs, wall seconds**": lambda row: f"**{row.ours.wall:.1f}**",
        "CPU seconds": lambda row: f"{row.ours.cpu:.1f}",
        "CPU microseconds a thousand pairs": lambda row: f"{1e9 * row.ours.cpu / row.size / max(1, given.jobs):.1f}",
        "peak memory, MiB": lambda row: _number(row.ours.peak),
        "cosine of TF-IDF: matrix, MiB": lambda row: f"{row.matrix:.0f}",
        f"best {given.top} for {given.jobs:,} jobs, wall seconds": lambda row: f"{row.theirs.wall:.1f}",
        "CPU seconds of it": lambda row: f"{row.theirs.cpu:.1f}",
        "peak memory of it, MiB": lambda row: _number(row.theirs.peak),
    }
    yield from (f"| {name} | " + " | ".join(cell(row) for row in rows) + " |" for name, cell in cells.items())


def _number(value: float | None) -> str:
    return "not known here" if value is None else f"{value:.0f}"


if __name__ == "__main__":
    main()
