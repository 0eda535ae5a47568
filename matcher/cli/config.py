"""`matcher.toml`: defaults for the options of the command line, which win over it."""

from __future__ import annotations

import functools
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.options import point_in_time, size
from matcher.cli.profiles import ROLE
from matcher.errors import InputError

NAME = "matcher.toml"
"""The file that is read where none is named."""
VARIABLE = "MATCHER_CONFIG"
"""The environment variable that can name one."""
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

Rule = tuple[str, Callable[[Any], bool]]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _reads(read: Callable[[str], Any]) -> Callable[[Any], bool]:
    """Whether a value is a text that an option would take."""

    def holds(value: Any) -> bool:
        try:
            return isinstance(value, str) and bool(read(value))
        except InputError:
            return False

    return holds


_FLAG: Rule = ("true or false", lambda value: isinstance(value, bool))
_COUNT: Rule = ("a whole number from 1", _whole)
_SIZE: Rule = ('a size such as "1GiB"', _reads(functools.partial(size, "")))
_FOLDER: Rule = ("a folder, as text", _is_text)
_PATHS: Rule = ("a path or a list of paths, as text", lambda value: bool(value) and all(map(_is_text, _listed(value))))
_FOLDERS = ("taxonomy", "models")
_FILES = ("answers", "jobs", "out")
_ONLY = {"jobs": ("rank",), "out": ("rank",), "blind": ("rank", "score", "extract")}
"""Keys that only these commands take: `--jobs` and `--out` are other things elsewhere."""
_LEFT_OUT = {"rank": ("project", "out")}
"""Keys that a command can do without for once, by a flag."""
_LEFT = "matcher.left_out"
"""Where a context has the keys that were left out."""
KEYS: Mapping[str, Rule] = {
    "taxonomy": _FOLDER,
    "as_of": ('a date, "today" or "document"', _reads(point_in_time)),
    "workers": _COUNT,
    "top": _COUNT,
    "max_seconds": ("a number above 0", lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v > 0),
    "max_memory": _SIZE,
    "max_pages": _COUNT,
    "max_bytes": _SIZE,
    "models": _FOLDER,
    "project": _FOLDER,
    "jobs": _PATHS,
    "answers": _PATHS,
    "out": _PATHS,
    "blind": _FLAG,
    "weights": ("a table of signals and what their weights are multiplied by", lambda value: isinstance(value, dict)),
    "quiet": _FLAG,
    "verbose": _FLAG,
}
"""What the file may set, by the names of the options."""


