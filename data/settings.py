"""What a municipality may set, from the environment: every name starts with ``DIALOG_``."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from data import source_address

ROOT = Path(__file__).resolve().parents[1]
# the open data that ships with the service, a folder for each municipality
FILES = ROOT / "data" / "files"
KEPT = ROOT / ".dialog"
# a site that may show our map: with https, or on this machine; nothing that could end a header
_SITE = re.compile(
    r"https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
)


class Settings(BaseSettings):
    """All settings with their defaults; `load` reads them once per process."""

    model_config = SettingsConfigDict(env_prefix="DIALOG_", frozen=True, extra="ignore")

    # the name of a folder in `FILES`, or the path of another; empty: the one that ships
    municipality: str = ""
    database: Path = KEPT / "dialogkartan.duckdb"
    demo: bool = False
    demo_date: date | None = None
    tile_url: str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tile_cache: Path = KEPT / "tiles"
    tile_cache_mb: int = 500
    tile_contact: str = "dialogkartan@example.org"
    # bridges and other ways over water; unset: the file that the municipality's folder names
    crossings: Path | None = None
    # more fonts for PDF files than those that come by pip, as Debian's fonts-noto-core has them
    fonts: Path = Path("/usr/share/fonts/truetype/noto")
    # empty: this machine only
    base_url: str = ""
    # unset: secure when the public address is https
    secure_cookies: bool | None = None
    # whose word on the visitor's address is taken; empty: a proxy on this machine
    proxies: str = ""
    proxy_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    # what `proxies` was called when uvicorn read it
    forwarded_allow_ips: str = Field(default="", validation_alias="FORWARDED_ALLOW_IPS")
    # with an identity provider: the claim that holds roles, and our names for what stands in it
    role_claim: str = ""
    role_names: dict[str, str] = {}
    # instead of a claim: a file with a line "e-post: roll, roll" for each person
    staff_file: Path | None = None
    submissions_per_10_min: int = 5
    # a library or a school: addresses or networks that many share, and how much each may send in
    # ten minutes, such as "192.0.2.10=60 2001:db8:7::/48=200"
    shared_addresses: str = ""
    # empty: no mail is sent, nobody is asked for an address and nothing is put in the queue
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    # "none" sends in the clear, and is only taken for a mail server on this machine
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_sender: str = ""
    # officials who are told what waits for them, with commas between
    staff_emails: str = ""
    staff_wait_days: int = 2
    # on what terms our own open data may be used, and whom to ask; for the catalogue of data
    data_licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    data_email: str = ""
    # sites whose pages may hold our map in a frame, with spaces between
    embed_hosts: str = ""

    @property
    def trusted_proxies(self) -> str:
        """Addresses and networks of the proxies in front of the service, as they are written."""
        older = self.forwarded_allow_ips
        return self.proxies or (older if older != "*" else "") or source_address.LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Whether browsers may send our cookies over https only."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.base_url.startswith("https://")

    @property
    def shared(self) -> tuple[tuple[source_address.Network, int], ...]:
        """Networks that many share, each with how much may be sent from it in ten minutes."""
        return tuple(_shared(word) for word in _words(self.shared_addresses))

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, given: str) -> str:
        source_address.networks(given)
        return given

    @field_validator("forwarded_allow_ips")
    @classmethod
    def _are_what_we_know(cls, given: str) -> str:
        """Pass over what uvicorn took beside addresses, such as the name of a socket."""
        if given.strip() == "*":
            return "*"
        return " ".join(word for word in _words(given) if _is_network(word))

    @field_validator("shared_addresses")
    @classmethod
    def _are_shared(cls, given: str) -> str:
        for word in _words(given):
            _shared(word)
        return given

    @field_validator("embed_hosts")
    @classmethod
    def _are_sites(cls, given: str) -> str:
        wrong = [one for one in given.split() if not _SITE.fullmatch(one)]
        if wrong:
            msg = f"not the address of a site, such as https://www.example.se: {wrong[0]}"
            raise ValueError(msg)
        return " ".join(given.split())


def _words(written: str) -> list[str]:
    return written.replace(",", " ").split()


def _is_network(word: str) -> bool:
    try:
        source_address.networks(word)
    except ValueError:
        return False
    return True


def _shared(word: str) -> tuple[source_address.Network, int]:
    where, _, many = word.rpartition("=")
    if not (many.isascii() and many.isdigit()):
        msg = f"not an address and a number, such as 192.0.2.10=60: {word}"
        raise ValueError(msg)
    return source_address.network(where), int(many)


@cache
def load() -> Settings:
    """Read the settings from the environment, once."""
    return Settings()
