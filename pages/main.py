"""Which pages there are, and what stands round each of them."""

from __future__ import annotations

import logging
from copy import copy

import streamlit as st

from data import store
from pages.shared import frame
from pages.shared.session import uploads
from pages.shared.words import texts

_log = logging.getLogger(__name__)


def _pages() -> dict[str, st.Page]:
    """Return every page by name; the addresses stay what they are."""
    return {name: copy(page) for name, page in frame.prototypes(texts.language()).items()}


def main() -> None:
    """Draw the frame and the page that the address names."""
    texts.begin()
    pages = _pages()
    frame.know(pages)
    chosen = st.navigation(list(pages.values()), position="hidden")
    if not store.is_open():
        frame.store_closed()
        return
    with uploads.one_run():
        try:
            frame.header(chosen.url_path)
            chosen.run()
        except Exception:
            # the person gets one plain sentence, we get all of it
            _log.exception("the page %s could not be drawn", chosen.url_path)
            frame.failed()
        frame.footer()


main()
