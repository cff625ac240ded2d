"""What every attempt has: a clock with a limit and pauses, an end, refused pastes. The base of the sessions.

No clock is read here: every call is handed `t`, whole microseconds since the item was shown, and the caller ticks.
Each method returns the log events that it caused, to be journaled in that order.
"""

from typetrainer.core.log import End, Event, Mark, Paste, Reason


class Attempt:
    """One attempt while it runs. `ended` is its end event once it has one; `hint` says what the last call refused."""

    def __init__(self, limit_s: float | None) -> None:
        self.limit_us = None if limit_s is None else round(limit_s * 1_000_000)
        self.ended: End | None = None
        self.hint: str | None = None
        self.started_at: int | None = None  # from when the limit runs
        self.last_t = 0
        self.pastes_refused = 0
        self._paused_at: int | None = None
        self._paused = 0  # microseconds

    # --- what the screen reads ---

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self._paused_at is not None

    @property
    def size(self) -> int:
        """How many graphemes there are so far."""
        raise NotImplementedError

    @property
    def begun(self) -> bool:
        """Whether there is anything that is worth keeping."""
        return self.size > 0

    def elapsed(self, t: int) -> float:
        """Return the seconds since the clock was started at time `t`, without pauses; 0 before it."""
        if self.started_at is None:
            return 0.0
        if self.ended is not None:
            t = min(t, self.ended.t)
        now = self._paused_at if self._paused_at is not None else t
        return max(now - self.started_at - self._paused, 0) / 1e6

    def deadline(self) -> int | None:
        """Return the time (microseconds) at which the limit ends it; None without one or before the clock runs."""
        if self.limit_us is None or self.started_at is None:
            return None
        return self.started_at + self.limit_us + self._paused

    # --- what the clock and the program do ---

    def tick(self, t: int) -> list[Event]:
        """Let time pass: ends the attempt at its limit."""
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
        self._resumed(t)
        self.last_t = t
        return [Mark(t, "resume")]

    def quit(self, t: int) -> list[Event]:
        """End the attempt before its end."""
        return [] if self.ended is not None else (self.tick(t) or self._end(t, "quit"))

    def paste(self, t: int, size: int) -> list[Event]:
        """A paste of `size` characters arrived: it is refused and counted."""
        if (over := self._not_now(t)) is not None:
            return over
        self.hint = "paste_refused"
        self.pastes_refused += 1
        self.last_t = t
        return [Paste(t, size)]

    # --- for the sessions ---

    def _not_now(self, t: int) -> list[Event] | None:
        """Return what to answer when keys no longer count (perhaps because time ran out just now), else None."""
        if self.ended is not None or self._paused_at is not None:
            return []
        return self.tick(t) or None

    def _end(self, t: int, reason: Reason) -> list[Event]:
        self.ended = End(t, reason)
        self.last_t = t
        self.hint = None
        return [self.ended]

    def _resumed(self, t: int) -> None:
        if self._paused_at is not None and self.started_at is not None:
            self._paused += t - self._paused_at
        self._paused_at = None

    def _replay(self, event: Event) -> None:
        """Take over one event of a log that is being restored; the sessions add their own."""
        match event:
            case Paste():
                self.pastes_refused += 1
            case Mark(t, "pause", _):
                self._paused_at = t
            case Mark(t, "resume", _) if self._paused_at is not None:
                self._resumed(t)
            case End(t, reason):
                self._end(t, reason)
        self.last_t = event.t
