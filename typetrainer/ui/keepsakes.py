"""The history and the settings on the screen."""

from collections.abc import Callable, Mapping
from typing import Any

from typetrainer.core.stats import sparkline
from typetrainer.core.text import clip, counted, graphemes, visible, width, wrap_text
from typetrainer.errors import TypetrainerError
from typetrainer.store.settings import SETTINGS, Setting
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.figures import drawable, number
from typetrainer.ui.frame import BLANK, Frame, Row, Size, keys
from typetrainer.ui.input import TEXT, KeyEvent
from typetrainer.ui.views.lists import attempt_lines, list_view, pages_view


def _tail(text: str, room: int) -> str:
    """Return the end of a text that is typed, where it is longer than its room."""
    shown = visible(text)
    if width(shown) <= room:
        return shown
    backwards = clip("".join(reversed(graphemes(shown))), room)
    return "".join(reversed(graphemes(backwards)))


class HistoryScreen(Screen):
    """All attempts, newest first; Enter shows one whole."""

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._back = back
        self._records: list[Mapping[str, Any]] | None = None
        self._problem = ""
        self._selected = 0
        self._open = False
        self._scroll = 0

    def opened(self) -> None:
        self.program.work(self._load, self._loaded)

    def _load(self) -> tuple[list[Mapping[str, Any]], str]:
        try:
            self._context.store.catch_up()
            return list(reversed(self._context.store.history.all())), ""
        except TypetrainerError as error:
            return [], str(error)

    def _loaded(self, found: tuple[list[Mapping[str, Any]], str]) -> None:
        self._records, self._problem = found

    def handle(self, key: KeyEvent) -> None:
        count = len(self._records or [])
        name = key.text if key.name == TEXT else key.name
        if self._open:
            steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
            if name in steps:
                self._scroll = max(0, min(self._scroll + steps[name], len(self._detail()) - self._page()))
            else:
                self._open = False
            return
        steps = {"down": 1, "up": -1, "j": 1, "k": -1, "pagedown": self._page(), "pageup": -self._page()}
        if name in steps and count:
            self._selected = max(0, min(self._selected + steps[name], count - 1))
        elif name == "home":
            self._selected = 0
        elif name == "end":
            self._selected = max(count - 1, 0)
        elif name == "enter" and count:
            self._open, self._scroll = True, 0
        elif name in ("escape", "h", "q"):
            self._back()

    def _page(self) -> int:
        return max(self.program.size().rows - 5, 1)

    def _detail(self) -> list[Row]:
        record = (self._records or [{}])[self._selected]
        names = ("id", "started", "kind", "item", "policy", "limit_s", "reason", "exam", "score")
        rows: list[Row] = [BLANK]
        rows += [
            (("label", f"   {name:<26}"), ("", _shown(record[name]))) for name in names if record.get(name) is not None
        ]
        rows.append(BLANK)
        for name, value in record.get("metrics", {}).items():
            rows.append((("label", f"   {visible(name):<26}"), ("", _shown(value))))
        counts = record.get("finding_counts")
        if counts is not None:
            said = ", ".join(f"{n} {visible(str(k))}" for k, n in counts.items()) or "none"
            rows.append((("label", f"   {'language findings':<26}"), ("", said)))
        return rows

    def view(self, size: Size) -> Frame:
        if self._records is None:
            return list_view("History", "", [], 0, "…", [keys(("h", "menu"), columns=size.columns)], size)
        if self._open:
            foot = keys(("↑↓", "scroll"), ("any other key", "back"), columns=size.columns)
            return pages_view("History", "one attempt", self._detail(), self._scroll, foot, size)
        lines = attempt_lines(self._records, size.columns - 4)
        ways = [("↑↓", "choose"), ("Enter", "look")] if lines else []
        foot_rows = [self._spark(), keys(*ways, ("h", "menu"), columns=size.columns)]
        empty = self._problem or "Nothing yet: your attempts will stand here, newest first."
        corner = f"{counted(len(lines), 'attempt')} · times are UTC" if lines else counted(0, "attempt")
        return list_view("History", corner, lines, self._selected, empty, foot_rows, size)

    def _spark(self) -> Row:
        speeds = [
            speed
            for record in reversed(self._records or [])
            if record.get("kind") == "copy" and (speed := drawable(record.get("metrics", {}).get("wpm"))) is not None
        ][-40:]
        if len(speeds) < 2:
            return BLANK
        said = f" min {min(speeds):.0f} · max {max(speeds):.0f} · last {speeds[-1]:.0f} wpm, copy"
        return (("label", " speed "), ("accent", sparkline(speeds, 40)), ("label", said))


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value, 3) if isinstance(value, float) else visible(str(value))


