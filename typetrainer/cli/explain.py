"""`explain`: what a number means, how it is made, and how far to trust it."""

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_table, print_wrapped
from typetrainer.core.definitions import BY_NAME, DEFINITIONS, Definition
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem


@click.command("explain", epilog=example("typetrainer explain net_wpm"))
@click.argument("name", required=False)
@json_option
@click.pass_obj
def command(env: Environment, name: str | None, as_json: bool) -> None:
    """Say what a number means and how far to trust it; without a name, list all numbers."""
    chosen = DEFINITIONS if name is None else (_definition(name),)
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


def _definition(name: str) -> Definition:
    folded = name.strip().lower().replace("-", "_").replace(" ", "_")
    for definition in DEFINITIONS:
        if name in (definition.name, definition.title) or folded == definition.name.lower():
            return definition
    from difflib import get_close_matches

    near = get_close_matches(folded, BY_NAME, 3)
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
