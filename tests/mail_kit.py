"""A real mail server on this machine that does as it is told, and the settings that use it."""

# ruff: noqa: ARG002 - the mail server decides what its handler is given
from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from data.settings import Settings
from tests.browser_kit import free_port

SITE = "https://dialog.example.se"
SENDER = "dialog@example.se"
OK = "250 OK"


@dataclass
class Post:
    """What came in; `at_recipient` and `at_content` are the answers to give, then ``250 OK``."""

    got: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)
    at_content: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.at_recipient.pop(0) if self.at_recipient else OK
        if said == OK:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.at_content.pop(0) if self.at_content else OK
        if said == "hang up":
            self._keep(envelope)
            server.transport.abort()
            return OK
        if said == OK:
            self._keep(envelope)
        return said

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        self.got.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))

    def mails(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[misc]
            for _, _, content in self.got
        ]

    def recipients(self) -> list[str]:
        return [one for _, recipients, _ in self.got for one in recipients]


@contextmanager
def post_office(port: int, **more: object) -> Iterator[Post]:
    """Run a mail server on `port`."""
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=port, **more)  # type: ignore[arg-type]
    server.start()
    try:
        yield post
    finally:
        server.stop(no_assert=True)


def mail_on(port: int = 0, **changes: object) -> Settings:
    """Return settings with mail on, through a server on this machine."""
    fields: dict[str, object] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port or free_port(),
        "smtp_security": "none",
        "smtp_sender": SENDER,
        "base_url": SITE,
    }
    return Settings(**{**fields, **changes})  # type: ignore[arg-type]
