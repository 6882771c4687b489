"""Themes: who may change them, that nothing is overwritten, and that all of it is kept."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from data import rights, store
from data.answers import theme_assignment, theme_search, theme_versions
from data.answers import themes as themes_of
from data.answers.theme_search import ThemeFilter
from data.comments import submissions
from data.enums import OTHER_THEME, Outcome
from data.models import Channel, HideReason, Kind, Staff, Stance
from data.review import review
from data.staff import staff_log
from tests.conftest import NOON, make_comment, make_submission

PLANNER = Staff("Planerare", frozenset({"planner"}))
REVIEWER = Staff("Granskare", frozenset({"reviewer"}))
D = "lekplats"
TEXTS = {
    "summary": "Många vill ha träden kvar.",
    "answer": "Träden står kvar.",
    "outcome": Outcome.MET,
    "reason": "",
}


def send(n: int, *comments, publish: bool = True, **changes) -> list[int]:
    """Send what one person says, publish it, and give the comments' ids."""
    code = submissions.add(
        make_submission(*comments, key=f"nyckel-{n:012d}", **changes), at=NOON
    ).code
    found = submissions.by_receipt(code)
    assert found is not None
    ids = [comment.id for comment in found[1]]
    for one in ids if publish else []:
        review.publish(one, actor=REVIEWER, at=NOON)
    return ids


def _log():
    return staff_log.of(PLANNER, D)


@pytest.fixture
def theme(decision):
    return themes_of.add(PLANNER, D, "Träden", at=NOON)


