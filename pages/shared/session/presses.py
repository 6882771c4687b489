"""A press is never lost: the run that it begins is finished before a newer message begins the next.

Streamlit looks for newer messages wherever a page draws or remembers something, also in the middle
of an act, and starts anew with what they say. The press is not in them, so an act would be cut
short, or never begin, when the map or the kept draft answers in the same moment. `install` lets
such a message wait for the few milliseconds instead. A page that stops or begins anew by itself
(`st.rerun`, `st.switch_page`, `st.stop`) does so at once, as ever.

Only together with `runner.fastReruns = false`: else a second run of the same session would begin
beside the first and take the press from its state.

To get rid of it: ask Streamlit for a setting that lets a run with a press in it finish before newer
messages are read, raise the version, and take `install` out of `app.py`; whether presses are still
kept is told by `tests/test_web_presses.py`. Until then `install` changes nothing it does not know.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from streamlit.commands import execution_control
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState

# of the thread that runs a page: one run at a time
_has_press: ContextVar[bool] = ContextVar("has_press", default=False)

_begin = SafeSessionState.on_script_will_rerun
_look_for_newer = ScriptRunner._maybe_handle_execution_control_request
_stop_here = execution_control._force_yield_point


# the three functions as they were when this was written, by the hash of their source
_KNOWN: tuple[tuple[Callable[..., Any], str], ...] = (
    (_begin, "61c14e58f2181666"),
    (_look_for_newer, "5bae9b98a9044a8a"),
    (_stop_here, "1087fcb3773a6da9"),
)


class ChangedError(RuntimeError):
    """Streamlit has changed a function that this module stands on; the message says which."""


def check() -> None:
    """Hold that Streamlit's three functions are those that were read when this was written.

    Raises
    ------
    ChangedError
        With one sentence, in Swedish, on what to do.
    """
    for function, known in _KNOWN:
        source = inspect.getsource(function)
        if hashlib.sha256(source.encode()).hexdigest()[:16] != known:
            msg = (
                f"Streamlit har ändrat {function.__qualname__}, så ett tryck på en knapp kan gå "
                "förlorat. Kör tjänsten med paketen i requirements.lock, eller läs överst i "
                "pages/shared/session/presses.py."
            )
            raise ChangedError(msg)


def install() -> None:
    """Let every page of this process finish what a press began; more than once does no harm."""
    check()
    SafeSessionState.on_script_will_rerun = _begin_told  # type: ignore[method-assign]
    ScriptRunner._maybe_handle_execution_control_request = _look_unless_pressed  # type: ignore[method-assign]
    execution_control._force_yield_point = _let_go_and_stop


@wraps(_begin)
def _begin_told(
    self: SafeSessionState, fresh_widget_states: WidgetStates | None, **more: object
) -> None:
    _has_press.set(is_press(fresh_widget_states))
    _begin(self, fresh_widget_states, **more)  # type: ignore[arg-type]


@wraps(_look_for_newer)
def _look_unless_pressed(self: ScriptRunner) -> None:
    if not _has_press.get():
        _look_for_newer(self)


@wraps(_stop_here)
def _let_go_and_stop() -> None:
    _has_press.set(False)
    _stop_here()


def is_press(states: WidgetStates | None) -> bool:
    """Tell whether what the browser says has a press on a button in it."""
    return states is not None and any(one.trigger_value for one in states.widgets)
