"""The drills of writing on the screen: what it is about above, a real editor below."""

from collections.abc import Callable, Iterator
from math import ceil

from typetrainer.core.editor import Editor
from typetrainer.core.log import AttemptLog
from typetrainer.core.reply_session import MAX_GRAPHEMES, ReplySession
from typetrainer.core.text import counted, row_of, visible
from typetrainer.ui.context import Context
from typetrainer.ui.drill import KEEP_FROM, LEAVE_TEST, SECOND, DrillScreen
from typetrainer.ui.editing import changes_of, move
from typetrainer.ui.frame import Frame, Row, Size, clock_text, keys
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.panes import keys_help, make_panes
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply import MIN_EDITOR_ROWS, Pane, ReplyPicture, editor_lines, pane_room, reply_view
from typetrainer.ui.written import beginning, count_said, writing_of

HINTS = {
    "paste_refused": "A paste does not count here: write the {noun} yourself.",
    "empty": "There is nothing to {does} yet. Ctrl-C leaves.",
    "full": f"A text is {MAX_GRAPHEMES} characters at most.",
    "not_empty": "The poor text can only be taken over before anything is written.",
    "no_action": "Choose what to do first: ← and → do, or Alt and its digit.",
    "no_tier": "Choose who it goes to first: ← and → do, or Alt and its digit.",
    "no_article": "Choose the article that your answer is from first: Ctrl-F searches.",
}


