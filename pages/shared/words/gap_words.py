"""Who is affected but has not been heard, in words for officials."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.affected import participation
from data.geodata import demography
from data.models import AgeBand
from geo import representation
from pages.shared.words.affected_words import GROUPS, NOTHING, short_ratio
from pages.shared.words.texts import HEARD_WORDS, _, number, plain, say_short_date, word

_LEFT = (participation.SILENT, representation.FEWER)


def say_largest(rows: pd.DataFrame) -> str:
    """Say where most people are left to hear; `rows` come from `gaps.neighbourhoods`."""
    if rows["heard"].sum() == 0 and not rows.empty:
        most = rows.sort_values("affected", ascending=False).iloc[0]
        return _("Ingen har hörts än. Flest berörda bor i {name}.").format(name=plain(most["name"]))
    left = rows[rows["word"].isin(_LEFT)]
    if left.empty:
        return _("Inget område som berörs har hörts tydligt mindre än väntat.")
    top = left.iloc[0]
    return _(
        "Störst lucka: {name}. Vi väntade oss {expected} personer och har hört {heard}."
    ).format(name=plain(top["name"]), expected=number(top["expected"]), heard=number(top["heard"]))


def neighbourhoods(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `data.affected.gaps.neighbourhoods` as a table."""
    return pd.DataFrame(
        {
            _("Berörda, vägt"): [number(n) for n in rows["affected"]],
            _("Väntade"): [number(n) for n in rows["expected"]],
            _("Hörda"): [number(n) for n in rows["heard"]],
            _("Varav bor där"): [number(n) for n in rows["by_home"]],
            _("Saknas"): [number(n) for n in rows["missing"]],
            _("Jämfört med väntat"): [_(HEARD_WORDS[str(said)]) for said in rows["word"]],
            _("Senast kontaktad"): [day_words(day) for day in rows["contacted"]],
        },
        index=pd.Index(rows["name"].map(plain), name=_("Område")),
    )


def groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `data.affected.gaps.groups` as a table; a dash where nobody is asked."""
    return pd.DataFrame(
        {
            _("Bor i närheten, ungefär"): [_count(n) for n in rows["living"]],
            _("Jämfört med kommunen"): [short_ratio(ratio) for ratio in rows["ratio"]],
            _("Väntade"): [_count(n) for n in rows["expected"]],
            _("Hörda"): [_count(n) for n in rows["heard"]],
            _("Jämfört med väntat"): [
                _("frågas inte") if pd.isna(said) else _(HEARD_WORDS[str(said)])
                for said in rows["word"]
            ],
            _("Senast kontaktad"): [day_words(day) for day in rows["contacted"]],
        },
        index=pd.Index([plain(group_name(str(group))) for group in rows.index], name=_("Grupp")),
    )


def group_name(group: str) -> str:
    """Name a group: an age band, another group of the statistics, or one that is away."""
    if group in demography.AGE_GROUPS:
        return word(AgeBand(group))
    return _(GROUPS[group]) if group in GROUPS else group


def day_words(day: date | None) -> str:
    """Say a day, or a dash."""
    return NOTHING if day is None or pd.isna(day) else say_short_date(day)


def say_contacted(day: date | None) -> str:
    """Say when somebody was there last."""
    if day is None or pd.isna(day):
        return _("Inte kontaktad än.")
    return _("Senast kontaktad {day}.").format(day=say_short_date(day))


def _count(value: float) -> str:
    return NOTHING if pd.isna(value) else number(value)
