"""Why a comment is not shown, in words: the same on the page, on the receipt and in a mail."""

from __future__ import annotations

from data.enums import HideReason
from data.wording import N_

# each ends the sentence "… eftersom den"
HIDE_WORDS: dict[HideReason, str] = {
    HideReason.PERSONAL_DATA: N_("innehåller personuppgifter"),
    HideReason.THREAT_OR_HATE: N_("innehåller hot eller hat"),
    HideReason.OFF_TOPIC: N_("handlar om något annat än förslaget"),
    HideReason.DUPLICATE: N_("är samma synpunkt som redan har kommit in"),
    HideReason.ADVERTISING: N_("är reklam"),
    HideReason.SENDER: N_("har tagits tillbaka av den som skrev"),
}
