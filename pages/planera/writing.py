"""Writing a decision: all its fields in a few parts, each saved by itself."""

from __future__ import annotations

import streamlit as st
from shapely.geometry import MultiPolygon

from data import clock, municipality, rights
from data.decisions import decisions
from data.models import Staff
from data.planning import draft_fields, drafts
from data.planning.draft_fields import Sheet
from data.planning.drafts import Draft
from data.text_normalization import capital
from pages.planera import acts, area, fields, history, log, promises
from pages.shared import frame
from pages.shared.session import signed_in, state
from pages.shared.words.texts import N_, _, language_name, plain, say_moment

PART = "utkast"
# as wide as a text is easy to read
WIDTH = 820
GONE = N_("Utkastet är borttaget.")
TABS = {
    "grund": N_("Grunden"),
    "text": N_("Texten"),
    "fakta": N_("Fakta och grupper"),
    "omrade": N_("Området"),
    "sprak": N_("Andra språk"),
    "publicera": N_("Löftet"),
    "versioner": N_("Versioner"),
}
GROUND = (
    "type", "body", "sv.who_decides", "sv.ladder", "sv.dialogue_decision", "case_number",
    "opens", "closes", "answer_on", "decision_on", "phases",
    "contact_role", "contact_phone", "contact_email",
)  # fmt: skip
TEXT = (
    "sv.title", "sv.place", "sv.summary", "sv.easy_read", "sv.can_influence",
    "sv.cannot_influence", "sv.questions",
)  # fmt: skip
FACTS = (
    "sv.facts", "sv.money", "sv.children", "sv.not_proposed", "sv.ways", "sv.groups",
    "sv.formal_comment",
)  # fmt: skip
TRANSLATED = tuple(dict.fromkeys((*TEXT, *FACTS, "sv.who_decides", "sv.ladder")))
TAB_OF = {
    **dict.fromkeys(GROUND, "grund"),
    **dict.fromkeys(TEXT, "text"),
    **dict.fromkeys(FACTS, "fakta"),
    "area": "omrade",
}


# what the usual steps are made of, and where they stand
STEP_FIELDS = ("opens", "closes", "answer_on", "decision_on", "phases")


def show(actor: Staff, decision_id: str) -> None:
    """Show the draft of a decision, part by part."""
    draft = drafts.get(actor, decision_id)
    if draft is None:
        acts.tell(promises.PART)
        if decisions.get(decision_id) is None:
            st.markdown(_("Det finns inget utkast med det namnet."))
            frame.link("planera", _("Till alla förslag"))
            return
        st.markdown(_("Alla läser nu det som är publicerat. Ingen ändring väntar."))
        frame.link("forslag", _("Se det som invånarna ser det"), id=decision_id)
        frame.link("planera", _("Till alla förslag"))
        return
    frame.link("planera", _("Alla förslag"), icon=":material/arrow_back:")
    frame.heading(str(draft_fields.value_of(draft.sheet, "sv.title")) or draft.decision_id)
    st.caption(_say_saved(draft))
    tab_key = f"utkast.{decision_id}.flik"
    tab = _ask_tab(tab_key)
    with st.container(width=WIDTH):
        _show_tab(actor, draft, tab, tab_key)


def _show_tab(actor: Staff, draft: Draft, tab: str, tab_key: str) -> None:
    if tab == "omrade":
        _show_area(draft)
    elif tab == "sprak":
        _show_translations(draft)
    elif tab == "publicera":
        promises.show(draft, TAB_OF, tab_key)
    elif tab == "versioner":
        history.show(actor, draft.decision_id)
        log.show(actor, draft.decision_id)
        _offer_discard(draft)
    else:
        for field in {"grund": GROUND, "text": TEXT, "fakta": FACTS}[tab]:
            fields.ask(draft, field)
            if field == "phases":
                _offer_steps(draft)


