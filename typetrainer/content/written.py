"""What is answered or written in a drill, and what is looked for in the answer. The format is contracts/packs.md.

Apart from the model of packs, because a copy drill starts without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from typetrainer.content.model import CopyItem, Kind

Form = Literal["tell", "offer", "ask", "any"]
Mood = Literal["calm", "worried", "angry", "distressed"]
Blame = Literal["ours", "theirs", "nobody"]
Action = Literal["reply", "ask", "escalate"]


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


def made_of(kind: Kind, raw: Mapping[str, Any], common: Mapping[str, Any]) -> WrittenItem:
    """Make an item of a table that the schema has accepted; `common` is what all kinds of items have."""
    card = dict(raw.get("customer", {"name": "-"}))
    return WrittenItem(
        **common,
        kind=kind,
        customer=Customer(card.pop("name"), tuple(card.items())),
        message=raw.get("message", "").strip("\n"),
        know=tuple(raw.get("know", ())),
        articles=tuple(raw.get("articles", ())),
        policies=tuple(raw.get("policies", ())),
        band_s=raw["band_s"],
        model=raw["model"].strip("\n"),
        facts=tuple(_sought(Fact, entry) for entry in raw["fact"]),
        mood=raw.get("mood", "calm"),
        fault=raw.get("fault", "nobody"),
        steps=tuple(_sought(Step, entry) for entry in raw.get("step", ())),
        must_not=tuple(_sought(Forbidden, entry) for entry in raw.get("must_not", ())),
        poor=raw.get("poor", "").strip("\n"),
        flaws=tuple(_sought(Flaw, entry) for entry in raw.get("flaw", ())),
        transcript=tuple(raw.get("transcript", ())),
        max_words=raw.get("max_words", 0),
        action=raw.get("action"),
        tier=raw.get("tier", ""),
        why=raw.get("why", "").strip("\n"),
        article=raw.get("article", ""),
        accept=tuple(raw.get("accept", ())),
        questions=tuple(raw.get("questions", ())),
        order=tuple(raw.get("order", ())),
    )


S = TypeVar("S", Fact, Step, Forbidden, Flaw)
_EXAMPLES = {"still": "conveys", "mended": "not_conveys"}


def _sought(made: type[S], entry: Mapping[str, Any]) -> S:
    """Make what is looked for of its table; lists become tuples."""
    values: dict[str, Any] = {"conveys": (), "not_conveys": ()}
    values |= {_EXAMPLES.get(k, k): tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return made(**values)
