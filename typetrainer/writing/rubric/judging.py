"""A text while it is judged: what is known of it, and the evidence so far."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from typetrainer.content.model import Company
from typetrainer.content.written import Forbidden, Sought, WrittenItem
from typetrainer.writing.facts.match import Claim, Index, Match, find
from typetrainer.writing.facts.pattern import PatternError, parse_way
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assessment import (
    CriticalResult,
    Evidence,
    ToneResult,
)
from typetrainer.writing.rubric.checks import BY_ID

CONVERSATIONS = ("reply", "fix", "search")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is judged. `seconds` to read and compose (None: not known); the choices of triage and search."""

    text: str
    seconds: float | None = None
    action: str | None = None
    tier: str | None = None
    article: str | None = None


@dataclass(slots=True)
class Judging:
    """One text being judged."""

    answer: Answer
    check: CheckResult
    item: WrittenItem | None
    company: Company | None
    month_first: bool
    parts: dict[str, list[Evidence]] = field(default_factory=dict)
    critical: list[CriticalResult] = field(default_factory=list)
    tone: list[ToneResult] = field(default_factory=list)
    missing: bool = False

    @property
    def text(self) -> str:
        return self.answer.text

    # --- finding ---

    def sought(self, what: Sought, index: Index) -> Match | None:
        """Look for a fact, step or claim; None where it has no pattern."""
        if not what.match:
            self.missing = True
            return None
        return find(index, claim_of(what, self.company, month_first=self.month_first))

    def add(
        self,
        check_id: str,
        share: float,
        *,
        met: bool,
        of: float | None = None,
        rule: str = "",
        message: str = "",
        spans: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Add the evidence of a check: `share` of its points (0 to 1), `of` other points than the table's."""
        check = BY_ID[check_id]
        whole = check.points if of is None else of
        offset, length = spans[0] if spans else (None, None)
        words = self.text[offset : offset + length] if offset is not None and length is not None else ""
        said = message or (check.good if met else check.poor)
        points, of_points = (whole * share, whole) if whole > 0 else (whole * (1 - share), 0.0)
        self.parts.setdefault(check.criterion, []).append(
            Evidence(rule or check_id, points, of_points, said, offset, length, words)
        )


@lru_cache(maxsize=4096)
def _claim(
    ways: tuple[str, ...], form: str, allow: tuple[str, ...], within: int, own: tuple[tuple[str, tuple[str, ...]], ...],
    month_first: bool,
) -> Claim:  # fmt: skip
    made = tuple(parse_way(way, own, month_first=month_first) for way in ways)
    return Claim(made, form, frozenset(allow), within)


def read_ahead(item: WrittenItem, company: Company | None, *, month_first: bool) -> Iterator[None]:
    """Read an item's patterns, one thing that is looked for at a step, so that judging it need not. Never raises."""
    for what in (*item.facts, *item.steps, *item.must_not, *item.flaws):
        if what.match:
            with suppress(PatternError):  # told when it is judged
                claim_of(what, company, month_first=month_first)
            yield


def claim_of(what: Sought, company: Company | None, *, month_first: bool) -> Claim:
    """Return what is looked for, its patterns parsed. Raises PatternError."""
    own = company.senses if company is not None else ()
    allow = what.allow
    if isinstance(what, Forbidden) and what.kind == "data":  # somebody else's data is told of somebody else
        allow = (*allow, "case")
    return _claim(what.match, what.form, allow, what.within, own, month_first)
