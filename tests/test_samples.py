"""The samples are invented, made as they are said to be made, and ranked as a person would rank them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from pdfminer.high_level import extract_text

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PEOPLE = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "people").glob("*.yaml"))}
TEXTS = [
    *sorted((SAMPLES / "people").glob("*.yaml")),
    *sorted((SAMPLES / "posts").glob("*.txt")),
    *sorted((SAMPLES / "jobs").glob("*.txt")),
]
EXPECTED: dict[str, dict[str, list[str]]] = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
NOW = (2026, 11)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def files_below(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path for kind in ("resumes", "jobs") for path in sorted((folder / kind).iterdir())
    }


def content(path: Path) -> Any:
    """What a file says, apart from what the version of a library may change."""
    if path.suffix == ".pdf":
        return extract_text(path)
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return archive.read("word/document.xml")
    return path.read_bytes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for folder in folders:
        subprocess.run([sys.executable, SAMPLES / "make.py", folder], check=True, capture_output=True, timeout=120)
    return folders


def test_samples_are_made_the_same_twice(made):
    first, second = (files_below(folder) for folder in made)
    assert {name: path.read_bytes() for name, path in first.items()} == {name: path.read_bytes() for name, path in second.items()}


def test_samples_on_disk_are_what_their_texts_make(made):
    fresh, kept = files_below(made[0]), files_below(SAMPLES)
    written = {f"jobs/{path.name}" for path in (SAMPLES / "jobs").glob("*.txt")}
    assert set(kept) == set(fresh) | written
    assert [name for name in fresh if content(fresh[name]) != content(kept[name])] == []


def test_samples_are_many_and_various():
    assert len(PEOPLE) >= 14
    assert {person["layout"] for person in PEOPLE.values()} == {"column", "sidebar", "docx"}
    assert len({person.get("style", {}).get("jobs", "title-dates") for person in PEOPLE.values()}) == 6
    assert {path.suffix for path in (SAMPLES / "jobs").iterdir()} == {".txt", ".pdf", ".docx", ".jsonl"}


def test_samples_are_all_described():
    page = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted((SAMPLES / "resumes").iterdir()) if f"`{path.name}`" not in page] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_samples_reach_nobody(path):
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"@([\w.-]+)", text)) <= {"example.com"}
    assert re.findall(r"https?://|www\.", text) == []
    numbers = [re.sub(r"\D", "", run) for run in re.findall(r"\+?\(?\d[\d ()-]{8,}\d", text)]
    phones = [number for number in numbers if len(number) >= 10]
    nowhere = re.compile(r"\d{3}55501\d\d|09000000\d{3}|910000000\d{3}")
    assert [number for number in phones if not nowhere.fullmatch(number)] == []


def month(text: str) -> tuple[int, int]:
    """The month that a date of a sample names; a year alone is its January."""
    if text.casefold() in ("present", "current", "till date"):
        return NOW
    if found := re.fullmatch(r"(\d\d)/(\d{4})", text):
        return int(found[2]), int(found[1])
    if found := re.fullmatch(r"([A-Za-z]{3})[a-z]*[ '](\d{4}|\d\d)", text):
        return int(found[2]) % 100 + 2000, MONTHS.index(found[1].casefold()) + 1
    return int(text), 1


@pytest.mark.parametrize("name", PEOPLE)
def test_samples_dates_hold_together(name):
    sections = [section for section in PEOPLE[name]["sections"] if "jobs" in section]
    ends = [tuple(map(month, re.split(r" (?:-|to) ", job["dates"]))) for section in sections for job in section["jobs"]]
    assert ends
    assert all(start < end <= NOW for start, end in ends)
    assert [end for _, end in ends] == sorted((end for _, end in ends), reverse=True), "newest first"


def test_samples_expectations_name_what_exists():
    posts = {path.name for path in (SAMPLES / "jobs").iterdir() if path.suffix != ".jsonl"}
    posts |= {json.loads(line)["id"] for line in (SAMPLES / "jobs" / "two-posts.jsonl").read_text(encoding="utf-8").splitlines()}
    assert set(EXPECTED) == posts
    assert {name for grades in EXPECTED.values() for names in grades.values() for name in names} <= set(PEOPLE)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.mark.parametrize("name", PEOPLE)
def test_samples_are_read_whole(name):
    from matcher.documents import read_document

    (path,) = (SAMPLES / "resumes").glob(f"{name}.*")
    read = words(read_document(path.read_bytes(), path.name).text)
    sections = [*PEOPLE[name]["sections"], *PEOPLE[name].get("side", ())]
    items = [item for section in sections for item in section.get("items", ())]
    duties = [duty for section in sections for job in section.get("jobs", ()) for duty in job.get("duties", ())]
    assert set(words(" ".join(items + duties))) <= set(read)
    # The cells of a table wrap beside one another, so that only the words of a duty stay, not their row.
    unbroken = items if PEOPLE[name].get("style", {}).get("jobs") == "grid" else items + duties
    assert [text for text in unbroken if " ".join(words(text)) not in " ".join(read)] == []


@pytest.fixture(scope="module")
def ranking(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The pairs of each post, best first."""
    out = tmp_path_factory.mktemp("ranking") / "pairs.jsonl"
    command = [
        sys.executable,
        "-m",
        "matcher",
        "rank",
        SAMPLES / "resumes",
        "--jobs",
        SAMPLES / "jobs",
        "--as-of",
        "2026-11-01",
        "--out",
        out,
    ]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=SAMPLES.parent, timeout=300, check=False)
    if done.returncode:
        pytest.fail(f"matcher rank ends with {done.returncode}: {done.stderr[-2000:]}", pytrace=False)
    pairs: dict[str, list[dict[str, Any]]] = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        pairs.setdefault(re.split(r"[#:/]", pair["job"])[-1], []).append(pair)
    return {job: sorted(found, key=lambda pair: pair["rank"]) for job, found in pairs.items()}


def test_samples_every_pair_is_ranked(ranking):
    assert {job: len(pairs) for job, pairs in ranking.items()} == dict.fromkeys(EXPECTED, len(PEOPLE))


@pytest.mark.parametrize("job", EXPECTED)
def test_samples_the_right_person_leads(ranking, job):
    order = [Path(pair["resume"]).stem for pair in ranking[job]]
    strong, possible = EXPECTED[job]["strong"], EXPECTED[job].get("possible", [])
    assert order[0] in strong
    worst = max(order.index(name) for name in strong)
    assert worst < len(strong) + max(2, len(possible)), f"{order[: worst + 1]}"


@pytest.mark.parametrize("job", EXPECTED)
def test_samples_another_trade_is_not_for_this_post(ranking, job):
    (cook,) = (pair for pair in ranking[job] if Path(pair["resume"]).stem == "pastry-cook")
    assert cook["band"] <= 1
