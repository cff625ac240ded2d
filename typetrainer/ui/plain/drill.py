"""What all drills in plain lines share: the loop of keys and time, recording, leaving."""

from typing import Generic, TypeVar

from typetrainer.core.attempt import Attempt
from typetrainer.core.log import Event
from typetrainer.ui.input import KeyEvent
from typetrainer.ui.plain.terminal import LeftError, PlainTerminal
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task

_SECOND = 1_000_000_000
KEYS_KNOWN = "F1 says the keys."
S = TypeVar("S", bound=Attempt)


class PlainDrill(Generic[S]):
    """One attempt on a plain terminal. `again` is set when the typist wants to start anew.

    Set `keys_known` where the keys were said before in this sitting: who only hears them need not hear them again.
    """

    def __init__(self, terminal: PlainTerminal, task: Task, recorder: Recorder, session: S) -> None:
        self.terminal = terminal
        self.task = task
        self.recorder = recorder
        self.session = session
        self.again = False
        self.keys_known = False
        self._shown_at = 0

    def begin(self) -> None:
        """Say what there is to do."""
        raise NotImplementedError

    def handle(self, key: KeyEvent, t: int) -> None:
        """Do what a key asks for, at `t` microseconds."""
        raise NotImplementedError

    def finished(self) -> None:
        """The attempt has ended: say so where it is not plain."""
        raise NotImplementedError

    def run(self) -> None:
        """Type until the attempt ends. Raises LeftError when the program is ended."""
        self.record(self.session.pause(self.session.last_t) if self.session.last_t else [])
        self.begin()
        self._shown_at = self.terminal.clock_ns() - self.session.last_t * 1000
        flush_at = self.terminal.clock_ns() + _SECOND
        while self.session.ended is None and not self.again:
            event = self.terminal.key(self._until(flush_at))
            now = self.terminal.clock_ns()
            if now >= flush_at:
                self.recorder.flush()
                flush_at = now + _SECOND
            if event is not None:
                t = self.t(event.at)
                self.record(self.session.resume(t))  # of an attempt that was interrupted: with its first key
                self.handle(event, t)
            self.record(self.session.tick(self.t(now)))
        if self.session.ended is not None:
            self.finished()

    def _until(self, flush_at: int) -> int:
        deadline = None if self.session.paused else self.session.deadline()
        return flush_at if deadline is None else min(flush_at, self._shown_at + deadline * 1000)

    def t(self, at: int) -> int:
        """Return clock nanoseconds as the log's microseconds; never before what is already logged."""
        return max((at - self._shown_at) // 1000, self.session.last_t)

    def record(self, events: list[Event]) -> None:
        """Keep events."""
        self.recorder.write(events)

    def leave(self, left: LeftError) -> None:
        """Keep what was typed: ended when the user chose to leave, else to be resumed."""
        if left.by_choice and self.session.begun:
            self.record(self.session.quit(self.t(self.terminal.clock_ns())))
