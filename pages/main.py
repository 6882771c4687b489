"""Which pages there are, and what stands round each of them."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from data import store
from pages.shared import addresses, frame, texts
from pages.shared.texts import _

_log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
ICON = HERE / "web" / "assets" / "favicon.svg"


def _pages() -> list[st.Page]:
    """Give every page; the addresses stay what they are."""
    return [
        st.Page(
            HERE / frame.file_of(name),
            title=_(title),
            url_path=None if name == addresses.FIRST else name,
            default=name == addresses.FIRST,
        )
        for name, title in addresses.PAGES.items()
    ]


def main() -> None:
    """Draw the frame and the page that the address names."""
    texts.begin()
    chosen = st.navigation(_pages(), position="hidden")
    st.set_page_config(
        page_title=f"{chosen.title} – Dialogkartan", page_icon=str(ICON), layout="wide"
    )
    if not store.is_open():
        frame.store_closed()
        return
    frame.header(chosen.url_path)
    try:
        chosen.run()
    except Exception:
        # the person gets one plain sentence, we get all of it
        _log.exception("the page %s could not be drawn", chosen.url_path)
        frame.failed()
    frame.footer()


main()
