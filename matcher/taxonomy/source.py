"""From the edited folder, the compiled file and overlays to a Taxonomy."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

from matcher.errors import TaxonomyError
from matcher.resources import data_path
from matcher.taxonomy.check import BROKEN, check
from matcher.taxonomy.concepts import BRANCH, Concept, Crosswalk, Form, FormReading, Taxonomy, mappings_of
from matcher.taxonomy.crosswalk import CONCEPT, FILE, Row, read_rows
from matcher.taxonomy.overlay import lay_on
from matcher.taxonomy.schema import check_file, check_forms

SCHEMA = 1
"""The number of the compiled form; a file with another one is refused."""
COMPILED = "taxonomy.json"
"""The name of the compiled file."""

Raw = dict[str, Any]


def load(overlay: Path | None = None) -> Taxonomy:
    """Give the built-in taxonomy, with the folder `overlay` laid over it; raises TaxonomyError where data is not sound."""
    if overlay is None:
        return _built_in()
    taxonomy = load_over(overlay)
    broken = [problem for problem in check(taxonomy) if problem.code in BROKEN]
    if broken:
        raise TaxonomyError(f"{overlay}: {broken[0].where}: {broken[0].message}")
    return taxonomy


def load_over(overlay: Path) -> Taxonomy:
    """Lay the folder `overlay` over the built-in taxonomy without proving the whole sound; for `check`."""
    if not overlay.is_dir():
        raise TaxonomyError(f"{overlay}: is no folder; give a folder laid out as taxonomy/ is")
    top = _read_folder(overlay, partial=True)
    if not any(top.values()):
        raise TaxonomyError(f"{overlay}: holds nothing of a taxonomy: no concepts/*.toml, no *.toml, no roles/*.yaml")
    base = _read(data_path("taxonomy"))
    rows = [*base.get("crosswalk", ()), *top["crosswalk"]]
    return _build({**lay_on(base, top, str(overlay)), "crosswalk": rows, "added": _added(base, top)})


def load_folder(folder: Path) -> Taxonomy:
    """Read a complete taxonomy of its own from its source folder or from the compiled file in it."""
    if not folder.is_dir():
        raise TaxonomyError(f"{folder}: is no folder; give a folder laid out as taxonomy/ is")
    return _build(_read(folder))


def compile_taxonomy(folder: Path) -> Raw:
    """Turn the whole source folder into one JSON-able dict, with its schema number and version."""
    raw = _read_folder(folder)
    return {"schema": SCHEMA, "version": _version(raw), **raw}


def _added(base: Raw, top: Raw) -> list[str]:
    """Ids of concepts and roles that only the overlay has."""
    new = {row["id"] for row in top["concepts"]} - {row["id"] for row in base["concepts"]}
    return sorted(new | (top["roles"].keys() - base["roles"].keys()))


@cache
def _built_in() -> Taxonomy:
    return load_folder(data_path("taxonomy"))


def _read(folder: Path) -> Raw:
    compiled = folder / COMPILED
    return _read_compiled(compiled) if compiled.is_file() else compile_taxonomy(folder)


def _read_compiled(path: Path) -> Raw:
    try:
        raw = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"{path}: cannot be read: {error}") from error
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise TaxonomyError(f"{path}: is not of schema {SCHEMA}; install the package again or compile the taxonomy again")
    return raw


def _version(raw: Raw) -> str:
    content = {key: raw[key] for key in ("concepts", "forms", "rules", "roles", "crosswalk") if raw.get(key)}
    try:
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise TaxonomyError(f"taxonomy: rules and roles may hold texts, numbers, lists and tables only: {error}") from error
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# ------------------------------------------------------------------------------------------------------------------ folder


def _read_folder(folder: Path, partial: bool = False) -> Raw:
    files = sorted((folder / "concepts").glob("*.toml"))
    if not files and not partial:
        raise TaxonomyError(f"{folder}: has no concepts/*.toml")
    tops = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    forms = tops.pop("forms", None)
    table = folder / FILE
    return {
        "concepts": [row for path in files for row in _concepts(path, partial)],
        "forms": _forms(forms) if forms else [],
        "rules": {stem: _toml(path) for stem, path in tops.items()},
        "roles": {path.stem: _yaml(path) for path in sorted((folder / "roles").glob("*.yaml"))},
        "crosswalk": [list(astuple(row)) for row in read_rows(table)] if table.is_file() else [],
    }


def _concepts(path: Path, partial: bool) -> Iterable[Raw]:
    table = _toml(path)
    where = f"{path.parent.name}/{path.name}"
    check_file(table, where, partial)
    branch = table.get("branch")
    if branch:
        yield {"type": BRANCH, "branch": branch["id"], **{key: value for key, value in branch.items() if key != "code"}}
    for row in table.get("concept", ()):
        yield {"branch": branch["id"], **row} if branch else row


def _forms(path: Path) -> list[Raw]:
    table = _toml(path)
    check_forms(table, path.name)
    return list(table.get("form", ()))


def _toml(path: Path) -> Raw:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"{path.name}: cannot be read: {error}") from error


def _yaml(path: Path) -> Any:
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise TaxonomyError(f"roles/{path.name}: cannot be read: {error}") from error


# ----------------------------------------------------------------------------------------------------------------- records


def _build(raw: Raw) -> Taxonomy:
    rows = tuple(Row(*cells) for cells in raw.get("crosswalk", ()))
    found = mappings_of(rows)
    return Taxonomy(
        version=raw["version"] if "version" in raw else _version(raw),
        concepts=_keyed((_concept(row, found.get(f"{CONCEPT}:{row['id']}")) for row in raw["concepts"]), "id", "concept"),
        forms=_keyed((_form(row) for row in raw["forms"]), "text", "form"),
        rules=raw["rules"],
        roles=raw["roles"],
        crosswalk=rows,
        added=frozenset(raw.get("added", ())),
    )


def _keyed(rows: Iterable[Any], key: str, what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        name = getattr(row, key).casefold()
        if name in found:
            raise TaxonomyError(f"{what} {getattr(row, key)!r} is given twice; keep one of them")
        found[name] = row
    return found


def _concept(row: Raw, found: Sequence[Crosswalk] | None = None) -> Concept:
    fields = _tuples(row)
    own = tuple(Crosswalk(**mapping) for mapping in row.get("mappings", ()))
    given = {(mapping.scheme, mapping.id) for mapping in own}
    if own or found:
        fields["mappings"] = (*own, *(mapping for mapping in found or () if (mapping.scheme, mapping.id) not in given))
    return Concept(**fields)


def _form(row: Raw) -> Form:
    return Form(row["text"], tuple(_reading(reading) for reading in row["reading"]))


def _reading(row: Raw) -> FormReading:
    return FormReading(**_tuples(row))


def _tuples(row: Raw) -> Raw:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
