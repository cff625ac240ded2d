"""A timed test in its plain form: practice that does not count, then one attempt, then a result file.

No restart, no live figures, no pause. The result file holds the log, the item, the metrics and the versions; `replay`
computes every number anew from it.
"""

import platform
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typetrainer import __version__
from typetrainer.content.request import DrillRequest, request_for
from typetrainer.core.log import encode_log
from typetrainer.core.text import wrap_text
from typetrainer.errors import StorageProblem, TypetrainerError
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.frame import BLANK, Row
from typetrainer.ui.menu import TextScreen
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task, tasks_of

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
        self._task = replace(task, title=f"Test · {task.title}", result_path=request.manner.out)

    def first(self) -> Screen:
        """Return the page that says what will happen."""
        limit = self._task.limit_s
        text = [
            f"This is a test: {self._task.title.removeprefix('Test · ')}.",
            "",
            f"It takes {limit:g} seconds." if limit else "It has no time limit.",
            "There is one attempt. It cannot be paused or started again, and no figures are shown while you type.",
            "Pasting is refused. What you type in it is recorded with its times, and nothing else.",
            "",
            "At the end you see the numbers that the result file holds. It stays on this computer until you share it.",
            "",
            "First you can practise. Practice does not count and is not kept.",
        ]
        ways = [("Enter", "practise first", self._practise), ("s", "skip practice", self._ready)]
        return TextScreen("A test", _rows(text), ways)

    def _practise(self) -> None:
        context = self._flow.context
        request = request_for(
            context.library,
            self._request.kind,
            seed=(self._request.seed or 0) + 1,
            pack=self._request.pack,
            seconds=PRACTICE_SECONDS if self._task.kind == "copy" else None,
        )
        task = tasks_of(request, policy=self._task.policy or "free", assistive=False, keyboard_layout="")[0]
        task = replace(task, title=f"Practice · {request.title}", settings={**task.settings, "practice": True})
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


def _rows(text: list[str]) -> list[Row]:
    rows: list[Row] = [BLANK]
    for paragraph in text:
        rows += [(("", "   " + line),) for line in wrap_text(paragraph, 72)]
    return rows


def write_result(
    context: Context, task: Task, recorder: Recorder, assessment: Mapping[str, Any] | None = None
) -> tuple[str, ...]:
    """Write a test's result file and return what to say about it; nothing for an attempt that is no test."""
    if not task.exam or recorder.end is None:
        return ()
    from typetrainer.core.result import encode_result
    from typetrainer.store.atomic import write_atomic

    path = task.result_path or Path.cwd() / f"typetrainer-result-{recorder.id}.json"
    engine = assessment.get("engine") if assessment else None
    text = encode_result(
        encode_log(recorder.log()), task.record, app=f"typetrainer {__version__}",
        python=platform.python_version(), engine=engine, assessment=assessment,
    )  # fmt: skip
    for place in dict.fromkeys((path, context.store.places.data / path.name)):
        try:
            write_atomic(place, text.encode("utf-8"))
        except (StorageProblem, TypetrainerError, OSError) as error:
            problem = str(error)
            continue
        note = (f"The result file: {place}",)
        return note if place == path else (problem, *note)
    return (problem,)
