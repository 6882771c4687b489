"""A link signs in once; a language link never leads away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data import clock
from data.settings import Settings
from data.staff import sessions
from pages.shared.session.signed_in import COOKIE
from pages.web.routes import routes
from pages.web.sign_in.one_time_link import own_path
from pages.web.site.origin import OwnOrigin
from pages.web.site.tiles import Tiles

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    request.getfixturevalue("empty_store")
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))), middleware=[Middleware(OwnOrigin)])
    own = {"origin": "http://testserver"}
    with TestClient(app, headers=own, follow_redirects=False) as found:
        yield found


def _link() -> str:
    parts = urlsplit(sessions.new_link("http://testserver", at=clock.now()))
    return f"{parts.path}?{parts.query}"


def test_a_link_signs_in_once(client: TestClient):
    link = _link()
    got = client.get(link)
    assert got.status_code == 303
    assert got.headers["location"] == "/granska"
    cookie = got.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    token = client.cookies[COOKIE]
    who = sessions.staff_of(token, clock.now())
    assert who is not None
    code = parse_qs(urlsplit(link).query)["kod"][0]
    assert code != token
    client.cookies.clear()
    again = client.get(link)
    assert again.status_code == 410
    assert "Länken fungerar inte längre" in again.text
    assert "python -m data link" in again.text
    assert "set-cookie" not in again.headers


def test_who_is_signed_in_is_led_on_by_a_used_link(client: TestClient):
    """A link that is opened again from a mail or a tab, by the one whom it has signed in."""
    link = _link()
    client.get(link)
    token = client.cookies[COOKIE]
    again = client.get(link)
    assert (again.status_code, again.headers["location"]) == (303, "/granska")
    assert "set-cookie" not in again.headers
    sessions.sign_out(token)
    assert client.get(link).status_code == 410


def test_nobody_is_told_to_start_the_service_anew():
    told = [
        path.name
        for path in (ROOT / "pages").rglob("*.py")
        if "starta om tjänsten" in path.read_text(encoding="utf-8").lower()
    ]
    assert told == []


@pytest.mark.parametrize("query", ["", "?kod=", "?kod=fel", "?kod=" + "x" * 5000, "?kod=%00"])
def test_a_wrong_code_signs_nobody_in(client: TestClient, query: str):
    got = client.get("/logga-in" + query)
    assert got.status_code == 410
    assert "set-cookie" not in got.headers
    assert got.headers["cache-control"] == "no-store"


def test_signing_out_ends_the_session_on_the_server(client: TestClient):
    client.get(_link())
    token = client.cookies[COOKIE]
    assert client.get("/logga-ut").status_code == 200
    assert sessions.staff_of(token, clock.now()) is not None, "a link alone must not sign out"
    got = client.post("/logga-ut")
    assert got.status_code == 303
    assert sessions.staff_of(token, clock.now()) is None


def test_another_site_cannot_sign_out(client: TestClient):
    client.get(_link())
    token = client.cookies[COOKIE]
    assert client.post("/logga-ut", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert sessions.staff_of(token, clock.now()) is not None


def test_a_language_is_remembered_and_leads_back(client: TestClient):
    got = client.get("/sprak/en", params={"till": "/forslag?id=lekplats"})
    assert got.status_code == 303
    assert got.headers["location"] == "/forslag?id=lekplats"
    assert "sprak=en" in got.headers["set-cookie"]
    assert client.get("/sprak/de").status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        "//example.org",
        "///example.org",
        "https://example.org",
        "/\\example.org",
        "\\\\example.org",
        "/%0d%0aSet-Cookie:x\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "example.org",
        "",
        "/\t/example.org",
        "/å",
    ],
)
def test_no_language_link_leads_away(client: TestClient, wanted: str):
    got = client.get("/sprak/sv", params={"till": wanted})
    assert got.headers["location"] == "/"


@given(st.text(alphabet="/\\:.@?#%\t\n aex", max_size=12))
def test_a_path_of_ours_never_names_a_host(wanted: str):
    found = own_path(wanted)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert not urlsplit(found).netloc
