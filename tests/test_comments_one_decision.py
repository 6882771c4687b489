"""A comment belongs to one decision: wherever it is counted, quoted, answered or told of."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from data import store
from data.answers import answers, theme_assignment, theme_search
from data.answers import themes as themes_of
from data.comments import (
    phase_counts,
    published,
    published_answers,
    results,
    self_reported,
    staff_view,
    submissions,
)
from data.comments.published import CommentFilter
from data.decisions import decisions
from data.enums import Outcome
from data.models import AgeBand, Channel, HideReason, Kind, ReviewState
from data.output import archive, export_tables, meeting_quotes, meetings, report
from data.review import entered, registering, review, review_move, waiting
from geo import disclosure
from tests.conftest import NOON, OPENS, make_comment, make_decision
from tests.test_answers_themes import PLANNER, REVIEWER, send

A, B = "lekplats", "badplats"
BOTH = (A, B)
OLD_BAND = list(AgeBand)[-1]


@pytest.fixture
def two(decision):
    decisions.add(make_decision(id=B), number=2)


LATER = NOON + timedelta(minutes=1)


def _move(number: int, to: str, at: datetime = NOON) -> None:
    review_move.to_decision(REVIEWER, number, to, at=at)


def _answer(decision_id: str, theme: themes_of.Theme, ids: list[int]) -> None:
    """Publish an answer with `ids` under the theme."""
    theme_assignment.gather(PLANNER, decision_id, theme.id, ids, at=NOON)
    seen = next(one for one in themes_of.read(decision_id) if one.id == theme.id)
    themes_of.save(
        PLANNER,
        seen,
        themes_of.ThemeTexts(
            title=theme.title,
            summary="Vi hörde.",
            answer="Vi svarar.",
            outcome=Outcome.MET,
            reason="",
        ),
        at=NOON,
    )
    draft = answers.draft(PLANNER, decision_id)
    answers.save_draft(PLANNER, draft, texts={"sv": "Så blev det."}, decided_on=None, at=NOON)
    answers.publish(PLANNER, decision_id, NOON)


@pytest.fixture
def six_of_eight_moved(two) -> list[int]:
    """Eight comments under a theme of A's published answer, six of them moved to B since."""
    ids = [send(n, make_comment(text=f"Synpunkt {n}."))[0] for n in range(8)]
    _answer(A, themes_of.add(PLANNER, A, "Träden", at=NOON), ids)
    for one in ids[:6]:
        _move(one, B)
    return ids


def test_an_answer_counts_and_quotes_only_what_still_belongs_to_it(six_of_eight_moved):
    answer = answers.published(A)
    (theme,) = answer.themes
    assert theme.comments == 2
    assert theme.persons is None, "two persons are too few to count in public"
    assert published_answers.texts_of(answer, theme, limit=30) == ["Synpunkt 6.", "Synpunkt 7."]
    assert set(published_answers.under(answer)) == set(six_of_eight_moved[6:])
    assert published_answers.themes_of(answer, six_of_eight_moved[0]) == []
    assert (answer.gone, answer.later) == (6, 0)


