"""The copy drill in plain lines: phrase by phrase, errors as sentences."""

from collections.abc import Callable, Sequence

from typetrainer.core.log import AttemptLog, Mark
from typetrainer.core.session import CopySession
from typetrainer.core.text import cells, graphemes
from typetrainer.ui.copy_drill import POLICIES
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.drill import KEYS_KNOWN, PlainDrill
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.plain.words import phrase_errors, phrases, seconds_said
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task, copy_session

KEYS = (
    "Enter or Space goes on to the next phrase. Tab repeats the phrase. F2 says the time. F3 reads what you typed.",
    "Backspace takes back. Ctrl-R starts again. Ctrl-C leaves; what was typed is kept.",
)
EXAM_KEYS = ("Enter or Space goes on to the next phrase. Tab repeats the phrase. F2 says the time.",)


class PlainCopy(PlainDrill[CopySession]):
    """Runs one copy task on a plain terminal."""

    def __init__(
        self, terminal: PlainTerminal, task: Task, recorder: Recorder, resumed: AttemptLog | None = None
    ) -> None:
        session = CopySession.restored(resumed) if resumed else copy_session(task)
        super().__init__(terminal, task, recorder, session)
        self._phrases = phrases(self.session.alignment.target)
        self._at = self._phrase_of(self.session.alignment.cursor)
        # typed graphemes before the phrase now typed
        self._said_from = min(self._phrases[self._at][0], len(self.session.alignment)) if self._phrases else 0

    def _phrase_of(self, cursor: int) -> int:
        return next((k for k, (_, end) in enumerate(self._phrases) if cursor <= end), len(self._phrases) - 1)

    def begin(self) -> None:
        """Say what there is to do, and the first phrase."""
        self.terminal.say(*self._opening())
        self._repeat()

    def finished(self) -> None:
        """Read the errors of the last phrase."""
        self.terminal.end_line()
        if self.session.ended is not None and self.session.ended.reason == "time":
            self.terminal.say("", "Time is over.")
        self._say_errors()

    def _opening(self) -> Sequence[str]:
        task = self.task
        limit = f" {task.limit_s:g} seconds from your first key." if task.limit_s else ""
        count = "" if task.limit_s else f" {len(self._phrases)} phrases."
        return (
            f"{task.title}. {POLICIES[task.policy or 'free']}{count}{limit}",
            *((KEYS_KNOWN,) if self.keys_known else EXAM_KEYS if task.exam else KEYS),
            "",
        )

    # --- keys ---

    def handle(self, key: KeyEvent, t: int) -> None:
        """Do what a key asks for."""
        session = self.session
        handlers: dict[str, Callable[[], None]] = {
            "backspace": lambda: self._erase(t, word=False),
            "c-w": lambda: self._erase(t, word=True),
            "enter": lambda: self._enter(t),
            "c-j": lambda: self._enter(t),
            "tab": self._repeat,
            "f1": lambda: self._interject(*(EXAM_KEYS if self.task.exam else KEYS)),
            "f2": lambda: self._interject(self._time(t)),
        }
        if key.name == TEXT:
            self._type(t, key.text, key.batch)
        elif key.name == PASTE:
            self.record(session.paste(t, key.size))
            self._interject("A paste does not count here: type the text.")
        elif key.name in handlers:
            handlers[key.name]()
        elif key.name == "f3" and not self.task.exam:
            self._interject("Typed: " + "".join(session.alignment.typed[self._said_from :]))
        elif key.name == "c-r" and not self.task.exam:
            self.terminal.end_line()
            self.terminal.say("Again.")
            self.again = True

    def _type(self, t: int, text: str, batch: int) -> None:
        session = self.session
        before = len(session.alignment)
        events = session.type(t, text, batch)
        self.record(events)
        if session.hint == "blocked":
            self.terminal.bell()
            return
        if len(session.alignment) > before or not text.isascii():
            self.terminal.echo(text)
        end = self._phrases[self._at][1]
        if session.ended is None and text == " " and session.alignment.cursor > end:
            self._next_phrase()

    def _enter(self, t: int) -> None:
        """Enter is the blank after the phrase; in the last phrase it ends the drill."""
        session = self.session
        if session.started_at is None:
            self._repeat()
        elif self._at + 1 < len(self._phrases):
            self.record(session.type(t, " "))
            if session.hint == "blocked":
                self.terminal.bell()
                self._interject("The phrase is not finished.")
            elif session.ended is None:
                self._next_phrase()
        else:
            self.record(session.enter(t))
            if session.hint == "enter_again":
                self._interject("The text is not finished. Enter once more stops here.", repeat=False)

    def _erase(self, t: int, *, word: bool) -> None:
        session = self.session
        typed = list(session.alignment.typed)
        self.record(session.erase_word(t) if word else session.erase(t))
        if session.hint == "no_backspace":
            self.terminal.bell()
            return
        gone = typed[max(len(session.alignment), self._said_from) :]  # what went before stands on another line
        self.terminal.rub_out(sum(cells(cluster) for cluster in gone))
        while self._at and len(session.alignment) < self._said_from:
            self._at -= 1
            start = self._phrases[self._at][0]
            self._said_from = min(start, len(session.alignment))
            self._interject("Back in the phrase before.")

    # --- what is said ---

    def _next_phrase(self) -> None:
        self.terminal.end_line()
        self._say_errors()
        self._at += 1
        self._said_from = len(self.session.alignment)
        self._say_phrase()

    def _say_errors(self) -> None:
        if self.task.exam:
            return
        start, end = self._phrases[self._at]
        alignment = self.session.alignment
        if self.session.ended is not None and self.session.ended.reason == "done":
            steps, stop = list(alignment.trace(len(alignment.target))), end  # what is missing at the end counts too
        else:
            steps = list(reversed(list(alignment.steps_back())))
            stop = min(end, max(alignment.cursor, start))
        for sentence in phrase_errors(steps, start, stop, alignment.target):
            self.terminal.say(sentence)

    def _say_phrase(self) -> None:
        start, end = self._phrases[self._at]
        self.terminal.say("".join(self.session.alignment.target[start:end]))

    def _repeat(self) -> None:
        self._interject()

    def _interject(self, *sentences: str, repeat: bool = True) -> None:
        """Say something in the middle of a phrase, then the phrase and what is typed of it again."""
        self.terminal.end_line()
        if sentences:
            self.terminal.say(*sentences)
        if repeat:
            self._say_phrase()
        typed = self.session.alignment.typed[self._said_from :]
        if typed:
            self.terminal.echo("".join(typed))

    def _time(self, t: int) -> str:
        elapsed = self.session.elapsed(t)
        if self.task.limit_s is None:
            return f"{seconds_said(elapsed)} so far."
        return f"{seconds_said(max(self.task.limit_s - elapsed, 0))} left."


def piped_log(recorder: Recorder, text: str) -> None:
    """Record a text that came from a pipe: one splice at time 0, because there are no key times."""
    from typetrainer.core.log import End, Key
    from typetrainer.core.text import nfc

    clean = nfc(text)
    if clean:
        recorder.write([Key(0, 0, 0, clean, max(len(graphemes(clean)), 1))])
    recorder.write([Mark(0, "from_pipe"), End(0, "done")])
