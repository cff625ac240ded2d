"""The attempts on disk: one folder each, with the log, the item as it was shown, and the assessment."""

import hashlib
import io
import os
import re
import secrets
import shutil
import stat
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from typetrainer.core.log import MAX_BYTES, AttemptLog, End, Header, LogError, Mark
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store.atomic import (
    decode_json,
    decode_object,
    encode_json,
    leftovers,
    read_bounded,
    read_optional,
    reason_of,
    take,
    write_atomic,
)
from typetrainer.store.journal import (
    CLOSED,
    ITEM,
    JOURNAL,
    NEW,
    Journal,
    is_live,
    lock_journal,
    seconds_since,
)
from typetrainer.store.migrations import ASSESSMENTS, Migration, migrate

ASSESSMENT = "assessment.json"
GOING = ".del-"
MAX_JSON = 16 * 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_TAIL = 256


def new_attempt_id(now: datetime, random: Random) -> str:
    """Return an id that sorts by time: `20261123-120000-123456-1f3a9c2e`, in UTC."""
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}-{random.getrandbits(32):08x}"


def valid_id(attempt_id: str) -> str:
    """Return the id if it can name a folder: begins with a letter or digit, no separator. Raises UsageProblem."""
    if not _ID.fullmatch(attempt_id):
        raise UsageProblem(
            f"{attempt_id[:100]!r} is not an attempt's id: letters, digits, '-', '_' and '.', as `history` prints them."
        )
    return attempt_id


class Attempt(NamedTuple):
    """One attempt as read. `item` and `assessment` are None where there is none or, said in `faults`, it is broken."""

    id: str
    log: AttemptLog
    item: dict[str, Any] | None
    assessment: dict[str, Any] | None
    log_sha256: str
    faults: tuple[str, ...] = ()


