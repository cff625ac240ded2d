"""The history: one small record for each finished attempt, in one file, made from the attempts and remade at need."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from typetrainer.core.metrics import compute
from typetrainer.errors import InvalidFile, StorageProblem
from typetrainer.store.atomic import (
    LOCK_TIMEOUT,
    encode_json,
    leftovers,
    locked,
    read_optional,
    reason_of,
    replace_file,
)
from typetrainer.store.attempts import AttemptStore
from typetrainer.store.migrations import RECORD_VERSION, RECORDS, Migration, Record, migrate
from typetrainer.store.records import Move, Scorer, is_record, moves, readable, summary

if TYPE_CHECKING:
    from tinydb import TinyDB
    from tinydb.table import Document, Table

    from typetrainer.store.json_storage import Tables

Notice = Callable[[str], None]
Rebuild = Callable[[], tuple[list[Record], list[str]]]
_TABLE = "attempts"
_META = "meta"


class Wild(Enum):
    """The one value that matches everything, None included."""

    ANY = "any"


ANY: Final = Wild.ANY


@dataclass(frozen=True, slots=True)
class Only:
    """Which records are wanted; a field that is ANY does not matter."""

    kind: str | Wild = ANY
    pack: str | Wild = ANY
    limit_s: float | Wild | None = ANY
    policy: str | Wild | None = ANY

    def takes(self, record: Mapping[str, Any]) -> bool:
        """Whether the record is wanted."""
        wanted = (("kind", self.kind), ("pack", self.pack), ("limit_s", self.limit_s), ("policy", self.policy))
        return all(value is ANY or record.get(name) == value for name, value in wanted)


class HistoryStore(Protocol):
    """What the program needs of a history. Records are JSON objects; `is_record` says what they must have."""

    def insert(self, *records: Record) -> None:
        """Add records; one with a known id takes the place of the old one."""

    def all(self) -> list[Record]:
        """Return every record, newest last."""

    def last(self, count: int, only: Only = ...) -> list[Record]:
        """Return the newest `count` records that are wanted, newest last."""

    def get(self, attempt_id: str) -> Record | None:
        """Return one record, or None."""

    def contains(self, attempt_id: str) -> bool:
        """Whether there is a record of the attempt."""

    def count(self) -> int:
        """Return the number of records."""

    def delete(self, attempt_id: str) -> bool:
        """Delete one record; False when there was none."""

    def clear(self) -> int:
        """Delete everything, earlier broken files included, and return the bytes freed."""


def newest_last(record: Mapping[str, Any]) -> tuple[float, str]:
    """The order of the history: by the moment of starting, then by id."""
    try:
        return datetime.fromisoformat(record["started"]).timestamp(), record["id"]
    except (ValueError, OverflowError, OSError):
        return 0.0, record["id"]


class TinyHistory:
    """A HistoryStore in one TinyDB file.

    Every change is: lock, open, one operation, close. Reading needs no lock, for the file is only ever replaced as a
    whole. A damaged or older file is set aside and rebuilt, and `notice` says so in one line.
    """

    def __init__(
        self,
        path: Path,
        rebuild: Rebuild = lambda: ([], []),
        notice: Notice = lambda _: None,
        *,
        timeout: float = LOCK_TIMEOUT,
        steps: tuple[Migration, ...] = RECORDS,
    ) -> None:
        self._path = path
        self._rebuild = rebuild
        self._notice = notice
        self._timeout = timeout
        self._steps = steps

    def insert(self, *records: Record) -> None:
        """Add records; one with a known id takes the place of the old one. Raises StorageProblem."""
        for record in records:
            if not is_record(record):
                raise ValueError("a record says id, started and kind")
        if records:
            with self._table() as table:
                _put(table, {record["id"]: {**record, "version": len(self._steps)} for record in records})

    def all(self) -> list[Record]:
        """Return every record, newest last."""
        return sorted(self._records(), key=newest_last)

    def last(self, count: int, only: Only = Only()) -> list[Record]:
        """Return the newest `count` records that are wanted, newest last."""
        wanted = [record for record in self.all() if only.takes(record)]
        return wanted[-count:] if count > 0 else []

    def get(self, attempt_id: str) -> Record | None:
        """Return one record, or None."""
        return next((record for record in self._records() if record["id"] == attempt_id), None)

    def contains(self, attempt_id: str) -> bool:
        """Whether there is a record of the attempt."""
        return self.get(attempt_id) is not None

    def count(self) -> int:
        """Return the number of records."""
        return len(self._records())

    def delete(self, attempt_id: str) -> bool:
        """Delete one record; False when there was none."""
        if not self._path.exists():
            return False
        with self._table() as table:
            found = [document.doc_id for document in table if document["id"] == attempt_id]
            return bool(found) and bool(table.remove(doc_ids=found))

    def clear(self) -> int:
        """Delete the file, what killed writers left of it, and those set aside; return the bytes freed."""
        if not self._path.parent.is_dir():
            return 0
        with locked(self._path, self._timeout) as forget_lock:
            freed = 0
            for path in [self._path, *leftovers(self._path), *self.set_aside()]:
                freed += _unlinked(path)
            forget_lock()
        return freed

    def set_aside(self) -> list[Path]:
        """Return the files that were set aside since they could not be read or were of an older version."""
        return sorted(self._path.parent.glob(f"{self._path.name}.corrupt-*"))

    # --- reading -----------------------------------------------------------------------------------------------------

    def _records(self) -> list[Record]:
        try:
            return self._loaded()
        except _UnusableError:
            with locked(self._path, self._timeout):
                return self._usable()

    def _loaded(self) -> list[Record]:
        """Read without a lock. Raises _UnusableError for what must be rebuilt, InvalidFile for a newer version."""
        with self._opened() as db:
            return [dict(document) for document in self._checked(db)]

    def _checked(self, db: "TinyDB") -> "list[Document]":
        try:
            meta = db.table(_META).all()
            documents = db.table(_TABLE).all()
        except InvalidFile as error:
            raise _UnusableError(str(error)) from error
        version = meta[0].get("version", 0) if meta else 0
        if type(version) is not int or not all(is_record(document) for document in documents):
            raise _UnusableError(f"{self._path} holds something else than records.")
        if version > len(self._steps):
            migrate(
                {"version": version}, self._steps, f"The history {self._path}"
            )  # raises, in the words of all others
        if version < len(self._steps):
            raise _OlderError(f"{self._path} is of the older version {version}.", [dict(d) for d in documents])
        return documents

    @contextmanager
    def _opened(self) -> "Iterator[TinyDB]":
        from tinydb import TinyDB

        from typetrainer.store.json_storage import AtomicJSONStorage

        db = TinyDB(self._path, initial=self._tables([]), storage=AtomicJSONStorage)
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def _table(self) -> "Iterator[Table]":
        """Lock, see that the file is usable, open, and close again."""
        with locked(self._path, self._timeout):
            for rest in leftovers(self._path):  # of killed writers; a living one would hold the lock
                _unlinked(rest)
            with self._opened() as db:
                try:
                    self._checked(db)
                except _UnusableError as error:
                    self._remake(error)
                else:
                    yield db.table(_TABLE)
                    return
            with self._opened() as db:
                yield db.table(_TABLE)

    # --- rebuilding, always under the lock ---------------------------------------------------------------------------

    def _usable(self) -> list[Record]:
        try:
            return self._loaded()
        except _UnusableError as error:
            self._remake(error)
            return self._loaded()

    def _remake(self, why: "_UnusableError") -> None:
        """Keep a copy of the file aside, then replace it: a kill in between leaves it to be done again."""
        aside = self._keep_aside()
        records, unreadable = self._rebuild()
        by_id = {r["id"]: r for r in [*self._salvaged(why), *records]}
        try:
            replace_file(self._path, encode_json(self._tables(list(by_id.values()))))
        except OSError as error:
            raise StorageProblem(f"Cannot rebuild {self._path}: {reason_of(error)}. Free or permit it.") from error
        attempts = "1 attempt" if len(by_id) == 1 else f"{len(by_id)} attempts"
        left = f" Not readable and left in place: {', '.join(unreadable)}." if unreadable else ""
        self._notice(f"{why} It was set aside as {aside.name}, and the history rebuilt with {attempts}.{left}")

    def _salvaged(self, why: "_UnusableError") -> list[Record]:
        """Bring what an older file held to this version; records that were imported have no folder to come from."""
        if not isinstance(why, _OlderError):
            return []
        migrated = []
        for record in why.records:
            with suppress(InvalidFile):  # newer than its file says, or without a number: the copy set aside has it
                migrated.append(migrate(record, self._steps, "A record"))
        return [record for record in migrated if is_record(record)]

    def _keep_aside(self) -> Path:
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        for number in range(1, 1000):
            aside = self._path.with_name(f"{self._path.name}.corrupt-{stamp}{f'-{number}' if number > 1 else ''}")
            if os.path.lexists(aside):
                continue
            try:
                replace_file(aside, read_optional(self._path, 2**40) or b"")
            except OSError as error:
                raise StorageProblem(
                    f"{self._path} is damaged and cannot be set aside: {reason_of(error)}. Free or permit its folder."
                ) from error
            return aside
        raise StorageProblem(f"There are too many {self._path}.corrupt-… files: move them away.")

    def _tables(self, records: list[Record]) -> "Tables":
        numbered = {str(number): record for number, record in enumerate(records, 1)}
        return {_META: {"1": {"version": len(self._steps)}}, _TABLE: numbered}


class _UnusableError(Exception):
    """The file must be set aside and rebuilt."""


class _OlderError(_UnusableError):
    """The file is of an older version, with these records."""

    def __init__(self, text: str, records: list[Record]) -> None:
        super().__init__(text)
        self.records = records


def _put(table: "Table", records: dict[str, Record]) -> None:
    known = {document["id"]: document.doc_id for document in table}

    def replaced(document: "Mapping[str, Any]") -> None:
        new = records[document["id"]]
        assert isinstance(document, dict)  # noqa: S101 - what TinyDB hands out
        document.clear()
        document.update(new)

    if old := [known[attempt_id] for attempt_id in records if attempt_id in known]:
        table.update(replaced, doc_ids=old)
    if new := [record for attempt_id, record in records.items() if attempt_id not in known]:
        table.insert_multiple(new)


def _unlinked(path: Path) -> int:
    with suppress(OSError):
        size = path.lstat().st_size
        path.unlink()
        return size
    return 0


def rescore(
    attempts: AttemptStore,
    history: HistoryStore,
    *,
    scorer: Scorer = compute,
    apply: bool = True,
    notice: Notice = lambda _: None,
) -> list[Move]:
    """Compute every record that has its attempt again; store what changed, and return which numbers moved.

    With `apply` false nothing is stored. A log that is not the one the record was made from is named and left alone.
    """
    found: list[Move] = []
    fresh: list[Record] = []
    unreadable: list[str] = []
    by_id = {record["id"]: record for record in history.all()}
    for attempt in readable(attempts, [i for i in attempts.ids() if i in by_id], unreadable):
        old = by_id[attempt.id]
        if old.get("log_sha256") not in (None, attempt.log_sha256):
            notice(f"The log of {attempt.id} is not the one its record was made from; it was not scored again.")
            continue
        new = summary(attempt, scorer)
        found += moves(old, new)
        if new != old:
            fresh.append(new)
    if unreadable:
        notice(f"Not readable and not scored again: {', '.join(unreadable)}.")
    if apply:
        history.insert(*fresh)
    return found


__all__ = ["ANY", "RECORD_VERSION", "HistoryStore", "Only", "TinyHistory", "newest_last", "rescore"]
