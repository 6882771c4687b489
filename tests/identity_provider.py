"""A real OpenID provider on loopback (canaille), in a process of its own.

`python -m tests.identity_provider PORT SETTINGS.json`
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser_kit import ROOT, free_port

PASSWORD = "ett-långt-lösenord-för-prov"
CLIENT_ID, CLIENT_SECRET = "dialogkartan", "hemlighet-for-prov"
OTHER_ID = "en-annan-tjanst"
START_SECONDS = 60


@dataclass(frozen=True)
class Provider:
    """A running provider and where it tells about itself."""

    address: str

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"


def secrets_file(
    folder: Path, provider: Provider, service: str, *, client_id: str = CLIENT_ID
) -> Path:
    """Write what a municipality writes into `.streamlit/secrets.toml`."""
    lines = {
        "redirect_uri": f"{service}/oauth2callback",
        "cookie_secret": "en-hemlighet-som-bara-provet-har-0123456789",
        "client_id": client_id,
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": provider.metadata,
    }
    text = "[auth]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in lines.items())
    text += '[auth.client_kwargs]\nscope = "openid email profile groups"\nprompt = "login"\n'
    path = folder / f"secrets-{client_id}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@contextlib.contextmanager
def provide(folder: Path, people: dict[str, list[str]], redirects: list[str]) -> Iterator[Provider]:
    """Run a provider that knows `people` (name and groups) and lets them back to `redirects`."""
    port = free_port()
    settings = folder / "provider.json"
    settings.write_text(json.dumps({"people": people, "redirects": redirects}), encoding="utf-8")
    command = [sys.executable, "-m", "tests.identity_provider", str(port), str(settings)]
    with (folder / "provider.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            found = Provider(f"http://localhost:{port}")
            _wait(process, found)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], provider: Provider) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(provider.metadata, timeout=2):
            return
        time.sleep(0.2)
    msg = "the identity provider did not start"
    raise RuntimeError(msg)


def main(port: int, settings: Path) -> None:
    """Serve until the process is ended."""
    from canaille import create_app
    from canaille.app import models
    from joserfc.jwk import RSAKey

    asked: dict[str, Any] = json.loads(settings.read_text(encoding="utf-8"))
    config = {
        "SECRET_KEY": "bara-för-prov",
        "SERVER_NAME": f"localhost:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "CAPTCHA_ENABLED": False},
        "CANAILLE_OIDC": {
            "ACTIVE_JWKS": [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)]
        },
    }
    app = create_app(config)
    backend = app.backend
    with app.app_context():
        groups: dict[str, list[Any]] = {}
        for name, member_of in asked["people"].items():
            person = models.User(
                user_name=name,
                formatted_name=name,
                family_name=name,
                emails=[f"{name}@example.org"],
                password=PASSWORD,
            )
            backend.save(person)
            for group in member_of:
                groups.setdefault(group, []).append(person)
        for group, members in groups.items():
            backend.save(models.Group(display_name=group, members=members))
        for client_id in (CLIENT_ID, OTHER_ID):
            client = models.Client(
                client_id=client_id,
                client_secret=CLIENT_SECRET,
                client_name=client_id,
                redirect_uris=asked["redirects"],
                response_types=["code"],
                grant_types=["authorization_code"],
                token_endpoint_auth_method="client_secret_basic",
                scope=["openid", "email", "profile", "groups"],
                client_uri="http://127.0.0.1",
            )
            backend.save(client)
            client.audience = [client]
            backend.save(client)
    app.run(host="127.0.0.1", port=port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
