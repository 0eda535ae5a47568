"""Reading a source folder: what can be used of it, all that is wrong with it, and where each entry stands."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path as File
from typing import Any

from matcher.taxonomy.concepts import BRANCH
from matcher.taxonomy.places import line_of, toml_places, yaml_places
from matcher.taxonomy.problem import SURFACE, Path, Problem
from matcher.taxonomy.schema import BRANCH_KEYS, FILE, FORMS_FILE, HEADERS, Keys, concept_problems, fits, form_problems, mended

Raw = dict[str, Any]
_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_MEANT = re.compile('did you mean "(.*)"')
_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.]+)\s*\]{1,2}\s*(?:#.*)?")
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_OPENED = re.compile(r"[=\[,{]\s*[\u201c\u201d\u201e\u2018\u2019]")
_DEEPEST = 20
"""How far data is followed; YAML can hold a list that contains itself."""
_SURFACES = ("label", "aliases", "hidden", "without")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands: the file, the path in it, and the entry as it was written."""

    file: File
    path: Path
    row: Any


@dataclass(slots=True)
class Findings:
    """What reading a folder brings up beside its data.

    `faulty` are the keys of entries that could not be used: what follows from their absence is no mistake of its own.
    """

    problems: list[Problem] = field(default_factory=list)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    faulty: set[tuple[str, str, str]] = field(default_factory=set)

    def enter(self, kind: str, name: str, origin: Origin, found: Iterable[Problem] = ()) -> Raw:
        """Note where an entry stands and what is wrong with it; returns what can be used of it."""
        first = self.origins.setdefault(_entry(kind, name), origin)
        if name and first is not origin:
            message = f"is given twice; the first is at {first.file}:{line_of(_places(first.file), first.path)}"
            self.problems.append(Problem("given-twice", name, message, "keep one", kind, origin.path, file=str(origin.file)))
        bad = set()
        for problem in found:
            bad.update([str(problem.path[0]), *_MEANT.findall(problem.remedy)])
            path = (*origin.path, *problem.path)
            self.problems.append(replace(problem, kind=kind, where=name, path=path, file=str(origin.file)))
        self.faulty.update((*_entry(kind, name), key) for key in bad)
        return mended(origin.row, bad) if kind in ("concept", "form") else {k: v for k, v in origin.row.items() if k not in bad}

    def lacks(self, id: str, keys: Iterable[str], meant: str) -> None:
        """Note that a new concept has not all that it must have; where it lacks much, one that is known may be `meant`."""
        missing = [key for key in keys if ("concept", id, key) not in self.faulty]
        if missing:
            other = meant if len(missing) > 1 else ""
            remedy = other or "a new concept needs them"
            message = f"is a new concept and lacks {', '.join(missing)}"
            self.problems.append(Problem("missing-key", id, message, remedy, path=("id",)))
            self.faulty.update(("concept", id, key) for key in (*missing, *(_SURFACES if other else ())))

    def placed(self, more: Iterable[Problem] = ()) -> tuple[Problem, ...]:
        """All problems, and more that were found later, each once with file and line, in the order of the files."""
        more = list(more)
        direct = {(problem.code, *_taker(problem)) for problem in more if self._has(problem)}
        later = [problem for problem in more if not self._follows(problem)]
        said = [p for p in later if self._has(p) or not any((p.code, *_entry(*other)) in direct for other in p.also)]
        resolved = [self._resolved(problem) for problem in said]
        codes = {problem.code for problem in resolved if problem.file}
        kept = [problem for problem in resolved if problem.file or problem.code not in codes]
        places = cache(_places)
        found = [_lined(problem, places) for problem in (*map(self._resolved, self.problems), *kept)]
        once = {(p.file, p.line, p.code, p.where, p.message): p for p in found}
        return tuple(sorted(once.values(), key=lambda p: (p.file, p.line)))

    def _has(self, problem: Problem) -> bool:
        """Whether the entry at fault is one of this folder."""
        return bool(problem.file) or _taker(problem) in self.origins

    def _follows(self, problem: Problem) -> bool:
        """Whether it speaks of what could not be used."""
        keys = _SURFACES if problem.path[:1] == (SURFACE,) else problem.path[:1]
        return any((*_taker(problem), str(key)) in self.faulty for key in keys)

    def _resolved(self, problem: Problem) -> Problem:
        """With the file of its entry, or of another that takes part."""
        if problem.file:
            return problem
        takers = ((problem.kind, problem.where), *problem.also)
        kind, name = next((taker for taker in takers if _entry(*taker) in self.origins), ("", ""))
        origin = self.origins.get(_entry(kind, name))
        if origin is None:
            return problem
        path = (*origin.path, *_inside(origin.row, problem.path))
        return replace(problem, kind=kind, where=name, file=str(origin.file), path=path)


def _entry(kind: str, name: str) -> tuple[str, str]:
    """The key of an entry: forms are known by their text in any case."""
    return kind, name.casefold() if kind == "form" else name


def _taker(problem: Problem) -> tuple[str, str]:
    return _entry(problem.kind, problem.where)


def _inside(row: Any, path: Path) -> Path:
    """The path as the file has it: items of lists by their number."""
    if path[:1] == (SURFACE,):
        tries = [_inside(row, (key, *path[1:])) for key in _SURFACES if isinstance(row, dict) and key in row]
        return max(tries, key=lambda found: (len(found), found[:1] == ("label",)), default=())
    found: list[str | int] = []
    for step in path:
        if isinstance(row, list) and isinstance(step, str):
            same = [n for n, item in enumerate(row) if isinstance(item, str) and item.casefold() == step.casefold()]
            step = same[0] if same else -1
            if not same:
                return (*found, *_searched(row, path[-1]))
        try:
            row = row[step]
        except (KeyError, IndexError, TypeError):
            break
        found.append(step)
    return tuple(found)


