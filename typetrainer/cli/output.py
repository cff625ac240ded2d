"""What commands print: data as JSON Lines or as plain columns, never a character that a terminal obeys."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from typetrainer.env import Environment

# What JSON leaves raw and a terminal may obey or a reader cannot see; inside JSON they only occur in strings.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def json_line(value: Mapping[str, Any]) -> str:
    """Return an object as one line of JSON; NaN is refused, invisible characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return escaped(text)


def escaped(text: str) -> str:
    """Return JSON text with every character escaped that a terminal may obey."""
    return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(lambda c: f"\\u{ord(c[0]):04x}", text)


def print_json(env: Environment, value: Mapping[str, Any]) -> None:
    """Print one object."""
    line = json_line(value)
    if not (env.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf"):
        line = json.dumps(value, separators=(",", ":"), allow_nan=False)
    env.stdout.write(line + "\n")


def print_line(env: Environment, text: str = "") -> None:
    """Print one line of text, safe to show."""
    from typetrainer.core.text import visible

    env.stdout.write(visible(text) + "\n")


def print_wrapped(env: Environment, text: str, *, indent: str = "", label: str = "", room: int = 78) -> None:
    """Print prose in lines of at most `room` cells; `label` stands before the first and makes room in the others."""
    from typetrainer.core.text import wrap_text

    for index, line in enumerate(wrap_text(text, room - len(indent) - len(label))):
        env.stdout.write(f"{indent}{' ' * len(label) if index else label}{line}".rstrip() + "\n")


def print_table(env: Environment, rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> None:
    """Print rows in columns; those in `right` are set right. A cell is safe to show and at most 60 cells wide."""
    from typetrainer.core.text import clip, visible, width

    shown = [[clip(visible(cell), 60) for cell in row] for row in rows]
    sizes = [max(width(row[n]) for row in shown) for n in range(len(shown[0]))] if shown else []
    for row in shown:
        cells = [
            " " * (size - width(cell)) + cell if n in right else cell + " " * (size - width(cell))
            for n, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ]
        env.stdout.write("  ".join(cells).rstrip() + "\n")


def number(value: object, digits: int = 1) -> str:
    """Return a number short for a column; a dash for what there is not."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    return f"{value:.{digits}f}" if isinstance(value, float) else "–" if value is None else str(value)


def percent(value: object) -> str:
    """Return a fraction as per cent."""
    return f"{value * 100:.1f} %" if isinstance(value, int | float) and not isinstance(value, bool) else "–"
