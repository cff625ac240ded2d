"""Two attempts at the same item, one beside the other: what is compared, for the screen and for plain lines."""

from collections.abc import Iterator
from typing import NamedTuple

from typetrainer.ui.views.reply_results import ReplyOutcome, findings_of
from typetrainer.writing.rubric.checks import CRITERIA


class Line(NamedTuple):
    """One number then and now; None where there was none. `of` is the most, where there is one."""

    name: str
    then: float | None
    now: float | None
    of_then: float | None = None
    of_now: float | None = None
    less_is_better: bool = False

    @property
    def change(self) -> float | None:
        """Now minus then, where both are known and of the same."""
        if self.then is None or self.now is None or self.of_then != self.of_now:
            return None
        return round(self.now, 1) - round(self.then, 1)

    @property
    def shares(self) -> tuple[float, float] | None:
        """Then and now as per cent, where both are known and of different sums."""
        if self.then is None or self.now is None or not self.of_then or not self.of_now or self.of_then == self.of_now:
            return None
        return 100 * self.then / self.of_then, 100 * self.now / self.of_now


class FactLine(NamedTuple):
    """A fact, and whether it was found then and now; None where it could not be looked for."""

    says: str
    then: bool | None
    now: bool | None


def lines_of(then: ReplyOutcome, now: ReplyOutcome) -> Iterator[Line]:
    """Yield the score, every criterion that either attempt has, the errors, words and times."""
    if then.assessment is not None and now.assessment is not None:
        yield Line("score", then.assessment.score, now.assessment.score, 100, 100)
        for name in CRITERIA:
            before, after = then.assessment.parts.get(name), now.assessment.parts.get(name)
            if before is not None or after is not None:
                yield Line(
                    name,
                    before.points if before else None, after.points if after else None,
                    before.of if before else None, after.of if after else None,
                )  # fmt: skip
    yield Line("errors", _errors(then), _errors(now), less_is_better=True)
    yield Line("words", _number(then, "words"), _number(now, "words"))
    yield Line("seconds", _seconds(then), _seconds(now), less_is_better=True)


def facts_of(then: ReplyOutcome, now: ReplyOutcome) -> list[FactLine]:
    """Return the facts of the item, found then and now."""
    if then.assessment is None or now.assessment is None:
        return []
    before = {fact.id: fact.conveyed for fact in then.assessment.facts}
    return [FactLine(fact.says, before.get(fact.id), fact.conveyed) for fact in now.assessment.facts]


def _errors(outcome: ReplyOutcome) -> float | None:
    if outcome.check is None or outcome.check.findings is None:
        return None
    return sum(found.severity == "error" for found in findings_of(outcome))


def _number(outcome: ReplyOutcome, name: str) -> float | None:
    value = outcome.metrics.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _seconds(outcome: ReplyOutcome) -> float | None:
    read, wrote = _number(outcome, "reading_s"), _number(outcome, "composing_s")
    return None if read is None or wrote is None else read + wrote
