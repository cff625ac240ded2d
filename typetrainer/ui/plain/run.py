"""Plain mode from beginning to end: the menu, drills and what follows them, and texts from a pipe."""

from dataclasses import replace
from typing import TYPE_CHECKING

from typetrainer.content.request import DrillRequest, request_for
from typetrainer.core.log import AttemptLog, Mark
from typetrainer.core.metrics import compute
from typetrainer.core.reply_session import begun
from typetrainer.core.text import count_graphemes, counted
from typetrainer.errors import UsageProblem
from typetrainer.ui.app import INTERRUPTED
from typetrainer.ui.context import Context
from typetrainer.ui.drill import kept
from typetrainer.ui.exam import PRACTICE_SECONDS, exam_text, practice_task
from typetrainer.ui.judging import assessment_of, checked_reply, judged_reply
from typetrainer.ui.keeper import kept_terminal
from typetrainer.ui.plain.copy import PlainCopy, piped_log
from typetrainer.ui.plain.reply import PlainReply, case_lines
from typetrainer.ui.plain.results import PlainResults
from typetrainer.ui.plain.search import PlainSearch
from typetrainer.ui.plain.terminal import LeftError, PlainTerminal
from typetrainer.ui.plain.triage import PlainTriage
from typetrainer.ui.plain.words import attempt_sentence, copy_sentences, reply_sentences
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.result_file import write_result
from typetrainer.ui.results import looked_up
from typetrainer.ui.task import Task, request_tasks
from typetrainer.ui.views.copy_results import CopyOutcome
from typetrainer.ui.views.reply_results import ReplyOutcome
from typetrainer.ui.written import OFFERS, writing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

    from typetrainer.content.model import Kind
    from typetrainer.env import Environment

_SAID: "Mapping[Kind, str]" = {
    "reply": "to answer a customer", "fix": "to mend a reply", "note": "to write a note",
    "triage": "to decide what a message needs", "search": "to find the right article", "article": "to write an article",
}  # fmt: skip
_WRITERS: "Mapping[str, type[PlainReply]]" = {"triage": PlainTriage, "search": PlainSearch}


def run_plain_menu(env: "Environment") -> int:
    """Offer the menu until the user leaves; return the exit status."""
    context = Context(env, env.open_store(), env.library)
    return _on_terminal(context, env.stdin, lambda sitting: sitting.menu())


def run_plain_drill(env: "Environment", request: DrillRequest) -> int:
    """Run a drill in plain lines; what comes from a pipe is scored as text."""
    context = Context(env, env.open_store(), env.library)
    if not env.stdin.isatty():
        return _from_pipe(context, request)
    return _on_terminal(context, env.stdin, lambda sitting: sitting.drill(request))


def _on_terminal(context: Context, stdin: "TextIO", body: "Callable[[_Sitting], None]") -> int:
    env = context.env
    terminal = PlainTerminal(stdin, env.stdout, env.clock)
    try:
        with kept_terminal(stdin.fileno()), terminal.raw():
            try:
                body(_Sitting(context, terminal))
            except LeftError:
                return INTERRUPTED
        return 0
    finally:
        context.close()
        for line in context.farewell:
            env.say(line)


