"""Where a decision stands: its dates, and what has been published, on every surface alike."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, settings
from data.answers import answers, theme_assignment
from data.answers.answers import Missing
from data.comments import progress
from data.comments import published as comments
from data.decisions import decisions
from data.enums import OTHER_THEME
from data.models import Status
from data.output import export_tables, meetings, report
from data.planning import next_steps
from data.planning.next_steps import Need
from pages.shared import addresses
from pages.shared.session import signed_in
from pages.shared.words.texts import status_look
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import CLOSES, NOON, OPENS, make_comment, make_decision
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER, REVIEWER, D, send

PAGES = Path(__file__).resolve().parents[1] / "pages"
# after the last day for comments, and before the day on which the answer is promised
BETWEEN = CLOSES + timedelta(days=10)
PROMISED = date(2027, 1, 15)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def _publish(at: datetime, decided_on: date | None = None) -> None:
    draft = answers.draft(PLANNER, D)
    answers.save_draft(PLANNER, draft, texts={"sv": "Den byggs."}, decided_on=decided_on, at=at)
    answers.publish(PLANNER, D, at)


@pytest.mark.parametrize(
    ("published", "on", "status"),
    [
        (None, OPENS - timedelta(days=1), Status.UPCOMING),
        (None, OPENS, Status.OPEN),
        (None, CLOSES, Status.CLOSING_SOON),
        (None, CLOSES + timedelta(days=1), Status.SUMMARISING),
        (None, PROMISED + timedelta(days=1), Status.SUMMARISING),
        # an answer that comes while the dialogue is open closes nothing
        (OPENS, OPENS, Status.OPEN),
        (OPENS, CLOSES, Status.CLOSING_SOON),
        (OPENS, CLOSES + timedelta(days=1), Status.DECIDED),
        (BETWEEN, BETWEEN, Status.DECIDED),
        # and says nothing of the day before it
        (BETWEEN, BETWEEN - timedelta(days=1), Status.SUMMARISING),
    ],
)
def test_a_status_follows_the_dates_and_what_is_published(decision, published, on, status):
    if published is not None:
        _publish(_noon(published))
    assert progress.status(decision, on) is status


def test_the_answer_is_promised_then_late_then_there(decision):
    late = PROMISED + timedelta(days=1)
    stands = progress.of(decision, PROMISED)
    assert (stands.promised_on, stands.is_overdue, stands.answered_on) == (PROMISED, False, None)
    assert progress.of(decision, late).is_overdue
    _publish(_noon(late))
    stands = progress.of(decision, late)
    assert (stands.promised_on, stands.is_overdue, stands.answered_on) == (None, False, late)


def test_answered_is_not_called_decided_until_a_day_is_known(decision):
    _publish(_noon(BETWEEN))
    assert status_look(progress.of(decision, BETWEEN)).word == "Besvarad"
    _publish(_noon(BETWEEN), decided_on=BETWEEN)
    stands = progress.of(decision, BETWEEN)
    assert (status_look(stands).word, stands.decided_on) == ("Beslutad", BETWEEN)


def test_an_answered_decision_waits_for_its_day_to_be_noted(decision):
    _publish(_noon(BETWEEN))
    (work,) = next_steps.of_all(PLANNER, at=_noon(BETWEEN))
    assert work.need is Need.CLOSE


@pytest.fixture
def client(decision, monkeypatch) -> Iterator[TestClient]:
    own = settings.Settings(tile_url="", base_url="https://dialog.example.se")
    monkeypatch.setattr(settings, "load", lambda: own)
    monkeypatch.setattr(clock, "now", lambda: _noon(BETWEEN))
    send(1, make_comment(), persons=6)
    said = [one.id for one in comments.published(D)]
    theme_assignment.gather(PLANNER, D, OTHER_THEME, said, at=_noon(BETWEEN))
    with TestClient(Starlette(routes=routes(Tiles(own)))) as found:
        yield found


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# every page and address that says where a decision stands, or when the answer comes
PAGES_SAYING = {
    "overview": ("overview.py", {}),
    "proposal": ("forslag.py", {"id": D}),
    "comment": ("synpunkt/page.py", {"id": D}),
    "answer": ("svar.py", {"id": D}),
    "result": ("resultat/page.py", {"id": D, "lager": "svar"}),
}
ADDRESSES = {
    "frame of one": f"/inbaddad?id={D}",
    "frame of all": "/inbaddad",
    "feed": "/flode.atom",
    "report": f"{addresses.REPORT}/{D}",
}


@pytest.mark.parametrize("name", PAGES_SAYING)
def test_no_page_promises_an_answer_that_has_come(client, name):
    page, asked = PAGES_SAYING[name]
    before = words(open_page(page, **asked))
    _publish(_noon(BETWEEN))
    after = words(open_page(page, **asked))
    assert before != after
    for gone in ("Sammanställs", "svaret kommer", "svaret är inte klart", "läser nu allt"):
        assert gone.casefold() not in after.casefold()


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_promises_an_answer_that_has_come(client, name):
    before = _text(client.get(ADDRESSES[name]).text)
    _publish(_noon(BETWEEN))
    after = _text(client.get(ADDRESSES[name]).text)
    assert before != after
    for gone in ("Sammanställs", "Svaret kommer", "Det ska komma"):
        assert gone not in after


def test_every_place_gives_the_same_status(client, decision):
    def told() -> set[str]:
        at = _noon(BETWEEN)
        found = client.get("/api/v1/decisions.geojson").json()["features"]
        one = client.get(f"/api/v1/decisions/{D}.geojson").json()["features"]
        ogc = client.get("/ogc/collections/forslag/items").json()["features"]
        given = [row["properties"]["status"] for row in (*found, *one, *ogc)]
        tables = {table.name: table.rows for table in export_tables.public(decision, at=at)}
        given.append(tables["forslag"]["status"][0])
        given.append(report.public(decision, at=at).status.value)
        given.append(meetings.fresh(REVIEWER, D, at=at).content.decision.status)
        return set(given)

    areas = addresses.all_decisions(), addresses.decision(D)
    assert told() == {Status.SUMMARISING.value}
    _publish(_noon(BETWEEN))
    assert told() == {Status.DECIDED.value}
    # what browsers keep for ever has another address
    assert not {addresses.all_decisions(), addresses.decision(D)} & set(areas)


def test_unread_comments_keep_the_answer_from_being_published(decision, at_noon):
    send(1, publish=False)
    send(2, publish=False)
    assert Missing("unread_comments", comments=2) in answers.missing(D)
    with pytest.raises(answers.AnswerError, match="incomplete"):
        _publish(NOON)
    assert answers.published(D) is None


def test_the_page_says_how_many_are_unread_and_leads_to_them(decision, at_noon, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    draft = answers.draft(PLANNER, D)
    answers.save_draft(PLANNER, draft, texts={"sv": "Den byggs."}, decided_on=None, at=NOON)
    send(1, publish=False)
    shown = open_page("teman/page.py", id=D, **{"del": "publicera"})
    assert "1 synpunkt är inte läst än. Läs den först på Granska." in words(shown)
    assert "Allt är klart" not in words(shown)
    assert "Publicera svaret" not in [button.label for button in shown.button]


def test_a_letter_that_comes_after_the_answer_is_told_beside_it(decision, at_noon):
    _publish(NOON)
    send(1)
    answer = answers.published(D)
    assert answer.later == 1
    assert "1 synpunkt har publicerats efter svaret" in words(open_page("svar.py", id=D))


# where the promised day itself is written or drawn up, not what is told of it
WRITES_THE_DAY = {"planera/writing.py", "planera/fields.py", "web/mote/onward.py"}


def test_pages_ask_one_place_where_a_decision_stands():
    faults = []
    for path in sorted(PAGES.rglob("*.py")):
        name = path.relative_to(PAGES).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Attribute):
                continue
            if node.attr == "status_of" or (
                node.attr == "answer_on" and name not in WRITES_THE_DAY
            ):
                faults.append(f"{name}:{node.lineno} {node.attr}")
    assert faults == []


def test_a_decision_knows_nothing_of_another_ones_answer(decision, at_noon):
    other = make_decision(id="annat")
    decisions.add(other, number=2)
    _publish(NOON)
    later = CLOSES + timedelta(days=1)
    assert progress.status(other, later) is Status.SUMMARISING
    assert progress.status(decision, later) is Status.DECIDED
