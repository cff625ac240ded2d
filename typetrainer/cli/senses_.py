"""`drills senses`: the ready-made lists of words that patterns name with @."""

import click

from typetrainer.cli.lazy import example
from typetrainer.cli.output import print_line, print_wrapped
from typetrainer.content.schema import nearest, shown
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem


@click.command("senses", epilog=example("typetrainer drills senses free", "typetrainer drills senses --pack mypack"))
@click.argument("name", required=False)
@click.option("--pack", metavar="PACK", help="Those of its company as well, which stand before the others.")
@click.pass_obj
def command(env: Environment, name: str | None, pack: str | None) -> None:
    """Say which words and phrases @NAME stands for in a pattern; without a name, all of them."""
    from typetrainer.writing.facts.pattern import senses

    known = dict(senses())
    if pack is not None:
        known |= env.library.company(pack).senses
    if name is None:
        for each in sorted(known):
            print_wrapped(env, " | ".join(known[each]), label=f"@{each}: ", indent="    ")
        return
    bare = name.strip().removeprefix("@")
    if bare not in known:
        near = nearest(bare, list(known))
        hint = f"did you mean @{near}?" if near else "`typetrainer drills senses` lists all."
        raise UsageProblem(f"There is no sense {shown(f'@{bare}'[:60])}; {hint}")
    for phrase in known[bare]:
        print_line(env, phrase)
