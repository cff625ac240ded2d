"""A written reply as a state machine: an editor, a clock, and what is sent. Times and events as in attempt.py."""

from collections.abc import Callable

from typetrainer.core.attempt import Attempt
from typetrainer.core.editor import Editor, Splice
from typetrainer.core.log import AttemptLog, Event, Key
from typetrainer.core.text import words

MAX_GRAPHEMES = 8_000  # ten times a long reply; keeps a key cheap
SHORT_WORDS = 2


class ReplySession(Attempt):
    """One attempt at a reply. The limit runs from t = 0, when the customer's message is shown.

    `hint` is one of empty, send_again, full and paste_refused.
    """

    def __init__(self, *, limit_s: float | None = None) -> None:
        super().__init__(limit_s)
        self.editor = Editor()
        self.started_at = 0

    @property
    def size(self) -> int:
        """How many graphemes the reply has."""
        return len(self.editor.clusters)

    @property
    def words(self) -> int:
        """How many words the reply has."""
        return len(words(self.editor.text))

    def insert(self, t: int, text: str, batch: int = 1) -> list[Event]:
        """Text was typed at the cursor; a newline begins a line."""
        if self.size >= MAX_GRAPHEMES:
            if (over := self._not_now(t)) is not None:
                return over
            self.hint = "full"
            return []
        return self.change(t, lambda: self.editor.insert(text), batch)

    def change(self, t: int, operation: Callable[[], Splice | None], batch: int = 1) -> list[Event]:
        """Do an operation of the editor and log what it changed."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = None
        splice = operation()
        if splice is None or not (splice.deleted or splice.inserted):
            return []
        self.last_t = t
        return [Key(t, splice.pos, splice.deleted, splice.inserted, batch)]

    def send(self, t: int) -> list[Event]:
        """Enter: sends. A reply of two words or fewer is asked about once, an empty one is not sent."""
        if (over := self._not_now(t)) is not None:
            return over
        if not self.words:
            self.hint = "empty"
        elif self.words <= SHORT_WORDS and self.hint != "send_again":
            self.hint = "send_again"
        else:
            return self._end(t, "done")
        return []

    @classmethod
    def restored(cls, log: AttemptLog) -> "ReplySession":
        """Return the session of an interrupted attempt as it stood at its last event; undo begins there."""
        session = cls(limit_s=log.header.limit_s)
        for event in (*log.events, *([log.end] if log.end is not None else [])):
            session._replay(event)
        session.editor = Editor(log.final_text())
        return session
