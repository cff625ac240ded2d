"""The chooser, the history and the settings: lists with one line chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typetrainer.core.text import clip, counted, visible, width, wrap_text
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import BLANK, Frame, Row, Size, fitted, layout

_WHEN = 17  # cells of a time, and a blank


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


def attempt_lines(records: Sequence[Mapping[str, Any]], room: int) -> list[str]:
    """Return attempts as lines in columns: when, kind, item, main figures, and how one ended that was not finished.

    The item takes what the others leave it of `room`.
    """
    figures = [attempt_figures(record) for record in records]
    ends = [attempt_end(record) for record in records]
    kinds = [clip(visible(str(record.get("kind", ""))), 7) for record in records]
    wide = [max(map(width, column), default=0) for column in (kinds, figures, ends)]
    size = max(min(room - _WHEN - sum(wide) - (5 if wide[2] else 3), 40), 12)
    return [
        f"{attempt_when(record):{_WHEN}} {kind:{wide[0]}} {_item(record, size)} {said:{wide[1]}}  {end}".rstrip()
        for record, kind, said, end in zip(records, kinds, figures, ends, strict=True)
    ]


def _item(record: Mapping[str, Any], size: int) -> str:
    """Return an attempt's item in `size` cells; the pack's name is the first to go."""
    item = visible(str(record.get("item", "")))
    if width(item) > size:
        item = clip("…/" + item.partition("/")[2] if "/" in item else item, size)
    return item + " " * (size - width(item))


def attempt_when(record: Mapping[str, Any]) -> str:
    """Return when an attempt began, to the minute, UTC."""
    return visible(str(record.get("started", ""))[:16]).replace("T", " ")


def attempt_figures(record: Mapping[str, Any]) -> str:
    """Return an attempt's main figures, set right below one another."""
    metrics = record.get("metrics", {})
    if record.get("kind") == "copy":
        return f"{number(metrics.get('wpm')):>4} wpm  {percent(metrics.get('accuracy')):>8}"
    counts = record.get("finding_counts")
    errors = "   unchecked" if counts is None else f"  {counted(counts.get('error', 0), 'error'):>9}"
    score = record.get("score")
    judged = isinstance(score, int | float) and not isinstance(score, bool)
    return f"{f'{score:.0f} of 100' if judged else _words(metrics):>10}{errors}"


def _words(metrics: Mapping[str, Any]) -> str:
    shown = number(metrics.get("words"))
    return f"{shown} word{'' if shown == '1' else 's'}"


def attempt_end(record: Mapping[str, Any]) -> str:
    """Return how an attempt ended before it was finished, else an empty text."""
    ended = {"done": "", "time": "", "quit": "stopped", "error": "1st error", None: "cut off"}
    return ended.get(record.get("reason"), "")


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
