"""The way into a project: opened for one run, and what an earlier one left half done is finished first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.project.erase import go_on
from matcher.project.store import Project


@contextmanager
def open_project(folder: Path, make: bool = True) -> Iterator[Project]:
    """Open the project in a folder, made where it is not there (`make`); InputError if it cannot be used or is in use.

    An erasure that was stopped is finished before anything else is done.
    """
    with Project(folder, make) as project:
        done = go_on(project)
        project.resumed = done.resumes if done else 0
        yield project
