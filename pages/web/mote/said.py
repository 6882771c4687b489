"""The screens about what was said and what becomes of it: themes, map, proposal, and the way on."""

from __future__ import annotations

from typing import Any

from data.kinds import Outcome
from pages.shared import comment_counts
from pages.shared.texts import OUTCOME_WORDS, _, and_list, language, ngettext, number
from pages.web.mote import picture
from pages.web.mote.about import say_nothing
from pages.web.mote.markup import (
    Screen,
    bar,
    day,
    empty,
    esc,
    paragraph,
    part,
    persons,
    points,
    say,
)

# the step of the way in which residents are told what became of it
FEEDBACK = "feedback"
# a sign beside each word: told by both, never by colour alone
SIGNS = {Outcome.MET: "✓", Outcome.PARTLY: "◐", Outcome.NOT_MET: "✕"}


def the_themes(content: dict[str, Any], words: dict[int, str]) -> Screen:
    """Show what the comments are about, and a few of them in their own words."""
    found = content["themes"]
    caveat = _("Antal säger inte hur viktigt något är. Det här är inte en omröstning.")
    if not found:
        return Screen(_say_themes(content), empty(_without_themes(content)), caveat)
    largest = max(one["comments"] for one in found)
    rows = "".join(
        f'<li><a href="#tema-{one["id"]}">{esc(one["title"])}</a>'
        f"{bar(one['comments'], largest)}<span>{esc(_say_count(one))}</span></li>"
        for one in found
    )
    if content["other"]:
        said = ngettext(
            "{n} synpunkt handlar om något annat.",
            "{n} synpunkter handlar om annat.",
            content["other"],
        )
        rows += f"<li>{esc(said.format(n=number(content['other'])))}</li>"
    quotes = content["quotes"]
    told = "".join(_theme(one, quotes.get(str(one["id"]), []), words) for one in found)
    name = esc(_("Teman med citat"))
    body = f'<ol class="teman">{rows}</ol>'
    body += f'<div class="citat" role="region" aria-label="{name}">{told}</div>'
    return Screen(_say_themes(content), f'<div class="tva">{body}</div>', caveat)


def _theme(theme: dict[str, Any], quotes: list[int], words: dict[int, str]) -> str:
    said = paragraph(theme["summary"] or _("Sammanfattningen är inte skriven än."))
    for comment in quotes:
        if comment in words:
            said += f"<blockquote>{paragraph(words[comment])}</blockquote>"
        else:
            said += _gone(_("Citatet har tagits bort."))
    if not quotes:
        said += _gone(_("Inga citat är valda."))
    return f'<section id="tema-{theme["id"]}"><h3>{esc(theme["title"])}</h3>{said}</section>'


def _gone(words: str) -> str:
    return f'<p class="borta">{esc(words)}</p>'


def _say_count(theme: dict[str, Any]) -> str:
    comments = ngettext("{n} synpunkt", "{n} synpunkter", theme["comments"])
    said = comments.format(n=number(theme["comments"]))
    if theme["persons"] is None:
        return said + ", " + _("för få svar")
    return _("{comments}, ungefär {persons} personer").format(
        comments=said, persons=persons(theme["persons"])
    )


def _say_themes(content: dict[str, Any]) -> str:
    found, total = content["themes"], content["heard"]["comments"]
    if not total:
        return say_nothing(content)
    most = max((one["comments"] for one in found), default=0)
    if not most:
        return ngettext(
            "{n} synpunkt har kommit in. Den är inte sorterad i teman än.",
            "{n} synpunkter har kommit in. De är inte sorterade i teman än.",
            total,
        ).format(n=number(total))
    names = [one["title"] for one in found if one["comments"] == most]
    if len(names) == 1:
        said = _("Flest synpunkter handlar om {theme}: {n} av {all}.")
    elif len(names) == 2:
        said = _("Flest synpunkter handlar om {theme}: {n} var, av {all}.")
    else:
        said = _("Synpunkterna är utspridda. Inget tema har fler än {n} av {all}.")
    return said.format(theme=and_list(names[:2]), n=number(most), all=number(total))


def _without_themes(content: dict[str, Any]) -> str:
    if not content["heard"]["comments"]:
        return _("När synpunkter har kommit in sorteras de i teman. De visas sedan här.")
    return _("Nästa steg: tjänstepersoner läser synpunkterna och samlar dem i teman.")


def the_place(content: dict[str, Any]) -> Screen:
    """Show on the map where the comments are about, with the same figures as a table."""
    rows = [row for row in content["areas"] if row["comments"]]
    silent = len(content["areas"]) - len(rows)
    missing = content["heard"]["comments"] - content["heard"]["placed"]
    caveats = [_("Personer visas avrundade, och inte alls när de är färre än fem.")]
    if missing:
        said = ngettext(
            "{n} synpunkt gäller ingen särskild plats.",
            "{n} synpunkter gäller ingen särskild plats.",
            missing,
        )
        caveats.append(said.format(n=number(missing)))
    if silent and rows:
        said = _(
            "Ingen har tyckt till om {n} av {all} områden. Det betyder inte att allt är bra där."
        )
        caveats.append(said.format(n=number(silent), all=number(len(content["areas"]))))
    heading = _say_most(content)
    return Screen(heading, picture.draw(content, heading), " ".join(caveats))


