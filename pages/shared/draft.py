"""Keeps what a person has begun to write in the tab's own storage, through a reload.

Nothing is stored on the server. When the frame is blocked the page works without it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.components.v1.custom_component import CustomComponent

from pages.shared import addresses

_FRAME = CustomComponent(name="Utkast", url=addresses.DRAFT, module_name="utkast")


def draft(save: dict[str, Any] | None, *, key: str) -> dict[str, Any] | None:
    """Read the draft kept under `key` (a decision's id), and keep `save` from now on.

    Pass None until the first answer has come: an empty form must not overwrite a kept draft.
    ``{"clear": True}`` forgets the draft.

    Returns
    -------
    dict or None
        None before the browser has answered, or when it cannot. Then always
        ``{"loaded": True, "draft": …, "live": …}``: the draft as it was when the page was opened
        (or None), and what stood in text fields by their names.
    """
    with st.container(key=f"dold-utkast-{key}"):
        found = _FRAME(of=key, save=save, key=f"utkast-{key}", tab_index=-1, default=None)
    if not isinstance(found, dict) or found.get("loaded") is not True:
        return None
    kept, live = found.get("draft"), found.get("live")
    return {
        "loaded": True,
        "draft": kept if isinstance(kept, dict) else None,
        "live": live if isinstance(live, dict) else {},
    }
