"""An official's act on this page: done, or refused with one sentence. Who it is, is asked anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import gis_files, layer_import, own_grids, reach_edit, rights, store
from data.drafts import DraftError
from data.models import Staff
from geo.areas import AreaError
from pages.planera.words import FAULTS, OTHER_FAULT
from pages.shared import signed_in, state
from pages.shared.texts import _, number

DONE = "planera.gjort"


def attempt(
    part: str, do: Callable[[Staff | None], object], done: str, *, again: bool = True
) -> None:
    """Do an act, and remember for the part of the page how it went.

    `done` is the sentence that tells of it, untranslated. `again` draws the page once more, for an
    act in the middle of a run.
    """
    fault: str | None
    place = None
    try:
        do(signed_in.staff())
    except (
        rights.NotAllowedError,
        DraftError,
        reach_edit.ReachError,
        own_grids.GridError,
        layer_import.LayerImportError,
        gis_files.GisFileError,
        AreaError,
    ) as error:
        fault, place = error.code, getattr(error, "place", None)
    except store.StoreError:
        fault = "not_saved"
    else:
        fault = None
    state.put(DONE, [part, fault, done, list(place) if place else None])
    if fault is None and again:
        st.rerun()


def tell(part: str) -> None:
    """Show how the last act in a part of the page went, once."""
    told = state.get(DONE)
    if not told or told[0] != part:
        return
    state.drop(DONE)
    _part, fault, done, place = told
    if fault is None:
        st.success(_(done), icon=":material/check:")
        return
    said = _(FAULTS.get(fault, OTHER_FAULT))
    if place:
        said += " " + _("Felet ligger vid longitud {lon}, latitud {lat}.").format(
            lon=number(place[0], decimals=4), lat=number(place[1], decimals=4)
        )
    st.error(said)
