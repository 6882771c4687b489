"""Role × page × act: a page or an act without a rule here fails."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

import data
from data import rights
from data.models import Staff
from pages.shared import addresses, frame
from pages.shared.session import signed_in
from tests.page_kit import open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")

NOBODY: frozenset[str] = frozenset()
EVERYBODY = None
# page -> the roles that may open it
PAGES: dict[str, frozenset[str] | None] = {
    "overview": EVERYBODY,
    "forslag": EVERYBODY,
    "synpunkt": EVERYBODY,
    "kvitto": EVERYBODY,
    "berorda": EVERYBODY,
    "resultat": EVERYBODY,
    "metod": EVERYBODY,
    "om": EVERYBODY,
    "tillganglighet": EVERYBODY,
    "personuppgifter": EVERYBODY,
    "svar": EVERYBODY,
    "registrera": frozenset({"reviewer", "planner", "admin"}),
    "teman": frozenset({"reviewer", "planner", "admin"}),
    "granska": frozenset({"reviewer", "planner", "admin"}),
    "planera": frozenset({"planner", "admin"}),
    "rapport": frozenset({"reviewer", "planner", "politician", "admin"}),
}
ALL = frozenset({"reviewer", "planner", "politician", "admin"})
REVIEW = frozenset({"reviewer", "planner", "admin"})
PLAN = frozenset({"planner", "admin"})
ADMIN = frozenset({"admin"})
# act (module.function in data) -> the roles that may do it
ACTS: dict[str, frozenset[str]] = {
    "answers.differs": REVIEW,
    "answers.draft": REVIEW,
    "answers.publish": PLAN,
    "answers.save_draft": PLAN,
    "archive.package": PLAN,
    "cell_sets.use": PLAN,
    "comment_answering.add": REVIEW,
    "drafts.begin": PLAN,
    "drafts.create": PLAN,
    "drafts.discard": PLAN,
    "drafts.get": PLAN,
    "drafts.list_all": PLAN,
    "drafts.preview": PLAN,
    "drafts.set_field": PLAN,
    "export_official.tables": ALL,
    "gaps.groups": ALL,
    "gaps.neighbourhoods": ALL,
    "gathering.counts": REVIEW,
    "gathering.gather": REVIEW,
    "gathering.take_out": REVIEW,
    "jobs.cancel": ALL,
    "jobs.find": ALL,
    "jobs.start": ALL,
    "layer_import.add": PLAN,
    "log_export.as_csv": PLAN,
    "log_export.as_excel": PLAN,
    "meeting_notes.of_decision": REVIEW,
    "meeting_notes.save": REVIEW,
    "meeting_quotes.choose": REVIEW,
    "meeting_quotes.words": ALL,
    "meetings.changed_since": ALL,
    "meetings.fresh": ALL,
    "meetings.get": ALL,
    "meetings.latest": ALL,
    "meetings.take": REVIEW,
    "meetings.times": ALL,
    "next_steps.of_all": PLAN,
    "notice_troubles.count_late": PLAN,
    "notice_troubles.let_be": PLAN,
    "notice_troubles.send_again": PLAN,
    "notice_troubles.troubles": PLAN,
    "outreach.add": REVIEW,
    "outreach.of_decision": ALL,
    "own_grids.import_grid": PLAN,
    "publishing.close": PLAN,
    "publishing.publish": PLAN,
    "publishing.versions": PLAN,
    "publishing.withdraw": PLAN,
    "registering.are_known": REVIEW,
    "entered.batches": REVIEW,
    "registering.enter": REVIEW,
    "registering.enter_all": REVIEW,
    "entered.latest": REVIEW,
    "entered.receipts": REVIEW,
    "reach_edit.add_away": PLAN,
    "reach_edit.add_zone": PLAN,
    "reach_edit.remove_away": PLAN,
    "reach_edit.remove_zone": PLAN,
    "reach_edit.set_bands": PLAN,
    "report.official": ALL,
    "review.count_waiting": REVIEW,
    "review.get": REVIEW,
    "review.hide": REVIEW,
    "review.hide_many": REVIEW,
    "review.latest_acts": REVIEW,
    "review.log": REVIEW,
    "review.publish": REVIEW,
    "review.publish_many": REVIEW,
    "review.undo": REVIEW,
    "review.waiting": REVIEW,
    "review_log.latest": REVIEW,
    "review_log.of": REVIEW,
    "review_move.to_decision": REVIEW,
    "review_move.to_place": REVIEW,
    "rights.check_admin": ADMIN,
    "rights.check_planner": PLAN,
    "rights.check_reader": ALL,
    "rights.check_reviewer": REVIEW,
    "sender_notes.latest": REVIEW,
    "staff.sign_out_person": ADMIN,
    "staff.signed_in": ADMIN,
    "staff_log.of": REVIEW,
    "theme_search.count": REVIEW,
    "theme_search.find": REVIEW,
    "theme_search.of_ids": REVIEW,
    "theme_suggestions.similar": REVIEW,
    "theme_versions.of_theme": REVIEW,
    "themes.add": PLAN,
    "themes.merge": PLAN,
    "themes.of_decision": REVIEW,
    "themes.remove": PLAN,
    "themes.save": PLAN,
    "waiting.alike": REVIEW,
    "waiting.by_decision": REVIEW,
    "waiting.page": REVIEW,
    "waiting.queue": REVIEW,
    "waiting.same_sender": REVIEW,
}
ROLES = [NOBODY, *(frozenset({role}) for role in rights.ROLES)]


def _acts() -> dict[str, Callable[..., Any]]:
    """Find every public function in `data` that is told who asks."""
    found = {}
    for module in pkgutil.iter_modules(data.__path__):
        if module.name in {"gis_worker", "commands"}:
            continue
        loaded = importlib.import_module(f"data.{module.name}")
        for name, act in vars(loaded).items():
            is_own = inspect.isfunction(act) and act.__module__ == loaded.__name__
            if is_own and not name.startswith("_") and "actor" in inspect.signature(act).parameters:
                found[f"{module.name}.{name}"] = act
    return found


def test_every_page_and_every_act_has_a_rule():
    assert set(addresses.PAGES) == set(PAGES)
    assert set(_acts()) == set(ACTS)


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: "+".join(roles) or "nobody")
@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_asks_for_the_right_before_anything_else(
    empty_store, act: str, roles: frozenset[str]
):
    """The arguments are nonsense: who may not do it must be stopped before they are looked at."""
    do = _acts()[act]
    actor = Staff("Någon", roles) if roles else None
    parameters = inspect.signature(do).parameters
    given = {name: object() for name in parameters if name != "actor"}
    is_positional = next(iter(parameters)) == "actor"

    def attempt() -> None:
        positional = parameters["actor"].kind is not inspect.Parameter.KEYWORD_ONLY
        loose = {n: v for n, v in given.items() if _is_keyword(parameters[n])}
        rest = [v for n, v in given.items() if not _is_keyword(parameters[n])]
        if positional:
            args = [actor, *rest] if is_positional else [*rest, actor]
            do(*args, **loose)
        else:
            do(*rest, actor=actor, **loose)

    if roles & ACTS[act]:
        try:
            attempt()
        except rights.NotAllowedError:
            pytest.fail(f"{sorted(roles)} may not do {act}, but shall")
        except Exception:
            return
        return
    with pytest.raises(rights.NotAllowedError):
        attempt()


def _is_keyword(parameter: inspect.Parameter) -> bool:
    return parameter.kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: "+".join(roles) or "nobody")
@pytest.mark.parametrize("page", [name for name, may in PAGES.items() if may is not None])
def test_a_page_for_officials_opens_for_its_roles_only(
    decision, monkeypatch, page: str, roles: frozenset[str]
):
    actor = Staff("Någon", roles) if roles else None
    monkeypatch.setattr(signed_in, "staff", lambda: actor)
    shown = open_page(frame.file_of(page).rpartition("pages/")[2], id=decision.id)
    said = words(shown)
    may = bool(roles & (PAGES[page] or NOBODY))
    assert ("har inte rätt till den här sidan" in said) == (actor is not None and not may)
    assert ("Den här sidan är för kommunens personal." in said) == (actor is None)
