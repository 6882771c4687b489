"""A press is never lost, also when the browser has something else to say right after it."""

from __future__ import annotations

import json
import time

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from pages.shared.session import presses
from tests.browser_kit import Server
from tests.stream_client import StreamClient

FORM = "id=ex-1-skola-vaster"
NO_MAP, BY_MAP = "Jag vill inte använda kartan", "Jag vill använda kartan"
# one that is an act of its own, and one that is asked for on the way down the page
NO_PLACE, BACK = "Det gäller ingen särskild plats", "Tillbaka"
WORDS, ONWARD = "Skriv din synpunkt", "Nästa"
# when the next message comes after the press: while its run begins, acts and draws
MOMENTS = [step * 0.15 / 1_000 for step in range(16)] + [0.01, 0.02, 0.03, 0.05]


def _look(page: StreamClient) -> set[str]:
    """Return the words on the buttons when every earlier message has been answered."""
    page.quiet()
    page.run()
    return set(page.buttons)


def _come_to(page: StreamClient, button: str) -> None:
    page.run()
    if button not in _look(page):
        page.ask(press=NO_MAP)
    assert button in _look(page)


@pytest.mark.browser
@pytest.mark.parametrize("both_ways", [(NO_MAP, BY_MAP), (NO_PLACE, BACK)])
def test_a_press_holds_whenever_the_next_message_comes(service: Server, both_ways: tuple[str, str]):
    with StreamClient(service.address, "synpunkt", FORM) as page:
        _come_to(page, both_ways[0])
        for number, moment in enumerate(MOMENTS):
            page.ask(press=both_ways[number % 2])
            time.sleep(moment)
            page.ask()
            assert both_ways[1 - number % 2] in _look(page), f"lost at {1_000 * moment:.2f} ms"


@pytest.mark.browser
def test_a_page_that_begins_anew_after_a_press_stops_there(service: Server):
    with StreamClient(service.address, "synpunkt", FORM) as page:
        _come_to(page, NO_PLACE)
        page.ask(press=NO_PLACE)
        assert BACK in _look(page)
        page.ask(press=BACK)
        page.finish()
        assert page.ended == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        page.finish()
        assert page.ended == ForwardMsg.FINISHED_SUCCESSFULLY
        assert NO_PLACE in page.buttons


def _frame(page: StreamClient, asked: str, kept: object) -> WidgetState:
    said = {"loaded": True, "asked": asked, "draft": kept}
    return WidgetState(id=page.frame, json_value=json.dumps(said))


@pytest.mark.browser
def test_a_press_in_a_new_session_takes_the_words_from_the_field_and_not_from_the_draft(
    service: Server,
):
    """A restart: the browser has more in the field than what the service had been told."""
    written = "Först. Mitt i en mening."
    with StreamClient(service.address, "synpunkt", FORM) as page:
        _come_to(page, NO_PLACE)
        page.ask(states=[_frame(page, page.frame_args["ask"], None)])
        assert NO_PLACE in _look(page)
        page.ask(press=NO_PLACE)
        _look(page)
        frame, field, kept = page.frame, page.areas[WORDS], page.frame_args["save"]
        onward = page.buttons[ONWARD]
    kept["comments"][0] |= {"text": "Först.", "kind": "idea", "stance": "both"}
    with StreamClient(service.address, "synpunkt", FORM) as page:
        page.frame = frame
        page.ask(states=[_frame(page, "an older session", kept)])
        page.finish()
        assert "Hämtar" in page.words, page.words
        page.buttons[ONWARD] = onward
        states = [
            _frame(page, page.frame_args["ask"], kept),
            WidgetState(id=field, string_value=written),
        ]
        page.ask(press=ONWARD, states=states)
        assert "Hoppa över" in _look(page)
        assert page.frame_args["save"]["comments"][0]["text"] == written


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
