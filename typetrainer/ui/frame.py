"""What a screen is made of: rows of styled text. Pure; the painter, the tests and plain mode read the same frames.

A `Row` is a list of (style, text) pieces; style names are those of `style.py`; text is free of control characters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from typetrainer.core.text import clip, visible, width

Piece = tuple[str, str]
Row = tuple[Piece, ...]

MIN_COLUMNS, MIN_ROWS = 80, 24
MARGIN = 1
BLANK: Row = ()


class Size(NamedTuple):
    """A terminal's size in cells."""

    columns: int
    rows: int

    @property
    def enough(self) -> bool:
        """Whether every screen fits."""
        return self.columns >= MIN_COLUMNS and self.rows >= MIN_ROWS


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole screen: rows from the top, and where the cursor is shown as (row, column), or None to hide it."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int] | None = None

    def text(self) -> str:
        """The frame as plain text, for tests and golden files: no styles, no blanks at line ends."""
        return "\n".join("".join(text for _, text in row).rstrip() for row in self.rows)


def row(*pieces: Piece | str) -> Row:
    """Make a row; a bare string has no style."""
    return tuple(("", piece) if isinstance(piece, str) else piece for piece in pieces if piece)


def row_width(pieces: Iterable[Piece]) -> int:
    """Return the cells of a row."""
    return sum(width(text) for _, text in pieces)


def sides(left: Sequence[Piece], right: Sequence[Piece], columns: int) -> Row:
    """Put pieces at both ends of a row with a margin; the left side is clipped where they would meet."""
    room = columns - 2 * MARGIN - row_width(right) - (2 if right else 0)
    kept: list[Piece] = []
    for style, text in left:
        part = clip(text, room)
        room -= width(part)
        if part:
            kept.append((style, part))
        if part != text:
            break
    gap = columns - 2 * MARGIN - row_width(kept) - row_width(right)
    return (("", " " * MARGIN), *kept, ("", " " * max(gap, 0)), *right)


def fitted(pieces: Row, columns: int) -> Row:
    """Return a row as it is, or cut with an ellipsis where it would run over the right margin."""
    room = columns - MARGIN
    if row_width(pieces) <= room:
        return pieces
    kept: list[Piece] = []
    for style, text in pieces:
        part = clip(text, room)
        room -= width(part)
        if part:
            kept.append((style, part))
        if part != text:
            break
    return tuple(kept)


def rule(columns: int) -> Row:
    """A thin line across the screen."""
    return (("rule", " " * MARGIN + "─" * (columns - 2 * MARGIN)),)


def keys(*pairs: tuple[str, str], columns: int = MIN_COLUMNS) -> Row:
    """The last line: each key with what it does. What does not fit is left away from the end."""
    pieces: list[Piece] = [("", " " * MARGIN)]
    used = MARGIN
    for key, meaning in pairs:
        size = len(key) + 1 + len(meaning) + 3
        if used + size - 3 > columns - MARGIN:
            break
        pieces += [("key", key), ("label", f" {meaning}"), ("", "   ")]
        used += size
    return tuple(pieces[:-1])


def layout(
    title: str, clock: Piece | None, body: Sequence[Row], foot: Sequence[Row], size: Size,
    cursor: tuple[int, int] | None = None,
) -> Frame:  # fmt: skip
    """Put a screen together: title and clock, a rule, the body, and the foot at the bottom.

    `cursor` is given in body rows. A body that is too long is cut: screens see to it that it is not.
    """
    head = [sides([("title", visible(title))], [clock] if clock else [], size.columns), rule(size.columns)]
    room = max(size.rows - len(head) - len(foot), 0)
    middle = list(body[:room])
    middle += [BLANK] * (room - len(middle))
    place = None if cursor is None or cursor[0] >= room else (cursor[0] + len(head), cursor[1])
    return Frame(tuple([*head, *middle, *foot][: size.rows]), place)


def too_small(size: Size) -> Frame:
    """What stands on a window without enough room."""
    lines = [
        f"{size.columns}×{size.rows} is too small.",
        f"Please make the window {MIN_COLUMNS}×{MIN_ROWS} or larger.",
        "Nothing is lost; Ctrl-C leaves.",
    ]
    return Frame(tuple(row(clip(line, size.columns)) for line in lines[: size.rows]))


def clock_text(seconds: float) -> str:
    """Return seconds as m:ss; never below 0."""
    whole = max(int(seconds), 0)
    return f"{whole // 60}:{whole % 60:02d}"
