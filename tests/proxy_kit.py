"""The service behind real proxies, with the files in deploy/, and visitors from anywhere.

Every visitor comes in at a port of its own. There an HAProxy, which stands for the network between,
gives the connection the visitor's address by the PROXY protocol; the proxy under test sees it as
the address of the other end.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest
import trustme

from tests.browser_kit import ROOT, START_SECONDS, Server, free_port, serve

DEPLOY = ROOT / "deploy"
PUBLIC = "https://dialog.example.se"
# the real service, whose limits count by a clock that the test can put forward
APP = """
import runpy, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
import streamlit as st
from data.staff import limits
ahead = Path({clock!r})
limits.now = lambda: time.monotonic() + float(ahead.read_text() or 0)
real = runpy.run_path({root!r} + "/app.py", run_name="service")
app = st.App(
    real["MAIN"],
    routes=real["routes"](real["TILES"]),
    middleware=real["MIDDLEWARE"],
    lifespan=real["lifespan"],
)
"""


def program(name: str) -> str:
    """Return where a proxy lies; a test that cannot run is a failure where all must run."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        reason = f"PROXY TESTS SKIPPED: no {name} here (Debian: apt-get install {name})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Town:
    """A service behind a proxy, and the addresses at which its visitors come in."""

    server: Server
    folder: Path
    proxy: str
    fronts: dict[str, str] = field(default_factory=dict)

    def address(self, visitor: str) -> str:
        """Return the address of the service as a visitor from `visitor` reaches it."""
        return self.fronts[visitor]

    def put_forward(self, seconds: float) -> None:
        """Let the clock of the limits go on by so much."""
        clock = self.folder / "clock"
        clock.write_text(str(float(clock.read_text() or 0) + seconds))


