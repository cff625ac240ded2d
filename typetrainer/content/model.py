"""What packs hold, as frozen values. Texts are NFC and safe to show; the format is contracts/packs.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

Kind = Literal["copy", "reply", "fix", "note", "triage", "search", "article"]
KINDS: tuple[Kind, ...] = ("copy", "reply", "fix", "note", "triage", "search", "article")
Form = Literal["tell", "offer", "ask", "any"]
Mood = Literal["calm", "worried", "angry", "distressed"]
Blame = Literal["ours", "theirs", "nobody"]
Action = Literal["reply", "ask", "escalate"]


class Pack(NamedTuple):
    """What a pack is. `folder` is where it stands; `own` says that the user put it there."""

    id: str
    title: str
    language: str
    version: str
    licence: str
    authors: tuple[str, ...]
    folder: Path
    own: bool = False


class Guideline(NamedTuple):
    """How a company's agents write."""

    id: str
    text: str


class Tier(NamedTuple):
    """Who handles what."""

    id: str
    name: str
    handles: str


class Policy(NamedTuple):
    """A company's rule, not to be confused with an error policy of a drill."""

    id: str
    title: str
    text: str


class Company(NamedTuple):
    """The fictional company behind a pack. `words` are product words that the speller accepts.

    `senses` are its own named lists of phrases for patterns (contracts/facts.md),
    `weights` its own points for criteria (contracts/scoring.md).
    """

    name: str
    trade: str
    about: str
    currency: str
    hours: str
    words: tuple[str, ...]
    voice: str
    guidelines: tuple[Guideline, ...]
    tiers: tuple[Tier, ...]
    policies: tuple[Policy, ...]
    senses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weights: tuple[tuple[str, int], ...] = ()

    def policy(self, policy_id: str) -> Policy | None:
        """Return the policy with that id, or None."""
        return next((policy for policy in self.policies if policy.id == policy_id), None)


class Article(NamedTuple):
    """A page of a company's knowledge base: Markdown; `title` is its first heading."""

    pack: str
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyItem:
    """A paragraph to type. `raw` is the table as it stands in the file, `sha256` its hash."""

    kind: ClassVar[Kind] = "copy"
    pack: str
    id: str
    title: str
    tags: tuple[str, ...]
    text: str
    words: tuple[str, ...]
    sha256: str
    raw: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    @property
    def full_id(self) -> str:
        """The id as every command prints and takes it: `<pack>/<item>`."""
        return f"{self.pack}/{self.id}"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a text, by the grammar of contracts/facts.md; `says` is shown, the others are examples.

    Without `match` it cannot be looked for, and what depends on it is not checked. `within` counts sentences, 0 is the
    whole text.
    """

    id: str
    says: str
    conveys: tuple[str, ...]
    not_conveys: tuple[str, ...]
    match: tuple[str, ...] = ()
    form: Form = "tell"
    allow: tuple[str, ...] = ()
    within: int = 2


@dataclass(frozen=True, slots=True)
class Fact(Sought):
    """What a text must convey. `part` is the part of a note it belongs to: issue, cause, action or next."""

    part: str = ""


@dataclass(frozen=True, slots=True)
class Step(Sought):
    """What the process asks; the facts and steps in `before` must come after it."""

    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forbidden(Sought):
    """A claim that must not be made: `kind` promise, verification, data or claim; all right after the step `unless`."""

    kind: str = "claim"
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Flaw(Sought):
    """What is poor in the text of a fix; with `check`, the rubric's check of that id finds it."""

    check: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """The agent's card: the name, then whatever else it shows, in order."""

    name: str
    details: tuple[tuple[str, str | int | bool], ...] = ()

    def card(self) -> tuple[str, ...]:
        """Return the details as words: `plan Home 500`, `since 2019`, `verified`, `not verified`."""
        shown = []
        for key, value in self.details:
            label = key.replace("_", " ")
            if isinstance(value, bool):
                shown.append(label if value else f"not {label}")
            else:
                shown.append(f"{label} {value}")
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """Something to be answered or written. `band_s`: a practised agent needs no more seconds to read and compose.

    By kind: `poor` and `flaws` (fix, article), `transcript` (note, article), `max_words` (note, article; 0: no limit),
    `action`, `tier` and `why` (triage), `article` and `accept` (search), `questions` and `order` (article).
    """

    kind: Kind
    pack: str
    id: str
    title: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    customer: Customer
    message: str
    know: tuple[str, ...]
    articles: tuple[str, ...]
    policies: tuple[str, ...]
    band_s: int
    model: str
    facts: tuple[Fact, ...]
    sha256: str
    raw: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    mood: Mood = "calm"
    fault: Blame = "nobody"
    steps: tuple[Step, ...] = ()
    must_not: tuple[Forbidden, ...] = ()
    poor: str = ""
    flaws: tuple[Flaw, ...] = ()
    transcript: tuple[str, ...] = ()
    max_words: int = 0
    action: Action | None = None
    tier: str = ""
    why: str = ""
    article: str = ""
    accept: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def full_id(self) -> str:
        """The id as every command prints and takes it: `<pack>/<item>`."""
        return f"{self.pack}/{self.id}"


Item = CopyItem | WrittenItem
