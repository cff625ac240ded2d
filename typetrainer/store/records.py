"""The summaries of which the history consists, and what is said of many of them. Pure functions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from typetrainer.core.log import AttemptLog
from typetrainer.core.metrics import SCORING_VERSION, compute, without_pauses
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store.attempts import Attempt, AttemptStore
from typetrainer.store.migrations import RECORD_VERSION, Record

Metrics = Mapping[str, float | int | bool | str | None]
Scorer = Callable[[AttemptLog], Metrics]
BestKey = tuple[str, str, float | None, str | None]

BEST_MAX_ERROR_RATE = 0.05
PACE_ATTEMPTS = 10
_DECIMALS = 6  # a millionth of a word per minute is below everything shown, and keeps a record small


def _short(value: object) -> object:
    return round(value, _DECIMALS) if isinstance(value, float) else value


def _seconds(log: AttemptLog) -> float:
    events, end_t = without_pauses(log)
    return (end_t if end_t is not None else events[-1].t if events else 0) / 1e6


def finding_counts(assessment: Mapping[str, Any] | None) -> dict[str, int] | None:
    """Return how many findings of each severity an assessment has; None where the language was not checked."""
    if assessment is None:
        return None
    counts = assessment.get("finding_counts")
    if isinstance(counts, dict):
        return {str(name): count for name, count in counts.items() if type(count) is int}
    findings = assessment.get("findings")
    if not isinstance(findings, list):
        return None
    return dict(Counter(str(f.get("severity", "error")) for f in findings if isinstance(f, dict)))


def summary(attempt: Attempt, scorer: Scorer = compute, scoring: int = SCORING_VERSION) -> Record:
    """Return the history's record of an attempt. `seconds` is the time since the item was shown, without pauses."""
    header, log = attempt.log.header, attempt.log
    engine = attempt.assessment.get("engine") if attempt.assessment else None
    record: Record = {
        "version": RECORD_VERSION,
        "id": attempt.id,
        "started": header.started,
        "kind": header.kind,
        "pack": header.item.partition("/")[0],
        "item": header.item,
        "policy": header.policy,
        "limit_s": header.limit_s,
        "reason": log.end.reason if log.end else None,
        "seconds": _short(_seconds(log)),
        "metrics": {name: _short(value) for name, value in scorer(log).items()},
        "log_sha256": attempt.log_sha256,
        "scoring": scoring,
        "engine": dict(engine) if isinstance(engine, Mapping) else None,
        "exam": header.settings.get("exam") is True,
        "finding_counts": finding_counts(attempt.assessment),
    }
    if header.session is not None:
        record["session"] = header.session
    record |= _judged(attempt.assessment)
    return record


def _judged(assessment: Mapping[str, Any] | None) -> Record:
    """Return the score of a judged text and its parts as [points, of]; nothing for others."""
    judged = (assessment or {}).get("assessment")
    if not isinstance(judged, Mapping) or not isinstance(judged.get("parts"), Mapping):
        return {}
    parts = {str(name): [part.get("points"), part.get("of")] for name, part in judged["parts"].items()}
    return {"score": judged.get("score"), "partial": judged.get("partial") is True, "parts": parts}


def is_record(value: object) -> bool:
    """Whether a JSON value can stand in the history: an object that says which attempt, when and of what kind."""
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(name), str) for name in ("id", "started", "kind"))
        and isinstance(value.get("metrics", {}), dict)
    )


# --- the best, and the pace ------------------------------------------------------------------------------------------


def best_key(record: Mapping[str, Any]) -> BestKey:
    """Return what attempts must share to be compared: kind, pack, limit and policy."""
    return (record["kind"], record.get("pack", ""), record.get("limit_s"), record.get("policy"))


def _metric(record: Mapping[str, Any], name: str) -> float | None:
    value = record.get("metrics", {}).get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def best_speed(record: Mapping[str, Any]) -> float | None:
    """Return the net speed with which a record may be a personal best, or None when it may not."""
    errors, speed = _metric(record, "uncorrected_error_rate"), _metric(record, "net_wpm")
    return speed if errors is not None and errors <= BEST_MAX_ERROR_RATE else None


def personal_best(records: Iterable[Mapping[str, Any]], key: BestKey) -> Mapping[str, Any] | None:
    """Return the fastest record of its key, the earlier of equal ones. `records` come newest last."""
    best, best_wpm = None, float("-inf")
    for record in records:
        speed = best_speed(record) if best_key(record) == key else None
        if speed is not None and speed > best_wpm:
            best, best_wpm = record, speed
    return best


def is_new_best(record: Mapping[str, Any], earlier: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the record beats all earlier ones of its key; the first that qualifies does. It may be among them."""
    speed = best_speed(record)
    if speed is None:
        return False
    best = personal_best((r for r in earlier if r["id"] != record["id"]), best_key(record))
    return best is None or speed > (best_speed(best) or 0.0)


def pace_wpm(records: Iterable[Mapping[str, Any]], key: BestKey, count: int = PACE_ATTEMPTS) -> float | None:
    """Return the mean net speed of the last `count` records of a key that have one. 1 gives the last."""
    speeds = [speed for r in records if best_key(r) == key and (speed := _metric(r, "net_wpm")) is not None]
    last = speeds[-count:]
    return sum(last) / len(last) if last else None


# --- made from the folders -------------------------------------------------------------------------------------------


def readable(attempts: AttemptStore, ids: Iterable[str], unreadable: list[str]) -> Iterator[Attempt]:
    """Read attempts one by one; the ids of those that cannot be read are added to `unreadable`, the folders left."""
    for attempt_id in ids:
        try:
            yield attempts.read(attempt_id)
        except UsageProblem:  # deleted by another program in between
            continue
        except (InvalidFile, StorageProblem):
            unreadable.append(attempt_id)


def rebuild(
    attempts: AttemptStore, ids: Iterable[str] | None = None, scorer: Scorer = compute
) -> tuple[list[Record], list[str]]:
    """Return the records of all finished attempts, and the ids of those that cannot be read."""
    unreadable: list[str] = []
    found = readable(attempts, attempts.ids() if ids is None else ids, unreadable)
    records = [summary(attempt, scorer) for attempt in found if not attempt.log.interrupted]
    return records, unreadable


@dataclass(frozen=True, slots=True)
class Move:
    """A number that a new formula changed."""

    id: str
    metric: str
    old: object
    new: object


def moves(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Move]:
    """Return what changed between two records of one attempt, in the order of the new metrics."""
    before, after = old.get("metrics", {}), new.get("metrics", {})
    names = dict.fromkeys([*after, *before])
    return [Move(new["id"], n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)]
