"""The house rules: imports run one way, and each library is used in its own room only."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    "app.py",
    "pages",
    "geo",
    "data",
    "deploy",
    "tests",
    "docs",
    "requirements.txt",
    "requirements.lock",
    "README.md",
    "pyproject.toml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
}
LINES_MAX = 500


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


# what a library says of its fault, as words
_SAYING = {"args", "message", "msg", "reason", "strerror", "smtp_error"}


def _own_classes() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    return {n.name for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}


def _names(kind: ast.expr | None) -> set[str]:
    """Give the names of the types in an annotation or an except, without their modules."""
    if kind is None:
        return set()
    found = {n.attr for n in ast.walk(kind) if isinstance(n, ast.Attribute)}
    inner = {id(n.value) for n in ast.walk(kind) if isinstance(n, ast.Attribute)}
    return found | {n.id for n in ast.walk(kind) if isinstance(n, ast.Name) and id(n) not in inner}


def _faults_of_others(tree: ast.AST, own: set[str]) -> Iterator[tuple[ast.AST, str]]:
    """Give each piece of code with the name of a fault in it that a library may have made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.name and _names(node.type) - own:
            yield node, node.name
        if isinstance(node, ast.FunctionDef):
            for one in [*node.args.args, *node.args.kwonlyargs]:
                kinds = {k for k in _names(one.annotation) if k.endswith(("Error", "Exception"))}
                if kinds - own:
                    yield node, one.arg


def _is_made_words(node: ast.AST, name: str) -> bool:
    def is_it(one: ast.AST) -> bool:
        return isinstance(one, ast.Name) and one.id == name

    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"str", "repr", "format"} and any(map(is_it, node.args))
    if isinstance(node, ast.FormattedValue):
        return is_it(node.value)
    return isinstance(node, ast.Attribute) and is_it(node.value) and node.attr in _SAYING


def _sentences_read(source: str, own: set[str]) -> list[int]:
    return [
        node.lineno
        for scope, name in _faults_of_others(ast.parse(source), own)
        for node in ast.walk(scope)
        if _is_made_words(node, name)
    ]


READ_IN_A_SENTENCE = (
    "def code(error: duckdb.Error) -> str:\n    return 'locked' if 'lock' in str(error) else ''\n",
    "try:\n    a()\nexcept (OurError, OSError) as e:\n    b = e.strerror == 'No space left'\n",
    "try:\n    a()\nexcept ValueError as e:\n    b = e.args[0].startswith('x')\n",
    "try:\n    a()\nexcept Exception as e:\n    b = re.search('x', f'{e}')\n",
)


def test_no_meaning_is_picked_out_of_a_librarys_sentence():
    """By type, by number or by trying: "block" holds the word "lock", and words change."""
    own = _own_classes()
    read = {str(p.relative_to(ROOT)): _sentences_read(p.read_text("utf-8"), own) for p in SOURCES}
    assert {path: lines for path, lines in read.items() if lines} == {}
    said = [path.name for path in SOURCES if "is_valid_reason" in path.read_text("utf-8")]
    assert said == [], "GEOS tells in words what is wrong with a polygon"
    for source in READ_IN_A_SENTENCE:
        assert _sentences_read(source, {"OurError"}), f"the rule would not see:\n{source}"
    assert not _sentences_read(
        "try:\n    a()\nexcept OurError as e:\n    b(str(e))\n", {"OurError"}
    )
