"""Answers kept until what they are about has changed in the store."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import store
from data.decision_cache import remembered
from tests.store_kit import tell_changed


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "dialog.duckdb"
    store.open_store(path)
    yield path
    store.close_store()


class _Asked:
    """A question that counts how many times it was worked out."""

    def __init__(self, *about: str, most: int = 10) -> None:
        self.about, self.most, self.times = about, most, 0

    def __call__(self, *question: object) -> int:
        return remembered(self.about, ("try", *question), self._make, most=self.most)

    def _make(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def park(empty_store: None) -> _Asked:
    return _Asked("park")


def test_an_answer_is_worked_out_once_until_something_changes(park: _Asked):
    assert [park(), park()] == [1, 1]
    tell_changed("skola")
    assert park() == 1
    tell_changed("park")
    assert [park(), park()] == [2, 2]


def test_it_hangs_on_every_name_it_is_about(empty_store: None):
    both = _Asked("park", "rutor")
    answers = [both()]
    for name in ("park", "rutor"):
        tell_changed(name)
        answers.append(both())
    assert answers == [1, 2, 3]


def test_what_is_not_kept_changes_nothing(park: _Asked):
    park()
    with contextlib.suppress(ZeroDivisionError), store.transaction() as cursor:
        cursor.changed("park")
        raise ZeroDivisionError
    assert park() == 1


def test_nobody_keeps_what_another_has_not_kept_yet(park: _Asked):
    """Whoever asks while an act is under way is not given the old answer afterwards."""
    with store.transaction() as cursor:
        cursor.changed("park")
        assert park() == 1
    assert park() == 2


def test_of_two_acts_at_once_each_makes_the_answer_old(park: _Asked):
    """Also when the one that began last is kept first."""
    with store.transaction() as first:
        first.changed("park")
        with store.transaction() as second:
            second.changed("park")
        assert park() == 1
    assert park() == 2
    assert store.data_version("park") == 2


def test_what_changes_twice_in_one_act_has_changed_once(park: _Asked):
    with store.transaction() as cursor:
        cursor.changed("park")
        cursor.changed("park", "skola")
    assert [store.data_version(name) for name in ("park", "skola")] == [1, 1]


def test_the_version_stands_in_the_store_and_outlives_the_process(file: Path):
    for _ in range(3):
        tell_changed("park")
    store.close_store()
    assert store.data_version("park") == 0
    store.open_store(file)
    assert store.data_version("park") == 3


def test_one_store_is_never_given_the_answers_of_another(file: Path):
    park = _Asked("park")
    assert park() == 1
    store.open_store(file.with_name("annan.duckdb"))
    assert park() == 2
    store.close_store()
    assert park() == 3


def test_the_answer_that_nobody_asked_for_the_longest_goes(empty_store: None):
    few = _Asked("park", most=2)
    assert [few("a"), few("b"), few("a"), few("c")] == [1, 2, 1, 3]
    assert few("a") == 1
    assert few("b") == 4
