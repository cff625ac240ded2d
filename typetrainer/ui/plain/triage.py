"""The drill `triage` in plain lines: a digit chooses when it is asked for, then the reason is typed."""

from collections.abc import Sequence

from typetrainer.content.loader import Library
from typetrainer.core.log import AttemptLog
from typetrainer.ui.choices import ACTIONS, tiers_of
from typetrainer.ui.input import TEXT, KeyEvent
from typetrainer.ui.plain.reply import PlainReply
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task


class PlainTriage(PlainReply):
    """Asks what to do, to whom if it goes to another team, and why."""

    def __init__(
        self,
        terminal: PlainTerminal,
        task: Task,
        recorder: Recorder,
        library: Library,
        resumed: AttemptLog | None = None,
    ) -> None:
        super().__init__(terminal, task, recorder, library, resumed)
        self._tiers = tiers_of(library, self.item)
        self.session.teams = bool(self._tiers)
        self._asking = ""  # the choice that a digit makes now, or an empty text while the reason is typed

    def begin_text(self, said: str = "") -> None:
        """Ask for what is to be chosen first."""
        self._asking = self.session.missing
        if self._asking:
            self._ask()
        else:
            self.terminal.end_line()
            self.terminal.say(f"You chose: {self._chosen()}. F6 chooses again.")
            super().begin_text(said)

    def _options(self) -> Sequence[tuple[str, str]]:
        if self._asking == "action":
            return tuple(ACTIONS.items())
        return tuple((tier.id, f"{tier.name}: {tier.handles}") for tier in self._tiers)

    def _ask(self) -> None:
        question = "What to do? Press a digit." if self._asking == "action" else "To whom? Press a digit."
        self.terminal.end_line()
        self.terminal.say(question, *(f"{n}: {name}" for n, (_, name) in enumerate(self._options(), 1)))

    def _chosen(self) -> str:
        action = str(self.session.choices.get("action") or "")
        team = next((tier.name for tier in self._tiers if tier.id == self.session.choices.get("tier")), "")
        return f"{ACTIONS.get(action, action)}{f' to {team}' if action == 'escalate' and team else ''}"

    def chosen_by(self, key: KeyEvent, t: int) -> bool:
        """Choose by a digit while that is asked; F6 asks again."""
        if key.name == "f6":
            self._asking = "action"
            self._ask()
            return True
        if not self._asking:
            return False
        if key.name == TEXT and key.text.isdecimal() and 0 < int(key.text) <= len(self._options()):
            self._choose(t, self._options()[int(key.text) - 1][0])
            return True
        if key.name in (TEXT, "enter", "a-enter", "c-j"):
            self._ask()
            return True
        return False

    def _choose(self, t: int, value: str) -> None:
        self.record(self.session.choose(t, self._asking, value))
        if self.session.ended is not None:
            return
        if self._asking == "action" and value == "escalate" and self._tiers:
            self._asking = "tier"
            self._ask()
        else:
            self.begin_text()

    def go_on(self) -> None:
        """Ask again while a digit is asked for."""
        if self._asking:
            self._ask()
        else:
            super().go_on()

    def looked_up(self) -> list[str]:
        """Return who handles what, and the policies of the case."""
        return [*(f"{tier.name}: {tier.handles}" for tier in self._tiers), *self.policy_lines()]
