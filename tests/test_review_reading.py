"""Review: rights in each act, the original untouched, one log row an act."""

from datetime import timedelta

import pytest

from data import rights, store
from data.comments import published, results, submissions
from data.models import HideReason, ReviewState, Staff
from data.review import review
from data.staff import identity, sessions
from tests.conftest import NOON, make_comment, make_submission

TEXT = "Ring mig på 070-000 00 00 så berättar jag."


@pytest.fixture
def waiting(decision):
    submissions.add(make_submission(make_comment(text=TEXT)), at=NOON)
    return 1


def _stored() -> tuple[str, str, str]:
    with store.cursor() as cursor:
        row = cursor.execute("SELECT original, public_text, state FROM comments").fetchone()
    assert row is not None
    return row


ACTS = {
    "publish": lambda who: review.publish(1, actor=who, at=NOON),
    "mask": lambda who: review.publish(1, actor=who, at=NOON, public_text="Ring [dolt]"),
    "hide": lambda who: review.hide(1, actor=who, reason=HideReason.OFF_TOPIC, at=NOON),
    "read": lambda who: review.get(who, 1),
    "list": lambda who: review.waiting(who),
    "count": lambda who: review.count_waiting(who),
    "log": lambda who: review.log(who, 1),
    "latest": lambda who: review.latest_acts(who),
}
PEOPLE = {
    "nobody": (None, False),
    "no role": (Staff("A", frozenset()), False),
    "politician": (Staff("B", frozenset({"politician"})), False),
    "reviewer": (Staff("C", frozenset({"reviewer"})), True),
    "planner": (Staff("D", frozenset({"planner"})), True),
    "admin": (Staff("E", frozenset({"admin"})), True),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", PEOPLE)
def test_each_act_asks_who_does_it(waiting, act, person):
    who, may = PEOPLE[person]
    before = _stored()
    if may:
        ACTS[act](who)
        return
    with pytest.raises(rights.NotAllowedError):
        ACTS[act](who)
    assert _stored() == before


def test_masking_hides_the_words_from_others_and_keeps_the_original(waiting, reviewer):
    masked = review.mask_words(TEXT, ["070-000 00 00"])
    review.publish(1, actor=reviewer, at=NOON, public_text=masked)
    assert _stored() == (TEXT, "Ring mig på [dolt] så berättar jag.", "published")
    shown = published.published("lekplats")[0]
    assert "070" not in repr(shown)


def test_hiding_keeps_the_comment_and_shows_it_to_nobody(waiting, reviewer):
    review.publish(1, actor=reviewer, at=NOON)
    review.hide(1, actor=reviewer, reason=HideReason.THREAT_OR_HATE, at=NOON)
    assert _stored()[0] == TEXT
    assert published.published("lekplats") == []
    assert results.totals("lekplats").comments == 0


def test_every_act_is_exactly_one_log_row_with_before_and_after(waiting, reviewer):
    review.publish(1, actor=reviewer, at=NOON)
    review.hide(1, actor=reviewer, reason=HideReason.PERSONAL_DATA, at=NOON + timedelta(hours=1))
    review.publish(1, actor=reviewer, at=NOON + timedelta(hours=2), public_text="Ring [dolt]")
    rows = review.log(reviewer, 1)
    assert [row.act for row in rows] == ["publish", "hide", "publish_masked"]
    assert [row.actor for row in rows] == ["Granskare"] * 3
    assert rows[1].reason == "personal_data"
    assert rows[0].before == f"waiting\n{TEXT}"
    assert rows[2].after == "published\nRing [dolt]"
    assert [row.after for row in rows[:-1]] == [row.before for row in rows[1:]]


def test_an_unknown_comment_is_said_to_be(waiting, reviewer):
    with pytest.raises(review.UnknownCommentError):
        review.publish(99, actor=reviewer, at=NOON)
    assert review.latest_acts(reviewer) == []


def test_masking_takes_words_as_they_are_and_longest_first():
    assert review.mask_words("a.b axb A.B", ["a.b"]) == "[dolt] axb [dolt]"
    assert review.mask_words("Storgatan 5", ["Stor", "Storgatan 5"]) == "[dolt]"
    assert review.mask_words("hej", ["", "  "]) == "hej"
    assert review.mask("Ring Kim nu", 5, 8) == "Ring [dolt] nu"


def test_the_queue_is_oldest_first(decision, reviewer):
    for i, hours in enumerate((5, 1, 3)):
        key = f"nyckel-{i:012d}"
        submissions.add(make_submission(key=key), at=NOON - timedelta(hours=hours))
    received = [comment.received_at for comment in review.waiting(reviewer)]
    assert received == sorted(received)
    assert review.count_waiting(reviewer) == 3
    assert all(c.state is ReviewState.WAITING for c in review.waiting(reviewer))


def _code(link: str) -> str:
    return link.partition("kod=")[2]


def test_a_link_signs_in_once(empty_store):
    code = _code(sessions.new_link("http://localhost:8501", NOON))
    session = sessions.redeem(code, NOON)
    assert session is not None
    assert sessions.redeem(code, NOON) is None
    who = sessions.staff_of(session, NOON)
    assert who is not None
    assert who.roles == {"admin"}


def test_who_is_signed_in_is_listed_with_every_role(empty_store):
    roles = frozenset({"admin", "planner"})
    session = sessions.sign_in(identity.Identity("planerare@example.org", roles), NOON)
    person = sessions.staff_of(session, NOON)
    assert person is not None
    assert person.roles == roles
    assert [one.roles for one in sessions.signed_in(person, NOON)] == [roles]


def test_a_link_and_a_session_grow_old(empty_store):
    late = _code(sessions.new_link("http://localhost:8501", NOON))
    assert sessions.redeem(late, NOON + timedelta(hours=24)) is None
    session = sessions.redeem(_code(sessions.new_link("http://localhost:8501", NOON)), NOON)
    # a working day: what the privacy page and the README say
    ends = NOON + timedelta(hours=8)
    assert sessions.staff_of(session, ends - timedelta(seconds=1)) is not None
    assert sessions.staff_of(session, ends) is None
    admin = sessions.Staff("Admin", frozenset({"admin"}))
    assert sessions.signed_in(admin, ends - timedelta(seconds=1)) != []
    assert sessions.signed_in(admin, ends) == []
    just = _code(sessions.new_link("http://localhost:8501", NOON))
    assert sessions.redeem(just, NOON + timedelta(hours=24, seconds=-1)) is not None


def test_signing_out_ends_the_session_on_the_server(empty_store):
    session = sessions.redeem(_code(sessions.new_link("http://localhost:8501", NOON)), NOON)
    assert session is not None
    sessions.sign_out(session)
    assert sessions.staff_of(session, NOON) is None


@pytest.mark.parametrize("token", [None, "", "gissat", "x" * 5000])
def test_a_guessed_session_is_nobody(empty_store, token):
    assert sessions.staff_of(token, NOON) is None


def test_only_hashes_are_stored(empty_store):
    session = sessions.redeem(_code(sessions.new_link("http://localhost:8501", NOON)), NOON)
    with store.cursor() as cursor:
        stored = cursor.execute("SELECT token_hash FROM staff_sessions").fetchall()
    assert session not in repr(stored)
