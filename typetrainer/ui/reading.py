"""Articles as they are read: no marks of Markdown, tables in columns for the eye and in sentences for the ear. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence

from typetrainer.core.text import width

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
_GAP = 3


def for_eyes(text: str, columns: int) -> str:
    """Return an article for a pane of `columns` cells; its headings keep their # for the pane to set them off."""
    return "\n".join(_lines(text, lambda rows: _columns(rows, columns)))


def for_ears(text: str) -> list[str]:
    """Return an article as lines that can be heard."""
    return [line.lstrip("#").strip() if line.startswith("#") else line for line in _lines(text.strip(), _sentences)]


def _lines(text: str, table: Callable[[Sequence[Sequence[str]]], Sequence[str]]) -> Iterator[str]:
    rows: list[list[str]] = []
    for line in [*_BOLD.sub(r"\1", text).split("\n"), None]:
        if line is not None and line.startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield from table(rows)
            rows = []
        if line is not None:
            yield line


def _columns(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Return a table's rows below one another; cells with a dot between them where there is no room for that."""
    count = max(map(len, rows))
    even = [[*row, *[""] * (count - len(row))] for row in rows]
    wide = [max(width(row[n]) for row in even) for n in range(count)]
    if sum(wide) + _GAP * (count - 1) > columns:
        return [" · ".join(cell for cell in row if cell) for row in even]
    gap = " " * _GAP
    return [
        gap.join(cell + " " * (w - width(cell)) for cell, w in zip(row, wide, strict=True)).rstrip() for row in even
    ]


def _sentences(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table's rows as sentences; the names of the columns are said where there are more than two."""
    (_, *heads), *body = rows
    said = []
    for first, *cells in body or rows:
        named = [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=False) if cell]
        said.append(f"{first}: {'; '.join(named if len(heads) > 1 else cells)}".rstrip(".") + ".")
    return said
