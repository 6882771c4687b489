"""Behind nginx and HAProxy, over IPv4 and IPv6: who a visitor is, and what counts as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.browser_kit import DESKTOP, Server, serve, settled, visit
from tests.proxy_kit import PUBLIC, Town, ask, serve_behind, trusting
from tests.stream_client import StreamClient, dial
from tests.test_browser_resident import OPEN, RECEIPT

pytestmark = pytest.mark.browser

# residents, two of one household, and a library
KIM, ALEX, RUT, SAME = "198.51.100.7", "203.0.113.9", "2001:db8:7:7::1", "2001:db8:7:7::2"
LIBRARY = "192.0.2.10"
EVERYBODY = [KIM, ALEX, RUT, SAME, LIBRARY]
SETUPS = [("nginx", "127.0.0.1"), ("haproxy", "[::1]")]
TRIES = 10
NO_CODE, WAIT = "Vi hittar ingen synpunkt", "Många koder har skrivits här"


@pytest.fixture(scope="module", params=SETUPS, ids=["-".join(one) for one in SETUPS])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    proxy, upstream = request.param
    folder = tmp_path_factory.mktemp(proxy)
    with serve_behind(folder, proxy, EVERYBODY, upstream=upstream) as found:
        yield found


@pytest.fixture(scope="module")
def library_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("bibliotek")
    with serve_behind(folder, "nginx", EVERYBODY, DIALOG_SHARED_ADDRESSES=f"{LIBRARY}=12") as found:
        yield found


def _try_link(address: str, **headers: str) -> int:
    return ask(f"{address}/logga-in?kod=fel", **headers)[0]


def _try_code(town: Town, visitor: str, number: int) -> str:
    asked = f"kod=AAAA-{number:04d}"
    with StreamClient(town.address(visitor), "kvitto", asked, tls=trusting()) as page:
        page.run()
        return page.words


def test_every_visitor_has_a_limit_of_its_own(town: Town):
    town.put_forward(700)
    kim, alex = town.address(KIM), town.address(ALEX)
    assert [_try_link(kim) for _ in range(TRIES + 2)] == [410] * TRIES + [429] * 2
    assert _try_link(alex) == 410, "the proxy's visitors share one limit"
    assert _try_link(town.address(RUT)) == 410
    town.put_forward(700)
    assert _try_link(kim) == 410


def test_a_visitor_cannot_say_that_it_is_somebody_else(town: Town):
    town.put_forward(700)
    said = [
        _try_link(
            town.address(KIM),
            X_Forwarded_For=f"10.0.0.{n}, 127.0.0.1",
            Forwarded=f"for=10.0.0.{n}",
            X_Real_IP=f"10.0.0.{n}",
        )
        for n in range(TRIES + 2)
    ]
    assert said == [410] * TRIES + [429] * 2


def test_a_household_on_ipv6_is_one_visitor_also_on_a_page(town: Town):
    town.put_forward(700)
    for n in range(TRIES):
        assert NO_CODE in _try_code(town, (RUT, SAME)[n % 2], n)
    assert WAIT in _try_code(town, RUT, 100)
    assert WAIT in _try_code(town, SAME, 101)
    assert NO_CODE in _try_code(town, KIM, 102)


ORIGINS = {
    "the host that is asked": (None, True),
    "the public address": (PUBLIC, True),
    "the public address in capitals": ("HTTPS://DIALOG.Example.SE", True),
    "the public address with its port": (f"{PUBLIC}:443", True),
    "nobody": ("", False),
    "null": ("null", False),
    "another site": ("https://evil.example", False),
    "another port": (f"{PUBLIC}:8443", False),
    "a subdomain": ("https://evil.dialog.example.se", False),
    "a name that begins alike": (f"{PUBLIC}.evil.example", False),
    "the same name without TLS": ("http://dialog.example.se", False),
    "localhost": ("http://localhost:8501", False),
    "with a path": (f"{PUBLIC}/x", False),
}


@pytest.mark.parametrize("what", ORIGINS)
def test_an_act_and_a_page_come_from_our_own_origin(town: Town, what: str):
    given, is_ours = ORIGINS[what]
    address = town.address(KIM)
    origin = address if given is None else given
    headers = {"Origin": origin} if origin else {}
    for method, path in (
        ("POST", "/logga-ut"),
        ("POST", "/mote/lage"),
        ("PUT", "/_stcore/upload_file/x/y"),
        ("DELETE", "/_stcore/upload_file/x/y"),
    ):
        status, _, body = ask(address + path, method, b"", **headers)
        refused = status == 403 and "Gör det från Dialogkartans egen sida" in body.decode()
        assert refused is not is_ours, (method, path, status)
    socket = address.replace("https", "wss") + "/_stcore/stream"
    try:
        with dial(socket, ssl=trusting(), origin=Origin(origin) if origin else None):
            is_open = True
    except InvalidStatus as error:
        is_open = False
        assert error.response.status_code == 403
    assert is_open is is_ours


def test_a_proxy_that_changes_the_host_serves_the_public_address(tmp_path: Path):
    other = {"Host              $http_host": "Host internt:8501"}
    with serve_behind(tmp_path, "nginx", [KIM], changes=other, DIALOG_DEMO="0") as town:
        address = town.address(KIM)
        for origin, status in ((PUBLIC, 303), (address, 403), ("null", 403)):
            assert ask(address + "/logga-ut", "POST", b"", Origin=origin)[0] == status
        with StreamClient(address, "om", origin=PUBLIC, tls=trusting()) as page:
            page.run()
            assert "Om tjänsten" in page.words


def test_behind_a_proxy_that_tells_nobodys_address_nobody_is_shut_out(tmp_path: Path):
    silent = {"X-Forwarded-For   $proxy_add_x_forwarded_for": 'X-Forwarded-For   ""'}
    with serve_behind(tmp_path, "nginx", [KIM], changes=silent, DIALOG_DEMO="0") as town:
        for n in range(TRIES + 2):
            asked = f"kod=AAAA-{n:04d}"
            with StreamClient(
                town.address(KIM), "kvitto", asked, origin=PUBLIC, tls=trusting()
            ) as page:
                page.run()
                assert NO_CODE in page.words, "all residents shared one limit"
        assert town.server.said().count("does not tell whose visits it forwards") == 1


def test_every_cookie_goes_over_https_only(town: Town):
    address = town.address(ALEX)
    town.put_forward(700)
    link = re.search(r"/logga-in\?kod=[\w-]+", town.server.said())
    assert link is not None
    set_by = {}
    for path in (link.group(), "/sprak/en", "/_stcore/health"):
        for cookie in ask(address + path)[1].get_all("Set-Cookie") or []:
            set_by[cookie.partition("=")[0]] = cookie
    assert {"dialog_inloggad", "sprak", "_streamlit_xsrf"} <= set(set_by)
    for cookie in set_by.values():
        assert "; secure" in cookie.lower(), cookie
        assert cookie.lower().count("; secure") == 1


@pytest.mark.parametrize("closed", ["host-config", "metrics", "agent", "agent/x"])
def test_what_tells_about_the_inside_is_closed(town: Town, closed: str):
    assert ask(f"{town.address(KIM)}/_stcore/{closed}")[0] == 404


def test_the_proxys_log_has_no_code_and_no_session(town: Town):
    if town.proxy == "haproxy":
        assert "log " not in (Path(__file__).parents[1] / "deploy" / "haproxy.cfg").read_text()
        return
    address = town.address(KIM)
    ask(f"{address}/kvitto?kod=HEML-1GAX")
    ask(f"{address}/_stcore/upload_file/hemligsession/fil", "PUT", b"", Origin=address)
    logged = (town.folder / "access.log").read_text(encoding="utf-8")
    assert '"GET /kvitto"' in logged
    assert "HEML" not in logged
    assert "hemlig" not in logged


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_without_a_proxy_this_machine_is_limited_like_any_other(tmp_path: Path, host: str):
    told = {"DIALOG_SHARED_ADDRESSES": "", "DIALOG_PROXIES": "none", "DIALOG_DEMO": "0"}
    with serve(tmp_path, on_all=True, **told) as server:
        address = f"http://{host}:{server.address.rpartition(':')[2]}"
        invented = [_try_link(address, X_Forwarded_For=f"10.0.0.{n}") for n in range(TRIES + 2)]
        assert invented == [410] * TRIES + [429] * 2


def test_the_older_name_of_the_setting_is_told_at_start(tmp_path: Path):
    (tmp_path / "a").mkdir()
    with serve(tmp_path / "a", DIALOG_DEMO="0", FORWARDED_ALLOW_IPS="*") as server:
        assert server.said().count("Skriv DIALOG_PROXIES=") == 1
        told = [
            _try_link(server.address, X_Forwarded_For=f"10.0.0.{n}, 198.51.100.7")
            for n in range(TRIES + 1)
        ]
        assert told[-1] == 429, "anybody could say to be anybody"


def _as_visitor(town: Town, visitor: str) -> Server:
    return replace(town.server, address=town.address(visitor))


def _fill_in(page: Page, words: str) -> None:
    page.goto(f"/synpunkt?id={OPEN}")
    settled(page)
    for name in ("Jag vill inte använda kartan", "Det gäller ingen särskild plats"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()
    page.get_by_text("En oro", exact=True).click()
    page.get_by_text("Både för och emot", exact=True).click()
    page.get_by_label("Skriv din synpunkt").fill(words)
    page.get_by_role("button", name="Nästa", exact=True).click()
    page.get_by_role("button", name="Hoppa över", exact=True).click()
    expect(page.get_by_role("heading", name="Steg 4 av 4: Granska")).to_be_visible()


def _press_send(page: Page) -> None:
    page.get_by_role("button", name="Skicka till kommunen").click()


def _is_thanked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()
    assert RECEIPT.search(page.get_by_test_id("stMetric").inner_text())


def test_the_sixth_waits_with_the_text_kept_and_is_sent_when_there_is_room(
    chromium: Browser, library_town: Town
):
    town = library_town
    how = {**DESKTOP, "ignore_https_errors": True}
    for n in range(5):
        with visit(chromium, _as_visitor(town, KIM), **how) as (page, _watch):
            _fill_in(page, f"Synpunkt nummer {n}")
            _press_send(page)
            _is_thanked(page)
    with visit(chromium, _as_visitor(town, KIM), **how) as (page, _watch):
        _fill_in(page, "Den sjätte")
        _press_send(page)
        said = page.get_by_text(re.compile("Många skickar just nu. Din text finns kvar."))
        expect(said).to_be_visible()
        expect(said).to_contain_text(re.compile(r"Försök igen om \d+ minut"))
        expect(page.get_by_text("Den sjätte")).to_be_visible()
        with visit(chromium, _as_visitor(town, ALEX), **how) as (other, _):
            _fill_in(other, "En annan")
            _press_send(other)
            _is_thanked(other)
        town.put_forward(600)
        _press_send(page)
        _is_thanked(page)
