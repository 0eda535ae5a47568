"""The hostile set: invented files that mean harm, what may become of each, and the good resumes that they must not harm."""

from __future__ import annotations

from pathlib import Path

from hostile_files import FILES
from hostile_pdf import PDFS, Case, canvas

CASES: dict[str, Case] = PDFS | FILES
"""Name of a file, how it is made, and what may become of it: codes of errors, or "read"."""

GOOD = 6


def is_post(name: str) -> bool:
    """Whether a file is given as a job post; all others are given as resumes."""
    return name.startswith("post-")


def good_resume(number: int) -> bytes:
    lines = [
        f"Rowena Example {'ABCDEFGH'[number]}",
        "Summary",
        "Customer service associate, inbound calls for a telecom account.",
    ]
    lines += ["Experience", "Customer Service Associate", "Example Contact Center", f"January 2021 to March {2022 + number % 3}"]
    return canvas([*lines, "Answered 80 inbound calls a day and resolved billing complaints.", "Kept CSAT above 92%."])


GOOD_POST = b"""Customer Service Representative
Responsibilities
- Answer inbound calls from customers and resolve billing complaints
Requirements
- At least 1 year of call center experience
- Must have good English communication skills
"""


def write_set(folder: Path) -> tuple[Path, Path]:
    """Write the set, mixed with good files; gives the folder of resumes and that of job posts."""
    resumes, jobs = folder / "resumes", folder / "jobs"
    resumes.mkdir()
    jobs.mkdir()
    for name, (make, _) in CASES.items():
        ((jobs if is_post(name) else resumes) / name).write_bytes(make())
    for number in range(GOOD):
        (resumes / f"{'adhmrz'[number]}-good.pdf").write_bytes(good_resume(number))
    (jobs / "good.txt").write_bytes(GOOD_POST)
    return resumes, jobs
