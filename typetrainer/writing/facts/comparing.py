"""Whether a value in a text is the one that a pattern names."""

from typetrainer.writing.facts.values import HALF_DAY, Value, minute_of


def same(wanted: Value, there: Value) -> bool:
    """Whether a value in a text is the one that a pattern names."""
    if wanted.kind == "range" or there.kind == "range":
        return _same_range(wanted, there)
    if wanted.kind == "date" and there.kind == "date":
        return _same_date(wanted, there)
    if wanted.kind == "money":
        if there.kind == "number":
            return wanted.data[0] == there.data[0]
        return there.kind == "money" and wanted.data[0] == there.data[0] and _compatible(wanted.data[1], there.data[1])
    if wanted.kind == "time":
        return _same_time(wanted, there)
    return wanted == there


def _same_date(wanted: Value, there: Value) -> bool:
    """Whether two dates may be one; a month alone that is wanted is any day of it, and no day without a month."""
    if wanted.data[2] == 0:
        return wanted.data[1] == there.data[1] and _compatible(wanted.data[0], there.data[0])
    return wanted.data[2] == there.data[2] and all(map(_compatible, wanted.data[:2], there.data[:2]))


def _compatible(a: object, b: object) -> bool:
    return not a or not b or a == b


def _same_time(wanted: Value, there: Value) -> bool:
    if there.kind == "number":
        hours = float(str(there.data[0]))
        return hours == int(hours) and (int(hours) * 60 - minute_of(wanted)) % HALF_DAY == 0 and 0 < hours <= 24
    if there.kind != "time":
        return False
    if wanted.data[1] == "" or there.data[1] == "":
        return (minute_of(wanted) - minute_of(there)) % HALF_DAY == 0
    return minute_of(wanted) == minute_of(there)


def _same_range(wanted: Value, there: Value) -> bool:
    if wanted.kind != "range" or there.kind != "range":
        return False
    kind, low, high, unit = wanted.data
    other, other_low, other_high, other_unit = there.data
    if kind == other == "time":
        pairs = ((int(str(low)), int(str(other_low))), (int(str(high)), int(str(other_high))))
        modulus = 1440 if unit and other_unit else HALF_DAY
        return all((a - b) % modulus == 0 for a, b in pairs)
    if kind == "time" and other == "number":
        pairs_n = ((int(str(low)), float(str(other_low))), (int(str(high)), float(str(other_high))))
        return all((b * 60 - a) % HALF_DAY == 0 for a, b in pairs_n)
    if kind == "money" and other == "number":
        return (low, high) == (other_low, other_high)
    return (kind, low, high) == (other, other_low, other_high) and _compatible(unit, other_unit)
