"""A real server with the page of `area_page`, where a planner is signed in."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.browser_kit import ROOT, Server, serve

APP = """
import runpy, sys
sys.path.insert(0, {root!r})
import streamlit as st
from starlette.middleware import Middleware
from data.models import Staff
from pages.shared.session import signed_in
from pages.web.site.headers import SecurityHeaders
from pages.web.routes import routes
real = runpy.run_path({root!r} + "/app.py", run_name="service")
signed_in.staff = lambda: Staff("Planerare", frozenset({{"planner"}}))
app = st.App(
    {root!r} + "/tests/area_page.py",
    routes=routes(real["TILES"]),
    middleware=[Middleware(SecurityHeaders)],
    lifespan=real["lifespan"],
)
"""


@contextlib.contextmanager
def serve_area_page(folder: Path, root: Path = ROOT) -> Iterator[Server]:
    """Start it on loopback and stop it afterwards."""
    own = folder / "tjanst"
    own.mkdir()
    (own / "app.py").write_text(APP.format(root=str(root)), encoding="utf-8")
    shutil.copytree(root / ".streamlit", own / ".streamlit")
    with serve(folder, root=own, DIALOG_DEMO="0") as server:
        yield server
