"""What follows what: the menu, drills, their results.

A screen is imported when it is first shown: the first frame of a copy drill waits for nothing else.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from typetrainer.content.model import KINDS, Kind
from typetrainer.content.request import DrillRequest, request_for
from typetrainer.core.log import AttemptLog
from typetrainer.errors import TypetrainerError
from typetrainer.ui.app import Program, Screen
from typetrainer.ui.context import Context
from typetrainer.ui.copy_drill import CopyDrill
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task, request_tasks
from typetrainer.ui.written import OFFERS, TITLES

if TYPE_CHECKING:
    from typetrainer.content.difficulty import Level
    from typetrainer.store.attempts import Attempt
    from typetrainer.ui.reply_drill import ReplyDrill
    from typetrainer.ui.written_results import ReplyResults


class Flow:
    """Leads from screen to screen. `program` is set before the first one is shown."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.program: Program
        self.notes: list[str] = []
        self._request: DrillRequest | None = None
        self._tasks: list[Task] = []
        self._shown: list[str] = []  # items of this sitting, for those of which nothing was typed or kept
        self._before: ReplyResults | None = None  # the last written text: its item may be tried again

    # --- first screens ---

    def menu_first(self) -> Screen:
        """Return the first screen of the bare command."""
        return self._offer(self.menu) or self._menu()

    def drill_first(self, request: DrillRequest) -> Screen:
        """Return the first screen of `drill`."""
        self._take(request)
        if request.manner.exam:
            from typetrainer.ui.exam import Exam

            return Exam(self, request, self._tasks[0]).first()
        return self._offer(self._begin) or self.drill(self._tasks[0])

    def _offer(self, onward: Callable[[], None]) -> Screen | None:
        """Return the offer to go on with an interrupted attempt; None when there is none, which is looked up fast."""
        try:
            if not self.context.store.attempts.interrupted():
                return None
        except TypetrainerError as error:
            self.notes.append(str(error))
            return None
        from typetrainer.ui.interrupted import Interrupted

        return Interrupted(self, onward).offer()

    def show(self, screen: Screen) -> None:
        """Go to a screen."""
        self.program.show(screen)

    # --- the menu ---

    def menu(self) -> None:
        """Go to the menu."""
        self.show(self._menu())

    def _menu(self) -> Screen:
        from typetrainer.ui.keepsakes import HistoryScreen, SettingsScreen
        from typetrainer.ui.menu import Entry, MenuScreen
        from typetrainer.ui.views.lists import Choice

        entries = (
            Entry(Choice("c", "Copy", "type support text; speed and accuracy"), lambda: self._start("copy")),
            Entry(Choice("1", "One-minute copy", "the same against the clock"), lambda: self._start("copy", 60.0)),
            *(
                Entry(Choice(key, TITLES[kind], about), partial(self._start, kind))
                for kind, (key, about) in OFFERS.items()
                if self._has(kind)
            ),
            Entry(
                Choice("h", "History", "your attempts and their numbers", apart=True),
                lambda: self.show(HistoryScreen(self.context, self.menu)),
            ),
            Entry(
                Choice(",", "Settings", "policy, pace, colours, checks"),
                lambda: self.show(SettingsScreen(self.context, self.menu)),
            ),
        )
        return MenuScreen(entries, f"profile {self.context.store.profile}", lambda: self.notes)

    def _has(self, kind: Kind) -> bool:
        """Whether there is anything of a kind to practise, in the pack of the settings or in any."""
        try:
            return kind == "reply" or self.context.library.has(kind, self.context.settings.text("pack") or None)
        except TypetrainerError:
            return False

    def _start(self, kind: Kind, seconds: float | None = None, level: "Level | None" = None) -> None:
        """Begin a drill from the settings' pack, with an item that was not seen lately."""
        settings = self.context.settings
        if kind == "copy" and seconds is None and settings.number("seconds"):
            seconds = float(settings.number("seconds"))
        self.notes = []
        try:
            self._take(self._drawn(kind, seconds, level))
        except TypetrainerError as error:
            self.notes = [str(error)]
            self.menu()
            return
        self._begin()

    def _drawn(self, kind: Kind, seconds: float | None, level: "Level | None") -> DrillRequest:
        return request_for(
            self.context.library,
            kind,
            seed=self.context.env.random.getrandbits(32),
            pack=self.context.settings.text("pack") or None,
            seconds=seconds,
            level=level,
            recent=[*self.context.store.practised(), *self._shown],
        )

    # --- drills ---

    def _take(self, request: DrillRequest) -> None:
        self._request = request
        self._tasks = request_tasks(self.context.settings, request)

    def _begin(self) -> None:
        self.show(self.drill(self._tasks[0]))

    def drill(
        self,
        task: Task,
        *,
        resumed: tuple[Recorder, AttemptLog] | None = None,
        done: "Callable[[CopyDrill | ReplyDrill], None] | None" = None,
    ) -> "CopyDrill | ReplyDrill":
        """Return the screen of a drill; `done` is called at its end instead of showing the results."""
        self._shown.append(task.spans[0].id if task.spans else task.item)
        done = done or self._results
        again = lambda: self.show(self.drill(task))  # noqa: E731
        if task.kind != "copy":
            return _written(task.kind)(self.context, task, done=done, again=again, resumed=resumed)
        name, wpm = self._pace(task)
        drill = CopyDrill(
            self.context, task, done=done, again=again, pace_wpm=wpm, pace_name=name, resumed=resumed
        )  # fmt: skip
        if self._request is not None and self._request.manner.figures is False:
            drill.figures = False
        return drill

    def resume(self, attempt: "Attempt", task: Task) -> None:
        """Go on with an interrupted attempt. Raises the errors of the store."""
        self.show(self.drill(task, resumed=self.context.resume(attempt)))

    def _results(self, drill: "CopyDrill | ReplyDrill") -> None:
        from typetrainer.ui.results import CopyResults, Ways

        task, recorder = drill.task, drill.recorder
        again = lambda: self.show(self.drill(task))  # noqa: E731
        ways = Ways(onward=lambda: self._onward(task), again=again, menu=self.menu)
        if isinstance(drill, CopyDrill):
            self.show(CopyResults(self.context, task, recorder, ways))
            return
        from typetrainer.ui.written_results import ReplyResults

        before, self._before = self._before, None
        earlier = None
        if before is not None and before.task.item == task.item and not task.exam:
            earlier = lambda: before.outcome  # noqa: E731 - still being judged, perhaps
        screen = ReplyResults(self.context, task, recorder, ways, earlier)
        self._before = screen
        self.show(screen)

    def _onward(self, task: Task) -> None:
        if task.number < task.count and task in self._tasks:
            self.show(self.drill(self._tasks[task.number]))
        elif task.item.startswith("own/"):
            self.menu()
        else:
            level = self._request.level if self._request is not None else None
            self._start(next(kind for kind in KINDS if kind == task.kind), task.limit_s, level)

    def _pace(self, task: Task) -> tuple[str, float | None]:
        """Return whose pace the mark shows and its speed; the history is read only when it is needed."""
        asked = self._request.manner.pace if self._request is not None else None
        if isinstance(asked, int | float):
            return "pace", float(asked)
        whose = asked or self.context.settings.text("pace")
        if whose == "off" or task.exam:
            return "", None
        from typetrainer.store.records import best_speed, pace_wpm, personal_best

        key = ("copy", task.item.partition("/")[0], task.limit_s, task.policy)
        try:
            records = self.context.store.history.all()
        except TypetrainerError:
            return "", None
        if whose == "best":
            best = personal_best(records, key)
            return whose, best_speed(best) if best is not None else None
        return whose, pace_wpm(records, key, 1 if whose == "last" else 10)


def _written(kind: str) -> "type[ReplyDrill]":
    """Return the screen of a kind of writing."""
    if kind == "triage":
        from typetrainer.ui.triage_drill import TriageDrill

        return TriageDrill
    if kind == "search":
        from typetrainer.ui.search_drill import SearchDrill

        return SearchDrill
    from typetrainer.ui.reply_drill import ReplyDrill

    return ReplyDrill
