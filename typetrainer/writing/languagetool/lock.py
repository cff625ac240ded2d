"""The list of the jars that make our LanguageTool, with their sizes and hashes."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from typetrainer.errors import InvalidFile

LOCK_FILE = Path(__file__).with_name("languagetool-6.8.lock.toml")
SERVER_JAR = "languagetool-server.jar"


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar: where it lies below the install folder (POSIX path), its Maven coordinate, bytes and hash."""

    path: str
    group: str
    artifact: str
    version: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name inside the install."""
        return self.path.rpartition("/")[2]

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names under which somebody may have saved it: ours, and Maven's."""
        return (self.name, f"{self.artifact}-{self.version}.jar")


@dataclass(frozen=True, slots=True)
class Lock:
    """A whole list; `version` is LanguageTool's, `sha256` names this exact list."""

    version: str
    jars: tuple[Jar, ...]
    sha256: str
    text: bytes

    @property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(jar.size for jar in self.jars)

    @property
    def folder_name(self) -> str:
        """The install folder's name in the cache: another list never shares a folder with this one."""
        return f"languagetool-{self.version}-{self.sha256[:8]}"


@cache
def our_lock() -> Lock:
    """Return this package's lock."""
    return read_lock(LOCK_FILE)


def read_lock(path: Path) -> Lock:
    """Read a lock; raises InvalidFile when it is missing or not one."""
    try:
        text = path.read_bytes()
        jars = tuple(_jar(entry) for entry in tomllib.loads(text.decode("utf-8"))["jar"])
        version = next(jar.version for jar in jars if jar.path == SERVER_JAR)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise InvalidFile(
            f"The list of LanguageTool's files {path} cannot be used ({error}): run `typetrainer setup`."
        ) from error
    return Lock(version, jars, hashlib.sha256(text).hexdigest(), text)


def _jar(entry: dict[str, object]) -> Jar:
    group, artifact, version = str(entry["coordinate"]).split(":")
    size = entry["size"]
    if not isinstance(size, int):
        raise TypeError("size is not a whole number")
    return Jar(str(entry["path"]), group, artifact, version, size, str(entry["sha256"]))
