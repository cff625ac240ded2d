"""The short chooser of the bare command, and the offer to go on with an interrupted attempt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from typetrainer.core.log import AttemptLog
from typetrainer.core.metrics import without_pauses
from typetrainer.core.text import count_graphemes, counted, visible
from typetrainer.ui.app import Screen
from typetrainer.ui.frame import BLANK, Frame, Row, Size, fitted, keys, layout
from typetrainer.ui.input import TEXT, KeyEvent
from typetrainer.ui.views.lists import Choice, chooser_view


@dataclass(frozen=True, slots=True)
class Entry:
    """A choice and where it leads."""

    choice: Choice
    go: Callable[[], None]


class MenuScreen(Screen):
    """One key starts something."""

    def __init__(self, entries: Sequence[Entry], corner: str, notes: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._entries = entries
        self._corner = corner
        self._notes = notes
        self._selected = 0

    def handle(self, key: KeyEvent) -> None:
        match key.text if key.name == TEXT else key.name:
            case "up" | "k":
                self._selected = (self._selected - 1) % len(self._entries)
            case "down" | "j" | "tab":
                self._selected = (self._selected + 1) % len(self._entries)
            case "enter":
                self._entries[self._selected].go()
            case "q" | "escape" | "c-d":
                self.program.exit()
            case name:
                for entry in self._entries:
                    if entry.choice.key == name:
                        entry.go()
                        return

    def view(self, size: Size) -> Frame:
        foot = keys(("Enter", "start"), ("↑↓ or letter", "choose"), ("q", "quit"), columns=size.columns)
        choices = [entry.choice for entry in self._entries]
        return chooser_view(choices, self._selected, self._notes(), self._corner, foot, size)


class OfferScreen(Screen):
    """An attempt was interrupted: go on, keep it as it stands, or throw it away."""

    def __init__(
        self,
        log: AttemptLog,
        *,
        resume: Callable[[], None],
        keep: Callable[[], None],
        discard: Callable[[], None],
        later: Callable[[], None],
        more: int = 0,
    ) -> None:
        super().__init__()
        self._log = log
        self._more = more
        self._go = {"enter": resume, "k": keep, "d": discard, "l": later, "escape": later}
        self._asked = False  # whether the last key was the first d

    def handle(self, key: KeyEvent) -> None:
        name = key.text if key.name == TEXT else key.name
        asked, self._asked = self._asked, False
        if key.batch > 1:  # somebody typing ahead does not mean these letters
            return
        if name == "d" and not asked:
            self._asked = True
        elif name in self._go:
            self._go[name]()

    def view(self, size: Size) -> Frame:
        header = self._log.header
        events, _ = without_pauses(self._log)
        seconds = (events[-1].t if events else 0) / 1e6
        characters = count_graphemes(self._log.final_text())
        when = visible(header.started[:16]).replace("T", " ")
        body: list[Row] = [
            BLANK,
            (("", "   The last attempt was interrupted, and nothing of it is lost:"),),
            BLANK,
            fitted((("strong", visible(f"   {header.kind} · {header.item}")),), size.columns),
            (("label", f"   begun {when} UTC · {counted(characters, 'character')} · {seconds:.0f} s"),),
            BLANK,
            (("key", "   Enter"), ("", "  go on where it stopped")),
            (("key", "   k    "), ("", "  keep it as it stands, in the history")),
            (("key", "   d    "), ("warn", "  press d once more to throw it away"))
            if self._asked
            else (("key", "   d    "), ("", "  throw it away")),
            (("key", "   l    "), ("", "  later")),
        ]
        if self._more:
            body += [BLANK, (("label", f"   {self._more} more like this."),)]
        foot = keys(("Enter", "go on"), ("k", "keep"), ("d", "discard"), ("l", "later"), columns=size.columns)
        return layout("An interrupted attempt", None, body, [foot], size)


class TextScreen(Screen):
    """A page of text and one way on; used before a test and for short news."""

    def __init__(self, title: str, rows: Sequence[Row], ways: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._ways = ways
        self.may_suspend = False

    def handle(self, key: KeyEvent) -> None:
        name = key.text if key.name == TEXT else key.name
        for way, _, go in self._ways:
            if name == way.lower():
                go()
                return

    def view(self, size: Size) -> Frame:
        pairs = [(way, meaning) for way, meaning, _ in self._ways]
        return layout(self._title, None, self._rows, [keys(*pairs, ("Ctrl-C", "leave"), columns=size.columns)], size)
