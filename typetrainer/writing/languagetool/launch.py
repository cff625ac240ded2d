"""Become another program that dies with its parent: ``python -I -S launch.py PARENT_PID PROGRAM ARGUMENT...``.

Linux only. A program of its own, because code between fork and exec may deadlock in a process with threads. The
signal comes when the parent *thread* ends, so the parent starts this from its main thread.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Ask for SIGKILL at the parent's death, then become the program; never returns."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(arguments[0]):  # it died before we asked
        sys.exit(1)
    os.execv(arguments[1], arguments[1:])  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main(sys.argv[1:])
