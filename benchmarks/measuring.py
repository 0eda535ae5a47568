"""Seconds, processor seconds and memory of a command with all its processes, also those that outlive their parents."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK = 0.05  # seconds between looks at the process
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: wall and CPU seconds, the peak of its largest process in MiB (None where the system does not tell).

    `own_cpu` and `own_peak` are those of the command's first process alone, which only Linux tells, looked at often.
    """

    wall: float
    cpu: float | None
    peak: float | None
    status: int
    own_cpu: float | None = None
    own_peak: float | None = None


def measure(command: Sequence[str]) -> Cost:
    """Run a command in a small process of its own, so that what the caller holds in memory is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "cost.json")
        subprocess.run([sys.executable, __file__, str(report), *command], check=True)
        return Cost(**json.loads(report.read_text(encoding="utf-8")))


def _observe(report: Path, command: Sequence[str]) -> None:
    _adopt_orphans()
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        own: dict[str, float] = {}
        while process.poll() is None:
            own = _own(process.pid) or own
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
    status, wall = process.returncode, time.perf_counter() - begun
    with contextlib.suppress(ChildProcessError, AttributeError):  # AttributeError: Windows
        while True:
            os.wait()
    report.write_text(json.dumps({"wall": wall, "status": status, **_usage(), **own}), encoding="utf-8")


def _adopt_orphans() -> None:
    """On Linux workers descend from a fork server that ends after its parent: it must be waited for to be counted."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _own(process: int) -> dict[str, float]:
    """What one process took until now."""
    try:
        times = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="utf-8"))
    except OSError:
        return {}
    ticks = int(times[11]) + int(times[12])  # utime and stime; the state is the first field after the name
    return {"own_cpu": ticks / os.sysconf("SC_CLK_TCK"), "own_peak": int(peak[1]) / 2**10} if peak else {}


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
