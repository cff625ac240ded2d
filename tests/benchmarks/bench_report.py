"""What benchmarks print: a figure, its reference from the same run, what they come to, and the target."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Literal

How = Literal["ratio", "more", "alone"]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    quick: bool = False
    network: bool = False

    def runs(self, full: int, quick: int = 1) -> int:
        return quick if self.quick else full


@dataclass(frozen=True, slots=True)
class Row:
    """One line. The target limits the ratio to the reference, what is more than it, or the figure alone."""

    name: str
    ours: float | None  # None: could not be measured, `note` says why
    unit: str
    reference: float | None = None
    beside: str = ""
    how: How = "ratio"
    target: float | None = None
    note: str = ""

    @property
    def compared(self) -> float | None:
        if self.ours is None or (self.reference is None and self.how != "alone"):
            return None
        if self.how == "alone" or self.reference is None:
            return self.ours
        if self.how == "more":
            return self.ours - self.reference
        return self.ours / self.reference if self.reference else None

    @property
    def verdict(self) -> str:
        if self.target is None or self.compared is None:
            return "-"
        return "met" if self.compared <= self.target else "MISSED"


Bench = Callable[[Options], Iterable[Row]]


def quantile(values: Sequence[float], share: float) -> float:
    """Return the nearest rank; of an empty run NaN."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else float("nan")


def middle(runs: Sequence[Sequence[float]], share: float) -> float:
    """Return the median over runs of each run's quantile: one bad moment of the machine is one run."""
    return median(quantile(run, share) for run in runs)


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def told(row: Row) -> str:
    """Return a row of the table."""
    ours = f"{number(row.ours)} {row.unit}" if row.ours is not None else "none"
    reference = f"{number(row.reference)} {row.beside}".strip() if row.reference is not None else ""
    sign = {"ratio": "x", "more": f"+ {row.unit}", "alone": row.unit}[row.how]
    compared = ""
    if row.reference is not None and row.compared is not None and row.how != "alone":
        compared = f"{row.compared:.2f} x" if row.how == "ratio" else f"{row.compared:+.1f} {row.unit}"
    target = f"{row.target:g} {sign}" if row.target is not None else ""
    return (
        f"{row.name:<44} {ours:>12}  {reference:<30} {compared:>12}  {target:>10}  {row.verdict:<7} {row.note}".rstrip()
    )


def heading() -> str:
    line = f"{'':<44} {'ours':>12}  {'beside':<24} {'compared':>12}  {'target':>10}  verdict"
    return f"{machine()}\n{line}\n{'-' * len(line)}"


def machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"Python {platform.python_version()}, {sys.platform}, {os.cpu_count()} cores, load {load}"


def as_json(row: Row) -> str:
    return json.dumps({**asdict(row), "compared": row.compared, "verdict": row.verdict}, ensure_ascii=False)
