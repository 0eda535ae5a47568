"""The way in, for the installed command `matcher` and for `python -m matcher`.

Nothing is imported until it is called: each process that reads files imports what the command was started from.
"""

import os
import sys
from collections.abc import Sequence


def main() -> int:
    """Run the command line and return its exit status."""
    given = sys.argv[1:]
    if _scores_a_file(given):
        from matcher import batch

        # What reads the file takes longer to load than all else, and can do so meanwhile.
        batch.expect_few()
    from matcher.cli import main as run

    return run()


def _scores_a_file(given: Sequence[str]) -> bool:
    """Whether the command is one that will read a file or two with the built-in taxonomy."""
    if given[:1] != ["score"] or any(word.split("=")[0] in ("--help", "--taxonomy", "--config") for word in given):
        return False
    if _may_name_a_taxonomy(os.environ.get("MATCHER_CONFIG") or "matcher.toml"):
        return False
    # pathlib would raise for a name that is too long, and for a folder that may not be entered.
    return any(os.path.isfile(word) for word in given[1:])


def _may_name_a_taxonomy(defaults: str) -> bool:
    """Whether a file of defaults speaks of a taxonomy; one that can be read but once, such as a pipe, is left alone."""
    if not os.path.isfile(defaults):
        return os.path.exists(defaults)
    try:
        with open(defaults, "rb") as file:
            return b"taxonomy" in file.read()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
