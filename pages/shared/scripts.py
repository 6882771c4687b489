"""Our JavaScript: files of one subject, joined to one file for each kind of page.

Each file under a folder of `pages/web/assets` is read and checked alone; a browser asks once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_COMMENT_LINES = re.compile(
    r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.DOTALL | re.MULTILINE
)
# in the order in which they need each other, and in which each hears of a key or a press
JOINED: dict[str, tuple[str, ...]] = {
    "page.js": (
        "streamlit_settings",
        "elements",
        "quiet_keys",
        "language",
        "focus",
        "links",
        "text_room",
        "wide_tables",
        "shortcuts",
        "landmarks",
        "code_in_address",
        "kept_text",
        "contact",
        "message_order",
        # last: what a browser does not let it change keeps nothing else from running
        "streamlit_words",
    ),
    "map.js": (
        "svg",
        "words",
        "notice",
        "page",
        "patterns",
        "appearance",
        "data",
        "place_names",
        "tooltip",
        "numbers",
        "layer",
        "pin",
        "view",
        "controls",
        "frame",
        "showing",
        "embedded",
        "picking",
        "public",
    ),
    "meeting.js": ("step_map", "notes", "steps"),
    "draft.js": ("draft",),
}


def sources(folder: Path, name: str) -> list[Path]:
    """Return the files that ``name`` is joined from, under `folder`."""
    return [folder / Path(name).stem / f"{part}.js" for part in JOINED[name]]


@cache
def joined(folder: Path, name: str) -> bytes:
    """Return one script of all its parts; what they lend each other stays inside it."""
    parts = (path.read_text(encoding="utf-8") for path in sources(folder, name))
    code = "".join(map(without_comments, parts))
    return f"(() => {{\n{code}}})();\n".encode()


def without_comments(script: str) -> str:
    """Return a script without the lines that hold a comment only: those are for its readers."""
    return _COMMENT_LINES.sub("", script)
