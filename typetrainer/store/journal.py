"""The log of a running attempt on disk: written out while typing, compressed when closed, never lost silently.

An attempt's folder appears by one rename with its journal already locked and its header in it, so that no other
program ever sees half a one. The lock is a `flock` on the journal; it ends with the process that holds it.
"""

import fcntl
import hashlib
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typetrainer.core.log import (
    MAX_BYTES,
    MAX_EVENTS,
    MAX_LINE,
    AttemptLog,
    End,
    Event,
    Header,
    Mark,
    encode_event,
    encode_header,
)
from typetrainer.errors import StorageProblem
from typetrainer.store.atomic import encode_json, fsync_dir, private_dir, reason_of, replace_file, write_all

JOURNAL = "log.jsonl"
CLOSED = "log.jsonl.gz"
ITEM = "item.json"
NEW = ".new-"
_ROOM = 4096  # kept free below the log's limits for the marks and the end that must still fit
_RETRIES = 50


def _line(text: str) -> bytes:
    # A lone surrogate (a key sent in a broken encoding) would make the whole log unreadable: it becomes "?".
    return text.encode("utf-8", "replace") + b"\n"


def rescue_prefix(root: Path, attempt_id: str = "") -> str:
    """Return how the names of copies in the temporary folder begin: of one attempt, or of all below `root`."""
    place = hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:8]
    return f"typetrainer-log~{place}~" + (f"{attempt_id}~" if attempt_id else "")  # no id has a "~"


