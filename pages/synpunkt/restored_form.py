"""What the browser kept of a form: read back with distrust, since anyone can change it there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from data.comments import submissions
from data.geodata import layers
from data.models import COMMENTS_MAX, ELSEWHERE, TEXT_MAX, AgeBand, Kind, PlaceHow, Relation, Stance
from data.written import UNSEEN_FACTOR, as_sent
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Comment, Filled, Step

Word = TypeVar("Word", bound=StrEnum)

# a text that is too long is kept, so that it can be shortened
KEPT_MAX = TEXT_MAX * UNSEEN_FACTOR
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def restored(draft: Mapping[str, object] | None) -> Filled | None:
    """Return a form from what the browser kept, or None when nothing in it is ours."""
    if draft is None:
        return None
    comments, key = draft.get("comments"), draft.get("key")
    if not isinstance(comments, list) or not comments or not _is_key(key):
        return None
    own = [_comment(one) for one in comments[:COMMENTS_MAX] if isinstance(one, dict)]
    if not own:
        return None
    at = draft.get("at")
    return Filled(
        key=str(key),
        comments=own,
        at=at if isinstance(at, int) and type(at) is int and 0 <= at < len(own) else 0,
        step=_step(draft.get("step")),
        relation=_word(Relation, draft.get("relation")),
        age=_word(AgeBand, draft.get("age")),
        home=_home(draft.get("home")),
        mapless=draft.get("mapless") is True,
        receipt=_receipt(draft.get("receipt")),
        elsewhere=draft.get("elsewhere") is True,
    )


def _comment(kept: Mapping[str, object]) -> Comment:
    how = _word(PlaceHow, kept.get("how"))
    lon, lat = _degrees(kept.get("lon"), 180), _degrees(kept.get("lat"), 90)
    deso = kept.get("deso")
    if how is PlaceHow.PIN and (lon is None or lat is None):
        how = None
    if how is PlaceHow.NEIGHBOURHOOD and not (isinstance(deso, str) and deso):
        how = None
    is_pin = how is PlaceHow.PIN
    return Comment(
        how=how,
        lon=lon if is_pin else None,
        lat=lat if is_pin else None,
        deso=str(deso) if how is PlaceHow.NEIGHBOURHOOD else None,
        words=_text(kept.get("words")),
        far_ok=kept.get("far_ok") is True,
        kind=_word(Kind, kept.get("kind")),
        stance=_word(Stance, kept.get("stance")),
        text=_text(kept.get("text")),
    )


def _step(value: object) -> Step:
    known: tuple[Step, ...] = (form.PLACE, form.WORDS, form.ABOUT, form.CHECK)
    return next((step for step in known if step == value), form.PLACE)


def _is_key(value: object) -> bool:
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def _word(words: type[Word], value: object) -> Word | None:
    return words(value) if isinstance(value, str) and value in set(words) else None


def _home(value: object) -> str | None:
    known = {ELSEWHERE, *layers.frame(layers.DESO).index}
    return value if isinstance(value, str) and value in known else None


def _text(value: object) -> str:
    # a browser may have cut a sign in half
    return as_sent(value[:KEPT_MAX]) if isinstance(value, str) else ""


def _degrees(value: object, most: float) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or abs(value) > most:  # type: ignore[arg-type]
        return None
    return float(value)  # type: ignore[arg-type]


def _receipt(value: object) -> str | None:
    """Return a code that looks like one of ours; the page of the code finds out the rest."""
    if not isinstance(value, str):
        return None
    code = submissions.read_code(value)
    return code if len(code) == submissions.RECEIPT_LENGTH + 1 else None
