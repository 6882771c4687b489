"""Sends the queued mails, one by one, from a thread of its own that never holds up a visitor."""

from __future__ import annotations

import contextlib
import logging
import smtplib
import ssl
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from data import clock, municipality, settings, store
from data.mail import comment_notices, mail_settings, notices
from data.mail.notices import Notice
from data.settings import Settings

WAKE_SECONDS = 60.0
TIMEOUT_SECONDS = 10.0
STOP_SECONDS = 5.0
# a round ends after so many, so that a stop is never far away
ROUND_MAX = 200
PAUSE_FIRST, PAUSE_MOST = timedelta(minutes=1), timedelta(minutes=30)
# how the reasons for a refusal begin: of one person, or of an address that does not exist
RECIPIENT, BAD_ADDRESS = "recipient", "address"
# RFC 3463; any other refusal may be a fault in how the mail server is set up, and mended
_NO_SUCH_ADDRESS = b"5.1."
_POLICY = SMTP.clone(cte_type="7bit")

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class ServerError(Exception):
    """The mail server cannot be used now; `code` says why, and no mail has been touched."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailError(Exception):
    """One mail was not taken. `is_final` when there is no use in trying again."""

    def __init__(self, code: str, *, is_final: bool) -> None:
        super().__init__(code)
        self.code, self.is_final = code, is_final


class UnknownFateError(Exception):
    """The whole mail was handed over, and then the line broke: it may have been taken."""


def message_of(notice: Notice, sender: str) -> EmailMessage:
    """Return a mail as it is sent; nothing in it can begin a header of its own."""
    made = EmailMessage(policy=_POLICY)
    domain = sender.rpartition("@")[2]
    made["From"] = Address(f"{municipality.in_use().owner}, Dialogkartan", addr_spec=sender)
    made["To"] = Address(addr_spec=notice.recipient)
    made["Subject"] = notice.subject
    made["Date"] = format_datetime(notice.created_at)
    # the same however often it is tried
    made["Message-ID"] = f"<notis-{notice.id}-{notice.created_at:%Y%m%d%H%M%S%f}@{domain}>"
    # so that nobody's automatic reply comes back
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(notice.body, charset="utf-8", cte="quoted-printable")
    made["Content-Language"] = notice.language
    return made


def connect(own: Settings) -> smtplib.SMTP:
    """Return an open, encrypted and signed-in connection to the mail server.

    Raises
    ------
    ServerError
    """
    context = ssl.create_default_context()
    # said here, or smtplib would ask the network what this machine is called
    we = urlsplit(own.base_url).hostname or "localhost"
    line: smtplib.SMTP | None = None
    try:
        if own.smtp_security == "tls":
            line = smtplib.SMTP_SSL(
                own.smtp_host, own.smtp_port, we, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            line = smtplib.SMTP(own.smtp_host, own.smtp_port, we, timeout=TIMEOUT_SECONDS)
        if own.smtp_security == "starttls":
            line.starttls(context=context)
        if own.smtp_user:
            line.login(own.smtp_user, own.smtp_password.get_secret_value())
        else:
            line.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        if line is not None:
            line.close()
        raise ServerError(_code_of(error)) from error
    return line


def _code_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "sign_in"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "not_supported"
    if isinstance(error, ssl.SSLError):
        return "certificate"
    return "no_contact"


def send(line: smtplib.SMTP, notice: Notice, sender: str) -> None:
    """Hand one mail over.

    Raises
    ------
    MailError
        When it was not taken.
    UnknownFateError
        When nobody can know.
    """
    try:
        content = message_of(notice, sender).as_bytes()
    except (ValueError, IndexError, MessageError) as error:
        raise MailError("unwritable", is_final=True) from error
    try:
        _expect(line.mail(sender), "sender", is_final=False)
        _expect(line.rcpt(notice.recipient), RECIPIENT)
        _expect(line.docmd("data"), "content", wanted=354)
        line.send(_as_data(content))
    except (OSError, smtplib.SMTPException) as error:
        # the last dot was never sent, so the server has nothing that it could deliver
        raise MailError("no_contact", is_final=False) from error
    try:
        answered = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise UnknownFateError from error
    _expect(answered, "content")


def _as_data(content: bytes) -> bytes:
    """Return a mail as the last part of the talk: dots doubled, and one alone at the end."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    doubled = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join(doubled).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _expect(
    answered: tuple[int, bytes], what: str, *, wanted: int | None = None, is_final: bool = True
) -> None:
    """Pass if the server agreed; 4xx is for now, 5xx is for good unless it is not the mail's fault.

    The server's own words are not kept: they may hold the address.
    """
    code = answered[0]
    is_agreed = code == wanted if wanted is not None else 200 <= code < 300
    if not is_agreed:
        if what == RECIPIENT and answered[1].startswith(_NO_SUCH_ADDRESS):
            what = BAD_ADDRESS
        raise MailError(f"{what}_{code}", is_final=is_final and 500 <= code < 600)


