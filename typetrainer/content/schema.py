"""A small strict schema for packs: what a table may hold, and one clear sentence where it holds something else."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POLICY_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MAX_SHOWN = 40


class SchemaError(ValueError):
    """Something the schema does not allow.

    `trail` leads to it: (label, value of its id or None) from the outside in. `key` is the key at fault, or None.
    """

    def __init__(self, sentence: str, trail: tuple[tuple[str, str | None], ...] = (), key: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.trail = trail
        self.key = key

    def within(self, label: str, name: str | None) -> "SchemaError":
        """Return the same error seen from one table further out."""
        return SchemaError(self.sentence, ((label, name), *self.trail), self.key)

    def place(self) -> str:
        """Return the place in words: `item "billing-03", fact "credit"`; empty at the top of the file."""
        return ", ".join(f'{label} "{name}"' if name else label for label, name in self.trail)


def shown(value: object) -> str:
    """Return a value short and safe to show in an error."""
    if isinstance(value, str):
        text = value if len(value) <= _MAX_SHOWN else value[: _MAX_SHOWN - 1] + "…"
        return '"' + "".join(c if c.isprintable() else "\ufffd" for c in text) + '"'
    names = {bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")


def nearest(name: str, known: list[str]) -> str | None:
    """Return the known name that is most like `name`, or None when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1, 0.6)), None)


class Spec:
    """What a value may be. `check` raises SchemaError with a sentence that begins with the key's name.

    Specs are plain classes: each `@dataclass` would cost 0.5 ms at every start.
    """

    __slots__ = ()

    def check(self, key: str, value: object) -> None:
        """Accept the value or raise."""
        raise NotImplementedError


class Text(Spec):
    """A text, never empty, in NFC and safe to show; with `lines` it may have line breaks."""

    __slots__ = ("expected", "lines", "pattern", "trimmed")

    def __init__(
        self,
        expected: str = "a text",
        pattern: re.Pattern[str] | None = None,
        *,
        lines: bool = False,
        trimmed: bool = False,
    ) -> None:
        self.expected = expected
        self.pattern = pattern
        self.lines = lines
        self.trimmed = trimmed

    def check(self, key: str, value: object) -> None:
        """Accept the text or raise SchemaError."""
        if not isinstance(value, str):
            raise SchemaError(f"{key} should be {self.expected}, not {shown(value)}", key=key)
        if not value.strip():
            raise SchemaError(f"{key} is empty; {self.expected} was expected", key=key)
        if self.pattern is not None and not self.pattern.fullmatch(value):
            raise SchemaError(f"{key} should be {self.expected}, not {shown(value)}", key=key)
        if self.trimmed and value != value.strip():
            raise SchemaError(f"{key} should have no blank at its beginning or end", key=key)
        self._check_characters(key, value)

    def _check_characters(self, key: str, value: str) -> None:
        if value.isascii() and value.isprintable():
            return
        if not unicodedata.is_normalized("NFC", value):
            raise SchemaError(f"{key} should be in Unicode NFC (accents composed with their letters)", key=key)
        bad = _first_unsafe(value.replace("\n", "") if self.lines else value)
        if bad == "\n":
            raise SchemaError(f"{key} should be one paragraph, without line breaks", key=key)
        if bad is not None:
            raise SchemaError(f"{key} should not hold the invisible character U+{ord(bad):04X}", key=key)


def _first_unsafe(text: str) -> str | None:
    """Return the first character that a terminal may obey or a reader cannot see, or None."""
    if text.isprintable():
        return None
    from typetrainer.core.text import visible

    return next((c for c in text if not c.isprintable() and visible(c) != c), None)


class OneOf(Text):
    """One of a few words."""

    __slots__ = ("choices",)

    def __init__(self, *choices: str) -> None:
        super().__init__(f"one of {', '.join(choices)}")
        self.choices = choices

    def check(self, key: str, value: object) -> None:
        """Accept the word or raise SchemaError."""
        if value not in self.choices:
            raise SchemaError(f"{key} should be {self.expected}, not {shown(value)}", key=key)


class Texts(Spec):
    """A list of texts."""

    __slots__ = ("expected", "least", "of")

    def __init__(self, least: int, of: Spec, expected: str = "a list of texts") -> None:
        self.least = least
        self.of = of
        self.expected = expected

    def check(self, key: str, value: object) -> None:
        """Accept the list or raise SchemaError."""
        if not isinstance(value, list):
            raise SchemaError(f"{key} should be {self.expected}, not {shown(value)}", key=key)
        if len(value) < self.least:
            raise SchemaError(f"{key} should have {self.least} or more texts, not {len(value)}", key=key)
        for number, text in enumerate(value, 1):
            try:
                self.of.check(f"{key}, number {number},", text)
            except SchemaError as error:
                raise SchemaError(error.sentence, error.trail, key) from None