@contextlib.contextmanager
def serve_behind(
    folder: Path,
    proxy: str,
    visitors: list[str],
    *,
    upstream: str = "127.0.0.1",
    changes: dict[str, str] | None = None,
    **settings: str,
) -> Iterator[Town]:
    """Start the service on all addresses, a proxy in front of it, and a way in for each visitor.

    Parameters
    ----------
    proxy
        ``nginx`` or ``haproxy``.
    upstream
        The address at which the proxy reaches the service.
    changes
        What stands otherwise in the proxy's file, as an operator may have it.
    """
    own = folder / "tjanst"
    own.mkdir()
    (folder / "clock").write_text("0")
    app = APP.format(root=str(ROOT), clock=str(folder / "clock"))
    (own / "app.py").write_text(app, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", own / ".streamlit")
    told = {"DIALOG_BASE_URL": PUBLIC, "DIALOG_SHARED_ADDRESSES": "", **settings}
    with serve(folder, root=own, on_all=True, **told) as server:
        town = Town(server, folder, proxy)
        behind = f"{upstream}:{server.address.rpartition(':')[2]}"
        entrance = free_port()
        start = {"nginx": _nginx, "haproxy": _haproxy}[proxy]
        with start(folder, entrance, behind, changes or {}), _network(town, entrance, visitors):
            try:
                yield town
            except Exception:
                _tell_state(town)
                raise


def _tell_state(town: Town) -> None:
    """Print what the service and the proxies said, and where each thread of it stood."""
    os.kill(town.server.pid, signal.SIGABRT)
    time.sleep(1)
    files = [town.server.printed, *town.folder.glob("*.log"), *town.folder.glob("*.txt")]
    for file in files:
        print(f"--- {file.name}:", file.read_text(encoding="utf-8", errors="replace")[-9_000:])


def _certificates(folder: Path) -> Path:
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1", "::1", "localhost", "dialog.example.se")
    both = folder / "both.pem"
    made.private_key_and_cert_chain_pem.write_to_path(str(both))
    return both


@contextlib.contextmanager
def _nginx(folder: Path, port: int, behind: str, changes: dict[str, str]) -> Iterator[None]:
    """Run nginx with deploy/nginx.conf, where only places on this machine are changed."""
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    both = str(_certificates(folder))
    for written, here in {
        "server 127.0.0.1:8501;": f"server {behind};",
        "    listen 80;\n    listen [::]:80;\n": f"    listen 127.0.0.1:{free_port()};\n",
        "    listen 443 ssl;\n    listen [::]:443 ssl;\n": (
            f"    listen 127.0.0.1:{port} ssl proxy_protocol;\n"
            "    set_real_ip_from 127.0.0.1;\n    real_ip_header proxy_protocol;\n"
        ),
        "/etc/ssl/dialogkartan/fullchain.pem": both,
        "/etc/ssl/dialogkartan/privkey.pem": both,
        "/var/log/nginx/dialogkartan.log": str(folder / "access.log"),
        **changes,
    }.items():
        assert written in site, f"deploy/nginx.conf has no longer {written!r}"
        site = site.replace(written, here)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "".join(
        f"{what}_temp_path {folder}/{what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}"
        f"include {folder}/site.conf;\n}}\n",
        encoding="utf-8",
    )
    command = [
        program("nginx"),
        "-c",
        str(main),
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
    ]
    with _running(command, port, folder):
        yield


@contextlib.contextmanager
def _haproxy(folder: Path, port: int, behind: str, changes: dict[str, str]) -> Iterator[None]:
    """Run HAProxy with deploy/haproxy.cfg, where only places on this machine are changed."""
    text = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
    both = _certificates(folder)
    for written, here in {
        "bind :::443 v4v6 ssl crt /etc/ssl/dialogkartan/both.pem": (
            f"bind 127.0.0.1:{port} accept-proxy ssl crt {both}"
        ),
        "server one 127.0.0.1:8501": f"server one {behind}",
        **changes,
    }.items():
        assert written in text, f"deploy/haproxy.cfg has no longer {written!r}"
        text = text.replace(written, here)
    file = folder / "haproxy.cfg"
    file.write_text(text, encoding="utf-8")
    with _running([program("haproxy"), "-f", str(file)], port, folder):
        yield


@contextlib.contextmanager
def _network(town: Town, entrance: int, visitors: list[str]) -> Iterator[None]:
    """Return each visitor a port at which the proxy sees that visitor's address."""
    lines = ["defaults", " mode tcp", " timeout connect 5s", " timeout client 1h"]
    lines += [" timeout server 1h"]
    for number, visitor in enumerate(visitors):
        port = free_port()
        town.fronts[visitor] = f"https://127.0.0.1:{port}"
        kind = "ipv6" if ":" in visitor else "ipv4"
        lines += [
            f"frontend f{number}",
            f" bind 127.0.0.1:{port}",
            f" tcp-request connection set-src {kind}({visitor})",
            f" default_backend b{number}",
            f"backend b{number}",
            f" server proxy 127.0.0.1:{entrance} send-proxy-v2",
        ]
    file = town.folder / "network.cfg"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    last = int(town.fronts[visitors[-1]].rpartition(":")[2])
    with _running([program("haproxy"), "-f", str(file)], last, town.folder):
        yield


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / f"{Path(command[0]).name}-{port}.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(process, port, said)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the proxy stopped at start:\n{said.read_text(errors='replace')}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail("the proxy did not start")


def trusting() -> ssl.SSLContext:
    """Return a context that takes the certificates of the tests.

    It stops at TLS 1.2. Under TLS 1.3 the server sends its tickets when the handshake is over;
    `websockets.sync` reads them in one thread while another writes the request, OpenSSL keeps one
    state for both, and once in some 500 dials on a busy machine the request was never sent.
    """
    context = ssl.create_default_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def ask(
    address: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, Message, bytes]:
    """Send one request, follow nothing, and give status, headers and body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data=body, method=method, headers=named)
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=trusting()))
    try:
        with opener.open(request, timeout=60) as found:
            return found.status, found.headers, found.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()
