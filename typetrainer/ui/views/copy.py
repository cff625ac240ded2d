"""The copy drill: the text stays where it is, what was typed wrong stands below it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from typetrainer.core.align import Alignment, Op
from typetrainer.core.text import Row as Line
from typetrainer.core.text import cells, clip, graphemes, row_of, visible, width, wrap
from typetrainer.ui.frame import BLANK, Frame, Piece, Row, Size, fitted, layout, sides

INDENT = 3
MAX_LINE = 90  # cells; longer lines are hard to read
_FOOT = 3
_NOTE = 6  # cells of what stands below one character
_SIGHT = 3  # text lines kept visible below the one being typed


class Mark(NamedTuple):
    """A marked grapheme of the target: its style, and what stands below it (extra ones: `+` and what was typed)."""

    style: str
    below: str


class CopyPicture(NamedTuple):
    """What a copy drill shows."""

    title: str
    clock: str
    alignment: Alignment
    pace: int | None = None
    left: str = ""
    right: str = ""
    hint: str = ""
    keys: Row = ()


def shown(typed: str) -> str:
    """Return typed graphemes as they are shown below the text: blanks become visible."""
    return visible(typed).replace(" ", "␣").replace("\u00a0", "␣")


def marks_of(alignment: Alignment, first: int) -> dict[int, Mark]:
    """Return the marks of the target's graphemes from index `first` on, as the alignment stands now."""
    marks: dict[int, Mark] = {}
    extra = ""
    extra_at = -1
    for step in alignment.faults_back():
        if step.j < first:
            break
        if step.op is Op.EXTRA:
            extra = step.typed + (extra if step.j == extra_at else "")
            extra_at = step.j
            marks[step.j] = Mark(marks[step.j].style if step.j in marks else "extra", "+" + shown(extra))
        elif step.op is Op.WRONG:
            marks[step.j] = Mark("wrong", shown(step.typed))
        elif step.op is Op.MISSING:
            marks[step.j] = Mark("missing", "^")
        elif step.op is Op.SWAPPED:
            left, right = map(shown, graphemes(step.typed))
            marks[step.j], marks[step.j + 1] = Mark("wrong", left), Mark("wrong", right)
    return marks


class CopyView:
    """The view of one drill: the same target, many pictures. Rows are remembered while nothing on them changes."""

    def __init__(self, target: Sequence[str]) -> None:
        self._target = tuple(cluster if cluster == "\n" else visible(cluster) for cluster in target)
        self._wrapped: tuple[int, list[Line]] = (0, [])  # for which room, and the lines

    def __call__(self, picture: CopyPicture, size: Size) -> Frame:
        """Return the frame."""
        lines = self._lines(min(size.columns - 2 * INDENT, MAX_LINE))
        cursor = picture.alignment.cursor
        here = row_of(lines, min(cursor, max(len(self._target) - 1, 0)))
        room = max((size.rows - 2 - 1 - _FOOT) // 2, 1)
        top = max(0, min(here - max(room - _SIGHT, 0), len(lines) - room))
        marks = marks_of(picture.alignment, lines[top].start)
        marked = sorted(marks)
        body: list[Row] = [BLANK]
        for line in lines[top : top + room]:
            text, below = _text_rows(
                self._target[line.start : line.end],
                min(max(cursor - line.start, -1), line.end - line.start),
                tuple((j - line.start, marks[j]) for j in _between(marked, line.start, line.end)),
                picture.pace - line.start
                if picture.pace is not None and line.start <= picture.pace < line.end
                else None,
            )
            body += [text, fitted(below, size.columns)]
        end_mark = marks.get(len(self._target))
        if end_mark is not None and top + room >= len(lines):
            body[-1] = fitted((*body[-1], ("extra", clip(end_mark.below, _NOTE))), size.columns)
        foot = [
            fitted((("warn", " " + visible(picture.hint)),), size.columns) if picture.hint else BLANK,
            sides([("label", picture.left)], [("label", picture.right)], size.columns),
            picture.keys,
        ]
        return layout(picture.title, ("", picture.clock), body, foot, size)

    def _lines(self, room: int) -> list[Line]:
        if self._wrapped[0] != room:
            self._wrapped = (room, wrap(list(self._target), room))
        return self._wrapped[1]


def _between(numbers: list[int], low: int, high: int) -> list[int]:
    """Return those of sorted numbers from `low` to `high` (exclusive)."""
    return numbers[bisect_left(numbers, low) : bisect_left(numbers, high)]


@lru_cache(maxsize=512)
def _text_rows(
    clusters: tuple[str, ...], cursor: int, marks: tuple[tuple[int, Mark], ...], pace: int | None
) -> tuple[Row, Row]:
    """Return one line of text and the line below it. `cursor` is -1 above the line being typed."""
    by_index: Mapping[int, Mark] = dict(marks)
    pieces: list[Piece] = [("", " " * INDENT)]
    below: list[Piece] = [("", " " * INDENT)]
    column = filled = 0
    for index, cluster in enumerate(clusters):
        mark = by_index.get(index)
        if index == cursor:
            style = "next"
        elif mark is not None and mark.style != "extra":
            style = mark.style
        else:
            style = "typed" if index < cursor else "todo"
        text = visible(cluster)
        if style in ("wrong", "missing") and text == " ":
            text = "␣"
        if pieces[-1][0] == style:
            pieces[-1] = (style, pieces[-1][1] + text)
        else:
            pieces.append((style, text))
        note = ("pace", "▴") if mark is None and index == pace else None
        if mark is not None:
            note = (mark.style, clip(mark.below, _NOTE))
        if note is not None and column >= filled:
            below.append(("", " " * (column - filled)))
            below.append(note)
            filled = column + width(note[1])
        column += cells(cluster)
    return tuple(pieces), tuple(piece for piece in below if piece[1]) if len(below) > 1 else BLANK
