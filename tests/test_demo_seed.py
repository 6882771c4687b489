"""The examples: every status there to see, nothing that could be taken for real, no wet pins."""

from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely

from data import clock, rules, store
from data.__main__ import main
from data.affected import affected
from data.answers import themes
from data.comments import phase_counts, published, results
from data.decisions import decisions
from data.demo import seed
from data.geodata import layers
from data.models import DecisionText, PlaceHow, ReviewState, Status
from data.output import meeting_quotes
from data.review import review
from data.settings import Settings
from geo import crs

DEMO = date(2026, 11, 23)
STATUSES = {
    "ex-1-skola-vaster": Status.OPEN,
    "ex-2-nobelomradet": Status.OPEN,
    "ex-3-gamla-badhuset": Status.UPCOMING,
    "ex-4-e18-korsning": Status.CLOSING_SOON,
    "ex-5-hagnan": Status.UPCOMING,
    "ex-6-storangsstrand": Status.CLOSING_SOON,
    "ex-7-bjorkborn": Status.SUMMARISING,
    "ex-8-ravasen-belysning": Status.DECIDED,
}
# what some decisions have no use for
MAY_BE_EMPTY = {"formal_comment", "outcome"}
DAYS = pytest.mark.parametrize(
    "day",
    [
        DEMO,
        date(2026, 12, 31),
        date(2027, 3, 28),  # 23 hours
        date(2027, 3, 30),
        date(2027, 10, 31),  # 25 hours
        date(2028, 2, 29),
        date(2031, 6, 16),
    ],
)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("exempel") / "dialogkartan.duckdb"
    store.open_store(path)
    assert seed.seed_if_empty(Settings(demo_date=DEMO)) is True
    store.close_store()
    return path


@pytest.fixture
def seeded(database):
    store.open_store(database)
    yield
    store.close_store()


def _count():
    with store.cursor() as cursor:
        return cursor.execute(
            "SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM submissions), "
            "(SELECT count(*) FROM comments)"
        ).fetchone()


def test_eight_decisions_with_every_status(seeded):
    listed = decisions.list_all()
    assert [number for number, _ in listed] == list(range(1, 9))
    assert {d.id: rules.status_of(d, DEMO) for _, d in listed} == STATUSES


@DAYS
def test_the_statuses_follow_the_demo_date(day):
    assert {d.id: rules.status_of(d, day) for _, d in seed.read_decisions(day)} == STATUSES


def test_writing_twice_adds_nothing(seeded):
    before = _count()
    assert seed.seed_if_empty(Settings(demo_date=DEMO)) is False
    assert seed.seed_if_empty(Settings(demo_date=date(2027, 5, 1))) is False
    assert _count() == before


def test_a_start_that_was_cut_short_is_done_again(empty_store, monkeypatch):
    def broken(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(decisions, "add", broken)
        with pytest.raises(KeyboardInterrupt):
            seed.seed_if_empty(Settings(demo_date=DEMO))
    assert seed.seed_if_empty(Settings(demo_date=DEMO)) is True
    assert _count()[1] == len(seed.read_submissions(DEMO))


@DAYS
def test_nothing_was_said_after_the_day_began_or_while_the_dialogue_was_closed(day):
    dialogues = {one.id: one for _, one in seed.read_decisions(day)}
    for new, at, _, _ in seed.read_submissions(day):
        assert at < clock.midnight(day)
        dialogue = dialogues[new.decision_id]
        first = min([dialogue.opens, *(phase.starts for phase in dialogue.phases)])
        assert first <= clock.day_of(at) <= dialogue.closes


@DAYS
def test_what_is_read_is_the_same_every_time(day):
    assert seed.read_decisions(day) == seed.read_decisions(day)
    assert seed.read_submissions(day) == seed.read_submissions(day)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("number", "decision"), seed.read_decisions(DEMO))
def test_every_text_is_complete(number, decision, language):
    text = decision.texts[language]
    swedish = decision.texts["sv"]
    for field in fields(DecisionText):
        value = getattr(text, field.name)
        if field.name not in MAY_BE_EMPTY:
            assert value, field.name
        assert bool(value) == bool(getattr(swedish, field.name)), field.name
        parts = (value,) if isinstance(value, str) else value
        assert all(part.strip() == part for part in parts)
        assert not any("{" in part for part in parts), "a date was not written out"
        if not isinstance(value, str):
            assert all(parts)
            assert len(parts) == len(getattr(swedish, field.name)), field.name
    assert all(phase.titles[language] for phase in decision.phases)
    assert bool(text.formal_comment) == (number in {1, 6}), "only the local plans"
    assert bool(text.outcome) == (decision.decided_on is not None)


