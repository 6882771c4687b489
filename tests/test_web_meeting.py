"""The page of a meeting: who may see it, what it never does, and what each step says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from markupsafe import escape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data import store
from data.answers import theme_assignment, themes
from data.decisions import decisions
from data.geodata import layers
from data.models import HideReason, Phase, Staff
from data.output import meeting_quotes, meeting_state, meetings
from data.review import review, review_move
from data.settings import Settings
from pages.web.mote import answering
from pages.web.mote.answering import step_of
from pages.web.routes import routes
from pages.web.site.origin import OwnOrigin
from pages.web.site.tiles import Tiles
from tests.conftest import NOON, make_comment, make_decision
from tests.test_answers_themes import PLANNER, REVIEWER, TEXTS, D, send
from tests.test_output_meetings import POLITICIAN

HOSTILE = '<script>alert(1)</script> "{{7*7}}" \' <img src=x onerror=alert(2)>'
ADDRESS = f"/mote?id={D}"


@pytest.fixture
def client(decision, at_noon) -> TestClient:
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))), middleware=[Middleware(OwnOrigin)])
    own = {"origin": "http://testserver"}
    return TestClient(app, headers=own, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def sign_in(monkeypatch) -> Callable[[Staff | None], None]:
    def as_(actor: Staff | None) -> None:
        monkeypatch.setattr(answering, "actor_of", lambda _request: actor)

    as_(REVIEWER)
    return as_


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _step(page: str, n: int) -> str:
    return page.split(f'id="steg-{n}"')[1].split('<section class="steg"')[0]


@pytest.mark.parametrize("actor", [None, Staff("Någon", frozenset())])
def test_nobody_else_sees_it(client, sign_in, actor):
    send(1)
    sign_in(actor)
    said = client.get(ADDRESS)
    assert said.status_code == 403
    assert "En lekplats" not in said.text
    for act in ("lage", "anteckning"):
        assert client.post(f"/mote/{act}", data={"id": D}).status_code == 403
    assert meetings.latest(REVIEWER, D) is None


def test_one_document_with_no_code_of_its_own(client, sign_in):
    send(1)
    said = client.get(ADDRESS)
    policy = said.headers["content-security-policy"]
    assert said.headers["cache-control"] == "private, no-store"
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert said.text.count('<section class="steg"') == 7
    assert re.findall(r"<script(?![^>]*\bsrc=)", said.text) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|https?://", said.text) == []
    assert all(one.startswith("/assets/karta/") for one in re.findall(r'src="([^"]+)"', said.text))


@pytest.mark.parametrize(
    ("asked", "step"), [("", 1), ("4", 4), ("0", 1), ("99", 7), ("-3", 1), ("x", 1), ("4e9", 1)]
)
def test_a_step_that_is_not_there_is_the_nearest(client, sign_in, asked, step):
    assert step_of(asked) == step
    assert f'data-steg="{step}"' in client.get(f"{ADDRESS}&steg={asked}").text


@pytest.mark.parametrize(
    "query", ["id=finns-inte", f"id={D}&lage=99", f"id={D}&lage=x", f"id={D}&lage=%C2%B2"]
)
def test_what_does_not_exist_is_not_found(client, sign_in, query):
    assert client.get(f"/mote?{query}").status_code == 404


def test_hostile_words_are_shown_as_words(client, sign_in):
    (comment,) = send(1, make_comment(text=HOSTILE))
    theme = themes.add(PLANNER, D, HOSTILE[:100], at=NOON)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    texts = {**TEXTS, "summary": HOSTILE, "answer": HOSTILE, "reason": HOSTILE}
    themes.save(PLANNER, theme, themes.ThemeTexts(title=theme.title, **texts), at=NOON)
    meeting_quotes.choose(PLANNER, D, theme.id, [comment], at=NOON)
    note = {"id": D, "steg": "1", "version": "0", "text": f"</textarea>{HOSTILE}"}
    assert client.post("/mote/anteckning", data=note).status_code == 303
    page = client.get(ADDRESS).text
    assert page.count(escape(HOSTILE)) >= 5
    assert "<script>" not in page
    assert "<img" not in page
    assert page.count("</textarea>") == 7


def test_the_first_visit_keeps_nothing_and_a_new_snapshot_is_kept(client, sign_in):
    send(1)
    assert "Osparat läge från 23 november 2026 kl. 12.00" in client.get(ADDRESS).text
    assert meetings.latest(REVIEWER, D) is None
    said = client.post("/mote/lage", data={"id": D})
    assert (said.status_code, said.headers["location"]) == (303, f"/mote?id={D}&steg=1")
    send(2)
    kept = meetings.latest(REVIEWER, D)
    assert kept is not None
    for address in (ADDRESS, f"{ADDRESS}&lage={kept.id}"):
        page = client.get(address).text
        assert "Läge från 23 november 2026 kl. 12.00" in page
        assert "Osparat" not in page
        assert "1 av 1." in _text(_step(page, 5)), "what was published afterwards is not there"


def test_what_was_kept_before_there_was_a_map_is_told_without_one(client, sign_in):
    send(6)
    kept = meetings.take(REVIEWER, D, at=NOON)
    content = json.loads(meeting_state.to_json(kept.content))
    del content["heard"]["edition"]
    for row in content["heard"]["areas"]:
        del row["code"]
    with store.transaction() as cursor:
        cursor.execute("UPDATE meeting_snapshots SET body = $1", [json.dumps(content)])
    step = _step(client.get(f"{ADDRESS}&lage={kept.id}").text, 3)
    assert '<svg class="omraden"' not in step
    assert "Ingen har hörts:" in _text(step)


def test_a_map_of_borders_that_have_changed_is_not_drawn(client, sign_in, monkeypatch):
    send(6)
    meetings.take(REVIEWER, D, at=NOON)
    monkeypatch.setattr(layers, "edition", lambda layer: f"en annan {layer}")
    page = client.get(ADDRESS).text
    assert '<svg class="omraden"' not in page
    for n in (2, 3, 5):
        assert "Områdenas gränser har ändrats sedan dess" in _text(_step(page, n)), n


def test_each_map_explains_every_colour_it_shows(client, sign_in):
    send(6)
    page = client.get(ADDRESS).text
    for n in (2, 3, 5):
        step = _step(page, n)
        drawn = step.split("</svg>")[0]
        assert 'role="img"' in drawn, n
        used = set(re.findall(r'fill="url\(#(\w+)-(\d)\)"', drawn))
        assert used, n
        explained = set(re.findall(r'id="\w+-(?:prov|ord)-(\d)"', step))
        assert {place for _key, place in used} == explained, n
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_acts_come_from_our_own_pages_only(client, sign_in):
    for act in ("lage", "anteckning"):
        sent = {"id": D, "steg": "1", "version": "0", "text": "hej"}
        for cross in ({"sec-fetch-site": "cross-site"}, {"origin": "null"}, {"origin": "http://x"}):
            assert client.post(f"/mote/{act}", data=sent, headers=cross).status_code == 403
        assert client.get(f"/mote/{act}").status_code in {404, 405}
        assert client.post(f"/mote/{act}", content=b"a=" + b"b" * 50_000).status_code == 403
    assert meetings.latest(REVIEWER, D) is None


def test_a_politician_reads_no_notes_and_freezes_nothing(client, sign_in):
    sign_in(POLITICIAN)
    page = client.get(ADDRESS).text
    assert "<textarea" not in page
    assert "/mote/lage" not in page
    assert client.post("/mote/lage", data={"id": D}).status_code == 403


def test_two_who_write_the_same_note_lose_nothing(client, sign_in):
    sent = {"id": D, "steg": "2", "version": "0"}
    script = {"accept": "application/json"}
    first = client.post("/mote/anteckning", data={**sent, "text": "min"}, headers=script)
    assert first.json() == {"version": 1, "text": "min"}
    second = client.post("/mote/anteckning", data={**sent, "text": "din"}, headers=script)
    assert second.status_code == 409
    assert (second.json()["text"], second.json()["version"]) == ("min", 1)
    plain = client.post("/mote/anteckning", data={**sent, "text": "<b>din"})
    assert plain.status_code == 409
    assert "&lt;b&gt;din" in plain.text


def test_a_note_that_is_too_long_is_not_cut_and_it_is_said_by_how_much(client, sign_in):
    assert "maxlength" not in client.get(ADDRESS).text
    sent = {"id": D, "steg": "2", "version": "0", "text": "a" * 2_009}
    said = client.post("/mote/anteckning", data=sent, headers={"accept": "application/json"})
    assert said.status_code == 413
    assert said.json()["said"] == "Texten är 9 tecken för lång. Korta den."


def test_a_quote_hidden_later_is_gone_from_an_old_snapshot(client, sign_in):
    (comment,) = send(1, make_comment(text="Spara eken."))
    theme = themes.add(PLANNER, D, "Träden", at=NOON)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    meeting_quotes.choose(PLANNER, D, theme.id, [comment], at=NOON)
    kept = meetings.take(REVIEWER, D, at=NOON)
    address = f"{ADDRESS}&lage={kept.id}"
    assert "Spara eken." in _step(client.get(address).text, 4)
    review.hide(comment, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    page = client.get(address).text
    assert "Spara eken." not in page
    assert "Citatet har tagits bort." in _step(page, 4)
    assert "1 av 1." in _text(_step(page, 4)), "the figure stands"


def test_each_step_says_plainly_that_there_is_nothing_yet(client, sign_in):
    decisions.add(
        make_decision(id="kommande", opens=date(2026, 12, 1), closes=date(2026, 12, 31), phases=()),
        number=2,
    )
    page = client.get("/mote?id=kommande").text
    for n, words in {
        1: "Inget är beskrivet.",
        2: "Förslaget berör uppskattningsvis",
        3: "Här finns inga synpunkter än.",
        4: "När synpunkter har kommit in sorteras de i teman.",
        5: "Antal visas när någon har tyckt till.",
        6: "Det finns inget förslag till svar än.",
        7: "Inga dagar är satta än.",
    }.items():
        assert words in _text(_step(page, n)), n
    send(1)
    assert "De är inte sorterade" not in page
    assert "Den är inte sorterad i teman än." in _text(_step(client.get(ADDRESS).text, 4))


def test_without_an_id_there_is_a_list_to_choose_from(client, sign_in):
    assert f'href="/mote?id={D}"' in client.get("/mote").text


def test_a_day_for_the_answer_that_has_passed_is_late_and_not_done(client, sign_in):
    promised = NOON.date() - timedelta(days=10)
    phase = Phase("feedback", promised, promised, {"sv": "Så här blev det"})
    late = make_decision(
        id="sen",
        opens=promised - timedelta(days=30),
        closes=promised - timedelta(days=5),
        answer_on=promised,
        phases=(phase,),
    )
    decisions.add(late, number=2)
    page = client.get("/mote?id=sen").text
    assert "Det är försenat." in _text(_step(page, 7))
    assert "Försenat: Så här blev det" in _text(_step(page, 7))
    assert "Svaret ska komma" not in _text(page)
    assert client.get(ADDRESS).text.count("EXEMPEL – inte ett riktigt beslut") >= 1


def test_a_frozen_meeting_says_what_was_done_since(client, sign_in):
    ids = [send(n)[0] for n in range(3)]
    kept = meetings.take(REVIEWER, D, at=NOON)
    address = f"{ADDRESS}&lage={kept.id}"
    assert "Läget är fryst" not in client.get(address).text
    decisions.add(make_decision(id="badplats"), number=2)
    later = NOON + timedelta(minutes=1)
    for one in ids[:2]:
        review_move.to_decision(REVIEWER, one, "badplats", at=later)
    assert "Läget är fryst. 2 synpunkter har publicerats, dolts eller flyttats" in _text(
        client.get(address).text
    )
