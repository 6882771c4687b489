"""Asking for a file: only a page that asks gets one, and only from a person who may send it.

Streamlit takes a file for any session that is open, whatever its page shows. What a session's page
asks for is remembered here while the page stands; `pages.web.site.uploads` lets nothing else in,
and asks for the person's right again in the very request that brings the file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from data import rights
from data.models import Staff
from pages.shared.session import signed_in

Check = Callable[[Staff | None], Staff]

_asking: dict[str, frozenset[Check]] = {}
_lock = threading.Lock()
# what the page has asked for in the run that is going on in this thread
_in_run: ContextVar[set[Check] | None] = ContextVar("in_run", default=None)
# so many sessions are remembered before those that have ended are looked for
_MANY = 100


def ask_file(label: str, *, may: Check, **how: Any) -> Any:  # noqa: ANN401 - as Streamlit's own
    """Show a field for a file; `may` is the right that sending one needs, the rest Streamlit's."""
    session = _session()
    if session is not None and _has_right(may, signed_in.staff()):
        _remember(session, may)
    return st.file_uploader(label, **how)


def may_send(session: str, actor: Staff | None) -> bool:
    """Tell whether a session's page asks for a file that this person may send."""
    with _lock:
        checks = _asking.get(session, frozenset())
    return any(_has_right(check, actor) for check in checks)


@contextmanager
def one_run() -> Iterator[None]:
    """Remember what the page asks for until it stands; then nothing but that is taken."""
    before = _in_run.set(set())
    try:
        yield
    except RerunException:
        # it begins anew, and was perhaps not drawn as far as its field
        raise
    except BaseException:
        _settle()
        raise
    else:
        _settle()
    finally:
        _in_run.reset(before)


def files() -> MemoryUploadedFileManager | None:
    """Return what Streamlit holds of files; None outside the service."""
    if not exists():
        return None
    found = get_instance().uploaded_file_mgr
    return found if isinstance(found, MemoryUploadedFileManager) else None


def _session() -> str | None:
    context = get_script_run_ctx()
    return None if context is None else context.session_id


def _has_right(check: Check, actor: Staff | None) -> bool:
    try:
        check(actor)
    except rights.NotAllowedError:
        return False
    return True


def _remember(session: str, may: Check) -> None:
    asked = _in_run.get()
    if asked is not None:
        asked.add(may)
    with _lock:
        if len(_asking) >= _MANY:
            _forget_ended()
        _asking[session] = _asking.get(session, frozenset()) | {may}


def _settle() -> None:
    session, asked = _session(), _in_run.get()
    if session is None:
        return
    with _lock:
        was_asking = _asking.pop(session, None) is not None
        if asked:
            _asking[session] = frozenset(asked)
    held = files()
    if was_asking and not asked and held is not None:
        # the page with the field is left: its files are read, and not kept
        held.remove_session_files(session)


def _forget_ended() -> None:
    if not exists():
        return
    runtime = get_instance()
    for session in [one for one in _asking if not runtime.is_active_session(one)]:
        del _asking[session]
