"""The commands and their names; each command's module imports what is heavy only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.cli import decisions, erase, extract, rank, record, score, taxonomy, train
from matcher.cli.config import configurable

_ABOUT = """Read resumes and job posts of the BPO industry and rank, with reasons, how well each candidate fits each role.

Everything is done on this machine. Exit status: 0 all done, 1 some inputs failed, 2 nothing could be done."""


def _print_version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # a shell that completes a line wants no version in it
        import matcher

        typer.echo(f"matcher {matcher.__version__}")
        raise typer.Exit


_Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")]

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)
_taxonomy = typer.Typer(help="Browse, validate and export the taxonomy.", rich_markup_mode=None, no_args_is_help=True)


@app.callback(help=_ABOUT)
def _options(version: _Version = False) -> None:
    pass


_FIRST = (score.score, rank.rank, extract.extract, decisions.decisions, record.record, erase.erase)
for _command in (*_FIRST, train.evaluate, train.train):
    app.command()(configurable(_command))
app.add_typer(_taxonomy, name="taxonomy")
for _command in (taxonomy.search, taxonomy.show, taxonomy.check, taxonomy.export):
    _taxonomy.command()(configurable(_command))
