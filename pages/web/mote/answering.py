"""The addresses of meeting mode: who may see it, what was asked for, and the two acts on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from data import clock, rights, store
from data.decisions import decisions
from data.models import Staff
from data.output import meeting_notes, meeting_quotes, meetings
from data.output.meeting_notes import STEPS, NoteError
from pages.shared import addresses, templates
from pages.shared.widgets import character_count
from pages.shared.words import language, texts
from pages.shared.words.texts import N_, _, say_moment
from pages.web.mote import meeting_page
from pages.web.mote.meeting_page import POLICY, Shown
from pages.web.site.for_staff import PRIVATE, actor_of
from pages.web.site.plain_pages import (
    NOT_FOUND,
    NOT_FOUND_MORE,
    PARTS,
    link_list,
    plain_page,
    way,
)

BODY_MAX = 40_000
SIGN_IN = N_("Logga in")
WHY = {
    "too_long": N_("Texten är för lång. Korta den till högst 2 000 tecken."),
    "changed_meanwhile": N_(
        "Någon annan har sparat något annat här, så din text är inte sparad. Den finns kvar nedan."
    ),
    "not_saved": N_("Det gick inte att spara. Texten finns kvar nedan. Försök igen om en minut."),
}


def show(request: Request) -> Response:
    """Return the seven steps of a decision, or the list of decisions to choose from."""
    actor, refused = _enter(request, rights.check_reader)
    if actor is None:
        return refused
    texts.speak(language.of_request(request.scope))
    code = request.query_params.get("id", "")
    if not code:
        return _list(request)
    try:
        snapshot = _snapshot(actor, code, request.query_params.get("lage", ""))
    except meetings.MeetingError:
        snapshot = None
    if snapshot is None or decisions.get(code) is None:
        return plain_page(request, NOT_FOUND, NOT_FOUND_MORE, 404)
    asked = [one for some in snapshot.content.quotes.values() for one in some]
    may_write = bool(actor.roles & rights.REVIEWERS)
    shown = Shown(
        snapshot=snapshot,
        step=step_of(request.query_params.get("steg", "")),
        quotes=meeting_quotes.words(actor, code, asked),
        changed=meetings.changed_since(actor, snapshot),
        times=tuple((one, say_moment(at)) for one, at in meetings.times(actor, code)),
        notes=meeting_notes.of_decision(actor, code) if may_write else None,
        may_freeze=may_write,
    )
    headers = {**PRIVATE, "Content-Security-Policy": POLICY}
    return Response(meeting_page.page(shown), headers=headers, media_type="text/html")


def step_of(asked: str) -> int:
    """Return the step that an address asks for; the nearest one there is.

    >>> step_of("4"), step_of("99"), step_of("-1"), step_of("x")
    (4, 7, 1, 1)
    """
    try:
        return min(max(int(asked[:4]), 1), STEPS)
    except ValueError:
        return 1


def _snapshot(actor: Staff, code: str, asked: str) -> meetings.Snapshot | None:
    if asked:
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 16
        return meetings.get(actor, code, int(asked)) if is_number else None
    return meetings.latest(actor, code) or meetings.fresh(actor, code, at=clock.now())


def _list(request: Request) -> Response:
    links = link_list(
        (f"{addresses.MEETING}?id={quote(one.id)}", one.text(texts.language()).title)
        for _number, one in decisions.list_all()
    )
    return plain_page(
        request,
        N_("Mötesläge"),
        N_("Sju steg som visas på ett möte. Välj ett förslag."),
        200,
        links,
    )


async def freeze(request: Request) -> Response:
    """Take a new snapshot and show it."""
    given = await _form(request)
    if given is None:
        return _not_ours(request)

    def act() -> Response:
        actor, refused = _enter(request, rights.check_reviewer)
        if actor is None:
            return refused
        try:
            meetings.take(actor, given.get("id", ""), at=clock.now())
        except meetings.MeetingError:
            return plain_page(request, NOT_FOUND, NOT_FOUND_MORE, 404)
        except store.StoreError:
            return plain_page(request, N_("Det gick inte att spara"), WHY["not_saved"], 503)
        return _back(given)

    return await run_in_threadpool(act)


async def note(request: Request) -> Response:
    """Keep the presenter's note on a step; one that somebody else changed meanwhile is not lost."""
    given = await _form(request)
    if given is None:
        return _not_ours(request)
    return await run_in_threadpool(_note, request, given)


def _note(request: Request, given: dict[str, str]) -> Response:
    actor, refused = _enter(request, rights.check_reviewer)
    if actor is None:
        return refused
    code, text = given.get("id", ""), given.get("text", "")
    step, seen = _int(given.get("steg", "")), _int(given.get("version", ""))
    is_script = "application/json" in request.headers.get("accept", "")
    fault: str
    try:
        kept = meeting_notes.save(actor, code, step, text, seen=seen, at=clock.now())
    except NoteError as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    else:
        if is_script:
            return _json(200, {"version": kept.version, "text": kept.text})
        return _back(given)
    if fault in {"unknown_decision", "unknown_step"}:
        return plain_page(request, NOT_FOUND, NOT_FOUND_MORE, 404)
    status = {"changed_meanwhile": 409, "too_long": 413}.get(fault, 503)
    if is_script:
        now = meeting_notes.of_decision(actor, code)[step] if status == 409 else None
        more: dict[str, object] = {} if now is None else {"version": now.version, "text": now.text}
        if status == 413:
            more = {"said": character_count.say_over(text, meeting_notes.TEXT_MAX)}
        return _json(status, {"fault": fault, **more})
    kept_words = templates.piece(PARTS, "kept", text)
    return plain_page(request, N_("Anteckningen är inte sparad"), WHY[fault], status, kept_words)


def _json(status: int, said: dict[str, object]) -> Response:
    body = json.dumps(said, ensure_ascii=False)
    return Response(body, status, headers=PRIVATE, media_type="application/json")


def _int(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else -1


def _back(given: dict[str, str]) -> Response:
    asked = {"id": given.get("id", ""), "steg": str(step_of(given.get("steg", "")))}
    return RedirectResponse(f"{addresses.MEETING}?{urlencode(asked)}", 303, headers=PRIVATE)


async def _form(request: Request) -> dict[str, str] | None:
    """Read what was sent; None for what is too large or no form."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            return None
    try:
        found = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}


def _not_ours(request: Request) -> Response:
    return plain_page(
        request, N_("Inget har ändrats"), N_("Gör det från Dialogkartans egen sida."), 403
    )


def _enter(
    request: Request, check: Callable[[Staff | None], Staff]
) -> tuple[Staff | None, Response]:
    """Return who is signed in if `check` lets them; else the page that says what to do."""
    if not store.is_open():
        closed = N_("Tjänsten är stängd just nu")
        return None, plain_page(request, closed, N_("Försök igen om en stund."), 503)
    actor = actor_of(request)
    texts.speak(language.of_request(request.scope))
    link = way("/granska", _(SIGN_IN))
    try:
        return check(actor), Response()
    except rights.NotAllowedError:
        pass
    if actor is None:
        return None, plain_page(
            request, N_("Mötesläge"), N_("Den här sidan är för kommunens personal."), 403, link
        )
    words = N_("Du är inloggad, men har inte rätt till den här sidan.")
    return None, plain_page(request, N_("Mötesläge"), words, 403)
