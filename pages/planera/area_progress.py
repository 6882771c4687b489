"""How far the area from a file has come, as this session remembers it."""

from __future__ import annotations

from data.planning.area_from_file import Event, Reading, State, next_state
from pages.shared.session import state


def now(name: str) -> State:
    """Return how far the file under a name has come."""
    kept: State = state.get(_key(name), Reading())
    return kept


def keep(name: str, reached: State) -> State:
    """Remember how far the file has come, and return it."""
    state.put(_key(name), reached)
    return reached


def tell(name: str, event: Event) -> State:
    """Let an event happen, and return the state that it leads to."""
    return keep(name, next_state(now(name), event))


def _key(name: str) -> str:
    return f"{name}.laget"
