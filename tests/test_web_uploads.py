"""Files are taken where a page asks for one from who may send it, and never beyond a measure."""

from __future__ import annotations

import contextlib
import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.exceptions import ConnectionClosed

from data import rights
from data.models import Staff
from pages.shared.session import uploads as asking
from pages.web.site import uploads
from tests.browser_kit import DESKTOP, settled, visit
from tests.proxy_kit import Town, ask, serve_behind, trusting
from tests.stream_client import StreamClient

VISITOR = "198.51.100.7"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
MB = 1_048_576
PART = b'--gr\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
# a body that is too long is not read to its end; the proxy, which is still sending, may say 502
REFUSED = {403, 413, 502, 0}
END = b"\r\n--gr--\r\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with serve_behind(tmp_path_factory.mktemp("filer"), "nginx", [VISITOR]) as found:
        yield found


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _token(address: str) -> str:
    """Return the word that Streamlit wants to see twice: in a cookie and in a header."""
    cookies = ask(f"{address}/_stcore/health")[1].get_all("Set-Cookie") or []
    found = next(one for one in cookies if one.startswith("_streamlit_xsrf="))
    return found.partition("=")[2].partition(";")[0]


def _headers(address: str, staff: str = "") -> dict[str, str]:
    token = _token(address)
    return {
        "Origin": address,
        "Cookie": f"_streamlit_xsrf={token}; {staff}",
        "X-Xsrftoken": token,
        "Content-Type": "multipart/form-data; boundary=gr",
    }


def _put(address: str, session: str, size: int, headers: dict[str, str], name: str = "f") -> int:
    """Send a file of so many bytes; a server that answers early may close before all is read."""
    body = PART + b"x" * size + END
    connection = http.client.HTTPSConnection(
        urlsplit(address).netloc, context=trusting(), timeout=120
    )
    with contextlib.suppress(OSError):
        connection.request("PUT", f"/_stcore/upload_file/{session}/{name}", body, headers)
    try:
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _put_chunked(address: str, session: str, megabytes: int, headers: dict[str, str]) -> int:
    connection = http.client.HTTPSConnection(
        urlsplit(address).netloc, context=trusting(), timeout=120
    )
    pieces = (b"x" * MB for _ in range(megabytes))
    body = (piece for part in ((PART,), pieces, (END,)) for piece in part)
    path = f"/_stcore/upload_file/{session}/chunked"
    with contextlib.suppress(OSError):
        connection.request("PUT", path, body, headers, encode_chunked=True)
    try:
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


@pytest.mark.browser
def test_a_visitor_fills_no_memory_from_a_page_without_a_field_for_files(town: Town):
    address = town.address(VISITOR)
    with StreamClient(address, "om", tls=trusting()) as page:
        page.run()
        headers = _headers(address)
        before = _memory_mb(town.server.pid)
        with ThreadPoolExecutor(5) as pool:
            said = list(
                pool.map(
                    lambda n: _put(address, page.session, 19 * MB, headers, f"f{n}"), range(20)
                )
            )
        assert said == [403] * 20
        assert _memory_mb(town.server.pid) - before < 60
        assert _put(address, page.session, 10, headers) == 403
        assert _put(address, "no-such-session", 10, headers) == 403
        assert _put_chunked(address, page.session, 30, headers) in REFUSED
        page.run()
        assert "Om tjänsten" in page.words, "a resident's page goes on"


def _open_file_field(page: Page, link: str) -> None:
    page.goto(link)
    settled(page)
    page.goto("/registrera?id=ex-1-skola-vaster")
    settled(page)
    page.get_by_text("Läs in en fil", exact=True).click()


@pytest.mark.browser
def test_who_may_send_a_file_can_where_the_page_asks_for_one(
    chromium: Browser, town: Town, tmp_path: Path
):
    file = tmp_path / "rader.csv"
    file.write_text("Synpunkt;Antal personer\nBygg en bänk;4\n", encoding="utf-8")
    address = town.address(VISITOR)
    link = LINK.search(town.server.said())
    assert link is not None
    sent: list[str] = []
    how = {**DESKTOP, "ignore_https_errors": True}
    with visit(chromium, replace(town.server, address=address), **how) as (page, _watch):
        page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
        _open_file_field(page, link.group())
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("1 rad går att spara.")).to_be_visible()
        session = urlsplit(sent[0]).path.split("/")[3]
        staff = "; ".join(
            f"{one['name']}={one['value']}"
            for one in page.context.cookies()
            if one["name"] == "dialog_inloggad"
        )
        headers = _headers(address, staff)
        assert _put(address, session, 100, headers) == 204
        assert _put(address, session, 100, _headers(address)) == 403, "a session id opens nothing"
        assert _put(address, session, 100, {**headers, "Origin": "null"}) == 403
        assert _put(address, session, 21 * MB, headers) == 413
        assert _put(address, session, 300 * MB, headers) in REFUSED
        assert _put_chunked(address, session, 40, headers) in REFUSED
        before = _memory_mb(town.server.pid)
        for n in range(12):
            assert _put(address, session, 19 * MB, headers, f"stor{n}") == 204
        assert _memory_mb(town.server.pid) - before < 200, "older files of the session go"
        page.get_by_role("link", name="Granska", exact=True).first.click()
        expect(page).to_have_url(re.compile("/granska"))
        settled(page)
        assert _put(address, session, 100, headers) == 403, "the page that asked is left"