def test_an_answer_says_what_was_hidden_and_what_came_after_it(six_of_eight_moved):
    review.hide(six_of_eight_moved[7], actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    send(9)
    answer = answers.published(A)
    assert (answer.themes[0].comments, answer.gone, answer.later) == (1, 7, 1)
    assert published_answers.texts_of(answer, answer.themes[0], limit=9) == ["Synpunkt 6."]


def test_words_masked_after_the_answer_are_quoted_nowhere(six_of_eight_moved):
    review.publish(six_of_eight_moved[6], actor=REVIEWER, at=NOON, public_text="[dolt] 6.")
    answer = answers.published(A)
    texts = published_answers.texts_of(answer, answer.themes[0], limit=9)
    assert texts == ["[dolt] 6.", "Synpunkt 7."]


def test_moved_back_it_is_where_it_was(six_of_eight_moved):
    for one in six_of_eight_moved[:6]:
        _move(one, A)
    answer = answers.published(A)
    assert (answer.themes[0].comments, answer.gone) == (8, 0)
    assert theme_assignment.read_counts(A)[answer.themes[0].id] == (8, 8)
    assert not answers.differs(PLANNER, A)


def test_a_filter_on_how_it_came_in_finds_what_was_moved(six_of_eight_moved):
    assert results.totals(B).told_apart == (Channel.WEB,)
    assert published.count_published(B, CommentFilter(channel=Channel.WEB)) == 6
    assert len(published.published_points(B, CommentFilter(channel=Channel.WEB))) == 6


def test_the_rest_of_the_answer_in_the_other_decision_waits_for_a_theme(six_of_eight_moved):
    assert theme_assignment.under(B) == {}
    assert answers.Missing("loose_comments", comments=6) in answers.missing(B)
    assert theme_search.count(REVIEWER, B, theme_search.ThemeFilter(is_loose=True)) == 6
    assert answers.missing(A) == ()


def test_one_person_who_spoke_in_both_is_heard_in_both(two):
    one, _two = send(1, make_comment(), make_comment(text="Om badet."), age_band=OLD_BAND)
    _move(one, B)
    for name in BOTH:
        assert self_reported.heard(name, released=False).persons.sum() == 1
        assert self_reported.ages(name, released=False)[OLD_BAND.value] == 1
        assert results.totals(name).comments == 1


def test_what_was_entered_for_others_is_listed_where_it_belongs(two):
    entry = registering.Entry("Ett brev.", Channel.LETTER, OPENS, Kind.IDEA)
    receipt = registering.enter(REVIEWER, A, entry, key="klick-1", at=NOON)
    (comment,) = submissions.by_receipt(receipt.code)[1]
    _move(comment.id, B)
    listed = {name: [one.code for one in entered.latest(REVIEWER, name)] for name in BOTH}
    assert listed == {A: [], B: [receipt.code]}
    again = registering.enter(REVIEWER, A, entry, key="klick-1", at=NOON)
    assert again == receipt, "the same click is entered once, wherever the comment lies by now"


def test_the_archive_of_the_first_decision_tells_that_it_was_moved_away(two):
    (one,) = send(1)
    _move(one, B)
    for name in BOTH:
        packed = archive.package(PLANNER, decisions.get(name), reports={}, at=NOON)
        with zipfile.ZipFile(io.BytesIO(packed)) as found:
            log = found.read("logg.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(log), delimiter=";"))
        assert [row["gäller"] for row in rows if row["vad"] == "move_decision"] == [str(one)]


def test_a_frozen_meeting_stays_and_quotes_nothing_that_was_moved(two):
    (one,) = send(1)
    theme = themes_of.add(PLANNER, A, "Träden", at=NOON)
    theme_assignment.gather(PLANNER, A, theme.id, [one], at=NOON)
    meeting_quotes.choose(PLANNER, A, theme.id, [one], at=NOON)
    kept = meetings.take(PLANNER, A, at=NOON)
    assert meetings.changed_since(PLANNER, kept) == 0
    _move(one, B, LATER)
    again = meetings.get(PLANNER, A, kept.id)
    assert again.content == kept.content
    assert meeting_quotes.words(PLANNER, A, [one]) == {}
    assert meetings.changed_since(PLANNER, kept) == 1
    now = meetings.fresh(PLANNER, A, at=LATER)
    assert (now.content.heard.comments, now.content.quotes) == (0, {str(theme.id): []})


def test_a_move_lets_nobody_see_a_figure_on_fewer_than_five_change(two):
    ids = [send(n, age_band=OLD_BAND)[0] for n in range(5)]
    before = self_reported.ages(A, released=True)
    assert before.sum() == 5
    for one in ids[:4]:
        _move(one, B)
        assert self_reported.ages(A, released=True).equals(before)
        assert self_reported.ages(B, released=True).sum() == 0
    _move(ids[4], B)
    assert self_reported.ages(A, released=True).sum() == 0
    assert self_reported.ages(B, released=True).sum() == 5


OLD = """
CREATE TABLE submissions (id BIGINT PRIMARY KEY, key VARCHAR NOT NULL UNIQUE,
    receipt VARCHAR NOT NULL UNIQUE, decision_id VARCHAR NOT NULL, received_at TIMESTAMPTZ NOT NULL,
    channel VARCHAR NOT NULL, persons INTEGER NOT NULL, relation VARCHAR, age_band VARCHAR,
    language VARCHAR NOT NULL, example BOOLEAN NOT NULL, home VARCHAR);
INSERT INTO submissions VALUES (7, 'nyckel', 'AAAA-BBBB', 'lekplats', now(), 'web', 1, NULL, NULL,
    'sv', TRUE, NULL);
CREATE TABLE notice_addresses (submission_id BIGINT PRIMARY KEY, decision_id VARCHAR NOT NULL,
    address VARCHAR NOT NULL, language VARCHAR NOT NULL, asked_at TIMESTAMPTZ NOT NULL);
INSERT INTO notice_addresses VALUES (7, 'lekplats', 'kim@example.org', 'sv', now());
CREATE TABLE entered (digest VARCHAR PRIMARY KEY, submission_id BIGINT NOT NULL,
    decision_id VARCHAR NOT NULL, actor VARCHAR NOT NULL, entered_at TIMESTAMPTZ NOT NULL);
INSERT INTO entered VALUES ('click:1', 7, 'lekplats', 'Granskare', now());
"""


def test_an_older_store_keeps_what_it_holds(tmp_path):
    path = tmp_path / "gammal.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(OLD)
    for _again in range(2):
        store.open_store(path)
        try:
            receipt, _sent = submissions.by_receipt("AAAA-BBBB")
            assert receipt.decision_id == "lekplats"
            with store.cursor() as cursor:
                kept = cursor.execute("SELECT address FROM notice_addresses").fetchall()
                clicks = cursor.execute("SELECT digest FROM entered").fetchall()
            assert (kept, clicks) == ([("kim@example.org",)], [("click:1",)])
        finally:
            store.close_store()


def test_only_a_comment_says_which_decision_it_belongs_to(empty_store):
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'decision_id' "
            "AND table_name IN ('submissions', 'entered', 'notice_addresses', 'sender_notes', "
            "'comment_answers', 'comment_codes', 'comments')"
        ).fetchall()
    assert rows == [("comments",)]


@dataclass
class Said:
    """A comment as the model sees it."""

    submission: int
    channel: Channel
    persons: int
    lies_in: str
    text: str
    state: ReviewState = ReviewState.WAITING
    # what it was laid under, by decision, and whether an answer took it up there
    laid: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    def is_public(self, decision_id: str) -> bool:
        return self.state is ReviewState.PUBLISHED and self.lies_in == decision_id


class Moves(RuleBasedStateMachine):
    """Any order of sending, reading, moving, sorting and answering: every surface says the same."""

    @initialize()
    def begin(self) -> None:
        store.open_store(store.IN_MEMORY)
        for number, name in enumerate(BOTH, start=1):
            decisions.add(make_decision(id=name), number=number)
        self.theme = {name: themes_of.add(PLANNER, name, "Träden", at=NOON) for name in BOTH}
        self.said: dict[int, Said] = {}
        self.sent = 0

    def teardown(self) -> None:
        store.close_store()

    @rule(
        to=st.sampled_from(BOTH),
        count=st.integers(1, 3),
        channel=st.sampled_from((Channel.WEB, Channel.MEETING)),
        persons=st.integers(1, 6),
    )
    def send(self, to: str, count: int, channel: Channel, persons: int) -> None:
        self.sent += 1
        texts = [f"Synpunkt {self.sent} {n}." for n in range(count)]
        ids = send(
            self.sent,
            *(make_comment(text=text) for text in texts),
            publish=False,
            decision_id=to,
            channel=channel,
            persons=persons,
        )
        for one, text in zip(ids, texts, strict=True):
            self.said[one] = Said(self.sent, channel, persons, to, text)

    def _one(self, data: st.DataObject) -> tuple[int, Said]:
        number = data.draw(st.sampled_from(sorted(self.said)))
        return number, self.said[number]

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def publish(self, data: st.DataObject) -> None:
        number, said = self._one(data)
        review.publish(number, actor=REVIEWER, at=NOON)
        said.state = ReviewState.PUBLISHED

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def hide(self, data: st.DataObject) -> None:
        number, said = self._one(data)
        review.hide(number, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
        said.state = ReviewState.HIDDEN

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        number, said = self._one(data)
        said.lies_in = B if said.lies_in == A else A
        _move(number, said.lies_in)

    @rule(name=st.sampled_from(BOTH))
    def gather(self, name: str) -> None:
        ids = [number for number, one in self.said.items() if one.is_public(name)]
        if ids:
            theme_assignment.gather(PLANNER, name, self.theme[name].id, ids, at=NOON)
        for number in ids:
            self.said[number].laid.add(name)

    @rule(name=st.sampled_from(BOTH))
    def answer(self, name: str) -> None:
        ids = [number for number, one in self.said.items() if one.is_public(name)]
        unread = sum(
            one.lies_in == name and one.state is ReviewState.WAITING for one in self.said.values()
        )
        if not ids or unread:
            return
        _answer(name, self.theme[name], ids)
        for number, one in self.said.items():
            one.answered.discard(name)
            if number in ids:
                one.laid.add(name)
                one.answered.add(name)

    @invariant()
    def every_surface_agrees(self) -> None:
        for name in BOTH:
            self._check(name)

    def _check(self, name: str) -> None:
        public = {n: one for n, one in self.said.items() if one.is_public(name)}
        texts = sorted(one.text for one in public.values())
        decision = decisions.get(name)
        # what everyone reads, counts and takes away
        assert sorted(one.text for one in published.published(name, limit=99)) == texts
        totals = results.totals(name)
        assert totals.comments == published.count_published(name) == len(public)
        persons: Counter[int] = Counter()
        for one in public.values():
            persons[one.submission] = one.persons
        spoke = sum(persons.values())
        assert self_reported.heard(name, released=False).persons.sum() == spoke
        assert totals.persons == disclosure.protect_sum(spoke)
        by_channel = Counter(one.channel for one in public.values())
        assert set(totals.by_channel) == set(by_channel)
        for channel in totals.told_apart:
            assert (
                published.count_published(name, CommentFilter(channel=channel))
                == by_channel[channel]
            )
        rows = {one.name: one.rows for one in export_tables.public(decision, at=NOON)}
        assert sorted(rows["synpunkter"]["text"]) == texts
        phases = phase_counts.by_district(decision, decision.phases[0], decision.phases[0])
        assert phases["before"].sum() == len(public)
        # what officials read, sort and answer
        in_it = {n: one for n, one in self.said.items() if one.lies_in == name}
        unread = sum(one.state is ReviewState.WAITING for one in in_it.values())
        assert waiting.by_decision(REVIEWER).get(name, 0) == unread
        assert sorted(n for n, _text in staff_view.texts(name, limit=99)) == sorted(in_it)
        laid = {n for n, one in public.items() if name in one.laid}
        counted = theme_assignment.read_counts(name).get(
            self.theme[name].id, theme_assignment.Count(0, 0)
        )
        assert counted.comments == len(laid)
        inside = theme_search.ThemeFilter(theme=self.theme[name].id)
        assert {one.id for one in theme_search.find(REVIEWER, name, inside)} == laid
        loose = theme_search.count(REVIEWER, name, theme_search.ThemeFilter(is_loose=True))
        assert loose == len(public) - len(laid)
        official = report.official(PLANNER, decision, at=NOON)
        assert official.loose == loose
        assert set(official.themes_of) == laid
        # what the published answer says
        answer = answers.published(name)
        if answer is None:
            return
        held = {n for n, one in public.items() if name in one.answered}
        (theme,) = answer.themes
        assert theme.comments == len(held)
        quoted = published_answers.texts_of(answer, theme, limit=99)
        assert sorted(quoted) == sorted(public[n].text for n in held)
        assert set(published_answers.under(answer)) == held
        assert published.count_published(name, CommentFilter(theme=theme.id)) == len(held)
        named = rows["teman"]
        assert list(named["theme_comments"]) == [len(held)]
        assert pd.isna(named["theme_persons"][0]) == (theme.persons is None)
        taken = sum(name in one.answered for one in self.said.values())
        assert (answer.gone, answer.later) == (taken - len(held), len(public) - len(held))


TestMoves = Moves.TestCase
TestMoves.settings = settings(
    max_examples=6,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
