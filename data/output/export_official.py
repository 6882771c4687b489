"""What officials can take away of a decision: the public tables, with themes and contacts.

Small numbers are hidden and texts masked as in the public ones: the same functions give them.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from data.geodata import layers
from data.models import Decision, Staff
from data.output import export_tables, report
from data.output.export_tables import Table
from data.output.report import Report

_CONTACT = ["done_on", "whom", "form", "result"]


def tables(actor: Staff | None, decision: Decision, *, at: datetime) -> list[Table]:
    """Return the tables for an official; drafts of themes only to who may read them.

    Raises
    ------
    data.rights.NotAllowedError
    """
    found = report.official(actor, decision, at=at)
    by_name = {table.name: table for table in export_tables.public(decision, at=at)}
    said = by_name["synpunkter"]
    titles = {one.id: one.title for one in found.themes}
    sorted_now = export_tables.with_themes(said.rows, found.themes_of, titles)
    by_name["synpunkter"] = Table(said.name, said.about, sorted_now)
    by_name["teman"] = Table("teman", "Teman, som de är skrivna nu", _themes(found))
    about = "När kommunen har sökt upp människor"
    by_name["kontakter"] = Table("kontakter", about, _contacts(found))
    made = list(by_name.values())
    export_tables.check(made)
    return made


def _themes(found: Report) -> pd.DataFrame:
    rows = [
        {
            "theme": one.title,
            "summary": one.summary,
            "answer": one.answer,
            "outcome": one.outcome.value if one.outcome else None,
            "reason": one.reason,
            "theme_comments": one.comments,
            "theme_persons": one.persons,
        }
        for one in found.themes
    ]
    frame = pd.DataFrame(rows, columns=export_tables.THEME)
    return frame.astype({"theme_persons": "Int64"})


def _contacts(found: Report) -> pd.DataFrame:
    names = layers.frame(layers.DESO)["name"].to_dict()
    rows = [
        {
            "done_on": one.done_on.isoformat(),
            "whom": names.get(one.whom, one.whom),
            "form": one.form.value,
            "result": one.result,
        }
        for one in found.outreach
    ]
    return pd.DataFrame(rows, columns=_CONTACT)