class Journal:
    """The log of one attempt being typed. `write` only remembers; `flush` and `close` touch the disk.

    All methods may be called from any thread. A disk that fails does not stop the typing: every line stays in memory
    and is tried again with each `flush`; only `close` raises, once, when in the end the log could not be stored.
    """

    def __init__(self, folder: Path, header: Header, item: Mapping[str, Any] | None) -> None:
        self.folder = folder
        self.header = header
        self.item = item
        self._item = encode_json(item)
        self._lines: list[bytes] = [_line(encode_header(header))]
        if len(self._lines[0]) > MAX_LINE:
            raise ValueError("the header is too long to be read again: shorten the target")
        self._size = len(self._lines[0])
        self._last_t = 0
        self._closed = False
        self._full = False
        self._fd: int | None = None
        self._stored_lines = self._stored_bytes = 0
        self._problem: str | None = None
        self._memory = threading.Lock()
        self._disk = threading.Lock()

    @classmethod
    def continued(
        cls, folder: Path, log: AttemptLog, item: Mapping[str, Any] | None, fd: int, data: bytes
    ) -> "Journal":
        """Go on with a journal that is open and locked as `fd`; `data` are its whole lines, `log` what they say."""
        journal = cls(folder, log.header, item)
        journal._lines = data.splitlines(keepends=True)
        journal._size = journal._stored_bytes = len(data)
        journal._stored_lines = len(journal._lines)
        journal._last_t = log.last_t
        journal._fd = fd
        return journal

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self.header.id

    @property
    def last_t(self) -> int:
        """The time of the last event written, in microseconds."""
        return self._last_t

    @property
    def problem(self) -> str | None:
        """What the disk said when it last refused, or None while all is well; for a quiet sign on the screen."""
        return self._problem

    def write(self, event: Event) -> None:
        """Remember one event. Raises ValueError for one that would make the log invalid: a bug of the caller."""
        if isinstance(event, End):
            raise ValueError("the end event belongs to close()")  # noqa: TRY004 - not the wrong type, the wrong time
        line = _line(encode_event(event))
        with self._memory:
            if self._closed:
                raise ValueError("the journal is closed")
            if event.t < self._last_t:
                raise ValueError(f"t falls from {self._last_t} to {event.t}")
            if self._full:
                return
            if self._size + len(line) > MAX_BYTES - _ROOM or len(self._lines) > MAX_EVENTS - 3:
                self._full = True  # a longer log could not be read again; it stops at a whole event instead
                line = _line(encode_event(Mark(event.t, "log_full")))
            self._append(line, event.t)

    def _append(self, line: bytes, t: int) -> None:
        self._lines.append(line)
        self._size += len(line)
        self._last_t = t

    def open(self) -> None:
        """Make the attempt's folder with item and header. A failure is remembered as in `flush`."""
        self.flush()

    def flush(self) -> None:
        """Write out what is not yet on disk. Never raises for the disk; what could not be written is kept."""
        with self._disk:
            if not self._closed:
                self._try_flush()

    def _try_flush(self, *, sync: bool = False) -> bool:
        try:
            if self._fd is None:
                self._fd = self._create()
            with self._memory:
                count = len(self._lines)
                pending = b"".join(self._lines[self._stored_lines : count])
            if pending:
                # From the last good byte on: a refused write may have left a part of a line behind.
                os.lseek(self._fd, self._stored_bytes, os.SEEK_SET)
                write_all(self._fd, pending)
                self._stored_bytes += len(pending)
                self._stored_lines = count
            if sync:
                os.fsync(self._fd)
                if os.fstat(self._fd).st_nlink == 0:
                    raise FileNotFoundError(2, "the attempt's folder was deleted while typing")
        except OSError as error:
            self._problem = reason_of(error)
            self._cut_back()
            return False
        self._problem = None
        return True

    def _cut_back(self) -> None:
        if self._fd is not None:
            with suppress(OSError):
                os.ftruncate(self._fd, self._stored_bytes)

    def _create(self) -> int:
        root = self.folder.parent
        private_dir(root)
        if os.path.lexists(self.folder):
            raise FileExistsError(17, "the attempt's folder exists already", str(self.folder))
        staging = root / f"{NEW}{self.folder.name}-{secrets.token_hex(4)}"
        staging.mkdir(mode=0o700)
        fd = -1
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            fd = os.open(staging / JOURNAL, flags, 0o600)
            with suppress(OSError):  # a file system without locks: typing goes on, only nobody can see it is live
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            write_all(fd, self._lines[0])
            os.fsync(fd)
            replace_file(staging / ITEM, self._item)
            staging.rename(self.folder)
        except BaseException:  # Ctrl-C too: half a folder is no attempt
            if fd >= 0:
                os.close(fd)
            remove_flat(staging)
            raise
        self._stored_lines, self._stored_bytes = 1, len(self._lines[0])
        return fd

    def close(self, end: End | None) -> None:
        """Write the rest out; with an end, also store the log compressed and take the journal away.

        Without an end the attempt stays interrupted, to be resumed later. Raises StorageProblem, once, when the log
        could not be stored in its folder; its text then names the copy in the temporary folder. A second call does
        nothing.
        """
        with self._disk:
            with self._memory:
                if self._closed:
                    return
                if end is not None:
                    end = End(max(end.t, self._last_t), end.reason)
                    self._append(_line(encode_event(end)), end.t)
                self._closed = True
            try:
                stored = self._try_flush(sync=True)
                if end is not None and self._compress():
                    stored = True
            finally:
                self._release()
            if not stored:
                raise StorageProblem(self._rescue())

    def _compress(self) -> bool:
        if self._fd is None:  # there is no folder
            return False
        import gzip

        try:
            replace_file(self.folder / CLOSED, gzip.compress(b"".join(self._lines), mtime=0))
        except OSError as error:
            self._problem = self._problem or reason_of(error)
            return False
        with suppress(OSError):  # both present is fine: the whole one wins
            (self.folder / JOURNAL).unlink()
            fsync_dir(self.folder)
        with suppress(OSError):
            fsync_dir(self.folder.parent)
        return True

    def _release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _rescue(self) -> str:
        """Copy the log into the temporary folder and return the sentence that says so."""
        said = f"Cannot store the log of {self.id} in {self.folder}: {self._problem}."
        try:
            name = _copy_aside(rescue_prefix(self.folder.parent, self.folder.name), b"".join(self._lines))
        except OSError as error:
            return f"{said} The temporary folder does not take it either ({reason_of(error)}): it is lost, free space."
        return f"{said} It is kept as {name}: move it to a safe place, then free space or permit the folder."


def _copy_aside(prefix: str, data: bytes) -> str:
    """Write a new private file in the temporary folder and return its path; raises OSError and leaves no rest."""
    fd, name = tempfile.mkstemp(prefix=prefix, suffix=".jsonl")
    try:
        write_all(fd, data)
        os.fsync(fd)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    finally:
        os.close(fd)
    return name


def remove_flat(folder: Path) -> None:
    """Remove a folder and the files in it, as far as that goes; never follows a link."""
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                path.unlink()
        folder.rmdir()


def lock_journal(fd: int, *, wait: bool) -> bool:
    """Take the writer's lock; False when a living process has it. Waits out the moment another one only looks."""
    for _ in range(_RETRIES if wait else 1):
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if wait:
                time.sleep(0.01)
            continue
        except OSError:  # a file system without locks
            return True
        return True
    return False


def is_live(journal: Path) -> bool:
    """Whether a living process is writing this journal. Only looks, with a shared lock held for a moment."""
    try:
        fd = os.open(journal, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(fd)
    return False


def seconds_since(path: Path, now: datetime | None) -> float:
    """Return the seconds since the file was last written, to the millisecond and never below 0."""
    moment = (now or datetime.now(UTC)).timestamp()
    return round(max(0.0, moment - path.stat().st_mtime), 3)
