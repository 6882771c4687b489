"""The whole page of a meeting: seven screens, what stands round them, and the presenter's notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from data.output.meeting_notes import STEPS, Note
from data.output.meetings import Snapshot
from pages.shared import addresses, frame, templates
from pages.shared.words.texts import N_, _, language, ngettext, number, say_moment
from pages.web.mote import about, onward, people, picture, said
from pages.web.mote.markup import Screen, text_of

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
    title = text_of(content.decision).title
    makers: tuple[Callable[[], Screen], ...] = (
        lambda: about.the_decision(content),
        lambda: people.the_affected(content),
        lambda: people.the_heard(content),
        lambda: said.the_themes(content, shown.quotes),
        lambda: said.the_place(content),
        lambda: onward.the_proposal(content),
        lambda: onward.the_way_on(content),
    )
    return templates.page(
        "meeting.html",
        lang=language(),
        title=title,
        step=shown.step,
        example=_(frame.EXAMPLE) if content.decision.example else "",
        take_notes="" if shown.notes is None else _("Anteckna"),
        frozen=_say_frozen(shown.changed),
        times=_times(shown),
        ground=picture.the_ground(),
        steps=[_step(n, make(), shown) for n, make in enumerate(makers, start=1)],
        names=[_(name) for name in NAMES],
        all_steps=_("Alla steg"),
        back=_("Bakåt"),
        on=_("Nästa"),
        # what is put into markup is escaped, unless it is markup
        count=escape(_("Steg {n} av {all}")).format(n=_piece("now", 1), all=STEPS),
    )


def _piece(name: str, *values: object) -> Markup:
    return templates.piece("meeting_frame.html", name, *values)


def _say_frozen(changed: int) -> str:
    """Say that what was done since the dialogue was frozen is not shown."""
    if not changed:
        return ""
    said = ngettext(
        "Läget är fryst. {n} synpunkt har publicerats, dolts eller flyttats sedan dess.",
        "Läget är fryst. {n} synpunkter har publicerats, dolts eller flyttats sedan dess.",
        changed,
    )
    return said.format(n=number(changed))


def _times(shown: Shown) -> Markup:
    is_kept = shown.snapshot.id is not None
    more = _("Siffrorna är från den tiden och ändras inte.")
    if not is_kept:
        more = _("Ingen har sparat ett läge än. Siffrorna är från just nu och kan ändras.")
    code = shown.snapshot.decision_id
    return _piece(
        "times",
        _say_time_of(shown.snapshot),
        more,
        f"{addresses.MEETING}/lage" if shown.may_freeze else "",
        code,
        _("Ta ett nytt läge"),
        _("Sparade lägen"),
        [(_address(code, lage=str(one)), at, one == shown.snapshot.id) for one, at in shown.times],
        "/forslag?" + urlencode({"id": code}),
        _("Till förslaget"),
    )


def _address(code: str, **more: str) -> str:
    return f"{addresses.MEETING}?{urlencode({'id': code, **more})}"


def _step(n: int, screen: Screen, shown: Shown) -> Markup:
    return _piece("step", n, screen, _on_paper(n, shown), _note(n, shown))


def _on_paper(n: int, shown: Shown) -> str:
    """Say what stands above each step in print: whose step it is, and which time it shows."""
    decision = shown.snapshot.content.decision
    example = [_(frame.EXAMPLE)] if decision.example else []
    step = _("Steg {n} av {all}").format(n=n, all=STEPS)
    return " · ".join([text_of(decision).title, step, _say_time_of(shown.snapshot), *example])


def _say_time_of(snapshot: Snapshot) -> str:
    words = _("Läge från {at}") if snapshot.id is not None else _("Osparat läge från {at}")
    return words.format(at=say_moment(snapshot.taken_at))


def _note(n: int, shown: Shown) -> str:
    if shown.notes is None:
        return ""
    said = {
        "label": _("Dina anteckningar till steg {n}. Bara personal ser dem.").format(n=n),
        "save": _("Spara"),
        "saved": _("Sparat."),
        "failed": _("Det gick inte att spara. Texten finns kvar. Försök igen."),
        "other": _("Någon annan har sparat något annat här. Läs deras text och spara sedan igen:"),
        "key": _("Tangenten N öppnar och stänger"),
    }
    address = f"{addresses.MEETING}/anteckning"
    return _piece("note", address, said, shown.snapshot.decision_id, n, shown.notes[n])
