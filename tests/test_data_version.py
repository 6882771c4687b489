"""The version: said in one place, and the same in the changelog."""

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


def test_the_newest_version_in_the_changelog_is_this_one():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert headings[0] == "Unreleased"
    named, _, day = headings[1].partition(" – ")
    assert named == version.number()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
