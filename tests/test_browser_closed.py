"""When the store cannot be used: one clear sentence, in the terminal and on the page."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data import store
from tests.browser_kit import DESKTOP, Server, axe_violations, serve, settled, visit

pytestmark = pytest.mark.browser


def _made(folder: Path) -> Path:
    path = folder / "dialogkartan.duckdb"
    store.open_store(path)
    store.close_store()
    return path


def _is_closed(browser: Browser, server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(server.address + "/readyz", timeout=5)
    with answered.value as answer:
        assert answer.code == 503
    with visit(browser, server, **DESKTOP) as (page, watch):
        for address in ("/", "/forslag?id=ex-1-skola-vaster", "/granska"):
            page.goto(address)
            settled(page)
            expect(page.get_by_role("heading", level=1)).to_have_text("Tjänsten är stängd just nu")
            assert page.get_by_role("textbox").count() == 0
            assert axe_violations(page) == []
        watch.console = [line for line in watch.console if "503" not in line]


def test_a_damaged_file(chromium: Browser, tmp_path: Path):
    path = _made(tmp_path)
    path.write_bytes(b"inte en databas" * 1000)
    with serve(tmp_path, wait_ready=False) as server:
        _is_closed(chromium, server)
        assert "skadad" in server.said()
        assert "Traceback" not in server.said()
    assert path.read_bytes() == b"inte en databas" * 1000


def test_a_lost_file(chromium: Browser, tmp_path: Path):
    path = _made(tmp_path)
    path.unlink()
    with serve(tmp_path, wait_ready=False) as server:
        _is_closed(chromium, server)
        assert "borta" in server.said()
        assert "Traceback" not in server.said()
    assert not path.exists()


def test_a_file_that_another_process_holds(chromium: Browser, tmp_path: Path):
    path = _made(tmp_path)
    hold = (
        f"import duckdb, sys\nheld = duckdb.connect({str(path)!r})\n"
        "print('held', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        with serve(tmp_path, wait_ready=False) as server:
            _is_closed(chromium, server)
            assert "används av ett annat program" in server.said()
            assert "Traceback" not in server.said()
        holder.communicate("")


def test_a_place_that_cannot_be_written(chromium: Browser, tmp_path: Path):
    in_the_way = tmp_path / "fil"
    in_the_way.write_text("inte en mapp", encoding="utf-8")
    database = str(in_the_way / "dialogkartan.duckdb")
    with serve(tmp_path, wait_ready=False, DIALOG_DATABASE=database) as server:
        _is_closed(chromium, server)
        assert "går inte att skriva" in server.said()
        assert "Traceback" not in server.said()
