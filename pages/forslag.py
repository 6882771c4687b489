"""One decision: what it is, what can change, when, and what others have said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import clock, results, rules
from data.models import Decision, DecisionText, Status
from pages.shared import addresses, frame, state
from pages.shared.comments import Filters, ask_filters, show_list
from pages.shared.maps import palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.texts import STANCE_WORDS, _, language, ngettext, say_date, say_period


def main() -> None:
    """Draw one decision, from the short answer to the details."""
    number, decision = frame.decision_or_stop()
    today = clock.today()
    text = decision.text(language())
    st.page_link("overview.py", label=_("Alla förslag"), icon=":material/arrow_back:")
    frame.example_banner(decision)
    frame.status_line(decision, today)
    st.title(text.title)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_summary(decision, text, today)
    with right, st.container(key="karta-fast"):
        _show_area(number, decision)
    _show_influence(text)
    if text.formal_comment:
        st.info(f"**{_('Vill du kunna överklaga?')}** {text.formal_comment}", icon=":material/gavel:")
    if text.outcome:
        _show_list(_("Så här blev det"), text.outcome)
    how, facts = st.columns(2, gap="large")
    with how:
        _show_timeline(decision, text, today)
    with facts:
        _show_facts(text)
    _show_said(decision, today)
    _show_contact(decision, text, today)


def _show_summary(decision: Decision, text: DecisionText, today: date) -> None:
    st.subheader(_("Kort om förslaget"), anchor=False)
    if text.easy_read and st.toggle(_("Lättläst"), key="forslag.lattlast"):
        for sentence in text.easy_read:
            st.markdown(sentence)
    else:
        st.markdown(text.summary)
    for question in text.questions:
        st.markdown(f"- {question}")
    if rules.is_open(decision, today):
        if st.button(_("Lämna en synpunkt"), type="primary", key="forslag.lamna"):
            st.switch_page("synpunkt/page.py", query_params={"id": decision.id})
    else:
        st.markdown(f"**{_why_closed(decision, today)}**")
    with st.container(horizontal=True):
        frame.link_to("berorda.py", decision, _("Berörda områden"))
        frame.link_to("resultat/page.py", decision, _("Resultat"))


def _why_closed(decision: Decision, today: date) -> str:
    status = rules.status_of(decision, today)
    if status is Status.UPCOMING:
        return _("Du kan lämna synpunkter från och med {day}.").format(
            day=say_date(decision.opens, weekday=True, year=True)
        )
    if status is Status.DECIDED:
        return _("Tiden för synpunkter är slut och beslutet är fattat.")
    return _("Tiden för synpunkter är slut. Vi läser nu allt som har kommit in.")


def _show_area(number: int, decision: Decision) -> None:
    filters: Filters = state.get("forslag.valda", Filters())
    color = palette.STATUS[rules.status_of(decision, clock.today()).value]
    area = LayerSpec(
        addresses.decision(decision.id, version=decision.version, language=language()),
        fill=color,
        color=color,
        weight=3,
        fill_opacity=0.2,
        label="number",
        interactive=False,
    )
    pins = LayerSpec(
        addresses.comment_points(decision.id, **filters.as_words()),
        kind="points",
        name="synpunkter",
        property="stance",
        fills=palette.STANCE,
        shapes=palette.STANCE_SHAPES,
        tooltip=(("stance", ""),),
        words={stance.value: _(word) for stance, word in STANCE_WORDS.items()},
    )
    totals = results.totals(decision.id)
    st.markdown(
        ngettext(
            "Området är markerat med {n}.", "Området är markerat med {n}.", number
        )
        + " "
        + ngettext(
            "{n} publicerad synpunkt visas som märke på kartan eller i listan nedanför.",
            "{n} publicerade synpunkter visas som märken på kartan eller i listan nedanför.",
            totals.comments,
        )
    )
    show_map(
        [area, pins],
        bounds=bounds_of(decision.area, margin=0.8),
        key=f"forslag-{decision.id}",
        alt=_("Karta över förslagets område"),
        language=language(),
    )
    st.caption(
        _(
            "Fyrkant: för. Trekant: emot. Ruter: både och. Rund: tar inte ställning. "
            "Märkena är flyttade 30–50 meter så att ingen kan se var någon bor."
        )
    )


def _show_influence(text: DecisionText) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _show_list(_("Det här kan du påverka"), text.can_influence)
    with right:
        _show_list(_("Det här kan du inte påverka"), text.cannot_influence)


def _show_list(heading: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    st.subheader(heading, anchor=False)
    st.markdown("\n".join(f"- {line}" for line in lines))


def _show_timeline(decision: Decision, text: DecisionText, today: date) -> None:
    st.subheader(_("Så går det till"), anchor=False)
    if text.who_decides:
        st.markdown(text.who_decides)
    lines = []
    for phase in decision.phases:
        title = phase.titles.get(language(), phase.titles["sv"])
        period = say_period(phase.starts, phase.ends)
        if phase.starts <= today <= phase.ends:
            lines.append(f"1. **{title}**, {period} – **{_('här är vi nu')}**")
        elif phase.ends < today:
            lines.append(f"1. {title}, {period} ({_('klart')})")
        else:
            lines.append(f"1. {title}, {period}")
    st.markdown("\n".join(lines))
    if decision.answer_on is not None:
        st.markdown(
            _("Du får veta vad det ledde till senast {day}.").format(
                day=say_date(decision.answer_on, year=True)
            )
        )
    if text.ladder:
        st.markdown(text.ladder)


def _show_facts(text: DecisionText) -> None:
    _show_list(_("Fakta"), text.facts)
    if text.money:
        st.markdown(f"**{_('Pengar')}:** {text.money}")
    _show_list(_("Det här föreslås inte"), text.not_proposed)
    _show_list(_("Särskilt viktiga att nå"), text.groups)


def _show_said(decision: Decision, today: date) -> None:
    st.subheader(_("Vad andra har sagt"), anchor=False)
    if rules.status_of(decision, today) is Status.UPCOMING:
        st.markdown(_("Här syns synpunkterna när tiden för att tycka till har börjat."))
        return
    st.markdown(_("Det är inte en omröstning. Politikerna väger ihop allt."))
    filters = ask_filters("forslag.filter")
    if state.get("forslag.valda") != filters:
        state.put("forslag.valda", filters)
        st.rerun()
    show_list(decision, filters, key="forslag.lista")


def _show_contact(decision: Decision, text: DecisionText, today: date) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        if rules.status_of(decision, today) in {Status.OPEN, Status.CLOSING_SOON, Status.UPCOMING}:
            _show_list(_("Fler sätt att vara med"), text.ways)
    with right:
        st.subheader(_("Frågor om förslaget"), anchor=False)
        st.markdown(
            f"{decision.contact_role}  \n{_('Telefon')}: {decision.contact_phone}  \n"
            f"{_('E-post')}: {decision.contact_email}  \n"
            f"{_('Ärendenummer')}: {decision.case_number}"
        )


main()