class Worker:
    """Wakes every minute, queues what officials should know, and sends what is due."""

    def __init__(
        self, own: Settings, *, now: Clock = clock.now, wake: float = WAKE_SECONDS
    ) -> None:
        self.own, self.now, self.wake = own, now, wake
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, name="mail", daemon=True)
        self.pause = timedelta(0)
        self.retry_at: datetime | None = None
        self.reminded_on: date | None = None

    def start(self) -> None:
        """Begin; what the last process was sending when it stopped is given up first."""
        lost = notices.settle(at=self.now())
        if lost:
            _log.warning("%s mails were perhaps sent when the service stopped", lost)
        self.thread.start()

    def stop(self) -> None:
        """Stop after the mail that is being sent, or after a few seconds."""
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.round()
            except store.StoreError as error:
                _log.warning("the queue of mails could not be used: %s", error.code)
            except Exception:
                _log.exception("a round of mails failed")
            self.stopped.wait(self.wake)

    def round(self) -> int:
        """Do what is to be done now and give how many mails were sent."""
        at = self.now()
        for look in (self._remind, self._look_for_acts):
            try:
                look(at)
            except Exception:
                # what is in the queue is sent whatever goes wrong with what should come into it
                _log.exception("what to send could not be looked for")
        if self.retry_at is not None and at < self.retry_at:
            return 0
        if not notices.is_due(at=at):
            return 0
        try:
            line = connect(self.own)
        except ServerError as error:
            self._wait_for_server(error.code, at)
            return 0
        self.pause, self.retry_at = timedelta(0), None
        try:
            return self._send_all(line)
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _remind(self, at: datetime) -> None:
        today = clock.day_of(at)
        if self.reminded_on == today:
            return
        if notices.queue_staff(at=at):
            self.reminded_on = today
        notices.forget_old(at=at)

    def _look_for_acts(self, at: datetime) -> None:
        comment_notices.queue_all(at=at)

    def _wait_for_server(self, code: str, at: datetime) -> None:
        self.pause = min(max(self.pause * 2, PAUSE_FIRST), PAUSE_MOST)
        self.retry_at = at + self.pause
        _log.warning("the mail server cannot be used (%s); trying again %s", code, self.retry_at)

    def _send_all(self, line: smtplib.SMTP) -> int:
        sent = 0
        for _ in range(ROUND_MAX):
            notice = None if self.stopped.is_set() else notices.claim(at=self.now())
            if notice is None:
                break
            outcome = self._send_one(line, notice)
            sent += outcome is True
            if outcome is None:
                break
        return sent

    def _send_one(self, line: smtplib.SMTP, notice: Notice) -> bool | None:
        """Return whether it was sent; None when the line is broken."""
        try:
            send(line, notice, self.own.smtp_sender)
        except MailError as error:
            code = error.code
            _log.warning("mail %s was not taken: %s", notice.id, code)
            if error.is_final:
                is_useless = code.startswith(BAD_ADDRESS)
                notices.give_up(notice, code, at=self.now(), forget=is_useless)
            else:
                notices.put_back(notice, code, at=self.now())
            return _after_refusal(line)
        except UnknownFateError:
            _log.warning("mail %s was perhaps sent", notice.id)
            notices.give_up(notice, notices.PERHAPS_SENT, at=self.now())
            return None
        notices.mark_sent(notice, at=self.now())
        return True


def _after_refusal(line: smtplib.SMTP) -> bool | None:
    """Make the line ready for the next mail; None when it is broken."""
    try:
        code, _ = line.rset()
    except (OSError, smtplib.SMTPException):
        return None
    return False if code == 250 else None


def start() -> Worker | None:
    """Start sending if mail is on; the store must be open."""
    own = settings.load()
    if mail_settings.fault(own) is not None:
        return None
    worker = Worker(own)
    worker.start()
    return worker
