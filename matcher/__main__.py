"""`python -m matcher`: the same command as `matcher`."""

import sys

from matcher.cli import main

if __name__ == "__main__":
    sys.exit(main())
