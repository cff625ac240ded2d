"""Get one jar to its place, from Maven Central by jgo or from a folder, checked by its SHA-256."""

import errno
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from typetrainer.errors import CheckerUnavailable, InvalidFile, StorageProblem
from typetrainer.writing.languagetool.lock import Jar

# A busy mirror recovers in seconds; without any network three tries fail fast enough to say so.
TRIES = 3
BACK_OFF_SECONDS = 0.5
NETWORK_TIMEOUT_SECONDS = 30
_BLOCK = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
OFFLINE_WAY = "or install from a folder with `typetrainer setup --from DIR`"

Count = Callable[[int], None]


class Stopped(Exception):
    """Another jar failed or the user stopped: this one is given up."""


class NotFetched(Exception):
    """A jar did not arrive this time; the text says why."""


class Source(Protocol):
    """Where jars come from."""

    def get(self, jar: Jar, target: Path, count: Count) -> None:
        """Write the jar to `target`, calling `count` with each number of bytes; not yet checked.

        Raises NotFetched when another try may help, OSError when it cannot be written, InvalidFile when the
        source does not have it.
        """


def sha256_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file; raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_right(jar: Jar, folder: Path) -> bool:
    """Tell whether the jar lies below `folder` with its size and hash."""
    path = folder / jar.path
    try:
        return path.stat().st_size == jar.size and sha256_of(path) == jar.sha256
    except OSError:
        return False


def storage_problem(error: OSError, folder: Path) -> StorageProblem:
    """Say in one sentence what keeps us from writing below `folder`, and what to do."""
    if error.errno in _FULL:
        return StorageProblem(f"The disk of {folder} is full: free about 200 MB and run `typetrainer setup` again.")
    why = error.strerror or str(error)
    return StorageProblem(f"Cannot write to {folder} ({why}): permit it, or name another folder with TYPETRAINER_HOME.")


def fetch_jar(jar: Jar, folder: Path, source: Source, count: Count, stop: threading.Event) -> None:
    """Put one jar below `folder`, checked; what is there and right stays.

    Raises Stopped, StorageProblem (cannot be written), InvalidFile (wrong hash after all tries, or the source
    folder lacks it) or CheckerUnavailable (no network).
    """
    if is_right(jar, folder):
        count(jar.size)
        return
    target = folder / jar.path
    temporary = target.with_name(f"{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _try_often(jar, temporary, source, count, stop)
        temporary.replace(target)
    except OSError as error:
        raise storage_problem(error, folder) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _try_often(jar: Jar, temporary: Path, source: Source, count: Count, stop: threading.Event) -> None:
    failure = ""
    for attempt in range(TRIES):
        if stop.wait(BACK_OFF_SECONDS * 2 ** (attempt - 1) if attempt else 0):
            raise Stopped
        counted = _Counted(count, stop)
        try:
            source.get(jar, temporary, counted)
        except NotFetched as error:
            failure = str(error)
        else:
            if sha256_of(temporary) == jar.sha256:
                return
            failure = ""
        counted.take_back()
    if failure:
        raise CheckerUnavailable(
            f"Cannot fetch {jar.name} of LanguageTool ({failure}): check the network (or HTTPS_PROXY) and run "
            f"`typetrainer setup` again, {OFFLINE_WAY}."
        )
    raise InvalidFile(
        f"{jar.name} ({jar.group}:{jar.artifact}:{jar.version}) has a wrong SHA-256 and was not installed: run "
        f"`typetrainer setup` again, {OFFLINE_WAY}."
    )


class _Counted:
    """Counts bytes of one try, so that a failed try can be taken back; ends the try when told to stop."""

    def __init__(self, count: Count, stop: threading.Event) -> None:
        self._count, self._stop, self._sum = count, stop, 0

    def __call__(self, size: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._sum += size
        self._count(size)

    def take_back(self) -> None:
        self._count(-self._sum)
        self._sum = 0


class FolderSource:
    """Jars of a folder: laid out as an install, or all in one place under our or Maven's names."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InvalidFile(f"{folder} is not a folder: give `--from` a folder with LanguageTool's jars.")
        self.folder = folder

    def find(self, jar: Jar) -> Path | None:
        """Return where the folder has this jar, or None."""
        places = [self.folder / jar.path]
        places += [below / name for below in (self.folder, self.folder / "libs") for name in jar.file_names]
        return next((place for place in places if place.is_file()), None)

    def get(self, jar: Jar, target: Path, count: Count) -> None:
        """Copy the jar; a wrong one is named at once, since a second copy would be no better."""
        found = self.find(jar)
        if found is None:
            raise InvalidFile(
                f"{self.folder} lacks {jar.file_names[1]} of LanguageTool: copy it there, or run "
                "`typetrainer setup` with network."
            )
        digest = hashlib.sha256()
        with found.open("rb") as source, target.open("wb") as copy:
            while block := source.read(_BLOCK):
                copy.write(block)
                digest.update(block)
                count(len(block))
        if digest.hexdigest() != jar.sha256:
            raise InvalidFile(
                f"{found} has a wrong SHA-256 and was not installed: replace it by {jar.file_names[1]} as "
                "published, or run `typetrainer setup` with network."
            )


class CentralSource:
    """Jars of Maven Central, fetched by jgo, which knows its address and the environment's proxy."""

    def __init__(self, repo: Path) -> None:
        self.repo = repo

    def get(self, jar: Jar, target: Path, count: Count) -> None:
        """Fetch the jar into jgo's own cache `repo`, then move it."""
        from jgo.maven import MavenContext, PythonResolver
        from requests import RequestException

        resolver = PythonResolver(progress_callback=lambda _name, _size: _updates(count))
        context = MavenContext(resolver=resolver, repo_cache=self.repo, local_repos=[], timeout=NETWORK_TIMEOUT_SECONDS)
        artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
        # jgo leaves a broken-off file in its cache and takes it for whole the next time.
        if broken := artifact.cached_path:
            broken.unlink(missing_ok=True)
        try:
            artifact.resolve().replace(target)
        except RequestException as error:  # is an OSError too, so it goes first
            raise NotFetched(_short(error)) from error
        except (RuntimeError, ValueError) as error:  # not found there; an unreadable Retry-After
            raise NotFetched("the repository did not serve it") from error


@contextmanager
def _updates(count: Count) -> Iterator[Count]:
    yield count


def _short(error: Exception) -> str:
    name = type(error).__name__
    words = {"ProxyError": "the proxy refuses", "SSLError": "the certificate is not trusted"}
    return words.get(name, "no answer in time" if "Timeout" in name else "no connection")


@contextmanager
def quiet_jgo() -> Iterator[None]:
    """Keep jgo's and urllib3's log lines off the screen while the block runs."""
    loggers = [logging.getLogger(name) for name in ("jgo", "urllib3")]
    before = [(logger.propagate, logger.level) for logger in loggers]
    silence = logging.NullHandler()
    for logger in loggers:
        logger.addHandler(silence)
        logger.propagate = False
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(silence)
            logger.propagate = propagate
            logger.setLevel(level)
