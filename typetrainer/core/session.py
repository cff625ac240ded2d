"""A copy drill as a state machine: key events in, log events out. Times and returned events as in attempt.py."""

import unicodedata
from dataclasses import dataclass

from typetrainer.core.align import Alignment
from typetrainer.core.attempt import Attempt
from typetrainer.core.log import AttemptLog, Block, Event, Key, Mark, Policy
from typetrainer.core.text import count_graphemes, graphemes, nfc


@dataclass(frozen=True, slots=True)
class Live:
    """The figures of a running drill. `wpm` is None until a second has passed; `accuracy` is a fraction."""

    wpm: float | None
    accuracy: float | None


class CopySession(Attempt):
    """One attempt at typing `target`. Ends by itself: `ended` is then its end event.

    `hint` is one of enter_again, no_backspace, paste_refused and blocked.
    """

    def __init__(
        self, target: str, *, policy: Policy = "free", limit_s: float | None = None, typography: bool = False
    ) -> None:
        super().__init__(limit_s)
        self.target = nfc(target)
        self.policy = policy
        self.alignment = Alignment(graphemes(self.target), typography=typography)
        self._inserted = self._blocked = 0
        self._free_key = 0  # 1 when the clock was started by text: that key took no time
        last_word = self.target.rstrip().rfind(" ") + 1
        self._last_word = len(graphemes(self.target[:last_word]))

    # --- what the screen reads ---

    @property
    def text(self) -> str:
        """The text typed so far, NFC."""
        return "".join(self.alignment.typed)

    @property
    def size(self) -> int:
        """How many graphemes stand there."""
        return len(self.alignment)

    @property
    def in_last_word(self) -> bool:
        """Whether the alignment stands within the target's last word, so that Enter ends the drill as done."""
        return self.alignment.cursor >= self._last_word

    def live(self, t: int) -> Live:
        """Return speed and accuracy so far."""
        seconds = self.elapsed(t)
        typed = len(self.alignment)
        errors = self.alignment.distance(typed, self.alignment.cursor)
        right = max(self.alignment.cursor, typed) - errors
        fixed = max(self._inserted - typed + self._blocked, 0)
        keys = right + errors + fixed
        wpm = max(typed - self._free_key, 0) / seconds * 12 if seconds >= 1 else None
        return Live(wpm, right / keys if keys else None)

    # --- what the typist does ---

    def type(self, t: int, character: str, batch: int = 1) -> list[Event]:
        """One printable character (or composed string) was typed."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = None
        character = nfc(character)
        last = self.alignment.typed[-1] if len(self.alignment) else ""
        if last and not (character.isascii() and last.isascii()):
            clusters = graphemes(nfc(last + character))
            merged = clusters if len(clusters) == 1 or clusters[0] != last else None
        else:
            merged = None
        new = merged if merged is not None else graphemes(character)
        at = len(self.alignment) - (1 if merged is not None else 0)
        if self.policy in ("stop", "strict") and not self._fits(new, at, replacing=merged is not None):
            if self.policy == "stop":
                self._begin(t)
                self.hint = "blocked"
                self._blocked += count_graphemes(character)
                return [Block(t, character, batch)]
            return [self._splice(t, last, new, batch, merged=merged is not None), *self._end(t, "error")]
        events: list[Event] = [self._splice(t, last, new, batch, merged=merged is not None)]
        size = len(self.alignment.target)
        if self.alignment.cursor == size and self.alignment.matches(self.alignment.typed[-1], size - 1):
            events += self._end(t, "done")
        return events

    def erase(self, t: int) -> list[Event]:
        """Backspace: take back one grapheme."""
        return self._erase(t, 1)

    def erase_word(self, t: int) -> list[Event]:
        """Take back the last word and the blanks after it."""
        typed = self.alignment.typed
        keep = len(typed)
        while keep and typed[keep - 1] == " ":
            keep -= 1
        while keep and typed[keep - 1] != " ":
            keep -= 1
        return self._erase(t, len(typed) - keep)

    def enter(self, t: int) -> list[Event]:
        """Enter: done within the last word; before it the first press asks, the second one quits.

        A single Enter at the end of a screen's row is a habit of typists, not a wish to stop.
        """
        if (over := self._not_now(t)) is not None:
            return over
        if self.started_at is None:
            return []
        if self.in_last_word:
            return self._end(t, "done")
        if self.hint == "enter_again":
            return self._end(t, "quit")
        self.hint = "enter_again"
        return []

    # --- inside ---

    def _begin(self, t: int, *, inserts: bool = False) -> None:
        if self.started_at is None:
            self.started_at = t
            self._free_key = int(inserts)
        self.last_t = t

    def _fits(self, new: list[str], at: int, *, replacing: bool) -> bool:
        """Whether the graphemes `new` are right from `at` on; the last one may still want its accent."""
        if not replacing and at and not self.alignment.matches(self.alignment.typed[at - 1], at - 1):
            return False  # a base that still wants its accent got another character
        *whole, last = new
        if not all(self.alignment.matches(cluster, at + k) for k, cluster in enumerate(whole)):
            return False
        at += len(whole)
        if at >= len(self.alignment.target):
            return False
        expected = unicodedata.normalize("NFD", self.alignment.target[at])
        return self.alignment.matches(last, at) or expected.startswith(unicodedata.normalize("NFD", last))

    def _splice(self, t: int, last: str, new: list[str], batch: int, *, merged: bool) -> Key:
        self._begin(t, inserts=True)
        gone = last if merged else ""
        key = Key(t, self.alignment.size - len(gone), len(gone), "".join(new), batch)
        self._inserted += len(new) - (1 if merged else 0)
        if merged:
            self.alignment.pop()
        self.alignment.extend(new)
        return key

    def _erase(self, t: int, count: int) -> list[Event]:
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = None
        if self.policy == "no-backspace":
            self.hint = "no_backspace"
            self.last_t = t
            return [Mark(t, "backspace_refused")]
        if count == 0 or not len(self.alignment):
            return []
        gone = sum(len(self.alignment.pop()) for _ in range(count))
        self._begin(t)
        return [Key(t, self.alignment.size, gone, "", 1)]

    @classmethod
    def restored(cls, log: AttemptLog) -> "CopySession":
        """Return the session of an attempt as it stood at its last event.

        The log is replayed; a pause that was not resumed stays one. Only the hint is lost, which no log has.
        """
        header = log.header
        session = cls(
            header.target or "",
            policy=header.policy or "free",
            limit_s=header.limit_s,
            typography=bool(header.settings.get("typography")),
        )
        for event in (*log.events, *([log.end] if log.end is not None else [])):
            session._replay(event)
        return session

    def _replay(self, event: Event) -> None:
        match event:
            case Key(t, pos, deleted, inserted, _):
                self._begin(t, inserts=bool(inserted))
                gone = self.alignment.splice(pos, deleted, inserted)
                self._inserted += max(count_graphemes(inserted) - count_graphemes(gone), 0) if inserted else 0
            case Block(t, typed, _):
                self._begin(t)
                self._blocked += count_graphemes(typed)
        super()._replay(event)
