"""Keeps what a person has begun to write in the tab's own storage, through reloads and restarts.

Nothing is stored on the server. When the frame is blocked the page works without it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.components.v1.custom_component import CustomComponent

from pages.shared import addresses
from pages.shared.session import state

_FRAME = CustomComponent(name="Dialogkartan", url=addresses.DRAFT, module_name="utkast")


@dataclass(frozen=True)
class Kept:
    """What the browser has said. `is_read` tells that it answered this session.

    `is_there` without `is_read`: it has answered a session before, and will soon answer this one.
    """

    is_there: bool
    is_read: bool
    draft: Mapping[str, object] | None


def read(key: str) -> Kept:
    """Return what the browser has answered before this run draws anything."""
    return _kept(state.get(_name(key)), key)


def draft(save: Mapping[str, object] | None, *, key: str) -> Kept:
    """Ask for the draft kept under `key` (a decision's id), and keep `save` from now on.

    Pass None until the draft is read: an empty form must not overwrite a kept one.
    """
    with st.container(key=f"dold-utkast-{key}"):
        found = _FRAME(of=key, save=save, ask=_ask(key), key=_name(key), tab_index=-1, default=None)
    return _kept(found, key)


def _name(key: str) -> str:
    return f"utkast-{key}"


def _ask(key: str) -> str:
    """Return this session's own question: the answer to another session's may be old."""
    name = f"{_name(key)}:fråga"
    if not state.has(name):
        state.put(name, secrets.token_hex(8))
    return str(state.get(name))


def _kept(answer: object, key: str) -> Kept:
    if not isinstance(answer, dict) or answer.get("loaded") is not True:
        return Kept(is_there=False, is_read=False, draft=None)
    if answer.get("asked") != _ask(key):
        return Kept(is_there=True, is_read=False, draft=None)
    found = answer.get("draft")
    return Kept(is_there=True, is_read=True, draft=found if isinstance(found, dict) else None)
