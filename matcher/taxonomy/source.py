"""From the edited folder, the compiled file and overlays to a Taxonomy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from matcher.errors import TaxonomyError
from matcher.resources import data_path
from matcher.taxonomy.check import BEARABLE, check
from matcher.taxonomy.concepts import Concept, Crosswalk, Form, FormReading, Taxonomy, mappings_of
from matcher.taxonomy.crosswalk import CONCEPT, FILE, ROLE, packed, read_rows, unpacked
from matcher.taxonomy.deferred import Deferred
from matcher.taxonomy.folder import Findings, Origin, read_concepts, read_forms, read_role, read_rules, role_files
from matcher.taxonomy.overlay import FALLBACK, lay_on
from matcher.taxonomy.problem import Problem
from matcher.taxonomy.retire import settled
from matcher.taxonomy.stems import STEMS, stem_table

SCHEMA = 1
"""The number of the compiled form; a file with another one is refused."""
COMPILED = "taxonomy.json"
"""The name of the compiled file."""

Raw = dict[str, Any]


def load(overlay: Path | None = None) -> Taxonomy:
    """Give the built-in taxonomy, with the folder `overlay` laid over it; raises TaxonomyError where data is not sound."""
    return _built_in() if overlay is None else sound_over(overlay).taxonomy


def load_folder(folder: Path) -> Taxonomy:
    """Read a complete taxonomy of its own from its source folder or from the compiled file in it."""
    _must_be_folder(folder)
    return _build(_read(folder))


def compile_taxonomy(folder: Path) -> Raw:
    """Turn the whole source folder into one JSON-able dict, with its schema number and version."""
    findings = Findings()
    raw = _read_folder(folder, findings)
    refuse(findings.placed(), folder)
    return {"schema": SCHEMA, "version": _version(raw), **raw}


def write_compiled(source: Path, folder: Path) -> tuple[Path, ...]:
    """Compile the source folder into files in `folder`, and return their paths: the taxonomy, and the stems of its words."""
    raw = compile_taxonomy(source)
    found = []
    for name, data in ((COMPILED, raw), (STEMS, stem_table(raw))):
        found.append(folder / name)
        # A text of ASCII alone is parsed a quarter faster; a taxonomy has few other characters.
        found[-1].write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
    return tuple(found)


# ------------------------------------------------------------------------------------------------------------- examination


@dataclass(frozen=True, slots=True)
class Examined:
    """A taxonomy as far as it could be built, all that is wrong with its structure, and a way to place what is found later."""

    taxonomy: Taxonomy
    problems: tuple[Problem, ...]
    findings: Findings

    def placed(self, more: Iterable[Problem]) -> tuple[Problem, ...]:
        """Further problems with their files and lines."""
        return replace(self.findings, problems=[]).placed(more)


def examine_over(overlay: Path) -> Examined:
    """Lay the folder `overlay` over the built-in taxonomy and find all that is wrong with it; TaxonomyError if it is none."""
    _must_be_folder(overlay)
    findings = Findings()
    top = _read_folder(overlay, findings, partial=True)
    if not any(top.values()) and not findings.problems:
        raise TaxonomyError(f"{overlay}: holds nothing of a taxonomy: no concepts/*.toml, no *.toml, no roles/*.yaml")
    base = _base(data_path("taxonomy"))
    raw = lay_on(base, top, findings)
    found = _examined({**raw, "crosswalk": _rows_over(base, top, raw), "added": _added(base, top)}, findings)
    if all(problem.file for problem in found.problems):
        return found
    below = set(check(_build(base)))  # what was wrong before is no mistake of this folder
    return replace(found, problems=tuple(problem for problem in found.problems if problem not in below))


def _rows_over(base: Raw, top: Raw, whole: Raw) -> str:
    """The rows of both crosswalks, but for those of roles that the overlay has switched off."""
    known = {*(f"{CONCEPT}:{row['id']}" for row in whole["concepts"]), *(f"{ROLE}:{name}" for name in whole["roles"])}
    kept = (line for line in str(base.get("crosswalk", "")).split("\n") if line.partition("\t")[0] in known)
    return "\n".join(line for line in (*kept, top["crosswalk"]) if line)


def _added(base: Raw, top: Raw) -> list[str]:
    """Ids of concepts and roles that only the overlay has."""
    new = {row["id"] for row in top["concepts"]} - {row["id"] for row in base["concepts"]}
    return sorted(new | (top["roles"].keys() - base["roles"].keys()))


def sound_over(overlay: Path) -> Examined:
    """The same for an overlay that is to be used: raises TaxonomyError where it is not sound."""
    found = examine_over(overlay)
    refuse([problem for problem in found.problems if problem.code not in BEARABLE], overlay)
    return found


def examine_folder(folder: Path) -> Examined:
    """Find all that is wrong with a complete taxonomy, in source or compiled."""
    _must_be_folder(folder)
    findings = Findings()
    compiled = folder / COMPILED
    raw = _read_compiled(compiled) if compiled.is_file() else _read_folder(folder, findings)
    return _examined(raw, findings)


def _examined(raw: Raw, findings: Findings) -> Examined:
    # What is given twice or lacks a key has been noted; the rest is to be proved too.
    rows = {row["id"]: {"label": row["id"], "branch": "", **FALLBACK, **row} for row in raw["concepts"]}
    forms = {row["text"].casefold(): row for row in raw["forms"]}
    taxonomy = _build({**raw, "concepts": list(rows.values()), "forms": list(forms.values())})
    return Examined(taxonomy, findings.placed(check(taxonomy)), findings)


def refuse(problems: Sequence[Problem], folder: Path) -> None:
    """Raise TaxonomyError with the first problem and the number of the others."""
    if problems:
        more = f" (and {len(problems) - 1} more: `matcher taxonomy check {folder}` lists them)" if len(problems) > 1 else ""
        raise TaxonomyError(f"{problems[0]}{more}")


def _must_be_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise TaxonomyError(f"{folder}: is no folder; give a folder laid out as taxonomy/ is")


@cache
def _built_in() -> Taxonomy:
    return load_folder(data_path("taxonomy"))


@cache
def _base(folder: Path) -> Raw:
    """What overlays are laid on; they change nothing in it."""
    return _read(folder)


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


def _read_folder(folder: Path, findings: Findings, partial: bool = False) -> Raw:
    files = sorted((folder / "concepts").glob("*.toml"))
    if not files and not partial:
        raise TaxonomyError(f"{folder}: has no concepts/*.toml")
    tops = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    forms = tops.pop("forms", None)
    rules = {stem: read_rules(path, findings) for stem, path in tops.items()}
    roles = {path.stem: read_role(path, findings) for path in role_files(folder / "roles", findings)}
    return {
        "concepts": [row for path in files for row in read_concepts(path, partial, findings)],
        "forms": read_forms(forms, findings) if forms else [],
        "rules": {name: table for name, table in rules.items() if table is not None},
        "roles": {name: role for name, role in roles.items() if role is not None},
        "crosswalk": _crosswalk(folder / FILE, findings),
    }


def _crosswalk(file: Path, findings: Findings) -> str:
    if not file.is_file():
        return ""
    findings.origins["crosswalk", FILE] = Origin(file, (), None)
    try:
        return packed(read_rows(file))
    except TaxonomyError as error:
        findings.problems.append(Problem("unreadable", FILE, str(error), kind="", file=str(file)))
        return ""


# ----------------------------------------------------------------------------------------------------------------- records


def _build(raw: Raw) -> Taxonomy:
    version = raw["version"] if "version" in raw else _version(raw)
    raw = settled(raw)
    rows = Deferred(partial(unpacked, raw.get("crosswalk", "")))
    found = cache(lambda: mappings_of(rows))
    return Taxonomy(
        version=version,
        concepts=_keyed((_concept(row, found if raw.get("crosswalk") else None) for row in raw["concepts"]), "id", "concept"),
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


_Mapped = Callable[[], Mapping[str, Sequence[Crosswalk]]]


def _concept(row: Raw, found: _Mapped | None = None) -> Concept:
    fields = _tuples(row)
    if found or "mappings" in row:
        own = [Crosswalk(**mapping) for mapping in row.get("mappings", ())]
        fields["mappings"] = Deferred(partial(_all_mappings, own, row["id"], found)) if found else tuple(own)
    return Concept(**fields)


def _all_mappings(own: Sequence[Crosswalk], id: str, found: _Mapped) -> Iterable[Crosswalk]:
    """Those written inline, then those of the crosswalk; a target counts once."""
    given = {(mapping.scheme, mapping.id) for mapping in own}
    more = found().get(f"{CONCEPT}:{id}", ())
    return (*own, *(mapping for mapping in more if (mapping.scheme, mapping.id) not in given))


def _form(row: Raw) -> Form:
    return Form(row["text"], tuple(_reading(reading) for reading in row["reading"]))


def _reading(row: Raw) -> FormReading:
    return FormReading(**_tuples(row))


def _tuples(row: Raw) -> Raw:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
