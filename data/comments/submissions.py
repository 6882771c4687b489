"""What people send: checked, located once, stored once, and acknowledged after that."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import shapely

from data import clock, rules, store
from data.comments import area_codes, staff_view
from data.decisions import decisions
from data.geodata import area_names, layer_editions, layers
from data.models import (
    ELSEWHERE,
    NewComment,
    NewSubmission,
    PlaceHow,
    Receipt,
    ReviewState,
    StaffComment,
)
from data.written import clean_text
from geo import crs, displace

# Crockford's 32 symbols: none can be taken for another. Eight of them are 40 bits.
RECEIPT_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 8
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


class RefusedError(ValueError):
    """The submission cannot be taken; `code` is a short word that pages turn into a sentence."""

    code = "refused"


class UnknownDecisionError(RefusedError):
    """There is no such decision."""

    code = "unknown_decision"


class OutsideError(RefusedError):
    """A pin lies outside the municipality."""

    code = "outside"


class UnknownNeighbourhoodError(RefusedError):
    """There is no such neighbourhood."""

    code = "unknown_neighbourhood"


_ADD = """
INSERT INTO submissions (key, receipt, sent_to, received_at, channel, persons, relation,
    age_band, language, example, home)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id
"""
_ADD_COMMENT = """
INSERT INTO comments (submission_id, decision_id, kind, stance, original, public_text, state,
    hide_reason, place_how, place_words, lon, lat, public_lon, public_lat, received_at,
    published_at, example)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
