"""An official's act on this page: done, or refused with one sentence. Who it is, is asked anew.

Acts are callbacks: they hold what the page showed when it was drawn, so that somebody who saves
after another is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from data import rights, store
from data.models import Staff
from data.planning import layer_import, own_grids, reach_edit
from data.planning.drafts import DraftError
from data.uploads import gis_files
from geo.areas import AreaError
from pages.planera.words import say_fault
from pages.shared.session import signed_in, state
from pages.shared.widgets import act_outcome
from pages.shared.words.texts import _, number

DONE, ACTS = "planera.gjort", "planera.antal"
CAUSES = (
    rights.NotAllowedError,
    DraftError,
    reach_edit.ReachError,
    own_grids.GridError,
    layer_import.LayerImportError,
    gis_files.GisFileError,
    AreaError,
)


@dataclass(frozen=True)
class _Told:
    """How an act in a part of the page went; `fault` None when it was done.

    `detail` and `place` (longitude, latitude) are the fault's own, `written` what was lost with it.
    """

    part: str
    fault: str | None
    done: str
    detail: str
    place: tuple[float, float] | None
    written: dict[str, str]


def attempt(
    part: str,
    do: Callable[[Staff | None], object],
    done: str,
    *,
    written: Mapping[str, str] | None = None,
) -> bool:
    """Do an act, remember for the part of the page how it went, and say whether it was done.

    `done` is the sentence that tells of it, untranslated. `written` is what the official wrote, by
    label: shown again when somebody else saved before, since the form then starts anew.
    """
    fault: str | None = None
    detail, place = "", None
    try:
        do(signed_in.staff())
    except CAUSES as error:
        fault, place = error.code, getattr(error, "place", None)
        detail = str(getattr(error, "detail", ""))
    except store.StoreError:
        fault = "not_saved"
    if fault is None:
        state.put(ACTS, count() + 1)
    kept = dict(written or {}) if fault == "changed_meanwhile" else {}
    act_outcome.put(DONE, _Told(part, fault, done, detail, place, kept))
    return fault is None


def count() -> int:
    """Count the acts of this visit: fields named by it are empty again after each."""
    return int(state.get(ACTS, 0))


def tell(part: str) -> None:
    """Show how the last act in a part of the page went, and what was written if it was lost."""
    told: _Told | None = act_outcome.take(DONE)
    if told is None or told.part != part:
        return
    if told.fault is None:
        st.success(_(told.done), icon=":material/check:")
        return
    words = say_fault(told.fault, told.detail, told.place)
    if told.place and not told.fault.endswith("elsewhere"):
        words += " " + _("Felet ligger vid longitud {lon}, latitud {lat}.").format(
            lon=number(told.place[0], decimals=4), lat=number(told.place[1], decimals=4)
        )
    st.error(words)
    act_outcome.show_written(told.written)
