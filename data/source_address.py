"""From which address somebody comes: worked out here and nowhere else.

A proxy in front of the service says in a header for whom it asks. Anybody can write such a header,
so it is believed from the proxies that the operator has named, and from the right: each proxy adds
what it saw itself at the end. What stands to the left of the first address that is not a proxy of
ours is whatever the visitor wrote.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Headers = Iterable[tuple[bytes, bytes]]

# whom nobody has told us: a proxy that forwards no address, or a socket that has none
UNKNOWN = ""
LOOPBACK = "127.0.0.0/8 ::1"
FORWARDED_FOR, FORWARDED = "x-forwarded-for", "forwarded"
_LOCAL_NAMES = frozenset({"localhost", "localhost."})
_MAPPED = IPv6Network("::ffff:0:0/96")
# a longer chain of proxies than this is a visitor's invention
_CHAIN_MAX = 30


@dataclass(frozen=True)
class Proxies:
    """Whose word is taken, and in which header they give it."""

    networks: tuple[Network, ...]
    header: str = FORWARDED_FOR

    def has(self, address: Address | None) -> bool:
        """Tell whether an address is a proxy of ours."""
        return address is not None and any(
            address.version == one.version and address in one for one in self.networks
        )


def networks(written: str) -> tuple[Network, ...]:
    """Read addresses and networks with spaces or commas between; ``none`` is nobody.

    >>> networks("10.0.0.5, ::ffff:192.0.2.0/120")
    (IPv4Network('10.0.0.5/32'), IPv4Network('192.0.2.0/24'))

    Raises
    ------
    ValueError
        With what could not be read.
    """
    words = written.replace(",", " ").split()
    if [word.lower() for word in words] == ["none"]:
        return ()
    found: list[Network] = []
    for word in words:
        if word.lower() in _LOCAL_NAMES:
            found += networks(LOOPBACK)
        else:
            found.append(network(word))
    return tuple(found)


def network(word: str) -> Network:
    """Read one address or network; IPv4 written as IPv6 is IPv4.

    Raises
    ------
    ValueError
    """
    try:
        found = ipaddress.ip_network(word.strip("[]"), strict=False)
    except ValueError as error:
        msg = f"not an address or a network: {word}"
        raise ValueError(msg) from error
    if isinstance(found, IPv6Network) and found.prefixlen >= 96 and found.subnet_of(_MAPPED):
        mapped = found.network_address.ipv4_mapped
        return ipaddress.ip_network(f"{mapped}/{found.prefixlen - 96}")
    return found


def address_of(written: str) -> Address | None:
    """Read an address as proxies write it: with a port, in brackets, in quotes, IPv4 as IPv6.

    >>> address_of('"[2001:db8::7]:4711"'), address_of("::ffff:192.0.2.7"), address_of("unknown")
    (IPv6Address('2001:db8::7'), IPv4Address('192.0.2.7'), None)
    """
    word = written.strip().strip('"').strip()
    if word.startswith("["):
        word, closed, port = word[1:].partition("]")
        if not closed or (port and not (port.startswith(":") and _is_port(port[1:]))):
            return None
    elif word.count(":") == 1:
        word, _, port = word.partition(":")
        if not _is_port(port):
            return None
    try:
        found = ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found


def _is_port(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) <= 5


def is_local(host: str) -> bool:
    """Tell whether the host of an address, with or without a port, is this machine.

    >>> is_local("localhost:8501"), is_local("[::1]:8501"), is_local("dialog.example.se")
    (True, True, False)
    """
    found = address_of(host)
    if found is not None:
        return found.is_loopback
    return host.partition(":")[0].lower() in _LOCAL_NAMES


def source_of(peer: str | None, headers: Headers, proxies: Proxies) -> str:
    """Return the address that a request comes from; ``UNKNOWN`` when nobody has told it.

    Parameters
    ----------
    peer
        The other end of the connection.
    headers
        All headers of the request, their names in small letters.
    """
    nearest = address_of(peer or "")
    if nearest is None:
        return UNKNOWN
    if not proxies.has(nearest):
        return str(nearest)
    given = list(headers)
    chain = _chain(given, proxies.header)
    if not chain:
        # nobody says for whom: on this machine a browser that is on it, or a proxy that is silent
        return str(nearest) if _is_own_visit(nearest, given) else UNKNOWN
    for written in reversed(chain):
        found = address_of(written)
        if found is None:
            # a proxy may say that it does not know or will not tell (RFC 7239, section 6)
            return UNKNOWN if written.lower() == "unknown" or written[0] == "_" else str(nearest)
        nearest = found
        if not proxies.has(nearest):
            break
    return str(nearest)


def _is_own_visit(peer: Address, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Tell whether a browser on this machine asks for this machine."""
    asked = [host_in(value.decode("latin-1")) for name, value in headers if name == b"origin"]
    asked += [value.decode("latin-1") for name, value in headers if name == b"host"]
    return peer.is_loopback and all(is_local(host) for host in asked)


def host_in(origin: str) -> str:
    """Return the host and port of an origin such as ``https://dialog.example.se:8443``."""
    return origin.partition("://")[2]


def is_silent(peer: str | None, headers: Headers, proxies: Proxies) -> bool:
    """Tell whether a proxy of ours forwards a visit without saying whose."""
    given = list(headers)
    found = address_of(peer or "")
    return (
        found is not None
        and proxies.has(found)
        and not _chain(given, proxies.header)
        and not _is_own_visit(found, given)
    )


def scheme_of(peer: str | None, headers: Headers, proxies: Proxies) -> str | None:
    """Return ``http`` or ``https`` as the visitor asked, if a proxy of ours says so."""
    if not proxies.has(address_of(peer or "")):
        return None
    given = list(headers)
    if proxies.header == FORWARDED:
        said = [_pair(one, "proto") or "" for one in _values(given, FORWARDED)[-1:]]
    else:
        said = _values(given, "x-forwarded-proto")[-1:]
    scheme = said[0].strip().lower() if said else ""
    return {"http": "http", "ws": "http", "https": "https", "wss": "https"}.get(scheme)


def _chain(headers: Sequence[tuple[bytes, bytes]], header: str) -> list[str]:
    """Return what each proxy has written, the nearest last."""
    values = _values(headers, header)[-_CHAIN_MAX:]
    if header == FORWARDED:
        return [_pair(one, "for") or "unknown" for one in values]
    return values


def _values(headers: Sequence[tuple[bytes, bytes]], name: str) -> list[str]:
    """Return the parts of a header, also when it stands on several lines.

    Commas part them also within quotation marks: a visitor's open mark must swallow nothing.
    """
    lines = [value.decode("latin-1") for key, value in headers if key == name.encode()]
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


def _pair(element: str, wanted: str) -> str | None:
    for pair in reversed(element.split(";")):
        name, _, value = pair.partition("=")
        if name.strip().lower() == wanted:
            return value.strip().strip('"')
    return None
