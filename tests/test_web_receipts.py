"""Receipts of what was entered for others: all of them, for who may read what people sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, store
from data.models import Channel, Kind, Staff
from data.review import entered, registering
from data.review.registering import Entry
from data.settings import Settings
from data.staff import sessions
from pages.shared import addresses
from pages.shared.session.signed_in import COOKIE
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import NOON

REVIEWER = Staff("Å. Granskare", frozenset({"reviewer"}))
WILD = '=HYPERLINK("http://example.org";"x")'
ENTRY = Entry("Bänkar; tack\n<b>nu</b>", Channel.SOCIAL, date(2026, 11, 20), Kind.IDEA)
PAGES = ("/registrera/lekplats/kvitton", "/registrera/lekplats/kvitton.csv")


@pytest.fixture
def client(decision) -> Iterator[TestClient]:
    rows = [replace(ENTRY, text=f"Rad {n}", row=n) for n in range(2, 42)]
    wild = replace(ENTRY, text=WILD, row=42, told=(("home", "Aggerud"),))
    registering.enter_all(REVIEWER, decision.id, [*rows, wild], at=NOON)
    registering.enter_all(REVIEWER, decision.id, [ENTRY], at=NOON + timedelta(hours=1))
    with TestClient(Starlette(routes=routes(Tiles(Settings(tile_url=""))))) as found:
        yield found


def _sign_in(client: TestClient, roles: str) -> None:
    code = sessions.new_link("http://x", clock.now()).partition("kod=")[2]
    token = sessions.redeem(code, clock.now())
    assert token is not None
    with store.cursor() as cursor:
        cursor.execute("UPDATE staff_sessions SET roles = $1", [roles])
    client.cookies.set(COOKIE, token)


def _rows(got) -> list[dict[str, str]]:
    text = got.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("roles", [None, "politician", "planner-ish"])
@pytest.mark.parametrize("address", PAGES)
def test_without_the_right_nothing_is_given(client, roles, address):
    if roles:
        _sign_in(client, roles)
    got = client.get(address)
    assert got.status_code == 403
    assert "Bänkar" not in got.text
    assert client.get(address.replace("lekplats", "finns-inte")).status_code == 404


@pytest.mark.parametrize("roles", ["reviewer", "planner", "admin"])
def test_every_receipt_is_given_beside_its_row(client, roles):
    _sign_in(client, roles)
    got = client.get(PAGES[1])
    assert got.status_code == 200
    assert got.headers["cache-control"] == "private, no-store"
    rows = _rows(got)
    given = entered.receipts(REVIEWER, "lekplats")
    assert len(rows) == len(given) == 42
    assert {row["kvittokod"] for row in rows} == {one.code for one in given}
    assert [row["rad"] for row in rows[1:]] == [str(n) for n in range(2, 43)]
    assert rows[0]["synpunkt"] == ENTRY.text
    assert rows[0]["hur"] == "Sociala medier"
    # no spreadsheet runs what somebody wrote, and what was said is there as it was said
    assert rows[-1]["synpunkt"] == f"'{WILD}"
    assert rows[-1]["sparas som det står"] == "bor i: Aggerud"


def test_the_receipts_of_one_table_are_given_alone(client):
    _sign_in(client, "reviewer")
    latest = entered.batches(REVIEWER, "lekplats")[0]
    asked = {addresses.WHEN: latest.entered_at.isoformat(), addresses.WHO: latest.actor}
    assert len(_rows(client.get(f"{PAGES[1]}?{urlencode(asked)}"))) == 1
    for wrong in ("i går", "2026-11-23T11:00:00"):
        assert client.get(f"{PAGES[1]}?nar={wrong}").status_code == 404


def test_the_page_to_print_shows_each_code_with_its_words(client):
    _sign_in(client, "reviewer")
    got = client.get(PAGES[0])
    assert got.status_code == 200
    assert "&lt;b&gt;nu&lt;/b&gt;" in got.text
    assert "EXEMPEL – inte ett riktigt beslut" in got.text
    for one in entered.receipts(REVIEWER, "lekplats"):
        assert f"Kvittokod {one.code}" in got.text


def test_a_closed_store_is_said_in_plain_words(client):
    _sign_in(client, "reviewer")
    store.close_store()
    assert client.get(PAGES[0]).status_code == 503
