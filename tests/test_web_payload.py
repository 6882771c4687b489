"""What a map fetches: a quarter of a megabyte at most, 16 kB as sent, however much was said.

Counted is every layer that a page puts on its map at one zoom level. The ground under them (land,
water, names) is the same for every page, and each browser fetches it once.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, store
from data.demo import seed
from data.geodata import layers
from data.settings import Settings
from pages.resultat import result_layers
from pages.web.mote import answering
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests import bench
from tests.page_kit import layers_sent, open_page
from tests.store_kit import tell_changed
from tests.test_output_meetings import POLITICIAN

DEMO = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
RAW_MAX, SENT_MAX = 250_000, 16_000
# one with few comments, and one that everybody in town has written about
FEW, MANY = "ex-6-storangsstrand", "ex-1-skola-vaster"
WRITTEN = 30_000
RESULT = "resultat/page.py"
VIEWS = [
    ("overview.py", {}),
    ("forslag.py", {}),
    ("berorda/page.py", {}),
    ("berorda/page.py", {"lager": layers.DESO}),
    *((RESULT, {"visa": layer.word}) for layer in result_layers.LAYERS),
    (RESULT, {"visa": "omrade", "lager": layers.DESO}),
    (RESULT, {"visa": "omrade", "lager": layers.RUTA}),
]
# as many places as there are, all over town
_SCATTER = """
UPDATE comments SET
    public_lon = round(14.44 + 0.12 * (hash(id) % 10007) / 10007, 4),
    public_lat = round(59.29 + 0.07 * (hash(id) % 7919) / 7919, 4)
WHERE decision_id = $1
"""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        store.open_store(store.IN_MEMORY)
        seed.seed_if_empty(Settings(demo_date=DEMO))
        bench._fill(MANY, WRITTEN)
        with store.cursor() as cursor:
            cursor.execute(_SCATTER, [MANY])
        tell_changed(MANY)
        yield TestClient(Starlette(routes=routes(Tiles(Settings(tile_url="")))))
        store.close_store()


@pytest.mark.parametrize("name", [FEW, MANY])
@pytest.mark.parametrize(("file", "query"), VIEWS)
def test_a_map_is_light(client: TestClient, name: str, file: str, query: dict[str, str]):
    shown = open_page(file, id=name, **query)
    found = layers_sent(shown)
    assert found
    bodies = {one["url"]: client.get(one["url"]).content for one in found}
    raw = {address: len(body) for address, body in bodies.items()}
    sent = {address: len(gzip.compress(body, 6)) for address, body in bodies.items()}
    for zoom in range(9, 19):
        addresses = {one["url"] for one in found if _is_on(one.get("zooms", (0, 99)), zoom)}
        assert sum(raw[address] for address in addresses) <= RAW_MAX, (zoom, addresses)
        assert sum(sent[address] for address in addresses) <= SENT_MAX, (zoom, addresses)


@pytest.mark.parametrize("name", [FEW, MANY])
def test_a_meeting_with_its_three_maps_is_light(
    client: TestClient, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answering, "actor_of", lambda _request: POLITICIAN)
    body = client.get(f"/mote?id={name}").content
    assert body.count(b'class="omraden"') == 3
    assert len(body) <= RAW_MAX
    assert len(gzip.compress(body, 6)) <= 3 * SENT_MAX


def _is_on(zooms: Sequence[int], zoom: int) -> bool:
    return zooms[0] <= zoom <= zooms[1]
