"""`drills try`: whether an item's patterns find what they should in a text, and each reason why or why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from typetrainer.content.model import Company
from typetrainer.content.written import Forbidden, Sought, Step, WrittenItem
from typetrainer.writing.facts.match import Claim, Index, Match, Tried, find
from typetrainer.writing.facts.pattern import Group, PatternError, Way
from typetrainer.writing.facts.reading import Clause, Reading, Token, read
from typetrainer.writing.rubric.judging import claim_of

Label = Literal["fact", "step", "must_not", "flaw"]
_FLAW_TEXTS = {"conveys": "still", "not_conveys": "mended"}


class Thing(NamedTuple):
    """What is looked for, and its patterns parsed (None: it has none)."""

    label: Label
    what: Sought
    claim: Claim | None


class Sample(NamedTuple):
    """A text to look in. `source` is file, conveys, not_conveys, still, mended, poor or model; `number` from 1."""

    source: str
    number: int | None
    text: str
    expected: bool | None  # whether the thing should be found in it; None where nobody says


class TriedGroup(NamedTuple):
    """A group of a way. `met` when it stands as it should; where it does (offset, length), or where what failed is."""

    text: str
    met: bool
    span: tuple[int, int] | None
    why: str


class TriedWay(NamedTuple):
    """A way, whether it was found, its groups, and why not."""

    text: str
    found: bool
    groups: tuple[TriedGroup, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing looked for in one text; `found` is None, and there are no ways, where it has no pattern.

    `ways` are those up to the first that was found. `late_for`: what came before a step though it should come after.
    `allowed_by`: the step before a forbidden claim that makes it all right.
    """

    thing: Thing
    sample: Sample
    found: bool | None
    spans: tuple[tuple[int, int], ...] = ()
    why: str = ""
    ways: tuple[TriedWay, ...] = ()
    late_for: tuple[str, ...] = ()
    allowed_by: str = ""
    reading: Reading | None = None

    @property
    def right(self) -> bool | None:
        """Whether it came out as expected; None where nothing was expected or could be tried."""
        if self.found is None or self.sample.expected is None:
            return None
        if self.allowed_by:
            return True
        return self.found is self.sample.expected and not (self.late_for and self.sample.expected)

    def words(self, span: tuple[int, int]) -> str:
        """Return the words of a span in one line."""
        offset, length = span
        return " ".join(self.sample.text[offset : offset + length].split())


class Trier:
    """Tries an item's things. Raises PatternError, with the place in the item, where a pattern is wrong."""

    def __init__(self, item: WrittenItem, company: Company | None, *, language: str) -> None:
        self.item = item
        self._month_first = language == "en-US"
        self._indexes: dict[str, Index] = {}
        wanted: list[tuple[Label, Sequence[Sought]]] = [
            ("fact", item.facts), ("step", item.steps), ("must_not", item.must_not), ("flaw", item.flaws),
        ]  # fmt: skip
        self.things = tuple(
            Thing(label, what, self._claim(label, what, company)) for label, of in wanted for what in of
        )

    def _claim(self, label: Label, what: Sought, company: Company | None) -> Claim | None:
        if not what.match:
            return None
        try:
            return claim_of(what, company, month_first=self._month_first)
        except PatternError as error:
            raise PatternError(f'item "{self.item.id}", {label} "{what.id}": {error}') from None

    def text(self, text: str) -> Iterator[Trial]:
        """Look for every thing in a text."""
        places = self._places(text)
        for thing in self.things:
            yield self._trial(thing, Sample("file", None, text, None), places)

    def examples(self) -> Iterator[Trial]:
        """Look for every thing in its own examples, in the model answer and, for a flaw, in the poor text.

        What has no pattern comes once, with an empty sample.
        """
        places = self._places(self.item.model)
        for thing in self.things:
            if thing.claim is None:
                yield Trial(thing, Sample("", None, "", None), None)
                continue
            for sample in _samples(thing, self.item):
                yield self._trial(thing, sample, places if sample.source == "model" else {})

    def _places(self, text: str) -> dict[str, int]:
        """Return where each fact and step is first found in a text."""
        found: dict[str, int] = {}
        for thing in self.things:
            if thing.label in ("fact", "step") and thing.claim is not None:
                at = find(self._index(text), thing.claim).offset
                if at is not None:
                    found[thing.what.id] = at
        return found

    def _index(self, text: str) -> Index:
        if text not in self._indexes:
            self._indexes[text] = Index(read(text, month_first=self._month_first))
        return self._indexes[text]

    def _trial(self, thing: Thing, sample: Sample, places: dict[str, int]) -> Trial:
        index = self._index(sample.text)
        if thing.claim is None:
            return Trial(thing, sample, None, reading=index.reading)
        match = find(index, thing.claim)
        ways = tuple(_way(index, way, tried) for way, tried in zip(thing.claim.ways, match.tried, strict=False))
        late: tuple[str, ...] = ()
        allowed = ""
        if match.offset is not None:
            late, allowed = _order(thing.what, match.offset, places)
        return Trial(thing, sample, match.found, match.spans, match.why, ways, late, allowed, index.reading)