class ReplyDrill(DrillScreen[ReplySession]):
    """Answers one customer, mends a reply, writes a note or an article."""

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        done: Callable[["ReplyDrill"], None],
        again: Callable[[], None],
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        if task.reply is None:
            raise ValueError("a reply task has a reply item")
        session = ReplySession.restored(resumed[1]) if resumed else ReplySession(kind=task.kind, limit_s=task.limit_s)
        super().__init__(context, task, session, done=done, again=again, resumed=resumed)
        self.item = task.reply
        self.writing = writing_of(task.kind)
        self._clock = context.settings.flag("clock")
        self._pane = 0
        self._scroll = 0
        self._asked_again = False  # whether the last key was a Ctrl-R that asks
        self._panes: dict[int, list[Pane]] = {}

    @property
    def editor(self) -> Editor:
        """The reply's editor."""
        return self.session.editor

    def opened(self) -> None:
        super().opened()
        checker = self.context.checker()
        if checker is not None:
            self.program.work(checker.start)
        self.program.aside(self._read_ahead())

    def _read_ahead(self) -> Iterator[None]:
        from typetrainer.ui.judging import patterns_read

        yield from patterns_read(self.context, self.task)

    def next_change(self, now: int) -> int | None:
        return now + SECOND - int(self.session.elapsed(self.t(now)) * 1e9) % SECOND if self._clock else None

    def what_is_kept(self) -> str:
        return f"your {self.writing.noun} of {counted(self.session.words, 'word')}"

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self.over:
            return
        t = self.t(key.at)
        self.key_came(t)
        asked, self._asked_again = self._asked_again, False
        session = self.session
        sender = "c-s" if self.writing.lines else "enter"
        if key.name != sender:
            session.hint = None
        if self.chosen_by(key, t):
            return
        match key.name:
            case name if name == sender:
                self.record(session.send(t))
            case name if name == TEXT:
                self.record(session.insert(t, key.text, key.batch))
            case name if name == PASTE:
                self.record(session.paste(t, key.size))
            case "enter" | "a-enter" | "c-j":
                self.record(session.insert(t, "\n"))
            case "f5" if self.item.poor:
                self.record(session.take(t, self.item.poor))
            case "c-r" if not self.task.exam:
                if self.session.size >= KEEP_FROM and not asked:
                    self._asked_again = True
                else:
                    self.restart(t)
            case "tab" | "s-tab" | "pagedown" | "pageup" | "f1":
                self._look(key.name)
            case _:
                self.edit(key.name, t)

    def chosen_by(self, key: KeyEvent, t: int) -> bool:  # noqa: ARG002
        """Do what a key asks for in the kinds that have more than a text; return whether it was for that."""
        return False

    def edit(self, name: str, t: int) -> None:
        """Change the text, or move in it."""
        changes = changes_of(self.editor)
        if name in changes:
            self.record(self.session.change(t, changes[name]))
        else:
            move(self.editor, name, editor_lines(self.editor, self.program.size()))

    def _look(self, name: str) -> None:
        size = self.program.size()
        panes = self._panes_for(size)
        if name in ("tab", "s-tab"):
            self._pane = (self._pane + (1 if name == "tab" else -1)) % len(panes)
            self._scroll = 0
        elif name == "f1":
            self._pane, self._scroll = len(panes) - 1, 0
        else:
            pane = panes[self._pane]
            room = self._pane_room(size, pane)
            by = max(room - 1, 1) * (1 if name == "pagedown" else -1)
            self._scroll = max(0, min(self._scroll + by, len(pane.rows) - room))

    # --- picture ---

    def _panes_for(self, size: Size) -> list[Pane]:
        if size.columns not in self._panes:
            self._panes = {size.columns: self.make_panes(size.columns)}
        return self._panes[size.columns]

    def make_panes(self, columns: int) -> list[Pane]:
        """Return what stands above the editor, pane by pane."""
        told = keys_help(self.item.kind, self.writing, poor=bool(self.item.poor), exam=self.task.exam)
        return make_panes(self.item, self.context.library, told, columns)

    def view(self, size: Size) -> Frame:
        panes = self._panes_for(size)
        pane = panes[self._pane]
        self._scroll = max(0, min(self._scroll, len(pane.rows) - self._pane_room(size, pane)))
        item, allowed, count = self.item, self.item.max_words, self.session.words
        following = panes[(self._pane + 1) % len(panes)].name
        hint = self._hint()
        picture = ReplyPicture(
            title=self.task.title,
            clock=self._clock_text(),
            pane=pane,
            scroll=self._scroll,
            editor=self.editor,
            left=count_said(count, allowed) if count else beginning(item.kind, allowed, poor=bool(item.poor)),
            right="" if hint else f"Tab: {following}",
            hint=visible(hint),
            keys=self._keys(size),
            heed=0 < allowed < count,
            above=self.above(size.columns),
            focus=self.focus(size.columns),
            least=self.least_rows(),
        )
        return self.picture_view(picture, size)

    def picture_view(self, picture: ReplyPicture, size: Size) -> Frame:
        """Return the frame of a picture."""
        return reply_view(picture, size)

    def above(self, columns: int) -> tuple[Row, ...]:  # noqa: ARG002
        """Return what stands between the pane and the text."""
        return ()

    def least_rows(self) -> int:
        """Return how many rows the text keeps, however long the pane is."""
        return MIN_EDITOR_ROWS

    def focus(self, columns: int) -> tuple[int, int] | None:  # noqa: ARG002
        """Return where the cursor is in `above` as (row, column); None while it is in the text."""
        return None

    def cursor_row(self) -> int:
        """Return the row of the text that the cursor is in."""
        return row_of(editor_lines(self.editor, self.program.size()), self.editor.cursor)

    def _pane_room(self, size: Size, pane: Pane) -> int:
        return pane_room(size, pane, self.least_rows() + len(self.above(size.columns)))

    def _hint(self) -> str:
        if self.asked_to_leave:
            return LEAVE_TEST
        if self._asked_again:
            noun = self.writing.noun
            return f"Start again with an empty {noun}? Ctrl-R once more does; this one is kept."
        if self.session.hint == "send_again":
            count = self.session.words
            key, does = self.writing.sender
            again = "finishes" if self.writing.lines else "sends"
            return f"{does.title()} {counted(count, 'word')}? {key} again {again}; go on typing to go on."
        if self.session.hint in HINTS:
            return HINTS[self.session.hint].format(noun=self.writing.noun, does=self.writing.sender[1])
        if self.recorder.problem:
            return f"Your typing is kept in memory; the disk refuses: {self.recorder.problem}."
        if self.waiting:
            return "Go on where you stopped: the clock goes on with your next key."
        return ""

    def _clock_text(self) -> str:
        if not self._clock:
            return ""
        elapsed = self.session.elapsed(self.now())
        if self.task.limit_s is not None:
            return f"{clock_text(ceil(round(self.task.limit_s - elapsed, 3)))} left"
        return clock_text(elapsed) if self.writing.lines else f"waiting {clock_text(elapsed)}"

    def _keys(self, size: Size) -> Row:
        again = [] if self.task.exam else [("Ctrl-R", "again")]
        rest = [("Tab", "next pane"), ("F1", "keys"), ("Ctrl-C", "leave"), *again, ("Ctrl-_", "undo")]
        return keys(*self.keys_shown(), *rest, columns=size.columns)

    def keys_shown(self) -> list[tuple[str, str]]:
        """Return the keys of this moment with what they do, the most important first."""
        if self.item.poor and not self.session.size:
            return [self.writing.sender, ("F5", "take it over")]
        return [self.writing.sender, ("Enter", "line") if self.writing.lines else ("Alt-Enter", "line")]
