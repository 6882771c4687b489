"""A new sign-in link while the service runs: for who runs it, and a plain sentence for all else."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import control_socket
from data.control_socket import RunningError
from tests.browser_kit import serve

ROOT = Path(__file__).resolve().parents[1]


def _refuse() -> str:
    raise RunningError("provider")


def _break() -> str:
    raise ZeroDivisionError


ANSWERS = {"link": lambda: "http://x/logga-in?kod=å", "nej": _refuse, "fel": _break}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "dialogkartan.duckdb"


@pytest.fixture
def listening(database: Path) -> Iterator[Path]:
    listener = control_socket.listen(database, ANSWERS)
    yield database
    listener.close()
    assert not control_socket.socket_of(database).exists()


def _code(database: Path, wanted: str = "link", seconds: float = 5) -> str:
    with pytest.raises(RunningError) as refused:
        control_socket.ask(database, wanted, seconds=seconds)
    return refused.value.code


def test_the_service_answers_and_only_its_own_user_can_ask(listening):
    assert control_socket.ask(listening, "link") == "http://x/logga-in?kod=å"
    made = control_socket.socket_of(listening).stat()
    assert stat.S_ISSOCK(made.st_mode)
    assert stat.S_IMODE(made.st_mode) == 0o600


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("nej", "provider"), ("fel", "no_answer"), ("annat", "unknown"), ("", "unknown")],
)
def test_what_is_not_given_has_its_reason_and_the_service_goes_on(listening, wanted, code):
    assert _code(listening, wanted) == code
    assert control_socket.ask(listening, "link")


def test_eight_who_ask_at_once_are_all_answered(listening):
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(control_socket.ask(listening, "link")))
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(said) == 8


def test_one_who_hangs_up_or_sends_nonsense_stops_nobody(listening):
    for sent in (b"", b"\xff\xfe\x00", b"x" * 5_000):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(control_socket.socket_of(listening)))
            line.sendall(sent)
    assert control_socket.ask(listening, "link")


def test_without_a_service_it_is_said(database):
    assert _code(database) == "not_running"
    assert _code(database / "ingen" / "mapp") == "not_running"


def test_what_a_killed_service_left_behind_is_no_service_and_in_nobodys_way(database):
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(control_socket.socket_of(database)))
    left.close()
    assert _code(database) == "not_running"
    listener = control_socket.listen(database, ANSWERS)
    try:
        assert control_socket.ask(database, "link")
    finally:
        listener.close()


def test_a_file_of_somebody_elses_is_left_alone(database):
    control_socket.socket_of(database).write_text("inte vår", encoding="utf-8")
    with pytest.raises(RunningError, match="no_sockets"):
        control_socket.listen(database, ANSWERS)
    assert control_socket.socket_of(database).read_text(encoding="utf-8") == "inte vår"


def test_two_services_answer_for_their_own_databases(tmp_path):
    listeners = [
        control_socket.listen(tmp_path / f"{name}.duckdb", {"link": lambda name=name: name})
        for name in ("ett", "två")
    ]
    try:
        for name in ("ett", "två"):
            assert control_socket.ask(tmp_path / f"{name}.duckdb", "link") == name
    finally:
        for one in listeners:
            one.close()


def test_closing_takes_away_no_socket_that_another_has_made_since(database):
    first = control_socket.listen(database, ANSWERS)
    second = control_socket.listen(database, {"link": lambda: "andra"})
    first.close()
    try:
        assert control_socket.ask(database, "link") == "andra"
    finally:
        second.close()


def test_a_folder_with_a_long_name_is_no_hindrance(tmp_path):
    deep = tmp_path.joinpath(*["en-mapp-med-ett-långt-namn"] * 8)
    deep.mkdir(parents=True)
    assert len(os.fsencode(deep)) > 200
    listener = control_socket.listen(deep / "d.duckdb", ANSWERS)
    try:
        assert control_socket.ask(deep / "d.duckdb", "link")
        assert stat.S_IMODE(control_socket.socket_of(deep / "d.duckdb").stat().st_mode) == 0o600
    finally:
        listener.close()
    assert list(deep.iterdir()) == []


def test_a_store_in_memory_cannot_be_asked():
    with pytest.raises(RunningError, match="no_sockets"):
        control_socket.listen(Path(":memory:"), ANSWERS)


def test_one_who_does_not_answer_is_not_waited_for(database):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(control_socket.socket_of(database)))
        silent.listen()
        assert _code(database, seconds=0.2) == "no_answer"


# ---- the command


def _run(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments],
        cwd=ROOT,
        env={**os.environ, "DIALOG_DATABASE": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_link_and_nothing_else(listening):
    done = _run(listening, "link")
    assert (done.returncode, done.stdout, done.stderr) == (0, "http://x/logga-in?kod=å\n", "")


def test_the_command_says_in_one_sentence_why_there_is_no_link(database):
    done = _run(database, "link")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Tjänsten är inte igång med databasen")
    assert str(database) in done.stderr
    listener = control_socket.listen(database, {"link": _refuse})
    try:
        done = _run(database, "link")
    finally:
        listener.close()
    assert (done.returncode, done.stdout) == (1, "")
    assert "vanliga konto" in done.stderr
    for said in (done.stderr, _run(database).stderr, _run(database, "okänt").stderr):
        assert said.count("\n") == 1
        assert "usage" not in said


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Let the answer itself be seen."""


def _status(address: str, cookie: str = "") -> tuple[int, str, str]:
    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        got = urllib.request.build_opener(_StayHere).open(asked, timeout=60)
    except urllib.error.HTTPError as error:
        got = error
    with got:
        cookies = (got.headers.get("Set-Cookie") or "").partition(";")[0]
        return got.status, got.headers.get("Location", ""), cookies


def test_a_running_service_gives_a_link_that_signs_one_person_in(tmp_path):
    """The whole way, with a real service, which is then killed."""
    with serve(tmp_path) as server:
        done = _run(server.database, "link")
        assert (done.returncode, done.stderr) == (0, "")
        link = done.stdout.strip()
        assert link.startswith(f"{server.address}/logga-in?kod=")
        assert link not in server.said()
        status, where, cookie = _status(link)
        assert (status, where) == (303, "/granska")
        assert _status(link)[0] == 410
        assert _status(link, cookie)[:2] == (303, "/granska")
        assert stat.S_IMODE(control_socket.socket_of(server.database).stat().st_mode) == 0o600
        os.kill(server.pid, signal.SIGKILL)
    assert "Tjänsten är inte igång" in _run(server.database, "link").stderr
