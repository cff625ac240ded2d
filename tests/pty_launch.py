"""Become the program under test on the pseudo-terminal that is standard output, with limits, or below a small shell.

``python -I -S pty_launch.py direct|job FILE_SIZE STDIN PROGRAM ARGUMENT...``. A program of its own, because code
between fork and exec may deadlock in a test process with threads. `direct` becomes the program; `job` stays as the
session's leader and runs the program as a foreground job, as a shell does: without one a stop by Ctrl-Z is ignored.
SIGUSR1 is its `fg`. FILE_SIZE is RLIMIT_FSIZE in bytes, or -1; STDIN is `tty`, `closed` or a file.
"""

import fcntl
import os
import resource
import signal
import sys
import termios


def main(mode: str, file_size: str, stdin: str, *program: str) -> None:
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)
    if mode == "direct":
        become(file_size, stdin, program)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(1, os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
        become(file_size, stdin, program)
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        os.tcsetpgrp(1, os.getpgrp())
        if not os.WIFSTOPPED(status):
            os._exit(os.waitstatus_to_exitcode(status) % 256)
        signal.sigwait({signal.SIGUSR1})
        os.tcsetpgrp(1, child)
        os.kill(-child, signal.SIGCONT)


def become(file_size: str, stdin: str, program: tuple[str, ...]) -> None:
    if int(file_size) >= 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_size), resource.RLIM_INFINITY))
    if stdin == "closed":
        os.close(0)
    elif stdin != "tty":
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
    os.execv(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])