@pytest.mark.browser
def test_a_message_that_no_form_sends_closes_the_page(town: Town):
    with StreamClient(town.address(VISITOR), "om", tls=trusting()) as page:
        page.run()
        page.socket.send(b"x" * (uploads.MESSAGE_MAX + 1))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                page.socket.recv(timeout=60)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/logga-ut", "/mote/lage", "/mote/anteckning", "/api/x", "/"])
def test_no_other_address_reads_a_large_body(town: Town, path: str):
    address = town.address(VISITOR)
    said = ask(address + path, "POST", b"x" * (uploads.BODY_MAX + 1), Origin=address)
    assert said[0] == 413


async def _read(request: Request) -> Response:
    return Response(str(len(await request.body())))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return the measures alone, with somebody who may send files."""
    monkeypatch.setattr(asking, "may_send", lambda _session, _who: True)
    places = [
        Route("/_stcore/upload_file/{session}/{file}", _read, methods=["PUT"]),
        Route("/x", _read, methods=["POST"]),
    ]
    return TestClient(Starlette(routes=places, middleware=[Middleware(uploads.Uploads)]))


def _in_pieces(size: int) -> Iterator[bytes]:
    """Return a body whose length is not told."""
    whole, rest = divmod(size, 100_000)
    yield from (b"x" * 100_000 for _ in range(whole))
    yield b"x" * rest


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "chunked"])
def test_a_body_is_measured_whether_its_length_is_told_or_not(door: TestClient, is_told: bool):
    def send(method: str, path: str, size: int) -> int:
        body = b"x" * size if is_told else _in_pieces(size)
        return door.request(method, path, content=body).status_code

    file = "/_stcore/upload_file/s/f"
    assert send("POST", "/x", uploads.BODY_MAX) == 200
    assert send("POST", "/x", uploads.BODY_MAX + 1) == 413
    assert send("PUT", file, 20 * MB) == 200
    assert send("PUT", file, 30 * MB) == 413
    assert (uploads._coming.bytes, uploads._coming.sessions.total()) == (0, 0)


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "chunked"])
def test_all_sessions_together_hold_no_more_than_so_much(
    door: TestClient, is_told: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploads, "held", lambda: uploads.ALL_MAX - 5 * MB)
    for size, status in ((4 * MB, 200), (6 * MB, 413), (4 * MB, 200)):
        body = b"x" * size if is_told else _in_pieces(size)
        assert door.put("/_stcore/upload_file/s/f", content=body).status_code == status


@pytest.mark.parametrize("length", ["-1", "1e3", "many", "9" * 30])
def test_a_length_that_is_no_number_is_refused(door: TestClient, length: str):
    said = door.put("/_stcore/upload_file/s/f", content=b"x", headers={"content-length": length})
    assert said.status_code == 400


def test_every_field_for_files_is_asked_for_in_one_place():
    pages = Path(asking.__file__).parents[1]
    fields = re.compile(r"\b(file_uploader|camera_input|audio_input|chat_input)\(")
    files = [path for path in pages.rglob("*.py") if fields.search(path.read_text("utf-8"))]
    assert files == [Path(asking.__file__)]


@pytest.mark.parametrize(
    ("roles", "is_let_in"),
    [(set(), False), ({"politician"}, False), ({"reviewer"}, False), ({"planner"}, True)],
)
def test_the_right_is_that_of_the_page_and_of_the_one_who_sends(roles, is_let_in, monkeypatch):
    monkeypatch.setattr(asking, "_asking", {"s": frozenset({rights.check_planner})})
    assert asking.may_send("s", Staff("Någon", frozenset(roles))) is is_let_in
    assert not asking.may_send("s", None)
    assert not asking.may_send("another", Staff("Någon", frozenset(roles)))


def test_the_oldest_files_of_a_session_make_room(monkeypatch: pytest.MonkeyPatch):
    manager = MemoryUploadedFileManager("/x")
    monkeypatch.setattr(asking, "files", lambda: manager)
    for n in range(3):
        manager.add_file("s", UploadedFileRec(f"{n}", "f", "t", b"x" * 20_000_000))
    manager.add_file("other", UploadedFileRec("0", "f", "t", b"x" * 20_000_000))
    uploads.make_room("s", 25_000_000)
    assert list(manager.file_storage["s"]) == ["2"]
    assert list(manager.file_storage["other"]) == ["0"]
    assert uploads.held() == 40_000_000


def test_few_files_come_at_once():
    coming = uploads._OnTheirWay()
    assert [coming.begin("s") for _ in range(3)] == [True, True, False]
    coming.end("s", 0)
    assert coming.begin("s")
    assert [coming.begin(f"s{n}") for n in range(6)].count(True) == uploads.AT_ONCE_ALL - 2
