"""Install, find, verify and remove LanguageTool in the cache folder.

An install is one folder `languagetool-<version>-<list>`; it is filled as `….part` and renamed when it is whole, so
half an install never looks like one. `TYPETRAINER_LT_DIR` names an install elsewhere, which is used as it is.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from typetrainer.errors import CheckerUnavailable, InvalidFile, StorageProblem
from typetrainer.paths import Paths, private_folder
from typetrainer.writing.languagetool import fetch
from typetrainer.writing.languagetool.lock import Jar, Lock, our_lock, read_lock
from typetrainer.writing.languagetool.rules import copy_rules, rules_current, rules_sha256

FOLDER_VARIABLE = "TYPETRAINER_LT_DIR"
LOCK_NAME = "languagetool.lock"
LIST_NAME = "languagetool.lock.toml"
PREFIX = "languagetool-"
PART = ".part"
WAIT_SECONDS = 1800.0
_RENEW_WAIT_SECONDS = 5.0
_SPARE_BYTES = 20_000_000

Progress = Callable[[int, int, str], None]
Prove = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """An install that looks whole: its folder, LanguageTool's version, whether it is this package's list."""

    folder: Path
    version: str
    current: bool

    @property
    def rules_sha256(self) -> str:
        """The hash of the rule files that lie in the install now."""
        return rules_sha256(self.folder)


def locate(paths: Paths, environ: Mapping[str, str]) -> Installed | None:
    """Find the install to be used: TYPETRAINER_LT_DIR's if set, else the cache folder's, else None."""
    if folder := environ.get(FOLDER_VARIABLE):
        return _installed(Path(folder).expanduser())
    return find(paths.cache)


def find(cache_dir: Path) -> Installed | None:
    """Find the install of this package's list, else an older whole one, by names and sizes (about 1 ms)."""
    current = _installed(cache_dir / our_lock().folder_name)
    if current:
        return current
    older = (_installed(folder) for folder in sorted(_folders(cache_dir), reverse=True) if folder.suffix != PART)
    return next((found for found in older if found), None)


def verify(folder: Path, *, full: bool = False) -> list[str]:
    """Return the files of an install that are missing or altered: by size, or with `full` by SHA-256 (0.3 s)."""
    lock = _own_lock(folder)
    if lock is None:
        return [LIST_NAME]
    return [jar.path for jar in lock.jars if not (fetch.is_right(jar, folder) if full else _has_size(jar, folder))]


def remove(cache_dir: Path) -> int:
    """Remove every install, whole or half, and return the bytes freed; raises StorageProblem."""
    freed = 0
    for folder in _folders(cache_dir):
        freed += sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise fetch.storage_problem(error, folder) from error
    return freed


def install(
    cache_dir: Path,
    *,
    source: Path | None = None,
    progress: Progress = lambda _done, _total, _label: None,
    threads: int = 8,
    prove: Prove | None = None,
) -> Installed:
    """Install this package's LanguageTool, or mend, renew or just confirm it; return where it is.

    `source` is a folder with the jars (an install's layout or flat), None for the network. `progress` is called from
    this thread about ten times a second with bytes done, bytes in all and what goes on. `prove` starts the new install
    once before older ones are removed; the default starts the server and checks a sentence.
    Raises StorageProblem, CheckerUnavailable (no network) or InvalidFile (a jar is missing in `source` or wrong).
    """
    private_folder(cache_dir)
    lock = our_lock()
    with _alone(cache_dir, lock, progress):
        folder = cache_dir / lock.folder_name
        if not folder.is_dir() or verify(folder, full=True):
            _make(folder, lock, source, progress, threads)
        _renew(folder)
        _drop_older(cache_dir, folder, prove or _prove_by_start)
        progress(lock.size, lock.size, "LanguageTool is installed")
    return Installed(folder, lock.version, current=True)


def renew_rules(installed: Installed) -> None:
    """Copy this package's rules into its install if they differ; an install that cannot be written stays as it is.

    What lies in the install decides `rules_sha256`, so an old rule file is never taken for a new one.
    """
    from filelock import FileLock, Timeout

    if not installed.current or rules_current(installed.folder):
        return
    with (
        suppress(OSError, Timeout),
        FileLock(installed.folder.parent / LOCK_NAME, timeout=_RENEW_WAIT_SECONDS),
    ):
        copy_rules(installed.folder)


