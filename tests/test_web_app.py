"""The service as a whole: it starts, says what is wrong, and is never half open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data import settings

ROOT = Path(__file__).resolve().parents[1]
ASK = """
from starlette.testclient import TestClient
import app
with TestClient(app.app) as client:
    print("READY", client.get("/readyz").status_code)
    print("HEALTHY", client.get("/healthz").status_code)
    page = client.get("/forslag", headers={"accept": "text/html"})
    print("PAGE", page.status_code, "lang=\\"sv\\"" in page.text)
    print("NO PAGE", client.get("/finns-inte", headers={"accept": "text/html"}).status_code)
    print("API", client.get("/api/v1/decisions.geojson").status_code)
    print("MAP", client.get("/presentation/karta").status_code)
    print("LEAFLET", client.get("/assets/leaflet/leaflet.js").status_code)
    start = page.text.split('/page.js"')[0].split('"')[-1] + "/page.js"
    print("START", "immutable" in client.get(start).headers["cache-control"])
    print("OLD", client.get("/assets/karta/000000000000/page.js").headers["cache-control"])
    print("METRICS", client.get("/_stcore/metrics").status_code)
    print("ASSET", client.get("/assets/karta/000000000000/none.js").status_code)
    print("DOTS", client.get("/assets/karta/x/%2e%2e/%2e%2e/%2e%2e/app.py").status_code)
"""


def _run(database: Path, **more: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DIALOG_")}
    environment = {
        **clean,
        "DIALOG_DATABASE": str(database),
        "DIALOG_TILE_URL": "",
        "PYTHONIOENCODING": "utf-8",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_fresh_start_is_open_and_prints_the_way_in(tmp_path: Path):
    said = _run(tmp_path / "ny" / "dialog.duckdb")
    assert "READY 200" in said
    assert "PAGE 200 True" in said
    assert "NO PAGE 404" in said
    assert "API 200" in said
    assert "MAP 200" in said
    assert "LEAFLET 200" in said
    assert "START True" in said
    assert "OLD no-cache" in said
    assert "METRICS 404" in said
    assert "ASSET 404" in said
    assert "DOTS 200" not in said
    assert said.count("/logga-in?kod=") == 1


def test_the_example_is_written_when_asked_for(tmp_path: Path):
    database = tmp_path / "dialog.duckdb"
    _run(database, DIALOG_DEMO="1")
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute("SELECT count(*) FROM decisions").fetchone()
    assert row is not None
    assert row[0] == 8


@pytest.mark.parametrize("fault", ["damaged", "missing", "locked"])
def test_a_broken_store_is_said_plainly_and_nothing_is_half_open(tmp_path: Path, fault: str):
    database = tmp_path / "dialog.duckdb"
    lock = None
    if fault == "damaged":
        database.write_bytes(b"this is not a database" * 1000)
    else:
        _run(database)
    if fault == "missing":
        database.unlink()
    if fault == "locked":
        lock = duckdb.connect(str(database))
    said = _run(database)
    if lock is not None:
        lock.close()
    swedish = [line for line in said.splitlines() if line.startswith("Databasfilen")]
    english = [line for line in said.splitlines() if line.startswith("The database file")]
    assert len(swedish) == len(english) == 1
    assert str(database) in swedish[0]
    assert "Traceback" not in said
    assert "READY 503" in said
    assert "HEALTHY 200" in said
    assert "API 503" in said
    assert "PAGE 200 True" in said, "the page itself says that the service is closed"
    assert "/logga-in" not in said
    if fault == "missing":
        assert not database.exists(), "a lost file is never replaced by an empty one"


def test_the_app_file_shows_its_pages_to_a_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    request.getfixturevalue("empty_store")
    own = settings.Settings(database=tmp_path / "x.duckdb", tile_url="")
    monkeypatch.setattr(settings, "load", lambda: own)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not at.exception
    assert at.title


def test_a_mail_server_without_the_rest_is_said_plainly_and_all_else_works(tmp_path: Path):
    said = _run(tmp_path / "dialog.duckdb", DIALOG_SMTP_HOST="127.0.0.1")
    assert "Inga mejl skickas. DIALOG_SMTP_SENDER" in said
    assert "READY 200" in said
    everything = {
        "DIALOG_SMTP_HOST": "127.0.0.1",
        "DIALOG_SMTP_PORT": "1",
        "DIALOG_SMTP_SECURITY": "none",
        "DIALOG_SMTP_SENDER": "dialog@example.se",
        "DIALOG_BASE_URL": "https://dialog.example.se",
    }
    said = _run(tmp_path / "dialog.duckdb", **everything)
    assert "Inga mejl skickas" not in said
    assert "READY 200" in said
