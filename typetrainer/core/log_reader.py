"""Reading the attempt log, as strictly as contracts/attempt-log.md says: a log may come from a stranger.

Apart from the log itself, because a drill writes one and reads none.
"""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from typetrainer.core.log import (
    MAX_BYTES,
    MAX_EVENTS,
    MAX_LINE,
    POLICIES,
    REASONS,
    VERSION,
    AttemptLog,
    Block,
    End,
    Event,
    Header,
    ItemSpan,
    Key,
    LogError,
    Mark,
    Paste,
    Put,
)

_MAX_T = 2**53
_MAX_LIMIT_S = 86_400
_MAX_DEPTH = 32
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)", re.ASCII)


def parse_log(data: bytes | str) -> AttemptLog:
    """Read a whole log.

    Raises LogError, naming the line, for anything the contract does not allow; a last line that was cut off is dropped.
    """
    if _bytes(data) > MAX_BYTES:
        raise LogError(f"the log is larger than {MAX_BYTES // 2**20} MiB")
    if isinstance(data, bytes):
        data = _decode(data)
    lines = data.split("\n")
    whole = lines[-1] == ""
    if whole:
        lines.pop()
    if not lines:
        raise LogError("line 1: the log is empty, a header was expected")
    if len(lines) - 1 > MAX_EVENTS:
        raise LogError(f"the log has more than {MAX_EVENTS} events")
    records = [
        _record(number, line, cut_off=not whole and number == len(lines)) for number, line in enumerate(lines, 1)
    ]
    if records[-1] is _CUT_OFF:
        records.pop()
        if not records:
            raise LogError("line 1: the header was cut off")
    header = _header(records[0])
    events, end = _events(records[1:], free=header.target is None)
    return AttemptLog(header, events, end)


_CUT_OFF = object()


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\n" not in data[error.start :] and not data.endswith(b"\n"):  # a last line cut inside a character
            return data[: error.start].decode("utf-8") + "\ufffd"  # so that what is before it cannot pass for whole
        raise LogError(f"line {line}: not UTF-8") from None


def _bytes(data: bytes | str) -> int:
    if isinstance(data, bytes) or data.isascii():
        return len(data)
    return len(data.encode("utf-8", "surrogatepass"))


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of the contract")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key comes twice")  # readers would differ over which one counts
    return record


_DECODER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_unique)


def _record(number: int, line: str, *, cut_off: bool) -> Any:
    if _bytes(line) > MAX_LINE:
        raise LogError(f"line {number}: longer than {MAX_LINE // 1024} KiB")
    try:
        return _DECODER.decode(line)
    except (ValueError, RecursionError):
        if cut_off:
            return _CUT_OFF
        raise LogError(f"line {number}: not valid JSON") from None


def _is_int(value: object, low: int, high: int = _MAX_T) -> bool:
    return type(value) is int and low <= value <= high


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, written as an escape
        return False
    return True


def _header(record: Any) -> Header:
    """Check line 1 key by key; the first one that is wrong is named."""
    if not isinstance(record, dict) or "typetrainer_log" not in record:
        raise LogError("line 1: not the header of a typetrainer log")
    version = record["typetrainer_log"]
    if _is_int(version, VERSION + 1):
        raise LogError(
            f"line 1: the log is of version {version}; this program reads up to {VERSION}, so use a newer one"
        )
    for name, (test, expected) in _HEADER_KEYS.items():
        if not test(record.get(name)) or (name not in record and name not in _OPTIONAL_KEYS):
            raise LogError(f"line 1: {name} should be {expected}")
    target = record["target"]
    return Header(
        id=record["id"],
        app=record["app"],
        started=record["started"],
        kind=record["kind"],
        item=record["item"],
        item_sha256=record["item_sha256"],
        target=target,
        limit_s=record["limit_s"],
        policy=record["policy"],
        settings=record["settings"],
        terminal=record["terminal"],
        session=record.get("session"),
        items=_spans(record.get("items", []), target or ""),
    )


def _is_limit(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and type(value) is not bool and 0 < value <= _MAX_LIMIT_S)


