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
    """Return the score of an answer when what is set aside leaves the sum; None when nothing is left to be checked.

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
    claims = [each for each in part.evidence if each.rule.startswith("claim.")]
    made = any(not aside(each.rule, each.text, False) for each in claims)
    kept: list[Evidence] = []
    for each in part.evidence:
        if each.rule == "claim" and claims:  # its points are lost by whichever claim was made
            kept.append(each if made else replace(each, points=each.of))
        elif not aside(each.rule, each.text or _choice(each.rule, answer), each.points >= max(each.of, 0.0)):
            kept.append(each)
    return Part(max(0.0, sum(e.points for e in kept)), sum(e.of for e in kept), tuple(kept))


def _choice(rule: str, answer: Answer) -> str:
    """Return what a judgement of a choice is about."""
    choices = {"action": answer.action, "tier": answer.tier, "source": answer.article}
    return (choices[rule] or "nothing") if rule in choices else ""
