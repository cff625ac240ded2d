"""Keys with the time at which their bytes were read.

A handler runs too late to know when a key came; the stamp is taken in `read_keys`, and goes with the key.
"""

import contextlib
import termios
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TextIO

from prompt_toolkit.application.current import get_app_or_none
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.key_binding import KeyBindings, KeyPress
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys

PASTE_KEYS = 64
_READ_BYTES = 16_384
_PASTE_TAIL_NS = 40_000_000  # the rest of an unbracketed paste follows its first part within this time
TEXT = "text"
PASTE = "paste"

_NAMES: dict[str, str] = {
    Keys.ControlM.value: "enter", Keys.ControlJ.value: "c-j", Keys.ControlI.value: "tab", Keys.BackTab.value: "s-tab",
    Keys.ControlH.value: "backspace", Keys.Backspace.value: "backspace", Keys.Escape.value: "escape",
}  # fmt: skip
_IGNORED = {Keys.CPRResponse.value, Keys.Ignore.value, Keys.Vt100MouseEvent.value, Keys.ScrollUp.value}


class KeyEvent(NamedTuple):
    """One key.

    `name` is TEXT with the character in `text`; PASTE with the size in `size`; or a name such as `enter`, `c-r`,
    `a-enter`, `left`. `at` is the clock's nanoseconds when its bytes were read, `batch` the number of printable keys
    in the same read.
    """

    name: str
    at: int
    text: str = ""
    batch: int = 1
    size: int = 0


class StampedKeyPress(KeyPress):
    """A key press that carries its event."""

    def __init__(self, event: KeyEvent) -> None:
        super().__init__(Keys.Ignore, event.text)
        self.event = event


def _is_text(key: str) -> bool:
    return len(key) == 1 and (key.isprintable() or key == "\u00a0" or _joins(key)) and not "\ud800" <= key <= "\udfff"


def _joins(key: str) -> bool:
    return key in "\u200d\u200c\ufe0e\ufe0f\u3000\u202f\u2007"


class KeyReader:
    """Turns the parser's key presses of one read into events: names, Alt pairs, batches and pastes.

    An unbracketed paste arrives in several reads; it becomes one event, once it is over.
    """

    def __init__(self) -> None:
        self._pasted = 0
        self._pasted_at = 0  # when its last part came

    def events(self, presses: Iterable[KeyPress], at: int) -> list[KeyEvent]:
        """Return the events of the key presses of one read at `at` nanoseconds."""
        keys = [(str(getattr(press.key, "value", press.key)), press.data) for press in presses]
        printable = sum(_is_text(key) for key, _ in keys)
        tail = self._pasted > 0 and at - self._pasted_at < _PASTE_TAIL_NS
        if printable > PASTE_KEYS or (tail and any(key != Keys.ControlC.value for key, _ in keys)):
            self._pasted += printable
            self._pasted_at = at
            return []
        result = self.flush(at)
        alt = False
        for index, (key, data) in enumerate(keys):
            if key == Keys.Escape.value and index + 1 < len(keys):
                alt = True
                continue
            event = self._event(key, data, at, printable)
            if event is not None:
                result.append(_with_alt(event) if alt else event)
            alt = False
        return result

    def flush(self, at: int) -> list[KeyEvent]:
        """Return the paste that is over by now, if there was one."""
        if not self._pasted or at - self._pasted_at < _PASTE_TAIL_NS:
            return []
        size, self._pasted = self._pasted, 0
        return [KeyEvent(PASTE, at, size=size)]

    @staticmethod
    def _event(key: str, data: str, at: int, printable: int) -> KeyEvent | None:
        if _is_text(key):
            return KeyEvent(TEXT, at, key, printable)
        if key == Keys.BracketedPaste.value:
            return KeyEvent(PASTE, at, size=len(data))
        if key in _IGNORED or len(key) == 1:
            return None
        return KeyEvent(_NAMES.get(key, key), at)


def _with_alt(event: KeyEvent) -> KeyEvent:
    name = event.text if event.name == TEXT else event.name
    return KeyEvent(f"a-{name}", event.at)


class TimedInput(Vt100Input):
    """Terminal input that stamps keys where they are read."""

    def __init__(self, stdin: TextIO, clock_ns: Callable[[], int]) -> None:
        super().__init__(stdin)
        self._clock_ns = clock_ns
        self._reader = KeyReader()
        self._modes = termios.tcgetattr(self.fileno())

    @contextlib.contextmanager
    def cooked_mode(self) -> Iterator[None]:
        """Give the terminal back as it was, while suspended; the library's leaves Ctrl-S and Ctrl-Q switched off."""
        now = termios.tcgetattr(self.fileno())
        termios.tcsetattr(self.fileno(), termios.TCSANOW, self._modes)
        try:
            yield
        finally:
            termios.tcsetattr(self.fileno(), termios.TCSANOW, now)

    def read_keys(self) -> list[KeyPress]:
        """Read what there is, stamp it, and parse it."""
        data = self.stdin_reader.read(_READ_BYTES)
        at = self._clock_ns()
        self.vt100_parser.feed(data)
        return self._stamped(at)

    def flush_keys(self) -> list[KeyPress]:
        """Return what an unfinished escape sequence turned out to be."""
        self.vt100_parser.flush()
        return self._stamped(self._clock_ns())

    def _stamped(self, at: int) -> list[KeyPress]:
        presses, self._buffer = self._buffer, []
        return [StampedKeyPress(event) for event in self._reader.events(presses, at)]


class KeyDispatcher(KeyProcessor):
    """Hands stamped keys to one function, batch by batch, without prompt_toolkit's matching of bindings."""

    def __init__(self, handle: Callable[[list[KeyEvent]], None]) -> None:
        super().__init__(KeyBindings())
        self._handle = handle

    def process_keys(self) -> None:
        """Hand over all keys that were fed."""
        app = get_app_or_none()
        if app is None or app.is_done or not self.input_queue:
            return
        presses = list(self.input_queue)
        self.input_queue.clear()
        self._handle([press.event for press in presses if isinstance(press, StampedKeyPress)])

    def send_sigint(self) -> None:
        """A real SIGINT (from outside) counts as Ctrl-C."""
        self._handle([KeyEvent("c-c", 0)])