def configurable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--config` to a command: the file it names gives the defaults of the other options."""
    own = inspect.signature(command, eval_str=True)
    without = [f"no_{key}" for key in _LEFT_OUT.get(command.__name__, ())]

    @functools.wraps(command)
    def run(*args: Any, config: Path | None = None, **given: Any) -> Any:
        for name in without:
            given.pop(name, None)
        _tell_weights(config, given)
        return command(*args, **given)

    kind = inspect.Parameter.KEYWORD_ONLY
    flags = [inspect.Parameter(name, kind, default=False, annotation=_without(name)) for name in without]
    added = inspect.Parameter("config", kind, default=None, annotation=_Config)
    parameters = [*own.parameters.values(), *flags, added]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _without(name: str) -> Any:
    """The flag that leaves out what the file says of one option, wherever it stands on the line."""
    key = name.removeprefix("no_")

    def use(context: typer.Context, wanted: bool) -> None:
        if wanted:
            context.meta[_LEFT] = {*context.meta.get(_LEFT, ()), key}
            context.default_map = _kept(context)

    told = f"Do without the `{key}` of {NAME}."
    return Annotated[bool, typer.Option(f"--no-{key}", is_eager=True, callback=use, help=told)]


def _kept(context: typer.Context) -> dict[str, Any]:
    """The defaults without those that a flag leaves out."""
    return {key: value for key, value in (context.default_map or {}).items() if key not in context.meta.get(_LEFT, ())}


def _tell_weights(file: Path | None, given: Mapping[str, Any]) -> None:
    """Say that weights are not the shipped ones where a file changed them, which is easily forgotten."""
    weights = list(given.get("weight") or ())
    if file and weights and not given.get("quiet") and weights == read_config(file).get("weights"):
        from matcher.cli.console import say

        say(f"weights changed by {file.name}: {', '.join(text.replace('=', ' x ') for text in weights)}")


def _use(context: typer.Context, value: Path | None) -> Path | None:
    """Called before the other options are looked at."""
    found = value or (Path(NAME) if Path(NAME).is_file() else None)
    if found:
        given = {
            key: value for key, value in read_config(found).items() if context.info_name in _ONLY.get(key, (context.info_name,))
        }
        checked = {"folder": given["taxonomy"]} if "taxonomy" in given else {}  # what `taxonomy check` is to look at
        checked |= {"weight": given.pop("weights")} if "weights" in given else {}
        context.default_map = {**(context.default_map or {}), **given, **checked}
        context.default_map = _kept(context)
    return found


_Config = Annotated[
    Path | None,
    typer.Option("--config", envvar=VARIABLE, is_eager=True, callback=_use, help=f"Defaults of the options (default: {NAME})."),
]


def read_config(file: Path) -> dict[str, Any]:
    """The defaults that a file gives, paths taken from its folder; raises InputError with the line that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"--config {file}: cannot be opened ({error.strerror or error})") from error
    except RecursionError as error:
        raise InputError(f"{file}: is nested too deep") from error
    except ValueError as error:
        at = _AT.search(str(error))
        place = f"{file}:{at[1]}" if at and at[1] else str(file)
        raise InputError(f"{place}: is not valid TOML: {_AT.sub('', str(error))}") from error
    return {key: _value(file, text, key, value) for key, value in table.items()}


def _value(file: Path, text: str, key: str, value: Any) -> Any:
    if key not in KEYS:
        from matcher.taxonomy import nearest

        remedy = nearest(key, KEYS, f"known are {', '.join(KEYS)}")
        raise InputError(f'{_place(file, text, key)}: unknown key "{key}"; {remedy}')
    if type(value) is date:
        value = value.isoformat()
    what, holds = KEYS[key]
    if not holds(value):
        raise InputError(f"{_place(file, text, key)}: {key} should be {what}, not {value!r:.80}")
    if key == "weights":
        return list(_weights(file, text, value))
    if key in _FILES:
        return [_file(file, text, key, path) for path in _listed(value)]
    if key == "project":
        return str(file.parent / _expanded(value))
    if key not in _FOLDERS:
        return value
    folder = file.parent / _expanded(value)
    if not folder.is_dir():
        raise InputError(f"{_place(file, text, key)}: {key}: {folder} is no folder; give it from where this file stands")
    return str(folder)


def _file(file: Path, text: str, key: str, value: str) -> str:
    """A path from where the file stands; what is to be read has to be there."""
    if key == "jobs" and value.startswith(ROLE):
        return value
    path = file.parent / _expanded(value)
    if key != "out" and not path.exists():
        raise InputError(f"{_place(file, text, key)}: {key}: {path} does not exist; give it from where this file stands")
    return str(path)


def _weights(file: Path, text: str, table: Mapping[str, Any]) -> Iterator[str]:
    """What `--weight` would be given; a table in the table holds for the role or family of work of that name."""
    from matcher.scoring.model import check_factor

    rows = [(path, name, factor) for path, own in _tables(table) for name, factor in own.items()]
    for path, name, factor in rows:
        try:
            check_factor(name, factor)
        except InputError as error:
            raise InputError(f"{_place(file, text, 'weights', *path, name)}: weights: {error}") from error
        yield f"{'/'.join((*path, name))}={factor!r}"


def _tables(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    yield (), {name: value for name, value in table.items() if not isinstance(value, dict)}
    yield from (((name,), value) for name, value in table.items() if isinstance(value, dict))


def _expanded(value: str) -> Path:
    """The path with "~" as the home folder, where there is such a user."""
    try:
        return Path(value).expanduser()
    except RuntimeError:
        return Path(value)


def _place(file: Path, text: str, *path: str) -> str:
    from matcher.taxonomy.places import line_of, toml_places

    return f"{file}:{line_of(toml_places(text), path)}"
