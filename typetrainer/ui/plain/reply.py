"""The drills of writing in plain lines: the case is read out, the answer is typed at its end."""

from collections.abc import Callable

from typetrainer.content.loader import Library
from typetrainer.content.written import WrittenItem
from typetrainer.core.editor import Splice
from typetrainer.core.log import AttemptLog
from typetrainer.core.reply_session import MAX_GRAPHEMES, ReplySession
from typetrainer.core.text import cells
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.drill import KEYS_KNOWN, PlainDrill
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.plain.words import seconds_said
from typetrainer.ui.reading import for_ears
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.written import Writing, count_said, writing_of

MISSING = {
    "no_action": "Choose what to do first: F6.",
    "no_tier": "Choose who it goes to first: F6.",
    "no_article": "Choose the article of your answer first: F6 goes to the search.",
}
# What the keys F4 and F6 do in each kind: sentences of their own for those that have more than a text.
_LOOKS = {"triage": "F4 reads who handles what, and the policies.", "search": "F4 reads the article of your answer."}
_FIRST = {"triage": ("F6 chooses again what to do.",), "search": ("F6 goes back to the search.",)}


def keys_said(writing: Writing, *, poor: bool, kind: str = "reply") -> tuple[str, ...]:
    """Return what the keys do, in sentences."""
    noun = writing.noun
    send = (
        "Ctrl-S finishes. Enter begins a line." if writing.lines else "Enter sends. Alt-Enter or Ctrl-J begins a line."
    )
    take = ("F5 takes the poor text over, as long as nothing is written.",) if poor else ()
    delete = "Backspace and Ctrl-W delete at the end; Ctrl-_ takes back."
    return (
        f"{send} Tab reads the case again. F2 says the time.",
        f"F3 reads your {noun} so far. {_LOOKS.get(kind, 'F4 reads the articles and policies.')} {delete}",
        *take,
        *_FIRST.get(kind, ()),
        "Ctrl-C leaves; what you wrote is kept.",
    )


def case_lines(item: WrittenItem) -> list[str]:
    """Return the customer, the message or the transcript, the poor text, and what the writer knows, as lines."""
    said = []
    if item.customer.name != "-":
        said.append(f"Customer: {', '.join([item.customer.name, *item.customer.card()])}.")
    if item.message:
        said += ["They write:", *item.message.strip().split("\n")]
    if item.transcript:
        said += ["The chat:", *item.transcript]
    if item.poor:
        said += [f"The poor {writing_of(item.kind).noun}:", *item.poor.split("\n"), "That was the poor one."]
    if item.know or item.kind == "reply":
        said += ["You know:", *(f"- {fact}" for fact in item.know)]
    return said


