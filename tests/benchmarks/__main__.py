"""Benchmarks: figures beside references measured in the same run, never asserted.

``python tests/benchmarks [--quick] [--network] [--json] [NAME...]``. (Not ``-m tests.benchmarks``: a library of ours
installs a package `tests` of its own, which is found first.)
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]  # the modules beside, the program above

from bench_report import Options, Row, as_json, heading, told  # noqa: E402 - found by the line above

BENCHES = {
    "help": ("bench_start", "help_"),
    "first-frame": ("bench_start", "first_frame"),
    "echo": ("bench_echo", "echo"),
    "loop-lag": ("bench_echo", "loop_lag"),
    "memory": ("bench_memory", "memory"),
    "check": ("bench_language", "check"),
    "assessment": ("bench_language", "assessment"),
    "send-to-findings": ("bench_language", "send_to_findings"),
    "install": ("bench_language", "install_"),
    "hot": ("bench_hot", "hot"),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("python tests/benchmarks", description="Figures beside their references.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all without one")
    parser.add_argument("--quick", action="store_true", help="few runs: whether it works, not how fast it is")
    parser.add_argument("--network", action="store_true", help="also install LanguageTool over the network")
    parser.add_argument("--json", action="store_true", help="JSON Lines in place of the table")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in BENCHES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    options = Options(given.quick, given.network)
    if not given.json:
        print(heading(), flush=True)
    failed = 0
    for name in given.names or BENCHES:
        module, function = BENCHES[name]
        try:
            for row in getattr(import_module(module), function)(options):
                print(as_json(row) if given.json else told(row), flush=True)
        except (RuntimeError, OSError) as error:  # one that cannot run here must not hide the others
            failed += 1
            row = Row(name, None, "", note=f"could not run: {error}")
            print(as_json(row) if given.json else told(row), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
