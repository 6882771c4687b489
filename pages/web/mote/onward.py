"""The screens about what becomes of it: what officials propose, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from data.enums import Outcome
from data.models import Phase
from data.output.meeting_state import Content, MeetingDecision, MeetingTheme
from pages.shared.widgets import contact
from pages.shared.words.texts import OUTCOME_WORDS, _, and_list, language, ngettext, number
from pages.web.mote.markup import (
    Screen,
    empty,
    paragraph,
    part,
    piece,
    points,
    say,
)

# the step of the way in which residents are told what became of it
FEEDBACK = "feedback"
# a sign beside each word: told by both, never by colour alone
SIGNS = {Outcome.MET: "✓", Outcome.PARTLY: "◐", Outcome.NOT_MET: "✕"}


def the_proposal(content: Content) -> Screen:
    """Show what officials propose for each theme: what becomes of it, the answer and the reason."""
    found = content.themes
    if not found:
        said = _("När synpunkterna är samlade i teman skriver tjänstepersoner ett svar på varje.")
        by = content.decision.answer_on
        more = [_say_answer(content)] if by else []
        return Screen(_("Det finns inget förslag till svar än."), empty(said, *more), _role())
    cards = piece("cards", [_card(one) for one in found])
    return Screen(_say_outcomes(found), cards, _standing(content))


def _role() -> str:
    return _("Det är politikerna som väger ihop allt och bestämmer.")


def _standing(content: Content) -> str:
    if content.themes_from == "draft":
        return _("Tjänstepersonernas utkast. Det är inte publicerat, och politikerna bestämmer.")
    answer = content.answer
    if answer is None:
        return _role()
    return _("Svaret publicerades {day}.").format(day=say(answer.published_on))


def _card(theme: MeetingTheme) -> Markup:
    outcome = theme.outcome
    paragraphs = [theme.answer or _("Svaret är inte skrivet än.")]
    if theme.reason:
        paragraphs.append(_("Skäl: {reason}").format(reason=theme.reason))
    return piece(
        "card",
        theme.title,
        "" if outcome is None else outcome.value,
        "" if outcome is None else SIGNS[outcome],
        _("Inget förslag än") if outcome is None else _(OUTCOME_WORDS[outcome]),
        paragraphs,
    )


def _say_outcomes(found: Sequence[MeetingTheme]) -> str:
    total = len(found)
    counts = {one: sum(t.outcome is one for t in found) for one in Outcome}
    done = sum(counts.values())
    if done < total:
        return ngettext(
            "{n} av {all} tema har ett förslag till svar.",
            "{n} av {all} teman har ett förslag till svar.",
            total,
        ).format(n=number(done), all=number(total))
    parts = [
        words.format(n=number(counts[one]))
        for one, words in (
            (Outcome.MET, _("{n} tillgodosett")),
            (Outcome.PARTLY, _("{n} delvis")),
            (Outcome.NOT_MET, _("{n} inte")),
        )
        if counts[one]
    ]
    themes = ngettext("{n} tema", "{n} teman", total).format(n=number(total))
    return _("{themes}: {outcomes}.").format(themes=themes, outcomes=and_list(parts))


def the_way_on(content: Content) -> Screen:
    """Show what residents are told and when, and where we are now."""
    decision = content.decision
    is_answered = content.answer is not None
    steps = [
        _phase(phase, content.on, is_late=phase.code == FEEDBACK and not is_answered)
        for phase in decision.phases
    ]
    told = points(
        [
            _("Ett svar på varje tema, med skäl. Alla läser det på sidan Så här blev det."),
            _("Den som har en kvittokod ser svaret på sin egen synpunkt."),
            _("Den som har bett om det får ett mejl när svaret finns."),
        ]
    )
    when = piece("way", steps) if steps else paragraph(_("Inga dagar är satta än."))
    body = part(_("Det här händer"), when) + part(_("Det här får invånarna veta"), told)
    return Screen(_say_answer(content), piece("parts", body) + _ask(decision), "")


def _ask(decision: MeetingDecision) -> Markup:
    """Say whom to ask; the number is a link that calls it."""
    # what is put into markup is escaped, unless it is markup
    asked = escape(_("Frågor: {role}, {phone}, {mail}")).format(
        role=decision.contact_role,
        phone=contact.phone_link(decision.contact_phone),
        mail=decision.contact_email,
    )
    return piece("caveat", asked)


def _phase(phase: Phase, on: date, *, is_late: bool) -> tuple[str, str, str, str]:
    titles = phase.titles
    title = titles.get(language(), titles["sv"])
    kind, said = "", ""
    if phase.ends < on:
        # a day that has passed does not make a promise kept
        kind, said = ("", _("Försenat")) if is_late else ("klart", _("Klart"))
    elif phase.starts <= on:
        kind, said = "nu", _("Här är vi nu")
    when = say(phase.starts)
    if phase.ends != phase.starts:
        when = f"{when}–{say(phase.ends)}"
    return kind, said, title, when


def _say_answer(content: Content) -> str:
    answer, decision = content.answer, content.decision
    if answer is not None:
        return _("Svaret är publicerat sedan {day}. Alla kan läsa det.").format(
            day=say(answer.published_on)
        )
    promised = decision.answer_on
    if promised is None:
        return _("Det finns ingen dag för svaret än.")
    if promised < content.on:
        return _("Svaret skulle ha kommit {day}. Det är försenat.").format(day=say(promised))
    return _("Alla som har skrivit får svar {day}.").format(day=say(promised))
