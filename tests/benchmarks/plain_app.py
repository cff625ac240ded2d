"""A plain prompt_toolkit program of the usual kind, the reference of the benchmarks.

``python plain_app.py TEXT_FILE``: a title, a rule, the wrapped text, an editor of the library, a line of keys; full
screen, in the library's own layout and renderer. Ctrl-C leaves.
"""

import sys
from pathlib import Path

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, Window


def main(text: str) -> None:
    bindings = KeyBindings()

    @bindings.add("c-c")
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit()

    editor = Buffer(multiline=True)
    body = HSplit([
        Window(FormattedTextControl("Plain · the same text"), height=1),
        Window(char="─", height=1),
        Window(FormattedTextControl(text), wrap_lines=True, dont_extend_height=True),
        Window(char="─", height=1),
        Window(BufferControl(editor), wrap_lines=True),
        Window(FormattedTextControl("the clock starts never   Ctrl-C leave"), height=1),
    ])  # fmt: skip
    Application(layout=Layout(body, focused_element=editor), key_bindings=bindings, full_screen=True).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text(encoding="utf-8"))
