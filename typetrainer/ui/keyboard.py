"""The terminal's keyboard, for when standard input is a text."""

import os
from typing import TextIO

from typetrainer.errors import UsageProblem


def keyboard() -> TextIO:
    """Open the terminal itself, because standard input was the text to type. Raises UsageProblem without one."""
    try:
        return os.fdopen(os.open("/dev/tty", os.O_RDONLY), encoding="utf-8")
    except OSError as error:
        raise UsageProblem("With --text - the keys come from the terminal, but there is none: name a file.") from error
