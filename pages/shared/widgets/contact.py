"""Whom to ask about a proposal, with a number that a press calls."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

from data.models import Decision
from pages.shared import templates
from pages.shared.words.texts import _


def markup(decision: Decision, *, with_number: bool = False) -> Markup:
    """Return whom to ask about a proposal as markup; a number is a link that calls it."""
    phone, mail = decision.contact_phone, decision.contact_email
    rows: list[tuple[str, str]] = [("", decision.contact_role)] if decision.contact_role else []
    if phone:
        rows.append((_("Telefon"), phone_link(phone)))
    if mail:
        address = f"mailto:{quote(mail, safe='@')}"
        rows.append((_("E-post"), templates.piece(templates.ON_PAGES, "anchor", address, mail)))
    if with_number and decision.case_number:
        rows.append((_("Ärendenummer"), decision.case_number))
    return templates.piece(templates.ON_PAGES, "contact", rows)


# a number as people write it, alone or among other words; a slash with room round it, or hours in
# brackets, are no part of it
_ROOM = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?:\(0\d+\)[{_ROOM}]?|\+\d+[{_ROOM}]?\(0\)[{_ROOM}]?|\+)?"
    rf"\d(?:(?:[{_ROOM}]*[\u2010-\u2015-]?[{_ROOM}]*|/)\d)*"
)
DIGITS_MIN = 5


def phone_link(written: str) -> Markup:
    """Return a number as markup, as it is written, where each number is a link that calls it.

    >>> str(phone_link("0586-610 00 (växeln)"))
    '<a href="tel:058661000">0586-610 00</a> (växeln)'
    """
    said, end = Markup(""), 0
    for found in _NUMBER.finditer(written):
        said += escape(written[end : found.start()]) + _call(found.group())
        end = found.end()
    return said + escape(written[end:])


def _call(number: str) -> Markup:
    dialled = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    if len(dialled) < DIGITS_MIN:
        return escape(number)
    return templates.piece(templates.ON_PAGES, "anchor", f"tel:{dialled}", number)