RETURNING id
"""
_BY_KEY = """
SELECT receipt AS code, sent_to AS decision_id, received_at FROM submissions WHERE key = $1
"""
_BY_RECEIPT = """
SELECT id, receipt AS code, sent_to AS decision_id, received_at FROM submissions
WHERE receipt = $1
"""


def check(new: NewSubmission, *, at: datetime) -> None:
    """Pass if the submission may be taken now: the rules of `add`, without storing.

    Raises
    ------
    RefusedError, rules.CommentingClosedError
        As `add` does.
    """
    decision = decisions.get(new.decision_id)
    if decision is None:
        raise UnknownDecisionError
    rules.check_commenting(decision, clock.day_of(at))
    for comment in new.comments:
        located(comment)
    if not is_home(new.home):
        raise UnknownNeighbourhoodError


def add(new: NewSubmission, *, at: datetime) -> Receipt:
    """Store a submission and give its receipt; the same key again gives the same receipt.

    Parameters
    ----------
    at
        When it was received, with zone.

    Raises
    ------
    UnknownDecisionError, OutsideError, UnknownNeighbourhoodError
        When it cannot be taken.
    rules.CommentingClosedError
        When the decision takes no comments that day, however the call was made.
    store.StoreError
        ``not_saved`` when the store could not keep it; nothing has been stored then.
    """
    known = _by_key(new.key)
    if known is not None:
        return known
    check(new, at=at)
    return _store(new, at, ReviewState.WAITING)


def add_example(
    new: NewSubmission,
    *,
    at: datetime,
    states: Sequence[ReviewState],
    reasons: Sequence[str | None],
) -> Receipt:
    """Store an invented submission with the review already done, one state a comment.

    Only examples may skip the review; the dates of the decision are not checked, since an example
    of a closed dialogue was received while it was open.
    """
    if not new.example:
        msg = "only examples may skip the review"
        raise ValueError(msg)
    return _store(new, at, *states, reasons=reasons)


@store.again
def _store(
    new: NewSubmission,
    at: datetime,
    *states: ReviewState,
    reasons: Sequence[str | None] = (),
) -> Receipt:
    # also when another click stored the same key while this one was waiting its turn
    known = _by_key(new.key)
    if known is not None:
        return known
    each = list(states) * len(new.comments) if len(states) == 1 else list(states)
    with store.transaction() as cursor:
        receipt, _id = write(cursor, new, at=at, states=each, reasons=reasons)
    return receipt


def write(
    cursor: store.Cursor,
    new: NewSubmission,
    *,
    at: datetime,
    states: Sequence[ReviewState],
    reasons: Sequence[str | None] = (),
) -> tuple[Receipt, int]:
    """Write a submission in a transaction and give its receipt and number.

    For `data.review.registering`, which has its own rules on dates and writes more in the same
    transaction.

    Raises
    ------
    OutsideError, UnknownNeighbourhoodError
    """
    code, at = new_code(), at.astimezone(UTC)
    rows = [_comment_row(new, comment, at) for comment in new.comments]
    codes = [codes_of(comment) for comment in new.comments]
    why = list(reasons) or [None] * len(rows)
    found = cursor.execute(_ADD, _submission_row(new, code, at)).fetchone()
    submission_id = int(found[0]) if found else 0
    lies_in: list[tuple[int, str, str]] = []
    for row, held, state, reason in zip(rows, codes, states, why, strict=True):
        published_at = at if state is ReviewState.PUBLISHED else None
        filled = {**row, "state": state.value, "reason": reason, "published_at": published_at}
        stored = cursor.execute(_ADD_COMMENT, [submission_id, *_ordered(filled)]).fetchone()
        number = int(stored[0]) if stored else 0
        lies_in += [(number, key, area) for key, area in held.items()]
    area_codes.add(cursor, lies_in)
    cursor.changed(staff_view.RECEIVED)
    if ReviewState.PUBLISHED in states:
        cursor.changed(new.decision_id)
    return Receipt(code, new.decision_id, at), submission_id


def _submission_row(new: NewSubmission, code: str, at: datetime) -> list[Any]:
    return [
        new.key,
        code,
        new.decision_id,
        at,
        new.channel.value,
        new.persons,
        new.relation.value if new.relation else None,
        new.age_band.value if new.age_band else None,
        new.language,
        new.example,
        new.home,
    ]


_ORDER = (
    *("decision_id", "kind", "stance", "original", "public_text", "state", "reason"),
    *("place_how", "place_words", "lon", "lat", "public_lon", "public_lat"),
    *("received_at", "published_at", "example"),
)


def _ordered(row: dict[str, Any]) -> Iterable[Any]:
    return (row.get(name) for name in _ORDER)


def _comment_row(new: NewSubmission, comment: NewComment, at: datetime) -> dict[str, Any]:
    return {
        "decision_id": new.decision_id,
        "kind": comment.kind.value,
        "stance": comment.stance.value,
        "original": comment.text,
        "public_text": clean_text(comment.text),
        "place_how": comment.place_how.value,
        "place_words": comment.place_words,
        "lon": comment.lon,
        "lat": comment.lat,
        "received_at": at,
        "example": new.example,
        **public_position(comment, new.key),
    }


def is_home(code: str | None) -> bool:
    """Tell whether a person can live there: a DeSO, another municipality, or not told."""
    return code in {None, ELSEWHERE, *layers.frame(layers.DESO).index}


def located(comment: NewComment) -> dict[str, str]:
    """Return the code of every shipped layer, so that no page has to ask where a point lies."""
    if comment.place_how is PlaceHow.NONE:
        return {}
    if comment.lon is None or comment.lat is None:
        return _codes_of_neighbourhood(comment.deso or "")
    codes = layers.locator().codes(comment.lon, comment.lat)
    if codes is None:
        raise OutsideError
    return codes


def codes_of(comment: NewComment) -> dict[str, str]:
    """Return the code of every layer by its key, of those that have been loaded too."""
    return {**located(comment), **_loaded_codes(comment.lon, comment.lat)}


def _loaded_codes(lon: float | None, lat: float | None) -> dict[str, str]:
    if lon is None or lat is None or not layer_editions.editions():
        return {}
    point = shapely.Point(*crs.point_to_metric(lon, lat))
    found = {one.key: layer_editions.code_at(point, one.key) for one in layer_editions.editions()}
    return {key: code for key, code in found.items() if code is not None}


def _codes_of_neighbourhood(deso: str) -> dict[str, str]:
    if deso not in layers.frame(layers.DESO).index:
        raise UnknownNeighbourhoodError
    return {layers.DESO: deso, layers.REGSO: area_names.regso_of(deso)}


def public_position(comment: NewComment, key: str) -> dict[str, float]:
    """Return the moved position that others see; the key must be known to nobody else."""
    if comment.lon is None or comment.lat is None:
        return {}
    codes = layers.locator().codes
    true = codes(comment.lon, comment.lat)
    if true is None:
        raise OutsideError
    # a mark in another area than its codes would narrow down where it came from
    place = displace.displaced_inside(
        comment.lon,
        comment.lat,
        seed=key,
        part=layers.part(true),
        is_inside=lambda one: codes(*one) == true,
    )
    return {} if place is None else {"public_lon": place[0], "public_lat": place[1]}


def new_code() -> str:
    """Make a receipt code such as ``K7M4-P2XT`` that nobody can guess."""
    symbols = [secrets.choice(RECEIPT_SYMBOLS) for _ in range(RECEIPT_LENGTH)]
    return "".join([*symbols[:4], "-", *symbols[4:]])


def read_code(written: str) -> str:
    """Return the code as it was handed out, however a person wrote it down.

    >>> read_code(" k7m4p2xt ")
    'K7M4-P2XT'
    """
    kept = [c for c in written.upper().translate(_MISREAD) if c in RECEIPT_SYMBOLS]
    return "".join([*kept[:4], "-", *kept[4:12]])


class _Sent(NamedTuple):
    id: int
    code: str
    decision_id: str
    received_at: datetime


def by_receipt(written: str) -> tuple[Receipt, list[StaffComment]] | None:
    """Find what was sent by its receipt code, or None. Only who has the code may see this."""
    with store.cursor() as cursor:
        row = cursor.execute(_BY_RECEIPT, [read_code(written)]).first(_Sent)
    if row is None:
        return None
    receipt = Receipt(row.code, row.decision_id, row.received_at)
    return receipt, staff_view.of_submission(row.id)


def is_stored(key: str) -> bool:
    """Tell whether the form with this key of its own is stored already."""
    return _by_key(key) is not None


def _by_key(key: str) -> Receipt | None:
    with store.cursor() as cursor:
        return cursor.execute(_BY_KEY, [key]).first(Receipt)
