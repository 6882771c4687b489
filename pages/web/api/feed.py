"""The Atom feed: what has happened in the dialogues, for programs that follow many sites."""

from __future__ import annotations

from datetime import date, datetime, time
from urllib.parse import urlencode

from feedgen.feed import FeedGenerator
from starlette.requests import Request
from starlette.responses import Response

from data import clock, settings
from data.comments import published_answers
from data.decision_cache import remembered
from data.decisions import decisions
from data.mail import letters
from data.output import feed
from pages.shared import addresses
from pages.shared.words.language import COOKIE, LANGUAGES
from pages.shared.words.texts import N_, in_language
from pages.web import parameters
from pages.web.http_answers import Prepared, answer, open_data, prepare

MEDIA = "application/atom+xml"
TITLE = N_("Dialogkartan: vad planeras i {municipality}?")
SUBTITLE = N_("Förslag att tycka till om, när tiden är slut och när svaret har kommit.")
OWNER = N_("{municipality} kommun")
HOUR = "public, max-age=3600"


def answers(language: str) -> tuple[tuple[str, datetime, str], ...]:
    """Return the published answers: decision, when the first came, and its first paragraph."""
    known = (published_answers.published(one.id) for _number, one in decisions.list_all())
    return tuple(
        (one.decision_id, one.first_published_at, one.text(language).partition("\n")[0])
        for one in known
        if one is not None
    )


@open_data
def atom(request: Request) -> Response:
    """Return the feed, in Swedish or with ``sprak=en`` in English."""
    spoken = parameters.language(request, COOKIE)
    site = (settings.load().base_url or str(request.base_url)).rstrip("/")
    on = clock.today()
    made = remembered(
        decisions.DECISIONS, ("feed", site, spoken, on), lambda: _feed(site, spoken, on), most=16
    )
    found = answer(request, made, media=MEDIA)
    found.headers["Cache-Control"] = HOUR
    return found


def _feed(site: str, spoken: str, on: date) -> Prepared:
    by_decision = {decision_id: (at, words) for decision_id, at, words in answers(spoken)}
    entries = feed.entries(on, language=spoken, answers=by_decision)
    query = "" if spoken == LANGUAGES[0] else f"?{urlencode({COOKIE: spoken})}"
    made = FeedGenerator()
    made.id(feed.feed_id(spoken))
    made.language(spoken)
    made.title(in_language(TITLE, spoken))
    made.subtitle(in_language(SUBTITLE, spoken))
    made.author({"name": in_language(OWNER, spoken)})
    made.generator("Dialogkartan")
    made.link(href=f"{site}{addresses.FEED}{query}", rel="self", type=MEDIA)
    made.link(href=f"{site}/{query}", rel="alternate", type="text/html")
    # with nothing in it the feed has not changed since the day began
    made.updated(feed.updated_at(entries) or datetime.combine(on, time(), clock.STOCKHOLM))
    for entry in entries:
        _add(made, entry, site, spoken)
    return prepare(made.atom_str(pretty=True))


def _add(made: FeedGenerator, entry: feed.Entry, site: str, spoken: str) -> None:
    query = {"id": entry.decision_id}
    if spoken != LANGUAGES[0]:
        query["sprak"] = spoken
    page = letters.ANSWER_PAGE if entry.event == feed.ANSWERED else "forslag"
    one = made.add_entry(order="append")
    one.id(entry.id)
    one.title(entry.title)
    one.summary(entry.summary)
    one.link(href=f"{site}/{page}?{urlencode(query)}", rel="alternate", type="text/html")
    one.published(entry.happened_at)
    one.updated(entry.updated_at)
