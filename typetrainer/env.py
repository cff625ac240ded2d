"""The world a run of the program lives in, handed to everything; never a global."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from typetrainer.content.loader import Library
    from typetrainer.paths import Paths
    from typetrainer.store.library import Store
    from typetrainer.writing.checker import Checker


def _utc_now() -> "datetime":
    from datetime import UTC, datetime

    return datetime.now(UTC)


class _Members(NamedTuple):
    """What a world is made of."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    clock: Callable[[], int] = time.monotonic_ns
    now: "Callable[[], datetime]" = _utc_now
    seed: int | None = None
    profile: str | None = None
    plain: bool = False
    debug: bool = False
    checker_factory: "Callable[[Environment, str | None], Checker] | None" = None
    store_factory: "Callable[[Environment], Store] | None" = None


class Environment(_Members):
    """Streams, environment variables, clocks, randomness, and how to make what is slow to make.

    `clock` is monotonic nanoseconds; `now` is UTC; `seed` fixes `random`. The factories, where given, make the checker
    (of a server's address or None) and the store in place of the usual ones. Members that cost imports are made on
    first use.
    """

    @classmethod
    def of_process(cls) -> "Environment":
        """Return the real one."""
        return cls(sys.stdin, sys.stdout, sys.stderr, os.environ)

    @cached_property
    def paths(self) -> "Paths":
        """The user's folders, whatever the profile."""
        from typetrainer.paths import Paths

        return Paths.of(self.environ)

    @cached_property
    def random(self) -> "Random":
        """The source of chance: seeds of drills and ids."""
        from random import Random

        return Random(self.seed)  # noqa: S311 - nothing secret is made of it

    @cached_property
    def library(self) -> "Library":
        """The packs."""
        from typetrainer.content.loader import Library

        return Library(self.paths)

    def open_store(self) -> "Store":
        """Return the store of the profile; nothing touches the disk yet but the settings, which may name it.

        Raises UsageProblem for a profile's name that cannot be one.
        """
        if self.store_factory is not None:
            return self.store_factory(self)
        from typetrainer.store.library import Store, chosen_profile

        return Store(self.paths, chosen_profile(self.paths, self.profile), self.say)

    def make_checker(self, server_url: str | None = None) -> "Checker":
        """Return a checker, not yet started; `server_url` is a running server to be used. The caller closes it."""
        if self.checker_factory is not None:
            return self.checker_factory(self, server_url)
        from typetrainer.writing.checker import Checker

        return Checker(self.paths, self.environ, server_url=server_url)

    def say(self, sentence: str) -> None:
        """Write one line of talk to standard error, safe to show."""
        from typetrainer.core.text import visible

        self.stderr.write(visible(sentence.replace("\n", " ")) + "\n")

    @property
    def is_tty(self) -> bool:
        """Whether both keyboard and screen are a terminal."""
        return _is_tty(self.stdin) and _is_tty(self.stdout)

    @property
    def transport(self) -> str:
        """How keys arrive, for the log: `local`, `ssh` or `pipe`."""
        if not self.is_tty:
            return "pipe"
        return "ssh" if self.environ.get("SSH_CONNECTION") or self.environ.get("SSH_TTY") else "local"

    @property
    def stderr_is_tty(self) -> bool:
        """Whether a progress bar can be drawn."""
        return _is_tty(self.stderr) and self.environ.get("TERM") != "dumb"

    @property
    def stdin_bytes(self) -> BinaryIO:
        """Standard input as bytes."""
        import io

        buffer = getattr(self.stdin, "buffer", None)
        return buffer if buffer is not None else io.BytesIO(self.stdin.read().encode("utf-8", "surrogateescape"))

    def using(self, **changes: Any) -> "Environment":
        """Return the same world with some members changed."""
        return self._replace(**changes)


def _is_tty(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # a closed stream
        return False
