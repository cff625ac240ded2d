"""Drawing items by seed, and joining them to a text that a timed drill cannot run out of."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple, TypeVar

from typetrainer.content.model import CopyItem
from typetrainer.core.text import count_graphemes
from typetrainer.errors import UsageProblem

GRAPHEMES_PER_SECOND = 20  # 240 WPM: faster than anyone types
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


def draw(items: Sequence[T], seed: int | None, count: int) -> list[T]:
    """Draw `count` different items; only those are read. Raises UsageProblem when there are fewer."""
    if count > len(items):
        what = f"There are only {len(items)}" if items else "There are no"
        raise UsageProblem(f"{what} items to choose from, not {count}; ask for fewer or name another pack.")
    return [items[index] for index in islice(shuffled(len(items), seed), count)]


def joined(items: Sequence[CopyItem], seed: int | None, graphemes_wanted: int) -> Joined:
    """Join items, drawn by seed, until the text has at least `graphemes_wanted` graphemes.

    No item repeats before all were used. Raises UsageProblem when there are no items.
    """
    if not items:
        raise UsageProblem("There are no items to choose from; name another pack.")
    parts: list[str] = []
    spans: list[tuple[CopyItem, int]] = []
    at = have = 0
    for index in shuffled(len(items), seed):
        item = items[index]
        spans.append((item, at))
        parts.append(item.text)
        at += len(item.text) + 1
        have += count_graphemes(item.text)
        if have >= graphemes_wanted:
            break
        have += 1
    return Joined(" ".join(parts), tuple(spans))