class _Sitting:
    """One person at a plain terminal."""

    def __init__(self, context: Context, terminal: PlainTerminal) -> None:
        self.context = context
        self.terminal = terminal
        self._before: tuple[str, ReplyOutcome] | None = None  # the last text's item, which may be tried again
        self._shown: list[str] = []  # items of this sitting, for those of which nothing was kept
        self._heard: set[tuple[str, bool]] = set()  # kinds, and whether in a test, whose keys were said

    def menu(self) -> None:
        """Offer the menu until the user leaves."""
        self._offer_interrupted()
        pack = self.context.settings.text("pack") or None
        kinds = {
            key: kind for kind, (key, _) in OFFERS.items() if kind == "reply" or self.context.library.has(kind, pack)
        }
        written = ", ".join(f"{key} {_SAID[kind]}" for key, kind in kinds.items())
        menu = f"typetrainer. Press c to copy text, 1 to copy for one minute, {written}, h for the history, q to leave."
        while True:
            self.terminal.say("", menu)
            match self.terminal.choose("c1hq" + "".join(kinds)):
                case "q":
                    return
                case "h":
                    self.context.store.catch_up()
                    records = self.context.store.history.all()[-20:]
                    lines = [attempt_sentence(record) for record in reversed(records)]
                    self.terminal.say(*lines or ["Nothing yet: your attempts will be told here, newest first."])
                case choice:
                    self.drill(self._request(choice, kinds.get(choice, "copy")))

    def _request(self, choice: str, kind: "Kind") -> DrillRequest:
        settings = self.context.settings
        seconds = 60.0 if choice == "1" else (float(settings.number("seconds")) or None if kind == "copy" else None)
        return request_for(
            self.context.library,
            kind,
            seed=self.context.env.random.getrandbits(32),
            pack=settings.text("pack") or None,
            seconds=seconds,
            recent=[*self.context.store.practised(), *self._shown],
        )

    def drill(self, request: DrillRequest) -> None:
        """Run all attempts of a drill."""
        tasks = request_tasks(self.context.settings, request)
        if request.manner.exam:
            self._exam(request, tasks[0])
            return
        self._offer_interrupted()
        for task in tasks:
            while self._attempt(task):
                pass
            if task.number < task.count:
                self.terminal.say("", "Enter goes on to the next one; q leaves.")
                if self.terminal.choose("q") == "q":
                    return

    def _attempt(self, task: Task) -> bool:
        """Run one attempt and say its results; return whether it should be done again."""
        recorder = self.context.record(task, 80, 24)
        recorder.open()
        self._shown.append(task.spans[0].id if task.spans else task.item)
        return self._run(task, recorder, None)

    def _run(self, task: Task, recorder: Recorder, resumed: AttemptLog | None) -> bool:
        checker = self.context.checker() if task.kind != "copy" else None
        if checker is not None:
            checker.start()
        runner: PlainCopy | PlainReply
        if task.kind == "copy":
            runner = PlainCopy(self.terminal, task, recorder, resumed)
        else:
            runner = _WRITERS.get(task.kind, PlainReply)(self.terminal, task, recorder, self.context.library, resumed)
        heard = (task.kind, task.exam)
        runner.keys_known = heard in self._heard
        self._heard.add(heard)
        try:
            runner.run()
        except LeftError as left:
            runner.leave(left)
            self.terminal.end_line()
            self._kept(task, recorder)
            raise
        if runner.again or task.settings.get("practice"):
            recorder.discard()
            return runner.again
        return self._results(task, recorder)

    def _kept(self, task: Task, recorder: Recorder) -> None:
        if not begun(recorder.log()) or task.settings.get("practice"):
            recorder.discard()
            return
        self.context.farewell += kept(self.context, task, recorder, "what you typed")

    def _results(self, task: Task, recorder: Recorder) -> bool:
        """Say the results; return whether the task should be done again."""
        if task.kind == "copy":
            outcome = CopyOutcome.of(task.title, recorder.log())
            self.terminal.say("", *copy_sentences(looked_up(self.context, task, recorder, outcome)))
            return False
        sent = "Finished" if writing_of(task.kind).lines else "Sent"
        self.terminal.say(f"{sent}. The language is being checked.")
        made = judged(self.context, task, recorder)
        self.terminal.say("", *reply_sentences(made))
        before = self._before if self._before is not None and self._before[0] == task.item else None
        results = PlainResults(
            self.context, self.terminal, task, recorder.log(), made, before[1] if before and not task.exam else None
        )
        again = results.ask()
        self._before = (task.item, results.outcome)
        return again

    # --- a test ---

    def _exam(self, request: DrillRequest, task: Task) -> None:
        self.terminal.say(*exam_text(task))
        self.terminal.say("Enter practises first; s skips practice.")
        if self.terminal.choose("s") == "enter":
            practice = practice_task(self.context, request, task)
            limit = f" {PRACTICE_SECONDS:g} seconds." if practice.limit_s else ""
            self.terminal.say("", f"Practice; it does not count.{limit}")
            self._attempt(practice)
        self.terminal.say("", "Now the test. Press Enter to begin.")
        self.terminal.choose("")
        self._attempt(task)

    # --- interrupted attempts ---

    def _offer_interrupted(self) -> None:
        from typetrainer.ui.interrupted import found_attempts, keep, task_of

        notes: list[str] = []
        for attempt in reversed(found_attempts(self.context, notes)):
            header = attempt.log.header
            self.terminal.say(
                f"An attempt from {header.started[:16].replace('T', ' ')} UTC was interrupted: {header.kind}, "
                f"{header.item}, {counted(count_graphemes(attempt.log.final_text()), 'character')}.",
                "Enter goes on with it; k keeps it as it stands; d throws it away; l leaves it for later.",
            )
            match self.terminal.choose("kdl"):
                case "k":
                    keep(self.context, attempt)
                case "d":
                    self.terminal.say("Press d once more to throw it away, Enter to leave it for later.")
                    if self.terminal.choose("d") == "d":
                        self.context.store.attempts.discard(attempt.id)
                case "enter":
                    task = task_of(attempt)
                    recorder, log = self.context.resume(attempt)
                    again = self._run(task, recorder, log)
                    while again:
                        again = self._attempt(task)
        if notes:
            self.terminal.say(*notes)