def _optional(test: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or test(value)


def _is_object(value: object) -> bool:
    return isinstance(value, dict) and _is_plain(value)


def _is_plain(value: object, depth: int = 0) -> bool:
    """Whether a value can be written again: finite numbers, texts without lone surrogates, not nested without end."""
    if isinstance(value, dict | list):
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        return depth < _MAX_DEPTH and all(_is_plain(one, depth + 1) for one in inside)
    return _is_scalar(value)


def _is_nfc(value: object) -> bool:
    return isinstance(value, str) and _is_text(value) and unicodedata.is_normalized("NFC", value)


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_HEADER_KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
    "typetrainer_log": (lambda value: _is_int(value, 1), "a version number"),
    "id": (_matches(_ID), "letters, digits, '-', '_' and '.', beginning with a letter or digit"),
    "app": (_is_text, "a text"),
    "started": (_is_moment, "a moment in UTC, such as 2026-11-23T12:00:00Z"),
    "kind": (_is_text, "a text"),
    "item": (_is_text, "a text"),
    "item_sha256": (_matches(_SHA256), "64 hex digits"),
    "target": (_optional(_is_nfc), "a text in NFC, or null"),
    "limit_s": (_is_limit, "seconds above 0, or null"),
    "policy": (lambda value: value in (None, *POLICIES), f"one of {', '.join(POLICIES)}, or null"),
    "settings": (_is_object, "an object of values that JSON has"),
    "terminal": (_is_object, "an object of values that JSON has"),
    "session": (_optional(_is_text), "a text"),
}
_OPTIONAL_KEYS = ("session",)


def _spans(records: Any, target: str) -> tuple[ItemSpan, ...]:
    if not isinstance(records, list):
        raise LogError("line 1: items should be a list")
    spans = []
    for record in records:
        if (
            not isinstance(record, dict)
            or not _is_text(record.get("id"))
            or not isinstance(record.get("sha256"), str)
            or not _SHA256.fullmatch(record["sha256"])
            or not _is_int(record.get("start"), 0, len(target))
        ):
            raise LogError('line 1: items should be a list of {"id", "sha256", "start"}')
        spans.append(ItemSpan(record["id"], record["sha256"], record["start"]))
    return tuple(spans)


def _events(records: Iterable[Any], *, free: bool) -> tuple[tuple[Event, ...], End | None]:
    events: list[Event] = []
    end: End | None = None
    last_t = length = 0
    for number, record in enumerate(records, 2):
        if end is not None:
            raise LogError(f"line {number}: something follows the end event")
        event = _event(number, record)
        if event.t < last_t:
            raise LogError(f"line {number}: t falls from {last_t} to {event.t}")
        last_t = event.t
        if isinstance(event, Put) and not free:
            raise LogError(f"line {number}: text is put where there is a target to type")
        if isinstance(event, Key | Put):
            if event.pos + event.deleted > length:
                raise LogError(f"line {number}: the splice reaches beyond the text of {length} characters")
            length += len(event.inserted) - event.deleted
        if isinstance(event, End):
            end = event
        else:
            events.append(event)
    return tuple(events), end


def _event(number: int, record: Any) -> Event:
    match record:
        case ["key", t, pos, deleted, inserted, batch] if (
            _is_int(t, 0) and _is_int(pos, 0) and _is_int(deleted, 0) and _is_nfc(inserted) and _is_int(batch, 1)
            and (deleted or inserted)
        ):  # fmt: skip
            return Key(t, pos, deleted, inserted, batch)
        case ["put", t, pos, deleted, inserted] if (
            _is_int(t, 0) and _is_int(pos, 0) and _is_int(deleted, 0) and _is_nfc(inserted) and inserted
        ):
            return Put(t, pos, deleted, inserted)
        case ["block", t, typed, batch] if _is_int(t, 0) and _is_text(typed) and typed and _is_int(batch, 1):
            return Block(t, typed, batch)
        case ["paste", t, n] if _is_int(t, 0) and _is_int(n, 0):
            return Paste(t, n)
        case ["mark", t, name, value] if _is_int(t, 0) and _is_text(name) and _is_scalar(value):
            return Mark(t, name, value)
        case ["end", t, reason] if _is_int(t, 0) and reason in REASONS:
            return End(t, reason)
    raise LogError(f"line {number}: not an event of version {VERSION}")


def _is_scalar(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, bool | int) or _is_text(value)
