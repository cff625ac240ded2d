"""Result files: one attempt with its log and its numbers, to be handed on and checked. See contracts/result.md."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typetrainer.core.canonical import canonical_sha256
from typetrainer.core.log import MAX_BYTES, AttemptLog, LogError
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import SCORING_VERSION, compute

VERSION = 1
MAX_RESULT_BYTES = MAX_BYTES + 32 * 1024 * 1024
TOLERANCE = 1e-9
_KEYS = ("log", "item", "metrics", "versions", "assessment")


class ResultError(ValueError):
    """A result file that is not what the contract says; names the place."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result file. `item` is the item as it was shown; `assessment` is None where there is none."""

    log_text: str
    log: AttemptLog
    item: Mapping[str, Any]
    metrics: Mapping[str, Any]
    versions: Mapping[str, Any]
    assessment: Mapping[str, Any] | None = None


def encode_result(
    log_text: str,
    item: Mapping[str, Any],
    *,
    app: str,
    python: str,
    engine: Mapping[str, Any] | None = None,
    assessment: Mapping[str, Any] | None = None,
) -> str:
    """Return a result file's text; the metrics are computed from the log. Raises LogError for an invalid log."""
    record = {
        "typetrainer_result": VERSION,
        "log": log_text,
        "item": dict(item),
        "metrics": compute(parse_log(log_text)),
        "versions": {"app": app, "scoring": SCORING_VERSION, "python": python, "engine": engine and dict(engine)},
        "assessment": None if assessment is None else dict(assessment),
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def looks_like_result(data: bytes) -> bool:
    """Whether a file claims to be a result rather than a log; inside a log's texts the quotes would be escaped."""
    return b'"typetrainer_result"' in data


def parse_result(data: bytes) -> Result:
    """Read a result file. Raises ResultError, in one clause, for anything the contract does not allow."""
    record = _json(data)
    if not isinstance(record, dict) or "typetrainer_result" not in record:
        raise ResultError("not a typetrainer result")
    version = record["typetrainer_result"]
    if type(version) is int and version > VERSION:
        raise ResultError(f"the result is of version {version}; this program reads up to {VERSION}, so use a newer one")
    if type(version) is not int or version != VERSION:
        raise ResultError("typetrainer_result should be 1")
    for key in _KEYS:
        if key not in record:
            raise ResultError(f"{key} is missing")
    for key in ("item", "metrics", "versions"):
        if not isinstance(record[key], dict):
            raise ResultError(f"{key} should be an object")
    if not isinstance(record["log"], str):
        raise ResultError("log should be a text")
    if record["assessment"] is not None and not isinstance(record["assessment"], dict):
        raise ResultError("assessment should be an object or null")
    try:
        log = parse_log(record["log"])
    except LogError as error:
        raise ResultError(f"in its log, {error}") from None
    return Result(record["log"], log, record["item"], record["metrics"], record["versions"], record["assessment"])


def _json(data: bytes) -> Any:
    if len(data) > MAX_RESULT_BYTES:
        raise ResultError(f"larger than {MAX_RESULT_BYTES // 2**20} MiB")
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_unique
        )
    except RecursionError:
        raise ResultError("its JSON is nested too deeply") from None
    except UnicodeDecodeError as error:
        raise ResultError(f"line {_line(data, error.start)}: not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ResultError(f"line {error.lineno}: not valid JSON ({error.msg})") from None
    except ValueError as error:
        raise ResultError(f"not valid JSON ({str(error)[:100]})") from None


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of JSON")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text[:20]} is too large a number")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a key comes twice in one object")
    return result


def verify(result: Result) -> list[str]:
    """Compute every number from the log again and return what differs, a sentence each; empty when all is as it says.

    It proves that numbers, item and log belong together, not who made them.
    """
    return [*_metric_differences(result), *_item_differences(result)]


def _metric_differences(result: Result) -> list[str]:
    scoring = result.versions.get("scoring")
    if scoring != SCORING_VERSION:
        return [f"it was scored by version {_shown(scoring)}, and this program computes version {SCORING_VERSION}"]
    found = compute(result.log)
    names = dict.fromkeys([*found, *result.metrics])
    return [
        f"{name[:60]} is {_shown(result.metrics.get(name, 'missing'))}, its log gives {_shown(found.get(name, 'none'))}"
        for name in names
        if name not in found or name not in result.metrics or not _same(found[name], result.metrics[name])
    ]


def _item_differences(result: Result) -> list[str]:
    """Compare the item with the log: its hash, and for copy typing its text."""
    header, item = result.log.header, result.item
    found = []
    if item.get("id") != header.item:
        found.append(f"the item is {_shown(item.get('id'))}, its log names {_shown(header.item)}")
    parts = item.get("items")
    if isinstance(parts, list):
        if not all(isinstance(part, dict) and isinstance(part.get("item"), dict) for part in parts):
            return [*found, "the items should be objects with their item"]
        whole = canonical_sha256([{"id": part.get("id"), "sha256": canonical_sha256(part["item"])} for part in parts])
        text: object = " ".join(str(part["item"].get("text")) for part in parts)
    else:
        raw = item.get("item")
        if not isinstance(raw, dict):
            return [*found, "the item has no content"]
        whole = canonical_sha256(raw)
        text = raw.get("text")
    if whole != header.item_sha256:
        found.append("the item is not the one whose hash the log has")
    if header.target is not None and text != header.target:
        found.append("the item's text is not the target of the log")
    return found


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, bool) or isinstance(theirs, bool) or ours is None or theirs is None:
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        try:
            return math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        except OverflowError:
            return False
    return type(ours) is type(theirs) and ours == theirs


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list or object"
    try:
        return str(value)[:60]
    except ValueError:  # a number of very many digits
        return "a huge number"
