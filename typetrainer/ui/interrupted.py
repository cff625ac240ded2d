"""Attempts that a crash or a closed terminal interrupted: offered at the next start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from typetrainer.content.loader import make_item
from typetrainer.content.model import KINDS, Kind
from typetrainer.content.written import WrittenItem
from typetrainer.core.log import End
from typetrainer.core.reply_session import begun
from typetrainer.errors import InvalidFile, TypetrainerError
from typetrainer.store.attempts import Attempt
from typetrainer.ui.app import Screen
from typetrainer.ui.drill import kept
from typetrainer.ui.menu import OfferScreen
from typetrainer.ui.task import Task
from typetrainer.ui.written import TITLES

if TYPE_CHECKING:
    from typetrainer.ui.context import Context
    from typetrainer.ui.flow import Flow


class Interrupted:
    """Offers the newest interrupted attempt; `onward` is where the offer leads when it is put off or settled."""

    def __init__(self, flow: "Flow", onward: Callable[[], None]) -> None:
        self._flow = flow
        self._onward = onward

    def offer(self) -> Screen | None:
        """Return the offer, or None when nothing was interrupted."""
        context = self._flow.context
        notes: list[str] = []
        found = found_attempts(context, notes)
        self._flow.notes += notes
        context.farewell += tuple(notes)  # where no menu shows them
        if not found:
            return None
        newest = found[-1]
        return OfferScreen(
            newest.log,
            resume=lambda: self._resume(newest),
            keep=lambda: self._settle(lambda: keep(context, newest)),
            discard=lambda: self._settle(lambda: context.store.attempts.discard(newest.id)),
            later=self._onward,
            more=len(found) - 1,
        )

    def _settle(self, action: Callable[[], object]) -> None:
        try:
            action()
        except TypetrainerError as error:
            self._flow.notes.append(str(error))
            self._onward()
            return
        again = self.offer()
        if again is not None:
            self._flow.show(again)
        else:
            self._onward()

    def _resume(self, attempt: Attempt) -> None:
        try:
            self._flow.resume(attempt, task_of(attempt))
        except TypetrainerError as error:
            self._flow.notes.append(str(error))
            self._flow.menu()


def found_attempts(context: "Context", notes: list[str]) -> list[Attempt]:
    """Return the interrupted attempts, newest last; empty ones are cleared away, problems are added to `notes`.

    A test is one attempt without a pause, so it is not offered: it ends where it stopped, and its result says so.
    """
    attempts = context.store.attempts
    found: list[Attempt] = []
    try:
        for attempt_id in attempts.interrupted():
            attempt = attempts.read(attempt_id)
            if attempt.log.header.settings.get("exam") is True:
                notes.extend(end_test(context, attempt))
            elif begun(attempt.log):
                found.append(attempt)
            else:
                attempts.discard(attempt_id)
    except TypetrainerError as error:
        notes.append(str(error))
    return found


def keep(context: "Context", attempt: Attempt) -> None:
    """Put an interrupted attempt into the history as it stands. Raises the errors of the store."""
    context.store.finish(attempt.id, End(attempt.log.last_t, "quit"))


def end_test(context: "Context", attempt: Attempt) -> tuple[str, ...]:
    """End an interrupted test where it stopped, write its result file, and return what to say about it."""
    recorder, log = context.resume(attempt)
    recorder.write([End(log.last_t, "quit")])
    said = ("A test was interrupted. It can't be gone on with: its result says how far it came.",)
    return (*said, *kept(context, task_of(attempt), recorder, "the test as far as it went"))


def task_of(attempt: Attempt) -> Task:
    """Return the task that an interrupted attempt was, from its log and the item kept beside it.

    Raises InvalidFile when the item of a text is not there or cannot be read.
    """
    header = attempt.log.header
    reply = None
    kept = attempt.item or {}
    shown = kept.get("item")
    title = shown.get("title") if isinstance(shown, dict) else None
    if header.target is None:
        kind: Kind = next((kind for kind in KINDS if kind == header.kind), "reply")
        made = make_item(header.item.partition("/")[0], kind, shown) if isinstance(shown, dict) else None
        if not isinstance(made, WrittenItem):
            raise InvalidFile(f"The item of the attempt {attempt.id} is not kept beside it, so it cannot go on.")
        reply = made
    return Task(
        kind=header.kind,
        title=f"{TITLES.get(header.kind, header.kind)} · {title if isinstance(title, str) else header.item}",
        item=header.item,
        sha256=header.item_sha256,
        record=kept,
        target=header.target,
        reply=reply,
        spans=header.items,
        limit_s=header.limit_s,
        policy=header.policy,
        settings=header.settings,
        session=header.session,
    )
