"""What officials did to themes and answers, as the logs of several pages say it."""

from __future__ import annotations

from pages.shared.words.texts import N_

THEME_ACTS = {
    "add_theme": N_("skapade ett tema"),
    "save_theme": N_("ändrade ett tema"),
    "remove_theme": N_("tog bort ett tema"),
    "merge_theme": N_("slog ihop två teman"),
    "gather": N_("lade synpunkter under ett tema"),
    "take_out": N_("tog bort synpunkter från ett tema"),
    "save_answer": N_("ändrade texten om beslutet"),
    "publish_answer": N_("publicerade svaret"),
    "choose_quotes": N_("valde citat till mötet"),
    "freeze_meeting": N_("tog ett läge till mötet"),
    "save_meeting_note": N_("ändrade anteckningar till mötet"),
}
