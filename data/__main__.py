"""The commands of the service: `python -m data link`."""

from __future__ import annotations

import sys

from data import commands

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:]))
