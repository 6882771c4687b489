"""Many who act in the same moment: each act is kept, and each stands once in the log.

Real threads on a real file. Without trying again some of these acts are told "not saved".
"""

from __future__ import annotations

import ast
import re
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data import store
from data.answers import answers, theme_assignment, themes
from data.comments import submissions
from data.decisions import decisions
from data.enums import OTHER_THEME
from data.models import Channel, Kind, Staff
from data.output import meeting_notes
from data.planning import drafts
from data.review import registering, review
from data.review.registering import Entry
from data.staff import sessions
from data.staff.identity import Identity
from data.store import connection
from tests.conftest import NOON, make_comment, make_decision, make_submission

DATA = Path(__file__).resolve().parents[1] / "data"
ADMIN = Staff("A", frozenset({"admin"}))
PLANNER = Staff("Planerare", frozenset({"planner"}))
THREADS, ACTS = 8, 100
# each of the eight writes her own field of one draft, which is one row
FIELDS = ("sv.title", "sv.place", "sv.summary", "sv.money", "sv.children", "sv.who_decides")


def _at_once(acts: list[Callable[[int], object]], times: int) -> list[str]:
    """Let each act be done many times in a thread of its own; give what was raised."""
    start, raised = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[int], object]) -> None:
        start.wait()
        for n in range(times):
            try:
                act(n)
            except Exception as error:
                raised.append(repr(error))

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))
    return raised


def _log() -> Counter[str]:
    with store.cursor() as cursor:
        return Counter(
            dict(cursor.execute("SELECT act, count(*) FROM staff_log GROUP BY act").fetchall())
        )


def _count(table: str) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0])


@pytest.fixture
def stored(file_store) -> Path:
    decisions.add(make_decision(), number=1)
    return file_store


def test_eight_who_write_in_one_draft_at_once_are_all_kept(stored):
    draft_id = drafts.create(PLANNER, "En ny lekplats", at=NOON)

    def write(field: str, last: dict[str, str]) -> Callable[[int], object]:
        def act(n: int) -> None:
            new = f"{field} {n}"
            last[field] = drafts.set_field(
                PLANNER, draft_id, field, last.get(field, ""), new, at=NOON
            )

        return act

    fields = [*FIELDS, "en.title", "en.summary"]
    acts = [write(field, {"sv.title": "En ny lekplats"}) for field in fields]
    assert len(acts) == THREADS
    assert _at_once(acts, ACTS) == []
    found = drafts.get(PLANNER, draft_id)
    assert {field: found.sheet[field] for field in fields} == {
        field: f"{field} {ACTS - 1}" for field in fields
    }
    assert _log()["set_field"] == THREADS * ACTS


def test_officials_of_all_sorts_at_once(stored):
    """Reading, sorting, entering, signing in and sending, all on one decision."""
    for n in range(40):
        submissions.add(
            make_submission(make_comment(text=f"Synpunkt {n}"), key=f"k-{n:016d}"), at=NOON
        )
    theme = themes.add(PLANNER, "lekplats", "Bänkar", at=NOON)
    for n in range(1, 21):
        review.publish(n, actor=PLANNER, at=NOON)
    before, log_before = _count("review_log"), _log()
    times = 20
    acts = [
        lambda n: review.publish(21 + n, actor=PLANNER, at=NOON),
        lambda n: theme_assignment.gather(PLANNER, "lekplats", theme.id, [n + 1], at=NOON),
        lambda n: theme_assignment.gather(PLANNER, "lekplats", OTHER_THEME, [n + 1], at=NOON),
        lambda n: themes.add(PLANNER, "lekplats", f"Tema {n}", at=NOON),
        lambda n: registering.enter_all(PLANNER, "lekplats", [_entry(n)], at=NOON),
        lambda _: sessions.sign_in(Identity("a@example.org", frozenset({"planner"})), NOON),
        lambda _: sessions.sign_out_person(ADMIN, "a@example.org", at=NOON),
        lambda n: submissions.add(make_submission(key=f"ny-{n:015d}"), at=NOON),
    ]
    assert _at_once(acts, times) == []
    assert _count("review_log") - before == times
    log = _log() - log_before
    assert (log["add_theme"], log["enter"], log["sign_out"]) == (times, times, times)
    assert _count("submissions") == 40 + 2 * times
    assert _count("entered") == times
    with store.cursor() as cursor:
        under = cursor.execute("SELECT DISTINCT comment_id FROM theme_comments").fetchall()
    assert {row[0] for row in under} == set(range(1, 21))


def _entry(n: int) -> Entry:
    return Entry(f"Rad {n}", Channel.LETTER, NOON.date(), Kind.IDEA)


def test_the_same_click_and_the_same_file_at_once_are_kept_once(stored):
    def click(_: int) -> str:
        return registering.enter(PLANNER, "lekplats", _entry(0), key="klick", at=NOON).code

    def file(_: int) -> int:
        return registering.enter_all(PLANNER, "lekplats", [_entry(n) for n in range(5)], at=NOON)

    def send(_: int) -> str:
        return submissions.add(make_submission(key="samma-0000000001"), at=NOON).code

    codes, added, sent = list[str](), list[int](), list[str]()
    acts = [
        *([lambda n: codes.append(click(n))] * 3),
        *([lambda n: added.append(file(n))] * 3),
        *([lambda n: sent.append(send(n))] * 2),
    ]
    assert _at_once(acts, 5) == []
    assert len(set(codes)) == len(set(sent)) == 1
    assert sum(added) == 5
    assert _count("submissions") == 1 + 5 + 1
    assert _log()["enter"] == 2


