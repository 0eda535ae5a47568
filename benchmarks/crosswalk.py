"""Whether every target of the crosswalk exists: ids and labels held against the files that ESCO and O*NET publish.

    python benchmarks/crosswalk.py --esco FOLDER --onet FOLDER

The folders hold the unpacked downloads (ESCO 1.2 as CSV, English; O*NET 29.2 as text). Prints each mistake with its line;
status 1 if there is one.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from matcher.errors import TaxonomyError  # noqa: E402
from matcher.taxonomy import Taxonomy, load_folder  # noqa: E402
from matcher.taxonomy.crosswalk import CONCEPT, ESCO, FILE, ROLE, Row, read_rows  # noqa: E402

_ONET = {
    "Occupation Data.txt": ("O*NET-SOC Code", "Title"),
    "Technology Skills.txt": ("Commodity Code", "Commodity Title"),
    "Task Statements.txt": ("Task ID", "Task"),
}
_LEVELS = range(4)


def esco_labels(folder: Path) -> dict[str, str]:
    """Preferred labels by URI, from every CSV and JSON-lines file in the folder."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.update(_pairs(row))
    for path in sorted(folder.glob("*.jsonl")):
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
        found.update((row["uri"], row["label"]) for row in rows)
    return found


def _pairs(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if row.get("conceptUri") and row.get("preferredLabel"):
        yield row["conceptUri"], row["preferredLabel"]
    for level in _LEVELS:
        if row.get(f"Level {level} URI"):
            yield row[f"Level {level} URI"], row[f"Level {level} preferred term"]


def onet_labels(folder: Path) -> dict[str, str]:
    """Titles by code: occupations, classes of technology, tasks."""
    found: dict[str, str] = {}
    for name, (code, title) in _ONET.items():
        # Some files have stray carriage returns inside a line, which the csv module would take for its end.
        lines = (folder / name).read_bytes().decode("utf-8").replace("\r", "").split("\n")
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row[code]] = row[title]
    return found


def mistakes(rows: Iterable[Row], esco: dict[str, str], onet: dict[str, str]) -> Iterator[str]:
    """Say which targets do not exist, and which are called something else."""
    for row in rows:
        if not row.sound:
            continue
        label = (esco if row.scheme == ESCO else onet).get(row.id)
        if label is None:
            yield f"{row.where}: {row.subject}: {row.scheme} has no {row.id}"
        elif _plain(label) != _plain(row.label):
            yield f"{row.where}: {row.subject}: {row.id} is called {label!r}, not {row.label!r}"


def stale(path: Path, taxonomy: Taxonomy) -> Iterator[str]:
    """Say which subjects are called something else in the taxonomy by now."""
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    names = {f"{CONCEPT}:{id}": concept.label for id, concept in taxonomy.concepts.items()}
    names |= {f"{ROLE}:{id}": str(role["title"]) for id, role in taxonomy.roles.items()}
    for cells in csv.DictReader(lines, delimiter="\t"):
        subject, label = cells["subject_id"], cells.get("subject_label") or ""
        if subject in names and names[subject] != label:
            yield f"{path.name}: {subject} is called {names[subject]!r}, not {label!r}"


def _plain(text: str) -> str:
    return " ".join(text.split())


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Hold the crosswalk against the files of ESCO and O*NET.")
    parser.add_argument("--esco", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--onet", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--taxonomy", type=Path, default=ROOT / "taxonomy", metavar="FOLDER")
    options = parser.parse_args(arguments)
    path = options.taxonomy / FILE
    try:
        rows = read_rows(path)
        known = load_folder(options.taxonomy)
        found = [*mistakes(rows, esco_labels(options.esco), onet_labels(options.onet)), *stale(path, known)]
    except (OSError, TaxonomyError) as error:
        print(f"error: {path}: {error}", file=sys.stderr)
        return 2
    for mistake in found:
        print(mistake)
    print(f"{len(rows)} rows, {len(found)} mistakes", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
