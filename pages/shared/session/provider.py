"""The municipality's identity provider (OpenID Connect), if it has set one up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

SECTION = "auth"
# where a press on "Logga in" leads
START = "/logga-in/konto"
# holds what belongs to a sign-in that is under way
COOKIE = "dialog_inloggning"
SCOPE = "openid email profile"


@dataclass(frozen=True)
class Provider:
    """What the section `auth` of ``.streamlit/secrets.toml`` says of the provider.

    `scope` is what we ask to be told, and `prompt` how the provider is to ask the person (empty:
    as it likes).
    """

    metadata_url: str
    client_id: str
    client_secret: str
    redirect_uri: str
    scope: str
    prompt: str


def is_set() -> bool:
    """Tell whether officials sign in with the provider; else by the one-time link."""
    return bool(_section())


def read() -> Provider | None:
    """Return the provider that the municipality has set up, if any."""
    told = _section()
    if not told:
        return None
    asked = told.get("client_kwargs", {})
    return Provider(
        metadata_url=str(told.get("server_metadata_url", "")),
        client_id=str(told.get("client_id", "")),
        client_secret=str(told.get("client_secret", "")),
        redirect_uri=str(told.get("redirect_uri", "")),
        scope=str(asked.get("scope", SCOPE)),
        prompt=str(asked.get("prompt", "")),
    )


def _section() -> dict[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    return dict(st.secrets.get(SECTION, {}))
