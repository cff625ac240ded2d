"""What keys do in a text field: one table for the answer and for the search field."""

from collections.abc import Callable

from typetrainer.core.editor import Editor, Splice
from typetrainer.core.text import Row


def changes_of(editor: Editor) -> dict[str, Callable[[], Splice | None]]:
    """Return the operations that change the text, by key."""
    return {
        "backspace": editor.backspace, "delete": editor.delete, "c-w": editor.delete_word_back,
        "a-backspace": editor.delete_word_back, "a-d": editor.delete_word_forward,
        "c-delete": editor.delete_word_forward, "c-u": editor.delete_to_line_start,
        "c-k": editor.delete_to_line_end, "c-_": editor.undo, "c-y": editor.redo,
    }  # fmt: skip


def move(editor: Editor, key: str, lines: list[Row]) -> bool:
    """Move the cursor as a key asks for, with Shift selecting; return whether the key was for that."""
    name, select = (key[2:], True) if key.startswith("s-") else (key, False)
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
    if name not in moves:
        return False
    moves[name]()
    return True
