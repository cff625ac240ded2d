"""The painter: writes only the cells that changed since the last frame.

prompt_toolkit lays out and diffs a whole screen in Python for each key (about 3 ms); here a screen is a `Frame` of
ready rows, so a key costs the few cells it changed. Only `render` is replaced: entering and leaving the alternate
screen, bracketed paste and reset stay the library's, and tests/ui/test_painter.py holds the names used of it.
"""

from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import Output
from prompt_toolkit.renderer import Renderer
from prompt_toolkit.styles import DummyStyle

from typetrainer.core.text import cells, graphemes
from typetrainer.ui.frame import Frame, Row, Size

Cell = tuple[str, str, int]  # escape sequence of its style, grapheme, width


class Painter(Renderer):
    """A renderer whose picture comes from `draw(size) -> Frame`."""

    def __init__(self, output: Output, draw: Callable[[Size], Frame], palette: dict[str, str]) -> None:
        self._draw = draw
        self.palette = palette
        self._shown: list[Row] = []
        self._shown_size: Size | None = None
        self._cursor_shown = True
        super().__init__(DummyStyle(), output, full_screen=True)

    def reset(self, _scroll: bool = False, leave_alternate_screen: bool = True) -> None:
        """Forget what is on the screen."""
        if not self._cursor_shown:  # the library does not know of it, and would leave it hidden
            self.output.write_raw("\x1b[?25h")
        self._shown = []
        self._shown_size = None
        self._cursor_shown = True
        super().reset(_scroll=_scroll, leave_alternate_screen=leave_alternate_screen)

    def render(self, app: Application[Any], layout: Layout, is_done: bool = False) -> None:  # noqa: ARG002
        """Bring the terminal up to date with the current frame; at the end leave it as it was."""
        if is_done:
            self.reset()
            return
        self._enter()
        output = self.output
        size = Size(*reversed(output.get_size()))
        frame = self._draw(size)
        rows = frame.rows[: size.rows]
        parts: list[str] = []
        if size != self._shown_size:
            parts.append("\x1b[0m\x1b[2J")
            self._shown, self._shown_size = [], size
        for index in range(max(len(rows), len(self._shown))):
            new = rows[index] if index < len(rows) else ()
            old = self._shown[index] if index < len(self._shown) else ()
            if new is not old and new != old:
                parts.append(self._row(index, old, new, size.columns))
        self._shown = list(rows)
        self._place_cursor(frame, size, parts)
        text = "".join(parts)
        if text:
            output.write_raw(text)
            output.flush()

    def _enter(self) -> None:
        output = self.output
        if not self._in_alternate_screen:
            self._in_alternate_screen = True
            output.enter_alternate_screen()
        if not self._bracketed_paste_enabled:
            self._bracketed_paste_enabled = True
            output.enable_bracketed_paste()
        if not self._cursor_key_mode_reset:
            self._cursor_key_mode_reset = True
            output.reset_cursor_key_mode()

    def _place_cursor(self, frame: Frame, size: Size, parts: list[str]) -> None:
        """Show the cursor where the frame wants it; moved again after every write, because writing moves it."""
        if frame.cursor is None:
            if self._cursor_shown:
                parts.append("\x1b[?25l")
                self._cursor_shown = False
            return
        line = min(frame.cursor[0], size.rows - 1)
        column = min(frame.cursor[1], size.columns - 1)
        here = Point(x=column, y=line)
        if parts or here != self._cursor_pos or not self._cursor_shown:  # a hidden one was left anywhere
            parts.append(f"\x1b[{line + 1};{column + 1}H")
        if not self._cursor_shown:
            parts.append("\x1b[?25h")
            self._cursor_shown = True
        self._cursor_pos = here

    def _row(self, line: int, old: Row, new: Row, columns: int) -> str:
        """Return what to write so that a row changes from `old` to `new`."""
        before, after = self._cells(old, columns), self._cells(new, columns)
        first = column = 0
        limit = min(len(before), len(after))
        while first < limit and before[first] == after[first]:
            column += after[first][2]
            first += 1
        size = sum(cell[2] for cell in after)
        same_width = sum(cell[2] for cell in before) == size
        last = len(after)
        if same_width:
            stop = len(before)
            while last > first and stop > first and before[stop - 1] == after[last - 1]:
                last -= 1
                stop -= 1
        parts = [f"\x1b[{line + 1};{column + 1}H"]
        style = None
        for sequence, cluster, _ in after[first:last]:
            if sequence != style:
                parts.append(sequence)
                style = sequence
            parts.append(cluster)
        # after a row that fills the window the cursor stands on its last cell, which must not be erased
        parts.append("\x1b[0m" if same_width or size >= columns else "\x1b[0m\x1b[K")
        return "".join(parts)

    def _cells(self, row: Row, columns: int) -> list[Cell]:
        """Expand a row into cells, cut at the terminal's edge: nothing may wrap or scroll."""
        result: list[Cell] = []
        used = 0
        for style, text in row:
            sequence = self.palette[style]
            if text.isascii():
                kept = text[: columns - used]
                result += [(sequence, character, 1) for character in kept]
                used += len(kept)
                continue
            for cluster in graphemes(text):
                size = cells(cluster)
                if used + size > columns:
                    return result
                result.append((sequence, cluster, size))
                used += size
        return result