class Whole(Spec):
    """A whole number from `low` to `high`."""

    __slots__ = ("high", "low", "unit")

    def __init__(self, low: int, high: int, unit: str = "") -> None:
        self.low = low
        self.high = high
        self.unit = unit

    def check(self, key: str, value: object) -> None:
        """Accept the number or raise SchemaError."""
        expected = f"a whole number{self.unit} from {self.low} to {self.high}"
        if type(value) is not int:
            raise SchemaError(f"{key} should be {expected}, not {shown(value)}", key=key)
        if not self.low <= value <= self.high:
            raise SchemaError(f"{key} should be {expected}", key=key)


class Senses(Spec):
    """A table of a company's own senses: a name, and phrases."""

    __slots__ = ()

    def check(self, key: str, value: object) -> None:
        """Accept the table or raise SchemaError."""
        if not isinstance(value, dict):
            raise SchemaError(f"{key} should be a table of lists of phrases, not {shown(value)}", key=key)
        for name, phrases in value.items():
            if not ID_PATTERN.fullmatch(name):
                raise SchemaError(f"{key}: {shown(name)} should be an id of small letters, digits and '-'", key=key)
            Texts(1, Text(trimmed=True), "a list of phrases").check(f"{key}: {name}", phrases)


class Card(Spec):
    """A customer's card: `name` first, then texts, whole numbers, or true and false."""

    __slots__ = ()

    def check(self, key: str, value: object) -> None:
        """Accept the table or raise SchemaError."""
        if not isinstance(value, dict):
            raise SchemaError(f"{key} should be a table with name first, not {shown(value)}", key=key)
        if next(iter(value), None) != "name":
            raise SchemaError(f"{key} should have name as its first key", key=key)
        for name, detail in value.items():
            if type(detail) in (int, bool) and name != "name":
                Text(trimmed=True).check(f"a key of {key}", name)
                continue
            if not isinstance(detail, str) and name != "name":
                raise SchemaError(
                    f"{key}: {shown(name)} should be a text, a whole number, true or false, not {shown(detail)}",
                    key=key,
                )
            Text().check(f"{key}: {shown(name)}", detail)
            Text(trimmed=True).check(f"a key of {key}", name)


class Table(Spec):
    """A table of known keys; those in `optional` may be missing."""

    __slots__ = ("keys", "optional")

    def __init__(self, keys: Mapping[str, Spec], optional: frozenset[str] = frozenset()) -> None:
        self.keys = keys
        self.optional = optional

    def check(self, key: str, value: object) -> None:
        """Accept the table or raise SchemaError; its place begins with `key`."""
        if not isinstance(value, dict):
            raise SchemaError(f"{key} should be a table, not {shown(value)}", key=key)
        try:
            self.check_keys(value)
        except SchemaError as error:
            raise error.within(key, None) from None

    def check_keys(self, table: Mapping[str, Any]) -> None:
        """Check a table key by key; raises SchemaError."""
        for name in table:
            if name not in self.keys:
                near = nearest(name, list(self.keys))
                hint = f"did you mean {near}?" if near else f"known are {', '.join(self.keys)}"
                raise SchemaError(f"the key {shown(name)} is not known; {hint}", key=name)
        for name, spec in self.keys.items():
            if name not in table:
                if name in self.optional:
                    continue
                raise SchemaError(f"the key {name} is missing", key=None)
            spec.check(name, table[name])


class Tables(Spec):
    """A list of tables, each with an `id` of its own."""

    __slots__ = ("head", "least", "of")

    def __init__(self, of: Table, least: int = 0, head: str = "") -> None:
        """`head` is what stands in the double brackets where that is not the key alone: `item.fact`."""
        self.of = of
        self.least = least
        self.head = head

    def check(self, key: str, value: object) -> None:
        """Accept the list or raise SchemaError."""
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise SchemaError(f"{key} should be a list of tables, each under its own [[{self.head or key}]]", key=key)
        if len(value) < self.least:
            raise SchemaError(
                f"{self.least} or more [[{self.head or key}]] are needed, there are {len(value)}", key=key
            )
        check_entries(key, value, self.of)


