"""Drawing items by seed, and joining them to a text that a timed drill cannot run out of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple, TypeVar

from typetrainer.content.model import CopyItem
from typetrainer.core.text import count_graphemes
from typetrainer.errors import UsageProblem

GRAPHEMES_PER_SECOND = 20  # 240 WPM: faster than anyone types
TOLERANCE = 2500  # milliseconds of the model, about twelve keys: room for the order to differ from seed to seed
T = TypeVar("T")


class Joined(NamedTuple):
    """Items joined by single blanks. `spans` are (item, first code point in `text`)."""

    text: str
    spans: tuple[tuple[CopyItem, int], ...]


def shuffled(size: int, seed: int | None) -> Iterator[int]:
    """Yield 0…size−1 again and again: each once before any comes again, and none twice in a row.

    The same seed gives the same order everywhere; without one it is the plain order.
    """
    order = list(range(size))
    random = None if seed is None else Random(seed)  # noqa: S311 - fairness is not secrecy
    last = -1
    while order:
        if random is not None:
            random.shuffle(order)
            if order[0] == last and size > 1:
                order.append(order.pop(0))
        yield from order
        last = order[-1]


def last_put(order: Iterable[int], last: Sequence[int]) -> list[int]:
    """Return an order with `last` moved to its end, as they stand there."""
    late = set(last)
    return [*(index for index in order if index not in late), *last]


def draw(items: Sequence[T], seed: int | None, count: int, last: Sequence[int] = ()) -> list[T]:
    """Draw `count` different items, those at `last` after all others; only those drawn are read.

    Raises UsageProblem when there are fewer.
    """
    if count > len(items):
        what = f"There are only {len(items)}" if items else "There are no"
        raise UsageProblem(f"{what} items to choose from, not {count}; ask for fewer or name another pack.")
    order = last_put(islice(shuffled(len(items), seed), len(items)), last)
    return [items[index] for index in order[:count]]


def balanced(items: Sequence[CopyItem], seed: int, last: Sequence[int] = ()) -> Iterator[int]:
    """Yield indices as `shuffled` does, so that what came so far is as difficult as all (contracts/difficulty.md).

    Next comes the first in the seed's order that keeps the sum within TOLERANCE, else the one that comes nearest. In
    the first round those at `last` come after all others, in their order.
    """
    from typetrainer.content.difficulty import KEY, typing_cost

    if not items:
        return
    costs = [typing_cost(item.text) + KEY for item in items]  # with the blank before it
    sizes = [len(item.text) + 1 for item in items]
    cost, size = sum(costs), sum(sizes)
    # In whole numbers, milliseconds times `size`, so that the order is the same on every machine.
    excess = [costs[at] * size - cost * sizes[at] for at in range(len(items))]
    total, before = 0, -1

    def far(index: int) -> int:
        away = abs(total + excess[index])
        return away if away > TOLERANCE * size else 0

    order = shuffled(len(items), seed)
    late = list(last)
    while True:
        left = [index for index in islice(order, len(items)) if index not in late]
        while left:
            # min gives the first of equal ones, and so the first that is near enough
            before = min([index for index in left if index != before] or left, key=far)
            left.remove(before)
            total += excess[before]
            yield before
        for before in late:
            total += excess[before]
            yield before
        late = []


def joined(items: Sequence[CopyItem], seed: int | None, graphemes_wanted: int, last: Sequence[int] = ()) -> Joined:
    """Join items until the text has at least `graphemes_wanted` graphemes: in their order, or drawn by seed.

    No item repeats before all were used; those at `last` come after all others. Raises UsageProblem when there are no
    items.
    """
    if not items:
        raise UsageProblem("There are no items to choose from; name another pack.")
    parts: list[str] = []
    spans: list[tuple[CopyItem, int]] = []
    at = have = 0
    for index in shuffled(len(items), None) if seed is None else balanced(items, seed, last):
        item = items[index]
        spans.append((item, at))
        parts.append(item.text)
        at += len(item.text) + 1
        have += count_graphemes(item.text)
        if have >= graphemes_wanted:
            break
        have += 1
    return Joined(" ".join(parts), tuple(spans))
