"""The screens after a drill: they save the attempt, look up what to compare it with, and lead on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from typetrainer.core.keystats import mistakes
from typetrainer.core.log import AttemptLog
from typetrainer.core.metrics import compute
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
from typetrainer.ui.views.reply_results import (
    ReplyOutcome,
    reply_results_view,
    reply_rows,
    selected_rows,
)
from typetrainer.ui.written import writing_of
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assessment import Assessment

ASSESSMENT_VERSION = 1


class Ways:
    """Where a results screen leads: each is called when its key is pressed."""

    def __init__(self, onward: Callable[[], None], again: Callable[[], None], menu: Callable[[], None]) -> None:
        self.onward = onward
        self.again = again
        self.menu = menu


class ResultScreen(Screen):
    """What the results of all kinds of drill share."""

    def __init__(self, context: Context, task: Task, recorder: Recorder, ways: Ways) -> None:
        super().__init__()
        self.context = context
        self.task = task
        self.recorder = recorder
        self.ways = ways
        self.scroll = 0

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


class ReplyResults(ResultScreen):
    """Results of a written text: the language findings arrive when the checker has them."""

    def __init__(self, context: Context, task: Task, recorder: Recorder, ways: Ways) -> None:
        super().__init__(context, task, recorder, ways)
        log = recorder.log()
        item = task.reply
        self.outcome = ReplyOutcome(
            task.title, log.final_text(), compute(log), item.model if item else "", kind=task.kind
        )

    def opened(self) -> None:
        self.program.work(self.recorder.save, self._saved)
        self.program.await_(lambda: checked_reply(self.context, self.task, self.outcome.text), self._checked)

    def _saved(self, saved: Any) -> None:
        self.outcome = replace(self.outcome, notices=self.outcome.notices + saved.problems)

    def _checked(self, check: CheckResult) -> None:
        self.outcome = replace(self.outcome, check=check)
        self.program.work(lambda: self._assess(check), self._assessed)

    def _assess(self, check: CheckResult) -> tuple[Assessment | None, tuple[str, ...]]:
        before = self.recorder.save().problems
        judged, wrong = judged_reply(self.context, self.task, self.recorder.log(), check)
        assessment = assessment_of(check, judged)
        problems = self.recorder.assess(assessment).problems
        written = write_result(self.context, self.task, self.recorder, assessment)
        return judged, (*wrong, *problems[len(before) :], *written)

    def _assessed(self, result: tuple[Assessment | None, tuple[str, ...]]) -> None:
        judged, said = result
        self.outcome = replace(self.outcome, assessment=judged, notices=self.outcome.notices + said)
        if self.task.exam:
            self.context.farewell += said

    def leaving(self) -> None:
        self.context.farewell += self.recorder.save().problems

    def handle(self, key: KeyEvent) -> None:
        count = len(self.outcome.points)
        length = len(reply_rows(self.outcome, self.program.size().columns))
        if self.move(key.name, length):
            return
        match key.text if key.name == TEXT else key.name:
            case "down" | "up" if count and not self.outcome.show_model:
                step = 1 if key.name == "down" else -1
                selected = max(0, min(self.outcome.selected + step, count - 1))
                self.outcome = replace(self.outcome, selected=selected, said="")
                self._show_selected()
            case "m":
                self.outcome = replace(self.outcome, show_model=not self.outcome.show_model)
                self.scroll = 0
            case "!" if count and not self.outcome.show_model:
                self._dispute()
                self._show_selected()
            case "d" | "x" as letter if count and not self.outcome.show_model:
                self._put_away(dictionary=letter == "d")
                self._show_selected()
            case _:
                self.lead(key)

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
        finding = self.outcome.points[self.outcome.selected].finding
        if finding is None:
            self._say("That is for LanguageTool's findings; ! says that a judgement is wrong.")
            return
        store = self.context.store
        spelling = finding.category == "TYPOS"
        if dictionary and not spelling:
            self._say("Only a spelling finding goes into the dictionary; x switches its rule off.")
            return
        target, entry = (store.dictionary, finding.text.strip()) if dictionary else (store.rules_off, finding.rule)
        try:
            target.add(entry)
        except TypetrainerError as error:
            self._say(str(error))
            return
        same = [
            point.key
            for point in self.outcome.points
            if (other := point.finding) is not None
            and (other.text.strip() == entry if dictionary else other.rule == entry)
        ]
        self.outcome = replace(self.outcome, hidden=self.outcome.hidden | frozenset(same))
        what = (
            f"“{visible(entry)}” is in your dictionary" if dictionary else f"The rule {visible(entry)} is off for you"
        )
        self._say(f"{what} from now on; this result stays as it is.")

    def _aside(self) -> list[tuple[str, str]]:
        """Return the keys that put a finding of LanguageTool's away, when one is chosen."""
        points = self.outcome.points
        finding = points[self.outcome.selected].finding if self.outcome.selected < len(points) else None
        if finding is None:
            return []
        return [("d", "add word")] if finding.category == "TYPOS" else [("x", "rule off")]

    def _dispute(self) -> None:
        """Keep that the writer finds a judgement wrong, and set it aside."""
        from typetrainer.store.disputes import Dispute

        point = self.outcome.points[self.outcome.selected]
        if point.good or point.key in self.outcome.hidden:
            self._say("Nothing was lost here." if point.good else "It is set aside already.")
            return
        text, place = self.outcome.text, point.place
        words = text[place[0] : place[0] + place[1]] if place else ""
        dispute = Dispute(self.recorder.id, self.task.item, self.task.sha256, point.rule, words, text)
        try:
            self.context.store.disputes.add(dispute, self.context.env.now())
        except TypetrainerError as error:
            self._say(str(error))
            return
        self.outcome = replace(self.outcome, hidden=self.outcome.hidden | {point.key})
        self._say("Kept: you find this wrong. `typetrainer export --disputes` hands it to the author.")

    def _say(self, sentence: str) -> None:
        self.outcome = replace(self.outcome, said=sentence)

    def view(self, size: Size) -> Frame:
        again = [] if self.task.exam else [("r", "again")]
        onward = ("Enter", self.onward_name())
        if self.outcome.show_model:
            ways = [onward, ("m", f"your {writing_of(self.task.kind).noun}"), *again]
        elif self.outcome.points:
            ways = [onward, ("↑↓", "why"), ("!", "this is wrong"), *self._aside(), ("m", "model"), *again]
        else:
            ways = [onward, *again, ("m", "model answer")]
        foot = keys(*ways, ("h", "menu"), ("e", "explain"), ("q", "quit"), columns=size.columns)
        return reply_results_view(self.outcome, foot, size, self.scroll)


