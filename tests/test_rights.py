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
    "answers.answers.differs": REVIEW,
    "answers.answers.draft": REVIEW,
    "answers.answers.publish": PLAN,
    "answers.answers.save_draft": PLAN,
    "output.archive.package": PLAN,
    "geodata.cell_sets.use": PLAN,
    "review.comment_answering.add": REVIEW,
    "planning.drafts.begin": PLAN,
    "planning.drafts.create": PLAN,
    "planning.drafts.discard": PLAN,
    "planning.drafts.get": PLAN,
    "planning.drafts.list_all": PLAN,
    "planning.drafts.preview": PLAN,
    "planning.drafts.set_field": PLAN,
    "output.export_official.tables": ALL,
    "affected.gaps.groups": ALL,
    "affected.gaps.neighbourhoods": ALL,
    "affected.gaps.unlike": ALL,
    "answers.theme_assignment.counts": REVIEW,
    "answers.theme_assignment.gather": REVIEW,
    "answers.theme_assignment.take_out": REVIEW,
    "staff.jobs.cancel": ALL,
    "staff.jobs.find": ALL,
    "staff.jobs.start": ALL,
    "planning.layer_import.add": PLAN,
    "output.log_export.as_csv": PLAN,
    "output.log_export.as_excel": PLAN,
    "output.meeting_notes.of_decision": REVIEW,
    "output.meeting_notes.save": REVIEW,
    "output.meeting_quotes.choose": REVIEW,
    "output.meeting_quotes.words": ALL,
    "output.meetings.changed_since": ALL,
    "output.meetings.fresh": ALL,
    "output.meetings.get": ALL,
    "output.meetings.latest": ALL,
    "output.meetings.take": REVIEW,
    "output.meetings.times": ALL,
    "planning.next_steps.of_all": PLAN,
    "mail.notice_troubles.count_late": PLAN,
    "mail.notice_troubles.let_be": PLAN,
    "mail.notice_troubles.send_again": PLAN,
    "mail.notice_troubles.troubles": PLAN,
    "affected.outreach.add": REVIEW,
    "affected.outreach.of_decision": ALL,
    "planning.own_grids.import_grid": PLAN,
    "planning.publishing.close": PLAN,
    "planning.publishing.publish": PLAN,
    "planning.publishing.versions": PLAN,
    "planning.publishing.withdraw": PLAN,
    "review.registering.are_known": REVIEW,
    "review.entered.batches": REVIEW,
    "review.registering.enter": REVIEW,
    "review.registering.enter_all": REVIEW,
    "review.entered.latest": REVIEW,
    "review.entered.receipts": REVIEW,
    "planning.reach_edit.add_away": PLAN,
    "planning.reach_edit.add_zone": PLAN,
    "planning.reach_edit.remove_away": PLAN,
    "planning.reach_edit.remove_zone": PLAN,
    "planning.reach_edit.set_bands": PLAN,
    "output.report.official": ALL,
    "review.review.count_waiting": REVIEW,
    "review.review.get": REVIEW,
    "review.review.hide": REVIEW,
    "review.review.hide_many": REVIEW,
    "review.review.latest_acts": REVIEW,
    "review.review.log": REVIEW,
    "review.review.publish": REVIEW,
    "review.review.publish_many": REVIEW,
    "review.review.undo": REVIEW,
    "review.review.waiting": REVIEW,
    "review.review_log.latest": REVIEW,
    "review.review_log.of": REVIEW,
    "review.review_move.to_decision": REVIEW,
    "review.review_move.to_place": REVIEW,
    "rights.check_admin": ADMIN,
    "rights.check_planner": PLAN,
    "rights.check_reader": ALL,
    "rights.check_reviewer": REVIEW,
    "review.sender_notes.latest": REVIEW,
    "staff.sessions.sign_out_person": ADMIN,
    "staff.sessions.signed_in": ADMIN,
    "staff.staff_log.of": REVIEW,
    "answers.theme_search.count": REVIEW,
    "answers.theme_search.find": REVIEW,
    "answers.theme_search.of_ids": REVIEW,
    "answers.theme_suggestions.similar": REVIEW,
    "answers.theme_versions.of_theme": REVIEW,
    "answers.themes.add": PLAN,
    "answers.themes.merge": PLAN,
    "answers.themes.of_decision": REVIEW,
    "answers.themes.remove": PLAN,
    "answers.themes.save": PLAN,
    "review.waiting.alike": REVIEW,
    "review.waiting.by_decision": REVIEW,
    "review.waiting.page": REVIEW,
    "review.waiting.queue": REVIEW,
    "review.waiting.same_sender": REVIEW,
}
ROLES = [NOBODY, *(frozenset({role}) for role in rights.ROLES)]


def _acts() -> dict[str, Callable[..., Any]]:
    """Find every public function in `data` that is told who asks."""
    found = {}
    for module in pkgutil.walk_packages(data.__path__, "data."):
        loaded = importlib.import_module(module.name)
        room = module.name.removeprefix("data.")
        for name, act in vars(loaded).items():
            is_own = inspect.isfunction(act) and act.__module__ == loaded.__name__
            if is_own and not name.startswith("_") and "actor" in inspect.signature(act).parameters:
                found[f"{room}.{name}"] = act
    return found


def test_every_page_and_every_act_has_a_rule():
    assert set(addresses.PAGES) == set(PAGES)
    assert set(_acts()) == set(ACTS)


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: "+".join(roles) or "nobody")
def test_each_act_asks_for_the_right_before_anything_else(empty_store, roles: frozenset[str]):
    """The arguments are nonsense: who may not do it must be stopped before they are looked at."""
    actor = Staff("Någon", roles) if roles else None
    acts = _acts()
    open_to_them = {name for name in ACTS if not _is_stopped(acts[name], actor)}
    assert open_to_them == {name for name, may in ACTS.items() if roles & may}


def _is_stopped(do: Callable[..., Any], actor: Staff | None) -> bool:
    parameters = inspect.signature(do).parameters
    given = {name: actor if name == "actor" else object() for name in parameters}
    loose = {name: given.pop(name) for name in parameters if _is_keyword(parameters[name])}
    try:
        do(*given.values(), **loose)
    except rights.NotAllowedError:
        return True
    except Exception:
        return False
    return False


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
