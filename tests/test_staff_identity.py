"""What an identity provider says is taken only when it is meant for us, new, and has a role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from data import settings
from data.staff import identity, sessions, staff_log
from data.staff.identity import IdentityError
from tests.conftest import NOON

SERVICE = "dialogkartan"


@pytest.fixture(autouse=True)
def _roles(monkeypatch):
    own = settings.Settings(role_claim="groups", role_names={"dk-granskare": "reviewer"})
    monkeypatch.setattr(settings, "load", lambda: own)
    monkeypatch.setattr(identity, "_used", {})


def _claims(**other: object) -> dict[str, object]:
    second = NOON.timestamp()
    claims = {
        "iss": "https://inloggning.example.org",
        "sub": "1",
        "aud": SERVICE,
        "iat": second - 5,
        "exp": second + 600,
        "nonce": "n",
        "email": "Granskare@Example.org",
        "groups": ["dk-granskare"],
    }
    return {**claims, **other}


def _code(claims: dict[str, object], *, later: timedelta = timedelta()) -> str | None:
    try:
        identity.check(claims, client_id=SERVICE, at=NOON + later)
    except IdentityError as error:
        return error.code
    return None


def test_a_token_for_us_gives_the_person_and_our_roles():
    who = identity.check(_claims(), client_id=SERVICE, at=NOON)
    assert who == identity.Identity("granskare@example.org", frozenset({"reviewer"}))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"aud": "en-annan"}, "wrong_audience"),
        ({"aud": []}, "wrong_audience"),
        ({"aud": None}, "wrong_audience"),
        ({"aud": [SERVICE, "en-annan"], "azp": "en-annan"}, "wrong_audience"),
        ({"exp": NOON.timestamp() - 120}, "expired"),
        ({"iat": NOON.timestamp() + 3600}, "expired"),
        ({"iat": NOON.timestamp() - 3600}, "expired"),
        ({"iat": None}, "bad_claims"),
        ({"exp": "snart"}, "bad_claims"),
        ({"exp": 1e300}, "bad_claims"),
        ({"email": None}, "no_email"),
        ({"email": "granskare"}, "no_email"),
        ({"email_verified": False}, "no_email"),
        ({"groups": None}, "no_role"),
        ({"groups": ["andra"]}, "no_role"),
    ],
)
def test_anything_else_is_refused(other: dict[str, object], code: str):
    assert _code(_claims(**other)) == code


def test_a_token_is_used_once_and_only_for_a_few_minutes():
    assert _code(_claims()) is None
    assert _code(_claims()) == "used"
    assert _code(_claims(nonce="m"), later=timedelta(minutes=11)) == "expired"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        # a minute for clocks that differ, at both ends, and no more than ten minutes in all
        ({"iat": 60}, None),
        ({"iat": 61}, "expired"),
        ({"exp": -59}, None),
        ({"exp": -60}, "expired"),
        ({"iat": -599}, None),
        ({"iat": -600}, "expired"),
    ],
)
def test_a_token_counts_from_its_first_second_to_its_last(other: dict[str, int], code: str | None):
    moved = {name: NOON.timestamp() + seconds for name, seconds in other.items()}
    assert _code(_claims(**moved)) == code


@trials(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["aud", "azp", "iat", "exp", "email", "email_verified", "groups"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    )
)
def test_wild_claims_never_get_in_and_never_break(other: dict[str, object]):
    code = _code(_claims(**{"nonce": str(other), "groups": [], **other}))
    assert code is not None


def test_with_a_list_the_claim_gives_nothing(monkeypatch, tmp_path):
    people = tmp_path / "personal.txt"
    people.write_text("planerare@example.org: planner, reviewer  # plan\n", encoding="utf-8")
    own = settings.Settings(role_claim="groups", staff_file=people)
    monkeypatch.setattr(settings, "load", lambda: own)
    assert _code(_claims(groups=["admin"])) == "no_role"
    found = identity.roles_of("Planerare@example.org", frozenset())
    assert found == {"planner", "reviewer"}
    people.unlink()
    assert _code(_claims(email="planerare@example.org")) == "bad_file"


def test_a_session_follows_the_list_and_can_be_ended_by_an_administrator(
    empty_store, monkeypatch, tmp_path
):
    people = tmp_path / "personal.txt"
    people.write_text("planerare@example.org: planner\n", encoding="utf-8")
    own = settings.Settings(staff_file=people)
    monkeypatch.setattr(settings, "load", lambda: own)
    who = identity.check(_claims(email="planerare@example.org"), client_id=SERVICE, at=NOON)
    tokens = [sessions.sign_in(who, NOON), sessions.sign_in(who, NOON)]
    assert [sessions.staff_of(token, NOON) for token in tokens] == [
        sessions.Staff("planerare@example.org", frozenset({"planner"}))
    ] * 2
    people.write_text("planerare@example.org: reviewer, admin\n", encoding="utf-8")
    now = sessions.staff_of(tokens[0], NOON)
    assert now is not None
    assert now.roles == {"reviewer", "admin"}
    shown = sessions.signed_in(now, NOON)
    assert [one.roles for one in shown] == [now.roles] * 2
    sessions.sign_out_person(now, who.email, at=NOON)
    assert [sessions.staff_of(token, NOON) for token in tokens] == [None, None]
    (noted,) = staff_log.of(now, who.email)
    assert noted == staff_log.Act(NOON, now.name, "sign_out", who.email, "signed_in", "")
