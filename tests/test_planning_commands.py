"""The command lines do what the pages do: a plain sentence each, and the store as it should be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data import store
from data.geodata import cell_sets, layer_editions, layers
from data.models import Staff
from data.staff import staff_log

ROOT = Path(__file__).resolve().parents[1]
ADMIN = Staff("Test", frozenset({"admin"}))


def _run(database: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    # libfaketime breaks the waiting for the reader of files in a process of its own
    env = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        env={**env, "DIALOG_DATABASE": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    path = tmp_path / "stadsdelar.gpkg"
    frame = layers.frame(layers.VALDISTRIKT)[["geometry", "name"]].reset_index()
    frame.rename(columns={"code": "kod", "name": "namn"}).to_file(path)
    return path


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    path = tmp_path / "rutor.csv"
    corners = layers.frame(layers.RUTA).geometry.bounds
    rows = (f"{x:.0f};{y:.0f};3" for x, y in zip(corners.minx, corners.miny, strict=True))
    path.write_text("\n".join(["x;y;antal", *rows]), encoding="utf-8")
    return path


IMPORT = ("data", "import")
LAYER = ("--layer", "stadsdelar", "--code", "kod", "--name", "namn", "--edition", "2027")
TERMS = ("--source", "Karlskoga kommun", "--licence", "CC0")


def test_a_layer_is_loaded_and_logged(tmp_path, areas):
    database = tmp_path / "db.duckdb"
    done = _run(database, *IMPORT, "layer", areas, *LAYER, *TERMS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "stadsdelar@2027 är inläst" in done.stdout
    store.open_store(database)
    try:
        assert len(layers.frame("stadsdelar@2027")) == len(layers.frame(layers.VALDISTRIKT))
        assert [act.actor for act in staff_log.of(ADMIN, layer_editions.LAYERS)] == ["Kommandorad"]
    finally:
        store.close_store()


def test_a_grid_is_loaded_and_used(tmp_path, grid):
    database = tmp_path / "db.duckdb"
    asked = (*IMPORT, "grid", grid, "--people", "antal", "--side", 500, "--year", 2025)
    done = _run(database, *asked, "--epsg", 3006, *TERMS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "rutor med" in done.stdout
    store.open_store(database)
    try:
        assert cell_sets.in_use().side_m == 500
    finally:
        store.close_store()


KONGSBERG = b'{"type": "Point", "coordinates": [9.65, 59.67]}'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("fel.gpkg", b"", "Filen är tom."),
        ("fel.gpkg", b"nonsense", "Filen går inte att läsa."),
        ("fel.geojson", b'{"type": "Topology"}', "Filen är TopoJSON"),
        ("fel.geojson", KONGSBERG, "väster om kommunens gräns (59,67° N, 9,65° O)"),
        ("fel.csv", b"x;y\n473000;6576000\n", "Filen säger inte vilket referenssystem den har."),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_and_no_traceback(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    done = _run(tmp_path / "db.duckdb", *IMPORT, "layer", path, *LAYER, *TERMS)
    assert done.returncode == 1
    assert done.stderr.startswith("Filen gick inte att läsa in:")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_damaged_database_is_told_and_not_that_the_service_runs(tmp_path, areas):
    database = tmp_path / "db.duckdb"
    database.write_bytes(b"inte en databas" * 1000)
    done = _run(database, *IMPORT, "layer", areas, *LAYER, *TERMS)
    assert done.returncode == 1
    assert "är skadad" in done.stderr
    assert "Är tjänsten stoppad?" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_lost_file_or_a_store_in_use_is_told(tmp_path, areas):
    database = tmp_path / "db.duckdb"
    lost = _run(database, *IMPORT, "layer", tmp_path / "borta.gpkg", *LAYER, *TERMS)
    assert lost.returncode == 1
    assert "Filen gick inte att läsa in" in lost.stderr
    store.open_store(database)
    try:
        busy = _run(database, *IMPORT, "layer", areas, *LAYER, *TERMS)
    finally:
        store.close_store()
    assert busy.returncode == 1
    assert "Är tjänsten stoppad?" in busy.stderr


def test_the_older_line_still_loads_a_layer(tmp_path, areas):
    done = _run(tmp_path / "db.duckdb", "data.layers", "import", areas, *LAYER, *TERMS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "stadsdelar@2027 är inläst" in done.stdout


def test_the_older_line_still_loads_a_grid(tmp_path, grid):
    asked = ("data.own_grids", "import", grid, "--people", "antal", "--side", 500, "--year", 2025)
    done = _run(tmp_path / "db.duckdb", *asked, "--epsg", 3006, *TERMS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "rutor med" in done.stdout


@pytest.mark.parametrize(
    "asked", [(), ("nonsense",), ("import",), (*IMPORT[1:], "layer"), ("import", "layer", "--hm")]
)
def test_what_cannot_be_understood_is_one_sentence_in_swedish(tmp_path, asked):
    done = _run(tmp_path / "db.duckdb", "data", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Så går det inte att skriva. Hjälp: python -m data")
    assert done.stderr.count("\n") == 1


ENGLISH = re.compile(r"\b(usage|options|arguments|show this|optional|required|default)\b")


@pytest.mark.parametrize("asked", [(), ("import",), ("import", "grid"), ("import", "layer")])
def test_help_is_in_swedish_and_explains_each_word(tmp_path, asked):
    helped = _run(tmp_path / "db.duckdb", "data", *asked, "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert helped.stdout.startswith("Så här: python -m data")
    assert not ENGLISH.search(helped.stdout)
    rows = helped.stdout.splitlines()
    bare = [
        row
        for row, below in zip(rows, [*rows[1:], ""], strict=True)
        if re.fullmatch(r"  (--)?\w+( [A-Z]+)?", row) and not below.startswith("    ")
    ]
    assert bare == []


def test_the_example_in_the_docs_has_the_arguments_of_the_command():
    """The two lines name no argument that the commands lack."""
    docs = (ROOT / "docs" / "own-files.md").read_text(encoding="utf-8")
    for kind in ("grid", "layer"):
        line = next(row for row in docs.splitlines() if f"-m data import {kind}" in row)
        told = {word for word in line.split() if word.startswith("--")}
        helped = _run(Path("unused"), "data", "import", kind, "--help")
        assert told <= {word.strip("[],") for word in helped.stdout.split()}


def test_examples_are_not_laid_in_while_the_service_runs_and_that_is_told(tmp_path):
    database = tmp_path / "db.duckdb"
    store.open_store(database)
    try:
        busy = _run(database, "data", "seed")
    finally:
        store.close_store()
    assert (busy.returncode, busy.stdout) == (1, "")
    assert "Är tjänsten stoppad?" in busy.stderr
    assert busy.stderr.count("\n") == 1
