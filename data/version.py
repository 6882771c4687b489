"""Which version of the service this is; ``pyproject.toml`` is the one place that says so."""

from __future__ import annotations

import tomllib
from functools import cache

from data.settings import ROOT

_PROJECT = ROOT / "pyproject.toml"


@cache
def number() -> str:
    """Return the version, such as ``0.2.0``."""
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    return str(project["version"])
