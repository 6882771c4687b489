"""What is kept about those who write and visit, why, and what rights they have."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import municipality
from data.mail import mail_settings, notices
from data.staff import sessions
from pages.shared import frame
from pages.shared.session import provider, signed_in
from pages.shared.words import texts
from pages.shared.words.texts import N_, _

# the municipality names the committee and the officer before the service is opened to the public
CONTROLLER = N_(
    "{municipality} kommun. Den nämnd som är personuppgiftsansvarig namnges av kommunen innan "
    "tjänsten öppnas för riktiga förslag."
)
OFFICER = N_("Kommunens dataskyddsombud. Kontaktuppgifter finns på [{site_name}]({address}).")
RETENTION = N_(
    "Kommunen bestämmer hur länge synpunkterna sparas, i sin dokumenthanteringsplan. Tills den "
    "säger annat tas inget bort."
)
COMPLAINT = "https://www.imy.se"


def main() -> None:
    """Draw the notice."""
    frame.title(_("Personuppgifter"))
    st.markdown(
        _(
            "Du behöver inte säga vem du är för att lämna en synpunkt. Vi frågar inte efter namn, "
            "personnummer eller adress. Här står vad som sparas ändå."
        )
    )
    _show_what()
    _show_why()
    _show_public()
    _show_rights()
    _show_browser()


def _show_what() -> None:
    frame.heading(_("Det här sparas när du lämnar en synpunkt"))
    frame.points(
        [
            _("Det du skriver, vad det är och vad du tycker om förslaget."),
            _("Platsen du väljer, om du väljer en. Fråga dig om den visar var du bor."),
            _(
                "Vad du själv berättar om din koppling till platsen, din ålder och i vilket område "
                "du bor. Det är frivilligt."
            ),
            _("När det kom in, på vilket sätt och på vilket språk, och kvittokoden."),
        ]
    )
    if mail_settings.is_on():
        st.markdown(
            _(
                "Vill du få ett mejl när svaret kommer sparar vi din e-postadress, skild från det "
                "du skrev. Den används bara till mejl om det du själv skickade: när svaret kommer, "
                "när någon på kommunen svarar på din synpunkt, när den döljs, med skälet, och när "
                "den har flyttats till ett annat förslag och svaret finns där. Det du skrev står "
                "aldrig i mejlet. De som läser synpunkterna ser inte adressen, och den finns inte "
                "i sammanställningar. Du kan ta bort den med kvittokoden. Annars tar vi bort den "
                "när du har fått svar på allt du skickade, eller senast {n} dagar efter att det "
                "mejlet inte gick att skicka. Då sparas bara vad som har skickats och när."
            ).format(n=notices.KEPT_DAYS)
        )
    st.markdown(
        _(
            "Vi sparar inte din internetadress tillsammans med det du skriver. För att stoppa "
            "massutskick minns tjänsten i tio minuter hur många gånger samma adress har skickat, "
            "i en form som inte går att läsa tillbaka."
        )
    )
    st.markdown(
        _(
            "Vad du tycker om förslaget är det vi frågar efter, och det får du skriva, också när "
            "du är emot. Skriv däremot inte vilket parti du röstar på eller är med i, och inget "
            "om hälsa, tro, ursprung, sexualitet eller medlemskap i fackförening, varken om dig "
            "själv eller om andra. Sådant skyddar lagen särskilt (artikel 9 i "
            "dataskyddsförordningen), och vi behöver det inte. Skriv inte heller namn på andra."
        )
    )


def _show_why() -> None:
    frame.heading(_("Varför, och med vilken rätt"))
    st.markdown(
        _(
            "Kommunen behöver veta vad invånarna tycker innan politikerna bestämmer. Det är en "
            "uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen). Uppgifterna "
            "används bara till dialogen om förslaget, till beslutet och till att berätta vad det "
            "ledde till."
        )
    )
    _show(_("Ansvarig"), _(CONTROLLER))
    officer = _(OFFICER).format(address=municipality.in_use().contact.site)
    _show(_("Dataskyddsombud"), officer)
    _show(_("Hur länge"), _(RETENTION))


def _show(label: str, said: str) -> None:
    # our own words, which may hold a link
    st.markdown(f"**{label}:** {said}")


def _show_public() -> None:
    frame.heading(_("Det du skriver blir en allmän handling"))
    st.markdown(
        _(
            "Andra kan be att få läsa det, också sådant som inte visas här. Innan en synpunkt "
            "visas läser en person på kommunen den och kan dölja ord. Det som döljs sparas. Märket "
            "på kartan är flyttat, så att ingen ser den exakta platsen. Ålder, koppling och var du "
            "bor visas aldrig för en enskild synpunkt, bara som avrundade antal för minst fem "
            "personer."
        )
    )


def _show_rights() -> None:
    frame.heading(_("Dina rättigheter"))
    st.markdown(
        _(
            "Du kan be kommunen att få veta vad som finns om dig, få fel rättade och invända mot "
            "hur uppgifterna används. Har du kvar kvittokoden blir det lättare att hitta din "
            "synpunkt. Allmänna handlingar kan bara tas bort i vissa fall. Tycker du att vi gör "
            "fel kan du klaga hos [Integritetsskyddsmyndigheten]({address})."
        ).format(address=COMPLAINT)
    )


def _show_browser() -> None:
    frame.heading(_("Det här sparas i din webbläsare"))
    st.markdown(
        _(
            "Bara det som behövs för att tjänsten ska fungera. Ingen följer vad du gör, och ingen "
            "annan än kommunens server får veta att du är här."
        )
    )
    rows = [
        (texts.COOKIE, _("Kaka"), _("Språket du har valt"), _("Ett år")),
        (
            signed_in.COOKIE,
            _("Kaka"),
            _("Inloggning, bara för kommunens personal"),
            _("Tills webbläsaren stängs, högst {n} timmar").format(n=sessions.SESSION_HOURS),
        ),
        (
            provider.COOKIE,
            _("Kaka"),
            _("Att det är samma inloggning som kommer tillbaka, bara för kommunens personal"),
            _("Tills du är inloggad, högst tio minuter"),
        ),
        (
            "_streamlit_xsrf",
            _("Kaka"),
            _("Skydd mot att någon annan skickar i ditt namn"),
            _("Tills webbläsaren stängs"),
        ),
        (
            "sessionStorage",
            _("Minne i fliken"),
            _("Utkastet du skriver på, så att det finns kvar om sidan laddas om"),
            _("Tills du skickar eller stänger fliken"),
        ),
        (
            "localStorage",
            _("Minne i webbläsaren"),
            _("Sidornas färger (ljust läge), inget om dig"),
            _("Tills du rensar webbläsaren"),
        ),
    ]
    st.table(
        pd.DataFrame(
            [row[1:] for row in rows],
            columns=[_("Sort"), _("Till vad"), _("Hur länge")],
            index=pd.Index([texts.plain(row[0]) for row in rows], name=_("Namn")),
        ),
        border="horizontal",
        alt=_("Vad som sparas i webbläsaren"),
    )


main()
