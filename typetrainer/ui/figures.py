"""How numbers are shown."""

_TOO_MUCH = 1e6
_BEYOND = 1e12  # no drill has such numbers, a forged record may


def number(value: object, digits: int = 0, unit: str = "") -> str:
    """Return a number as it is shown, a dash for what could not be computed."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < _BEYOND:
        return "–"
    return f"{value:.{digits}f}{unit}"


def drawable(value: object) -> float | None:
    """Return a figure of a record if it can be drawn, else None: the record may be forged or from elsewhere."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _TOO_MUCH:
        return float(value)
    return None


def percent(rate: object) -> str:
    """Return a rate as per cent with one digit. A rate under 1 never rounds up to 100.0 %."""
    if not isinstance(rate, int | float) or not abs(rate) < _BEYOND:
        return "–"
    share = rate * 100
    return f"{min(share, 99.9) if rate < 1 else share:.1f} %"
