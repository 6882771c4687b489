"""What stands round every page: name, links, language, footer, and the plain pages for faults."""

from __future__ import annotations

from contextlib import nullcontext
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from data import clock, rights, rules, version
from data.comments import progress
from data.decisions import decisions
from data.models import Decision, Staff, Status
from data.planning import drafts
from pages.shared import addresses, templates
from pages.shared.folders import PAGES
from pages.shared.session import signed_in, state
from pages.shared.words import texts
from pages.shared.words.text_language import own_words
from pages.shared.words.texts import N_, _, language, plain

# a receipt code in an address is read and taken out, and stands in no link
SECRET = "kod"
# where a session remembers the receipt code that its person was given or wrote last
RECEIPT = "kvitto.senast"
IN_FOOTER = ("metod", "om", "personuppgifter", "tillganglighet")
EXAMPLE = N_("EXEMPEL – inte ett riktigt beslut")


@cache
def file_of(name: str) -> str:
    """Return the file of a page by its path in the address, seen from the folder of pages."""
    folder = PAGES / name
    return str(folder / "page.py" if folder.is_dir() else PAGES / f"{name}.py")


@cache
def prototypes(spoken: str) -> dict[str, st.Page]:
    """Return every page by name with its title in a language; a run works on copies.

    Made once: to make eleven pages costs more than to draw a small one. Must be called in a run.
    """
    return {
        name: st.Page(
            file_of(name),
            title=texts.in_language(title, spoken),
            url_path=None if name == addresses.FIRST else name,
            default=name == addresses.FIRST,
        )
        for name, title in addresses.PAGES.items()
    }


_known: ContextVar[dict[str, st.Page] | None] = ContextVar("known", default=None)


def know(pages: dict[str, st.Page]) -> None:
    """Remember the pages of this run by name: to find one by its file costs far more."""
    _known.set(pages)


def _page(name: str) -> st.Page | str:
    known = _known.get()
    return known[name] if known else file_of(name)


def link(name: str, label: str, *, icon: str | None = None, **query: str | int | None) -> None:
    """Show a link to another page; `query` is what follows in its address (None is left out)."""
    given = {key: str(value) for key, value in query.items() if value is not None}
    st.page_link(_page(name), label=plain(label), icon=icon, query_params=given or None)


def show_part(
    piece: str, *values: object, width: Literal["stretch", "content"] = "stretch"
) -> None:
    """Show a part of `frame.html`, filled with values."""
    st.html(templates.piece(templates.ON_PAGES, piece, *values), width=width)


def title_link(decision: Decision, words: str, *, level: int) -> None:
    """Show a heading of level 2 or 3 that leads to the proposal.

    It is an ordinary link; the page's script turns it into a change of page without a reload.
    """
    address = f"/forslag?{urlencode({'id': decision.id})}"
    other = "" if language() in decision.texts else texts.SOURCE
    show_part("title_link", address, words, level, other)


def back_to(decision: Decision) -> None:
    """Show the way back to the proposal."""
    link("forslag", _("Till förslaget"), icon=":material/arrow_back:", id=decision.id)


def decision_or_stop() -> tuple[int, Decision]:
    """Return the decision that the address names with its number; else say so and end the page."""
    found = _asked_draft() or state.asked_decision()
    if found is None:
        taken_back = decisions.withdrawn(state.asked("id"))
        not_found() if taken_back is None else _withdrawn(taken_back)
        footer()
        st.stop()
    return found


def is_preview() -> bool:
    """Tell whether the address asks for a draft instead of what is published."""
    return state.asked("utkast") == "1"


def _asked_draft() -> tuple[int, Decision] | None:
    """Return the draft that a planner looks at as a resident would; None for everybody else."""
    if not is_preview():
        return None
    try:
        found = drafts.preview(signed_in.staff(), state.asked("id"), at=clock.now())
    except rights.NotAllowedError:
        return None
    if found is None:
        return None
    st.info(_("Så här kommer det att se ut. Ingen annan ser det än."), icon=":material/visibility:")
    link("planera", _("Tillbaka till utkastet"), utkast=found.id)
    return decisions.number_of(found.id) or 0, found


def _withdrawn(taken_back: decisions.Withdrawal) -> None:
    """Say that a proposal was taken back, and why; the words are the officials' own."""
    title(_("Förslaget är tillbakadraget"))
    day = texts.say_date(clock.day_of(taken_back.at), year=True)
    st.markdown(_("{title} drogs tillbaka {day}.").format(title=plain(taken_back.title), day=day))
    st.text(taken_back.reason)
    link("overview", _("Till alla förslag"))


def go(name: str, **query: str | int | None) -> None:
    """Open another page now."""
    given = {key: str(value) for key, value in query.items() if value is not None}
    st.switch_page(_page(name), query_params=given or None)


def title(words: str, *, tab: str | None = None, of: Decision | None = None) -> None:
    """Show the page's one first heading, and put it in the browser's tab.

    Parameters
    ----------
    tab
        What the tab says in its place, such as the step of a form.
    of
        The proposal that the page is about; its title stands in the tab too.
    """
    named = of.text(language()).title if of else ""
    parts = dict.fromkeys(part for part in (tab or words, named, "Dialogkartan") if part)
    st.set_page_config(page_title=" – ".join(parts), layout="wide")
    is_own = of is not None and words == named
    with own_words(of, "rubrik") if is_own else nullcontext():
        st.title(plain(words), anchor=False)


def heading(words: str, *, level: int = 2) -> None:
    """Show a heading of level 2 or 3."""
    show = st.header if level == 2 else st.subheader
    show(plain(words), anchor=False)


def data_link(label: str, address: str) -> None:
    """Show a link to the same figures as open data."""
    st.markdown(f"[{plain(label)}]({address})")