@pytest.mark.parametrize(("number", "decision"), seed.read_decisions(DEMO))
def test_nothing_can_be_taken_for_real(number, decision):
    assert decision.example
    assert decision.id.startswith(f"ex-{number}-")
    assert decision.case_number == f"EXEMPEL-{number:02d}"
    assert decision.contact_email.endswith("@example.org")
    # no subscriber number begins with a zero
    assert decision.contact_phone.startswith("0586-0")
    assert all(fact.startswith("Exempel: ") for fact in decision.texts["sv"].facts)
    assert all(fact.startswith("Example: ") for fact in decision.texts["en"].facts)


@pytest.mark.parametrize(("number", "decision"), seed.read_decisions(DEMO))
def test_phases_follow_each_other(number, decision):
    assert decision.opens <= decision.closes
    assert all(phase.starts <= phase.ends for phase in decision.phases)
    starts = [phase.starts for phase in decision.phases]
    assert starts == sorted(starts)
    commenting = [p for p in decision.phases if p.starts == decision.opens]
    assert [p.ends for p in commenting] == [decision.closes]


def test_dates_are_written_as_people_say_them():
    assert seed.with_dates("{day+9}", "sv", DEMO) == "onsdag 2 december"
    assert seed.with_dates("on {day+58} at 16", "en", DEMO) == "on Wednesday 20 January 2027 at 16"
    assert seed.with_dates("{day-160}", "sv", DEMO) == "tisdag 16 juni"


def test_the_answered_example_has_quotes_for_a_meeting(seeded):
    found = "ex-8-ravasen-belysning"
    quotes = meeting_quotes.chosen(found)
    assert {len(some) for some in quotes.values()} == {2, 3}
    assert set(quotes) == {theme.id for theme in themes.read(found)}


# metres of shoreline data are approximate; the share of the area that may be under water
WET_AT_MOST = {"ex-3-gamla-badhuset": 0.2, "ex-6-storangsstrand": 0.2}


@pytest.mark.parametrize(("number", "decision"), seed.read_decisions(DEMO))
def test_areas_lie_on_land_inside_the_municipality(number, decision):
    area = decision.area
    assert area.is_valid
    assert layers.municipality().contains(area)
    assert 4e4 < area.area < 40e4, "four to forty hectares"
    wet = area.intersection(layers.water()).area / area.area
    assert wet <= WET_AT_MOST.get(decision.id, 0.02)
    if decision.id in WET_AT_MOST:
        assert wet > 0, "a shore site reaches the water"


def test_areas_do_not_overlap():
    areas = [d.area for _, d in seed.read_decisions(DEMO)]
    for i, one in enumerate(areas):
        assert all(one.disjoint(other) for other in areas[i + 1 :])


@pytest.mark.parametrize("name", ["decisions.json", "comments.json", "answers.json"])
def test_the_files_say_that_they_are_invented(name):
    assert seed._read(name)["about"].startswith("Invented")


ASKING = {"early_dialogue", "consultation", "referral", "review"}


def test_comments_came_while_the_decision_was_open():
    by_id = {d.id: d for _, d in seed.read_decisions(DEMO)}
    for new, at, _, _ in seed.read_submissions(DEMO):
        day = clock.day_of(at)
        phases = [p for p in by_id[new.decision_id].phases if p.starts <= day <= p.ends]
        assert {phase.code for phase in phases} <= ASKING
        assert phases, "it came in while people were asked"
        assert day < DEMO, "never in the future, whatever the time of day"


def test_one_decision_was_asked_about_twice(seeded):
    spoken = {
        d.id: [p.code for p in phase_counts.spoken_in(d)] for _, d in seed.read_decisions(DEMO)
    }
    assert spoken.pop("ex-6-storangsstrand") == ["consultation", "review"]
    assert all(len(phases) <= 1 for phases in spoken.values())


def test_about_four_hundred_comments_all_marked(seeded, reviewer):
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT state, example, hide_reason FROM comments").fetchall()
    assert 380 <= len(rows) <= 440
    assert all(example for _, example, _ in rows)
    states = Counter(state for state, _, _ in rows)
    assert states[ReviewState.WAITING.value] == review.count_waiting(reviewer) == 25
    assert states[ReviewState.HIDDEN.value] == 6
    reasons = {reason for state, _, reason in rows if state == ReviewState.HIDDEN.value}
    assert reasons == {reason.value for reason in review.REASONS}
    assert not any(reason for state, _, reason in rows if state != ReviewState.HIDDEN.value)


