"""What is written is kept to the letter, and shown by one function that nothing can hide in."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from data import store
from data.answers import theme_search
from data.comments import published, submissions
from data.decisions import decisions
from data.models import PLACE_WORDS_MAX, TEXT_MAX, Channel, Kind, PlaceHow, problem_code
from data.review import personal_data_hints, registering, review, sender_notes, waiting
from data.review.registering import Entry
from data.written import as_sent, clean_text, fault_of, is_blank, isolated, with_marks
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.page_kit import open_page, words

# what the eye reads, and so what is shown as it was written
READABLE = {
    "braces": "{{7*7}} ${alert(1)} </script> `hej` =1+1",
    "swedish": "å ä ö\n\nrad två",
    "a tab": "10\t20\t30",
    "persian": "می\u200cخواهم خانه\u200cای بسازم",
    "hindi": "क्\u200dष",
    "sinhala": "ශ්\u200dරී ලංකා",
    "a family": "👨\u200d👩\u200d👧\u200d👦",
    "a fire brigade": "👩🏽\u200d🚒",
    "a heart": "❤\ufe0f\u200d🔥",
    "a head that shakes": "🙂\u200d↔\ufe0f",
    "a flag of colours": "🏳\ufe0f\u200d🌈",
    "a flag in unseen letters": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "newer than our tables": "\U0001fae8 \U0001fae9 \U0001fac6",
    "a keycap": "1\ufe0f\u20e3",
    "a chosen form": "葛\U000e0100飾区",
    "hebrew with a mark": "שלום\u200f!",
    "of a font of one's own": "\uf0b7 punkt",
}
# written -> shown
CHANGED = {
    "word's line break": ("rad\x0brad", "rad\nrad"),
    "next line": ("rad\x85rad", "rad\nrad"),
    "form feed": ("rad\x0crad", "rad\nrad"),
    "a line separator": ("rad\u2028rad\u2029rad", "rad\nrad\nrad"),
    "a control between figures": ("10\x1f20\x9630", "10 20 30"),
    "a turned text": ("\u202eabc\u202c", "abc"),
    "an isolate": ("\u2067a\u2069 \u2066b", "a b"),
    "a mark where nothing goes from right to left": ("a\u200e\u061cb", "ab"),
    "zero width": ("An\u200bna\ufeff \u00adLi\u2060nd", "Anna Lind"),
    "a joiner that joins nothing": ("An\u200dna 811218\u200c-9876", "Anna 811218-9876"),
    "hidden letters": ("hej\U000e0068\U000e0065", "hej"),
    "a name of nothing": ("\u3164Kim\uffa0", "Kim"),
    "no characters": ("a\ufffe\U0010ffffb", "ab"),
    "apart": ("a\u030angstro\u0308m", "ångström"),
    "room at the ends": ("  hej \n\n\n\n då \n", "hej\n\n då"),
}
UNSEEN = ["\u200b", "\u202e\u2066", "\u200d", "\ufe0f", "\x00\x07", " \n\t ", "\u3164", "\u2800"]
# signs that change what stands beside them come often
WILD = some.text(
    some.characters(exclude_categories=())
    | some.sampled_from("\r\n\t\x0b\x0c\x85\x00\x1f a1å")
    | some.sampled_from("\u200b\u200c\u200d\u200e\u200f\u061c\u202e\u2067\u2069\ufe0f\u0301\u034f")
    | some.sampled_from(
        "אب\u06ccक\u094d🏴\U000e0067\U000e007f\U0001fae8\U0001f3fb\ufa19\u1100\u1161"
    )
)


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE)
def test_what_a_person_can_read_is_shown_as_it_was_written(text):
    assert clean_text(text) == text
    assert with_marks(text) == text
    assert not is_blank(text)


@pytest.mark.parametrize(("written", "shown"), CHANGED.values(), ids=CHANGED)
def test_nothing_unseen_is_shown_and_no_words_are_joined(written, shown):
    assert clean_text(written) == shown
    assert as_sent(written) == written


@given(WILD)
def test_half_a_sign_alone_is_changed_and_nothing_else(text):
    kept = as_sent(text)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert kept == _line_ends(whole)
    assert kept.encode().decode() == kept


@settings(max_examples=1_000)
@given(WILD)
def test_what_is_shown_stays_as_it_is(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=1_000)
@given(WILD)
def test_nothing_that_is_shown_turns_or_hides_a_text(text):
    shown = set(clean_text("a\u202e\u2066\u200b\ufeff\x00" + text)) - set("\n\t")
    assert not {c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}}
    assert not shown & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


@given(WILD)
def test_an_official_sees_every_sign_that_others_do_not(text):
    marked = with_marks(text)
    hidden = [
        c for c in as_sent(text) if unicodedata.category(c) in {"Cf", "Cc"} and c not in "\n\t"
    ]
    shown = clean_text(text)
    for sign in set(hidden) - set(shown) - set("\x0b\x0c\x85"):
        assert f"⟦U+{ord(sign):04X}⟧" in marked


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_text_that_nobody_can_see_is_empty(text):
    assert is_blank(text)
    with pytest.raises(ValidationError) as refused:
        make_comment(text=text)
    assert problem_code(refused.value) == "empty"


@pytest.mark.parametrize("text", ["\U0001fae8", ".", "ه", "1\ufe0f\u20e3", "\uf0b7"], ids=ascii)
def test_one_sign_that_can_be_seen_is_not_empty(text):
    assert make_comment(text=text).text == text


def test_what_is_counted_is_what_can_be_seen():
    assert fault_of("👍" * TEXT_MAX, TEXT_MAX) is None
    assert fault_of("a" * TEXT_MAX + "\u200b  \n\n", TEXT_MAX) is None
    assert fault_of("a\u030a" * TEXT_MAX, TEXT_MAX) is None
    assert fault_of("a" * (TEXT_MAX + 1), TEXT_MAX) == "too_long"
    # but nobody fills the store with what cannot be seen
    assert fault_of("a" + "\u200b" * TEXT_MAX * 10, TEXT_MAX) == "too_long"


def test_words_among_others_turn_nothing_around_them():
    assert isolated("Vid gungorna") == "Vid gungorna"
    assert isolated("حديقة 5") == "\u2068حديقة 5\u2069"


# ---- from sending to what everyone reads ------------------------------------------------------


_numbers = itertools.count(1)


def _send(text: str, place: str = "") -> str:
    comment = make_comment(text=text, place_words=place)
    key = f"nyckel-{next(_numbers):012d}"
    return submissions.add(make_submission(comment, key=key), at=NOON).code


def _stored(code: str):
    found = submissions.by_receipt(code)
    assert found is not None
    return found[1][0]


@pytest.fixture(scope="module")
def one_store() -> Iterator[None]:
    store.open_store(store.IN_MEMORY)
    decisions.add(make_decision(), number=1)
    yield
    store.close_store()


@pytest.mark.usefixtures("one_store")
@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(WILD.filter(lambda text: fault_of(text, TEXT_MAX) is None), WILD)
def test_the_original_is_what_was_sent_and_the_public_text_what_was_shown(text, place):
    place = place[:PLACE_WORDS_MAX]
    one = _stored(_send(text, place))
    assert one.original == as_sent(text)
    assert one.public_text == one.shown == clean_text(text)
    assert not one.is_masked
    with store.cursor() as cursor:
        row = cursor.execute("SELECT place_words FROM comments WHERE id = $1", [one.id]).fetchone()
    assert row == (as_sent(place),)


@pytest.mark.parametrize("text", [*READABLE.values(), *(w for w, _ in CHANGED.values())], ids=ascii)
def test_publishing_masking_and_undoing_work_on_what_is_shown(decision, reviewer, text):
    number = _stored(_send(f"{text} Kim {text}")).id
    whole = clean_text(f"{text} Kim {text}")
    review.publish(number, actor=reviewer, at=NOON)
    (public,) = published.published(decision.id)
    assert public.text == whole
    masked = review.mask_words(whole, ["Kim"])
    row = review.publish(number, actor=reviewer, at=NOON, public_text=masked)
    (public,) = published.published(decision.id)
    assert public.text == masked != whole
    assert review.masked_parts(whole, masked) == ["Kim"]
    review.undo([row], actor=reviewer, at=NOON)
    (public,) = published.published(decision.id)
    assert public.text == whole
    found = review.get(reviewer, number)
    assert found is not None
    assert found.original == f"{text} Kim {text}"


NUMBERS = [
    "811218-9876",
    "8112\u200d18-98\u200b76",
    "811218\t9876",
    "811218\t-\t9876",
    "8\t1\t1\t2\t1\t8\t9\t8\t7\t6",
    "81 12 18-98 76",
    "19811218\n9876",
    "8\u20e31\u20e31\u20e32\u20e31\u20e38\u20e3-9\u20e38\u20e37\u20e36\u20e3",
    "８１１２１８－９８７６".replace("－", "-"),
    "811218\u00ad\u20609876",
    "811\x001218\x0b9876".replace("811\x001", "811\x00"),
]


@pytest.mark.parametrize("number", NUMBERS, ids=ascii)
def test_a_personal_number_is_found_and_masked_however_it_is_spread(decision, reviewer, number):
    one = _stored(_send(f"Jag är {number} och bor här."))
    sorts = {hint.kind for hint in personal_data_hints.found(one.shown)}
    assert personal_data_hints.HintKind.PERSONAL_NUMBER in sorts
    masked = review.mask_words(one.shown, personal_data_hints.found_in(one.shown))
    assert masked == "Jag är [dolt] och bor här."


def test_figures_that_are_no_personal_number_are_left_alone():
    for text in (
        "10\t20\t30",
        "Ring 0586-123 45.",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "2026-11-30 12:00",
    ):
        found = {hint.kind for hint in personal_data_hints.found(text)}
        assert personal_data_hints.HintKind.PERSONAL_NUMBER not in found


def test_texts_that_look_the_same_are_alike_whatever_cannot_be_seen(decision, reviewer):
    first = _stored(_send("Bygg en lekplats vid skolan."))
    other = _stored(_send("Bygg\ten lek\u200bplats\x0bvid sko\u00adlan.\u202e"))
    (alike,) = waiting.alike(reviewer, first)
    assert (alike.comment.id, alike.likeness) == (other.id, 1.0)


def test_a_theme_is_looked_for_in_the_words_that_are_shown(decision, reviewer):
    number = _stored(_send("Fler trä\u00add och a\u030aror, tack")).id
    review.publish(number, actor=reviewer, at=NOON)
    for asked in ("träd", "åror", "a\u030aror", "tra\u0308d\u200b"):
        found = theme_search.find(reviewer, decision.id, theme_search.ThemeFilter(words=asked))
        assert [one.id for one in found] == [number], asked


ROW = Entry(text="10\t20", channel=Channel.LETTER, received_on=date(2026, 11, 20), kind=Kind.IDEA)


def test_a_row_that_is_entered_is_kept_to_the_letter_and_known_by_what_it_shows(decision, reviewer):
    rows = [ROW, replace(ROW, text="می\u200cخواهم"), replace(ROW, text="a\x0bb\x85c")]
    assert registering.enter_all(reviewer, decision.id, rows, at=NOON) == 3
    assert [one.original for one in review.waiting(reviewer)] == [row.text for row in rows]
    again = [replace(ROW, text="10\t20\u200b\r\n"), replace(ROW, text="a\nb\nc")]
    assert registering.are_known(reviewer, decision.id, again) == [True, True]
    assert registering.are_known(reviewer, decision.id, [replace(ROW, text="1020")]) == [False]


def test_what_is_added_to_a_comment_is_kept_to_the_letter_too(decision):
    code = _send("Hej")
    number = _stored(code).id
    sender_notes.add(code, number, "10\t20\x0b30\u200d\U0001fae8 ", at=NOON)
    with store.cursor() as cursor:
        row = cursor.execute("SELECT body FROM sender_notes").fetchone()
    assert row == ("10\t20\x0b30\u200d\U0001fae8 ",)
    assert [note.text for note in sender_notes.of(number)] == ["10\t20\n30\U0001fae8"]
    with pytest.raises(sender_notes.SenderError) as refused:
        sender_notes.add(code, number, "\u200b", at=NOON)
    assert refused.value.code == "empty"


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("text", ["10\t20\x0b\U0001fae8\u202e!", *READABLE.values()], ids=ascii)
def test_step_four_shows_the_very_words_that_are_published(decision, reviewer, text):
    shown = open_page("synpunkt/page.py", id=decision.id)

    def press(label: str):
        return next(button for button in shown.button if button.label == label).click().run()

    shown = press("Jag vill inte använda kartan")
    shown = press("Det gäller ingen särskild plats")
    for radio, answer in zip(shown.radio, ("idea", "for"), strict=True):
        radio.set_value(answer)
    shown.text_area[0].set_value(text)
    shown = press("Nästa")
    shown = press("Hoppa över")
    approved = [piece.value for piece in shown.text]
    shown = press("Skicka till kommunen")
    code = shown.metric[0].value
    one = _stored(code)
    assert one.original == text
    review.publish(one.id, actor=reviewer, at=NOON)
    (public,) = published.published(decision.id)
    assert approved == [public.text]
    assert public.text in words(open_page("kvitto.py", kod=code))
    assert one.place_how is PlaceHow.NONE
