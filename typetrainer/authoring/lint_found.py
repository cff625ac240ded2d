"""What lint finds, and what it looks at: a pack read as far as it can be."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from typetrainer.content.model import Article, Company, Pack
from typetrainer.content.written import Item, WrittenItem

Severity = Literal["error", "warning"]

# Every check: what is said of it in `drills lint --help` and in the guide. Those in _WARNINGS do not fail a pack.
CHECKS = {
    "schema": "a file of the pack is missing or breaks the format",
    "id-twice": "an item's id is in two packs, or in two files of one",
    "unknown-article": "an item names an article that the pack doesn't have",
    "unknown-policy": "an item names a policy that the company doesn't have",
    "unknown-tier": "an item escalates to a tier that the company doesn't have",
    "pattern": "a pattern cannot be read",
    "no-pattern": "nothing can find a fact, step, claim or flaw: it is never checked",
    "example": "an example of the author's own comes out wrong",
    "model": "the model answer lacks a fact or step, makes a forbidden claim or has a flaw",
    "poor": "the poor text doesn't show one of its flaws",
    "score": "the model answer scores less than 95",
    "language": "LanguageTool finds an error",
    "characters": "a character that doesn't belong into a text",
    "keyboard": "copy text that a plain keyboard cannot type, without a tag that says so",
    "twin": "two texts are nearly the same",
    "source": "a name, value or code in the answer that the writer is told nowhere",
    "calendar": "a weekday and a date that belong to no common year",
    "grade": "a text that is hard to read for its reader",
}
_WARNINGS = frozenset({"no-pattern"})


class Problem(NamedTuple):
    """One thing that is wrong. `item` is an item's own id, `place` where in it: `fact "credit", conveys 2`."""

    check: str
    message: str
    pack: str
    file: Path
    line: int | None = None
    item: str = ""
    place: str = ""

    @property
    def severity(self) -> Severity:
        """Whether it fails the pack."""
        return "warning" if self.check in _WARNINGS else "error"


@dataclass(frozen=True, slots=True)
class Subject:
    """A pack that is looked at. What could not be read is not in it; `lines` is where each item begins in its file."""

    pack: Pack
    company: Company | None
    items: tuple[Item, ...]
    articles: tuple[Article, ...]
    lines: dict[str, int] = field(default_factory=dict)

    def problem(self, check: str, message: str, item: Item | None = None, place: str = "") -> Problem:
        """Return a problem of an item, or of the company's page."""
        if item is None:
            return Problem(check, message, self.pack.id, self.pack.folder / "company.toml", place=place)
        file = self.pack.folder / f"{item.kind}.toml"
        return Problem(check, message, self.pack.id, file, self.lines.get(item.id), item.id, place)

    def about_article(self, check: str, message: str, article: str) -> Problem:
        """Return a problem of an article of the knowledge base."""
        return Problem(check, message, self.pack.id, self.pack.folder / "articles" / f"{article}.md")

    @property
    def written(self) -> tuple[WrittenItem, ...]:
        """The items that are answered or written."""
        return tuple(item for item in self.items if isinstance(item, WrittenItem))

    @property
    def month_first(self) -> bool:
        """How its numeric dates are meant."""
        return self.pack.language == "en-US"

    def article(self, article_id: str) -> Article | None:
        """Return one of its articles, or None."""
        return next((article for article in self.articles if article.id == article_id), None)


def short(text: str, most: int = 100) -> str:
    """Return a text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
