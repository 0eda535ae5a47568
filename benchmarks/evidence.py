"""Where each form of the taxonomy comes from and how often a corpus has it: renews `taxonomy/evidence.tsv`.

matcher extract RESUMES --format plain --out TEXTS
python benchmarks/evidence.py count TEXTS POSTS.jsonl [--source NAME | --sources FILE.tsv]
python benchmarks/evidence.py doubtful TEXTS POSTS.jsonl [--contexts 8]
python benchmarks/evidence.py gaps TEXTS POSTS.jsonl --gold EXTRACTION.json
python benchmarks/evidence.py without-rare FOLDER [--below 3]
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "taxonomy" / "evidence.tsv"
COLUMNS = ("concept", "form", "source", "resumes", "posts", "common", "read", "right")
GAPS = ROOT / "taxonomy" / "gaps.tsv"
GAP_COLUMNS = ("name", "documents", "concept", "reason")
OTHER = "OTHER:"
SOURCES = ("brief", "0.1", "practice", "corpus", "guide", "gaps", "onet", "esco")
"""The domain brief; release 0.1, before forms were counted; the trade; read in a corpus; the field guide; lists of gaps."""
RELEASED = ("brief", "0.1")
AROUND = 70

Key = tuple[str, str]
Row = dict[str, str]
Place = tuple[str, int, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the commands."""
    given = _arguments(arguments)
    sys.path.insert(0, str(ROOT))  # a checkout that is not installed
    given.run(given)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    commands = parser.add_subparsers(required=True)
    count = commands.add_parser("count", help="count every form again; drop what has gone, add what is new")
    count.set_defaults(run=_count)
    count.add_argument("--source", choices=SOURCES, help="where new forms come from")
    count.add_argument("--sources", type=Path, help="a table of concept, form, source for new forms")
    doubtful = commands.add_parser("doubtful", help="print contexts of short and common forms that nobody has judged")
    doubtful.set_defaults(run=_doubtful)
    doubtful.add_argument("--contexts", type=int, default=8)
    gaps = commands.add_parser("gaps", help="what readers named that the concepts of the day lacked: renews taxonomy/gaps.tsv")
    gaps.set_defaults(run=_gaps)
    gaps.add_argument("--gold", type=Path, required=True)
    for parser_ in (count, doubtful, gaps):
        parser_.add_argument("texts", type=Path, help="a folder of plain texts")
        parser_.add_argument("posts", type=Path, help="a .jsonl file with title and text")
    rare = commands.add_parser("without-rare", help="a copy of the program without the new forms that few documents have")
    rare.set_defaults(run=_without_rare)
    rare.add_argument("folder", type=Path)
    rare.add_argument("--below", type=int, default=3)
    return parser.parse_args(arguments)


# ------------------------------------------------------------------------------------------------------------------- table


def read_table() -> dict[Key, Row]:
    """The rows of the evidence table by concept and form."""
    return {(row["concept"], row["form"]): row for row in read_rows(TABLE)}


def read_rows(path: Path) -> list[Row]:
    """The rows of a table whose first line names the columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _count(given: argparse.Namespace) -> None:
    from matcher.taxonomy import load
    from matcher.taxonomy.concepts import BRANCH

    taxonomy, old = load(), read_table() if TABLE.exists() else {}
    new = _told(given.sources) if given.sources else {}
    found: dict[str, Counter[str]] = {"resumes": Counter(), "posts": Counter()}
    for kind, places in _places(given.texts, given.posts):
        found[kind].update(places.keys())
    rows, unsaid = [], []
    for concept in sorted(taxonomy.concepts.values(), key=lambda concept: concept.id):
        for form in concept.surfaces() if concept.type != BRANCH else ():
            before = old.get((concept.id, form), {})
            source = before.get("source") or new.get((concept.id, form)) or given.source
            if not source:
                unsaid.append(f"{concept.id}: {form}")
                continue
            counts = {kind: str(found[kind][form]) for kind in found}
            judged = {column: before.get(column, "") for column in ("read", "right")}
            rows.append({"concept": concept.id, "form": form, "source": source, **counts, "common": _common(form), **judged})
    if unsaid:
        raise SystemExit("\n".join(["say with --source or --sources where these come from:", *unsaid]))
    _write_rows(TABLE, COLUMNS, rows)
    print(f"{len(rows)} forms, {sum(row['resumes'] == row['posts'] == '0' for row in rows)} of them in no document")


def _told(path: Path) -> dict[Key, str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {(concept, form): source for concept, form, source in rows}


def _common(form: str) -> str:
    """How common a single word is in English at large: the Zipf scale, 1 (once in 100 million words) to 7; "" for phrases."""
    from wordfreq import zipf_frequency

    return f"{zipf_frequency(form, 'en'):.1f}" if len(form.split()) == 1 else ""


# ------------------------------------------------------------------------------------------------------------------ corpus


def _documents(texts: Path, posts: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of every document."""
    for path in sorted(texts.rglob("*.txt")):
        yield "resumes", path.read_text(encoding="utf-8")
    for line in posts.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        yield "posts", f"{post['title']}\n{post['text']}"


