"""The drill `search`: a field with what it finds below the customer's question, and an article being read."""

from collections.abc import Mapping
from typing import NamedTuple

from typetrainer.core.editor import Editor
from typetrainer.core.text import cells, visible
from typetrainer.ui.finder import Finder, marked_title, snippet
from typetrainer.ui.frame import BLANK, Frame, Piece, Row, Size, fitted, layout, rule, sides
from typetrainer.ui.views.reply import ReplyPicture, foot_rows, pane_room, pane_rows
from typetrainer.writing.search import Hit

FIELD = " Find  "
LEAST_FIND = 7  # the field, and three articles of two rows
READ_ROWS = 5  # of the window, that an article does not get: title, rule, and the foot


class Found(NamedTuple):
    """The search as it stands. `remarks` say of an article, by id, that it was opened or is the source."""

    query: Editor
    finder: Finder | None
    hits: tuple[Hit, ...]
    selected: int
    remarks: Mapping[str, str]


def find_view(picture: ReplyPicture, found: Found, size: Size) -> Frame:
    """Return the frame of a search."""
    room = pane_room(size, picture.pane, LEAST_FIND)
    body = [*pane_rows(picture.pane, picture.scroll, room, size.columns), rule(size.columns)]
    field, column = _field(found.query, size.columns)
    left = size.rows - READ_ROWS - len(body) - 1
    rows = [field, *_hit_rows(found, left, size.columns)]
    return layout(
        picture.title, ("", picture.clock), [*body, *rows], foot_rows(picture, size), size, (len(body), column)
    )


def read_view(picture: ReplyPicture, size: Size) -> Frame:
    """Return the frame of an article that is read: it has the whole window."""
    rows = pane_rows(picture.pane, picture.scroll, size.rows - READ_ROWS, size.columns)
    return layout(picture.title, ("", picture.clock), rows, foot_rows(picture, size), size)


def source_row(title: str, columns: int) -> Row:
    """Return the line that says from which article the answer is."""
    if not title:
        return (("label", " From "), ("warn", "no article yet"), ("label", ": Ctrl-F finds one"))
    return fitted((("label", " From "), ("strong", visible(title))), columns)


def _field(query: Editor, columns: int) -> tuple[Row, int]:
    """Return the row of the search field, and the column of its cursor; a long query is cut at its beginning."""
    room = columns - len(FIELD) - 2
    start = 0
    while sum(cells(c) for c in query.clusters[start : query.cursor]) > room:
        start += 1
    shown: list[Piece] = [("label", FIELD)]
    used = 0
    selection = query.selection or (0, 0)
    for number, cluster in enumerate(query.clusters[start:], start):
        if used + cells(cluster) > room:
            break
        shown.append(("selected" if selection[0] <= number < selection[1] else "typed", visible(cluster)))
        used += cells(cluster)
    return tuple(shown), len(FIELD) + sum(cells(c) for c in query.clusters[start : query.cursor])


def _hit_rows(found: Found, room: int, columns: int) -> list[Row]:
    """Return as many hits as fit into `room` rows, two rows each, the selected one among them."""
    if found.finder is None:
        return [BLANK]
    fit = max(room // 2, 1)
    top = max(0, min(found.selected - fit // 2, len(found.hits) - fit))
    rows: list[Row] = []
    for number, hit in enumerate(found.hits[top : top + fit], top):
        rows += _hit(hit, found, found.finder, here=number == found.selected, columns=columns)
    return rows


def _hit(hit: Hit, found: Found, finder: Finder, *, here: bool, columns: int) -> list[Row]:
    remark = found.remarks.get(hit.id, "")
    lead: Piece = ("accent", "▸ ") if here else ("", "  ")
    plain = "strong" if here else ""
    title = [("span" if marked else plain, text) for marked, text in marked_title(hit, columns - 12 - len(remark))]
    line = [("strong" if marked else "label", text) for marked, text in snippet(finder, hit, columns - 7)]
    return [
        sides([lead, *title], [("label", remark)] if remark else [], columns),
        (("", "     "), *line),
    ]
