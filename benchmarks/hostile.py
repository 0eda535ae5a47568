"""What becomes of each file of the hostile set: its end, its seconds and its memory, under limits that can be chosen.

    python benchmarks/hostile.py [--seconds 5] [--memory 512] [--workers 2]

Needs the packages of the tests (reportlab). Memory is what a file took beyond an idle reader, told by Linux alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from matcher.batch import Operation, Outcome, ReadOptions, Task, read_all  # noqa: E402
from matcher.batch import worker as batch_worker  # noqa: E402

_MEBI = 2**20


class Weighing:
    """The real reader, which also tells how much memory each file took at its peak, in KiB."""

    def __init__(self, options: ReadOptions) -> None:
        self._read = batch_worker.make_reader(options)

    def __call__(self, task: Task, data: bytes) -> Any:
        """The end of one file and its peak."""
        _forget_peak()
        before = _memory("VmRSS")
        try:
            self._read(task, data)
            code = "read"
        except Exception as error:
            code = getattr(error, "code", "internal")
        except MemoryError:
            code = "too-much-memory"
        return code, _memory("VmHWM") - before


def weighing(options: ReadOptions) -> Weighing:
    """Make the reader in a worker."""
    return Weighing(options)


def _forget_peak() -> None:
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory(name: str) -> int:
    if sys.platform != "linux":
        return 0
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def _row(outcome: Outcome) -> tuple[str, str, float, float]:
    if outcome.failure:
        return outcome.source, outcome.failure.code, outcome.seconds, 0.0
    code, kibibytes = outcome.value
    return outcome.source, code, outcome.seconds, kibibytes / 1024


def main() -> None:
    """Read the set and print two tables."""
    import hostile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--memory", type=int, default=512, help="MiB")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    options = ReadOptions(seconds=given.seconds, memory=given.memory * _MEBI, as_of="2026-01-31")
    tasks = []
    for name, (make, _) in hostile.CASES.items():
        tasks.append(Task(name, Operation.ROLES if hostile.is_post(name) else Operation.RESUME, data=make()))
    rows = [_row(outcome) for outcome in read_all(tasks, workers=given.workers, options=options, maker=weighing)]
    _print(rows, given)


def _print(rows: list[tuple[str, str, float, float]], given: argparse.Namespace) -> None:
    print(f"{len(rows)} files, {given.seconds:g} s and {given.memory} MiB a file, {given.workers} workers\n")
    print("| end | files | slowest, s | largest, MiB |\n|---|---|---|---|")
    for code, count in Counter(row[1] for row in rows).most_common():
        own = [row for row in rows if row[1] == code]
        print(f"| {code} | {count} | {max(row[2] for row in own):.1f} | {max(row[3] for row in own):.0f} |")
    print("\n| the slowest | end | s | MiB |\n|---|---|---|---|")
    for name, code, seconds, memory in sorted(rows, key=lambda row: -row[2])[:12]:
        print(f"| {name} | {code} | {seconds:.1f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