class AttemptStore:
    """The folders below `root`. Nothing is made before the first attempt is started."""

    def __init__(self, root: Path, assessments: tuple[Migration, ...] = ASSESSMENTS) -> None:
        self.root = root
        self._assessments = assessments

    def folder(self, attempt_id: str) -> Path:
        """Return the folder of an attempt. Raises UsageProblem when there is none, or a link stands there."""
        folder = self.root / valid_id(attempt_id)
        try:
            there = stat.S_ISDIR(folder.lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            there = False
        except OSError as error:
            raise StorageProblem(f"Cannot look into {self.root}: {reason_of(error)}. Permit it.") from error
        if not there:
            raise UsageProblem(f"There is no attempt {attempt_id}; `history` lists them.")
        return folder

    def ids(self) -> list[str]:
        """Return the ids of all attempts, finished or not, newest last."""
        try:
            with os.scandir(self.root) as entries:
                return sorted(e.name for e in entries if _ID.fullmatch(e.name) and e.is_dir(follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise StorageProblem(f"Cannot list {self.root}: {reason_of(error)}. Permit it.") from error

    def journal(self, header: Header, item: Mapping[str, Any] | None) -> Journal:
        """Return the journal of a new attempt without touching the disk: its `open` or first `flush` does."""
        return Journal(self.root / valid_id(header.id), header, item)

    def start(self, header: Header, item: Mapping[str, Any] | None) -> Journal:
        """Begin an attempt: make its folder with item and header. A disk that refuses is told at close."""
        journal = self.journal(header, item)
        journal.open()
        return journal

    def read(self, attempt_id: str) -> Attempt:
        """Read one attempt. Raises InvalidFile, naming the line, when its log is invalid or something is newer."""
        folder = self.folder(attempt_id)
        data = _log_bytes(folder)
        log = _parsed(folder, data)
        faults: list[str] = []
        item = _part(folder / ITEM, faults)
        assessment = _part(folder / ASSESSMENT, faults)
        if assessment is not None:
            assessment = migrate(assessment, self._assessments, str(folder / ASSESSMENT))
        return Attempt(attempt_id, log, item, assessment, hashlib.sha256(data).hexdigest(), tuple(faults))

    def log_bytes(self, attempt_id: str) -> bytes:
        """Return an attempt's log as lines, unparsed. Raises UsageProblem, InvalidFile or StorageProblem."""
        return _log_bytes(self.folder(attempt_id))

    def is_live(self, attempt_id: str) -> bool:
        """Whether a living process, this one included, is writing the attempt."""
        return is_live(self.folder(attempt_id) / JOURNAL)

    def interrupted(self) -> list[str]:
        """Return the ids of attempts without an end that no living process is writing, newest last."""
        return [attempt_id for attempt_id in self.ids() if _is_interrupted(self.root / attempt_id)]

    def resume(self, attempt_id: str, now: datetime | None = None) -> Journal:
        """Go on with an interrupted attempt: a cut-off last line is dropped, and a `gap` mark says how long it lay.

        Raises StorageProblem when another program is writing it, InvalidFile when it cannot be read, UsageProblem
        when it is finished.
        """
        journal, away = self._reopened(attempt_id, now)
        journal.write(Mark(journal.last_t, "gap", away))
        journal.flush()
        return journal

    def finish(self, attempt_id: str, end: End) -> None:
        """Close an interrupted attempt as it stands; an end before its last event moves there. Raises as `resume`."""
        journal, _ = self._reopened(attempt_id, None)
        journal.close(end)

    def discard(self, attempt_id: str) -> int:
        """Throw an interrupted attempt away and return the bytes freed. Raises UsageProblem when it is finished."""
        if not _is_interrupted(folder := self.folder(attempt_id)) and not is_live(folder / JOURNAL):
            raise UsageProblem(f"The attempt {attempt_id} is finished; `forget {attempt_id}` deletes it.")
        return self.delete(attempt_id)

    def write_assessment(self, attempt_id: str, assessment: Mapping[str, Any]) -> None:
        """Store the assessment, any JSON object with its `version`, in place of an earlier one."""
        if type(assessment.get("version")) is not int:
            raise ValueError("an assessment has a version number")
        write_atomic(self.folder(attempt_id) / ASSESSMENT, encode_json(assessment))

    def delete(self, attempt_id: str) -> int:
        """Delete an attempt's folder and return the bytes freed. Raises StorageProblem when it is being written."""
        folder = self.folder(attempt_id)
        if is_live(folder / JOURNAL):
            raise StorageProblem(
                f"The attempt {attempt_id} is being written by a running typetrainer; finish or quit it there first."
            )
        going = self.root / f"{GOING}{attempt_id}-{secrets.token_hex(4)}"
        size = size_of(folder)
        try:
            folder.rename(going)  # in one step, so that a kill here leaves no half attempt to be read
            shutil.rmtree(going)
        except OSError as error:
            raise StorageProblem(f"Cannot delete {folder}: {reason_of(error)}. Permit it, then try again.") from error
        return size

    def delete_all(self) -> tuple[list[str], list[str], int]:
        """Delete every attempt and all rests; return the ids deleted, the ids left since they are live, bytes freed."""
        deleted, live, freed = [], [], 0
        for attempt_id in self.ids():
            if is_live(self.root / attempt_id / JOURNAL):
                live.append(attempt_id)
                continue
            freed += self.delete(attempt_id)
            deleted.append(attempt_id)
        freed += self.sweep()
        with suppress(OSError):
            self.root.rmdir()
        return deleted, live, freed

    def sweep(self) -> int:
        """Remove what killed programs left, folders half made or half deleted; return the bytes freed.

        Those of living programs are locked, and left.
        """
        freed = 0
        for prefix in (NEW, GOING):
            for folder in self.root.glob(f"{prefix}*"):
                if folder.is_symlink() or not folder.is_dir() or is_live(folder / JOURNAL):
                    continue
                if prefix == NEW and not (folder / JOURNAL).exists() and _is_young(folder):
                    continue  # another program is about to lock it
                freed += size_of(folder)
                shutil.rmtree(folder, ignore_errors=True)
        return freed

    def _reopened(self, attempt_id: str, now: datetime | None) -> tuple[Journal, float]:
        folder = self.folder(attempt_id)
        path = folder / JOURNAL
        try:
            fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise UsageProblem(f"The attempt {attempt_id} is finished; there is nothing to resume.") from None
        except OSError as error:
            raise StorageProblem(f"Cannot open {path}: {reason_of(error)}. Permit it, then try again.") from error
        try:
            return self._continued(folder, fd, now)
        except OSError as error:
            os.close(fd)
            raise StorageProblem(f"Cannot go on with {path}: {reason_of(error)}.") from error
        except BaseException:  # Ctrl-C too: an open journal would stay locked
            os.close(fd)
            raise

    def _continued(self, folder: Path, fd: int, now: datetime | None) -> tuple[Journal, float]:
        if not lock_journal(fd, wait=True):
            raise StorageProblem(f"The attempt {folder.name} is being written by another running typetrainer.")
        path = folder / JOURNAL
        data = read_bounded(path, MAX_BYTES)
        log = _parsed(folder, data)
        if log.end is not None or (folder / CLOSED).exists():
            raise UsageProblem(f"The attempt {folder.name} is finished; there is nothing to resume.")
        away = seconds_since(path, now)
        for rest in leftovers(folder / CLOSED):
            rest.unlink(missing_ok=True)
        data = _whole_lines(data)
        if os.fstat(fd).st_size > len(data):
            os.ftruncate(fd, len(data))
        faults: list[str] = []
        journal = Journal.continued(folder, log, _part(folder / ITEM, faults), fd, data)
        return journal, away


def _is_young(folder: Path) -> bool:
    with suppress(OSError):
        return seconds_since(folder, None) < 60
    return True


def size_of(folder: Path) -> int:
    """Return the bytes of the files in a folder, without following links."""
    total = 0
    with suppress(OSError):
        for path in folder.rglob("*"):
            with suppress(OSError):
                total += path.lstat().st_size if not path.is_dir() else 0
    return total


def _whole_lines(data: bytes) -> bytes:
    """Drop a last line that was cut off, as the reader of logs does; only a newline may be missing."""
    start = data.rfind(b"\n") + 1
    if start == len(data):
        return data
    try:
        decode_json(data[start:])
    except ValueError:
        return data[:start]
    return data + b"\n"


def _is_interrupted(folder: Path) -> bool:
    journal = folder / JOURNAL
    if (folder / CLOSED).exists() or journal.is_symlink() or not journal.is_file():
        return False
    return not is_live(journal) and not _has_end(journal)


def _has_end(journal: Path) -> bool:
    """Look at the last bytes only; whether the whole log is valid is for `read` to say."""
    try:
        with journal.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - _TAIL))
            tail = _whole_lines(stream.read()).splitlines()
    except OSError:
        return False
    return bool(tail) and tail[-1].startswith(b'["end"')


def _parsed(folder: Path, data: bytes) -> AttemptLog:
    from typetrainer.core.log_reader import parse_log

    try:
        return parse_log(data)
    except LogError as error:
        raise InvalidFile(f"The log of {folder.name} in {folder.parent} is not valid: {error}.") from error


def _inflated(path: Path) -> bytes:
    import gzip

    packed = read_bounded(path, MAX_BYTES)
    with gzip.GzipFile(fileobj=io.BytesIO(packed), mode="rb") as stream:
        return take(stream, MAX_BYTES, path)


def _journal_bytes(path: Path) -> bytes:
    return read_bounded(path, MAX_BYTES)


def _log_bytes(folder: Path) -> bytes:
    """Return the log, compressed or not. With both present the compressed one wins unless it is damaged."""
    sources: tuple[tuple[str, Callable[[Path], bytes]], ...] = (
        (CLOSED, _inflated),
        (JOURNAL, _journal_bytes),
        (CLOSED, _inflated),  # again, for it may have been closed between the two looks
    )
    problem: str | None = None
    for name, reader in sources:
        try:
            return reader(folder / name)
        except FileNotFoundError:
            continue
        except (OSError, EOFError, zlib.error) as error:
            cause = reason_of(error) if isinstance(error, OSError) else str(error)
            problem = problem or f"Cannot read {folder / name}: {cause}. Restore it from a copy, or forget the attempt."
    raise InvalidFile(problem or f"{folder} holds no log. Restore it from a copy, or forget the attempt.")


def _part(path: Path, faults: list[str]) -> dict[str, Any] | None:
    try:
        data = read_optional(path, MAX_JSON)
        value = None if data is None else decode_object(path, data)
    except (InvalidFile, StorageProblem) as error:
        faults.append(str(error))
        return None
    return value
