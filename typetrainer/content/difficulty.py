"""How difficult an item is: computed from what is in it, never guessed. The definitions are contracts/difficulty.md.

A copy item by what each of its characters asks of the hands, a written one by what is to be read, known and minded.
"""

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from typetrainer.content.model import CopyItem
from typetrainer.core.text import ascii_twin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typetrainer.content.written import Item, WrittenItem

Level = Literal["easy", "middle", "hard"]
LEVELS: tuple[Level, ...] = ("easy", "middle", "hard")

# --- copy: milliseconds of a character. Key and shift are the K of the keystroke-level model (Card, Moran and Newell),
# the hands' part is of the size that Salthouse found; only their ratios matter.
KEY = 200
HAND = 30  # by the hand that pressed the key before
FINGER = 60  # more, by the same finger
ROWS = 40  # for two rows or more between them
RARE = 40  # a pair of letters that is seldom typed
SHIFT = 200  # for the first of a run of shifted characters
DIGIT = 150
MARK = 50
SYMBOL = 250
FAR = 400  # not on the keyboard: an accent, a sign of another script
COSTS = ("keys", "hands", "rare pairs", "shift", "digits", "marks", "symbols")
_ROWS = ("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./")
_UPPER = dict(zip('~!@#$%^&*()_+{}|:"<>?£€', "`1234567890-=[]\\;',./34", strict=True))
_FINGERS = ("`1qaz", "2wsx", "3edc", "45rtfgvb", "67yuhjnm", "8ik,", "9ol.", "0p-=[];'/\\")
_FINGER = {key: number for number, keys in enumerate(_FINGERS) for key in keys}
_ROW = {key: number for number, keys in enumerate(_ROWS) for key in keys}
_MARKS = frozenset(".,'-?!:;\"")
_COMMON = frozenset(
    "ab ac ad af ag ai ak al am an ap ar as at au av ay ba be bi bo bu by ca cc ce ch ck cl co cr ct da de di do dr ds "
    "dy ea ec ed ee ef el em en ep er es et ev ew ex ey fa fe ff fi fo fr ft fu ga ge gh gi go ha he hi ho ht hu ic id "
    "ie if ig il im in io ir is it iv ju ke ki ks la ld le li ll lo ls ly ma mb me mi mo mp my na nc nd ne ng ni nk nl "
    "no ns nt nu ny ob oc od oe of ok ol om on oo op or os ot ou ov ow pa pe ph pi pl pm po pp pr pt ra rd re rg ri rk "
    "rn ro rr rs rt ry sa se sh si sk so ss st su ta te th ti to tr ts tt tu tw ue ug ul um un up ur us ut ve vi wa we "
    "wh wi wo wr xt ye yo ys".split()
)

# --- written: points for each, and the most that one part may add
WEIGHTS: dict[str, tuple[float, float]] = {
    "words to read": (0.1, 20),
    "words to write": (0.1, 20),
    "long sentences and words": (0.4, 8),
    "facts": (4, 24),
    "steps": (4, 16),
    "order": (3, 6),
    "policies": (4, 12),
    "articles": (4, 12),
    "traps": (5, 20),
    "values": (2, 20),
    "mood": (4, 12),
    "flaws": (4, 16),
}
_MOODS = {"calm": 0, "worried": 1, "distressed": 2, "angry": 3}
_PLAIN_LIX = 20
_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
_END = re.compile(r"[.!?…:](?=\s|$)|\n")

# The values whose scores are 0, 1/3, 2/3 and all of 100: of the bundled items of a kind, a third lies below the second
# and a third from the third on.
SCALES: dict[str, tuple[float, float, float, float]] = {
    "copy": (210, 223, 235, 315),
    "reply": (40, 69, 82.5, 110),
    "fix": (45, 63, 72, 95),
    "note": (40, 56, 64.5, 80),
    "triage": (10, 25.5, 31, 45),
    "search": (15, 29.5, 32, 50),
    "article": (45, 69, 76.5, 100),
}


class Part(NamedTuple):
    """A share of a difficulty: what it is, how much of it was found, and what it adds to the value."""

    name: str
    amount: float
    adds: float


class Difficulty(NamedTuple):
    """How difficult an item is among its kind.

    `score` is 0 to 100, and a level is a third of that. `value` is what the score was made of, the sum of what the
    parts add: milliseconds a character (copy), points (written).
    """

    score: int
    level: Level
    value: float
    parts: tuple[Part, ...]


