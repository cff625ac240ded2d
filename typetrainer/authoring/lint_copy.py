"""Lint of characters: what no text may hold, and what a plain keyboard cannot type."""

import unicodedata
from collections.abc import Callable, Iterator

from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.content.model import CopyItem
from typetrainer.content.written import Item

# Beside ASCII, what the keyboards of a country have: £ and € in Great Britain, ₹ in India.
_SIGNS = {"GB": "£€", "IE": "€£", "IN": "₹", "ZA": "", "AU": "", "US": ""}
# Tags that say why a copy text has more, and what it may then have.
_TAGGED: dict[str, Callable[[str], bool]] = {
    "accents": lambda c: unicodedata.category(c).startswith("L"),
    "typography": lambda c: c in "‘’“”–—…·•×−°½¼¾™©®",
    "symbols": lambda c: unicodedata.category(c) in ("Sc", "So", "Sm"),
}


def characters(subject: Subject, item: Item) -> Iterator[Problem]:
    """Look at every text of an item for tabs, bidi controls, no-break spaces and joined emoji."""
    for place, text in _texts("", item.raw):
        bad = next((c for c in text if c != "\n" and _unwanted(c)), None)
        if bad is not None:
            yield subject.problem("characters", f"holds {_named(bad)}", item, place)
    if isinstance(item, CopyItem):
        yield from _keyboard(subject, item)


def of_article(subject: Subject) -> Iterator[Problem]:
    """Look at the articles in the same way."""
    for article in subject.articles:
        bad = next((c for c in article.text if c != "\n" and _unwanted(c)), None)
        if bad is not None:
            yield subject.about_article("characters", f"holds {_named(bad)}", article.id)


def _texts(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        name = f' "{value["id"]}"' if place and isinstance(value.get("id"), str) else ""
        for key, part in value.items():
            yield from _texts(f"{place}{name}, {key}" if place else key, part)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _texts(place if isinstance(part, dict) else f"{place} {number}", part)


def _unwanted(c: str) -> bool:
    category = unicodedata.category(c)
    return category in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn") or (category == "Zs" and c != " ")


def _named(c: str) -> str:
    name = unicodedata.name(c, {"\t": "TABULATION", "\r": "CARRIAGE RETURN"}.get(c, "a control character"))
    return f"{name.lower()} (U+{ord(c):04X})"


def _keyboard(subject: Subject, item: CopyItem) -> Iterator[Problem]:
    signs = _SIGNS.get(subject.pack.language.partition("-")[2], "")
    allowed = [may for tag, may in _TAGGED.items() if tag in item.tags]
    strange = dict.fromkeys(
        c for c in item.text if not (" " <= c <= "~" or c in signs or any(may(c) for may in allowed))
    )
    if strange:
        tag = next((tag for tag, may in _TAGGED.items() if all(may(c) for c in strange)), "typography")
        shown = " ".join(strange)
        yield subject.problem(
            "keyboard", f"a plain keyboard has no {shown}; tag it {tag}, or leave it out", item, "text"
        )
