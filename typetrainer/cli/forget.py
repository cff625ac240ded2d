"""`forget`: delete an attempt, or all."""

import click

from typetrainer.cli.lazy import example
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem


@click.command(
    "forget", epilog=example("typetrainer forget 20261123-120000-123456-1f3a9c2e", "typetrainer forget --all")
)
@click.argument("attempt_id", metavar="ID", required=False)
@click.option("--all", "everything", is_flag=True, help="Delete all attempts, the history, and imported results.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(env: Environment, attempt_id: str | None, everything: bool, yes: bool) -> int:
    """Delete an attempt with its log, or all of them. It cannot be taken back."""
    if (attempt_id is None) == (not everything):
        raise UsageProblem("Give the id of an attempt, or --all; `typetrainer history` lists them.")
    store = env.open_store()
    if attempt_id is not None and not (attempt_id in store.attempts.ids() or store.history.contains(attempt_id)):
        raise UsageProblem(f"There is no attempt {attempt_id[:100]}; `typetrainer history` lists them.")
    what = f"the attempt {attempt_id}" if attempt_id is not None else f"all attempts of the profile {store.profile}"
    if not yes and not _agreed(env, what):
        env.say("Nothing was deleted.")
        return 0
    done = store.forget(attempt_id) if attempt_id is not None else store.forget_all()
    env.say(done.sentence())
    return 0


def _agreed(env: Environment, what: str) -> bool:
    """Ask on standard error, and read the answer from the keyboard. Raises UsageProblem where nobody can be asked."""
    if not env.stdin.isatty():
        raise UsageProblem(f"Deleting {what} is asked first, and there is no terminal to ask: give --yes.")
    env.stderr.write(f"Delete {what}? It cannot be taken back. [y/N] ")
    env.stderr.flush()
    return env.stdin.readline().strip().lower() in ("y", "yes")
