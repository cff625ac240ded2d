"""After a copy drill: this run beside the last ones and the best, where it was slow, what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typetrainer.core.align import Op
from typetrainer.core.keystats import Mistake, key_statistics, mistakes
from typetrainer.core.log import AttemptLog, Key
from typetrainer.core.metrics import Metrics, compute, speed_buckets, without_pauses
from typetrainer.core.stats import band_wpm, percentile, sparkline
from typetrainer.core.text import visible, width, wrap_text
from typetrainer.ui.figures import drawable, number, percent
from typetrainer.ui.frame import BLANK, Frame, Piece, Row, Size, clock_text, fitted, layout

_LABEL = 19
_COLUMN = 16
_SLOW_FACTOR = 1.5
_SPARK = 30

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What a finished copy drill came to. `past` are comparable earlier records, newest last; `best` one of them."""

    title: str
    log: AttemptLog
    metrics: Metrics
    past: Sequence[Record] = ()
    best: Record | None = None
    loaded: bool = False  # whether `past` and `best` have been looked up
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, title: str, log: AttemptLog) -> "CopyOutcome":
        """Return the outcome of a log, before the history was looked up."""
        return cls(title, log, compute(log))


def _past(outcome: CopyOutcome, name: str) -> list[float]:
    values = (drawable(record.get("metrics", {}).get(name)) for record in outcome.past)
    return [value for value in values if value is not None]


def _line(label: str, this: str, *rest: Piece) -> Row:
    return (("label", f"   {label:<{_LABEL - 3}}"), ("strong", f"{this:<{_COLUMN}}"), *rest)


def _compared(outcome: CopyOutcome, label: str, name: str, this: str, *, rate: bool = False) -> Row:
    past = _past(outcome, name)
    mean = sum(past) / len(past) if past else None
    show = percent if rate else number
    last = "" if mean is None else show(mean)
    best = outcome.best["metrics"].get(name) if outcome.best else None
    spark = sparkline(past[-10:]) if name == "wpm" and len(past) > 1 else ""
    return _line(
        label, this, ("", f"{last + ' ' + spark:<{_COLUMN + 4}}"), ("", show(best) if best is not None else "")
    )


def table(outcome: CopyOutcome) -> list[Row]:
    """Return the numbers of this run, of the last ten and of the best."""
    m = outcome.metrics
    seconds = m["seconds"]
    band = band_wpm(seconds if isinstance(seconds, float) else None)
    speed = number(m["wpm"], unit=" wpm") + (f" ±{band:.0f}" if band else "")
    last_ten = f"your last {min(len(outcome.past), 10)}" if outcome.past else ""
    best = "best here" if outcome.best else ""
    head: Row = (("label", f"{'':{_LABEL}}{'this run':<{_COLUMN}}{last_ten:<{_COLUMN + 4}}{best}"),)
    return [
        head,
        _compared(outcome, "speed", "wpm", speed),
        _compared(outcome, "net", "net_wpm", number(m["net_wpm"], unit=" wpm")),
        _compared(outcome, "accuracy", "accuracy", percent(m["accuracy"]), rate=True),
        _compared(outcome, "consistency", "consistency", number(m["consistency"])),
    ]


def run_graph(log: AttemptLog) -> Row:
    """Return the speed by second as a sparkline with its least, greatest and last value."""
    events, end_t = without_pauses(log)
    added = [(event.t, len(event.inserted)) for event in events if isinstance(event, Key) and event.inserted]
    if not added:
        return BLANK
    start = added[0][0]
    stop = end_t if log.end is not None and log.end.reason == "time" and end_t else added[-1][0]
    speeds = [bucket * 12 for bucket in speed_buckets(added, start, stop)]
    if len(speeds) < 2:
        return BLANK
    smooth = [sum(speeds[max(0, k - 1) : k + 2]) / len(speeds[max(0, k - 1) : k + 2]) for k in range(len(speeds))]
    said = f"min {min(smooth):.0f} · max {max(smooth):.0f} · last {smooth[-1]:.0f}"
    label = f"   {'speed by second':<{_LABEL - 3}}"
    return (("label", label), ("accent", sparkline(smooth, _SPARK)), ("label", "   " + said))


