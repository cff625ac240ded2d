"""A painter on an emulated terminal, and the same frame drawn there by the simplest means."""

import io

import pyte
from prompt_toolkit.data_structures import Size as LibrarySize
from prompt_toolkit.output.vt100 import Vt100_Output

from typetrainer.ui.frame import Frame, Size
from typetrainer.ui.painter import Painter
from typetrainer.ui.style import Background, palette


class Painted:
    """A painter whose bytes go to an emulated terminal. `paint` returns what was written."""

    def __init__(self, size: Size, background: Background = "dark") -> None:
        self.size = size
        self.frame = Frame(())
        self.written = io.StringIO()
        self.terminal = pyte.Screen(*size)
        self.stream = pyte.Stream(self.terminal)
        self.output = Vt100_Output(self.written, lambda: LibrarySize(self.size.rows, self.size.columns), term="xterm")
        self.painter = Painter(self.output, lambda _: self.frame, palette(background))
        self.taken()

    def taken(self) -> str:
        self.output.flush()
        text = self.written.getvalue()
        self.written.seek(0)
        self.written.truncate()
        return text

    def paint(self, frame: Frame) -> str:
        self.frame = frame
        self.painter.render(None, None)  # type: ignore[arg-type]
        text = self.taken()
        self.stream.feed(text)
        return text

    def resize(self, size: Size) -> None:
        """As the program does on SIGWINCH: the library erases, and the next frame is whole."""
        self.size = size
        self.terminal.resize(size.rows, size.columns)
        self.painter.erase(leave_alternate_screen=False)
        self.stream.feed(self.taken())


def drawn(frame: Frame, size: Size, background: Background = "dark") -> pyte.Screen:
    """Return the terminal with the whole frame written plainly, row after row."""
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)
    styles = palette(background)
    for number, row in enumerate(frame.rows[: size.rows]):
        stream.feed(f"\x1b[{number + 1};1H" + "".join(styles[style] + text for style, text in row) + "\x1b[0m")
    return terminal


def cells_of(terminal: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Return each cell: what is in it and how it looks."""
    return [
        [tuple(terminal.buffer[line][column]) for column in range(terminal.columns)] for line in range(terminal.lines)
    ]