def _searched(value: Any, wanted: str | int) -> Path:
    """Where a text stands in a list of tables."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if item == wanted:
            return (key,)
        inner = _searched(item, wanted) if isinstance(item, dict | list) else ()
        if inner:
            return (key, *inner)
    return ()


def _lined(problem: Problem, places: Callable[[File], dict[Path, int]]) -> Problem:
    if problem.line or not problem.file:
        return problem
    known = places(File(problem.file))
    return replace(problem, line=line_of(known, problem.path)) if known else problem


def _places(file: File) -> dict[Path, int]:
    readers: dict[str, Callable[[str], dict[Path, int]]] = {".toml": toml_places, ".yaml": yaml_places}
    reader = readers.get(file.suffix)
    return reader(file.read_text(encoding="utf-8")) if reader else {}


# ------------------------------------------------------------------------------------------------------------------- files


def read_concepts(file: File, partial: bool, findings: Findings) -> Iterator[Raw]:
    """The concepts of a file, the branch first."""
    table = _table(file, FILE, () if partial else ("branch",), findings)
    branch: Raw = table.get("branch") or {}
    if branch:
        needed = ("id", "code", "label")
        origin = Origin(file, ("branch",), branch)
        branch = findings.enter("concept", str(branch.get("id", "")), origin, fits(branch, BRANCH_KEYS, needed))
        if "id" in branch:
            shown = {key: value for key, value in branch.items() if key != "code"}
            yield {"type": BRANCH, "branch": branch["id"], "label": branch["id"], **shown}
    home = {"branch": branch["id"]} if "id" in branch else {}
    for number, row in enumerate(table.get("concept", ())):
        origin = Origin(file, ("concept", number), row)
        usable = findings.enter("concept", str(row.get("id", "")), origin, concept_problems(row, partial))
        if "id" in usable:
            yield {**home, **usable}


def read_forms(file: File, findings: Findings) -> list[Raw]:
    """The guarded forms of `forms.toml`."""
    table = _table(file, FORMS_FILE, (), findings)
    found = []
    for number, row in enumerate(table.get("form", ())):
        name = str(row.get("text", ""))
        usable = findings.enter("form", name, Origin(file, ("form", number), row), form_problems(row))
        if "text" in usable and "reading" in usable:
            found.append(usable)
    return found


def read_rules(file: File, findings: Findings) -> Raw | None:
    """A file of rules, as plain data; None where it is no TOML."""
    table = _toml(file, findings)
    return None if table is None else findings.enter("rules", file.name, Origin(file, (), table), _foreign(table))


def role_files(folder: File, findings: Findings) -> list[File]:
    """The role files of a folder; what only has another ending than theirs is noted."""
    for file in sorted(folder.glob("*")):
        if file.suffix.casefold() in (".yml", ".yaml") and file.suffix != ".yaml":
            message = f"is not read: the ending of a role's file must be .yaml, not {file.suffix}"
            remedy = f"call it {file.stem}.yaml"
            findings.problems.append(Problem("unknown-file", file.name, message, remedy, "", file=str(file)))
    return sorted(folder.glob("*.yaml"))


def read_role(file: File, findings: Findings) -> Any:
    """A role file, as plain data; None where it is no YAML."""
    import yaml

    try:
        data = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        remedy = _yaml_remedy(_line(file, line))
        problem = Problem("unreadable", file.name, f"is not valid YAML: {said}", remedy, "", file=str(file), line=line)
        findings.problems.append(problem)
        return None
    origin = Origin(file, (), data)
    if isinstance(data, dict):
        return findings.enter("role", file.stem, origin, _foreign(data))
    findings.origins["role", file.stem] = origin
    return data


def _line(file: File, number: int) -> str:
    """A line of a file that could not be understood; nothing where it cannot even be read."""
    try:
        return file.read_text(encoding="utf-8").split("\n")[number - 1]
    except (OSError, ValueError, IndexError):
        return ""


def _yaml_remedy(line: str) -> str:
    blank = line[: len(line) - len(line.lstrip())]
    return "write blanks instead of the tab" if "\t" in blank else ""


def _toml_remedy(line: str) -> str:
    header = _HEADER.fullmatch(line)
    if header and header[1] in HEADERS:
        return f"write [[{header[1]}]], with two brackets"
    odd = _CURLY.search(line) and (_OPENED.search(line) or line.count('"') % 2)
    return 'write straight quotes (") instead of the curly ones' if odd else ""


def _foreign(value: Any, path: Path = ()) -> Iterator[Problem]:
    """What JSON does not have: dates, and numbers without end."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _foreign(item, (*path, key)) if len(path) < _DEEPEST else ()
    elif not isinstance(value, str | int | float | None) or (isinstance(value, float) and not math.isfinite(value)):
        yield Problem("bad-value", "", f"{value!s:.60} is no text, number, list or table", "put texts between quotes", path=path)


def _table(file: File, keys: Keys, needed: tuple[str, ...], findings: Findings) -> Raw:
    table = _toml(file, findings)
    return {} if table is None else findings.enter("", str(file), Origin(file, (), table), fits(table, keys, needed))


def _toml(file: File, findings: Findings) -> Raw | None:
    text = ""
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = Problem("unreadable", file.name, "is not UTF-8", "save it as UTF-8 text", "", file=str(file), line=line)
    except (OSError, ValueError, RecursionError) as error:
        place = _LINE.search(str(error))
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        said = _LINE.sub("", str(error))
        remedy = _toml_remedy(_line(file, line))
        problem = Problem("unreadable", file.name, f"is not valid TOML: {said}", remedy, "", file=str(file), line=line)
    findings.problems.append(problem)
    return None
