"""The one place where errors become words and exit statuses.

0 ok · 1 `check` found errors · 2 usage · 3 checker not available · 4 storage · 5 invalid or altered file ·
70 a fault of the program · 130 Ctrl-C.
"""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import click

from typetrainer.env import Environment
from typetrainer.errors import CheckerUnavailable, InvalidFile, StorageProblem, TypetrainerError, UsageProblem

OK: Final = 0
FOUND_ERRORS: Final = 1
USAGE: Final = UsageProblem.status
NOT_CHECKED: Final = CheckerUnavailable.status
STORAGE: Final = StorageProblem.status
INVALID: Final = InvalidFile.status
FAULT: Final = 70
INTERRUPTED: Final = 130


def guarded(env: Environment, work: Callable[[], object], *, debug: bool = False) -> int:
    """Do the work and return the exit status; errors are said in one sentence, with `debug` after a traceback."""
    try:
        result = work()
        env.stdout.flush()
    except BrokenPipeError:
        return _quiet_pipe(env)
    except (KeyboardInterrupt, EOFError, click.exceptions.Abort):
        _say(env, "")
        return INTERRUPTED
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except Exception as error:  # noqa: BLE001 - here every error becomes a sentence and a status
        if debug:
            _traceback(env)
        status, sentence = judged(error)
        _say(env, sentence)
        return status
    return result if isinstance(result, int) and not isinstance(result, bool) else OK


def judged(error: Exception) -> tuple[int, str]:
    """Return the exit status of an error and the sentence to be said."""
    if isinstance(error, TypetrainerError):
        return error.status, str(error)
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx is not None else "typetrainer"
        return USAGE, f"{_sentence(error.format_message())} `{path} --help` shows what can be given."
    if isinstance(error, click.ClickException):
        return USAGE, _sentence(error.format_message())
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES):
        where = f" {error.filename}" if error.filename else " the output"
        return STORAGE, f"Cannot use{where}: {error.strerror}. Free or permit it, then try again."
    what = f"{type(error).__name__}: {error}".strip(": ")
    return FAULT, (
        f"Something went wrong that should not ({what[:300]}); "
        "please run it again with --debug and report what it prints."
    )


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _say(env: Environment, sentence: str) -> None:
    with suppress(OSError, ValueError):  # nobody listens any more
        env.say(sentence)


def _traceback(env: Environment) -> None:
    import traceback

    with suppress(OSError, ValueError):
        for line in traceback.format_exc().splitlines():
            env.say(line)


def _quiet_pipe(env: Environment) -> int:
    """The reader of our output went away, as `head` does: that is no error, and Python must not complain at exit."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, env.stdout.fileno())
        os.close(null)
    return OK
