"""Where people live, in squares: built once for the layers, kept, and replaced by a loaded grid."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data import rights, store
from data.affected import affected
from data.geodata import cell_sets, cells, demography, layers
from data.models import Staff
from data.planning import own_grids
from data.staff import staff_log
from geo import own_grid, population
from pages.web.api import public_api
from tests.conftest import NOON, SQUARE, TOWN, make_decision
from tests.store_kit import tell_changed

PLANNER = Staff("Planerare", frozenset({"planner"}))
LATER = NOON + timedelta(hours=1)
COUNTED = [*demography.GROUPS, demography.HOMES]
MIDDLE = SQUARE.centroid


@pytest.fixture
def fresh_estimate(monkeypatch):
    """Let the estimate be as in a process that has just started."""
    monkeypatch.setattr(cell_sets, "estimate", cache(cell_sets.estimate.__wrapped__))


@pytest.fixture
def kept(file_store):
    """Keep the estimate in the store, as every start does."""
    cell_sets.ensure()
    return file_store


def _must_not_build(*_args: object, **_named: object) -> None:
    msg = "the cells were built again"
    raise AssertionError(msg)


def _reopen(path) -> None:
    store.close_store()
    store.open_store(path)


def _counted(side_m: float, *, least: float = 0.0) -> gpd.GeoDataFrame:
    """Make a grid that counts four times as many in every other row of squares."""
    estimate = cell_sets.estimate()[0]
    corners = np.floor(shapely.bounds(estimate.geometry.to_numpy())[:, :2] / side_m) * side_m
    entries = pd.DataFrame({"west": corners[:, 0], "south": corners[:, 1]})
    entries["antal"] = estimate["people"].to_numpy()
    grid = entries.groupby(["west", "south"], as_index=False).sum()
    grid["antal"] *= np.where(grid["south"] // side_m % 2 == 0, 4, 1)
    grid = grid[grid["antal"] > least]
    spots = shapely.points(grid["west"], grid["south"])
    return gpd.GeoDataFrame({"antal": grid["antal"]}, geometry=spots, crs="EPSG:3006")


def _points(*rows: tuple[float, float, object]) -> gpd.GeoDataFrame:
    """Make counted points by metres from the middle of town."""
    spots = [shapely.Point(MIDDLE.x + east, MIDDLE.y + north) for east, north, _n in rows]
    counts = [n for _east, _north, n in rows]
    return gpd.GeoDataFrame({"antal": counts}, geometry=spots, crs="EPSG:3006")


def _load(
    counted: gpd.GeoDataFrame,
    *,
    actor: Staff | None = PLANNER,
    at: datetime = NOON,
    **changes: object,
):
    fields: dict[str, object] = {
        "column": "antal",
        "side_m": 100.0,
        "source": "Kommunens befolkningsregister",
        "licence": "CC0",
        "year": 2026,
    }
    new = own_grids.NewGrid(**(fields | changes))  # type: ignore[arg-type]
    return own_grids.import_grid(actor, counted, new, at=at)


def _rows(statement: str) -> list[tuple]:
    with store.cursor() as cursor:
        return cursor.execute(statement).fetchall()


def _same_cells(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    def ordered(frame: gpd.GeoDataFrame) -> pd.DataFrame:
        bounds = shapely.bounds(frame.geometry.to_numpy())
        flat = pd.DataFrame(bounds, columns=["west", "south", "east", "north"])
        flat["code"] = frame["code"].to_numpy(dtype=str)
        flat["people"] = frame["people"].to_numpy()
        return flat.sort_values(["code", "south", "west"], ignore_index=True)

    pd.testing.assert_frame_equal(ordered(one), ordered(other), rtol=0, atol=1e-9)


# the estimate


def test_cells_are_built_once_and_read_after_a_restart(file_store, fresh_estimate, monkeypatch):
    cell_sets.ensure()
    before = cells.frame().copy()
    cell_sets.estimate.cache_clear()
    monkeypatch.setattr(population, "balanced_cells", _must_not_build)
    _reopen(file_store)
    cell_sets.ensure()
    pd.testing.assert_frame_equal(cells.frame(), before)
    assert cells.population_of(layers.RUTA).sum() == pytest.approx(before["people"].sum())
    assert affected.for_decision(make_decision(id="efter-omstart"), layers.RUTA)["within"].sum() > 0


def test_the_guard_of_these_tests_notices_a_build(fresh_estimate, monkeypatch):
    monkeypatch.setattr(population, "balanced_cells", _must_not_build)
    with pytest.raises(AssertionError, match="built again"):
        cell_sets.estimate()


def test_what_is_read_is_what_was_built(kept):
    _reopen(kept)
    read = cell_sets.read(cell_sets.in_use().edition)
    assert list(read.columns) == ["geometry", "people", "code"]
    assert read.crs == "EPSG:3006"
    _same_cells(read, cell_sets.estimate()[0])


def test_the_estimate_is_kept_once(kept):
    cell_sets.ensure()
    _reopen(kept)
    cell_sets.ensure()
    assert [found.edition for found in cell_sets.sets()] == [cell_sets.estimate_edition()]
    found = _rows("SELECT count(*), count(DISTINCT (west, south, code)) FROM cells")
    assert found == [(len(cell_sets.estimate()[0]),) * 2]


def test_an_estimate_made_in_another_way_is_built_again(kept, monkeypatch):
    monkeypatch.setattr(cell_sets, "METHOD", cell_sets.METHOD + 1)
    monkeypatch.setattr(
        cell_sets, "estimate_edition", cache(cell_sets.estimate_edition.__wrapped__)
    )
    cell_sets.ensure()
    assert len(cell_sets.sets()) == 2
    tell_changed(cell_sets.CELLS)
    assert cell_sets.in_use().edition == cell_sets.estimate_edition()


def test_every_cell_carries_the_groups_and_they_sum_to_the_statistics(kept):
    found = cells.frame()
    assert set(COUNTED) <= set(found.columns)
    assert found[COUNTED].notna().all(axis=None)
    assert (found[COUNTED] >= 0).all(axis=None)
    summed = found.drop(columns="geometry").groupby("code")[COUNTED].sum()
    published = demography.indicators()[COUNTED]
    pd.testing.assert_frame_equal(summed, published, check_names=False, rtol=1e-9)


def test_the_people_of_a_deso_are_those_that_were_published(kept):
    summed = cells.frame().groupby("code")["people"].sum()
    assert summed.to_dict() == pytest.approx(demography.indicators()["population"].to_dict())


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_another_layer_gets_all_people_and_groups(kept, layer):
    counted = ["people", *COUNTED]
    found = cells.of_layer(layer)
    assert set(found["code"]) <= set(layers.frame(layer).index)
    assert found[counted].sum().to_dict() == pytest.approx(cells.frame()[counted].sum().to_dict())
    assert cells.population_of(layer).sum() == pytest.approx(cells.frame()["people"].sum())
    assert cells.neighbourhoods(layer)["population"].sum() == round(cells.frame()["people"].sum())


def test_regso_gets_the_groups_of_its_deso(kept):
    by_regso = cells.of_layer(layers.REGSO).groupby("code")[COUNTED].sum()
    above = demography.statistics()["regsokod"]
    published = demography.indicators()[COUNTED].groupby(above).sum()
    pd.testing.assert_frame_equal(by_regso, published, check_names=False, rtol=1e-9)


def test_without_a_store_the_estimate_is_used():
    store.close_store()
    assert cell_sets.sets() == []
    used = cell_sets.in_use()
    assert used.edition == cell_sets.estimate_edition()
    assert used.is_estimate
    _same_cells(cell_sets.read(used.edition), cell_sets.estimate()[0])
    assert cells.frame()["people"].sum() == pytest.approx(layers.frame("deso")["population"].sum())
    assert not cells.too_fine(layers.RUTA).any()


def test_an_empty_store_answers_as_one_that_keeps_the_estimate(empty_store):
    before = cells.population_of(layers.RUTA)
    cell_sets.ensure()
    pd.testing.assert_series_equal(cells.population_of(layers.RUTA), before)


def test_the_report_tells_rounds_and_a_miss_under_one_voter_per_district(kept):
    _reopen(kept)
    report = cell_sets.in_use().report
    assert report["rounds"] > 0
    assert report["adults"] == pytest.approx(demography.adults().sum())
    assert report["voters"] == layers.frame(layers.VALDISTRIKT)["voters"].sum()
    assert set(report["misses"]) == set(layers.frame(layers.VALDISTRIKT).index)
    assert max(abs(miss) for miss in report["misses"].values()) < 1
    assert report["misses"] == asdict(cell_sets.estimate()[1])["misses"]


def test_a_caller_cannot_spoil_the_population(kept):
    mine = cells.population_of(layers.RUTA)
    mine[:] = -1
    assert (cells.population_of(layers.RUTA) >= 0).all()


# a grid of the municipality's own


@pytest.fixture
def loaded(kept):
    """Load a grid of squares of 500 m."""
    _load(_counted(500), side_m=500.0)
    return kept


def test_a_loaded_grid_replaces_the_estimate_for_every_figure(kept):
    asked = make_decision(id="egna-rutor")
    squares_before = cells.population_of(layers.RUTA)
    districts_before = cells.population_of(layers.VALDISTRIKT)
    affected_before = {layer: affected.for_decision(asked, layer) for layer in layers.LAYERS}
    groups_before = affected.groups(asked, layers.DESO)["within"]
    fit = _load(_counted(100))
    assert isinstance(fit, own_grid.Fit)
    assert fit.population == pytest.approx(layers.frame("deso")["population"].sum())
    assert not cell_sets.in_use().is_estimate
    assert (cells.population_of(layers.RUTA) - squares_before).abs().max() > 10
    assert (cells.population_of(layers.VALDISTRIKT) - districts_before).abs().max() > 10
    for layer in layers.LAYERS:
        now = affected.for_decision(asked, layer)
        assert (now["within"] - affected_before[layer]["within"]).abs().max() > 1
    assert (affected.groups(asked, layers.DESO)["within"] - groups_before).abs().max() > 1


def test_a_loaded_grid_leaves_the_published_sums_as_they_are(loaded):
    summed = cells.frame().groupby("code")["people"].sum()
    assert summed.to_dict() == pytest.approx(demography.indicators()["population"].to_dict())
    for layer in (layers.DESO, layers.REGSO):
        published = layers.frame(layer)["population"]
        assert cells.population_of(layer).to_dict() == pytest.approx(published.to_dict())
        assert cells.of_layer(layer)["people"].groupby(
            cells.of_layer(layer)["code"]
        ).sum().to_dict() == pytest.approx(published.to_dict())


def test_a_loaded_grid_carries_the_groups_too(loaded):
    summed = cells.frame().drop(columns="geometry").groupby("code")[COUNTED].sum()
    pd.testing.assert_frame_equal(
        summed, demography.indicators()[COUNTED], check_names=False, rtol=1e-9
    )


def test_people_live_in_the_squares_where_they_were_counted(kept):
    fit = _load(_counted(1000), side_m=1000.0)
    found = cells.frame()
    south = shapely.bounds(found.geometry.to_numpy())[:, 1]
    in_even = found.loc[south // 1000 % 2 == 0, "people"].sum()
    estimate = cell_sets.estimate()[0]
    south = shapely.bounds(estimate.geometry.to_numpy())[:, 1]
    assert in_even > estimate.loc[south // 1000 % 2 == 0, "people"].sum() + 500
    assert 0 <= fit.off < 1


def test_who_loaded_what_is_logged(loaded, reviewer):
    edition = cell_sets.in_use().edition
    (act,) = staff_log.of(reviewer, cell_sets.CELLS)
    assert (act.actor, act.act, act.at) == (PLANNER.name, "use_cells", NOON)
    assert (act.was, act.became) == (cell_sets.estimate_edition(), edition)
    with pytest.raises(rights.NotAllowedError):
        staff_log.of(None, cell_sets.CELLS)


def test_a_loaded_grid_tells_its_source_year_and_fit(kept):
    fit = _load(_counted(250), side_m=250.0, source=" Skatteverket ", licence=" Eget ", year=2025)
    used = cell_sets.in_use()
    assert (used.source, used.licence, used.side_m) == ("Skatteverket", "Eget", 250.0)
    assert used.report == pytest.approx(asdict(fit) | {"year": 2025})
    assert "2025-250" in used.edition


def test_a_loaded_grid_survives_a_restart(loaded, fresh_estimate, monkeypatch):
    before, used = cells.population_of(layers.RUTA), cell_sets.in_use()
    monkeypatch.setattr(population, "balanced_cells", _must_not_build)
    _reopen(loaded)
    cell_sets.ensure()
    assert cell_sets.in_use() == used
    pd.testing.assert_series_equal(cells.population_of(layers.RUTA), before, rtol=0, atol=1e-9)


def test_the_estimate_kept_later_does_not_take_the_place_of_a_grid(file_store):
    _load(_counted(1000), side_m=1000.0)
    used = cell_sets.in_use()
    cell_sets.ensure()
    assert cell_sets.in_use() == used
    assert not used.is_estimate


def test_the_same_grid_is_loaded_once(loaded, reviewer):
    kept_before = _rows("SELECT edition, used_at FROM cell_sets ORDER BY edition")
    with pytest.raises(own_grids.GridError) as caught:
        _load(_counted(500), side_m=500.0, at=LATER)
    assert caught.value.code == "edition_taken"
    assert _rows("SELECT edition, used_at FROM cell_sets ORDER BY edition") == kept_before
    assert len(staff_log.of(reviewer, cell_sets.CELLS)) == 1


def test_a_planner_goes_back_to_the_estimate_and_to_the_grid_again(loaded, reviewer):
    grid, with_grid = cell_sets.in_use().edition, cells.population_of(layers.RUTA)
    cell_sets.use(PLANNER, cell_sets.estimate_edition(), at=LATER)
    assert cell_sets.in_use().is_estimate
    _same_cells(cells.frame(), cell_sets.estimate()[0])
    cell_sets.use(PLANNER, grid, at=LATER + timedelta(hours=1))
    pd.testing.assert_series_equal(cells.population_of(layers.RUTA), with_grid)
    acts = staff_log.of(reviewer, cell_sets.CELLS)
    assert [act.became for act in acts] == [grid, cell_sets.estimate_edition(), grid]
    assert acts[1].was == grid


def test_an_edition_that_is_not_kept_cannot_be_used(loaded, reviewer):
    used = cell_sets.in_use()
    unknown = cell_sets.grid_edition(1999, 100.0, "ffffffff")
    for edition in (unknown, "finns inte", ""):
        with pytest.raises(LookupError):
            cell_sets.use(PLANNER, edition, at=LATER)
    assert cell_sets.in_use() == used
    assert len(staff_log.of(reviewer, cell_sets.CELLS)) == 1


REFUSED = {
    "no_column": (_points((0, 0, 5)), {"column": "personer"}),
    "bad_numbers": (_points((0, 0, 5), (100, 0, -1)), {}),
    "bad_numbers, a word": (_points((0, 0, 5), (100, 0, "fem")), {}),
    "bad_numbers, nothing": (_points((0, 0, 5), (100, 0, None)), {}),
    "bad_numbers, endless": (_points((0, 0, 5), (100, 0, np.inf)), {}),
    "nobody": (_points((0, 0, 0)), {}),
    "outside": (_points((0, 0, 5), (200_000, 0, 6)), {}),
    "bad_side": (_points((0, 0, 5)), {"side_m": 50.0}),
    "source_missing": (_points((0, 0, 5)), {"source": " "}),
    "source_missing, licence": (_points((0, 0, 5)), {"licence": ""}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_grid_that_cannot_be_used_changes_nothing(kept, reviewer, case):
    counted, changes = REFUSED[case]
    with pytest.raises(own_grids.GridError) as caught:
        _load(counted, **changes)
    assert caught.value.code == case.split(",")[0]
    assert [found.edition for found in cell_sets.sets()] == [cell_sets.estimate_edition()]
    assert staff_log.of(reviewer, cell_sets.CELLS) == []


@pytest.mark.parametrize(
    "actor",
    [None, Staff("Granskare", frozenset({"reviewer"})), Staff("Ny", frozenset())],
    ids=["nobody", "reviewer", "no right"],
)
def test_only_a_planner_changes_what_the_figures_rest_on(loaded, reviewer, actor):
    used, counted = cell_sets.in_use(), _counted(250)
    with pytest.raises(rights.NotAllowedError):
        _load(counted, actor=actor, side_m=250.0)
    with pytest.raises(rights.NotAllowedError):
        cell_sets.use(actor, cell_sets.estimate_edition(), at=LATER)
    assert cell_sets.in_use() == used
    assert len(cell_sets.sets()) == 2
    assert len(staff_log.of(reviewer, cell_sets.CELLS)) == 1


def test_an_administrator_may_do_what_a_planner_may(kept):
    _load(_counted(1000), actor=Staff("Chef", frozenset({"admin"})), side_m=1000.0)
    assert not cell_sets.in_use().is_estimate


def test_nothing_is_said_finer_than_people_were_counted(kept):
    asked = make_decision(id="grova-rutor")
    _load(_counted(1000), side_m=1000.0)
    assert cells.too_fine(layers.RUTA).all()
    shown = affected.public(asked, layers.RUTA)
    assert shown.index.equals(layers.frame(layers.RUTA).index)
    assert shown["name"].notna().all()
    assert shown.drop(columns="name").isna().all(axis=None)
    assert affected.public_groups(asked, layers.RUTA).isna().all(axis=None)


def test_a_coarse_grid_leaves_what_is_published_and_areas_that_are_larger(kept):
    asked = make_decision(id="storre-omraden")
    _load(_counted(1000), side_m=1000.0)
    for layer in (layers.DESO, layers.REGSO):
        assert not cells.too_fine(layer).any()
        assert affected.public(asked, layer)["within"].sum() > 0
    small = layers.frame(layers.VALDISTRIKT).area < 999_999
    shown = affected.public(asked, layers.VALDISTRIKT)
    groups = affected.public_groups(asked, layers.VALDISTRIKT)
    assert shown.loc[small, "within"].isna().all()
    assert (
        groups[small.reindex(groups.index.get_level_values("code")).to_numpy()]
        .isna()
        .all(axis=None)
    )
    assert shown.loc[~small, "within"].notna().any()


@pytest.mark.parametrize("side_m", [100.0, 250.0, 500.0])
def test_squares_show_figures_when_people_were_counted_as_finely(kept, side_m):
    asked = make_decision(id="fina-rutor")
    _load(_counted(side_m), side_m=side_m)
    code = layers.locator().codes(*TOWN)[layers.RUTA]
    assert not cells.too_fine(layers.RUTA)[code]
    assert affected.public(asked, layers.RUTA).loc[code, "within"] > 0
    assert affected.public_groups(asked, layers.RUTA).loc[code, "within"].sum() > 0
    if side_m < layers.SQUARE_M:
        whole = layers.frame(layers.RUTA).area > side_m**2
        assert not cells.too_fine(layers.RUTA)[whole].any()


def test_addresses_are_not_kept_only_squares_of_100_metres(kept):
    addresses = [(12.34, 56.78, 3), (87.65, 43.21, 2), (150.5, 20.25, 4), (-731.5, 12.75, 1)]
    _load(_points(*addresses))
    edition = cell_sets.in_use().edition
    with store.cursor() as cursor:
        found = cursor.execute(
            "SELECT west, south, side_m FROM cells WHERE edition = $1", [edition]
        ).fetchall()
    west, south, side = np.array(found).T
    assert (side >= 100).all()
    assert (west % 100 == 0).all()
    assert (south % 100 == 0).all()
    # two addresses in a square are the same grid as one address with both: which is forgotten
    with pytest.raises(own_grids.GridError, match="edition_taken"):
        _load(_points((50, 50, 5), (199, 99, 4), (-799, 1, 1)))


@pytest.mark.parametrize("side_m", own_grid.SIDES_M)
def test_no_cell_is_smaller_than_100_metres_whatever_the_grid(kept, side_m):
    _load(_counted(side_m, least=1.0), side_m=side_m)
    assert _rows("SELECT min(side_m) FROM cells")[0][0] == pytest.approx(100)


def test_a_grid_for_other_layers_is_kept_but_not_used(kept):
    built = cell_sets.estimate()[0]
    other = cell_sets.CellSet("rutor-2024-100-deadbeef-000000000000", 100.0, "Vi", "CC0", {})
    with store.transaction() as cursor:
        cell_sets.keep(cursor, other, built.assign(people=1.0), used_at=LATER)
    tell_changed(cell_sets.CELLS)
    assert other in cell_sets.sets()
    assert not cell_sets.fits(other.edition)
    assert cell_sets.in_use().edition == cell_sets.estimate_edition()
    with pytest.raises(LookupError):
        cell_sets.use(PLANNER, other.edition, at=LATER + timedelta(hours=1))
    assert cell_sets.in_use().edition == cell_sets.estimate_edition()


def test_new_layers_put_a_loaded_grid_out_of_use(loaded, monkeypatch):
    grid = cell_sets.in_use().edition
    monkeypatch.setattr(cell_sets, "estimate_edition", lambda: "uppskattning-0123456789ab")
    _reopen(loaded)
    cell_sets.ensure()
    assert not cell_sets.fits(grid)
    assert cell_sets.in_use().edition == "uppskattning-0123456789ab"
    assert grid in {found.edition for found in cell_sets.sets()}


def test_squares_on_the_map_show_no_population_from_a_coarser_grid(empty_store):
    _load(_counted(1000), side_m=1000.0)
    assert cells.too_fine(layers.RUTA).all()
    body = json.loads(public_api._areas(layers.RUTA).body)
    assert all(one["properties"].get("population") is None for one in body["features"])


def test_going_back_works_whatever_the_clock_says(empty_store):
    cell_sets.ensure()
    _load(_counted(1000), side_m=1000.0)
    cell_sets.use(PLANNER, cell_sets.estimate_edition(), at=NOON)
    assert cell_sets.in_use().is_estimate


@pytest.mark.parametrize(
    "counted",
    [
        gpd.GeoDataFrame({"antal": [5]}, geometry=[shapely.Point(14.5, 59.3)], crs="EPSG:4326"),
        gpd.GeoDataFrame(
            {"antal": [5, 5]}, geometry=[shapely.Point(473_000, 6_576_400), None], crs="EPSG:3006"
        ),
    ],
    ids=["degrees", "no point"],
)
def test_a_grid_without_places_is_refused(empty_store, counted):
    with pytest.raises(own_grids.GridError) as caught:
        _load(counted)
    assert caught.value.code == "bad_place"
