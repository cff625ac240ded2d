"""The one alignment of screen and score: what was typed against what should have been, by edit distance.

Distances are plain Levenshtein over graphemes. They are held as bit vectors, one pair of integers per typed grapheme
(Myers 1999, with the vertical differences of every column kept as in Hyyrö 2003), so a key costs a few microseconds,
Backspace pops a column, and every distance of every pair of prefixes stays exact: the screen needs no band, and the
score no second computation.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from typetrainer.core.text import ascii_twin, graphemes

_REACH = 96  # how far from its diagonal the cursor may be drawn: further than a line of a screen


class Op(Enum):
    """How a piece of what was typed relates to the target."""

    RIGHT = "right"
    WRONG = "wrong"
    EXTRA = "extra"
    MISSING = "missing"
    SWAPPED = "swapped"


class Step(NamedTuple):
    """One step of a trace: `typed` from grapheme `i` on stands for `expected` from grapheme `j` on.

    A swap covers two graphemes of both, every other step at most one of each.
    """

    op: Op
    i: int
    j: int
    typed: str
    expected: str


class _Link(NamedTuple):
    """The way back from one column's cursor to the first earlier cursor that it meets, in column `before`."""

    steps: tuple[Step, ...]
    before: int
    faults: tuple[Step, ...]  # those of the steps that are not right
    faulty: int  # the nearest column from `before` back whose link has faults; 0 when there is none


