"""Replies made from an item's own examples, and changes to them of which it is known what they should do to the score.

The base reply greets, thanks, recognises, apologises, says every fact and takes every step in the words of the item's
examples, and closes. Each change touches one thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from typetrainer.content.model import Company
from typetrainer.content.written import Sought, WrittenItem
from typetrainer.writing.facts.match import Index, find
from typetrainer.writing.facts.reading import read
from typetrainer.writing.rubric.judging import claim_of

OPENING = "Hello {name}, thank you for writing. I can see why this is frustrating, and I'm sorry for the trouble."
CLOSING = "I'll write to you again by 5 PM tomorrow. Please let me know if anything is unclear."
BLAME = "As I already told you, you should have read the terms."
ERRORS = "We has checked it twice. The system show two entry. They was sent yesterday."
HARMLESS = "It is a bright morning here at our desk."


@dataclass(frozen=True)
class Change:
    """A changed reply: what it should lower (a criterion, or None: nothing), and the item it answers."""

    name: str
    lowers: str | None
    text: str
    item: WrittenItem


def sentences_of(item: WrittenItem, company: Company, *, month_first: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Return for every fact and step an example that conveys it, and, where that can be, no other of them."""
    wanted: list[tuple[str, Sought]] = [*(("fact", f) for f in item.facts), *(("step", s) for s in item.steps)]
    claims = {(kind, s.id): claim_of(s, company, month_first=month_first) for kind, s in wanted}
    indices = {t: Index(read(t, month_first=month_first)) for _k, s in wanted for t in s.conveys}
    facts: dict[str, str] = {}
    steps: dict[str, str] = {}
    for kind, what in wanted:

        def others(text: str, this: tuple[str, str] = (kind, what.id)) -> int:
            return sum(find(indices[text], claim).found for key, claim in claims.items() if key != this)

        usable = [t for t in what.conveys if find(indices[t], claims[kind, what.id]).found]
        plain = [t for t in usable if deniable(t, item) is not None] if kind == "fact" else []
        (facts if kind == "fact" else steps)[what.id] = min(plain or usable, key=others)
    return facts, steps


def base_reply(item: WrittenItem, facts: dict[str, str], steps: dict[str, str]) -> str:
    """Put a reply together."""
    opening = OPENING.format(name=item.customer.name.split()[0])
    return " ".join([opening, *facts.values(), *steps.values(), CLOSING])


def said_once(item: WrittenItem, company: Company, facts: dict[str, str], steps: dict[str, str]) -> dict[str, str]:
    """Return the facts and steps that no other sentence of the reply tells as well ("proof within 30 days": proof)."""
    month_first = company.currency == "USD"
    once = {}
    for what in (*item.facts, *item.steps):
        left_out = [{name: said for name, said in each.items() if name != what.id} for each in (facts, steps)]
        rest = Index(read(base_reply(item, *left_out), month_first=month_first))
        if not find(rest, claim_of(what, company, month_first=month_first)).found:
            once[what.id] = {**facts, **steps}[what.id]
    return once


def changes(item: WrittenItem, facts: dict[str, str], steps: dict[str, str], once: dict[str, str]) -> Iterator[Change]:
    """Yield the changes that this item allows; those of a fact only where it is told `once`."""
    base = base_reply(item, facts, steps)
    for name, said in ((name, said) for name, said in facts.items() if name in once):
        yield Change(f"drop {name}", "solution", _without(base, said), item)
        denied = deniable(said, item)
        if denied is not None:
            yield Change(f"negate {name}", "solution", base.replace(said, denied, 1), item)
        other = swapped(said, next(fact.says for fact in item.facts if fact.id == name))
        if other is not None:
            yield Change(f"swap {name}", "solution", base.replace(said, other, 1), item)
    for name, said in ((name, said) for name, said in steps.items() if name in once):
        yield Change(f"skip {name}", "process", _without(base, said), item)
    yield Change("blame", "tone", f"{base} {BLAME}", item)
    yield Change("errors", "language", f"{base} {ERRORS}", item)
    yield Change("harmless", None, f"{base} {HARMLESS}", item)
    first = item.customer.name.split()[0]
    renamed = replace(item, customer=replace(item.customer, name="Oluwaseun Adeyemi"))
    yield Change("name", None, re.sub(rf"\b{re.escape(first)}\b", "Oluwaseun", base), renamed)
    yield Change("spelling", None, _respelt(base), item)


def _without(base: str, said: str) -> str:
    return base.replace(" " + said, "", 1)


# What a sentence begins with that can be denied by "It is not true that …": its subject.
_SUBJECT = re.compile(
    r"(?:I|we|you|it|they|he|she|there|this|that|the|a|an|one|two|your|our|my|his|her|its|both|each|nobody)\b(?![^.]*[;:?])",
    re.IGNORECASE,
)
_KEPT = re.compile(r"I\b|I'")


def deniable(said: str, item: WrittenItem) -> str | None:
    """Return the denial of an example, or None where "It is not true that …" before it is no English."""
    parts = re.split(r"(?<=[.!?])\s+", said)
    if not all(_SUBJECT.match(part) for part in parts):
        return None
    names = {*item.words, *item.customer.name.split(), *_DAYS_AND_MONTHS}
    return " ".join(f"It is not true that {_in_small(part, names)}" for part in parts)


_DAYS_AND_MONTHS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Home Steady Hub".split()
)


def _in_small(sentence: str, names: set[str]) -> str:
    word = re.match(r"[\w'-]*", sentence)
    first = word[0] if word else ""
    if _KEPT.match(first) or first.split("'")[0] in names or not first[1:].islower():
        return sentence
    return sentence[:1].lower() + sentence[1:]


# A number that can be another: not one of a product's name, of an order code, or of noon.
_NUMBER = re.compile(r"(?<![\w-])(?<!Home )\d+(?:\.\d\d)?(?!\d)(?![\w-]*-\d*[A-Z]| noon|(?:st|nd|rd|th)\b)")


def swapped(said: str, says: str) -> str | None:
    """Return the sentence with every number that the fact's wording has changed, or None where it has none."""
    meant = set(_NUMBER.findall(says))
    changed = _NUMBER.sub(lambda m: _other(m[0]) if m[0] in meant else m[0], said)
    return changed if changed != said else None


def _other(number: str) -> str:
    """Return another number of the same sort: days of a month and hours stay such."""
    if "." in number:
        return f"{float(number) + 3.25:.2f}"
    value = int(number)
    return str(value + 2 if value > 31 or value <= 9 else value - 2)


_TWINS = {"color": "colour", "apologize": "apologise", "center": "centre", "favor": "favour", "canceled": "cancelled",
          "neighbor": "neighbour", "organize": "organise", "realize": "realise", "check ": "cheque "}  # fmt: skip


def _respelt(base: str) -> str:
    for us, uk in list(_TWINS.items())[:-1]:
        base = re.sub(rf"\b({us}|{uk})", lambda m, us=us, uk=uk: uk if m[0] == us else us, base)  # type: ignore[misc]
    return base + " The color of the label is gray."
