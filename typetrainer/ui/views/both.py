"""Both attempts at an item: a table of points, the facts, and the two texts side by side where there is room."""

from itertools import zip_longest

from typetrainer.core.text import visible, width, wrap_text
from typetrainer.ui.choices import Chosen
from typetrainer.ui.comparison import FactLine, Line, facts_of, lines_of
from typetrainer.ui.figures import number
from typetrainer.ui.frame import BLANK, Row
from typetrainer.ui.views.reply_results import ReplyOutcome

SIDE_BY_SIDE = 100  # columns
_NAME, _CELL = 17, 11
_MARKS = {True: "✓", False: "✗", None: "–"}


def both_rows(then: ReplyOutcome, now: ReplyOutcome, columns: int) -> list[Row]:
    """Return the whole page; it may be longer than the screen."""
    rows: list[Row] = [(("label", f" {'':{_NAME}}{'before':>{_CELL}}{'now':>{_CELL}}"),)]
    rows += [_table_row(line) for line in lines_of(then, now)]
    if now.assessment is None or then.assessment is None:
        rows.append((("label", " One of the two is still being judged, or could not be."),))
    if then.chosen is not None and now.chosen is not None:
        rows += [BLANK, _choice_row("chose before", then.chosen), _choice_row("chose now", now.chosen)]
    facts = facts_of(then, now)
    if facts:
        rows += [BLANK, (("label", " before  now   facts"),)]
        rows += [row for fact in facts for row in _fact_rows(fact, columns)]
    return [*rows, BLANK, *_texts(then.text, now.text, columns)]


def _choice_row(label: str, chosen: Chosen) -> Row:
    mark, style = ("✓", "good") if chosen.right else ("✗", "bad")
    return (("label", f" {label:<14}"), (style, f"{mark} "), ("", visible(chosen.lines[0][1])))


def _table_row(line: Line) -> Row:
    change = line.change
    shares = line.shares
    told = f"{_signed(change):>8}"
    if shares is not None:
        then, now = (f"{share:.0f}" for share in shares)
        told = f"{'=':>8}" if then == now else f"     {then} → {now} %"
        change = float(now) - float(then)
    better = change is not None and (change < 0 if line.less_is_better else change > 0)
    style = "" if not change or line.name == "words" else "good" if better else "bad"
    return (
        ("strong" if line.name == "score" else "", f" {line.name:<{_NAME}}"),
        ("", f"{_cell(line.then, line.of_then):>{_CELL}}{_cell(line.now, line.of_now):>{_CELL}}"),
        (style, told),
    )


def _cell(value: float | None, of: float | None) -> str:
    shown = number(value)
    return shown if of is None or value is None else f"{shown}/{number(of)}"


def _signed(change: float | None) -> str:
    if change is None or not round(change):
        return "" if change is None else "="
    return f"{'+' if change > 0 else '−'}{abs(change):.0f}"


def _fact_rows(fact: FactLine, columns: int) -> list[Row]:
    first, *rest = wrap_text(visible(fact.says), columns - 17) or [""]
    then = ("good" if fact.then else "", f" {_MARKS[fact.then]:<8}")
    now = ("good" if fact.now else "bad" if fact.now is False else "", f"{_MARKS[fact.now]:<6}")
    return [(then, now, ("", first)), *((("", " " * 15 + line),) for line in rest)]


def _texts(then: str, now: str, columns: int) -> list[Row]:
    """Return both texts: in two columns where there is room, else one after the other."""
    if columns < SIDE_BY_SIDE:
        room = columns - 4
        return [
            (("label", " before"),), *_indented(then, room), BLANK, (("label", " now"),), *_indented(now, room),
        ]  # fmt: skip
    room = (columns - 5) // 2
    rows: list[Row] = [(("label", f" {'before':<{room}}   now"),)]
    for left, right in zip_longest(_wrapped(then, room - 1), _wrapped(now, room - 1), fillvalue=""):
        gap = " " * (room - width(left))
        rows.append((("", " "), ("", left), ("", gap), ("rule", " │ "), ("", right)))
    return rows


def _indented(text: str, room: int) -> list[Row]:
    return [(("", "  " + line),) for line in _wrapped(text, room)]


def _wrapped(text: str, room: int) -> list[str]:
    return [visible(line) for line in wrap_text(text, room)]
