"""Every number of an attempt, as a pure function of its log. The definitions are contracts/metrics.md."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean, median

from typetrainer.core.align import compare
from typetrainer.core.log import AttemptLog, Block, Event, Key, Mark, Paste, Put, spliced
from typetrainer.core.text import count_graphemes, graphemes, words

SCORING_VERSION = 1
PAUSE_S = 2.0
DEGRADED_LAG_MS = 20.0
FAST_BATCH = 5
FAST_KEYS_PER_S = 25

Number = float | int | None
Metrics = dict[str, float | int | bool | str | None]
Stroke = Key | Block | Put


def compute(log: AttemptLog) -> Metrics:
    """Return the metrics of a log: those of copy typing when it has a target, else those of a reply."""
    return copy_metrics(log) if log.header.target is not None else reply_metrics(log)


def without_pauses(log: AttemptLog) -> tuple[list[Event], int | None]:
    """Return the events with the time of pauses cut out, and the end's time (microseconds; None if interrupted)."""
    cut = 0
    paused_at: int | None = None
    events: list[Event] = []
    for event in log.events:
        if isinstance(event, Mark) and event.name == "pause" and paused_at is None:
            paused_at = event.t
        elif isinstance(event, Mark) and event.name == "resume" and paused_at is not None:
            cut += event.t - paused_at
            paused_at = None
        events.append(_moved(event, (event.t if paused_at is None else paused_at) - cut))
    if log.end is None:
        return events, None
    return events, (log.end.t if paused_at is None else paused_at) - cut


def _moved(event: Event, t: int) -> Event:
    if event.t == t:
        return event

    return event._replace(t=t)


