"""One attempt to be made: what is shown, under which conditions. The header of its log is made from it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from typetrainer import __version__
from typetrainer.content.request import CopyTask, DrillRequest
from typetrainer.core.log import Header, ItemSpan, Policy
from typetrainer.core.session import CopySession
from typetrainer.ui.written import TITLES

if TYPE_CHECKING:
    from typetrainer.content.written import WrittenItem
    from typetrainer.store.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """An attempt that is about to begin.

    `item` and `sha256` identify what is shown, `record` is the JSON object that is kept of it. Copy tasks have a
    `target`, all others in `reply` what is to be written about. `number` of `count` says where it stands in a
    sitting of several; `result_path` is where the result of a test goes.
    """

    kind: str
    title: str
    item: str
    sha256: str
    record: Mapping[str, Any]
    language: str = "en-US"
    target: str | None = None
    reply: "WrittenItem | None" = None
    spans: tuple[ItemSpan, ...] = ()
    limit_s: float | None = None
    policy: Policy | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    session: str | None = None
    number: int = 1
    count: int = 1
    result_path: Path | None = None

    @property
    def exam(self) -> bool:
        """Whether this is a test: no restart, no live figures, no pause."""
        return self.settings.get("exam") is True

    def header(self, attempt_id: str, started: datetime, columns: int, rows: int, transport: str) -> Header:
        """Return line 1 of the attempt's log."""
        return Header(
            id=attempt_id,
            app=f"typetrainer {__version__}",
            started=started.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            kind=self.kind,
            item=self.item,
            item_sha256=self.sha256,
            target=self.target,
            limit_s=self.limit_s,
            policy=self.policy,
            settings=dict(self.settings),
            terminal={"cols": columns, "rows": rows, "transport": transport},
            session=self.session,
            items=self.spans,
        )


def request_tasks(chosen: "Settings", request: DrillRequest) -> list[Task]:
    """Return the attempts of a drill, as the user's settings say; several are joined by a session."""
    policy = request.manner.policy or cast("Policy", chosen.text("policy"))
    settings: dict[str, Any] = {}
    if request.manner.exam:
        settings["exam"] = True
    if chosen.flag("assistive"):
        settings["assistive"] = True
    if chosen.text("keyboard_layout"):
        settings["keyboard_layout"] = chosen.text("keyboard_layout")
    if request.seed is not None:
        settings["seed"] = request.seed
    count = len(request.tasks)
    session = secrets.token_hex(6) if count > 1 else None
    tasks = []
    test = "Test · " if request.manner.exam else ""
    for number, each in enumerate(request.tasks, 1):
        place = f" · {number} of {count}" if count > 1 else ""
        what = "" if each.title == request.title else f" · {each.title}"
        what += f" · {request.level}" if request.level else ""
        task = Task(
            kind=request.kind,
            title=f"{test}{TITLES[request.kind]} · {request.title}{what}{place}",
            item=each.item,
            sha256=each.sha256,
            record=each.shown,
            language=request.language,
            limit_s=request.limit_s,
            settings=settings,
            session=session,
            result_path=request.manner.out,
            number=number,
            count=count,
        )
        if isinstance(each, CopyTask):
            task = replace(task, target=each.target, spans=each.spans, policy=policy)
        else:
            task = replace(task, reply=each.reply)
        tasks.append(task)
    return tasks


def copy_session(task: Task) -> CopySession:
    """Return the session of a new attempt at a copy task."""
    return CopySession(
        task.target or "",
        policy=task.policy or "free",
        limit_s=task.limit_s,
        typography=bool(task.settings.get("typography")),
    )
