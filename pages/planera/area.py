"""The area of a decision, from a file of the municipality."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from shapely.geometry import MultiPolygon

from geo.areas import join_polygons
from pages.planera import acts, files
from pages.shared.texts import N_, _, number

PART = "omrade"
USED = N_("Området är sparat.")


def ask(
    prefix: str, area: MultiPolygon | None, on_done: Callable[[MultiPolygon, str], None]
) -> None:
    """Show the area, and take a new one from a file."""
    if area is not None:
        st.markdown(_("Området är {n} hektar.").format(n=number(area.area / 10_000, decimals=1)))
    acts.tell(PART)
    with st.form(f"{prefix}.fil"):
        chosen = files.ask(prefix)
        if st.form_submit_button(_("Använd området"), type="primary"):

            def use(_actor: object) -> None:
                found = files.read(chosen)
                shapes = np.array(list(found.frame.geometry), dtype=object)
                on_done(join_polygons(shapes), chosen.name)

            acts.attempt(PART, use, USED)
            acts.tell(PART)
