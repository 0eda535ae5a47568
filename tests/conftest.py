"""What every test may ask for: the taxonomy and the reader, built once, and the shared development data where it was given."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from matcher.resources import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from matcher.matching import Engine
    from matcher.reading.reader import Reader
    from matcher.records import Profile, Reading, Role
    from matcher.scoring import Scorer
    from matcher.taxonomy import Taxonomy

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = "they need Chromium on the path and the extra `browser`"
SKIPPED = pytest.StashKey[int]()
SCRATCH = pytest.StashKey[Path]()

# Set before the first import of numpy: on matrices as small as here threads only wait for one another, above all beside other
# test processes (fitting weights takes twenty times as long with them).
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# The same examples in every run: a change fails for what it changed, not for the draw. `--hypothesis-profile explore` draws anew.
settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("repeat")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", metavar="FOLDER", type=Path, help="shared development data, for tests marked realdata")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the taxonomy once for all test processes and all programs that tests start: from its source each needs a second."""
    if hasattr(config, "workerinput") or ELSEWHERE in os.environ:
        return
    from matcher.taxonomy import write_compiled

    folder = Path(tempfile.mkdtemp(prefix="matcher-tests-"))
    (folder / "taxonomy").mkdir()
    write_compiled(ROOT / "taxonomy", folder / "taxonomy")
    os.environ[ELSEWHERE] = str(folder)
    config.stash[SCRATCH] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(SCRATCH, None)
    if folder is not None:
        del os.environ[ELSEWHERE]
        shutil.rmtree(folder, ignore_errors=True)


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
    if shutil.which("tesseract") is None:
        terminalreporter.write_line("NOT RUN: the tests of OCR; they need the program tesseract", yellow=True, bold=True)
    if any(NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(f"NOT RUN: the tests of the report page in a browser; {NO_BROWSER}", yellow=True, bold=True)


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
def nlp() -> Language:
    """The whole pipeline, which takes seconds to build: do not change it."""
    from matcher.reading.reader import pipeline

    return pipeline()


@pytest.fixture(scope="session")
def annotate(nlp: Language) -> Callable[[str], Doc]:
    """`annotate(text)`: a text as a Doc with the skills in it, and nothing else."""
    skills = nlp.get_pipe("bpo_skills")
    return lambda text: skills(nlp.make_doc(text))


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    from matcher.reading.reader import Reader

    return Reader(nlp=nlp)


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Reading]:
    """`read(text, "resume" or "job")`: a text read by the whole pipeline."""
    from matcher.records import Document, Kind, Line

    def read(text: str, kind: str = "resume") -> Reading:
        lines, at = [], 0
        for line in text.split("\n"):
            lines.append(Line(at, at + len(line)))
            at += len(line) + 1
        return reader.read(Document("invented.txt", "0" * 64, text, tuple(lines)), Kind(kind))

    return read


@pytest.fixture(scope="session")
def engine(reader: Reader) -> Engine:
    from matcher.matching import Engine

    return Engine(reader=reader)


@pytest.fixture(scope="module")
def one_process(engine: Engine) -> Iterator[None]:
    """Commands read in the test's own process, as a worker does but without its limits: where processes are not the point."""
    from one_process import Alone

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matcher.batch.crew.Crew", Alone)
        patch.setitem(sys.modules, "matcher.batch.warm", SimpleNamespace(ENGINE=engine))
        yield


@pytest.fixture(scope="session")
def scorer(engine: Engine) -> Scorer:
    from matcher.scoring import Scorer

    return Scorer(engine.taxonomy)


@pytest.fixture(scope="session")
def sample_profiles(engine: Engine) -> dict[str, Profile]:
    """The invented resumes by the names of their files, without ending."""
    files = sorted((ROOT / "samples" / "resumes").iterdir())
    return {path.stem: engine.read_resume(path.read_bytes(), path.name, as_of="2026-11-01") for path in files}


@pytest.fixture(scope="session")
def sample_roles(engine: Engine) -> dict[str, Role]:
    """The invented job posts by their sources, and the built-in role profiles by their ids."""
    from matcher.matching import builtin_roles
    from matcher.records import Role

    files = sorted((ROOT / "samples" / "jobs").iterdir())
    posts = [role for path in files for role in engine.read_roles(path.read_bytes(), path.name)]
    assert all(isinstance(role, Role) for role in posts)
    return {role.source: role for role in (*posts, *builtin_roles(engine.taxonomy)) if isinstance(role, Role)}
