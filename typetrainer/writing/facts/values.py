"""Values in a text: numbers in figures and words, money, durations, dates, times, and ranges of them."""

from typing import NamedTuple

from typetrainer.writing.facts.lexicon import (
    AMBIGUOUS,
    BUSINESS,
    CURRENCIES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS_OF_DAY,
    SMALL_CURRENCIES,
    UNIT_ORDINALS,
    UNITS,
    WEEKDAYS,
)

HALF_DAY = 720
_CURRENCY_CODES = frozenset("usd gbp eur aud inr rs".split())
_AM_PM = {"am": "am", "a.m": "am", "a.m.": "am", "pm": "pm", "p.m": "pm", "p.m.": "pm"}
_SPOKEN_MINUTES = (5, 10, 15, 20, 25, 30)
_BEFORE_TIMES = ("at", "by", "until", "till", "before", "after", "around", "about")


class Raw(NamedTuple):
    """A piece as scanned: `kind` is word, num, sym; `low` its lower case; `glued` without a blank before it."""

    kind: str
    low: str
    text: str
    start: int
    end: int
    glued: bool


class Value(NamedTuple):
    """A value. `data` by kind (units: cents-free amounts, minutes of the day, seconds or months):

    number (x,) · money (x, currency or "") · percent (x,) · duration (family, x) · date (year, month, day; 0 unknown) ·
    weekday (0-6,) · time (minute, "am" | "pm" | "24" | "") · range (kind, low data, high data)
    """

    kind: str
    data: tuple[object, ...]


class Found(NamedTuple):
    """A value read from `raws[i:next]`."""

    value: Value
    next: int


