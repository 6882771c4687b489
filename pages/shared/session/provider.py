"""The municipality's identity provider, if it has set one up (OpenID Connect by `st.login`)."""

from __future__ import annotations

from typing import Any

import streamlit as st

SECTION = "auth"


def _section() -> dict[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    return dict(st.secrets.get(SECTION, {}))


def is_set() -> bool:
    """Tell whether officials sign in with the provider; else by the one-time link."""
    return bool(_section())


def client_id() -> str:
    """Return our own name at the provider; empty without one."""
    return str(_section().get("client_id", ""))
