"""Rows of a few options, one of which is chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from typetrainer.core.text import clip, visible, width
from typetrainer.ui.frame import Piece, Row

_LEAD = 3
_GAP = 2


class Option(NamedTuple):
    """One option: what is logged, what is shown, and the key that chooses it from anywhere (empty: none)."""

    id: str
    name: str
    key: str = ""


class Chooser(NamedTuple):
    """A line of options. `chosen` is an id or empty; `focused` says that the arrows choose here now."""

    label: str
    options: Sequence[Option]
    chosen: str = ""
    focused: bool = False
    dim: bool = False

    def step(self, by: int) -> str:
        """Return the id of the option beside the chosen one; the first or the last where none is chosen."""
        ids = [option.id for option in self.options]
        if self.chosen not in ids:
            return ids[0 if by > 0 else -1]
        return ids[(ids.index(self.chosen) + by) % len(ids)]


def chooser_rows(chooser: Chooser, columns: int) -> tuple[list[Row], tuple[int, int]]:
    """Return the rows of a chooser, wrapped between options, and where the chosen (else the first) one begins."""
    lead: Row = (("accent", " ▸ ") if chooser.focused else ("", " " * _LEAD), ("label", f"{chooser.label} "))
    indent = _LEAD + width(chooser.label) + 1
    rows: list[list[Piece]] = [list(lead)]
    at, place = indent, (0, indent)
    for number, option in enumerate(chooser.options):
        here = option.id == chooser.chosen
        pieces = _option(option, chooser, here=here, room=columns - indent - 1)
        size = sum(width(text) for _, text in pieces)
        if number and at + _GAP + size > columns - 1:
            rows.append([("", " " * indent)])
            at = indent
        elif number:
            rows[-1].append(("", " " * _GAP))
            at += _GAP
        if here:
            place = (len(rows) - 1, at)
        rows[-1] += pieces
        at += size
    return [tuple(row) for row in rows], place


def _option(option: Option, chooser: Chooser, *, here: bool, room: int) -> list[Piece]:
    """Return the pieces of one option. What is chosen is marked by its dot, whatever the colours."""
    key = f"{option.key} " if option.key else ""
    name = clip(visible(option.name), room - 2 - len(key))
    style = "selected" if here and chooser.focused else "strong" if here else "label" if chooser.dim else ""
    return [("accent" if here else "label", "● " if here else "○ "), ("label", key), (style, name)]
