"""`replay`: compute all numbers of logs and result files again."""

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import number, percent, print_json, print_line, print_table
from typetrainer.core.definitions import BY_NAME
from typetrainer.core.log import MAX_BYTES, AttemptLog, LogError
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import Metrics, compute
from typetrainer.core.result import MAX_RESULT_BYTES, Result, ResultError, looks_like_result, parse_result, verify
from typetrainer.core.stats import band_wpm, percentile
from typetrainer.env import Environment
from typetrainer.errors import InvalidFile, StorageProblem, TypetrainerError, UsageProblem

_GZIP = b"\x1f\x8b"
_RATES = frozenset({
    "accuracy", "uncorrected_error_rate", "corrected_error_rate", "total_error_rate", "pause_share", "revision_ratio",
})  # fmt: skip
_FIRST = (
    "wpm", "net_wpm", "accuracy", "consistency", "INF", "IF", "seconds",
    "words", "reading_s", "composing_s", "final_wpm", "pause_share", "revision_ratio",
)  # fmt: skip
_NOTED = frozenset({"interrupted", "pastes_refused", "not_typed", "timing"})  # said only when there is something to say
_QUIET = (0, None, "ok")


@dataclass(frozen=True, slots=True)
class _Replayed:
    log: AttemptLog
    differences: list[str] | None  # None for a plain log
    score: float | None = None  # of a written text, as it stands in a result file


@click.command("replay", epilog=example("typetrainer replay attempt.jsonl", "typetrainer replay result.json"))
@click.argument("logs", metavar="LOG...", nargs=-1, required=True)
@click.option("--all", "every", is_flag=True, help="Print every number.")
@json_option
@click.pass_obj
def command(env: Environment, logs: tuple[str, ...], every: bool, as_json: bool) -> int:
    """Compute all numbers again from logs.

    LOG is a log file (.jsonl or .jsonl.gz), the result file of a test, or the id of an attempt. For a result file
    every number is compared; differences are named, and the status is 5.
    """
    status = 0
    for index, name in enumerate(logs):
        try:
            replayed = _read(env, name)
            metrics = compute(replayed.log)
        except TypetrainerError as error:
            env.say(str(error))
            status = max(status, error.status)
            continue
        if as_json:
            print_json(env, _record(name, replayed, metrics))
        else:
            if index:
                print_line(env)
            _print(env, name, replayed, metrics, every=every)
        for difference in replayed.differences or ():
            env.say(f"{name}: {difference}.")
            status = max(status, InvalidFile.status)
    return status


def _read(env: Environment, name: str) -> _Replayed:
    """Read a log, a result or an attempt. Raises InvalidFile, StorageProblem or UsageProblem, naming it."""
    path = Path(name)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_RESULT_BYTES + 1)
    except FileNotFoundError:
        return _attempt(env, name)
    except IsADirectoryError:
        raise UsageProblem(f"{name} is a folder; name a log in it.") from None
    except (OSError, ValueError) as error:
        raise StorageProblem(f"Cannot read {name}: {getattr(error, 'strerror', None) or error}. Permit it.") from error
    if data.startswith(_GZIP):
        data = _inflated(data, name)
    if looks_like_result(data):
        try:
            result = parse_result(data)
            return _Replayed(result.log, verify(result), _recorded_score(result))
        except ResultError as error:
            raise InvalidFile(f"{name}: {error}.") from None
    try:
        return _Replayed(parse_log(data), None)
    except LogError as error:
        raise InvalidFile(f"{name}, {error}.") from None


def _recorded_score(result: Result) -> float | None:
    """Return the score that a result file claims, None where it has none that a score can be."""
    judged = (result.assessment or {}).get("assessment")
    score = judged.get("score") if isinstance(judged, dict) else None
    if isinstance(score, bool) or not isinstance(score, int | float):
        return None
    return float(score) if 0 <= score <= 100 else None


def _inflated(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            whole = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidFile(f"{name} is not a whole gzip file ({error}); restore it from a copy.") from None
    if len(whole) > MAX_BYTES:
        raise InvalidFile(f"{name} holds more than {MAX_BYTES // 2**20} MiB; no log is that long.")
    return whole


def _attempt(env: Environment, name: str) -> _Replayed:
    store = env.open_store()
    if "/" in name or name.endswith((".jsonl", ".gz", ".json")) or name not in store.attempts.ids():
        raise UsageProblem(f"There is no file and no attempt {name[:200]}; `typetrainer history` lists the attempts.")
    return _Replayed(store.attempts.read(name).log, None)


def _record(name: str, replayed: _Replayed, metrics: Metrics) -> dict[str, Any]:
    header = replayed.log.header
    record: dict[str, Any] = {"log": name, "id": header.id, "kind": header.kind, "metrics": metrics}
    return record if replayed.differences is None else {**record, "differences": replayed.differences}


def _print(env: Environment, name: str, replayed: _Replayed, metrics: Metrics, *, every: bool) -> None:
    header, end = replayed.log.header, replayed.log.end
    print_line(env, f"{name} · {header.kind} · {header.item} · {header.started}")
    limit = f", limit {header.limit_s:g} s" if header.limit_s else ""
    print_line(env, f"  ended: {end.reason if end else 'interrupted'}{limit}")
    if replayed.differences == []:
        print_line(env, "  all numbers are those of its log")
    first = [key for key in _FIRST if key in metrics]
    rest = [key for key in metrics if key not in first and (every or (key in _NOTED and metrics[key] not in _QUIET))]
    print_table(env, [(f"  {BY_NAME[key].title}", *_shown(key, metrics)) for key in (*first, *rest)])
    if replayed.score is not None:
        print_line(env, f"  score {replayed.score:g} of 100, as recorded: a text is judged anew by `check --item`")
    if header.kind == "copy":
        _print_trust(env, metrics)


def _shown(key: str, metrics: Metrics) -> tuple[str, str]:
    """Return a number and its unit, with its band where it has one."""
    value = metrics[key]
    if key in _RATES:
        return percent(value), ""
    unit = {"words (5 characters) a minute": "WPM", "seconds": "s", "milliseconds": "ms"}.get(BY_NAME[key].unit, "")
    band = band_wpm(_seconds(metrics)) if key in ("wpm", "net_wpm") and value is not None else None
    shown = number(value, 2 if key == "kspc" else 1)
    return f"{shown} ± {band:.1f}" if band else shown, unit


def _print_trust(env: Environment, metrics: Metrics) -> None:
    if band_wpm(_seconds(metrics)) is None:
        print_line(env, "  Under 20 seconds a speed cannot be trusted; there is no band.")
        return
    wpm = metrics["wpm"]
    share = percentile(wpm) if isinstance(wpm, int | float) else None
    if share is not None:
        print_line(
            env, f"  Faster than {share} % of the 168,000 volunteers of Dhakal et al. 2018, who were no applicants."
        )


def _seconds(metrics: Metrics) -> float | None:
    value = metrics.get("seconds")
    return value if isinstance(value, int | float) else None