def _say_most(content: dict[str, Any]) -> str:
    total = content["heard"]["comments"]
    if not total:
        return say_nothing(content)
    return comment_counts.say_most(
        {row["name"]: row["comments"] for row in content["areas"]}, total
    )


def the_proposal(content: dict[str, Any]) -> Screen:
    """Show what officials propose for each theme: what becomes of it, the answer and the reason."""
    found = content["themes"]
    if not found:
        said = _("När synpunkterna är samlade i teman skriver tjänstepersoner ett svar på varje.")
        by = content["decision"]["answer_on"]
        more = [_say_answer(content)] if by else []
        return Screen(_("Det finns inget förslag till svar än."), empty(said, *more), _role())
    cards = "".join(_card(one) for one in found)
    return Screen(_say_outcomes(found), f'<div class="kort">{cards}</div>', _standing(content))


def _role() -> str:
    return _("Det är politikerna som väger ihop allt och bestämmer.")


def _standing(content: dict[str, Any]) -> str:
    if content["themes_from"] == "draft":
        return _("Tjänstepersonernas utkast. Det är inte publicerat, och politikerna bestämmer.")
    answer = content["answer"]
    if answer is None:
        return _role()
    return _("Svaret publicerades {day}.").format(day=say(answer["published_on"]))


def _card(theme: dict[str, Any]) -> str:
    if theme["outcome"] is None:
        words = esc(_("Inget förslag än"))
        mark = f'<p class="utfall">{words}</p>'
    else:
        outcome = Outcome(theme["outcome"])
        words = esc(_(OUTCOME_WORDS[outcome]))
        mark = (
            f'<p class="utfall {outcome.value}"><span aria-hidden="true">{SIGNS[outcome]}</span> '
            f"{words}</p>"
        )
    said = paragraph(theme["answer"] or _("Svaret är inte skrivet än."))
    if theme["reason"]:
        reason = _("Skäl: {reason}").format(reason=theme["reason"])
        said += paragraph(reason)
    return f"<section><h3>{esc(theme['title'])}</h3>{mark}{said}</section>"


def _say_outcomes(found: list[dict[str, Any]]) -> str:
    total = len(found)
    counts = {one: sum(t["outcome"] == one.value for t in found) for one in Outcome}
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


def the_way_on(content: dict[str, Any]) -> Screen:
    """Show what residents are told and when, and where we are now."""
    decision = content["decision"]
    is_answered = content["answer"] is not None
    steps = "".join(
        _phase(phase, content["on"], is_late=phase["code"] == FEEDBACK and not is_answered)
        for phase in decision["phases"]
    )
    told = points(
        [
            _("Ett svar på varje tema, med skäl. Alla läser det på sidan Så här blev det."),
            _("Den som har en kvittokod ser svaret på sin egen synpunkt."),
            _("Den som har bett om det får ett mejl när svaret finns."),
        ]
    )
    when = f'<ol class="tid">{steps}</ol>' if steps else paragraph(_("Inga dagar är satta än."))
    body = part(_("Det här händer"), when) + part(_("Det här får invånarna veta"), told)
    caveat = _("Frågor: {role}, {phone}, {mail}").format(
        role=decision["contact_role"],
        phone=decision["contact_phone"],
        mail=decision["contact_email"],
    )
    return Screen(_say_answer(content), f'<div class="delar">{body}</div>', caveat)


def _phase(phase: dict[str, Any], on: str, *, is_late: bool) -> str:
    titles = phase["titles"]
    title = titles.get(language(), titles["sv"])
    kind, said = "", ""
    if phase["ends"] < on:
        # a day that has passed does not make a promise kept
        kind, said = ("", _("Försenat")) if is_late else ("klart", _("Klart"))
    elif phase["starts"] <= on:
        kind, said = "nu", _("Här är vi nu")
    when = say(phase["starts"])
    if phase["ends"] != phase["starts"]:
        when = f"{when}–{say(phase['ends'])}"
    state = f"<b>{esc(said)}: </b>" if said else ""
    return f'<li class="{kind}">{state}{esc(title)}<span>{esc(when)}</span></li>'


def _say_answer(content: dict[str, Any]) -> str:
    answer, decision = content["answer"], content["decision"]
    if answer is not None:
        return _("Svaret är publicerat sedan {day}. Alla kan läsa det.").format(
            day=say(answer["published_on"])
        )
    promised = day(decision["answer_on"])
    if promised is None:
        return _("Det finns ingen dag för svaret än.")
    if promised.isoformat() < content["on"]:
        return _("Svaret skulle ha kommit {day}. Det är försenat.").format(
            day=say(decision["answer_on"])
        )
    return _("Alla som har skrivit får svar {day}.").format(day=say(decision["answer_on"]))
