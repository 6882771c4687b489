"""Exempelby: a made-up municipality of squares and round numbers, written to a folder.

``python -m tests.exempelby FOLDER`` writes it; there is no such place and nobody lives there. It is
four kilometres wide, has four DeSO of two kilometres with 400, 300, 200 and 100 people, another
local reference system than the municipality that ships, and another language.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs

NAME = "Exempelby"
CODE = "9901"
# the south-west corner, EPSG:3006, and the side of a DeSO: in the sea off the coast of Uppland
WEST, SOUTH, SIDE = 740_000, 6_700_000, 2_000
LOCAL = 3016
DESO = {"A0010": (0, 0), "A0020": (1, 0), "B0010": (0, 1), "B0020": (1, 1)}
PEOPLE = {"A0010": 400, "A0020": 300, "B0010": 200, "B0020": 100}
TOTAL = sum(PEOPLE.values())
REGSO = {"R001": ("A0010", "B0010"), "R002": ("A0020", "B0020")}
REGSO_NAMES = {"R001": "Västra Exempelby", "R002": "Östra Exempelby"}
DISTRICTS = {"0101": ("Södermark", ("A0010", "A0020")), "0102": ("Norrmark", ("B0010", "B0020"))}
VOTERS = {"0101": 500, "0102": 200}
STOPS = {
    "Exempeltorget": (2_000, 2_000),
    "Södervägen": (1_000, 1_000),
    "Norrvägen": (1_000, 3_000),
    "Ängsvägen": (3_000, 1_000),
}
BANDS = [*(f"{first}-{first + 4}" for first in range(0, 80, 5)), "80+"]
DECISION = "ex-1-torget"

TOML = """
code = "9901"
name = "Exempelby"
genitive = "Exempelbys"
town = "Exempelby"
local_systems = [3016]
languages = ["sv", "en", "se"]
minority_language = "se"

[examples]
search = "Exempeltorget"
school.sv = "Exempelskolans"
school.en = "Exempelskolan"
place = "Södermark"
degrees = "60,3818 19,3915"
metres = "6702000 742000"

[contact]
site = "https://exempelby.example"
by_phone.sv = "ring Exempelby kommuns växel"
by_phone.en = "call the switchboard of Exempelby municipality"

[words]
everyone.sv = "alla exempelbybor"
everyone.en = "everyone in Exempelby"

[totals]
population = 1000

[editions]
deso = "EXEMPEL, DeSO av rutor"
regso = "EXEMPEL, RegSO av rutor"
valdistrikt = "EXEMPEL, valet 2026"

[files]
boundary = "grans.geojson"
localities = "tatorter.geojson"
water = "vatten.geojson"
deso = "deso.geojson"
regso = "regso.geojson"
valdistrikt = "valdistrikt.geojson"
statistics = "deso.csv"
ages = "alder.csv"
tenures = "bostader.csv"
stops = "hallplatser.csv"
points = "platser.geojson"

[columns]
population = "befolkning"
voters = "rostberattigade"
foreign_background = "utlandsk_bakgrund_pct"
low_economic_standard = "lag_ekonomisk_standard_pct"

[[credits]]
files = ["boundary", "localities", "water", "deso", "regso", "valdistrikt"]
name.sv = "Påhittade områden"
name.en = "Made-up areas"
source = "EXEMPEL"
licence = "CC0"
edition = "1"

[[credits]]
files = ["statistics", "ages", "tenures", "stops", "points"]
name.sv = "Påhittade tal och platser"
name.en = "Made-up figures and places"
source = "EXEMPEL"
licence = "CC0"
edition = "1"
"""


def write(folder: Path) -> Path:
    """Write the municipality's folder, and return it."""
    (folder / "demo").mkdir(parents=True)
    for name, text in {**_described(), **_maps(), **_tables(), **_examples()}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def place(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude of a place by its metres from the south-west corner."""
    lon, lat = crs.point_to_degrees(WEST + east, SOUTH + north)
    return round(lon, 7), round(lat, 7)


def square(east: float, north: float, side: float) -> BaseGeometry:
    """Return a square (EPSG:3006) by its own corner's metres from the south-west corner."""
    west, south = WEST + east, SOUTH + north
    return shapely.box(west, south, west + side, south + side)


def _deso(code: str) -> BaseGeometry:
    column, row = DESO[code]
    return square(column * SIDE, row * SIDE, SIDE)


def _described() -> dict[str, str]:
    return {"municipality.toml": TOML}


def _collection(features: list[tuple[BaseGeometry, dict[str, Any]]]) -> str:
    listed = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": json.loads(shapely.to_geojson(_in_degrees(shape))),
        }
        for shape, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False)


def _in_degrees(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda xy: crs.coordinates_to_degrees(xy).round(7))


def _together(codes: tuple[str, ...]) -> BaseGeometry:
    # every corner of a DeSO stays, so that edges are the same lines in degrees too
    return shapely.coverage_union_all([_deso(code) for code in codes])


