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
        (facts if kind == "fact" else steps)[what.id] = min(usable, key=others)
    return facts, steps


def base_reply(item: WrittenItem, facts: dict[str, str], steps: dict[str, str]) -> str:
    """Put a reply together."""
    opening = OPENING.format(name=item.customer.name.split()[0])
    return " ".join([opening, *facts.values(), *steps.values(), CLOSING])


def changes(item: WrittenItem, facts: dict[str, str], steps: dict[str, str]) -> Iterator[Change]:
    """Yield the changes that this item allows."""
    base = base_reply(item, facts, steps)
    for name, said in facts.items():
        yield Change(f"drop {name}", "solution", _without(base, said), item)
        yield Change(f"negate {name}", "solution", base.replace(said, _denied(said), 1), item)
        says = next(fact.says for fact in item.facts if fact.id == name)
        swapped = _swapped(said) if re.search(r"\d", says) else None
        if swapped is not None:
            yield Change(f"swap {name}", "solution", base.replace(said, swapped, 1), item)
    for name, said in steps.items():
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


def _denied(said: str) -> str:
    return " ".join(f"It is not true that {s[:1].lower()}{s[1:]}" for s in re.split(r"(?<=[.!?])\s+", said))


_NUMBER = re.compile(r"(?<![\w-])\d+(?:\.\d\d)?(?![\w-]*-\d*[A-Z])")


def _swapped(said: str) -> str | None:
    """Return the sentence with every number in it changed, or None where it has none."""
    if not _NUMBER.search(said):
        return None
    return _NUMBER.sub(lambda m: f"{float(m[0]) + 3.25:.2f}" if "." in m[0] else str(int(m[0]) + 3), said)


_TWINS = {"color": "colour", "apologize": "apologise", "center": "centre", "favor": "favour", "canceled": "cancelled",
          "neighbor": "neighbour", "organize": "organise", "realize": "realise", "check ": "cheque "}  # fmt: skip


def _respelt(base: str) -> str:
    for us, uk in list(_TWINS.items())[:-1]:
        base = re.sub(rf"\b({us}|{uk})", lambda m, us=us, uk=uk: uk if m[0] == us else us, base)  # type: ignore[misc]
    return base + " The color of the catalogue has changed."