def checked_reply(context: Context, task: Task, text: str) -> CheckResult:
    """Have a reply's language checked and wait for it; runs in a thread. Never raises for a missing checker."""
    checker = context.checker()
    if checker is None:
        from typetrainer.writing.checker import not_checked

        return not_checked(text, "language checks are switched off in the settings.")
    words = context.words_for(task.reply) if task.reply else frozenset()
    return checker.check(text, language=task.language, words=words, rules_off=context.rules_off()).result()


def judged_reply(
    context: Context, task: Task, log: AttemptLog, check: CheckResult
) -> tuple[Assessment | None, tuple[str, ...]]:
    """Judge a text by its item; return the assessment, or None and what is wrong with the item. Runs in a thread."""
    if task.reply is None:
        return None, ()
    from typetrainer.writing.answer import answer_of
    from typetrainer.writing.rubric.assess import assess

    try:
        company = context.library.company(task.reply.pack)
        return assess(answer_of(log), check, task.reply, company, language=task.language), ()
    except TypetrainerError as error:
        return None, (str(error),)


def assessment_of(check: CheckResult, judged: Assessment | None = None) -> Mapping[str, Any]:
    """Return the JSON object that is kept beside the log."""
    data = {"version": ASSESSMENT_VERSION, **check.to_json()}
    return data if judged is None else {**data, "assessment": judged.to_json()}
