"""The layer of what became of it: the published answer, theme by theme."""

from __future__ import annotations

import pandas as pd

from data import clock
from data.comments import progress
from data.comments.published_answers import Answer, published
from data.enums import Outcome
from data.models import Decision
from pages.resultat.layer_view import Shown, say_persons
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.maps.show import bounds_of
from pages.shared.words.texts import OUTCOME_WORDS, _, and_list, ngettext, number, plain, say_day


def what_became(decision: Decision) -> Shown:
    """Show each theme with what became of it, or say when the answer comes."""
    answer = published(decision.id)
    return Shown(
        sentence=_say_when(decision) if answer is None else _say_outcomes(answer),
        specs=[drawn.decision_area(decision), drawn.pins(decision)],
        items=[drawn.area_item(decision, clock.today()), *drawn.pin_items()],
        table=None if answer is None else _table(answer),
        table_name=_("Teman och vad det blev av dem"),
        notes=[] if answer is None else [_say_other(answer)] if answer.other else [],
        bounds=bounds_of(decision.area, margin=1.5),
        read_more={"svar": _("Läs hela svaret")},
        data="" if answer is None else addresses.themes(decision.id),
    )


def _say_when(decision: Decision) -> str:
    today = clock.today()
    stands = progress.of(decision, today)
    if stands.promised_on is None:
        return _("Svaret är inte klart än. Det kommer här när beslutet är fattat.")
    day = say_day(stands.promised_on, today=today)
    if stands.is_overdue:
        return _("Svaret skulle ha kommit {day}, men är försenat.").format(day=day)
    return _("Svaret kommer här senast {day}. Då får du veta vad synpunkterna ledde till.").format(
        day=day
    )


def _say_outcomes(answer: Answer) -> str:
    counted = {
        outcome: sum(theme.outcome is outcome for theme in answer.themes) for outcome in Outcome
    }
    parts = [
        f"{_(OUTCOME_WORDS[outcome]).lower()} {number(n)}" for outcome, n in counted.items() if n
    ]
    said = ngettext(
        "Kommunen har svarat på {n} tema: {parts}.",
        "Kommunen har svarat på {n} teman: {parts}.",
        len(answer.themes),
    )
    return said.format(n=number(len(answer.themes)), parts=and_list(parts))


def _say_other(answer: Answer) -> str:
    return ngettext(
        "{n} synpunkt handlar om något annat och står inte under något tema.",
        "{n} synpunkter handlar om något annat och står inte under något tema.",
        answer.other,
    ).format(n=number(answer.other))


def _table(answer: Answer) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Synpunkter"): [number(theme.comments) for theme in answer.themes],
            _("Personer, ungefär"): [say_persons(theme.persons) for theme in answer.themes],
            _("Vad det blev"): [_(OUTCOME_WORDS[theme.outcome]) for theme in answer.themes],
            _("Kommunens svar"): [plain(theme.answer) for theme in answer.themes],
        },
        index=pd.Index([plain(theme.title) for theme in answer.themes], name=_("Tema")),
    )
