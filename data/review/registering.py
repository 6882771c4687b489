"""Entering for others: letters, calls, meetings and schools, as officials have taken them in.

What is entered waits to be read like everything else, and counts under its own channel.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from data import clock, rules, store
from data.comments import submissions
from data.decisions import decisions
from data.models import (
    PLACE_WORDS_MAX,
    TEXT_MAX,
    AgeBand,
    Channel,
    Decision,
    Kind,
    NewComment,
    NewSubmission,
    PlaceHow,
    Receipt,
    Relation,
    ReviewState,
    Staff,
    Stance,
)
from data.rights import check_reviewer
from data.staff import staff_log
from data.written import clean_text, fault_of

CHANNELS = tuple(channel for channel in Channel if channel is not Channel.WEB)
PERSONS_MAX = 500
ROWS_MAX = 1_000
# the day is all that is known of a letter
_NOON = time(12)


EntryCode = Literal[
    "unknown_decision",
    "text_missing",
    "too_long",
    "bad_persons",
    "bad_channel",
    "outside",
    "unknown_neighbourhood",
    "unknown_home",
    "too_many_rows",
]


class EntryError(ValueError):
    """What was filled in cannot be kept; nothing was stored."""

    code: EntryCode | rules.ReceivedCode

    def __init__(self, code: EntryCode | rules.ReceivedCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Entry:
    """What somebody said, and what is known of how. `lon` and `lat` are WGS 84 degrees.

    `persons` spoke together; `home` is a DeSO or `data.models.ELSEWHERE`.
    """

    text: str
    channel: Channel
    received_on: date
    kind: Kind
    stance: Stance = Stance.NONE
    persons: int = 1
    place_how: PlaceHow = PlaceHow.NONE
    lon: float | None = None
    lat: float | None = None
    deso: str | None = None
    place_words: str = ""
    home: str | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    # field and words of what was said that we have no word for, and the row of its table
    told: tuple[tuple[str, str], ...] = ()
    row: int | None = None


_KNOWN = "SELECT digest FROM entered WHERE digest = ANY($1)"
_RECEIPT = """
SELECT s.receipt AS code, s.sent_to AS decision_id, s.received_at
FROM entered e JOIN submissions s ON s.id = e.submission_id WHERE e.digest = $1
"""
_ADD = """
INSERT INTO entered (digest, submission_id, actor, entered_at, row_number, told)
VALUES ($1, $2, $3, $4, $5, $6)
"""
# what an official answers about a word changes none of what makes a row known again
_FIELDS_OF = {
    "channel": ("channel",),
    "received": ("received_on",),
    "kind": ("kind",),
    "stance": ("stance",),
    "persons": ("persons",),
    "home": ("home",),
    "age": ("age_band",),
    "relation": ("relation",),
    "place": ("place_how", "lon", "lat", "deso"),
}


def check(decision: Decision, entry: Entry, *, today: date) -> None:
    """Pass if an entry can be kept.

    Raises
    ------
    EntryError
    """
    fault = fault_of(entry.text, TEXT_MAX)
    if fault is not None:
        raise EntryError("text_missing" if fault == "empty" else fault)
    if fault_of(entry.place_words, PLACE_WORDS_MAX) == "too_long":
        raise EntryError("too_long")
    if not 1 <= entry.persons <= PERSONS_MAX:
        raise EntryError("bad_persons")
    if entry.channel not in CHANNELS:
        raise EntryError("bad_channel")
    if not submissions.is_home(entry.home):
        raise EntryError("unknown_home")
    try:
        rules.check_received(decision, entry.received_on, today)
        submissions.located(_comment(entry))
    except rules.ReceivedError as error:
        raise EntryError(error.code) from error
    except submissions.OutsideError as error:
        raise EntryError("outside") from error
    except submissions.UnknownNeighbourhoodError as error:
        raise EntryError("unknown_neighbourhood") from error


def enter(
    actor: Staff | None, decision_id: str, entry: Entry, *, key: str, at: datetime
) -> Receipt:
    """Keep one entry and give its receipt; the same `key` again gives the same receipt.

    Raises
    ------
    data.rights.NotAllowedError
    EntryError
    data.store.StoreError
    """
    staff = check_reviewer(actor)
    check(_decision(decision_id), entry, today=clock.day_of(at))
    digest = f"click:{key}"
    _keep(staff, decision_id, {digest: entry}, at)
    stored = _receipt(digest)
    if stored is None:
        raise store.StoreError("not_saved")
    return stored


def enter_all(
    actor: Staff | None, decision_id: str, entries: Sequence[Entry], *, at: datetime
) -> int:
    """Keep the entries of a table, all or none, and count those that were not there before.

    A row is known by what it says, and by how many like it stand above it in the table.

    Raises
    ------
    data.rights.NotAllowedError
    EntryError
    data.store.StoreError
    """
    staff = check_reviewer(actor)
    if len(entries) > ROWS_MAX:
        raise EntryError("too_many_rows")
    decision, today = _decision(decision_id), clock.day_of(at)
    for entry in entries:
        check(decision, entry, today=today)
    named = dict(zip(_digests(decision_id, entries), entries, strict=True))
    return _keep(staff, decision_id, named, at)


def are_known(actor: Staff | None, decision_id: str, entries: Sequence[Entry]) -> list[bool]:
    """Tell of each entry whether a table with it has been entered before.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    digests = _digests(decision_id, entries)
    known = _known(digests)
    return [digest in known for digest in digests]


