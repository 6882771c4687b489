"""The report at its addresses: public for all, the rest for its roles; packages by right."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import rights
from data.answers import answers, theme_assignment, themes
from data.enums import Outcome
from data.models import Staff
from data.output import archive, export_official, export_tables, report, report_pdf
from data.output.document import Document
from data.settings import Settings
from data.staff import jobs
from pages.shared.report import forms, making
from pages.web.routes import routes
from pages.web.site import for_staff
from pages.web.site.tiles import Tiles
from tests import pdf_kit
from tests.conftest import NOON, make_comment
from tests.test_answers_themes import PLANNER, REVIEWER, D, send

FORMULA = '=HYPERLINK("http://example.org";"klicka")'
ROLES = ["reviewer", "planner", "politician", "admin"]


@pytest.fixture
def client(decision, at_noon) -> Iterator[TestClient]:
    send(1, make_comment(text="<script>alert(1)</script> & [länk](http://x)"), persons=6)
    send(2, make_comment(text=FORMULA))
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


def _is(monkeypatch, *roles: str) -> None:
    actor = Staff("Någon", frozenset(roles)) if roles else None
    monkeypatch.setattr(for_staff, "actor_of", lambda _request: actor)


def test_the_page_says_what_the_pdf_says_in_the_same_order(client: TestClient, decision):
    got = client.get(f"/rapport/{D}")
    assert got.status_code == 200
    assert '<html lang="sv">' in got.text
    assert "<script" not in got.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [länk](http://x)" in got.text
    document = making.public(decision, forms.SUMMARY, at=NOON)
    headings = re.findall(r"<h[234] id=\"([\w-]+)\"", got.text)
    assert headings == [one.key for one in document.blocks if hasattr(one, "key")]
    assert len(set(headings)) == len(headings)
    levels = [int(n) for n in re.findall(r"<h(\d)", got.text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = re.findall(r"<table>.*?</table>", got.text)
    assert all("<caption>" in table and 'scope="col"' in table for table in tables)
    assert all('scope="row"' in table for table in tables)
    assert got.text.count('role="img" aria-label="Karta') == 3


def test_the_pdf_has_an_address_of_its_own_and_is_not_made_twice(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    made, pdf = [], report_pdf.pdf

    def count(document: Document) -> bytes:
        made.append(document)
        return pdf(document)

    monkeypatch.setattr(report_pdf, "pdf", count)
    address = f"/api/v1/decisions/{D}/report.pdf"
    first = client.get(address)
    assert first.content.startswith(b"%PDF-1.7")
    assert first.headers["content-type"] == "application/pdf"
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get(address).content == first.content
    assert len(made) == 1


@pytest.mark.parametrize("text", ["Bra 👍", "สวัสดีครับ", "Ny \U0001fae9", "\ue000", "𓀀"])
def test_no_letter_of_a_comment_takes_the_pdf_away(client: TestClient, text: str):
    send(3, make_comment(text=f"Före {text} efter"))
    got = client.get(f"/api/v1/decisions/{D}/report.pdf")
    assert got.status_code == 200
    assert "Före" in pdf_kit.words(got.content)


def test_what_cannot_be_made_is_said_plainly(client: TestClient):
    asked = {"form": forms.CONSULTATION}
    got = client.get(f"/api/v1/decisions/{D}/report.pdf", params=asked)
    assert got.status_code == 409
    assert got.json()["detail"] == "Svaret på synpunkterna är inte publicerat än."
    page = client.get(f"/rapport/{D}", params=asked)
    assert page.status_code == 409
    assert f'href="/teman?id={D}&amp;del=publicera"' in page.text
    assert client.get(f"/rapport/{D}", params={"form": "roman"}).status_code == 404
    assert client.get("/rapport/ingen").status_code == 404


def test_the_official_page_is_for_officials(client: TestClient, monkeypatch):
    for role in (None, *ROLES, "gäst"):
        _is(monkeypatch, *([role] if role else []))
        got = client.get(f"/rapport/{D}/tjansteman")
        assert got.status_code == (200 if role in ROLES else 403), role
        assert got.headers["cache-control"] in {"private, no-store", "no-store"}
        assert ("För tjänstemän och förtroendevalda" in got.text) == (role in ROLES)


def test_a_made_file_is_for_who_had_it_made(client: TestClient, monkeypatch):
    job = jobs.start(
        REVIEWER, lambda _job: b"innehall", file="a.pdf", media="application/pdf", steps=1, at=NOON
    )
    _wait(job)
    address = f"/rapport/{D}/fil/{job.id}"
    for roles in ([], ["planner"], ["gäst"]):
        _is(monkeypatch, *roles)
        assert client.get(address).status_code == 404
    monkeypatch.setattr(for_staff, "actor_of", lambda _request: REVIEWER)
    got = client.get(address)
    assert got.content == b"innehall"
    assert got.headers["cache-control"] == "private, no-store"


def _wait(job: jobs.Job) -> None:
    until = time.monotonic() + 10
    while job.state == jobs.RUNNING and time.monotonic() < until:
        time.sleep(0.01)


def test_work_tells_how_far_it_is_and_stops_when_it_is_told(empty_store):
    def work(job: jobs.Job) -> bytes:
        job.next("figures")
        while True:
            time.sleep(0.01)
            job.next("pdf")

    job = jobs.start(PLANNER, work, file="a", media="b", steps=2, at=NOON)
    assert jobs.find(REVIEWER, job.id) is None
    jobs.cancel(REVIEWER, job.id)
    assert not job.is_stopped()
    jobs.cancel(PLANNER, job.id)
    _wait(job)
    assert (job.state, job.result) == (jobs.CANCELLED, b"")
    broken = jobs.start(PLANNER, lambda _job: b"" + None, file="a", media="b", steps=1, at=NOON)
    _wait(broken)
    assert broken.state == jobs.FAILED


def test_the_archive_is_whole_summed_and_runs_in_no_spreadsheet(client: TestClient, decision):
    with pytest.raises(rights.NotAllowedError):
        archive.package(REVIEWER, decision, reports={}, at=NOON)
    packed = archive.package(PLANNER, decision, reports={"rapport.pdf": b"%PDF"}, at=NOON)
    assert archive.package(PLANNER, decision, reports={"rapport.pdf": b"%PDF"}, at=NOON) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    sums = dict(
        reversed(line.split("  ", 1)) for line in files[archive.MANIFEST].decode().splitlines()
    )
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != archive.MANIFEST
    }
    assert files["rapport/rapport.pdf"] == b"%PDF"
    read_me = files["LÄS MIG.txt"].decode("utf-8-sig")
    assert all(f"csv/{name}.csv" in read_me for name in ("synpunkter", "teman", "kontakter"))
    assert "Siffrorna är från 23 november 2026 kl. 12.00." in read_me
    for name, content in files.items():
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
            cells = [cell for row in rows for cell in row]
            assert not [c for c in cells if re.match(r"^\s*[=+@]|^\s*-\D", c)], name
    said = json.loads(files["geojson/synpunkter.geojson"])["features"]
    assert {one["properties"]["text"] for one in said} >= {FORMULA}
    assert "publish" in files["logg.csv"].decode("utf-8-sig")


def test_the_official_tables_hold_drafts_only_for_who_may_read_them(client: TestClient, decision):
    theme = themes.add(PLANNER, D, "Skugga", at=NOON)
    (one, *_rest) = report.public(decision, at=NOON).comments
    theme_assignment.gather(PLANNER, D, theme.id, [one.id], at=NOON)
    politician = Staff("Förtroendevald", frozenset({"politician"}))
    made = {t.name: t.rows for t in export_official.tables(PLANNER, decision, at=NOON)}
    assert list(made["teman"]["theme"]) == ["Skugga"]
    assert (
        dict(zip(made["synpunkter"]["id"], made["synpunkter"]["themes"], strict=True))[one.id]
        == "Skugga"
    )
    assert made["teman"]["theme_persons"].isin([5]).all()
    read = {t.name: t.rows for t in export_official.tables(politician, decision, at=NOON)}
    assert read["teman"].empty
    with pytest.raises(rights.NotAllowedError):
        export_official.tables(None, decision, at=NOON)


def test_the_theme_stands_beside_the_comment_once_the_answer_is_published(
    client: TestClient, decision
):
    theme = themes.add(PLANNER, D, "Skugga", at=NOON)
    themes.save(
        PLANNER,
        theme,
        themes.ThemeTexts(
            title="Skugga",
            summary="Många vill ha skugga.",
            answer="Vi planterar två träd.",
            outcome=Outcome.MET,
            reason="",
        ),
        at=NOON,
    )
    first, second = (one.id for one in report.public(decision, at=NOON).comments)
    theme_assignment.gather(PLANNER, D, theme.id, [first, second], at=NOON)

    def told() -> list[str]:
        tables = {one.name: one.rows for one in export_tables.public(decision, at=NOON)}
        return tables["synpunkter"]["themes"].tolist()

    assert told() == ["", ""]
    draft = answers.draft(PLANNER, D)
    answers.save_draft(PLANNER, draft, texts={"sv": "Ja."}, decided_on=None, at=NOON)
    answers.publish(PLANNER, D, NOON)
    assert told() == ["Skugga", "Skugga"]
