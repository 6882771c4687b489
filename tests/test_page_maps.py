"""Maps: no text is ever run, nothing is fetched from strangers, clicks come once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import folium
import pytest
from branca.element import Element
from streamlit.testing.v1 import AppTest

from data.geodata import layers
from geo import crs
from pages.shared import addresses, folders, scripts
from pages.shared.maps import (
    elements,
    ground,
    input_frame,
    legend,
    palette,
    pick,
    read_only,
    show,
)
from pages.shared.maps.elements import Frame, Group, Pin, RemoteGeoJson, TownMap
from pages.shared.maps.layer_specs import LayerSpec

# fifteen figures: none of the random names that folium gives holds them by chance
SUM = str(10**14 + 37)
PAYLOADS = [
    "{{10**14+37}}",
    "{{ 10**14 + 37 }}",
    "{% for x in (10**14+37,) %}{{x}}{% endfor %}",
    "{% raw %}",
    "{{",
    "${10**14+37}",
    "`${10**14+37}`",
    "</script><script>document.title='1'+'337'</script>",
    "\\`${10**14+37}",
    "\" onload='x' \u2028 <b>",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
]
FOREIGN = re.compile(
    r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
)
JSON_IN_SCRIPT = re.compile(r"dialogMap\.\w+\((?:map_\w+, )?(.*)\)(?:;|$)", re.MULTILINE)


def _rendered(*held: elements.OwnElement) -> str:
    town = TownMap(14.5, 59.3, {"zoom": 12})
    for element in held:
        element.add_to(town)
    return str(town.get_root().render())


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_that_reaches_a_map_is_run(text: str):
    spec = LayerSpec(
        "/api/v1/base.geojson?" + text,
        name=text,
        property=text,
        tooltip=((text, text),),
        words={text: text},
        label=text,
        fills={text: text},
    )
    page = _rendered(
        RemoteGeoJson(spec), Pin(14.5, 59.3, text), Frame("pick", {"button": text, "credit": text})
    )
    assert SUM not in page
    assert "uid=" not in page
    assert page.count("<script>") == page.count("</script>") - page.count("<script src")
    assert "document.title" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", page)
    (sent,) = [json.loads(m) for m in JSON_IN_SCRIPT.findall(page) if '"url"' in m]
    assert sent["name"] == text
    assert sent["tooltip"] == [[text, text]]


FOLIUMS_OWN = {
    "popup": folium.Popup,
    "tooltip": folium.Tooltip,
    "group": lambda text: folium.FeatureGroup(name=text),
    "tiles": lambda text: folium.TileLayer("/tiles/{z}/{x}/{y}.png", attr=text),
    "circle": lambda text: folium.CircleMarker([59.3, 14.5], tooltip=text),
    "marker": lambda text: folium.Marker([59.3, 14.5], icon=folium.DivIcon(html=text)),
    "data": lambda text: folium.GeoJson(
        {
            "type": "Feature",
            "properties": {"a": text},
            "geometry": {"type": "Point", "coordinates": [14.5, 59.3]},
        }
    ),
    "element": Element,
}


@pytest.mark.parametrize("kind", FOLIUMS_OWN)
def test_what_would_run_its_text_comes_on_no_map_of_ours(kind: str):
    for parent in (TownMap(14.5, 59.3, {}), Group(), Pin(14.5, 59.3, "x"), Frame("show", {})):
        with pytest.raises(TypeError, match="not an element of ours"):
            FOLIUMS_OWN[kind]("text").add_to(parent)


def test_an_element_of_ours_has_a_template_of_ours():
    """A subclass without its own would say what folium's says."""
    for kind in elements.OwnElement.__subclasses__():
        assert "_template" in vars(kind), kind
        assert kind.render is elements.OwnElement.render, kind
        assert kind.add_child is elements.OwnElement.add_child, kind


def test_folium_itself_is_left_as_it_came():
    """No patch: the danger is real in this version of branca, and our classes alone avoid it."""
    stock = folium.Map(location=[59.3, 14.5], tiles=None)
    folium.CircleMarker([59.3, 14.5], tooltip="{{10**14+37}}").add_to(stock)
    assert SUM in stock.get_root().render()


def test_without_raw_text_the_text_would_be_run(monkeypatch: pytest.MonkeyPatch):
    """Keep the tests above honest."""
    monkeypatch.setattr(elements, "RawText", Element)
    assert SUM in _rendered(Pin(14.5, 59.3, "{{10**14+37}}"))


