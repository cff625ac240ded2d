"""monkeytype's CSV of results: one test a line, named columns, no line breaks within a field.

A field may hold a comma that was not quoted. Such a line is read from both ends: the surplus is given to each column
in turn, and the reading counts in which numbers, yes and no, and the time stand where the header says. Where two such
readings differ in what we keep, the line is left.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from typetrainer.content.importers.common import Remark
from typetrainer.content.importers.results import (
    MAX_BYTES,
    NotAResultError,
    ParsedResults,
    done,
    moment_of_ms,
    record_of,
)
from typetrainer.content.own import decode_text
from typetrainer.errors import InvalidFile

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_CHARACTERS = re.compile(r"[0-9]{1,9}(?:[;,][0-9]{1,9})*")
_MODES = ("time", "words", "quote", "zen", "custom")
_NEEDED = ("_id", "wpm", "acc", "mode", "mode2", "testDuration", "timestamp")
_MAX_FIELDS = 100
_MAX_FIELD = 1_000


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_yes_or_no(text: str) -> bool:
    return text in ("true", "false", "")


_CHECKS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("wpm", "acc", "testDuration"), _is_number),
    **dict.fromkeys(
        ("rawWpm", "consistency", "quoteLength", "restartCount", "afkDuration", "incompleteTestSeconds"),
        lambda text: not text or _is_number(text),
    ),
    **dict.fromkeys(("isPb", "punctuation", "numbers", "lazyMode", "blindMode", "bailedOut"), _is_yes_or_no),
    "_id": lambda text: bool(text) and "," not in text,
    "charStats": lambda text: not text or _CHARACTERS.fullmatch(text) is not None,
    "mode": lambda text: text in _MODES,
    "timestamp": lambda text: _WHOLE.fullmatch(text) is not None,
}


def parse(data: bytes, name: str) -> ParsedResults:
    """Read the tests; a line that is none is left, and why. Raises InvalidFile when the header is not monkeytype's."""
    lines = decode_text(data, name, MAX_BYTES).replace("\r\n", "\n").split("\n")
    header = _header(lines[0], name)
    records: list[dict[str, Any]] = []
    left: list[Remark] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            records.append(_record(_row(line, header)))
        except NotAResultError as error:
            left.append(Remark(number, "test", str(error)))
    return done(name, records, left)


def _fields(line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True))
    except (csv.Error, StopIteration):
        raise NotAResultError("it is not CSV: a quote is open or stands in the wrong place") from None


def _header(line: str, name: str) -> list[str]:
    try:
        header = [field.strip() for field in _fields(line)]
    except NotAResultError:
        header = []
    if missing := [column for column in _NEEDED if column not in header]:
        raise InvalidFile(
            f"{name}, line 1: monkeytype's columns were expected, and {', '.join(missing)} missing. "
            "Nothing was imported."
        )
    if len(set(header)) < len(header) or len(header) > _MAX_FIELDS:
        raise InvalidFile(f"{name}, line 1: a column comes twice, or there are too many. Nothing was imported.")
    return header


def _row(line: str, header: list[str]) -> dict[str, str]:
    """Return the fields by column. Raises NotAResultError when they cannot be told apart."""
    if any(ord(c) < 0x20 for c in line):
        raise NotAResultError("it holds a control character")
    fields = _fields(line)
    if len(fields) < len(header):
        raise NotAResultError(f"it has {len(fields)} fields, the header {len(header)}")
    if len(fields) > len(header) + _MAX_FIELDS:
        raise NotAResultError("it has too many fields")
    readings = [row for row in _readings(fields, header) if all(_CHECKS[c](row[c]) for c in header if c in _CHECKS)]
    if not readings:
        wrong = [
            column for column in header if column in _CHECKS and not _CHECKS[column](_plainly(fields, header)[column])
        ]
        raise NotAResultError(f"{', '.join(wrong[:3]) or 'a field'} cannot be read")
    first = readings[0]
    if any(row[column] != first[column] for row in readings for column in _NEEDED):
        raise NotAResultError("a comma too many, and it cannot be told whose")
    if any(len(value) > _MAX_FIELD for value in first.values()):
        raise NotAResultError("a field is too long")
    return first


def _plainly(fields: list[str], header: list[str]) -> dict[str, str]:
    """Return the fields as they stand, from the left."""
    return dict(zip(header, fields, strict=False))


def _readings(fields: list[str], header: list[str]) -> Iterator[dict[str, str]]:
    """Yield every way to give the surplus fields to one column; from the right, where free texts stand."""
    surplus = len(fields) - len(header)
    if not surplus:
        yield _plainly(fields, header)
        return
    for at in reversed(range(len(header))):
        middle = ",".join(fields[at : at + surplus + 1])
        yield _plainly([*fields[:at], middle, *fields[at + surplus + 1 :]], header)


def _record(row: Mapping[str, str]) -> dict[str, Any]:
    return record_of(
        "monkeytype",
        row,
        started=moment_of_ms(int(row["timestamp"])),
        wpm=float(row["wpm"]),
        accuracy=float(row["acc"]) / 100,
        seconds=_duration(float(row["testDuration"])),
    )


def _duration(seconds: float) -> float:
    if seconds < 0:
        raise NotAResultError("testDuration should be 0 or more")
    return seconds