class SettingsScreen(Screen):
    """Every setting with its value: left and right change it at once."""

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._back = back
        self._selected = 0
        self._typing: str | None = None  # the new text of the selected setting, while it is typed
        self._problem = ""

    @property
    def _setting(self) -> Setting:
        return SETTINGS[self._selected]

    def handle(self, key: KeyEvent) -> None:
        if self._typing is not None:
            self._type(key)
            return
        self._problem = ""
        match key.text if key.name == TEXT else key.name:
            case "up" | "k":
                self._selected = (self._selected - 1) % len(SETTINGS)
            case "down" | "j" | "tab":
                self._selected = (self._selected + 1) % len(SETTINGS)
            case "left":
                self._step(-1)
            case "right" | " ":
                self._step(1)
            case "enter":
                if not self._step(1):
                    self._typing = str(self._context.settings[self._setting.name])
            case "backspace" | "delete":
                self._reset()
            case "escape" | "h" | "q":
                self._back()

    def _type(self, key: KeyEvent) -> None:
        text = self._typing or ""
        if key.name == TEXT and len(text) < 200:
            self._typing = text + key.text
        elif key.name == "backspace":
            self._typing = text[:-1]
        elif key.name == "c-u":
            self._typing = ""
        elif key.name == "enter":
            self._typing = None
            try:
                self._store(self._setting.parsed(text))
            except TypetrainerError as error:
                self._problem = str(error)
        elif key.name == "escape":
            self._typing = None

    def _step(self, by: int) -> bool:
        """Go to the next choice; return whether the setting has choices to step through."""
        setting = self._setting
        value = self._context.settings[setting.name]
        if isinstance(setting.default, bool):
            self._store(not value)
        elif setting.choices:
            at = setting.choices.index(str(value)) if value in setting.choices else 0
            self._store(setting.choices[(at + by) % len(setting.choices)])
        else:
            return False
        return True

    def _store(self, value: Any) -> None:
        try:
            self._context.store.settings.set(self._setting.name, value)
        except TypetrainerError as error:
            self._problem = str(error)
        self._context.settings = self._context.store.settings.load()

    def _reset(self) -> None:
        try:
            self._context.store.settings.reset(self._setting.name)
        except TypetrainerError as error:
            self._problem = str(error)
        self._context.settings = self._context.store.settings.load()

    def view(self, size: Size) -> Frame:
        lines = []
        for index, setting in enumerate(SETTINGS):
            value: object = self._context.settings[setting.name]
            shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
            if index == self._selected and self._typing is not None:
                shown = _tail(self._typing, size.columns - 26) + "▏"
            changed = "" if value == setting.default else " *"
            lines.append(f"{setting.name.replace('_', ' '):<18} {visible(shown) or '(empty)'}{changed}")
        said = [("label", self._setting.about)]
        if self._problem:
            said.append(("bad", self._problem))
        elif any(line.endswith(" *") for line in lines):
            said.append(("dim", "* changed"))
        notes: list[Row] = [
            ((style, " " + line),) for style, text in said for line in wrap_text(text, size.columns - 2)
        ]
        if self._typing is not None:
            bottom = keys(("Enter", "keep"), ("Esc", "as it was"), columns=size.columns)
        else:
            bottom = keys(
                ("↑↓", "choose"), ("←→ or Enter", "change"), ("Backspace", "default"), ("h", "menu"),
                columns=size.columns,
            )  # fmt: skip
        return list_view(
            "Settings", f"profile {self._context.store.profile}", lines, self._selected, "",
            [*notes, bottom], size,
        )  # fmt: skip