def forget_code() -> None:
    """Take the receipt code out of the address, in the browser too, once it has been read."""
    show_part("without", SECRET)


def points(lines: tuple[str, ...] | list[str]) -> None:
    """Show sentences as a list."""
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def header(path: str) -> None:
    """Show the name of the service, the main links and the choice of language.

    `path` is the shown page's path, to which a change of language comes back.
    """
    with st.container(key="sidhuvud", horizontal=True, vertical_alignment="center", gap="small"):
        owner = _("{municipality} kommun")
        show_part("name", owner, _("Huvudmeny"), width="content")
        with st.container(
            key="meny",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
            width="stretch",
        ):
            link("overview", _("Alla förslag"))
            actor = signed_in.staff()
            if actor is None:
                link("kvitto", _("Följ din synpunkt"))
                link("om", _("Om tjänsten"))
            else:
                # instead of the residents' links: a menu of one row is found faster
                _staff_links(actor)
        _language_switch(path)


def _staff_links(actor: Staff) -> None:
    """Show the pages that the person may open, each of which asks for the right again."""
    if actor.roles & rights.REVIEWERS:
        link("granska", _("Granska"))
        link("registrera", _("Registrera"))
        link("teman", _("Teman och svar"))
    if actor.roles & rights.READERS:
        link("rapport", _("Rapport"))
    if actor.roles & rights.PLANNERS:
        link("planera", _("Planera"))
    # neither is a page of Streamlit's
    links = [(addresses.MEETING, _("Möte")), ("/logga-ut", _("Logga ut"))]
    show_part("menu", links, width="content")


def _language_switch(path: str) -> None:
    """Show both languages as ordinary links: the whole page, also its `lang`, then changes."""
    query = {k: v for k, v in st.query_params.items() if k not in {texts.COOKIE, SECRET}}
    here = f"/{path}?{urlencode(query)}" if query else f"/{path}"
    links = [
        (code, f"/sprak/{code}?{urlencode({'till': here})}", name)
        for code, name in texts.NAMES.items()
    ]
    show_part("languages", _("Språk"), texts.language(), links, width="content")


def footer() -> None:
    """Show the links that stand on every page, and which version of the service this is."""
    links = [(f"/{name}", _(addresses.PAGES[name])) for name in IN_FOOTER]
    show_part("footer", _("Om tjänsten"), links, f"Dialogkartan {version.number()}")


def _badge(words: str, color: str, icon: str = "") -> str:
    return f":{color}-badge[{icon} {plain(words)}]"


def _example(decision: Decision) -> list[str]:
    return [_badge(_(EXAMPLE), "yellow")] if decision.example else []


def _status(decision: Decision, on: date) -> str:
    """Say the status as a word with an icon, and the days left while it is open."""
    stands = progress.of(decision, on)
    status, look = stands.status, texts.status_look(stands)
    words = look.word
    if status in {Status.OPEN, Status.CLOSING_SOON}:
        words = f"{words} · {texts.say_days_left(rules.days_left(decision, on))}"
    return _badge(words, look.color, look.icon)


def example_banner(decision: Decision) -> None:
    """Say that a decision is invented, if it is."""
    if decision.example:
        st.markdown("".join(_example(decision)))


def badges(decision: Decision, on: date) -> None:
    """Show the status, and that a decision is invented if it is, as one element."""
    st.markdown(" ".join([_status(decision, on), *_example(decision)]))


def status_line(decision: Decision, on: date) -> None:
    """Show the same, and the dates in a sentence."""
    shown = " ".join([_status(decision, on), *_example(decision)])
    st.markdown(f"{shown}\n\n{plain(status_sentence(decision, on))}")


def status_sentence(decision: Decision, on: date) -> str:
    """Say in one line when comments are or were taken, or when the answer comes."""
    stands = progress.of(decision, on)
    if stands.status is Status.UPCOMING:
        day = texts.say_day(decision.opens, today=on)
        return _("Du kan lämna synpunkter från och med {day}.").format(day=day)
    if stands.status in {Status.OPEN, Status.CLOSING_SOON}:
        until = texts.say_until(decision.closes, today=on)
        return _("Du kan lämna synpunkter {until}.").format(until=until)
    if stands.status is Status.DECIDED and stands.decided_on is not None:
        day = texts.say_day(stands.decided_on, today=on)
        return _("Beslutet fattades {day}.").format(day=day)
    closed = texts.say_day(decision.closes, today=on)
    if stands.answered_on is not None:
        answer = texts.say_day(stands.answered_on, today=on)
        sentence = _("Tiden för synpunkter tog slut {day}. Svaret kom {answer}.")
    elif stands.promised_on is None:
        return _("Tiden för synpunkter tog slut {day}.").format(day=closed)
    else:
        answer = texts.say_day(stands.promised_on, today=on)
        sentence = _("Tiden för synpunkter tog slut {day}. Svaret kommer {answer}.")
        if stands.is_overdue:
            sentence = _(
                "Tiden för synpunkter tog slut {day}. Svaret skulle ha kommit {answer}, men är "
                "försenat."
            )
    return sentence.format(day=closed, answer=answer)


def not_found() -> None:
    """Say that there is no such proposal, and lead on."""
    title(_("Vi hittar inte förslaget"))
    st.markdown(_("Länken kan vara gammal eller felskriven. Alla förslag finns på första sidan."))
    link("overview", _("Till alla förslag"))


def store_closed() -> None:
    """Say that the service cannot be used at the moment."""
    title(_("Tjänsten är stängd just nu"))
    st.markdown(_("Vi arbetar med den. Försök igen om en stund."))


def failed() -> None:
    """Say that something went wrong that we did not expect."""
    st.error(_("Något gick fel hos oss. Ladda om sidan. Händer det igen, försök om en stund."))
