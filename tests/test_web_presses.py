"""A press is never lost, also when the browser has something else to say right after it."""

from __future__ import annotations

import time

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from pages.shared import presses
from tests.browser_kit import Server
from tests.stream_client import StreamClient

FORM = "id=ex-1-skola-vaster"
NO_MAP, BY_MAP = "Jag vill inte använda kartan", "Jag vill använda kartan"
# when the next message comes after the press: while its run begins, acts and draws
MOMENTS = [step * 0.15 / 1_000 for step in range(16)] + [0.01, 0.05]


def _look(page: StreamClient) -> set[str]:
    """Give the words on the buttons when every earlier message has been answered."""
    page.quiet()
    page.run()
    return set(page.buttons)


@pytest.mark.browser
def test_a_press_holds_whenever_the_next_message_comes(service: Server):
    with StreamClient(service.address, "synpunkt", FORM) as page:
        page.run()
        here, there = NO_MAP, BY_MAP
        assert here in _look(page)
        for moment in MOMENTS:
            page.ask(press=here)
            time.sleep(moment)
            page.ask()
            assert there in _look(page), f"lost at {1_000 * moment:.2f} ms"
            here, there = there, here


@pytest.mark.parametrize(
    ("said", "is_press"),
    [
        (None, False),
        (WidgetStates(), False),
        (WidgetStates(widgets=[WidgetState(id="a", string_value="ord")]), False),
        (WidgetStates(widgets=[WidgetState(id="a", json_value="{}")]), False),
        (WidgetStates(widgets=[WidgetState(id="a", trigger_value=False)]), False),
        (
            WidgetStates(
                widgets=[
                    WidgetState(id="a", bool_value=True),
                    WidgetState(id="b", trigger_value=True),
                ]
            ),
            True,
        ),
    ],
)
def test_only_a_press_is_waited_for(said: WidgetStates | None, *, is_press: bool):
    assert presses.is_press(said) is is_press
