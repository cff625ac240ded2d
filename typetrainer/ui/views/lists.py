"""The chooser, the history and the settings: lists with one line chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typetrainer.core.text import clip, visible, width, wrap_text
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import BLANK, Frame, Row, Size, fitted, layout

_BESIDE_ITEM = 57  # cells of all else on an attempt's line


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the chooser: its key, what it is called, what it is; `apart` leaves a row free above it."""

    key: str
    name: str
    about: str
    apart: bool = False


def chooser_view(
    choices: Sequence[Choice], selected: int, notes: Sequence[str], corner: str, foot: Row, size: Size
) -> Frame:
    """Return the short menu that stands in until there is a home screen."""
    rows: list[Row] = [BLANK]
    for index, choice in enumerate(choices):
        here = index == selected
        rows += [BLANK] if choice.apart else []
        rows.append((
            ("accent" if here else "", "   ▸ " if here else "     "),
            ("key", choice.key),
            ("strong" if here else "", f"  {choice.name:<22}"),
            ("label", clip(choice.about, size.columns - 34)),
        ))  # fmt: skip
    rows.append(BLANK)
    for note in notes:
        rows += [(("warn", "     " + line),) for line in wrap_text(note, size.columns - 8)]
    return layout("typetrainer", ("label", corner), rows, [foot], size)


def attempt_line(record: Mapping[str, Any], room: int = 84) -> str:
    """Return one attempt as a line: when, kind, item, and its main figures; the item takes what `room` leaves it."""
    metrics = record.get("metrics", {})
    when = visible(str(record.get("started", ""))[:16]).replace("T", " ")
    kind = str(record.get("kind", ""))
    if kind == "copy":
        figures = f"{number(metrics.get('wpm')):>4} wpm  {percent(metrics.get('accuracy')):>7}"
    else:
        counts = record.get("finding_counts")
        errors = "  unchecked" if counts is None else f"{counts.get('error', 0):>4} errors"
        score = record.get("score")
        judged = isinstance(score, int | float) and not isinstance(score, bool)
        figures = f"{score:>3.0f} of 100{errors}" if judged else f"{number(metrics.get('words')):>4} words{errors}"
    reason = {"done": "", "time": "", "quit": "stopped", "error": "first error", None: "interrupted"}
    ended = reason.get(record.get("reason"), "")
    size = max(min(room - _BESIDE_ITEM, 40), 12)
    item = visible(str(record.get("item", "")))
    if width(item) > size:  # the pack's name is the first to go
        item = clip("…/" + item.partition("/")[2] if "/" in item else item, size)
    return f"{when}  {visible(kind):<7} {item}{' ' * (size - width(item))} {figures}  {ended}".rstrip()


def list_view(
    title: str,
    corner: str,
    lines: Sequence[str],
    selected: int,
    empty: str,
    foot: Sequence[Row],
    size: Size,
) -> Frame:
    """Return a list of lines with one selected, scrolled so that it is seen."""
    room = size.rows - 2 - len(foot)
    if not lines:
        return layout(title, ("label", corner), [BLANK, (("", "   " + empty),)], foot, size)
    top = max(0, min(selected - room // 2, len(lines) - room))
    rows: list[Row] = []
    for index in range(top, min(top + room, len(lines))):
        here = index == selected
        line: Row = (("accent", " ▸ " if here else "   "), ("strong" if here else "", lines[index]))
        rows.append(fitted(line, size.columns))
    return layout(title, ("label", corner), rows, foot, size)


def pages_view(title: str, corner: str, rows: Sequence[Row], scroll: int, foot: Row, size: Size) -> Frame:
    """Return a long text from row `scroll` on."""
    room = size.rows - 2 - 1
    shown = [fitted(row, size.columns) for row in rows[scroll : scroll + room]]
    if scroll + room < len(rows):
        shown[-1] = (("label", f" ↓ PgDn: {len(rows) - scroll - room + 1} more lines"),)
    return layout(title, ("label", corner), shown, [foot], size)
