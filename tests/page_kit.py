"""Opens one page as a visitor does, through the page list and the frame round every page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).resolve().parents[1] / "pages"
FIRST = "overview.py"
# what the tester itself keeps in the session cannot be pickled
_PICKLED = "runner.enforceSerializableSessionState"


def open_page(file: str, **query: str) -> AppTest:
    """Return the drawn page in `file`, with `query` in its address."""
    config.set_option(_PICKLED, False)
    shown = AppTest.from_file(str(PAGES / "main.py"), default_timeout=60)
    if file != FIRST:
        # the first run makes the page list known, by which a page is found
        shown.run().switch_page(file)
    for name, value in query.items():
        shown.query_params[name] = value
    shown.run()
    assert not shown.exception, shown.exception
    assert not [error for error in shown.error if "gick fel hos oss" in error.value]
    return shown


def words(shown: AppTest) -> str:
    """Return everything that a reader reads outside tables, one piece a line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "error", "info")
    pieces = [str(piece.value) for kind in kinds for piece in shown.get(kind)]
    return "\n".join([*pieces, *(str(piece.value) for piece in shown.success)])


def cells(shown: AppTest) -> list[str]:
    """Return every cell of every table, with row and column headings."""
    found: list[str] = []
    for table in shown.table:
        found += [str(name) for name in [*table.value.columns, *table.value.index]]
        found += [str(cell) for cell in table.value.to_numpy().ravel()]
    return found


def layers_sent(shown: AppTest) -> list[dict[str, Any]]:
    """Return the layers that the page sent to its map."""
    args = [json.loads(one.proto.json_args) for one in shown.get("component_instance")]
    found: list[dict[str, Any]] = next(one["layers"] for one in args if "layers" in one)
    return found
