"""What the acts of this page are called, and why one was refused, in sentences."""

from __future__ import annotations

from data.answers.answers import Missing
from data.answers.themes import Theme
from pages.shared.words.texts import N_, _, ngettext, number

OTHER = N_("Övrigt")
OTHER_FAULT = N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut.")
FAULTS = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har ändrats. Logga in igen."),
    "changed_meanwhile": N_(
        "Någon annan ändrade det här samtidigt, så ditt sparades inte. Läs det som står nu och "
        "gör ändringen igen."
    ),
    "name_missing": N_("Skriv vad temat heter."),
    "too_long": N_("Texten är för lång. Korta den."),
    "same_name": N_("Det finns redan ett tema med det namnet. Välj ett annat namn."),
    "too_many": N_("Det finns redan så många teman som får plats. Slå ihop några först."),
    "not_there": N_("Temat är borttaget. Välj ett annat."),
    "not_empty": N_("Temat har synpunkter. Flytta dem först, eller slå ihop temat med ett annat."),
    "none_chosen": N_("Markera minst en synpunkt i listan först."),
    "same_theme": N_("Välj ett annat tema att slå ihop med."),
    "incomplete": N_("Något saknas än, så svaret är inte publicerat. Se listan här nedanför."),
    "too_many_quotes": N_("Välj högst tre citat för ett tema."),
    "future_day": N_("Dagen har inte varit än. Välj i dag eller en tidigare dag."),
    "decided_before_closed": N_(
        "Dagen är inte efter sista dagen för synpunkter. Välj en senare dag, eller lämna tomt."
    ),
    "not_saved": OTHER_FAULT,
}
LACKS = {
    "summary": N_("sammanfattning"),
    "answer": N_("svar"),
    "outcome": N_("tillgodosett eller inte"),
    "reason": N_("skäl"),
}


def say_missing(one: Missing, title: str) -> str:
    """Say what a decision's answer still needs; `title` is that of the theme it is about."""
    if one.code == "decided_text":
        return _("Skriv vad som beslutades och varför, på svenska.")
    if one.code == "unread_comments":
        return ngettext(
            "{n} synpunkt är inte läst än. Läs den först på Granska.",
            "{n} synpunkter är inte lästa än. Läs dem först på Granska.",
            one.comments,
        ).format(n=number(one.comments))
    if one.code == "loose_comments":
        return ngettext(
            "{n} synpunkt har inget tema och ligger inte under Övrigt.",
            "{n} synpunkter har inget tema och ligger inte under Övrigt.",
            one.comments,
        ).format(n=number(one.comments))
    return _("Temat {title}: {what} saknas.").format(title=title, what=_(LACKS[one.code]))


def theme_name(known: dict[int, Theme], theme_id: int) -> str:
    """Return the title of a theme, or the word for what has none."""
    return known[theme_id].title if theme_id in known else _(OTHER)
