"""The map for other sites: one proposal, or all of them, to look at in a frame.

It sets no cookie and takes nothing in; who may hold it in a frame is a setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from data import clock, rules, settings
from data.comments import results
from data.decision_cache import remembered
from data.decisions import decisions
from data.models import Decision
from pages.shared import frame, templates
from pages.shared.maps import drawn, ground, read_only
from pages.shared.maps.legend import as_html
from pages.shared.maps.read_only import Around, MapDocument
from pages.shared.words import language, texts
from pages.shared.words.texts import N_, _, ngettext, number
from pages.web.http_answers import ASK_AGAIN
from pages.web.site.plain_pages import NOT_FOUND, NOT_FOUND_MORE, plain_page

KEPT = 64
PARTS = "embedded.html"
ALL = N_("Vad planeras i {municipality}?")


def show(request: Request) -> Response:
    """Return the map of the proposal named by ``id``, or of all proposals without one."""
    code = request.query_params.get("id", "")
    headers = {"Content-Security-Policy": f"{_NOTHING}; frame-ancestors {ancestors()}"}
    if code and decisions.get(code) is None:
        found = plain_page(request, NOT_FOUND, NOT_FOUND_MORE, 404)
        found.headers.update(headers)
        return found
    today, spoken = clock.today(), language.of_request(request.scope)
    made = remembered(
        (code, decisions.DECISIONS),
        ("embedded", today, spoken),
        lambda: _document(code, today, spoken),
        most=KEPT,
    )
    headers = {"Content-Security-Policy": made.policy, "Cache-Control": ASK_AGAIN}
    return Response(made.html, headers=headers, media_type="text/html")


_NOTHING = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'"


def ancestors() -> str:
    """Say who may hold the map in a frame: our own pages, and the sites of the setting."""
    return " ".join(["'self'", *settings.load().embed_hosts.split()])


def _document(code: str, today: date, spoken: str) -> MapDocument:
    with texts.spoken_in(spoken):
        decision = decisions.get(code)
        return _of_all(today, spoken) if decision is None else _of_one(decision, today, spoken)


def _of_one(decision: Decision, today: date, spoken: str) -> MapDocument:
    text = decision.text(spoken)
    act = _("Läs och tyck till") if rules.is_open(decision, today) else _("Läs mer")
    said = f"{frame.status_sentence(decision, today)} {_say_count(decision)}".rstrip()
    items = [drawn.area_item(decision, today), *drawn.pin_items()]
    return read_only.filled_document(
        [drawn.decision_area(decision), drawn.pins(decision)],
        bounds=ground.bounds_of(decision.area, margin=1.0),
        around=Around(
            language=texts.language(),
            map_name=_("Karta över förslagets område och synpunkterna"),
            head=templates.piece(PARTS, "head", text.title),
            above=_above(text.title, _example(decision), said),
            below=_below(as_html(items), _address("/forslag", id=decision.id), act),
        ),
        ancestors=ancestors(),
    )


def _of_all(today: date, spoken: str) -> MapDocument:
    found = decisions.list_all()
    shown = [decision for _number, decision in found]
    rows = [
        (
            place,
            _address("/forslag", id=decision.id),
            decision.text(spoken).title,
            frame.status_sentence(decision, today),
            _example(decision),
        )
        for place, decision in found
    ]
    title, in_words, onwards = _(ALL), _("Förslagen som lista"), _("Till alla förslag")
    listed = templates.piece(PARTS, "listed", in_words, rows)
    items = drawn.status_items(shown, today)
    return read_only.filled_document(
        [drawn.all_decisions()],
        bounds=ground.bounds_of_all(one.area for one in shown) if shown else ground.town_bounds(),
        around=Around(
            language=texts.language(),
            map_name=_("Karta över förslagen"),
            head=templates.piece(PARTS, "head", title),
            above=_above(title, _examples(found)),
            below=_below(as_html(items), _address("/"), onwards, listed),
        ),
        ancestors=ancestors(),
    )


def _above(title: str, example: str, sentence: str = "") -> Markup:
    by = _("{municipality} kommun, Dialogkartan")
    return templates.piece(PARTS, "above", by, title, example, sentence)


def _below(legend: Markup, address: str, words: str, listed: str = "") -> Markup:
    new = _("öppnas i en ny flik")
    return templates.piece(PARTS, "below", legend, listed, address, words, new)


def _say_count(decision: Decision) -> str:
    count = results.totals(decision.id).comments
    if not count:
        return ""
    return ngettext("{n} synpunkt är publicerad.", "{n} synpunkter är publicerade.", count).format(
        n=number(count)
    )


def _example(decision: Decision) -> str:
    return _(frame.EXAMPLE) if decision.example else ""


def _examples(found: Sequence[tuple[int, Decision]]) -> str:
    """Say it above the map too, and of which: a number on a map cannot say it."""
    places = [str(place) for place, decision in found if decision.example]
    if not places:
        return ""
    words = _(frame.EXAMPLE)
    return words if len(places) == len(found) else f"{words}: {texts.and_list(places)}"


def _address(path: str, **asked: str) -> str:
    return f"{path}?{urlencode({**asked, 'sprak': texts.language()})}"
