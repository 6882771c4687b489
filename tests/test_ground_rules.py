"""Who may comment when, as a table."""

from datetime import date, timedelta

import pytest

from data import rules
from data.models import DecisionType, Status
from tests.conftest import make_decision

FROM, TO = date(2026, 11, 1), date(2026, 11, 30)
DECIDED = date(2026, 12, 15)
# well after the dialogue has closed
TODAY = date(2027, 1, 7)

TABLE = [
    # day, decided on, status, may comment, why not
    (date(2026, 10, 31), None, Status.UPCOMING, False, "not_open_yet"),
    (date(2026, 11, 1), None, Status.OPEN, True, None),
    (date(2026, 11, 22), None, Status.OPEN, True, None),
    (date(2026, 11, 23), None, Status.CLOSING_SOON, True, None),
    (date(2026, 11, 30), None, Status.CLOSING_SOON, True, None),
    (date(2026, 12, 1), None, Status.SUMMARISING, False, "closed"),
    (date(2026, 12, 14), DECIDED, Status.SUMMARISING, False, "closed"),
    (date(2026, 12, 15), DECIDED, Status.DECIDED, False, "closed"),
    (date(2027, 12, 1), DECIDED, Status.DECIDED, False, "closed"),
    # a decision taken early does not open or close the dialogue
    (date(2026, 11, 10), date(2026, 11, 5), Status.OPEN, True, None),
]


@pytest.mark.parametrize(("day", "decided_on", "status", "may", "why"), TABLE)
def test_who_may_comment_when(day, decided_on, status, may, why):
    decision = make_decision(opens=FROM, closes=TO, decided_on=decided_on)
    assert rules.status_of(decision, day) is status
    assert rules.is_open(decision, day) is may
    if why is None:
        rules.check_commenting(decision, day)
        return
    with pytest.raises(rules.CommentingClosedError) as refused:
        rules.check_commenting(decision, day)
    assert refused.value.code == why


def test_the_last_day_has_no_days_left_and_is_still_open():
    decision = make_decision(opens=FROM, closes=TO)
    assert rules.days_left(decision, TO) == 0
    assert rules.is_open(decision, TO)


@pytest.mark.parametrize(
    ("received_on", "code"),
    [
        (FROM - timedelta(days=1), "received_before"),
        (FROM, None),
        (TO, None),
        (TO + timedelta(days=1), "received_after"),
        (TODAY, "received_after"),
        (TODAY + timedelta(days=1), "received_in_future"),
    ],
)
def test_what_came_by_letter_counts_by_the_day_it_came(received_on, code):
    decision = make_decision(opens=FROM, closes=TO)
    if code is None:
        rules.check_received(decision, received_on, TODAY)
        return
    with pytest.raises(rules.ReceivedError) as refused:
        rules.check_received(decision, received_on, TODAY)
    assert refused.value.code == code


def test_nothing_has_come_on_a_day_that_has_not_been():
    decision = make_decision(opens=FROM, closes=TO)
    rules.check_received(decision, FROM, FROM)
    with pytest.raises(rules.ReceivedError) as refused:
        rules.check_received(decision, TO, FROM)
    assert refused.value.code == "received_in_future"


def test_every_type_has_default_bands_in_order():
    assert set(rules.DEFAULT_BANDS) == set(DecisionType)
    for kind, bands in rules.DEFAULT_BANDS.items():
        if kind is DecisionType.MUNICIPALITY:
            assert bands is None
        else:
            assert bands is not None
            assert 0 < bands[0] < bands[1] < bands[2]
