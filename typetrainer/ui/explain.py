"""What the numbers mean: the definitions of a kind of drill, from the same table as `typetrainer explain`."""

from collections.abc import Callable

from typetrainer.core.definitions import DEFINITIONS
from typetrainer.core.text import wrap_text
from typetrainer.ui.app import Screen
from typetrainer.ui.frame import BLANK, Frame, Row, Size, keys
from typetrainer.ui.input import KeyEvent
from typetrainer.ui.views.lists import pages_view


class ExplainScreen(Screen):
    """Shows definitions; any key but scrolling goes back."""

    def __init__(self, kind: str, back: Callable[[], None]) -> None:
        super().__init__()
        self._kind = kind
        self._back = back
        self._scroll = 0

    def _rows(self, columns: int) -> list[Row]:
        rows: list[Row] = [BLANK]
        for definition in (d for d in DEFINITIONS if self._kind in d.kinds):
            rows.append((("strong", f" {definition.name}"), ("label", f"  {definition.unit}")))
            for text in (definition.meaning, f"= {definition.formula}", definition.trust):
                rows += [(("", "   " + line),) for line in wrap_text(text, columns - 6) if text.strip("= ")]
            rows.append(BLANK)
        return rows

    def handle(self, key: KeyEvent) -> None:
        size = self.program.size()
        room = size.rows - 3
        steps = {"pagedown": room - 1, "pageup": 1 - room, "down": 1, "up": -1}
        if key.name in steps:
            length = len(self._rows(size.columns))
            self._scroll = max(0, min(self._scroll + steps[key.name], length - room))
        else:
            self._back()

    def view(self, size: Size) -> Frame:
        foot = keys(("↑↓ PgUp PgDn", "scroll"), ("any other key", "back"), columns=size.columns)
        return pages_view("What the numbers mean", self._kind, self._rows(size.columns), self._scroll, foot, size)
