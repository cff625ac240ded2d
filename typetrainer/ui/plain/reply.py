"""The reply drill in plain lines: the case is read out, the answer is typed at its end."""

from collections.abc import Callable

from typetrainer.content.loader import Library
from typetrainer.content.model import WrittenItem
from typetrainer.core.editor import Splice
from typetrainer.core.log import AttemptLog
from typetrainer.core.reply_session import MAX_GRAPHEMES, ReplySession
from typetrainer.core.text import cells
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.drill import PlainDrill
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.plain.words import seconds_said
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task

KEYS = (
    "Enter sends. Alt-Enter or Ctrl-J begins a line. Tab reads the case again. F2 says the time.",
    "F3 reads your reply so far. F4 reads the article. Backspace and Ctrl-W delete at the end; Ctrl-_ takes back.",
    "Ctrl-C leaves; what you wrote is kept.",
)


def case_lines(item: WrittenItem) -> list[str]:
    """Return the customer, the message and what the agent knows, as lines."""
    card = ", ".join([item.customer.name, *item.customer.card()])
    know = ["You know:", *(f"- {fact}" for fact in item.know)]
    return [f"Customer: {card}.", "They write:", *item.message.strip().split("\n"), *know]


class PlainReply(PlainDrill[ReplySession]):
    """Runs one reply task on a plain terminal."""

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
        session = ReplySession.restored(resumed) if resumed else ReplySession(limit_s=task.limit_s)
        super().__init__(terminal, task, recorder, session)
        self.item = task.reply
        self._library = library

    def begin(self) -> None:
        """Read the case out."""
        limit = f" {self.task.limit_s:g} seconds." if self.task.limit_s else ""
        self.terminal.say(f"{self.task.title}.{limit}", *KEYS, "", *case_lines(self.item), "", "Your reply:")
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
        if key.name != "enter":
            session.hint = None
        handlers: dict[str, Callable[[], None]] = {
            "enter": lambda: self._send(t),
            "a-enter": lambda: self._insert(t, "\n", 1),
            "c-j": lambda: self._insert(t, "\n", 1),
            "backspace": lambda: self._delete(t, session.editor.backspace),
            "c-w": lambda: self._delete(t, session.editor.delete_word_back),
            "c-_": lambda: self._undo(t),
            "tab": lambda: self.interject(*case_lines(self.item)),
            "f1": lambda: self.interject(*KEYS),
            "f2": lambda: self.interject(self._time(t)),
            "f3": lambda: self.interject("Your reply so far:"),
            "f4": lambda: self.interject(*self._articles()),
        }
        if key.name == TEXT:
            self._insert(t, key.text, key.batch)
        elif key.name == PASTE:
            self.record(session.paste(t, key.size))
            self.interject("A paste does not count here: write the reply yourself.")
        elif key.name in handlers:
            handlers[key.name]()
        elif key.name == "c-r" and not self.task.exam:
            self.terminal.end_line()
            self.terminal.say("Again.")
            self.again = True

    def _insert(self, t: int, text: str, batch: int) -> None:
        self.record(self.session.insert(t, text, batch))
        if self.session.hint == "full":
            self.interject(f"A reply is {MAX_GRAPHEMES} characters at most.")
        elif self.session.ended is None:
            self.terminal.echo(" " if text == "\n" else text)
            if text == "\n":
                self.terminal.end_line()

    def _delete(self, t: int, action: Callable[[], Splice | None]) -> None:
        before = list(self.session.editor.clusters)
        self.record(self.session.change(t, action))
        gone = before[self.session.size :]
        if "\n" in gone:
            self.interject("Your reply so far:")
        else:
            self.terminal.rub_out(sum(cells(cluster) for cluster in gone))

    def _undo(self, t: int) -> None:
        self.record(self.session.change(t, self.session.editor.undo))
        self.interject("Taken back. Your reply so far:")

    def _send(self, t: int) -> None:
        self.record(self.session.send(t))
        count = self.session.words
        if self.session.hint == "empty":
            self.interject("There is nothing to send yet.")
        elif self.session.hint == "send_again":
            self.interject(f"Send {count} word{'s' if count > 1 else ''}? Enter again sends.")

    def interject(self, *sentences: str) -> None:
        """Say something, then the reply as it stands."""
        self.terminal.end_line()
        self.terminal.say(*sentences)
        self._repeat()

    def _repeat(self) -> None:
        *lines, last = self.session.editor.text.split("\n")
        if lines:
            self.terminal.say(*lines)
        if last:
            self.terminal.echo(last)

    def _articles(self) -> list[str]:
        if not self.item.articles:
            return ["There is no article for this case."]
        articles = (self._library.article(self.item.pack, article_id) for article_id in self.item.articles)
        return [line for article in articles for line in article.text.strip().split("\n")]

    def _time(self, t: int) -> str:
        elapsed = self.session.elapsed(t)
        if self.task.limit_s is None:
            return f"The customer has been waiting for {seconds_said(elapsed)}."
        return f"{seconds_said(max(self.task.limit_s - elapsed, 0))} left."
