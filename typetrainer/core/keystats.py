"""Statistics per key, per bigram and per word of copy logs. The definitions are contracts/metrics.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from typetrainer.core.align import Alignment, Op, Step
from typetrainer.core.log import AttemptLog, Block, Key
from typetrainer.core.metrics import without_pauses
from typetrainer.core.text import graphemes

MIN_GAP_US = 20_000
MAX_GAP_US = 5_000_000


@dataclass(slots=True)
class Tally:
    """Hits of one key or bigram: `count` of tries, `errors` among them, `latencies` (ms) of clean right hits."""

    count: int = 0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def latency_ms(self) -> float | None:
        """Median latency in ms, None without a clean right hit."""
        return median(self.latencies) if self.latencies else None


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was right at once: its text, where it starts in the target (graphemes), its speed in WPM."""

    text: str
    start: int
    wpm: float


@dataclass(frozen=True, slots=True)
class KeyStatistics:
    """All of one or more logs. Keys are expected graphemes, bigrams two of them joined."""

    keys: dict[str, Tally]
    bigrams: dict[str, Tally]
    words: list[Word]


def key_statistics(logs: Sequence[AttemptLog]) -> KeyStatistics:
    """Return the statistics of copy logs; logs without a target add nothing."""
    result = KeyStatistics({}, {}, [])
    for log in logs:
        if log.header.target is not None:
            _Pass(log, result).run()
    return result


class _Pass:
    """One walk over a log, with the alignment as the typist saw it before each key."""

    def __init__(self, log: AttemptLog, result: KeyStatistics) -> None:
        self.events = without_pauses(log)[0]
        self.result = result
        typography = bool(log.header.settings.get("typography"))
        self.alignment = Alignment(graphemes(log.header.target or ""), typography=typography)
        self.before: int | None = None  # t of the key before
        self.hit_before: int | None = None  # target index that the key before hit right, if it did
        self.word_from: int | None = None  # t of the key before the word's first letter, while all is right

    def run(self) -> None:
        for event in self.events:
            if isinstance(event, Block):
                self._count(event.t, event.batch, right=False)
                self.hit_before = self.word_from = None
                self.before = event.t
            elif isinstance(event, Key):
                self._key(event)
                self.before = event.t

    def _key(self, key: Key) -> None:
        clusters = graphemes(key.inserted)
        if key.deleted or len(clusters) != 1 or key.pos != self.alignment.size:
            self.hit_before = self.word_from = None
        else:
            right = self.alignment.matches(clusters[0], self.alignment.cursor)
            self._count(key.t, key.batch, right=right)
            self._word(key.t, right=right)
            self.hit_before = self.alignment.cursor if right else None
        self.alignment.splice(key.pos, key.deleted, key.inserted)

    def _count(self, t: int, batch: int, *, right: bool) -> None:
        at = self.alignment.cursor
        if at >= len(self.alignment.target):
            return
        expected = self.alignment.target[at]
        tallies = [self.result.keys.setdefault(expected, Tally())]
        if at and self.hit_before == at - 1:
            tallies.append(self.result.bigrams.setdefault(self.alignment.target[at - 1] + expected, Tally()))
        gap = None if self.before is None else t - self.before
        for tally in tallies:
            tally.count += 1
            tally.errors += not right
            if right and batch == 1 and gap is not None and MIN_GAP_US <= gap <= MAX_GAP_US:
                tally.latencies.append(gap / 1000)

    def _word(self, t: int, *, right: bool) -> None:
        at, target = self.alignment.cursor, self.alignment.target
        if not right or target[at] == " ":
            self.word_from = None
            return
        if at == 0 or target[at - 1] == " ":
            self.word_from = self.before
        if self.word_from is None or (at + 1 < len(target) and target[at + 1] != " "):
            return
        start = at
        while start and target[start - 1] != " ":
            start -= 1
        if t > self.word_from:
            speed = (at + 1 - start) * 12 / ((t - self.word_from) / 1e6)
            self.result.words.append(Word("".join(target[start : at + 1]), start, speed))


@dataclass(frozen=True, slots=True)
class Mistake:
    """One marked place: what was typed for what was expected, and the words around it in the target."""

    op: Op
    typed: str
    expected: str
    word_typed: str
    word: str


def mistakes(log: AttemptLog) -> list[Mistake]:
    """Return the uncorrected mistakes of a copy log, in order, each with its word."""
    alignment = Alignment(graphemes(log.header.target or ""), typography=bool(log.header.settings.get("typography")))
    alignment.extend(graphemes(log.final_text()))
    done = log.end is not None and log.end.reason == "done"
    steps = alignment.trace(len(alignment.target) if done else alignment.best_prefix())
    found = []
    for index, step in enumerate(steps):
        if step.op is not Op.RIGHT:
            low, high = _word_steps(steps, index)
            around = steps[low:high]
            found.append(
                Mistake(
                    step.op,
                    step.typed,
                    step.expected,
                    "".join(other.typed for other in around).strip(),
                    "".join(other.expected for other in around).strip(),
                )
            )
    return found


def _word_steps(steps: Sequence[Step], index: int) -> tuple[int, int]:
    """Return the range of steps that make up the word (of the target) around a step."""

    def is_blank(step: Step) -> bool:
        return step.op is Op.RIGHT and step.expected == " "

    low = high = index
    while low and not is_blank(steps[low - 1]):
        low -= 1
    while high + 1 < len(steps) and not is_blank(steps[high + 1]):
        high += 1
    return low, high + 1
