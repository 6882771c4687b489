"""What is public of comments is decided in one place: the view `published_comments`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import store

DATA = Path(__file__).resolve().parents[1] / "data"
SCHEMA = (DATA / "store" / "schema.sql").read_text(encoding="utf-8")
# who reads every comment, whatever its state, and what for
READS_ALL = {
    "answers/answers.py": "counts what waits to be read",
    "comments/staff_view.py": "what officials and the sender herself may see",
    "comments/submissions.py": "writes what is sent",
    "demo/seed_answers.py": "finds the examples by their keys",
    "mail/comment_notices.py": "tells a sender what became of her own comment",
    "mail/notices.py": "tells officials what waits, and senders when theirs is answered",
    "output/archive.py": "the log of acts, for the archive",
    "output/meetings.py": "counts acts since a meeting's picture was taken",
    "planning/layer_import.py": "finds the area of every pin in a layer that is loaded",
    "review/entered.py": "what officials have entered themselves",
    "review/review.py": "reads, publishes and hides",
    "review/review_move.py": "moves a comment",
}
_ALL = re.compile(r"\b(FROM|JOIN|UPDATE|INTO)\s+comments\b", re.IGNORECASE)
_STATE = re.compile(r"\bstate\b[^,;]{0,20}'published'|'published'[^,;]{0,20}\bstate\b", re.I)


def _statements() -> Iterator[tuple[str, str]]:
    for path in sorted(DATA.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.relative_to(DATA).as_posix(), node.value


def test_the_condition_on_the_state_stands_once():
    assert len(_STATE.findall(SCHEMA)) == 1
    assert [file for file, text in _statements() if _STATE.search(text)] == []


def test_only_those_with_a_reason_read_what_is_not_public():
    assert {file for file, text in _statements() if _ALL.search(text)} == set(READS_ALL)


def test_the_view_has_neither_the_words_as_sent_nor_the_exact_place(empty_store):
    with store.transaction() as cursor:
        cursor.execute(
            "INSERT INTO submissions (key, receipt, sent_to, received_at, channel, persons, "
            "language, example) VALUES ('k', 'r', 'd', now(), 'web', 1, 'sv', false)"
        )
        for state in ("waiting", "hidden", "published"):
            cursor.execute(
                "INSERT INTO comments (submission_id, decision_id, kind, stance, original, "
                "public_text, state, place_how, place_words, lon, lat, public_lon, public_lat, "
                "received_at, example) VALUES (1, 'd', 'idea', 'for', 'Som det skrevs', $1, $1, "
                "'pin', 'min grind', 14.5231, 59.3261, 14.52, 59.32, now(), false)",
                [state],
            )
    with store.cursor() as cursor:
        found = cursor.execute("SELECT * FROM published_comments").fetchall()
    assert len(found) == 1
    assert "published" in found[0]
    assert not {"Som det skrevs", "min grind", 14.5231, 59.3261} & set(found[0])
    assert {14.52, 59.32} <= set(found[0])


@pytest.mark.parametrize("view", ["gathered_published", "answered"])
def test_other_views_of_what_is_public_are_made_of_this_one(view: str):
    made = SCHEMA.partition(f"CREATE VIEW {view} AS")[2].partition(";")[0]
    assert "JOIN published_comments" in made
    assert not _ALL.search(made)
