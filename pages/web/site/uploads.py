"""What people send is measured as it comes: files, other bodies, and messages of open pages.

A file is taken when the page of its session asks for one and the person, by the cookie of the very
request, may send it. A length that is told is judged before anything is read, one that is not (or
is not true) by the bytes that come.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from data import clock, store
from data.models import Staff
from data.staff import sessions as staff
from pages.shared.session import uploads
from pages.shared.session.signed_in import COOKIE

PATH = "/_stcore/upload_file/"
# what stands round the file in the request
_AROUND = 1_000_000
# three of the largest files lie beside each other; older ones go
SESSION_MAX = 60_000_000
ALL_MAX = 300_000_000
AT_ONCE_EACH, AT_ONCE_ALL = 2, 6
# what deploy/nginx.conf lets through
THROWN_AWAY_MAX = 22 * 1_048_576
# a note in meeting mode is the largest that any other page sends
BODY_MAX = 100_000
# a form with ten comments is a tenth of it; an official pastes whole tables
MESSAGE_MAX = 1_000_000
_TOO_BIG = 1009


@dataclass
class _OnTheirWay:
    """Files that are being received now."""

    sessions: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, session: str) -> bool:
        with self.lock:
            if self.sessions[session] >= AT_ONCE_EACH or self.sessions.total() >= AT_ONCE_ALL:
                return False
            self.sessions[session] += 1
            return True

    def grow(self, by: int) -> int:
        """Count bytes that have come, and give how much is held in all."""
        with self.lock:
            self.bytes += by
            return self.bytes + held()

    def end(self, session: str, received: int) -> None:
        with self.lock:
            self.bytes -= received
            self.sessions[session] -= 1
            if not self.sessions[session]:
                del self.sessions[session]


_coming = _OnTheirWay()


class Uploads:
    """Pure ASGI middleware: nothing is read from anybody beyond what they may send."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request, or the messages of one open page."""
        if scope["type"] == "websocket":
            if await run_in_threadpool(_who, scope) is None:
                receive = _short_messages(receive, send)
            await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(PATH) and scope["method"] != "OPTIONS":
            await self._file(scope, receive, send)
        else:
            await self._body(scope, receive, send)

    async def _body(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = _told_length(scope)
        if told is None or told > BODY_MAX:
            await _answer(413 if told else 400, scope, receive, send)
            return
        if told or _is_chunked(scope):
            receive = _measured(receive, BODY_MAX)
        await self.app(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["path"][len(PATH) :].partition("/")[0]
        who = await run_in_threadpool(_who, scope)
        if scope["method"] == "DELETE" and who is not None:
            await self._body(scope, receive, send)
            return
        if not uploads.may_send(session, who):
            await _answer(403, scope, receive, send)
            return
        file_max = config.get_option("server.maxUploadSize") * 1_048_576
        told = _told_length(scope)
        if told is None:
            await _answer(400, scope, receive, send)
        elif told > file_max + _AROUND or told + held() > ALL_MAX:
            await _answer(413, scope, receive, send)
        elif not _coming.begin(session):
            await _answer(503, scope, receive, send)
        else:
            make_room(session, told or file_max)
            await self._receive(session, scope, receive, send, file_max + _AROUND)

    async def _receive(
        self, session: str, scope: Scope, receive: Receive, send: Send, most: int
    ) -> None:
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            came = len(message.get("body", b""))
            received += came
            in_all = _coming.grow(came)
            if received > most or in_all > ALL_MAX:
                raise HTTPException(413)
            return message

        try:
            await self.app(scope, counted, send)
        finally:
            _coming.end(session, received)


def held() -> int:
    """Return how many bytes of files Streamlit holds for all sessions."""
    files = uploads.files()
    return 0 if files is None else files._total_bytes


def make_room(session: str, wanted: int) -> None:
    """Take away a session's oldest files until a new one fits: they have been read."""
    files = uploads.files()
    if files is None:
        return
    with files._lock:
        mine = list(files.file_storage.get(session, {}).values())
    size = sum(len(one.data) for one in mine)
    for one in mine:
        if size + wanted <= SESSION_MAX:
            return
        files.remove_file(session, one.file_id)
        size -= len(one.data)


def _who(scope: Scope) -> Staff | None:
    if not store.is_open():
        return None
    return staff.staff_of(HTTPConnection(scope).cookies.get(COOKIE), clock.now())


def _told_length(scope: Scope) -> int | None:
    """Return the length that is told, 0 when none is; None when it is no number."""
    told = [value for name, value in scope["headers"] if name == b"content-length"]
    if not told:
        return 0
    written = told[0].strip()
    return int(written) if written.isdigit() and len(written) < 19 else None


def _is_chunked(scope: Scope) -> bool:
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


def _measured(receive: Receive, most: int) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise HTTPException(413)
        return message

    return counted


def _short_messages(receive: Receive, send: Send) -> Receive:
    """Close the page of somebody who is not signed in and sends what no form of ours does."""

    async def short() -> Message:
        message = await receive()
        sent = message.get("bytes") or message.get("text") or b""
        if message["type"] == "websocket.receive" and len(sent) > MESSAGE_MAX:
            await send({"type": "websocket.close", "code": _TOO_BIG})
            return {"type": "websocket.disconnect", "code": _TOO_BIG}
        return message

    return short


async def _answer(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse, and let the connection end with it.

    What is hardly longer than a file may be is read and thrown away first: a proxy that is still
    sending when the connection ends tells of a fault of ours instead. Longer ones are not read.
    """
    left = THROWN_AWAY_MAX if _is_chunked(scope) else _told_length(scope) or 0
    while 0 < left <= THROWN_AWAY_MAX:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    said = {400: "Bad length", 403: "Not asked for", 413: "Too large", 503: "Try again soon"}
    headers = {"Connection": "close", "Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = "5"
    await PlainTextResponse(said[status], status, headers)(scope, receive, send)
