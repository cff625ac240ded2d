"""What the drills of writing are called, and how they are sent: one table for the screen and for plain lines."""

from collections.abc import Mapping
from typing import NamedTuple

from typetrainer.content.model import Kind
from typetrainer.core.text import counted


class Writing(NamedTuple):
    """How a kind is written. `noun` is what is written; `lines` says that Enter makes a line and Ctrl-S finishes."""

    title: str
    noun: str
    lines: bool = False

    @property
    def sender(self) -> tuple[str, str]:
        """The key that sends it, and what that is called."""
        return ("Ctrl-S", "finish") if self.lines else ("Enter", "send")


WRITINGS: Mapping[str, Writing] = {
    "reply": Writing("Reply", "reply"),
    "fix": Writing("Fix", "reply"),
    "note": Writing("Note", "note", lines=True),
    "triage": Writing("Triage", "reason"),
    "search": Writing("Search", "reply"),
    "article": Writing("Article", "article", lines=True),
}
TITLES = {"copy": "Copy", **{kind: writing.title for kind, writing in WRITINGS.items()}}

# The menu's letters and what is said there.
OFFERS: Mapping[Kind, tuple[str, str]] = {
    "reply": ("r", "answer a customer; the language is checked"),
    "fix": ("f", "make a poor reply a good one"),
    "note": ("n", "write the note after a chat"),
    "triage": ("t", "what a message needs, and who handles it"),
    "search": ("/", "find the right article, then answer with it"),
    "article": ("a", "write or mend a help article"),
}


def writing_of(kind: str) -> Writing:
    """Return how a kind is written; one from a newer program is like a reply."""
    return WRITINGS.get(kind, WRITINGS["reply"])


def count_said(count: int, allowed: int) -> str:
    """Return how long a text is: `31 words`, or where the item has a limit `31 of 60 words`."""
    if not allowed:
        return counted(count, "word")
    over = f": {count - allowed} too many" if count > allowed else ""
    return f"{count} of {counted(allowed, 'word')}{over}"


def beginning(kind: str, allowed: int, *, poor: bool) -> str:
    """Return what is said while nothing is written yet."""
    limit = f", {allowed} words at most" if allowed else ""
    take = " F5 takes the poor one over." if poor else ""
    match kind:
        case "fix":
            return f"Write it better; Enter sends it.{take}"
        case "note":
            return f"Write the note{limit}; Ctrl-S finishes it."
        case "article":
            return f"Line 1 is the title{limit}; Ctrl-S finishes.{take}"
        case "triage":
            return "Choose what to do, then say why in a line."
        case _:
            return "Write your reply; Enter sends it."