class ItemTable(Table):
    """The table of an item: what names another part of it must name one that there is."""

    __slots__ = ()

    def check_keys(self, table: Mapping[str, Any]) -> None:
        """Check key by key, then from part to part; raises SchemaError."""
        self._check_places(table)
        super().check_keys(table)
        facts = [fact["id"] for fact in table.get("fact", ())]
        steps = [step["id"] for step in table.get("step", ())]
        for step in table.get("step", ()):
            at = (("step", step["id"]),)
            if step["id"] in facts:
                raise SchemaError(f"a fact has the id {shown(step['id'])} already; give the step another", at, "id")
            for name in step.get("before", ()):
                _refer("before", name, "fact or step", [*facts, *steps], at)
        for claim in table.get("must_not", ()):
            if "unless" in claim:
                _refer("unless", claim["unless"], "fact or step", [*steps, *facts], (("must_not", claim["id"]),))
        for name in table.get("order", ()):
            _refer("order", name, "fact", facts, ())
        for flaw in table.get("flaw", ()):
            if "check" not in flaw and not {"still", "mended"} <= set(flaw):
                raise SchemaError("a flaw needs check, or both still and mended", (("flaw", flaw["id"]),))
        if "action" in table and (table["action"] == "escalate") != ("tier" in table):
            wanted = "needed with" if table["action"] == "escalate" else "for"
            raise SchemaError(
                f'tier is {wanted} action = "escalate"' + ("" if "tier" not in table else " only"), key="tier"
            )

    def _check_places(self, table: Mapping[str, Any]) -> None:
        """Raise SchemaError for a key of the item below `[[item.fact]]` or the like: TOML gives it to that part."""
        for label, spec in self.keys.items():
            parts = table.get(label)
            if not isinstance(spec, Tables) or not isinstance(parts, list):
                continue
            for number, part in enumerate(parts, 1):
                for key in part if isinstance(part, dict) else ():
                    if key in self.keys and key not in spec.of.keys and key not in table:
                        sentence = f"{key} belongs to the item; put it above the first [[{spec.head}]]"
                        raise SchemaError(sentence, ((label, _named(part, number)),), key)


def _refer(key: str, name: str, what: str, known: list[str], trail: tuple[tuple[str, str | None], ...]) -> None:
    """Raise SchemaError when a key names a part of the item that there is not."""
    if name in known:
        return
    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else f"there are {', '.join(known)}" if known else "there is none"
    raise SchemaError(f"{key} names {shown(name)}, but the item has no {what} of that id; {hint}", trail, key)


def check_entries(label: str, entries: Sequence[Mapping[str, Any]], table: Table) -> None:
    """Check tables with ids one by one, and that no id comes twice; raises SchemaError."""
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        known = _named(entry, number)
        try:
            table.check_keys(entry)
        except SchemaError as error:
            raise error.within(label, known) from None
        name = entry.get("id")
        if name in seen:
            raise SchemaError(f"the id {shown(name)} was used before; every id must be unique", ((label, known),), "id")
        seen.add(str(name))


def _named(entry: Mapping[str, Any], number: int) -> str:
    """Return what a table is called in an error: its id, where that is fit to be shown, or its number."""
    name = entry.get("id")
    return name if isinstance(name, str) and len(name) <= _MAX_SHOWN and name.isprintable() else f"number {number}"


_ID = Text("an id of small letters, digits and single '-' between them", ID_PATTERN)
_LINE = Text(trimmed=True)
_PROSE = Text(lines=True)
_TAGS = Texts(1, _ID, "a list of tags")
_WORDS = Texts(0, _LINE)
_POLICY_IDS = Texts(0, Text("a policy's id", _POLICY_ID))

_CRITERIA = ("solution", "process", "clarity", "language", "tone", "responsiveness", "closing")
WEIGHTS = Table({name: Whole(0, 100, " of points") for name in _CRITERIA}, frozenset(_CRITERIA))

PACK = Table({
    "id": _ID,
    "title": _LINE,
    "language": Text("a language such as en-US", _LANGUAGE),
    "version": _LINE,
    "licence": _LINE,
    "authors": Texts(1, _LINE),
    "use": OneOf("practice", "hiring"),
}, frozenset({"use"}))  # fmt: skip

COMPANY = Table({
    "name": _LINE,
    "trade": _LINE,
    "about": _PROSE,
    "currency": Text("an ISO 4217 code such as USD", _CURRENCY),
    "hours": _PROSE,
    "words": _WORDS,
    "tone": Table({"voice": _PROSE}),
    "guideline": Tables(Table({"id": _ID, "text": _PROSE})),
    "tier": Tables(Table({"id": _ID, "name": _LINE, "handles": _PROSE})),
    "policy": Tables(Table({
        "id": Text("an id of letters, digits and '-'", _POLICY_ID), "title": _LINE, "text": _PROSE,
    })),
    "senses": Senses(),
    "weights": WEIGHTS,
}, frozenset({"guideline", "tier", "policy", "senses", "weights"}))  # fmt: skip