def judged(context: Context, task: Task, recorder: Recorder) -> ReplyOutcome:
    """Save a reply, have its language checked, keep the assessment, and return the outcome. Waits for the checker."""
    log = recorder.log()
    item = task.reply
    problems = recorder.save().problems
    check = checked_reply(context, task, log.final_text())
    outcome = judged_reply(context, task, log, ReplyOutcome(
        task.title, log.final_text(), compute(log), item.model if item else "", check, kind=task.kind
    ))  # fmt: skip
    assessment = assessment_of(check, outcome.assessment)
    later = recorder.assess(assessment).problems[len(problems) :]
    said = (*outcome.notices, *problems, *later, *write_result(context, task, recorder, assessment))
    return replace(outcome, notices=said)


def _from_pipe(context: Context, request: DrillRequest) -> int:
    """Score a text from a pipe: no key times, so no speed, but all that the text itself shows."""
    env = context.env
    tasks = request_tasks(context.settings, request)
    if request.manner.exam:
        raise UsageProblem("--exam needs a terminal: a test from a pipe would have no key times.")
    if len(tasks) > 1 or request.limit_s is not None:
        raise UsageProblem("From a pipe a drill is one item without a time limit: leave out --items and --seconds.")
    task = tasks[0]
    text = env.stdin_bytes.read(1024 * 1024).decode("utf-8", "replace").rstrip("\r\n")
    if not text.strip():
        raise UsageProblem("Nothing came from the pipe: give the text on standard input, or run it in a terminal.")
    recorder = context.record(task, 80, 24)
    recorder.open()
    try:
        if task.kind == "copy":
            piped_log(recorder, " ".join(text.split("\n")))
            outcome = looked_up(context, task, recorder, CopyOutcome.of(task.title, recorder.log()))
            lines = [f"{task.title}.", task.target or "", *copy_sentences(outcome, from_pipe=True)]
        else:
            recorder.write([Mark(0, name, value) for name, value in request.manner.choices.items()])
            piped_log(recorder, text)
            item = task.reply
            case = case_lines(item) if item else []
            lines = [f"{task.title}.", *case, *reply_sentences(judged(context, task, recorder), from_pipe=True)]
    finally:
        context.close()
    from typetrainer.core.text import visible

    env.stdout.write("".join(visible(line) + "\n" for line in lines))
    env.stdout.flush()
    return 0
