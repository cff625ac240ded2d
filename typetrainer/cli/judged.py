"""What `check --item` and `drills try` say of a judged text, in lines; and an employer's own weights."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from typetrainer.cli.output import print_line, print_wrapped
from typetrainer.env import Environment

if TYPE_CHECKING:
    from typetrainer.writing.rubric.assessment import Assessment, Evidence, Part

_MARKS = {True: "✓", False: "✗", None: "?"}


def read_weights(path: Path) -> Mapping[str, int]:
    """Read a rubric: a TOML file with a table [weights], criteria and their points. Raises InvalidFile and others."""
    from typetrainer.content import schema
    from typetrainer.content.tomlfile import read_table

    table = read_table(path, schema.Table({"weights": schema.WEIGHTS}))
    weights: Mapping[str, int] = table["weights"]
    return weights


def print_assessment(env: Environment, judged: "Assessment") -> None:
    """Print the score with its parts, the facts, the points that were lost or won, and what caps the score."""
    if judged.score is not None:
        partial = " (partial: something could not be checked)" if judged.partial else ""
        print_line(env, f"  score {judged.score:g} of 100{partial}")
    if judged.reason:
        print_wrapped(env, judged.reason, indent="  ")
    for each in judged.critical:
        print_wrapped(env, f'at most {each.cap:g}: {each.message} ("{each.text}")', indent="  ! ")
    for fact in judged.facts:
        why = f" ({fact.why})" if fact.conveyed is False and fact.why != "not found" else ""
        print_wrapped(env, f"{_MARKS[fact.conveyed]} {fact.id}: {fact.says}{why}", indent="  ")
    for name, part in judged.parts.items():
        _print_part(env, name, part, with_points=judged.item is not None)
    if judged.item is None:
        for line in judged.tone:
            print_wrapped(env, f'{line.check.removeprefix("tone-")}: "{line.text}"', indent="  tone ")


def _print_part(env: Environment, name: str, part: "Part", *, with_points: bool) -> None:
    if with_points:
        print_line(env, f"  {name} {part.points:.1f} of {part.of:.1f}")
    for evidence in part.evidence:
        if evidence.rule.startswith("fact.") or not _worth_saying(evidence):
            continue
        words = f' "{evidence.text}"' if evidence.text else ""
        sign = "✓" if evidence.points >= evidence.of and evidence.of else "·" if not with_points else "✗"
        print_wrapped(env, f"{sign} {evidence.rule}: {evidence.message}{words}", indent="    ")


def _worth_saying(evidence: "Evidence") -> bool:
    return not evidence.rule.startswith("language.")
