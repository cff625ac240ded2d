"""Attempts that a crash or a closed terminal interrupted: offered at the next start."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from typetrainer.content.loader import make_item
from typetrainer.content.model import ReplyItem
from typetrainer.core.log import End
from typetrainer.errors import InvalidFile, TypetrainerError
from typetrainer.store.attempts import Attempt
from typetrainer.ui.app import Screen
from typetrainer.ui.menu import OfferScreen
from typetrainer.ui.task import KIND_TITLES, Task

if TYPE_CHECKING:
    from typetrainer.ui.flow import Flow

T = TypeVar("T")


class Interrupted:
    """Offers the newest interrupted attempt; `onward` is where the offer leads when it is put off or settled."""

    def __init__(self, flow: "Flow", onward: Callable[[], None] | None = None) -> None:
        self._flow = flow
        self._onward = onward or flow.menu

    def offer(self) -> Screen | None:
        """Return the offer, or None when nothing was interrupted. Empty attempts are cleared away."""
        attempts = self._flow.context.store.attempts
        found: list[Attempt] = []
        for attempt_id in self._safely(attempts.interrupted) or []:
            attempt = self._safely(partial(attempts.read, attempt_id))
            if attempt is None:
                continue
            if attempt.log.final_text():
                found.append(attempt)
            else:
                self._safely(partial(attempts.discard, attempt_id))
        if not found:
            return None
        newest = found[-1]
        return OfferScreen(
            newest.log,
            resume=lambda: self._resume(newest),
            keep=lambda: self._settle(lambda: self._keep(newest)),
            discard=lambda: self._settle(lambda: attempts.discard(newest.id)),
            later=self._onward,
            more=len(found) - 1,
        )

    def _keep(self, attempt: Attempt) -> None:
        self._flow.context.store.finish(attempt.id, End(attempt.log.last_t, "quit"))

    def _settle(self, action: Callable[[], object]) -> None:
        self._safely(action)
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

    def _safely(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except TypetrainerError as error:
            self._flow.notes.append(str(error))
            return None


def task_of(attempt: Attempt) -> Task:
    """Return the task that an interrupted attempt was, from its log and the item kept beside it.

    Raises InvalidFile when a reply's item is not there or cannot be read.
    """
    header = attempt.log.header
    reply = None
    if header.target is None:
        raw = (attempt.item or {}).get("item")
        made = make_item(header.item.partition("/")[0], "reply", raw) if isinstance(raw, dict) else None
        if not isinstance(made, ReplyItem):
            raise InvalidFile(f"The item of the attempt {attempt.id} is not kept beside it, so it cannot go on.")
        reply = made
    return Task(
        kind=header.kind,
        title=f"{KIND_TITLES.get(header.kind, header.kind)} · {header.item}",
        item=header.item,
        sha256=header.item_sha256,
        record=attempt.item or {},
        target=header.target,
        reply=reply,
        spans=header.items,
        limit_s=header.limit_s,
        policy=header.policy,
        settings=header.settings,
        session=header.session,
    )
