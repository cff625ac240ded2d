"""The terminal's keyboard, for when standard input is a text."""

import os
from typing import TextIO

from typetrainer.errors import UsageProblem


def keyboard() -> TextIO:
    """Open the terminal itself, because standard input was the text to type. Raises UsageProblem without one."""
    # By its own name where another stream has it: not every system can wait for keys on /dev/tty.
    name = next((os.ttyname(fd) for fd in (2, 1) if os.isatty(fd)), "/dev/tty")
    try:
        return os.fdopen(os.open(name, os.O_RDONLY), encoding="utf-8")
    except OSError as error:
        raise UsageProblem("With --text - the keys come from the terminal, but there is none: name a file.") from error
