"""Files that are whole or not there: private folders, bounded reads, and writes that replace a file in one step."""

import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from typetrainer.errors import InvalidFile, StorageProblem

LOCK_TIMEOUT = 10.0
_TMP = ".tmp"
_PIECE = 256 * 1024


class TooLargeError(OSError):
    """A file with more bytes than its reader is ready to take."""


def reason_of(error: OSError) -> str:
    """Return what the system said, without number and path."""
    return error.strerror or str(error) or type(error).__name__


def private_dir(folder: Path) -> None:
    """Make `folder` and the missing ones above it, for their owner only whatever the umask; raises OSError."""
    if folder.is_dir():
        return
    private_dir(folder.parent)
    with suppress(FileExistsError):  # another process was quicker, or a file stands there: the next open tells
        folder.mkdir(mode=0o700)
        return
    if not folder.is_dir():
        raise NotADirectoryError(20, "there is a file in the folder's place", str(folder))


def fsync_dir(folder: Path) -> None:
    """Make the names in `folder` last through a power cut; file systems that cannot do it are forgiven."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            os.fsync(fd)
    finally:
        os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte; `os.write` may take fewer, and a full disk shows only at the next call."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step that survives a power cut; mode 0600. Raises OSError and leaves no rest."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_TMP}")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        try:
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
        temporary.replace(path)
    except BaseException:  # Ctrl-C too: it is raised again, but the rest must go
        with suppress(OSError):
            temporary.unlink()
        raise
    fsync_dir(path.parent)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace the file at `path`, making its folder first where needed.

    Raises StorageProblem; then the old file, if there was one, is as it was.
    """
    try:
        private_dir(path.parent)
        replace_file(path, data)
    except OSError as error:
        raise StorageProblem(
            f"Cannot write {path}: {reason_of(error)}. Free or permit it, or name another folder with TYPETRAINER_HOME."
        ) from error


def leftovers(path: Path) -> Iterator[Path]:
    """Return the temporary files that a killed `replace_file` of `path` left behind."""
    return path.parent.glob(f".{path.name}.*{_TMP}")


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes. Links are not followed and pipes not waited for; raises OSError."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(22, "it is not a regular file", str(path))
        with os.fdopen(fd, "rb", closefd=False) as stream:
            return take(stream, limit, path)
    finally:
        os.close(fd)


class Readable(Protocol):
    """What gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def take(stream: Readable, limit: int, path: Path) -> bytes:
    """Read a stream to its end, piece by piece, since `read(limit)` would take the memory at once; raises OSError."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise TooLargeError(27, f"it is larger than {limit // 2**20} MiB", str(path))
        pieces.append(piece)
    return b"".join(pieces)


def read_optional(path: Path, limit: int) -> bytes | None:
    """Read a file that need not be there: None when it is not. Raises StorageProblem when it cannot be read."""
    try:
        return read_bounded(path, limit)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageProblem(f"Cannot read {path}: {reason_of(error)}. Permit it, or move it away.") from error


def encode_json(value: object) -> bytes:
    """Return compact JSON as UTF-8; NaN is refused, a lone surrogate is escaped. `dumps` is the fast encoder."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def decode_json(data: bytes | str) -> Any:
    """Read JSON as strictly as `encode_json` writes it; raises ValueError for anything else."""
    try:
        return json.loads(data, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def decode_object(path: Path, data: bytes) -> dict[str, Any]:
    """Read a JSON object; raises InvalidFile naming `path`."""
    try:
        value = decode_json(data)
    except ValueError as error:
        raise InvalidFile(f"{path} is not valid JSON ({error}).") from error
    if not isinstance(value, dict):
        raise InvalidFile(f"{path} should hold a JSON object.")
    return value


@contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[Callable[[], None]]:
    """Hold the lock that guards `path` among processes and threads; raises StorageProblem naming who holds it.

    Yields a function that takes the lock file away at the end, for when all that it guarded is gone.
    """
    from filelock import FileLock, Timeout

    lock_path, holder = path.with_name(f".{path.name}.lock"), path.with_name(f".{path.name}.holder")
    try:
        private_dir(path.parent)
        lock = FileLock(lock_path, timeout=timeout, mode=0o600, thread_local=False, poll_interval=0.01)
        lock.acquire()
    except Timeout as error:
        raise StorageProblem(
            f"{path} has been in use by {_holder(holder)} for {timeout:g} seconds. "
            "Wait for it or end it, then try again."
        ) from error
    except (OSError, NotImplementedError) as error:
        cause = reason_of(error) if isinstance(error, OSError) else "the file system has no locks"
        raise StorageProblem(
            f"Cannot lock {path}: {cause}. Free or permit its folder, or name another with TYPETRAINER_HOME."
        ) from error
    gone = [holder]
    try:
        with suppress(OSError):  # it serves the error message of others only, so a full disk may stop it
            _write_holder(holder)
        yield lambda: gone.append(lock_path)
    finally:
        for rest in gone:  # a lock file is unlinked while held: whoever waits for it sees that its name is gone
            with suppress(OSError):
                rest.unlink()
        lock.release()


def _write_holder(holder: Path) -> None:
    fd = os.open(holder, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.write(fd, str(os.getpid()).encode())
    finally:
        os.close(fd)


def _holder(holder: Path) -> str:
    try:
        return f"process {int(read_bounded(holder, 20))}"
    except (OSError, ValueError):
        return "another process"
