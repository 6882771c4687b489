"""The place search finds what people mean, and survives what they type."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import text_normalization
from data.geodata import layers, places
from data.models import Place

SIGNS = st.characters(codec="utf-8")


def names(query, **options):
    return [place.name for place in places.search(query, **options)]


# --- comparing


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Storängen", "storangen"),
        ("STORÄNGEN", "storangen"),
        ("Sto\u0308ra\u0308ngen", "storangen"),
        ("Karls-Åby", "karls aby"),
        ("  Skranta   torg ", "skranta torg"),
        ("Österledsskolan", "osterledskolan"),
        ("Bjørkborn", "bjorkborn"),
        ("", ""),
        ("!?{{", ""),
    ],
)
def test_fold_forgives_case_accents_signs_and_doubled_letters(written, folded):
    assert text_normalization.fold(written) == folded


@given(st.text(SIGNS, max_size=40))
def test_folding_twice_changes_nothing(text):
    once = text_normalization.fold(text)
    assert text_normalization.fold(once) == once


# --- finding


@pytest.mark.parametrize("query", ["ekeby", "EKEBY", " Ekeby ", "Ekeby 12", "ekeby, karlskoga"])
def test_a_name_is_found_however_it_is_written(query):
    found = places.search(query)
    assert [(p.name, p.sort) for p in found[:2]] == [
        ("Ekeby", "bostadsområde"),
        ("Ekeby", "hållplats"),
    ]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("storangen", "Coop Storängen"),
        ("storängen", "Coop Storängen"),
        ("STORÄNGS", "Storängstorp"),
        ("ravasskolan", "Rävåsskolan"),
        ("österledskolan", "Österledsskolan"),
        ("karls åby", "Karls-Åby"),
        ("karlsaby", "Karls-Åby"),
        ("skrantatorg", "Skranta torg"),
        ("möckeln", "Möckeln"),
        ("villingsberg", "Villingsberg"),
        ("granbergsdal", "Granbergsdal"),
        ("lasarettet", "Lasarettet Karlskoga"),
        ("biblioteket", "Biblioteket"),
        ("Alfred Nobels Torg", "Alfred Nobels Torg"),
    ],
)
def test_what_people_look_for_is_first(query, name):
    found = names(query)
    assert (found[:1] or [None]) == [name]


def test_a_name_that_begins_so_comes_before_one_that_holds_it():
    found = names("skran", limit=20)
    starts = [name.lower().startswith("skran") for name in found]
    assert any(starts)
    assert starts == sorted(starts, reverse=True)


def test_several_words_narrow_the_search():
    assert names("skola bråten") == ["Bråtenskolan"]
    assert names("hållplats ekeby") == ["Ekeby"]


def test_a_sort_lists_its_places():
    assert {place.sort for place in places.search("apotek")} == {"apotek"}


def test_a_hit_tells_where_it_lies():
    stop = places.search("hållplats ekeby")[0]
    assert stop.district == "Landa"
    assert (stop.lon, stop.lat) == pytest.approx((14.49709, 59.32532), abs=1e-5)
    assert stop.deso == ""


def test_two_shops_of_one_name_are_told_apart():
    lidl = places.search("lidl")
    assert len(lidl) == 2
    assert len({shop.near for shop in lidl}) == 2


@pytest.mark.parametrize("name", ["Sandviksskolan", "Bregårdsskolan", "Karlskoga Busstation"])
def test_one_place_of_several_points_is_one_hit(name):
    assert names(name, limit=50).count(name) == 1


@pytest.mark.parametrize("name", ["Kilsbergen", "Knutsbol", "Galleråsen"])
def test_places_outside_or_wrong_in_the_source_are_left_out(name):
    assert name not in names(name)


def test_bofors_lies_in_bofors():
    found = [place for place in places.search("bofors") if place.name == "Bofors"]
    assert found
    assert {place.district for place in found} == {"Bofors"}


# --- what must not break it


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "å ",
        "x" * 500,
        "ekeby" * 100,
        "12",
        "\x00",
        "{{7*7}}",
        "%",
        "_",
        "(",
        "\\",
        "💥",
    ],
)
def test_nothing_found_is_an_empty_list(query):
    assert places.search(query) == []


@given(st.text(SIGNS, max_size=120), st.integers(-5, 50))
def test_any_text_is_answered(query, limit):
    found = places.search(query, limit)
    assert len(found) <= max(limit, 0)
    assert all(isinstance(place, Place) for place in found)


@given(st.data())
def test_every_place_is_found_by_its_own_name(data):
    entry = data.draw(st.sampled_from(places._entries()))
    typed = data.draw(st.sampled_from([str.lower, str.upper, str.title]))(entry.place.name)
    assert entry.place in places.search(typed, limit=40)


@given(st.text(string.ascii_letters + "åäöÅÄÖ -", min_size=2, max_size=12))
def test_accents_never_change_the_answer(query):
    plain = query.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    assert places.search(query) == places.search(plain)


# --- everything that can be found


def test_every_place_lies_in_the_municipality():
    for entry in places._entries():
        assert layers.locator().codes(entry.place.lon, entry.place.lat) is not None, entry.place
        assert entry.place.district
        assert entry.place.sort in places.SORTS


def test_no_place_stands_twice():
    keys = [(e.place.name, e.place.sort, e.place.district) for e in places._entries()]
    assert len(keys) == len(set(keys))


# --- neighbourhoods without a map


def test_the_list_has_each_deso_once():
    listed = places.neighbourhood_list()
    assert {place.deso for place in listed} == set(layers.frame("deso").index)
    assert len({place.name for place in listed}) == 16
    for place in listed:
        codes = layers.locator().codes(place.lon, place.lat)
        assert codes["deso"] == place.deso


def test_the_list_is_in_swedish_order():
    last = [place.name for place in places.neighbourhood_list()][-1]
    assert last == "Österleden"


def test_the_list_is_the_callers_own():
    places.neighbourhood_list().clear()
    assert places.neighbourhood_list()


# --- words for a point


def test_a_point_is_told_by_the_nearest_stop_and_its_district():
    told = places.describe(14.497, 59.325)
    assert (told.name, told.sort, told.district) == ("Ekeby", "hållplats", "Landa")
    assert told.distance_m == pytest.approx(36, abs=3)
    assert places.nearest(14.497, 59.325).name == "Ekeby"


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (59.325, 14.497),
        (18.06, 59.33),
        (float("nan"), 59.3),
        (14.5, float("inf")),
        (-float("inf"), -float("inf")),
        (1e300, 1e300),
    ],
)
def test_a_point_outside_has_no_words(lon, lat):
    assert places.describe(lon, lat) is None
    assert places.nearest(lon, lat) is None
