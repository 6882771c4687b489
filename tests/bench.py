"""Speed as ratios within one run: ``python -m tests.bench``.

Every figure sets two things beside each other on the same machine in the same run, so a slow or
busy machine changes both. Nothing here is a test: a time is never asserted.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
from shapely import box

from data import clock, settings, store
from data.comments import exact_persons, results
from data.decisions import decisions
from data.geodata import layers
from data.models import Decision
from data.output import report_pdf
from data.staff import sessions
from geo import impact
from pages.shared.report import forms, making
from pages.shared.session.signed_in import COOKIE
from tests import browser_kit
from tests.conftest import make_decision
from tests.store_kit import tell_changed
from tests.stream_client import StreamClient

ROUNDS = 25
COMMENTS = 1_000_000
AREA_SIDE_M = 1_000.0


def _median_seconds(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Time the works in turn, round by round, and give each one's median."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for times, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def _say(name: str, ratio: float, goal: float, detail: str) -> None:
    mark = "holds" if ratio <= goal else "MISSED"
    print(f"{name}: {ratio:.2f} (goal {goal:g}, {mark})  {detail}", flush=True)


_FILL_SUBMISSIONS = """
INSERT INTO submissions
    (key, receipt, sent_to, received_at, channel, persons, language, example)
SELECT 'bench-' || i, 'bench-' || i, $1, $2, 'web', 1, 'sv', TRUE FROM range($3) AS r(i)
"""
_FILL_COMMENTS = """
INSERT INTO comments (submission_id, decision_id, kind, stance, original, public_text, state,
                      place_how, place_words, lon, lat, public_lon, public_lat,
                      received_at, published_at, example)
