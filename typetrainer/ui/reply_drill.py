"""The reply drill on the screen: a customer above, a real editor below."""

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
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply import Pane, ReplyPicture, case_pane, editor_lines, pane_room, reply_view, text_pane

HINTS = {
    "paste_refused": "A paste does not count here: write the reply yourself.",
    "empty": "There is nothing to send yet. Ctrl-C leaves.",
    "full": f"A reply is {MAX_GRAPHEMES} characters at most.",
}


class ReplyDrill(DrillScreen[ReplySession]):
    """Answers one customer."""

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
        return f"your reply of {counted(self.session.words, 'word')}"

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self.over:
            return
        t = self.t(key.at)
        self.key_came(t)
        asked, self._asked_again = self._asked_again, False
        session = self.session
        if key.name != "enter":
            session.hint = None
        match key.name:
            case name if name == TEXT:
                self.record(session.insert(t, key.text, key.batch))
            case name if name == PASTE:
                self.record(session.paste(t, key.size))
            case "enter":
                self.record(session.send(t))
            case "a-enter" | "c-j":
                self.record(session.insert(t, "\n"))
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
            self._panes = {size.columns: self._make_panes(size.columns)}
        return self._panes[size.columns]

    def _make_panes(self, columns: int) -> list[Pane]:
        item, library = self.item, self.context.library
        card = " · ".join([item.customer.name, *item.customer.card()])
        panes = [case_pane(card, item.message, item.know, columns)]
        for article_id in item.articles:
            article = library.article(item.pack, article_id)
            body = article.text.split("\n", 1)[-1] if article.text.startswith("# ") else article.text
            panes.append(text_pane("article", article.title, body, columns))
        company = library.company(item.pack)
        rules = [f"{p.id}  {p.title}: {p.text}" for p in map(company.policy, item.policies) if p is not None]
        style = [company.voice, "", *(f"· {guideline.text}" for guideline in company.guidelines)]
        if rules:
            panes.append(text_pane("policies", "Policies of this case", "\n\n".join(rules), columns))
        panes.append(text_pane("how we write", f"How {company.name} writes", "\n".join(style), columns))
        panes.append(text_pane("keys", "Keys", KEYS_HELP, columns))
        return panes

    def view(self, size: Size) -> Frame:
        panes = self._panes_for(size)
        pane = panes[self._pane]
        self._scroll = max(0, min(self._scroll, len(pane.rows) - pane_room(size, pane)))
        count = self.session.words
        following = panes[(self._pane + 1) % len(panes)].name
        hint = self._hint()
        picture = ReplyPicture(
            title=self.task.title,
            clock=self._clock_text(),
            pane=pane,
            scroll=self._scroll,
            editor=self.editor,
            left=counted(count, "word") if count else "Write your reply; Enter sends it.",
            right="" if hint else f"Tab: {following}",
            hint=visible(hint),
            keys=self._keys(size),
        )
        return reply_view(picture, size)

    def _hint(self) -> str:
        if self.asked_to_leave:
            return LEAVE_TEST
        if self._asked_again:
            return "Start again with an empty reply? Ctrl-R once more does; this one stays in the history."
        if self.session.hint == "send_again":
            count = self.session.words
            return f"Send {counted(count, 'word')}? Enter again sends; go on typing to go on."
        if self.session.hint in HINTS:
            return HINTS[self.session.hint]
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
        return f"waiting {clock_text(elapsed)}"

    def _keys(self, size: Size) -> Row:
        pairs = [("Enter", "send"), ("Alt-Enter", "line"), ("Tab", "next pane"), ("F1", "keys"), ("Ctrl-C", "leave")]
        again = [] if self.task.exam else [("Ctrl-R", "again")]
        return keys(*pairs, *again, ("Ctrl-_", "undo"), columns=size.columns)


KEYS_HELP = """Enter sends the reply; Alt-Enter or Ctrl-J begins a new line.
Tab shows the next pane up here: articles, policies, how the company writes. PgUp and PgDn scroll it.
Ctrl-_ takes back, Ctrl-Y does again. Ctrl-A selects all; Shift with an arrow selects.
Ctrl-Left and Ctrl-Right move by words; Ctrl-W deletes the word before the cursor, Alt-D the one after it.
Home and End go to the ends of the row, Ctrl-Home and Ctrl-End to those of the reply.
Ctrl-U and Ctrl-K delete to the start and to the end of the line.
Ctrl-R starts again. Ctrl-Z suspends. Ctrl-C leaves; what you wrote is kept."""
