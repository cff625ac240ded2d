"""The attempt log: the events of one attempt, as objects and as lines. The contract is contracts/attempt-log.md.

Events are named tuples: a dataclass each would cost a start 1 ms apiece, and a long log more memory.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

VERSION = 1
MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_EVENTS = 1_000_000

Policy = Literal["free", "stop", "no-backspace", "strict"]
POLICIES: tuple[Policy, ...] = ("free", "stop", "no-backspace", "strict")
Reason = Literal["done", "time", "quit", "error"]
REASONS: tuple[Reason, ...] = ("done", "time", "quit", "error")
Scalar = str | int | float | bool | None


class LogError(ValueError):
    """A log that is not what the contract says; names the line and what was expected there."""


class Key(NamedTuple):
    """A splice of the text: at `pos` the `deleted` code points go and `inserted` comes. `t` in microseconds."""

    t: int
    pos: int
    deleted: int
    inserted: str
    batch: int = 1


class Put(NamedTuple):
    """A splice that nobody typed: a text taken over by one key, or brought back."""

    t: int
    pos: int
    deleted: int
    inserted: str


class Block(NamedTuple):
    """A wrong key that the policy `stop` did not let in."""

    t: int
    typed: str
    batch: int = 1


class Paste(NamedTuple):
    """A refused paste of `n` characters."""

    t: int
    n: int


class Mark(NamedTuple):
    """Anything else worth keeping: pause, resume, gap, …"""

    t: int
    name: str
    value: Scalar = None


class End(NamedTuple):
    """The end of the attempt and its reason."""

    t: int
    reason: Reason


Event = Key | Put | Block | Paste | Mark | End


class ItemSpan(NamedTuple):
    """An item inside a joined target, from code point `start` of it."""

    id: str
    sha256: str
    start: int


class Header(NamedTuple):
    """Line 1 of a log: what was attempted, and under which conditions."""

    id: str
    app: str
    started: str
    kind: str
    item: str
    item_sha256: str
    target: str | None
    limit_s: float | None
    policy: Policy | None
    settings: Mapping[str, Any] = MappingProxyType({})
    terminal: Mapping[str, Any] = MappingProxyType({})
    session: str | None = None
    items: tuple[ItemSpan, ...] = ()


class AttemptLog(NamedTuple):
    """A whole log. `events` holds everything but the end, which is None for an interrupted attempt."""

    header: Header
    events: tuple[Event, ...]
    end: End | None

    @property
    def interrupted(self) -> bool:
        """Whether the end event is missing."""
        return self.end is None

    @property
    def last_t(self) -> int:
        """The time of the last event, in microseconds; 0 when there is none."""
        if self.end is not None:
            return self.end.t
        return self.events[-1].t if self.events else 0

    def final_text(self) -> str:
        """Replay all splices and return the text they leave."""
        text = ""
        for event in self.events:
            if isinstance(event, Key | Put):
                text = spliced(text, event)
        return text


def spliced(text: str, key: Key | Put) -> str:
    """Apply one splice. Appending and erasing at the end, by far the most frequent, cost no search."""
    return text[: key.pos] + key.inserted + text[key.pos + key.deleted :]


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode_header(header: Header) -> str:
    """Return line 1, without its newline."""
    record: dict[str, Any] = {
        "typetrainer_log": VERSION,
        "id": header.id,
        "app": header.app,
        "started": header.started,
        "kind": header.kind,
        "item": header.item,
        "item_sha256": header.item_sha256,
        "target": header.target,
        "limit_s": header.limit_s,
        "policy": header.policy,
        "settings": dict(header.settings),
        "terminal": dict(header.terminal),
    }
    if header.session is not None:
        record["session"] = header.session
    if header.items:
        record["items"] = [{"id": i.id, "sha256": i.sha256, "start": i.start} for i in header.items]
    return _dumps(record)


def encode_event(event: Event) -> str:
    """Return the line of one event, without its newline."""
    match event:
        case Key(t, pos, deleted, inserted, batch):
            return _dumps(["key", t, pos, deleted, inserted, batch])
        case Put(t, pos, deleted, inserted):
            return _dumps(["put", t, pos, deleted, inserted])
        case Block(t, typed, batch):
            return _dumps(["block", t, typed, batch])
        case Paste(t, n):
            return _dumps(["paste", t, n])
        case Mark(t, name, value):
            return _dumps(["mark", t, name, value])
        case End(t, reason):
            return _dumps(["end", t, reason])


def encode_log(log: AttemptLog) -> str:
    """Return the whole log as text; `parse_log` of it gives an equal log."""
    lines = [encode_header(log.header), *map(encode_event, log.events)]
    if log.end is not None:
        lines.append(encode_event(log.end))
    return "\n".join(lines) + "\n"
