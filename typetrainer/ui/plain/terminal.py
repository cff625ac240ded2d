"""A terminal read key by key and written line by line."""

import contextlib
import select
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from typetrainer.core.text import visible, width, wrap_text
from typetrainer.ui.input import KeyEvent, StampedKeyPress, TimedInput

_FLUSH_S = 0.05  # after this an Escape, or a paste, is known to be over
_LINE = 200  # characters
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class LeftError(Exception):
    """The user or the system ended the program. `by_choice` is true for Ctrl-C."""

    def __init__(self, *, by_choice: bool) -> None:
        super().__init__("left")
        self.by_choice = by_choice


class PlainTerminal:
    """Speaks in whole lines, echoes typed characters, and hands out stamped keys."""

    def __init__(self, stdin: TextIO, stdout: TextIO, clock_ns: Callable[[], int]) -> None:
        self.clock_ns = clock_ns
        self._out = stdout
        self._input = TimedInput(stdin, clock_ns)
        self._pending: list[KeyEvent] = []
        self._open_line = False

    @contextlib.contextmanager
    def raw(self) -> Iterator[None]:
        """Read single keys while the body runs; signals that end the program become LeftError."""

        def leave(_number: int, _frame: object) -> None:
            for number in _SIGNALS:  # another must not disturb the putting away
                signal.signal(number, signal.SIG_IGN)
            raise LeftError(by_choice=False)

        before = {number: signal.signal(number, leave) for number in _SIGNALS}
        try:
            with self._input.raw_mode():
                yield
        finally:
            for number, handler in before.items():
                if signal.getsignal(number) is leave:
                    signal.signal(number, handler)

    def say(self, *paragraphs: str) -> None:
        """Write lines, wrapped between words; what was being echoed ends first."""
        room = max(shutil.get_terminal_size().columns - 1, 20)
        lines = [line for paragraph in paragraphs for line in (wrap_text(paragraph, room) or [""])]
        self._write(("\n" if self._open_line else "") + "".join(line + "\n" for line in lines))
        self._open_line = False

    def echo(self, text: str) -> None:
        """Show what was typed, as it was typed."""
        self._write(visible(text))
        self._open_line = True

    def rub_out(self, cells: int) -> None:
        """Take the last cells of the echo back."""
        self._write("\b \b" * cells)

    def bell(self) -> None:
        """Ring: a key was not let in."""
        self._write("\a")

    def end_line(self) -> None:
        """End the line being echoed."""
        if self._open_line:
            self._write("\n")
            self._open_line = False

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError as error:
            raise LeftError(by_choice=False) from error

    def key(self, until: int | None = None) -> KeyEvent | None:
        """Return the next key, or None when the clock has reached `until` (nanoseconds).

        Raises LeftError on Ctrl-C and when the terminal has gone.
        """
        while not self._pending:
            wait = None if until is None else (until - self.clock_ns()) / 1e9
            if wait is not None and wait <= 0:
                return None
            self._read(wait)
        event = self._pending.pop(0)
        if event.name == "c-c":
            raise LeftError(by_choice=True)
        return event

    def _read(self, wait: float | None) -> None:
        ready, _, _ = select.select([self._input.fileno()], [], [], wait)
        if not ready:
            return
        self._take(self._input.read_keys())
        if self._input.closed:
            raise LeftError(by_choice=False)
        while not self._pending:
            ready, _, _ = select.select([self._input.fileno()], [], [], _FLUSH_S)
            if not ready:
                self._take(self._input.flush_keys())
                return
            self._take(self._input.read_keys())
            if self._input.closed:
                raise LeftError(by_choice=False)

    def _take(self, presses: Sequence[object]) -> None:
        self._pending += [press.event for press in presses if isinstance(press, StampedKeyPress)]

    def line(self) -> str:
        """Read a line, its characters echoed."""
        typed: list[str] = []
        while True:
            event = self.key()
            if event is None:
                continue
            if event.name == "enter":
                self.end_line()
                return "".join(typed)
            if event.name == "text" and len(typed) < _LINE:
                typed.append(event.text)
                self.echo(event.text)
            elif event.name == "backspace" and typed:
                self.rub_out(width(typed.pop()))

    def choose(self, allowed: str) -> str:
        """Wait for one of the allowed letters, or `enter`, and return it."""
        while True:
            event = self.key()
            name = (event.text if event.name == "text" else event.name) if event else ""
            if name == "enter" or (len(name) == 1 and name in allowed):
                return name
