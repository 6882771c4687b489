"""The shipped layers: what is promised about them, and that a faulty file is refused by name."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data import municipality
from data.geodata import cells, demography, layers, shipped

CRS = "EPSG:3006"
TOWN = shapely.box(0, 0, 1000, 1000)


def squares(*boxes, codes=None):
    codes = codes or [f"a{number}" for number in range(len(boxes))]
    index = pd.Index(codes, name="code")
    return gpd.GeoDataFrame(geometry=[shapely.box(*b) for b in boxes], index=index, crs=CRS)


HALVES = ((0, 0, 500, 1000), (500, 0, 1000, 1000))


# --- the checks, on round numbers


def test_two_halves_cover_the_town():
    shipped.check_cover(squares(*HALVES), TOWN, "f")


def test_a_sliver_within_the_tolerance_passes():
    shipped.check_cover(squares((0, 0, 500, 1000), (509, 0, 1000, 1000)), TOWN, "f")


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        (((0, 0, 600, 1000), (500, 0, 1000, 1000)), "overlap"),
        (((0, 0, 400, 1000), (500, 0, 1000, 1000)), "not_covered"),
        ((*HALVES, (1000, 0, 1100, 1000)), "outside"),
        ((*HALVES, (0, 0, 500, 1000)), "overlap"),
        (((0, 0, 500, 1000),), "not_covered"),
    ],
)
def test_a_layer_must_cover_the_municipality_once(boxes, code):
    with pytest.raises(shipped.LayerError) as caught:
        shipped.check_cover(squares(*boxes), TOWN, "valdistrikt.geojson")
    assert caught.value.code == code
    assert str(caught.value).startswith("valdistrikt.geojson: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("codes", [["a", "a"], ["a", ""], ["a", None]])
def test_a_code_stands_once_and_is_not_empty(codes):
    with pytest.raises(shipped.LayerError, match="code") as caught:
        shipped.check_codes(squares(*HALVES, codes=codes), "f")
    assert caught.value.code == "duplicate_code"


def test_a_bow_tie_is_not_valid():
    tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    frame = gpd.GeoDataFrame(geometry=[tie], index=["x7"], crs=CRS)
    with pytest.raises(shipped.LayerError, match="x7") as caught:
        shipped.check_geometry(frame, "f")
    assert caught.value.code == "invalid_geometry"


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_a_missing_geometry_is_not_valid(shape):
    frame = gpd.GeoDataFrame(geometry=[shape], crs=CRS)
    with pytest.raises(shipped.LayerError):
        shipped.check_geometry(frame, "f")


@pytest.mark.parametrize("figures", [[60, 39], [60, 41], [101, -1], [60, None]])
def test_the_population_must_sum_to_the_total(figures):
    with pytest.raises(shipped.LayerError) as caught:
        shipped.check_population(pd.Series(figures), "f", total=100)
    assert caught.value.code == "population"


def test_the_right_population_passes():
    shipped.check_population(pd.Series([60, 40]), "f", total=100)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"features": []}',
        '{"features": [7]}',
        '{"type": "FeatureCollection"}',
        "\x00\xff",
    ],
)
def test_a_damaged_file_is_named(tmp_path, content):
    path = tmp_path / "kommungrans.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(shipped.LayerError, match=r"kommungrans\.geojson"):
        shipped.read_areas(path)


def test_a_lost_file_is_named(tmp_path):
    with pytest.raises(shipped.LayerError, match=r"borta\.geojson"):
        shipped.read_areas(tmp_path / "borta.geojson")
    with pytest.raises(shipped.LayerError, match=r"borta\.csv"):
        shipped.read_table(tmp_path / "borta.csv", ("desokod",))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "ages.csv"
    path.write_text("desokod,antal\n1883A0030,5\n", encoding="utf-8")
    with pytest.raises(shipped.LayerError, match="alder") as caught:
        shipped.read_table(path, ("desokod", "alder"))
    assert caught.value.code == "missing_column"


def test_a_shipped_layer_with_a_doubled_area_is_refused(tmp_path):
    whole = json.loads(municipality.in_use().needed(layers.VALDISTRIKT).read_text(encoding="utf-8"))
    whole["features"].append(whole["features"][0])
    path = tmp_path / "valdistrikt.geojson"
    path.write_text(json.dumps(whole), encoding="utf-8")
    columns = {"valdistriktskod": "code", "namn": "name"}
    with pytest.raises(shipped.LayerError, match=r"valdistrikt\.geojson.*18830101"):
        layers._read_layer(path, columns)


# --- the shipped layers


@pytest.mark.parametrize(("layer", "count"), [("deso", 16), ("regso", 4), ("valdistrikt", 17)])
def test_each_layer_is_whole(layer, count):
    frame = layers.frame(layer)
    assert len(frame) == count
    assert frame.index.name == "code"
    assert frame.index.is_unique
    assert frame.crs.to_epsg() == 3006
    assert frame.geometry.is_valid.all()
    assert frame["name"].str.len().min() > 2
    assert frame["name"].is_unique


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_nobody_is_lost_in_any_layer(layer):
    found = cells.neighbourhoods(layer)
    assert found["population"].sum() == 30_127
    assert found["population"].min() >= 0
    assert found.attrs["estimated"] is (layer in {"valdistrikt", "ruta"})
    assert list(found.columns[:2]) == ["geometry", "name"] or {"geometry", "name"} <= set(found)


def test_columns_that_a_layer_counts_itself():
    assert {"population", "adults"} <= set(layers.frame("deso").columns)
    assert {"population", "adults"} <= set(layers.frame("regso").columns)
    assert layers.frame("valdistrikt")["voters"].sum() == 24_453


def test_regso_is_the_sum_of_its_deso():
    assert layers.frame("regso")["population"].sum() == layers.frame("deso")["population"].sum()
    assert layers.frame("regso")["adults"].sum() == pytest.approx(
        layers.frame("deso")["adults"].sum()
    )


def test_squares_are_500_m_and_cover_the_municipality():
    frame = layers.frame("ruta")
    assert frame["name"].is_unique
    assert frame["name"].str.startswith("Ruta ").all()
    uncovered = layers.municipality().difference(frame.geometry.union_all()).area
    assert uncovered < 1
    assert frame.geometry.area.max() == pytest.approx(250_000)


def test_a_square_with_a_stop_is_named_by_it():
    code = layers.locator().codes(14.49709, 59.32532)["ruta"]
    assert layers.frame("ruta").at[code, "name"].startswith("Ruta vid Ekeby")


def test_a_caller_cannot_spoil_the_layer():
    frame = layers.frame("deso")
    frame["population"] = 0
    frame.loc[:, "name"] = "x"
    assert layers.frame("deso")["population"].sum() == 30_127
    assert "x" not in set(layers.frame("deso")["name"])


@pytest.mark.parametrize("layer", ["", "DESO", "stadsdel", "../deso", "x" * 10_000])
def test_an_unknown_layer_is_refused(layer):
    with pytest.raises(layers.LayerError) as caught:
        layers.frame(layer)
    assert caught.value.code == "unknown_layer"
    assert len(str(caught.value)) < 100


def test_the_locator_knows_every_layer():
    codes = layers.locator().codes(14.49709, 59.32532)
    assert codes is not None
    assert codes["deso"] == "1883C1040"
    assert codes["regso"] == "1883R003"
    assert layers.frame("valdistrikt").at[codes["valdistrikt"], "name"] == "Landa"
    assert layers.locator().codes(18.06, 59.33) is None


def test_cells_keep_the_population_of_each_deso():
    squares = cells.frame()
    sums = squares["people"].groupby(squares["code"]).sum()
    expected = layers.frame("deso")["population"].astype(float)
    pd.testing.assert_series_equal(
        sums.reindex(expected.index), expected, check_names=False, rtol=1e-6
    )


def test_nobody_lives_in_the_middle_of_the_lake():
    squares = cells.frame()
    lake = shapely.Point(474_250, 6_574_500).buffer(300)
    assert squares[squares.geometry.intersects(lake)]["people"].sum() < 1


# --- people


def test_adults_are_some_24_500():
    assert layers.frame("deso")["adults"].sum() == pytest.approx(24_502, abs=10)
    assert (layers.frame("deso")["adults"] < layers.frame("deso")["population"]).all()


def test_age_groups_add_up_to_the_population():
    table = layers.indicators()
    found = table[list(demography.AGE_GROUPS)].sum(axis=1)
    assert found.to_numpy() == pytest.approx(table["population"].to_numpy())


def test_shares_are_parts_of_a_whole():
    table = layers.indicators()
    shares = table[[f"{group}_share" for group in demography.GROUPS]]
    assert shares.notna().all(axis=None)
    assert ((shares >= 0) & (shares <= 1)).all(axis=None)


def test_rented_homes_are_counted_in_homes():
    table = layers.indicators()
    assert table["rented_homes"].sum() == 4_501
    assert table.at["1883C1050", "rented_homes_share"] == pytest.approx(0.848, abs=0.001)


def test_every_source_is_credited():
    told = " ".join(" ".join(credit) for credit in layers.credits())
    for word in ("SCB", "Lantmäteriet", "Valmyndigheten", "MCF", "Skolverket", "ODbL"):
        assert word in told
    assert "översvämningsyta vid beräknat 100-årsflöde" in told
