"""Whom to ask about a proposal, with a number that a press calls."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from data.models import Decision
from pages.shared.words.texts import _


def markup(decision: Decision, *, with_number: bool = False) -> str:
    """Return whom to ask about a proposal as markup; a number is a link that calls it."""
    phone, mail = decision.contact_phone, decision.contact_email
    rows = [html.escape(decision.contact_role)]
    if phone:
        rows.append(_labelled(_("Telefon"), phone_link(phone)))
    if mail:
        address = html.escape(f"mailto:{quote(mail, safe='@')}")
        rows.append(_labelled(_("E-post"), f'<a href="{address}">{html.escape(mail)}</a>'))
    if with_number and decision.case_number:
        rows.append(_labelled(_("Ärendenummer"), html.escape(decision.case_number)))
    return f'<p class="vem-svarar">{"<br>".join(row for row in rows if row)}</p>'


def _labelled(label: str, markup: str) -> str:
    return f"<b>{html.escape(label)}:</b> {markup}"


# a number as people write it, alone or among other words; a slash with room round it, or hours in
# brackets, are no part of it
_ROOM = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?:\(0\d+\)[{_ROOM}]?|\+\d+[{_ROOM}]?\(0\)[{_ROOM}]?|\+)?"
    rf"\d(?:(?:[{_ROOM}]*[\u2010-\u2015-]?[{_ROOM}]*|/)\d)*"
)
DIGITS_MIN = 5


def phone_link(written: str) -> str:
    """Return a number as markup, as it is written, where each number is a link that calls it.

    >>> phone_link("0586-610 00 (växeln)")
    '<a href="tel:058661000">0586-610 00</a> (växeln)'
    """
    said, end = "", 0
    for found in _NUMBER.finditer(written):
        said += html.escape(written[end : found.start()]) + _call(found.group())
        end = found.end()
    return said + html.escape(written[end:])


def _call(number: str) -> str:
    dialled = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    words = html.escape(number)
    return f'<a href="tel:{dialled}">{words}</a>' if len(dialled) >= DIGITS_MIN else words
