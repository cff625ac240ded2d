"""The entry point: the real world, handed to the command line."""

import gc
import os
import sys

from typetrainer.env import Environment


def main() -> None:
    """Run the command line and leave with its status."""
    gc.disable()  # importing makes no garbage, only work for its collector; whoever runs for long switches it on
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the shell closed it (`>&-`)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter must not stop the program
    from typetrainer.cli.main import run

    status = run(Environment.of_process(), sys.argv[1:])
    sys.exit(status)


if __name__ == "__main__":
    main()
