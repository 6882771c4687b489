"""The one door to the session's memory and to the address: typed values instead of strings."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.decisions import decisions
from data.models import Decision


def asked(name: str, default: str = "") -> str:
    """Return what the address says under a name."""
    return st.query_params.get(name, default)


def ask(**values: str | None) -> None:
    """Write values into the address, so that a view can be linked; None or empty takes them out."""
    for name, value in values.items():
        if value:
            if st.query_params.get(name) != value:
                st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def asked_decision() -> tuple[int, Decision] | None:
    """Return the decision that the address names with ``?id=``, with its number."""
    wanted = asked("id")
    return next(((n, d) for n, d in decisions.list_all() if d.id == wanted), None)


def get(name: str, default: Any = None) -> Any:  # noqa: ANN401 - whatever a page remembered
    """Return what this session remembers under a name."""
    return st.session_state.get(name, default)


def has(name: str) -> bool:
    """Tell whether this session remembers anything, also nothing chosen, under a name."""
    return name in st.session_state


def put(name: str, value: Any) -> None:  # noqa: ANN401 - plain, serialisable values
    """Remember a plain value in this session."""
    st.session_state[name] = value


def drop(*names: str) -> None:
    """Forget values."""
    for name in names:
        st.session_state.pop(name, None)


def drop_starting(prefix: str) -> None:
    """Forget every value, also of widgets, whose name starts with `prefix`."""
    for name in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[name]
