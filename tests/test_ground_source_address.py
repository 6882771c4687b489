"""The visitor's address: believed from our own proxies only, and from the right."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from data.settings import Settings
from data.source_address import (
    FORWARDED,
    LOOPBACK,
    UNKNOWN,
    Proxies,
    address_of,
    is_silent,
    networks,
    scheme_of,
    source_of,
)

OURS = Proxies(networks(LOOPBACK))
RESIDENT, OTHER = "198.51.100.7", "203.0.113.9"
NEAR = ("127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:0:0:1")
addresses = some.ip_addresses().map(str)


def _headers(*lines: str, name: str = "x-forwarded-for") -> list[tuple[bytes, bytes]]:
    return [(name.encode(), line.encode("latin-1")) for line in lines]


def _plain(address: str) -> str:
    return str(address_of(address))


@pytest.mark.parametrize("peer", NEAR)
def test_a_proxy_on_this_machine_is_believed_in_every_spelling(peer: str):
    assert source_of(peer, _headers(RESIDENT), OURS) == RESIDENT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("198.51.100.7:4711", RESIDENT),
        ("::ffff:198.51.100.7", RESIDENT),
        ("[::ffff:198.51.100.7]:4711", RESIDENT),
        ("2001:db8::7", "2001:db8::7"),
        ("2001:0DB8:0::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("fe80::7%eth0", "fe80::7"),
        (' "198.51.100.7" ', RESIDENT),
    ],
)
def test_an_address_is_read_as_proxies_write_it(written: str, meant: str):
    assert source_of("127.0.0.1", _headers(written), OURS) == meant


@given(addresses, some.lists(some.text(max_size=20), max_size=3))
def test_a_stranger_is_who_it_is_whatever_it_writes(peer: str, written: list[str]):
    lines = [(b"x-forwarded-for", line.encode("utf-8")) for line in written]
    if not OURS.has(address_of(peer)):
        assert source_of(peer, lines, OURS) == _plain(peer)


@given(some.text(max_size=60), addresses)
def test_what_stands_to_the_left_of_what_our_proxy_saw_counts_for_nothing(left: str, seen: str):
    lines = [(b"x-forwarded-for", left.encode("utf-8")), (b"x-forwarded-for", seen.encode())]
    found = source_of("::1", lines, OURS)
    if not OURS.has(address_of(seen)):
        assert found == _plain(seen)
    assert source_of("::1", lines, OURS) == found, "the same request, the same source"


def test_a_chain_of_our_own_proxies_is_followed_to_the_first_that_is_not_ours():
    known = Proxies(networks("127.0.0.1 10.0.0.0/8 2001:db8:ff::/48"))
    chain = _headers(f"{OTHER}, {RESIDENT}", "10.0.0.5, 2001:db8:ff::5")
    assert source_of("127.0.0.1", chain, known) == RESIDENT
    assert source_of("10.9.9.9", chain, known) == RESIDENT
    assert source_of("::1", chain, known) == "::1", "::1 was not named"
    assert source_of("127.0.0.1", _headers("10.0.0.5"), known) == "10.0.0.5"


@pytest.mark.parametrize("junk", ["nonsense", "300.1.2.3", "198.51.100.7:x", "[::1", ":", "1.2.3"])
def test_junk_next_to_our_proxy_makes_nobody_else_of_the_visitor(junk: str):
    assert source_of("127.0.0.1", _headers(f"{OTHER}, {junk}"), OURS) == "127.0.0.1"


def test_empty_parts_are_passed_over():
    assert source_of("127.0.0.1", _headers(f" , {RESIDENT}, ,", ""), OURS) == RESIDENT


def test_one_who_will_not_be_told_is_unknown_and_not_the_proxy():
    assert source_of("127.0.0.1", _headers("unknown"), OURS) == UNKNOWN
    assert source_of(None, _headers(RESIDENT), OURS) == UNKNOWN
    assert source_of("testclient", _headers(RESIDENT), OURS) == UNKNOWN


def test_a_visit_on_this_machine_is_told_from_a_proxy_that_is_silent():
    here = [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")]
    assert source_of("::1", here, OURS) == "::1"
    assert not is_silent("::1", here, OURS)
    public = [(b"host", b"127.0.0.1:8501"), (b"origin", b"https://dialog.example.se")]
    assert source_of("::1", public, OURS) == UNKNOWN, "all residents would share one limit"
    assert is_silent("::1", public, OURS)
    assert not is_silent("::1", [*public, *_headers(RESIDENT)], OURS)


def test_only_the_header_that_the_proxy_sets_is_read():
    both = [*_headers(RESIDENT), *_headers(f"for={OTHER}", name=FORWARDED)]
    assert source_of("::1", both, OURS) == RESIDENT
    assert source_of("::1", both, Proxies(OURS.networks, FORWARDED)) == OTHER


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (f"for={RESIDENT};proto=https;by=203.0.113.43", RESIDENT),
        ('for="[2001:db8::7]:4711"', "2001:db8::7"),
        (f"For={OTHER}, FOR={RESIDENT}", RESIDENT),
        (f'for="an open mark, for={RESIDENT}', RESIDENT),
        ("for=unknown", UNKNOWN),
        ("for=_hidden", UNKNOWN),
        ("by=203.0.113.43", UNKNOWN),
    ],
)
def test_rfc_7239_is_read_from_the_right(line: str, meant: str):
    known = Proxies(OURS.networks, FORWARDED)
    assert source_of("127.0.0.1", _headers(line, name=FORWARDED), known) == meant


def test_the_scheme_is_believed_from_our_proxies_only():
    said = _headers("https", name="x-forwarded-proto")
    assert scheme_of("::ffff:127.0.0.1", said, OURS) == "https"
    assert scheme_of(RESIDENT, said, OURS) is None
    assert scheme_of("::1", _headers("gopher", name="x-forwarded-proto"), OURS) is None
    known = Proxies(OURS.networks, FORWARDED)
    assert scheme_of("::1", _headers("for=1.2.3.4;proto=https", name=FORWARDED), known) == "https"


def test_proxies_are_written_as_people_write_them():
    assert networks("localhost") == networks(LOOPBACK)
    assert networks("none") == ()
    assert networks("10.0.0.5/8") == (ipaddress.ip_network("10.0.0.0/8"),)
    assert networks("[2001:db8::1]") == (ipaddress.ip_network("2001:db8::1/128"),)
    with pytest.raises(ValueError, match=r"proxy\.example\.se"):
        networks("proxy.example.se")


def test_the_older_name_of_the_setting_still_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.5")
    assert Settings().trusted_proxies == "10.0.0.5"
    monkeypatch.setenv("DIALOG_PROXIES", "10.0.0.6")
    assert Settings().trusted_proxies == "10.0.0.6"
    monkeypatch.delenv("DIALOG_PROXIES")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "unix:, 10.0.0.0/8,[::1]")
    assert Settings().trusted_proxies == "10.0.0.0/8 [::1]"
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert Settings().trusted_proxies == LOOPBACK, "everybody is nobody's proxy"


@pytest.mark.parametrize("wrong", ["192.0.2.10", "192.0.2.10=x", "library=60", "192.0.2.0/33=5"])
def test_a_shared_address_without_sense_is_refused_at_start(wrong: str):
    with pytest.raises(ValidationError):
        Settings(shared_addresses=wrong)
