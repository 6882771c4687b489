"""Who is signed in: asked anew in every run, from a cookie that scripts cannot read.

Never kept in the session: Streamlit's session id stands in upload addresses and could be stolen.
"""

from __future__ import annotations

import streamlit as st

from data import clock, store
from data.models import Staff
from data.staff import sessions

COOKIE = "dialog_inloggad"


def staff() -> Staff | None:
    """Return the official who is signed in right now, or None."""
    token = st.context.cookies.get(COOKIE)
    if not isinstance(token, str) or not token or not store.is_open():
        return None
    return sessions.staff_of(token, clock.now())
