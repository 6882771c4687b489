"""`python -m data check`: every fault in a municipality's folder is said, a sentence each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data import municipality
from data.municipality import Files

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = municipality.folder_of("")
FILES: Files = municipality.read(SHIPPED).files


def _check(*arguments: object, chosen: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", "check", *map(str, arguments)],
        cwd=ROOT,
        env=dict(os.environ, DIALOG_MUNICIPALITY=chosen),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "kommun"))


def _change(folder: Path, name: str, change: Callable[[str], str]) -> None:
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _without_the_first(whole: str) -> str:
    read = json.loads(whole)
    return json.dumps({**read, "features": read["features"][1:]})


def _told(folder: Path) -> list[str]:
    done = _check(folder)
    assert (done.returncode, done.stdout) == (1, "")
    first, *lines = done.stderr.splitlines()
    assert first == f"Att rätta i {folder}:"
    return [line.removeprefix("- ") for line in lines]


def test_the_folder_that_ships_can_be_used_by_its_name_and_by_its_path():
    for done in (_check(), _check(SHIPPED.name), _check(SHIPPED, chosen="finns-inte")):
        assert (done.returncode, done.stderr) == (0, "")
        assert "går att använda" in done.stdout


def test_all_files_that_are_missing_are_named(folder):
    (folder / FILES.stops).unlink()
    (folder / FILES.ages).unlink()
    _change(folder, municipality.FILE, lambda told: told.replace('["schools"]', '["skolor"]'))
    assert _told(folder) == [
        f"{FILES.ages}: filen saknas",
        f"{Path(FILES.stops).name}: filen saknas",
        "municipality.toml: credits nämner skolor, som inte finns i files",
        "municipality.toml: credits säger inte var schools kommer ifrån",
    ]


def test_all_that_does_not_fit_is_said_at_once(folder):
    _change(folder, municipality.FILE, lambda told: told.replace("= 30127", "= 30128"))
    _change(folder, FILES.valdistrikt, _without_the_first)
    _change(folder, FILES.stops, lambda told: told.replace("namn", "hallplats", 1))
    _change(folder, FILES.water, lambda _: "[]")
    told = _told(folder)
    first = "befolkningen är 30127, men 30128 står i municipality.toml"
    assert f"{FILES.statistics}: {first}" in told
    assert f"{FILES.regso}: {first}" in told
    assert f"{Path(FILES.stops).name}: kolumnen namn saknas" in told
    assert f"{FILES.water}: filen går inte att läsa som karta eller tabell" in told
    (lost,) = (line for line in told if line.startswith(FILES.valdistrikt))
    assert "kvadratmeter av kommunen har inget område" in lost
    assert len(told) == 5


def test_what_each_file_says_well_must_fit_the_others(folder):
    _change(folder, municipality.FILE, lambda told: told.replace("[3009]", "[3018]"))
    _change(folder, FILES.statistics, lambda told: told.replace("1883R001", "1883R009", 1))
    told = _told(folder)
    assert f"{FILES.statistics}: regsokod 1883R009 finns inte i både tabellen och kartan" in told
    assert "municipality.toml: local_systems är inte det som används där kommunen ligger" in told


def test_what_is_wrong_in_the_description_is_said(folder):
    _change(folder, municipality.FILE, lambda told: told.replace('"en", "fi"', '"en", "xx"'))
    assert _told(folder) == ["municipality.toml: språket xx är okänt"]
    assert _check(folder.parent).stderr.endswith("- municipality.toml: filen saknas\n")