def _decision(decision_id: str) -> Decision:
    decision = decisions.get(decision_id)
    if decision is None:
        raise EntryError("unknown_decision")
    return decision


def _comment(entry: Entry) -> NewComment:
    return NewComment(
        kind=entry.kind,
        stance=entry.stance,
        text=entry.text,
        place_how=entry.place_how,
        lon=entry.lon,
        lat=entry.lat,
        deso=entry.deso,
        place_words=entry.place_words,
    )


def _submission(decision_id: str, entry: Entry) -> NewSubmission:
    return NewSubmission(
        # nobody may know it: the public position is drawn from it
        key=secrets.token_urlsafe(24),
        decision_id=decision_id,
        comments=(_comment(entry),),
        relation=entry.relation,
        age_band=entry.age_band,
        home=entry.home,
        channel=entry.channel,
        persons=entry.persons,
        example=_decision(decision_id).example,
    )


@store.again
def _keep(staff: Staff, decision_id: str, named: dict[str, Entry], at: datetime) -> int:
    """Keep those entries that are not there yet, and tell how many they were."""
    at = at.astimezone(UTC)
    with store.transaction() as cursor:
        known = _known_in(cursor, list(named))
        new = [one for one in named.items() if one[0] not in known]
        if not new:
            return 0
        kept = [_keep_one(cursor, staff, decision_id, one, at) for one in new]
        became = json.dumps({"submissions": kept})
        staff_log.add(cursor, staff, "enter", decision_id, was="", became=became, at=at)
    return len(new)


def _keep_one(
    cursor: store.Cursor,
    staff: Staff,
    decision_id: str,
    named: tuple[str, Entry],
    at: datetime,
) -> int:
    digest, entry = named
    noon = datetime.combine(entry.received_on, _NOON, tzinfo=clock.STOCKHOLM)
    _receipt_of, number = submissions.write(
        cursor,
        _submission(decision_id, entry),
        at=min(noon, at),
        states=[ReviewState.WAITING],
    )
    told = json.dumps(entry.told, ensure_ascii=False)
    cursor.execute(_ADD, [digest, number, staff.name, at, entry.row, told])
    return number


def _digests(decision_id: str, entries: Sequence[Entry]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        # two rows that look the same are the same
        said = _as_said(entry) | {"decision": decision_id}
        words = json.dumps(said, default=str, sort_keys=True)
        digest = hashlib.sha256(words.encode()).hexdigest()
        seen[digest] += 1
        found.append(f"row:{digest}:{seen[digest]}")
    return found


def _as_said(entry: Entry) -> dict[str, Any]:
    """Return what makes an entry known again: what was said, without what was answered about it."""
    seen_words = {"text": clean_text(entry.text), "place_words": clean_text(entry.place_words)}
    said = asdict(entry) | seen_words
    del said["row"]
    if not entry.told:
        del said["told"]
    return said | {name: None for field, _ in entry.told for name in _FIELDS_OF[field]}


def _known(digests: list[str]) -> set[str]:
    with store.cursor() as cursor:
        return _known_in(cursor, digests)


def _known_in(cursor: store.Cursor, digests: list[str]) -> set[str]:
    rows = cursor.execute(_KNOWN, [digests]).fetchall()
    return {row[0] for row in rows}


def _receipt(digest: str) -> Receipt | None:
    with store.cursor() as cursor:
        return cursor.execute(_RECEIPT, [digest]).first(Receipt)
