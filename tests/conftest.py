"""What every test may ask for: the taxonomy and the reader, built once, and the shared development data where it was given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from matcher.reading.reader import Reader
    from matcher.taxonomy import Taxonomy

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", metavar="FOLDER", type=Path, help="shared development data, for tests marked realdata")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--shared") is not None:
        return
    waiting = [item for item in items if item.get_closest_marker("realdata")]
    config.stash[SKIPPED] = len(waiting)
    for item in waiting:
        item.add_marker(pytest.mark.skip(reason="needs --shared FOLDER"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(SKIPPED, 0)
    if count:
        terminalreporter.write_line(f"NOT RUN: {count} tests marked realdata; they need --shared FOLDER", yellow=True, bold=True)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    folder = request.config.getoption("--shared")
    if folder is None:
        pytest.skip("needs --shared FOLDER")
    if not folder.is_dir():
        pytest.fail(f"--shared: no such folder: {folder}")
    return folder.resolve()


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    from matcher.taxonomy import load

    return load()


@pytest.fixture(scope="session")
def reader() -> Reader:
    from matcher.reading.reader import Reader

    return Reader()
