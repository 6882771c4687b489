"""What the municipality has promised, as a check of one dialogue: ticked by what is written.

The promises are those of *Medborgardialog, kvalitetsåtagande*; the fields are what each needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.models import DecisionType
from data.planning.draft_fields import Value, value_of

# promise -> the fields that keep it, in the order in which people read them
PROMISES: dict[str, tuple[str, ...]] = {
    "heard": ("sv.title", "type", "sv.summary", "sv.can_influence", "sv.cannot_influence"),
    "basis": ("body", "sv.who_decides", "sv.ladder", "sv.dialogue_decision", "decision_on"),
    "informed": ("opens", "closes", "sv.place", "area", "phases", "contact_role", "contact_phone"),
    "ways": ("sv.ways",),
    "easy": ("sv.easy_read",),
    "facts": ("sv.facts", "sv.money", "sv.children"),
    "affected": ("sv.groups",),
    "answer": ("answer_on",),
}
# a decision that concerns the whole municipality has no area of its own
_WITHOUT_AREA = DecisionType.MUNICIPALITY.value


@dataclass(frozen=True)
class Promise:
    """One promise: kept, or with the fields that are missing, and what is wrong in the others.

    `wrong` holds ``closes_before_opens`` or ``answer_before_closes``.
    """

    code: str
    missing: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Tell whether nothing is missing or wrong."""
        return not self.missing and not self.wrong


def check(sheet: Mapping[str, Value]) -> list[Promise]:
    """Return each promise with what is missing for it."""
    return [
        Promise(
            code,
            tuple(field for field in fields if not _is_filled(sheet, field)),
            _wrong(sheet, code),
        )
        for code, fields in PROMISES.items()
    ]


def is_kept(sheet: Mapping[str, Value]) -> bool:
    """Tell whether all promises are kept, so that the decision may be published."""
    return all(promise.is_kept for promise in check(sheet))


def _is_filled(sheet: Mapping[str, Value], field: str) -> bool:
    if field == "area" and value_of(sheet, "type") == _WITHOUT_AREA:
        return True
    return bool(value_of(sheet, field))


def _wrong(sheet: Mapping[str, Value], code: str) -> tuple[str, ...]:
    # ISO dates stand in the order of time as texts
    opens, closes = str(value_of(sheet, "opens")), str(value_of(sheet, "closes"))
    answer = str(value_of(sheet, "answer_on"))
    if code == "informed" and opens and closes and closes < opens:
        return ("closes_before_opens",)
    if code == "answer" and closes and answer and answer < closes:
        return ("answer_before_closes",)
    return ()
