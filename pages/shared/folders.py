"""Where the files of the pages lie, so that nothing else finds its way by climbing."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).resolve().parents[1]
ASSETS = PAGES / "web" / "assets"
LOCALE = PAGES / "locale"
TEMPLATES = PAGES / "web" / "templates"
