"""Moving a comment to where it belongs: another decision, or another place.

What was stays in the log. The public figures on what people told privately keep the place that
they were released with (`data.comments.self_reported`); a comment that leaves a decision leaves
them with the next release, when five persons or more differ.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal

from data import store
from data.comments import area_codes, staff_view, submissions
from data.decisions import decisions
from data.geodata import layers
from data.models import NewComment, PlaceHow, Staff, StaffComment
from data.review import after_publication, review_log
from data.review.review import UnknownCommentError
from data.rights import check_reviewer

MoveCode = Literal["unknown_decision", "same_decision", "same_place", "moved_meanwhile"]


class MoveError(ValueError):
    """The comment cannot be moved."""

    code: MoveCode

    def __init__(self, code: MoveCode) -> None:
        super().__init__(code)
        self.code = code


_PLACE_OF = """
SELECT decision_id AS decision, place_how AS place, lon, lat, deso
FROM comments LEFT JOIN comment_deso ON comment_id = id WHERE id = $1
"""
_KEY_OF = """
SELECT s.key FROM submissions s JOIN comments c ON c.submission_id = s.id WHERE c.id = $1
"""
_SET_DECISION = """
UPDATE comments SET decision_id = $2 WHERE id = $1 AND decision_id = $3 RETURNING id
"""
_SET_PLACE = """
UPDATE comments SET place_how = $2, lon = $3, lat = $4, public_lon = $5, public_lat = $6
WHERE id = $1 RETURNING id
"""

Where = dict[str, Any]


@store.again
def to_decision(actor: Staff | None, comment_id: int, decision_id: str, *, at: datetime) -> None:
    """Move a comment to the decision that it is about. Its place, text and sender stay.

    Raises
    ------
    data.rights.NotAllowedError, data.review.review.UnknownCommentError
    MoveError
    """
    staff = check_reviewer(actor)
    comment = _known(comment_id)
    if decisions.get(decision_id) is None:
        raise MoveError("unknown_decision")
    if decision_id == comment.decision_id:
        raise MoveError("same_decision")
    with store.transaction() as cursor:
        was = _where(cursor, comment_id)
        row = [comment_id, decision_id, comment.decision_id]
        if cursor.execute(_SET_DECISION, row).fetchone() is None:
            raise MoveError("moved_meanwhile")
        became = {**was, "decision": decision_id}
        noted = _moved("move_decision", comment_id, was, became)
        review_log.add(cursor, staff, noted, at=at)
        cursor.changed(staff_view.RECEIVED, comment.decision_id, decision_id)
    after_publication.release([comment.decision_id, decision_id], at=at.astimezone(UTC))


@store.again
def to_place(
    actor: Staff | None,
    comment_id: int,
    *,
    how: PlaceHow,
    at: datetime,
    lon: float | None = None,
    lat: float | None = None,
    deso: str | None = None,
) -> None:
    """Move a comment to a point (WGS 84), to a neighbourhood as a whole, or to no place.

    The codes of all layers are found as for a new comment, and the public position is moved anew.

    Raises
    ------
    data.rights.NotAllowedError, data.review.review.UnknownCommentError
    data.comments.submissions.OutsideError, data.comments.submissions.UnknownNeighbourhoodError
    MoveError
    """
    staff = check_reviewer(actor)
    comment = _known(comment_id)
    new = NewComment(
        kind=comment.kind, text=comment.original, place_how=how, lon=lon, lat=lat, deso=deso
    )
    codes = submissions.codes_of(new)
    became = {"decision": comment.decision_id, **_told(how.value, lon, lat, codes.get(layers.DESO))}
    with store.transaction() as cursor:
        was = _where(cursor, comment_id)
        if was == became:
            raise MoveError("same_place")
        public = submissions.public_position(new, _seed(cursor, comment_id, became))
        point = [lon, lat, public.get("public_lon"), public.get("public_lat")]
        cursor.execute(_SET_PLACE, [comment_id, how.value, *point])
        area_codes.replace(cursor, comment_id, codes)
        noted = _moved("move_place", comment_id, was, became)
        review_log.add(cursor, staff, noted, at=at)
        cursor.changed(comment.decision_id)
    after_publication.release([comment.decision_id], at=at.astimezone(UTC))


def _known(comment_id: int) -> StaffComment:
    comment = staff_view.get(comment_id)
    if comment is None:
        raise UnknownCommentError(comment_id)
    return comment


def _where(cursor: store.Cursor, comment_id: int) -> Where:
    found: Where | None = cursor.execute(_PLACE_OF, [comment_id]).first(dict)
    assert found is not None
    return found


def _told(how: str, lon: float | None, lat: float | None, deso: str | None) -> Where:
    return {"place": how, "lon": lon, "lat": lat, "deso": deso}


def _seed(cursor: store.Cursor, comment_id: int, became: Where) -> str:
    """Return what decides how a public pin is moved: known to nobody, and another for each place.

    With the same one for two places, whoever knows the second could count back to the first. Back
    at the sender's own place it is the sender's again, or two positions would narrow it down.
    """
    row = cursor.execute(_KEY_OF, [comment_id]).fetchone()
    assert row is not None
    key = str(row[0])
    moves = [
        json.loads(one.before)
        for one in review_log.read_of(cursor, comment_id)
        if one.act == "move_place"
    ]
    point = (became["lon"], became["lat"])
    if moves and (moves[0]["lon"], moves[0]["lat"]) == point:
        return key
    return f"{key} {became['lon']} {became['lat']}"


def _moved(act: str, comment_id: int, was: Where, became: Where) -> review_log.Change:
    before, after = (json.dumps(one, ensure_ascii=False) for one in (was, became))
    return review_log.Change(act, comment_id, before, after)
