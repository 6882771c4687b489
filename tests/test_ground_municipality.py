"""The municipality: read whole from its folder, and what is wrong in it is said in one sentence."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from data import municipality, municipality_box, municipality_words, settings
from data.geodata import gazetteer, layers
from data.wording import in_language
from geo import crs
from pages.shared.maps import ground
from pages.shared.words.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = municipality.folder_of("")
TOLD = (SHIPPED / municipality.FILE).read_text(encoding="utf-8")


def test_the_one_that_ships_is_used_unless_another_is_chosen():
    assert settings.Settings().municipality == ""
    assert municipality.in_use().folder == SHIPPED
    assert municipality.folder_of(SHIPPED.name) == SHIPPED
    assert municipality.folder_of("../annan") != SHIPPED


def test_every_file_that_it_names_is_there():
    town = municipality.in_use()
    files = [town.path(name) for name in vars(town.files)]
    assert [file for file in files if file is None or not file.is_file()] == []
    named = {name for source in town.credits for name in source.files}
    assert named <= set(vars(town.files))


def test_every_file_of_openstreetmap_lies_apart():
    town = municipality.in_use()
    for source in town.credits:
        apart = {str(getattr(town.files, name)).startswith("odbl/") for name in source.files}
        assert apart == {source.licence["sv"].startswith("ODbL")}


WRONG = {
    "": "code saknas",
    TOLD.replace("population = 30127", ""): "totals.population saknas",
    TOLD.replace("population = 30127", 'population = "några"'): "totals.population är fel skrivet",
    TOLD.replace('genitive = "', 'invanare = "'): "genitive saknas",
    TOLD.replace("code =", "langd = 3\ncode = "): "langd är inget som ska stå här",
    TOLD.replace("[3009]", "[3006]"): "systemet EPSG:3006 är inget lokalt system i SWEREF 99",
    TOLD.replace("[3009]", "[]"): "local_systems ska ha minst ett system",
    TOLD.replace('"en", "fi"]', '"en", "xx"]'): "språket xx är okänt",
    TOLD.replace('"en", "fi"]', '"en"]'): "minority_language ska också stå i languages",
    TOLD.replace('["sv", ', "["): "languages ska börja med sv",
    TOLD.replace("[14.385, ", "["): "view ska vara väst, syd, öst och nord i grader",
    TOLD.replace('name = "', 'name = "{{'): "tecknen { } < > får inte finnas i texterna",
    TOLD.replace("everyone.sv", "everyone.fi"): "en text saknar svenska (sv)",
    "code = ": "filen går inte att läsa som TOML",
}


@pytest.mark.parametrize("told", WRONG, ids=WRONG.values())
def test_what_is_wrong_is_said(tmp_path, told):
    (tmp_path / municipality.FILE).write_text(told, encoding="utf-8")
    with pytest.raises(municipality.MunicipalityError) as caught:
        municipality.read(tmp_path)
    assert caught.value.fault == WRONG[told]
    assert caught.value.file == tmp_path / municipality.FILE


def test_a_folder_without_the_file_is_said(tmp_path):
    with pytest.raises(municipality.MunicipalityError, match="filen saknas"):
        municipality.read(tmp_path)


def test_the_service_says_it_in_one_sentence_and_does_not_start(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env=dict(os.environ, DIALOG_MUNICIPALITY=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    told = f"Kommunens mapp går inte att använda. {tmp_path / municipality.FILE}: filen saknas"
    assert done.stderr.splitlines()[-1] == told
    assert "Traceback" not in done.stderr


def test_its_own_texts_are_said_in_every_language():
    for credit in layers.credits():
        for text in filter(None, credit):
            assert in_language(text, "sv") == text
    texts = municipality_words.own_texts()
    assert {*texts} <= {text for credit in layers.credits() for text in credit}
    changed = [text for text, said in texts.items() if "en" in said]
    assert changed
    assert all(in_language(text, "en") == texts[text]["en"] for text in changed)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_its_words_stand_in_texts_and_other_places_stay(spoken):
    filled = municipality_words.filled("{municipality}, {municipality_genitive}: {n}", spoken)
    town = municipality.in_use()
    assert filled == f"{town.name}, {town.genitive}: {{n}}"
    assert all(municipality_words.filling(spoken).values())


def test_where_it_lies_is_computed_from_its_boundary():
    west, south, east, north = municipality_box.box()
    assert (west, south, east, north) == pytest.approx(layers_bounds(), abs=1e-6)
    lon, lat = municipality_box.centre()
    assert west < lon < east
    assert south < lat < north
    # a wider box holds the box, and the first view lies in it
    around = municipality_box.around()
    assert around[0] < west < east < around[2]
    assert around[1] < south < north < around[3]
    town = ground.town_bounds()
    assert town[0] > west
    assert town[3] < north


def layers_bounds() -> tuple[float, ...]:
    return tuple(crs.geometry_to_degrees(layers.municipality()).bounds)


def test_a_degree_is_as_long_as_the_reference_system_says():
    lon, lat = municipality_box.centre()
    east, north = municipality_box.metres_per_degree()
    x, y = crs.point_to_metric(lon, lat)
    for step, metres in (((0.01, 0.0), east), ((0.0, 0.01), north)):
        there = crs.point_to_metric(lon + step[0], lat + step[1])
        assert math.hypot(there[0] - x, there[1] - y) == pytest.approx(metres * 0.01, rel=1e-3)


def test_without_a_chosen_view_the_largest_locality_is_shown(monkeypatch):
    town = replace(municipality.in_use(), view=None)
    monkeypatch.setattr(municipality, "in_use", lambda: town)
    west, south, east, north = ground.town_bounds.__wrapped__()
    largest = crs.geometry_to_degrees(max(gazetteer.towns().geometry, key=lambda one: one.area))
    assert shapely.box(west, south, east, north).contains(largest)
