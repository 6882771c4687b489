"""The version: said in one place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from data import version

ROOT = Path(__file__).resolve().parents[1]


def test_the_version_is_what_the_project_file_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "dialogkartan"
    assert version.number() == project["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version.number())
