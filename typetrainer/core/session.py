"""A copy drill as a state machine: key events in, log events out.

No clock is read here: every call is handed `t`, whole microseconds since the item was shown, and the caller ticks.
Each method returns the log events that it caused, to be journaled in that order.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from typetrainer.core.align import Alignment
from typetrainer.core.log import AttemptLog, Block, End, Event, Key, Mark, Paste, Policy, Reason
from typetrainer.core.text import count_graphemes, graphemes, nfc

Hint = Literal["enter_again", "no_backspace", "paste_refused", "blocked"]


@dataclass(frozen=True, slots=True)
class Live:
    """The figures of a running drill. `wpm` is None until a second has passed; `accuracy` is a fraction."""

    wpm: float | None
    accuracy: float | None


class CopySession:
    """One attempt at typing `target`. Ends by itself: `ended` is then its end event."""

    def __init__(
        self, target: str, *, policy: Policy = "free", limit_s: float | None = None, typography: bool = False
    ) -> None:
        self.target = nfc(target)
        self.policy = policy
        self.limit_us = None if limit_s is None else round(limit_s * 1_000_000)
        self.alignment = Alignment(graphemes(self.target), typography=typography)
        self.ended: End | None = None
        self.hint: Hint | None = None
        self.started_at: int | None = None
        self.last_t = 0
        self.pastes_refused = 0
        self._inserted = self._blocked = 0
        self._free_key = 0  # 1 when the clock was started by text: that key took no time
        self._paused_at: int | None = None
        self._paused = 0  # microseconds
        last_word = self.target.rstrip().rfind(" ") + 1
        self._last_word = len(graphemes(self.target[:last_word]))

    # --- what the screen reads ---

    @property
    def text(self) -> str:
        """The text typed so far, NFC."""
        return "".join(self.alignment.typed)

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self._paused_at is not None

    @property
    def in_last_word(self) -> bool:
        """Whether the alignment stands within the target's last word, so that Enter ends the drill as done."""
        return self.alignment.cursor >= self._last_word

    def elapsed(self, t: int) -> float:
        """Return the seconds since the first key at time `t`, without pauses; 0 before it."""
        if self.started_at is None:
            return 0.0
        if self.ended is not None:
            t = min(t, self.ended.t)
        now = self._paused_at if self._paused_at is not None else t
        return max(now - self.started_at - self._paused, 0) / 1e6

    def deadline(self) -> int | None:
        """Return the time (microseconds) at which the limit ends the drill; None without one or before a key."""
        if self.limit_us is None or self.started_at is None:
            return None
        return self.started_at + self.limit_us + self._paused

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

    def paste(self, t: int, size: int) -> list[Event]:
        """A paste of `size` characters arrived: it is refused and counted."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = "paste_refused"
        self.pastes_refused += 1
        self.last_t = t
        return [Paste(t, size)]

    # --- what the clock and the program do ---

    def tick(self, t: int) -> list[Event]:
        """Let time pass: ends the drill at its limit."""
        deadline = self.deadline()
        if self.ended is None and self._paused_at is None and deadline is not None and t >= deadline:
            return self._end(deadline, "time")
        return []

    def pause(self, t: int) -> list[Event]:
        """Stop the clock (a window too small, a suspended program)."""
        if self.ended is not None or self._paused_at is not None:
            return []
        if over := self.tick(t):
            return over
        self._paused_at = self.last_t = t
        return [Mark(t, "pause")]

    def resume(self, t: int) -> list[Event]:
        """Let the clock run on."""
        if self.ended is not None or self._paused_at is None:
            return []
        if self.started_at is not None:
            self._paused += t - self._paused_at
        self._paused_at = None
        self.last_t = t
        return [Mark(t, "resume")]

    def mark(self, t: int, name: str, value: str | float | bool | None = None) -> list[Event]:
        """Keep something worth knowing. Between the deadline and the tick that ends the drill, as of the deadline."""
        if self.ended is not None:
            return []
        deadline = self.deadline()
        if deadline is not None and self._paused_at is None:
            t = min(t, deadline)
        self.last_t = t
        return [Mark(t, name, value)]

    def quit(self, t: int) -> list[Event]:
        """End the drill before its end."""
        return [] if self.ended is not None else (self.tick(t) or self._end(t, "quit"))

    # --- inside ---

    def _not_now(self, t: int) -> list[Event] | None:
        """Return what to answer when keys no longer count (perhaps because time ran out just now), else None."""
        if self.ended is not None or self._paused_at is not None:
            return []
        return self.tick(t) or None

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

    def _end(self, t: int, reason: Reason) -> list[Event]:
        self.ended = End(t, reason)
        self.last_t = t
        self.hint = None
        return [self.ended]

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
        for event in log.events:
            session._replay(event)
        if log.end is not None:
            session._end(log.end.t, log.end.reason)
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
            case Paste():
                self.pastes_refused += 1
            case Mark(t, "pause", _):
                self._paused_at = t
            case Mark(t, "resume", _) if self._paused_at is not None:
                if self.started_at is not None:
                    self._paused += t - self._paused_at
                self._paused_at = None
        self.last_t = event.t
