"""A timed test in its plain form: practice that does not count, then one attempt, then a result file.

No restart, no live figures, no pause.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from typetrainer.content.request import CopyTask, DrillRequest, ReplyTask, request_for
from typetrainer.core.text import wrap_text
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.frame import BLANK, Row
from typetrainer.ui.menu import TextScreen
from typetrainer.ui.task import Task, request_tasks

if TYPE_CHECKING:
    from typetrainer.ui.copy_drill import CopyDrill
    from typetrainer.ui.flow import Flow
    from typetrainer.ui.reply_drill import ReplyDrill

PRACTICE_SECONDS = 30.0


class Exam:
    """Leads through one test."""

    def __init__(self, flow: "Flow", request: DrillRequest, task: Task) -> None:
        self._flow = flow
        self._request = request
        self._task = task

    def first(self) -> Screen:
        """Return the page that says what will happen."""
        ways = [("Enter", "practise first", self._practise), ("s", "skip practice", self._ready)]
        return TextScreen("A test", _rows(exam_text(self._task)), ways)

    def _practise(self) -> None:
        task = practice_task(self._flow.context, self._request, self._task)
        self._flow.show(self._flow.drill(task, done=self._practised))

    def _practised(self, drill: "CopyDrill | ReplyDrill") -> None:
        self._flow.program.work(drill.recorder.discard)
        self._ready()

    def _ready(self) -> None:
        starts = "The clock starts with your first key." if self._task.kind == "copy" else "The clock starts at once."
        text = ["Now the test.", "", starts, "When you are ready, press Enter."]
        self._flow.show(TextScreen("Ready?", _rows(text), [("Enter", "begin", self._begin)]))

    def _begin(self) -> None:
        self._flow.show(self._flow.drill(self._task))


def exam_text(task: Task) -> list[str]:
    """Return what a candidate should know before a test, paragraph by paragraph."""
    return [
        f"This is a test: {task.title.removeprefix('Test · ')}.",
        "",
        f"It takes {task.limit_s:g} seconds." if task.limit_s else "It has no time limit.",
        "There is one attempt. It cannot be paused or started again, and no figures are shown while you type.",
        "Pasting is refused. What you type in it is recorded with its times, and nothing else.",
        "",
        "At the end you see the numbers that the result file holds. It stays on this computer until you share it.",
        "",
        "First you can practise. Practice does not count and is not kept.",
    ]


def practice_task(context: Context, request: DrillRequest, task: Task) -> Task:
    """Return a short task of the same kind that is not kept, and shows as little as can be of what is tested."""
    tested, least, best = _items(task), None, None
    pack = request.pack
    if pack is not None and context.library.pack(pack).hiring:
        pack = None
    for seed in range((request.seed or 0) + 1, (request.seed or 0) + 20):
        drawn = request_for(
            context.library,
            request.kind,
            seed=seed,
            pack=pack,
            seconds=PRACTICE_SECONDS if task.kind == "copy" else None,
        )
        shared = len(_items(drawn.tasks[0]) & tested)
        if least is None or shared < least:
            least, best = shared, drawn
        if not shared:
            break
    practice = best or request
    made = request_tasks(context.settings, practice)[0]
    return replace(
        made,
        title=f"Practice · {practice.title}",
        policy=task.policy,
        settings={**made.settings, "practice": True},
    )


def _items(task: Task | CopyTask | ReplyTask) -> set[str]:
    """Return the items that a task shows: a timed text is joined from several."""
    spans = () if isinstance(task, ReplyTask) else task.spans
    return {span.id for span in spans} or {task.item}


def _rows(text: list[str]) -> list[Row]:
    rows: list[Row] = [BLANK]
    for paragraph in text:
        rows += [(("", "   " + line),) for line in wrap_text(paragraph, 72)]
    return rows
