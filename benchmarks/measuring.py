"""Seconds, processor seconds and memory of a command with all its processes, also those that outlive their parents."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: wall and CPU seconds, the peak of its largest process in MiB (None where the system does not tell)."""

    wall: float
    cpu: float | None
    peak: float | None
    status: int


def measure(command: Sequence[str]) -> Cost:
    """Run a command in a small process of its own, so that what the caller holds in memory is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "cost.json")
        subprocess.run([sys.executable, __file__, str(report), *command], check=True)
        return Cost(**json.loads(report.read_text(encoding="utf-8")))


def _observe(report: Path, command: Sequence[str]) -> None:
    _adopt_orphans()
    begun = time.perf_counter()
    status = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    wall = time.perf_counter() - begun
    with contextlib.suppress(ChildProcessError, AttributeError):  # AttributeError: Windows
        while True:
            os.wait()
    report.write_text(json.dumps({"wall": wall, "status": status, **_usage()}), encoding="utf-8")


def _adopt_orphans() -> None:
    """On Linux workers descend from a fork server that ends after its parent: it must be waited for to be counted."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _usage() -> dict[str, float | None]:
    try:
        import resource
    except ImportError:  # Windows
        return {"cpu": None, "peak": None}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / unit}


if __name__ == "__main__":
    _observe(Path(sys.argv[1]), sys.argv[2:])