class Reader:
    """Reads values out of scanned pieces; `month_first` says how 5/6 is meant."""

    def __init__(self, raws: list[Raw], *, month_first: bool) -> None:
        self.raws = raws
        self.month_first = month_first

    def low(self, i: int) -> str:
        """Return the lower case of piece `i`, empty beyond the ends."""
        return self.raws[i].low if 0 <= i < len(self.raws) else ""

    def _skip_hyphen(self, i: int) -> int:
        """Step over a hyphen that joins two pieces."""
        joined = self.low(i) == "-" and self.raws[i].glued and i + 1 < len(self.raws) and self.raws[i + 1].glued
        return i + 1 if joined else i

    # --- numbers ---

    def number(self, i: int) -> tuple[float, int] | None:
        """Read a number in figures or words at `i`."""
        low = self.low(i)
        if not low:
            return None
        if self.raws[i].kind == "num":
            x, after = float(low.replace(",", "")), i + 1
            return (x * 1000, after + 1) if self.low(after) == "k" and self.raws[after].glued else (x, after)
        return self._number_words(i)

    def _number_words(self, i: int) -> tuple[float, int] | None:
        total = group = 0.0
        seen, at, last = False, i, 0
        if self.low(i) in ("a", "an") and self.low(i + 1) in ("hundred", "thousand", "dozen"):
            group, seen, at = 1.0, True, i + 1
        while at < len(self.raws):
            here = self._skip_hyphen(at) if seen else at
            low = self.low(here)
            if seen and low == "and" and last in (100, 1000) and self.low(here + 1) in NUMBERS:
                here, low = here + 1, self.low(here + 1)
            if low in NUMBERS:
                x = NUMBERS[low]
                if seen and last not in (100, 1000) and not (20 <= last <= 90 and 0 < x < 10):
                    break
                group, last = group + x, x
            elif low == "hundred" and seen:
                group, last = max(group, 1) * 100, 100
            elif low == "thousand" and seen:
                total, group, last = total + max(group, 1) * 1000, 0, 1000
            elif low in ("lakh", "lakhs") and seen:
                total, group, last = total + max(group, 1) * 100_000, 0, 1000
            elif low == "dozen" and seen:
                group, last = max(group, 1) * 12, 12
            else:
                break
            seen, at = True, here + 1
        return (total + group, at) if seen else None

    def _ordinal(self, i: int) -> tuple[int, int] | None:
        """Read the day of a month such as 14th, fourteenth, twenty-first; not first, second, third alone."""
        if i < len(self.raws) and self.raws[i].kind == "num" and self.low(i + 1) in ("st", "nd", "rd", "th"):
            low = self.low(i)
            return (int(low), i + 2) if self.raws[i + 1].glued and low.isdigit() and 1 <= int(low) <= 31 else None
        low = self.low(i)
        if low in ORDINALS:
            return ORDINALS[low], i + 1
        if low in UNIT_ORDINALS and self.low(i + 1) == "of" and self._is_month(i + 2):
            return UNIT_ORDINALS[low], i + 1
        after = self._skip_hyphen(i + 1)
        if low in ("twenty", "thirty") and self.low(after) in UNIT_ORDINALS:
            return NUMBERS[low] + UNIT_ORDINALS[self.low(after)], after + 1
        return None

    # --- one value ---

    def read(self, i: int) -> Found | None:
        """Read the longest value that begins at piece `i`, ranges included."""
        first = self._single(i)
        if first is None:
            return None
        return self._range(i, first) or first

    def _single(self, i: int) -> Found | None:
        if i >= len(self.raws):
            return None
        for reader in (self._date, self._weekday, self._time_word, self._money_symbol, self._amount):
            found = reader(i)
            if found is not None:
                return found
        return None

    def _date(self, i: int) -> Found | None:
        low = self.low(i)
        raw = self.raws[i]
        if raw.kind == "date":
            return self._numeric_date(i, low)
        if self._is_month(i):
            return self._month_first(i)
        day = self._ordinal(i)
        if day is None and raw.kind == "num" and low.isdigit() and 1 <= int(low) <= 31:
            day = (int(low), i + 1) if self._is_month(i + 1) else None
        if day is None:
            return None
        after = day[1] + 1 if self.low(day[1]) == "of" and self._is_month(day[1] + 1) else day[1]
        if not self._is_month(after):
            return Found(Value("date", (0, 0, day[0])), day[1])
        month = MONTHS[self.low(after)]
        year, after = self._year(after + 1)
        return Found(Value("date", (year, month, day[0])), after)

    def _is_month(self, i: int) -> bool:
        low = self.low(i)
        if low not in MONTHS:
            return False
        if low not in AMBIGUOUS or self.raws[i].text[:1].isupper():
            # "May I ...", "May we ..." is no month.
            return not (low == "may" and self.low(i + 1) in ("i", "we", "be", "not"))
        if low == "may":  # "may 31", not "the 2 may come"
            return i + 1 < len(self.raws) and self.raws[i + 1].kind == "num"
        numbers = (self.raws[k].kind == "num" for k in (i - 1, i + 1) if 0 <= k < len(self.raws))
        return low not in ("sat", "sun", "wed", "mon") and any(numbers)

    def _month_first(self, i: int) -> Found:
        month = MONTHS[self.low(i)]
        at = i + 1
        if self.low(at) == "." and at < len(self.raws) and self.raws[at].glued:
            at += 1
        at += self.low(at) == "the"
        day = self._ordinal(at)
        if day is None and at < len(self.raws) and self.raws[at].kind == "num":
            low = self.low(at)
            day = (int(low), at + 1) if low.isdigit() and 1 <= int(low) <= 31 else None
        if day is None:
            year, at = self._year(i + 1)
            return Found(Value("date", (year, month, 0)), at)
        comma = self.low(day[1]) == "," and self._year(day[1] + 1)[0]
        year, at = self._year(day[1] + 1 if comma else day[1])
        return Found(Value("date", (year, month, day[0])), at)

    def _year(self, i: int) -> tuple[int, int]:
        low = self.low(i)
        if (
            i < len(self.raws)
            and self.raws[i].kind == "num"
            and len(low) == 4
            and low.isdigit()
            and low[:2] in ("19", "20")
        ):
            return int(low), i + 1
        return 0, i

    def _numeric_date(self, i: int, low: str) -> Found | None:
        parts = [int(part) for part in low.replace("/", "-").split("-")]
        if parts[0] > 31 and len(parts) < 3:  # 40 of 50
            return None
        if parts[0] > 31:
            year, month, day = parts
        else:
            month, day = parts[:2] if self.month_first else (parts[1], parts[0])
            year = parts[2] if len(parts) > 2 else 0
            year += 2000 if 0 < year < 100 else 0
        if not (1 <= month <= 12 and 1 <= day <= 31) or low == "24/7":
            return None
        return Found(Value("date", (year, month, day)), i + 1)

    def _weekday(self, i: int) -> Found | None:
        low = self.low(i)
        if low not in WEEKDAYS or (low in AMBIGUOUS and not self.raws[i].text[:1].isupper()):
            return None
        return Found(Value("weekday", (WEEKDAYS[low],)), i + 1)

    def _time_word(self, i: int) -> Found | None:
        low = self.low(i)
        if low in ("noon", "midday", "midnight"):
            return Found(Value("time", (0 if low == "midnight" else HALF_DAY, "24")), i + 1)
        if low == "half" and self.low(i - 1) in ("at", "by", "until", "from") and self.low(i + 1) in NUMBERS:
            hour = self.number(i + 1)
            if hour is not None and hour[0] in range(1, 13) and self.low(hour[1]) not in UNITS:  # "at half two"
                half, after = self._half(hour[1])
                return Found(_time(int(hour[0]) * 60 + 30, half), after)
        spoken = self._spoken_time(i)
        if spoken is not None:
            return spoken
        parts = {"quarter": 1, "quarters": 1}.get(low) if low != "three" else None
        if low == "three" and self.low(self._skip_hyphen(i + 1)) == "quarters":
            i, parts = self._skip_hyphen(i + 1), 3
        if parts and self.low(i + 1) == "of" and self.low(i + 2) in ("an", "a") and self.low(i + 3) in UNITS:
            family, size = UNITS[self.low(i + 3)]
            return Found(Value("duration", (family, size * parts / 4)), i + 4)
        if low == "half" and self.low(i + 1) in ("an", "a") and self.low(i + 2) in UNITS:
            family, size = UNITS[self.low(i + 2)]
            return Found(Value("duration", (family, size / 2)), i + 3)
        if self.raws[i].kind == "clock":
            hours, minutes = (int(part) for part in low.replace(".", ":").split(":"))
            if hours > 24 or minutes > 59:
                return None
            half, after = self._half(i + 1)
            return Found(
                _time(hours * 60 + minutes, half or ("24" if hours > 12 or low.startswith("0") else "")), after
            )
        return None

    def _spoken_time(self, i: int) -> Found | None:
        """Read "half past two", "quarter to three", "twenty-five to six"; "five to seven" may be a range as well."""
        fraction = {"half": 30, "quarter": 15}.get(self.low(i))
        words = (fraction, i + 1) if fraction else self._number_words(i)
        if words is None or words[0] not in _SPOKEN_MINUTES or self.low(words[1]) not in ("past", "to"):
            return None
        minutes, at = int(words[0]), words[1]
        hour = self.number(at + 1)
        if hour is None or hour[0] not in range(1, 13):
            return None
        ranges = self.low(at) == "to" and minutes <= 12 and self.low(i - 1) not in _BEFORE_TIMES
        if not fraction and (ranges or self.low(hour[1]) in UNITS):
            return None
        half, after = self._half(hour[1])
        return Found(_time(int(hour[0]) * 60 + minutes * (1 if self.low(at) == "past" else -1), half), after)

    def _half(self, i: int) -> tuple[str, int]:
        """Read am, pm, "in the morning" at `i`: which half of the day, and what comes after."""
        low = self.low(i)
        if low in _AM_PM:
            return _AM_PM[low], i + 1
        if low == "o'clock" or low == "oclock":
            half, after = self._half(i + 1)
            return half, max(after, i + 1)
        if low == "in" and self.low(i + 1) == "the" and self.low(i + 2) in PARTS_OF_DAY:
            return PARTS_OF_DAY[self.low(i + 2)], i + 3
        if low == "at" and self.low(i + 1) == "night":
            return "pm", i + 2
        if low in ("this", "tomorrow") and self.low(i + 1) in PARTS_OF_DAY:  # the day stays a word of its own
            return PARTS_OF_DAY[self.low(i + 1)], i
        if low == "tonight":
            return "pm", i
        return "", i

    def _money_symbol(self, i: int) -> Found | None:
        low = self.low(i)
        if low in ("a", "us") and self.low(i + 1) == "$":  # A$, US$
            i, low = i + 1, "$"
        if low == "rs" and self.low(i + 1) == ".":  # Rs. 130
            i += 1
        named = low in _CURRENCY_CODES and i + 1 < len(self.raws) and self.raws[i + 1].kind == "num"
        if not named and (self.raws[i].kind != "sym" or low not in CURRENCIES):
            return None
        amount = self.number(i + 1)
        return None if amount is None else self._with_cents(amount[0], CURRENCIES[low], amount[1])

    def _with_cents(self, amount: float, currency: str, after: int) -> Found:
        """Add "and 40 cents" or, after a word for the currency, "50"."""
        at = after + (self.low(after) == "and")
        cents = self.number(at)
        if cents is not None and cents[0] < 100 and self.low(cents[1]) in SMALL_CURRENCIES:
            amount, after = amount + cents[0] / 100, cents[1] + 1
        elif cents is not None and self._is_rest(after, cents):  # three pounds ninety-five
            amount, after = amount + cents[0] / 100, cents[1]
        if self.low(after) in CURRENCIES and self.raws[after].kind == "word":  # $25 dollars, $25 USD
            after += 1
        return Found(Value("money", (round(amount, 2), currency)), after)

    def _is_rest(self, after: int, number: tuple[float, int]) -> bool:
        """Whether a bare number after a word for the currency is its hundredths."""
        x, end = number
        words = self.low(after - 1) in CURRENCIES and self.raws[after - 1].kind == "word" and self.low(after) != "and"
        following = self.low(end)
        return words and x == int(x) and 5 <= x < 100 and following not in UNITS and following not in BUSINESS

    def _amount(self, i: int) -> Found | None:
        """Read a number, and what it is a number of."""
        one = self.low(i) in ("a", "an", "one", "per", "each", "another") and self.low(i + 1) in UNITS
        whole = self.low(i) in ("a", "an") and self.low(i + 1) in ("full", "whole") and self.low(i + 2) in UNITS
        if whole:
            family, size = UNITS[self.low(i + 2)]
            return Found(Value("duration", (family, size)), i + 3)
        one = one and self.low(i + 1) not in ("second", "h", "min", "sec")  # "a second visit"
        if one and self.low(i) not in ("per", "each"):
            family, size = UNITS[self.low(i + 1)]
            found = Found(Value("duration", (family, size)), i + 2)
            half = self.low(i + 2) == "and" and self.low(i + 3) == "a" and self.low(i + 4) == "half"
            return Found(Value("duration", (family, size * 1.5)), i + 5) if half else found
        number = self.number(i)
        if number is None:
            return None
        x, after = number
        if self.low(after) == "and" and self.low(after + 1) == "a" and self.low(after + 2) == "half":
            x, after = x + 0.5, after + 3
        return self._of(x, after)

    def _of(self, x: float, after: int) -> Found:
        joined = self._skip_hyphen(after)
        unit = self.low(joined)
        if unit in ("%", "percent") or (unit == "per" and self.low(joined + 1) == "cent"):
            return Found(Value("percent", (x,)), joined + (2 if unit == "per" else 1))
        if unit in CURRENCIES:
            return self._with_cents(x, CURRENCIES[unit], joined + 1)
        if unit in SMALL_CURRENCIES:
            return Found(Value("money", (round(x / 100, 2), SMALL_CURRENCIES[unit])), joined + 1)
        if unit in ("full", "whole") and self.low(joined + 1) in BUSINESS:
            joined, unit = joined + 1, self.low(joined + 1)
        if unit in BUSINESS and self.low(self._skip_hyphen(joined + 1)) in ("day", "days"):
            return Found(Value("duration", ("bd", x)), self._skip_hyphen(joined + 1) + 1)
        if unit in ("full", "whole", "calendar", "more") and self.low(joined + 1) in UNITS:
            joined, unit = joined + 1, self.low(joined + 1)
        if unit in UNITS:
            family, size = UNITS[unit]
            return Found(Value("duration", (family, x * size)), joined + 1)
        minutes = self._minutes(x, after)
        if minutes is not None:
            return minutes
        if x == HALF_DAY / 60 and self.low(after) in ("noon", "midday", "midnight"):
            return self._time_word(after) or Found(Value("number", (x,)), after)
        half, end = self._half(after)
        if (half or end > after) and x == int(x) and 0 < x <= 24:
            return Found(_time(int(x) * 60, half), end)
        return Found(Value("number", (x,)), after)

    def _minutes(self, hour: float, i: int) -> Found | None:
        """Read the minutes of a time in words: "nine thirty am", and after "at" without a half of the day."""
        low = self.low(i)
        if low not in ("fifteen", "thirty", "forty") or not 0 < hour <= HALF_DAY / 60 or hour != int(hour):
            return None
        minute = self.number(i)
        if minute is None or minute[0] not in (15, 30, 45):
            return None
        half, after = self._half(minute[1])
        timed = half or self.low(i - 2) in ("at", "by", "until", "from", "before", "after")
        return Found(_time(int(hour * 60 + minute[0]), half), after) if timed else None

    # --- ranges ---

    def _range(self, i: int, first: Found) -> Found | None:
        sep = self.low(first.next)
        between = self.low(i - 1) == "between"
        either = sep == "or" and first.value.kind == "number"
        if not (sep in ("-", "to", "till", "until", "through", "thru") or (sep == "and" and between) or either):
            return None
        if self.raws[first.next].glued and sep != "-":
            return None
        at = first.next + 1
        second = self._single(at)
        if second is None:
            return None
        if either and second.value.kind != "duration":  # "two or three days"
            return None
        low = first.value
        if low.kind == "number" and second.value.kind == "duration":  # its unit is the last word of the other
            family = second.value.data[0]
            size = 1 if family == "bd" else UNITS.get(self.low(second.next - 1), ("", 1))[1]
            low = Value("duration", (family, float(str(low.data[0])) * size))
        bare = first.value.kind == "number" and second.value.kind == "money"  # "brings Home 300 to $40"
        if bare and sep != "-" and self.low(i - 1) not in ("from", "between"):
            return None
        joined = _joined(low, second.value)
        return None if joined is None else Found(joined, second.next)


