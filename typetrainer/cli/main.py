"""The program's command: global options, and the table of commands, imported on use."""

import contextlib
import os
import sys
from collections.abc import Sequence

import click

from typetrainer import __version__
from typetrainer.cli.errors import guarded
from typetrainer.cli.lazy import LazyGroup
from typetrainer.env import Environment

_AT = "typetrainer.cli."
COMMANDS = {
    "drill": (f"{_AT}drill", "Practise: type a text, or answer a customer."),
    "check": (f"{_AT}check", "Check a text: language and readability."),
    "history": (f"{_AT}history", "List the attempts made so far."),
    "replay": (f"{_AT}replay", "Compute all numbers of a log or result file again."),
    "rescore": (f"{_AT}rescore", "Compute all numbers of the history again."),
    "drills": (f"{_AT}drills", "List and show what there is to practise."),
    "explain": (f"{_AT}explain", "Say what a number means and how far to trust it."),
    "settings": (f"{_AT}settings", "List, show and change settings."),
    "export": (f"{_AT}export", "Write the history as JSON Lines or CSV."),
    "import": (f"{_AT}import_", "Read an exported history, or another program's results."),
    "forget": (f"{_AT}forget", "Delete an attempt, or all."),
    "setup": (f"{_AT}setup", "Install LanguageTool, or remove it."),
    "doctor": (f"{_AT}doctor", "Look whether all is well, and say what to do."),
}
_WIDEST = 100  # longer lines are hard to read
COMPLETE_VARIABLE = "_TYPETRAINER_COMPLETE"
EPILOG = """\b
Examples:
  typetrainer                          choose on the screen
  typetrainer drill copy --seconds 60  type for a minute
  typetrainer check reply.txt          have a text checked

\b
Completion in the shell (bash; also zsh, fish):
  eval "$(_TYPETRAINER_COMPLETE=bash_source typetrainer)"

Exit status: 0 well, 1 errors found by check, 2 usage, 3 checker not
available, 4 storage, 5 invalid or altered file, 130 stopped by Ctrl-C.
"""


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
@click.option("--profile", metavar="NAME", help="Use this person's data and settings.")
@click.option("--plain", is_flag=True, help="Plain lines, for screen readers.")
@click.option("--debug", is_flag=True, help="Show a traceback with an error.")
@click.version_option(__version__, prog_name="typetrainer")
@click.pass_context
def typetrainer(ctx: click.Context, profile: str | None, plain: bool, debug: bool) -> object:
    """Train the skills of live-chat support: typing, and written replies.

    Everything happens on this computer.
    """
    env: Environment = ctx.obj
    ctx.obj = env = env.using(
        profile=env.profile if profile is None else profile, plain=plain or env.plain, debug=debug or env.debug
    )
    if ctx.invoked_subcommand is not None:
        return None
    if not env.is_tty:
        click.echo(ctx.get_help())
        return 0
    from typetrainer.ui.run import run_chooser

    return run_chooser(env)


def _width(env: Environment) -> int:
    """Return the columns that help may take; click would import shutil and its decompressors to learn them."""
    try:
        columns = int(env.environ.get("COLUMNS") or 0) or os.get_terminal_size(env.stdout.fileno()).columns
    except (OSError, ValueError):  # no terminal
        columns = 80
    return max(min(columns, _WIDEST) - 2, 50)


def run(env: Environment, arguments: Sequence[str]) -> int:
    """Run the command line in the given world and return the exit status."""
    given = list(arguments)
    options = given[: given.index("--")] if "--" in given else given

    def work() -> object:
        with contextlib.ExitStack() as stack:
            if env.stdout is not sys.stdout:  # click prints its help to these
                stack.enter_context(contextlib.redirect_stdout(env.stdout))
            if env.stderr is not sys.stderr:
                stack.enter_context(contextlib.redirect_stderr(env.stderr))
            if instruction := env.environ.get(COMPLETE_VARIABLE):
                from click.shell_completion import shell_complete

                return shell_complete(typetrainer, {"obj": env}, "typetrainer", COMPLETE_VARIABLE, instruction)
            # Not `main`: it has its own ideas of a pipe that is closed, and leaves by sys.exit.
            with typetrainer.make_context("typetrainer", given, obj=env, terminal_width=_width(env)) as context:
                return typetrainer.invoke(context)

    return guarded(env, work, debug="--debug" in options or env.debug)
