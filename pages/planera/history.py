"""Every version of a decision, and what differs between two of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.models import Staff
from data.planning import draft_fields, publishing
from data.planning.publishing import Version
from pages.planera.fields import label_of
from pages.shared import frame
from pages.shared.words.texts import N_, _, plain, say_moment

ACTS = {
    "publish": N_("publicerad"),
    "withdraw": N_("tillbakadragen"),
    "close": N_("avslutad"),
}
LONGEST = 300


def show(actor: Staff, decision_id: str) -> None:
    """List the versions, and compare two."""
    frame.heading(_("Publicerade versioner"))
    known = publishing.versions(actor, decision_id)
    if not known:
        st.markdown(_("Inget är publicerat än."))
        return
    names = [_say(version) for version in known]
    if len(known) == 1:
        st.markdown(plain(names[0]))
        return
    places = list(range(len(known)))
    old = st.selectbox(
        _("Jämför"), places, index=1, format_func=names.__getitem__, key="versioner.fran"
    )
    new = st.selectbox(
        _("med"), places, index=0, format_func=names.__getitem__, key="versioner.till"
    )
    _show_difference(known[old], known[new])


def _say(version: Version) -> str:
    return _("Version {n}, {act} {at} av {name}").format(
        n=version.number,
        act=_(ACTS[version.act]),
        at=say_moment(version.made_at),
        name=version.made_by,
    )


def _show_difference(old: Version, new: Version) -> None:
    changed = draft_fields.differences(old.sheet, new.sheet)
    if not changed:
        st.markdown(_("Versionerna är lika."))
        return
    st.table(
        pd.DataFrame(
            {
                _("Före"): [_value(old, field) for field in changed],
                _("Efter"): [_value(new, field) for field in changed],
            },
            index=pd.Index([label_of(field) for field in changed], name=_("Uppgift")),
        ),
        border="horizontal",
        alt=_("Skillnader mellan versionerna"),
    )


def _value(version: Version, field: str) -> str:
    value = draft_fields.value_of(version.sheet, field)
    if field == "area":
        area = draft_fields.area_of(value)
        return _("inget område") if area is None else _say_area(area.area)
    text = value if isinstance(value, str) else " / ".join(value)
    return plain(text[:LONGEST]) or "–"


def _say_area(square_metres: float) -> str:
    return _("{n} hektar").format(n=round(square_metres / 10_000, 1))
