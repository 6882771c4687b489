"""Another municipality, made up and square: the data side works with its folder alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from tests import exempelby

ROOT = Path(__file__).resolve().parents[1]
LOCAL = Transformer.from_crs(3006, exempelby.LOCAL, always_xy=True)
# what the service says of the municipality, asked in a process of its own: it is read once
ASKED = """
import json, sys
from datetime import date
from data import municipality_box, settings, store
from data.affected import affected
from data.answers import answers
from data.comments import results
from data.decisions import decisions
from data.demo import seed
from data.geodata import cells, layers, map_names, places
from data.planning import area_files, draft_fields, file_words
from data.wording import in_language
from geo.corners import parse_corners
from pages.shared.maps import ground

lon, lat, east, north = map(float, sys.argv[1:])
store.open_store(store.IN_MEMORY)
seed.seed_if_empty(settings.load(), date(2026, 11, 23))
decision = decisions.get(DECISION)
found = affected.for_decision(decision, layers.DESO)
print(json.dumps({
    "layers": {layer: len(layers.frame(layer)) for layer in layers.LAYERS},
    "people": cells.population_of(layers.DESO).to_dict(),
    "codes": layers.locator().codes(lon, lat),
    "outside": layers.locator().codes(14.524, 59.327),
    "search": [place.name for place in places.search("torget")],
    "names": [one.name for one in map_names.map_names()],
    "affected": found["affected"].to_dict(),
    "heard": results.totals(DECISION).comments,
    "corner": parse_corners(f"{north:.3f} {east:.3f}", local=LOCAL)[0],
    "systems": file_words.system_names(),
    "languages": [*answers.languages()],
    "fields": [name for name in draft_fields.all_fields() if name.endswith(".title")],
    "title": in_language("Vad planeras i {municipality}?", "sv"),
    "box": municipality_box.box(),
    "view": ground.town_bounds(),
    "credits": [credit.source for credit in layers.credits()],
}))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[str, Any]:
    folder = exempelby.write(tmp_path_factory.mktemp("kommun") / "exempelby")
    lon, lat = exempelby.place(2_100, 2_100)
    east, north = LOCAL.transform(exempelby.WEST + 2_100, exempelby.SOUTH + 2_100)
    code = ASKED.replace("DECISION", repr(exempelby.DECISION)).replace(
        "LOCAL", str(exempelby.LOCAL)
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, (lon, lat, east, north))],
        cwd=ROOT,
        env=dict(os.environ, DIALOG_MUNICIPALITY=str(folder)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_its_areas_and_people_are_counted(said):
    squares = (2 * exempelby.SIDE // 500) ** 2
    made = said["layers"].pop("ruta")
    assert said["layers"] == {"deso": 4, "regso": 2, "valdistrikt": 2}
    # the boundary is straight in degrees, so slivers of it lie in squares beside it too
    assert squares <= made < 2 * squares
    people = {exempelby.CODE + code: many for code, many in exempelby.PEOPLE.items()}
    assert said["people"] == pytest.approx(people)


def test_a_place_has_its_codes_and_one_in_another_municipality_has_none(said):
    codes = said["codes"]
    assert codes["deso"] == exempelby.CODE + "B0020"
    assert codes["regso"] == exempelby.CODE + "R002"
    assert codes["valdistrikt"] == exempelby.CODE + "0102"
    assert said["outside"] is None


def test_its_places_are_found_and_drawn(said):
    assert "Exempeltorget" in said["search"]
    assert {exempelby.NAME, "Exempelsjön"} <= set(said["names"])


def test_who_is_affected_by_its_example_is_estimated(said):
    # the square lies where all four meet, and more live near it in the areas with more people
    affected = said["affected"]
    assert set(affected) == {exempelby.CODE + code for code in exempelby.DESO}
    assert all(
        0 < affected[exempelby.CODE + code] < exempelby.PEOPLE[code] for code in exempelby.DESO
    )
    ranked = sorted(affected, key=lambda code: -affected[code])
    assert ranked == [exempelby.CODE + code for code in exempelby.PEOPLE]
    assert said["heard"] == 8


def test_its_own_reference_system_and_languages_are_used(said):
    assert said["corner"] == pytest.approx(exempelby.place(2_100, 2_100), abs=1e-5)
    assert said["systems"]["3016"] == "SWEREF 99 20 15"
    assert "3009" not in said["systems"]
    assert said["languages"] == ["sv", "sv_latt", "en", "se"]
    assert said["fields"] == ["sv.title", "en.title", "se.title"]


def test_its_words_view_and_sources_are_its_own(said):
    assert said["title"] == "Vad planeras i Exempelby?"
    assert said["box"][:2] == pytest.approx(
        [exempelby.place(0, exempelby.SIDE * 2)[0], exempelby.place(0, 0)[1]], abs=0.02
    )
    west, south, east, north = said["view"]
    assert said["box"][0] < west < east < said["box"][2]
    assert said["box"][1] < south < north < said["box"][3]
    assert set(said["credits"]) == {"EXEMPEL", "Egen indelning i SWEREF 99 TM"}
