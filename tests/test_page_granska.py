"""Review: only for those who may, oldest first, and each act asks again who acts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.comments import comment_answers, submissions
from data.comments import published as comments
from data.decisions import decisions
from data.models import HideReason, PlaceHow, ReviewState, Staff
from data.review import comment_answering, personal_data_hints, review
from pages.shared.session import signed_in
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.page_kit import cells, open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "granska/page.py"
OLD = "Ring mig på 0586-123 45 så berättar jag."
NEW = "Bygg en bänk också."


@pytest.fixture
def as_reviewer(monkeypatch, reviewer):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    return reviewer


@pytest.fixture
def two_waiting(decision):
    submissions.add(
        make_submission(make_comment(text=NEW), key="nyckel-0000000002"),
        at=NOON - timedelta(hours=1),
    )
    submissions.add(make_submission(make_comment(text=OLD)), at=NOON - timedelta(days=3))


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def test_without_signing_in_nothing_is_shown(two_waiting):
    said = words(open_page(PAGE))
    assert "engångslänken" in said
    assert OLD not in said
    assert NEW not in said


def test_somebody_without_the_right_sees_nothing(two_waiting, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Läsare", frozenset({"reader"})))
    said = words(open_page(PAGE))
    assert "inte rätt till den här sidan" in said
    assert OLD not in said


def test_an_empty_queue_says_so(decision, as_reviewer):
    assert "Allt är läst" in words(open_page(PAGE))


def test_the_oldest_stands_first_with_what_may_be_personal_masked(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    said = words(shown)
    assert "2 synpunkter väntar. Den äldsta har väntat 3 dagar." in said
    assert OLD in said
    assert NEW not in said
    masked = review.mask_words(OLD, personal_data_hints.found_in(OLD))
    assert masked in [text.value for text in shown.text]
    assert "0586" not in masked


def test_publishing_masked_keeps_the_original_and_is_logged(two_waiting, as_reviewer, decision):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    assert not shown.exception
    published = comments.published(decision.id)
    assert ["0586" in one.text for one in published] == [False]
    stored = review.get(as_reviewer, published[0].id)
    assert stored is not None
    assert stored.original == OLD
    assert [row.act for row in review.log(as_reviewer, stored.id)] == ["publish_masked"]
    assert "är publicerad med dolda ord" in words(shown)
    assert as_reviewer.name in cells(shown)
    assert NEW in words(shown)


def test_hiding_needs_a_reason(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    hide = next(button for button in shown.button if button.label == "Dölj")
    assert hide.disabled
    reasons = next(radio for radio in shown.radio if radio.label.startswith("Skäl"))
    reasons.set_value(HideReason.PERSONAL_DATA).run()
    shown = _press(shown, "Dölj")
    assert "är dold för andra" in words(shown)
    assert review.count_waiting(as_reviewer) == 1
    acts = review.latest_acts(as_reviewer)
    assert [(row.act, row.reason) for row in acts] == [("hide", HideReason.PERSONAL_DATA.value)]


def test_an_act_after_signing_out_changes_nothing(two_waiting, as_reviewer, monkeypatch):
    shown = open_page(PAGE)
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    shown = _press(shown, "Publicera med dolda ord")
    assert "inte längre inloggad" in words(shown)
    assert review.count_waiting(as_reviewer) == 2


def test_a_read_comment_can_be_opened_and_changed(two_waiting, as_reviewer, decision):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    shown = _press(shown, "Ändra det")
    assert "Den här är redan läst" in words(shown)
    reasons = next(radio for radio in shown.radio if radio.label.startswith("Skäl"))
    reasons.set_value(HideReason.THREAT_OR_HATE).run()
    _press(shown, "Dölj")
    assert not comments.published(decision.id)
    hidden = next(iter(review.latest_acts(as_reviewer, limit=1)))
    found = review.get(as_reviewer, hidden.comment_id)
    assert found is not None
    assert found.state is ReviewState.HIDDEN
    assert found.original == OLD


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mejla kim@example.org.", ["kim@example.org"]),
        ("Jag heter 19900101-1234.", ["19900101-1234"]),
        ("Bilen ABC 123 stod där.", ["ABC 123"]),
        ("Jag bor på Skolgatan 12 B.", ["Skolgatan 12 B"]),
        ("Skolan F-6 har 300 elever.", []),
    ],
)
def test_hints_find_what_may_tell_who_somebody_is(text, found):
    assert personal_data_hints.found_in(text) == found


def test_opening_a_masked_comment_again_keeps_its_masks(decision, as_reviewer):
    new = make_submission(make_comment(text="Smeden och bagaren bor här."))
    submissions.add(new, at=NOON - timedelta(hours=1))
    shown = open_page(PAGE)
    words_to_hide = shown.multiselect[0]
    words_to_hide.set_value(["Smeden"]).run()
    shown = _press(_press(shown, "Publicera med dolda ord"), "Ändra det")
    assert shown.multiselect[0].value == ["Smeden"]
    shown = _press(shown, "Publicera med dolda ord")
    assert [one.text for one in comments.published(decision.id)] == ["[dolt] och bagaren bor här."]


def test_two_reviewers_never_overwrite_each_other_silently(two_waiting, as_reviewer, decision):
    mine, other = open_page(PAGE), open_page(PAGE)
    _press(mine, "Publicera med dolda ord")
    other = _press(other, "Publicera med dolda ord")
    assert "Någon annan hann före" in words(other)
    assert len(review.latest_acts(as_reviewer)) == 1


def test_a_click_that_comes_before_the_masks_are_drawn_still_masks(decision, as_reviewer):
    submissions.add(make_submission(make_comment(text="Smeden bor här.")), at=NOON)
    shown = open_page(PAGE)
    shown.multiselect[0].set_value(["Smeden"])
    _press(shown, "Publicera")
    assert [one.text for one in comments.published(decision.id)] == ["[dolt] bor här."]


def test_the_largest_gap_of_each_open_dialogue_stands_first(decision, as_reviewer):
    shown = open_page(PAGE)
    headings = [heading.value for heading in shown.header]
    assert headings[0] == "Att nå härnäst"
    assert "En lekplats" in [link.label for link in shown.get("page_link")]
    decisions.add(make_decision(id="stangt", closes=NOON.date() - timedelta(days=1)), number=2)
    assert words(open_page(PAGE)).count("Ingen har hörts än.") == 1


@pytest.fixture
def twelve_waiting(decision):
    for n in range(12):
        key = f"nyckel-{n:012}"
        text = f"Synpunkt nummer {n} om något." if n != 3 else "Ring 0586-123 45."
        at = NOON - timedelta(hours=40 - n)
        submissions.add(make_submission(make_comment(text=text), key=key), at=at)


def test_the_queue_is_shown_ten_at_a_time_and_filtered(twelve_waiting, as_reviewer):
    shown = open_page(PAGE)
    queue = next(one for one in shown.radio if one.label.startswith("Väntar"))
    assert len(queue.options) == 10
    shown = _press(shown, "Nästa")
    queue = next(one for one in shown.radio if one.label.startswith("Väntar"))
    assert len(queue.options) == 2
    assert "11–12 av 12" in words(shown)
    shown = next(b for b in shown.checkbox if b.label.startswith("Bara de")).check().run()
    assert "1 synpunkt väntar. Den har väntat 1 dag." in words(shown)
    assert "Kan vara personuppgifter: telefonnummer." in words(shown)


def test_the_way_back_leads_back_also_when_the_queue_has_become_shorter(
    twelve_waiting, as_reviewer
):
    send = [
        submissions.add(
            make_submission(make_comment(text=f"Till {n}"), key=f"nyckel-till-{n:06}"), at=NOON
        )
        for n in range(9)
    ]
    assert len(send) == 9
    shown = _press(_press(open_page(PAGE), "Nästa"), "Nästa")
    assert "21–21 av 21" in words(shown)
    # another official reads one
    review.publish(1, actor=as_reviewer, at=NOON)
    shown = shown.run()
    assert "11–20 av 20" in words(shown)
    assert "1–10 av 20" in words(_press(shown, "Föregående"))


def _tick(shown, *numbers: int):
    shown = next(b for b in shown.toggle if b.label == "Läs flera på en gång").set_value(True).run()
    for number in numbers:
        shown = shown.checkbox(key=f"granska.kryss.{number}").check().run()
    return shown


def test_several_are_published_together_and_taken_back(twelve_waiting, as_reviewer, decision):
    shown = _press(_tick(open_page(PAGE), 1, 2), "Publicera de valda")
    assert "2 synpunkter är publicerade." in words(shown)
    assert comments.count_published(decision.id) == 2
    shown = _press(shown, "Ångra")
    assert "2 synpunkter är som de var." in words(shown)
    assert comments.count_published(decision.id) == 0
    assert review.count_waiting(as_reviewer) == 12
    assert "Ångra" not in [button.label for button in shown.button]


def test_what_may_hold_personal_data_is_never_published_with_others(twelve_waiting, as_reviewer):
    shown = _tick(open_page(PAGE), 1, 4)
    button = next(b for b in shown.button if b.label == "Publicera de valda")
    assert button.disabled
    assert "kan ha personuppgifter" in words(shown)


def test_nothing_is_taken_back_that_somebody_changed_since(two_waiting, as_reviewer, decision):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    number = comments.published(decision.id)[0].id
    review.hide(number, actor=as_reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    shown = _press(shown, "Ångra")
    assert "Någon annan hann före" in words(shown)
    assert not comments.published(decision.id)


def test_keys_are_off_until_asked_for(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    assert {button.proto.shortcut for button in shown.button} == {""}
    shown = next(b for b in shown.toggle if b.label == "Kortkommandon").set_value(True).run()
    keys = {button.label: button.proto.shortcut for button in shown.button}
    assert keys["Publicera med dolda ord"] == "p"
    assert keys["Vänta med den"] == "v"
    assert not {"c", "r"} & set(keys.values())


def test_nearly_the_same_words_and_the_same_sender_stand_beside(decision, as_reviewer):
    same = "Sätt fler bänkar vid lekplatsen så att alla kan vila."
    new = make_submission(make_comment(text=same), make_comment(text="Och ett träd."))
    submissions.add(new, at=NOON - timedelta(hours=3))
    other = make_submission(make_comment(text=same + " Tack!"), key="nyckel-0000000009")
    submissions.add(other, at=NOON)
    shown = open_page(PAGE)
    headings = [heading.value for heading in shown.subheader]
    assert "Nästan samma ord" in headings
    assert "Samma avsändare" in headings
    shown = _press(shown, "Öppna synpunkt 3")
    assert "Synpunkt 3" in [heading.value for heading in shown.header]


def test_an_answer_is_kept_and_shown_under_the_comment_and_on_the_receipt(
    two_waiting, as_reviewer, decision
):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    shown = _press(shown, "Ändra det")
    shown.text_area[0].set_value("Tack, *vi* tar med det.")
    shown = _press(shown, "Spara svaret")
    assert "är sparat" in words(shown)
    public = open_page("forslag.py", id=decision.id)
    assert "Tack, *vi* tar med det." in [text.value for text in public.text]
    assert "Svar från kommunen" in words(public)


def test_a_comment_is_moved_to_another_decision_and_the_receipt_tells(decision, as_reviewer):
    decisions.add(make_decision(id="annat"), number=2)
    receipt = submissions.add(make_submission(make_comment(text=NEW)), at=NOON)
    shown = open_page(PAGE)
    shown.selectbox(key="granska.ratt_forslag.1").set_value("annat").run()
    shown = _press(shown, "Flytta till förslaget")
    assert "Synpunkt 1 är flyttad." in words(shown)
    moved = review.get(as_reviewer, 1)
    assert moved is not None
    assert moved.decision_id == "annat"
    told = open_page("kvitto.py", kod=receipt.code)
    assert "Kommunen har flyttat synpunkten" in words(told)


def test_a_comment_is_moved_to_a_place_that_was_searched_for(decision, as_reviewer):
    submissions.add(make_submission(make_comment(text=NEW)), at=NOON)
    shown = open_page(PAGE)
    shown.text_input(key="granska.ratt_plats.1.sok").set_value("Ekeby").run()
    shown = _press(shown, "Flytta till platsen")
    assert "Synpunkt 1 är flyttad." in words(shown)
    row = review.log(as_reviewer, 1)[-1]
    assert row.act == "move_place"
    assert row.before != row.after


def test_the_whole_log_is_offered_to_planners_only(two_waiting, as_reviewer, monkeypatch):
    assert "Hämta hela loggen" not in words(_press(open_page(PAGE), "Publicera med dolda ord"))
    planner = Staff("Planerare", frozenset({"planner"}))
    monkeypatch.setattr(signed_in, "staff", lambda: planner)
    assert "/granska/logg.csv" in words(open_page(PAGE))


def test_a_comment_is_moved_to_a_neighbourhood_in_the_list(decision, as_reviewer):
    submissions.add(make_submission(make_comment(text=NEW)), at=NOON)
    shown = open_page(PAGE)
    key = "granska.ratt_plats.1"
    shown = shown.button_group(key=f"{key}.satt").set_value("lista").run()
    code = shown.selectbox(key=f"{key}.omrade").options[0]
    shown = shown.selectbox(key=f"{key}.omrade").select(code).run()
    _press(shown, "Flytta till platsen")
    moved = review.get(as_reviewer, 1)
    assert moved is not None
    assert moved.place_how is PlaceHow.NEIGHBOURHOOD


def test_two_who_answer_the_same_comment_do_not_overwrite_each_other(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    (field,) = [one for one in shown.text_area if one.label == "Kommunens svar"]
    comment = int(field.key.rpartition(".")[2])
    comment_answering.add(as_reviewer, comment, "Bänken kommer i maj.", at=NOON)
    field.set_value("Det blir ingen bänk.")
    shown = _press(shown, "Spara svaret")
    assert "Någon annan hann före" in shown.error[0].value
    assert comment_answers.of([comment])[comment].text == "Bänken kommer i maj."
    assert "Bänken kommer i maj." in words(shown)
    (field,) = [one for one in shown.text_area if one.label == "Kommunens svar"]
    assert field.value == "Det blir ingen bänk.", "nothing that was written is lost"
    _press(shown, "Spara svaret")
    assert comment_answers.of([comment])[comment].text == "Det blir ingen bänk."


def test_an_answer_that_is_too_long_is_told_and_kept_in_its_field(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    (field,) = [one for one in shown.text_area if one.label == "Kommunens svar"]
    long = "å" * (comment_answering.ANSWER_MAX + 1)
    field.set_value(long)
    shown = _press(shown, "Spara svaret")
    assert "Svaret är för långt" in shown.error[0].value
    (field,) = [one for one in shown.text_area if one.label == "Kommunens svar"]
    assert field.value == long
