"""keybr's `typing-data.json`: a list of lessons, speed in characters a minute, with a histogram of keys.

A lesson: `layout`, `textType`, `timeStamp` (ISO 8601), `length` (characters), `time` (ms), `errors`, `speed`,
`histogram: [{codePoint, hitCount, missCount, timeToType}]`.
"""

from datetime import UTC, datetime
from typing import Any

from typetrainer.content.importers.common import Remark
from typetrainer.content.importers.jsonlist import read_list
from typetrainer.content.importers.results import (
    MAX_BYTES,
    NotAResultError,
    ParsedResults,
    done,
    finite,
    moment,
    moment_of_ms,
    record_of,
)
from typetrainer.content.own import decode_text

_PER_WORD = 5  # characters, as in words a minute
_MAX_KEYS = 2_000


def parse(data: bytes, name: str) -> ParsedResults:
    """Read the lessons; one that is not whole is left, and why. Raises InvalidFile when the file is not keybr's."""
    records: list[dict[str, Any]] = []
    left: list[Remark] = []
    for number, (line, lesson) in enumerate(read_list(decode_text(data, name, MAX_BYTES), name).entries, 1):
        try:
            records.append(_record(lesson))
        except NotAResultError as error:
            left.append(Remark(line, f"lesson {number}", str(error)))
    return done(name, records, left)


def _record(lesson: Any) -> dict[str, Any]:
    if not isinstance(lesson, dict):
        raise NotAResultError("it is not an object")
    for key in ("timeStamp", "length", "time", "errors", "speed", "histogram"):
        if key not in lesson:
            raise NotAResultError(f'it has no "{key}"')
    length, errors = finite(lesson["length"], "length", least=1), finite(lesson["errors"], "errors")
    if errors > length:
        raise NotAResultError("it has more errors than characters")
    kept = {
        "length": lesson["length"], "time": lesson["time"], "errors": lesson["errors"], "speed": lesson["speed"],
        "timeStamp": lesson["timeStamp"], "histogram": _histogram(lesson["histogram"]),
    }  # fmt: skip
    kept |= {key: lesson[key][:100] for key in ("layout", "textType") if isinstance(lesson.get(key), str)}
    return record_of(
        "keybr",
        kept,
        started=_started(lesson["timeStamp"]),
        wpm=finite(lesson["speed"], "speed") / _PER_WORD,
        accuracy=(length - errors) / length,
        seconds=finite(lesson["time"], "time") / 1000,
    )


def _started(value: object) -> str:
    if not isinstance(value, str):
        return moment_of_ms(finite(value, "timeStamp"))
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        raise NotAResultError("timeStamp is not a date and time") from None
    return moment(when if when.tzinfo else when.replace(tzinfo=UTC))


def _histogram(value: object) -> list[dict[str, float]]:
    """Return how each key was typed. Raises NotAResultError."""
    if not isinstance(value, list) or len(value) > _MAX_KEYS:
        raise NotAResultError("histogram is not a list of keys")
    return [_key(entry) for entry in value]


def _key(entry: object) -> dict[str, float]:
    if not isinstance(entry, dict):
        raise NotAResultError("histogram is not a list of keys")
    code = entry.get("codePoint")
    if type(code) is not int or not 0 <= code <= 0x10FFFF:
        raise NotAResultError("a key of histogram has no codePoint")
    counts = {key: entry.get(key) for key in ("hitCount", "missCount", "timeToType")}
    for key, count in counts.items():
        finite(count, f"{key} of a key")
    return {"codePoint": code, **{key: count for key, count in counts.items() if isinstance(count, int | float)}}
