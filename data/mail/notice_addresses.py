"""Who wants a mail when the answer comes: asked for, shown and taken away by the receipt code only.

The address stands in one table and nowhere else, so that taking it away there takes it away.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from data import store
from data.comments import submissions
from data.mail import mail_settings

_SUBMISSION = "SELECT id FROM submissions WHERE receipt = $1"
_ASK = """
INSERT INTO notice_addresses (submission_id, address, language, asked_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (submission_id) DO UPDATE
SET address = excluded.address, language = excluded.language, asked_at = excluded.asked_at
"""
_ADDRESS = "SELECT address FROM notice_addresses WHERE submission_id = $1"
_SENT = """
SELECT count(*) FROM notices WHERE submission_id = $1 AND kind = 'answer' AND sent_at IS NOT NULL
"""
_TAKE_AWAY = "DELETE FROM notice_addresses WHERE submission_id = $1"
# what was being sent when the service stopped stays, for an official to know about
_CANCEL = """
DELETE FROM notices WHERE submission_id = $1 AND sending_at IS NULL AND sent_at IS NULL
"""


class OffError(RuntimeError):
    """The municipality sends no mail; nothing was kept."""

    code: Literal["mail_off"] = "mail_off"


class UnknownReceiptError(LookupError):
    """There is no submission with the code."""

    code: Literal["unknown_receipt"] = "unknown_receipt"


class Wish(StrEnum):
    """Whether a mail is asked for, or has been sent."""

    NONE = "none"
    ASKED = "asked"
    SENT = "sent"


@store.again
def ask(receipt: str, address: str, *, language: str, at: datetime) -> None:
    """Keep an address until the answer is sent; a new address takes the place of the old one.

    Raises
    ------
    OffError, UnknownReceiptError, data.mail.mail_settings.AddressError
        When it cannot be kept; each has a `code`.
    store.StoreError
        ``not_saved``.
    """
    if not mail_settings.is_on():
        raise OffError
    read = mail_settings.read_address(address)
    submission_id = _submission(receipt)
    with store.transaction() as cursor:
        cursor.execute(_ASK, [submission_id, read, language, at.astimezone(UTC)])


def wish(receipt: str) -> Wish:
    """Tell whether a mail is asked for or was sent.

    Raises
    ------
    UnknownReceiptError
    """
    submission_id = _submission(receipt)
    with store.cursor() as cursor:
        if cursor.execute(_ADDRESS, [submission_id]).fetchone() is not None:
            return Wish.ASKED
        row = cursor.execute(_SENT, [submission_id]).fetchone()
    return Wish.SENT if row and row[0] else Wish.NONE


def hinted(receipt: str) -> str:
    """Return the address so far that its owner knows it, and who finds the receipt does not.

    >>> _hint("kim.berg@example.org")
    'k…@example.org'
    """
    submission_id = _submission(receipt)
    with store.cursor() as cursor:
        row = cursor.execute(_ADDRESS, [submission_id]).fetchone()
    return _hint(row[0]) if row else ""


def _hint(address: str) -> str:
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


@store.again
def take_away(receipt: str) -> None:
    """Forget the address, also when no mail is sent any more; harmless when there is none.

    Raises
    ------
    UnknownReceiptError
    store.StoreError
        ``not_saved``.
    """
    submission_id = _submission(receipt)
    with store.transaction() as cursor:
        cursor.execute(_CANCEL, [submission_id])
        cursor.execute(_TAKE_AWAY, [submission_id])


def _submission(receipt: str) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(_SUBMISSION, [submissions.read_code(receipt)]).fetchone()
    if row is None:
        raise UnknownReceiptError
    return int(row[0])
