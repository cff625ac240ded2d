"""Judges a text against an item: pure, deterministic, every point with its evidence (contracts/scoring.md)."""

from typetrainer.content.model import Company
from typetrainer.content.written import WrittenItem
from typetrainer.writing.facts.match import Index
from typetrainer.writing.facts.reading import read
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric import content, manner
from typetrainer.writing.rubric.assessment import (
    Assessment,
    Evidence,
    Part,
)
from typetrainer.writing.rubric.checks import CRITERIA
from typetrainer.writing.rubric.judging import CONVERSATIONS, Answer, Judging


def assess(
    answer: Answer, check: CheckResult, item: WrittenItem | None = None, company: Company | None = None,
    *, language: str = "en-US",
) -> Assessment:  # fmt: skip
    """Judge a text. `check` is LanguageTool's and the readability's; without an item only clarity and tone are told.

    Raises PatternError when the item's own patterns are wrong.
    """
    judging = Judging(answer, check, item, company, month_first=language == "en-US")
    index = Index(read(answer.text, month_first=judging.month_first))
    if item is None:
        manner.clarity(judging, ())
        manner.tone(judging, index)
        return Assessment(None, None, False, _parts(judging), tuple(judging.critical), (), tuple(judging.tone))
    found = [judging.sought(fact, index) for fact in item.facts]
    facts = tuple(content.fact_result(fact.id, fact.says, match) for fact, match in zip(item.facts, found, strict=True))
    nothing = content.counts_for_nothing(answer.text, item)
    if nothing:
        return Assessment(item.full_id, 0.0, False, {}, (), tuple(content.unsaid(f) for f in facts), (), nothing)
    content.solution(judging, item, facts)
    content.process(judging, item, index, facts)
    manner.clarity(judging, facts)
    manner.language(judging)
    if item.kind in CONVERSATIONS:
        manner.tone(judging, index)
    manner.critical_words(judging, index)
    manner.responsiveness(judging)
    if item.kind in ("reply", "fix"):
        manner.closing(judging, index)
    parts = _parts(judging)
    score, reason = _score(judging, parts)
    return Assessment(
        item.full_id, score, judging.missing, parts, tuple(judging.critical), facts, tuple(judging.tone), reason
    )


# --- the sum ---


def _parts(judging: Judging) -> dict[str, Part]:
    weights = dict(judging.company.weights) if judging.company is not None else {}
    parts = {}
    for criterion in CRITERIA:
        evidence = judging.parts.get(criterion)
        if not evidence:
            continue
        of = sum(e.of for e in evidence)
        points = max(0.0, sum(e.points for e in evidence))
        factor = weights[criterion] / _WHOLE[criterion] if criterion in weights else 1.0
        scaled = tuple(
            Evidence(e.rule, e.points * factor, e.of * factor, e.message, e.offset, e.length, e.text) for e in evidence
        )
        parts[criterion] = Part(points * factor, of * factor, scaled)
    return parts


_WHOLE = {"solution": 30, "process": 15, "clarity": 10, "language": 15, "tone": 15, "responsiveness": 10, "closing": 5}


def _score(judging: Judging, parts: dict[str, Part]) -> tuple[float | None, str]:
    of = sum(part.of for part in parts.values())
    if not of:
        return None, "Nothing could be checked."
    score = 100 * sum(part.points for part in parts.values()) / of
    caps = sorted(judging.critical, key=lambda c: c.cap)
    if caps and score > caps[0].cap:
        return caps[0].cap, f"At most {caps[0].cap:g}: {caps[0].message}"
    return round(score, 1), ""
