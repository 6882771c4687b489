"""The older line that loads a population grid: ``python -m data.own_grids import``.

The one to write is ``python -m data import grid``.
"""

from __future__ import annotations

import sys

from data.__main__ import main

if __name__ == "__main__":
    rest = sys.argv[1:]
    sys.exit(main(["import", "grid", *(rest[1:] if rest[:1] == ["import"] else rest)]))