def _places(texts: Path, posts: Path) -> Iterator[tuple[str, dict[str, Place]]]:
    """For each document its kind and the forms that the reader's label matcher meets, with the first place of each."""
    import spacy

    from matcher.reading.labels import LabelMatcher
    from matcher.reading.words import WordFolder
    from matcher.taxonomy import load

    taxonomy, nlp = load(), spacy.blank("en")
    folder = WordFolder(taxonomy.rules)
    matcher = LabelMatcher(nlp, taxonomy, folder)
    for kind, text in _documents(texts, posts):
        doc = nlp.make_doc(text)
        met: dict[str, Place] = {}
        for hit in matcher.hits(doc, folder.words(doc)):
            span = doc[hit.first : hit.last]
            met.setdefault(hit.surface, (text, span.start_char, span.end_char))
        yield kind, met


def is_doubtful(row: Mapping[str, str]) -> bool:
    """Whether a form is so short or such a common word that only its context, or reading its contexts, can show it safe."""
    return len(row["form"]) <= SHORT or (row["common"] != "" and float(row["common"]) >= COMMON)


SHORT, COMMON = 4, 3.5
"""Characters; Zipf frequency: a word met three times in a million."""


def _doubtful(given: argparse.Namespace) -> None:
    from matcher.taxonomy import load

    taxonomy = load()
    wanted = {row["form"]: row for row in read_table().values() if is_doubtful(row) and not row["read"]}
    wanted = {form: row for form, row in wanted.items() if not taxonomy.is_guarded(form)}
    seen: dict[str, list[Place]] = defaultdict(list)
    for _, places in _places(given.texts, given.posts):
        for form in places.keys() & wanted.keys():
            seen[form].append(places[form])
    pick = random.Random(0)
    for form, row in sorted(wanted.items()):
        print(f"\n## {row['concept']}\t{form}\tin {len(seen[form])} documents")
        for text, start, end in pick.sample(seen[form], min(given.contexts, len(seen[form]))):
            print("   ", " ".join(f"{text[max(0, start - AROUND) : start]}[{text[start:end]}]{text[end : end + AROUND]}".split()))


# -------------------------------------------------------------------------------------------------------------------- gaps


def _gaps(given: argparse.Namespace) -> None:
    """A name keeps its decision: the concept that it stands for now, or the reason why there is none."""
    from matcher.taxonomy import load

    by_name = {form.casefold(): concept.id for concept in load().concepts.values() for form in concept.surfaces()}
    old = {row["name"]: row for row in read_rows(GAPS)} if GAPS.exists() else {}
    gold = json.loads(given.gold.read_text(encoding="utf-8"))
    labels = {skill["label"] for document in gold.values() for skill in document["skills"]}
    names = sorted(label.removeprefix(OTHER).strip() for label in labels if label.startswith(OTHER))
    counts = _phrase_counts(names, given.texts, given.posts)
    rows = []
    for name in names:
        before = old.get(name, {})
        concept = by_name.get(name.casefold()) or before.get("concept", "")
        rows.append({"name": name, "documents": str(counts[name]), "concept": concept, "reason": before.get("reason", "")})
    _write_rows(GAPS, GAP_COLUMNS, rows)
    open_ = [row["name"] for row in rows if not row["concept"] and not row["reason"]]
    print(f"{len(rows)} names, {sum(bool(row['concept']) for row in rows)} of them have a concept, {len(open_)} are not decided")
    print("\n".join(open_))


def _phrase_counts(names: Sequence[str], texts: Path, posts: Path) -> Counter[str]:
    """In how many documents the words of each name stand side by side, compared as the reader compares them."""
    import spacy

    from matcher.reading.words import WordFolder
    from matcher.taxonomy import load

    nlp, folder, counts = spacy.blank("en"), WordFolder(load().rules), Counter[str]()
    wanted = {name: f" {' '.join(folder.words(nlp.make_doc(name)).stems)} " for name in names}
    for _, text in _documents(texts, posts):
        stems = f" {' '.join(folder.words(nlp.make_doc(text)).stems)} "
        counts.update(name for name, phrase in wanted.items() if phrase in stems)
    return counts


# ---------------------------------------------------------------------------------------------------------------- measuring


def _without_rare(given: argparse.Namespace) -> None:
    """Run `python -m matcher` in the copy to measure what the rare new forms bring."""
    from matcher.taxonomy import COMPILED, compile_taxonomy

    rare = {key for key, row in read_table().items() if row["source"] not in RELEASED and _documents_with(row) < given.below}
    raw = compile_taxonomy(ROOT / "taxonomy")
    for concept in raw["concepts"]:
        for key in ("aliases", "hidden"):
            if key in concept:
                concept[key] = [form for form in concept[key] if (concept["id"], form) not in rare]
    left = {form.casefold() for concept in raw["concepts"] for form in _forms(concept)}
    raw["forms"] = [form for form in raw["forms"] if form["text"].casefold() in left]
    shutil.copytree(ROOT / "matcher", given.folder / "matcher", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", given.folder / "models")
    shutil.copy(ROOT / "pyproject.toml", given.folder)  # marks a checkout, whose own data goes first
    (given.folder / "taxonomy").mkdir()
    (given.folder / "taxonomy" / COMPILED).write_text(json.dumps(raw), encoding="utf-8")
    print(f"{given.folder}: a copy without {len(rare)} new forms in fewer than {given.below} documents")


def _documents_with(row: Row) -> int:
    return int(row["resumes"]) + int(row["posts"])


def _forms(concept: Mapping[str, Any]) -> Iterator[str]:
    yield concept["label"]
    yield from concept.get("aliases", ())
    yield from concept.get("hidden", ())


if __name__ == "__main__":
    main()
