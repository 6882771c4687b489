"""Whether mail is on, and if not, why: read from the settings without asking any network."""

from __future__ import annotations

import ipaddress
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from data import settings
from data.settings import Settings

ADDRESS_MAX = 254


class AddressError(ValueError):
    """What was written is no e-mail address that we can send to."""

    code: Literal["bad_address"] = "bad_address"


def read_address(written: str) -> str:
    """Return an address in the form that every mail server takes; nobody is asked if it exists.

    Raises
    ------
    AddressError
        When it cannot be an address.
    """
    if len(written) > ADDRESS_MAX:
        raise AddressError
    try:
        # letters such as å before the @ need mail servers that few have
        found = validate_email(written.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise AddressError from error
    # the name of a country or a firm may be written with å; its form in ASCII always works
    return found.ascii_email or found.normalized


def fault(own: Settings) -> str | None:
    """Return the short word for why no mail can be sent, or None when it can.

    One of ``off``, ``sender``, ``base_url``, ``staff`` or ``plain``.
    """
    if not own.smtp_host:
        return "off"
    if not _is_address(own.smtp_sender):
        return "sender"
    if not own.base_url.startswith(("https://", "http://")):
        # a mail without a link that works is of no use to anyone
        return "base_url"
    if not all(_is_address(one) for one in _parts(own.staff_emails)):
        return "staff"
    if own.smtp_security == "none" and not is_loopback(own.smtp_host):
        return "plain"
    return None


def is_on() -> bool:
    """Tell whether mail is sent."""
    return fault(settings.load()) is None


def staff_addresses(own: Settings) -> tuple[str, ...]:
    """Return the officials who are told what waits."""
    return tuple(dict.fromkeys(read_address(one) for one in _parts(own.staff_emails)))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, by its name alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("mail.example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _parts(written: str) -> list[str]:
    return [one.strip() for one in written.split(",") if one.strip()]


def _is_address(written: str) -> bool:
    try:
        read_address(written)
    except AddressError:
        return False
    return True
