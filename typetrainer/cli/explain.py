"""`explain`: what a number means, how it is made, and how far to trust it."""

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_table, print_wrapped
from typetrainer.core.definitions import DEFINITIONS, Definition
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem


@click.command("explain", epilog=example("typetrainer explain net_wpm"))
@click.argument("name", required=False)
@json_option
@click.pass_obj
def command(env: Environment, name: str | None, as_json: bool) -> None:
    """Say what a number, or a point of the rubric, means and how far to trust it; without a name, list all."""
    chosen = _all() if name is None else (_definition(name),)
    if as_json:
        for definition in chosen:
            print_json(env, record(definition))
    elif name is None:
        print_table(env, [(each.name, each.unit, each.title) for each in chosen])
    else:
        _print(env, chosen[0])


def record(definition: Definition) -> dict[str, object]:
    """Return a definition as JSON has it."""
    return {
        "name": definition.name,
        "title": definition.title,
        "kinds": list(definition.kinds),
        "unit": definition.unit,
        "definition": definition.meaning,
        "formula": definition.formula,
        "source": definition.source,
        "trust": definition.trust,
    }


def _all() -> tuple[Definition, ...]:
    """Return the numbers, and the checks of the rubric as numbers: points of a written answer."""
    from typetrainer.writing.rubric.checks import CHECKS, CRITICAL

    trust = "The same text always gets the same points; every point names its words or its reason. A machine may err."
    checks = (
        Definition(check.id, f"{check.criterion}: {check.good}", ("reply",), "points of 100", check.why,
                   f"{check.points:g}{' shared equally' if check.shared else ''}", "typetrainer", trust)
        for check in CHECKS
    )  # fmt: skip
    caps = (
        Definition(row.id, "caps the score", ("reply",), "points of 100", f"A reply that {row.said}.",
                   f"at most {row.cap:g}", "typetrainer", trust)
        for row in CRITICAL.values()
    )  # fmt: skip
    return (*DEFINITIONS, *checks, *caps)


def _definition(name: str) -> Definition:
    folded = name.strip().lower().replace("-", "_").replace(" ", "_")
    known = _all()
    for definition in known:
        if name in (definition.name, definition.title) or folded == definition.name.lower().replace("-", "_"):
            return definition
    from difflib import get_close_matches

    near = get_close_matches(name.strip().lower(), [each.name for each in known], 3)
    hint = f"did you mean {' or '.join(near)}?" if near else "`typetrainer explain` lists all."
    raise UsageProblem(f"There is no number {name[:60]!r}; {hint}")


def _print(env: Environment, definition: Definition) -> None:
    print_line(env, f"{definition.name} · {definition.title} · {definition.unit}")
    print_wrapped(env, definition.meaning)
    print_line(env)
    for label, text in (("formula", definition.formula), ("source", definition.source), ("trust", definition.trust)):
        print_wrapped(env, text, label=f"{label + ':':9}")
    if any(letter in definition.formula for letter in ("N", "B", "D", "S", "T", "INF", "P′")):
        print_line(env)
        print_wrapped(
            env,
            "N typed, B blocked, D deletions, T the final text, P′ the target as far as it was reached, S seconds, "
            "f 1 if the first key inserted, INF errors left, IF errors fixed, C right.",
        )