def _samples(thing: Thing, item: WrittenItem) -> Iterator[Sample]:
    flaw = thing.label == "flaw"
    what = thing.what
    for source, texts, expected in (("conveys", what.conveys, True), ("not_conveys", what.not_conveys, False)):
        for number, text in enumerate(texts, 1):
            yield Sample(_FLAW_TEXTS[source] if flaw else source, number, text, expected)
    if flaw and item.poor:
        yield Sample("poor", None, item.poor, expected=True)
    yield Sample("model", None, item.model, expected=thing.label in ("fact", "step"))


def _order(what: Sought, offset: int, places: dict[str, int]) -> tuple[tuple[str, ...], str]:
    """Return what came too early for a step, and the step that allows a forbidden claim."""
    if isinstance(what, Step):
        return tuple(other for other in what.before if places.get(other, offset) < offset), ""
    if isinstance(what, Forbidden) and what.unless and places.get(what.unless, offset) < offset:
        return (), what.unless
    return (), ""


def _way(index: Index, way: Way, tried: Tried) -> TriedWay:
    groups = tuple(
        _group(index, group, place, why, tried.why)
        for group, (_text, place, why) in zip(way.groups, tried.groups, strict=True)
    )
    return TriedWay(tried.way, tried.found, groups, tried.why)


def _group(index: Index, group: Group, place: tuple[int, int] | None, why: str, of_way: str) -> TriedGroup:
    """Return a group with the words that matched or failed; `of_way` is why the whole way was not found."""
    if group.prefix == "!":
        return TriedGroup(group.text, place is None, place, "is there" if place is not None else "")
    if group.prefix == "?" and place is None and not of_way.startswith(group.text[1:]):
        return TriedGroup(group.text, met=True, span=None, why="")
    if not why or place is not None:
        return TriedGroup(group.text, met=True, span=place, why="")
    return TriedGroup(group.text, met=False, span=None if why == "not found" else _anywhere(index, group), why=why)


def _anywhere(index: Index, group: Group) -> tuple[int, int] | None:
    """Return where a group first stands, in whatever kind of clause."""
    plain = Way((replace(group, prefix="", after=False),), group.text)
    match: Match = find(index, Claim((plain,), "any", frozenset({"negation"}), within=0))
    return match.spans[0] if match.spans else None


# --- how a text was read ---


def said(clause: Clause) -> tuple[str, ...]:
    """Return how a clause is said; `stated` when nothing else holds."""
    how = {
        "negated": clause.denied or clause.cues,
        "in part negated": clause.local,
        "hedged": clause.hedged,
        "in doubt": clause.unsure,
        "conditional": clause.conditional,
        "under a condition": clause.under,
        "asked": clause.asked and not clause.told,
        "told all the same": clause.told,
        "reported": clause.reported,
        "request": clause.request,
    }
    return tuple(word for word, holds in how.items() if holds) or ("stated",)


def value_of(token: Token) -> str:
    """Return a token's value in words: `money 25 $`, `duration 5 bd`; empty when it has none."""
    if token.value is None:
        return ""
    parts = (f"{part:g}" if isinstance(part, int | float) else str(part) for part in token.value.data)
    return " ".join((token.value.kind, *(part for part in parts if part)))
