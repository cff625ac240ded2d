"""Names of styles and what they look like on a dark, a light and a colourless terminal.

Colour never carries a meaning alone: wherever a style marks something, a character or an underline marks it too.
Only attributes and the 256-colour greys are used beside the sixteen colours, so that a user's own palette holds.
"""

from collections.abc import Mapping
from typing import Literal

Background = Literal["dark", "light", "none"]

_SHAPES: dict[str, str] = {
    "": "", "title": "1", "label": "", "rule": "", "key": "1", "todo": "", "typed": "", "next": "7", "accent": "1",
    "wrong": "4;1", "extra": "1", "missing": "4;1", "pace": "1", "good": "", "bad": "1", "warn": "1", "selected": "7",
    "dim": "", "strong": "1", "span": "4",
}  # fmt: skip
_DARK: dict[str, str] = {
    **_SHAPES, "label": "38;5;247", "rule": "38;5;240", "todo": "38;5;248", "typed": "1", "accent": "1;36",
    "wrong": "4;1;91", "extra": "1;91", "missing": "4;1;91", "pace": "36", "good": "32", "bad": "91", "warn": "93",
    "dim": "38;5;245", "span": "4;93",
}  # fmt: skip
_LIGHT: dict[str, str] = {
    **_SHAPES, "label": "38;5;241", "rule": "38;5;249", "todo": "38;5;242", "typed": "1", "accent": "1;34",
    "wrong": "4;1;31", "extra": "1;31", "missing": "4;1;31", "pace": "34", "good": "32", "bad": "31", "warn": "35",
    "dim": "38;5;243", "span": "4;31",
}  # fmt: skip
_NONE: dict[str, str] = {**_SHAPES, "typed": "1", "todo": ""}

STYLES: frozenset[str] = frozenset(_SHAPES)
_LIGHT_BACKGROUNDS = frozenset({"7", "15"})


def background_of(environ: Mapping[str, str], setting: str = "auto") -> Background:
    """Return which palette fits: `NO_COLOR` first, then the setting, then COLORFGBG, else dark."""
    if environ.get("NO_COLOR"):
        return "none"
    if setting in ("dark", "light"):
        return "light" if setting == "light" else "dark"
    if environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_BACKGROUNDS:
        return "light"
    return "dark"


def palette(background: Background) -> dict[str, str]:
    """Return the escape sequence that begins each style; it resets what was before."""
    table = {"dark": _DARK, "light": _LIGHT, "none": _NONE}[background]
    return {name: f"\x1b[0;{code}m" if code else "\x1b[0m" for name, code in table.items()}
