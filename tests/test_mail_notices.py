"""Mails: they arrive whole, once, and only at those who asked; nothing is kept of the address."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from data import rights, settings, store
from data.answers import answers
from data.comments import submissions
from data.decisions import decisions
from data.mail import mail_settings, mailer, notice_addresses, notice_troubles, notices
from data.mail.notice_addresses import Wish
from data.models import DecisionText, Staff
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.mail_kit import SENDER, SITE, Post, mail_on, post_office

ROOT = Path(__file__).resolve().parents[1]
LATER = NOON + timedelta(days=40)
PLANNER = Staff("Planerare", frozenset({"planner"}))
TITLE = "Lekplats på Ängsbacken"


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, empty_store: None) -> Iterator[Post]:
    own = mail_on()
    monkeypatch.setattr(settings, "load", lambda: own)
    texts = {
        "sv": DecisionText(title=TITLE, place="", summary=""),
        "en": DecisionText(title="Playground at Ängsbacken", place="", summary=""),
    }
    decisions.add(make_decision(texts=texts, example=False), number=1)
    with post_office(own.smtp_port) as post:
        yield post


def _sender(key: str = "nyckel-0000000001", **changes: object) -> str:
    return submissions.add(make_submission(key=key, **changes), at=NOON).code


def _ask(address: str, *, key: str = "nyckel-0000000001", language: str = "sv") -> str:
    code = _sender(key)
    notice_addresses.ask(code, address, language=language, at=NOON)
    return code


def _publish(at: datetime = LATER) -> int:
    with store.transaction() as cursor:
        return notices.queue_answer(cursor, "lekplats", at=at)


def _worker(at: datetime = LATER, **more: float) -> mailer.Worker:
    return mailer.Worker(settings.load(), now=lambda: at, **more)


def _rows(query: str) -> list[tuple]:
    with store.cursor() as cursor:
        return cursor.execute(query).fetchall()


ADDRESSES = "SELECT address FROM notice_addresses ORDER BY submission_id"
STATES = "SELECT sending_at, sent_at, failed_at, error FROM notices ORDER BY id"


def test_the_mail_says_where_the_answer_is_in_swedish(mail: Post):
    _ask("kim@example.org")
    assert _publish() == 1
    assert _worker().round() == 1
    (got,) = mail.mails()
    assert got["Subject"] == f"Svaret har kommit: {TITLE}"
    assert got["To"] == "kim@example.org"
    assert got["From"].addresses[0].addr_spec == SENDER
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "sv"
    assert got["Message-ID"].endswith("@example.se>")
    assert got.get_content_type() == "text/plain"
    body = got.get_content()
    assert f"om ”{TITLE}”" in body
    assert f"\n{SITE}/svar?id=lekplats\n" in body.replace("\r\n", "\n")
    assert mail.got[0][:2] == (SENDER, ["kim@example.org"])
    assert all(byte < 128 for byte in mail.got[0][2]), "every mail server can carry it"


def test_the_mail_is_in_the_language_that_was_read(mail: Post):
    _ask("kim@example.org", language="en")
    _publish()
    _worker().round()
    (got,) = mail.mails()
    assert "Playground at Ängsbacken" in got["Subject"]
    assert got["Content-Language"] == "en"
    assert f"{SITE}/svar?id=lekplats&sprak=en" in got.get_content()


def test_an_example_says_that_it_is_one(mail: Post):
    decisions.add(make_decision(id="exempel"), number=2)
    code = _sender("nyckel-0000000009", decision_id="exempel")
    notice_addresses.ask(code, "kim@example.org", language="sv", at=NOON)
    with store.transaction() as cursor:
        notices.queue_answer(cursor, "exempel", at=LATER)
    _worker().round()
    (got,) = mail.mails()
    assert got["Subject"].startswith("EXEMPEL – inte ett riktigt beslut: ")
    assert "EXEMPEL – inte ett riktigt beslut" in got.get_content()


def test_the_address_goes_when_the_mail_is_sent_and_only_that_it_was_sent_stays(mail: Post):
    code = _ask("kim@example.org")
    assert notice_addresses.wish(code) is Wish.ASKED
    _publish()
    _worker().round()
    assert _rows(ADDRESSES) == []
    assert notice_addresses.wish(code) is Wish.SENT
    everything = str(_rows("SELECT * FROM notices"))
    assert "kim@" not in everything
    assert TITLE not in everything


def test_a_published_answer_is_mailed_once_however_often_it_is_queued(mail: Post):
    _ask("kim@example.org")
    assert _publish() == 1
    assert _publish(LATER + timedelta(days=1)) == 0
    worker = _worker(LATER + timedelta(days=2))
    assert worker.round() == 1
    assert worker.round() == 0
    assert _publish(LATER + timedelta(days=3)) == 0
    assert len(mail.got) == 1


def test_who_sent_several_times_gets_one_mail(mail: Post):
    codes = [_ask(one, key=f"nyckel-000000000{n}") for n, one in enumerate(["a@b.se", "A@b.se"])]
    _publish()
    assert _worker().round() == 1
    assert _worker().round() == 0
    assert len(mail.got) == 1
    assert {notice_addresses.wish(code) for code in codes} == {Wish.SENT}


def test_each_person_is_written_to_alone(mail: Post):
    for n in range(3):
        _ask(f"person{n}@example.org", key=f"nyckel-000000000{n}")
    _publish()
    assert _worker().round() == 3
    assert sorted(mail.recipients()) == [f"person{n}@example.org" for n in range(3)]
    assert all(len(recipients) == 1 for _, recipients, _ in mail.got)


def test_an_address_taken_away_gets_no_mail_even_when_it_was_queued(mail: Post):
    code = _ask("kim@example.org")
    _publish()
    notice_addresses.take_away(code)
    assert _worker().round() == 0
    assert mail.got == []
    assert notice_addresses.wish(code) is Wish.NONE
    assert _rows("SELECT id FROM notices") == []


def test_a_new_address_takes_the_place_of_the_old(mail: Post):
    code = _ask("fel@example.org")
    notice_addresses.ask(code, "ratt@example.org", language="sv", at=NOON)
    assert notice_addresses.hinted(code) == "r…@example.org"
    _publish()
    _worker().round()
    assert mail.recipients() == ["ratt@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "kim@example.org\r\nBcc: alla@example.org",
        "kim@example.org, alla@example.org",
        "kim@example.org>\r\nRCPT TO:<alla@example.org",
        "Kim <kim@example.org>",
        "kim",
        "kim@localhost",
        "kim@[127.0.0.1]",
        "",
        "x" * 300 + "@example.org",
        "kim@example.org\0",
    ],
)
def test_what_is_not_one_plain_address_is_not_kept(mail: Post, address: str):
    with pytest.raises(mail_settings.AddressError):
        _ask(address)
    assert _rows(ADDRESSES) == []


def test_a_name_with_swedish_letters_after_the_at_sign_works(mail: Post):
    _ask("kim@åäö.se")
    _publish()
    _worker().round()
    assert mail.recipients() == ["kim@xn--4cab6c.se"]


def test_a_title_cannot_begin_a_header_of_its_own(mail: Post):
    text = DecisionText(title="Hej\r\nBcc: alla@example.org\n\nNytt brev", place="", summary="")
    decisions.add(make_decision(id="elak", texts={"sv": text}), number=2)
    code = _sender("nyckel-0000000009", decision_id="elak")
    notice_addresses.ask(code, "kim@example.org", language="sv", at=NOON)
    with store.transaction() as cursor:
        notices.queue_answer(cursor, "elak", at=LATER)
    _worker().round()
    (got,) = mail.mails()
    assert got["Bcc"] is None
    assert got["Subject"].endswith("Hej Bcc: alla@example.org Nytt brev")
    assert mail.recipients() == ["kim@example.org"]


def test_a_line_with_one_dot_does_not_end_the_mail(mail: Post):
    _ask("kim@example.org")
    _publish()
    with store.transaction() as cursor:
        cursor.execute("UPDATE notices SET body = $1", ["Före\n.\n..två\nEfter\n"])
    _worker().round()
    assert mail.mails()[0].get_content().replace("\r\n", "\n") == "Före\n.\n..två\nEfter\n"


def test_what_fails_for_now_is_tried_again_later_with_the_same_message_id(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_content = ["451 4.7.1 greylisted"]
    with store.cursor() as cursor:
        notice_id, made = cursor.execute("SELECT id, created_at FROM notices").fetchall()[0]
    assert _worker().round() == 0
    assert _rows(STATES) == [(None, None, None, "content_451")]
    assert _worker(LATER + timedelta(minutes=4)).round() == 0, "it waits before it tries again"
    assert _worker(LATER + timedelta(minutes=6)).round() == 1
    (got,) = mail.mails()
    made = made.astimezone(UTC)
    assert got["Message-ID"] == f"<notis-{notice_id}-{made:%Y%m%d%H%M%S%f}@example.se>"


def test_tries_end_after_some_days(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_recipient = ["450 busy"] * 100
    at = LATER
    for _ in range(40):
        _worker(at).round()
        at += timedelta(hours=5)
    ((_, sent_at, failed_at, error),) = _rows(STATES)
    assert (sent_at, error) == (None, "gave_up")
    assert failed_at is not None
    assert len(mail.at_recipient) == 100 - notices.TRIES_MAX


def test_an_address_that_does_not_exist_is_given_up_and_forgotten(mail: Post):
    _ask("borta@example.org", key="nyckel-0000000001")
    _ask("kim@example.org", key="nyckel-0000000002")
    _publish()
    mail.at_recipient = ["550 5.1.1 no such user borta@example.org"]
    assert _worker().round() == 1, "the next mail goes over the same line"
    assert mail.recipients() == ["kim@example.org"]
    assert _rows(ADDRESSES) == []
    assert [row[3] for row in _rows(STATES)] == ["address_550", None]
    assert _worker(LATER + timedelta(days=9)).round() == 0


@pytest.mark.parametrize("said", ["554 5.7.1 relay access denied", "550 no"])
def test_a_refusal_that_can_be_mended_keeps_the_address_for_an_official(mail: Post, said: str):
    _ask("kim@example.org")
    _publish()
    mail.at_recipient = [said]
    assert _worker().round() == 0
    error = f"recipient_{said[:3]}"
    assert [row[3] for row in _rows(STATES)] == [error]
    assert len(_rows(ADDRESSES)) == 1
    notice_troubles.send_again(PLANNER, notices.NoticeKind.ANSWER, error, at=LATER)
    assert _worker().round() == 1
    assert _rows(ADDRESSES) == []


def test_a_line_that_breaks_after_the_whole_mail_is_not_sent_again_by_itself(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_content = ["hang up"]
    worker = _worker()
    assert worker.round() == 0
    assert worker.round() == 0
    assert len(mail.got) == 1
    assert [row[3] for row in _rows(STATES)] == ["perhaps_sent"]
    (trouble,) = notice_troubles.troubles(PLANNER)
    assert (trouble.error, trouble.count) == ("perhaps_sent", 1)


def test_an_official_may_send_again_what_was_perhaps_sent_and_it_is_the_same_mail(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_content = ["hang up"]
    _worker().round()
    again = notice_troubles.send_again(PLANNER, notices.NoticeKind.ANSWER, "perhaps_sent", at=LATER)
    assert again == 1
    assert _worker().round() == 1
    first, second = mail.mails()
    assert first["Message-ID"] == second["Message-ID"]
    assert notice_troubles.troubles(PLANNER) == []
    assert _rows(ADDRESSES) == []


def test_an_official_may_let_it_be_and_the_address_goes(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_content = ["hang up"]
    _worker().round()
    assert notice_troubles.let_be(PLANNER, notices.NoticeKind.ANSWER, "perhaps_sent", at=LATER) == 1
    assert _rows(ADDRESSES) == []
    with pytest.raises(notice_troubles.UnknownNoticeError):
        notice_troubles.let_be(PLANNER, notices.NoticeKind.ANSWER, "perhaps_sent", at=LATER)


def test_an_address_is_not_kept_for_ever_when_nobody_decides(mail: Post):
    _ask("kim@example.org")
    _publish()
    mail.at_content = ["hang up"]
    _worker().round()
    _worker(LATER + timedelta(days=29)).round()
    assert len(_rows(ADDRESSES)) == 1
    _worker(LATER + timedelta(days=31)).round()
    assert _rows(ADDRESSES) == []


@pytest.mark.parametrize("actor", [None, Staff("Granskare", frozenset({"reviewer"}))])
def test_only_planners_handle_mails(mail: Post, actor: Staff | None):
    with pytest.raises(rights.NotAllowedError):
        notice_troubles.troubles(actor)
    with pytest.raises(rights.NotAllowedError):
        notice_troubles.send_again(actor, notices.NoticeKind.ANSWER, "perhaps_sent", at=LATER)
    with pytest.raises(rights.NotAllowedError):
        notice_troubles.let_be(actor, notices.NoticeKind.ANSWER, "perhaps_sent", at=LATER)


def test_a_server_that_is_down_keeps_the_queue_and_is_asked_more_and_more_seldom(
    monkeypatch: pytest.MonkeyPatch, empty_store: None
):
    own = mail_on()
    monkeypatch.setattr(settings, "load", lambda: own)
    decisions.add(make_decision(), number=1)
    _ask("kim@example.org")
    _publish()
    times = [LATER]
    worker = mailer.Worker(own, now=lambda: times[0])
    pauses = []
    for _ in range(8):
        assert worker.round() == 0
        assert worker.retry_at is not None
        pauses.append((worker.retry_at - times[0]).total_seconds() / 60)
        times[0] = worker.retry_at
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    assert _rows("SELECT tries, error FROM notices") == [(0, None)]
    with post_office(own.smtp_port) as post:
        assert worker.round() == 1
    assert post.recipients() == ["kim@example.org"]


def test_without_a_mail_server_nothing_is_kept_or_queued(empty_store: None):
    decisions.add(make_decision(), number=1)
    assert mail_settings.fault(settings.Settings()) == "off"
    with pytest.raises(notice_addresses.OffError):
        _ask("kim@example.org")
    assert _publish() == 0
    assert notices.queue_staff(at=LATER) == 0
    assert mailer.start() is None
    assert _rows(ADDRESSES) == _rows(STATES) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"smtp_host": ""}, "off"),
        ({"smtp_sender": ""}, "sender"),
        ({"smtp_sender": "kommunen"}, "sender"),
        ({"base_url": ""}, "base_url"),
        ({"staff_emails": "a@example.se, b"}, "staff"),
        ({"smtp_host": "mail.example.se"}, "plain"),
        ({"smtp_host": "mail.example.se", "smtp_security": "starttls"}, None),
        ({}, None),
    ],
)
def test_mail_is_on_only_when_every_setting_is_there(changes: dict, code: str | None):
    assert mail_settings.fault(mail_on(1025, **changes)) == code


def test_the_password_is_not_told_when_settings_are_printed():
    assert "hemligt" not in repr(mail_on(1025, smtp_password="hemligt"))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(found)
    return found


def _trust(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(folder / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))


def _signs_in(server, session, envelope, mechanism, given) -> AuthResult:
    is_right = given.login == b"karlskoga" and given.password == b"hemligt"
    return AuthResult(success=is_right, handled=False)


def _starttls(authority: trustme.CA, name: str) -> dict[str, object]:
    return {
        "tls_context": _tls(authority, name),
        "require_starttls": True,
        "auth_required": True,
        "authenticator": _signs_in,
    }


def _encrypted(monkeypatch: pytest.MonkeyPatch, **changes: object) -> settings.Settings:
    fields: dict[str, object] = {
        "smtp_security": "starttls",
        "smtp_user": "karlskoga",
        "smtp_password": "hemligt",
    }
    own = mail_on(**{**fields, **changes})
    monkeypatch.setattr(settings, "load", lambda: own)
    decisions.add(make_decision(), number=1)
    _ask("kim@example.org")
    _publish()
    return own


def test_mail_goes_encrypted_and_signed_in(authority, tmp_path, monkeypatch, empty_store):
    own = _encrypted(monkeypatch)
    _trust(authority, tmp_path, monkeypatch)
    with post_office(own.smtp_port, **_starttls(authority, "127.0.0.1")) as post:
        assert _worker().round() == 1
    assert post.recipients() == ["kim@example.org"]


def test_mail_goes_over_a_line_that_is_encrypted_from_the_start(
    authority, tmp_path, monkeypatch, empty_store
):
    own = _encrypted(monkeypatch, smtp_security="tls", smtp_user="")
    _trust(authority, tmp_path, monkeypatch)
    with post_office(own.smtp_port, ssl_context=_tls(authority, "127.0.0.1")) as post:
        assert _worker().round() == 1
    assert post.recipients() == ["kim@example.org"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("stranger", "certificate"),
        ("other_name", "certificate"),
        ("password", "sign_in"),
        ("clear", "not_supported"),
    ],
)
def test_a_server_that_cannot_be_trusted_gets_nothing_and_the_queue_stays(
    fault, code, authority, tmp_path, monkeypatch, empty_store
):
    own = _encrypted(monkeypatch, **({"smtp_password": "fel"} if fault == "password" else {}))
    if fault != "stranger":
        _trust(authority, tmp_path, monkeypatch)
    name = "mail.example.org" if fault == "other_name" else "127.0.0.1"
    more = {} if fault == "clear" else _starttls(authority, name)
    with post_office(own.smtp_port, **more) as post:
        with pytest.raises(mailer.ServerError) as told:
            mailer.connect(own)
        assert _worker().round() == 0
    assert told.value.code == code
    assert post.got == []
    assert _rows("SELECT tries, error FROM notices") == [(0, None)]


def _wait_for(condition, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


SEND = """
from datetime import datetime
from data import clock, settings, store
from data.mail import mailer
store.open_store(settings.load().database)
worker = mailer.Worker(settings.load(), now=lambda: datetime.fromisoformat("{at}"))
worker.start()
worker.thread.join({seconds})
store.close_store()
"""


def test_a_process_killed_while_sending_does_not_send_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "dialog.duckdb"
    own = mail_on()
    monkeypatch.setattr(settings, "load", lambda: own)
    store.open_store(path)
    decisions.add(make_decision(), number=1)
    _ask("kim@example.org")
    _publish()
    store.close_store()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DIALOG_")} | {
        "DIALOG_DATABASE": str(path),
        "DIALOG_SMTP_HOST": "127.0.0.1",
        "DIALOG_SMTP_PORT": str(own.smtp_port),
        "DIALOG_SMTP_SECURITY": "none",
        "DIALOG_SMTP_SENDER": SENDER,
        "DIALOG_BASE_URL": SITE,
    }

    def run(seconds: float, at: datetime) -> subprocess.Popen:
        code = SEND.format(at=at.isoformat(), seconds=seconds)
        return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)

    with post_office(own.smtp_port) as post:
        taken = post.handle_DATA

        async def take_and_never_answer(server, session, envelope):
            await taken(server, session, envelope)
            process.send_signal(signal.SIGKILL)
            return "250 OK"

        post.handle_DATA = take_and_never_answer  # type: ignore[method-assign]
        process = run(30, LATER)
        process.wait(60)
        assert process.returncode == -signal.SIGKILL
        assert len(post.got) == 1
        post.handle_DATA = taken  # type: ignore[method-assign]
        second = run(2, LATER + timedelta(days=1))
        second.wait(60)
        assert second.returncode == 0
        assert len(post.got) == 1, "it was not sent again"
    store.open_store(path)
    try:
        assert [row[3] for row in _rows(STATES)] == ["perhaps_sent"]
        (trouble,) = notice_troubles.troubles(PLANNER)
        assert trouble.count == 1
    finally:
        store.close_store()


def test_the_worker_sends_by_itself_and_stops_when_told(mail: Post):
    _ask("kim@example.org")
    _publish()
    worker = _worker(wake=0.05)
    worker.start()
    _wait_for(lambda: len(mail.got) == 1)
    _wait_for(lambda: _rows(ADDRESSES) == [])
    worker.stop()
    assert not worker.thread.is_alive()


# --- officials ---


@pytest.fixture
def staffed(mail: Post, monkeypatch: pytest.MonkeyPatch) -> Post:
    own = settings.load().model_copy(update={"staff_emails": "a@kommun.se, b@kommun.se"})
    monkeypatch.setattr(settings, "load", lambda: own)
    return mail


def _friday(hour: int = 9) -> datetime:
    # what came on Monday at noon has then waited four working days
    return datetime(2026, 11, 27, hour, tzinfo=UTC)


def test_officials_are_told_when_comments_have_waited_too_long(staffed: Post):
    submissions.add(make_submission(make_comment(), make_comment()), at=NOON)
    _worker(datetime(2026, 11, 25, 9, tzinfo=UTC)).round()
    assert staffed.got == [], "two working days are within the promise"
    assert _worker(_friday()).round() == 2
    assert sorted(staffed.recipients()) == ["a@kommun.se", "b@kommun.se"]
    body = staffed.mails()[0].get_content()
    assert "Synpunkter som väntar på att läsas: 2." in body
    assert "23 november 2026" in body
    assert f"{SITE}/granska" in body
    assert "gungställning" not in body, "what people wrote stays in the service"


def test_officials_get_their_first_mail_at_seven(staffed: Post):
    submissions.add(make_submission(), at=NOON)
    assert notices.queue_staff(at=datetime(2026, 11, 27, 6, tzinfo=UTC)) == 2


def test_officials_get_at_most_one_mail_a_day_on_each_decision(staffed: Post):
    submissions.add(make_submission(), at=NOON)
    for hour in (8, 9, 15):
        assert notices.queue_staff(at=_friday(hour)) == (2 if hour == 8 else 0)
    monday = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert notices.queue_staff(at=monday) == 2


def test_a_fault_in_the_reminders_does_not_stop_the_mails_to_residents(
    mail: Post, monkeypatch: pytest.MonkeyPatch
):
    _ask("kim@example.org")
    _publish()

    def broken(*, at: datetime) -> int:
        raise RuntimeError(at)

    monkeypatch.setattr(notices, "queue_staff", broken)
    assert _worker().round() == 1


def test_officials_are_left_alone_at_night_and_at_weekends(staffed: Post):
    submissions.add(make_submission(), at=NOON)
    assert notices.queue_staff(at=_friday(3)) == 0
    six_in_the_morning = datetime(2026, 11, 27, 5, 59, tzinfo=UTC)
    assert notices.queue_staff(at=six_in_the_morning) == 0
    assert notices.queue_staff(at=datetime(2026, 11, 28, 10, tzinfo=UTC)) == 0


def test_officials_are_told_of_an_answer_that_did_not_come(staffed: Post):
    late = datetime(2027, 1, 18, 9, tzinfo=UTC)
    assert _worker(datetime(2027, 1, 15, 9, tzinfo=UTC)).round() == 0, "the day is not over"
    assert _worker(late).round() == 2
    assert "skulle ha kommit 15 januari 2027" in staffed.mails()[0].get_content()


def test_officials_are_not_told_of_an_answer_that_has_come(staffed: Post):
    late = datetime(2027, 1, 18, 9, tzinfo=UTC)
    draft = answers.draft(PLANNER, "lekplats")
    texts = dict.fromkeys(answers.languages(), "") | {"sv": "Lekplatsen byggs."}
    answers.save_draft(PLANNER, draft, texts=texts, decided_on=None, at=late)
    answers.publish(PLANNER, "lekplats", late)
    assert _worker(late).round() == 0