def test_two_waiting_comments_need_masking(seeded, reviewer):
    texts = [comment.original for comment in review.waiting(reviewer, limit=100)]
    assert sum("070-000 00 00" in text for text in texts) == 1
    assert sum("Exempel Exempelsson" in text for text in texts) == 1


def test_nothing_personal_is_published(seeded):
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT public_text FROM comments WHERE state = 'published'"
        ).fetchall()
    for (text,) in rows:
        assert "Exempelsson" not in text
        assert "@" not in text
        assert not any(len(word) >= 5 and word.isdigit() for word in text.split())


def test_no_text_is_said_twice():
    texts = [c.text for new, *_ in seed.read_submissions(DEMO) for c in new.comments]
    assert len(set(texts)) == len(texts)


def test_no_pin_lies_in_water(seeded):
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT lon, lat, public_lon, public_lat FROM comments WHERE place_how = 'pin'"
        ).fetchall()
    assert len(rows) > 300
    water = layers.water()
    shapely.prepare(water)
    for lon, lat, public_lon, public_lat in rows:
        assert not water.contains(shapely.Point(crs.point_to_metric(lon, lat)))
        assert not water.contains(shapely.Point(crs.point_to_metric(public_lon, public_lat)))


@pytest.mark.parametrize("row", seed._read("comments.json")["silent"])
def test_one_neighbourhood_is_affected_but_silent(seeded, row):
    decision = decisions.get(row["decision"])
    found = affected.for_decision(decision, layers.DESO)
    ranked = found.sort_values("affected", ascending=False).index
    assert row["deso"] in ranked[:3], "it is among the most affected"
    with store.cursor() as cursor:
        said = cursor.execute(
            "SELECT count(*) FROM comments JOIN comment_deso ON comment_id = id "
            "WHERE decision_id = $1 AND deso = $2",
            [decision.id, row["deso"]],
        ).fetchone()
    assert said == (0,)


@pytest.mark.parametrize("row", seed._read("comments.json")["one_sided"])
def test_one_neighbourhood_is_one_sided_and_one_person_writes_much(seeded, row):
    by_area = results.comments_by_area(row["decision"], layers.DESO).loc[row["deso"]]
    assert by_area["against"] > 0.6 * by_area["comments"]
    kinds = results.kinds_by_area(row["decision"], layers.DESO).loc[row["deso"]]
    assert by_area["comments"] == by_area.drop("comments").sum() == kinds.sum()
    most = max(
        (new for new, *_ in seed.read_submissions(DEMO) if new.decision_id == row["decision"]),
        key=lambda new: len(new.comments),
    )
    assert len(most.comments) >= 10
    assert most.persons == 1


def test_only_decisions_that_have_been_open_have_comments(seeded):
    for identity, status in STATUSES.items():
        written = published.count_published(identity)
        assert (written == 0) == (status is Status.UPCOMING)
        assert status is Status.UPCOMING or written >= 40


def test_comments_with_and_without_a_place_and_of_many_people():
    new = [n for n, *_ in seed.read_submissions(DEMO)]
    assert {c.place_how for n in new for c in n.comments} == set(PlaceHow)
    assert {n.language for n in new} == {"sv", "en", "fi"}
    told = sum(n.age_band is not None for n in new) / len(new)
    assert 0.5 < told < 0.75
    assert all(len(n.comments) <= 3 for n in new if len(n.comments) < 10)


def test_without_a_demo_date_the_given_day_counts(empty_store):
    day = date(2027, 6, 1)
    seed.seed_if_empty(Settings(demo_date=None), day)
    assert decisions.get("ex-1-skola-vaster").opens == day - timedelta(days=14)
    with store.cursor() as cursor:
        last = cursor.execute("SELECT max(received_at) FROM comments").fetchone()[0]
    assert last < datetime(2027, 6, 1, tzinfo=UTC)


def test_the_command_writes_once(tmp_path, monkeypatch, capsys):
    own = Settings(database=tmp_path / "prov.duckdb", demo_date=DEMO)
    monkeypatch.setattr(seed.all_settings, "load", lambda: own)
    for _ in range(2):
        assert main(["seed"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "exemplen är inlagda" in first
    assert "inget är ändrat" in second
    assert not store.is_open()
