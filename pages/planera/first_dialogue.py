"""The steps of *Din första dialog*, for an official who holds a dialogue for the first time.

The texts stand here only. ``docs/din-forsta-dialog.md`` is written from them, in Swedish, by
``python -m pages.planera.first_dialogue > docs/din-forsta-dialog.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from textwrap import fill

import streamlit as st

from pages.shared.words.texts import N_, SOURCE, _, in_language

NAME = N_("Din första dialog")
FOR = N_("För dig som är tjänsteperson och ska hålla en dialog för första gången.")
# each step in a few words, and what to do
STEPS = (
    (
        N_("Logga in"),
        N_(
            "Öppna `/granska` och logga in med ditt vanliga konto, eller med engångslänken som "
            "står i terminalen."
        ),
    ),
    (
        N_("Börja skriva"),
        N_(
            "Öppna *Planera*, skriv en rubrik och tryck *Börja skriva*. Allt du skriver sparas när "
            "du lämnar rutan. Ingen annan än planerare ser utkastet."
        ),
    ),
    (
        N_("Fyll i"),
        N_(
            "Fyll i delarna *Grunden*, *Texten*, *Fakta och grupper* och *Området*. Under *Andra "
            "språk* skriver du på {other_languages}."
        ),
    ),
    (
        N_("Löftet"),
        N_(
            "Här står vad kommunen har lovat och vad som saknas. Varje rad leder till rätt ruta. "
            "Titta på förslaget som invånarna ser det. När allt är ifyllt trycker du *Publicera*."
        ),
    ),
    (
        N_("Medan den är öppen"),
        N_(
            "Läs synpunkterna på *Granska*. Sidan börjar med vilka som berörs men inte har hörts, "
            "och var du kan möta dem. Det som kommer med brev, i telefon, på möten och från skolor "
            "för du in på *Registrera*: rad för rad, inklistrat eller från Excel och CSV. Samma "
            "fil två gånger räknas en gång. Ord som inte går att tolka sparas som de står, och du "
            "får svara på vad de är. Varje rad får en kvittokod att ge till den som lämnade den; "
            "alla för en fil kan skrivas ut eller hämtas, också senare."
        ),
    ),
    (
        N_("Efteråt"),
        N_(
            "Samla synpunkterna i teman på *Teman och svar*, svara på varje tema och publicera. "
            "Först när svaret är publicerat går det att notera beslutet. Ett svar som är försenat "
            "står överst i listan."
        ),
    ),
)
TWO = N_(
    "Skriver två kollegor i samma förslag samtidigt går inget förlorat: i olika rutor sparas båda, "
    "i samma ruta får du välja. Varje publicerad version sparas och kan jämföras under *Versioner*."
)
_WIDTH = 110


def show() -> None:
    """Show the steps, folded up until somebody asks for them."""
    with st.expander(_(NAME), icon=":material/school:"):
        st.markdown("\n\n".join([_(FOR), _steps(_), _(TWO)]))


def as_file() -> str:
    """Return the same as a file to read outside the service, in Swedish."""
    in_swedish = partial(in_language, spoken=SOURCE)
    parts = [f"# {NAME}", FOR, _steps(in_swedish, wrapped=True), _wrap(TWO)]
    return "\n\n".join(parts) + "\n"


def _steps(say: Callable[[str], str], *, wrapped: bool = False) -> str:
    lines = [f"{n}. **{say(name)}.** {say(what)}" for n, (name, what) in enumerate(STEPS, 1)]
    return "\n".join(_wrap(line, indent="   ") if wrapped else line for line in lines)


def _wrap(text: str, indent: str = "") -> str:
    return fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


if __name__ == "__main__":
    sys.stdout.write(as_file())
