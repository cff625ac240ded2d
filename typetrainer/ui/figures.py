"""How numbers are shown."""


def number(value: object, digits: int = 0, unit: str = "") -> str:
    """Return a number as it is shown, a dash for what could not be computed."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "–"
    return f"{value:.{digits}f}{unit}"


def percent(rate: object) -> str:
    """Return a rate as per cent with one digit. A rate under 1 never rounds up to 100.0 %."""
    if not isinstance(rate, int | float):
        return "–"
    share = rate * 100
    return f"{min(share, 99.9) if rate < 1 else share:.1f} %"
