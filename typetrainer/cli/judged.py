"""What `check --item` and `drills try` say of a judged text, in lines; and an employer's own weights."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from typetrainer.cli.output import print_line, print_wrapped
from typetrainer.env import Environment
from typetrainer.writing.rubric.aside import is_aside
from typetrainer.writing.rubric.judging import Answer
from typetrainer.writing.rubric.tone import CREDITED

if TYPE_CHECKING:
    from typetrainer.writing.rubric.aside import Aside
    from typetrainer.writing.rubric.assessment import Assessment, Evidence, Part

_MARKS = {True: "✓", False: "✗", None: "?"}


def read_weights(path: Path) -> Mapping[str, int]:
    """Read a rubric: a TOML file with a table [weights], criteria and their points. Raises InvalidFile and others."""
    from typetrainer.content import schema
    from typetrainer.content.tomlfile import read_table

    table = read_table(path, schema.Table({"weights": schema.WEIGHTS}))
    weights: Mapping[str, int] = table["weights"]
    return weights


def print_assessment(env: Environment, judged: "Assessment", aside: "Aside", without: float | None) -> None:
    """Print the score with its parts, the facts, the points that were lost or won, and what caps the score.

    What `aside` says was found wrong before is marked; `without` is the score without it, where it is another.
    """
    if judged.score is not None:
        partial = " (partial: something could not be checked)" if judged.partial else ""
        left = "" if without is None else f", {without:g} without what you set aside"
        print_line(env, f"  score {judged.score:g} of 100{partial}{left}")
    if judged.reason:
        print_wrapped(env, judged.reason, indent="  ")
    for each in judged.critical:
        left = _left(aside(f"critical.{each.id}", each.text, False))
        print_wrapped(env, f'at most {each.cap:g}: {each.message} ("{each.text}"){left}', indent="  ! ")
    facts = {e.rule: e for part in judged.parts.values() for e in part.evidence if e.rule.startswith("fact.")}
    for fact in judged.facts:
        why = f" ({fact.why})" if fact.conveyed is False and fact.why != "not found" else ""
        evidence = facts.get(f"fact.{fact.id}")
        left = _left(evidence is not None and aside(evidence.rule, evidence.text, fact.conveyed is True))
        print_wrapped(env, f"{_MARKS[fact.conveyed]} {fact.id}: {fact.says}{why}{left}", indent="  ")
    for name, part in judged.parts.items():
        _print_part(env, name, part, aside, with_points=judged.item is not None)
    if judged.item is None:
        for line in judged.tone:
            left = _left(aside(line.check, line.text, line.check.removeprefix("tone-") in CREDITED))
            print_wrapped(env, f'{line.check.removeprefix("tone-")}: "{line.text}"{left}', indent="  tone ")


def _left(aside: bool) -> str:
    return " (set aside)" if aside else ""


def _print_part(env: Environment, name: str, part: "Part", aside: "Aside", *, with_points: bool) -> None:
    if with_points:
        print_line(env, f"  {name} {part.points:.1f} of {part.of:.1f}")
    for evidence in part.evidence:
        if evidence.rule.startswith("fact.") or not _worth_saying(evidence):
            continue
        words = f' "{evidence.text}"' if evidence.text else ""
        sign = "✓" if evidence.points >= evidence.of and evidence.of else "·" if not with_points else "✗"
        left = _left(is_aside(evidence, Answer(""), aside))
        print_wrapped(env, f"{sign} {evidence.rule}: {evidence.message}{words}{left}", indent="    ")


def _worth_saying(evidence: "Evidence") -> bool:
    return not evidence.rule.startswith("language.")
