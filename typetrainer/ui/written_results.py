"""The screen after a written text: every judgement with its reason, what is wrong with it, and the attempt before."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from typetrainer.core.metrics import compute
from typetrainer.ui.context import Context
from typetrainer.ui.frame import Frame, Row, Size, keys
from typetrainer.ui.input import TEXT, KeyEvent
from typetrainer.ui.judging import assessment_of, checked_reply, dispute, judged_reply, put_away, set_aside, so_far
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.result_file import write_result
from typetrainer.ui.results import ResultScreen, Ways
from typetrainer.ui.task import Task
from typetrainer.ui.views.both import both_rows
from typetrainer.ui.views.lists import pages_view
from typetrainer.ui.views.reply_results import ReplyOutcome, reply_results_view, reply_rows, selected_rows
from typetrainer.ui.written import writing_of
from typetrainer.writing.findings import is_spelling
from typetrainer.writing.result import CheckResult


class ReplyResults(ResultScreen):
    """Results of a written text: the language findings arrive when the checker has them.

    `earlier` returns the outcome of the attempt before at the same item, where there was one in this sitting.
    """

    def __init__(
        self,
        context: Context,
        task: Task,
        recorder: Recorder,
        ways: Ways,
        earlier: Callable[[], ReplyOutcome] | None = None,
    ) -> None:
        super().__init__(context, task, recorder, ways)
        self._log = recorder.log()
        item = task.reply
        self.outcome = ReplyOutcome(
            task.title, self._log.final_text(), compute(self._log), item.model if item else "", kind=task.kind
        )
        self.earlier = earlier
        self._both = False
        self._final = False

    def opened(self) -> None:
        super().opened()
        self.program.work(self.recorder.save, self._saved)
        self.program.work(self._assess_so_far, self._assessed_so_far)
        self.program.await_(lambda: checked_reply(self.context, self.task, self.outcome.text), self._checked)

    def _saved(self, saved: Any) -> None:
        self.outcome = replace(self.outcome, notices=self.outcome.notices + saved.problems)

    def _assess_so_far(self) -> ReplyOutcome:
        """Judge what needs no checker: it may start slowly, or not at all."""
        known = replace(self.outcome, check=so_far(self.outcome.text), notices=())
        return judged_reply(self.context, self.task, self._log, known)

    def _assessed_so_far(self, made: ReplyOutcome) -> None:
        if not self._final:  # what is wrong is told once, with the final assessment
            self._take(made, None)

    def _take(self, made: ReplyOutcome, check: CheckResult | None) -> None:
        """Show what was judged; the point that was chosen stays chosen."""
        points = self.outcome.points
        chosen = points[self.outcome.selected].key if self.outcome.selected < len(points) else None
        self.outcome = replace(
            self.outcome, check=check, assessment=made.assessment, chosen=made.chosen, disputed=made.disputed,
            score_aside=made.score_aside,
        )  # fmt: skip
        keys_now = [point.key for point in self.outcome.points]
        if self.outcome.selected and chosen in keys_now:
            self.outcome = replace(self.outcome, selected=keys_now.index(chosen))

    def _checked(self, check: CheckResult) -> None:
        self.program.work(lambda: self._assess(check), self._assessed)

    def _assess(self, check: CheckResult) -> ReplyOutcome:
        before = self.recorder.save().problems
        made = judged_reply(self.context, self.task, self._log, replace(self.outcome, check=check, notices=()))
        assessment = assessment_of(check, made.assessment)
        problems = self.recorder.assess(assessment).problems
        written = write_result(self.context, self.task, self.recorder, assessment)
        return replace(made, notices=(*made.notices, *problems[len(before) :], *written))

    def _assessed(self, made: ReplyOutcome) -> None:
        if self.task.exam:
            self.context.farewell += made.notices
        self._final = True
        self._take(made, made.check)
        self.outcome = replace(self.outcome, notices=self.outcome.notices + made.notices)

    def leaving(self) -> None:
        self.context.farewell += self.recorder.save().problems

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self.meant_for_drill(key):
            return
        name = key.text if key.name == TEXT else key.name
        if self.move(key.name, len(self._rows(self.program.size().columns))):
            return
        if name == "b" and self.earlier is not None:
            self._both, self.scroll = not self._both, 0
        elif self._both and name in ("enter", "escape"):
            self._both, self.scroll = False, 0
        elif self._both or not self._on_point(name):
            self.lead(key)

    def _on_point(self, name: str) -> bool:
        """Do what a key asks for on the chosen point; return whether it was for that."""
        count = len(self.outcome.points)
        if name == "m":
            self.outcome = replace(self.outcome, show_model=not self.outcome.show_model)
            self.scroll = 0
            return True
        if not count or self.outcome.show_model or name not in ("down", "up", "!", "d", "x"):
            return False
        if name in ("down", "up"):
            selected = self.outcome.selected + (1 if name == "down" else -1)
            self.outcome = replace(self.outcome, selected=max(0, min(selected, count - 1)), said="")
        elif name == "!":
            self._dispute()
        else:
            self._put_away(dictionary=name == "d")
        self._show_selected()
        return True

    def _rows(self, columns: int) -> list[Row]:
        if self._both and self.earlier is not None:
            return both_rows(self.earlier(), self.outcome, columns)
        return reply_rows(self.outcome, columns)

    def _show_selected(self) -> None:
        """Scroll so that the whole of the selected finding is seen."""
        size = self.program.size()
        first, last = selected_rows(self.outcome, size.columns)
        room = size.rows - 3
        length = len(reply_rows(self.outcome, size.columns))
        lowest = last - room + (1 if last == length - 1 else 2)  # the last row says that there is more
        self.scroll = max(0, min(max(min(self.scroll, first), lowest), length - room))

    def _put_away(self, *, dictionary: bool) -> None:
        """Add the selected word to the dictionary, or switch its rule off: for this person, from now on."""
        point = self.outcome.points[self.outcome.selected]
        self.outcome, said = put_away(self.context, self.outcome, point, dictionary=dictionary)
        self._say(said)

    def _aside(self) -> list[tuple[str, str]]:
        """Return the keys that put a finding of LanguageTool's away, when one is chosen."""
        points = self.outcome.points
        finding = points[self.outcome.selected].finding if self.outcome.selected < len(points) else None
        if finding is None:
            return []
        return [("d", "add word")] if is_spelling(finding.rule) else [("x", "rule off")]

    def _dispute(self) -> None:
        """Keep that the writer finds a judgement wrong, or take it back; set aside is what stands then."""
        point = self.outcome.points[self.outcome.selected]
        self._say(dispute(self.context, self.task, self.recorder.id, self.outcome, point))
        self.program.work(lambda: set_aside(self.context, self.task, self._log, self.outcome), self._put_aside)

    def _is_disputed(self) -> bool:
        points = self.outcome.points
        return self.outcome.selected < len(points) and points[self.outcome.selected].key in self.outcome.disputed

    def _put_aside(self, made: ReplyOutcome) -> None:
        self.outcome = replace(self.outcome, disputed=made.disputed, score_aside=made.score_aside)

    def _say(self, sentence: str) -> None:
        self.outcome = replace(self.outcome, said=sentence)

    # --- picture ---

    def view(self, size: Size) -> Frame:
        foot = keys(*self._ways(), ("h", "menu"), ("e", "explain"), ("q", "quit"), columns=size.columns)
        if self._both:
            return pages_view(self.task.title, "both attempts", self._rows(size.columns), self.scroll, foot, size)
        return reply_results_view(self.outcome, foot, size, self.scroll)

    def _ways(self) -> list[tuple[str, str]]:
        again = [] if self.task.exam else [("r", "again")]
        both = [("b", "both")] if self.earlier is not None else []
        onward = ("Enter", self.onward_name())
        if self._both:
            return [("b", "back"), ("PgUp PgDn", "scroll"), *again]
        if self.outcome.show_model:
            return [onward, ("m", f"your {writing_of(self.task.kind).noun}"), *again]
        if self.outcome.points:
            wrong = ("!", "take back" if self._is_disputed() else "wrong" if both else "this is wrong")
            return [onward, ("↑↓", "why"), wrong, *self._aside(), *both, ("m", "model"), *again]
        return [onward, *again, *both, ("m", "model answer")]
