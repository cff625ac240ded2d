"""What packs hold, as frozen values. Texts are NFC and safe to show; the format is contracts/packs.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

Kind = Literal["copy", "reply"]
KINDS: tuple[Kind, ...] = ("copy", "reply")


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
    """The fictional company behind a pack. `words` are product words that the speller accepts."""

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
class Fact:
    """What a reply must convey. `says` is shown when it was not found; the others are examples of both."""

    id: str
    says: str
    conveys: tuple[str, ...]
    not_conveys: tuple[str, ...]


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
class ReplyItem:
    """A customer to answer. `band_s`: a practised agent needs no more seconds to read and compose."""

    kind: ClassVar[Kind] = "reply"
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

    @property
    def full_id(self) -> str:
        """The id as every command prints and takes it: `<pack>/<item>`."""
        return f"{self.pack}/{self.id}"


Item = CopyItem | ReplyItem
