"""A browser's side of Streamlit's websocket, without the browser: counts bytes, asks for reruns."""

from __future__ import annotations

from types import TracebackType
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PAGE_SECONDS = 60


class StreamClient:
    """One open page. `load` and `rerun` return the bytes that the server sent for one run."""

    def __init__(self, address: str, page: str = "", query: str = "", *, cookie: str = "") -> None:
        host = urlsplit(address).netloc
        self.page, self.query = page, query
        self.socket = connect(
            f"ws://{host}/_stcore/stream",
            origin=address,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None,
            open_timeout=PAGE_SECONDS,
        )
        self.page_hash = ""

    def __enter__(self) -> StreamClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    def run(self) -> int:
        """Ask for one run of the page and count what comes until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "" if self.page_hash else self.page
        message.rerun_script.page_script_hash = self.page_hash
        self.socket.send(message.SerializeToString())
        received = 0
        while True:
            raw = self.socket.recv(timeout=PAGE_SECONDS)
            received += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            which = answer.WhichOneof("type")
            if which == "navigation" and answer.navigation.page_script_hash:
                self.page_hash = answer.navigation.page_script_hash
            if which == "script_finished":
                return received
