"""Limits: a few from each source, nobody shut out by many, and nothing kept about anybody."""

from __future__ import annotations

import pytest

from data import settings
from data.comments import submissions
from data.settings import Settings
from data.staff import limits
from data.staff.limits import WINDOW, Act, TooManyError, take
from tests.conftest import NOON, make_submission

LIBRARY = "192.0.2.10"


def _is_taken(source: str, at: float = 0.0, act: Act = Act.SEND, about: str = "lekplats") -> bool:
    try:
        take(act, source, about=about, at=at)
    except TooManyError:
        return False
    return True


def _sources(many: int) -> list[str]:
    return [f"198.18.{n // 250}.{n % 250 + 1}" for n in range(many)]


def test_five_from_one_source_in_ten_minutes_and_the_sixth_is_told_when():
    assert all(_is_taken("198.51.100.7", at) for at in (0, 60, 120, 180, 240))
    with pytest.raises(TooManyError) as told:
        take(Act.SEND, "198.51.100.7", at=250)
    assert told.value.minutes == 6
    assert _is_taken("198.51.100.8", 250), "another goes on unhindered"
    assert not _is_taken("198.51.100.7", WINDOW - 1)
    assert _is_taken("198.51.100.7", WINDOW)
    assert not _is_taken("198.51.100.7", WINDOW + 1), "one place was free, not five"


@pytest.mark.parametrize("source", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_a_source_like_any_other(source: str):
    assert sum(_is_taken(source) for _ in range(60)) == 5


def test_one_household_on_ipv6_is_one_source():
    assert sum(_is_taken(f"2001:db8:7:7::{n:x}") for n in range(1, 60)) == 5
    assert _is_taken("2001:db8:7:8::1")


def test_an_address_is_one_source_however_it_is_written():
    spelled = ("198.51.100.7", "::ffff:198.51.100.7", "::ffff:c633:6407", "198.51.100.7:99")
    assert sum(_is_taken(one) for one in spelled * 5) == 5


def test_a_library_may_send_what_the_operator_says(monkeypatch: pytest.MonkeyPatch):
    own = Settings(shared_addresses=f"{LIBRARY}=40, 2001:db8:7::/48=30")
    monkeypatch.setattr(settings, "load", lambda: own)
    assert sum(_is_taken(LIBRARY) for _ in range(60)) == 40
    assert sum(_is_taken(f"2001:db8:7:{n}::1") for n in range(60)) == 30
    assert sum(_is_taken("192.0.2.11") for _ in range(60)) == 5


def test_who_floods_from_two_hundred_sources_takes_the_place_of_nobody():
    flood = sum(_is_taken(source) for _ in range(5) for source in _sources(200))
    assert flood <= 200 * 5
    residents = [f"203.0.113.{n}" for n in range(1, 201)]
    assert all(_is_taken(one, 60) for one in residents)
    assert not _is_taken(residents[0], 61), "each once while very many send"
    assert _is_taken(residents[0], 61, about="badplats"), "another proposal has room"


def test_in_a_flood_of_a_thousand_all_residents_are_stored_and_the_flood_is_not(decision):
    def sends(source: str, key: str) -> bool:
        try:
            take(Act.SEND, source, about=decision.id, at=0)
        except TooManyError:
            return False
        submissions.add(make_submission(key=key), at=NOON)
        return True

    one = sum(sends("198.51.100.7", f"en-enda-kalla-{n:06d}") for n in range(1_000))
    many = sum(sends(source, f"manga-kallor-{n:06d}") for n, source in enumerate(_sources(200) * 2))
    residents = sum(sends(f"203.0.113.{n}", f"en-invanare-{n:06d}") for n in range(1, 101))
    assert one == 5
    assert many <= limits.SENDING.about_one.busy
    assert residents == 100


def test_a_network_of_65_536_networks_is_no_crowd_of_newcomers():
    for source in _sources(limits.SENDING.about_one.busy):
        assert _is_taken(source)
    taken = sum(_is_taken(f"2001:db8:7:{n:x}::1") for n in range(1_000))
    assert taken == limits.WIDE_MAX
    assert _is_taken("2001:db8:8:1::1")


def test_a_full_queue_has_room_again_as_older_ones_pass():
    full = limits.SENDING.about_one.full
    for n, source in enumerate(_sources(full)):
        assert _is_taken(source, at=n * WINDOW / full / 2)
    with pytest.raises(TooManyError) as told:
        take(Act.SEND, "203.0.113.1", about="lekplats", at=WINDOW / 2)
    assert told.value.minutes <= 6
    assert _is_taken("203.0.113.1", at=WINDOW)


def test_the_wait_for_a_full_proposal_is_until_one_of_its_own_passes():
    assert _is_taken("192.0.2.1", at=10, about="badplats")
    assert all(_is_taken(one, at=590) for one in _sources(limits.SENDING.about_one.full))
    with pytest.raises(TooManyError) as told:
        take(Act.SEND, "192.0.2.2", about="lekplats", at=590)
    assert told.value.minutes == 10


def test_what_was_not_stored_is_not_counted():
    for _ in range(20):
        take(Act.SEND, "198.51.100.7", at=0).give_back()
    place = take(Act.SEND, "198.51.100.7", at=0)
    place.give_back()
    place.give_back()
    assert sum(_is_taken("198.51.100.7") for _ in range(9)) == 5


def test_codes_and_links_cannot_be_found_by_trying():
    for act in (Act.CODE, Act.LINK):
        assert sum(_is_taken("198.51.100.7", act=act) for _ in range(500)) == 10
        networks = (f"2001:db8:7:{n:x}::1" for n in range(500))
        assert sum(_is_taken(one, act=act) for one in networks) == 100
        assert _is_taken("198.51.100.8", act=act)
    assert _is_taken("198.51.100.7"), "sending is another thing"


def test_somebody_whose_address_nobody_tells_does_not_share_a_limit_with_all():
    assert all(_is_taken("") for _ in range(200))


def test_memory_is_bounded_and_nothing_outlives_the_window(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "KEPT_MAX", 500)
    for n in range(2_000):
        take(Act.CODE, f"10.{n // 250}.{n % 250}.1", at=n / 1_000)
    kept = limits._acts[Act.CODE]
    assert len(kept.taken) <= 501
    assert len(kept.of_source) <= 501
    assert len(kept.of_wide) <= 501
    take(Act.CODE, "198.51.100.7", at=2 * WINDOW)
    assert (len(kept.taken), len(kept.of_source), len(kept.of_wide)) == (1, 1, 1)


def test_no_address_is_kept_as_it_is():
    take(Act.SEND, "198.51.100.7", about="lekplats", at=0)
    assert "198.51.100" not in repr(limits._acts[Act.SEND])