def test_two_who_name_a_theme_alike_or_publish_the_same_answer_at_once(stored):
    told = list[str]()

    def add(n: int) -> None:
        try:
            themes.add(PLANNER, "lekplats", f"Tema {n}", at=NOON)
        except theme_assignment.ThemeError as error:
            told.append(error.code)

    assert _at_once([add] * 4, 10) == []
    assert Counter(told) == {"same_name": 30}
    assert len({theme.title for theme in themes.read("lekplats")}) == _count("themes") == 10

    told.clear()
    draft = answers.draft(PLANNER, "lekplats")
    answers.save_draft(PLANNER, draft, texts={"sv": "Den byggs."}, decided_on=None, at=NOON)
    seen = answers.standing("lekplats")

    def publish(_: int) -> None:
        try:
            answers.publish(PLANNER, "lekplats", NOON, seen=seen)
        except answers.AnswerError as error:
            told.append(error.code)

    assert _at_once([publish] * 4, 2) == []
    assert Counter(told) == {"changed_meanwhile": 7}
    assert _count("answers") == 1


def test_two_versions_of_a_note_at_once_are_one_and_the_other_is_told(stored):
    told = list[str]()

    def save(n: int) -> None:
        try:
            meeting_notes.save(
                PLANNER, "lekplats", 1, f"{threading.get_ident()} {n}", seen=0, at=NOON
            )
            told.append("saved")
        except meeting_notes.NoteError as error:
            told.append(error.code)

    assert _at_once([save] * 4, 1) == []
    assert Counter(told) == {"saved": 1, "changed_meanwhile": 3}


# ---- the mechanism itself


def test_a_key_that_is_there_and_a_row_that_another_writes_are_told_apart(empty_store):
    add = "INSERT INTO code_editions VALUES ('deso', '2025')"
    with store.transaction() as cursor:
        cursor.execute(add)
    with pytest.raises(store.DuplicateError), store.transaction() as cursor:
        cursor.execute(add)
    with store.transaction() as first:
        first.execute("UPDATE code_editions SET edition = '2026'")
        with pytest.raises(store.ConflictError), store.transaction() as second:
            second.execute("UPDATE code_editions SET edition = '2027'")


def _clash(seen: list[int], *, times: int) -> Callable[[], str]:
    @store.again
    def act() -> str:
        seen.append(1)
        with store.transaction() as cursor:
            cursor.execute("SELECT 1")
            if len(seen) <= times:
                raise store.ConflictError
        return "done"

    return act


def test_an_act_is_done_again_until_it_is_its_turn_and_no_longer(empty_store, monkeypatch):
    monkeypatch.setattr(connection.time, "sleep", lambda _: None)
    seen: list[int] = []
    assert _clash(seen, times=3)() == "done"
    assert len(seen) == 4
    seen = []
    with pytest.raises(store.StoreError, match="not_saved"):
        _clash(seen, times=1_000)()
    assert len(seen) == store.TRIES


def test_what_an_act_calls_is_not_done_again_a_second_time_by_the_act(empty_store, monkeypatch):
    monkeypatch.setattr(connection.time, "sleep", lambda _: None)
    seen: list[int] = []
    inner = _clash(seen, times=1_000)

    @store.again
    def outer() -> str:
        return inner()

    with pytest.raises(store.StoreError):
        outer()
    assert len(seen) == store.TRIES


def test_a_fault_that_does_not_pass_is_told_at_once(empty_store):
    seen: list[int] = []

    @store.again
    def act() -> None:
        seen.append(1)
        with store.transaction() as cursor:
            cursor.execute("SELECT * FROM finns_inte")

    with pytest.raises(store.StoreError, match="not_saved"):
        act()
    assert len(seen) == 1


# ---- the whole kind


def _functions() -> list[tuple[str, ast.FunctionDef, set[str]]]:
    """Return every function in `data`, with the statements of its file that write."""
    found = []
    for path in sorted(DATA.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        writes = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
            and re.search(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b", ast.unparse(node.value))
        }
        found += [
            (path.name, node, writes)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and path.parent.name != "store"
        ]
    return found


def _opens(node: ast.AST, what: str) -> bool:
    return any(
        isinstance(one, ast.Call) and ast.unparse(one.func) == what for one in ast.walk(node)
    )


def test_every_act_that_writes_is_done_again():
    writing = [(name, node) for name, node, _ in _functions() if _opens(node, "store.transaction")]
    assert len(writing) > 40
    missing = [
        f"{name}: {node.name}"
        for name, node in writing
        if "store.again" not in map(ast.unparse, node.decorator_list)
    ]
    assert missing == []


def test_nothing_is_written_outside_a_transaction():
    for name, node, writes in _functions():
        for one in ast.walk(node):
            if isinstance(one, ast.With) and any(
                _opens(item, "store.cursor") for item in one.items
            ):
                used = {word.id for word in ast.walk(one) if isinstance(word, ast.Name)}
                assert not used & writes, f"{name}: {node.name}"
