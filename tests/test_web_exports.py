"""The files that can be fetched: right kinds, plain refusals, nothing that waits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock
from data.comments import submissions
from data.decisions import decisions
from data.models import Staff
from data.review import review
from data.settings import Settings
from pages.shared import addresses
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import make_comment, make_decision, make_submission

REVIEWER = Staff("Granskare", frozenset({"reviewer"}))
BEGINNINGS = {"xlsx": b"PK", "zip": b"PK", "gpkg": b"SQLite format 3", "csv": b"\xef\xbb\xbfid;"}


@pytest.fixture
def client(empty_store, at_noon) -> Iterator[TestClient]:
    today = clock.day_of(at_noon)
    opens, closes = today - timedelta(days=5), today + timedelta(days=20)
    decisions.add(make_decision(opens=opens, closes=closes, example=True), number=1)
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


@pytest.mark.parametrize("ending", sorted(BEGINNINGS))
def test_each_kind_of_file_comes_with_its_name(client: TestClient, ending: str):
    got = client.get(addresses.export("lekplats", ending))
    assert got.status_code == 200
    assert got.content.startswith(BEGINNINGS[ending])
    assert got.headers["content-disposition"] == f'attachment; filename="lekplats.{ending}"'
    again = client.get(
        addresses.export("lekplats", ending), headers={"if-none-match": got.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["decisions/ingen/export.zip", "decisions/lekplats/export.exe"])
def test_what_does_not_exist_is_a_plain_problem(client: TestClient, path: str):
    got = client.get(f"/api/v1/{path}")
    assert got.status_code == 404
    assert got.headers["content-type"].startswith("application/problem+json")
    assert "Traceback" not in got.text


def test_a_file_follows_what_is_published_and_says_that_it_is_an_example(client: TestClient):
    submissions.add(make_submission(make_comment(text="Väntar på läsning")), at=clock.now())
    before = client.get(addresses.export("lekplats", "csv")).text
    assert "Väntar" not in before
    (waiting,) = review.waiting(REVIEWER)
    review.publish(waiting.id, actor=REVIEWER, at=clock.now())
    assert "Väntar på läsning" in client.get(addresses.export("lekplats", "csv")).text
    packed = zipfile.ZipFile(io.BytesIO(client.get(addresses.export("lekplats", "zip")).content))
    assert "EXEMPEL – inte ett riktigt beslut" in packed.read("LÄS MIG.txt").decode()