def _say_saved(draft: Draft) -> str:
    return _(
        "Utkast som bara planerare ser. Det sparas av sig självt, senast {at} av {name}."
    ).format(at=say_moment(draft.changed_at), name=plain(draft.changed_by))


def _ask_tab(key: str) -> str:
    if state.get(key) not in TABS:
        asked = state.asked("flik", "grund")
        state.put(key, asked if asked in TABS else "grund")
    chosen = st.segmented_control(
        _("Del av förslaget"),
        list(TABS),
        format_func=lambda tab: _(TABS[tab]),
        required=True,
        key=key,
    )
    state.ask(flik=str(chosen))
    return str(chosen)


def _offer_steps(draft: Draft) -> None:
    st.caption(_("Skriv så här: 2026-12-01 – 2026-12-20: Samråd"))
    steps = usual_steps(draft.sheet)
    if steps and not draft_fields.value_of(draft.sheet, "phases"):
        st.button(
            _("Föreslå steg efter datumen"),
            key=f"utkast.{draft.decision_id}.steg",
            on_click=_use_steps,
            args=(draft,),
        )


def _use_steps(seen: Draft) -> None:
    """Fill in the steps from the dates as they stand at the press; nothing written is lost."""
    sheet = {**_stored_now(seen), **fields.unsaved(seen, STEP_FIELDS)}
    if not draft_fields.value_of(sheet, "phases"):
        fields.save(seen.decision_id, "phases", [], usual_steps(sheet))


def _stored_now(seen: Draft) -> Sheet:
    """Return what is stored: another field may have been saved since the page was drawn."""
    try:
        latest = drafts.get(signed_in.staff(), seen.decision_id)
    except rights.NotAllowedError:
        # saving tells it
        return seen.sheet
    return (latest or seen).sheet


def usual_steps(sheet: Sheet) -> list[str]:
    """Return the steps of an ordinary dialogue, from the dates that are written."""
    opens, closes = draft_fields.value_of(sheet, "opens"), draft_fields.value_of(sheet, "closes")
    steps = [f"{opens} – {closes}: Du kan lämna synpunkter"] if opens and closes else []
    for field, words in (("answer_on", "Du får svar"), ("decision_on", "Politikerna beslutar")):
        day = draft_fields.value_of(sheet, field)
        steps += [f"{day}: {words}"] if day else []
    return steps


def _show_area(draft: Draft) -> None:
    stored = draft_fields.value_of(draft.sheet, "area")

    def use(found: MultiPolygon, _source: str) -> None:
        fields.save(draft.decision_id, "area", stored, draft_fields.say_area(found))

    area.ask(f"utkast.{draft.decision_id}.omrade", draft_fields.area_of(stored), use)
    fields.tell(draft, "area")


def _show_translations(draft: Draft) -> None:
    if municipality.in_use().minority_language:
        said = _(
            "{municipality} är förvaltningsområde för {minority_language}. Låt någon som kan "
            "språket läsa texten innan den publiceras."
        )
    else:
        said = _("Låt någon som kan språket läsa texten innan den publiceras.")
    st.markdown(said)
    spoken = st.radio(
        _("Språk"),
        municipality.in_use().other_languages,
        format_func=lambda code: capital(language_name(code)),
        horizontal=True,
        key=f"utkast.{draft.decision_id}.sprak",
    )
    for field in TRANSLATED:
        fields.ask(draft, f"{spoken}{field[2:]}")


def _offer_discard(draft: Draft) -> None:
    with st.expander(_("Ta bort utkastet")):
        st.markdown(_("Det som är publicerat ändras inte. Loggen sparar det du har skrivit."))
        st.button(
            _("Ta bort utkastet"),
            key=f"utkast.{draft.decision_id}.bort",
            on_click=_discard,
            args=(draft.decision_id,),
        )


def _discard(decision_id: str) -> None:
    acts.attempt(
        PART,
        lambda actor: drafts.discard(actor, decision_id, at=clock.now()),
        GONE,
    )
    state.ask(utkast=None, flik=None)