class Alignment:
    """Aligns a growing (and shrinking) list of typed graphemes with a fixed target.

    With `typography` false, quotes, dashes and no-break spaces equal their ASCII twins.
    """

    __slots__ = ("_best", "_cursors", "_links", "_masks", "_minus", "_plus", "_typed", "_typography", "size", "target")

    def __init__(self, target: Sequence[str], *, typography: bool = False) -> None:
        self.target: list[str] = list(target)
        self._typography = typography
        self._masks = _masks(list(map(self._symbol, self.target)))
        self.size = 0  # code points of what was typed
        # Column i describes D(i, j) for all j by the differences D(i, j) - D(i, j - 1): +1 bits and -1 bits.
        self._plus: list[int] = [(1 << len(self.target)) - 1]
        self._minus: list[int] = [0]
        self._typed: list[str] = []
        self._cursors: list[int] = [0]
        self._best: list[int] = [0]  # the least distance of each column, which never falls from one to the next
        self._links: list[_Link | None] = [_Link((), 0, (), 0)]

    def _symbol(self, cluster: str) -> str:
        return cluster if self._typography else ascii_twin(cluster)

    def __len__(self) -> int:
        """Return how many graphemes were typed."""
        return len(self._typed)

    @property
    def typed(self) -> list[str]:
        """The typed graphemes; not to be changed."""
        return self._typed

    @property
    def cursor(self) -> int:
        """The index in the target of the grapheme that is expected next."""
        return self._cursors[-1]

    def push(self, cluster: str) -> None:
        """Add one typed grapheme: one column."""
        equal = self._masks.get(self._symbol(cluster), 0)
        plus, minus = _column(equal, self._plus[-1], self._minus[-1], (1 << len(self.target)) - 1)
        self._plus.append(plus)
        self._minus.append(minus)
        self._typed.append(cluster)
        self.size += len(cluster)
        cursor, best = self._next_cursor()
        self._cursors.append(cursor)
        self._best.append(best)
        self._links.append(None)

    def pop(self) -> str:
        """Take back the last typed grapheme and return it. Raises IndexError when there is none."""
        cluster = self._typed.pop()
        self.size -= len(cluster)
        self._plus.pop()
        self._minus.pop()
        self._cursors.pop()
        self._best.pop()
        self._links.pop()
        return cluster

    def extend(self, clusters: Sequence[str]) -> None:
        """Add several typed graphemes."""
        for cluster in clusters:
            self.push(cluster)

    def splice(self, pos: int, deleted: int, inserted: str) -> str:
        """Apply a splice of code points, as logs have them, wherever it is; return what it deleted."""
        back: list[str] = []
        while self._typed and self.size > pos:
            back.append(self.pop())
        rest = "".join(reversed(back))
        at = pos - self.size
        gone = rest[at : at + deleted]
        rest = rest[:at] + inserted + rest[at + deleted :]
        if rest and self._typed and not (rest[0].isascii() and self._typed[-1].isascii()):
            rest = self.pop() + rest  # they may make one grapheme
        self.extend(graphemes(rest))
        return gone

    def matches(self, cluster: str, j: int) -> bool:
        """Whether a typed grapheme is the one the target has at `j`."""
        return 0 <= j < len(self.target) and self._symbol(cluster) == self._symbol(self.target[j])

    def distance(self, i: int, j: int) -> int:
        """Return the edit distance between the first `i` typed graphemes and the first `j` of the target."""
        below = (1 << j) - 1
        return i + (self._plus[i] & below).bit_count() - (self._minus[i] & below).bit_count()

    def _next_cursor(self) -> tuple[int, int]:
        """Choose where the cursor stands after the last push; return it and the column's least distance.

        It goes on position for position, unless another place fits better. A swap holds it, and the right grapheme
        after one does: before a double letter ("lals" for "alls") a swap looks like an extra grapheme for two keys.
        """
        i = len(self._typed)
        ahead = min(self._cursors[-1] + 1, len(self.target))
        here = self.distance(i, ahead)
        if here == self._best[-1]:  # as good as before the key: nothing can be better
            return ahead, here
        low = max(0, ahead - _REACH)
        high = min(len(self.target), ahead + _REACH)
        plus, minus = self._plus[i] >> low, self._minus[i] >> low
        value = best = self.distance(i, low)
        best_at = low
        for j in range(low + 1, high + 1):
            value += (plus & 1) - (minus & 1)
            plus >>= 1
            minus >>= 1
            if value < best or (value == best and (abs(j - ahead), -j) < (abs(best_at - ahead), -best_at)):
                best, best_at = value, j
        if here <= best + 1 and (
            self._is_swap(i, ahead) or (self._is_swap(i - 1, ahead - 1) and self.matches(self._typed[-1], ahead - 1))
        ):
            return ahead, best
        return best_at, best

    def _is_swap(self, i: int, j: int) -> bool:
        if i < 2 or j < 2:
            return False
        first, second = self._typed[i - 2], self._typed[i - 1]
        return (
            self._symbol(first) != self._symbol(second)
            and self.matches(first, j - 1)
            and self.matches(second, j - 2)
            and self.distance(i, j) == self.distance(i - 2, j - 2) + 2
        )

    def best_prefix(self) -> int:
        """Return the length of P′: the target's prefix nearest to all that was typed.

        Ties go to the length nearest to that of what was typed, then to the longer one (contracts/metrics.md).
        """
        return _best_prefix(len(self._typed), self._plus[-1], self._minus[-1], len(self.target))[0]

    def trace(self, j: int | None = None) -> list[Step]:
        """Return the steps that lead from nothing to the last column at target length `j` (default: the cursor).

        The steps' cost (a swap counts 2) is `distance(len(self), j)`. Ties prefer position for position, then a swap.
        """
        i = len(self._typed)
        j = self.cursor if j is None else j
        steps: list[Step] = []
        value = self.distance(i, j)
        while i or j:
            step, value = self._step_back(i, j, value)
            steps.append(step)
            i, j = step.i, step.j
        steps.reverse()
        return steps

    def steps_back(self) -> Iterator[Step]:
        """Yield the steps from the cursor back to the start, for the screen.

        The way back from each column is remembered up to the first earlier cursor that it meets, so a key adds a few
        steps, and the ones before it stay as they were.
        """
        i = len(self._typed)
        while i:
            link = self._linked(i)
            yield from link.steps
            i = link.before
        # Only column 0 is left: its cursor is 0, so nothing is missing before it.

    def faults_back(self) -> Iterator[Step]:
        """Yield those of `steps_back` that are not right. What was typed right costs nothing, however long it is."""
        i = len(self._typed)
        while i:
            link = self._linked(i)
            yield from link.faults
            i = link.faulty

    def _linked(self, i: int) -> _Link:
        """Return the link of a column; the ones that it leads to are made first, for it must know their faults."""
        todo: list[tuple[int, list[Step], int]] = []
        at = i
        while (link := self._links[at]) is None:
            steps, before = self._way_back(at)
            todo.append((at, steps, before))
            at = before
        for at, steps, before in reversed(todo):
            faults = tuple(step for step in steps if step.op is not Op.RIGHT)
            link = self._links[at] = _Link(tuple(steps), before, faults, before if link.faults else link.faulty)
        return link

    def _way_back(self, i: int) -> tuple[list[Step], int]:
        j = self._cursors[i]
        value = self.distance(i, j)
        steps: list[Step] = []
        while i or j:
            step, value = self._step_back(i, j, value)
            steps.append(step)
            i, j = step.i, step.j
            if j == self._cursors[i]:
                break
        return steps, i

    def _step_back(self, i: int, j: int, value: int) -> tuple[Step, int]:
        """Return the step that ends at (i, j), where the distance is `value`, and the distance before it."""
        if i and j:
            typed, expected = self._typed[i - 1], self.target[j - 1]
            diagonal = self.distance(i - 1, j - 1)
            if self.matches(typed, j - 1) and diagonal == value:
                return Step(Op.RIGHT, i - 1, j - 1, typed, expected), diagonal
            if self._is_swap(i, j):
                pair = "".join(self._typed[i - 2 : i])
                return Step(Op.SWAPPED, i - 2, j - 2, pair, "".join(self.target[j - 2 : j])), value - 2
            if diagonal == value - 1:
                return Step(Op.WRONG, i - 1, j - 1, typed, expected), diagonal
        if i and (j == 0 or self.distance(i - 1, j) == value - 1):
            return Step(Op.EXTRA, i - 1, j, self._typed[i - 1], ""), value - 1
        return Step(Op.MISSING, i, j - 1, "", self.target[j - 1]), value - 1


