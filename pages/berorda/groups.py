"""Which groups live near, in all and in each area; and who is affected without living there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.affected import affected
from data.geodata import demography
from data.models import Decision
from pages.shared import frame
from pages.shared.words import affected_words as words
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import _, and_list, number, percent, plain

CHOSEN = "berorda.grupp"
# a share this many times the municipality's is said in words
MORE = 1.2


def show(decision: Decision, layer: str) -> None:
    """Show the groups beside the order, never inside it."""
    found = affected.summary(decision)
    if found.within >= words.LEAST:
        _show_all(found)
        _show_by_area(decision, layer)
    _show_away(decision)


def _show_all(found: affected.Summary) -> None:
    everyone = found.everyone
    frame.heading(_("Grupper i kommunen") if everyone else _("Grupper som bor i närheten"))
    if not everyone:
        st.markdown(say_more_common(found))
    names, columns = [], {_("Ungefärligt antal"): [], _("Andel"): []}  # type: ignore[var-annotated]
    if not everyone:
        columns |= {_("I hela kommunen"): [], _("Jämfört med kommunen"): []}
    for group in found.groups:
        names.append(_(words.GROUPS[group.code]))
        few = group.within < words.LEAST
        row = [
            _("färre än 5") if few else number(group.within),
            words.NOTHING if few or group.share is None else percent(group.share),
            percent(group.municipality_share),
            words.short_ratio(None if few else group.ratio),
        ]
        for column, value in zip(columns.values(), row, strict=False):
            column.append(value)
    st.table(
        pd.DataFrame(columns, index=pd.Index(names, name=_("Grupp"))),
        border="horizontal",
        alt=_("Grupper i närheten jämfört med hela kommunen"),
    )
    st.caption(
        _(
            "Grupperna visas för sig och påverkar inte ordningen. Vi räknar som om "
            "varje grupp bor lika utspritt som alla andra i sitt statistikområde. En person kan "
            "höra till "
            "flera grupper. Utländsk bakgrund: född utomlands, eller båda föräldrarna är det. Låg "
            "ekonomisk standard: inkomst under 60 procent av landets mittersta inkomst. "
            "Källa: SCB."
        )
    )


def say_more_common(found: affected.Summary) -> str:
    """Say in words which groups are more common here than in the municipality."""
    more = [
        _("{group} ({n} gånger så stor andel)").format(
            group=_(words.GROUPS[group.code]).lower(), n=number(group.ratio, decimals=1)
        )
        for group in sorted(found.groups, key=lambda one: -(one.ratio or 0))
        if group.ratio is not None and group.ratio >= MORE and group.within >= words.LEAST
    ]
    if not more:
        return _("Grupperna är ungefär lika vanliga här som i hela kommunen.")
    return _("Vanligare här än i hela kommunen: {groups}.").format(groups=and_list(more))


def _show_by_area(decision: Decision, layer: str) -> None:
    with st.expander(_("En grupp i varje område")):
        group = st.selectbox(
            _("Grupp"),
            list(demography.GROUPS),
            format_func=lambda code: _(words.GROUPS[code]),
            key=CHOSEN,
        )
        rows = words.ordered(decision, layer, words.PEOPLE)
        st.table(
            by_area(decision, layer, str(group), rows),
            border="horizontal",
            alt=_("En grupp i varje område"),
        )
        st.caption(
            _(
                "Andel: hur stor del av dem som bor inom avstånden i området. Antalen är "
                "uppskattningar, avrundade till närmaste tiotal."
            )
        )


def by_area(decision: Decision, layer: str, group: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return one group in the areas of `rows`, in their order."""
    own = affected.public_groups(decision, layer).xs(group, level="group").loc[rows.index]
    columns = {
        heading: [words.people(count) for count in own[band]]
        for heading, band in impact_zone_words.headings(decision)
    }
    columns[_("Tillsammans")] = [words.people(count) for count in own["within"]]
    columns[_("Andel")] = [words.share_words(share) for share in own["share"]]
    columns[_("Jämfört med kommunen")] = [words.short_ratio(ratio) for ratio in own["ratio"]]
    return pd.DataFrame(columns, index=pd.Index(rows["name"].map(plain), name=_("Område")))


def _show_away(decision: Decision) -> None:
    if not decision.away:
        return
    frame.heading(_("Berörs utan att bo här"))
    table = pd.DataFrame(
        {
            _("Ungefärligt antal"): [_persons(group.persons) for group in decision.away],
            _("Varför"): [plain(group.reason) for group in decision.away],
            _("Källa"): [plain(group.source) for group in decision.away],
        },
        index=pd.Index([plain(group.name) for group in decision.away], name=_("Grupp")),
    )
    st.table(table, border="horizontal", alt=_("Grupper som berörs utan att bo i närheten"))


def _persons(count: int | None) -> str:
    return _("vet inte") if count is None else words.people(count)
