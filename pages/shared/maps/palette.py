"""The colours of the maps and their legends; every pair with text on it has been measured."""

from __future__ import annotations

from data.models import Stance, Status

TEXT = "#1A1A1A"
ACCENT = "#0B4F6C"
GROUND = "#FFFFFF"
PANEL = "#F6F4EE"
OUTLINE = "#8A8378"
WATER_NAME = "#3B4A54"

STATUS: dict[str, str] = {
    Status.OPEN.value: "#0B4F6C",
    Status.CLOSING_SOON.value: "#9A3B00",
    Status.UPCOMING.value: "#4A5568",
    Status.SUMMARISING.value: "#5B3A8C",
    Status.DECIDED.value: "#1F6B3A",
}
BASE: dict[str, str] = {"land": "#F6F4EE", "built_up": "#EBE5D9", "water": "#B7D3E5"}
STANCE: dict[str, str] = {
    Stance.FOR.value: "#2166AC",
    Stance.AGAINST.value: "#B35806",
    Stance.BOTH.value: "#6B6B6B",
    Stance.NONE.value: "#6B6B6B",
}
# a shape beside each colour: who cannot tell blue from orange still sees a square from a triangle
STANCE_SHAPES: dict[str, str] = {
    Stance.FOR.value: "square",
    Stance.AGAINST.value: "triangle",
    Stance.BOTH.value: "diamond",
    Stance.NONE.value: "circle",
}
# five steps of one blue-green ramp, light to dark; neighbours differ by at least 1.4:1
RAMP: tuple[str, ...] = ("#E4F1EF", "#B3D9D4", "#74B5B0", "#337F86", "#0B4352")
# what tells the fills apart without colour: lines in a square of 16 pixels, and their colour
PATTERNS: dict[str, tuple[str, str]] = {
    RAMP[0]: ("", ACCENT),
    RAMP[1]: ("M0 8H16", ACCENT),
    RAMP[2]: ("M0 16L16 0M-4 4L4 -4M12 20L20 12", ACCENT),
    RAMP[3]: ("M0 8H16M8 0V16", GROUND),
    RAMP[4]: ("M0 0L16 16M0 16L16 0", GROUND),
    STANCE[Stance.FOR.value]: ("M0 4H16M0 12H16", GROUND),
    STANCE[Stance.AGAINST.value]: ("M4 0V16M12 0V16", GROUND),
    STANCE[Stance.BOTH.value]: ("M2 4H6M10 12H14", GROUND),
}
# distance bands, nearest darkest
BANDS: dict[str, str] = {"near": "#337F86", "middle": "#74B5B0", "far": "#B3D9D4"}
MARK = ACCENT
HATCH = "hatch"
DOTS = "dots"


def ramp(steps: int) -> tuple[str, ...]:
    """Return `steps` (1-5) colours of the ramp, spread from light to dark."""
    if not 1 <= steps <= len(RAMP):
        msg = f"a ramp has 1 to {len(RAMP)} steps, not {steps}"
        raise ValueError(msg)
    if steps == 1:
        return (RAMP[2],)
    last = len(RAMP) - 1
    return tuple(RAMP[round(i * last / (steps - 1))] for i in range(steps))
