"""Puts the service together: settings, store, routes, headers, pages. `streamlit run app.py`."""

from __future__ import annotations

import gc
import runpy
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from data import clock, control_socket, municipality, municipality_box, settings, store
from data.affected import affected
from data.comments import releases
from data.decisions import decisions
from data.demo import seed
from data.geodata import cell_sets, cells, code_editions, layers, places
from data.mail import mail_settings, mailer
from data.planning import commands
from data.staff import sessions
from data.store import faults
from pages.shared.maps import input_frame, read_only
from pages.shared.session import presses, provider
from pages.shared.words import texts
from pages.web.api import public_api
from pages.web.routes import routes
from pages.web.site import visitors
from pages.web.site.headers import SecurityHeaders
from pages.web.site.origin import OwnOrigin
from pages.web.site.tiles import Tiles
from pages.web.site.uploads import Uploads
from pages.web.site.visitors import Visitors

MAIN = Path(__file__).resolve().parent / "pages" / "main.py"
try:
    municipality_box.box()
except municipality.MunicipalityError as fault:
    # no page has words without it
    sys.exit(f"Kommunens mapp går inte att använda. {fault.file}: {fault.fault}")
TILES = Tiles(settings.load())

# why no mail is sent although a mail server is named
WHY_NO_MAIL = {
    "sender": "DIALOG_SMTP_SENDER ska vara avsändarens e-postadress.",
    "base_url": "DIALOG_BASE_URL ska vara tjänstens adress, eftersom mejlen länkar dit.",
    "staff": "DIALOG_STAFF_EMAILS ska vara e-postadresser med komma emellan.",
    "plain": 'DIALOG_SMTP_SECURITY får bara vara "none" för en mejlserver på samma maskin.',
}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _open(own: settings.Settings) -> bool:
    """Open the store, fill it with the example if asked to, and check the shipped layers."""
    try:
        store.open_store(own.database)
        code_editions.check()
        _warm()
        if own.demo:
            seed.seed_if_empty(own)
    except store.StoreError as error:
        for sentence in faults.say(error.code, own.database):
            _say(sentence)
    except layers.EditionError as error:
        _say(f"Databasens områdeskoder hör till en annan utgåva av områdena: {error}")
        _say(f"The area codes of the database belong to another edition of the areas: {error}")
    except layers.LayerError as error:
        _say(f"En medföljande kartfil är fel: {error}")
        _say(f"A shipped map file is wrong: {error}")
    else:
        return True
    store.close_store()
    return False


def _warm() -> None:
    """Read and prepare what the first visitor would otherwise wait for."""
    layers.locator()
    cell_sets.ensure()
    cells.frame()
    places.search("skola")
    public_api.warm()
    for language in texts.LANGUAGES:
        read_only.map_document(language)


def _here(own: settings.Settings) -> str:
    return own.base_url or f"http://localhost:{st.get_option('server.port')}"


def _new_link(own: settings.Settings) -> str:
    """Make a one-time link; with an identity provider there is no other way in."""
    if provider.is_set():
        raise control_socket.RunningError("provider")
    return sessions.new_link(_here(own), at=clock.now())


def _say_how_to_sign_in(own: settings.Settings) -> None:
    if provider.is_set():
        _say(f"\n  Personalen loggar in på {_here(own)}/granska\n")
        return
    _say(f"\n  Granska synpunkter (länken gäller en gång): {_new_link(own)}")
    _say("  En ny länk medan tjänsten är igång: python -m data link\n")


def _listen(own: settings.Settings) -> control_socket.Listener | None:
    """Answer commands on this machine, where that can be done."""
    try:
        return control_socket.listen(own.database, {commands.LINK: lambda: _new_link(own)})
    except control_socket.RunningError:
        _say("Kommandon som python -m data link går inte att använda här.")
        return None


def _start_mail(own: settings.Settings) -> mailer.Worker | None:
    """Start sending mail if it is on; say so when it is meant to be on and cannot be."""
    why = WHY_NO_MAIL.get(mail_settings.fault(own) or "")
    if why is not None:
        _say(f"Inga mejl skickas. {why}")
    return mailer.start()


def _say_older_names(own: settings.Settings) -> None:
    """Say what a setting that has another name now should be written as."""
    if not own.forwarded_allow_ips:
        return
    if own.forwarded_allow_ips == "*":
        _say(
            "FORWARDED_ALLOW_IPS=* gäller inte längre: då kan vem som helst uppge vilken adress "
            "som helst. Skriv DIALOG_PROXIES=<proxyns adress>."
        )
    elif not own.proxies:
        _say(f"FORWARDED_ALLOW_IPS heter nu DIALOG_PROXIES: {own.forwarded_allow_ips}")


@asynccontextmanager
async def lifespan(_: object) -> AsyncGenerator[dict[str, Any]]:
    """Open what the pages need before the first visitor, close it after the last."""
    own = settings.load()
    input_frame.install()
    presses.install()
    visitors.install()
    _say_older_names(own)
    mail = asked = None
    if _open(own):
        for _number, decision in decisions.list_all():
            releases.release(decision.id, at=clock.now())
            affected.for_decision(decision, layers.DESO)
        _say_how_to_sign_in(own)
        asked = _listen(own)
        TILES.probe()
        mail = _start_mail(own)
    gc.collect()
    gc.freeze()
    try:
        yield {}
    finally:
        if asked is not None:
            asked.close()
        if mail is not None:
            mail.stop()
        store.close_store()


# the first is the outermost: who asks, what every answer carries, from which page, and how much
MIDDLEWARE = [
    Middleware(Visitors),
    Middleware(SecurityHeaders),
    Middleware(OwnOrigin),
    Middleware(Uploads),
]

try:
    presses.check()
except presses.ChangedError as error:
    sys.exit(str(error))
app = st.App(MAIN, routes=routes(TILES), middleware=MIDDLEWARE, lifespan=lifespan)

if __name__ == "__main__":
    if st.runtime.exists():  # a test shows the script in its own runtime
        runpy.run_path(str(MAIN), run_name="__main__")
    else:
        app.run()
