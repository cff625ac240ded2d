"""The drills of writing: the customer and what the agent knows above, the answer below."""

from collections.abc import Sequence
from typing import NamedTuple

from typetrainer.core.editor import Editor
from typetrainer.core.text import Row as Line
from typetrainer.core.text import cells, row_of, visible, wrap, wrap_text
from typetrainer.ui.frame import BLANK, Frame, Piece, Row, Size, layout, rule, sides

INDENT = 1
MIN_EDITOR_ROWS = 4
_KNOW_INDENT = 11


class Pane(NamedTuple):
    """One text of the upper half: a name for the foot line, and its rows for a width."""

    name: str
    rows: tuple[Row, ...]


class ReplyPicture(NamedTuple):
    """What a reply drill shows. `scroll` is the first row of the pane shown.

    `above` are rows between the pane and the editor, a rule at their end; `focus` is where the cursor stands in them as
    (row, column), or None while it is in the editor.
    """

    title: str
    clock: str
    pane: Pane
    scroll: int
    editor: Editor
    left: str = ""
    right: str = ""
    hint: str = ""
    keys: Row = ()
    heed: bool = False  # whether `left` says that something is wrong
    above: tuple[Row, ...] = ()
    focus: tuple[int, int] | None = None
    least: int = MIN_EDITOR_ROWS


def case_pane(customer: str, message: str, know: Sequence[str], columns: int, *, poor: str = "") -> Pane:
    """Return the customer's card, the message, the poor reply to mend where there is one, and what the agent knows."""
    room = columns - 2 * INDENT
    rows: list[Row] = [(("", " "), ("strong", line)) for line in wrap_text(customer, room)] if customer else []
    rows += [((("", "   " + line)),) for line in wrap_text(message.strip(), room - 4)] if message.strip() else []
    if poor:
        rows += [BLANK, *_poor_rows(poor, " To mend ", columns)]
    rows += [BLANK] if know and rows else []
    for index, fact in enumerate(know):
        label = " You know " if index == 0 else ""
        for part, line in enumerate(wrap_text(fact, room - _KNOW_INDENT)):
            lead = label if part == 0 else ""
            bullet = "· " if part == 0 else "  "
            rows.append((("label", f"{lead:{_KNOW_INDENT - 1}}"), ("label", bullet), ("", line)))
    return Pane("case", tuple(rows))


def _poor_rows(poor: str, label: str, columns: int) -> list[Row]:
    """Return a poor text behind a line of its own, so that it is nobody's message."""
    rows: list[Row] = []
    for line in wrap_text(poor.strip(), columns - 2 * INDENT - _KNOW_INDENT):
        lead = label if not rows else ""
        rows.append((("label", f"{lead:{_KNOW_INDENT - 1}}"), ("rule", "│ "), ("", line)))
    return rows


def poor_pane(name: str, poor: str, columns: int) -> Pane:
    """Return a poor text to be mended."""
    return Pane(name, tuple(_poor_rows(poor, " To mend ", columns)))


def transcript_pane(name: str, lines: Sequence[str], columns: int) -> Pane:
    """Return a chat, line by line, the speakers standing out."""
    rows: list[Row] = []
    for text in lines:
        speaker, colon, _ = text.partition(": ")
        for part, line in enumerate(wrap_text(text, columns - 6)):
            if part:
                rows.append((("", "    " + line),))
            elif colon and line.startswith(speaker + ":"):
                rows.append((("", " "), ("strong", speaker + ":"), ("", line[len(speaker) + 1 :])))
            else:
                rows.append((("", " " + line),))
    return Pane(name, tuple(rows))


def text_pane(name: str, title: str, paragraphs: str, columns: int) -> Pane:
    """Return an article or a list of rules, wrapped; lines that begin with # are headings."""
    rows: list[Row] = [(("", " "), ("strong", line)) for line in wrap_text(title, columns - 2)]
    rows.append(BLANK)
    for paragraph in paragraphs.strip().split("\n"):
        style = "strong" if paragraph.startswith("#") else ""
        rows += [((style, " " + line),) for line in wrap_text(paragraph.lstrip("# "), columns - 3)]
    return Pane(name, tuple(rows))


def pane_room(size: Size, pane: Pane, below: int = MIN_EDITOR_ROWS) -> int:
    """Return how many rows the upper half gets: what it needs, but the editor and what is above it keep `below`."""
    return max(min(len(pane.rows), size.rows - 2 - 2 - 2 - below), 1)


def pane_rows(pane: Pane, scroll: int, room: int, columns: int) -> list[Row]:
    """Return the rows of a pane from one on, and where some do not fit, that there is more."""
    shown = list(pane.rows[scroll : scroll + room])
    if len(pane.rows) > scroll + room and shown:
        shown[-1] = sides([("label", " ↓ PgDn: more")], [], columns)
    return shown


def reply_view(picture: ReplyPicture, size: Size) -> Frame:
    """Return the frame; the cursor is a real one."""
    above = picture.above
    room = pane_room(size, picture.pane, picture.least + len(above))
    editor_rows = size.rows - 2 - room - 2 - 2 - len(above)
    lines = editor_lines(picture.editor, size)
    here = row_of(lines, picture.editor.cursor)
    top = max(0, here - editor_rows + 1)
    body = [*pane_rows(picture.pane, picture.scroll, room, size.columns), rule(size.columns), *above]
    body += [_line(picture.editor, line) for line in lines[top : top + editor_rows]]
    body += [BLANK] * (editor_rows - (len(lines) - top))
    if picture.focus is not None:
        cursor = (room + 1 + picture.focus[0], picture.focus[1])
    else:
        column = INDENT + sum(cells(c) for c in picture.editor.clusters[lines[here].start : picture.editor.cursor])
        cursor = (room + 1 + len(above) + here - top, column)
    cursor = (cursor[0], min(cursor[1], size.columns - 1))
    return layout(picture.title, ("", picture.clock), body, foot_rows(picture, size), size, cursor)


def foot_rows(picture: ReplyPicture, size: Size) -> list[Row]:
    """Return a rule, the line that says how it stands, and the keys."""
    said = ("warn", picture.hint) if picture.hint else ("warn" if picture.heed else "label", picture.left)
    return [rule(size.columns), sides([said], [("label", picture.right)], size.columns), picture.keys]


def editor_lines(editor: Editor, size: Size) -> list[Line]:
    """Return the rows of the answer at this size: what up, down, Home and End move by."""
    return wrap(editor.clusters, size.columns - 2 * INDENT)


def _line(editor: Editor, line: Line) -> Row:
    clusters = editor.clusters[line.start : line.end]
    selection = editor.selection
    if selection is None:
        text = "".join(clusters)
        return ((("", " " * INDENT)), ("", visible(text.removesuffix("\n"))))
    pieces: list[Piece] = [("", " " * INDENT)]
    for index, cluster in enumerate(clusters, line.start):
        style = "selected" if selection[0] <= index < selection[1] else ""
        text = " " if cluster == "\n" else visible(cluster)
        if pieces[-1][0] == style:
            pieces[-1] = (style, pieces[-1][1] + text)
        else:
            pieces.append((style, text))
    return tuple(pieces)
