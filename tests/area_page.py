"""The choice of an area on a page of its own, for its tests to walk. No part of the service."""

from __future__ import annotations

import shapely
import streamlit as st

from pages.planera import area
from pages.shared.words import texts

texts.begin()
st.set_page_config(page_title="Område", layout="wide")
st.title("Område")
_kept = st.session_state.get("omrade")


def _use(made: shapely.MultiPolygon, source: str) -> None:
    st.session_state["kalla"] = source
    if not st.session_state.get("vagra"):
        st.session_state["omrade"] = shapely.to_wkb(made)


area.ask("prov", None if _kept is None else shapely.from_wkb(_kept), _use)
st.caption("Källa: " + texts.plain(st.session_state.get("kalla", "ingen")))