class PlainReply(PlainDrill[ReplySession]):
    """Runs one task of writing on a plain terminal."""

    def __init__(
        self,
        terminal: PlainTerminal,
        task: Task,
        recorder: Recorder,
        library: Library,
        resumed: AttemptLog | None = None,
    ) -> None:
        if task.reply is None:
            raise ValueError("a reply task has a reply item")
        session = ReplySession.restored(resumed) if resumed else ReplySession(kind=task.kind, limit_s=task.limit_s)
        super().__init__(terminal, task, recorder, session)
        self.item = task.reply
        self.writing = writing_of(task.kind)
        self.keys = keys_said(self.writing, poor=bool(self.item.poor), kind=task.kind)
        self.library = library

    def begin(self) -> None:
        """Read the case out."""
        limit = f" {self.task.limit_s:g} seconds." if self.task.limit_s else ""
        words = f" {self.item.max_words} words at most." if self.item.max_words else ""
        title = " The first line is its title." if self.task.kind == "article" else ""
        keys = (KEYS_KNOWN,) if self.keys_known else self.keys
        self.terminal.say(f"{self.task.title}.{limit}{words}", *keys, "", *case_lines(self.item), "")
        self.begin_text(title)

    def begin_text(self, said: str = "") -> None:
        """Say that the text comes now, and what there is of it."""
        self.terminal.end_line()
        self.terminal.say(f"Your {self.writing.noun}:{said}")
        if self.session.size:
            self._repeat()

    def finished(self) -> None:
        """Say that time is over, where it is."""
        self.terminal.end_line()
        if self.session.ended is not None and self.session.ended.reason == "time":
            self.terminal.say("Time is over.")

    # --- keys ---

    def handle(self, key: KeyEvent, t: int) -> None:
        """Do what a key asks for."""
        session = self.session
        sender = "c-s" if self.writing.lines else "enter"
        if key.name != sender:
            session.hint = None
        if self.chosen_by(key, t):
            return
        handlers: dict[str, Callable[[], None]] = {
            "enter": lambda: self._insert(t, "\n", 1),
            "a-enter": lambda: self._insert(t, "\n", 1),
            "c-j": lambda: self._insert(t, "\n", 1),
            "backspace": lambda: self._delete(t, session.editor.backspace),
            "c-w": lambda: self._delete(t, session.editor.delete_word_back),
            "c-_": lambda: self._undo(t),
            "tab": lambda: self.interject(*case_lines(self.item)),
            "f1": lambda: self.interject(*self.keys),
            "f2": lambda: self.interject(self._time(t)),
            "f3": lambda: self.interject(self._so_far()),
            "f4": lambda: self.interject(*self.looked_up()),
            "f5": lambda: self._take(t),
            sender: lambda: self._send(t),
        }
        if key.name == TEXT:
            self._insert(t, key.text, key.batch)
        elif key.name == PASTE:
            self.record(session.paste(t, key.size))
            self.interject(f"A paste does not count here: write the {self.writing.noun} yourself.")
        elif key.name in handlers:
            handlers[key.name]()
        elif key.name == "c-r" and not self.task.exam:
            self.terminal.end_line()
            self.terminal.say("Again.")
            self.again = True

    def chosen_by(self, key: KeyEvent, t: int) -> bool:  # noqa: ARG002
        """Do what a key asks for in the kinds that have more than a text; return whether it was for that."""
        return False

    def _insert(self, t: int, text: str, batch: int) -> None:
        self.record(self.session.insert(t, text, batch))
        if self.session.hint == "full":
            self.interject(f"A text is {MAX_GRAPHEMES} characters at most.")
        elif self.session.ended is None:
            self.terminal.echo(" " if text == "\n" else text)
            if text == "\n":
                self.terminal.end_line()

    def _delete(self, t: int, action: Callable[[], Splice | None]) -> None:
        before = list(self.session.editor.clusters)
        self.record(self.session.change(t, action))
        gone = before[self.session.size :]
        if "\n" in gone:
            self.interject(self._so_far())
        else:
            self.terminal.rub_out(sum(cells(cluster) for cluster in gone))

    def _undo(self, t: int) -> None:
        self.record(self.session.change(t, self.session.editor.undo))
        self.interject(f"Taken back. {self._so_far()}")

    def _so_far(self) -> str:
        length = f"{count_said(self.session.words, self.item.max_words)}. " if self.item.max_words else ""
        return f"{length}Your {self.writing.noun} so far:"

    def _take(self, t: int) -> None:
        if not self.item.poor:
            return
        self.record(self.session.take(t, self.item.poor))
        if self.session.hint == "not_empty":
            self.interject("The poor text can only be taken over before anything is written.")
        elif self.session.ended is None:
            self.session.editor.move_to(self.session.size)  # here one writes and deletes at the end
            self.interject(f"Taken over. {self._so_far()}")

    def _send(self, t: int) -> None:
        self.record(self.session.send(t))
        count = self.session.words
        if self.session.hint in MISSING:
            self.interject(MISSING[self.session.hint])
        elif self.session.hint == "empty":
            self.interject(f"There is nothing to {self.writing.sender[1]} yet.")
        elif self.session.hint == "send_again":
            key, does = self.writing.sender
            again = "finishes" if self.writing.lines else "sends"
            self.interject(f"{does.title()} {count} word{'s' if count > 1 else ''}? {key} again {again}.")

    def interject(self, *sentences: str) -> None:
        """Say something, then what is being typed as it stands."""
        self.terminal.end_line()
        self.terminal.say(*sentences)
        self.go_on()

    def go_on(self) -> None:
        """Say what is being typed, as it stands."""
        self._repeat()

    def _repeat(self) -> None:
        *lines, last = self.session.editor.text.split("\n")
        if lines:
            self.terminal.say(*lines)
        if last:
            self.terminal.echo(last)

    def looked_up(self) -> list[str]:
        """Return what F4 reads."""
        lines = [line for article_id in self.item.articles for line in self.article_lines(article_id)]
        return [*lines, *self.policy_lines()] or ["This case has no article and no policy."]

    def policy_lines(self) -> list[str]:
        """Return the policies of the case, one on a line."""
        company = self.library.company(self.item.pack)
        policies = [policy for policy in map(company.policy, self.item.policies) if policy is not None]
        return [f"{policy.id}, {policy.title}: {policy.text}" for policy in policies]

    def article_lines(self, article_id: str) -> list[str]:
        """Return an article, line by line."""
        return for_ears(self.library.article(self.item.pack, article_id).text)

    def _time(self, t: int) -> str:
        elapsed = self.session.elapsed(t)
        if self.task.limit_s is None and self.writing.lines:
            return f"{seconds_said(elapsed)} so far."
        if self.task.limit_s is None:
            return f"The customer has been waiting for {seconds_said(elapsed)}."
        return f"{seconds_said(max(self.task.limit_s - elapsed, 0))} left."
