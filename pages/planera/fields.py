"""A field of a draft: asked for with a name people know, saved by itself when it is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data import clock, rights, store
from data.enums import DecisionType
from data.planning import draft_fields, drafts
from data.planning.draft_fields import Sheet, Sort, Value
from data.planning.drafts import Draft
from pages.planera.area_words import say_fault
from pages.shared import addresses
from pages.shared.session import signed_in, state
from pages.shared.words.texts import N_, SOURCE, TYPE_WORDS, _, language_name

TROUBLE = "utkast.fel"
CAUSES = (rights.NotAllowedError, draft_fields.FieldError, drafts.DraftError)


@dataclass(frozen=True)
class Trouble:
    """Why a field could not be kept, and both texts when somebody else had written in it."""

    code: str
    mine: Value
    now: Value = ""


LABELS = {
    "type": N_("Vad är det för förslag?"),
    "body": N_("Nämnd, styrelse eller fullmäktige som beslutar"),
    "opens": N_("Första dagen för synpunkter"),
    "closes": N_("Sista dagen för synpunkter"),
    "answer_on": N_("Dagen då ni senast svarar"),
    "decision_on": N_("Dagen då beslutet väntas"),
    "contact_role": N_("Den som svarar på frågor (roll, inte namn)"),
    "contact_phone": N_("Telefon"),
    "contact_email": N_("E-post"),
    "case_number": N_("Diarienummer"),
    "phases": N_("Stegen: en rad per steg"),
    "area": N_("Området på kartan"),
    "title": N_("Rubrik"),
    "place": N_("Platsen, som folk säger den"),
    "summary": N_("Kort om förslaget"),
    "easy_read": N_("Lättläst: en kort mening per rad"),
    "can_influence": N_("Det här kan man påverka: en sak per rad"),
    "cannot_influence": N_("Det här kan man inte påverka: en sak per rad"),
    "questions": N_("Det här vill ni särskilt veta: en fråga per rad"),
    "facts": N_("Fakta: en sak per rad"),
    "not_proposed": N_("Det här föreslås inte: en sak per rad"),
    "money": N_("Vad kostar det, och finns det pengar?"),
    "who_decides": N_("Vem bestämmer, och när: i en mening"),
    "ladder": N_("Steg på delaktighetstrappan, med vad det betyder"),
    "ways": N_("Fler sätt att vara med än webben: ett per rad, med tid och plats"),
    "groups": N_("Grupper som berörs mest, och hur ni når dem: en per rad"),
    "formal_comment": N_("Så lämnar man ett formellt yttrande, om det går"),
    "dialogue_decision": N_("Beslut om dialog: vem, när och diarienummer"),
    "children": N_("Vad det betyder för barn"),
}


def label_of(field: str) -> str:
    """Return the name of a field as people read it."""
    spoken, dot, name = field.partition(".")
    if not dot:
        return _(LABELS[field])
    if spoken == SOURCE:
        return _(LABELS[name])
    added = _("på {language}").format(language=language_name(spoken))
    return f"{_(LABELS[name])} ({added})"


def ask(draft: Draft, field: str) -> None:
    """Ask for one field, and tell beside it what could not be kept."""
    stored = draft_fields.value_of(draft.sheet, field)
    shown = _shown(draft, field)
    key = _key(draft, field)
    _draw(field, shown, key, (draft.decision_id, field, stored, key))
    tell(draft, field)


def _shown(draft: Draft, field: str) -> str:
    stored = draft_fields.value_of(draft.sheet, field)
    return "\n".join(stored) if isinstance(stored, list) else stored


def _key(draft: Draft, field: str) -> str:
    """Name a field: another value in the store makes another, so that it shows what is stored."""
    version = addresses.version_of(_shown(draft, field).encode())
    return f"utkast.{draft.decision_id}.{field}.{version}"


def unsaved(draft: Draft, names: Iterable[str]) -> Sheet:
    """Return what stands in fields at this moment and is not what the page was drawn from."""
    keys = {field: _key(draft, field) for field in names}
    written = {field: _written(state.get(key)) for field, key in keys.items() if state.has(key)}
    return {field: value for field, value in written.items() if value != _shown(draft, field)}


def _draw(field: str, shown: str, key: str, about: tuple[str, str, Value, str]) -> None:
    label, sort = label_of(field), draft_fields.all_fields()[field]
    if sort is Sort.DATE:
        day = date.fromisoformat(shown) if shown else None
        st.date_input(label, value=day, key=key, format="YYYY-MM-DD", on_change=_save, args=about)
    elif sort is Sort.TYPE:
        kinds = [kind.value for kind in DecisionType]
        st.selectbox(
            label,
            kinds,
            index=kinds.index(shown) if shown in kinds else None,
            format_func=lambda kind: _(TYPE_WORDS[DecisionType(kind)]),
            placeholder=_("Välj"),
            key=key,
            on_change=_save,
            args=about,
        )
    elif sort is Sort.LINE:
        st.text_input(label, value=shown, key=key, on_change=_save, args=about)
    else:
        height = 120 if sort in {Sort.LINES, Sort.PHASES} else 160
        st.text_area(label, value=shown, key=key, height=height, on_change=_save, args=about)


def _save(decision_id: str, field: str, was: Value, key: str) -> None:
    save(decision_id, field, was, _written(state.get(key)))


def save(decision_id: str, field: str, was: Value, becomes: Value) -> None:
    """Save one field; what could not be kept is told at the field, with what was written."""
    trouble: Trouble | None = None
    try:
        drafts.set_field(signed_in.staff(), decision_id, field, was, becomes, at=clock.now())
    except drafts.FieldChangedError as error:
        trouble = Trouble("field_changed", becomes, error.now)
    except CAUSES as error:
        trouble = Trouble(error.code, becomes)
    except store.StoreError:
        trouble = Trouble("not_saved", becomes)
    place = f"{TROUBLE}.{decision_id}.{field}"
    state.put(place, trouble) if trouble else state.drop(place)


def _written(value: object) -> Value:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def tell(draft: Draft, field: str) -> None:
    """Tell what could not be kept in a field, with what was written there."""
    place = f"{TROUBLE}.{draft.decision_id}.{field}"
    trouble: Trouble | None = state.get(place)
    if trouble is None:
        return
    st.error(say_fault(trouble.code))
    if trouble.code != "field_changed":
        return
    st.markdown(_("Det här skrev du:"))
    mine = trouble.mine
    st.text(mine if isinstance(mine, str) else "\n".join(mine))
    with st.container(horizontal=True):
        st.button(
            _("Använd det jag skrev"),
            key=f"{place}.mitt",
            on_click=save,
            args=(draft.decision_id, field, trouble.now, mine),
        )
        st.button(
            _("Behåll det som står"), key=f"{place}.deras", on_click=state.drop, args=(place,)
        )
