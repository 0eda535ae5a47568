"""The way in: runs a command, and turns what goes wrong into one line and an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import typer

from matcher.cli.app import app
from matcher.cli.console import say_error
from matcher.errors import MatcherError

NOTHING_DONE = 2
_COLLECTED = 50_000
"""New objects after which Python looks for garbage in circles: there is little of it, and the 700 that it takes by itself cost a
quarter of the time of everything that makes many records.
"""
FLAGS = (
    "--blind",
    "--install-completion",
    "--keep-all",
    "--look",
    "--no-blind",
    "--no-out",
    "--no-project",
    "--quiet",
    "--show-completion",
    "--verbose",
    "--help",
    "--version",
)
"""Long options without a value; the short ones have none."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0 (all done), 1 (some inputs failed) or 2 (nothing could be done)."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED, *before[1:])
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    finally:
        gc.set_threshold(*before)


def _run(given: list[str]) -> int:
    try:
        status = app(_spread_jobs(given), prog_name="matcher", standalone_mode=False)
        sys.stdout.flush()
    except MatcherError as error:
        say_error(str(error))
        return NOTHING_DONE
    except BrokenPipeError:
        # The reader of our output has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        say_error("stopped")
        return NOTHING_DONE
    except Exception as error:
        return _usage(error)
    return status if isinstance(status, int) else 0


def _spread_jobs(arguments: list[str]) -> list[str]:
    """Let several jobs follow one `--jobs`, as a shell's `jobs/*.txt` writes them.

    Only where a resume stands before `--jobs`: with resumes after it, nobody could tell which is which.
    """
    found: list[str] = []
    words, value, begun = 0, False, False
    for place, word in enumerate(arguments):
        if word == "--":
            return found + arguments[place:]
        option = not value and word.startswith("-") and word != "-"
        begun = begun or (option and words > 1 and word.split("=")[0] == "--jobs")
        if not option and not value:
            words += 1  # the command's name is the first
            if begun:
                found.append("--jobs")
        value = option and word.startswith("--") and "=" not in word and word not in FLAGS
        found.append(word)
    return found


def _usage(error: Exception) -> int:
    """Answer an option or command that does not exist, or a path that the system refuses.

    Anything else is a fault of ours, and its traceback is wanted.

    Recent typer brings its own copy of click, so that the class of its errors has no stable place to import it from.
    """
    if isinstance(error, OSError) and isinstance(error.filename, str):
        say_error(f"{error.filename}: {error.strerror}")
        return NOTHING_DONE
    if not hasattr(error, "format_message"):
        raise error
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error.format_message()}\n")
        return NOTHING_DONE
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "matcher"
    told = error.format_message().replace("Value error, ", "").replace("\n", " ")
    say_error(f"{told} ({path} --help shows what there is)")
    return NOTHING_DONE