def test_the_map_document_runs_its_own_script_only():
    made = read_only.map_document("sv")
    page = made.html.decode()
    assert "unsafe" not in made.policy
    assert 'lang="sv"' in page
    assert "user-scalable=no" not in page
    assert " onload=" not in page
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(re.findall(r"sha256-", made.policy.split("style-src")[0])) == len(inline)
    assert read_only.map_document.__wrapped__("sv").html == made.html, "the same bytes each time"


@pytest.mark.parametrize(("spoken", "other"), [("sv", "en"), ("en", "sv")])
def test_a_map_speaks_the_readers_language_before_its_layers_come(spoken: str, other: str):
    page = read_only.map_document(spoken).html.decode()
    assert f'<html lang="{spoken}">' in page
    assert f'"lang": "{spoken}"' in page
    assert input_frame.name(spoken) in page
    assert input_frame.name(other) not in page


def test_no_map_names_a_stranger():
    page = read_only.map_document("sv").html.decode()
    assert not FOREIGN.search(page)
    assert not FOREIGN.search(read_only.map_document("sv").policy)
    for file in (path for path in folders.ASSETS.rglob("*") if path.is_file()):
        assert not FOREIGN.search(file.read_text(encoding="utf-8")), file.name
    town = ground.ground_map("show", {}, bounds=ground.town_bounds())
    every = [town, *town._children.values()]
    for links in (one.default_js + one.default_css for one in every):
        assert all(address.startswith("/assets/") for _, address in links)


def test_the_credit_names_its_sources():
    page = read_only.map_document("sv").html.decode()
    for source in ("OpenStreetMap", "SCB", "Valmyndigheten", "MCF"):
        assert source in page


def test_the_tile_layer_is_left_out_when_it_is_off(monkeypatch: pytest.MonkeyPatch):
    from data import settings

    for url, expected in (("", None), ("http://127.0.0.1:1/{z}/{x}/{y}.png", addresses.TILES)):
        own = settings.Settings(tile_url=url)
        monkeypatch.setattr(settings, "load", lambda own=own: own)
        frame = ground.ground_map("show", {}, bounds=ground.town_bounds())
        (found,) = [c for c in frame._children.values() if isinstance(c, Frame)]
        assert found.opts["tiles"] == expected


@pytest.mark.parametrize("url", ["https://example.org/x", "//example.org/x", "x.geojson", ""])
def test_a_layer_comes_from_this_server(url: str):
    with pytest.raises(ValueError, match="this server"):
        LayerSpec(url)


def test_classes_need_one_colour_more_than_breaks():
    with pytest.raises(ValueError, match="one colour more"):
        LayerSpec("/x", breaks=(1, 2), ramp=palette.RAMP)


def test_what_was_left_as_it_was_is_not_sent():
    sent = LayerSpec("/x").as_json()
    assert "tooltip" not in sent
    assert "breaks" not in sent
    assert sent["fill_opacity"] == 0.7
    assert LayerSpec("/x", interactive=False).as_json()["interactive"] is False


def test_bounds_lie_round_the_area_in_degrees():
    west, south, east, north = show.bounds_of(layers.municipality(), margin=0)
    assert (west, south, east, north) == pytest.approx(
        crs.geometry_to_degrees(layers.municipality()).bounds
    )
    wider = show.bounds_of(layers.municipality(), margin=0.1)
    assert wider[0] < west
    assert wider[3] > north


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_ramps_run_from_light_to_dark(steps: int):
    found = palette.ramp(steps)
    assert len(set(found)) == steps
    light = [sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in found]
    assert light == sorted(light, reverse=True)


def test_a_ramp_has_no_sixth_step():
    with pytest.raises(ValueError, match="1 to 5"):
        palette.ramp(6)


def test_a_legend_shows_words_not_markup():
    sample = legend._sample(legend.Item("x", '#000" onload="alert(1)', "area"))
    assert "onload" not in sample


def _show_page() -> None:
    import streamlit as st

    from pages.shared.maps import legend, show
    from pages.shared.maps.layer_specs import LayerSpec

    hit = show.show_map([LayerSpec("/api/v1/x.geojson", name="{{10**14+37}}")], key="m")
    legend.legend([legend.Item("<b>{{10**14+37}}</b>", "#0B4F6C", "square")])
    st.text(repr(hit))


def _sent(at: AppTest) -> dict[str, object]:
    proto = at.get("component_instance")[0].proto
    return {"url": proto.url, **json.loads(proto.json_args)}


