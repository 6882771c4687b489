"""The layers about the place and its people: the decision, the affected, and the silence."""

from __future__ import annotations

from functools import partial

import pandas as pd

from data import clock
from data.affected import participation
from data.decisions import impact_zones
from data.geodata import layers
from data.models import Decision
from geo import representation
from pages.resultat import participants
from pages.resultat.layer_view import Shown, say_nothing, say_persons
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.show import bounds_of
from pages.shared.words import affected_words
from pages.shared.words.texts import (
    HEARD_WORDS,
    TYPE_WORDS,
    _,
    and_list,
    body_name,
    language,
    ngettext,
    number,
    percent,
    plain,
    say_period,
)

NAMED = 3


def the_decision(decision: Decision) -> Shown:
    """Show where the decision is and what it is."""
    today = clock.today()
    text = decision.text(language())
    rows = {
        _("Plats"): text.place,
        _("Gäller"): _(TYPE_WORDS[decision.type]),
        _("Bestämmer"): body_name(decision.body),
        _("Tid för synpunkter"): say_period(decision.opens, decision.closes),
    }
    return Shown(
        sentence=text.summary,
        specs=[drawn.decision_area(decision)],
        items=[drawn.area_item(decision, today)],
        table=pd.DataFrame(
            {_("Uppgift"): [plain(value) for value in rows.values()]},
            index=pd.Index(rows.keys(), name=_("Förslaget")),
        ),
        table_name=_("Fakta om förslaget"),
        bounds=bounds_of(decision.area, margin=1.0),
        data=addresses.decision(decision.id, version=decision.version, language=language()),
    )


def the_affected(decision: Decision, layer: str) -> Shown:
    """Show how many people live where the decision is felt, the largest number first."""
    by = affected_words.PEOPLE
    rows = affected_words.ordered(decision, layer, by)
    most = affected_words.most_affected(rows)
    details = []
    if impact_zones.bands_of(decision) is not None and not most.empty:
        top = most.iloc[0]
        details.append(
            _("Flest berörda bor i {name}. {reason}").format(
                name=plain(top["name"]), reason=affected_words.reason(top, decision)
            )
        )
    today = clock.today()
    return Shown(
        sentence=affected_words.headline(decision),
        details=details,
        specs=[
            affected_words.layer_spec(rows, layer, by),
            *drawn.bands(decision),
            drawn.decision_area(decision, fill_opacity=0.45),
        ],
        items=[
            drawn.area_item(decision, today),
            *drawn.band_items(decision),
            *affected_words.items(by, rows),
        ],
        table=_short(rows),
        table_name=_("Berörda områden, flest personer först"),
        notes=[
            _("Grov uppskattning. Bygger på var människor bor, inte på vad de tycker."),
            _("Berörda, vägt: den som bor närmast räknas helt, den som bor längre bort mindre."),
        ],
        read_more={"berorda": _("Läs mer om berörda områden")},
        data=addresses.affected(decision.id, layer, version=decision.version),
    )


def _short(rows: pd.DataFrame) -> pd.DataFrame:
    people = affected_words.people
    return pd.DataFrame(
        {
            _("Alla i närheten"): [people(count) for count in rows["within"]],
            _("Berörda, vägt"): [people(count) for count in rows["affected"]],
            _("Andel"): [affected_words.share_words(share) for share in rows["share"]],
        },
        index=pd.Index(rows["name"].map(plain), name=_("Område")),
    )


def the_silence(decision: Decision) -> Shown:
    """Show where people are affected but fewer than expected, or nobody, has been heard."""
    found = participation.public(decision)
    found = found[found["word"] != participation.NOT_AFFECTED]
    order = [participation.SILENT, representation.FEWER]
    found = found.assign(
        first=[order.index(w) if w in order else len(order) for w in found["word"]]
    )
    found = found.sort_values(["first", "affected"], ascending=[True, False])
    today = clock.today()
    nobody = bool((found["word"] == participation.SILENT).all())
    return Shown(
        sentence=say_nothing(decision) if nobody else _say_silence(found),
        details=[] if nobody else _say_fewer(found),
        specs=[_heard_spec(found), drawn.decision_area(decision, fill_opacity=0)],
        items=[
            drawn.area_item(decision, today)._replace(fill="none"),
            *drawn.heard_items().values(),
        ],
        table=pd.DataFrame(
            {
                _("Jämfört med väntat"): [_(HEARD_WORDS[said]) for said in found["word"]],
                _("Hörda personer, ungefär"): [say_persons(n) for n in found["persons"]],
                _("Berörda, vägt"): [affected_words.people(n) for n in found["affected"]],
            },
            index=pd.Index(found["name"].map(plain), name=_("Område")),
        ),
        table_name=_("Vilka områden som har hörts, de tystaste först"),
        notes=[
            _(
                "Tystnad betyder inte att allt är bra. Den säger bara att ingen har hörts, och "
                "var kommunen behöver fråga fler."
            ),
            _(
                "Väntat: områdets del av alla som berörs, gånger alla som har hörts. Vi säger "
                "färre eller fler bara när skillnaden är större än slumpen, med {share} säkerhet."
            ).format(share=percent(0.95)),
            _(
                "Vi räknar personer där de bor, om de har sagt det. Annars räknar vi efter "
                "platsen som deras synpunkter gäller."
            ),
        ],
        after=partial(participants.show, decision),
        data=addresses.results(decision.id, layers.DESO),
    )


def _heard_spec(found: pd.DataFrame) -> LayerSpec:
    said = {str(code): str(said) for code, said in found["word"].items()}
    signs = {code: drawn.heard_items()[word] for code, word in said.items()}
    return LayerSpec(
        addresses.areas(layers.DESO),
        name="tystnad",
        property="code",
        fills={code: sign.color for code, sign in signs.items() if sign.fill == "solid"},
        hatch_values=tuple(code for code, sign in signs.items() if sign.fill == "hatch"),
        dot_values=tuple(code for code, sign in signs.items() if sign.fill == "dots"),
        weight=1.2,
        fill_opacity=0.75,
        tooltip=(("name", ""), ("code", "")),
        words={
            str(code): _(HEARD_WORDS[said[str(code)]]) if str(code) in said else _("berörs knappt")
            for code in layers.frame(layers.DESO).index
        },
    )


def _say_silence(found: pd.DataFrame) -> str:
    silent = found[found["word"] == participation.SILENT]
    if silent.empty:
        return _("Någon har hörts från varje område som berörs. Ändå har inte alla gjort det.")
    return _("Ingen har hörts från {places}, fast människor där berörs.").format(
        places=_names(silent)
    )


def _say_fewer(found: pd.DataFrame) -> list[str]:
    fewer = found[found["word"] == representation.FEWER]
    if fewer.empty:
        return []
    return [_("Färre än väntat har hörts från {places}.").format(places=_names(fewer))]


def _names(rows: pd.DataFrame) -> str:
    # a name that lists districts holds commas of its own
    names = [plain(name.replace(", ", "/")) for name in rows["name"].head(NAMED)]
    more = len(rows) - len(names)
    if more:
        names.append(ngettext("{n} område till", "{n} områden till", more).format(n=number(more)))
    return and_list(names)