class _Tally:
    """Counts over one pass of the splices: N, B, D, what was erased, and when each grapheme came."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.text = ""
        self.put = ""  # "1" for each code point of the text that a `put` brought, "0" for the others; "" without any
        self.inserted = self.blocked = self.deletions = self.erased = self.pastes = 0
        self.strokes: list[Stroke] = []
        self.added: list[tuple[int, int]] = []  # (t, graphemes)
        for event in events:
            if isinstance(event, Key):
                self._splice(event)
            elif isinstance(event, Put):
                self._put(event)
            elif isinstance(event, Block):
                self.blocked += count_graphemes(event.typed)
                self.strokes.append(event)
            elif isinstance(event, Paste):
                self.pastes += 1

    def _splice(self, key: Key) -> None:
        self.strokes.append(key)
        gone = count_graphemes(self._typed(key.pos, key.pos + key.deleted)) if key.deleted else 0
        if key.inserted:
            new = max(count_graphemes(key.inserted) - gone, 0)
            self.inserted += new
            self.added.append((key.t, new))
        else:
            self.deletions += 1
            self.erased += gone
        self.text = spliced(self.text, key)
        if self.put:
            self.put = self.put[: key.pos] + "0" * len(key.inserted) + self.put[key.pos + key.deleted :]

    def _put(self, put: Put) -> None:
        self.strokes.append(put)
        mask = self.put or "0" * len(self.text)
        self.put = mask[: put.pos] + "1" * len(put.inserted) + mask[put.pos + put.deleted :]
        self.text = spliced(self.text, put)

    def _typed(self, start: int, end: int) -> str:
        """Return what was typed of a part of the text."""
        part = self.text[start:end]
        return "".join(c for c, put in zip(part, self.put[start:end], strict=True) if put == "0") if self.put else part

    @property
    def typed_length(self) -> int:
        """How many graphemes of the text were typed."""
        return count_graphemes(self._typed(0, len(self.text)))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _speed(clusters: int, seconds: float | None) -> float | None:
    """Return words of five graphemes a minute."""
    return max(clusters, 0) * 12 / seconds if seconds else None


def _gaps(strokes: Sequence[Stroke]) -> list[float]:
    """Return the gaps between strokes in seconds."""
    return [(after.t - before.t) / 1e6 for before, after in pairwise(strokes)]


def evenness(c: float) -> float:
    """Return k(c) = 100 (1 − tanh(c + c³/3 + c⁵/5)) of a coefficient of variation: 100 is a metronome."""
    return 100 * (1 - math.tanh(c + c**3 / 3 + c**5 / 5))


def consistency(added: Sequence[tuple[int, int]], t0: int, t1: int) -> float | None:
    """Return the evenness of the speed in 1-second buckets. `added` is (microseconds, graphemes) per insertion."""
    count, last, inserted = _buckets(added, t0, t1)
    if count < 2 or not any(inserted.values()):
        return None
    speeds = [size / (last if at == count - 1 else 1.0) for at, size in inserted.items()]
    mean = math.fsum(speeds) / count
    squares = math.fsum((speed - mean) ** 2 for speed in speeds) + (count - len(speeds)) * mean**2
    return evenness(math.sqrt(squares / count) / mean)


def speed_buckets(added: Sequence[tuple[int, int]], t0: int, t1: int) -> list[float]:
    """Return graphemes a second in each second from t0; a last bucket counts from half a second on."""
    count, last, inserted = _buckets(added, t0, t1)
    return [inserted[at] / (last if at == count - 1 else 1.0) for at in range(count)]


def _buckets(added: Sequence[tuple[int, int]], t0: int, t1: int) -> tuple[int, float, Counter[int]]:
    """Return how many buckets count, the seconds of the last one, and the graphemes of those that are not empty.

    There may be very many empty ones: a log is free to have its keys centuries apart.
    """
    full, rest = divmod(t1 - t0, 1_000_000)
    count, last = (full + 1, rest / 1e6) if rest >= 500_000 else (full, 1.0)
    inserted: Counter[int] = Counter()
    for t, size in added:
        at = count - 1 if t == t1 else (t - t0) // 1_000_000
        if 0 <= at < count:
            inserted[at] += size
    return count, last, inserted


def copy_metrics(log: AttemptLog) -> Metrics:
    """Return the metrics of copy typing. The log must have a target."""
    events, end_t = without_pauses(log)
    tally = _Tally(events)
    typed = graphemes(tally.text)
    compared, errors = compare(
        graphemes(log.header.target or ""),
        typed,
        typography=bool(log.header.settings.get("typography")),
        whole=log.end is not None and log.end.reason == "done",
    )
    length = len(typed)
    right = max(compared, length) - errors
    fixed = max(tally.inserted - length + tally.blocked, 0)
    keys = right + errors + fixed

    strokes = tally.strokes
    t0 = strokes[0].t if strokes else 0
    t1 = strokes[-1].t if strokes else 0
    if strokes and log.end is not None and log.end.reason == "time" and end_t is not None:
        t1 = end_t
    seconds = (t1 - t0) / 1e6 if strokes else None
    starts = 1 if strokes and isinstance(strokes[0], Key) and strokes[0].inserted else 0
    wpm = _speed(length - starts, seconds)
    gaps = _gaps(strokes)
    return {
        "interrupted": log.interrupted,
        "pastes_refused": tally.pastes,
        "seconds": seconds,
        "start_delay": t0 / 1e6 if strokes else None,
        "characters": length,
        "inserted": tally.inserted,
        "blocked": tally.blocked,
        "compared": compared,
        "INF": errors,
        "IF": fixed,
        "C": right,
        "uncorrected_error_rate": _ratio(errors, keys),
        "corrected_error_rate": _ratio(fixed, keys),
        "total_error_rate": _ratio(errors + fixed, keys),
        "accuracy": _ratio(right, keys),
        "kspc": _ratio(tally.inserted + tally.blocked + tally.deletions, length),
        "wpm": wpm,
        "raw_wpm": _speed(tally.inserted + tally.blocked - 1, seconds),
        "net_wpm": None if wpm is None or not seconds else max(0.0, wpm - 60 * errors / seconds),
        "consistency": consistency(tally.added, t0, t1),
        "gap_ms_median": median(gaps) * 1e3 if gaps else None,
        "pauses": sum(gap > PAUSE_S for gap in gaps),
        "revision_ratio": _ratio(tally.erased, tally.inserted),
        "not_typed": not_typed(log, strokes),
        "timing": timing(events),
    }


def reply_metrics(log: AttemptLog) -> Metrics:
    """Return the metrics of free writing: a reply, a note."""
    events, end_t = without_pauses(log)
    tally = _Tally(events)
    strokes = tally.strokes
    first = strokes[0].t if strokes else 0
    last = end_t if end_t is not None else (strokes[-1].t if strokes else 0)
    composing = (last - first) / 1e6 if strokes else None
    gaps = _gaps(strokes)
    closing = (last - strokes[-1].t) / 1e6 if strokes else 0.0
    runs = list(_bursts(strokes, tally.added)) if strokes else []
    silent = math.fsum(gap for gap in [*gaps, closing] if gap > PAUSE_S)
    length = count_graphemes(tally.text)
    return {
        "interrupted": log.interrupted,
        "pastes_refused": tally.pastes,
        "reading_s": first / 1e6 if strokes else None,
        "composing_s": composing,
        "characters": length,
        "words": len(words(tally.text)),
        "inserted": tally.inserted,
        "final_wpm": _speed(tally.typed_length, composing),
        "revision_ratio": _ratio(tally.erased, tally.inserted),
        "bursts": len(runs),
        "burst_mean": fmean(runs) if runs else None,
        "pause_share": min(silent / composing, 1.0) if composing else None,  # the sum may be rounded up
        "not_typed": not_typed(log, strokes),
        "timing": timing(events),
    }


def _bursts(strokes: Sequence[Stroke], added: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the inserted graphemes of each run of strokes without a gap over PAUSE_S."""
    sizes = iter(added)
    size = next(sizes, None)
    for index, stroke in enumerate(strokes):
        ends = index + 1 == len(strokes) or (strokes[index + 1].t - stroke.t) / 1e6 > PAUSE_S
        if not ends:
            continue
        total = 0
        while size is not None and size[0] <= stroke.t:
            total += size[1]
            size = next(sizes, None)
        yield total


def not_typed(log: AttemptLog, strokes: Sequence[Stroke]) -> int:
    """Count the graphemes that came too fast for fingers: shown, never judged.

    Five or more printable keys in one read, or a second with over 25 keys. Always 0 for assistive input.
    """
    if log.header.settings.get("assistive"):
        return 0
    typed = [stroke for stroke in strokes if isinstance(stroke, Block) or (isinstance(stroke, Key) and stroke.inserted)]
    fast: set[int] = {index for index, stroke in enumerate(typed) if stroke.batch >= FAST_BATCH}
    start = marked = 0
    for index, stroke in enumerate(typed):
        while stroke.t - typed[start].t >= 1_000_000:
            start += 1
        if index - start + 1 > FAST_KEYS_PER_S:
            fast.update(range(max(start, marked), index + 1))
            marked = index + 1
    return sum(count_graphemes(_letters(typed[index])) for index in fast)


def _letters(stroke: Key | Block) -> str:
    return stroke.typed if isinstance(stroke, Block) else stroke.inserted


def timing(events: Sequence[Event]) -> str | None:
    """Return whether the program itself was quick enough to trust the times: `ok`, `degraded`, or None (unknown)."""
    lags = [event.value for event in events if isinstance(event, Mark) and event.name == "loop_lag_ms_p99"]
    if not lags:
        return None
    worst = max((lag for lag in lags if isinstance(lag, int | float)), default=0.0)
    return "degraded" if worst > DEGRADED_LAG_MS else "ok"
