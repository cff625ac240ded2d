"""What a score would be without the judgements that the writer finds wrong. The score itself is never changed."""

from collections.abc import Callable
from dataclasses import replace

from typetrainer.content.model import Company
from typetrainer.content.written import WrittenItem
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.assessment import Assessment, Evidence, Part
from typetrainer.writing.rubric.judging import Answer

Aside = Callable[[str, str, bool], bool]  # by rule, words and whether it is praise: whether a judgement is set aside


def score_without(
    aside: Aside, answer: Answer, check: CheckResult, item: WrittenItem, company: Company, *, language: str
) -> float | None:
    """Return the score of an answer when nothing is lost by what is set aside; None when nothing is left to be checked.

    LanguageTool's findings are left out before judging, so that the rest costs what it would have cost.
    """
    if check.findings is not None:
        kept = tuple(found for found in check.findings if not aside(found.rule, found.text, False))
        check = replace(check, findings=kept)
    return _left(assess(answer, check, item, company, language=language), answer, aside)


def _left(judged: Assessment, answer: Answer, aside: Aside) -> float | None:
    if judged.score == 0 and not judged.parts:
        return 0.0  # an empty text counts for nothing, whatever one thinks of it
    parts = [_part(part, answer, aside) for part in judged.parts.values()]
    of = sum(part.of for part in parts)
    if not of:
        return None
    score = 100 * sum(part.points for part in parts) / of
    caps = [each.cap for each in judged.critical if not aside(f"critical.{each.id}", each.text, False)]
    return round(min([score, *caps]), 1)


def _part(part: Part, answer: Answer, aside: Aside) -> Part:
    """Return a criterion where nothing is lost by what is set aside, and where praise that is leaves the sum."""
    claims = [each for each in part.evidence if each.rule.startswith("claim.")]
    made = any(not aside(each.rule, each.text, False) for each in claims)
    kept: list[Evidence] = []
    for each in part.evidence:
        unclaimed = each.rule == "claim" and bool(claims) and not made  # its points are lost by whichever was made
        if not unclaimed and not is_aside(each, answer, aside):
            kept.append(each)
        elif not _is_good(each):
            kept.append(replace(each, points=max(each.of, 0.0)))
    return Part(max(0.0, sum(e.points for e in kept)), sum(e.of for e in kept), tuple(kept))


def _is_good(each: Evidence) -> bool:
    return each.points >= max(each.of, 0.0) and not each.rule.startswith("claim.")


def is_aside(each: Evidence, answer: Answer, aside: Aside) -> bool:
    """Whether the evidence of a check is set aside."""
    return aside(each.rule, each.text or _choice(each.rule, answer), _is_good(each))


def set_aside(judged: Assessment, check: CheckResult, answer: Answer, aside: Aside) -> list[tuple[str, int | None]]:
    """Return what is set aside of a judged text, as (rule, offset)."""
    found = [(f.rule, f.offset) for f in check.findings or () if aside(f.rule, f.text, False)]
    critical = [(f"critical.{c.id}", c.offset) for c in judged.critical if aside(f"critical.{c.id}", c.text, False)]
    evidence = [e for part in judged.parts.values() for e in part.evidence if not e.rule.startswith("language.")]
    return [*critical, *found, *((e.rule, e.offset) for e in evidence if is_aside(e, answer, aside))]


def _choice(rule: str, answer: Answer) -> str:
    """Return what a judgement of a choice is about."""
    choices = {"action": answer.action, "tier": answer.tier, "source": answer.article}
    return (choices[rule] or "nothing") if rule in choices else ""