def slow_spots(log: AttemptLog) -> str:
    """Return the keys and words that took clearly longer than the others, in words; empty if there are none."""
    statistics = key_statistics([log])
    latencies = sorted(x for tally in statistics.keys.values() for x in tally.latencies)
    if len(latencies) < 20:
        return ""
    usual = latencies[len(latencies) // 2]
    slow = [
        (tally.latency_ms - usual, key)
        for key, tally in statistics.keys.items()
        if len(tally.latencies) >= 2 and tally.latency_ms is not None and tally.latency_ms > _SLOW_FACTOR * usual
    ]
    parts = [f"{_named(key)} {over:.0f} ms over your usual" for over, key in sorted(slow, reverse=True)[:2]]
    speeds = sorted(word.wpm for word in statistics.words)
    if len(speeds) >= 5:
        middle = speeds[len(speeds) // 2]
        words = sorted(
            (word for word in statistics.words if word.wpm < middle / _SLOW_FACTOR and len(word.text) > 2),
            key=lambda word: word.wpm,
        )
        parts += [f"“{visible(word.text)}”" for word in words[:2]]
    return " · ".join(parts)


def _named(key: str) -> str:
    return "blank" if key == " " else visible(key)


def wrong_words(found: Sequence[Mistake]) -> list[str]:
    """Return the uncorrected mistakes as `typed ▸ expected`, each word once."""
    said: dict[str, None] = {}
    for mistake in found:
        typed, word = visible(mistake.word_typed), visible(mistake.word)
        if typed == word:  # only blanks differ
            said[f"{'extra' if mistake.op is Op.EXTRA else 'missing'} blank at “{word}”"] = None
        else:
            said[f"{typed or '(nothing)'} ▸ {word or '(nothing)'}"] = None
    return list(said)


def _fitted(parts: Sequence[str], room: int) -> str:
    kept: list[str] = []
    used = 0
    for index, part in enumerate(parts):
        left = len(parts) - index
        more = f"… and {left} more (m)"
        if used + width(part) + 3 + (width(more) if left > 1 else 0) > room:
            return " · ".join([*kept, more]) if kept else f"{left} words (m shows them)"
        kept.append(part)
        used += width(part) + 3
    return " · ".join(kept)


def remarks(outcome: CopyOutcome, columns: int) -> list[Row]:
    """Return what must be known about how far to trust this run."""
    m = outcome.metrics
    rows: list[Row] = []

    def say(style: str, text: str) -> None:
        rows.extend((("", "   "), (style, line)) for line in wrap_text(text, columns - 6))

    rank = percentile(m["wpm"] if isinstance(m["wpm"], float) else None)
    seconds = m["seconds"] if isinstance(m["seconds"], float) else 0.0
    if rank is not None and seconds >= 20:
        say("label", f"Faster than {rank} % of 168,000 online volunteers (Dhakal 2018; not applicants).")
    if 0 < seconds < 20:
        say("label", "Under 20 seconds a speed says little: no band is given.")
    if m["not_typed"]:
        say("warn", f"{m['not_typed']} characters came faster than fingers type (key repeat, dictation?). Not judged.")
    if m["timing"] == "degraded":
        say("warn", "Timing: degraded. The program was late by over 20 ms at times; rhythm figures are unsure.")
    if m["pastes_refused"]:
        pastes = "1 paste was" if m["pastes_refused"] == 1 else f"{m['pastes_refused']} pastes were"
        say("warn", f"{pastes} refused: a drill counts what is typed.")
    for notice in outcome.notices:
        say("warn", notice)
    return rows


def outcome_rows(outcome: CopyOutcome, columns: int) -> list[Row]:
    """Return the body of the results screen."""
    rows = [*table(outcome), BLANK]
    graph = run_graph(outcome.log)
    if graph:
        rows += [graph, BLANK]
    room = columns - 11 - 2
    if slow := slow_spots(outcome.log):
        rows.append(fitted((("label", "   slow    "), ("", slow)), columns))
    found = mistakes(outcome.log)
    if found:
        rows.append((("label", "   wrong   "), ("bad", _fitted(wrong_words(found), room))))
        swaps = sum(mistake.op is Op.SWAPPED for mistake in found)
        if swaps > 1:
            rows.append((("", "           "), ("label", f"{swaps} of them are two letters swapped")))
    elif outcome.metrics["characters"]:
        fixed = outcome.metrics["IF"]
        said = "nothing left wrong" + (f"; {fixed} corrected on the way" if fixed else ", nothing to correct")
        rows.append((("label", "   wrong   "), ("good", said)))
    extra = remarks(outcome, columns)
    return [*rows, BLANK, *extra] if extra else rows


def copy_results_view(outcome: CopyOutcome, foot: Row, size: Size) -> Frame:
    """Return the results screen of a copy drill."""
    seconds = outcome.metrics["seconds"]
    clock = clock_text(seconds if isinstance(seconds, float) else 0) + " typed"
    rows = outcome_rows(outcome, size.columns)
    return layout(outcome.title, ("", clock), [BLANK, *rows], [foot], size)
