"""What officials did, as the logs of the pages and of the files say it."""

from __future__ import annotations

from pages.shared.words.texts import N_
from pages.shared.words.theme_words import THEME_ACTS

REVIEW_ACTS = {
    "publish": N_("publicerade"),
    "publish_masked": N_("publicerade med dolda ord"),
    "hide": N_("dolde"),
    "undo": N_("ångrade"),
    "take_back": N_("tog tillbaka"),
    "answer": N_("svarade"),
    "move_decision": N_("flyttade till ett annat förslag"),
    "move_place": N_("flyttade till en annan plats"),
}
STAFF_ACTS = {
    "set_bands": N_("ändrade avstånden"),
    "add_zone": N_("lade till en zon"),
    "remove_zone": N_("tog bort en zon"),
    "add_group": N_("lade till en grupp"),
    "remove_group": N_("tog bort en grupp"),
    "add_layer": N_("läste in ett lager"),
    "create_draft": N_("började skriva"),
    "set_field": N_("ändrade texten"),
    "discard_draft": N_("tog bort utkastet"),
    "publish": N_("publicerade"),
    "withdraw": N_("drog tillbaka"),
    "close": N_("noterade beslutet"),
    "sign_out": N_("loggade ut en person"),
    "enter": N_("förde in åt andra"),
    "use_cells": N_("bytte befolkningsrutor"),
    "mail_again": N_("lät brev skickas igen"),
    "mail_let_be": N_("lät brev vara som inte kom fram"),
    **THEME_ACTS,
}
