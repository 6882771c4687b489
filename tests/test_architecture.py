"""The house rules: imports run one way, and each library is used in its own room only."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    "app.py",
    "pages",
    "geo",
    "data",
    "tests",
    "requirements.txt",
    "README.md",
    "pyproject.toml",
    "CHANGELOG.md",
    "LICENSE",
}
LINES_MAX = 350


def _sources() -> list[Path]:
    found = [ROOT / "app.py"]
    for folder in ("pages", "geo", "data"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return found


SOURCES = _sources()


def _room(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "pages":
        return parts[0]
    if parts[1] in {"shared", "web"}:
        return f"pages.{parts[1]}"
    return "pages.main" if parts[1] == "main" else "pages.page"


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


# room -> our own modules that it may import
ALLOWED = {
    "app": ("data", "geo", "pages.web", "pages.shared"),
    "geo": ("geo",),
    "data": ("data", "geo"),
    "pages.shared": ("pages.shared", "data", "geo"),
    "pages.web": ("pages.web", "pages.shared", "data", "geo"),
    "pages.main": ("pages.shared", "data"),
}
OWN = ("app", "geo", "data", "pages", "tests")


def _starts(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == p or name.startswith(p + ".") for p in prefixes)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path: Path):
    room = _room(path)
    if room == "pages.page":
        parts = path.relative_to(ROOT).with_suffix("").parts
        own = ".".join(parts[:2])
        allowed = (own, "pages.shared", "data", "geo")
    else:
        allowed = ALLOWED[room]
    ours = {name for name in _imports(path) if name.split(".")[0] in OWN and name != "pages"}
    wrong = sorted(name for name in ours if not _starts(name, allowed))
    assert not wrong, f"{path.relative_to(ROOT)} must not import {wrong}"


ROOMS_OF_LIBRARIES = {
    "streamlit": ("app", "pages.shared", "pages.web", "pages.main", "pages.page"),
    "duckdb": ("data",),
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_libraries_stay_in_their_rooms(path: Path):
    used = {name.split(".")[0] for name in _imports(path)}
    for library, rooms in ROOMS_OF_LIBRARIES.items():
        assert library not in used or _room(path) in rooms, f"{library} in {path}"
    if used & {"folium", "streamlit_folium", "branca"}:
        assert path.is_relative_to(ROOT / "pages" / "shared" / "maps"), path


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if _room(p) == "geo"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_geo_touches_no_file_clock_or_network(path: Path):
    forbidden = {
        "pathlib",
        "os",
        "io",
        "requests",
        "httpx",
        "socket",
        "duckdb",
        "streamlit",
        "time",
    }
    used = {name.split(".")[0] for name in _imports(path)}
    assert not used & forbidden
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"today", "now", "utcnow", "read_file", "open"}


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_raw_html_and_no_sql_built_from_text(path: Path):
    for call in _calls(path):
        names = {keyword.arg for keyword in call.keywords}
        assert not names & {"unsafe_allow_html", "unsafe_allow_javascript"}, path
        is_execute = isinstance(call.func, ast.Attribute) and call.func.attr.startswith("execute")
        if is_execute and call.args:
            assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_fits_in_a_readers_head(path: Path):
    assert path.read_text(encoding="utf-8").count("\n") <= LINES_MAX


def test_nothing_else_stands_at_the_top():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    top = {name.split("/")[0] for name in listed}
    assert {name for name in top if not name.startswith(".")} <= TOP


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc", "core"])
def test_no_file_is_named_for_nothing(word: str):
    assert not [p for p in SOURCES if p.stem == word]