SELECT i + (SELECT min(id) FROM submissions WHERE key = 'bench-0'), $1,
       ['like', 'concern', 'idea', 'question'][1 + i % 4],
       ['for', 'against', 'both', 'none'][1 + (i // 7) % 4],
       'Ett exempel', 'Ett exempel', 'published', 'pin', '',
       14.46 + (i % 1000) / 10000.0, 59.30 + (i // 1000 % 1000) / 20000.0,
       14.46 + (i % 1000) / 10000.0, 59.30 + (i // 1000 % 1000) / 20000.0,
       $2, $2, TRUE
FROM range($3) AS r(i)
"""
_FILL_CODES = """
INSERT INTO comment_codes
SELECT id, $2, '', $3[1 + id % len($3)] FROM comments
WHERE decision_id = $1 AND original = 'Ett exempel'
"""
_PLAIN = """
SELECT code, stance, count(*) FROM comments JOIN comment_codes ON comment_id = id
WHERE decision_id = $1 AND state = 'published' AND layer = 'deso' AND edition = ''
GROUP BY code, stance
"""


def _fill(decision_id: str, count: int) -> None:
    """Store `count` published comments, one a person, spread over all areas of every layer."""
    at = datetime.combine(clock.today() - timedelta(days=1), datetime.min.time(), UTC)
    with store.cursor() as cursor:
        cursor.execute(_FILL_SUBMISSIONS, [decision_id, at, count])
        cursor.execute(_FILL_COMMENTS, [decision_id, at, count])
        for name in layers.LAYERS:
            codes = list(layers.frame(name).index)
            cursor.execute(_FILL_CODES, [decision_id, name, codes])


def bench_aggregate() -> None:
    """Count comments per neighbourhood and stance against a plain GROUP BY on the stored code."""
    with tempfile.TemporaryDirectory() as folder:
        store.open_store(Path(folder) / "bench.duckdb")
        try:
            _fill("bench", COMMENTS)

            def plain() -> object:
                with store.cursor() as cursor:
                    return cursor.execute(_PLAIN, ["bench"]).fetchall()

            ours, persons, base = _median_seconds(
                lambda: results.comments_by_area("bench", "deso"),
                lambda: exact_persons.by_area("bench", "deso"),
                plain,
            )
        finally:
            store.close_store()
    detail = f"{ours * 1e3:.1f} ms against {base * 1e3:.1f} ms at {COMMENTS:,} comments"
    _say("aggregate per neighbourhood and stance / plain GROUP BY", ours / base, 1.5, detail)
    print(f"  for the record, persons per neighbourhood: {persons / base:.1f} x the plain one")


def _town(count: int) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Square neighbourhoods of 1 km in a square town, each with four cells of people."""
    side = int(np.ceil(np.sqrt(count)))
    x, y = np.divmod(np.arange(count), side)
    west, south = 400_000 + x * AREA_SIDE_M, 6_500_000 + y * AREA_SIDE_M
    neighbourhoods = gpd.GeoDataFrame(
        {"name": [f"Ruta {i}" for i in range(count)], "population": 1200.0, "adults": 960.0},
        geometry=box(west, south, west + AREA_SIDE_M, south + AREA_SIDE_M),
        index=[f"n{i}" for i in range(count)],
        crs="EPSG:3006",
    ).rename_axis("code")
    half = AREA_SIDE_M / 2
    corners = [(0, 0), (half, 0), (0, half), (half, half)]
    cells = gpd.GeoDataFrame(
        {"people": 300.0, "code": np.tile(neighbourhoods.index, 4)},
        geometry=np.concatenate(
            [box(west + dx, south + dy, west + dx + half, south + dy + half) for dx, dy in corners]
        ),
        crs="EPSG:3006",
    )
    return neighbourhoods, cells


def bench_affected() -> None:
    """Rank affected neighbourhoods in a country of 6 160 areas against a town of 60."""
    bands = impact.Bands(500, 1000, 2000)
    works = []
    for count in (60, 6160):
        neighbourhoods, cells = _town(count)
        middle = 400_000 + np.sqrt(count) * AREA_SIDE_M / 2
        area = box(middle, 6_503_000, middle + 400, 6_503_400)
        works.append(
            lambda area=area, n=neighbourhoods, c=cells: impact.affected_neighbourhoods(
                area, n, c, bands=bands
            )
        )
    small, large = _median_seconds(*works, rounds=25)
    detail = f"{large * 1e3:.1f} ms at 6160 against {small * 1e3:.1f} ms at 60"
    _say("affected neighbourhoods, 6160 areas / 60 areas", large / small, 1.5, detail)


def _first_decision() -> str:
    from data.decisions import decisions

    return next(
        decision.id for _, decision in decisions.list_all() if decision.opens <= date.today()
    )


def _prepared(folder: Path, count: int) -> str:
    """Make a demo database with `count` more comments on the first open decision."""
    from data.demo import seed

    chosen = settings.Settings(
        database=folder / "dialogkartan.duckdb", demo=True, tile_url="", tile_cache=folder / "tiles"
    )
    store.open_store(chosen.database)
    try:
        seed.seed_if_empty(chosen, clock.today())
        decision_id = _first_decision()
        _fill(decision_id, count)
    finally:
        store.close_store()
    return decision_id


def bench_payload() -> None:
    """Count the websocket bytes of the result page with many and with few comments."""
    sent = {}
    for count in (1_000, 100_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            decision_id = _prepared(folder, count)
            with (
                browser_kit.serve(folder, DIALOG_DEMO="0") as server,
                StreamClient(server.address, "resultat", f"id={decision_id}&visa=omrade") as page,
            ):
                sent[count] = page.run()
    detail = f"{sent[100_000]:,} bytes at 100 000 comments, {sent[1_000]:,} at 1 000"
    _say("websocket bytes of /resultat, 100 000 / 1 000", sent[100_000] / sent[1_000], 1.1, detail)


_EMPTY_APP = """
import gc
from contextlib import asynccontextmanager
from pathlib import Path
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

@asynccontextmanager
async def lifespan(app):
    gc.collect()
    gc.freeze()
    yield {}

app = st.App(
    Path(__file__).resolve().parent / "empty.py",
    routes=[Route("/readyz", lambda request: PlainTextResponse("ok"))],
    lifespan=lifespan,
)
"""
RERUNS = 150


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cpu_of_reruns(
    server: browser_kit.Server, page: str, query: str, *, cookie: str = "", reruns: int = RERUNS
) -> float:
    with StreamClient(server.address, page, query, cookie=cookie) as client:
        for _ in range(10):
            client.run()
        start = _cpu_seconds(server.pid)
        for _ in range(reruns):
            client.run()
        return (_cpu_seconds(server.pid) - start) / reruns


def bench_rerun() -> None:
    """Set the CPU of one rerun of /forslag beside one of an empty page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ours").mkdir()
        (folder / "empty").mkdir()
        decision_id = _prepared(folder / "ours", 0)
        (folder / "empty" / "app.py").write_text(_EMPTY_APP, encoding="utf-8")
        (folder / "empty" / "empty.py").write_text(
            "import streamlit as st\nst.title('Tom')\n", encoding="utf-8"
        )
        config = (browser_kit.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
        (folder / "empty" / ".streamlit").mkdir()
        (folder / "empty" / ".streamlit" / "config.toml").write_text(config, encoding="utf-8")
        with (
            browser_kit.serve(folder / "empty", root=folder / "empty") as bare,
            browser_kit.serve(folder / "ours", DIALOG_DEMO="0") as full,
        ):
            pairs = [
                (_cpu_of_reruns(full, "forslag", f"id={decision_id}"), _cpu_of_reruns(bare, "", ""))
                for _ in range(3)
            ]
    ours, empty = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours * 1e3:.1f} ms against {empty * 1e3:.1f} ms CPU"
    _say("rerun CPU of /forslag / an empty page", ours / empty, 6, detail)


VIEWS = ("berorda", "synpunkter", "omrade", "stallning", "tystnad")
FEW, MANY = 10_000, 10_000_000


def bench_result() -> None:
    """Set the CPU of the result's views at ten million comments beside that at ten thousand.

    The figures are cached, as they are until something is published; the first look is told too.
    """
    with tempfile.TemporaryDirectory() as name:
        servers = {}
        with contextlib.ExitStack() as stack:
            for count in (FEW, MANY):
                folder = Path(name) / str(count)
                folder.mkdir()
                decision_id = _prepared(folder, count)
                servers[count] = stack.enter_context(browser_kit.serve(folder, DIALOG_DEMO="0"))
            for view in VIEWS:
                query = f"id={decision_id}&visa={view}"
                start = time.perf_counter()
                with StreamClient(servers[MANY].address, "resultat", query) as page:
                    page.run()
                first = time.perf_counter() - start
                few, many = (
                    _cpu_of_reruns(servers[count], "resultat", query, reruns=40)
                    for count in (FEW, MANY)
                )
                detail = (
                    f"{many * 1e3:.1f} ms against {few * 1e3:.1f} ms CPU; first look {first:.1f} s"
                )
                _say(f"result, {view}, 10 000 000 / 10 000 comments", many / few, 1.5, detail)


_READ_ALL = "UPDATE comments SET state = 'published' WHERE state = 'waiting'"
_LET_WAIT = """
UPDATE comments SET state = 'waiting', original = 'Synpunkt ' || hash(id) || ' om gatan vid skolan'
WHERE original = 'Ett exempel'
"""


def _with_waiting(folder: Path, count: int) -> str:
    """Make a demo database where `count` comments wait, and give a reviewer's cookie."""
    _prepared(folder, count)
    store.open_store(folder / "dialogkartan.duckdb")
    try:
        with store.cursor() as cursor:
            cursor.execute(_READ_ALL)
            cursor.execute(_LET_WAIT)
        code = sessions.new_link("http://localhost", clock.now()).partition("kod=")[2]
        return f"{COOKIE}={sessions.redeem(code, clock.now())}"
    finally:
        store.close_store()


def bench_review() -> None:
    """Set bytes and CPU of one rerun of /granska with 1 000 waiting beside those with 10."""
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in (10, 1_000)}
        for folder in folders.values():
            folder.mkdir()
        cookies = {count: _with_waiting(folder, count) for count, folder in folders.items()}
        with (
            browser_kit.serve(folders[10], DIALOG_DEMO="0") as few,
            browser_kit.serve(folders[1_000], DIALOG_DEMO="0") as many,
        ):
            asked = [(few, cookies[10]), (many, cookies[1_000])]
            small, large = (_bytes_of_rerun(server, "granska", cookie) for server, cookie in asked)
            pairs = [
                [_cpu_of_reruns(server, "granska", "", cookie=cookie) for server, cookie in asked]
                for _ in range(3)
            ]
    detail = f"{large:,} bytes at 1 000 waiting, {small:,} at 10"
    _say("websocket bytes of /granska, 1 000 / 10 waiting", large / small, 1.1, detail)
    ten, thousand = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{thousand * 1e3:.1f} ms against {ten * 1e3:.1f} ms CPU"
    _say("rerun CPU of /granska, 1 000 / 10 waiting", thousand / ten, 1.2, detail)


def bench_report() -> None:
    """Set the time to make the report of 2 000 comments beside that of none, figures to PDF."""
    taken = []
    for count in (0, 2_000):
        store.open_store(store.IN_MEMORY)
        try:
            shown = make_decision()
            decisions.add(shown, number=1)
            if count:
                _fill(shown.id, count)

            def work(decision: Decision = shown) -> object:
                tell_changed(decision.id)
                document = making.public(decision, forms.SUMMARY, at=clock.now())
                return report_pdf.pdf(document)

            taken += _median_seconds(work, rounds=3)
        finally:
            store.close_store()
    empty, full = taken
    detail = f"{full:.2f} s at 2 000 comments, {empty:.2f} s at none"
    _say("report as PDF, 2 000 / 0 comments", full / empty, 10, detail)


def _bytes_of_rerun(server: browser_kit.Server, page: str, cookie: str) -> int:
    with StreamClient(server.address, page, cookie=cookie) as client:
        client.run()
        return client.run()


BENCHES = {
    "aggregate": bench_aggregate,
    "affected": bench_affected,
    "payload": bench_payload,
    "rerun": bench_rerun,
    "result": bench_result,
    "review": bench_review,
    "report": bench_report,
}


def main() -> None:
    """Run all benches, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which ones; all if none")
    chosen = parser.parse_args().names or list(BENCHES)
    for name in chosen:
        gc.collect()
        BENCHES[name]()


if __name__ == "__main__":
    main()
