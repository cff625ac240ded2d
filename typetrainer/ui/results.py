"""The screens after a drill: they save the attempt, look up what to compare it with, and lead on."""

from collections.abc import Callable
from dataclasses import replace

from typetrainer.core.keystats import mistakes
from typetrainer.core.log import AttemptLog
from typetrainer.core.text import clip, visible, width
from typetrainer.errors import TypetrainerError
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.explain import ExplainScreen
from typetrainer.ui.frame import BLANK, Frame, Row, Size, keys, layout
from typetrainer.ui.input import TEXT, KeyEvent
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.result_file import write_result
from typetrainer.ui.task import Task
from typetrainer.ui.views.copy_results import CopyOutcome, copy_results_view
from typetrainer.ui.views.lists import pages_view


class Ways:
    """Where a results screen leads: each is called when its key is pressed."""

    def __init__(self, onward: Callable[[], None], again: Callable[[], None], menu: Callable[[], None]) -> None:
        self.onward = onward
        self.again = again
        self.menu = menu


_SETTLE_NS = 300_000_000  # a second Enter, pressed too fast, comes within this
_TYPING_NS = 1_000_000_000  # who is stopped by the clock in the middle of a word types on


class ResultScreen(Screen):
    """What the results of all kinds of drill share.

    Keys that were meant for the drill do nothing: Enter and text just after the results came, and where the clock
    stopped the drill, text until there is a pause.
    """

    def __init__(self, context: Context, task: Task, recorder: Recorder, ways: Ways) -> None:
        super().__init__()
        self.context = context
        self.task = task
        self.recorder = recorder
        self.ways = ways
        self.scroll = 0
        self._deaf_until: int | None = None

    def opened(self) -> None:
        if self._deaf_until is None:
            self._deaf_until = self.program.clock_ns() + (_TYPING_NS if self._stopped_by_clock() else _SETTLE_NS)

    def _stopped_by_clock(self) -> bool:
        end = self.recorder.end
        return end is not None and end.reason == "time"

    def meant_for_drill(self, key: KeyEvent) -> bool:
        """Whether a key comes too early to be an answer to the results."""
        if key.name not in (TEXT, "enter") or self._deaf_until is None or key.at >= self._deaf_until:
            return False
        if key.name == TEXT and self._stopped_by_clock():
            self._deaf_until = key.at + _TYPING_NS
        return True

    def move(self, name: str, length: int) -> bool:
        """Scroll a text of `length` rows; return whether the key was for that."""
        room = self.program.size().rows - 3
        steps = {"pagedown": room - 1, "pageup": 1 - room, "home": -length, "end": length}
        if name not in steps:
            return False
        self.scroll = max(0, min(self.scroll + steps[name], length - room))
        return True

    def onward_name(self) -> str:
        """Return what Enter does, in a word: after a test it leaves."""
        if self.task.exam:
            return "leave"
        return "next" if self.task.number < self.task.count else "another"

    def lead(self, key: KeyEvent) -> None:
        """Go where the common keys lead."""
        match key.text if key.name == TEXT else key.name:
            case "enter" | "n":
                if self.task.exam:
                    self.program.exit()
                else:
                    self.ways.onward()
            case "r" if not self.task.exam:
                self.ways.again()
            case "h" | "escape":
                self.ways.menu()
            case "e":
                self.program.show(ExplainScreen(self.task.kind, self.back))
            case "q":
                self.program.exit()

    def back(self) -> None:
        """Come back from a screen that this one opened."""
        self.program.screen = self
        self.program.repaint()


class CopyResults(ResultScreen):
    """Results of a copy drill."""

    def __init__(self, context: Context, task: Task, recorder: Recorder, ways: Ways) -> None:
        super().__init__(context, task, recorder, ways)
        self.outcome: CopyOutcome | None = None
        self._mistakes = False
        self._log = recorder.log()

    def opened(self) -> None:
        super().opened()
        if self.outcome is None:
            self.program.work(lambda: CopyOutcome.of(self.task.title, self._log), self._scored)

    def _scored(self, outcome: CopyOutcome) -> None:
        self.outcome = outcome
        self.program.work(lambda: looked_up(self.context, self.task, self.recorder, outcome), self._kept)

    def _kept(self, outcome: CopyOutcome) -> None:
        self.outcome = outcome
        if self.task.exam:
            self.context.farewell += outcome.notices

    def leaving(self) -> None:
        problems = self.recorder.save().problems  # said again: the screen may have cut them off
        self.context.farewell += [problem for problem in problems if problem not in self.context.farewell]

    def handle(self, key: KeyEvent) -> None:
        if self.meant_for_drill(key):
            return
        if key.name == TEXT and key.text == "m":
            self._mistakes = not self._mistakes
            self.scroll = 0
        elif self._mistakes and self.move(key.name, len(mistake_rows(self._log))):
            return
        elif self._mistakes and key.name in ("escape", "enter"):
            self._mistakes = False
        else:
            self.lead(key)

    def view(self, size: Size) -> Frame:
        foot = self._foot(size)
        if self.outcome is None:
            return layout(self.task.title, None, [BLANK, (("label", "   …"),)], [foot], size)
        if self._mistakes:
            return pages_view(self.task.title, "mistakes", mistake_rows(self._log), self.scroll, foot, size)
        return copy_results_view(self.outcome, foot, size)

    def _foot(self, size: Size) -> Row:
        if self._mistakes:
            return keys(("Enter", "back"), ("PgUp PgDn", "scroll"), ("h", "menu"), ("q", "quit"), columns=size.columns)
        again = [] if self.task.exam else [("r", "again")]
        more = (("m", "mistakes"), ("e", "explain"), ("h", "menu"), ("q", "quit"))
        return keys(("Enter", self.onward_name()), *again, *more, columns=size.columns)


def looked_up(context: Context, task: Task, recorder: Recorder, outcome: CopyOutcome) -> CopyOutcome:
    """Save the attempt and return its outcome with the records to compare it with. Runs in a thread."""
    saved = recorder.save()
    notices = (*saved.problems, *write_result(context, task, recorder))
    if saved.record is None:
        return replace(outcome, loaded=True, notices=notices)
    from typetrainer.store.records import best_key, personal_best

    key = best_key(saved.record)
    try:
        records = [record for record in context.store.history.all() if best_key(record) == key]
    except TypetrainerError as error:
        return replace(outcome, loaded=True, notices=(*notices, str(error)))
    earlier = [record for record in records if record["id"] != recorder.id]
    best = personal_best(records, key)
    if best is not None and best["id"] == recorder.id and earlier:
        notices = (*notices, "Your best here so far.")
    return replace(outcome, past=earlier[-10:], best=best if earlier else None, loaded=True, notices=notices)


def mistake_rows(log: AttemptLog) -> list[Row]:
    """Return every uncorrected mistake in its word, in order."""
    found = mistakes(log)
    if not found:
        return [BLANK, (("good", "   Nothing was left wrong."),)]
    rows: list[Row] = [BLANK]
    for mistake in found:
        said = {
            "wrong": f"“{visible(mistake.typed)}” for “{visible(mistake.expected)}”",
            "extra": f"“{visible(mistake.typed)}” too much",
            "missing": f"“{visible(mistake.expected)}” missing",
            "swapped": "two letters swapped",
        }[mistake.op.value]
        typed, word = _padded(mistake.word_typed), _padded(mistake.word)
        rows.append((("bad", "   " + typed), ("label", " ▸ "), ("", word + " "), ("label", said)))
    return rows


def _padded(word: str, room: int = 24) -> str:
    shown = clip(visible(word), room)
    return shown + " " * (room - width(shown))
