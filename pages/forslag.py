"""One decision: what it is, what can change, when, and what others have said."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zlib import crc32

import streamlit as st

from data import clock, rules
from data.comments import progress, published
from data.comments.published import EVERYTHING, CommentFilter
from data.models import Decision, DecisionText, Phase, Status
from pages.shared import frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.widgets import contact
from pages.shared.widgets.comment_list import as_words, ask_filters, chosen_filters, show_list
from pages.shared.words.text_language import in_itself, own_languages, own_words
from pages.shared.words.texts import (
    SOURCE,
    _,
    body_name,
    labelled,
    language,
    ngettext,
    plain,
    say_day,
    say_period,
)

FILTERS, LIST = "forslag.filter", "forslag.lista"


def main() -> None:
    """Draw one decision, from the short answer to the details."""
    _number, decision = frame.decision_or_stop()
    today = clock.today()
    text = decision.text(language())
    frame.link("overview", _("Alla förslag"), icon=":material/arrow_back:")
    frame.status_line(decision, today)
    frame.title(text.title, of=decision)
    words, beside = st.columns([2, 3], gap="large")
    with words:
        _show_summary(decision, text, today)
        _show_influence(decision, text)
        _show_in_own_languages(decision)
        with st.container(horizontal=True, gap="small"):
            frame.link("berorda", _("Berörda områden"), id=decision.id)
            frame.link("resultat", _("Resultat"), id=decision.id)
    with beside, st.container(key="karta-fast"):
        _show_map(decision, today)
    _show_formal_comment(decision, text)
    _show_outcome(decision, text, today)
    way, facts = st.columns(2, gap="large")
    with way:
        _show_timeline(decision, text, today)
        _show_other_ways(decision, text, today)
    with facts:
        _show_facts(decision, text)
        _show_contact(decision)
    _show_said(decision, today)


def _show_summary(decision: Decision, text: DecisionText, today: date) -> None:
    frame.heading(_("Kort om förslaget"))
    is_easy = bool(text.easy_read) and st.toggle(_("Lättläst"), key="forslag.lattlast")
    if is_easy:
        said, key = text.easy_read, "lattlast"
    else:
        said, key = (text.summary,), "kort"
    with own_words(decision, key):
        for sentence in said:
            st.markdown(plain(sentence))
        st.caption(plain(text.place))
    if rules.is_open(decision, today):
        if st.button(
            _("Lämna en synpunkt"),
            type="primary",
            key="forslag.lamna",
            disabled=frame.is_preview(),
        ):
            frame.go("synpunkt", id=decision.id)
        _show_all(decision, _points(_("Det här vill vi särskilt veta"), text.questions))
    else:
        st.info(_why_closed(decision, today))


def _show_in_own_languages(decision: Decision) -> None:
    """Show the short text in the municipality's languages that no page is written in."""
    for code in own_languages():
        text = decision.texts.get(code)
        if text is None:
            continue
        with st.expander(in_itself(code)):
            parts = [text.summary, *text.easy_read, *text.can_influence]
            frame.show_part("short_text", code, text.title, [part for part in parts if part])


def _why_closed(decision: Decision, today: date) -> str:
    """Say why there is no button, and what one can do instead."""
    stands = progress.of(decision, today)
    if stands.status is Status.UPCOMING:
        return _(
            "Du kan lämna synpunkter från och med {day}. Kom tillbaka då, eller ring oss redan nu."
        ).format(day=say_day(decision.opens, today=today))
    if stands.is_only_answered:
        return _("Tiden för synpunkter är slut och kommunen har svarat. Läs svaret längre ner.")
    if stands.status is Status.DECIDED:
        return _(
            "Tiden för synpunkter är slut och beslutet är fattat. Läs hur det blev längre ner."
        )
    return _(
        "Tiden för synpunkter är slut. Vi läser nu allt som har kommit in. "
        "Du kan läsa vad andra har sagt längre ner."
    )


def _show_influence(decision: Decision, text: DecisionText) -> None:
    _show_all(
        decision,
        _points(_("Det här kan du påverka"), text.can_influence),
        _points(_("Det här kan du inte påverka"), text.cannot_influence),
    )


class Part(NamedTuple):
    """What the page says, and below it what the proposal says itself; both in Markdown."""

    head: str
    said: str


def _points(heading: str, lines: tuple[str, ...], *, level: int = 3) -> Part:
    """Return a heading and sentences as a list; nothing when there are none."""
    rows = "\n".join(f"- {plain(line)}" for line in lines)
    return Part(f"{'#' * level} {plain(heading)}", rows)


def _line(label: str, said: str) -> Part:
    """Return one line with what it is; nothing when nothing is said."""
    return Part(f"**{plain(label)}:**", plain(said))


def _show_all(decision: Decision, *parts: Part) -> None:
    """Show parts under each other, as one element where they are in one language.

    Each element costs a message to the browser.
    """
    shown = [part for part in parts if part.said]
    if language() in decision.texts:
        glue = {True: "\n\n", False: " "}
        lines = [f"{p.head}{glue[p.head.startswith('#')]}{p.said}".strip() for p in shown]
        if lines:
            st.markdown("\n\n".join(lines))
        return
    for part in shown:
        if part.head:
            st.markdown(part.head)
        with own_words(decision, f"del-{crc32(part.head.encode() + part.said.encode())}"):
            st.markdown(part.said)


