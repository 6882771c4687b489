"""The lines of HTML that put a proposal's map on another site."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from data import settings
from data.models import Decision
from pages.shared import addresses, frame, templates
from pages.shared.words.texts import _, language

HEIGHT = 560


def show(decision: Decision) -> None:
    """Offer the map for other sites, or say what must be set before."""
    frame.heading(_("Kartan på en webbplats"))
    own = settings.load()
    if not own.embed_hosts or not own.base_url:
        st.markdown(
            _(
                "Kartan kan visas på kommunens egna sidor. Be den som sköter tjänsten att ange "
                "vilka webbplatser som får visa den (`DIALOG_EMBED_HOSTS` och `DIALOG_BASE_URL`)."
            )
        )
        return
    st.markdown(
        _("Klistra in raden där kartan ska stå. Den går att visa på: {sites}.").format(
            sites=", ".join(f"`{site}`" for site in own.embed_hosts.split())
        )
    )
    st.code(_lines(decision, own.base_url), language="html", wrap_lines=True)


def _lines(decision: Decision, base_url: str) -> str:
    asked = urlencode({"id": decision.id, "sprak": language()})
    address = f"{base_url.rstrip('/')}{addresses.EMBEDDED}?{asked}"
    title = _("Karta: {title}").format(title=decision.text(language()).title)
    return str(templates.piece("embedded.html", "lines", address, title, HEIGHT))
