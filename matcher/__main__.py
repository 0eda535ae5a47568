"""The way in, for the installed command `matcher` and for `python -m matcher`.

Nothing is imported until it is called: each process that reads files imports what the command was started from.
"""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from matcher.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
