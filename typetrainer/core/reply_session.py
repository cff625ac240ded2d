"""A written reply as a state machine: an editor, a clock, and what is sent. Times and events as in attempt.py."""

from collections.abc import Callable

from typetrainer.core.attempt import Attempt
from typetrainer.core.editor import Editor, Splice
from typetrainer.core.log import AttemptLog, Event, Key, Mark, Put, Scalar
from typetrainer.core.text import words

MAX_GRAPHEMES = 8_000  # ten times a long reply; keeps a key cheap
SHORT_WORDS = 2
CHOICES = ("action", "tier", "article", "query", "open")  # marks that are choices (contracts/attempt-log.md)


def begun(log: AttemptLog) -> bool:
    """Whether anything was written or chosen, so that it is worth keeping."""
    chosen = any(isinstance(event, Mark) and event.name in CHOICES for event in log.events)
    return chosen or bool(log.final_text())


class ReplySession(Attempt):
    """One attempt at a reply. The limit runs from t = 0, when the customer's message is shown.

    `hint` is one of empty, send_again, full, paste_refused, not_empty, no_action, no_tier and no_article. `choices` are
    those made so far, by name; `kind` says which of them must be made before it is sent.
    """

    def __init__(self, *, kind: str = "reply", limit_s: float | None = None) -> None:
        super().__init__(limit_s)
        self.kind = kind
        self.editor = Editor()
        self.started_at = 0
        self.choices: dict[str, Scalar] = {}
        self.teams = True  # whether there are any to escalate to
        self._put = False  # whether a text was taken over: then taking back may bring what nobody typed

    @property
    def size(self) -> int:
        """How many graphemes the reply has."""
        return len(self.editor.clusters)

    @property
    def begun(self) -> bool:
        """Whether anything was written or chosen, so that it is worth keeping."""
        return bool(self.editor.clusters or self.choices)

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
        if self._put and splice.inserted and operation in (self.editor.undo, self.editor.redo):
            return [Put(t, splice.pos, splice.deleted, splice.inserted)]
        return [Key(t, splice.pos, splice.deleted, splice.inserted, batch)]

    def take(self, t: int, text: str) -> list[Event]:
        """Take a text over into the empty editor; the cursor stands at its beginning."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = None
        if self.size:
            self.hint = "not_empty"
            return []
        splice = self.editor.insert(text)
        if splice is None:
            return []
        self.editor.move_to(0)
        self.last_t = t
        self._put = True
        return [Put(t, 0, 0, splice.inserted)]

    def choose(self, t: int, name: str, value: Scalar) -> list[Event]:
        """Something was chosen that is no text; the last choice of a name counts."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = None
        self.choices[name] = value
        self.last_t = t
        return [Mark(t, name, value)]

    @property
    def missing(self) -> str:
        """The name of the choice that must still be made, or an empty text."""
        if self.kind == "triage" and not self.choices.get("action"):
            return "action"
        if self.kind == "triage" and self._escalates and self.teams and not self.choices.get("tier"):
            return "tier"
        return "article" if self.kind == "search" and not self.choices.get("article") else ""

    @property
    def _escalates(self) -> bool:
        return self.choices.get("action") == "escalate"

    def send(self, t: int) -> list[Event]:
        """Enter: sends. A reply of two words or fewer is asked about once; an empty one, or without a choice, stays."""
        if (over := self._not_now(t)) is not None:
            return over
        if self.missing:
            self.hint = f"no_{self.missing}"
        elif not self.words:
            self.hint = "empty"
        elif self.words <= SHORT_WORDS and self.hint != "send_again":
            self.hint = "send_again"
        else:
            return self._end(t, "done")
        return []

    def _replay(self, event: Event) -> None:
        super()._replay(event)
        if isinstance(event, Mark) and event.name in CHOICES:
            self.choices[event.name] = event.value
        self._put = self._put or isinstance(event, Put)

    @classmethod
    def restored(cls, log: AttemptLog) -> "ReplySession":
        """Return the session of an interrupted attempt as it stood at its last event; undo begins there."""
        session = cls(kind=log.header.kind, limit_s=log.header.limit_s)
        for event in (*log.events, *([log.end] if log.end is not None else [])):
            session._replay(event)
        session.editor = Editor(log.final_text())
        return session
