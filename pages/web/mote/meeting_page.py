"""The whole page of a meeting: seven screens, what stands round them, and the presenter's notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from data.output.meeting_notes import STEPS, Note
from data.output.meetings import Snapshot
from pages.shared import addresses, frame
from pages.shared.words.texts import N_, _, language, ngettext, number, say_moment
from pages.web.mote import about, onward, people, picture, said
from pages.web.mote.markup import Screen, esc, text_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NAMES = (
    N_("Beslutet"),
    N_("Berörda"),
    N_("Hörda"),
    N_("Teman"),
    N_("Kartan"),
    N_("Förslag"),
    N_("Svar"),
)


@dataclass(frozen=True)
class Shown:
    """What one reader is shown: `notes` and `may_freeze` only for reviewers and above.

    `changed` counts the comments that were published, hidden or moved after it was frozen.
    """

    snapshot: Snapshot
    step: int
    quotes: dict[int, str]
    times: tuple[tuple[int, str], ...]
    changed: int
    notes: dict[int, Note] | None
    may_freeze: bool


def page(shown: Shown) -> str:
    """Return the page in the language that was chosen with `texts.speak`."""
    content = shown.snapshot.content
    title = text_of(content["decision"]).title
    makers: tuple[Callable[[], Screen], ...] = (
        lambda: about.the_decision(content),
        lambda: people.the_affected(content),
        lambda: people.the_heard(content),
        lambda: said.the_themes(content, shown.quotes),
        lambda: said.the_place(content),
        lambda: onward.the_proposal(content),
        lambda: onward.the_way_on(content),
    )
    steps = "".join(_step(n, make(), shown) for n, make in enumerate(makers, start=1))
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{esc(title)} – Dialogkartan</title>"
        f'<link rel="icon" type="image/svg+xml" href="{addresses.asset("favicon.svg")}">'
        f'<link rel="stylesheet" href="{addresses.asset("mote.css")}">'
        f'<script src="{addresses.asset("meeting.js")}"></script></head>'
        f'<body data-steg="{shown.step}" data-antal="{STEPS}">{_head(shown, title)}'
        f"{picture.the_ground()}<main>{steps}</main>{_nav()}</body></html>"
    )


def _head(shown: Shown, title: str) -> str:
    content = shown.snapshot.content
    example = ""
    if content["decision"]["example"]:
        example = f'<p class="exempel">{esc(_(frame.EXAMPLE))}</p>'
    notes = ""
    if shown.notes is not None:
        words = esc(_("Anteckna"))
        notes = (
            '<button type="button" class="anteckna bara-js" aria-expanded="false">'
            f"{words}<span> (N)</span></button>"
        )
    about = f'<div class="vad"><h1>{esc(title)}</h1>{example}</div>'
    return f"<header>{about}{notes}{_say_frozen(shown.changed)}{_times(shown)}</header>"


def _say_frozen(changed: int) -> str:
    """Say that what was done since the dialogue was frozen is not shown."""
    if not changed:
        return ""
    said = ngettext(
        "Läget är fryst. {n} synpunkt har publicerats, dolts eller flyttats sedan dess.",
        "Läget är fryst. {n} synpunkter har publicerats, dolts eller flyttats sedan dess.",
        changed,
    )
    return f'<p class="fryst">{esc(said.format(n=number(changed)))}</p>'


def _times(shown: Shown) -> str:
    is_kept = shown.snapshot.id is not None
    more = _("Siffrorna är från den tiden och ändras inte.")
    if not is_kept:
        more = _("Ingen har sparat ett läge än. Siffrorna är från just nu och kan ändras.")
    code = shown.snapshot.decision_id
    older = "".join(
        f'<li><a href="{esc(_address(code, lage=str(one)))}"'
        f"{_current(one == shown.snapshot.id)}>{esc(at)}</a></li>"
        for one, at in shown.times
    )
    heading, take = esc(_("Sparade lägen")), esc(_("Ta ett nytt läge"))
    known = f"<p><b>{heading}</b></p><ul>{older}</ul>" if older else ""
    button = ""
    if shown.may_freeze:
        button = (
            f'<form method="post" action="{addresses.MEETING}/lage">'
            f'<input type="hidden" name="id" value="{esc(code)}">'
            f'<button type="submit">{take}</button></form>'
        )
    back = esc(_("Till förslaget"))
    way = f'<p><a href="{esc("/forslag?" + urlencode({"id": code}))}">{back}</a></p>'
    return (
        f'<details class="lage"><summary>{esc(_say_time_of(shown.snapshot))}</summary>'
        f"<div><p>{esc(more)}</p>{button}{known}{way}</div></details>"
    )


def _current(is_it: bool) -> str:
    return ' aria-current="true"' if is_it else ""


def _address(code: str, **more: str) -> str:
    return f"{addresses.MEETING}?{urlencode({'id': code, **more})}"


def _step(n: int, screen: Screen, shown: Shown) -> str:
    name = f"rubrik-{n}"
    caveat = f'<p class="forbehall">{esc(screen.caveat)}</p>' if screen.caveat else ""
    return (
        f'<section class="steg" id="steg-{n}" aria-labelledby="{name}" '
        f'data-overst="{esc(_on_paper(n, shown))}">'
        f'<h2 id="{name}" tabindex="-1">{esc(screen.heading)}</h2>'
        f'<div class="innehall" role="region" aria-labelledby="{name}">'
        f"{screen.body}</div>{caveat}{_note(n, shown)}</section>"
    )


def _on_paper(n: int, shown: Shown) -> str:
    """Say what stands above each step in print: whose step it is, and which time it shows."""
    decision = shown.snapshot.content["decision"]
    example = [_(frame.EXAMPLE)] if decision["example"] else []
    step = _("Steg {n} av {all}").format(n=n, all=STEPS)
    return " · ".join([text_of(decision).title, step, _say_time_of(shown.snapshot), *example])


def _say_time_of(snapshot: Snapshot) -> str:
    words = _("Läge från {at}") if snapshot.id is not None else _("Osparat läge från {at}")
    return words.format(at=say_moment(snapshot.taken_at))


def _note(n: int, shown: Shown) -> str:
    if shown.notes is None:
        return ""
    note = shown.notes[n]
    label = esc(_("Dina anteckningar till steg {n}. Bara personal ser dem.").format(n=n))
    save, saved, failed = (
        esc(_("Spara")),
        _("Sparat."),
        _("Det gick inte att spara. Texten finns kvar. Försök igen."),
    )
    key = esc(_("Tangenten N öppnar och stänger"))
    other = _("Någon annan har sparat något annat här. Läs deras text och spara sedan igen:")
    return (
        f'<form class="anteckning" method="post" action="{addresses.MEETING}/anteckning" '
        f'data-sparat="{esc(saved)}" data-fel="{esc(failed)}" data-annan="{esc(other)}">'
        f'<input type="hidden" name="id" value="{esc(shown.snapshot.decision_id)}">'
        f'<input type="hidden" name="steg" value="{n}">'
        f'<input type="hidden" name="version" value="{note.version}">'
        f'<label>{label}<textarea name="text">\n{esc(note.text)}</textarea>'
        f'</label><button type="submit">{save}</button>'
        '<p class="besked" role="status"></p>'
        f'<label class="bara-js"><input type="checkbox" class="med-n" checked> {key}</label></form>'
    )


def _nav() -> str:
    links = "".join(
        f'<li><a href="#steg-{n}"><span class="nr">{n}</span> '
        f'<span class="namn">{esc(_(name))}</span></a></li>'
        for n, name in enumerate(NAMES, start=1)
    )
    count = esc(_("Steg {n} av {all}")).replace("{n}", '<b class="nu-steg">1</b>')
    count = count.replace("{all}", str(STEPS))
    back, on, name = esc(_("Bakåt")), esc(_("Nästa")), esc(_("Alla steg"))
    return (
        f'<nav aria-label="{name}">'
        f'<button type="button" class="bak bara-js">‹ {back}</button><ol>{links}</ol>'
        f'<p class="raknare bara-js">{count}</p>'
        f'<button type="button" class="fram bara-js">{on} ›</button></nav>'
    )
