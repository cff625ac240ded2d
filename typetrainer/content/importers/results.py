"""What the importers of results share: one record for each result, the program's own numbers beside what they mean.

The record's form is contracts/store.md, "Results from elsewhere".
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from typetrainer.content.importers.common import Remark
from typetrainer.core.canonical import canonical_sha256
from typetrainer.errors import InvalidFile

MAX_BYTES = 64 * 1024 * 1024
VERSION = 1
_YEARS = (1990, 2200)
MAX_WPM = 1_000.0


class ParsedResults(NamedTuple):
    """Records in the file's order, and what was left."""

    records: tuple[dict[str, Any], ...]
    left: tuple[Remark, ...]


class NotAResultError(Exception):
    """An entry that is no result; its text says why."""


def record_of(
    source: str, original: Mapping[str, Any], *, started: str, wpm: float, accuracy: float | None, seconds: float | None
) -> dict[str, Any]:
    """Return the record of a result. Its id follows from `original`, so the same result is the same record again."""
    if not 0 <= wpm <= MAX_WPM:
        raise NotAResultError(f"its speed should be from 0 to {MAX_WPM:g} words a minute")
    if accuracy is not None and not 0 <= accuracy <= 1:
        raise NotAResultError("its accuracy is not between 0 and 100 %")
    return {
        "version": VERSION,
        "id": f"{source}-{canonical_sha256(dict(original))[:20]}",
        "source": source,
        "started": started,
        "wpm": round(wpm, 6),
        "accuracy": None if accuracy is None else round(accuracy, 6),
        "seconds": None if seconds is None else round(seconds, 3),
        "original": dict(original),
    }


def finite(value: object, what: str, *, least: float = 0) -> float:
    """Return a number that can be worked with. Raises NotAResultError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAResultError(f"{what} is not a number")
    if not abs(value) < 1e15 or not math.isfinite(value) or value < least:
        raise NotAResultError(f"{what} should be {least:g} or more" if value < least else f"{what} is too large")
    return float(value)


def moment(value: datetime) -> str:
    """Return a time as records have it: UTC, ISO 8601. Raises NotAResultError for one in no likely year."""
    try:
        utc = value.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise NotAResultError("its time is not one that can be") from None
    if not _YEARS[0] <= utc.year <= _YEARS[1]:
        raise NotAResultError(f"its year {utc.year} is not likely")
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of_ms(value: float) -> str:
    """Return the time of milliseconds since 1970."""
    try:
        return moment(datetime.fromtimestamp(value / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        raise NotAResultError("its time is not one that can be") from None


def done(name: str, records: list[dict[str, Any]], left: list[Remark]) -> ParsedResults:
    """Return what was found, each result once. Raises InvalidFile when there is none."""
    if not records:
        why = f" (line {left[0].line}, {left[0].what}: {left[0].why})" if left else ""
        raise InvalidFile(f"{name} holds no result{why}. Nothing was imported.")
    return ParsedResults(tuple({record["id"]: record for record in records}.values()), tuple(left))
