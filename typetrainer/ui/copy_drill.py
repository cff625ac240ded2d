"""The copy drill on the screen: keys to session, session to picture, time to both."""

from collections.abc import Callable
from math import ceil

from typetrainer.core.log import AttemptLog, Event
from typetrainer.core.session import CopySession
from typetrainer.core.text import wrap_text
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import Frame, Row, Size, clock_text, keys
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.views.copy import CopyPicture, CopyView

_SECOND = 1_000_000_000
_PACE_STEP_NS = 250_000_000
KEEP_FROM = 20  # graphemes; what is shorter is not kept when the typist starts again or leaves

LEAVE_TEST = "Ctrl-C once more ends the test, and its result file says so. Or type on."
HINTS = {
    "enter_again": "Enter once more stops here. Go on typing to go on.",
    "no_backspace": "Backspace is off in this drill: go on.",
    "paste_refused": "A paste does not count here: type the text.",
    "blocked": "",
}
_HELP = (
    "Type the text as you see it. The bright part is done, the reversed character is next.",
    "Below the text stands what you typed instead, ^ where something is missing, +x what is too much.",
    "The clock starts with your first key. Nothing is sent anywhere.",
)


class CopyDrill(Screen):
    """Types one target. `done(screen)` is called when the attempt has ended; `again()` when it should start anew."""

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        done: Callable[["CopyDrill"], None],
        again: Callable[[], None],
        pace_wpm: float | None = None,
        pace_name: str = "",
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.task = task
        self.recorder: Recorder
        self._done = done
        self._again = again
        self._resumed = resumed
        self._waiting = resumed is not None  # the clock of a resumed attempt stands until its first key
        self.pace_wpm = pace_wpm
        self.pace_name = pace_name
        self.figures = context.settings.flag("live_figures") and not task.exam
        self._clock = context.settings.flag("clock")
        self.may_suspend = not task.exam
        self.session = (
            CopySession.restored(resumed[1])
            if resumed
            else CopySession(
                task.target or "",
                policy=task.policy or "free",
                limit_s=task.limit_s,
                typography=bool(task.settings.get("typography")),
            )
        )
        self._view = CopyView(self.session.alignment.target)
        self._shown_at = 0
        self._flush_at = 0
        self._left = ""
        self._help = False
        self._over = False
        self._noted_lag = False
        self._asked_to_leave = False

    # --- time ---

    def opened(self) -> None:
        now = self.program.clock_ns()
        self.program.lag_p99_ms()  # what was late before this drill does not count
        if self._resumed is not None:
            self.recorder = self._resumed[0]
            self._shown_at = now - self.session.last_t * 1000
            self._record(self.session.pause(self.session.last_t))
        else:
            size = self.program.size()
            self.recorder = self.context.record(self.task, size.columns, size.rows)
            self._shown_at = now
            self.program.work(self.recorder.open)
        self._flush_at = now + _SECOND

    def _t(self, at: int) -> int:
        """Return clock nanoseconds as the log's microseconds; never before what is already logged."""
        return max((at - self._shown_at) // 1000, self.session.last_t)

    def _record(self, events: list[Event]) -> None:
        self.recorder.write(events)
        if self.session.ended is not None and not self._over:
            self._over = True
            self._done(self)

    def wake_at(self) -> int | None:
        if self._over:
            return None
        now = self.program.clock_ns()
        times = [self._flush_at]
        deadline = self.session.deadline()
        if deadline is not None and not self.session.paused:
            times.append(self._shown_at + deadline * 1000)
        if self.session.started_at is not None and not self.session.paused:
            elapsed = int(self.session.elapsed(self._t(now)) * 1e9)
            step = _PACE_STEP_NS if self.pace_wpm and self.figures else _SECOND
            if self._clock or self.figures:
                times.append(now + step - elapsed % step)
        return min(times)

    def tick(self, now: int) -> None:
        if self._over:
            return
        t = self._t(now)
        deadline = self.session.deadline()
        if deadline is not None and t >= deadline and not self.session.paused:
            self._note_lag(deadline)
        self._record(self.session.tick(t))
        if now >= self._flush_at and not self._over:
            self._flush_at = now + _SECOND
            self.program.work(self.recorder.flush)
        self._left = self._figures(t)

    def paused(self, now: int) -> None:
        if not self._over and not self.task.exam:
            self._record(self.session.pause(self._t(now)))

    def resumed(self, now: int) -> None:
        if not self._over and not self._waiting:
            self._record(self.session.resume(self._t(now)))

    def may_leave(self) -> bool:
        if not self.task.exam or self._asked_to_leave or self._over:
            return True
        self._asked_to_leave = True
        return False

    def leaving(self) -> None:
        """Keep what was typed. On Ctrl-C the attempt ends; when the terminal went away it may be resumed."""
        if self._over:
            return
        self._over = True
        t = self._t(self.program.clock_ns())
        if len(self.session.alignment) == 0:
            self.recorder.discard()
            return
        if self.program.left_by_choice:
            self._note_lag(t)
            self.recorder.write(self.session.quit(t))
        if self.task.settings.get("practice"):
            self.recorder.discard()
            return
        from typetrainer.ui.exam import write_result

        saved = self.recorder.save()
        self.context.farewell += (*saved.problems, *write_result(self.context, self.task, self.recorder))
        typed = len(self.session.alignment)
        what = "it is in the history" if self.recorder.end else "the next start offers to go on with it"
        if not saved.problems:
            self.context.farewell.append(f"Kept: {typed} characters typed; {what}.")

    def _note_lag(self, t: int) -> None:
        """Log how late the program itself was, before the end event."""
        lag = self.program.lag_p99_ms()
        if lag is not None and not self._noted_lag:
            self._noted_lag = True
            self.recorder.write(self.session.mark(t, "loop_lag_ms_p99", round(lag, 3)))

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self._over:
            return
        t = self._t(key.at)
        self._asked_to_leave = False
        if self._waiting:
            self._waiting = False
            self._record(self.session.resume(t))
        if self._help:
            self._help = False
            self._record(self.session.resume(t))
            return
        session = self.session
        match key.name:
            case name if name == TEXT:
                self._typed(key, t)
            case "backspace":
                self._record(session.erase(t))
            case "c-w" | "a-backspace" | "c-delete":
                self._record(session.erase_word(t))
            case name if name == PASTE:
                self._record(session.paste(t, key.size))
            case "enter" | "c-j":
                self._enter(t)
            case "tab" if not self.task.exam:
                self.figures = not self.figures
                self._left = self._figures(t)
            case "c-r" if not self.task.exam:
                self._restart(t)
            case "f1" if not self.task.exam:
                self._help = True
                self._record(session.pause(t))

    def _typed(self, key: KeyEvent, t: int) -> None:
        last = self._would_end(key.text)
        if last:
            self._note_lag(t)
        self._record(self.session.type(t, key.text, key.batch))

    def _would_end(self, text: str) -> bool:
        """Whether this key may be the last one, so that the lag is logged before it."""
        alignment = self.session.alignment
        near_end = len(alignment.target) - alignment.cursor <= 2
        return near_end or (self.session.policy == "strict" and not alignment.matches(text, alignment.cursor))

    def _enter(self, t: int) -> None:
        if self.session.hint == "enter_again" or self.session.in_last_word:
            self._note_lag(t)
        self._record(self.session.enter(t))

    def _restart(self, t: int) -> None:
        self._over = True
        if len(self.session.alignment) >= KEEP_FROM:
            self.recorder.write(self.session.quit(t))
            self.program.work(self.recorder.save)
        else:
            self.program.work(self.recorder.discard)
        self._again()

    # --- picture ---

    def _figures(self, t: int) -> str:
        if not self.figures or self.session.started_at is None:
            return ""
        live = self.session.live(t)
        speed = number(live.wpm, unit=" wpm")
        return f"{speed:<9}{percent(live.accuracy)}"

    def _pace(self, t: int) -> tuple[int | None, str]:
        """Return where the pace stands (an index of the target), and how far away that is in words."""
        if not self.pace_wpm or not self.figures:
            return None, ""
        name = f"{self.pace_name} {self.pace_wpm:.0f}"
        if self.session.started_at is None:
            return None, name
        at = int(self.pace_wpm / 12 * self.session.elapsed(t)) + 1
        ahead = self.session.alignment.cursor - at
        side = f"{abs(ahead)} {'ahead of it' if ahead >= 0 else 'behind it'}"
        return min(at, len(self.session.alignment.target) - 1), f"▴ {name} · {side}"

    def _clock_text(self, t: int) -> str:
        if not self._clock:
            return ""
        if self.task.limit_s is None:
            return clock_text(self.session.elapsed(t))
        return clock_text(ceil(round(self.task.limit_s - self.session.elapsed(t), 3)))

    def view(self, size: Size) -> Frame:
        t = self._t(self.program.clock_ns())
        pace, right = self._pace(t)
        policy = self.task.policy or "free"
        clock = self._clock_text(t)
        hint = HINTS.get(self.session.hint or "", "")
        if self._help:
            hint = "Help: the clock stands. Any key goes on."
        elif self._asked_to_leave:
            hint = LEAVE_TEST
        elif not hint and self.recorder.problem:
            hint = f"Your typing is kept in memory; the disk refuses: {self.recorder.problem}."
        elif not hint and (self.session.started_at is None or self._waiting):
            hint = self._opening()
        picture = CopyPicture(
            title=self.task.title,
            clock=f"{policy}    {clock:>5}".rstrip(),
            alignment=self.session.alignment,
            pace=pace,
            left=self._left,
            right=right,
            hint=hint,
            keys=self._keys(size),
        )
        frame = self._view(picture, size)
        return _with_help(frame, size) if self._help else frame

    def _opening(self) -> str:
        if self._waiting:
            return "Go on where you stopped: the clock goes on with your next key."
        limit = f" {self.task.limit_s:g} seconds." if self.task.limit_s else ""
        return f"Type the text: the clock starts with your first key.{limit}"

    def _keys(self, size: Size) -> Row:
        if self.task.exam:
            return keys(("Ctrl-C", "leave"), columns=size.columns)
        return keys(
            ("Ctrl-R", "again"), ("Tab", "figures"), ("F1", "help"), ("Ctrl-C", "leave"), columns=size.columns
        )  # fmt: skip


def _with_help(frame: Frame, size: Size) -> Frame:
    """Put the help in place of the text."""
    rows = list(frame.rows)
    body: list[Row] = [()]
    for sentence in _HELP:
        body += [(("", "   " + line),) for line in wrap_text(sentence, size.columns - 6)]
    rows[2:-3] = [*body, *[()] * (len(rows) - 5 - len(body))]
    return Frame(tuple(rows), frame.cursor)
