"""Writes one document as a PDF, in a process of its own that can be stopped at any moment.

``python -I report_worker.py ACT TEMPLATE ANSWER MOMENT FOLDER…`` with the document as JSON on
standard input and folders of fonts. ``write`` answers with the PDF, ``try`` with the numbers (JSON)
of the blocks that typst does not take. Ends with 3 where typst does not take the document. Knows
nothing of the service; the folder it runs in is empty, and the template can read no other.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CPU_SECONDS = 120
MEMORY_BYTES = 4_000_000_000
REFUSED = 3
STANDARDS = ("ua-1", "a-2a")


def main() -> None:
    """Read, write the answer whole or not at all."""
    limits = {
        resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
        resource.RLIMIT_AS: (MEMORY_BYTES, MEMORY_BYTES),
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, most in limits.items():
        # macOS refuses some of them
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, most)
    import typst

    act, template, answer, moment, *folders = sys.argv[1:]
    document = json.loads(sys.stdin.buffer.read())
    # read once, however many times is tried
    held = typst.Fonts(include_system_fonts=False, font_paths=folders)

    def made(blocks: list[Any]) -> bytes:
        content = json.dumps({**document, "blocks": blocks}, ensure_ascii=False)
        written: bytes = typst.compile(  # type: ignore[call-overload]
            Path(template).read_bytes(),
            root=Path.cwd(),
            font_paths=held,
            sys_inputs={"document": content},
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(moment),
        )
        return written

    def is_taken(blocks: list[Any]) -> bool:
        try:
            made(blocks)
        except typst.TypstError:
            return False
        return True

    if act == "try":
        found = json.dumps(not_taken(document["blocks"], is_taken)).encode()
    else:
        try:
            found = made(document["blocks"])
        except typst.TypstError:
            sys.exit(REFUSED)
    part = Path(answer).with_suffix(".part")
    part.write_bytes(found)
    part.replace(answer)


def not_taken(
    blocks: list[Any], is_taken: Callable[[list[Any]], bool], first: int = 0
) -> list[int]:
    """Return the numbers of the blocks that are not taken, halving those that are not together."""
    if is_taken(blocks):
        return []
    if len(blocks) == 1:
        return [first]
    half = len(blocks) // 2
    before = not_taken(blocks[:half], is_taken, first)
    return before + not_taken(blocks[half:], is_taken, first + half)


if __name__ == "__main__":
    main()
