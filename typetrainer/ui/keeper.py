"""The keeper of the terminal: gives it back as it was, even when the program is killed without a chance to.

A small forked process holds one end of a pipe. While the program runs it does nothing; when the pipe closes without a
goodbye, the program is gone, and the keeper restores the modes and leaves the alternate screen.
"""

import contextlib
import os
import signal
import termios
from collections.abc import Iterator

_LEAVE = b"\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[0m\r"
_BYE = b"b"


@contextlib.contextmanager
def kept_terminal(fd: int) -> Iterator[None]:
    """Keep the terminal `fd` safe while the body runs. Does nothing where `fd` is no terminal.

    Must be entered before any thread is started, because it forks.
    """
    try:
        modes = termios.tcgetattr(fd)
    except (termios.error, OSError):
        yield
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writing)
        _keep(reading, fd, modes)
    os.close(reading)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.write(writing, _BYE)
        os.close(writing)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)


def _keep(pipe: int, fd: int, modes: list[int | list[bytes | int]]) -> None:
    """Be the keeper. Leaves by `os._exit`: nothing of the program's own clean-up may run here."""
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTTOU, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        if os.read(pipe, 1) != _BYE:
            with contextlib.suppress(OSError):
                os.write(fd, _LEAVE)
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(fd, termios.TCSANOW, modes)
    finally:
        os._exit(0)
