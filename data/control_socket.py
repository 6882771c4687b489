"""How a command on the same machine asks the service that runs: over a socket beside its database.

The store lets no second process into the file, so who wants something while the service runs has to
ask it. The socket is the user's alone who runs the service, as the database should be.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import socketserver
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from data.store import IN_MEMORY

SECONDS = 10.0
ASKED_MAX, SAID_MAX = 200, 10_000
# longer addresses of sockets are refused by the system, on some at 104 bytes
_ADDRESS_MAX = 100
_OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
Answers = Mapping[str, Callable[[], str]]

_log = logging.getLogger(__name__)


class RunningError(RuntimeError):
    """What was asked for was not given.

    `code` is ``not_running``, ``not_yours``, ``no_answer``, ``unknown`` or ``no_sockets``, or what
    the service gave as its reason.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def socket_of(database: Path) -> Path:
    """Return where a service with this database is asked."""
    return database.with_name(f"{database.name}.sock")


class Listener:
    """Answers commands until it is closed."""

    def __init__(self, path: Path, answers: Answers) -> None:
        self._path = path
        with _address(path) as address:
            self._server = _Server(address, answers)
        self._made = path.stat().st_ino
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more; the socket is taken away unless another service has made its own."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        with contextlib.suppress(OSError):
            if self._path.stat().st_ino == self._made:
                self._path.unlink()


def listen(database: Path, answers: Answers) -> Listener:
    """Begin to answer; the store of `database` must be open, so that no other service has it.

    Raises
    ------
    RunningError
        ``no_sockets`` where the machine or the folder lets none be made.
    """
    path = socket_of(database)
    if str(database) == IN_MEMORY or not hasattr(socket, "AF_UNIX"):
        raise RunningError("no_sockets")
    try:
        # who holds the database is alone, so what lies here was left by one that was killed
        if path.is_socket():
            path.unlink()
        return Listener(path, answers)
    except OSError as error:
        raise RunningError("no_sockets") from error


def ask(database: Path, wanted: str, *, seconds: float = SECONDS) -> str:
    """Ask the service that has `database` open, and give what it says.

    Raises
    ------
    RunningError
    """
    if not hasattr(socket, "AF_UNIX"):
        raise RunningError("no_sockets")
    try:
        answer = json.loads(_asked(socket_of(database), wanted, seconds))
    except PermissionError as error:
        raise RunningError("not_yours") from error
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError) as error:
        # no socket, or one that was left behind
        raise RunningError("not_running") from error
    except (OSError, ValueError) as error:
        raise RunningError("no_answer") from error
    if not isinstance(answer, dict) or "said" not in answer:
        raise RunningError(str(answer.get("code")) if isinstance(answer, dict) else "no_answer")
    return str(answer["said"])


def _asked(path: Path, wanted: str, seconds: float) -> bytes:
    with _address(path) as address, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        line.connect(address)
        line.sendall(f"{wanted}\n".encode())
        with line.makefile("rb") as said:
            return said.readline(SAID_MAX)


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Return a path as short as a socket's address must be, by way of its folder if need be."""
    if len(os.fsencode(path)) < _ADDRESS_MAX:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class _Answering(socketserver.StreamRequestHandler):
    timeout = SECONDS
    server: _Server

    def handle(self) -> None:
        asked = self.rfile.readline(ASKED_MAX).decode("utf-8", "replace").strip()
        self.wfile.write(json.dumps(self._answer(asked)).encode() + b"\n")

    def _answer(self, asked: str) -> dict[str, str]:
        give = self.server.answers.get(asked)
        if give is None:
            return {"code": "unknown"}
        try:
            return {"said": give()}
        except RunningError as error:
            return {"code": error.code}
        except Exception:
            _log.exception("a command could not be answered")
            return {"code": "no_answer"}


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, address: str, answers: Answers) -> None:
        self.answers = answers
        super().__init__(address, _Answering)

    def server_bind(self) -> None:
        super().server_bind()
        # before it listens: until then nobody can have connected
        Path(str(self.server_address)).chmod(_OWNER_ONLY)

    def handle_error(self, *_: object) -> None:
        """Say nothing of one who hung up."""
        _log.debug("a command hung up", exc_info=True)
