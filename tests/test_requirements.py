"""The two lists of packages agree, and a package that was changed on its way is not installed."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;#\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def _pins(name: str) -> dict[str, set[str]]:
    """Return the versions of each package in a list of requirements."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(re.sub(r"[-_.]+", "-", package).lower(), set()).add(version)
    return found


def _blocks() -> list[str]:
    """Return the lines of each package in the lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [one for one in re.split(r"\n(?=\S)", text) if not one.startswith("#")]


def test_the_lock_has_the_versions_that_we_chose():
    chosen, locked = _pins("requirements.txt"), _pins("requirements.lock")
    assert len(chosen) > 30
    assert {package: locked.get(package) for package in chosen} == chosen


def test_every_package_in_the_lock_has_hashes():
    blocks = _blocks()
    assert len(blocks) > 80
    assert [one.partition(" ")[0] for one in blocks if not HASH.search(one)] == []


def test_the_lock_names_no_place_to_fetch_from():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_the_tests_use_the_versions_of_the_service():
    """A library of both lists, such as pandas with its stubs, is pinned in one only."""
    assert not _pins("requirements.txt").keys() & _pins("tests/requirements.txt").keys()
