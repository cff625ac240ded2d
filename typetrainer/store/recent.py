"""What was practised lately, read from the newest attempts: a drill is drawn before the history is opened."""

import json
from typing import Any

from typetrainer.errors import TypetrainerError
from typetrainer.store.attempts import AttemptStore

NEWEST = 20  # attempts: about as many as a pack has items of most kinds, and read in some 5 ms


def practised(attempts: AttemptStore, newest: int = NEWEST) -> list[str]:
    """Return the full ids of the items in the newest attempts, interrupted ones included, newest last.

    Of a joined text those that were reached. What cannot be read is passed over: nothing but an order depends on it.
    """
    found: dict[str, None] = {}
    try:
        ids = attempts.ids()[-newest:]
    except TypetrainerError:
        return []
    for attempt_id in ids:
        try:
            items = _items(attempts.log_bytes(attempt_id))
        except (TypetrainerError, ValueError, LookupError, TypeError, AttributeError):
            continue
        for item in items:
            found.pop(item, None)
            found[item] = None
    return list(found)


def _items(log: bytes) -> list[str]:
    """Return the items of a log: of its lines only the first and the last splice are parsed."""
    head, _, events = log.partition(b"\n")
    header: dict[str, Any] = json.loads(head)
    spans = header.get("items")
    if not spans:
        return [str(header["item"])]
    at = events.rfind(b'["key",')
    reached = json.loads(events[at:].partition(b"\n")[0])[2] if at >= 0 else 0
    return [str(span["id"]) for span in spans if span["start"] <= reached]
