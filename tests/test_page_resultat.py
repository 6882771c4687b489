"""The result, layer by layer: map, sentence and table say the same, and nothing under five."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest

from data import clock
from data.affected import participation, per_affected
from data.comments import area_counts, density, results, sides, submissions
from data.comments.published import CommentFilter
from data.geodata import layers
from data.models import Kind, Relation, Stance
from data.review import review
from pages.resultat import around, counts_by_area, overlays, result_layers, stances
from pages.shared.maps import palette
from pages.shared.words import texts
from tests.conftest import NOON, TOWN, make_comment, make_submission
from tests.page_kit import cells, layers_sent, open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "resultat/page.py"
STEPS = [layer.word for layer in result_layers.LAYERS]
DIVISIONS = (layers.VALDISTRIKT, layers.DESO, layers.RUTA)
SMALL = re.compile(r"\b[1-4]\b")


@pytest.fixture(autouse=True)
def swedish():
    known = texts._spoken.set("sv")
    yield
    texts._spoken.reset(known)


def _publish(reviewer, count: int, **changes: object) -> None:
    """Publish one comment from each of `count` persons."""
    with_place = {"lon": TOWN[0], "lat": TOWN[1], **changes}
    for n in range(count):
        key = f"nyckel-{abs(hash(tuple(sorted(map(str, changes.items()))))):x}-{n:010}"[:60]
        new = make_submission(make_comment(**with_place), key=key)
        receipt = submissions.add(new, at=NOON - timedelta(hours=1))
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)


@pytest.mark.parametrize("step", STEPS)
def test_every_layer_opens_with_nothing_said_yet(decision, step):
    shown = open_page(PAGE, id=decision.id, visa=step)
    assert "EXEMPEL – inte ett riktigt beslut" in words(shown)
    assert "Ingen synpunkt är publicerad än." in words(shown).replace("\\", "")


def test_a_word_in_the_address_is_one_layer():
    for listed in (result_layers.LAYERS, overlays.OVERLAYS.values()):
        assert len({one.word for one in listed}) == len(listed)
        assert len({one.name for one in listed}) == len(listed)


def test_an_unknown_decision_or_layer_breaks_nothing(decision):
    assert "Vi hittar inte förslaget" in words(open_page(PAGE, id="x"))
    shown = open_page(PAGE, id=decision.id, visa="x", lager="y", rakna="z")
    assert "Förslaget" in words(shown)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("lager", [layers.VALDISTRIKT, layers.DESO])
def test_every_layer_opens_with_comments(decision, reviewer, step, lager):
    _publish(reviewer, 7)
    shown = open_page(PAGE, id=decision.id, visa=step, lager=lager)
    assert "7 synpunkter från ungefär 5 personer" in words(shown).replace("\\", "")


def test_only_published_comments_count(decision, reviewer):
    submissions.add(make_submission(make_comment(text="Väntar.")), at=NOON)
    shown = open_page(PAGE, id=decision.id, visa="omrade")
    assert "Ingen synpunkt är publicerad än." in words(shown).replace("\\", "")


@pytest.mark.parametrize("lager", DIVISIONS)
def test_four_persons_are_never_a_figure(decision, reviewer, lager):
    _publish(reviewer, 4)
    shown = open_page(PAGE, id=decision.id, visa="omrade", lager=lager, rakna="personer")
    table = shown.table[0].value
    assert set(table["Personer, ungefär"]) == {"för få svar"}
    assert "från färre än 5 personer" in words(shown)


def test_for_and_against_are_hidden_where_fewer_than_five_are_heard(decision, reviewer):
    _publish(reviewer, 4, stance=Stance.AGAINST)
    shown = open_page(PAGE, id=decision.id, visa="stallning")
    table = shown.table[0].value
    for stance in ("För", "Emot", "Både för och emot", "Tar inte ställning"):
        assert set(table[stance]) == {"–"}
    assert "För få har hörts för att vi ska visa för och emot" in words(shown)


def test_table_and_map_agree_on_which_side_has_more(decision, reviewer):
    _publish(reviewer, 8, stance=Stance.FOR)
    _publish(reviewer, 2, stance=Stance.AGAINST)
    shown = stances.stances(decision, layers.DESO)
    code = layers.locator().codes(*TOWN)[layers.DESO]
    assert shown.specs[0].fills == {code: palette.STANCE[Stance.FOR]}
    row = results.protected(decision.id, layers.DESO).loc[code]
    assert (row["for"], row["against"], row["persons"]) == (8, 2, 10)
    assert list(shown.table["För"]) == [f"8 ({texts.percent(0.8)})".replace(" ", texts.HARD)]
    assert list(shown.table["Personer, ungefär"]) == ["10"], "a share never stands alone"
    assert "Synpunkter för förslaget: 8. Emot: 2." in shown.sentence


@pytest.mark.parametrize(
    ("pro", "con", "side"),
    [
        (0, 0, Stance.BOTH),
        (1, 0, Stance.BOTH),
        (6, 5, Stance.BOTH),
        (6, 4, Stance.BOTH),
        (9, 4, Stance.FOR),
        (4, 9, Stance.AGAINST),
    ],
)
def test_a_small_difference_is_no_side(pro, con, side):
    assert sides.lean(pro, con) is side


def test_silence_names_the_areas_where_nobody_was_heard(decision, reviewer):
    _publish(reviewer, 30)
    shown = around.the_silence(decision)
    found = participation.public(decision)
    silent = found[found["word"] == participation.SILENT]
    assert not silent.empty
    first = silent.sort_values("affected", ascending=False)["name"].iloc[0]
    assert texts.plain(first.replace(", ", "/")) in shown.sentence
    assert set(shown.specs[0].dot_values) == set(silent.index)
    assert "inte att allt är bra" in " ".join(shown.notes)


def test_a_layer_is_fetched_as_it_is_now(decision, reviewer):
    before = counts_by_area.per_area(decision, layers.DESO, counts_by_area.COMMENTS).specs[0].url
    _publish(reviewer, 1)
    assert (
        counts_by_area.per_area(decision, layers.DESO, counts_by_area.COMMENTS).specs[0].url
        != before
    )


@pytest.mark.parametrize("lager", DIVISIONS)
def test_no_person_figure_in_any_table_is_one_to_four(decision, reviewer, lager):
    for n, place in enumerate([(14.5240, 59.3270), (14.5300, 59.3300), (14.4900, 59.3250)]):
        _publish(reviewer, 3 + 2 * n, lon=place[0], lat=place[1])
    shown = open_page(PAGE, id=decision.id, visa="omrade", lager=lager)
    for cell in shown.table[0].value["Personer, ungefär"]:
        assert not SMALL.fullmatch(cell)
    assert cells(shown)
    assert clock.now() == NOON


def test_who_was_heard_is_told_only_from_five_persons(decision, reviewer):
    _publish(reviewer, 4)
    said = words(open_page(PAGE, id=decision.id, visa="tystnad"))
    assert "när minst 5 personer har hörts" in said
    assert "Ingen har hörts från" in said


def test_age_and_tie_are_rounded_and_hidden_under_five(decision, reviewer):
    for n in range(12):
        new = make_submission(
            make_comment(),
            key=f"nyckel-alder-{n:08}",
            age_band="65-79" if n < 9 else "16-24",
            relation="lives",
        )
        receipt = submissions.add(new, at=NOON - timedelta(hours=1))
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)
    shown = open_page(PAGE, id=decision.id, visa="tystnad")
    ages = next(t.value for t in shown.table if t.value.index.name == "Ålder")
    # ten were in the release: nine and one
    assert "för få svar" in set(ages["Personer, ungefär"])
    printed = {cell for cell in ages["Personer, ungefär"] if cell.isdigit()}
    assert all(int(cell) % 5 == 0 for cell in printed)
    ties = next(t.value for t in shown.table if t.value.index.name == "Koppling")
    assert ties.loc["Jag bor i närheten"].item() == "10"


def test_filters_hold_for_sentence_table_and_list_and_stand_in_the_address(decision, reviewer):
    _publish(reviewer, 3, kind=Kind.IDEA, text="En idé")
    _publish(reviewer, 2, kind=Kind.CONCERN, text="En oro")
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", slag="concern")
    assert "2 av 5 synpunkter stämmer med det du har valt." in words(shown)
    assert shown.table[0].value["Synpunkter"].tolist() == ["2"]
    assert "En oro" in words(shown)
    assert "En idé" not in words(shown)
    shown.selectbox(key="resultat.filter.kind").set_value("idea").run()
    assert shown.query_params["slag"] in ("idea", ["idea"])
    assert "3 av 5 synpunkter" in words(shown)


def test_the_way_it_came_in_is_a_filter_where_enough_came_that_way(decision, reviewer):
    _publish(reviewer, 6, text="På webben")
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", kanal="letter")
    assert "stämmer med det du har valt" not in words(shown), "nothing came that way"
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", kanal="web")
    assert "6 av 6 synpunkter stämmer med det du har valt." in words(shown)
    (drawn,) = [one for one in layers_sent(shown) if one["name"] == "synpunkter"]
    assert "channel=web" in drawn["url"]


def test_the_same_filters_hold_for_the_squares(decision, reviewer):
    _publish(reviewer, 3, kind=Kind.IDEA, text="En idé")
    _publish(reviewer, 2, kind=Kind.CONCERN, text="En oro")
    shown = open_page(PAGE, id=decision.id, visa="tathet", slag="concern")
    assert "2 av 5 synpunkter stämmer med det du har valt." in words(shown)
    assert shown.table[0].value["Synpunkter"].tolist() == ["2"]
    drawn = [one["url"] for one in layers_sent(shown) if "density" in one["url"]]
    assert drawn
    assert all("kind=concern" in url for url in drawn)


@pytest.mark.parametrize("lager", [layers.VALDISTRIKT, layers.DESO])
def test_filters_hold_for_areas_too_and_stay_from_layer_to_layer(decision, reviewer, lager):
    _publish(reviewer, 6, kind=Kind.IDEA, text="En idé")
    _publish(reviewer, 3, kind=Kind.CONCERN, text="En oro")
    shown = open_page(PAGE, id=decision.id, visa="omrade", lager=lager, slag="concern")
    assert "3 av 9 synpunkter stämmer med det du har valt." in words(shown)
    assert shown.table[0].value["Synpunkter"].tolist() == ["3"]
    assert ": 3 av 3." in words(shown)
    (drawn,) = [one["url"] for one in layers_sent(shown) if "results" in one["url"]]
    assert "kind=concern" in drawn
    # a layer without filters lies between
    for step in ("berorda", "tathet", "omrade", "synpunkter"):
        shown.radio(key="resultat.visa").set_value(step).run()
        assert ("3 av 9 synpunkter" in words(shown)) == (step != "berorda"), step


def test_the_place_of_a_link_waits_on_the_layer_of_areas(decision, reviewer):
    _publish(reviewer, 6)
    code = results.protected(decision.id, layers.DESO).query("comments == 0").index[0]
    shown = open_page(PAGE, id=decision.id, visa="omrade", plats=str(code))
    assert "stämmer med det du har valt" not in words(shown)
    assert shown.query_params["plats"] in (code, [code])
    shown.radio(key="resultat.visa").set_value("synpunkter").run()
    assert "0 av 6 synpunkter stämmer" in words(shown)


def test_no_area_shows_what_fewer_than_five_persons_think(decision, reviewer):
    _publish(reviewer, 4, stance=Stance.AGAINST)
    shown = open_page(PAGE, id=decision.id, visa="omrade", tycker="against")
    assert shown.table[0].value["Synpunkter"].tolist() == ["för få svar"]
    assert "minst 5 personer har hörts" in words(shown)
    counted = area_counts.picked_out(decision.id, layers.DESO, CommentFilter(stance=Stance.AGAINST))
    assert counted["comments"].isna().sum() == 1
    # by its day a comment says nothing of what somebody thinks
    counted = area_counts.picked_out(decision.id, layers.DESO, CommentFilter(since=decision.opens))
    assert counted["comments"].max() == 4


def test_a_tie_is_a_filter_on_persons_and_only_there(decision, reviewer):
    asked = {"visa": "omrade", "rakna": "personer", "koppling": "lives"}
    for number in range(15):
        if number == 4:
            early = words(open_page(PAGE, id=decision.id, **asked))
            assert "koppling när minst 5 personer har hörts" in early
        new = make_submission(
            key=f"koppling-{number:012}",
            relation=Relation.LIVES if number < 7 else Relation.WORKS,
        )
        found = submissions.by_receipt(submissions.add(new, at=NOON).code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)
    shown = open_page(PAGE, id=decision.id, **asked)
    name = (
        layers.frame(layers.DESO)
        .loc[participation.public_ties(decision.id)["lives"].idxmax(), "name"]
        .replace(", ", "/")
    )
    assert f"har hörts från {name}: ungefär 5." in words(shown).replace("\\", "")
    assert shown.table[0].value["Personer, ungefär"].tolist() == ["5"]
    (drawn,) = [one["url"] for one in layers_sent(shown) if "results" in one["url"]]
    assert "relation=lives" in drawn
    assert "layer=deso" in drawn
    shown.selectbox(key="resultat.koppling").set_value("passes").run()
    assert shown.query_params["koppling"] in ("passes", ["passes"])
    assert "För få har hörts" in words(shown)
    assert not SMALL.search(" ".join(cells(shown)))
    # no list and no mark can be asked for by a tie
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", koppling="lives")
    assert "stämmer med det du har valt" not in words(shown)


def test_a_period_keeps_what_came_on_both_its_days(decision, reviewer):
    _publish(reviewer, 2)
    day = clock.today().isoformat()
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", fran=day, till=day)
    assert "2 av 2 synpunkter stämmer med det du har valt." in words(shown)
    before = (clock.today() - timedelta(days=1)).isoformat()
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", till=before)
    assert "0 av 2 synpunkter stämmer med det du har valt." in words(shown)


def test_words_in_the_address_that_nobody_knows_ask_for_nothing(decision, reviewer):
    _publish(reviewer, 2)
    wild = {
        "slag": "x",
        "tycker": "y",
        "plats": "z",
        "fran": "q",
        "till": "2999-99-99",
        "tema": "-1",
        "kanal": "brev",
    }
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", **wild)
    assert "stämmer med det du har valt" not in words(shown)


def test_an_area_shows_its_comments_against_how_many_are_affected(decision, reviewer):
    _publish(reviewer, 6)
    shown = open_page(PAGE, id=decision.id, visa="omrade", lager=layers.DESO)
    table = shown.table[0].value
    code = results.comments_by_area(decision.id, layers.DESO).index[0]
    rate = per_affected.per_thousand(decision, layers.DESO)[code]
    assert table["Per 1 000 berörda"].tolist() == [texts.number(rate, decimals=1)]
    assert table["Idé"].tolist() == ["6"]


def test_the_densest_square_is_told_by_a_place_that_people_know(decision, reviewer):
    _publish(reviewer, 3)
    shown = open_page(PAGE, id=decision.id, visa="tathet")
    found = density.squares(decision.id, 500)
    assert found["comments"].sum() == 3
    assert shown.table[0].value["Synpunkter"].tolist() == [str(n) for n in found["comments"]]


def test_the_answer_says_when_it_comes_as_long_as_there_is_none(decision, reviewer):
    shown = open_page(PAGE, id=decision.id, visa="svaret")
    assert "Svaret kommer här senast" in words(shown)
    assert not shown.table


def test_layers_are_laid_on_top_in_the_order_of_the_address(decision, reviewer):
    _publish(reviewer, 7)
    asked = {"ovan": "granser,synpunkter,x", "tacker": "50"}
    shown = open_page(PAGE, id=decision.id, visa="omrade", **asked)
    names = [one["name"] for one in layers_sent(shown)]
    assert names[-2:] == ["granser", "synpunkter"]
    plain_page = open_page(PAGE, id=decision.id, visa="omrade")
    before = {one["name"]: one for one in layers_sent(plain_page)}
    after = {one["name"]: one for one in layers_sent(shown)}
    assert after["antal"]["fill_opacity"] == before["antal"]["fill_opacity"] / 2
    assert "Bostadsområdenas gränser" in "".join(html.proto.body for html in shown.get("html"))
    shown.multiselect(key="resultat.ovanpa").set_value(["avstand"]).run()
    assert shown.query_params["ovan"] in ("avstand", ["avstand"])


@pytest.mark.parametrize("word", overlays.OVERLAYS)
def test_every_layer_on_top_is_drawn_and_explained(decision, word):
    shown = open_page(PAGE, id=decision.id, visa="tystnad", ovan=word)
    plain_page = open_page(PAGE, id=decision.id, visa="tystnad")
    added, before = ({one["name"] for one in layers_sent(page)} for page in (shown, plain_page))
    assert added >= before
    assert added > before or word == "forslaget", "the area of the proposal is there already"
    legend = "".join(html.proto.body for html in shown.get("html"))
    overlay = overlays.OVERLAYS[word]
    assert all(escape(item.words) in legend for item in overlay.items(decision))


def test_a_layer_that_is_there_is_not_drawn_twice(decision, reviewer):
    _publish(reviewer, 7)
    shown = open_page(PAGE, id=decision.id, visa="synpunkter", ovan="synpunkter")
    names = [one["name"] for one in layers_sent(shown)]
    assert names.count("synpunkter") == 1
