"""The copy drill on the screen: keys to session, session to picture, time to both."""

from collections.abc import Callable
from math import ceil

from typetrainer.core.log import AttemptLog
from typetrainer.core.session import CopySession
from typetrainer.core.text import wrap_text
from typetrainer.ui.context import Context
from typetrainer.ui.drill import LEAVE_TEST, SECOND, DrillScreen
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import Frame, Row, Size, clock_text, keys
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task, copy_session
from typetrainer.ui.views.copy import CopyPicture, CopyView

_PACE_STEP_NS = 250_000_000
POLICIES = {
    "free": "A wrong key stays until you take it back.",
    "stop": "A wrong key is not let in.",
    "no-backspace": "A wrong key stays: Backspace is off.",
    "strict": "The first wrong key ends it.",
}
HINTS = {
    "enter_again": "Enter once more stops here. Go on typing to go on.",
    "no_backspace": "Backspace is off in this drill: go on.",
    "paste_refused": "A paste does not count here: type the text.",
    "blocked": "That key was not let in: the marked character comes next.",
}
_HELP = (
    "Type the text as you see it. The bright part is done, the reversed character is next.",
    "Below the text stands what you typed instead, ^ where something is missing, +x what is too much.",
    "The clock starts with your first key. Nothing is sent anywhere.",
)


class CopyDrill(DrillScreen[CopySession]):
    """Types one target."""

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
        session = CopySession.restored(resumed[1]) if resumed else copy_session(task)
        super().__init__(context, task, session, done=done, again=again, resumed=resumed)
        self.pace_wpm = pace_wpm
        self.pace_name = pace_name
        self.figures = context.settings.flag("live_figures") and not task.exam
        self._clock = context.settings.flag("clock")
        self._bell = context.settings.flag("bell")
        self._view = CopyView(self.session.alignment.target)
        self._left = ""
        self._help = False

    # --- time ---

    def next_change(self, now: int) -> int | None:
        if self.session.started_at is None or not (self._clock or self.figures):
            return None
        elapsed = int(self.session.elapsed(self.t(now)) * 1e9)
        step = _PACE_STEP_NS if self.pace_wpm and self.figures else SECOND
        return now + step - elapsed % step

    def tick(self, now: int) -> None:
        super().tick(now)
        if not self.over:
            self._left = self._figures(self.t(now))

    def what_is_kept(self) -> str:
        return f"what you typed ({self.session.size} characters)"

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self.over:
            return
        t = self.t(key.at)
        self.key_came(t)
        session = self.session
        if self._help:
            self._help = False
            self.record(session.resume(t))
            return
        match key.name:
            case name if name == TEXT:
                right = session.alignment.matches(key.text, session.alignment.cursor)
                self.record(session.type(t, key.text, key.batch))
                if not right and self._bell:
                    self.program.bell()
            case "backspace":
                self.record(session.erase(t))
            case "c-w" | "a-backspace" | "c-delete":
                self.record(session.erase_word(t))
            case name if name == PASTE:
                self.record(session.paste(t, key.size))
            case "enter" | "c-j":
                self.record(session.enter(t))
            case "tab" if not self.task.exam:
                self.figures = not self.figures
                self._left = self._figures(t)
            case "c-r" if not self.task.exam:
                self.restart(t)
            case "f1" if not self.task.exam:
                self._help = True
                self.record(session.pause(t))

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
        t = self.now()
        pace, right = self._pace(t)
        policy = self.task.policy or "free"
        clock = self._clock_text(t)
        hint = HINTS.get(self.session.hint or "", "")
        if self._help:
            hint = "Help: the clock stands. Any key goes on."
        elif self.asked_to_leave:
            hint = LEAVE_TEST
        elif not hint and self.recorder.problem:
            hint = f"Your typing is kept in memory; the disk refuses: {self.recorder.problem}."
        elif not hint and (self.session.started_at is None or self.waiting):
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
        return _with_help(frame, size, POLICIES[policy]) if self._help else frame

    def _opening(self) -> str:
        if self.waiting:
            return "Go on where you stopped: the clock goes on with your next key."
        limit = f" {self.task.limit_s:g} seconds." if self.task.limit_s else ""
        return f"Type the text: the clock starts with your first key.{limit}"

    def _keys(self, size: Size) -> Row:
        if self.task.exam:
            return keys(("Ctrl-C", "leave"), columns=size.columns)
        return keys(
            ("Ctrl-R", "again"), ("Tab", "figures"), ("F1", "help"), ("Ctrl-C", "leave"), columns=size.columns
        )  # fmt: skip


def _with_help(frame: Frame, size: Size, policy: str) -> Frame:
    """Put the help in place of the text."""
    rows = list(frame.rows)
    body: list[Row] = [()]
    for sentence in (*_HELP, policy):
        body += [(("", "   " + line),) for line in wrap_text(sentence, size.columns - 6)]
    rows[2:-3] = [*body, *[()] * (len(rows) - 5 - len(body))]
    return Frame(tuple(rows), frame.cursor)
