"""The way in from the command line: build the world of the screens, run it, give the terminal back."""

import gc
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from typetrainer.content.request import DrillRequest
    from typetrainer.env import Environment
    from typetrainer.ui.app import Screen
    from typetrainer.ui.flow import Flow


def run_chooser(env: "Environment") -> int:
    """Open the menu; return the exit status."""
    if _plain(env):
        from typetrainer.ui.plain.run import run_plain_menu

        return run_plain_menu(env)
    return _run(env, lambda flow: flow.menu_first())


def run_drill(env: "Environment", request: "DrillRequest") -> int:
    """Run a drill; return the exit status. Raises UsageProblem where there is no way to type."""
    if request.manner.text_from_stdin:
        from typetrainer.ui.keyboard import keyboard

        env = env.using(stdin=keyboard())
    if request.manner.plain or _plain(env):
        from typetrainer.ui.plain.run import run_plain_drill

        return run_plain_drill(env, request)
    return _run(env, lambda flow: flow.drill_first(request))


def _plain(env: "Environment") -> bool:
    return env.plain or not env.is_tty or env.environ.get("TERM", "") in ("", "dumb")


def _run(env: "Environment", first: "Callable[[Flow], Screen]") -> int:
    gc.disable()  # until the first frame stands; then the program freezes what it has and switches it on
    from prompt_toolkit.output import ColorDepth
    from prompt_toolkit.output.vt100 import Vt100_Output

    from typetrainer.ui.app import Program
    from typetrainer.ui.context import Context
    from typetrainer.ui.flow import Flow
    from typetrainer.ui.input import TimedInput
    from typetrainer.ui.keeper import kept_terminal
    from typetrainer.ui.style import background_of, palette

    with kept_terminal(env.stdin.fileno()):
        context = Context(env, env.open_store(), env.library)
        flow = Flow(context)
        output = Vt100_Output.from_pty(
            env.stdout, term=env.environ.get("TERM"), default_color_depth=ColorDepth.DEPTH_8_BIT
        )
        flow.program = Program(
            input=TimedInput(env.stdin, env.clock),
            output=output,
            palette=palette(background_of(env.environ, context.settings.text("background"))),
            clock_ns=env.clock,
            use_painter=env.environ.get("TYPETRAINER_PAINTER") != "layout",
            stop_waiting=context.close,
        )
        try:  # impatient shells send another signal while things are put away
            return flow.program.run(first(flow), afterwards=signal.SIG_IGN)
        finally:
            context.close()
            for line in context.farewell:
                env.say(line)
