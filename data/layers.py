"""The older line that loads a layer: ``python -m data.layers import``.

The one to write is ``python -m data import layer``.
"""

from __future__ import annotations

import sys

from data.__main__ import main

if __name__ == "__main__":
    rest = sys.argv[1:]
    sys.exit(main(["import", "layer", *(rest[1:] if rest[:1] == ["import"] else rest)]))
