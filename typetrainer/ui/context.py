"""What the screens work with: the environment, the store, the packs, the settings, the checker."""

from typing import TYPE_CHECKING

from typetrainer.core.log import AttemptLog, Header
from typetrainer.errors import TypetrainerError
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task

if TYPE_CHECKING:
    from typetrainer.content.loader import Library
    from typetrainer.content.written import WrittenItem
    from typetrainer.env import Environment
    from typetrainer.store.attempts import Attempt
    from typetrainer.store.library import Store
    from typetrainer.store.settings import Settings
    from typetrainer.writing.checker import Checker


class Context:
    """One run of the program. The checker is made when a drill first wants it."""

    def __init__(self, env: "Environment", store: "Store", library: "Library") -> None:
        self.env = env
        self.store = store
        self.library = library
        self.settings: Settings = store.settings.load()
        self.farewell: list[str] = []  # said on the normal screen after the program has left it
        self._checker: Checker | None = None

    def checker(self) -> "Checker | None":
        """Return the checker, made on first use; None when language checks are switched off."""
        if not self.settings.flag("language_checks"):
            return None
        if self._checker is None:
            self._checker = self.env.make_checker(self.settings.text("server_url") or None)
        return self._checker

    def words_for(self, item: "WrittenItem") -> frozenset[str]:
        """Return the words that are no spelling errors in answers to an item: its own, its company's, the user's."""
        company = self.library.company(item.pack)
        return frozenset([*item.words, *item.customer.name.split(), *company.words, *self._listed("dictionary")])

    def rules_off(self) -> frozenset[str]:
        """Return the rules that the user switched off."""
        return frozenset(self._listed("rules_off"))

    def _listed(self, name: str) -> list[str]:
        try:
            entries: list[str] = getattr(self.store, name).entries()
        except TypetrainerError as error:
            self.farewell.append(str(error))
            return []
        return entries

    def close(self) -> None:
        """End the checker, if there is one."""
        if self._checker is not None:
            self._checker.close()

    def record(self, task: Task, columns: int, rows: int) -> Recorder:
        """Return a recorder for a new attempt; nothing touches the disk yet."""
        from typetrainer.store.attempts import new_attempt_id

        now = self.env.now()
        attempt_id = new_attempt_id(now, self.env.random)
        header: Header = task.header(attempt_id, now, columns, rows, self.env.transport)
        return Recorder(self.store, self.store.attempts.journal(header, task.record))

    def resume(self, attempt: "Attempt") -> tuple[Recorder, AttemptLog]:
        """Go on with an interrupted attempt: return its recorder and its log, the `gap` mark included.

        Raises the errors of the store.
        """
        journal = self.store.attempts.resume(attempt.id, self.env.now())
        log = self.store.attempts.read(attempt.id).log
        return Recorder(self.store, journal, log.events), log
