"""The house rules: imports run one way, each room asks those it may, each library has its room."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
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


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module(path): path for path in SOURCES}


def _floor(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "pages":
        return parts[0]
    if parts[1] in {"shared", "web"}:
        return f"pages.{parts[1]}"
    return "pages.main" if parts[1] == "main" else "pages.page"


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> frozenset[str]:
    """Every name that a file imports, wherever in it: of a module, and of what is in it."""
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


@cache
def _asks(path: Path) -> frozenset[str]:
    """Our own modules that a file imports, without the packages that only hold them."""
    found = {name for name in _imports(path) if name in MODULES} - {_module(path)}
    return frozenset(
        name for name in found if not any(other.startswith(f"{name}.") for other in found)
    )


# floor -> our own modules that it may import
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


def _allowed(path: Path) -> tuple[str, ...]:
    if _floor(path) != "pages.page":
        return ALLOWED[_floor(path)]
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts[:2])
    return (own, "pages.shared", "data", "geo")


def test_imports_run_one_way():
    wrong = [
        f"{_name(path)} must not import {name}"
        for path in SOURCES
        for name in sorted(_imports(path))
        if name.split(".")[0] in OWN and name != "pages" and not _starts(name, _allowed(path))
    ]
    assert wrong == []


# what a room of `data` may ask, besides itself and the ground floor
_READ = {"geodata", "decisions", "comments"}
ROOMS = {
    "ground floor": set(),
    "uploads": set(),
    "staff": set(),
    # an act on layers or mails is logged where all acts are
    "geodata": {"staff"},
    "decisions": {"geodata"},
    "comments": {"decisions", "geodata"},
    "affected": _READ,
    # a table that somebody sends is opened where hostile bytes stop
    "review": _READ | {"staff", "uploads"},
    "mail": _READ | {"staff"},
    "answers": _READ | {"staff", "mail"},
    "planning": _READ | {"staff", "mail", "answers", "review", "uploads"},
    "output": _READ | {"staff", "mail", "answers", "review", "uploads", "planning", "affected"},
}
ROOMS["demo"] = set(ROOMS)
# the commands: they are started, and no module asks them
COMMANDS = {"data.__main__", "data.layers", "data.own_grids"}
WEB = {
    "ground floor": set(),
    "api": set(),
    "site": {"api"},
    "sign_in": {"site"},
    "mote": {"site"},
    "ogc": {"api", "site"},
}


def _room(module: str, floor: str) -> str:
    first = module.removeprefix(f"{floor}.").split(".")[0]
    is_room = (ROOT / floor.replace(".", "/") / first).is_dir()
    return first if is_room and first != "store" else "ground floor"


def _wrong_ways(floor: str, rooms: dict[str, set[str]], beside: set[str]) -> list[str]:
    return [
        f"{module} must not ask {asked}"
        for module, path in MODULES.items()
        if module.startswith(f"{floor}.") and module not in beside
        for asked in sorted(_asks(path))
        if asked.startswith(f"{floor}.")
        and _room(asked, floor) not in {_room(module, floor), "ground floor"}
        and _room(asked, floor) not in rooms[_room(module, floor)]
    ]


def test_each_room_of_data_asks_only_the_rooms_it_may():
    assert _wrong_ways("data", ROOMS, COMMANDS) == []
    folders = {path.parent.name for path in (ROOT / "data").glob("*/__init__.py")}
    assert folders - {"store"} == set(ROOMS) - {"ground floor"}


def test_no_module_asks_a_command():
    assert [_name(p) for p in SOURCES if _asks(p) & COMMANDS and _module(p) not in COMMANDS] == []


def test_each_room_of_the_web_asks_only_the_rooms_it_may():
    assert _wrong_ways("pages.web", WEB, {"pages.web.routes"}) == []


def test_no_files_ask_each_other_in_a_ring():
    asked = {module: _asks(path) for module, path in MODULES.items()}
    # whoever is asked by nobody that is left, or asks nobody that is left, is in no ring
    left = set(asked)
    while True:
        inner = {m for m in left if asked[m] & left and any(m in asked[other] for other in left)}
        if inner == left:
            break
        left = inner
    assert sorted(left) == []


# where the top of the checkout, or of the pages, is found; everything else starts there
FINDS_THE_TOP = {"app.py", "data/settings.py", "pages/shared/folders.py"}
# runs as a file of its own, before any of our folders is known
FINDS_THE_TOP |= {"data/uploads/gis_worker.py"}


def test_nothing_climbs_by_path():
    climbing = re.compile(r"__file__\)(\.resolve\(\))?\.parent\b|\.parents\[")
    found = {_name(p) for p in SOURCES if climbing.search(p.read_text("utf-8"))}
    assert found - FINDS_THE_TOP - {"pages/web/site/headers.py"} == set()
    reading = re.compile(r"""["']pages(/|["'])""")
    below = [p for p in SOURCES if _floor(p) in {"data", "geo"}]
    assert [_name(p) for p in below if reading.search(p.read_text("utf-8"))] == []


# what is true of the municipality that ships with the service stands in its folder and nowhere else
_ITS_OWN = re.compile(r"karlskoga|\b1883\b|30_127|59\.3|14\.5", re.IGNORECASE)


def test_no_municipality_is_named_outside_its_folder():
    floors = ("app.py", "pages", "geo", "data", "deploy")
    listed = subprocess.run(
        ["git", "ls-files", *floors], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    read = [name for name in listed if not name.startswith("data/files/")]
    assert len(read) > len(SOURCES)
    naming = []
    for name in read:
        content = (ROOT / name).read_bytes()
        # fonts and pictures hold any bytes
        if b"\0" not in content and _ITS_OWN.search(content.decode("utf-8")):
            naming.append(name)
    assert naming == []


FLOORS_OF_LIBRARIES = {
    "streamlit": ("app.py", "pages/"),
    "duckdb": ("data/store/",),
    "folium": ("pages/shared/maps/elements.py",),
    "branca": ("pages/shared/maps/elements.py",),
    "streamlit_folium": ("pages/shared/maps/input_frame.py", "pages/shared/maps/pick.py"),
}


def test_libraries_stay_in_their_rooms():
    wrong = [
        f"{library} in {_name(path)}"
        for path in SOURCES
        for library in {name.split(".")[0] for name in _imports(path)} & set(FLOORS_OF_LIBRARIES)
        if not _name(path).startswith(FLOORS_OF_LIBRARIES[library])
    ]
    assert wrong == []


# originals, exact places and exact counts: a page gets them by an act that asks for the right
FOR_OFFICIALS = {
    "data.affected.exact_participation",
    "data.comments.exact_persons",
    "data.comments.self_reported",
    "data.comments.staff_view",
}


def test_no_page_can_reach_what_only_officials_may_see():
    assert set(MODULES) >= FOR_OFFICIALS
    served = [path for path in SOURCES if _floor(path) not in {"data", "geo"}]
    assert [_name(path) for path in served if _asks(path) & FOR_OFFICIALS] == []


def test_only_the_store_knows_the_name_of_its_engine():
    naming = [_name(p) for p in SOURCES if "duckdb" in p.read_text("utf-8").casefold()]
    # the file has been called so since the first of them, unless a setting says otherwise
    outside = [name for name in naming if not name.startswith("data/store/")]
    assert outside == ["data/settings.py"]


_NOT_IN_GEO = {"pathlib", "os", "io", "requests", "httpx", "socket", "duckdb", "streamlit", "time"}
_NOT_CALLED_IN_GEO = {"today", "now", "utcnow", "read_file", "open"}


def test_geo_touches_no_file_clock_or_network():
    for path in (p for p in SOURCES if _floor(p) == "geo"):
        assert not {name.split(".")[0] for name in _imports(path)} & _NOT_IN_GEO, path
        called = {c.func.attr for c in _calls(path) if isinstance(c.func, ast.Attribute)}
        assert not called & _NOT_CALLED_IN_GEO, path


def test_who_reads_gis_files_asks_no_calendar():
    """How long it may take is measured; which day it is, is nobody's concern there."""
    readers = [path for path in SOURCES if _name(path).startswith("data/uploads/gis_")]
    assert len(readers) > 4
    for path in readers:
        assert not {name.split(".")[0] for name in _imports(path)} & {"datetime"}, path
        assert "data.clock" not in _asks(path), path
        called = {c.func.attr for c in _calls(path) if isinstance(c.func, ast.Attribute)}
        assert not called & {"time", "today", "now", "utcnow", "localtime", "gmtime"}, path


def _keeps(function: ast.FunctionDef) -> bool:
    """Tell whether `functools` keeps what a function gives, by its arguments."""
    return any(
        "cache" in ast.unparse(one) and "cached" not in ast.unparse(one)
        for one in function.decorator_list
    )


def test_what_is_kept_by_its_arguments_follows_from_all_of_them():
    """What follows from the store is kept by `data.decision_cache.remembered` alone."""
    spare = []
    for path in _sources():
        for one in ast.walk(_tree(path)):
            if isinstance(one, ast.FunctionDef) and _keeps(one):
                read = {name.id for name in ast.walk(one) if isinstance(name, ast.Name)}
                given = {argument.arg for argument in (*one.args.args, *one.args.kwonlyargs)}
                spare += [f"{path}: {one.name}({name})" for name in given - read]
    assert spare == []
    asks_the_version = {
        _name(path)
        for path in _sources()
        if "data_version(" in path.read_text(encoding="utf-8") and "data/store" not in str(path)
    }
    # addresses that the browser keeps layers by, and two that make sure that nothing came between
    assert asks_the_version == {
        "data/output/meetings.py",
        "data/output/report.py",
        "pages/shared/addresses.py",
    }


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]


def test_no_raw_html_and_no_sql_built_from_text():
    for path in SOURCES:
        for call in _calls(path):
            names = {keyword.arg for keyword in call.keywords}
            assert not names & {"unsafe_allow_html", "unsafe_allow_javascript"}, path
            is_execute = isinstance(call.func, ast.Attribute)
            is_execute = is_execute and call.func.attr.startswith("execute")
            if is_execute and call.args:
                is_built = isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
                assert not is_built, f"{path}:{call.lineno}"


def test_a_file_fits_in_a_readers_head():
    long = [_name(p) for p in SOURCES if p.read_text(encoding="utf-8").count("\n") > LINES_MAX]
    assert long == []


def test_a_function_fits_on_a_screen():
    """Sixty lines without its docstring, which may be as long as it needs."""
    long = []
    for path in _sources():
        for one in ast.walk(_tree(path)):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                first = one.body[0]
                told = first.end_lineno - first.lineno + 1 if ast.get_docstring(one) else 0
                lines = one.end_lineno - one.lineno + 1 - told
                long += [f"{path}: {one.name} has {lines} lines"] if lines > 60 else []
    assert long == []


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
    """Return the names of the types in an annotation or an except, without their modules."""
    if kind is None:
        return set()
    found = {n.attr for n in ast.walk(kind) if isinstance(n, ast.Attribute)}
    inner = {id(n.value) for n in ast.walk(kind) if isinstance(n, ast.Attribute)}
    return found | {n.id for n in ast.walk(kind) if isinstance(n, ast.Name) and id(n) not in inner}


def _faults_of_others(tree: ast.AST, own: set[str]) -> Iterator[tuple[ast.AST, str]]:
    """Return each piece of code with the name of a fault in it that a library may have made."""
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
