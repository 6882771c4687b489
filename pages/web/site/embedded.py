"""The map for other sites: one proposal, or all of them, to look at in a frame.

It sets no cookie and takes nothing in; who may hold it in a frame is a setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from data import clock, rules, settings, store
from data.comments import results
from data.decisions import decisions
from data.models import Decision
from pages.shared import addresses, frame
from pages.shared.maps import drawn, ground, read_only
from pages.shared.maps.legend import as_html
from pages.shared.maps.read_only import Around, MapDocument
from pages.shared.words import language, texts
from pages.shared.words.texts import N_, _, ngettext, number
from pages.web.http_answers import ASK_AGAIN
from pages.web.site.plain_pages import NOT_FOUND, NOT_FOUND_MORE, plain_page

KEPT = 64
ALL = N_("Vad planeras i {municipality}?")


def show(request: Request) -> Response:
    """Return the map of the proposal named by ``id``, or of all proposals without one."""
    code = request.query_params.get("id", "")
    headers = {"Content-Security-Policy": f"{_NOTHING}; frame-ancestors {ancestors()}"}
    if code and decisions.get(code) is None:
        found = plain_page(request, NOT_FOUND, NOT_FOUND_MORE, 404)
        found.headers.update(headers)
        return found
    version = store.data_version(code) + store.data_version(decisions.DECISIONS)
    made = _document(code, version, clock.today(), language.of_request(request.scope))
    headers = {"Content-Security-Policy": made.policy, "Cache-Control": ASK_AGAIN}
    return Response(made.html, headers=headers, media_type="text/html")


_NOTHING = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'"


def ancestors() -> str:
    """Say who may hold the map in a frame: our own pages, and the sites of the setting."""
    return " ".join(["'self'", *settings.load().embed_hosts.split()])


@lru_cache(maxsize=KEPT)
def _document(code: str, _version: int, today: date, spoken: str) -> MapDocument:
    with texts.spoken_in(spoken):
        decision = decisions.get(code)
        return _of_all(today, spoken) if decision is None else _of_one(decision, today, spoken)


def _of_one(decision: Decision, today: date, spoken: str) -> MapDocument:
    text = decision.text(spoken)
    name = _("Karta över förslagets område och synpunkterna")
    act = _("Läs och tyck till") if rules.is_open(decision, today) else _("Läs mer")
    above = (
        f"<h1>{escape(text.title)}</h1>{_example(decision)}"
        f"<p>{escape(frame.status_sentence(decision, today))} {escape(_say_count(decision))}</p>"
    )
    items = [drawn.area_item(decision, today), *drawn.pin_items()]
    return read_only.filled_document(
        [drawn.decision_area(decision), drawn.pins(decision)],
        bounds=ground.bounds_of(decision.area, margin=1.0),
        around=_around(
            text.title, name, above, as_html(items) + _link("/forslag", act, id=decision.id)
        ),
        ancestors=ancestors(),
    )


def _of_all(today: date, spoken: str) -> MapDocument:
    found = decisions.list_all()
    shown = [decision for _number, decision in found]
    rows = "".join(
        f'<li value="{place}">{_inline_link(decision, spoken)} '
        f"{escape(frame.status_sentence(decision, today))} {_example(decision)}</li>"
        for place, decision in found
    )
    title, in_words, onwards = _(ALL), _("Förslagen som lista"), _("Till alla förslag")
    listed = f"<details><summary>{escape(in_words)}</summary><ol>{rows}</ol></details>"
    return read_only.filled_document(
        [drawn.all_decisions()],
        bounds=ground.bounds_of_all(one.area for one in shown) if shown else ground.town_bounds(),
        around=_around(
            title,
            _("Karta över förslagen"),
            f"<h1>{escape(title)}</h1>{_examples(found)}",
            as_html(drawn.status_items(shown, today)) + listed + _link("/", onwards),
        ),
        ancestors=ancestors(),
    )


def _around(title: str, map_name: str, above: str, below: str) -> Around:
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – Dialogkartan</title>"
        f'<link rel="stylesheet" href="{addresses.asset("inbaddad.css")}">'
    )
    by = escape(_("{municipality} kommun, Dialogkartan"))
    return Around(
        language=texts.language(),
        map_name=map_name,
        head=head,
        above=f'<header><p class="av">{by}</p>{above}</header><main>',
        below=f"</main><footer>{below}</footer>",
    )


def _say_count(decision: Decision) -> str:
    count = results.totals(decision.id).comments
    if not count:
        return ""
    return ngettext("{n} synpunkt är publicerad.", "{n} synpunkter är publicerade.", count).format(
        n=number(count)
    )


def _example(decision: Decision) -> str:
    return (
        f'<strong class="exempel">{escape(_(frame.EXAMPLE))}</strong>' if decision.example else ""
    )


def _examples(found: Sequence[tuple[int, Decision]]) -> str:
    """Say it above the map too, and of which: a number on a map cannot say it."""
    places = [str(place) for place, decision in found if decision.example]
    if not places:
        return ""
    words = _(frame.EXAMPLE)
    if len(places) < len(found):
        words = f"{words}: {texts.and_list(places)}"
    return f'<strong class="exempel">{escape(words)}</strong>'


def _address(path: str, **asked: str) -> str:
    return f"{path}?{urlencode({**asked, 'sprak': texts.language()})}"


def _link(path: str, words: str, **asked: str) -> str:
    new = escape(_("öppnas i en ny flik"))
    return (
        f'<p class="vidare"><a href="{escape(_address(path, **asked))}" target="_blank" '
        f'rel="noopener">{escape(words)} <span>({new})</span></a></p>'
    )


def _inline_link(decision: Decision, spoken: str) -> str:
    address = escape(_address("/forslag", id=decision.id))
    title = escape(decision.text(spoken).title)
    return f'<a href="{address}" target="_blank" rel="noopener">{title}</a>.'