def _make(folder: Path, lock: Lock, source: Path | None, progress: Progress, threads: int) -> None:
    part = folder.with_name(folder.name + PART)
    try:
        if folder.exists() and not part.exists():
            folder.rename(part)  # an install that was altered: keep what is right of it
        elif folder.exists():
            shutil.rmtree(folder)
        part.mkdir(mode=0o700, exist_ok=True)
        _need_room(part, lock)
    except OSError as error:
        raise fetch.storage_problem(error, part) from error
    repo = part / "repo"
    jars = fetch.FolderSource(source) if source else fetch.CentralSource(repo)
    with fetch.quiet_jgo():
        _fetch_all(part, lock, jars, progress, threads)
    try:
        shutil.rmtree(repo, ignore_errors=True)
        copy_rules(part)
        (part / LIST_NAME).write_bytes(lock.text)
        part.rename(folder)
    except OSError as error:
        raise fetch.storage_problem(error, part) from error


def _need_room(part: Path, lock: Lock) -> None:
    present = sum(jar.size for jar in lock.jars if _has_size(jar, part))
    free, need = shutil.disk_usage(part).free, lock.size - present + _SPARE_BYTES
    if free < need:
        raise StorageProblem(
            f"The disk of {part.parent} has {free // 1_000_000} MB free and LanguageTool needs "
            f"{need // 1_000_000} MB: free some and run `typetrainer setup` again."
        )


def _fetch_all(part: Path, lock: Lock, source: fetch.Source, progress: Progress, threads: int) -> None:
    stop, guard, done = threading.Event(), threading.Lock(), 0

    def count(size: int) -> None:
        nonlocal done
        with guard:
            done += size

    pool = ThreadPoolExecutor(max(1, threads), thread_name_prefix="fetch")
    try:
        # Large ones first: the last thread to finish then has little left to do.
        jars = sorted(lock.jars, key=lambda jar: -jar.size)
        waiting = {pool.submit(fetch.fetch_jar, jar, part, source, count, stop) for jar in jars}
        while waiting:
            finished, waiting = wait(waiting, timeout=0.1)
            _raise_first(finished)
            progress(done, lock.size, "Fetching LanguageTool")
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _raise_first(finished: set[Future[None]]) -> None:
    failures = [error for future in finished if (error := future.exception())]
    told = [error for error in failures if not isinstance(error, fetch.Stopped)]
    for error in (*told, *failures):
        raise error


def _renew(folder: Path) -> None:
    if rules_current(folder):
        return
    try:
        copy_rules(folder)
    except OSError as error:
        raise fetch.storage_problem(error, folder) from error


def _drop_older(cache_dir: Path, folder: Path, prove: Prove) -> None:
    older = [other for other in _folders(cache_dir) if other != folder]
    if any(other.suffix != PART for other in older):
        try:
            prove(folder)
        except CheckerUnavailable as error:
            raise CheckerUnavailable(
                f"The new LanguageTool in {folder} does not answer, so the older one was kept: {error}"
            ) from error
    for other in older:
        shutil.rmtree(other, ignore_errors=True)


def _prove_by_start(folder: Path) -> None:
    from typetrainer.writing.languagetool.java import find_java
    from typetrainer.writing.languagetool.server import Server

    server = Server(folder, find_java(os.environ), environ=os.environ)
    try:
        server.start()
    finally:
        server.end()


@contextmanager
def _alone(cache_dir: Path, lock: Lock, progress: Progress) -> Iterator[None]:
    """Hold the cache's install lock; a second install waits here, saying so."""
    from filelock import FileLock, Timeout

    guard = FileLock(cache_dir / LOCK_NAME)
    try:
        try:
            guard.acquire(timeout=0)
        except Timeout:
            progress(0, lock.size, "Waiting for another typetrainer that installs LanguageTool")
            guard.acquire(timeout=WAIT_SECONDS)
    except Timeout as error:
        raise StorageProblem(
            f"Another typetrainer has been installing LanguageTool in {cache_dir} for half an hour: "
            "end it and try again."
        ) from error
    except OSError as error:
        raise fetch.storage_problem(error, cache_dir) from error
    try:
        yield
    finally:
        guard.release()


def _installed(folder: Path) -> Installed | None:
    lock = _own_lock(folder)
    if lock is None or verify(folder):
        return None
    return Installed(folder, lock.version, current=lock.sha256 == our_lock().sha256)


def _own_lock(folder: Path) -> Lock | None:
    """Return the list an install was made from; the usual case, our own, is not parsed again."""
    try:
        if (folder / LIST_NAME).read_bytes() == our_lock().text:
            return our_lock()
        return read_lock(folder / LIST_NAME)
    except (OSError, InvalidFile):
        return None


def _folders(cache_dir: Path) -> list[Path]:
    return sorted(path for path in cache_dir.glob(f"{PREFIX}*") if path.is_dir())


def _has_size(jar: Jar, folder: Path) -> bool:
    try:
        return (folder / jar.path).stat().st_size == jar.size
    except OSError:
        return False
