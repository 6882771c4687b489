"""Where the person who has the page open comes from."""

from __future__ import annotations

import streamlit as st

HERE = "127.0.0.1"


def source() -> str:
    """Return the address as `pages.web.site.visitors` worked it out; empty when nobody knows it."""
    address = st.context.ip_address
    # Streamlit says nothing when it is this machine
    return address if isinstance(address, str) else HERE