def test_a_page_sends_a_small_map_and_shows_words_as_words():
    at = AppTest.from_function(_show_page).run()
    assert not at.exception
    sent = _sent(at)
    assert sent["url"] == addresses.map_frame("sv")
    assert sent["layers"][0]["name"] == "{{10**14+37}}"  # type: ignore[index]
    assert len(json.dumps(sent)) < 2000
    markup = at.get("html")[0].proto.body
    assert "&lt;b&gt;{{10**14+37}}" in markup
    assert 'aria-label="Teckenförklaring"' in markup
    assert "översvämningsyta vid beräknat 100-årsflöde" in markup


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"layer": "a", "id": "skola", "n": 1}, {"layer": "a", "id": "skola"}),
        ({"layer": "a", "code": "1883A0010", "n": 2}, {"layer": "a", "code": "1883A0010"}),
        ({"layer": "a", "n": 3}, None),
        ({"layer": "a", "id": {"x": 1}, "n": 4}, None),
        ({"id": "skola"}, None),
        ({"id": "skola", "n": "1"}, None),
        ([], None),
        ("x", None),
        (None, None),
    ],
)
def test_a_click_comes_once(
    monkeypatch: pytest.MonkeyPatch, value: object, expected: dict[str, str] | None
):
    kept: dict[str, object] = {}
    monkeypatch.setattr(show.st, "session_state", kept)
    assert show._once(value, "m-handled") == expected
    assert show._once(value, "m-handled") is None


@pytest.mark.parametrize(
    ("click", "expected"),
    [
        ({"lat": 59.3270004, "lng": 14.5240006}, (14.524001, 59.327)),
        ({"lat": "59", "lng": 14}, None),
        ({"lat": float("nan"), "lng": 14.0}, None),
        ({"lat": float("inf"), "lng": 14.0}, None),
        ({"lat": 91, "lng": 14}, None),
        ({"lat": 59}, None),
        ({"lat": True, "lng": True}, None),
        (None, None),
        ([59, 14], None),
    ],
)
def test_a_chosen_place_comes_once_and_is_two_real_numbers(
    monkeypatch: pytest.MonkeyPatch, click: object, expected: tuple[float, float] | None
):
    kept: dict[str, object] = {}
    monkeypatch.setattr(pick.st, "session_state", kept)
    assert pick._chosen({"last_clicked": click}, "m-handled") == expected
    assert pick._chosen({"last_clicked": click}, "m-handled") is None


def _pick_page() -> None:
    import streamlit as st

    from pages.shared.maps import pick
    from tests.conftest import make_decision

    pick.pick_place(
        st.session_state.get("pin"),
        pick.PickWords("Sätt nålen {{10**14+37}}", "Din nål {{10**14+37}}"),
        key="nal",
        of=make_decision(),
    )


@pytest.mark.usefixtures("empty_store")
def test_the_input_map_stays_the_same_when_the_pin_moves():
    at = AppTest.from_function(_pick_page).run()
    assert not at.exception
    before = _sent(at)
    at.session_state["pin"] = (14.5, 59.3)
    at.run()
    after = _sent(at)
    assert before["script"] == after["script"], "another script would be another frame"
    assert before["feature_group"] != after["feature_group"]
    assert after["returned_objects"] == ["last_clicked"]
    whole = json.dumps(after)
    assert SUM not in whole
    assert all(str(a).startswith("/assets/") for a in [*after["js_links"], *after["css_links"]])  # type: ignore[misc]
    assert not FOREIGN.search(whole)
    proto = at.get("component_instance")[0].proto
    assert proto.component_name == "Karta över Karlskoga"


def test_a_new_asset_has_a_new_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "map.js").write_text("1")
    monkeypatch.setattr(addresses, "ASSETS", tmp_path)
    first = addresses.assets_version.__wrapped__()
    (tmp_path / "map.js").write_text("2")
    assert addresses.assets_version.__wrapped__() != first


def test_every_script_is_part_of_one_that_is_served():
    parts = [one for name in scripts.JOINED for one in scripts.sources(folders.ASSETS, name)]
    assert sorted(parts) == sorted(folders.ASSETS.rglob("*.js"))
    for name in scripts.JOINED:
        script = scripts.joined(folders.ASSETS, name).decode()
        for part in scripts.sources(folders.ASSETS, name):
            assert scripts.without_comments(part.read_text(encoding="utf-8")) in script


def test_only_lines_that_are_comments_are_left_out():
    code = 'a(); // why\nb("/* x */"); /* y */\n/** @type {any} */ (c)();\n  d(); /** z */\n'
    assert scripts.without_comments(code) == code
    comments = "/* one\n   line */\n  // and another\n/** @type {any} */\n"
    assert scripts.without_comments(comments + code) == code
