"""Asking for a GIS file and its reference system, and reading it in a process of its own."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import streamlit as st

from data import rights
from data.planning import file_words
from data.uploads import gis_files
from pages.shared.session import signed_in, state
from pages.shared.session.uploads import ask_file
from pages.shared.words.texts import N_, _

ENDINGS = ["geojson", "json", "gpkg", "zip", "kml", "dxf", "csv"]
AS_TOLD = N_("Som det står i filen")


class Chosen(NamedTuple):
    """A file as it was chosen; `content` None when none was."""

    content: bytes | None
    name: str
    epsg: int | None


def ask(key: str) -> Chosen:
    """Ask for a file and the system that its coordinates are in, and give what is chosen."""
    label = _("Fil från kommunens GIS (högst 20 MB)")
    ask_file(label, may=rights.check_planner, type=ENDINGS, key=f"{key}.fil")
    names: dict[int | None, str] = {None: AS_TOLD}
    names.update((code, name) for code, name in file_words.system_names().items())
    st.selectbox(
        _("Referenssystem"),
        list(names),
        format_func=lambda code: _(names[code]),
        key=f"{key}.system",
    )
    return chosen(key)


def chosen(key: str) -> Chosen:
    """Return the file as it is chosen now; also for an act, which is a callback."""
    upload, epsg = state.get(f"{key}.fil"), state.get(f"{key}.system")
    if upload is None:
        return Chosen(None, "", epsg)
    return Chosen(upload.getvalue(), upload.name, epsg)


def read(chosen: Chosen) -> gpd.GeoDataFrame:
    """Read a chosen file, all of it (EPSG:3006).

    Raises
    ------
    data.uploads.gis_files.GisFileError
        Also ``file_missing``.
    data.rights.NotAllowedError
        Before anything is read, when the person may not upload.
    """
    rights.check_planner(signed_in.staff())
    if chosen.content is None:
        raise gis_files.GisFileError("file_missing")
    return gis_files.read_whole_here(chosen.content, chosen.name, epsg=chosen.epsg)
