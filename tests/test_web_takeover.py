"""A stolen Streamlit session id opens nothing, whatever state its owner is in."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser_kit import serve
from tests.stream_client import StreamClient

pytestmark = pytest.mark.browser

LINK = re.compile(r"/logga-in\?kod=([\w-]+)")
SECRET = "granska.publicera"
WAITS = (5.0, 60.0)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def _cookie(address: str, code: str) -> str:
    """Sign in as a browser does, and give the cookie it would keep."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        opener.open(f"{address}/logga-in?kod={code}", timeout=20)
    except urllib.error.HTTPError as error:
        return error.headers["set-cookie"].split(";")[0]
    pytest.fail("the link did not sign anybody in")


def _thief(address: str, session: str) -> str:
    with StreamClient(address, "granska", session=session) as thief:
        thief.run()
        return thief.words


def test_a_stolen_session_id_gives_nothing(tmp_path: Path):
    with serve(tmp_path) as server:
        found = LINK.search(server.said())
        assert found is not None
        cookie = _cookie(server.address, found.group(1))
        owners = [StreamClient(server.address, "granska", cookie=cookie) for _ in WAITS]
        for owner in owners:
            owner.run()
            assert SECRET in owner.words, "the owner does not see the page"
        with StreamClient(server.address, "granska", cookie=cookie) as connected:
            connected.run()
            assert SECRET not in _thief(server.address, connected.session)
        with StreamClient(server.address, "granska", cookie=cookie) as back:
            back.run()
            assert SECRET in back.words, "the owner lost the page to the thief"
        began = time.monotonic()
        for owner in owners:
            owner.close()
        for owner, wait in zip(owners, WAITS, strict=True):
            time.sleep(max(0.0, began + wait - time.monotonic()))
            assert SECRET not in _thief(server.address, owner.session)
        last = StreamClient(server.address, "granska", cookie=cookie)
        last.run()
        assert SECRET in last.words
        request = urllib.request.Request(
            f"{server.address}/logga-ut",
            method="POST",
            headers={"Cookie": cookie, "Origin": server.address},
        )
        urllib.request.urlopen(request, timeout=20).close()
        last.run()
        assert SECRET not in last.words, "a signed-out person can go on"
        assert SECRET not in _thief(server.address, last.session)
        last.close()
        with StreamClient(server.address, "granska", cookie=cookie) as again:
            again.run()
            assert SECRET not in again.words, "the old cookie still opens the page"