def _maps() -> dict[str, str]:
    return {
        "grans.geojson": _collection([(_together(tuple(DESO)), {"namn": NAME})]),
        "deso.geojson": _collection([(_deso(code), {"desokod": CODE + code}) for code in DESO]),
        "regso.geojson": _collection(
            [
                (_together(codes), {
                    "regsokod": CODE + code,
                    "namn": REGSO_NAMES[code],
                    "befolkning": sum(PEOPLE[one] for one in codes),
                })
                for code, codes in REGSO.items()
            ]
        ),
        "valdistrikt.geojson": _collection(
            [
                (_together(codes), {
                    "valdistriktskod": CODE + code,
                    "namn": name,
                    "rostberattigade": VOTERS[code],
                })
                for code, (name, codes) in DISTRICTS.items()
            ]
        ),
        "tatorter.geojson": _collection([(square(1_000, 1_000, 2_000), {"namn": NAME})]),
        "vatten.geojson": _collection([(square(3_500, 3_500, 400), {"vatten": "Exempelsjön"})]),
        "platser.geojson": _collection(
            [
                (shapely.Point(WEST + 1_500, SOUTH + 1_500), {
                    "typ": "skola", "namn": "Exempelskolan", "osm_tagg": "amenity=school"
                }),
                (shapely.Point(WEST + 2_200, SOUTH + 2_200), {
                    "typ": "livsmedel", "namn": "Exempelhandeln", "osm_tagg": "shop=supermarket"
                }),
            ]
        ),
    }  # fmt: skip


def _table(head: str, rows: list[tuple[object, ...]]) -> str:
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"


def _tables() -> dict[str, str]:
    above = {code: region for region, codes in REGSO.items() for code in codes}
    statistics = [
        (
            CODE + code,
            CODE + above[code],
            REGSO_NAMES[above[code]],
            f"rutan {code}",
            people,
            *(10, 20),
        )
        for code, people in PEOPLE.items()
    ]
    ages: list[tuple[object, ...]] = []
    for code, people in PEOPLE.items():
        each = people // len(BANDS)
        rest = people - each * len(BANDS)
        ages += [
            (CODE + code, band, "alla", each + (rest if band == "80+" else 0)) for band in BANDS
        ]
    homes = [
        (CODE + code, kind, people // 4)
        for code, people in PEOPLE.items()
        for kind in ("hyresrätt", "äganderätt")
    ]
    stops = [(name, *reversed(place(*where))) for name, where in STOPS.items()]
    head = "desokod,regsokod,regsonamn,beskrivande_namn,befolkning,utlandsk_bakgrund_pct,"
    return {
        "deso.csv": _table(head + "lag_ekonomisk_standard_pct", statistics),
        "alder.csv": _table("desokod,alder,kon,antal", ages),
        "bostader.csv": _table("desokod,upplatelseform,antal_bostader", homes),
        "hallplatser.csv": _table("namn,lat,lon", stops),
    }


def _examples() -> dict[str, str]:
    area = _in_degrees(square(1_900, 1_900, 200))
    texts = {
        "sv": {
            "title": "Nytt torg i Exempelby",
            "place": "Exempeltorget",
            "summary": "EXEMPEL: kommunen vill göra om torget.",
            "questions": ["Vad saknas på torget?"],
        },
        "se": {
            "title": "Ođđa šilju",
            "place": "Exempeltorget",
            "summary": "EXEMPEL: šillju rievdaduvvo.",
        },
    }
    decision = {
        "id": DECISION,
        "number": 1,
        "type": "green",
        "body": "kommunstyrelsen",
        "example": True,
        "case_number": "EXEMPEL-01",
        **{"opens": -14, "closes": 28, "decision_on": 113, "answer_on": 84, "decided_on": None},
        "area": {"ring": [list(corner) for corner in area.exterior.coords]},
        "contact": {
            "role": "planarkitekt (exempel)",
            "phone": "000-000 00",
            "email": "exempel@example.org",
        },
        "phases": [{"code": "samrad", "starts": -14, "ends": 28, "titles": {"sv": "Samråd"}}],
        "texts": texts,
    }
    submissions = [
        {
            "key": f"exempel-ex-1-{n:04}",
            "decision": DECISION,
            "day": -7,
            "minute": 600 + n,
            "channel": "web",
            "comments": [
                {
                    "kind": "idea",
                    "stance": "for",
                    "text": f"EXEMPEL: ställ bänk nummer {n} här.",
                    "place": "pin",
                    "pin": list(place(1_950 + 10 * n, 1_950)),
                }
            ],
        }
        for n in range(1, 9)
    ]
    kept = {
        "demo/decisions.json": {"decisions": [decision]},
        "demo/comments.json": {"submissions": submissions},
        "demo/answers.json": {"answers": []},
    }
    return {name: json.dumps(told, ensure_ascii=False) for name, told in kept.items()}


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))}\n")
