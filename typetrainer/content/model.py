"""What packs hold, as frozen values. Texts are NFC and safe to show; the format is contracts/packs.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

Kind = Literal["copy", "reply", "fix", "note", "triage", "search", "article"]
KINDS: tuple[Kind, ...] = ("copy", "reply", "fix", "note", "triage", "search", "article")


class Pack(NamedTuple):
    """What a pack is. `folder` is where it stands; `own` says that the user put it there.

    `use` is what its items are for: practice never draws from a pack that is kept for hiring.
    """

    id: str
    title: str
    language: str
    version: str
    licence: str
    authors: tuple[str, ...]
    folder: Path
    own: bool = False
    use: Literal["practice", "hiring"] = "practice"

    @property
    def hiring(self) -> bool:
        """Whether its items are kept for tests."""
        return self.use == "hiring"


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