def _show_map(decision: Decision, today: date) -> None:
    filters = chosen_filters(FILTERS)
    count = published.count_published(decision.id)
    st.markdown(_say_map(count, filters))
    is_draft = frame.is_preview()
    area = drawn.decision_area(decision, is_draft=is_draft)
    show_map(
        [area] if is_draft else [area, drawn.pins(decision, **as_words(filters))],
        bounds=bounds_of(decision.area, margin=0.8),
        key=f"forslag-{decision.id}",
        alt=_("Karta över förslagets område"),
        language=language(),
    )
    items = [drawn.area_item(decision, today)]
    legend(items + (drawn.pin_items() if count else []))
    if count:
        st.caption(_("Märkena är flyttade 30–50 meter, så att ingen kan se var någon bor."))


def _say_map(count: int, filters: CommentFilter) -> str:
    if count == 0:
        return _("Kartan visar området som förslaget gäller.")
    if filters != EVERYTHING:
        return _("Kartan visar området och de synpunkter som du har valt i listan längre ner.")
    return ngettext(
        "Kartan visar området och {n} synpunkt. Läs den i listan längre ner.",
        "Kartan visar området och synpunkterna. Alla {n} kan du läsa i listan längre ner.",
        count,
    ).format(n=count)


def _show_formal_comment(decision: Decision, text: DecisionText) -> None:
    if not text.formal_comment:
        return
    with st.container(border=True):
        heading = plain(_("Vill du kunna överklaga?"))
        _show_all(decision, Part(f"### {heading}", plain(text.formal_comment)))


def _show_outcome(decision: Decision, text: DecisionText, today: date) -> None:
    stands = progress.of(decision, today)
    lines = text.outcome if stands.status is Status.DECIDED else ()
    has_answer = stands.answered_on is not None
    if not lines and not has_answer:
        return
    frame.heading(_("Så här blev det"))
    if lines:
        with own_words(decision, "beslutet"):
            frame.points(lines)
    if has_answer:
        frame.link("svar", _("Läs hela svaret"), icon=":material/arrow_forward:", id=decision.id)


def _show_timeline(decision: Decision, text: DecisionText, today: date) -> None:
    frame.heading(_("Så går det till"))
    steps = [_timeline_step(phase, today) for phase in decision.phases]
    frame.show_part("timeline", steps, _("Här är vi nu"), _("klart"))
    said = _say_answer(decision, today)
    if said:
        st.markdown(said)
    if not text.who_decides:
        st.markdown(labelled(_("Vem bestämmer"), body_name(decision.body)))
    _show_all(
        decision,
        _line(_("Vem bestämmer"), text.who_decides),
        *(Part("", plain(words)) for words in (text.ladder, text.dialogue_decision)),
    )


def _say_answer(decision: Decision, today: date) -> str:
    stands = progress.of(decision, today)
    if stands.answered_on is not None:
        day = say_day(stands.answered_on, today=today)
        return _("Svaret på synpunkterna kom {day}.").format(day=day)
    if stands.promised_on is None:
        return ""
    day = say_day(stands.promised_on, today=today)
    if stands.is_overdue:
        return _("Svaret skulle ha kommit {day}, men är försenat.").format(day=day)
    return _("Du får veta vad det ledde till senast {day}.").format(day=day)


def _timeline_step(phase: Phase, today: date) -> tuple[str, str, str, str]:
    """Return title, its language if it is another, period, and when it is, told by a word."""
    title = phase.titles.get(language(), phase.titles[SOURCE])
    other = "" if language() in phase.titles else SOURCE
    when = ""
    if phase.starts <= today <= phase.ends:
        when = "nu"
    elif phase.ends < today:
        when = "klart"
    return title, other, say_period(phase.starts, phase.ends), when


def _show_facts(decision: Decision, text: DecisionText) -> None:
    _show_all(
        decision,
        _points(_("Fakta"), text.facts, level=2),
        _line(_("Pengar"), text.money),
        _line(_("För barn och unga"), text.children),
        _points(_("Det här föreslås inte"), text.not_proposed),
        _points(_("Särskilt viktiga att höra"), text.groups),
    )


def _show_said(decision: Decision, today: date) -> None:
    frame.heading(_("Vad andra har sagt"))
    if progress.status(decision, today) is Status.UPCOMING:
        st.markdown(_("Här syns synpunkterna när tiden för att tycka till har börjat."))
        return
    st.markdown(_("Det är inte en omröstning. Politikerna väger ihop allt."))
    if published.count_published(decision.id) == 0:
        _say_nobody_yet(decision, today)
        return
    with st.container(key="sagt"):
        show_list(decision, ask_filters(FILTERS), key=f"{LIST}.{decision.id}")


def _say_nobody_yet(decision: Decision, today: date) -> None:
    if rules.is_open(decision, today):
        st.markdown(_("Ingen har skrivit här ännu. Bli den första."))
    else:
        st.markdown(_("Ingen synpunkt är publicerad."))


def _show_other_ways(decision: Decision, text: DecisionText, today: date) -> None:
    if progress.status(decision, today) not in {Status.SUMMARISING, Status.DECIDED}:
        _show_all(decision, _points(_("Fler sätt att vara med"), text.ways, level=2))


def _show_contact(decision: Decision) -> None:
    frame.heading(_("Frågor om förslaget"))
    st.html(contact.markup(decision, with_number=True))


main()
