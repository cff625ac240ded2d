"""`drills new`: a small pack to begin with, valid, playable and without anything that lint finds.

Its files stand beside this module, with `{pack}`, `{language}` and the like where a pack differs.
"""

import json
from collections.abc import Collection
from pathlib import Path

from typetrainer.content.model import KINDS, Kind

USUAL: tuple[Kind, ...] = ("copy", "reply")
# What stands before amounts, and the ISO code, by the country of the language; elsewhere dollars.
_MONEY = {
    "GB": ("£", "GBP"), "IE": ("€", "EUR"), "IN": ("₹", "INR"), "AU": ("$", "AUD"), "CA": ("$", "CAD"),
    "NZ": ("$", "NZD"),
}  # fmt: skip


def starter_files(pack: str, title: str, language: str, kinds: Collection[Kind]) -> dict[str, bytes]:
    """Return the files of a new pack by their names in it. Company and articles are there where a kind needs them."""
    sign, currency = _MONEY.get(language.partition("-")[2], ("$", "USD"))
    names = ["pack.toml", "company.toml", *(f"{kind}.toml" for kind in KINDS if kind in kinds)]
    if set(kinds) == {"copy"}:
        names.remove("company.toml")
    if "search" in kinds:
        names += [f"articles/{path.name}" for path in sorted((Path(__file__).parent / "articles").glob("*.md"))]
    values = {'"{title}"': json.dumps(title, ensure_ascii=False), "{pack}": pack, "{language}": language}
    values |= {"{sign}": sign, "{currency}": currency}
    return {name: _filled(name, values) for name in names}


def _filled(name: str, values: dict[str, str]) -> bytes:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text.encode()
