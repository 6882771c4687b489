"""Faults: every kind has a closed set of codes, and every table of sentences has all of them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args, get_type_hints

import pytest

from data import models, rules
from data.affected.outreach import OutreachError
from data.control_socket import RunningError
from data.geodata.shipped import LayerError
from data.mail.mailer import MailError, ServerError
from data.output.meeting_notes import NoteError
from data.planning import commands, file_words, municipality_check
from data.review import register_rows, registering
from data.review.sender_notes import SenderError
from data.staff.identity import IdentityError
from data.staff.limits import TooManyError
from data.store import StoreError, faults
from data.uploads.gis_faults import GisFileError
from data.uploads.table_parts import TableError
from geo.areas import AreaError
from pages.berorda import contact
from pages.granska import acts as granska_acts
from pages.granska import mail as granska_mail
from pages.planera import acts as planera_acts
from pages.planera import area_words
from pages.planera import fields as planera_fields
from pages.planera import words as planera_words
from pages.registrera import words as registrera_words
from pages.shared.widgets import mail_wish, own_comment
from pages.shared.words import words
from pages.synpunkt import check
from pages.synpunkt import filled as form
from pages.teman import acts as teman_acts
from pages.teman import words as teman_words
from pages.web.mote import answering
from pages.web.sign_in import provider
from tests.test_architecture import SOURCES, _module, _tree

# what another process or another computer answered stands in the code
OPEN = (RunningError, ServerError, MailError)
Kind = type[BaseException]


def _words(hint: Any) -> Iterator[str]:
    """Return the words that a type allows; nothing for one that allows any."""
    if isinstance(hint, str):
        yield hint
    for inner in get_args(hint):
        yield from _words(inner)


def codes_of(kind: Kind) -> set[str]:
    """Return the codes that an error of a kind may have, those of the kinds under it too."""
    found = set(_words(get_type_hints(kind).get("code")))
    if not found and isinstance(vars(kind).get("code"), str):
        found = {vars(kind)["code"]}
    return found.union(*(codes_of(under) for under in kind.__subclasses__()))


def _kinds() -> Iterator[Kind]:
    """Return every kind of error that has a code, wherever it stands."""
    for path in SOURCES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                kind = getattr(importlib.import_module(_module(path)), node.name)
                if "code" in get_type_hints(kind) or hasattr(kind, "code"):
                    yield kind


KINDS = list(_kinds())


def test_every_kind_of_error_has_a_closed_set_of_codes():
    assert len(KINDS) > 30
    assert {kind.__name__ for kind in KINDS if not codes_of(kind)} == set()
    initialised = {
        getattr(importlib.import_module(_module(path)), node.name)
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
        if "self.code" in ast.unparse(node)
    }
    assert initialised - set(KINDS) == set(OPEN), "a code that no type closes"


class Table(NamedTuple):
    """The sentences of a place, and the kinds of errors that it tells of.

    `own` are codes that the place itself has; `other` those that are told by a sentence for all the
    rest, and why that is enough.
    """

    sentences: Mapping[str, object]
    kinds: Iterable[Kind]
    own: Iterable[str] = ()
    other: Mapping[str, str] = {}


_DRAWN = "told by `area_words`, where an area is drawn"
_NO_PERSON = "no field of the page can give it"
_NOT_READ = "of `geo.areas.read_area`, which no page asks"
_DRAWING = ("bad_coordinates", "too_big", "too_small", "too_few_corners", "bad_distance")
_DRAWING = (*_DRAWING, "bad_corner")
_AREA = dict.fromkeys(_DRAWING, _DRAWN) | {"not_json": _NOT_READ}
_IN_AREA = {**planera_words.FAULTS, **area_words.OWN_FAULTS}

TABLES = {
    "planning, an act": Table(planera_words.FAULTS, planera_acts.CAUSES, ["not_saved"], _AREA),
    "planning, a field": Table(
        _IN_AREA,
        planera_fields.CAUSES,
        ["not_saved", "field_changed"],
        dict.fromkeys(("unknown_field", "bad_type"), _NO_PERSON) | {"not_json": _NOT_READ},
    ),
    "planning, the area": Table(
        _IN_AREA, (GisFileError, AreaError), ["not_allowed"], {"not_json": _NOT_READ}
    ),
    "commands": Table(file_words.SENTENCES, commands.CAUSES),
    "a municipality's folder": Table(
        municipality_check.SENTENCES,
        (LayerError,),
        other={"unknown_layer": "a layer that the program names wrongly"},
    ),
    "the store": Table(
        faults.SENTENCES,
        (StoreError,),
        other={
            "unusable": "what the operating system will not tell",
            "not_open": "told by whoever asks: pages say that it was not saved",
        },
    ),
    "reviewing": Table(
        granska_acts.FAULTS,
        granska_acts.CAUSES,
        ["not_saved", "not_read", "hints", "reason_missing", "none_ticked"],
        {"refused": "no error is of this kind and of none under it"},
    ),
    "reviewing, mails": Table(granska_mail.FAULTS, granska_mail.CAUSES, ["not_saved"]),
    "themes": Table(
        teman_words.FAULTS,
        teman_acts.CAUSES,
        ["not_saved"],
        {"unknown_language": _NO_PERSON},
    ),
    "entering": Table(
        registrera_words.FAULTS,
        (registering.EntryError, register_rows._FaultError, TableError),
        ["not_saved", "not_allowed", "place_unseen", "paste_missing"],
    ),
    "one's own comment": Table(own_comment.FAULTS, (SenderError, TooManyError), ["not_saved"]),
    "asking for a mail": Table(
        mail_wish.FAULTS,
        mail_wish.CAUSES,
        ["not_saved"],
        dict.fromkeys(codes_of(StoreError) - {"not_saved"}, "the same as when it was not saved"),
    ),
    "a contact": Table(words.OUTREACH_ERRORS, contact.CAUSES, ["not_saved"]),
    "leaving a comment": Table(
        words.ERRORS,
        check.CAUSES,
        [*_words(form.PlaceFault | form.WordsFault | models.ProblemCode), "not_saved"],
        {"refused": "no error is of this kind and of none under it"},
    ),
    "a note of the meeting": Table(
        answering.WHY,
        (NoteError,),
        ["not_saved"],
        dict.fromkeys(("unknown_decision", "unknown_step"), "the page is not found"),
    ),
    "signing in": Table(
        provider.FAULTS,
        (IdentityError,),
        other=dict.fromkeys(
            ("wrong_audience", "expired", "used", "bad_claims"), "to try again is all that helps"
        ),
    ),
}


@pytest.mark.parametrize("place", TABLES)
def test_every_code_has_its_sentence(place):
    table = TABLES[place]
    codes = set().union(*map(codes_of, table.kinds)) | set(table.own)
    assert set(table.other) <= codes, "there is no such code any more"
    assert codes - set(table.sentences) == set(table.other)


def test_a_set_is_read_from_its_type():
    assert codes_of(rules.ReceivedError) == {
        "received_before",
        "received_after",
        "received_in_future",
    }
    assert codes_of(rules.ReceivedError) < codes_of(registering.EntryError)
    assert codes_of(OutreachError) == {"unknown_neighbourhood", "future_day", "too_long"}
    assert codes_of(TooManyError) == {"many_sent"}
