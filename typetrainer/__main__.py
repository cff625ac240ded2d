"""The entry point: the real world, handed to the command line."""

import sys

from typetrainer.env import Environment


def main() -> None:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter must not stop the program
    from typetrainer.cli.main import run

    status = run(Environment.of_process(), sys.argv[1:])
    sys.exit(status)


if __name__ == "__main__":
    main()
