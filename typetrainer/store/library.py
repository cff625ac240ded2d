"""Everything kept for one profile, behind one object.

A drill opens it before its first frame, so what only the history needs is imported on use.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typetrainer.core.log import End
from typetrainer.errors import TypetrainerError, UsageProblem
from typetrainer.paths import Paths
from typetrainer.store.attempts import AttemptStore, valid_id
from typetrainer.store.journal import rescue_prefix
from typetrainer.store.profiles import DEFAULT, places, profile_name
from typetrainer.store.settings import SettingsStore
from typetrainer.store.wordlist import WordList

if TYPE_CHECKING:
    from typetrainer.store.disputes import Disputes
    from typetrainer.store.elsewhere import Elsewhere
    from typetrainer.store.exchange import Format
    from typetrainer.store.history import HistoryStore
    from typetrainer.store.migrations import Record
    from typetrainer.store.records import Move, Scorer

Notice = Callable[[str], None]


class Forgotten(NamedTuple):
    """What was deleted, and what was left since a running program is writing it."""

    attempts: int
    records: int
    bytes: int
    live: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say it in one line."""
        kept = f" Left, since they are being typed now: {', '.join(self.live)}." if self.live else ""
        return (
            f"Deleted {_counted(self.attempts, 'attempt')} and {_counted(self.records, 'record')}, "
            f"{self.bytes / 1000:.1f} kB freed.{kept}"
        )


class Imported(NamedTuple):
    """How many records were new, how many were there already, and how many differ from ours, which were kept."""

    added: int
    same: int
    kept: int


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def chosen_profile(paths: Paths, named: str | None = None) -> str:
    """Return the profile that was named, else the one of the settings. What is wrong in them is for `load` to say."""
    return profile_name(named if named is not None else SettingsStore(places(paths)).load().text("profile"))


class Store:
    """Attempts, history, settings and word lists of one profile. Made without touching the disk."""

    def __init__(
        self,
        paths: Paths,
        profile: str = DEFAULT,
        notice: Notice = lambda _: None,
        *,
        scorer: "Scorer | None" = None,
    ) -> None:
        self._notice = notice
        self._scorer = scorer
        self.profile = profile_name(profile)
        self.places = places(paths, self.profile)
        self.settings = SettingsStore(self.places, notice)
        self.attempts = AttemptStore(self.places.attempts)
        self.dictionary = WordList(self.places.dictionary)
        self.rules_off = WordList(self.places.rules_off)

    @cached_property
    def disputes(self) -> "Disputes":
        """The judgements that the writer finds wrong."""
        from typetrainer.store.disputes import Disputes

        return Disputes(self.places.disputes)

    @cached_property
    def elsewhere(self) -> "Elsewhere":
        """Results of other programs, which are no part of the history."""
        from typetrainer.store.elsewhere import Elsewhere

        return Elsewhere(self.places.elsewhere)

    @cached_property
    def history(self) -> "HistoryStore":
        """The summaries of all finished attempts."""
        from typetrainer.store.history import TinyHistory

        return TinyHistory(self.places.history, self._rebuilt, self._notice)

    def _rebuilt(self, ids: "list[str] | None" = None) -> "tuple[list[Record], list[str]]":
        from typetrainer.store.records import rebuild

        return rebuild(self.attempts, ids, self._score)

    @cached_property
    def _score(self) -> "Scorer":
        if self._scorer is not None:
            return self._scorer
        from typetrainer.core.metrics import compute

        return compute

    def practised(self) -> list[str]:
        """Return the items of the newest attempts, newest last; nothing where none can be read."""
        from typetrainer.store.recent import practised

        return practised(self.attempts)

    def add(self, attempt_id: str) -> "Record":
        """Put a finished attempt into the history, or again after its assessment changed; return its record."""
        attempt = self.attempts.read(attempt_id)
        if attempt.log.interrupted:
            raise UsageProblem(f"The attempt {attempt_id} is not finished; resume, finish or discard it.")
        from typetrainer.store.records import summary

        record = summary(attempt, self._score)
        self.history.insert(record)
        return record

    def finish(self, attempt_id: str, end: End) -> "Record":
        """Close an interrupted attempt as it stands and put it into the history."""
        self.attempts.finish(attempt_id, end)
        return self.add(attempt_id)

    def catch_up(self) -> int:
        """Put in order what a kill leaves: finished attempts without a record are added, half folders removed.

        Returns how many records were added.
        """
        self.attempts.sweep()
        ids = self.attempts.ids()
        if not ids:
            return 0
        known = {record["id"] for record in self.history.all()}
        records, _ = self._rebuilt([i for i in ids if i not in known])
        self.history.insert(*records)
        return len(records)

    def rescore(self, *, apply: bool = True) -> "list[Move]":
        """Compute all records again and return which numbers moved."""
        from typetrainer.store.history import rescore

        return rescore(self.attempts, self.history, scorer=self._score, apply=apply, notice=self._notice)

    def export(self, form: "Format" = "json") -> str:
        """Return all records as JSON Lines or CSV."""
        from typetrainer.store import exchange

        return exchange.exported(self.history.all(), form)

    def import_json(self, text: str) -> Imported:
        """Add records from an exported JSON text, all or none. Ours are kept where they differ: their log is here."""
        from typetrainer.store import exchange

        incoming = {record["id"]: record for record in exchange.imported(text)}
        ours = {record["id"]: record for record in self.history.all()}
        new = [record for attempt_id, record in incoming.items() if attempt_id not in ours]
        same = sum(1 for attempt_id, record in incoming.items() if ours.get(attempt_id) == record)
        self.history.insert(*new)
        return Imported(len(new), same, len(incoming) - len(new) - same)

    def forget(self, attempt_id: str) -> Forgotten:
        """Delete one attempt: folder, copies in the temporary folder, record. Raises UsageProblem when unknown."""
        there = valid_id(attempt_id) in self.attempts.ids()
        if not there and not self.history.contains(attempt_id):
            raise UsageProblem(f"There is no attempt {attempt_id}; `history` lists them.")
        # The folder first: a record without one is deleted by trying again, but a folder would become a record again.
        freed = self.attempts.delete(attempt_id) if there else 0
        freed += _remove_copies(rescue_prefix(self.places.attempts, attempt_id))
        return Forgotten(int(there), int(self.history.delete(attempt_id)), freed)

    def forget_all(self) -> Forgotten:
        """Delete all attempts, the history, and results from elsewhere. Settings and word lists stay."""
        records = self._count() + self.elsewhere.count()
        deleted, live, freed = self.attempts.delete_all()
        freed += self.history.clear()
        freed += self.elsewhere.clear()
        freed += _remove_copies(rescue_prefix(self.places.attempts))
        with suppress(OSError):
            self.places.data.rmdir()
        return Forgotten(len(deleted), records, freed, tuple(live))

    def _count(self) -> int:
        try:
            from typetrainer.store.history import TinyHistory

            return TinyHistory(self.places.history).count() if self.places.history.exists() else 0
        except TypetrainerError:  # what cannot be read is deleted all the same
            return 0


def _remove_copies(prefix: str) -> int:
    """Delete this user's rescued logs in the temporary folder; return the bytes freed."""
    freed = 0
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*.jsonl"):
        with suppress(OSError):
            status = path.lstat()
            if status.st_uid == os.getuid():
                path.unlink()
                freed += status.st_size
    return freed
