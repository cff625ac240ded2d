"""A pure editor for written replies: graphemes, word motions, selection, undo.

Positions are graphemes of the text; what an operation changed is returned as a splice in code points, ready for the
log. An operation that changes nothing returns None.
"""

from dataclasses import dataclass

from typetrainer.core.text import Row, cells, graphemes, nfc, row_of


@dataclass(frozen=True, slots=True)
class Splice:
    """At code point `pos` the `deleted` code points went and `inserted` came."""

    pos: int
    deleted: int
    inserted: str


@dataclass(frozen=True, slots=True)
class _Change:
    """An undoable change: the graphemes `old` at `at` became `new`; the cursor stood at `before`."""

    at: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    before: int
    run: bool  # whether typing may go on in the same undo step


class Editor:
    """Text with a cursor, an optional selection and a history."""

    def __init__(self, text: str = "") -> None:
        self.clusters: list[str] = graphemes(nfc(text))
        self.cursor = len(self.clusters)
        self.anchor: int | None = None
        self._goal: int | None = None  # the cell column that up and down keep
        self._undo: list[list[_Change]] = []
        self._redo: list[list[_Change]] = []

    @property
    def text(self) -> str:
        """The whole text, NFC; lines end with a newline."""
        return "".join(self.clusters)

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected graphemes as (start, end), or None."""
        if self.anchor is None or self.anchor == self.cursor:
            return None
        return min(self.anchor, self.cursor), max(self.anchor, self.cursor)

    # --- changes ---

    def insert(self, text: str) -> Splice | None:
        """Put text at the cursor, in place of the selection."""
        start, end = self.selection or (self.cursor, self.cursor)
        return self._replace(start, end, nfc(text), run=start == end and text != "\n")

    def backspace(self) -> Splice | None:
        """Delete the selection, or the grapheme before the cursor."""
        start, end = self.selection or (max(self.cursor - 1, 0), self.cursor)
        return self._replace(start, end, "")

    def delete(self) -> Splice | None:
        """Delete the selection, or the grapheme under the cursor."""
        start, end = self.selection or (self.cursor, min(self.cursor + 1, len(self.clusters)))
        return self._replace(start, end, "")

    def delete_word_back(self) -> Splice | None:
        """Delete the selection, or from the start of the word before the cursor."""
        start, end = self.selection or (self._word_back(), self.cursor)
        return self._replace(start, end, "")

    def delete_word_forward(self) -> Splice | None:
        """Delete the selection, or to the end of the word after the cursor."""
        start, end = self.selection or (self.cursor, self._word_forward())
        return self._replace(start, end, "")

    def delete_to_line_start(self) -> Splice | None:
        """Delete from the start of the line (a newline's, not a row's) to the cursor."""
        return self._replace(self._line_start(), self.cursor, "")

    def delete_to_line_end(self) -> Splice | None:
        """Delete from the cursor to the end of the line."""
        return self._replace(self.cursor, self._line_end(), "")

    def undo(self) -> Splice | None:
        """Take back the last step; typing without a break is one."""
        if not self._undo:
            return None
        changes = self._undo.pop()
        self._redo.append(changes)
        first = changes[0]
        return self._whole(changes, backwards=True, cursor=first.before)

    def redo(self) -> Splice | None:
        """Do again what was taken back."""
        if not self._redo:
            return None
        changes = self._redo.pop()
        self._undo.append(changes)
        last = changes[-1]
        return self._whole(changes, backwards=False, cursor=last.at + len(last.new))

    def _whole(self, changes: list[_Change], *, backwards: bool, cursor: int) -> Splice | None:
        old = list(self.clusters)
        for change in reversed(changes) if backwards else changes:
            gone, come = (change.new, change.old) if backwards else (change.old, change.new)
            self.clusters[change.at : change.at + len(gone)] = come
        self.cursor = min(cursor, len(self.clusters))
        self.anchor = self._goal = None
        return _difference(old, self.clusters)

    def _replace(self, start: int, end: int, text: str, *, run: bool = False) -> Splice | None:
        """Replace graphemes `start` to `end`, merging with the neighbours where Unicode says so."""
        self._goal = None
        if start == end and not text:
            self.anchor = None
            return None
        before = self.cursor
        low, high = start, end
        if text.isascii() and all(cluster.isascii() for cluster in self._beside(start, end)):
            new = list(text)
            at = start + len(text)
        else:
            low, high, new = self._merged(start, end, text)
            head = "".join(self.clusters[low:start]) + text
            at = low + len(graphemes(nfc(head)))
        old = tuple(self.clusters[low:high])
        pos = len("".join(self.clusters[:low]))
        self.clusters[low:high] = new
        self.cursor = min(at, len(self.clusters))
        self.anchor = None
        if new == list(old):
            return None
        self._remember(_Change(low, old, tuple(new), before, run))
        return Splice(pos, len("".join(old)), "".join(new))

    def _beside(self, start: int, end: int) -> list[str]:
        """Return the graphemes before `start` and from `end` on, as far as there are any."""
        return [*self.clusters[max(start - 1, 0) : start], *self.clusters[end : end + 1]]

    def _merged(self, start: int, end: int, text: str) -> tuple[int, int, list[str]]:
        """Return the region to replace and its new graphemes, neighbours included only where they change.

        To the right a change may go on (flags pair up anew), but never beyond an ASCII character.
        """
        low, high = max(start - 1, 0), end
        while high < len(self.clusters) and not self.clusters[high].isascii():
            high += 1
        high = min(high + 1, len(self.clusters))
        new = graphemes(nfc("".join([*self.clusters[low:start], text, *self.clusters[end:high]])))
        if low < start and new[:1] == self.clusters[low:start]:
            new, low = new[1:], start
        while high > end and new[-1:] == self.clusters[high - 1 : high]:
            new, high = new[:-1], high - 1
        return low, high, new

    def _remember(self, change: _Change) -> None:
        self._redo.clear()
        last = self._undo[-1][-1] if self._undo else None
        goes_on = (
            last is not None
            and change.run
            and last.run
            and change.before == last.at + len(last.new)
            and not (last.new[-1:] == (" ",) and change.new[:1] != (" ",))  # a new word is a new step
        )
        if goes_on:
            self._undo[-1].append(change)
        else:
            self._undo.append([change])

    # --- motions ---

    def move_to(self, position: int, *, select: bool = False) -> None:
        """Move the cursor to a grapheme; with `select` the selection grows or shrinks."""
        if select:
            self.anchor = self.cursor if self.anchor is None else self.anchor
        else:
            self.anchor = None
        self.cursor = min(max(position, 0), len(self.clusters))
        self._goal = None

    def left(self, *, select: bool = False) -> None:
        """One grapheme back, or to the selection's start."""
        if self.selection and not select:
            self.move_to(self.selection[0])
        else:
            self.move_to(self.cursor - 1, select=select)

    def right(self, *, select: bool = False) -> None:
        """One grapheme on, or to the selection's end."""
        if self.selection and not select:
            self.move_to(self.selection[1])
        else:
            self.move_to(self.cursor + 1, select=select)

    def word_left(self, *, select: bool = False) -> None:
        """To the start of this or the last word."""
        self.move_to(self._word_back(), select=select)

    def word_right(self, *, select: bool = False) -> None:
        """To the end of this or the next word."""
        self.move_to(self._word_forward(), select=select)

    def row_start(self, rows: list[Row], *, select: bool = False) -> None:
        """To the start of the row on the screen."""
        self.move_to(rows[row_of(rows, self.cursor)].start, select=select)

    def row_end(self, rows: list[Row], *, select: bool = False) -> None:
        """To the end of the row on the screen, before the blank or newline that ends it."""
        self.move_to(self._last_place(rows, row_of(rows, self.cursor)), select=select)

    def vertical(self, rows: list[Row], by: int, *, select: bool = False) -> None:
        """Up (negative) or down by rows of the screen, keeping the column."""
        here = row_of(rows, self.cursor)
        goal = self._goal if self._goal is not None else self._width(rows[here].start, self.cursor)
        there = here + by
        if there < 0:
            self.move_to(0, select=select)
        elif there >= len(rows):
            self.move_to(len(self.clusters), select=select)
        else:
            place, column = rows[there].start, 0
            last = self._last_place(rows, there)
            while place < last and column + cells(self.clusters[place]) <= goal:
                column += cells(self.clusters[place])
                place += 1
            self.move_to(place, select=select)
        self._goal = goal

    def select_all(self) -> None:
        """Select the whole text."""
        self.anchor, self.cursor, self._goal = 0, len(self.clusters), None

    def _last_place(self, rows: list[Row], index: int) -> int:
        row = rows[index]
        if index + 1 == len(rows):
            return row.end
        return max(row.end - 1, row.start)

    def _width(self, start: int, end: int) -> int:
        return sum(cells(cluster) for cluster in self.clusters[start:end] if cluster != "\n")

    def _word_back(self) -> int:
        at = self.cursor
        while at and not _in_word(self.clusters[at - 1]):
            at -= 1
        while at and _in_word(self.clusters[at - 1]):
            at -= 1
        return at

    def _word_forward(self) -> int:
        at, size = self.cursor, len(self.clusters)
        while at < size and not _in_word(self.clusters[at]):
            at += 1
        while at < size and _in_word(self.clusters[at]):
            at += 1
        return at

    def _line_start(self) -> int:
        at = self.cursor
        while at and self.clusters[at - 1] != "\n":
            at -= 1
        return at

    def _line_end(self) -> int:
        at = self.cursor
        while at < len(self.clusters) and self.clusters[at] != "\n":
            at += 1
        return at


def _in_word(cluster: str) -> bool:
    return cluster[0].isalnum() or cluster[0] in "_'’"


def _difference(old: list[str], new: list[str]) -> Splice | None:
    """Return the one splice of code points that turns `old` into `new`."""
    if old == new:
        return None
    low = 0
    while low < min(len(old), len(new)) and old[low] == new[low]:
        low += 1
    tail = 0
    while tail < min(len(old), len(new)) - low and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    gone, come = old[low : len(old) - tail], new[low : len(new) - tail]
    return Splice(len("".join(old[:low])), len("".join(gone)), "".join(come))