def difficulty_of(item: "Item") -> Difficulty:
    """Return how difficult an item is; the same for the same item everywhere. Nothing is read or imported for it."""
    if isinstance(item, CopyItem):
        return _placed("copy", _copy_parts(item.text))
    return _placed(item.kind, _written_parts(item))


def _placed(kind: str, parts: tuple[Part, ...]) -> Difficulty:
    value = round(sum(part.adds for part in parts), 2)
    scale = SCALES[kind]
    third = sum(value >= cut for cut in scale[1:3])
    low, high = scale[third], scale[third + 1]
    score = (third + min(1.0, max(0.0, (value - low) / (high - low)))) / 3 * 100
    return Difficulty(int(score), LEVELS[third], value, tuple(part for part in parts if part.adds))


# --- copy ---


class _Costs(dict[str, tuple[int, ...]]):
    """What the second of two characters costs after the first, as COSTS names it; worked out once for each pair."""

    def __missing__(self, pair: str) -> tuple[int, ...]:
        self[pair] = cost = _cost(pair[0], pair[1])
        return cost


class _Sums(dict[str, int]):
    def __missing__(self, pair: str) -> int:
        self[pair] = cost = sum(_COST[pair])
        return cost


_COST = _Costs()
_SUM = _Sums()


def typing_cost(text: str) -> int:
    """Return the milliseconds of the model for typing a text after a blank."""
    return sum(map(_SUM.__getitem__, _pairs(text)))


def _pairs(text: str) -> "Iterator[str]":
    """Yield each character with the one before it; what may be typed as its plain twin is that."""
    plain = ascii_twin(text)
    return map("".join, zip(f" {plain}", plain))  # noqa: B905 - the last has no follower


def _copy_parts(text: str) -> tuple[Part, ...]:
    pairs = Counter(_pairs(text))
    size = max(len(text), 1)
    counts, sums = [0] * len(COSTS), [0] * len(COSTS)
    for pair, times in pairs.items():
        for at, cost in enumerate(_COST[pair]):
            counts[at] += times * (cost > 0)
            sums[at] += times * cost
    return tuple(Part(*each) for each in zip(COSTS, counts, (total / size for total in sums), strict=True))


def _cost(before: str, char: str) -> tuple[int, ...]:
    key, shifted = _key(char)
    last, was_shifted = _key(before)
    hands = 0
    if key in _FINGER and last in _FINGER and key != last and (_FINGER[key] < 4) == (_FINGER[last] < 4):
        hands = HAND + FINGER * (_FINGER[key] == _FINGER[last]) + ROWS * (abs(_ROW[key] - _ROW[last]) > 1)
    letters = key.isalpha() and last.isalpha()
    digit = char.isdigit()
    mark = char in _MARKS
    symbol = 0 if char.isalnum() or char == " " or mark else SYMBOL
    return (
        KEY + FAR * (key not in _FINGER and key != " "),
        hands,
        RARE * (letters and last + key not in _COMMON),
        SHIFT * (shifted and not was_shifted),
        DIGIT * digit,
        MARK * mark,
        symbol,
    )


def _key(char: str) -> tuple[str, bool]:
    """Return the key of a US keyboard that types a character, and whether with shift; another sign is its own key."""
    if char in _UPPER:
        return _UPPER[char], True
    plain = unicodedata.normalize("NFD", char)[0] if not char.isascii() and char.isalpha() else char
    if plain == char or plain.lower() not in _FINGER:
        return char.lower(), char.isupper()
    return char, False


# --- written ---


def _written_parts(item: "WrittenItem") -> tuple[Part, ...]:
    to_read = "\n".join((item.message, *item.transcript, *item.know, item.poor)).strip()
    counts: dict[str, float] = {
        "words to read": len(_WORD.findall(to_read)),
        "words to write": len(_WORD.findall(item.model)),
        "long sentences and words": max(0, round(_lix(to_read)) - _PLAIN_LIX),
        "facts": len(item.facts),
        "steps": len(item.steps),
        "order": sum(bool(step.before) for step in item.steps) + bool(item.order),
        "policies": len(item.policies),
        "articles": len(item.articles),
        "traps": len(item.must_not),
        "values": len({word for word in _WORD.findall(item.model) if any(char.isdigit() for char in word)}),
        "mood": _MOODS[item.mood],
        "flaws": len(item.flaws),
    }
    return tuple(Part(name, count, min(count * WEIGHTS[name][0], WEIGHTS[name][1])) for name, count in counts.items())


def _lix(text: str) -> float:
    """Return Björnsson's measure of a text: words a sentence, and the words of over six letters in a hundred."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for piece in _END.split(text) if _WORD.search(piece))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
