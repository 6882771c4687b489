"""Writes one document as a PDF, in a process of its own that can be stopped at any moment.

``python -I report_worker.py TEMPLATE ANSWER`` with the document as JSON on standard input. Knows
nothing of the service; the folder it runs in is empty, and the template can read no other.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from pathlib import Path

CPU_SECONDS = 120
MEMORY_BYTES = 4_000_000_000


def main() -> None:
    """Read, write the PDF whole or not at all."""
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

    template, answer = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
    timestamp = int(sys.argv[3])
    made = typst.compile(  # type: ignore[call-overload]
        template,
        root=Path.cwd(),
        ignore_system_fonts=True,
        sys_inputs={"document": sys.stdin.buffer.read().decode("utf-8")},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=timestamp,
    )
    part = answer.with_suffix(".part")
    part.write_bytes(made)
    part.replace(answer)


if __name__ == "__main__":
    main()