ACTS = {
    "add": lambda who, theme: themes_of.add(who, theme.decision_id, "Nytt", at=NOON),
    "save": lambda who, theme: themes_of.save(
        who, theme, themes_of.ThemeTexts(title="Nytt", **TEXTS), at=NOON
    ),
    "remove": lambda who, theme: themes_of.remove(who, theme, at=NOON),
    "merge": lambda who, theme: themes_of.merge(who, theme, theme, at=NOON),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("actor", [None, REVIEWER], ids=["nobody", "reviewer"])
def test_only_planners_change_a_theme(theme, actor, act):
    with pytest.raises(rights.NotAllowedError):
        ACTS[act](actor, theme)
    assert themes_of.read(D) == [theme]


def test_a_reviewer_may_gather_and_nobody_else_may(theme):
    (comment,) = send(1)
    for act in (theme_assignment.gather, theme_assignment.take_out):
        with pytest.raises(rights.NotAllowedError):
            act(None, D, theme.id, [comment], at=NOON)
    assert theme_assignment.gather(REVIEWER, D, theme.id, [comment], at=NOON) == 1
    assert theme_assignment.take_out(REVIEWER, D, theme.id, [comment], at=NOON) == 1


@pytest.mark.parametrize(
    "read",
    [
        lambda: themes_of.of_decision(None, D),
        lambda: theme_assignment.counts(None, D),
        lambda: theme_versions.of_theme(None, 1),
        lambda: theme_search.find(None, D, ThemeFilter()),
        lambda: theme_search.count(None, D, ThemeFilter()),
    ],
)
def test_drafts_are_not_for_everyone(theme, read):
    with pytest.raises(rights.NotAllowedError):
        read()


def test_one_comment_lies_under_several_themes_and_persons_count_once_in_each(theme):
    other = themes_of.add(PLANNER, D, "Bänkar", at=NOON)
    first, second = send(1, make_comment(), make_comment(text="Och en bänk."), persons=3)
    assert theme_assignment.gather(PLANNER, D, theme.id, [first, second], at=NOON) == 2
    assert theme_assignment.gather(PLANNER, D, other.id, [second], at=NOON) == 1
    assert theme_assignment.counts(PLANNER, D) == {theme.id: (2, 3), other.id: (1, 3)}
    assert theme_assignment.under(D)[second] == (theme.id, other.id)


def test_what_nobody_may_read_is_never_gathered_or_counted(theme):
    (waiting,) = send(1, publish=False)
    (comment,) = send(2)
    with pytest.raises(themes_of.ThemeError) as caught:
        theme_assignment.gather(PLANNER, D, theme.id, [waiting, 10**9], at=NOON)
    assert caught.value.code == "none_chosen"
    theme_assignment.gather(PLANNER, D, theme.id, [waiting, comment], at=NOON)
    assert theme_assignment.counts(PLANNER, D) == {theme.id: (1, 1)}
    review.hide(comment, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    assert theme_assignment.counts(PLANNER, D) == {}
    assert theme_search.find(PLANNER, D, ThemeFilter()) == []


def test_a_comment_with_a_theme_is_never_also_about_something_else(theme):
    (comment,) = send(1)
    theme_assignment.gather(PLANNER, D, OTHER_THEME, [comment], at=NOON)
    assert theme_assignment.under(D) == {comment: (OTHER_THEME,)}
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    assert theme_assignment.under(D) == {comment: (theme.id,)}
    assert theme_assignment.gather(PLANNER, D, OTHER_THEME, [comment], at=NOON) == 0
    assert theme_assignment.under(D) == {comment: (theme.id,)}


def test_gathering_twice_changes_and_logs_nothing_more(theme):
    (comment,) = send(1)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    before = _log()
    assert theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON) == 0
    assert _log() == before


def test_nothing_is_laid_under_a_theme_of_another_decision_or_a_removed_one(theme):
    (comment,) = send(1)
    themes_of.remove(PLANNER, theme, at=NOON)
    for decision_id in (D, "annat"):
        with pytest.raises(themes_of.ThemeError) as caught:
            theme_assignment.gather(PLANNER, decision_id, theme.id, [comment], at=NOON)
        assert caught.value.code == "not_there"


def test_every_text_is_kept_and_each_change_is_logged_whole(theme):
    saved = themes_of.save(
        PLANNER, theme, themes_of.ThemeTexts(title="Träden vid gungorna", **TEXTS), at=NOON
    )
    assert (saved.version, themes_of.read(D)) == (2, [saved])
    themes_of.remove(PLANNER, saved, at=NOON)
    kept = theme_versions.of_theme(PLANNER, theme.id)
    assert [(one.version, one.title, one.answer, one.outcome) for one in kept] == [
        (1, "Träden", "", None),
        (2, "Träden vid gungorna", "Träden står kvar.", Outcome.MET),
    ]
    acts = _log()
    assert [act.act for act in acts] == ["remove_theme", "save_theme", "add_theme"]
    assert json.loads(acts[1].was)["title"] == "Träden"
    assert json.loads(acts[1].became)["answer"] == "Träden står kvar."
    assert (acts[0].actor, acts[0].at, json.loads(acts[0].became)) == ("Planerare", NOON, {})


@pytest.mark.parametrize("act", ["save", "remove"])
def test_who_saves_second_is_told_and_overwrites_nothing(theme, act):
    first = themes_of.save(
        PLANNER, theme, themes_of.ThemeTexts(title="Den första", **TEXTS), at=NOON
    )
    before = _log()
    with pytest.raises(themes_of.ThemeError) as caught:
        ACTS[act](PLANNER, theme)
    assert caught.value.code == "changed_meanwhile"
    assert themes_of.read(D) == [first]
    assert _log() == before
    assert len(theme_versions.of_theme(PLANNER, theme.id)) == 2


def test_a_theme_with_comments_is_not_removed_but_can_be_merged(theme):
    into = themes_of.add(PLANNER, D, "Natur", at=NOON)
    one, two = send(1, make_comment(), make_comment(text="Spara eken."))
    theme_assignment.gather(PLANNER, D, theme.id, [one, two], at=NOON)
    theme_assignment.gather(PLANNER, D, into.id, [two], at=NOON)
    with pytest.raises(themes_of.ThemeError) as caught:
        themes_of.remove(PLANNER, theme, at=NOON)
    assert caught.value.code == "not_empty"
    themes_of.merge(PLANNER, theme, into, at=NOON)
    assert theme_assignment.under(D) == {one: (into.id,), two: (into.id,)}
    assert themes_of.read(D) == [into]
    assert json.loads(_log()[0].was)["comments"] == [one, two]


@pytest.mark.parametrize(
    ("title", "code"),
    [(" ", "name_missing"), ("x" * 121, "too_long"), ("träden", "same_name")],
)
def test_a_name_that_says_nothing_new_is_refused(theme, title, code):
    with pytest.raises(themes_of.ThemeError) as caught:
        themes_of.add(PLANNER, D, title, at=NOON)
    assert caught.value.code == code


def test_a_text_too_long_is_refused_and_nothing_stored(theme):
    with pytest.raises(themes_of.ThemeError) as caught:
        long = {**TEXTS, "answer": "x" * 2001}
        themes_of.save(PLANNER, theme, themes_of.ThemeTexts(title="Träden", **long), at=NOON)
    assert caught.value.code == "too_long"
    assert themes_of.read(D) == [theme]


@pytest.fixture
def said(theme) -> dict[str, int]:
    (tree,) = send(1, make_comment(text="Spara det STORA trädet, 100 % säkert."))
    concern = make_comment(kind=Kind.CONCERN, stance=Stance.AGAINST, text="Stora bilar åker här.")
    (car,) = send(2, concern, channel=Channel.PHONE)
    (bench,) = send(3, make_comment(text="En bänk, tack.", place_how="none", lon=None, lat=None))
    theme_assignment.gather(PLANNER, D, theme.id, [tree], at=NOON)
    theme_assignment.gather(PLANNER, D, OTHER_THEME, [bench], at=NOON)
    return {"tree": tree, "car": car, "bench": bench}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["tree", "car", "bench"]),
        ({"words": "stora"}, ["tree", "car"]),
        ({"words": "STORA trädet"}, ["tree"]),
        ({"words": "100 %"}, ["tree"]),
        ({"words": "_"}, []),
        ({"words": "' OR 1=1 --"}, []),
        ({"kind": Kind.CONCERN}, ["car"]),
        ({"stance": Stance.FOR}, ["tree", "bench"]),
        ({"channel": Channel.PHONE}, ["car"]),
        ({"is_loose": True}, ["car"]),
        ({"theme": OTHER_THEME}, ["bench"]),
        ({"deso": "finns inte"}, []),
    ],
)
def test_comments_are_found_by_words_and_filters(said, wanted, found):
    ids = [said[name] for name in found]
    assert [one.id for one in theme_search.find(PLANNER, D, ThemeFilter(**wanted))] == ids
    assert theme_search.count(PLANNER, D, ThemeFilter(**wanted)) == len(ids)


def test_comments_are_found_by_theme_and_area_a_page_at_a_time(said, theme):
    (tree,) = theme_search.find(PLANNER, D, ThemeFilter(theme=theme.id))
    assert (tree.id, tree.themes) == (said["tree"], (theme.id,))
    pages = [theme_search.find(PLANNER, D, ThemeFilter(), limit=2, offset=n) for n in (0, 2)]
    assert [[one.id for one in page] for page in pages] == [
        [said["tree"], said["car"]],
        [said["bench"]],
    ]


def test_of_officials_who_save_at_the_same_moment_exactly_one_is_kept(theme):
    start = threading.Barrier(4)

    def save(n: int) -> str:
        start.wait()
        try:
            themes_of.save(
                PLANNER, theme, themes_of.ThemeTexts(title=f"Från {n}", **TEXTS), at=NOON
            )
        except (themes_of.ThemeError, store.StoreError) as error:
            return error.code
        return "saved"

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(save, range(4)))
    assert found.count("saved") == 1
    assert set(found) <= {"saved", "changed_meanwhile", "not_saved"}
    assert len(theme_versions.of_theme(PLANNER, theme.id)) == 2
    assert [act.act for act in _log()].count("save_theme") == 1
