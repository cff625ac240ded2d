"""The drill `triage` on the screen: what to do with a message is chosen in a line, and why is written below."""

from collections.abc import Callable

from typetrainer.core.log import AttemptLog
from typetrainer.ui.choices import ACTIONS, tiers_of
from typetrainer.ui.context import Context
from typetrainer.ui.frame import Row, rule
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.panes import tiers_pane
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.task import Task
from typetrainer.ui.views.choosers import Chooser, Option, chooser_rows
from typetrainer.ui.views.reply import Pane

_TEXT = 2  # the field below the choosers


class TriageDrill(ReplyDrill):
    """Chooses what happens with a message. Text that is typed goes into the reason, wherever the arrows are."""

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        done: Callable[[ReplyDrill], None],
        again: Callable[[], None],
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        super().__init__(context, task, done=done, again=again, resumed=resumed)
        tiers = tiers_of(context.library, self.item)
        self.session.teams = bool(tiers)
        self._actions = tuple(Option(name, said, f"Alt-{n}") for n, (name, said) in enumerate(ACTIONS.items(), 1))
        self._tiers = tuple(Option(tier.id, tier.name, _key(n)) for n, tier in enumerate(tiers, len(ACTIONS) + 1))
        self._field = _TEXT if self.session.choices.get("action") else 0  # 0 what to do, 1 to whom

    def chosen_by(self, key: KeyEvent, t: int) -> bool:
        """Choose by Alt and a digit from anywhere, by the arrows in a chooser's line."""
        direct = {option.key.lower().replace("alt-", "a-"): option for option in (*self._actions, *self._tiers)}
        if option := direct.get(key.name):
            self._choose(t, 0 if option in self._actions else 1, option.id)
            self._field = 1 if self.session.missing == "tier" else _TEXT
            return True
        if self._field == _TEXT:
            return self._in_text(key, t)
        return self._in_chooser(key, t)

    def _in_text(self, key: KeyEvent, t: int) -> bool:
        """Go up into the choosers from the first row; and to send without a choice leads to where it is made."""
        if key.name == "enter" and self.session.missing:
            self.record(self.session.send(t))
            self._field = 1 if self.session.missing == "tier" else 0
            return True
        if key.name == "up" and self.cursor_row() == 0:
            self._field = 1 if self._escalates else 0
            return True
        return False

    def _in_chooser(self, key: KeyEvent, t: int) -> bool:
        chooser = self._choosers()[self._field]
        match key.name:
            case "left" | "right":
                self._choose(t, self._field, chooser.step(1 if key.name == "right" else -1))
            case "up":
                self._field = 0
            case "down" | "enter":
                self._go_on(t)
            case name if name in (TEXT, PASTE, "a-enter", "c-j", "backspace") and key.text != " ":
                self._field = _TEXT
                return False
            case name:
                return name == TEXT  # a blank is not the beginning of a reason
        return True

    def _go_on(self, t: int) -> None:
        """Go to the next field; from a line where nothing is chosen there is no way on."""
        if self.session.missing == ("action", "tier")[self._field]:
            self.record(self.session.send(t))  # says what is missing
        else:
            self._field = 1 if self._field == 0 and self._escalates and self._tiers else _TEXT

    @property
    def _escalates(self) -> bool:
        return self.session.choices.get("action") == "escalate"

    def _choose(self, t: int, field: int, value: str) -> None:
        """Choose an action, or a team: that is to escalate as well."""
        if field == 1 and not self._escalates:
            self.record(self.session.choose(t, "action", "escalate"))
        if self.session.choices.get("action" if field == 0 else "tier") != value:
            self.record(self.session.choose(t, "action" if field == 0 else "tier", value))

    # --- picture ---

    def _choosers(self) -> tuple[Chooser, Chooser]:
        choices = self.session.choices
        tier = str(choices.get("tier") or "") if self._escalates else ""
        return (
            Chooser("Do", self._actions, str(choices.get("action") or ""), self._field == 0),
            Chooser("to", self._tiers, tier, self._field == 1, dim=not self._escalates),
        )

    def above(self, columns: int) -> tuple[Row, ...]:
        rows = [row for chooser in self._choosers() if chooser.options for row in chooser_rows(chooser, columns)[0]]
        return (*rows, rule(columns))

    def least_rows(self) -> int:
        return 2  # a reason is a line

    def focus(self, columns: int) -> tuple[int, int] | None:
        if self._field == _TEXT:
            return None
        before, (row, column) = 0, (0, 0)
        for number, chooser in enumerate(self._choosers()[: self._field + 1]):
            rows, (row, column) = chooser_rows(chooser, columns)
            before += len(rows) if number < self._field else 0
        return before + row, column

    def keys_shown(self) -> list[tuple[str, str]]:
        if self._field == _TEXT:
            return [self.writing.sender, ("↑", "choices")]
        return [("←→", "choose"), ("Enter", "go on")]

    def make_panes(self, columns: int) -> list[Pane]:
        case, *others = super().make_panes(columns)
        return [case, *tiers_pane(self.item, self.context.library, columns), *others]


def _key(number: int) -> str:
    return f"Alt-{number}" if number <= 9 else ""
