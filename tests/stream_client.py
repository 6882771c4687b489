"""A browser's side of Streamlit's websocket, without the browser: counts bytes, asks for reruns."""

from __future__ import annotations

import json
import ssl
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PAGE_SECONDS = 60
# so long nothing comes when all runs have ended
QUIET_SECONDS = 0.4


def dial(address: str, **how: Any) -> ClientConnection:
    """Open a websocket as `websockets.sync.client.connect` does, with time for a busy machine."""
    return connect(address, open_timeout=PAGE_SECONDS, **how)


class StreamClient:
    """One open page. `load` and `rerun` return the bytes that the server sent for one run."""

    def __init__(
        self,
        address: str,
        page: str = "",
        query: str = "",
        *,
        cookie: str = "",
        session: str = "",
        origin: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        host = urlsplit(address).netloc
        scheme = "ws" if tls is None else "wss"
        self.page, self.query = page, query
        # a session id that is given asks to go on in that session, as a browser does
        protocols = ["streamlit", "PLACEHOLDER", session] if session else ["streamlit"]
        self._open = ExitStack()
        dialled = dial(
            f"{scheme}://{host}/_stcore/stream",
            ssl=tls,
            origin=Origin(origin or address),
            subprotocols=[Subprotocol(name) for name in protocols],
            additional_headers={"Cookie": cookie} if cookie else {},
            max_size=None,
        )
        self.socket = self._open.enter_context(dialled)
        self.page_hash = ""
        self.session = ""
        self.words = ""
        self.buttons: dict[str, str] = {}
        # ids of the text areas by their labels, and of the frame that keeps the draft
        self.areas: dict[str, str] = {}
        self.frame = ""
        self.frame_args: dict[str, Any] = {}
        self.ended = ForwardMsg.FINISHED_SUCCESSFULLY

    def __enter__(self) -> StreamClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Go away, as a closed tab does."""
        self._open.close()

    def run(self) -> int:
        """Ask for one run of the page and count what comes until it has finished."""
        self.ask()
        return self.finish()

    def finish(self) -> int:
        """Take in what comes until the next run has finished; `ended` says how it did."""
        received = 0
        while True:
            raw = self.socket.recv(timeout=PAGE_SECONDS)
            received += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            which = answer.WhichOneof("type")
            if which == "new_session":
                self.session = answer.new_session.initialize.session_id
                self.words, self.buttons = "", {}
            if which == "delta":
                element = answer.delta.new_element
                self.words += str(element)
                self._note(element)
            if which == "navigation" and answer.navigation.page_script_hash:
                self.page_hash = answer.navigation.page_script_hash
            if which == "script_finished":
                self.ended = answer.script_finished
                return received

    def _note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons[element.button.label] = element.button.id
        if kind == "text_area":
            self.areas[element.text_area.label] = element.text_area.id
        if kind == "component_instance":
            self.frame = element.component_instance.id
            self.frame_args = json.loads(element.component_instance.json_args)

    def ask(self, *, press: str = "", states: Sequence[WidgetState] = ()) -> None:
        """Ask for a run, with a press on a button if its words are given, and wait for nothing.

        `states` are what the other fields hold.
        """
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "" if self.page_hash else self.page
        message.rerun_script.page_script_hash = self.page_hash
        message.rerun_script.widget_states.SetInParent()
        message.rerun_script.widget_states.widgets.extend(states)
        if press:
            pressed = message.rerun_script.widget_states.widgets.add()
            pressed.id, pressed.trigger_value = self.buttons[press], True
        self.socket.send(message.SerializeToString())

    def quiet(self) -> None:
        """Pass over everything that is still on its way."""
        while True:
            try:
                self.socket.recv(timeout=QUIET_SECONDS)
            except TimeoutError:
                return
