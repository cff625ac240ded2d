"""The reply drill in plain lines: the case is read out, the answer is typed at its end."""

from collections.abc import Callable

from typetrainer.content.loader import Library
from typetrainer.content.model import ReplyItem
from typetrainer.core.editor import Editor, Splice
from typetrainer.core.log import AttemptLog, End, Key, Paste, Reason
from typetrainer.core.text import cells, words
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.terminal import LeftError, PlainTerminal
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.reply_drill import MAX_GRAPHEMES, SHORT_WORDS
from typetrainer.ui.task import Task

_SECOND = 1_000_000_000
KEYS = (
    "Enter sends. Alt-Enter or Ctrl-J begins a line. Tab reads the case again. F2 says the time.",
    "F3 reads your reply so far. F4 reads the article. Backspace and Ctrl-W delete at the end; Ctrl-_ takes back.",
    "Ctrl-C leaves; what you wrote is kept.",
)


def case_lines(item: ReplyItem) -> list[str]:
    """Return the customer, the message and what the agent knows, as lines."""
    card = ", ".join([item.customer.name, *item.customer.card()])
    know = ["You know:", *(f"- {fact}" for fact in item.know)]
    return [f"Customer: {card}.", "They write:", *item.message.strip().split("\n"), *know]


class PlainReply:
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
        self.terminal = terminal
        self.task = task
        self.item = task.reply
        self.recorder = recorder
        self.again = False
        self.editor = Editor(resumed.final_text() if resumed else "")
        self._library = library
        self._last_t = resumed.last_t if resumed else 0
        self._shown_at = 0
        self._ended = False
        self._asked = False

    def run(self) -> None:
        """Type until the reply is sent. Raises LeftError when the program is ended."""
        limit = f" {self.task.limit_s:g} seconds." if self.task.limit_s else ""
        self.terminal.say(f"{self.task.title}.{limit}", *KEYS, "", *case_lines(self.item), "", "Your reply:")
        self._shown_at = self.terminal.clock_ns() - self._last_t * 1000
        if self.editor.clusters:
            self.terminal.echo(self.editor.text)
        flush_at = self.terminal.clock_ns() + _SECOND
        deadline = None if self.task.limit_s is None else round(self.task.limit_s * 1e6)
        while not self._ended and not self.again:
            until = flush_at if deadline is None else min(flush_at, self._shown_at + deadline * 1000)
            event = self.terminal.key(until)
            now = self.terminal.clock_ns()
            if now >= flush_at:
                self.recorder.flush()
                flush_at = now + _SECOND
            if deadline is not None and self._t(event.at if event else now) >= deadline:
                self.terminal.end_line()
                self.terminal.say("Time is over.")
                self._end(deadline, "time")
            elif event is not None:
                self._handle(event)

    def _t(self, at: int) -> int:
        self._last_t = max((at - self._shown_at) // 1000, self._last_t)
        return self._last_t

    def _end(self, t: int, reason: Reason) -> None:
        self._ended = True
        self.recorder.write([End(max(t, self.recorder.last_t), reason)])

    def _handle(self, key: KeyEvent) -> None:
        t = self._t(key.at)
        asked, self._asked = self._asked, False
        handlers: dict[str, Callable[[], None]] = {
            "a-enter": lambda: self._insert(t, "\n", 1),
            "c-j": lambda: self._insert(t, "\n", 1),
            "backspace": lambda: self._delete(t, self.editor.backspace),
            "c-w": lambda: self._delete(t, self.editor.delete_word_back),
            "c-_": lambda: self._undo(t),
            "tab": lambda: self._interject(*case_lines(self.item)),
            "f1": lambda: self._interject(*KEYS),
            "f2": lambda: self._interject(self._time(t)),
            "f3": lambda: self._interject("Your reply so far:"),
            "f4": lambda: self._interject(*self._articles()),
        }
        if key.name == TEXT:
            self._insert(t, key.text, key.batch)
        elif key.name == PASTE:
            self.recorder.write([Paste(t, key.size)])
            self._interject("A paste does not count here: write the reply yourself.")
        elif key.name == "enter":
            self._send(t, confirmed=asked)
        elif key.name in handlers:
            handlers[key.name]()
        elif key.name == "c-r" and not self.task.exam:
            self.terminal.end_line()
            self.again = True

    def _log(self, t: int, splice: Splice | None, batch: int = 1) -> None:
        if splice is not None and (splice.deleted or splice.inserted):
            self.recorder.write([Key(t, splice.pos, splice.deleted, splice.inserted, batch)])

    def _insert(self, t: int, text: str, batch: int) -> None:
        if len(self.editor.clusters) >= MAX_GRAPHEMES:
            self._interject(f"A reply is {MAX_GRAPHEMES} characters at most.")
            return
        self._log(t, self.editor.insert(text), batch)
        if text == "\n":
            self.terminal.echo(" ")
            self.terminal.end_line()
        else:
            self.terminal.echo(text)

    def _delete(self, t: int, action: Callable[[], Splice | None]) -> None:
        before = list(self.editor.clusters)
        self._log(t, action())
        gone = before[len(self.editor.clusters) :]
        if "\n" in gone:
            self._interject("Your reply so far:")
        else:
            self.terminal.rub_out(sum(cells(cluster) for cluster in gone))

    def _undo(self, t: int) -> None:
        self._log(t, self.editor.undo())
        self._interject("Taken back. Your reply so far:")

    def _send(self, t: int, *, confirmed: bool) -> None:
        count = len(words(self.editor.text))
        if count == 0:
            self._interject("There is nothing to send yet.")
        elif count <= SHORT_WORDS and not confirmed:
            self._asked = True
            self._interject(f"Send {count} word{'s' if count > 1 else ''}? Enter again sends.")
        else:
            self.terminal.end_line()
            self._end(t, "done")

    def _interject(self, *sentences: str) -> None:
        self.terminal.end_line()
        self.terminal.say(*sentences)
        *lines, last = self.editor.text.split("\n")
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
        if self.task.limit_s is None:
            return f"The customer has been waiting for {t / 1e6:.0f} seconds."
        return f"{max(self.task.limit_s - t / 1e6, 0):.0f} seconds left."

    def leave(self, left: LeftError) -> None:
        """Keep what was typed: ended when the user chose to leave, else to be resumed."""
        if left.by_choice and self.editor.clusters and not self._ended:
            self._end(self._t(self.terminal.clock_ns()), "quit")
