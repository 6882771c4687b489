"""Most affected: words, map and table say the same, and nothing finer than the data bear."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from shapely.geometry import MultiPolygon, box

from data.affected import affected, gaps, outreach
from data.decisions import decisions
from data.geodata import layers
from data.models import AwayGroup, DecisionType, Zone, ZoneKind
from pages.berorda import groups
from pages.shared.maps import palette
from pages.shared.session import signed_in
from pages.shared.words import affected_words, texts
from tests.conftest import SQUARE, make_decision
from tests.page_kit import cells, open_page, words

PAGE = "berorda/page.py"
# forest in the far south-west, where the cells have no people
EMPTY = MultiPolygon([box(458_000, 6_570_000, 458_200, 6_570_200)])


@pytest.fixture(autouse=True)
def swedish():
    known = texts._spoken.set("sv")
    yield
    texts._spoken.reset(known)


def _numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text.replace(texts.THIN, ""))]


@given(some.floats(min_value=0, max_value=1e6))
def test_people_are_said_in_tens_and_never_as_one_to_four(count):
    texts._spoken.set("sv")
    said = affected_words.people(count)
    if 0 < count < 5:
        assert said == "färre än 5"
    else:
        assert _numbers(said)[0] % 10 == 0
        assert abs(_numbers(said)[0] - count) <= 5


def test_a_missing_count_is_said_in_words():
    assert affected_words.people(None) == "färre än 5"
    assert affected_words.share_words(None) == "–"
    assert affected_words.ratio_words(None) == "–"


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.58, "1,6 gånger så stor andel som i kommunen"),
        (1.04, "ungefär samma andel som i kommunen"),
        (0.4, "mindre andel än i kommunen"),
    ],
)
def test_a_ratio_is_said_in_words(ratio, said):
    assert affected_words.ratio_words(ratio) == said


def test_an_unknown_decision_is_said_plainly(empty_store):
    assert "Vi hittar inte förslaget" in words(open_page(PAGE, id="finns-inte"))


def test_the_page_says_how_many_and_that_it_is_rough(decision):
    shown = open_page(PAGE, id=decision.id)
    said = words(shown)
    assert affected_words.headline(decision) in said
    assert "grov uppskattning" in said
    assert "inte på vad de tycker" in said
    assert "E18" in said
    assert "EXEMPEL" in said


@pytest.mark.parametrize("layer", affected_words.LAYERS)
@pytest.mark.parametrize("by", affected_words.ORDERS)
def test_table_and_map_put_each_area_in_the_same_class(decision, layer, by):
    rows = affected_words.ordered(decision, layer, by)
    printed = affected_words.table(rows, decision, by)
    spec = affected_words.layer_spec(rows, layer, by)
    breaks = affected_words.SHARE_BREAKS if by == "andel" else affected_words.PEOPLE_BREAKS
    column = "Andel" if by == "andel" else "Berörda, vägt"
    for code, said in zip(rows.index, printed[column], strict=True):
        if code not in spec.fills:
            assert code in spec.hatch_values
            continue
        value = (_numbers(said) or [0])[0] if "mindre" not in said else 0
        step = sum(value > edge for edge in breaks)
        assert spec.fills[code] == palette.RAMP[step], (code, said)


def test_the_two_orders_follow_their_own_column(decision):
    by_share = affected_words.ordered(decision, layers.VALDISTRIKT, "andel")
    by_people = affected_words.ordered(decision, layers.VALDISTRIKT, "antal")
    assert by_share["rank_share"].is_monotonic_increasing
    assert by_people["rank_people"].is_monotonic_increasing
    assert set(by_share.index) == set(by_people.index)


def test_the_cards_are_the_first_rows_of_the_table(decision):
    shown = open_page(PAGE, id=decision.id, ordning="antal")
    table = shown.table[0].value
    said = words(shown)
    for place, name in enumerate(table.index[:3], start=1):
        assert f"**{place}. {texts.plain(name)}**" in said


def test_no_table_prints_a_figure_of_one_to_four_people(decision):
    shown = open_page(PAGE, id=decision.id)
    people = [*shown.table[0].value.columns[5:], "Berörda, vägt"]
    for cell in shown.table[0].value[people].to_numpy().ravel():
        assert not set(_numbers(cell.replace("färre än 5", ""))) & {1, 2, 3, 4}, cell


def test_where_nobody_lives_the_page_says_so(empty_store):
    decision = make_decision(area=EMPTY, near_m=100.0, middle_m=200.0, far_m=300.0)
    assert affected.summary(decision).within == 0
    decisions.add(decision, number=1)
    said = words(open_page(PAGE, id=decision.id))
    assert "bor ingen inom 300 m" in said


def test_a_decision_for_everyone_compares_groups_only(empty_store):
    everyone = make_decision(type=DecisionType.MUNICIPALITY, near_m=None, middle_m=None, far_m=None)
    decisions.add(everyone, number=1)
    shown = open_page(PAGE, id=everyone.id)
    assert f"30{texts.THIN}127" not in words(shown)
    assert f"30{texts.THIN}130 personer" in words(shown)
    # the groups, and one group in each area; no table that puts areas in order
    assert all("Ordning" not in table.value.columns for table in shown.table)
    assert "Barn, 0–15 år" in cells(shown)


def test_an_unknown_order_or_layer_in_the_address_gives_the_usual_one(decision):
    shown = open_page(PAGE, id=decision.id, ordning="x", lager="ruta")
    usual = open_page(PAGE, id=decision.id)
    assert shown.table[0].value.equals(usual.table[0].value)


def test_the_gap_list_is_not_for_everyone(decision):
    assert "Att nå härnäst" not in words(open_page(PAGE, id=decision.id))


def test_an_official_sees_the_gaps_and_notes_a_contact(decision, reviewer, at_noon, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    shown = open_page(PAGE, id=decision.id)
    assert "Att nå härnäst" in words(shown)
    noted = next(field for field in shown.text_area if field.label == "Vad det gav")
    noted.set_value("Vi stod vid affären. {{7*7}}")
    save = next(button for button in shown.button if button.label == "Spara kontakten")
    shown = save.click().run()
    assert not shown.exception
    assert "Kontakten är sparad." in words(shown)
    assert "Vi stod vid affären. {{7*7}}" in [text.value for text in shown.text]
    assert [note.actor for note in outreach.of_decision(reviewer, decision.id)] == ["Granskare"]


def test_a_contact_after_signing_out_is_refused(decision, reviewer, at_noon, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    shown = open_page(PAGE, id=decision.id)
    save = next(button for button in shown.button if button.label == "Spara kontakten")
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    shown = save.click().run()
    assert "Att nå härnäst" not in words(shown)
    assert outreach.of_decision(reviewer, decision.id) == []


def test_officials_see_groups_and_that_nobody_is_asked_for_background(
    decision, reviewer, at_noon, monkeypatch
):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    shown = open_page(PAGE, id=decision.id)
    table = next(t.value for t in shown.table if "Bor i närheten, ungefär" in t.value.columns)
    assert "Personer med utländsk bakgrund" in list(table.index)
    assert table.loc["Personer med utländsk bakgrund", "Jämfört med väntat"] == "frågas inte"


def test_the_list_to_print_has_each_area_with_its_meeting_places(
    decision, reviewer, at_noon, monkeypatch
):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    shown = open_page(PAGE, id=decision.id, visa="lista")
    rows = gaps.neighbourhoods(reviewer, decision)
    headings = [heading.value.replace("\\", "") for heading in shown.subheader]
    for place, name in enumerate(rows["name"], start=1):
        assert f"{place}. {name}" in headings
    assert "Skola" in words(shown)


def test_the_list_to_print_is_not_for_everyone(decision):
    shown = open_page(PAGE, id=decision.id, visa="lista")
    assert "Bara du som är inloggad" in words(shown)
    assert not shown.table


def test_one_group_in_each_area_says_what_the_figures_say(decision):
    shown = open_page(PAGE, id=decision.id, lager="deso")
    table = next(t.value for t in shown.table if "Tillsammans" in t.value.columns)
    children = affected.public_groups(decision, "deso").xs("0-15", level="group")
    names = affected.public(decision, "deso")["name"]
    for code, row in children[children["within"] > 0].iterrows():
        printed = table.loc[names[code], "Tillsammans"]
        assert printed.replace(texts.THIN, "") == str(row["within"])


def test_who_is_affected_without_living_there_is_told_with_reason_and_source(empty_store):
    pupils = AwayGroup("Elever", 240, "De går i skolan", "Skolan, läsåret 2026/27")
    others = AwayGroup("Besökare", None, "De kommer till parken", "Ingen vet")
    decisions.add(make_decision(away=(pupils, others)), number=1)
    printed = cells(open_page(PAGE, id="lekplats"))
    for word in ("Elever", "240", "De går i skolan", "Besökare", "vet inte"):
        assert word in printed


def test_contours_are_said_by_their_names(empty_store):
    near, far = SQUARE.buffer(400), SQUARE.buffer(900)
    zones = (Zone(ZoneKind.NEAR, "60 dBA", near), Zone(ZoneKind.FAR, "55 dBA", far))
    decisions.add(make_decision(zones=zones), number=1)
    shown = open_page(PAGE, id="lekplats")
    said = words(shown)
    assert "i zon 1" in said
    assert "Zon 2" not in said
    assert "inom 200 m" not in said
    assert "Kommunen har ritat zoner" in said
    assert "Zon 1 (60 dBA)" in cells(shown)


def test_groups_are_told_in_words_before_numbers(decision):
    found = affected.summary(decision)
    said = groups.say_more_common(found).replace("\u202f", "")
    for group in found.groups:
        named = affected_words.GROUPS[group.code].lower() in said
        assert named == (group.ratio is not None and group.ratio >= groups.MORE)
