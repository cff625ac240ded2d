"""The reply drill on the screen: a customer above, a real editor below."""

from collections.abc import Callable
from math import ceil

from typetrainer.core.editor import Editor, Splice
from typetrainer.core.log import AttemptLog, End, Key, Mark, Paste, Reason
from typetrainer.core.text import visible, words
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.copy_drill import KEEP_FROM, LEAVE_TEST
from typetrainer.ui.frame import Frame, Row, Size, clock_text, keys
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply import Pane, ReplyPicture, case_pane, editor_lines, pane_room, reply_view, text_pane

_SECOND = 1_000_000_000
MAX_GRAPHEMES = 8_000  # ten times a long reply; keeps a key cheap
SHORT_WORDS = 2


class ReplyDrill(Screen):
    """Answers one customer. `done(screen)` is called when the reply was sent or time is over."""

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        done: Callable[["ReplyDrill"], None],
        again: Callable[[], None],
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        super().__init__()
        if task.reply is None:
            raise ValueError("a reply task has a reply item")
        self.context = context
        self.task = task
        self.item = task.reply
        self.recorder: Recorder
        self.editor = Editor(resumed[1].final_text() if resumed else "")
        self.may_suspend = not task.exam
        self._done = done
        self._again = again
        self._resumed = resumed
        self._clock = context.settings.flag("clock")
        self._shown_at = 0
        self._last_t = 0
        self._flush_at = 0
        self._paused = 0  # microseconds of pauses, which do not count against a limit
        self._paused_at: int | None = None
        self._pane = 0
        self._scroll = 0
        self._asked = ""  # what the next key would confirm: "send" or "again"
        self._hint = ""
        self._over = False
        self._panes: dict[int, list[Pane]] = {}

    # --- time ---

    def opened(self) -> None:
        now = self.program.clock_ns()
        self.program.lag_p99_ms()
        if self._resumed is not None:
            self.recorder, log = self._resumed
            self._last_t = log.last_t
            self._shown_at = now - log.last_t * 1000
            self._restore_pauses(log)
        else:
            size = self.program.size()
            self.recorder = self.context.record(self.task, size.columns, size.rows)
            self._shown_at = now
            self.program.work(self.recorder.open)
        self._flush_at = now + _SECOND
        checker = self.context.checker()
        if checker is not None:
            self.program.work(checker.start)

    def _restore_pauses(self, log: AttemptLog) -> None:
        paused_at = None
        for event in log.events:
            if isinstance(event, Mark) and event.name == "pause":
                paused_at = event.t
            elif isinstance(event, Mark) and event.name == "resume" and paused_at is not None:
                self._paused += event.t - paused_at
                paused_at = None
        if paused_at is not None:
            self._paused_at = paused_at
            self.resumed(self.program.clock_ns())

    def _t(self, at: int) -> int:
        self._last_t = max((at - self._shown_at) // 1000, self._last_t)
        return self._last_t

    def _active(self, t: int) -> float:
        """Return the seconds since the customer's message was shown, without pauses."""
        now = self._paused_at if self._paused_at is not None else t
        return max(now - self._paused, 0) / 1e6

    def _deadline(self) -> int | None:
        return None if self.task.limit_s is None else round(self.task.limit_s * 1e6) + self._paused

    def wake_at(self) -> int | None:
        if self._over:
            return None
        now = self.program.clock_ns()
        times = [self._flush_at]
        if self._paused_at is None:
            if (deadline := self._deadline()) is not None:
                times.append(self._shown_at + deadline * 1000)
            if self._clock:
                elapsed = now - self._shown_at - self._paused * 1000
                times.append(now + _SECOND - elapsed % _SECOND)
        return min(times)

    def tick(self, now: int) -> None:
        deadline = self._deadline()
        if self._over or self._paused_at is not None:
            return
        if deadline is not None and self._t(now) >= deadline:
            self._finish(deadline, "time")
        elif now >= self._flush_at:
            self._flush_at = now + _SECOND
            self.program.work(self.recorder.flush)

    def paused(self, now: int) -> None:
        if not self._over and not self.task.exam and self._paused_at is None:
            self._paused_at = self._t(now)
            self.recorder.write([Mark(self._paused_at, "pause")])

    def resumed(self, now: int) -> None:
        if not self._over and self._paused_at is not None:
            t = self._t(now)
            self._paused += t - self._paused_at
            self._paused_at = None
            self.recorder.write([Mark(t, "resume")])

    def may_leave(self) -> bool:
        if not self.task.exam or self._asked == "leave" or self._over:
            return True
        self._asked, self._hint = "leave", LEAVE_TEST
        return False

    def leaving(self) -> None:
        """Keep what was typed: ended on Ctrl-C, to be resumed when the terminal went away."""
        if self._over:
            return
        self._over = True
        if not self.editor.clusters:
            self.recorder.discard()
            return
        if self.program.left_by_choice:
            self.recorder.write([End(self._t(self.program.clock_ns()), "quit")])
        if self.task.settings.get("practice"):
            self.recorder.discard()
            return
        from typetrainer.ui.exam import write_result

        saved = self.recorder.save()
        self.context.farewell += (*saved.problems, *write_result(self.context, self.task, self.recorder))
        if not saved.problems:
            what = "is in the history" if self.recorder.end else "can be gone on with at the next start"
            self.context.farewell.append(f"Kept: your reply of {len(words(self.editor.text))} words {what}.")

    def _finish(self, t: int, reason: Reason) -> None:
        self._over = True
        lag = self.program.lag_p99_ms()
        if lag is not None:
            self.recorder.write(
                [Mark(max(min(t, self._last_t), self.recorder.last_t), "loop_lag_ms_p99", round(lag, 3))]
            )
        self.recorder.write([End(max(t, self.recorder.last_t), reason)])
        self._done(self)

    # --- keys ---

    def handle(self, key: KeyEvent) -> None:
        if self._over:
            return
        t = self._t(key.at)
        if (deadline := self._deadline()) is not None and t >= deadline:
            self._finish(deadline, "time")
            return
        asked, self._asked, self._hint = self._asked, "", ""
        if key.name == TEXT:
            self._insert(t, key.text, key.batch)
        elif key.name == PASTE:
            self.recorder.write([Paste(t, key.size)])
            self._hint = "A paste does not count here: write the reply yourself."
        elif key.name == "enter":
            self._send(t, confirmed=asked == "send")
        elif key.name in ("a-enter", "c-j"):
            self._insert(t, "\n", 1)
        elif key.name == "c-r" and not self.task.exam:
            self._restart(t, confirmed=asked == "again")
        elif key.name in ("tab", "s-tab", "pagedown", "pageup", "f1"):
            self._look(key.name)
        else:
            self._edit(key.name, t)

    def _insert(self, t: int, text: str, batch: int) -> None:
        if len(self.editor.clusters) >= MAX_GRAPHEMES:
            self._hint = f"A reply is {MAX_GRAPHEMES} characters at most."
            return
        self._log(t, self.editor.insert(text), batch)

    def _log(self, t: int, splice: Splice | None, batch: int = 1) -> None:
        if splice is not None and (splice.deleted or splice.inserted):
            self.recorder.write([Key(t, splice.pos, splice.deleted, splice.inserted, batch)])

    def _edit(self, name: str, t: int) -> None:
        editor = self.editor
        changes: dict[str, Callable[[], Splice | None]] = {
            "backspace": editor.backspace, "delete": editor.delete, "c-w": editor.delete_word_back,
            "a-backspace": editor.delete_word_back, "a-d": editor.delete_word_forward,
            "c-delete": editor.delete_word_forward, "c-u": editor.delete_to_line_start,
            "c-k": editor.delete_to_line_end, "c-_": editor.undo, "c-y": editor.redo,
        }  # fmt: skip
        if name in changes:
            self._log(t, changes[name]())
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

    def _send(self, t: int, *, confirmed: bool) -> None:
        count = len(words(self.editor.text))
        if count == 0:
            self._hint = "There is nothing to send yet. Ctrl-C leaves."
        elif count <= SHORT_WORDS and not confirmed:
            self._asked = "send"
            self._hint = f"Send {count} word{'s' if count > 1 else ''}? Enter again sends; go on typing to go on."
        else:
            self._finish(t, "done")

    def _restart(self, t: int, *, confirmed: bool) -> None:
        if len(self.editor.clusters) >= KEEP_FROM and not confirmed:
            self._asked = "again"
            self._hint = "Start again? Ctrl-R once more does; this reply stays in the history."
            return
        self._over = True
        if len(self.editor.clusters) >= KEEP_FROM:
            self.recorder.write([End(t, "quit")])
            self.program.work(self.recorder.save)
        else:
            self.program.work(self.recorder.discard)
        self._again()

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
        count = len(words(self.editor.text))
        following = panes[(self._pane + 1) % len(panes)].name
        hint = self._hint
        if not hint and self.recorder.problem:
            hint = f"Your typing is kept in memory; the disk refuses: {self.recorder.problem}."
        picture = ReplyPicture(
            title=self.task.title,
            clock=self._clock_text(),
            pane=pane,
            scroll=self._scroll,
            editor=self.editor,
            left=f"{count} word{'' if count == 1 else 's'}" if count else "Write your reply; Enter sends it.",
            right="" if hint else f"Tab: {following}",
            hint=visible(hint),
            keys=self._keys(size),
        )
        return reply_view(picture, size)

    def _clock_text(self) -> str:
        t = self._t(self.program.clock_ns())
        if not self._clock:
            return ""
        if self.task.limit_s is not None:
            return f"{clock_text(ceil(round(self.task.limit_s - self._active(t), 3)))} left"
        return f"waiting {clock_text(self._active(t))}"

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
