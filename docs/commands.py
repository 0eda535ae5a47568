"""Writes docs/commands.md: every command with its arguments and options, taken from the program itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.models import ArgumentInfo, OptionInfo

from matcher.cli.app import app

PAGE = Path(__file__).resolve().parent / "commands.md"
PROGRAM = "matcher"
INTRODUCTION = """<!-- Made by `python docs/commands.py` from the program itself: change the help there, and run it again. -->
# Commands

{about}

What stands here is what `--help` prints; `matcher COMMAND --help` prints it for one command. An option goes before its line in
[`matcher.toml`](settings.md), and that before the default named here. The shell can [complete](completion.md) commands, options
and file names. `matcher --version` prints the version.
"""
VALUES = {int: "N", float: "NUMBER", str: "TEXT", Path: "PATH"}
"""What stands for a value whose option does not name it."""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page, as it should stand in the file."""
    parts = [INTRODUCTION.format(about=app.registered_callback.help if app.registered_callback else "")]
    for name, command in commands(app, PROGRAM):
        parts.append(f"## {name}\n\n{about(command)}\n\n{usage(name, command)}\n\n{table(command)}\n")
    return "\n".join(parts)


def commands(group: typer.Typer, name: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The full name of each command of a group and of the groups in it, and the function that it calls."""
    for known in group.registered_commands:
        if known.callback and not known.hidden:
            yield f"{name} {known.name or known.callback.__name__.replace('_', '-')}", known.callback
    for inner in group.registered_groups:
        if inner.typer_instance:
            yield from commands(inner.typer_instance, f"{name} {inner.name}")


def about(command: Callable[..., Any]) -> str:
    """What a command does, in full."""
    return inspect.cleandoc(command.__doc__ or "")


def usage(name: str, command: Callable[..., Any]) -> str:
    """The line that a command is called by."""
    words = [word for parameter in parameters(command) if (word := argument(parameter))]
    return f"    {' '.join([name, *words])} [OPTIONS]"


def table(command: Callable[..., Any]) -> str:
    """Arguments first, then options, each with what it does and what holds without it."""
    rows = sorted(parameters(command), key=lambda parameter: not argument(parameter))
    lines = [f"| {cell(spelt(row))} | {cell(told(row), code=False)} | {cell(default(row))} |" for row in rows]
    return "\n".join(["| argument or option | what it does | without it |", "|---|---|---|", *lines])


def parameters(command: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    """The arguments and options of a command."""
    found = inspect.signature(command).parameters.values()
    return tuple(parameter for parameter in found if get_origin(parameter.annotation) is Annotated)


def info(parameter: inspect.Parameter) -> ArgumentInfo | OptionInfo:
    """What the command says of a parameter."""
    (known,) = (extra for extra in get_args(parameter.annotation)[1:] if isinstance(extra, ArgumentInfo | OptionInfo))
    return known


def argument(parameter: inspect.Parameter) -> str:
    """How an argument is written; "" for an option."""
    return info(parameter).metavar or parameter.name.upper() if isinstance(info(parameter), ArgumentInfo) else ""


def spelt(parameter: inspect.Parameter) -> str:
    """How a parameter is written, with a word for its value."""
    kind = kind_of(parameter)
    if word := argument(parameter):
        return word
    # In `Annotated` typer takes the first of an option's names for the place where its default once stood.
    names = ", ".join(sorted((info(parameter).default, *(info(parameter).param_decls or ())), key=len))
    if kind is bool:
        return names
    if issubclass(kind, Enum):
        return f"{names} {'|'.join(str(member.value) for member in kind)}"
    return f"{names} {info(parameter).metavar or VALUES[kind]}"


def kind_of(parameter: inspect.Parameter) -> type:
    """The type of a parameter's value, or of one of its values."""
    kind = get_args(parameter.annotation)[0]
    if isinstance(kind, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    return get_args(kind)[0] if get_origin(kind) is list else kind


def told(parameter: inspect.Parameter) -> str:
    """What a parameter does, in the words of `--help`."""
    variable = f" Variable: `{info(parameter).envvar}`." if info(parameter).envvar else ""
    return f"{info(parameter).help or ''}{variable}"


def default(parameter: inspect.Parameter) -> str:
    """What holds where a parameter is left out; "" where nothing does, or where it is a switch."""
    value = parameter.default
    if value is inspect.Parameter.empty or value is None or value is False:
        return ""
    return f"{value.value if isinstance(value, Enum) else value:{'g' if isinstance(value, float) else ''}}"


def cell(text: str, code: bool = True) -> str:
    """A text that stands in one cell of a table."""
    text = text.replace("|", r"\|")
    if code:
        return f"`{text}`" if text else ""
    return text.replace("<", r"\<").replace("*", r"\*")


if __name__ == "__main__":
    main()
