"""The map for other sites: in a frame only where it is allowed, and never through folium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, settings, store
from data.comments import submissions
from data.decisions import decisions
from data.models import Staff
from data.review import review
from data.settings import Settings
from pages.rapport import embedding
from pages.web.routes import routes
from pages.web.site import embedded
from pages.web.site.tiles import Tiles
from tests.conftest import make_comment, make_decision, make_submission

SITE = "https://www.kommunen.example"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}</body><img src=//fel.example>"


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Settings:
    chosen = Settings(tile_url="", embed_hosts=SITE, base_url="https://dialog.example")
    monkeypatch.setattr(settings, "load", lambda: chosen)
    return chosen


@pytest.fixture
def client(empty_store: None, own: Settings, at_noon: datetime) -> Iterator[TestClient]:
    today = clock.day_of(at_noon)
    made = make_decision(opens=today - timedelta(days=5), closes=today + timedelta(days=20))
    text = replace(made.texts["sv"], title=HOSTILE)
    decisions.add(made, number=1)
    decisions.add(replace(made, id="annat", texts={"sv": text}, example=False), number=2)
    with TestClient(Starlette(routes=routes(Tiles(own)))) as found:
        yield found


def _directive(found, name: str) -> str:
    policy = found.headers["Content-Security-Policy"]
    return next(one.strip() for one in policy.split(";") if one.strip().startswith(name))


@pytest.mark.parametrize("address", ["/inbaddad", "/inbaddad?id=lekplats", "/inbaddad?id=nej"])
def test_only_the_sites_of_the_setting_may_hold_it(client, address):
    found = client.get(address)
    assert _directive(found, "frame-ancestors") == f"frame-ancestors 'self' {SITE}"
    assert "Set-Cookie" not in found.headers
    assert found.status_code == (404 if address.endswith("nej") else 200)


def test_without_the_setting_nobody_else_may(monkeypatch):
    monkeypatch.setattr(settings, "load", lambda: Settings())
    assert embedded.ancestors() == "'self'"


@pytest.mark.parametrize(
    "site",
    [
        *("*", "https://*", "http://kommunen.example", "https://a.example; script-src *"),
        *("https://a.example/sida", "javascript:alert(1)", "'unsafe-inline'", "https://a,b.se"),
    ],
)
def test_what_is_no_site_stops_the_start(site):
    with pytest.raises(ValidationError, match="not the address of a site"):
        Settings(embed_hosts=site)


@pytest.mark.parametrize(
    "site",
    ["https://www.a.example", "https://*.a.example", "http://localhost:80", "  https://a.se "],
)
def test_sites_are_taken(site):
    assert Settings(embed_hosts=site).embed_hosts == site.strip()


def test_a_wild_title_is_words_and_never_passes_through_folium(client):
    for address in ("/inbaddad?id=annat", "/inbaddad"):
        page = client.get(address).text
        assert escape(HOSTILE) in page
        assert "<script>alert" not in page
        assert "<img src=//" not in page
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert scripts
        assert not any("alert" in one or "49" in one.split("karta")[0] for one in scripts)
        assert page.count("</body>") == 1


def test_it_says_that_an_example_is_one_and_when_one_can_write(client):
    page = client.get("/inbaddad?id=lekplats").text
    assert "EXEMPEL – inte ett riktigt beslut" in page
    assert "Du kan lämna synpunkter till och med" in page
    assert 'href="/forslag?id=lekplats&amp;sprak=sv"' in page
    every = client.get("/inbaddad").text
    assert "EXEMPEL – inte ett riktigt beslut: 1" in every
    english = client.get("/inbaddad?id=lekplats&sprak=en").text
    assert '<html lang="en">' in english
    assert "Read and comment" in english


def test_a_published_comment_is_counted_at_once_and_its_text_is_not_there(client):
    before = client.get("/inbaddad?id=lekplats").text
    assert "publicera" not in before
    new = make_submission(make_comment(text="Gungor med utsikt."))
    code = submissions.add(new, at=clock.now()).code
    found = submissions.by_receipt(code)
    assert found is not None
    staff = Staff("Granskare", frozenset({"reviewer"}))
    assert client.get("/inbaddad?id=lekplats").text == before, "it waits"
    review.publish(found[1][0].id, actor=staff, at=clock.now())
    after = client.get("/inbaddad?id=lekplats").text
    assert "1 synpunkt är publicerad." in after
    assert "Gungor" not in after


def test_it_takes_nothing_and_what_lies_below_is_not_there(client):
    assert client.post("/inbaddad?id=lekplats").status_code == 405
    assert client.get("/inbaddad/karta").status_code == 404


@pytest.mark.parametrize("address", ["/inbaddad/karta", "/mote/ex-1", "/utkast/x", "/tiles/x"])
def test_a_person_at_an_address_without_a_page_is_told_so(client, address):
    asked = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "sv"}
    found = client.get(address, headers=asked)
    assert found.status_code == 404
    assert "Sidan finns inte" in found.text
    assert client.get(address, headers={"Accept": "image/png"}).content == b""


def test_the_line_to_paste_leads_here_with_the_title_escaped(client, own):
    line = embedding._lines(make_decision(), own.base_url)
    assert line.startswith('<iframe src="https://dialog.example/inbaddad?id=lekplats&amp;sprak=sv"')
    wild = replace(make_decision().texts["sv"], title='"><script>')
    assert "<script" not in embedding._lines(make_decision(texts={"sv": wild}), own.base_url)
    assert store.is_open()
