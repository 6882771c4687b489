"""Which pages there are, and what stands round each of them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data import store
from pages.shared import frame
from pages.shared.texts import _

HERE = Path(__file__).resolve().parent
ICON = HERE / "web" / "assets" / "favicon.svg"


def _pages() -> dict[str, st.Page]:
    """Give every page by name; the addresses stay what they are."""
    files = {
        "overview": ("overview.py", _("Vad planeras i Karlskoga?"), None),
        "forslag": ("forslag.py", _("Förslaget"), "forslag"),
        "synpunkt": ("synpunkt/page.py", _("Lämna en synpunkt"), "synpunkt"),
        "kvitto": ("kvitto.py", _("Följ din synpunkt"), "kvitto"),
        "berorda": ("berorda.py", _("Berörda områden"), "berorda"),
        "resultat": ("resultat/page.py", _("Resultat"), "resultat"),
        "granska": ("granska.py", _("Granska synpunkter"), "granska"),
        "metod": ("metod.py", _("Så räknar vi"), "metod"),
        "om": ("om.py", _("Om tjänsten"), "om"),
        "tillganglighet": ("tillganglighet.py", _("Tillgänglighet"), "tillganglighet"),
        "personuppgifter": ("personuppgifter.py", _("Personuppgifter"), "personuppgifter"),
    }
    return {
        name: st.Page(HERE / file, title=title, url_path=path, default=path is None)
        for name, (file, title, path) in files.items()
    }


def main() -> None:
    """Draw the frame and the page that the address names."""
    pages = _pages()
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(
        page_title=f"{chosen.title} – Dialogkartan Karlskoga", page_icon=str(ICON), layout="wide"
    )
    if not store.is_open():
        frame.store_closed()
        return
    frame.header(pages)
    chosen.run()
    frame.footer(pages)


main()
