"""What all drills on the screen share: recording, the clock, pauses, leaving, starting again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from typetrainer.core.attempt import Attempt
from typetrainer.core.log import AttemptLog, End, Event, Mark
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task

SECOND = 1_000_000_000
KEEP_FROM = 20  # graphemes; what is shorter is not kept when the typist starts again
LEAVE_TEST = "Ctrl-C once more ends the test, and its result file says so. Or type on."

S = TypeVar("S", bound=Attempt)


class DrillScreen(Screen, Generic[S]):
    """An attempt on the screen. `done` is called when it has ended, `again` when it should start anew."""

    def __init__(
        self,
        context: Context,
        task: Task,
        session: S,
        *,
        done: Callable[..., None],
        again: Callable[[], None],
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.task = task
        self.session = session
        self.recorder: Recorder
        self.may_suspend = not task.exam
        self.over = False
        self.waiting = resumed is not None  # the clock of a resumed attempt stands until its first key
        self._done = done
        self._again = again
        self._resumed = resumed
        self._shown_at = 0
        self._flush_at = 0
        self.asked_to_leave = False

    # --- time ---

    def opened(self) -> None:
        now = self.program.clock_ns()
        self.program.lag_p99_ms()  # what was late before this drill does not count
        if self._resumed is not None:
            self.recorder = self._resumed[0]
            self._shown_at = now - self.session.last_t * 1000
            self.record(self.session.pause(self.session.last_t))
        else:
            size = self.program.size()
            self.recorder = self.context.record(self.task, size.columns, size.rows)
            self._shown_at = now
            self.program.work(self.recorder.open)
        self._flush_at = now + SECOND

    def t(self, at: int) -> int:
        """Return clock nanoseconds as the log's microseconds; never before what is already logged."""
        return max((at - self._shown_at) // 1000, self.session.last_t)

    def now(self) -> int:
        """Return the log's microseconds of this moment."""
        return self.t(self.program.clock_ns())

    def record(self, events: list[Event]) -> None:
        """Keep events; an end leads on to the results."""
        if events and isinstance(events[-1], End):
            lag = self.program.lag_p99_ms()
            if lag is not None:
                events = [*events[:-1], Mark(events[-1].t, "loop_lag_ms_p99", round(lag, 3)), events[-1]]
        self.recorder.write(events)
        if self.session.ended is not None and not self.over:
            self.over = True
            self._done(self)

    def next_change(self, now: int) -> int | None:
        """Return when the picture changes by itself (nanoseconds), or None."""
        raise NotImplementedError

    def wake_at(self) -> int | None:
        if self.over:
            return None
        times = [self._flush_at]
        if not self.session.paused:
            if (deadline := self.session.deadline()) is not None:
                times.append(self._shown_at + deadline * 1000)
            if (change := self.next_change(self.program.clock_ns())) is not None:
                times.append(change)
        return min(times)

    def tick(self, now: int) -> None:
        if self.over:
            return
        self.record(self.session.tick(self.t(now)))
        if now >= self._flush_at and not self.over:
            self._flush_at = now + SECOND
            self.program.work(self.recorder.flush)

    def paused(self, now: int) -> None:
        if not self.over and not self.task.exam:
            self.record(self.session.pause(self.t(now)))

    def resumed(self, now: int) -> None:
        if not self.over and not self.waiting:
            self.record(self.session.resume(self.t(now)))

    def key_came(self, t: int) -> None:
        """A key came: a question is withdrawn, the clock of a resumed attempt goes on."""
        self.asked_to_leave = False
        if self.waiting:
            self.waiting = False
            self.record(self.session.resume(t))

    # --- leaving and starting again ---

    def may_leave(self) -> bool:
        if not self.task.exam or self.asked_to_leave or self.over:
            return True
        self.asked_to_leave = True
        return False

    def leaving(self) -> None:
        """Keep what was typed. On Ctrl-C the attempt ends; when the terminal went away it may be resumed."""
        if self.over:
            return
        self.over = True
        if not self.session.begun or self.task.settings.get("practice"):
            self.recorder.discard()
            return
        if self.program.left_by_choice:
            self.record(self.session.quit(self.now()))
        self.context.farewell += kept(self.context, self.task, self.recorder, self.what_is_kept())

    def what_is_kept(self) -> str:
        """Return what was typed so far, in a few words."""
        raise NotImplementedError

    def restart(self, t: int) -> None:
        """Begin anew; what is long enough stays in the history."""
        self.over = True
        if self.session.size >= KEEP_FROM:
            self.record(self.session.quit(t))
            self.program.work(self.recorder.save)
        else:
            self.program.work(self.recorder.discard)
        self._again()


def kept(context: Context, task: Task, recorder: Recorder, what: str) -> tuple[str, ...]:
    """Save an attempt that was left, and return what to say about it."""
    from typetrainer.ui.result_file import write_result

    saved = recorder.save()
    said = (*saved.problems, *write_result(context, task, recorder))
    if saved.problems:
        return said
    where = "is in the history" if recorder.end else "can be gone on with at the next start"
    return (*said, f"Kept: {what} {where}.")
