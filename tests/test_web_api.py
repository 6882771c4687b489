"""Open data: what it holds, what it never holds, and how it says no."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import hypothesis
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, store, version
from data.affected import affected
from data.comments import submissions
from data.decisions import decisions
from data.geodata import cells, layers
from data.models import HideReason, Kind, PlaceHow, Staff, Stance
from data.review import comment_answering, review
from data.settings import Settings
from pages.shared import addresses
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import make_comment, make_decision, make_submission

LABEL = "EXEMPEL – inte ett riktigt beslut"
V1 = "/api/v1"
COMMENTS = f"{V1}/decisions/lekplats/comments.geojson"


@pytest.fixture
def client(empty_store: None, at_noon: datetime) -> Iterator[TestClient]:
    today = clock.day_of(at_noon)
    opens, closes = today - timedelta(days=5), today + timedelta(days=20)
    decisions.add(make_decision(opens=opens, closes=closes), number=1)
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


def _send(text: str, *, publish: bool, **changes: object) -> int:
    new = make_submission(make_comment(text=text, **changes), key=f"nyckel-{abs(hash(text)):016d}")
    submissions.add(new, at=clock.now())
    waiting = next(c for c in review.waiting(_reviewer(), limit=100) if c.original == text)
    if publish:
        review.publish(waiting.id, actor=_reviewer(), at=clock.now())
    return waiting.id


def _reviewer() -> Staff:
    return Staff("Granskare", frozenset({"reviewer"}))


def test_every_collection_is_geojson_with_five_decimals(client: TestClient):
    _send("Hej", publish=True)
    for path in (
        "/decisions.geojson",
        "/decisions/lekplats.geojson",
        "/decisions/lekplats/comments.geojson",
        "/decisions/lekplats/bands.geojson",
        "/decisions/lekplats/affected.geojson?layer=valdistrikt",
        "/decisions/lekplats/results.geojson?layer=ruta",
        "/areas/deso.geojson",
        "/base.geojson",
        "/labels.geojson",
        "/places?q=ekeby",
    ):
        got = client.get(V1 + path)
        assert got.status_code == 200, path
        assert got.headers["content-type"] == "application/geo+json"
        assert got.headers["access-control-allow-origin"] == "*"
        found = json.loads(got.content)
        assert found["type"] == "FeatureCollection"
        assert found["features"], path
        for feature in found["features"]:
            assert feature["type"] == "Feature"
            for number in _numbers((feature["geometry"] or {}).get("coordinates", [])):
                assert -180 <= number <= 180
                assert round(number, 5) == number, path


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    else:
        assert isinstance(value, int | float)
        yield value


def test_a_decision_says_that_it_is_an_example(client: TestClient):
    for path in ("/decisions.geojson", "/decisions/lekplats.geojson"):
        feature = client.get(V1 + path).json()["features"][0]
        properties = feature["properties"]
        assert feature["id"] == properties["id"] == "lekplats"
        assert properties["status"] == "open"
        assert properties["number"] == 1
        assert properties["example"] is True
        assert properties["label"] == LABEL
    for path in ("affected", "results", "comments"):
        whole = client.get(f"{V1}/decisions/lekplats/{path}.geojson").json()
        assert whole["example"] is True
        assert whole["label"] == LABEL


def test_what_waits_or_is_hidden_is_nowhere(client: TestClient):
    _send("VÄNTAR kanariefågel", publish=False)
    hidden = _send("DOLD kanariefågel", publish=True)
    _send("SYNLIG talgoxe", publish=True)
    review.hide(hidden, actor=_reviewer(), reason=HideReason.PERSONAL_DATA, at=clock.now())
    everything = "".join(
        client.get(f"{V1}/{path}").text
        for path in (
            "decisions.geojson",
            "decisions/lekplats.geojson",
            "decisions/lekplats/comments.geojson",
            "decisions/lekplats/comments.geojson?slim=1",
            "decisions/lekplats/results.geojson",
        )
    )
    assert "talgoxe" in everything
    assert "kanariefågel" not in everything
    assert client.get(COMMENTS).json()["numberMatched"] == 1


def test_hiding_acts_at_once_also_on_what_was_already_asked_for(client: TestClient):
    published = _send("Först synlig", publish=True)
    assert "Först synlig" in client.get(COMMENTS).text
    review.hide(published, actor=_reviewer(), reason=HideReason.OFF_TOPIC, at=clock.now())
    assert "Först synlig" not in client.get(COMMENTS).text


def test_points_for_the_map_carry_no_text(client: TestClient):
    _send("{{7*7}} </script> hemligt ord", publish=True)
    got = client.get(COMMENTS + "?slim=1")
    assert "hemligt" not in got.text
    assert set(got.json()["features"][0]["properties"]) == {"stance"}


def test_a_comment_is_given_where_it_is_public(client: TestClient):
    _send("Här", publish=True)
    feature = client.get(COMMENTS).json()["features"][0]
    lon, lat = feature["geometry"]["coordinates"]
    assert round(lon, 4) == lon
    assert round(lat, 4) == lat
    assert (lon, lat) != (14.5240, 59.3270)
    assert feature["properties"]["kind"] == "idea"
    assert feature["properties"]["text"] == "Här"


def test_the_municipalitys_answer_goes_with_the_comment(client: TestClient):
    number = _send("När kommer bänken?", publish=True)
    assert "answer" not in client.get(COMMENTS).json()["features"][0]["properties"]
    comment_answering.add(_reviewer(), number, "I vår.", at=clock.now())
    properties = client.get(COMMENTS).json()["features"][0]["properties"]
    assert properties["answer"] == "I vår."
    assert properties["answered_on"] == clock.today().isoformat()


def test_filters_and_pages(client: TestClient):
    for number in range(3):
        _send(f"Ja {number}", publish=True, stance=Stance.FOR)
    _send("Nej", publish=True, stance=Stance.AGAINST, kind=Kind.CONCERN)
    assert len(client.get(COMMENTS + "?stance=for").json()["features"]) == 3
    assert len(client.get(COMMENTS + "?kind=concern").json()["features"]) == 1
    assert client.get(COMMENTS + "?bbox=15,60,16,61").json()["features"] == []
    assert len(client.get(COMMENTS + "?bbox=14.5,59.3,14.6,59.4").json()["features"]) == 4
    first = client.get(COMMENTS + "?limit=3")
    assert first.json()["numberMatched"] == 4
    follow = first.headers["link"].split(">")[0].removeprefix("<")
    rest = client.get(follow).json()["features"]
    ids = {f["id"] for f in first.json()["features"]} | {f["id"] for f in rest}
    assert len(ids) == 4


@pytest.mark.parametrize("asked", ["", "&stance=for", "&slim=1", "&bbox=14.5,59.3,14.6,59.4"])
def test_following_next_gives_every_comment_once(client: TestClient, asked: str):
    for number in range(7):
        stance = Stance.FOR if number % 2 else Stance.AGAINST
        _send(f"Text {number}", publish=True, stance=stance)
    nowhere = {"place_how": PlaceHow.NONE, "lon": None, "lat": None}
    _send("Överallt", publish=True, **nowhere)
    whole = client.get(f"{COMMENTS}?limit=2000{asked}").json()
    assert whole["links"] == []
    for limit in (1, 2, 3, 8):
        seen, address = [], f"{COMMENTS}?limit={limit}{asked}&v=1&okänd=x"
        while address:
            got = client.get(address)
            body = got.json()
            assert body["numberMatched"] == whole["numberMatched"]
            seen += body["features"]
            links = {one["rel"]: one["href"] for one in body["links"]}
            in_header = re.findall(r'<([^>]+)>; rel="(\w+)"', got.headers.get("link", ""))
            assert {rel: href for href, rel in in_header} == links
            address = links.get("next", "")
            assert "ok%C3%A4nd" not in address
        assert seen == whole["features"]
        if "prev" in links:
            assert client.get(links["prev"]).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=nan,59,15,60",
        "bbox=inf,59,15,60",
        "bbox=59,14,60,15,16",
        "bbox=15,59,14,60",
        "bbox=14,91,15,92",
        "limit=0",
        "limit=2001",
        "limit=-1",
        "limit=1e3",
        "limit=²",
        "limit=",
        "offset=-1",
        "kind=hate",
        "stance='; DROP TABLE comments",
        "deso=../../etc/passwd",
    ],
)
def test_a_bad_question_gets_a_plain_answer(client: TestClient, query: str):
    _problem(client.get(f"{COMMENTS}?{query}"), 400)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api", 404),
        ("/api/v1", 404),
        ("/api/v2/decisions.geojson", 404),
        (f"{V1}/decisions/finns-inte.geojson", 404),
        (f"{V1}/decisions/finns-inte/comments.geojson", 404),
        (f"{V1}/areas/hemligt.geojson", 404),
        (f"{V1}/decisions/lekplats/affected.geojson?layer=x", 400),
        (f"{V1}/decisions/lekplats/results.geojson?layer=", 400),
        (f"{V1}/places", 400),
        (f"{V1}/places?q=%20", 400),
        (f"{V1}/places?q=" + "a" * 81, 400),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, path: str, status: int):
    _problem(client.get(path), status)


def _problem(got: object, status: int) -> None:
    assert got.status_code == status  # type: ignore[attr-defined]
    assert got.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body = got.json()  # type: ignore[attr-defined]
    assert body["status"] == status
    assert body["title"]
    assert body["detail"].endswith(".")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_open_data_can_only_be_read(client: TestClient, method: str):
    got = client.request(method, f"{V1}/decisions.geojson")
    _problem(got, 405)
    assert got.headers["allow"] == "GET, HEAD"


def test_what_has_not_changed_is_not_sent_again(client: TestClient):
    first = client.get(f"{V1}/areas/deso.geojson")
    tag = first.headers["etag"]
    again = client.get(f"{V1}/areas/deso.geojson", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get(f"{V1}/areas/deso.geojson", headers={"if-none-match": '"other"'})
    assert other.status_code == 200


def test_a_new_comment_changes_the_tag(client: TestClient):
    before = client.get(COMMENTS).headers["etag"]
    _send("Nytt", publish=True)
    assert client.get(COMMENTS).headers["etag"] != before


def test_a_named_version_is_kept_for_good_and_others_are_asked_for(client: TestClient):
    named = client.get(addresses.areas("deso"))
    assert "immutable" in named.headers["cache-control"]
    wrong = client.get(f"{V1}/areas/deso.geojson?v=000000000000")
    assert wrong.headers["cache-control"] == "no-cache"
    assert client.get(COMMENTS + "?v=1").headers["cache-control"] == "no-cache"


def test_large_answers_are_packed(client: TestClient):
    packed = client.get(f"{V1}/areas/deso.geojson", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = client.get(f"{V1}/areas/deso.geojson", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()


def test_areas_name_every_code_of_their_layer(client: TestClient):
    for layer in layers.LAYERS:
        found = client.get(addresses.areas(layer)).json()["features"]
        assert {f["properties"]["code"] for f in found} == set(layers.frame(layer).index)
        people = [f["properties"]["population"] for f in found]
        assert not {1, 2, 3, 4} & set(people)
        if cells.is_estimated(layer):
            assert all(n is None or n % 10 == 0 for n in people)


def test_small_numbers_are_hidden_as_everywhere(client: TestClient):
    _send("Ensam", publish=True)
    found = client.get(f"{V1}/decisions/lekplats/results.geojson?layer=deso").json()["features"]
    rows = [f["properties"] for f in found if f["properties"]["comments"] == 1]
    assert len(rows) == 1
    assert rows[0]["persons"] is None
    assert rows[0]["for"] is None


def test_areas_can_be_counted_by_the_filters_of_the_list(client: TestClient):
    for number in range(5):
        _send(f"Ja {number}", publish=True, stance=Stance.FOR)
    _send("Nej", publish=True, stance=Stance.AGAINST)
    areas = f"{V1}/decisions/lekplats/results.geojson"
    for layer in ("deso", "regso", "valdistrikt"):
        found = client.get(f"{areas}?layer={layer}&stance=against").json()["features"]
        assert {frozenset(f["properties"]) for f in found} == {
            frozenset(("code", "name", "comments"))
        }
        assert sum(f["properties"]["comments"] for f in found) == 1
    everything = client.get(f"{areas}?layer=deso&since=2020-01-01").json()["features"]
    assert sum(f["properties"]["comments"] for f in everything) == 6
    for bad in ("layer=ruta&stance=for", "layer=deso&relation=x", "layer=regso&relation=lives"):
        assert client.get(f"{areas}?{bad}").status_code == 400
    assert client.get(f"{areas}?layer=deso&relation=lives&stance=for").status_code == 400


def test_a_tie_to_the_place_is_told_in_persons_and_never_of_a_comment(client: TestClient):
    areas = f"{V1}/decisions/lekplats/results.geojson?layer=deso&relation=lives"
    found = client.get(areas).json()["features"]
    assert {frozenset(f["properties"]) for f in found} == {frozenset(("code", "name", "persons"))}
    assert len(found) == len(layers.frame(layers.DESO))
    _send("Hej", publish=True)
    assert client.get(f"{COMMENTS}?relation=works").json()["numberMatched"] == 1, "no such filter"
    assert "relation" not in client.get(COMMENTS).text


def test_a_closed_store_says_so_and_leaks_nothing(client: TestClient):
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz").json() == {"status": "ok", "version": version.number()}
    store.close_store()
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json() == {"status": "closed", "version": version.number()}
    assert client.get("/healthz").status_code == 200
    _problem(client.get(f"{V1}/decisions.geojson"), 503)


def test_a_fault_shows_no_traceback(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    def broken() -> None:
        msg = "/secret/path"
        raise RuntimeError(msg)

    monkeypatch.setattr(decisions, "list_all", broken)
    got = client.get(f"{V1}/decisions.geojson")
    _problem(got, 500)
    assert "secret" not in got.text


@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_wild_places_never_break_the_search(client: TestClient, text: str):
    assert client.get(f"{V1}/places", params={"q": text}).status_code in {200, 400}


def test_the_cells_can_be_counted_again_by_anybody(client: TestClient):
    """Work out whom the decision affects from open data alone, in plain Python."""
    got = client.get(f"{V1}/cells.csv")
    assert got.status_code == 200
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(got.text)))
    assert set(rows[0]) == {"west", "south", "side_m", "deso", "part"}
    areas = client.get(f"{V1}/areas/deso.geojson").json()["features"]
    living = {a["properties"]["code"]: a["properties"]["population"] for a in areas}
    decision = decisions.get("lekplats")
    assert decision is not None
    counted = dict.fromkeys(living, 0.0)
    for row in rows:
        half = float(row["side_m"]) / 2
        centre = shapely.Point(float(row["west"]) + half, float(row["south"]) + half)
        metres = centre.distance(decision.area)
        weight = next((w for limit, w in ((200, 1), (300, 0.6), (1000, 0.3)) if metres <= limit), 0)
        counted[row["deso"]] += weight * float(row["part"]) * living[row["deso"]]
    ours = affected.for_decision(decision, layers.DESO)["affected"]
    assert counted == {code: pytest.approx(n, abs=0.01) for code, n in ours.items()}


def test_no_cell_says_how_many_people_live_in_it(client: TestClient):
    header = client.get(f"{V1}/cells.csv").text.split("\n", maxsplit=1)[0]
    assert "people" not in header


def test_meeting_places_are_named_points_of_one_area(client: TestClient):
    found = client.get(f"{V1}/meeting-places.geojson?deso=1883C1010").json()
    assert "OpenStreetMap" in found["credit"]
    assert all(set(f["properties"]) == {"name", "sort"} for f in found["features"])
    assert client.get(f"{V1}/meeting-places.geojson?deso=x").status_code == 400
    assert client.get(f"{V1}/meeting-places.geojson").status_code == 400


def test_without_crossings_no_way_is_longer_over_land(client: TestClient):
    found = client.get(f"{V1}/decisions/lekplats/detours.geojson").json()
    assert found["features"] == []
