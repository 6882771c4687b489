"""The feed: what a reader's program finds in it, and that an entry keeps its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, settings, store
from data.answers import answers
from data.decisions import decisions
from data.models import DecisionText
from data.output import feed
from data.planning import draft_fields, drafts, publishing
from pages.web.api import feed as web_feed
from pages.web.routes import routes
from pages.web.site import headers
from pages.web.site.tiles import Tiles
from tests.conftest import CLOSES, NOON, OPENS, make_decision
from tests.mail_kit import SITE
from tests.store_kit import tell_changed
from tests.test_planning_drafts import PLANNER, _full_draft, _write

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = CLOSES + timedelta(days=3)
TEXTS = {
    "sv": DecisionText(title="Lek & bus <i>på</i> Ängen", place="", summary="Vi vill bygga."),
    "en": DecisionText(title="Play & fun", place="", summary="We want to build."),
}


@pytest.fixture
def client(empty_store, monkeypatch) -> Iterator[TestClient]:
    own = settings.Settings(base_url=SITE, tile_url="")
    monkeypatch.setattr(settings, "load", lambda: own)
    _let_it_be(monkeypatch, LATER)
    decisions.add(make_decision(texts=TEXTS, example=False), number=1)
    with TestClient(Starlette(routes=routes(Tiles(own)))) as found:
        yield found


def _let_it_be(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)


def _read(client: TestClient, address: str = "/flode.atom") -> feedparser.FeedParserDict:
    got = client.get(address)
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/atom+xml"
    read = feedparser.parse(got.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def _answered(monkeypatch: pytest.MonkeyPatch, at: datetime, words: str) -> None:
    monkeypatch.setattr(web_feed, "answers", lambda _: (("lekplats", at, words),))


def test_each_thing_that_happened_is_told_the_latest_first(client, monkeypatch):
    _answered(monkeypatch, datetime(2026, 12, 2, 14, tzinfo=UTC), "Lekplatsen blir större.")
    read = _read(client)
    title = "Lek & bus <i>på</i> Ängen"
    assert [one.title_detail.value for one in read.entries] == [
        f"Svaret har kommit: {title}",
        f"Tiden för synpunkter är slut: {title}",
        f"Sista veckan att tycka till: {title}",
        f"Tyck till: {title}",
    ]
    assert {one.title_detail.type for one in read.entries} == {"text/plain"}
    assert {one.link for one in read.entries} == {
        f"{SITE}/forslag?id=lekplats",
        f"{SITE}/svar?id=lekplats",
    }
    assert read.entries[0].summary.startswith("Lekplatsen blir större.")
    assert read.entries[3].summary.startswith("Vi vill bygga. Du kan lämna synpunkter till och med")
    assert read.feed.updated == read.entries[0].updated


def test_every_entry_of_an_example_says_so(client):
    decisions.add(make_decision(id="exempel"), number=2)
    told = [one for one in _read(client).entries if one.link.endswith("=exempel")]
    assert len(told) == 3
    assert all(one.title.startswith("Exempel: ") for one in told)
    assert all("EXEMPEL – inte ett riktigt beslut" in one.summary for one in told)
    assert sum("xempel" in one.title for one in _read(client).entries) == 3


def test_what_has_not_happened_is_not_told(client, monkeypatch):
    _answered(monkeypatch, datetime(2027, 1, 2, tzinfo=UTC), "Senare.")
    for day, count in (
        (OPENS - timedelta(days=1), 0),
        (OPENS, 1),
        (CLOSES - timedelta(days=7), 2),
        (CLOSES, 2),
        (CLOSES + timedelta(days=1), 3),
    ):
        _let_it_be(monkeypatch, day)
        assert len(_read(client).entries) == count, day


def test_an_entry_keeps_its_name_when_its_words_or_days_change(client, monkeypatch):
    before = {one.id for one in _read(client).entries}
    own = settings.Settings(base_url="https://ny.example.se", tile_url="")
    monkeypatch.setattr(settings, "load", lambda: own)
    store.close_store()
    store.open_store(store.IN_MEMORY)
    text = DecisionText(title="Nytt namn", place="", summary="Ny text.")
    later = CLOSES + timedelta(days=1)
    decisions.add(make_decision(texts={"sv": text}, closes=later), number=7)
    read = _read(client)
    assert {one.id for one in read.entries} == before
    assert all(one.id.startswith("urn:uuid:") for one in read.entries)
    assert read.entries[0].link.startswith("https://ny.example.se/")


def test_the_english_feed_is_another_feed(client):
    swedish, english = _read(client), _read(client, "/flode.atom?sprak=en")
    assert english.feed.language == "en"
    assert swedish.feed.language == "sv"
    assert swedish.feed.id != english.feed.id
    assert not {one.id for one in swedish.entries} & {one.id for one in english.entries}
    assert "Play & fun" in english.entries[0].title
    assert english.entries[0].link == f"{SITE}/forslag?id=lekplats&sprak=en"
    assert _read(client, "/flode.atom?sprak=xx").feed.language == "sv"


def test_it_has_what_the_standard_asks_for(client):
    """RFC 4287: each has one id, title and updated with zone; the feed one author and self."""
    whole = etree.fromstring(client.get("/flode.atom").content)
    assert whole.tag == f"{ATOM}feed"
    assert len(whole.findall(f"{ATOM}author/{ATOM}name")) == 1
    links = {link.get("rel"): link.get("href") for link in whole.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}/flode.atom", "alternate": f"{SITE}/"}
    entries = whole.findall(f"{ATOM}entry")
    for part in [whole, *entries]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo is not None
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_who_has_the_feed_is_told_that_it_is_the_same(client, monkeypatch):
    first = client.get("/flode.atom")
    tag = first.headers["etag"]
    assert "max-age=" in first.headers["cache-control"]
    assert client.get("/flode.atom", headers={"If-None-Match": tag}).status_code == 304
    _answered(monkeypatch, datetime(2026, 12, 2, tzinfo=UTC), "Nytt.")
    tell_changed(decisions.DECISIONS)
    assert client.get("/flode.atom", headers={"If-None-Match": tag}).status_code == 200


def test_an_empty_service_has_an_empty_feed(client):
    store.close_store()
    store.open_store(store.IN_MEMORY)
    assert _read(client).entries == []


def test_a_closed_store_is_said_plainly(client):
    store.close_store()
    assert client.get("/flode.atom").status_code == 503


def test_signs_that_xml_cannot_hold_do_not_break_it(client):
    text = DecisionText(title="Hej\x00\x0b <b>", place="", summary="\x1b[31m\nRöd\ufffe")
    decisions.add(make_decision(id="elak", texts={"sv": text}), number=2)
    titles = [one.title_detail.value for one in _read(client).entries]
    assert "Exempel: Tyck till: Hej <b>" in titles


@pytest.mark.parametrize(
    ("days", "events"),
    [(6, [feed.OPENED]), (7, [feed.OPENED]), (8, [feed.CLOSING, feed.OPENED])],
)
def test_a_dialogue_of_a_week_does_not_open_and_close_in_one_breath(empty_store, days, events):
    decisions.add(make_decision(closes=OPENS + timedelta(days=days)), number=1)
    told = feed.entries(OPENS + timedelta(days=1), language="sv")
    assert [one.event for one in told] == events


def test_an_answer_is_told_from_the_day_on_which_it_came(client, monkeypatch):
    came = datetime(2026, 12, 2, 22, 59, tzinfo=UTC)
    _answered(monkeypatch, came, "Lekplatsen blir större.")
    counted = []
    for day in (date(2026, 12, 1), date(2026, 12, 2)):
        _let_it_be(monkeypatch, day)
        counted.append(len(_read(client).entries))
    assert counted == [3, 4]


@pytest.mark.parametrize(
    ("spoken", "address"), [("sv", "/flode.atom"), ("en", "/flode.atom?sprak=en")]
)
def test_every_page_names_the_feed_in_its_head(spoken, address):
    html = '<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body>'
    found = headers.rewrite(html, "/", spoken)
    assert '<link rel="alternate" type="application/atom+xml"' in found
    assert f'href="{address}">' in found


# what stands in the feed, and another text or day to put there
CHANGES = {
    "title": ("sv.title", "Skola på kullen"),
    "summary": ("sv.summary", "Skolan blir mindre."),
    "english title": ("en.title", "School on the hill"),
    "last day": ("closes", (OPENS + timedelta(days=40)).isoformat()),
    "day of the answer": ("answer_on", (CLOSES + timedelta(days=99)).isoformat()),
}
BEFORE = datetime(2027, 1, 10, 9, tzinfo=UTC)
AFTER = BEFORE + timedelta(hours=3)


def _texts(read: feedparser.FeedParserDict) -> dict[str, tuple[str, str]]:
    return {one.id: (one.title, one.summary) for one in read.entries}


def _check_told(before: feedparser.FeedParserDict, after: feedparser.FeedParserDict) -> None:
    """Pass if something changed, and each text that did so has a later `updated`, as the feed."""
    was, now = _texts(before), _texts(after)
    when = {one.id: one.updated for one in before.entries}
    assert was != now
    for one in after.entries:
        if one.id in was and was[one.id] != now[one.id]:
            assert one.updated > when[one.id], one.title
            assert one.updated >= one.published
    assert after.feed.updated > before.feed.updated
    assert after.feed.updated >= max((one.updated for one in after.entries), default="")


def _publish_change(decision_id: str, field: str, becomes: str, at: datetime) -> None:
    draft = drafts.begin(PLANNER, decision_id, at=at)
    was = draft_fields.value_of(draft.sheet, field)
    drafts.set_field(PLANNER, decision_id, field, was, becomes, at=at)
    publishing.publish(PLANNER, decision_id, at=at)


@pytest.fixture
def school(client, monkeypatch) -> str:
    """A proposal that has closed and is not answered, the only one in the feed."""
    store.close_store()
    store.open_store(store.IN_MEMORY)
    code = _full_draft()
    _write(code, {"opens": OPENS.isoformat(), "closes": CLOSES.isoformat()})
    _write(code, {"answer_on": (CLOSES + timedelta(days=60)).isoformat()})
    publishing.publish(PLANNER, code, at=NOON)
    monkeypatch.setattr(clock, "now", lambda: BEFORE)
    return code


@pytest.mark.parametrize("what", CHANGES)
def test_the_feed_is_newer_when_a_text_in_it_changes(client, monkeypatch, school, what):
    field, becomes = CHANGES[what]
    address = "/flode.atom?sprak=en" if field.startswith("en.") else "/flode.atom"
    before = _read(client, address)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    _publish_change(school, field, becomes, AFTER)
    _check_told(before, _read(client, address))


def test_the_feed_is_newer_when_the_answer_comes_and_when_it_changes(client, monkeypatch, school):
    before = _read(client)
    for hours, words in ((0, "Skolan byggs."), (1, "Skolan byggs inte.")):
        at = AFTER + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        draft = answers.draft(PLANNER, school)
        answers.save_draft(PLANNER, draft, texts={"sv": words}, decided_on=None, at=at)
        answers.publish(PLANNER, school, at)
        after = _read(client)
        assert words in after.entries[0].summary
        assert all("Svaret kommer" not in one.summary for one in after.entries)
        _check_told(before, after)
        before = after


def test_the_feed_is_newer_when_the_answer_is_late(client, monkeypatch, school):
    before = _read(client)
    _let_it_be(monkeypatch, CLOSES + timedelta(days=61))
    after = _read(client)
    assert any("försenat" in one.summary for one in after.entries)
    _check_told(before, after)


def test_the_feed_is_newer_when_a_proposal_is_taken_back_or_comes_late(client, monkeypatch, school):
    before = _read(client)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    publishing.withdraw(PLANNER, school, "Det blev inget.", at=AFTER)
    gone = _read(client)
    assert gone.entries == []
    _check_told(before, gone)
    later = AFTER + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    decisions.add(make_decision(), number=9)
    _check_told(gone, _read(client))


def test_the_feed_is_the_same_when_nothing_in_it_changed(client, monkeypatch, school):
    before = client.get("/flode.atom").content
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    assert client.get("/flode.atom").content == before
