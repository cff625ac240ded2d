"""The drills of writing on the screen: what it is about above, a real editor below."""

from collections.abc import Callable
from math import ceil

from typetrainer.core.editor import Editor, Splice
from typetrainer.core.log import AttemptLog
from typetrainer.core.reply_session import MAX_GRAPHEMES, ReplySession
from typetrainer.core.text import counted, visible
from typetrainer.ui.context import Context
from typetrainer.ui.drill import KEEP_FROM, LEAVE_TEST, SECOND, DrillScreen
from typetrainer.ui.frame import Frame, Row, Size, clock_text, keys
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.panes import keys_help, make_panes
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply import Pane, ReplyPicture, editor_lines, pane_room, reply_view
from typetrainer.ui.written import beginning, count_said, writing_of

HINTS = {
    "paste_refused": "A paste does not count here: write the {noun} yourself.",
    "empty": "There is nothing to {does} yet. Ctrl-C leaves.",
    "full": f"A text is {MAX_GRAPHEMES} characters at most.",
    "not_empty": "The poor text can only be taken over before anything is written.",
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
        session = ReplySession.restored(resumed[1]) if resumed else ReplySession(limit_s=task.limit_s)
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
                self._edit(key.name, t)

    def _edit(self, name: str, t: int) -> None:
        editor = self.editor
        changes: dict[str, Callable[[], Splice | None]] = {
            "backspace": editor.backspace, "delete": editor.delete, "c-w": editor.delete_word_back,
            "a-backspace": editor.delete_word_back, "a-d": editor.delete_word_forward,
            "c-delete": editor.delete_word_forward, "c-u": editor.delete_to_line_start,
            "c-k": editor.delete_to_line_end, "c-_": editor.undo, "c-y": editor.redo,
        }  # fmt: skip
        if name in changes:
            self.record(self.session.change(t, changes[name]))
            return
        lines = editor_lines(editor, self.program.size())
        name, select = (name[2:], True) if name.startswith("s-") else (name, False)
        name, select = ("c-" + name[4:], True) if name.startswith("c-s-") else (name, select)
        moves: dict[str, Callable[[], None]] = {
            "left": lambda: editor.left(select=select),
            "right": lambda: editor.right(select=select),
            "up": lambda: editor.vertical(lines, -1, select=select),
            "down": lambda: editor.vertical(lines, 1, select=select),
            "home": lambda: editor.row_start(lines, select=select),
            "end": lambda: editor.row_end(lines, select=select),
            "c-e": lambda: editor.row_end(lines),
            "c-left": lambda: editor.word_left(select=select),
            "c-right": lambda: editor.word_right(select=select),
            "a-b": editor.word_left,
            "a-f": editor.word_right,
            "c-home": lambda: editor.move_to(0, select=select),
            "c-end": lambda: editor.move_to(len(editor.clusters), select=select),
            "c-a": editor.select_all,
        }
        if name in moves:
            moves[name]()

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
            room = pane_room(size, pane)
            by = max(room - 1, 1) * (1 if name == "pagedown" else -1)
            self._scroll = max(0, min(self._scroll + by, len(pane.rows) - room))

    # --- picture ---

    def _panes_for(self, size: Size) -> list[Pane]:
        if size.columns not in self._panes:
            self._panes = {size.columns: self.make_panes(size.columns)}
        return self._panes[size.columns]

    def make_panes(self, columns: int) -> list[Pane]:
        """Return what stands above the editor, pane by pane."""
        told = keys_help(self.writing.noun, lines=self.writing.lines, poor=bool(self.item.poor))
        return make_panes(self.item, self.context.library, told, columns)

    def view(self, size: Size) -> Frame:
        panes = self._panes_for(size)
        pane = panes[self._pane]
        self._scroll = max(0, min(self._scroll, len(pane.rows) - pane_room(size, pane)))
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
        )
        return reply_view(picture, size)

    def _hint(self) -> str:
        if self.asked_to_leave:
            return LEAVE_TEST
        if self._asked_again:
            noun = self.writing.noun
            return f"Start again with an empty {noun}? Ctrl-R once more does; this one stays in the history."
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
        line = ("Enter", "line") if self.writing.lines else ("Alt-Enter", "line")
        if self.item.poor and not self.session.size:
            line = ("F5", "take it over")
        pairs = [self.writing.sender, line, ("Tab", "next pane"), ("F1", "keys"), ("Ctrl-C", "leave")]
        again = [] if self.task.exam else [("Ctrl-R", "again")]
        return keys(*pairs, *again, ("Ctrl-_", "undo"), columns=size.columns)