def compare(
    target: Sequence[str], typed: Sequence[str], *, typography: bool = False, whole: bool = False
) -> tuple[int, int]:
    """Return |P′| and MSD(P′, T), where P′ is the whole target or its prefix nearest to what was typed.

    It gives what an Alignment gives, but keeps one column only: the log to be scored may be anyone's, and of any size.
    """
    symbols = [list(clusters if typography else map(ascii_twin, clusters)) for clusters in (target, typed)]
    masks = _masks(symbols[0])
    ones = plus = (1 << len(target)) - 1
    minus = 0
    for symbol in symbols[1]:
        plus, minus = _column(masks.get(symbol, 0), plus, minus, ones)
    if whole:
        return len(target), len(typed) + plus.bit_count() - minus.bit_count()
    return _best_prefix(len(typed), plus, minus, len(target))


def edit_distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the Levenshtein distance of two sequences of graphemes, compared exactly."""
    return compare(second, first, typography=True, whole=True)[1]


def _masks(symbols: Sequence[str]) -> dict[str, int]:
    """Return for each symbol the bits of the places where it stands."""
    places: dict[str, bytearray] = {}
    for index, symbol in enumerate(symbols):
        bits = places.get(symbol)
        if bits is None:
            bits = places[symbol] = bytearray()
        bits.extend(bytes(index // 8 + 1 - len(bits)))
        bits[index // 8] |= 1 << index % 8
    return {symbol: int.from_bytes(bits, "little") for symbol, bits in places.items()}


def _column(equal: int, plus: int, minus: int, ones: int) -> tuple[int, int]:
    """Take Myers' column step for global distance: the boundary D(i, 0) = i enters as a +1 from above."""
    diagonal = (((equal & plus) + plus) ^ plus) | equal | minus
    across_plus = (minus | ~(diagonal | plus)) & ones
    across_minus = plus & diagonal
    shifted_plus = (across_plus << 1) | 1
    shifted_minus = across_minus << 1
    return (shifted_minus | ~(diagonal | shifted_plus)) & ones, shifted_plus & diagonal & ones


def _best_prefix(i: int, plus: int, minus: int, size: int) -> tuple[int, int]:
    """Return the target length with the least distance in column `i`, and that distance."""
    value = best = i
    best_at = 0
    for j, (up, down) in enumerate(zip(_bits(plus, size), _bits(minus, size), strict=True), 1):
        value += up - down
        if value < best or (value == best and (abs(j - i), -j) < (abs(best_at - i), -best_at)):
            best, best_at = value, j
    return best_at, best


def _bits(number: int, count: int) -> Iterator[int]:
    """Yield the lowest `count` bits, lowest first, in time linear in `count`."""
    for byte in number.to_bytes((count + 7) // 8, "little"):
        bits = byte
        for _ in range(min(8, count)):
            yield bits & 1
            bits >>= 1
        count -= 8