def _time(minute: int, half: str) -> Value:
    if half == "pm" and minute < HALF_DAY:
        minute += HALF_DAY
    elif half == "am" and minute >= HALF_DAY:
        minute -= HALF_DAY
    return Value("time", (minute, "24" if half else ""))


def _joined(a: Value, b: Value) -> Value | None:
    """Return the range from `a` to `b`, one taking the unit of the other; None where they make no range."""
    if "time" in (a.kind, b.kind):
        return _time_range(a, b)
    if a.kind == b.kind == "duration":
        return Value("range", ("duration", a.data[1], b.data[1], a.data[0])) if a.data[0] == b.data[0] else None
    kinds = {a.kind, b.kind}
    if not kinds <= {"number", "money", "percent"} or kinds == {"money", "percent"}:
        return None
    kind = next((k for k in ("money", "percent") if k in kinds), "number")
    unit = (a.data[1] if a.kind == "money" else b.data[1]) if kind == "money" else ""
    return Value("range", (kind, a.data[0], b.data[0], unit))


def _time_range(a: Value, b: Value) -> Value | None:
    """Return the range of two times; where one is a bare number it takes the half of the day of the other."""
    low, high = _clock(a), _clock(b)
    if low is None or high is None:
        return None
    half = "24" if "24" in (a.data[-1], b.data[-1]) else ""
    known_low, known_high = a.data[-1] == "24", b.data[-1] == "24"
    if known_high and not known_low and low < HALF_DAY and low + HALF_DAY < high:
        low += HALF_DAY
    if known_low and not known_high and high <= low:
        high += HALF_DAY
    return Value("range", ("time", low, high, half))


def _clock(value: Value) -> int | None:
    """Return the minute of a time, or of a bare number read as an hour."""
    if value.kind == "time":
        return minute_of(value)
    x = float(str(value.data[0])) if value.kind == "number" else 0.5
    return int(x) * 60 if x == int(x) and 0 < x <= 24 else None


def minute_of(value: Value) -> int:
    """Return the minute of the day of a time."""
    return int(str(value.data[0]))
