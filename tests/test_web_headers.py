"""Every answer is guarded; Streamlit's first page speaks the reader's language and is ours."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from data import settings
from pages.shared import addresses
from pages.shared.words import language
from pages.web.site import headers, streamlit_words

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
FOREIGN = re.compile(r"(?:https?:)?//(?!testserver|www\.w3\.org/2000/svg)[\w.-]+\.\w+")


def _index(_: Request) -> Response:
    return Response(INDEX, media_type="text/html", headers={"ETag": '"fixed"'})


def _frame(_: Request) -> Response:
    page = '<html lang="en"><title>Streamlit Folium Component</title></html>'
    return Response(page, media_type="text/html")


def _own(_: Request) -> Response:
    policy = {"Content-Security-Policy": "default-src 'none'"}
    return Response("<p>egen</p>", media_type="text/html", headers=policy)


def _cookies(_: Request) -> Response:
    found = PlainTextResponse("ok")
    found.set_cookie("a", "1")
    found.set_cookie("b", "2")
    return found


@pytest.fixture
def client() -> Iterator[TestClient]:
    routes = [
        Route("/", _index),
        Route("/forslag", _index),
        Route("/component/x/", _frame),
        Route("/om", _index),
        Route("/own", _own),
        Route(addresses.WORDS, streamlit_words.serve),
        Route("/cookies", _cookies),
        Route("/_stcore/metrics", _index),
        Route("/_stcore/agent/openapi.json", _index),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(headers.SecurityHeaders)])
    with TestClient(app) as found:
        yield found


HTML = {"accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/own", "/cookies", "/component/x/", "/missing"])
def test_every_answer_is_guarded(client: TestClient, path: str):
    got = client.get(path, headers=HTML).headers
    assert got["x-content-type-options"] == "nosniff"
    assert got["referrer-policy"] == "same-origin"
    assert got["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=(self)" in got["permissions-policy"]
    assert got["content-security-policy"]


def test_pages_run_only_their_own_script(client: TestClient):
    policy = client.get("/", headers=HTML).headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert "unsafe" not in scripts[1]
    inline = re.findall(r"<script>(.*?)</script>", client.get("/", headers=HTML).text, re.DOTALL)
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in scripts[1]
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy


def test_only_the_frame_of_the_input_map_may_evaluate(client: TestClient):
    assert "'unsafe-eval'" in client.get("/component/x/").headers["content-security-policy"]
    assert "'unsafe-eval'" not in client.get("/").headers["content-security-policy"]


def test_a_route_keeps_its_own_stricter_policy(client: TestClient):
    assert client.get("/own").headers["content-security-policy"] == "default-src 'none'"


def test_no_policy_and_no_page_names_a_stranger(client: TestClient):
    for path in ("/", "/forslag", "/component/x/"):
        got = client.get(path, headers=HTML)
        assert not FOREIGN.search(got.headers["content-security-policy"])
        assert not FOREIGN.search(got.text), path


def test_the_first_page_is_ours(client: TestClient):
    got = client.get("/forslag", headers=HTML)
    assert '<html lang="sv"' in got.text
    assert "<title>Dialogkartan" in got.text
    assert got.text.index(addresses.asset("page.js")) < got.text.index("static/js/index")
    assert addresses.asset("sida.css") in got.text
    assert "Sidan behöver JavaScript" in got.text
    for word in ("Streamlit app", "agent", "openapi", "You need to enable"):
        assert word not in got.text
    assert "etag" not in got.headers
    assert int(got.headers["content-length"]) == len(got.content)


@pytest.mark.parametrize(
    ("address", "sent", "expected"),
    [
        ("/", {}, "sv"),
        ("/", {"accept-language": "en-GB,en;q=0.9"}, "en"),
        ("/", {"accept-language": "de-DE,de;q=0.9,en;q=0.5"}, "en"),
        ("/", {"accept-language": "de"}, "sv"),
        ("/", {"accept-language": "en;q=0.4, sv;q=0.9"}, "sv"),
        ("/", {"accept-language": "en", "cookie": "sprak=sv"}, "sv"),
        ("/?sprak=en", {"cookie": "sprak=sv"}, "en"),
        ("/?sprak=de", {"cookie": "sprak=fr"}, "sv"),
        ("/", {"accept-language": "en;q=x, ;;;,,"}, "sv"),
    ],
)
def test_the_language_is_the_readers(
    client: TestClient, address: str, sent: dict[str, str], expected: str
):
    text = client.get(address, headers={**HTML, **sent}).text
    assert f'<html lang="{expected}"' in text


def test_the_frame_has_a_name_and_a_language(client: TestClient):
    text = client.get("/component/x/", headers={"accept-language": "sv"}).text
    assert 'lang="sv"' in text
    assert "<title>Karta över Karlskoga</title>" in text


def test_several_cookies_survive(client: TestClient):
    assert len(client.get("/cookies").headers.get_list("set-cookie")) == 2


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_only_an_operator_needs_is_closed(client: TestClient, path: str):
    got = client.get(path)
    assert got.status_code == 404
    assert got.content == b""


def test_head_and_a_compressed_request_work(client: TestClient):
    assert client.head("/", headers=HTML).status_code == 200
    assert "lang=" in client.get("/", headers={**HTML, "accept-encoding": "gzip"}).text


def test_https_is_kept_and_our_socket_named(monkeypatch: pytest.MonkeyPatch, client: TestClient):
    own = settings.Settings(base_url="https://dialog.example.se")
    monkeypatch.setattr(settings, "load", lambda: own)
    headers.page_policy.cache_clear()
    try:
        got = client.get("/", headers=HTML).headers
        assert "wss://dialog.example.se" in got["content-security-policy"]
        assert got["strict-transport-security"].startswith("max-age=")
    finally:
        headers.page_policy.cache_clear()


def test_the_literals_that_are_rewritten_still_exist():
    for literal in ('<html lang="en"', "<title>Streamlit</title>", "<noscript>", '<div id="root">'):
        assert literal in INDEX


def test_the_chosen_language_is_always_one_of_ours():
    assert language.choose("xx", None, "xx" * 1000) in language.LANGUAGES


def test_the_words_that_are_translated_are_still_streamlits():
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    bundle = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
    for words in (
        "Skip to main content",
        "App pages",
        "Choose an option",
        "Choose date",
        "Clear value",
        "Connection error",
        "No results",
        "Page not found",
        "Upload",
    ):
        assert words in streamlit_words.WHOLE
        assert words in bundle
    said = " ".join(part.pattern for part in (*streamlit_words.PARTS, *streamlit_words.REFUSED))
    for words in (
        "Streamlit server is not responding",
        "app is having trouble loading the",
        "files are not allowed",
        "options? available",
    ):
        assert words in said
    for words in ("files are not allowed", "or smaller.", "Only one file is allowed."):
        assert words in bundle


def test_every_word_of_streamlits_is_said_in_every_language():
    for spoken in language.LANGUAGES:
        told = streamlit_words.words_in(spoken)
        for own, said in streamlit_words.WHOLE.items():
            assert bool(told["whole"][own]) == bool(said)
    assert streamlit_words.words_in("sv")["whole"]["Choose date"] == "Välj dag"
    assert streamlit_words.words_in("en")["whole"]["Choose date"] == "Choose a day"


def test_the_words_are_kept_by_the_browser_until_they_change(client):
    answer = client.get(streamlit_words.address())
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(addresses.WORDS).headers["cache-control"] == "no-cache"
    assert streamlit_words.address() in client.get("/om", headers={"accept": "text/html"}).text
