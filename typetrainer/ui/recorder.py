"""Keeps an attempt while it is typed, and puts it into the history when it is over. Disk work belongs in a thread."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typetrainer.core.log import AttemptLog, End, Event, Header
from typetrainer.errors import TypetrainerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typetrainer.store.journal import Journal
    from typetrainer.store.library import Store


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a finished attempt: its history record (None if it could not be kept), and what went wrong."""

    record: "Mapping[str, Any] | None"
    problems: tuple[str, ...] = ()


class Recorder:
    """The log of one running attempt, in memory and on disk."""

    def __init__(self, store: "Store", journal: "Journal", events: "Iterable[Event]" = ()) -> None:
        self._store = store
        self._journal = journal
        self._events: list[Event] = list(events)
        self.end: End | None = None
        self._saved: Saved | None = None
        self._saving = threading.Lock()  # who leaves in the middle of it waits, and learns what came of it

    @property
    def header(self) -> Header:
        """The log's header."""
        return self._journal.header

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self._journal.id

    @property
    def last_t(self) -> int:
        """The time of the last event, microseconds."""
        return self._journal.last_t

    @property
    def problem(self) -> str | None:
        """What the disk said when it last refused."""
        return self._journal.problem

    def write(self, events: "Iterable[Event]") -> None:
        """Keep events in memory, in order; an end event is kept for `save`."""
        for event in events:
            if isinstance(event, End):
                self.end = event
            else:
                self._events.append(event)
                self._journal.write(event)

    def log(self) -> AttemptLog:
        """Return the log so far."""
        return AttemptLog(self.header, tuple(self._events), self.end)

    def open(self) -> None:
        """Make the attempt's folder."""
        self._journal.open()

    def flush(self) -> None:
        """Write out what came since the last time."""
        self._journal.flush()

    def save(self, assessment: "Mapping[str, Any] | None" = None) -> Saved:
        """Close the log and put the attempt into the history; a second call returns what the first one did."""
        with self._saving:
            if self._saved is None:
                self._saved = self._save(assessment)
            return self._saved

    def _save(self, assessment: "Mapping[str, Any] | None") -> Saved:
        problems: list[str] = []
        try:
            self._journal.close(self.end)
        except TypetrainerError as error:
            return Saved(None, (str(error),))
        if self.end is None:
            return Saved(None)
        try:
            if assessment is not None:
                self._store.attempts.write_assessment(self.id, assessment)
        except TypetrainerError as error:
            problems.append(str(error))
        try:
            return Saved(self._store.add(self.id), tuple(problems))
        except TypetrainerError as error:
            return Saved(None, (*problems, str(error)))

    def assess(self, assessment: "Mapping[str, Any]") -> Saved:
        """Keep the assessment of a saved attempt, and renew its record."""
        if self._saved is None or self._saved.record is None:
            return self._saved or Saved(None)
        try:
            self._store.attempts.write_assessment(self.id, assessment)
            self._saved = Saved(self._store.add(self.id), self._saved.problems)
        except TypetrainerError as error:
            self._saved = Saved(self._saved.record, (*self._saved.problems, str(error)))
        return self._saved

    def discard(self) -> None:
        """Throw the attempt away: nothing worth keeping was typed."""
        try:
            self._journal.close(None)
            self._store.attempts.discard(self.id)
        except TypetrainerError:
            return  # an empty attempt that stays is offered at the next start, no more
