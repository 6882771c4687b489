"""The log as a file: for a planner's cookie only, never kept, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, store
from data.comments import submissions
from data.models import HideReason, Staff
from data.review import comment_answering, review
from data.settings import Settings
from data.staff import sessions
from pages.shared import addresses
from pages.shared.session.signed_in import COOKIE
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import NOON, make_comment, make_submission

REVIEWER = Staff("Å. Granskare", frozenset({"reviewer"}))
WILD = '=HYPERLINK("http://example.org";"x")'


@pytest.fixture
def client(decision) -> Iterator[TestClient]:
    submissions.add(make_submission(make_comment(text="Hej; på\ndig")), at=NOON)
    review.publish(1, actor=REVIEWER, at=NOON)
    comment_answering.add(REVIEWER, 1, WILD, at=NOON)
    with TestClient(Starlette(routes=routes(Tiles(Settings(tile_url=""))))) as found:
        yield found


def _sign_in(client: TestClient, roles: str = "admin") -> None:
    code = sessions.new_link("http://x", clock.now()).partition("kod=")[2]
    token = sessions.redeem(code, clock.now())
    assert token is not None
    with store.cursor() as cursor:
        cursor.execute("UPDATE staff_sessions SET roles = $1", [roles])
    client.cookies.set(COOKIE, token)


@pytest.mark.parametrize("address", [addresses.LOG, addresses.LOG_XLSX])
@pytest.mark.parametrize("roles", [None, "reviewer", "politician", "planner-ish"])
def test_without_a_planners_right_nothing_is_given(client, roles, address):
    if roles:
        _sign_in(client, roles)
    got = client.get(address)
    assert got.status_code == 403
    assert got.headers["content-type"].startswith("application/problem+json")
    assert "Hej" not in got.text


def test_a_guessed_cookie_gives_nothing(client):
    client.cookies.set(COOKIE, "gissad")
    assert client.get(addresses.LOG).status_code == 403


@pytest.mark.parametrize("roles", ["planner", "admin"])
def test_a_planner_gets_every_act_and_nobody_keeps_it(client, roles):
    _sign_in(client, roles)
    got = client.get(addresses.LOG)
    assert got.status_code == 200
    assert got.headers["cache-control"] == "private, no-store"
    assert "access-control-allow-origin" not in got.headers
    assert "attachment" in got.headers["content-disposition"]
    assert got.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[3] for row in rows] == ["vad", "publish", "answer"]
    assert rows[1][1] == "Å. Granskare"
    assert rows[1][6] == "published\nHej; på\ndig"
    assert rows[2][6] == f"'{WILD}"


def test_in_an_office_the_log_has_words_and_times(client):
    _sign_in(client, "planner")
    review.hide(1, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    got = client.get(addresses.LOG_XLSX)
    assert got.status_code == 200
    assert got.headers["cache-control"] == "private, no-store"
    assert "access-control-allow-origin" not in got.headers
    (sheet,) = openpyxl.load_workbook(io.BytesIO(got.content)).worksheets
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads == ("När", "Vem", "Logg", "Vad", "Gäller", "Före", "Efter", "Skäl")
    assert [row[3] for row in rows] == ["publicerade", "svarade", "dolde"]
    assert rows[2][7] == "handlar om något annat än förslaget"
    assert {row[0] for row in rows} == {NOON.astimezone(clock.STOCKHOLM).replace(tzinfo=None)}
    assert rows[1][6] == WILD
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_the_log_can_only_be_read(client):
    _sign_in(client)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, addresses.LOG).status_code == 405


def test_a_closed_store_is_said_in_plain_words(client):
    _sign_in(client)
    store.close_store()
    assert client.get(addresses.LOG).status_code == 503