COPY = Table({
    "id": _ID, "title": _LINE, "tags": _TAGS, "words": _WORDS, "text": Text(trimmed=True),
}, frozenset({"words"}))  # fmt: skip

_WAYS = Texts(1, _LINE, "a list of ways to say it")
_ALLOW = OneOf("question", "if", "hedge", "negation", "case")
_SOUGHT: dict[str, Spec] = {
    "id": _ID, "says": _LINE, "conveys": Texts(3, _PROSE), "not_conveys": Texts(3, _PROSE), "match": _WAYS,
    "form": OneOf("tell", "offer", "ask", "any"), "allow": Texts(0, _ALLOW),
    "within": Whole(0, 3, " of sentences"),
}  # fmt: skip
_MAY = frozenset({"match", "form", "allow", "within"})
FACT = Table({**_SOUGHT, "part": OneOf("issue", "cause", "action", "next")}, _MAY | {"part"})
STEP = Table({**_SOUGHT, "before": Texts(1, _ID, "a list of ids")}, _MAY | {"before"})
MUST_NOT = Table(
    {**_SOUGHT, "kind": OneOf("promise", "verification", "data", "claim"), "unless": _ID}, _MAY | {"unless"}
)
FLAW_CHECKS = (
    "language", "clarity-sentences", "clarity-longest", "tone-blame", "tone-cold", "tone-register", "tone-robotic",
    "tone-capitals", "tone-exclamation", "tone-over-apology", "tone-negative-framing",
)  # fmt: skip
_FLAW_TEXTS = {"still": _SOUGHT["conveys"], "mended": _SOUGHT["not_conveys"]}
FLAW = Table(
    {
        **{k: v for k, v in _SOUGHT.items() if k not in ("conveys", "not_conveys")},
        **_FLAW_TEXTS,
        "check": OneOf(*FLAW_CHECKS),
    },
    _MAY | {"check", "still", "mended"},
)

_HEAD: dict[str, Spec] = {"id": _ID, "title": _LINE, "tags": _TAGS, "words": _WORDS}
_CASE: dict[str, Spec] = {
    "customer": Card(), "message": _PROSE, "know": Texts(0, _LINE),
    "articles": Texts(0, _ID, "a list of articles' ids"), "policies": _POLICY_IDS,
    "band_s": Whole(1, 3600, " of seconds"), "model": _PROSE,
    "fact": Tables(FACT, 1, "item.fact"), "must_not": Tables(MUST_NOT, 0, "item.must_not"),
}  # fmt: skip
_MANNER: dict[str, Spec] = {
    "mood": OneOf("calm", "worried", "angry", "distressed"), "fault": OneOf("ours", "theirs", "nobody"),
    "step": Tables(STEP, 0, "item.step"),
}  # fmt: skip
_LENGTH: dict[str, Spec] = {"max_words": Whole(10, 1000, " of words"), "transcript": Texts(0, _LINE)}
_OPTIONAL = frozenset({"words", "articles", "policies", "must_not", "mood", "fault", "step", "know"})

REPLY = ItemTable({**_HEAD, **_CASE, **_MANNER}, _OPTIONAL - {"know"})
FIX = ItemTable({**_HEAD, **_CASE, **_MANNER, "poor": _PROSE, "flaw": Tables(FLAW, 1, "item.flaw")}, _OPTIONAL)
NOTE = ItemTable({**_HEAD, **_CASE, **_LENGTH}, _OPTIONAL | {"message"})
TRIAGE = ItemTable(
    {**_HEAD, **_CASE, "action": OneOf("reply", "ask", "escalate"), "tier": _ID, "why": _PROSE}, _OPTIONAL | {"tier"}
)
SEARCH = ItemTable({**_HEAD, **_CASE, **_MANNER, "article": _ID, "accept": Texts(0, _ID)}, _OPTIONAL | {"accept"})
ARTICLE = ItemTable(
    {**_HEAD, **_CASE, **_LENGTH, "poor": _PROSE, "flaw": Tables(FLAW, 0, "item.flaw"), "questions": Texts(3, _LINE),
     "order": Texts(0, _ID, "a list of facts' ids")},
    _OPTIONAL | {"customer", "message", "transcript", "poor", "flaw", "order"},
)  # fmt: skip

ITEMS: dict[str, Table] = {
    "copy": COPY, "reply": REPLY, "fix": FIX, "note": NOTE, "triage": TRIAGE, "search": SEARCH, "article": ARTICLE,
}  # fmt: skip
